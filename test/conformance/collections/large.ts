/** large.go as a scenario. */
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
  data: array(5, uintptr),
}));

const vars = globals({
  larges: array(40, slice(uint8)),
  tables: array(20, slice(ptr(Node))),
  nodes: array(2000, ptr(Node)),
});

const fill = func('main.fill', { params: { from: int, step: int } }, (go, frame) => {
  const g = go.globals(vars);
  const { from, step } = frame;
  for (let i = from; i < 40; i += step) {
    g.larges = g.larges.with(i, go.makeSlice(uint8, 20000 + i * 9000));
  }
  for (let i = from; i < 20; i += step) {
    g.tables = g.tables.with(i, go.makeSlice(ptr(Node), 3000 + i * 700));
  }
  const nodes = go.addressOf(vars, 'nodes');
  const size = go.sizeof(uintptr);
  for (let i = 0; i < 2000; i++) {
    go.store(ptr(Node), (nodes + i * size) as Ptr<Ptr<Node>>, go.new(Node, {}));
  }
});

const drop = func('main.drop', { params: { from: int, step: int } }, (go, frame) => {
  const g = go.globals(vars);
  const { from, step } = frame;
  const kept = (i: number) => i < from || (i - from) % step !== 0;
  g.larges = g.larges.map((s, i) => (kept(i) ? s : { array: nil, len: 0, cap: 0 }));
  g.tables = g.tables.map((s, i) => (kept(i) ? s : { array: nil, len: 0, cap: 0 }));
  g.nodes = g.nodes.map((p, i) => (i % 500 === from ? p : nil));
});

export const large = scenario({
  question: 'Which pages do large objects leave, and who takes them?',
  globals: vars,
  *main(go) {
    go.debug.setGCPercent(-1);
    go.call(fill, { from: 0, step: 1 });
    go.call(drop, { from: 1, step: 2 });
    yield* go.runtime.GC();
    go.writeHeapDump();
    go.call(fill, { from: 1, step: 4 });
    go.writeHeapDump();
    go.call(drop, { from: 0, step: 3 });
    yield* go.debug.freeOSMemory();
    go.writeHeapDump();
    go.call(fill, { from: 0, step: 6 });
    go.writeHeapDump();
  },
});
