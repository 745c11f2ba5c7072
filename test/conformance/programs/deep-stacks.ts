/** goldens/programs/deep-stacks as a scenario. */
import {
  any,
  array,
  type Blocking,
  chan,
  func,
  type Go,
  type GoString,
  globals,
  int,
  intParam,
  nil,
  type Ptr,
  ptr,
  type StructType,
  scenario,
  string,
  struct,
  uintptr,
} from '../../../scenarios/index.ts';
import { entryDump, entryParams } from './entry-dump.ts';

interface Arg {
  n: number;
  name: GoString;
  next: Ptr<Arg>;
}
const Arg: StructType<Arg> = struct('main.arg', () => ({ n: int, name: string, next: ptr(Arg) }));
const Failure = struct('main.failure', { why: string, from: ptr(Arg) }, { ptrMethods: ['Error'] });
const Ints = chan(int);

const vars = globals({
  sink: array(8, ptr(Arg)),
  done: Ints,
  block: Ints,
  /** The result of main.recovers, which its deferred call sets. */
  r: ptr(Arg),
});

function setSink(go: Go, i: number, p: Ptr<Arg>): void {
  const g = go.globals(vars);
  g.sink = g.sink.with(i, p);
}

const note = func('main.note', { params: { a: ptr(Arg) } }, (go, { a }) => setSink(go, 0, a));
const noteSecond = func('main.openCoded.func1', { params: { b: ptr(Arg) } }, (go, { b }) =>
  setSink(go, 1, b),
);
const noteThird = func('main.loopDefers.func1', { params: { c: ptr(Arg) } }, (go, { c }) =>
  setSink(go, 2, c),
);

const descend = func(
  'main.descend',
  {
    params: { a: ptr(Arg), depth: int, words: array(3, uintptr) },
    locals: { local: ptr(Arg) },
    outArgs: 5,
  },
  (go, frame): Ptr<Arg> => {
    const { a, depth, words } = frame;
    frame.local = go.new(Arg, { n: depth, next: a });
    setSink(go, depth % 8, frame.local);
    if (depth === 0) return go.call(openCoded, { a: frame.local });
    return go.call(descend, { a: frame.local, depth: depth - 1, words });
  },
);

const openCoded = func(
  'main.openCoded',
  { params: { a: ptr(Arg) }, locals: { b: ptr(Arg) }, openDefers: 2 },
  (go, frame): Ptr<Arg> => {
    frame.b = go.new(Arg, { name: go.str('open-coded'), next: frame.a });
    go.defer(note, { a: frame.a });
    go.defer(noteSecond, { b: frame.b });
    return go.call(loopDefers, { a: frame.b });
  },
);

const loopDefers = func(
  'main.loopDefers',
  { params: { a: ptr(Arg) }, locals: { c: ptr(Arg) } },
  (go, frame): Ptr<Arg> => {
    for (let n = 0; n < 5; n++) {
      frame.c = go.new(Arg, { n, next: frame.a });
      go.defer(noteThird, { c: frame.c });
    }
    return go.call(stackDefers, { a: frame.a });
  },
);

/** The jump backwards past its defer statement makes the compiler take that for one in a loop. */
const stackDefers = func('main.stackDefers', { params: { a: ptr(Arg) } }, (go, { a }): Ptr<Arg> => {
  go.defer(note, { a });
  go.call(recovers, { a });
  return go.globals(vars).r;
});

const recoverFailure = func('main.recovers.func1', {}, (go) => {
  const e = go.recover();
  const f = e && go.assert(any, e, ptr(Failure));
  if (f) go.globals(vars).r = go.at(Failure, f).from;
});

const recovers = func(
  'main.recovers',
  { params: { a: ptr(Arg) }, openDefers: 1 },
  (go, { a }): Ptr<Arg> => {
    go.defer(recoverFailure);
    return go.call(panics, { a });
  },
);

const panics = func(
  'main.panics',
  { params: { a: ptr(Arg) }, openDefers: 1 },
  (go, { a }): Ptr<Arg> => {
    go.defer(duringPanic, { a });
    const f = go.new(Failure, { why: go.str('first'), from: a });
    return go.panic(go.toInterface(any, ptr(Failure), f));
  },
);

/** Two panics are in progress here. */
const dumpAndRecover = func('main.duringPanic.func1', {}, (go) => {
  go.writeHeapDump();
  go.recover();
});

const duringPanic = func(
  'main.duringPanic',
  { params: { a: ptr(Arg) }, openDefers: 1 },
  (go, { a }) => {
    go.defer(dumpAndRecover);
    setSink(go, 3, a);
    const { n } = go.at(Arg, a);
    const all = {
      array: go.addressOf(vars, 'sink') as Ptr<unknown> as Ptr<Ptr<Arg>>,
      len: 8,
      cap: 8,
    };
    go.at(Arg, go.get(ptr(Arg), all, 8 + n)).n = 1;
  },
);

const bigFrame = func(
  'main.bigFrame',
  { params: { depth: int }, locals: { pad: array(500, int), ptrs: array(20, ptr(Arg)) } },
  function* (go, frame): Blocking {
    const { sink, done, block } = go.globals(vars);
    frame.ptrs = frame.ptrs.with(frame.depth % 20, sink[0]!);
    if (frame.depth > 0) {
      yield* go.call(bigFrame, { depth: frame.depth - 1 });
      return;
    }
    yield* go.send(Ints, done, 1);
    yield* go.discard(Ints, block);
  },
);

/** Arguments that are constants need no closure. */
const startBigFrame = func('main.main.gowrap1', {}, function* (go): Blocking {
  yield* go.call(bigFrame, { depth: 20 });
});

const deferring = func('main.main.func1', { openDefers: 2 }, function* (go): Blocking {
  go.defer(note, { a: nil });
  go.defer(bigFrame, { depth: 3 });
  yield* go.call(bigFrame, { depth: 5 });
});

export const deepStacks = scenario({
  question: 'How do stacks grow, and which defers and panics do they show?',
  globals: vars,
  params: {
    ...entryParams,
    preemptedAt: intParam(-1, { min: -1, max: 2, help: 'dump after which sysmon preempts main' }),
  },
  locals: { a: ptr(Arg) },
  *main(go, params, frame) {
    const g = go.globals(vars);
    g.done = go.makeChan(Ints);
    g.block = go.makeChan(Ints);
    yield* entryDump(go, params);
    go.go(startBigFrame);
    yield* go.discard(Ints, g.done);
    go.go(deferring);
    yield* go.discard(Ints, g.done);
    frame.a = go.call(descend, { a: nil, depth: 100, words: [0, 0, 0] });
    if (params.preemptedAt === 2) yield* go.runtime.Gosched();
    go.writeHeapDump();
  },
});
