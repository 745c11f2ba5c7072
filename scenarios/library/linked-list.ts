/** The first scenario: small objects of one type, and what a free list makes of them. */
import {
  func,
  globals,
  int,
  intParam,
  nil,
  type Ptr,
  ptr,
  type StructType,
  scenario,
  struct,
} from '../index.ts';

interface Node {
  next: Ptr<Node>;
  val: number;
}
const Node: StructType<Node> = struct('main.Node', () => ({ next: ptr(Node), val: int }));

const vars = globals({ head: ptr(Node) });

const build = func(
  'main.build',
  { params: { n: int }, locals: { head: ptr(Node) } },
  (go, frame) => {
    const { n } = frame;
    for (let i = 0; i < n; i++) {
      frame.head = go.new(Node, { next: frame.head, val: i });
    }
    go.globals(vars).head = frame.head;
    frame.head = nil;
  },
);

export default scenario({
  question: 'How does a list of small nodes lie in the heap?',
  params: { n: intParam(1000, { max: 500_000_000, help: 'nodes' }) },
  globals: vars,
  main(go, { n }) {
    go.call(build, { n });
    go.writeHeapDump();
  },
});
