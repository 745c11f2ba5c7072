/** goldens/programs/maps as a scenario. */
import {
  array,
  bool,
  func,
  type GoString,
  globals,
  int,
  int64,
  map,
  type Ptr,
  ptr,
  scenario,
  slice,
  string,
  struct,
  uint8,
  uint32,
  uint64,
} from '../../../scenarios/index.ts';
import { entryDump, entryParams } from './entry-dump.ts';

const big = struct('main.big', { a: array(200, uint8) });
const ints = map(int, int);
const u32 = map(uint32, ptr(int));
const strs = map(string, string);
const ptrs = map(ptr(int), slice(uint8));
const bigs = map(array(20, int), big);
const hinted = map(int64, int64);
const small = map(uint8, bool);
const empty = map(string, int);
const nested = map(string, ints);
const growing = map(uint64, uint64);

const vars = globals({
  ints,
  u32,
  strs,
  ptrs,
  bigs,
  hinted,
  small,
  empty,
  nested,
  growing,
});

/** The digits lie on the stack in Go, in read-only data here: not in the heap. */
const digits = func('main.digits', { params: { n: int } }, (go, frame): GoString => {
  const { str, len } = go.str(String(frame.n));
  return go.string({ array: str as Ptr<number>, len, cap: 8 });
});

export const maps = scenario({
  question: 'Do maps grow as real Go makes them grow, as far as hashes do not decide?',
  globals: vars,
  locals: { p: ptr(int) },
  params: entryParams,
  *main(go, params, frame) {
    const g = go.globals(vars);
    yield* entryDump(go, params);
    g.ints = go.makeMap(ints);
    g.u32 = go.makeMap(u32);
    g.strs = go.makeMap(strs);
    g.ptrs = go.makeMap(ptrs);
    g.bigs = go.makeMap(bigs);
    g.hinted = go.makeMap(hinted, 500);
    g.small = go.makeMap(small);
    g.empty = go.makeMap(empty);
    g.nested = go.makeMap(nested);
    g.growing = go.makeMap(growing);
    for (let i = 0; i < 300; i++) {
      go.mapSet(ints, g.ints, i, i);
      frame.p = go.new(int, i);
      go.mapSet(u32, g.u32, i * 7, frame.p);
      const key = go.call(digits, { n: i });
      go.mapSet(strs, g.strs, key, go.call(digits, { n: i * i }));
      go.mapSet(ptrs, g.ptrs, frame.p, go.makeSlice(uint8, i % 5));
      go.mapSet(hinted, g.hinted, i, i);
      go.mapSet(small, g.small, i & 0xff, i % 2 === 0);
      if (i % 10 === 0) {
        go.mapSet(bigs, g.bigs, [i], { a: [] });
        const name = go.call(digits, { n: i });
        const inner = go.makeMap(ints);
        go.mapSet(ints, inner, i, 1);
        go.mapSet(ints, inner, i + 1, 2);
        go.mapSet(nested, g.nested, name, inner);
      }
    }
    for (let i = 0; i <= 420; i++) go.mapSet(growing, g.growing, i, i);
    for (let i = 0; i < 300; i += 3) {
      go.mapDelete(ints, g.ints, i);
      // The key does not escape from the inlined call: its bytes stay on the stack.
      go.mapDelete(strs, g.strs, go.str(String(i)));
    }
    go.writeHeapDump();
  },
});
