/** goldens/programs/large as a scenario. */
import {
  array,
  type GoString,
  globals,
  int,
  nil,
  type Ptr,
  ptr,
  type Slice,
  type StructType,
  scenario,
  slice,
  string,
  struct,
  uint8,
} from '../../../scenarios/index.ts';
import { entryDump, entryParams } from './entry-dump.ts';

interface Rec {
  name: GoString;
  id: number;
  next: Ptr<Rec>;
}
const record: StructType<Rec> = struct('main.record', () => ({
  name: string,
  id: int,
  next: ptr(record),
}));
const block = struct('main.block', {
  head: array(10, ptr(record)),
  body: array(50000, uint8),
  tail: ptr(record),
});

const vars = globals({
  buffers: array(12, slice(uint8)),
  ptrs: array(6, slice(ptr(record))),
  records: slice(record),
  blocks: array(3, ptr(block)),
  freed: slice(slice(uint8)),
});

export const large = scenario({
  question: 'Do objects of more than 32 KiB lie where real Go puts them?',
  globals: vars,
  locals: { r: ptr(record) },
  params: entryParams,
  *main(go, params, frame) {
    const g = go.globals(vars);
    yield* entryDump(go, params);
    frame.r = go.new(record, { name: go.str('shared'), id: 1 });
    const buffers: Slice<number>[] = [];
    for (let i = 0; i < 12; i++) {
      buffers.push(go.makeSlice(uint8, 32769 + i * 9000));
      go.set(uint8, buffers[i]!, i, i);
      g.buffers = buffers;
    }
    const ptrs: Slice<Ptr<Rec>>[] = [];
    for (let i = 0; i < 6; i++) {
      const p = go.makeSlice(ptr(record), 4095 + i * 1500);
      go.set(ptr(record), p, i * 100, frame.r);
      go.set(ptr(record), p, p.len - 1, frame.r);
      ptrs.push(p);
      g.ptrs = ptrs;
    }
    g.records = go.makeSlice(record, 2500);
    for (let i = 0; i < 2500; i += 100) {
      const name = go.at(record, frame.r).name;
      go.set(record, g.records, i, { name, id: i, next: frame.r });
    }
    const blocks: Ptr<unknown>[] = [];
    for (let i = 0; i < 3; i++) {
      blocks.push(go.new(block, { tail: frame.r }));
      g.blocks = blocks as never;
    }
    for (let i = 0; i < 3; i++) {
      g.freed = go.append(slice(uint8), g.freed, go.makeSlice(uint8, 2 ** 20));
    }
    g.freed = { array: nil, len: 0, cap: 0 };
    go.writeHeapDump();
  },
});
