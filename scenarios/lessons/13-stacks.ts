/** Lesson 13: stacks that grow by being copied. */
import {
  array,
  type Blocking,
  bool,
  chan,
  func,
  globals,
  int,
  intParam,
  uintptr,
} from '../index.ts';
import { lesson, type Scene } from './lesson.ts';

const Gate = chan(bool);
const Pad = array(32, uintptr);
const vars = globals({ gate: Gate, ready: Gate });

const descend = func(
  'main.descend',
  { params: { depth: int }, locals: { pad: Pad } },
  (go, { depth }) => {
    if (depth > 0) go.call(descend, { depth: depth - 1 });
    else go.mark('deep');
  },
);

const worker = func('main.worker', { params: { depth: int } }, function* (go, { depth }): Blocking {
  const { gate, ready } = go.globals(vars);
  go.call(descend, { depth });
  go.mark('returned');
  yield* go.send(Gate, ready, true);
  yield* go.recv(Gate, gate);
});

/** The worker's stack. */
function stackOf({ world, known }: Scene): { lo: number; size: number } {
  const { lo, hi } = world.allgs.find(({ goid }) => goid === known.goid)!.stack;
  return { lo, size: hi - lo };
}

/** The last step in which a stack was copied. */
function lastCopy({ timeline }: Scene): number {
  for (let i = timeline.length - 1; i > 0; i--) {
    if (timeline.eventsOf(timeline.step(i)).some(({ name }) => name === 'copystack')) return i;
  }
  return 0;
}

export default lesson({
  question: 'How do stacks grow?',
  params: { depth: intParam(36, { min: 1, max: 10_000, help: 'calls, one within the other' }) },
  globals: vars,
  *main(go, { depth }) {
    const v = go.globals(vars);
    v.gate = go.makeChan(Gate);
    v.ready = go.makeChan(Gate);
    const goid = go.go(worker, { depth });
    go.mark('made', { goid, depth, local: go.sizeof(Pad) });
    yield* go.recv(Gate, v.ready);
    go.mark('waits');
    yield* go.runtime.GC();
    go.mark('shrunk');
    yield* go.runtime.GC();
    go.mark('again');
    go.writeHeapDump();
    go.close(v.gate);
  },
  lesson: {
    title: 'Stacks: copied to grow, halved to shrink',
    order: 13,
    story: [
      {
        at: 'made',
        figures: (scene) => {
          const { lo, size } = stackOf(scene);
          return { stack: size, lo, inuseMade: scene.memstats.StackInuse! };
        },
        ask: { question: 'How large is the stack of a new goroutine?', answer: '{stack} B' },
        text:
          'Goroutine {goid} is new and has a stack of {stack} B, at {lo:hex}. (If the stacks that a collection scans are larger on average, later ones ' +
          'begin larger.) It is no heap object: stacks have spans of their own, mSpanManual, counted in StackInuse, not in HeapInuse. It is {inuseMade:KiB} now.',
        look: 'explain --step {step}',
      },
      {
        at: 'deep',
        figures: (scene) => {
          const { lo, size } = stackOf(scene);
          const growStep = lastCopy(scene);
          return { deepStack: size, moved: Number(lo !== scene.known.lo), growStep };
        },
        ask: {
          question:
            '{depth} calls, each with a local of {local} B: how large is the stack at the bottom?',
          answer: '{deepStack} B',
        },
        text:
          'At each call the prologue compares the stack pointer with the guard. Where it does not suffice, a stack of twice the size is ' +
          'taken and all is copied: {stack} B became {deepStack} B, and its address {moved:has changed|is the same}. Pointers into ' +
          'the old stack are adjusted; which words are pointers, the stackmaps of the functions say.',
        look: 'explain --step {growStep}',
      },
      {
        at: 'returned',
        figures: (scene) => ({ returnedStack: stackOf(scene).size }),
        text: 'The calls have returned, and the stack is as large as before: {returnedStack} B.',
      },
      {
        at: 'waits',
        figures: ({ memstats }) => ({ inuseGrown: memstats.StackInuse! }),
        ask: {
          question: 'StackInuse was {inuseMade:KiB}. What is it now?',
          answer: '{inuseGrown:KiB}',
        },
        text:
          'StackInuse went from {inuseMade:KiB} to {inuseGrown:KiB}. Stacks of each size below 32 KiB are cut from spans of 32 KiB of their own, ' +
          'and the goroutine has grown through several sizes. Those that it left are kept for the next one. (ReadMemStats gives ' +
          'back what the P keeps of them before it counts.)',
        look: 'memstats --step {after}',
      },
      {
        at: 'shrunk',
        figures: (scene) => ({ shrunkStack: stackOf(scene).size }),
        ask: {
          question: 'A collection finds the stack nearly empty. How large is it then?',
          answer: '{shrunkStack} B',
        },
        text: 'A collection that scans a stack of which less than a quarter is used copies it to one of half the size: {shrunkStack} B.',
        look: 'explain --step {step}',
      },
      {
        at: 'again',
        figures: (scene) => ({
          againStack: stackOf(scene).size,
          inuseAgain: scene.memstats.StackInuse!,
        }),
        text: 'The next collection halves it again: {againStack} B. Spans of stacks that are all free were given back: StackInuse is {inuseAgain:KiB}.',
        look: 'spans --step {after}',
      },
    ],
    try: {
      param: 'depth=72',
      see: 'Twice the depth, twice the stack: {deepStack} B, and after two collections {againStack} B.',
      shows: (changed, was) => changed.deepStack === 2 * was.deepStack!,
    },
  },
});
