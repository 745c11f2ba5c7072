/** Allocation: a list of nodes through mallocgc and through the language, and requests of mixed sizes. */
import {
  func,
  globals,
  int,
  type Ptr,
  ptr,
  runScenario,
  type StructType,
  scenario,
  struct,
} from '../../../scenarios/index.ts';
import { mallocgc } from '../../../sim/malloc.ts';
import type { Stopwatch } from '../stopwatch.ts';
import { inMain, list, spanBytes } from './worlds.ts';

/** Counts the bytes of all spans in use. */
export function nodes(watch: Stopwatch, n: number): void {
  inMain((main) => {
    watch.start();
    main.keep(list(main, n));
    watch.stop();
    watch.count = spanBytes(main.world);
    return undefined;
  });
}

interface Node {
  next: Ptr<Node>;
  val: number;
}
const Node: StructType<Node> = struct('main.Node', () => ({ next: ptr(Node), val: int }));
const vars = globals({ head: ptr(Node) });
const build = func(
  'main.build',
  { params: { n: int }, locals: { head: ptr(Node) } },
  (go, frame) => {
    const { n } = frame;
    for (let i = 0; i < n; i++) frame.head = go.new(Node, { next: frame.head, val: i });
    go.globals(vars).head = frame.head;
  },
);

export function nodesOfScript(watch: Stopwatch, n: number): void {
  const script = scenario({
    question: 'How long does it take?',
    globals: vars,
    main(go) {
      watch.start();
      go.call(build, { n });
      watch.stop();
    },
  });
  const openDump = () => ({ write: () => undefined });
  runScenario(script, { gogc: 'off', maxHeapBytes: 2 ** 40, maxSteps: 1e12, openDump });
}

/** The generator of random numbers and the sizes are those of the Go program. */
export function mixed(watch: Stopwatch, n: number): void {
  inMain(({ world }) => {
    const { unsafePointer } = world.types;
    let x = 1;
    watch.start();
    for (let i = 0; i < n; i++) {
      x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
      const size = 8 + ((x >>> 8) % (8 << ((x >>> 4) % 8)));
      if (x >>> 31 === 0) mallocgc(world, size, null, true);
      else mallocgc(world, (size + 7) & ~7, unsafePointer, true);
    }
    watch.stop();
    return undefined;
  });
}
