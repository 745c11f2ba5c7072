/** Types in the timeline of a log: the model's own, of what came before it, and the program's. */
import { writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { logSource } from '../../../scenarios/explorer/log-source.ts';
import { HeapModel } from '../../../scenarios/explorer/model/heap-model.ts';
import { objectWords } from '../../../scenarios/explorer/model/object-words.ts';
import { thinned } from '../../../scenarios/explorer/thin.ts';
import { whatis } from '../../../scenarios/terminal/whatis.ts';
import { packTimeline, unpackTimeline } from '../../../scenarios/timeline/pack.ts';
import { archOf } from '../../../sim/arch.ts';
import { openLog } from '../../conformance/replay-programs.ts';
import { scratchFolder } from '../command-line.ts';
import { logText } from '../log-text.ts';

const scratch = scratchFolder();
afterAll(() => scratch.remove());

test('a type of the program at the address of one of the model takes no name from it', () => {
  const path = scratch.path('log');
  writeFileSync(path, logText([{ size: 0x40, name: 'main.node', typ: 0x4a0000 }]));
  const boot = openLog(path).run(0);
  const own = [...boot.world.types.all()].find(({ string }) => string === 'runtime.g')!;
  const addresses = boot.world.mheap.allspans.flatMap((s) =>
    Array.from({ length: s.nelems }, (_, i) => s.startAddr + i * s.elemsize),
  );
  const before = addresses.map((address) => whatis(boot, address)?.[0]);
  expect(before.join()).toContain('runtime.g,');

  writeFileSync(path, logText([{ size: 0x40, name: 'main.node', typ: own.addr }]));
  const live = openLog(path);
  const run = live.run();
  const last = run.timeline.length - 1;
  const made = run.timeline.eventsOf(run.timeline.step(last)).find((e) => e.name === 'malloc')!;
  expect([made.typ, run.timeline.typeName({ typ: own.addr, requested: 64 })]).toEqual([
    own.addr,
    'main.node',
  ]);
  expect(whatis(run, made.addr as number)?.[0]).toEqual(['object', 'main.node, 64 B asked for']);
  const kept = addresses.filter((address) => address !== made.addr);
  expect(kept.map((address) => whatis(run, address)?.[0]).join()).toContain('runtime.g,');

  for (const { timeline, info } of [logSource(live), thinned(logSource(live), { from: last })]) {
    const model = new HeapModel(unpackTimeline(packTimeline(timeline)));
    model.seek(timeline.length - 1);
    const words = model.store.spans().flatMap((s) => {
      const context = { timeline: model.timeline, info, arch: archOf('amd64') };
      const slots = s.type === 0 ? Array.from({ length: s.nelems }, (_, i) => i) : [];
      return slots.map((i) => objectWords(context, s, i));
    });
    const named = (name: string) => words.filter(({ typeName }) => typeName === name);
    expect(named('main.node')).toHaveLength(1);
    expect(named('runtime.g').length).toBeGreaterThan(0);
    expect(named('runtime.g')[0]?.words.some(({ kind }) => kind === 'pointer')).toBe(true);
  }
});
