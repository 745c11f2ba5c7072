/** goldens/programs/nil-dereference as a scenario. */
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
const Node: StructType<Node> = struct('main.node', () => ({ next: ptr(Node), val: int }));

const vars = globals({ sink: ptr(Node) });

const fault = func(
  'main.fault',
  { params: { next: ptr(Node), kept: ptr(Node) } },
  (go, frame): number => go.at(Node, frame.next).val,
);

const dump = func('main.dump', { params: { kept: ptr(Node) } }, (go, frame) => {
  go.writeHeapDump();
  go.globals(vars).sink = frame.kept;
  go.recover();
});

const guarded = func(
  'main.guarded',
  { locals: { kept: ptr(Node) }, openDefers: 1 },
  (go, frame) => {
    frame.kept = go.new(Node, { next: nil, val: 1 });
    go.defer(dump, { kept: frame.kept });
    // In Go the node whose next is nil lies in the frame.
    go.call(fault, { next: nil, kept: frame.kept });
  },
);

export const nilDereference = scenario({
  question: 'Which frames does a panic show that a signal raised?',
  globals: vars,
  params: entryParams,
  *main(go, params) {
    yield* entryDump(go, params);
    go.call(guarded);
  },
});
