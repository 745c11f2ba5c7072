/** shrink.go as a scenario. */
import {
  array,
  type Blocking,
  chan,
  func,
  globals,
  int,
  scenario,
} from '../../../scenarios/index.ts';

const Ints = chan(int);
const vars = globals({ block: Ints, ready: Ints });

const deep = func(
  'main.deep',
  { params: { n: int }, locals: { pad: array(200, int) } },
  (go, frame): number => (frame.n === 0 ? 0 : go.call(deep, { n: frame.n - 1 })),
);

const waits = func('main.waits', { params: { depth: int } }, function* (go, frame): Blocking {
  const { block, ready } = go.globals(vars);
  go.call(deep, { n: frame.depth });
  yield* go.send(Ints, ready, frame.depth);
  yield* go.discard(Ints, block);
});

export const shrink = scenario({
  question: 'How do stacks shrink, and where do they move?',
  globals: vars,
  *main(go) {
    const g = go.globals(vars);
    g.block = go.makeChan(Ints);
    g.ready = go.makeChan(Ints);
    go.call(deep, { n: 100 });
    for (let i = 0; i < 4; i++) {
      go.go(waits, { depth: 4 << (i * 2) });
      yield* go.discard(Ints, g.ready);
    }
    go.writeHeapDump();
    yield* go.runtime.GC();
    go.writeHeapDump();
    yield* go.runtime.GC();
    yield* go.runtime.GC();
    go.writeHeapDump();
    for (let i = 0; i < 6; i++) yield* go.runtime.GC();
    go.writeHeapDump();
  },
});
