/**
 * One small dump with every kind of record that Go writes: all of the format's but "other root", which no
 * release writes. The dump is made in a deferred call while main panics, with more calls
 * deferred, finalizers registered and queued, and every allocation sampled.
 */
import {
  bool,
  chan,
  func,
  globals,
  int,
  interfaceType,
  intParam,
  ptr,
  scenario,
  string,
  struct,
} from '../index.ts';

const Shape = interfaceType('main.Shape', ['Area']);
const Square = struct('main.Square', { side: int, name: string }, { ptrMethods: ['Area'] });

const Gate = chan(bool);
const vars = globals({ shape: Shape, kept: ptr(Square), gate: Gate });

/** Waits for a gate that nobody opens, so that finalizers behind it stay queued. */
const wait = func('main.wait', { params: { s: ptr(Square) } }, function* (go) {
  yield* go.recv(Gate, go.globals(vars).gate);
});

const drop = func('main.drop', { params: { n: int }, locals: { s: ptr(Square) } }, (go, frame) => {
  for (let side = 0; side < frame.n; side++) {
    frame.s = go.new(Square, { side });
    go.runtime.setFinalizer(Square, frame.s, wait);
  }
});

const dump = func('main.dump', {}, (go) => {
  go.writeHeapDump();
  go.recover();
});

const later = func('main.later', { params: { s: ptr(Square) } }, () => {});

const fail = func('main.fail', { locals: { s: ptr(Square) } }, (go, frame) => {
  frame.s = go.globals(vars).kept;
  for (let i = 0; i < 2; i++) go.defer(later, { s: frame.s });
  go.defer(dump);
  go.panic('every record');
});

export default scenario({
  question: 'What does every kind of record look like?',
  params: {
    dropped: intParam(2, { min: 1, max: 1_000_000, help: 'objects whose finalizers are queued' }),
  },
  globals: vars,
  itabs: [[Shape, ptr(Square)]],
  memProfileRate: 1,
  *main(go, { dropped }) {
    const g = go.globals(vars);
    g.gate = go.makeChan(Gate);
    g.kept = go.new(Square, { side: 3 });
    g.shape = go.toInterface(Shape, ptr(Square), g.kept);
    go.runtime.setFinalizer(Square, g.kept, wait);
    go.call(drop, { n: dropped });
    yield* go.runtime.GC();
    go.call(fail);
  },
});
