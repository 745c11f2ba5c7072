/** Object graphs and field lists: what points where, and what follows from it. */
import type { RecordValues } from '../../../dump/feed/encoder.ts';
import { recordCase, type SuiteCase, streamCase } from './case.ts';
import { finalizerOf } from './kinds.ts';
import { le8, place, suiteTargets, World } from './world.ts';

interface Graph {
  readonly reason: string;
  readonly bugType?: string;
  build(world: World): void;
}

/** Addresses of objects of two words, one after the other. */
const node = (world: World, i: number) => world.heap(2 * world.target.pointerSize * i);

/** Adds objects of two words by their targets: numbers of other objects; -1 is nil. */
function nodes(world: World, targets: readonly (readonly [number, number])[]): void {
  targets.forEach((pair, i) => {
    const pointers = pair.map((to) => (to < 0 ? 0 : node(world, to)));
    world.object(node(world, i) - world.target.heapStart, ...pointers);
  });
}

const graphs: Readonly<Record<string, Graph>> = {
  'self-loop': {
    reason: 'an object that points to itself, twice',
    build: (world) => nodes(world.data(node(world, 0)), [[0, 0]]),
  },
  cycle: {
    reason: 'three objects in a cycle, and a cycle of two that nothing reaches',
    build: (world) =>
      nodes(world.data(node(world, 1)), [
        [1, -1],
        [2, -1],
        [0, -1],
        [4, -1],
        [3, 0],
      ]),
  },
  diamond: {
    reason: 'two ways to one object: it is retained by neither, but by what both come from',
    build: (world) =>
      nodes(world.data(node(world, 0)), [
        [1, 2],
        [3, -1],
        [3, -1],
        [-1, -1],
      ]),
  },
  'two-roots': {
    reason: 'an object that two roots reach has no dominator',
    build: (world) =>
      nodes(world.data(node(world, 0), node(world, 1)), [
        [2, -1],
        [2, -1],
        [-1, -1],
      ]),
  },
  chain: {
    reason: 'a chain of 20 objects',
    build: (world) =>
      nodes(
        world.data(node(world, 0)),
        Array.from({ length: 20 }, (_, i) => [i < 19 ? i + 1 : -1, -1] as const),
      ),
  },
  'in-degree': {
    reason: 'an object that 20 others point to',
    build: (world) => {
      world.data(...Array.from({ length: 20 }, (_, i) => node(world, i + 1)));
      nodes(world, [[-1, -1], ...Array.from({ length: 20 }, () => [0, -1] as const)]);
    },
  },
  interior: {
    reason: 'pointers into the middle of an object and to its last byte are pointers to it',
    bugType: 'address-lookup',
    build: (world) => {
      const size = 2 * world.target.pointerSize;
      world.data(node(world, 0) + 1);
      world.object(0, node(world, 1) + size / 2, node(world, 2) + size - 1);
      nodes2(world, 1, 2);
    },
  },
  'one-past-end': {
    reason: 'a pointer to the byte after an object is not one to it',
    bugType: 'address-lookup',
    build: (world) => {
      const size = 2 * world.target.pointerSize;
      world.data(node(world, 0), world.heap(0x1000) + size).object(0, 0, 0);
      world.object(0x1000, 0, 0);
    },
  },
  dangling: {
    reason: 'pointers to no object: below, between and above the objects, and outside of the heap',
    bugType: 'address-lookup',
    build: (world) => {
      world.data(1, world.heap(0x800), world.heap(0) - 1).object(0, place.text, world.heap(0x3000));
      world.object(
        0x1000,
        world.heap(0x5000),
        world.target.pointerSize === 4 ? 2 ** 32 - 1 : 2n ** 64n - 1n,
      );
    },
  },
  unsorted: {
    reason: 'objects that do not come in the order of their addresses, as in every real dump',
    bugType: 'address-lookup',
    build: (world) => {
      const order = [0x3000, 0x1000, 0x4000, 0, 0x2000];
      world.data(world.heap(0x3000));
      for (const [i, at] of order.entries()) {
        const next = order[i + 1];
        world.object(at, next === undefined ? 0 : world.heap(next), 0);
      }
    },
  },
  adjacent: {
    reason: 'objects without a gap: the byte after one is the first of the next',
    bugType: 'address-lookup',
    build: (world) => {
      const size = 2 * world.target.pointerSize;
      world.data(node(world, 0) + size, node(world, 2) - 1);
      nodes2(world, 0, 1, 2);
    },
  },
  empty: {
    reason: 'an object of no bytes holds no address',
    bugType: 'address-lookup',
    build: (world) => {
      world.data(world.heap(0x1000), world.heap(0)).object(0x1000).object(0, world.heap(0x1000), 0);
    },
  },
  finalizers: {
    reason:
      'a finalizer keeps its closure and what its object points to; a queued one also the object',
    bugType: 'finalizer-roots',
    build: (world) => {
      world.object(0, world.heap(0x1000), 0).object(0x1000, 0, 0).object(0x2000, 0, 0);
      world.object(0x3000, world.heap(0x4000), 0).object(0x4000, 0, 0);
      world.add({ kind: 'finalizer', ...finalizerOf(world.heap(0)), funcval: world.heap(0x2000) });
      world.add({ kind: 'queuedFinalizer', ...finalizerOf(world.heap(0x3000)) });
    },
  },
  'other-root': {
    reason: 'a root that is neither data, bss nor a stack',
    bugType: 'record-not-known',
    build: (world) => {
      nodes(world, [
        [1, -1],
        [-1, -1],
      ]);
      world.add({ kind: 'otherRoot', description: 'finalizer goroutine', address: node(world, 0) });
    },
  },
  'type-again': {
    reason: 'types that are written twice, alike, as the type cache of 256 buckets has Go do',
    bugType: 're-emitted-type',
    build: (world) => {
      for (const i of [0, 1, 0]) {
        const address = place.type + 64 * i;
        world.add(
          { kind: 'type', address, size: 8 + i, name: `main.T${i}`, isPointer: i === 0 },
          { kind: 'itab', address: place.itab + 32 * world.records.length, type: address },
        );
      }
      world.object(0, 0, 0);
    },
  },
};

/** Adds objects without pointers by their numbers. */
function nodes2(world: World, ...numbers: readonly number[]): void {
  for (const i of numbers) {
    world.add({ kind: 'object', address: node(world, i), contents: world.words(1, 2) });
  }
}

export function* graphCases(): Generator<SuiteCase> {
  for (const target of suiteTargets) {
    for (const [id, { reason, bugType, build }] of Object.entries(graphs)) {
      const world = new World(target);
      build(world);
      yield recordCase(`graph-${id}-${target.id}`, world.canary().end(), {
        reason,
        specRef: 'runtime/heapdump.go dumpobjs',
        ...(bugType !== undefined && { bugType }),
      });
    }
  }
  yield* fieldListCases();
  yield* largeGraphs();
}

/** Field lists of no, one, the last and all words, in each kind that has one. */
function* fieldListCases(): Generator<SuiteCase> {
  const words = 20;
  for (const target of suiteTargets) {
    const world = new World(target);
    const at = world.heap(0);
    const contents = world.words(...Array(words).fill(at));
    const all = world.offsets(words);
    const lists = { none: [], one: all.slice(0, 1), last: all.slice(-1), all };
    for (const [id, pointers] of Object.entries(lists)) {
      const filled = new World(target)
        .object(0, 0, 0)
        .add({ kind: 'object', address: world.heap(0x1000), contents, pointers })
        .canary()
        .goroutine({}, [{ name: 'main.main', contents, pointers }])
        .canary()
        .add({ kind: 'dataSegment', address: place.data, contents, pointers })
        .canary()
        .add({ kind: 'bss', address: place.bss, contents, pointers })
        .canary();
      yield recordCase(`fields-${id}-${target.id}`, filled.end(), {
        reason: `field lists with ${id === 'none' || id === 'all' ? id : `the ${id === 'one' ? 'first' : id}`} of ${words} words, each followed by a canary`,
        specRef: 'runtime/heapdump.go dumpfields',
        bugType: 'field-list',
      });
    }
  }
}

const many = 100_000;

function* largeGraphs(): Generator<SuiteCase> {
  const about = (reason: string, bugType: string) => ({
    reason,
    specRef: 'runtime/heapdump.go dumpobjs',
    bugType,
    detail: { objects: many },
    fewRecords: false,
  });
  const world = () => new World(le8, { heapEnd: le8.heapStart + 2 * le8.arena });
  yield streamCase(
    'graph-chain-100000',
    function* () {
      const base = world();
      yield* base.data(node(base, 0)).records;
      for (let i = 0; i < many; i++) yield link(base, i, i + 1 < many ? node(base, i + 1) : 0);
      yield { kind: 'eof' };
    },
    about('a chain of 100,000 objects: no reader may recurse along it', 'recursion'),
  );
  yield streamCase(
    'graph-in-degree-100000',
    function* () {
      const base = world();
      yield* base.data(node(base, 1)).records;
      for (let i = 0; i < many; i++) {
        yield link(base, i, node(base, 0), i > 0 && i + 1 < many ? node(base, i + 1) : 0);
      }
      yield { kind: 'eof' };
    },
    about('an object that 100,000 others point to', 'quadratic-time'),
  );
  yield streamCase(
    'graph-fields-100000',
    function* () {
      const base = world();
      const contents = base.words(...Array(many).fill(base.heap(0)));
      yield* base.data(base.heap(0x1000)).object(0, 0, 0).records;
      yield { kind: 'object', address: base.heap(0x1000), contents, pointers: base.offsets(many) };
      yield* new World().canary().records.slice(1);
      yield { kind: 'eof' };
    },
    about('an object with 100,000 pointers, then a canary', 'count-loop'),
  );
}

function link(world: World, i: number, next: number, other = 0): RecordValues {
  return {
    kind: 'object',
    address: node(world, i),
    contents: world.words(next, other),
    pointers: world.offsets(2),
  };
}
