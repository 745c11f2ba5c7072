/** Heap snapshots: their shape, and what Chrome's DevTools make of them. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { graphOfDump } from '../../../dump/index.ts';
import { heapSnapshot } from '../../../scenarios/export/heapsnapshot.ts';
import { liveNaming } from '../../../scenarios/export/live-naming.ts';
import type { HeapSource } from '../../../scenarios/export/outline.ts';
import { plainText } from '../../../scenarios/export/plain-text.ts';
import { dumpOf } from '../../../scenarios/live-graph.ts';
import { recordTimeline } from '../../../scenarios/timeline/record.ts';
import { describeWithOracle } from '../../oracle/describe-with-oracle.ts';
import { dumpsOf, libraryScenario } from '../run-library.ts';
import { DevTools } from './devtools.ts';
import {
  base,
  dumpOfGraph,
  hostileDump,
  hostileNames,
  sourceOfDump,
  textOf,
} from './export-files.ts';

const nodeFields = 7;
const edgeFields = 3;

interface Snapshot {
  readonly snapshot: { readonly node_count: number; readonly edge_count: number };
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
  readonly strings: readonly string[];
}

const snapshotOf = (source: HeapSource, liveOnly = false): Snapshot =>
  JSON.parse(textOf(heapSnapshot(source, { liveOnly })));

interface Node {
  readonly name: string;
  readonly id: number;
  readonly size: number;
  readonly to: readonly { readonly name: string | number; readonly node: number }[];
}

/** The nodes with their edges, by the format's rules. */
function nodesOf({ nodes, edges, strings }: Snapshot): Node[] {
  let edge = 0;
  return Array.from({ length: nodes.length / nodeFields }, (_, i) => {
    const [, name, id, size, count] = nodes.slice(i * nodeFields, i * nodeFields + 5) as number[];
    const to = Array.from({ length: count! }, () => {
      const [type, label, node] = edges.slice(edge, edge + edgeFields) as number[];
      edge += edgeFields;
      return { name: type === 1 ? label! : strings[label!]!, node: node! / nodeFields };
    });
    return { name: strings[name!]!, id: id!, size: size!, to };
  });
}

const graphs = fc.integer({ min: 1, max: 12 }).chain((n) =>
  fc.record({
    edges: fc.array(fc.array(fc.nat(n - 1), { maxLength: 4 }), { minLength: n, maxLength: n }),
    roots: fc.array(fc.nat(n - 1), { maxLength: 3 }),
  }),
);

describe('a heap snapshot', () => {
  test('has its keys in the order in which DevTools scan for them', () => {
    const text = textOf(heapSnapshot(sourceOfDump(dumpOfGraph([[]], [0])), { liveOnly: false }));
    expect(Object.keys(JSON.parse(text))).toEqual([
      'snapshot',
      'nodes',
      'edges',
      'trace_function_infos',
      'trace_tree',
      'samples',
      'locations',
      'strings',
    ]);
  });

  test('has the graph: a root for each pointer outside the heap, right below node 0; objects; their pointers', () => {
    fc.assert(
      fc.property(graphs, fc.boolean(), ({ edges, roots }, liveOnly) => {
        const dump = dumpOfGraph(edges, roots);
        const graph = graphOfDump(dump);
        const kept = edges.map((_, i) => i).filter((i) => !liveOnly || graph.isReachable(i));
        const snapshot = snapshotOf(sourceOfDump(dump), liveOnly);
        const [root, ...nodes] = nodesOf(snapshot);
        const first = 1 + roots.length;
        expect(root!.to.map(({ node }) => node)).toEqual(roots.map((_, i) => 1 + i));
        expect(nodes.map(({ size, to }) => [size, to.map(({ node }) => node)])).toEqual([
          ...roots.map((target) => [0, [first + kept.indexOf(target)]]),
          ...kept.map((i) => [64, edges[i]!.map((to) => first + kept.indexOf(to))]),
        ]);
        expect(snapshot.snapshot).toMatchObject({
          node_count: 1 + nodes.length,
          edge_count: snapshot.edges.length / edgeFields,
        });
        const ids = [root!, ...nodes].map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        const isU32 = (n: number) => Number.isInteger(n) && n >= 0 && n < 2 ** 32;
        expect([...snapshot.nodes, ...snapshot.edges].every(isU32)).toBe(true);
      }),
    );
  });

  test('tells an object of a dump by its address, in whatever place of the dump it is', () => {
    const ids = (dump: Uint8Array) =>
      nodesOf(snapshotOf(sourceOfDump(dump)))
        .filter(({ size }) => size > 0)
        .map(({ id }) => id);
    expect(ids(dumpOfGraph([[], [], []], []))).toEqual([1, 17, 33]);
    const far = { kind: 'object', address: base + 2 ** 36, contents: new Uint8Array(64) } as const;
    expect(ids(dumpOfGraph([[], []], [], [far]))).toEqual([1, 3, 5]);
    const odd = { kind: 'object', address: base + 64 + 4, contents: new Uint8Array(64) } as const;
    expect(ids(dumpOfGraph([[]], [], [odd]))).toEqual([1, 3]);
    const over = { kind: 'object', address: base + 8, contents: new Uint8Array(64) } as const;
    expect(ids(dumpOfGraph([[]], [], [over]))).toEqual([1, 3]);
  });

  test('of a finalizer has a root for the closure and for what the object points to', () => {
    const finalizer = { kind: 'finalizer', address: base, funcval: base + 128 } as const;
    const nodes = nodesOf(snapshotOf(sourceOfDump(dumpOfGraph([[1], [], []], [], [finalizer]))));
    expect(nodes[0]!.to).toHaveLength(2);
    expect(nodes.slice(1, 3).map(({ to }) => to[0]!.node - 3)).toEqual([2, 1]);
  });

  test('names types, fields and variables of a scenario', async () => {
    const nodes = nodesOf(await liveSnapshot('service', undefined));
    const held = nodes.find(({ name }) => name.startsWith('global main.server at 0x'))!;
    const server = nodes[held.to[0]!.node]!;
    expect(server.name).toBe('main.Server');
    const fields = server.to.map(({ name, node }) => [name, nodes[node]!.name]);
    expect(fields).toContainEqual(['sessions', 'runtime.hmap']);
    expect(fields).toContainEqual(['handlers', '[]main.Handler']);
    const handlers = nodes.find(({ name }) => name === '[]main.Handler')!;
    expect(handlers.to.map(({ name }) => name)).toContain('[3]');
  });

  test('keeps names that look like anything else as text', () => {
    const { strings } = snapshotOf(sourceOfDump(hostileDump()));
    expect(strings.join('\n')).toContain('<script>alert(1)</script>');
    expect(strings.some((text) => text.includes('line\\x0aline\\x0d\\x0aline\\u2028line'))).toBe(
      true,
    );
    expect(strings.some((text) => text.includes('f\\xff\\xfe\\x80\\x0a'))).toBe(true);
    expect(strings.filter((text) => text !== plainText(text))).toEqual([]);
  });
});

async function liveSnapshotText(name: string, until: number | undefined): Promise<string> {
  const run = recordTimeline(await libraryScenario(name), { until });
  const dump = dumpOf(run.world);
  const source = { title: name, chunks: () => [dump], naming: liveNaming(run) };
  return textOf(heapSnapshot(source, { liveOnly: false }));
}

async function liveSnapshot(name: string, until: number | undefined): Promise<Snapshot> {
  return JSON.parse(await liveSnapshotText(name, until));
}

describeWithOracle('chromium', "Chrome's DevTools", () => {
  let tools: DevTools;
  beforeAll(async () => {
    tools = await DevTools.open();
  });
  afterAll(() => tools?.close());

  test('find the retained sizes that the object graph has, of every object', async () => {
    const dump = dumpsOf(await libraryScenario('service')).at(-1)!.bytes;
    const graph = graphOfDump(dump);
    const source = sourceOfDump(dump);
    const number = await tools.load(textOf(heapSnapshot(source, { liveOnly: false })));
    const idOf = source.naming.ids(graph.index);
    const nodes = new Map((await tools.nodes(number)).map((node) => [node.id, node]));
    expect(nodes.size).toBe(graph.index.length);
    const theirs: unknown[] = [];
    const ours: unknown[] = [];
    for (const ordinal of graph.reachable()) {
      const node = nodes.get(idOf(ordinal))!;
      theirs.push([node.id, node.selfSize, node.retainedSize, node.distance]);
      const distance = 1 + graph.rootChain(ordinal)!.objects.length;
      ours.push([node.id, graph.index.sizeOf(ordinal), graph.retainedSize(ordinal), distance]);
    }
    expect(theirs).toEqual(ours);
    expect(ours.length).toBeGreaterThan(300);
  });

  test('compare two steps: what was born, and what was freed', async () => {
    const before = await tools.load(await liveSnapshotText('linked-list', 2005));
    const nodes = (await tools.nodes(before)).filter(({ name }) => name === 'main.Node');
    expect(nodes).toHaveLength(501);
    const after = await tools.load(await liveSnapshotText('linked-list', 4006));
    const found = (await tools.compare(after, before)).filter(({ name }) => name === 'main.Node');
    expect(found).toEqual([
      { name: 'main.Node', addedCount: 499, removedCount: 0, addedSize: 7984, removedSize: 0 },
    ]);
  });

  test('show names that look like anything else as they are', async () => {
    const text = textOf(heapSnapshot(sourceOfDump(hostileDump()), { liveOnly: false }));
    const shown = await tools.constructors(text);
    expect(shown).toHaveLength(hostileNames.length);
    expect(shown).toContain('</text></svg><script>alert(1)</script>');
    expect(shown).toContain('nul \\x00 in it');
  });
});
