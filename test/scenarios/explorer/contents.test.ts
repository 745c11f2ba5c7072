/** What a page tells of objects: the same as the command line's graph and whatis, at any step, in any target. */
import { beforeAll, describe, expect, test } from 'vitest';
import { visitDump } from '../../../dump/index.ts';
import type { Scenario } from '../../../scenarios/dsl/scenario.ts';
import { HeapContents } from '../../../scenarios/explorer/contents/heap-contents.ts';
import { ScenarioContents } from '../../../scenarios/explorer/contents/scenario-contents.ts';
import { DumpCollector } from '../../../scenarios/explorer/dump-timeline.ts';
import { HeapModel } from '../../../scenarios/explorer/model/heap-model.ts';
import { objectFields } from '../../../scenarios/explorer/model/object-fields.ts';
import { slotText } from '../../../scenarios/explorer/model/slot-facts.ts';
import { dumpOf, liveGraph } from '../../../scenarios/live-graph.ts';
import { dumpGraph, objectRows, whyJson } from '../../../scenarios/terminal/graph.ts';
import { finalizersAt, whatis } from '../../../scenarios/terminal/whatis.ts';
import { type RecordedRun, recordTimeline } from '../../../scenarios/timeline/record.ts';
import { golden } from '../../goldens/goldens.ts';
import { libraryScenario } from '../run-library.ts';

const nothing = (): void => undefined;

describe.each([
  ['finalizers', 'amd64', {}, 0.7],
  ['service', '386', { requests: 10 }, 0.6],
  ['tree', 's390x', { keys: 60 }, 1],
] as const)('%s on %s', (name, goarch, params, share) => {
  let scenario: Scenario;
  let step = 0;
  let run: RecordedRun;

  beforeAll(async () => {
    scenario = await libraryScenario(name);
    const { timeline } = recordTimeline(scenario, { goarch, params });
    step = Math.floor(share * (timeline.length - 1));
    run = recordTimeline(scenario, { goarch, params, until: step });
  }, 60_000);

  test('whatis of heap addresses is told from events as from the world', () => {
    const model = new HeapModel(run.timeline);
    model.seek(step);
    const target = { ptrSize: run.world.arch.ptrSize, allocHeaders: run.world.allocHeaders };
    let n = 0;
    for (const s of model.store.spans()) {
      if (s.type !== 0) continue;
      for (let i = 0; i < 40; i++) {
        const address = s.base + Math.floor((i / 40) * s.npages * 8192);
        expect(slotText(model, target, s, address)).toEqual(whatis(run, address));
        n++;
      }
    }
    expect(n).toBeGreaterThan(200);
  });

  test('objects, who holds them and what they hold are those of the graph', () => {
    const { named } = liveGraph(run);
    const contents = new ScenarioContents(scenario, { goarch, params });
    const { graph } = named;
    const { index } = graph;
    let chains = 0;
    for (let k = 0; k < 40; k++) {
      const ordinal = Math.floor((k / 40) * index.length);
      const { object } = contents.address(step, index.addressOf(ordinal) + 1, nothing);
      expect(object?.why).toEqual(whyJson(named, ordinal));
      expect(object?.pointers.rows.flatMap((p) => (p.target ? [p.target.address] : []))).toEqual(
        [...graph.targets(ordinal)].slice(0, 200).map((to) => index.addressOf(to)),
      );
      const dominated = Array.from({ length: index.length }, (_, o) => o).filter(
        (o) => graph.isReachable(o) && graph.dominator(o) === ordinal,
      );
      expect(object?.dominated.count).toBe(dominated.length);
      for (const { address, offsets } of object!.referrers.rows) {
        const from = index.find(address);
        expect([...graph.targets(from)]).toContain(ordinal);
        expect(offsets.length).toBeGreaterThan(0);
      }
      const { chain } = object!.why;
      if (chain !== undefined && chain.length > 1) {
        const holder = contents.address(step, chain.at(-2)!.address, nothing).object!;
        const via = object!.via.at(-1);
        const pointer = holder.pointers.rows.find(({ offset }) => offset === via);
        expect(pointer?.target?.address).toBe(chain.at(-1)!.address);
        const into = pointer!.value - chain.at(-1)!.address;
        const header = named.headerAt(chain.at(-1)!.address);
        expect(object!.inside.at(-1)).toBe(into === 0 || into === header ? '' : `+${into}`);
        chains++;
      }
    }
    expect(chains).toBeGreaterThan(3);
    const { objects, tree, reachableBytes } = contents.holders(step, undefined, nothing);
    const rows = objectRows(named)
      .filter((row) => row.reachable)
      .sort((a, b) => b.retained - a.retained || a.address - b.address);
    expect(objects.count).toBe(rows.length);
    expect(objects.rows).toEqual(rows.slice(0, 5000).map(({ reachable: _, ...row }) => row));
    expect(tree.reduce((sum, { retained }) => sum + retained, 0)).toBeLessThanOrEqual(
      reachableBytes,
    );
    expect(tree[0]?.retained).toBe(rows[0]?.retained);
  });

  test('finalizers have the names of their functions', () => {
    const own = recordTimeline(scenario, { goarch, params, until: step });
    const { named } = liveGraph(own);
    const contents = new ScenarioContents(scenario, { goarch, params });
    const { index } = named.graph;
    const waiting = Array.from({ length: index.length }, (_, o) => index.addressOf(o)).filter(
      (address) => finalizersAt(own, address).length > 0,
    );
    expect(waiting.length).toBeGreaterThan(name === 'finalizers' ? 5 : 0);
    for (const address of waiting.slice(0, 5)) {
      const { finalizers } = contents.address(step, address, nothing).object!;
      expect(finalizers.map((finalizer) => finalizer.name)).toEqual(
        finalizersAt(own, address).map(([, text]) => text.split(',')[0]),
      );
    }
  });
});

test('fields say what was stored, in the byte order of the target', () => {
  const type = {
    addr: 1,
    name: 'main.T',
    size: 24,
    ptrBytes: 8,
    pointers: [0],
    parts: [
      { offset: 0, name: 'p', type: '*main.T' },
      { offset: 8, name: 'ok', type: 'bool' },
      { offset: 12, name: 'n', type: 'int32' },
      { offset: 16, name: 'f', type: 'float64' },
    ],
  };
  for (const bigEndian of [false, true]) {
    const bytes = new Uint8Array(32);
    const view = new DataView(bytes.buffer);
    view.setBigUint64(0, 0xc000012000n, !bigEndian);
    bytes[8] = 1;
    view.setInt32(12, -1234, !bigEndian);
    view.setFloat64(16, 1.5, !bigEndian);
    const fields = objectFields({
      bytes,
      header: 0,
      requested: 24,
      type,
      pointers: new Set([0]),
      ptrSize: 8,
      bigEndian,
    });
    expect(fields.map(({ name, value, kind }) => [name, value, kind])).toEqual([
      ['p', '0xc000012000', 'pointer'],
      ['ok', 'true', 'scalar'],
      ['n', '-1,234', 'scalar'],
      ['f', '1.5', 'scalar'],
      ['', '', 'unused'],
    ]);
  }
});

describe('dumps of real Go', () => {
  test('types of objects with a malloc header are named, if an itab names them', () => {
    const { dump } = golden('collected.amd64.5');
    const named = dumpGraph(dump);
    const types = new Set(objectRows(named).flatMap(({ type }) => type ?? []));
    // What the program's only large pointer objects of a named type are.
    expect([...types].every((type) => /^[\w./*[\]]+$/.test(type))).toBe(true);
    const contents = new HeapContents(dump, named);
    const { objects } = contents.holders(undefined);
    expect(contents.address(objects.rows[0]!.address).object?.why).toEqual(
      whyJson(named, named.graph.index.find(objects.rows[0]!.address)),
    );
  });

  test.each([
    ['odd-sizes.386.4', true],
    ['odd-sizes.noallocheaders.amd64.4', false],
    ['odd-sizes.amd64.4', true],
  ] as const)('%s: whether there are malloc headers is seen', (id, has) => {
    const collector = new DumpCollector();
    visitDump(golden(id).dump, collector);
    const { info } = collector.page(id);
    expect([info.allocHeaders, info.notes.length]).toEqual([has, 1]);
  });

  test('spans that a dump suggests are those of the world that wrote it', async () => {
    const { world } = recordTimeline(await libraryScenario('service'), {});
    const dump = dumpOf(world);
    const collector = new DumpCollector();
    visitDump(dump, collector);
    const { timeline } = collector.page('service');
    const model = new HeapModel(timeline);
    model.seek(0);
    const own = model.store.spans().map((s) => [s.base, s.npages, s.elemsize, s.nelems]);
    const real = world.mheap.allspans
      .filter((s) => s.state === 1 && s.allocCount > 0)
      .map((s) => [s.startAddr, s.npages, s.elemsize, s.nelems])
      .sort((a, b) => a[0]! - b[0]!);
    expect(own.length).toBeGreaterThan(30);
    const key = (row: readonly number[]): string => row.join(' ');
    const known = new Set(real.map(key));
    expect(own.filter((row) => !known.has(key(row)))).toEqual([]);
  });
});

test('objects further apart than a page can draw are refused, absurd addresses counted', () => {
  const collector = new DumpCollector();
  const view = {
    index: 0,
    offset: 0,
    length: 1,
    size: 16,
    bytes: new Uint8Array(16),
    start: 0,
    omitted: false,
    pointers: new Float64Array(1),
    pointerCount: 0,
    exactPointers: undefined,
  };
  collector.object({ ...view, address: 2n ** 63n });
  collector.object({ ...view, address: 0xc000000000 });
  expect(collector.page('far').info.notes[1]).toBe('1 object cannot be drawn');
  for (let i = 0; i < 5000; i++) collector.object({ ...view, address: i * 2 ** 33 });
  expect(() => collector.page('far')).toThrow(/4,096 arenas/);
});
