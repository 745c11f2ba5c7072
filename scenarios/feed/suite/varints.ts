/** Every number of the format at the places where an encoding, or a language's integers, end. */
import type { RecordValues } from '../../../dump/feed/encoder.ts';
import { type RecordKind, recordTable } from '../../../dump/index.ts';
import { type About, recordCase, type SuiteCase } from './case.ts';
import { deferRecord, finalizerOf, panicRecord, profileRecord } from './kinds.ts';
import { le8, place, World } from './world.ts';

const around = (power: bigint) => [power - 1n, power + 1n];

const edges: readonly bigint[] = [
  ...[0n, 1n, 127n, 128n, 16383n, 16384n],
  ...around(2n ** 31n),
  ...around(2n ** 32n),
  ...around(2n ** 53n),
  ...[2n ** 63n, 2n ** 64n - 1n],
];

type Values = Readonly<Record<string, bigint>>;

/** One number at one value; `n` counts the records of the dump, so that their addresses differ. */
interface Edge {
  readonly values: Values;
  readonly value: bigint;
  readonly n: number;
}

/** Adds a record of the kind with a field at a value, and what makes it consistent. */
type Writer = (world: World, edge: Edge) => void;

/** A chain of records that the goroutine's field `head` begins. */
const chained =
  (make: (world: World, values: Partial<RecordValues>) => RecordValues, head: string): Writer =>
  (world, { values }) => {
    const goroutine = values.goroutine ?? world.nextGoroutine;
    const address = values.address ?? world.stack(0x20);
    world.goroutine({ [head]: address, address: goroutine }, []);
    world.add(make(world, { goroutine, address, ...values }));
    if (values.link) world.add(make(world, { goroutine, address: values.link, link: 0 }));
  };

const finalizer =
  (kind: RecordKind): Writer =>
  (world, { values }) => {
    world.add({ kind, ...finalizerOf(world.heap(0)), ...values });
    if (values.address !== undefined) world.add({ kind: 'object', address: values.address });
  };

const writers: { readonly [K in RecordKind]?: Writer } = {
  object: (world, { values }) => {
    world.add({ kind: 'object', ...values });
  },
  otherRoot: (world, { values }) => {
    world.add({ kind: 'otherRoot', description: 'root', ...values });
  },
  type: (world, { values, n }) => {
    const address = values.address ?? place.type + 64 * n;
    world.add(
      { kind: 'type', size: 8, name: 'main.T', ...values, address },
      { kind: 'itab', address: place.itab + 64 * n, type: address },
    );
  },
  itab: (world, { values, n }) => {
    const type = values.type ?? place.type + 64 * n;
    world.add(
      { kind: 'type', address: type, size: 8, name: 'main.T' },
      { kind: 'itab', address: place.itab + 64 * n, ...values, type },
    );
  },
  goroutine: (world, { values, value }) => {
    const address = values.address ?? world.nextGoroutine;
    const frame = { name: 'f', sp: value, contents: new Uint8Array() };
    world.goroutine({ ...values, address }, values.sp === undefined ? [] : [frame]);
    if (values.defer) world.add(deferRecord(world, { address: value, goroutine: address }));
    if (values.panic) world.add(panicRecord(world, { address: value, goroutine: address }));
    if (values.m) world.add({ kind: 'osThread', address: value, id: 1, osID: 2 });
  },
  stackFrame: (world, { values, value }) => {
    const empty = { name: 'f', contents: new Uint8Array() };
    const young = { ...empty, ...values };
    if (values.childSP !== undefined) {
      world.goroutine({ sp: value }, [{ ...empty, sp: value }, empty]);
    } else world.goroutine(values.sp === undefined ? {} : { sp: value }, [young]);
  },
  finalizer: finalizer('finalizer'),
  osThread: (world, { values, n }) => {
    const numbers = { address: place.thread + 64 * n, id: 100 + n, osID: 4242 + n };
    world.add({ kind: 'osThread', ...numbers, ...values });
  },
  queuedFinalizer: finalizer('queuedFinalizer'),
  defer: chained(deferRecord, 'defer'),
  panic: chained(panicRecord, 'panic'),
  memProf: (world, { values, value, n }) => {
    const { line, ...others } = values;
    world.add(
      profileRecord({
        id: place.bucket + 64 * n,
        ...others,
        ...(values.frees !== undefined && { allocs: value }),
        ...(values.allocs !== undefined && { frees: 0 }),
        ...(line !== undefined && { frames: [{ func: 'main.main', file: 'main.go', line }] }),
      }),
    );
  },
  allocSample: (world, { values, n }) => {
    const { address = BigInt(world.heap(0)), bucket = BigInt(place.bucket + 64 * n) } = values;
    if (values.address !== undefined) world.add({ kind: 'object', address });
    world.add(profileRecord({ id: bucket }), { kind: 'allocSample', address, bucket });
  },
};

/** Names of the numbers of a kind; those within its repeated fields too. */
function numbersOf(kind: RecordKind): string[] {
  const { fields } = recordTable.find((spec) => spec.kind === kind)!;
  return fields.flatMap((field) => {
    if (field.type === 'repeat') {
      return field.of
        .filter(({ name, type }) => type === 'uvarint' && name !== '')
        .map(({ name }) => name);
    }
    return field.type === 'uvarint' || field.type === 'address' ? [field.name] : [];
  });
}

/** Fields whose other values no Go writes, so that a reader may refuse them. */
const unusual: Readonly<Record<string, Partial<About>>> = {
  'goroutine.status': { expect: 'may', flags: ['goroutine-status'], importance: 'low' },
  'stackFrame.depth': { expect: 'may', flags: ['frame-depth'], importance: 'low' },
};

/** For each number, one dump with a record and a canary for each value. */
export function* varintCases(): Generator<SuiteCase> {
  for (const { kind, go } of recordTable) {
    const write = writers[kind];
    if (write === undefined) continue;
    for (const name of numbersOf(kind)) {
      const world = new World(le8).object(0, 0, 0);
      edges.forEach((value, n) => {
        write(world, { values: { [name]: value }, value, n });
        world.canary();
      });
      yield recordCase(`varint-${kind}-${name}`, world.end(), {
        reason: `${kind}.${name} at 0, 1, 127, 128, 16383, 16384, 2^31±1, 2^32±1, 2^53±1, 2^63 and 2^64-1, each followed by a canary`,
        specRef: `runtime/heapdump.go ${go}`,
        importance: 'medium',
        bugType: 'integer-width',
        ...unusual[`${kind}.${name}`],
      });
    }
  }
  yield* segmentCases();
  yield* paramsCases();
  yield* statisticsCases();
}

/** There is one segment of each kind in a dump. */
function* segmentCases(): Generator<SuiteCase> {
  for (const value of edges) {
    const world = new World(le8)
      .add({ kind: 'dataSegment', address: value })
      .canary()
      .add({ kind: 'bss', address: value })
      .canary();
    yield recordCase(`varint-segments-${value}`, world.end(), {
      reason: `empty data and bss segments at ${value}, each followed by a canary`,
      specRef: 'runtime/heapdump.go dumproots',
      importance: 'low',
      bugType: 'integer-width',
    });
  }
}

function* paramsCases(): Generator<SuiteCase> {
  const top = 2n ** 64n - 1n;
  for (const value of edges) {
    const range =
      value === top ? { heapStart: top - 1n, heapEnd: top } : { heapStart: value, heapEnd: top };
    const world = new World(le8, { ...range, ncpu: value }).canary();
    yield recordCase(`varint-params-${value}`, world.end(), {
      reason: `a heap that starts at ${range.heapStart} and ends at 2^64-1, on ${value} CPUs`,
      specRef: 'runtime/heapdump.go dumpparams',
      importance: 'low',
      bugType: 'integer-width',
    });
  }
}

function* statisticsCases(): Generator<SuiteCase> {
  const names = numbersOf('memStats');
  for (const value of edges) {
    const all = Object.fromEntries(names.map((name) => [name, value]));
    const world = new World(le8)
      .add({ kind: 'memStats', ...all, pauseNs: [value, value] })
      .canary();
    yield recordCase(`varint-memStats-${value}`, world.end(), {
      expect: 'may',
      flags: ['stats-sum'],
      reason: `all statistics at ${value}, then a canary`,
      specRef: 'runtime/heapdump.go dumpmemstats',
      importance: 'medium',
      bugType: 'integer-width',
    });
  }
}
