/** What a logged program did between two of its steps, or two of them did differently: as a log has no contents, objects are told apart by their allocations. */
import { mSpanInUse } from '../../sim/mspan.ts';
import { peekMemStats } from '../../sim/mstats.ts';
import type { Stack } from '../../sim/runtime2.ts';
import { type MemStats, memStatsFields, type Uint64 } from '../../sim/stopped-world.ts';
import { count, counted, cut, hex, printable, table, wrap } from '../format.ts';
import { targetOf } from '../live.ts';
import type { RecordedRun } from '../timeline/record.ts';
import { isUsed } from '../timeline/spans.ts';
import {
  type LoggedObject,
  type LoggedObjects,
  type MovedObject,
  type matchedByPlace,
  type TypeChange,
  typeChanges,
} from './log-match.ts';
import {
  type SpanChanges,
  type SpanRef,
  spanChangeLines,
  spanChanges,
  spanRefs,
} from './step-diff.ts';

/** What is compared: it needs the run no longer. */
export interface LogState {
  readonly step: number;
  /** `linux/386`. */
  readonly target: string;
  readonly objects: LoggedObjects;
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
    target: targetOf(run),
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
  /** Where they are not for the same. */
  readonly target: { readonly before: string; readonly after: string } | undefined;
  readonly objects: {
    readonly before: Omit<Tally<never>, 'items'>;
    readonly after: Omit<Tally<never>, 'items'>;
    readonly unchanged: number;
    readonly born: Tally<LoggedObject>;
    readonly died: Tally<LoggedObject>;
    /** Of two logs. */
    readonly moved: Tally<MovedObject>;
  };
  readonly types: { readonly count: number; readonly items: readonly TypeChange[] };
  readonly stacks: readonly StackChange[];
  readonly spans: SpanChanges;
  readonly memStats: readonly StatChange[];
}

/** The difference; of each list at most `limit` items. `match`: what the same object is. */
export function diffLogStates(
  before: LogState,
  after: LogState,
  limit: number,
  match: typeof matchedByPlace,
): LogDiff {
  const { unchanged, born, died, moved } = match(before.objects, after.objects);
  const types = typeChanges(before.objects, after.objects);
  const stacks = stackChanges(before.stacks, after.stacks);
  const memStats = statChanges(before.memStats, after.memStats);
  const spans = spanChanges(before.spans, after.spans);
  const spanCount = spans.gained.length + spans.lost.length;
  return {
    equal:
      born.length + died.length + moved.length + stacks.length + spanCount + memStats.length ===
        0 && before.target === after.target,
    target:
      before.target === after.target ? undefined : { before: before.target, after: after.target },
    objects: {
      before: sumOf(before.objects.values()),
      after: sumOf(after.objects.values()),
      unchanged,
      born: tally(born, limit),
      died: tally(died, limit),
      moved: {
        ...sumOf(moved.map(({ to }) => to)),
        items: [...moved].sort((a, b) => a.from.address - b.from.address).slice(0, limit),
      },
    },
    types: { count: types.length, items: types.slice(0, limit) },
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

function tally(objects: readonly LoggedObject[], limit: number): Tally<LoggedObject> {
  const items = [...objects].sort((a, b) => a.address - b.address).slice(0, limit);
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
  const [before, after] = [printable(a), printable(b)];
  if (diff.equal) return wrap(`${before} and ${after}: no difference`);
  const { target } = diff;
  const sections: [string, string[]][] = [
    ['Target', target === undefined ? [] : [`  ${target.before} -> ${target.after}`]],
    ['Objects', objectLines(diff)],
    ['Types', typeLines(diff)],
    spanChangeLines(diff.spans, limit),
    ['Stacks', limited(diff.stacks, limit, stackLine)],
    ['MemStats', statTable(diff.memStats)],
  ];
  const lines = [cut(`${before} -> ${after}`, 80)];
  for (const [title, body] of sections) {
    if (body.length > 0) lines.push('', heading(title), ...body);
  }
  return lines;
}

function objectLines({ objects }: LogDiff): string[] {
  const { before, after, unchanged, born, died, moved } = objects;
  const rows = [
    ['', 'objects', 'bytes'],
    ['before', count(before.count), count(before.bytes)],
    ['after', count(after.count), count(after.bytes)],
    ['unchanged', count(unchanged), ''],
  ];
  const lists: string[] = [];
  const shown = [
    { name: 'born', tally: born, lines: born.items.map(objectLine) },
    { name: 'died', tally: died, lines: died.items.map(objectLine) },
    { name: 'moved', tally: moved, lines: moved.items.map(moveLine) },
  ];
  for (const { name, tally, lines } of shown) {
    if (tally.count === 0) continue;
    rows.push([name, count(tally.count), count(tally.bytes)]);
    lists.push('', `  ${name}`, ...lines);
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

function moveLine({ from, to }: MovedObject): string {
  const what = to.type === '' ? 'no type' : to.type;
  return cut(
    `    ${hex(from.address)} -> ${hex(to.address)}  ${count(to.requested)} B, ${what}`,
    80,
  );
}

/** How many there are of each type, where that differs. */
function typeLines({ types }: LogDiff): string[] {
  if (types.items.length === 0) return [];
  const rows = types.items.map(({ type, before, after }) => {
    const bytes = after.bytes - before.bytes;
    const grown = bytes < 0 ? `-${count(-bytes)}` : `+${count(bytes)}`;
    return [
      cut(type === '' ? 'no type' : type, 40),
      count(before.count),
      count(after.count),
      grown,
    ];
  });
  const head = ['', 'before', 'after', 'bytes'];
  const lines = table([head, ...rows], { right: [1, 2, 3] });
  const more = types.count - types.items.length;
  if (more > 0) lines.push(`  and ${counted(more, 'type')} more (--limit)`);
  return lines;
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
