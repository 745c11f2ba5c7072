/** Objects about and above 32 KiB: spans of their own, which are freed whole, split and joined. */
import {
  array,
  func,
  type GoString,
  globals,
  int,
  intParam,
  nil,
  type Ptr,
  ptr,
  type StructType,
  scenario,
  slice,
  string,
  struct,
  uint8,
  uintptr,
} from '../index.ts';

interface Cell {
  p: Ptr<Cell>;
  n: number;
  s: GoString;
}
const Cell: StructType<Cell> = struct('main.Cell', () => ({
  p: ptr(Cell),
  n: uintptr,
  s: string,
}));
/** More than 16,384 words with pointers: the compiler describes such a type by a GC program. */
const Table = struct('main.Table', {
  before: array(3, uintptr),
  cells: array(4200, Cell),
  after: array(100, ptr(Cell)),
  rest: array(7, uint8),
});
const CellPtr = ptr(Cell);
const Bytes = slice(uint8);
const CellPtrs = slice(CellPtr);

const vars = globals({
  buffers: slice(Bytes),
  pointers: slice(CellPtrs),
  cells: slice(Cell),
  table: ptr(Table),
  tables: slice(Table),
});

/** Bytes of the greatest object that lies in a span with others: 32 KiB less a malloc header. */
const maxSmallObject = 32768 - 8;

/** Buffers without pointers: the first is just small, the second one byte too large for that. */
const makeBuffers = func('main.makeBuffers', { params: { n: int, step: int } }, (go, f) => {
  const { n, step } = f;
  const v = go.globals(vars);
  v.buffers = go.makeSlice(Bytes, n);
  for (let i = 0; i < n; i++) {
    const size = i === 0 ? maxSmallObject : maxSmallObject + 1 + (i - 1) * step;
    const buffer = go.makeSlice(uint8, size);
    go.set(Bytes, v.buffers, i, buffer);
    go.set(uint8, buffer, size - 1, 0xff);
  }
});

/** Arrays of pointers. The small ones begin with a header, their type; that of a large one is kept beside its span. */
const makePointers = func(
  'main.makePointers',
  { params: { n: int, step: int }, locals: { cell: CellPtr } },
  (go, f) => {
    const { n, step } = f;
    const v = go.globals(vars);
    const most = maxSmallObject / go.sizeof(CellPtr);
    f.cell = go.new(Cell, { s: go.str('shared') });
    v.pointers = go.makeSlice(CellPtrs, n);
    for (let i = 0; i < n; i++) {
      const len = i < 3 ? most - 1 + i : most + i * step;
      const cells = go.makeSlice(CellPtr, len);
      go.set(CellPtrs, v.pointers, i, cells);
      go.set(CellPtr, cells, len - 1, f.cell);
    }
  },
);

/** A large struct, and slices of structs: their masks repeat over the whole span. */
const makeTables = func('main.makeTables', { locals: { cell: CellPtr } }, (go, f) => {
  const v = go.globals(vars);
  f.cell = go.new(Cell, { s: go.str('in tables') });
  v.cells = go.makeSlice(Cell, 2500);
  go.set(Cell, v.cells, 2499, { p: f.cell, n: 1, s: go.str('last') });
  v.table = go.new(Table);
  v.tables = go.makeSlice(Table, 2);
  go.at(Table, v.table).after = [f.cell];
  go.at(Table, go.elem(Table, v.tables, 1)).after = [f.cell];
});

/** Three of four buffers, every other array of pointers, and the table. */
const release = func('main.release', {}, (go) => {
  const v = go.globals(vars);
  for (let i = 0; i < v.buffers.len; i++) {
    if (i % 4 !== 0) go.set(Bytes, v.buffers, i, noBytes);
  }
  for (let i = 1; i < v.pointers.len; i += 2) go.set(CellPtrs, v.pointers, i, noCells);
  v.table = nil;
});
const noBytes = { array: nil, len: 0, cap: 0 };
const noCells = { array: nil, len: 0, cap: 0 };

/** For three buffers that lay side by side, one of 16 pages and a smaller one: the free spans were joined. */
const reuse = func('main.reuse', {}, (go) => {
  const { buffers } = go.globals(vars);
  for (let i = 2; i < buffers.len; i += 4) {
    go.set(Bytes, buffers, i - 1, go.makeSlice(uint8, 4 * maxSmallObject));
    go.set(Bytes, buffers, i, go.makeSlice(uint8, maxSmallObject + 1 + i * 100));
  }
});

export default scenario({
  question:
    'Where do objects of 32 KiB and more lie, and what becomes of their spans once they are freed?',
  params: {
    buffers: intParam(8, { max: 10_000, help: 'buffers without pointers' }),
    pointers: intParam(6, { max: 10_000, help: 'arrays of pointers' }),
    step: intParam(9000, { max: 10_000_000, help: 'bytes from one size of buffers to the next' }),
  },
  globals: vars,
  *main(go, { buffers, pointers, step }) {
    go.call(makeBuffers, { n: buffers, step });
    go.call(makePointers, { n: pointers, step: Math.floor(step / 8) });
    go.call(makeTables);
    go.writeHeapDump('allocated');
    go.call(release);
    yield* go.runtime.GC();
    go.writeHeapDump('freed');
    go.call(reuse);
    go.writeHeapDump('reused');
  },
});
