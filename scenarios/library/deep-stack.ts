/**
 * Deep stacks, and what hangs on them: frames with pointers to objects and into the middle of them,
 * deferred calls of both sorts, and panics. Three dumps: at the bottom of a recursion; in a panic
 * that interrupted another; and after one was recovered, in the deferred function that did it.
 */
import {
  any,
  array,
  type Blocking,
  bool,
  chan,
  func,
  globals,
  int,
  interfaceType,
  intParam,
  type Ptr,
  ptr,
  type StructType,
  scenario,
  slice,
  string,
  struct,
  uintptr,
} from '../index.ts';

interface Step {
  depth: number;
  from: Ptr<Step>;
}
const Step: StructType<Step> = struct('main.Step', () => ({ depth: int, from: ptr(Step) }));

const Failure = struct('main.Failure', { why: string, at: ptr(Step) }, { ptrMethods: ['Explain'] });
const Explainer = interfaceType('main.Explainer', ['Explain']);

const Signal = chan(bool);
const vars = globals({ never: Signal, last: ptr(Step) });

const note = func('main.note', { params: { s: ptr(Step) } }, (go, frame) => {
  go.globals(vars).last = frame.s;
});

/** Goes down and waits there forever. */
const wait = func(
  'main.wait',
  {
    params: { depth: int, from: ptr(Step) },
    locals: { here: ptr(Step), squares: slice(int), middle: ptr(int), pad: array(4, uintptr) },
  },
  function* (go, frame): Blocking {
    const { depth, from } = frame;
    frame.here = go.new(Step, { depth, from });
    frame.squares = go.makeSlice(int, 4);
    frame.middle = go.elem(int, frame.squares, 2);
    go.store(int, frame.middle, depth * depth);
    if (depth === 0) yield* go.recv(Signal, go.globals(vars).never);
    else yield* go.call(wait, { depth: depth - 1, from: frame.here });
  },
);

/** Runs in a panic: a second one follows, and the function deferred here sees both. */
const panicAgain = func(
  'main.panicAgain',
  { params: { s: ptr(Step) }, openDefers: 1 },
  (go, frame) => {
    go.defer(dumpAndRecover, { s: frame.s });
    go.panic('second');
  },
);

const dumpAndRecover = func('main.dumpAndRecover', { params: { s: ptr(Step) } }, (go) => {
  go.writeHeapDump('panicking');
  go.recover();
});

const recoverAndDump = func('main.recoverAndDump', {}, (go) => {
  go.recover();
  go.writeHeapDump('recovered');
});

const fail = func(
  'main.fail',
  { params: { s: ptr(Step) }, locals: { failure: ptr(Failure) }, openDefers: 1 },
  (go, frame) => {
    go.defer(panicAgain, { s: frame.s });
    frame.failure = go.new(Failure, { why: go.str('first'), at: frame.s });
    go.panic(go.toInterface(any, ptr(Failure), frame.failure));
  },
);

const recovers = func('main.recovers', { params: { s: ptr(Step) }, openDefers: 1 }, (go, frame) => {
  go.defer(recoverAndDump);
  go.call(fail, { s: frame.s });
});

const deferInLoop = func('main.deferInLoop', { params: { s: ptr(Step), n: int } }, (go, frame) => {
  for (let i = 0; i < frame.n; i++) go.defer(note, { s: frame.s });
  go.writeHeapDump('deep');
  go.call(recovers, { s: frame.s });
});

const openCoded = func(
  'main.openCoded',
  { params: { s: ptr(Step), n: int }, openDefers: 2 },
  (go, frame) => {
    const { s, n } = frame;
    go.defer(note, { s });
    go.defer(note, { s });
    go.call(deferInLoop, { s, n });
  },
);

const descend = func(
  'main.descend',
  {
    params: { depth: int, from: ptr(Step), defers: int },
    locals: { here: ptr(Step), pad: array(2, uintptr) },
  },
  (go, frame) => {
    const { depth, from, defers } = frame;
    frame.here = go.new(Step, { depth, from });
    if (depth === 0) go.call(openCoded, { s: frame.here, n: defers });
    else go.call(descend, { depth: depth - 1, from: frame.here, defers });
  },
);

export default scenario({
  question: 'What is on a stack that is deep, defers and panics?',
  params: {
    depth: intParam(100, { max: 10_000, help: "calls of main's recursion" }),
    goroutines: intParam(4, { max: 1_000, help: 'goroutines; each goes half as deep as the last' }),
    defers: intParam(5, { max: 10_000, help: 'calls deferred in a loop' }),
  },
  globals: vars,
  itabs: [[Explainer, ptr(Failure)]],
  *main(go, { depth, goroutines, defers }) {
    go.globals(vars).never = go.makeChan(Signal);
    for (let i = 0; i < goroutines; i++) {
      go.go(wait, { depth: Math.floor(depth / 2 ** i), from: go.new(Step, { depth: i }) });
    }
    yield* go.time.sleep(200e6);
    go.call(descend, { depth, from: go.globals(vars).last, defers });
  },
});
