/** A binary search tree of keys in random order, dumped from the deepest call of a recursive walk. */
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
  left: Ptr<Node>;
  right: Ptr<Node>;
  key: number;
}
const Node: StructType<Node> = struct('main.Node', () => ({
  left: ptr(Node),
  right: ptr(Node),
  key: int,
}));

const vars = globals({ root: ptr(Node), size: int });

const insert = func('main.insert', { params: { key: int }, locals: { n: ptr(Node) } }, (go, f) => {
  const { key } = f;
  const tree = go.globals(vars);
  if (tree.root === nil) {
    tree.root = go.new(Node, { key });
    tree.size++;
    return;
  }
  f.n = tree.root;
  for (;;) {
    const n = go.at(Node, f.n);
    if (key === n.key) return;
    const side = key < n.key ? 'left' : 'right';
    if (n[side] === nil) {
      n[side] = go.new(Node, { key });
      tree.size++;
      return;
    }
    f.n = n[side];
  }
});

/** Goes down to the smallest key and dumps there: the stack holds every node on the way. */
const walk = func('main.walk', { params: { n: ptr(Node) } }, (go, f) => {
  const { left } = go.at(Node, f.n);
  if (left === nil) go.writeHeapDump();
  else go.call(walk, { n: left });
});

export default scenario({
  question:
    'Where do the nodes of a search tree lie when keys come in random order, and which of them does a recursive walk hold?',
  params: {
    keys: intParam(5000, { min: 1, max: 10_000_000, help: 'keys to insert' }),
    range: intParam(1_000_000, { min: 1, max: 2 ** 31 - 1, help: 'keys are below this' }),
  },
  globals: vars,
  main(go, { keys, range }) {
    for (let i = 0; i < keys; i++) go.call(insert, { key: go.rand.intn(range) });
    go.call(walk, { n: go.globals(vars).root });
  },
});
