/** A step in sentences: each decision of the runtime with the values that decided. */
import { count, counted, cut, hex, percent, roundedBytes } from '../format.ts';
import { type Classing, type ClassingTarget, classing } from '../timeline/classing.ts';
import type { Figures, Row, Step, Timeline } from '../timeline/timeline.ts';
import { gcDoneText, phaseText, type StepRows } from './collection-text.ts';
import { eventText, num, pages } from './event-text.ts';
import { operationText, resultIn } from './operation.ts';
import { classText, headerText, labelled, seeAlso, sizeText, spanClassText } from './size.ts';
import { centralText, findText, spanText } from './span-source-text.ts';

/** What explains a step beside its events. */
export interface ExplainContext {
  readonly timeline: Timeline;
  readonly target: ClassingTarget;
  /** The place in the script's file, where it is known. */
  readonly place?: string | undefined;
  /** Marks the line that names the step. */
  readonly heading: (text: string) => string;
}

const signed = (n: number): string => (n < 0 ? `-${count(-n)}` : `+${count(n)}`);

/** `step 4  main.ts:3  new(main.Node)  -> 0xc000014030`; on two lines where one is too short. */
export function stepTitle(timeline: Timeline, step: Step, place: string | undefined): string[] {
  const { index, goroutine, func, operation } = step;
  const where = place ?? func;
  const who = goroutine > 1 ? `g${goroutine}` : '';
  const result = resultIn(timeline, step);
  const arrow = result === undefined ? '' : `-> ${hex(result)}`;
  const joined = (parts: readonly string[]) => parts.filter((part) => part !== '').join('  ');
  const head = [`step ${index}`, who, where];
  const what = [operationText(operation), arrow];
  const line = joined([...head, ...what]);
  if (line.length <= 80) return [line];
  return [cut(joined(head), 80), cut(`  ${joined(what)}`, 80)];
}

/** One decision. */
export interface Told {
  readonly label: string;
  readonly text: string;
  /** The function of Go's runtime that decides. */
  readonly go: string | undefined;
}

/** All lines of one step. */
export function explainStep(index: number, context: ExplainContext): string[] {
  const { timeline, place, heading } = context;
  const step = timeline.step(index);
  const lines = stepTitle(timeline, step, place).map(heading);
  if (index === 0) {
    lines.push(`  ${counted(step.endEvent - step.firstEvent, 'event')} of the runtime`);
  }
  for (const { label, text } of tellStep(index, context)) lines.push(...labelled(label, text));
  const { logged } = step.operation;
  if (typeof logged === 'number' && logged !== resultIn(timeline, step)) {
    lines.push(...labelled('log', `has it at ${hex(logged)}: the model does not agree`));
  }
  return lines;
}

/** The decisions of a step, in their order; of step 0 none. */
export function tellStep(
  index: number,
  context: Pick<ExplainContext, 'timeline' | 'target'>,
): Told[] {
  if (index === 0) return [];
  const { timeline } = context;
  const step = timeline.step(index);
  const rows = timeline.eventsOf(step);
  const told = new Narrator(context).events({ timeline, rows, firstEvent: step.firstEvent });
  const figures = figuresText(timeline, index);
  if (figures !== undefined) told.push({ label: 'stats', text: figures, go: undefined });
  return told;
}

/** Events that may have led to the allocation after them. */
const leading: ReadonlySet<string> = new Set([
  'nextFree',
  'mcentralCacheSpan',
  'mcacheRefill',
  'pageCacheRefill',
  'pageAllocFind',
  'sysAlloc',
  'heapGrow',
  'spanAlloc',
]);

/** The decisions of one allocation of a step that makes many; `sequence`: its number among all of slots. */
export function tellAllocation(
  index: number,
  sequence: number,
  context: Pick<ExplainContext, 'timeline' | 'target'>,
): Told[] {
  const { timeline } = context;
  const { endEvent } = timeline.step(index);
  let rows: Row[] = [];
  for (let e = 0, n = 0; e < endEvent && n < sequence; e++) {
    const name = timeline.eventName(e);
    if (name !== 'malloc' && !leading.has(name)) continue;
    const row = timeline.event(e);
    if (name === 'malloc') {
      // Of a tiny object that takes no slot nothing is counted.
      if (row.tiny === true) continue;
      if (++n < sequence) rows = [];
    }
    if (name !== 'malloc' || n === sequence) rows.push(row);
  }
  return new Narrator(context).events({ timeline, rows, firstEvent: 0 });
}

/** Which function decides what a label tells of, where it is always the same. */
const goFunctions: Readonly<Record<string, string>> = {
  size: 'mallocgc',
  tiny: 'mallocgc',
  header: 'mallocgc',
  class: 'mallocgc',
  span: '(*mcache).refill',
  mcentral: '(*mcentral).cacheSpan',
  pages: '(*mheap).allocSpan',
  arena: '(*mheap).sysAlloc',
  heapGrow: '(*mheap).grow',
  zero: 'mallocgc',
  'GC?': 'gcTrigger.test',
  GC: 'gcStart',
  append: 'growslice',
  stack: 'copystack',
  go: 'newproc',
  park: 'gopark',
  run: 'execute',
  end: 'goexit0',
  scavenge: '(*pageAlloc).scavengeOne',
  map: 'hashGrow',
  assist: 'gcAssistAlloc',
  sweep: '(*sweepLocked).sweep',
};

/** What the step changed of the statistics. */
function figuresText(timeline: Timeline, index: number): string | undefined {
  const before = timeline.figures(index - 1);
  const after = timeline.figures(index);
  const changes: string[] = [];
  const names: Readonly<Record<string, keyof Figures>> = {
    HeapAlloc: 'heapAlloc',
    Mallocs: 'mallocs',
    Frees: 'frees',
    HeapInuse: 'heapInuse',
    HeapIdle: 'heapIdle',
    HeapReleased: 'heapReleased',
    StackInuse: 'stackInuse',
    NumGC: 'numGC',
  };
  for (const [name, field] of Object.entries(names)) {
    const delta = after[field] - before[field];
    if (delta !== 0) changes.push(`${name} ${signed(delta)}`);
  }
  if (changes.length === 0) return undefined;
  // A log does not tell of goals.
  const isLog = timeline.step(index).operation.name === 'replayRequest';
  return changes.join(', ') + (isLog ? '' : `; ${goalText(after)}`);
}

function goalText({ nextGC, heapLive }: Figures): string {
  if (nextGC > 2 ** 53) return 'no heap goal (GOGC=off)';
  return `heap goal ${count(nextGC)} B (${percent(heapLive, nextGC)} used)`;
}

/** Tells events in their order; those that led to an allocation are told with it. */
class Narrator {
  readonly #context: Pick<ExplainContext, 'timeline' | 'target'>;
  readonly #told: Told[] = [];
  /** Events since the last allocation that may have led to the next. */
  #led: Row[] = [];
  #swept = { spans: 0, freed: 0, objects: 0 };

  constructor(context: Pick<ExplainContext, 'timeline' | 'target'>) {
    this.#context = context;
  }

  events(step: StepRows): Told[] {
    step.rows.forEach((row, i) => {
      if (row.name === 'gcPhase') {
        this.#flushSweep();
        this.#say(...phaseText(step, i));
      } else this.#tell(row);
    });
    this.#flushLed();
    this.#flushSweep();
    return this.#told;
  }

  #say(label: string, text: string, go: string | undefined = goFunctions[label]): void {
    this.#told.push({ label, text, go });
  }

  #tell(row: Row): void {
    switch (row.name) {
      case 'nextFree':
      case 'mcentralCacheSpan':
      case 'mcacheRefill':
      case 'pageCacheRefill':
      case 'pageAllocFind':
      case 'sysAlloc':
      case 'heapGrow':
        this.#led.push(row);
        return;
      case 'spanAlloc':
        if (row.type === 0) this.#led.push(row);
        else this.#manualSpan(row);
        return;
      case 'malloc':
        if (row.tiny === true) this.#tiny(row);
        else this.#malloc(row);
        return;
      case 'sweep':
        this.#swept.spans++;
        this.#swept.objects += num(row, 'nfreed');
        if (row.nalloc === 0 && row.preserve === false) this.#swept.freed++;
        return;
      case 'greyobject':
      case 'markroot':
      case 'scanobject':
      case 'wbBufFlush':
        return;
      default:
        this.#other(row);
    }
  }

  #flushLed(): void {
    if (this.#led.length > 0) this.#spanLines(this.#led);
    this.#led = [];
  }

  #flushSweep(): void {
    const { spans, freed, objects } = this.#swept;
    if (spans === 0) return;
    const free = freed === 0 ? '' : `; ${counted(freed, 'empty span')} back to the pages`;
    this.#say('sweep', `${counted(spans, 'span')}: ${counted(objects, 'slot')} free again${free}`);
    this.#swept = { spans: 0, freed: 0, objects: 0 };
  }

  #manualSpan(row: Row): void {
    const what = ['', 'stacks', 'pointer bits', 'mark buffers'][num(row, 'type')] ?? 'the runtime';
    this.#say(
      'span',
      `${pages(num(row, 'npages'))} at ${hex(num(row, 'base'))} for ${what}`,
      '(*mheap).allocManual',
    );
    this.#led = this.#led.filter((led) => led.name === 'nextFree');
  }

  #tiny(row: Row): void {
    this.#flushSweep();
    const { target, timeline } = this.#context;
    const [size, block, addr] = [num(row, 'size'), num(row, 'block'), num(row, 'addr')];
    const c = classing(target, size, false);
    const off = addr - block;
    const from = num(row, 'tinyoffset');
    this.#say('size', sizeText(c, typeName(timeline, row)));
    const align = off === from ? '' : `, aligned to +${off}`;
    this.#say(
      'tiny',
      `block ${hex(block)} is used up to +${from}${align}: ${off}+${size} <= 16 -> ` +
        `${hex(addr)}; now +${off + size}`,
    );
    this.#say('lock', 'none: no slot taken, only Mallocs and Frees count it');
  }

  #malloc(row: Row): void {
    this.#flushSweep();
    const { timeline, target } = this.#context;
    const size = num(row, 'size');
    const pointers = (num(row, 'spanclass') & 1) === 0;
    const c = classing(target, size, pointers);
    this.#say('size', sizeText(c, typeName(timeline, row)));
    if (c.path === 'tiny') {
      const room = 16 - num(row, 'tinyoffset');
      const why = room === 0 ? 'no block has room' : `the block's last ${room} B do not do`;
      this.#say('tiny', `${why}: a new 16 B block`);
    }
    const { ptrSize } = target.arch;
    if (c.header > 0) this.#say('header', headerText(c, ptrSize * ptrSize * 8));
    this.#say('class', classText(c));
    if (c.path === 'large') this.#large(row, c);
    else this.#slot(row, c);
    this.#zeroing(row);
    const smaller = seeAlso(target, c);
    if (smaller !== undefined) this.#say('see also', smaller);
  }

  #slot(row: Row, c: Classing): void {
    const led = this.#led;
    this.#led = [];
    const [span, nelems, elemsize] = [num(row, 'span'), num(row, 'nelems'), num(row, 'elemsize')];
    const index = Math.floor((num(row, 'addr') - span) / elemsize);
    const place =
      `slot ${index} -> base + ${index}*${elemsize}` +
      `${c.header > 0 ? ' + 8 (header)' : ''} = ${hex(num(row, 'addr'))}`;
    const [asked] = led;
    const cached = asked === undefined ? span : num(asked, 'base');
    const used = num(row, 'allocCount') - 1;
    if (row.fast === true) {
      const free = num(row, 'freeindex');
      this.#say(
        'span',
        `${spanClassText(c.spanclass)}; the mcache has ${hex(span)}: ${nelems} slots, ${used} used`,
        'nextFreeFast',
      );
      this.#say(
        'slot',
        `ctz(allocCache) = ${index - free}, freeindex ${free} -> ${place}`,
        'nextFreeFast',
      );
      this.#say('lock', 'none taken');
      return;
    }
    const refilled = led.some((event) => event.name === 'mcacheRefill');
    if (!refilled) {
      this.#say(
        'span',
        `${spanClassText(c.spanclass)}; the mcache has ${hex(cached)}: ${nelems} slots, ${used} used`,
        '(*mcache).nextFree',
      );
      this.#say(
        'slot',
        `nextFreeFast: 0, for ${slowReason(row, index)}; nextFree: ${place}`,
        '(*mcache).nextFree',
      );
      return;
    }
    const had =
      cached === 0
        ? 'the mcache has no span of it yet'
        : `the mcache's ${hex(cached)} is full (${num(asked!, 'allocCount')} of ${num(asked!, 'nelems')})`;
    this.#say('span', `${spanClassText(c.spanclass)}; ${had} -> refill`);
    this.#spanLines(led);
    this.#say('slot', `${place}; ${nelems} slots, ${used} used before`, '(*mcache).nextFree');
  }

  #large(row: Row, c: Classing): void {
    this.#say(
      'span',
      `${spanClassText(c.spanclass)}; its own, from the page heap`,
      '(*mcache).allocLarge',
    );
    this.#spanLines(this.#led);
    this.#led = [];
    this.#say('slot', `the whole span: ${hex(num(row, 'addr'))}`, '(*mcache).allocLarge');
  }

  /** How a span was come by. */
  #spanLines(led: readonly Row[]): void {
    const isCentral = ({ name }: Row) => name === 'mcentralCacheSpan';
    // What mcentral came to is known last, but what the page heap did is for it.
    for (const row of [...led.filter(isCentral), ...led.filter((r) => !isCentral(r))]) {
      switch (row.name) {
        case 'mcentralCacheSpan':
          this.#say('mcentral', centralText(row));
          break;
        case 'pageCacheRefill':
          this.#say(
            'pages',
            `the P's page cache is empty: takes the ${num(row, 'pages')} free of 64 at ${hex(num(row, 'base'))}`,
            '(*pageAlloc).allocToCache',
          );
          break;
        case 'pageAllocFind':
          this.#say('pages', findText(row), '(*pageAlloc).alloc');
          break;
        case 'sysAlloc':
          this.#say(
            'arena',
            `reserved at ${hex(num(row, 'base'))}: ${roundedBytes(num(row, 'bytes'))}`,
          );
          break;
        case 'heapGrow':
          this.#say(
            'heapGrow',
            `none free: ${roundedBytes(num(row, 'bytes'))} more at ${hex(num(row, 'base'))}`,
          );
          break;
        case 'spanAlloc':
          this.#say('pages', spanText(row));
          break;
        default:
      }
    }
  }

  #zeroing(row: Row): void {
    if (row.needzero === false) this.#say('zero', 'not wanted: the caller writes it all');
    else if (row.spanNeedzero === 1) this.#say('zero', 'cleared: the span held objects before');
    else this.#say('zero', 'nothing to do: fresh from the system');
  }

  #other(row: Row): void {
    this.#flushSweep();
    const told: readonly [label: string, text: string, go?: string] | undefined =
      row.name === 'gcDone' ? gcDoneText(row) : eventText(row);
    if (told !== undefined) this.#say(...told);
  }
}

function typeName(timeline: Timeline, row: Row): string {
  return timeline.typeName({ typ: num(row, 'typ'), requested: num(row, 'size') }) ?? '';
}

function slowReason(row: Row, index: number): string {
  if ((index + 1) % 64 === 0) return `freeindex would be ${index + 1}, a multiple of 64`;
  const free = num(row, 'freeindex');
  return `no bit of allocCache is set from freeindex ${free} on`;
}
