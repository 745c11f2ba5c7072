/** Lesson 5: spans with pointers and spans without. */
import {
  func,
  globals,
  int,
  intParam,
  type Ptr,
  ptr,
  type StructType,
  slice,
  struct,
  uintptr,
} from '../index.ts';
import { heapBitsBytes } from '../timeline/spans.ts';
import { inUse, spanAt } from './at-address.ts';
import { lesson } from './lesson.ts';

interface Node {
  next: Ptr<Node>;
  val: number;
}
const Node: StructType<Node> = struct('main.Node', () => ({ next: ptr(Node), val: int }));
const Pair = struct('main.Pair', { a: int, b: int });
const NodePtr = ptr(Node);

const vars = globals({
  node: NodePtr,
  pair: ptr(Pair),
  pointers: slice(NodePtr),
  numbers: slice(uintptr),
});

const fill = func('main.fill', { params: { n: int } }, (go, { n }) => {
  const { pointers, numbers } = go.globals(vars);
  for (let i = 0; i < n; i++) {
    go.set(NodePtr, pointers, i, go.new(Node, { val: i }));
    go.set(uintptr, numbers, i, go.new(Node, { val: i }));
  }
});

export default lesson({
  question: 'Why are there two spans for one size?',
  params: {
    n: intParam(100, { min: 1, max: 100_000, help: 'objects held by pointers, and by numbers' }),
  },
  globals: vars,
  *main(go, { n }) {
    const v = go.globals(vars);
    v.node = go.new(Node);
    v.pair = go.new(Pair);
    go.mark('two', { node: v.node, pair: v.pair, size: go.sizeof(Node) });
    v.pointers = go.makeSlice(NodePtr, n);
    v.numbers = go.makeSlice(uintptr, n);
    go.call(fill, { n });
    go.mark('filled', { n, pointers: v.pointers.array, numbers: v.numbers.array });
    yield* go.runtime.GC();
    go.mark('collected', { held: go.get(NodePtr, v.pointers, 0) });
    go.writeHeapDump();
  },
  lesson: {
    title: 'scan and noscan',
    order: 5,
    units: {
      scanSlots: 'slots',
      noscanSlots: 'slots',
      byPointers: 'objects',
      byNumbers: 'objects',
    },
    story: [
      {
        at: 'two',
        figures: ({ world, known }) => {
          const scan = spanAt(world, known.node!);
          const noscan = spanAt(world, known.pair!);
          return {
            scanClass: scan.spanclass,
            noscanClass: noscan.spanclass,
            scanSlots: scan.nelems,
            noscanSlots: noscan.nelems,
            bitmap: heapBitsBytes(scan, world.arch.ptrSize),
          };
        },
        ask: {
          question:
            'Two structs of {size} B, one with a pointer and one without. Both spans are a page of 8 KiB: how many slots has each?',
          answer: '{scanSlots} with pointers, {noscanSlots} without',
        },
        text:
          'Each size class has two span classes, {scanClass} for objects with pointers (scan) and {noscanClass} for those ' +
          'without (noscan). A scan span keeps {bitmap} B at its end with a bit for each word: is it a pointer? ' +
          'That room costs slots: {scanSlots} in place of {noscanSlots}.',
        look: 'vis {node:hex} --slots 2 --step {after}',
      },
      {
        at: 'filled',
        ask: {
          question:
            '{n} objects are held by a []*Node, {n} others by their addresses in a []uintptr. How many of these survive a collection?',
          answer: 'None: a uintptr is no pointer',
        },
        text: 'The array of the []*Node is scan; that of the []uintptr, though it holds addresses as well, is noscan.',
        look: 'spans --class 2 --step {after}',
      },
      {
        at: 'collected',
        figures: ({ world, known }) => {
          const alive = (array: number): number => {
            let sum = 0;
            for (let i = 0; i < known.n!; i++) {
              sum += inUse(world, world.memory.readUintptr(array + i * world.arch.ptrSize));
            }
            return sum;
          };
          return { byPointers: alive(known.pointers!), byNumbers: alive(known.numbers!) };
        },
        text:
          'Of the objects held by pointers {byPointers} live, of the others {byNumbers}: the collector does not look into ' +
          'noscan objects at all. That also makes them cheap: a []byte of a gigabyte is marked by one bit.',
        look: 'why {held:hex} --step {after}',
      },
    ],
    try: {
      param: 'n=1000',
      see: '{n} objects of each sort take more spans, and the rule is the same: {byPointers} live, {byNumbers} of the others.',
      shows: ({ byPointers, byNumbers }) => byPointers === 1000 && byNumbers === 0,
    },
  },
});
