/** `step`: a scenario or a log walked through by lines of commands. */
import { mSpanInUse } from '../../sim/mspan.ts';
import { count, counted, hex, table, toJson } from '../format.ts';
import { objectAt } from '../graph-source.ts';
import { addressWhere, disagreement, type Live, targetOf } from '../live.ts';
import { liveGraph } from '../live-graph.ts';
import { noContents } from '../open-named.ts';
import { ledgerOf } from '../timeline/ledger.ts';
import type { RecordedRun } from '../timeline/record.ts';
import { UsageError } from '../usage-error.ts';
import { explainStep, stepTitle } from './explain.ts';
import { linksJson, whyJson, whyLines } from './graph.ts';
import { ledgerLines } from './memstats.ts';
import { worldMap } from './page-map.ts';
import type { Sheet } from './sheet.ts';
import { labelled } from './size.ts';
import { chosenSpans, spanTable, visLines } from './spans.ts';
import { stepJson } from './step-json.ts';
import { toldAt } from './told-at.ts';

/** The commands, as `h` shows them. */
const help: readonly (readonly [string, string])[] = [
  ['n [COUNT]', 'next step, or COUNT steps on; an empty line does the same'],
  ['p [COUNT]', 'previous step'],
  ['g N', 'go to step N'],
  ['/TEXT', 'on to the next step whose lines have TEXT'],
  ['a', 'on to the next step that allocates'],
  ['w ADDR', 'what lies at the address'],
  ['y ADDR', 'why the object there is alive'],
  ['v ADDR', "the words of the span there, from the address's slot on"],
  ['s [CLASS]', 'spans, of a size class only'],
  ['m', 'where the memory is'],
  ['map', 'what each page is'],
  ['h', 'the commands; so does ?'],
  ['q', 'end'],
];

/** Commands whose answers are data too. */
const asData: ReadonlySet<string> = new Set(['', 'n', 'p', 'g', 'a', 'w', 'y']);

const spanLimit = 20;

/** A walk: the whole log, and the world at the step that is shown once a command asks for it. */
export class Stepper {
  readonly #live: Live;
  readonly #sheet: Sheet;
  readonly #whole: RecordedRun;
  #at = 0;
  /** The world after the step, until the next one is gone to or something has changed it. */
  #run: RecordedRun | undefined;

  readonly #json: boolean;

  /** With `json` each step and each answer is an object on a line. */
  constructor(live: Live, sheet: Sheet, json = false) {
    this.#live = live;
    this.#json = json;
    this.#sheet = sheet;
    this.#whole = live.run(undefined, { marks: true });
    if (json) {
      this.#show();
      return;
    }
    const what = `${live.shown} (${targetOf(this.#whole)})`;
    sheet.line(`${what}: ${counted(this.#last, 'step')}; h shows commands`);
    sheet.lines(disagreement(this.#whole));
    this.#show();
  }

  get #last(): number {
    return this.#whole.timeline.length - 1;
  }

  /** Does one line; false to end. A line that cannot be done says why. */
  command(line: string): boolean {
    const [word = '', ...rest] = line.trim().split(/\s+/);
    if (word === 'q') return false;
    try {
      this.#do(line.trim(), word, rest);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      if (this.#json) this.#sheet.json(toJson({ error: error.message }));
      else this.#sheet.line(error.message);
    }
    return true;
  }

  #do(line: string, word: string, rest: readonly string[]): void {
    if (line.startsWith('/')) {
      this.#search(line.slice(1));
      return;
    }
    if (this.#json && !asData.has(word)) {
      throw new UsageError(`"${word}" has no JSON: n, p, g, /, a, w, y have`);
    }
    switch (word) {
      case '':
      case 'n':
        this.#goto(this.#at + this.#count(rest[0]));
        return;
      case 'p':
        this.#goto(this.#at - this.#count(rest[0]));
        return;
      case 'g':
        this.#goto(this.#number(rest[0]));
        return;
      case 'a':
        this.#nextAllocation();
        return;
      case 'w':
        this.#what(this.#address(rest[0]));
        return;
      case 'y':
        this.#why(this.#address(rest[0]));
        return;
      case 'v':
        this.#vis(this.#address(rest[0]));
        return;
      case 's':
        this.#spans(rest[0]);
        return;
      case 'm': {
        const { world, allocations, log } = this.#world();
        const heading = (title: string) => this.#sheet.bold(title);
        const ledger = ledgerOf(world, allocations);
        this.#sheet.lines(ledgerLines(ledger, spanLimit, heading, log === undefined));
        return;
      }
      case 'map':
        this.#sheet.lines(worldMap(this.#world().world, this.#sheet));
        return;
      case 'h':
      case '?':
        this.#sheet.lines(table(help));
        return;
      default:
        throw new UsageError(`no command "${word}": h shows them`);
    }
  }

  #count(text: string | undefined): number {
    return text === undefined ? 1 : this.#number(text);
  }

  #number(text = ''): number {
    if (/^\d{1,15}$/.test(text)) return Number(text);
    throw new UsageError(`want a number of steps, got "${text}"`);
  }

  #address(text = ''): number {
    const isThere = (at: number): boolean => this.#whole.world.mheap.hasArena(at);
    return addressWhere('step', text, isThere);
  }

  #goto(index: number): void {
    if (index < 0 || index > this.#last) {
      throw new UsageError(`steps are 0 to ${count(this.#last)}; this is ${count(this.#at)}`);
    }
    this.#at = index;
    this.#run = undefined;
    this.#show();
  }

  #show(): void {
    const place = this.#live.places(this.#whole, new Set([this.#at])).get(this.#at);
    if (this.#json) this.#sheet.json(toJson(stepJson(this.#whole.timeline, this.#at, place)));
    else this.#sheet.lines(this.#explained(this.#at, place));
  }

  #explained(index: number, place?: string): string[] {
    const { timeline, world } = this.#whole;
    const target = { arch: world.arch, allocHeaders: world.allocHeaders };
    return explainStep(index, {
      timeline,
      target,
      place,
      heading: (title) => this.#sheet.bold(title),
    });
  }

  #search(text: string): void {
    const { timeline } = this.#whole;
    for (let i = this.#at + 1; i <= this.#last; i++) {
      const step = timeline.step(i);
      const told =
        stepTitle(timeline, step, undefined).join(' ').includes(text) ||
        (step.endEvent > step.firstEvent && this.#explained(i).some((l) => l.includes(text)));
      if (told) {
        this.#goto(i);
        return;
      }
    }
    throw new UsageError(`no step after ${count(this.#at)} has "${text}"`);
  }

  #nextAllocation(): void {
    const { timeline } = this.#whole;
    for (let i = this.#at + 1; i <= this.#last; i++) {
      const { firstEvent, endEvent } = timeline.step(i);
      for (let e = firstEvent; e < endEvent; e++) {
        if (timeline.eventName(e) === 'malloc') {
          this.#goto(i);
          return;
        }
      }
    }
    throw new UsageError(`no step after ${count(this.#at)} allocates`);
  }

  #world(): RecordedRun {
    this.#run ??= this.#live.run(this.#at);
    return this.#run;
  }

  #what(address: number): void {
    const answer = toldAt(this.#live, this.#world(), address);
    if (this.#json) {
      this.#sheet.json(toJson({ address, is: answer && Object.fromEntries(answer) }));
      return;
    }
    this.#sheet.lines(
      answer === undefined
        ? ['  nothing that the program knows of']
        : answer.flatMap(([label, text]) => labelled(label, text)),
    );
  }

  #why(address: number): void {
    if (this.#live.kind === 'log') throw noContents('y', this.#live.shown);
    const { named, dump } = liveGraph(this.#world());
    this.#run = undefined;
    const ordinal = objectAt(`step ${this.#at}`, named.graph, address);
    if (this.#json) {
      this.#sheet.json(
        toJson({ ...whyJson(named, ordinal), links: linksJson(named, ordinal, dump) }),
      );
    } else this.#sheet.lines(whyLines(named, ordinal, dump));
  }

  #vis(address: number): void {
    const run = this.#world();
    const { world } = run;
    const s = world.mheap.spanOf(address);
    if (s === null || s.state !== mSpanInUse) {
      throw new UsageError(`no span of heap objects is at ${hex(address)}: s shows them`);
    }
    const from = Math.min(s.objIndex(address), s.nelems - 1);
    const limits = { slots: 8, words: 16 };
    this.#sheet.lines(visLines(run, s, from, limits, this.#sheet));
  }

  #spans(text: string | undefined): void {
    const sizeclass = text === undefined ? undefined : this.#number(text);
    const { world } = this.#world();
    const spans = chosenSpans(
      world,
      (s) => sizeclass === undefined || (s.state === mSpanInUse && s.sizeclass() === sizeclass),
    );
    this.#sheet.lines(spanTable(world, spans, spanLimit));
  }
}
