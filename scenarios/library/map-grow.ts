/** Maps of many key and elem types, grown far enough to double their buckets, one while it moves. */
import {
  array,
  bool,
  func,
  type Go,
  globals,
  int,
  int32,
  int64,
  intParam,
  map,
  ptr,
  scenario,
  slice,
  string,
  struct,
  uint8,
  uint64,
} from '../index.ts';

const Item = struct('main.Item', { name: string, tags: slice(uint8), id: int });
/** More than 128 bytes: a bucket holds pointers to such values. */
const Big = struct('main.Big', { a: array(200, uint8) });

const Ints = map(int, int);
const Names = map(string, string);
const Flags = map(uint8, bool);
const Items = map(int32, ptr(Item));
const Bigs = map(array(20, int64), Big);
const Nested = map(string, Ints);
const Moving = map(uint64, uint64);

const vars = globals({
  ints: Ints,
  names: Names,
  flags: Flags,
  items: Items,
  bigs: Bigs,
  hinted: Ints,
  nested: Nested,
  moving: Moving,
});

const makeAll = func('main.makeAll', { params: { hint: int } }, (go, { hint }) => {
  const m = go.globals(vars);
  m.ints = go.makeMap(Ints);
  m.names = go.makeMap(Names);
  m.flags = go.makeMap(Flags);
  m.items = go.makeMap(Items);
  m.bigs = go.makeMap(Bigs);
  m.hinted = go.makeMap(Ints, hint);
  m.nested = go.makeMap(Nested);
  m.moving = go.makeMap(Moving);
});

/** Small keys and elems lie in the buckets themselves; Item is allocated on its own. */
const fill = func(
  'main.fill',
  { params: { n: int }, locals: { key: string, item: ptr(Item) } },
  (go, f) => {
    const { n } = f;
    const m = go.globals(vars);
    for (let i = 0; i < n; i++) {
      go.mapSet(Ints, m.ints, go.rand.intn(1_000_000_000), i);
      go.mapSet(Ints, m.hinted, i, i);
      go.mapSet(Flags, m.flags, i % 256, i % 2 === 0);
      f.key = go.concat(go.str('key-'), go.strconv.itoa(i));
      go.mapSet(Names, m.names, f.key, go.strconv.itoa(i * 7));
      f.item = go.new(Item, { name: f.key, id: i });
      go.at(Item, f.item).tags = go.makeSlice(uint8, i % 7);
      go.mapSet(Items, m.items, i, f.item);
    }
  },
);

/** Keys and elems above 128 bytes: two more objects for each entry. */
const fillBigs = func('main.fillBigs', { params: { n: int }, locals: { m: Ints } }, (go, f) => {
  const { n } = f;
  const { bigs, nested } = go.globals(vars);
  for (let i = 0; i < n; i++) {
    go.mapSet(Bigs, bigs, [i], { a: [i] });
    f.m = go.makeMap(Ints);
    go.mapSet(Ints, f.m, i, 1);
    go.mapSet(Nested, nested, go.strconv.itoa(1000 + i), f.m);
  }
});

/** Buckets double at 6.5 entries each: one entry more, and the old array is still there. */
function startMove(go: Go, n: number): void {
  const { moving } = go.globals(vars);
  let buckets = 8;
  while (buckets * 2 * 6.5 <= n) buckets *= 2;
  for (let i = 0; i <= buckets * 6.5; i++) go.mapSet(Moving, moving, i, i * i);
}

const drop = func('main.drop', { params: { n: int }, locals: { key: string } }, (go, f) => {
  const { n } = f;
  const { hinted, names } = go.globals(vars);
  for (let i = 0; i < n; i += 3) {
    go.mapDelete(Ints, hinted, i);
    f.key = go.concat(go.str('key-'), go.strconv.itoa(i));
    go.mapDelete(Names, names, f.key);
  }
});

export default scenario({
  question:
    'What do maps keep in the heap as they grow, move to twice the buckets and lose entries?',
  params: {
    entries: intParam(2000, {
      min: 60,
      max: 1_000_000,
      help: 'entries in each of the larger maps',
    }),
    bigs: intParam(50, { max: 100_000, help: 'entries with keys and elems above 128 bytes' }),
  },
  globals: vars,
  main(go, { entries, bigs }) {
    go.call(makeAll, { hint: entries });
    go.call(fill, { n: entries });
    go.call(fillBigs, { n: bigs });
    startMove(go, entries);
    go.writeHeapDump('grown');
    go.call(drop, { n: entries });
    go.writeHeapDump('deleted');
  },
});
