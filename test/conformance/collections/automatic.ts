/** automatic.go as a scenario. */
import {
  array,
  func,
  globals,
  int,
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

const vars = globals({ list: ptr(Node), ring: array(64, slice(uint8)) });

const churn = func(
  'main.churn',
  { params: { n: int, keep: int }, locals: { x: ptr(Node) } },
  (go, frame) => {
    const g = go.globals(vars);
    const { n, keep } = frame;
    const ring = go.addressOf(vars, 'ring');
    for (let i = 0; i < n; i++) {
      frame.x = go.new(Node);
      if (i % keep === 0) {
        go.at(Node, frame.x).next = g.list;
        g.list = frame.x;
      }
      const slot = (ring + (i % 64) * go.sizeof(slice(uint8))) as Ptr<
        ReturnType<typeof go.makeSlice<number>>
      >;
      go.store(slice(uint8), slot, go.makeSlice(uint8, 200 + (i % 13) * 100));
    }
  },
);

export const automatic = scenario({
  question: 'When do collections start by themselves, and what do they leave?',
  globals: vars,
  *main(go) {
    go.call(churn, { n: 3000, keep: 4 });
    go.writeHeapDump();
    go.call(churn, { n: 1800, keep: 8 });
    go.writeHeapDump();
    go.call(churn, { n: 1000, keep: 8 });
    go.writeHeapDump();
    go.debug.setGCPercent(50);
    yield* go.runtime.GC();
    go.writeHeapDump();
  },
});
