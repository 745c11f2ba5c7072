/** Scripts made at random: what they allocate, keep, let go and collect. */
import * as fc from 'fast-check';
import {
  array,
  func,
  globals,
  type Ptr,
  ptr,
  type Scenario,
  type StructType,
  scenario,
  slice,
  struct,
  uint8,
} from '../../../scenarios/index.ts';

/** One thing a script does, with the variable that keeps the result. */
export type Act =
  | { readonly do: 'node' | 'drop'; readonly slot: number }
  | { readonly do: 'bytes' | 'pointers'; readonly slot: number; readonly n: number }
  | { readonly do: 'append'; readonly slot: number; readonly n: number }
  | { readonly do: 'gc' | 'freeOSMemory' };

const slots = 8;

interface Node {
  next: Ptr<Node>;
}
const Node: StructType<Node> = struct('main.Node', () => ({ next: ptr(Node) }));
const vars = globals({
  nodes: array(slots, ptr(Node)),
  bytes: array(slots, slice(uint8)),
  pointers: array(slots, slice(ptr(Node))),
});

const nothing = { array: 0, len: 0, cap: 0 };

/** Does one act that cannot block. */
const act = func('main.act', {}, () => undefined);

/** The scenario that does the acts in their order. */
export function scenarioOf(acts: readonly Act[]): Scenario {
  return scenario({
    question: 'what a random script does',
    globals: vars,
    *main(go) {
      const put = <T>(list: readonly T[], i: number, value: T): T[] =>
        list.map((old, k) => (k === i ? value : old));
      for (const step of acts) {
        const g = go.globals(vars);
        switch (step.do) {
          case 'node':
            g.nodes = put(g.nodes, step.slot, go.new(Node, { next: g.nodes[step.slot]! }));
            break;
          case 'bytes':
            g.bytes = put(g.bytes, step.slot, go.makeSlice(uint8, step.n));
            break;
          case 'pointers':
            g.pointers = put(g.pointers, step.slot, go.makeSlice(ptr(Node), step.n));
            break;
          case 'append': {
            const more = new Array<number>(step.n).fill(1);
            g.bytes = put(g.bytes, step.slot, go.append(uint8, g.bytes[step.slot]!, ...more));
            break;
          }
          case 'drop':
            g.nodes = put(g.nodes, step.slot, 0 as Ptr<Node>);
            g.bytes = put(g.bytes, step.slot, nothing as never);
            g.pointers = put(g.pointers, step.slot, nothing as never);
            go.call(act);
            break;
          case 'gc':
            yield* go.runtime.GC();
            break;
          case 'freeOSMemory':
            yield* go.debug.freeOSMemory();
            break;
          default:
            step satisfies never;
        }
      }
    },
  }) as Scenario;
}

const slot = fc.nat({ max: slots - 1 });
const size = fc.oneof(fc.nat({ max: 64 }), fc.nat({ max: 2000 }), fc.nat({ max: 100_000 }));

export const acts: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('node' as const), slot }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('bytes' as const), slot, n: size }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('pointers' as const),
        slot,
        n: fc.oneof(fc.nat({ max: 100 }), fc.nat({ max: 9000 })),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('append' as const), slot, n: fc.nat({ max: 60 }) }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('drop' as const), slot }) },
    { weight: 1, arbitrary: fc.constant({ do: 'gc' as const }) },
    { weight: 1, arbitrary: fc.constant({ do: 'freeOSMemory' as const }) },
  ),
  { minLength: 1, maxLength: 30 },
);
