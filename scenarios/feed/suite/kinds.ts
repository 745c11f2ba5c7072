/** The least dump, one dump for each kind of record with its owner, and one with all kinds: for each width and byte order. */
import type { RecordValues } from '../../../dump/feed/encoder.ts';
import { type RecordKind, recordTable } from '../../../dump/index.ts';
import { type About, recordCase, type SuiteCase } from './case.ts';
import { le8, place, type SuiteTarget, suiteTargets, World } from './world.ts';

type Statistics = Readonly<Record<string, number | bigint | readonly number[]>>;

/** Statistics that add up, of a heap with one object. */
const statistics: Statistics = {
  ...{ alloc: 4096, totalAlloc: 8192, sys: 10_244_096, mallocs: 60, frees: 10 },
  ...{ heapAlloc: 4096, heapSys: 8_000_000, heapIdle: 7_000_000, heapInuse: 1_000_000 },
  ...{ heapReleased: 6_000_000, heapObjects: 50, stackInuse: 262_144, stackSys: 262_144 },
  ...{ mSpanInuse: 30_000, mSpanSys: 32_640, mCacheInuse: 2400, mCacheSys: 15_600 },
  ...{ buckHashSys: 3712, gcSys: 1_500_000, otherSys: 430_000, nextGC: 4_194_304 },
  ...{ lastGC: 1_700_000_000_000_000_001n, pauseTotalNs: 30_000 },
  ...{ pauseNs: [10_000, 20_000], numGC: 2 },
};

/** Each kind's record with what it belongs to, in a place after a lone object. */
const withOwner: Readonly<Record<RecordKind, (world: World) => World>> = {
  eof: (world) => world,
  params: (world) => world,
  object: (world) => world.object(0x1000, world.heap(0), 0),
  otherRoot: (world) =>
    world.add({ kind: 'otherRoot', description: 'runtime roots', address: world.heap(0) }),
  type: (world) =>
    world.add(
      { kind: 'type', address: place.type, size: 16, name: 'main.T', isPointer: true },
      { kind: 'itab', address: place.itab, type: place.type },
    ),
  itab: (world) =>
    world.add(
      { kind: 'type', address: place.type, size: 8, name: 'errors.', isPointer: true },
      { kind: 'itab', address: place.itab, type: place.type },
      { kind: 'itab', address: place.itab + 0x20, type: place.type },
    ),
  goroutine: (world) => world.goroutine({ status: 1, waitReason: '', creationPC: 0x404040 }),
  stackFrame: (world) =>
    world.goroutine({}, [
      { name: 'main.leaf', contents: world.words(world.heap(0), 0), pointers: world.offsets(1) },
      { name: 'main.main', contents: world.words(0, world.heap(0)), pointers: world.offsets(2) },
      goexit(world),
    ]),
  defer: (world) =>
    world.goroutine({ defer: world.stack(0x20) }).add(deferRecord(world, { link: 0 })),
  panic: (world) =>
    world.goroutine({ panic: world.stack(0x40) }).add(panicRecord(world, { link: 0 })),
  osThread: (world) => world.add({ kind: 'osThread', address: place.thread, id: 0, osID: 4242 }),
  dataSegment: (world) => world.data(world.heap(0), 0),
  bss: (world) =>
    world.add({
      kind: 'bss',
      address: place.bss,
      contents: world.words(0, 0, world.heap(0)),
      pointers: world.offsets(3),
    }),
  finalizer: (world) => world.add({ kind: 'finalizer', ...finalizerOf(world.heap(0)) }),
  queuedFinalizer: (world) => world.add({ kind: 'queuedFinalizer', ...finalizerOf(world.heap(0)) }),
  memStats: (world) => world.add({ kind: 'memStats', ...statistics }),
  memProf: (world) => world.add(profileRecord()),
  allocSample: (world) =>
    world.add(profileRecord(), {
      kind: 'allocSample',
      address: world.heap(0),
      bucket: place.bucket,
    }),
};

/** The frame at the bottom of a stack: as long as what the call instruction pushes, with no way on. */
export function goexit(world: World): Readonly<Record<string, unknown>> {
  return {
    name: 'runtime.goexit',
    contents: new Uint8Array(world.target.goexitSize),
    ...{ entryPC: place.goexit, pc: place.goexit + 1, continuationPC: place.goexit + 1 },
  };
}

/** A defer record of the world's first goroutine. */
export function deferRecord(world: World, values: Partial<RecordValues> = {}): RecordValues {
  return {
    kind: 'defer',
    ...{ address: world.stack(0x20), goroutine: world.heap(0x81000), argp: world.stack(0) },
    ...{ pc: place.text + 8, funcval: place.closure, entryPC: place.deferred, ...values },
  };
}

/** A panic record of the world's first goroutine. */
export function panicRecord(world: World, values: Partial<RecordValues> = {}): RecordValues {
  return {
    kind: 'panic',
    ...{ address: world.stack(0x40), goroutine: world.heap(0x81000) },
    ...{ argType: place.type, argData: world.heap(0), ...values },
  };
}

export function finalizerOf(address: number): Readonly<Record<string, number>> {
  return {
    ...{ address, funcval: place.closure, entryPC: place.deferred },
    ...{ argType: place.type + 64, objectType: place.type + 64 },
  };
}

export function profileRecord(values: Partial<RecordValues> = {}): RecordValues {
  return {
    kind: 'memProf',
    ...{ id: place.bucket, size: 16, allocs: 2, frees: 1 },
    frames: [
      { func: 'main.main', file: '/src/main.go', line: 7 },
      { func: 'runtime.main', file: '/go/src/runtime/proc.go', line: 271 },
    ],
    ...values,
  };
}

/** Every kind that Go writes, in Go's order; no rule of verify is broken. The base of the negative cases. */
function allKinds(target: SuiteTarget): readonly RecordValues[] {
  const world = new World(target);
  const g = world.heap(0x2000);
  const frame = world.words(world.heap(0), 0, world.heap(0x28), 0);
  world.add(
    { kind: 'type', address: place.type, size: 16, name: 'main.T', isPointer: true },
    { kind: 'itab', address: place.itab, type: place.type },
  );
  // main.T{next, other}: the first points to the second, which points to itself; the third is garbage.
  const pair = (offset: number, ...values: number[]) =>
    world.add({
      kind: 'object',
      address: world.heap(offset),
      contents: world.words(...values),
      pointers: world.offsets(values.length),
    });
  const step = 2 * target.pointerSize;
  pair(0, world.heap(step), 0);
  pair(step, world.heap(step), world.heap(0x2000 + 8));
  pair(2 * step, world.heap(0), world.heap(3 * step - 1));
  world.add(
    {
      kind: 'object',
      address: g,
      contents: world.words(...Array(64 / target.pointerSize).fill(0)),
      pointers: world.offsets(2),
    },
    {
      kind: 'goroutine',
      ...{ address: g, sp: world.stack(0), id: 1, status: 4, waitReason: 'chan receive' },
      ...{ m: place.thread, defer: world.stack(8), panic: world.stack(0x18) },
    },
    {
      kind: 'stackFrame',
      ...{ sp: world.stack(0), name: 'main.main', contents: frame, pointers: world.offsets(3) },
      ...{ entryPC: place.text, pc: place.text + 0x10, continuationPC: place.text + 0x10 },
    },
    {
      kind: 'stackFrame',
      ...{ sp: world.stack(frame.length), depth: 1, childSP: world.stack(0), ...goexit(world) },
    },
    deferRecord(world, { address: world.stack(8), goroutine: g }),
    panicRecord(world, { address: world.stack(0x18), goroutine: g }),
    { kind: 'osThread', address: place.thread, id: 0, osID: 4242 },
  );
  world.data(world.heap(0), 0);
  withOwner.bss(world);
  world.add({ kind: 'finalizer', ...finalizerOf(world.heap(0)) });
  world.add({ kind: 'queuedFinalizer', ...finalizerOf(world.heap(2 * step)) });
  withOwner.memStats(world);
  return withOwner.allocSample(world).end();
}

/** Kinds of record with less in them than others have; each field that can be empty still holds something. */
const lean: { readonly [K in RecordKind]?: (world: World) => World } = {
  object: (world) =>
    world.add({ kind: 'object', address: world.heap(0), contents: world.words(0), pointers: [0] }),
  goroutine: (world) => world.goroutine({ waitReason: 'sleep' }, []),
  stackFrame: (world) =>
    world.goroutine({}, [{ name: 'f', contents: world.words(0), pointers: [0] }]),
  memStats: (world) => world.add({ kind: 'memStats' }),
  finalizer: (world) => withOwner.finalizer(world.object(0, 0)),
  queuedFinalizer: (world) => withOwner.queuedFinalizer(world.object(0, 0)),
  allocSample: (world) => withOwner.allocSample(world.object(0, 0)),
  memProf: (world) => world.add(profileRecord({ frames: [{ func: 'f', file: 'f', line: 1 }] })),
};

/** The least dump with a record of a kind: what is cut at each of its fields. */
function* leanCases(): Generator<SuiteCase> {
  for (const { kind, title, go, tag } of recordTable) {
    if (tag === 0 || kind === 'params') continue;
    const world = (lean[kind] ?? withOwner[kind])(new World());
    yield recordCase(`lean-${kind}`, world.end(), {
      reason: `a record of kind ${title} with what it belongs to, and nothing else`,
      specRef: `runtime/heapdump.go ${go}`,
      importance: 'medium',
    });
  }
}

const allKindsAbout: About = {
  reason: 'one record of every kind that Go writes, in its order',
  specRef: 'runtime/heapdump.go mdump',
};

/** Id of the case that negative cases are made of. */
export const baseCaseId = `all-kinds-${le8.id}`;

export function* kindCases(): Generator<SuiteCase> {
  for (const target of suiteTargets) {
    yield recordCase(`minimal-${target.id}`, new World(target).end(), {
      reason: 'the parameters and EOF: no data, no bss, nothing else',
      specRef: 'runtime/heapdump.go mdump',
      bugType: 'needs-all-kinds',
    });
    for (const { kind, title, go, tag } of recordTable) {
      if (tag === 0 || kind === 'params') continue;
      const world = withOwner[kind](new World(target).object(0, 0, 0)).canary();
      yield recordCase(`kind-${kind}-${target.id}`, world.end(), {
        reason: `a record of kind ${title} with what it belongs to, then a canary`,
        specRef: `runtime/heapdump.go ${go}`,
        ...(kind === 'otherRoot' && { importance: 'medium', bugType: 'record-not-known' }),
      });
    }
    yield recordCase(`all-kinds-${target.id}`, allKinds(target), allKindsAbout);
  }
  yield* leanCases();
}
