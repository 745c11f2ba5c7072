/** goldens/programs/memprofile as a scenario. */
import {
  array,
  func,
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

interface Item {
  p: Ptr<Item>;
  n: readonly number[];
}
const item: StructType<Item> = struct('main.item', () => ({ p: ptr(item), n: array(3, int) }));

const vars = globals({
  items: array(50, ptr(item)),
  bufs: array(20, slice(uint8)),
  texts: slice(string),
});

const leaf = func('main.leaf', { params: { p: ptr(item) } }, (go, frame) => {
  go.line(21);
  return go.new(item, { p: frame.p });
});

const branch = func('main.branch', { params: { i: int } }, (go, frame): Ptr<Item> => {
  go.line(26);
  if (frame.i % 2 === 0) return go.call(leaf, { p: nil });
  go.line(28, 18);
  const inner = go.call(leaf, { p: nil });
  go.line(28, 13);
  return go.call(leaf, { p: inner });
});

export const memprofile = scenario({
  question: 'Does the memory profile count what real Go counts?',
  globals: vars,
  params: entryParams,
  memProfileRate: 512 * 1024,
  *main(go, params) {
    const g = go.globals(vars);
    yield* entryDump(go, params);
    go.runtime.setMemProfileRate(1);
    go.line(40);
    const items: Ptr<Item>[] = [];
    for (let i = 0; i < 50; i++) {
      items.push(go.call(branch, { i }));
      g.items = items;
    }
    go.line(43);
    const bufs: Slice<number>[] = [];
    for (let i = 0; i < 20; i++) {
      bufs.push(go.makeSlice(uint8, 1 + i * i * 100));
      g.bufs = bufs;
    }
    go.line(46);
    for (let i = 0; i < 40; i++) {
      // Both bytes lie on the stack before they are the string's.
      const { str, len } = go.str(`t${String.fromCharCode(i)}`);
      const text = go.string({ array: str as Ptr<number>, len, cap: len });
      g.texts = go.append(string, g.texts, text);
    }
    g.items = items.map((p, i) => (i % 2 === 0 ? nil : p));
    yield* go.runtime.GC();
    yield* go.runtime.GC();
    go.runtime.memProfile(true);
    go.runtime.setMemProfileRate(0);
    go.writeHeapDump();
  },
});
