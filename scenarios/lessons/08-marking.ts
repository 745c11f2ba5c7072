/** Lesson 8: what can be reached from the roots lives. */
import {
  func,
  globals,
  int,
  intParam,
  nil,
  type Ptr,
  ptr,
  type StructType,
  struct,
} from '../index.ts';
import { inUse } from './at-address.ts';
import { lesson, type Scene } from './lesson.ts';

interface Node {
  next: Ptr<Node>;
  val: number;
}
const Node: StructType<Node> = struct('main.Node', () => ({ next: ptr(Node), val: int }));
const vars = globals({ head: ptr(Node), other: ptr(Node) });

const list = func('main.list', { params: { n: int } }, (go, { n }) => {
  const v = go.globals(vars);
  for (let i = n; i > 0; i--) v.head = go.new(Node, { next: v.head, val: i });
});

/** Two nodes that point to each other, and to which nothing else does. */
const ring = func('main.ring', { locals: { a: ptr(Node), b: ptr(Node) } }, (go, f) => {
  f.a = go.new(Node, { val: 1 });
  f.b = go.new(Node, { next: f.a, val: 2 });
  go.at(Node, f.a).next = f.b;
  return { a: f.a, b: f.b };
});

/** How many of the nodes are in use that the list had: they lie below each other. */
const alive = ({ world, known }: Scene): number => {
  let sum = 0;
  for (let i = 1; i <= known.nodes!; i++) sum += inUse(world, known[`node${i}`]!);
  return sum;
};

export default lesson({
  question: 'How does the collector know what lives?',
  params: { keep: intParam(3, { max: 5, help: 'nodes that stay in the list at its cut' }) },
  globals: vars,
  *main(go, { keep }) {
    const v = go.globals(vars);
    go.call(list, { n: 5 });
    const { a, b } = go.call(ring);
    const addresses: Record<string, number> = {};
    for (let [i, p] = [1, v.head]; p !== nil; p = go.at(Node, p).next) addresses[`node${i++}`] = p;
    go.mark('built', { ...addresses, nodes: 5, a, b });
    yield* go.runtime.GC();
    go.mark('collected');
    if (keep === 0) v.head = nil;
    else {
      let p = v.head;
      for (let i = 1; i < keep; i++) p = go.at(Node, p).next;
      go.at(Node, p).next = nil;
    }
    yield* go.runtime.GC();
    go.mark('cut', { keep });
    go.writeHeapDump();
  },
  lesson: {
    title: 'Roots, grey and black',
    order: 8,
    units: { cutAlive: 'nodes' },
    story: [
      {
        at: 'built',
        figures: ({ memstats }) => ({ cyclesBefore: memstats.NumGC! }),
        text:
          'The variable main.head leads to a list of {nodes} nodes. Two more, at {a:hex} and {b:hex}, point to each other, ' +
          'and nothing else points to them.',
        look: 'roots --step {after}',
      },
      {
        at: 'collected',
        figures: (scene) => ({
          listAlive: alive(scene),
          ringAlive: inUse(scene.world, scene.known.a!) + inUse(scene.world, scene.known.b!),
          cycles: scene.memstats.NumGC! - scene.known.cyclesBefore!,
        }),
        ask: {
          question: 'Each of the two has a pointer to it. Do they survive a collection?',
          answer: '{ringAlive:Yes|No}',
        },
        text:
          'Marking begins at the roots: variables of packages, stacks, specials. What a root points to becomes ' +
          'grey, gets its mark bit and is put in a queue; what is taken from the queue is scanned, and is black ' +
          'then. When the queue is empty, what has no mark is garbage: of the list {listAlive} nodes live, of the ring ' +
          '{ringAlive}. Nobody counts pointers, so rings are no matter.',
        look: 'gc',
      },
      {
        at: 'cut',
        figures: (scene) => ({ cutAlive: alive(scene) }),
        ask: {
          question: 'The list is cut behind {keep} nodes. How many live after the next collection?',
          answer: '{cutAlive}',
        },
        text:
          '{cutAlive} of {nodes} live. While marking goes on the program may run and store pointers: the write barrier ' +
          'shades the old and the new target of each store, and what is allocated meanwhile is black at once, so nothing ' +
          'that lives is missed. Go 1.26 marks by page: it queues pages, first in first out, and scans in one go what was seen in ' +
          'a page since.',
        look: 'explain --step {step}',
      },
    ],
    try: {
      param: 'keep=0',
      see: 'With main.head nil, {cutAlive} of {nodes} nodes live.',
      shows: (changed, was) => changed.cutAlive === 0 && was.cutAlive === 3,
    },
  },
});
