/** What an object is called: the same by every command and in the page, whether one value lies there or an array. */
import { expect, test } from 'vitest';
import { HeapModel } from '../../../scenarios/explorer/model/heap-model.ts';
import { objectWords } from '../../../scenarios/explorer/model/object-words.ts';
import { typeSizes } from '../../../scenarios/explorer/model/type-sizes.ts';
import { runSource } from '../../../scenarios/explorer/run-source.ts';
import { liveGraph } from '../../../scenarios/live-graph.ts';
import { DumpTypes } from '../../../scenarios/terminal/dump-types.ts';
import { whatis } from '../../../scenarios/terminal/whatis.ts';
import { packTimeline, unpackTimeline } from '../../../scenarios/timeline/pack.ts';
import { recordTimeline } from '../../../scenarios/timeline/record.ts';
import { lessonScenario } from '../run-lesson.ts';
import { out } from './told.ts';

/** The 1 MiB that lesson 14 reads, and its step. */
const file = ['lesson-14', '0xc000080000', '--step', '28'];

test.each([
  ['whatis', /^ {2}object +\[\]uint8, 1,048,576 B asked for$/m],
  ['vis', /^ {2}slot 0 .* \[\]uint8, 1,048,576 B, step 14$/m],
  ['why', /0xc000080000 .* \[\]uint8$/m],
])('%s calls an array of bytes []uint8', async (command, want) => {
  expect(await out(command, ...file)).toMatch(want);
});

test('explain says which array was asked for', async () => {
  expect(await out('explain', 'lesson-14', '--step', '14')).toContain(' of type []uint8,');
});

test('vis says of a header that it names the elements', async () => {
  const shown = await out('vis', 'lesson-06', '0xc000004000', '--step', '20', '--words', '2');
  expect(shown).toMatch(/\[\]\S+, [\d,]+ B, step \d+\n.* header: type [^[]/);
});

test.each([
  ['lesson-14', 'amd64'],
  ['lesson-06', '386'],
])('whatis, the graph and a page name every object of %s on %s alike', async (name, goarch) => {
  const options = { goarch } as { goarch: 'amd64' };
  const scenario = await lessonScenario(name);
  const { timeline, info } = runSource({
    name,
    script: undefined,
    run: (more) => recordTimeline(scenario, { ...options, ...more }),
    lineNow: () => 0,
    tick: () => undefined,
  });
  const model = new HeapModel(unpackTimeline(packTimeline(timeline)));
  model.seek(timeline.length - 1);
  const run = recordTimeline(scenario, options);
  const said = (address: number) => whatis(run, address)?.[0]?.join(' ').split(',')[0];
  const told = model.store.spans().flatMap((s) => {
    const context = { timeline: model.timeline, info, arch: run.world.arch };
    const slots = s.type === 0 ? Array.from({ length: s.nelems }, (_, i) => i) : [];
    return slots.map((i) => objectWords(context, s, i));
  });
  const known = told.flatMap(({ base, typeName }) =>
    typeName === '' || typeName === '(tiny objects)' || !said(base)?.startsWith('object')
      ? []
      : [{ base, typeName, said: said(base) }],
  );
  const arrays = known.filter(({ typeName }) => typeName.startsWith('[]'));
  expect(arrays.length).toBeGreaterThan(2);
  expect(known.length - arrays.length).toBeGreaterThan(20);
  expect(known.filter((one) => one.said !== `object ${one.typeName}`)).toEqual([]);
  const rows = typeSizes(model.store, model.timeline);
  for (const { typeName } of arrays) expect(rows.map(({ type }) => type)).toContain(typeName);
  const { nameOf } = liveGraph(run).named;
  expect(known.filter(({ base, typeName }) => nameOf(base) !== typeName)).toEqual([]);
});

test.each([
  ['one value in the slot that it gets', 1024, 1152, 'main.Page'],
  ['two values', 512, 1152, '[]main.Page'],
  ['a value that fills a class but for its header', 1144, 1152, 'main.Page'],
  ['a slot that two values do not fit in', 600, 1152, 'main.Page'],
  ['a type without a size', 0, 1152, 'main.Page'],
])('a dump names %s', (_, size, slot, want) => {
  const types = new DumpTypes(String);
  const place = { offset: 0, length: 0, index: 0, tag: 3, kind: 'type' } as const;
  types.add({ ...place, address: 0x480000, size, name: 'main.Page', isPointer: true });
  expect(types.inSlot(0x480000, slot)).toBe(want);
  expect(types.nameOf(0x480000)).toBe('main.Page');
  expect(types.inSlot(0x480040, slot)).toBeUndefined();
});
