/** goldens/programs/linked-list as a scenario. */
import {
  func,
  globals,
  int,
  nil,
  type Ptr,
  ptr,
  type StructType,
  scenario,
  struct,
} from '../../../scenarios/index.ts';
import { entryDump, entryParams } from './entry-dump.ts';

interface Node {
  next: Ptr<Node>;
  val: number;
}
const Node: StructType<Node> = struct('main.Node', () => ({ next: ptr(Node), val: int }));

const vars = globals({ head: ptr(Node) });

const build = func('main.build', { params: { n: int }, locals: { h: ptr(Node) } }, (go, frame) => {
  for (let i = 0; i < frame.n; i++) frame.h = go.new(Node, { next: frame.h, val: i });
  go.globals(vars).head = frame.h;
  frame.h = nil;
});

export const linkedList = scenario({
  question: 'Do 1,000 nodes of 16 bytes lie where real Go puts them?',
  globals: vars,
  params: entryParams,
  *main(go, params) {
    yield* entryDump(go, params);
    go.call(build, { n: 1000 });
    go.writeHeapDump();
  },
});
