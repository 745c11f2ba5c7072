/** goldens/programs/tree as a scenario. */
import {
  array,
  func,
  type GoString,
  globals,
  type Interface,
  int,
  interfaceType,
  nil,
  type Ptr,
  ptr,
  type StructType,
  scenario,
  string,
  struct,
  uint8,
  uint64,
} from '../../../scenarios/index.ts';
import { entryDump, entryParams } from './entry-dump.ts';

const Tree = interfaceType('main.Tree', ['depth']);

interface Leaf {
  name: GoString;
  data: readonly number[];
}
const pointer = { ptrMethods: ['depth'] };
const Leaf: StructType<Leaf> = struct(
  'main.Leaf',
  () => ({ name: string, data: array(3, uint64) }),
  pointer,
);

interface Inner {
  left: Interface;
  right: Interface;
  parent: Ptr<Inner>;
}
const Inner: StructType<Inner> = struct(
  'main.Inner',
  () => ({ left: Tree, right: Tree, parent: ptr(Inner) }),
  pointer,
);

interface Wide {
  kids: readonly Interface[];
  marks: readonly number[];
  last: Ptr<Inner>;
}
const Wide: StructType<Wide> = struct(
  'main.Wide',
  () => ({ kids: array(70, Tree), marks: array(10, uint8), last: ptr(Inner) }),
  pointer,
);

const vars = globals({ root: Tree });

const grow = func(
  'main.grow',
  {
    params: { parent: ptr(Inner), depth: int },
    locals: { n: ptr(Inner), w: ptr(Wide) },
  },
  (go, frame): Interface => {
    const { depth } = frame;
    if (depth === 0) {
      const leaf = go.new(Leaf, { name: go.str('leaf'), data: [1, 2, 3] });
      return go.toInterface(Tree, ptr(Leaf), leaf);
    }
    if (depth === 3) {
      frame.w = go.new(Wide, { last: frame.parent });
      const kids: Interface[] = [];
      for (let i = 0; i < 70; i++) {
        const leaf = go.new(Leaf, { name: go.str('wide'.slice(0, i % 4)), data: [i] });
        kids.push(go.toInterface(Tree, ptr(Leaf), leaf));
        go.at(Wide, frame.w).kids = kids;
      }
      return go.toInterface(Tree, ptr(Wide), frame.w);
    }
    frame.n = go.new(Inner, { parent: frame.parent });
    const left: Interface = go.call(grow, { parent: frame.n, depth: depth - 1 });
    go.at(Inner, frame.n).left = left;
    const right: Interface = go.call(grow, { parent: frame.n, depth: depth - 1 });
    go.at(Inner, frame.n).right = right;
    return go.toInterface(Tree, ptr(Inner), frame.n);
  },
);

export const tree = scenario({
  question: 'Do leaves, inner nodes and nodes with a malloc header lie where real Go puts them?',
  globals: vars,
  itabs: [
    [Tree, ptr(Leaf)],
    [Tree, ptr(Wide)],
    [Tree, ptr(Inner)],
  ],
  params: entryParams,
  *main(go, params) {
    yield* entryDump(go, params);
    go.globals(vars).root = go.call(grow, { parent: nil, depth: 7 });
    go.writeHeapDump();
  },
});
