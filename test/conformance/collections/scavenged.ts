/** scavenged.go as a scenario. */
import {
  array,
  func,
  globals,
  int,
  nil,
  scenario,
  slice,
  uint8,
} from '../../../scenarios/index.ts';

const vars = globals({ blocks: array(100, slice(uint8)), sink: slice(uint8) });

const fill = func('main.fill', { params: { n: int, size: int } }, (go, { n, size }) => {
  const g = go.globals(vars);
  for (let i = 0; i < n; i++) g.blocks = g.blocks.with(i, go.makeSlice(uint8, size));
});

const deep = func(
  'main.deep',
  { params: { n: int }, locals: { pad: array(200, int) } },
  (go, frame): number => (frame.n === 0 ? 0 : go.call(deep, { n: frame.n - 1 })),
);

export const scavenged = scenario({
  question: 'How much does the scavenger give back while a program sleeps?',
  globals: vars,
  *main(go) {
    const g = go.globals(vars);
    go.call(fill, { n: 100, size: 100 * 1024 });
    g.blocks = g.blocks.map((b, i) => (i < 15 ? b : { array: nil, len: 0, cap: 0 }));
    go.call(deep, { n: 60 });
    yield* go.runtime.GC();
    yield* go.runtime.GC();
    go.writeHeapDump();
    yield* go.time.sleep(1.5e9);
    go.writeHeapDump();
    go.call(fill, { n: 1, size: 200 * 1024 });
    g.sink = go.makeSlice(uint8, 128 * 1024);
    yield* go.runtime.GC();
    go.writeHeapDump();
  },
});
