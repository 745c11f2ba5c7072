/** limited.go as a scenario. */
import {
  array,
  func,
  globals,
  int,
  nil,
  type Ptr,
  ptr,
  type StructType,
  scenario,
  slice,
  struct,
  uint8,
  uintptr,
} from '../../../scenarios/index.ts';

interface Node {
  next: Ptr<Node>;
  data: readonly number[];
}
const Node: StructType<Node> = struct('main.node', () => ({
  next: ptr(Node),
  data: array(6, uintptr),
}));

const vars = globals({ list: ptr(Node), blocks: array(24, slice(uint8)) });

const keep = func('main.keep', { params: { n: int } }, (go, { n }) => {
  const g = go.globals(vars);
  for (let i = 0; i < n; i++) g.list = go.new(Node, { next: g.list });
});

const fill = func('main.fill', { params: { n: int, size: int } }, (go, { n, size }) => {
  const g = go.globals(vars);
  for (let i = 0; i < n; i++) g.blocks = g.blocks.with(i, go.makeSlice(uint8, size));
});

export const limited = scenario({
  question: 'What do a small GOGC and a memory limit leave?',
  globals: vars,
  *main(go) {
    const g = go.globals(vars);
    go.debug.setGCPercent(10);
    go.call(keep, { n: 2000 });
    yield* go.runtime.GC();
    go.writeHeapDump();
    go.debug.setGCPercent(-1);
    go.debug.setMemoryLimit(12 * 2 ** 20);
    go.call(fill, { n: 24, size: 100 * 1024 });
    yield* go.runtime.GC();
    go.writeHeapDump();
    g.blocks = g.blocks.map(() => ({ array: nil, len: 0, cap: 0 }));
    yield* go.runtime.GC();
    go.call(fill, { n: 12, size: 300 * 1024 });
    go.writeHeapDump();
    go.debug.setMemoryLimit(64 * 2 ** 20);
    yield* go.runtime.GC();
    go.writeHeapDump();
  },
});
