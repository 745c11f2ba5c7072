import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graphOfDump } from '../../dump/graph.ts';
import { golden, goldenEntries } from '../goldens/goldens.ts';
import type { PlainRecord } from './encoder.ts';
import { encodeDump } from './encoder.ts';

const base = 0x1000;
const size = 32;

/** Little- or big-endian words. */
function words(
  values: readonly number[],
  bigEndian: boolean,
  width: number,
  length: number,
): Uint8Array {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => {
    if (width === 4) view.setUint32(4 * i, value, !bigEndian);
    else view.setBigUint64(8 * i, BigInt(value), !bigEndian);
  });
  return bytes;
}

const addressOf = (node: number) => base + node * size;
const offsets = (n: number, width = 8) => Array.from({ length: n }, (_, i) => i * width);

/** A dump in which node i points to edges[i], and bss to the roots. */
function dumpOf(
  edges: readonly (readonly number[])[],
  roots: readonly number[],
  bigEndian = false,
  width = 8,
) {
  const objects = edges.map(
    (targets, i): PlainRecord => ({
      kind: 'object',
      address: addressOf(i),
      contents: words(targets.map(addressOf), bigEndian, width, size),
      pointers: offsets(targets.length, width),
    }),
  );
  return encodeDump([
    { kind: 'params', pointerSize: width, bigEndian },
    ...objects,
    {
      kind: 'bss',
      address: 0x100,
      contents: words(roots.map(addressOf), bigEndian, width, roots.length * width),
      pointers: offsets(roots.length, width),
    },
    { kind: 'eof' },
  ]);
}

/** What the roots reach without passing `without`. */
function reach(edges: readonly (readonly number[])[], roots: readonly number[], without = -1) {
  const seen = new Set<number>();
  const visit = (node: number) => {
    if (node === without || seen.has(node)) return;
    seen.add(node);
    for (const to of edges[node]!) visit(to);
  };
  for (const root of roots) visit(root);
  return seen;
}

const graphs = fc.integer({ min: 1, max: 12 }).chain((n) =>
  fc.record({
    edges: fc.array(fc.array(fc.nat(n - 1), { maxLength: 4 }), { minLength: n, maxLength: n }),
    roots: fc.array(fc.nat(n - 1), { maxLength: 3 }),
    bigEndian: fc.boolean(),
    width: fc.constantFrom(4, 8),
  }),
);

describe('the object graph', () => {
  it('reaches what a search from the roots reaches, by shortest chains', () => {
    fc.assert(
      fc.property(graphs, ({ edges, roots, bigEndian, width }) => {
        const graph = graphOfDump(dumpOf(edges, roots, bigEndian, width));
        const reached = reach(edges, roots);
        expect([...graph.reachable()].sort((a, b) => a - b)).toEqual(
          [...reached].sort((a, b) => a - b),
        );
        for (let i = 0; i < edges.length; i++) {
          const chain = graph.rootChain(i);
          expect(chain !== undefined).toBe(reached.has(i));
          if (chain === undefined) continue;
          expect(roots).toContain(chain.objects[0]);
          expect(chain.objects.at(-1)).toBe(i);
          chain.objects.slice(1).forEach((to, k) => {
            expect(edges[chain.objects[k]!]).toContain(to);
          });
        }
      }),
    );
  });

  it('retains what cannot be reached without an object', () => {
    fc.assert(
      fc.property(graphs, ({ edges, roots, bigEndian, width }) => {
        const graph = graphOfDump(dumpOf(edges, roots, bigEndian, width));
        const reached = reach(edges, roots);
        for (let i = 0; i < edges.length; i++) {
          const kept = reached.has(i) ? reached.size - reach(edges, roots, i).size : 0;
          expect(graph.retainedSize(i)).toBe(kept * size);
        }
      }),
    );
  });

  it('names as dominator the nearest object that all ways pass', () => {
    const graph = graphOfDump(dumpOf([[1, 2], [3], [3], [4], []], [0]));
    expect([0, 1, 2, 3, 4].map((i) => graph.dominator(i))).toEqual([-1, 0, 0, 0, 3]);
  });

  it('follows pointers into objects, and none past their end or from the middle of nowhere', () => {
    const contents = words([addressOf(1) + 31, addressOf(2), base - 1, 5], false, 8, size);
    const dump = encodeDump([
      { kind: 'params', pointerSize: 8 },
      { kind: 'object', address: addressOf(0), contents, pointers: offsets(4) },
      { kind: 'object', address: addressOf(1), contents: new Uint8Array(size) },
      { kind: 'eof' },
    ]);
    expect([...graphOfDump(dump).targets(0)]).toEqual([1]);
  });

  it('starts from frames, queued finalizers, and what registered ones need', () => {
    const edges = [[1], [], [], [], []];
    const objects = edges.map(
      (targets, i): PlainRecord => ({
        kind: 'object',
        address: addressOf(i),
        contents: words(targets.map(addressOf), false, 8, size),
        pointers: offsets(targets.length),
      }),
    );
    const graph = graphOfDump(
      encodeDump([
        { kind: 'params', pointerSize: 8 },
        ...objects,
        { kind: 'goroutine', id: 7 },
        {
          kind: 'stackFrame',
          sp: 0x80,
          contents: words([addressOf(2)], false, 8, 8),
          pointers: [0],
          name: 'main.f',
        },
        { kind: 'finalizer', address: addressOf(0), funcval: addressOf(3) },
        { kind: 'queuedFinalizer', address: addressOf(4) },
        { kind: 'eof' },
      ]),
    );
    expect(graph.isReachable(0)).toBe(false);
    expect(graph.roots.map(({ kind, target }) => [kind, target])).toEqual([
      ['frame', 2],
      ['queuedFinalizer', 4],
      ['finalizer', 3],
      ['finalizer', 1],
    ]);
    expect(graph.rootChain(2)?.root).toMatchObject({ name: 'main.f', goroutine: 7, address: 0x80 });
  });

  it('bears a chain of 100,000 objects', () => {
    const n = 100_000;
    const dump = dumpOf(
      Array.from({ length: n }, (_, i) => (i + 1 < n ? [i + 1] : [])),
      [0],
    );
    const graph = graphOfDump(dump);
    expect(graph.retainedSize(0)).toBe(n * size);
    expect(graph.rootChain(999)?.objects).toHaveLength(1000);
  });

  it('finds nearly all of a real heap alive after a collection', () => {
    const id = goldenEntries((e) => e.program === 'collected' && e.goarch === 's390x').at(-1)!.id;
    const graph = graphOfDump(golden(id).dump);
    expect(graph.reachable().length).toBeGreaterThan(graph.index.length * 0.5);
    expect(graph.reachable().length).toBeLessThan(graph.index.length);
  });
});
