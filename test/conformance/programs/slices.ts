/** goldens/programs/slices as a scenario. */
import {
  any,
  array,
  float64,
  globals,
  int,
  int64,
  nil,
  type Ptr,
  ptr,
  type Slice,
  scenario,
  slice,
  string,
  struct,
  uint8,
  uint16,
} from '../../../scenarios/index.ts';
import { entryDump, entryParams } from './entry-dump.ts';

const wide = struct('main.wide', { a: array(3, ptr(int)), b: array(5, int64) });

const historyLength = 40;
const vars = globals({
  bytes: slice(uint8),
  i64s: slice(int64),
  u16s: slice(uint16),
  ptrs: slice(ptr(int)),
  strs: slice(string),
  wides: slice(wide),
  matrix: slice(slice(float64)),
  ifaces: slice(any),
  grown: slice(ptr(int)),
  grownB: slice(uint8),
  history: array(historyLength, slice(ptr(int))),
  nhist: int,
});

export const slices = scenario({
  question: 'Do growing slices move to where real Go puts them?',
  globals: vars,
  locals: { x: ptr(int) },
  params: entryParams,
  *main(go, params, frame) {
    const g = go.globals(vars);
    yield* entryDump(go, params);
    frame.x = go.new(int);
    const history: Slice<Ptr<number>>[] = [];
    for (let i = 0; i < 3000; i++) {
      g.bytes = go.append(uint8, g.bytes, i);
      g.i64s = go.append(int64, g.i64s, i);
      g.u16s = go.append(uint16, g.u16s, i);
      if (g.ptrs.cap === g.ptrs.len && g.nhist < historyLength) {
        history.push(g.ptrs);
        g.history = history;
        g.nhist++;
      }
      g.ptrs = go.append(ptr(int), g.ptrs, frame.x);
      if (i % 10 === 0) {
        g.strs = go.append(string, g.strs, go.str('string'));
        g.wides = go.append(wide, g.wides, { a: [frame.x, nil, frame.x], b: [] });
        g.ifaces = go.append(any, g.ifaces, go.toInterface(any, int, i));
      }
      if (i % 100 === 0) {
        const row = go.makeSlice(float64, Math.trunc(i / 50));
        g.matrix = go.append(slice(float64), g.matrix, row);
      }
    }
    const five = go.makeSlice(ptr(int), 5, 8);
    g.grown = go.append(ptr(int), five, ...new Array<Ptr<number>>(1000).fill(frame.x));
    // []byte of a constant is an array of its very length.
    const prefix = go.new(array(6, uint8), [...new TextEncoder().encode('prefix')]);
    const bytes = { array: prefix as Ptr<unknown> as Ptr<number>, len: 6, cap: 6 };
    g.grownB = go.append(uint8, bytes, ...new Array<number>(33).fill(0));
    go.writeHeapDump();
  },
});
