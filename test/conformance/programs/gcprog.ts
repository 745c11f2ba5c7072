/** goldens/programs/gcprog as a scenario. */
import {
  array,
  type GoString,
  globals,
  int,
  type Ptr,
  ptr,
  type Slice,
  type StructType,
  scenario,
  slice,
  string,
  struct,
  uint8,
  uintptr,
  type ValueOf,
} from '../../../scenarios/index.ts';
import { entryDump, entryParams } from './entry-dump.ts';

interface Cell {
  p: Ptr<Cell>;
  n: number;
  s: GoString;
}
const cell: StructType<Cell> = struct('main.cell', () => ({
  p: ptr(cell),
  n: uintptr,
  s: string,
}));
const huge = struct('main.huge', {
  before: array(3, uintptr),
  cells: array(9000, cell),
  after: array(100, ptr(cell)),
  rest: array(7, uint8),
});

type Huge = ValueOf<typeof huge>;

interface Nest {
  rows: readonly (readonly { n: number; p: Ptr<number> }[])[];
  last: Ptr<Nest>;
}
const nest: StructType<Nest> = struct('main.nest', () => ({
  rows: array(200, array(300, struct('', { n: uintptr, p: ptr(int) }))),
  last: ptr(nest),
}));
const cells = array(40000, ptr(cell));

const vars = globals({
  a: ptr(huge),
  b: ptr(nest),
  d: ptr(cells),
  e: slice(huge),
  g: huge,
});

export const gcprog = scenario({
  question: 'Do types with a GC program give the pointers that real Go dumps?',
  globals: vars,
  params: entryParams,
  *main(go, params) {
    const g = go.globals(vars);
    yield* entryDump(go, params);
    g.a = go.new(huge);
    g.b = go.new(nest);
    g.d = go.new(cells);
    g.e = go.makeSlice(huge, 2);
    const c = go.new(cell, { n: 5, s: go.str('x') });
    const at = <T>(p: Ptr<readonly T[]>, len: number): Slice<T> => ({
      array: p as Ptr<unknown> as Ptr<T>,
      len,
      cap: len,
    });
    const cellsOf = (p: Ptr<Huge>) => at(go.field(huge, p, 'cells'), 9000);
    go.at(cell, go.elem(cell, cellsOf(g.a), 8999)).p = c;
    go.set(ptr(cell), at(go.field(huge, g.a, 'after'), 100), 99, c);
    go.at(nest, g.b).last = g.b;
    go.set(ptr(cell), at(g.d, 40000), 39999, c);
    go.at(cell, go.elem(cell, cellsOf(go.elem(huge, g.e, 1)), 1)).p = c;
    go.at(cell, go.elem(cell, cellsOf(go.addressOf(vars, 'g')), 1)).p = c;
    go.writeHeapDump();
  },
});
