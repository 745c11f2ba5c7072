/** The collections of a log, as far as they are at any step: what `goheapsim gc --json` tells of a run up to it. */
import type { Cycle } from '../../terminal/gc.ts';
import type { Table, Timeline } from '../../timeline/timeline.ts';

/** The events of one name in order, and sums over them up to each. */
interface Series {
  readonly events: number[];
  /** `sums[k][i]`: of the first i. */
  readonly sums: number[][];
}

type Field = (row: number) => number;

export class Collections {
  readonly #timeline: Timeline;
  readonly #starts: number[];
  readonly #dones: number[];
  /** Where marking is off again, and sweeping for the cycle begins. */
  readonly #offs: number[];
  readonly #marks: Series;
  readonly #assists: Series;
  readonly #sweeps: Series;
  readonly #tests: Series;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
    const seriesOf = (name: string, fields: (table: Table) => Field[] = () => []): Series =>
      collect(timeline, name, fields);
    this.#starts = seriesOf('gcStart').events;
    this.#dones = seriesOf('gcDone').events;
    this.#offs = seriesOf('gcPhase').events.filter((e) => timeline.event(e).phase === 0);
    this.#marks = seriesOf('greyobject');
    this.#tests = seriesOf('gcTriggerTest');
    this.#assists = seriesOf('gcAssistAlloc', (table) => [columnOf(table, 'debtBytes')]);
    this.#sweeps = seriesOf('sweep', (table) => {
      const [nfreed, nalloc, preserve] = ['nfreed', 'nalloc', 'preserve'].map((name) =>
        columnOf(table, name),
      );
      const isFreed: Field = (row) => Number(nalloc!(row) === 0 && preserve!(row) === 0);
      return [nfreed!, isFreed];
    });
  }

  /** Those that began before event `end`, as they are then. */
  before(end: number, stepOf: (event: number) => number): Cycle[] {
    const n = countBefore(this.#starts, end);
    return Array.from({ length: n }, (_, i) => this.#cycle(i, end, stepOf));
  }

  #cycle(i: number, end: number, stepOf: (event: number) => number): Cycle {
    const start = this.#starts[i]!;
    const next = Math.min(end, this.#starts[i + 1] ?? end);
    const done = this.#doneOf(i, end);
    const row = this.#timeline.event(start);
    const ended = done < 0 ? undefined : this.#timeline.event(done);
    const from = this.#offs[i] ?? end;
    const swept: Pair = [Math.min(from, end), Math.min(this.#offs[i + 1] ?? end, end)];
    return {
      cycle: row.cycle as number,
      start: stepOf(start),
      done: done < 0 ? -1 : stepOf(done),
      heapLive: row.heapLive as number,
      marked: (ended?.marked as number | undefined) ?? 0,
      markedObjects:
        (ended?.objects as number | undefined) ?? countBetween(this.#marks.events, [start, next]),
      assists: countBetween(this.#assists.events, [start, next]),
      heapGoal: ended === undefined ? 0 : (ended.heapGoal as number | undefined),
      sweptSpans: countBetween(this.#sweeps.events, swept),
      freedSlots: sumBetween(this.#sweeps, 0, swept),
      freedSpans: sumBetween(this.#sweeps, 1, swept),
    };
  }

  #doneOf(i: number, end: number): number {
    const done = this.#dones[i];
    return done === undefined || done >= end ? -1 : done;
  }

  /** The event at which the cycle that began last before `end` did; undefined before there was one. */
  lastStart(end: number): number | undefined {
    return this.#starts[countBefore(this.#starts, end) - 1];
  }

  /** Bytes that goroutines owed as they assisted in the cycle that began last. */
  assistDebt(end: number): number {
    const start = this.#starts[countBefore(this.#starts, end) - 1];
    return start === undefined ? 0 : sumBetween(this.#assists, 0, [start, end]);
  }

  /** The trigger as the last test before `end` saw it; undefined before there was one. */
  trigger(end: number): number | undefined {
    const last = this.#tests.events[countBefore(this.#tests.events, end) - 1];
    return last === undefined ? undefined : (this.#timeline.event(last).trigger as number);
  }
}

function columnOf(table: Table, name: string): Field {
  const { column } = table.fields.find((field) => field.name === name)!;
  return (row) => column.at(row);
}

function collect(timeline: Timeline, name: string, fields: (table: Table) => Field[]): Series {
  const { table, row } = timeline.events;
  const own = timeline.tables.map((t) => (t.name === name ? fields(t) : undefined));
  const width = own.find((f) => f !== undefined)?.length ?? 2;
  const events: number[] = [];
  const sums = Array.from({ length: width }, () => [0]);
  for (let e = 0; e < table.length; e++) {
    const of = own[table.at(e)];
    if (of === undefined) continue;
    events.push(e);
    for (const [k, field] of of.entries()) sums[k]!.push(sums[k]!.at(-1)! + field(row.at(e)));
  }
  return { events, sums };
}

/** How many of the ascending numbers are below `end`. */
function countBefore(events: readonly number[], end: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (events[middle]! < end) low = middle + 1;
    else high = middle;
  }
  return low;
}

type Pair = readonly [from: number, to: number];

function countBetween(events: readonly number[], [from, to]: Pair): number {
  return countBefore(events, to) - countBefore(events, from);
}

function sumBetween({ events, sums }: Series, k: number, [from, to]: Pair): number {
  return sums[k]![countBefore(events, to)]! - sums[k]![countBefore(events, from)]!;
}
