/** Every kind of allocation in random order and number: what the allocator does is all that is decided. */
import {
  array,
  type Blocking,
  boolParam,
  chan,
  floatParam,
  func,
  type Go,
  type GoType,
  globals,
  int,
  int64,
  intParam,
  type MapType,
  map,
  nil,
  type Ptr,
  ptr,
  scenario,
  slice,
  string,
  struct,
  uint8,
  uint32,
  unsafePointer,
} from '../index.ts';

/** Objects that can be alive at a time. */
const places = 512;
const Live = array(places, unsafePointer);
const Door = chan(unsafePointer);
const vars = globals({
  live: Live,
  /** What parked goroutines wait for. */
  door: Door,
  /** Calls of finalizers. */
  finalized: int,
  /** What a finalizer brought back last. */
  revived: unsafePointer,
});

/** Words of structs and arrays: every size class up to 32 KiB is among their sizes, and some above. */
const words = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 36, 40, 44, 48, 52, 56,
  60, 63, 64, 65, 72, 80, 96, 112, 127, 128, 144, 160, 176, 192, 224, 256, 288, 336, 384, 400, 448,
  512, 608, 640, 672, 768, 848, 864, 1024, 1216, 1280, 1344, 1536, 1792, 2048, 2304, 2688, 3072,
  3400, 3456, 4064, 4095, 4096, 4097, 5120, 8192, 12345,
] as const;

/** Bytes of objects without pointers, tiny ones first. */
const sizes = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 24, 25, 33, 49, 64, 81, 100, 113, 129,
  145, 161, 177, 193, 209, 225, 241, 257, 289, 321, 353, 385, 417, 481, 513, 577, 641, 705, 769,
  897, 1025, 1153, 1281, 1409, 1537, 1793, 2049, 2305, 2689, 3073, 3201, 3457, 4097, 4865, 5377,
  6145, 6529, 6785, 6913, 8193, 9473, 9729, 10241, 10881, 12289, 13569, 14337, 16385, 18433, 19073,
  20481, 21761, 24577, 27265, 28673, 32768, 32769, 40960, 70_000,
] as const;

const BytePtr = ptr(uint8);
const Pair = struct('main.Pair', { p: BytePtr, n: int });
const Trio = struct('main.Trio', { n: int, p: BytePtr, q: BytePtr });

/** Objects with pointers: in every word, in the first of two, in the last two of three. */
const withPointers: readonly GoType<unknown>[] = [
  ...words.map((n) => array(n, BytePtr)),
  ...words.map((n) => array(Math.ceil(n / 2), Pair)),
  ...words.map((n) => array(Math.ceil(n / 3), Trio)),
];
const withoutPointers: readonly GoType<unknown>[] = sizes.map((n) => array(n, uint8));

/** Elements of slices that grow, each alone in its backing array. */
const elements: readonly GoType<unknown>[] = [uint8, int, BytePtr, Pair, Trio, array(5, int)];

/** Maps: entries in the bucket or behind a pointer, with and without pointers, keys of each fast kind. */
const maps: readonly MapKind[] = [
  { type: map(int, int), key: (_go, i) => i },
  { type: map(int64, array(20, int)), key: (_go, i) => i },
  { type: map(uint32, BytePtr), key: (_go, i) => i },
  { type: map(uint8, Pair), key: (_go, i) => i % 256 },
  { type: map(string, Trio), key: (go, i) => go.strconv.itoa(i * 1000) },
  { type: map(BytePtr, uint8), key: (go) => go.new(uint8) },
];

interface MapKind {
  readonly type: MapType<unknown, unknown>;
  readonly key: (go: Go, i: number) => unknown;
}

const pick = <T>(go: Go, from: readonly T[]): T => from[go.rand.intn(from.length)]!;

/** The place of the i-th live object. */
function place(go: Go, i: number): Ptr<Ptr<unknown>> {
  const base: number = go.addressOf(vars, 'live');
  return (base + i * go.sizeof(unsafePointer)) as Ptr<Ptr<unknown>>;
}

/** A slice that grows from nothing by appends, of which only the last array stays. */
const grow = func(
  'main.grow',
  { params: { kind: int, n: int }, locals: { s: slice(unsafePointer) } },
  (go, f): Ptr<unknown> => {
    const elem = elements[f.kind]!;
    let s = go.makeSlice(elem, 0);
    for (let i = 0; i < f.n; i++) {
      s = go.append(elem, s, go.zero(elem));
      f.s = s as never;
    }
    return s.array;
  },
);

/** A map with up to n entries, of which every third is deleted again. */
const fill = func(
  'main.fill',
  { params: { kind: int, n: int, hint: int }, locals: { m: unsafePointer } },
  (go, f): Ptr<unknown> => {
    const { type, key } = maps[f.kind]!;
    const m = go.makeMap(type, f.hint);
    f.m = m as never;
    for (let i = 0; i < f.n; i++) {
      const k = key(go, go.rand.intn(100));
      go.mapSet(type, m, k, go.zero(type.elem));
      if (i % 3 === 2) go.mapDelete(type, m, k);
    }
    return f.m;
  },
);

/** Objects that get finalizers: small and large, tiny, with pointers and without. */
const finalizable = [
  Pair,
  Trio,
  array(3, uint8),
  array(40, BytePtr),
  array(700, uint8),
] as const satisfies readonly GoType<unknown>[];

/** One brings its object back, one allocates, the others only count. */
const finalizers = finalizable.map((t, i) =>
  func(`main.finalize${i}`, { params: { p: ptr(t as GoType<unknown>) } }, (go, f) => {
    const g = go.globals(vars);
    g.finalized++;
    if (i === 0) g.revived = f.p;
    if (i === 3) g.revived = go.new(Trio, { n: g.finalized });
  }),
);

/** A new object with a finalizer, which one in eight loses at once. */
function makeFinalized(go: Go): Ptr<unknown> {
  const kind = go.rand.intn(finalizable.length);
  const t = finalizable[kind]! as GoType<unknown>;
  const p = go.new(t);
  go.runtime.setFinalizer(t, p, finalizers[kind]!);
  if (go.rand.intn(8) === 0) go.runtime.setFinalizer(t, p, null);
  return p;
}

/** Shares of what is made: of large objects drawn, of maps, of objects with finalizers. */
interface Shares {
  readonly large: number;
  readonly maps: number;
  readonly finalizers: number;
}

/** One new object, its kind and size by chance. */
function make(go: Go, { large, ...shares }: Shares): Ptr<unknown> {
  if (shares.maps > 0 && go.rand.float64() < shares.maps) {
    const hint = go.rand.intn(4) === 0 ? go.rand.intn(60) : 0;
    return go.call(fill, { kind: go.rand.intn(maps.length), n: go.rand.intn(60), hint });
  }
  if (shares.finalizers > 0 && go.rand.float64() < shares.finalizers) return makeFinalized(go);
  const chance = go.rand.float64();
  if (chance < 0.1)
    return go.call(grow, { kind: go.rand.intn(elements.length), n: go.rand.intn(200) });
  if (chance < 0.2) {
    const elem = pick(go, elements);
    return go.makeSlice(elem, 1 + go.rand.intn(400)).array;
  }
  const types = go.rand.float64() < 0.5 ? withPointers : withoutPointers;
  const t = pick(go, types);
  return go.sizeof(t) > 32768 && go.rand.float64() > large ? go.new(Pair) : go.new(t);
}

/** Holds an object that nobody else has, and waits with it: each pointer that comes is one turn, nil the last. */
const hold = func(
  'main.hold',
  { params: { p: unsafePointer, deep: int }, locals: { q: unsafePointer } },
  function* (go, f): Blocking {
    if (f.deep > 0) yield* go.call(hold, { p: f.p, deep: f.deep - 1 });
    for (;;) {
      f.q = yield* go.recv(Door, go.globals(vars).door);
      go.store(unsafePointer, place(go, go.rand.intn(places)), f.p);
      if (f.q === nil) return;
      f.p = go.new(pick(go, withPointers.slice(0, 40))) as never;
    }
  },
);

/** A goroutine more, or a turn for one that waits. In the end all wait, so a collection finds main alone running. */
function* goroutine(go: Go, parked: Parked): Blocking {
  if (parked.now === 0 || go.rand.intn(3) === 0) {
    go.go(hold, { p: go.new(pick(go, withPointers.slice(0, 40))), deep: go.rand.intn(4) });
    parked.now++;
  } else {
    const last = go.rand.intn(3) === 0;
    yield* go.send(Door, go.globals(vars).door, last ? nil : (go.new(Pair) as Ptr<unknown>));
    if (last) parked.now--;
  }
  // The scheduler takes every 61st time who waits longest, which is main: then it is the second that lets the other run.
  yield* go.runtime.Gosched();
  yield* go.runtime.Gosched();
}

/** Goroutines that wait at the door. */
interface Parked {
  now: number;
}

export default scenario({
  question: 'Where does the allocator put objects of all sizes that come and go by chance?',
  params: {
    n: intParam(2000, { max: 10_000_000, help: 'operations' }),
    drop: floatParam(0.3, { help: 'share of operations that drop an object' }),
    large: floatParam(0.1, { help: 'share of the objects above 32 KiB drawn that is made' }),
    maps: floatParam(0, { help: 'share of the objects that are maps' }),
    finalizers: floatParam(0, { help: 'share of the other objects that have finalizers' }),
    goroutines: floatParam(0, { help: 'share of operations that start or wake a goroutine' }),
    collections: intParam(0, { max: 10_000, help: 'calls of runtime.GC, evenly spread' }),
    dumps: boolParam(false, { help: 'a dump after each collection too' }),
  },
  globals: vars,
  calls: 1000,
  *main(go, { n, drop, goroutines, collections, dumps, ...shares }) {
    const every = collections === 0 ? n + 1 : Math.ceil(n / (collections + 1));
    const parked: Parked = { now: 0 };
    if (goroutines > 0) go.globals(vars).door = go.makeChan(Door);
    for (let i = 1; i <= n; i++) {
      if (goroutines > 0 && go.rand.float64() < goroutines) yield* goroutine(go, parked);
      const at = place(go, go.rand.intn(places));
      go.store(unsafePointer, at, go.rand.float64() < drop ? nil : make(go, shares));
      if (i % every === 0) {
        yield* go.runtime.GC();
        if (dumps) go.writeHeapDump(`collection-${i / every}`);
      }
    }
    go.writeHeapDump();
  },
});
