/** goroutines.go as a scenario. */
import {
  array,
  type Blocking,
  chan,
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

interface Msg {
  next: Ptr<Msg>;
  id: number;
}
const Msg: StructType<Msg> = struct('main.msg', () => ({ next: ptr(Msg), id: int }));
const Msgs = chan(ptr(Msg));

const vars = globals({ start: Msgs, done: Msgs, last: ptr(Msg) });

const deep = func(
  'main.deep',
  { params: { n: int }, locals: { pad: array(60, int) } },
  (go, frame): number => (frame.n === 0 ? 0 : go.call(deep, { n: frame.n - 1 })),
);

const worker = func(
  'main.worker',
  { params: { depth: int }, locals: { m: ptr(Msg) } },
  function* (go, frame): Blocking {
    const { start, done } = go.globals(vars);
    frame.m = yield* go.recv(Msgs, start);
    go.call(deep, { n: frame.depth });
    yield* go.send(Msgs, done, frame.m);
  },
);

const run = func('main.run', { params: { n: int } }, function* (go, frame): Blocking {
  const g = go.globals(vars);
  for (let i = 0; i < frame.n; i++) go.go(worker, { depth: i % 40 });
  yield* go.runtime.Gosched();
  for (let i = 0; i < frame.n; i++) {
    yield* go.send(Msgs, g.start, go.new(Msg, { next: g.last }));
    g.last = yield* go.recv(Msgs, g.done);
  }
});

export const goroutines = scenario({
  question: 'Which descriptors and stacks do goroutines take after others have died?',
  globals: vars,
  *main(go) {
    const g = go.globals(vars);
    g.start = go.makeChan(Msgs);
    g.done = go.makeChan(Msgs);
    yield* go.call(run, { n: 90 });
    go.writeHeapDump();
    yield* go.runtime.GC();
    go.writeHeapDump();
    yield* go.call(run, { n: 50 });
    yield* go.runtime.GC();
    g.last = nil;
    yield* go.runtime.GC();
    go.writeHeapDump();
    yield* go.call(run, { n: 20 });
    go.writeHeapDump();
  },
});
