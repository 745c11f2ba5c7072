/** `spans`, `pages` and `vis`: the heap as it lies. */

import { heapBitsForAddr, typePointersOf } from '../../sim/mbitmap.ts';
import { type MSpan, mSpanInUse } from '../../sim/mspan.ts';
import type { World } from '../../sim/runtime.ts';
import { pageSize } from '../../sim/uintptr.ts';
import { count, counted, cut, hex, percent, table } from '../format.ts';
import type { RecordedRun } from '../timeline/record.ts';
import {
  forEachPage,
  headerBytes,
  heapBitsBytes,
  holderOf,
  isUsed,
  type PageState,
  spanKind,
  spansByAddress,
  sweepWords,
} from '../timeline/spans.ts';
import { bar, type Colour, type Sheet } from './sheet.ts';

/** One line a span. */
export function spanTable(world: World, spans: readonly MSpan[], limit: number): string[] {
  const rows = [['address', 'pages', 'class', 'slot', 'used', 'of', '', 'where']];
  for (const s of spans.slice(0, limit)) {
    const heap = s.state === mSpanInUse;
    const slots = heap ? s.nelems : Math.floor(s.bytes() / s.elemsize);
    // A stack of a whole span is in use while the span is, and not counted.
    const counts = heap || (s.elemsize > 0 && slots > 1);
    rows.push([
      hex(s.startAddr),
      count(s.npages),
      spanKind(s),
      s.elemsize === 0 ? '' : count(s.elemsize),
      counts ? count(s.allocCount) : '',
      counts ? count(slots) : '',
      heap ? bar(s.allocCount / s.nelems, 6) : '',
      heap ? holderOf(world, s) : '',
    ]);
  }
  const lines = table(rows, { right: [1, 3, 4, 5] });
  if (spans.length > limit)
    lines.push(`  and ${counted(spans.length - limit, 'span')} more (--limit)`);
  return lines;
}

/** A span as data. */
export function spanJson(world: World, s: MSpan): unknown {
  const { startAddr, npages, spanclass, elemsize, nelems, allocCount, freeindex, sweepgen } = s;
  const heap = s.state === mSpanInUse;
  return {
    address: startAddr,
    npages,
    kind: heap ? 'heap' : spanKind(s),
    elemsize,
    ...(heap && {
      spanclass,
      sizeclass: s.sizeclass(),
      noscan: s.noscan(),
      nelems,
      allocCount,
      freeindex,
      sweepgen,
      needzero: s.needzero,
      holder: holderOf(world, s),
    }),
  };
}

const pageMarks: Readonly<
  Record<PageState, readonly [mark: string, colour: Colour, what: string]>
> = {
  heap: ['#', 'blue', 'heap objects'],
  stack: ['S', 'cyan', 'stacks'],
  manual: ['m', 'magenta', "the runtime's own: pointer bits, mark buffers"],
  cached: ['c', 'yellow', "free, in a P's page cache"],
  free: ['_', 'yellow', 'free'],
  released: ['.', 'grey', 'free, given back to the system'],
};

/** Pages of one row of the map. */
const rowPages = 64;

/** One character a page; rows in which nothing but released pages lies are told as a number. */
export function pageMap(world: World, sheet: Sheet): string[] {
  const rows = new Map<number, PageState[]>();
  const counts: Record<string, number> = {};
  forEachPage(world, (address, state) => {
    const row = Math.floor(address / (rowPages * pageSize));
    const cells = rows.get(row) ?? [];
    rows.set(row, cells);
    cells.push(state);
    counts[state] = (counts[state] ?? 0) + 1;
  });
  const lines: string[] = [];
  let skipped = 0;
  const flush = (): void => {
    if (skipped > 0) lines.push(`  ${counted(skipped * rowPages, 'page')} given back`);
    skipped = 0;
  };
  for (const [row, cells] of rows) {
    if (cells.every((state) => state === 'released')) {
      skipped++;
      continue;
    }
    flush();
    const drawn = cells.map((state) => sheet.paint(pageMarks[state][1], pageMarks[state][0]));
    lines.push(`${hex(row * rowPages * pageSize).padEnd(14)}${drawn.join('')}`);
  }
  flush();
  lines.push('');
  for (const [state, [mark, colour, what]] of Object.entries(pageMarks)) {
    const n = counts[state] ?? 0;
    lines.push(
      `  ${sheet.paint(colour, mark)}  ${count(n).padStart(8)} ${n === 1 ? 'page ' : 'pages'}  ${what}`,
    );
  }
  return lines;
}

/** One line a run of pages of the same sort. */
export function pageRuns(world: World): { from: number; pages: number; state: PageState }[] {
  const runs: { from: number; pages: number; state: PageState }[] = [];
  let last: MSpan | null = null;
  forEachPage(world, (address, state, span) => {
    const run = runs.at(-1);
    const follows = run !== undefined && run.from + run.pages * pageSize === address;
    if (follows && run.state === state && span === last) run.pages++;
    else runs.push({ from: address, pages: 1, state });
    last = span;
  });
  return runs;
}

/** Lines for runs of pages. */
export function pageTable(world: World, limit: number): string[] {
  const runs = pageRuns(world);
  const rows = [['address', 'pages', 'what']];
  for (const { from, pages, state } of runs.slice(0, limit)) {
    const s = state === 'heap' || state === 'stack' ? world.mheap.spanOf(from) : null;
    const slots = state === 'heap' && s !== null ? `, class ${spanKind(s)}` : '';
    rows.push([hex(from), count(pages), `${pageMarks[state][2]}${slots}`]);
  }
  const lines = table(rows, { right: [1] });
  if (runs.length > limit)
    lines.push(`  and ${counted(runs.length - limit, 'run')} more (--limit)`);
  return lines;
}

/** What stands at the head of a span's words. */
function spanHead(world: World, s: MSpan): string[] {
  const bits = heapBitsBytes(s, world.arch.ptrSize);
  const tail = s.bytes() - bits - s.nelems * s.elemsize;
  const rows = [
    ['span', `${hex(s.startAddr)}, ${counted(s.npages, 'page')}, class ${spanKind(s)}`],
    [
      'slots',
      `${count(s.nelems)} of ${count(s.elemsize)} B, ${count(s.allocCount)} used (${percent(s.allocCount, s.nelems)})`,
    ],
    ['freeindex', `${s.freeindex}, allocCache ${cacheText(s)}`],
    ['sweepgen', sweepWords(world, s)],
    ['held by', holderOf(world, s)],
    ['rest', `${bits} B of pointer bits, ${tail} B of tail`],
  ];
  return table(rows);
}

function cacheText(s: MSpan): string {
  const half = (n: number) => (n >>> 0).toString(16).padStart(8, '0');
  return `0x${half(s.allocCacheHi)}${half(s.allocCacheLo)}`;
}

/** How many slots and how many words of each are shown. */
export interface VisLimits {
  readonly slots: number;
  readonly words: number;
}

/** The words of a span's slots, those that hold pointers marked `*`; from slot `from` on. */
export function visLines(
  run: RecordedRun,
  s: MSpan,
  from: number,
  limits: VisLimits,
  sheet: Sheet,
): string[] {
  const lines = [...spanHead(run.world, s), ''];
  const end = Math.min(s.nelems, from + limits.slots);
  let free = 0;
  const flush = (upTo: number): void => {
    if (free > 0) lines.push(sheet.paint('grey', `  ${slotRange(upTo - free, upTo)} free`));
    free = 0;
  };
  for (let i = from; i < end; i++) {
    if (!isUsed(s, i)) {
      free++;
      continue;
    }
    flush(i);
    lines.push(...slotLines(run, s, i, limits.words, sheet));
  }
  flush(end);
  const rest = s.nelems - end;
  if (rest > 0) lines.push(`  … ${counted(rest, 'slot')} more (--slots)`);
  if (!s.noscan()) lines.push('', '  *: a pointer word');
  return lines;
}

function slotRange(from: number, to: number): string {
  return to - from === 1 ? `slot ${from}` : `slots ${from} to ${to - 1}`;
}

function slotLines(
  { world, allocations, timeline, log }: RecordedRun,
  s: MSpan,
  i: number,
  maxWords: number,
  sheet: Sheet,
): string[] {
  const { ptrSize } = world.arch;
  const base = s.startAddr + i * s.elemsize;
  const made = allocations.at(s.startAddr, i);
  const type = timeline.types.get(made?.typ ?? 0) ?? '';
  const what =
    made === undefined
      ? ''
      : [
          type,
          made.requests > 1 ? `${made.requests} tiny objects` : `${count(made.requested)} B`,
          `step ${count(made.step)}`,
        ]
          .filter((part) => part !== '')
          .join(', ');
  const header = headerBytes(world, s);
  const object = header === 0 ? '' : `  object at ${hex(base + header)}`;
  const lines = [`  ${sheet.bold(`slot ${i}`)}  ${hex(base)}${object}  ${what}`];
  if (header > 0) {
    const of = type === '' ? '' : `: type ${type}`;
    lines.push(cut(`    +${'0'.padEnd(6)} ${wordText(world, base)}  header${of}`, 80));
  }
  const pointers = pointerWords(world, s, i);
  const words = Math.ceil(s.elemsize / ptrSize);
  const perLine = ptrSize === 8 ? 2 : 4;
  const known = log === undefined ? words : header / ptrSize;
  for (let w = header / ptrSize; w < Math.min(words, maxWords); w += perLine) {
    const cells: string[] = [];
    for (let k = w; k < Math.min(w + perLine, words, maxWords); k++) {
      const at = base + k * ptrSize;
      const word = k < known ? wordText(world, at) : unknownWord(ptrSize);
      const isLast = k + 1 === Math.min(w + perLine, words, maxWords);
      cells.push(paintedWord(word, pointers.has(at), isLast ? '' : ' ', sheet));
    }
    lines.push(`    +${(w * ptrSize).toString().padEnd(6)} ${cells.join('  ')}`);
  }
  if (words > maxWords) lines.push(`    … ${counted(words - maxWords, 'word')} more (--words)`);
  return lines;
}

/** A word of which is known that it is there, and not what it holds. */
const unknownWord = (ptrSize: number): string => `0x${'·'.repeat(2 * ptrSize)}`;

function wordText({ memory, arch }: World, at: number): string {
  const bytes = new Uint8Array(arch.ptrSize);
  memory.read(at, arch.ptrSize, bytes, 0);
  if (!arch.bigEndian) bytes.reverse();
  return `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

function paintedWord(word: string, isPointer: boolean, gap: string, sheet: Sheet): string {
  if (isPointer) return sheet.paint('blue', `${word}*`);
  return (/^0x[0·]+$/.test(word) ? sheet.paint('grey', word) : word) + gap;
}

/** Addresses of the words of a slot that the collector takes for pointers. */
export function pointerWords(world: World, s: MSpan, index: number): Set<number> {
  const found = new Set<number>();
  if (s.noscan()) return found;
  const base = s.startAddr + index * s.elemsize;
  const cursor = world.allocHeaders
    ? typePointersOf(world, base, s.elemsize)
    : heapBitsForAddr(world, base, s.elemsize);
  for (let p = cursor.next(); p !== 0; p = cursor.next()) found.add(p);
  return found;
}

/** All spans that a filter takes: a kind, a class, or all. */
export function chosenSpans(world: World, filter: (s: MSpan) => boolean): MSpan[] {
  return spansByAddress(world).filter(filter);
}
