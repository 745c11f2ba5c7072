/** What a logged program did between two of its steps: as a log has no contents, objects are told apart by their allocations. */
import { mSpanInUse } from '../../sim/mspan.ts';
import { peekMemStats } from '../../sim/mstats.ts';
import type { Stack } from '../../sim/runtime2.ts';
import { type MemStats, memStatsFields, type Uint64 } from '../../sim/stopped-world.ts';
import { count, counted, cut, hex, table } from '../format.ts';
import type { RecordedRun } from '../timeline/record.ts';
import { isUsed } from '../timeline/spans.ts';
import {
  type SpanChanges,
  type SpanRef,
  spanChangeLines,
  spanChanges,
  spanRefs,
} from './step-diff.ts';

/** An object at one of the steps. */
interface LoggedObject {
  readonly address: number;
  /** Bytes of its slot. */
  readonly size: number;
  readonly requested: number;
  /** Name of its type; empty without one. */
  readonly type: string;
  /** The step that made it. */
  readonly step: number;
}

/** What is compared: it needs the run no longer. */
export interface LogState {
  readonly step: number;
  /** By the number of the allocation, which is the same in each replay. */
  readonly objects: ReadonlyMap<number, LoggedObject>;
  readonly stacks: ReadonlyMap<number, Stack>;
  readonly spans: readonly SpanRef[];
  readonly memStats: MemStats;
}

export function logState(run: RecordedRun): LogState {
  const { world, allocations, timeline, log } = run;
  const objects = new Map<number, LoggedObject>();
  for (const s of world.mheap.allspans) {
    if (s.state !== mSpanInUse) continue;
    for (let i = 0; i < s.nelems; i++) {
      const made = isUsed(s, i) ? allocations.at(s.startAddr, i) : undefined;
      if (made === undefined) continue;
      objects.set(made.sequence, {
        address: s.startAddr + i * s.elemsize,
        size: s.elemsize,
        requested: made.requested,
        type: timeline.typeName(made) ?? '',
        step: made.step,
      });
    }
  }
  return {
    step: timeline.length - 1,
    objects,
    stacks: new Map((log?.stacks ?? []).map(({ goid, stack }) => [goid, stack])),
    spans: spanRefs(world),
    memStats: peekMemStats(world),
  };
}

interface Tally<T> {
  readonly count: number;
  readonly bytes: number;
  /** The first of them, by address. */
  readonly items: readonly T[];
}

interface StackChange {
  readonly goroutine: number;
  readonly before: Stack | undefined;
  readonly after: Stack | undefined;
}

/** A field of MemStats that differs. */
export interface StatChange {
  readonly name: string;
  readonly before: Uint64;
  readonly after: Uint64;
  readonly delta: bigint;
}

export interface LogDiff {
  readonly equal: boolean;
  readonly objects: {
    readonly before: Omit<Tally<never>, 'items'>;
    readonly after: Omit<Tally<never>, 'items'>;
    readonly unchanged: number;
    readonly born: Tally<LoggedObject>;
    readonly died: Tally<LoggedObject>;
  };
  readonly stacks: readonly StackChange[];
  readonly spans: SpanChanges;
  readonly memStats: readonly StatChange[];
}

/** The difference; of each list at most `limit` items. */
export function diffLogStates(before: LogState, after: LogState, limit: number): LogDiff {
  const lacking = (from: LogState, other: LogState): LoggedObject[] =>
    [...from.objects].flatMap(([number, object]) => (other.objects.has(number) ? [] : [object]));
  const born = lacking(after, before);
  const stacks = stackChanges(before.stacks, after.stacks);
  const memStats = statChanges(before.memStats, after.memStats);
  const died = lacking(before, after);
  const spans = spanChanges(before.spans, after.spans);
  const spanCount = spans.gained.length + spans.lost.length;
  return {
    equal: born.length + died.length + stacks.length + spanCount + memStats.length === 0,
    objects: {
      before: sumOf(before.objects.values()),
      after: sumOf(after.objects.values()),
      unchanged: after.objects.size - born.length,
      born: tally(born, limit),
      died: tally(died, limit),
    },
    stacks,
    spans,
    memStats,
  };
}

function sumOf(objects: Iterable<LoggedObject>): { count: number; bytes: number } {
  const sum = { count: 0, bytes: 0 };
  for (const { size } of objects) {
    sum.count++;
    sum.bytes += size;
  }
  return sum;
}

function tally(objects: LoggedObject[], limit: number): Tally<LoggedObject> {
  const items = objects.sort((a, b) => a.address - b.address).slice(0, limit);
  return { ...sumOf(objects), items };
}

function stackChanges(before: LogState['stacks'], after: LogState['stacks']): StackChange[] {
  const goroutines = [...new Set([...before.keys(), ...after.keys()])].sort((a, b) => a - b);
  return goroutines
    .map((goroutine) => ({
      goroutine,
      before: before.get(goroutine),
      after: after.get(goroutine),
    }))
    .filter(({ before: a, after: b }) => a?.lo !== b?.lo || a?.hi !== b?.hi);
}

function statChanges(before: MemStats, after: MemStats): StatChange[] {
  return (
    memStatsFields
      .map((name) => ({ name, before: before[name], after: after[name] }))
      // The goal of the next collection is not in a log.
      .filter(({ name, before: a, after: b }) => name !== 'NextGC' && BigInt(a) !== BigInt(b))
      .map((change) => ({ ...change, delta: BigInt(change.after) - BigInt(change.before) }))
  );
}

/** All of it as lines. */
export function logDiffLines(
  [a, b]: readonly [string, string],
  diff: LogDiff,
  limit: number,
  heading: (title: string) => string,
): string[] {
  if (diff.equal) return [cut(`${a} and ${b}: no difference`, 80)];
  const sections: [string, string[]][] = [
    ['Objects', objectLines(diff)],
    spanChangeLines(diff.spans, limit),
    ['Stacks', limited(diff.stacks, limit, stackLine)],
    ['MemStats', statTable(diff.memStats)],
  ];
  const lines = [cut(`${a} -> ${b}`, 80)];
  for (const [title, body] of sections) {
    if (body.length > 0) lines.push('', heading(title), ...body);
  }
  return lines;
}

function objectLines({ objects }: LogDiff): string[] {
  const { before, after, unchanged, born, died } = objects;
  const rows = [
    ['', 'objects', 'bytes'],
    ['before', count(before.count), count(before.bytes)],
    ['after', count(after.count), count(after.bytes)],
    ['unchanged', count(unchanged), ''],
  ];
  const lists: string[] = [];
  for (const [name, tally] of Object.entries({ born, died })) {
    if (tally.count === 0) continue;
    rows.push([name, count(tally.count), count(tally.bytes)]);
    lists.push('', `  ${name}`, ...tally.items.map(objectLine));
    const more = tally.count - tally.items.length;
    if (more > 0) lists.push(`    and ${counted(more, 'object')} more (--limit)`);
  }
  return [...table(rows, { right: [1, 2] }), ...lists];
}

function objectLine({ address, size, requested, type, step }: LoggedObject): string {
  const what = type === '' ? 'no type' : type;
  return cut(
    `    ${hex(address)}  ${count(requested)} of ${count(size)} B, step ${count(step)}, ${what}`,
    80,
  );
}

function stackLine({ goroutine, before, after }: StackChange): string {
  const text = (stack: Stack | undefined): string =>
    stack === undefined ? 'none' : `${count(stack.hi - stack.lo)} B at ${hex(stack.lo)}`;
  return cut(`  goroutine ${goroutine}: ${text(before)} -> ${text(after)}`, 80);
}

function limited<T>(items: readonly T[], limit: number, show: (item: T) => string): string[] {
  const lines = items.slice(0, limit).map(show);
  if (items.length > limit) lines.push(`  and ${count(items.length - limit)} more (--limit)`);
  return lines;
}

/** Statistics that differ, a line each. */
export function statTable(changes: readonly StatChange[]): string[] {
  const rows = changes.map(({ name, before, after, delta }) => [
    name,
    count(before),
    count(after),
    delta < 0n ? `-${count(-delta)}` : `+${count(delta)}`,
  ]);
  if (rows.length === 0) return [];
  return table([['', 'before', 'after', ''], ...rows], { right: [1, 2, 3] });
}
