/** How far a dump of the model and one of real Go agree, and where they begin to differ. */
import type { World } from '../../sim/runtime.ts';
import { compareContents, type ModelDump } from './contents.ts';
import { type WorldFacts, worldFacts } from './facts.ts';
import { modelProfile, type Profile, realProfile } from './profile.ts';
import type { Recording } from './record.ts';

/** How many there are in either dump, and how many are the same in both. */
export interface Agreement {
  readonly compared: number;
  readonly agreeing: number;
}

/** What is compared of two dumps. */
export const aspects = [
  'objects',
  'pointers',
  'contents',
  'finalizers',
  'goroutines',
  'osThreads',
  'types',
  'itabs',
  'arenas',
  'memstats',
  'profile',
  'samples',
  'values',
] as const;
export type Aspect = (typeof aspects)[number];

export interface Comparison {
  readonly agreement: Readonly<Record<Aspect, Agreement>>;
  /** One line for each of the first differences of an aspect. */
  readonly differences: readonly string[];
}

/** Differences of one aspect that are told. */
const mostTold = 4;

/**
 * Goroutines of the runtime as if they waited, where the machine's speed decides whether they do: the scavenger, which is due
 * when sweeping ends, but runnable only from when sysmon next looks; and that of finalizers, which has its first turn when
 * main yields, or when main has run for the 10 ms after which sysmon preempts it.
 *
 * @go runtime/proc.go forcePreemptNS
 */
export const asWaiting = (goroutine: string): string =>
  goroutine
    .replace(/ 1 GC scavenge wait/, ' 4 GC scavenge wait')
    .replace(/^(\w+ 5) 1 {2}system$/, '$1 4 finalizer wait system');

/** Aspects that are compared line by line. */
type LineAspect = Exclude<Aspect, 'contents'>;
type Lines = Record<LineAspect, readonly string[]>;

/** The facts of a dump, each aspect a list of lines. */
function linesOf(facts: WorldFacts, profile: Profile, values: readonly string[]): Lines {
  const { objects, pointers, finalizers, goroutines, osThreads, itabs, arenas, memStats } = facts;
  return {
    objects,
    pointers,
    finalizers,
    goroutines: goroutines.map(asWaiting),
    osThreads,
    types: itabs.filter((line) => line.startsWith('type ')),
    itabs: itabs.filter((line) => line.startsWith('itab ')),
    arenas: [arenas],
    profile: profile.buckets,
    samples: profile.samples,
    values,
    memstats: Object.entries(memStats).map(([name, value]) => `${name} ${value}`),
  };
}

/** What the runtime takes from the system at a time for what it never frees. @go runtime/malloc.go persistentChunkSize */
const persistentChunkSize = 256 << 10;

/**
 * MemStats without the profile's buckets. Stacks of the twin are not the scenario's, so that buckets differ
 * in size and number, and what they take is moved back from BuckHashSys to OtherSys. They may also make
 * the runtime take one chunk more, of which the heap goal that a memory limit sets depends.
 */
function withoutBuckets(
  [model, real]: readonly [WorldFacts, WorldFacts],
  [ours, theirs]: readonly [Profile, Profile],
): [WorldFacts, WorldFacts] {
  const move = ({ memStats }: WorldFacts, { bytes }: Profile): Record<string, number> => ({
    ...memStats,
    buckHashSys: memStats.buckHashSys! - bytes,
    otherSys: memStats.otherSys! + bytes,
  });
  const a = move(model, ours);
  const b = move(real, theirs);
  const more = b.otherSys! - a.otherSys!;
  const atMost = Math.ceil(Math.abs(theirs.bytes - ours.bytes) / persistentChunkSize);
  const chunks = more / persistentChunkSize;
  if (chunks !== 0 && Number.isInteger(chunks) && Math.abs(chunks) <= atMost) {
    b.otherSys! -= more;
    b.sys! -= more;
    b.nextGC = a.nextGC!;
  }
  return [
    { ...model, memStats: a },
    { ...real, memStats: b },
  ];
}

/** Values, in order; the model knows what they are of. */
function valuesOf(
  model: ModelDump,
  said: readonly (string | { readonly value: string })[],
): string[] {
  return said.map((one, i) => {
    const value = typeof one === 'string' ? one : one.value;
    return `${i}: ${model.said[i]?.of ?? 'more'}: ${value}`;
  });
}

/** Lines of both lists, and those of each alone. */
function match(model: readonly string[], real: readonly string[]) {
  const left = new Map<string, number>();
  for (const line of model) left.set(line, (left.get(line) ?? 0) + 1);
  const onlyReal: string[] = [];
  for (const line of real) {
    const n = left.get(line) ?? 0;
    if (n === 0) onlyReal.push(line);
    else left.set(line, n - 1);
  }
  const onlyModel = model.filter((line) => {
    const n = left.get(line)!;
    if (n > 0) left.set(line, n - 1);
    return n > 0;
  });
  return { onlyModel, onlyReal };
}

/** A dump of real Go, and what the program has been told since the one before. */
export interface RealDump {
  readonly bytes: Uint8Array;
  readonly said: readonly string[];
}

/** Compares a model's dump with a real one. The recording is the model's, for what it knows of a place. */
export function compareDumps(
  model: ModelDump,
  real: RealDump,
  { world, sites }: Pick<Recording, 'world' | 'sites'>,
): Comparison {
  const profiles = [modelProfile(model.bytes, world, sites), realProfile(real.bytes)] as const;
  const facts = withoutBuckets([worldFacts(model.bytes), worldFacts(real.bytes)], profiles);
  const ours = linesOf(facts[0], profiles[0], valuesOf(model, model.said));
  const theirs = linesOf(facts[1], profiles[1], valuesOf(model, real.said));
  const agreement = {} as Record<Aspect, Agreement>;
  const differences: string[] = [];
  for (const aspect of aspects) {
    if (aspect === 'contents') {
      const contents = compareContents(model, real.bytes, world, mostTold);
      agreement[aspect] = { compared: contents.compared, agreeing: contents.agreeing };
      differences.push(...contents.differences.map((line) => `${aspect}: ${line}`));
      continue;
    }
    const [a, b] = [ours[aspect], theirs[aspect]];
    const { onlyModel, onlyReal } = match(a, b);
    const compared = Math.max(a.length, b.length);
    const same = Math.min(a.length - onlyModel.length, b.length - onlyReal.length);
    const ordered = same < compared || a.every((line, i) => line === b[i]);
    agreement[aspect] = { compared, agreeing: ordered ? same : inPlace(a, b) };
    if (!ordered) differences.push(`${aspect}: the same, in another order`);
    differences.push(...told(aspect, onlyModel, onlyReal, a, b, world));
  }
  return { agreement, differences };
}

function inPlace(a: readonly string[], b: readonly string[]): number {
  return a.filter((line, i) => line === b[i]).length;
}

/** True if all of it agrees. */
export function agrees({ agreement }: Comparison): boolean {
  return aspects.every((aspect) => agreement[aspect].agreeing === agreement[aspect].compared);
}

/** Facts that differ. */
export function disagreeing({ agreement }: Comparison): number {
  return aspects.reduce(
    (sum, aspect) => sum + agreement[aspect].compared - agreement[aspect].agreeing,
    0,
  );
}

/** What a line is of: its first word, an address or a name. */
const subject = (line: string): string => line.split(/[ :]/, 1)[0]!;

function told(
  aspect: Aspect,
  onlyModel: readonly string[],
  onlyReal: readonly string[],
  model: readonly string[],
  real: readonly string[],
  world: World,
): string[] {
  const bySubject = new Map(onlyModel.map((line) => [subject(line), line]));
  const lines: string[] = [];
  for (const line of onlyReal.slice(0, mostTold)) {
    const other = bySubject.get(subject(line));
    bySubject.delete(subject(line));
    const without =
      other === undefined ? 'not in the model' : `in the model: ${shown(aspect, other)}`;
    const where = aspect === 'objects' ? around(line, real, world) : '';
    lines.push(`${aspect}: real Go: ${shown(aspect, line)}; ${without}${where}`);
  }
  const told = new Set(onlyReal.map(subject));
  const missing = [...bySubject].flatMap(([of, line]) => (told.has(of) ? [] : [line]));
  for (const line of missing.slice(0, Math.max(0, mostTold - lines.length))) {
    const where = aspect === 'objects' ? around(line, model, world) : '';
    lines.push(`${aspect}: in the model alone: ${shown(aspect, line)}${where}`);
  }
  const rest = onlyReal.length + missing.length - lines.length;
  if (rest > 0 && lines.length > 0) lines.push(`${aspect}: and ${rest} more`);
  return lines;
}

function shown(aspect: Aspect, line: string): string {
  if (aspect !== 'objects') return line;
  const [address, size, pointers] = line.split(' ') as [string, string, string];
  const offsets = pointers === '' ? [] : pointers.split(',');
  const first = offsets.length > 6 ? `${offsets.slice(0, 6).join(', ')}, …` : offsets.join(', ');
  const what = offsets.length === 0 ? 'no pointers' : `pointers at ${first}`;
  return `0x${address}, ${size} bytes, ${what}`;
}

/** The model's span at an object's address, and the objects beside it. */
function around(line: string, all: readonly string[], world: World): string {
  const address = Number.parseInt(subject(line), 16);
  const at = all.indexOf(line);
  const beside = [all[at - 1], all[at + 1]].filter((other) => other !== undefined);
  const neighbours = beside.map((other) => {
    const [where, size] = other.split(' ') as [string, string];
    return `0x${where} (${size} bytes)`;
  });
  const span = world.mheap.spanOf(address);
  const ofSpan =
    span === null
      ? 'the model has no span there'
      : `the model's span there, as main ended: 0x${span.startAddr.toString(16)}, ${span.npages} pages, ` +
        `objects of ${span.elemsize} bytes${span.noscan() ? ' without pointers' : ''}`;
  return ` [${ofSpan}; beside it in its dump: ${neighbours.join(' and ')}]`;
}
