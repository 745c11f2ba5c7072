/** An observer hears what the runtime decides and changes none of it: what is marked, when and in which order either. */
import { describe, expect, test } from 'vitest';
import type { RunOptions } from '../../scenarios/index.ts';
import { libraryScenario, runOf } from './run-library.ts';

const runs: readonly [string, Omit<RunOptions, 'openDump'>][] = [
  ['linked-list', { params: { n: 150_000 }, gogc: 30 }],
  ['tree', { params: { keys: 30_000 }, gogc: 20 }],
  ['service', { gogc: 20 }],
  ...['1', '2'].map((seed): [string, Omit<RunOptions, 'openDump'>] => [
    'random-objects',
    { seed, gogc: 10, params: { collections: 1, maps: 0.1, finalizers: 0.1 } },
  ]),
];

describe.each(runs)('%s %o', (name, options) => {
  test('is the same run whether or not someone listens', async () => {
    const scenario = await libraryScenario(name);
    const alone = runOf(scenario, options);
    let scanned = 0;
    const onEvent = (event: { readonly name: string }): void => {
      if (event.name === 'scanobject') scanned++;
    };
    const watched = runOf(scenario, { ...options, observer: { onEvent } });
    expect(scanned).toBeGreaterThan(100);
    expect(watched.dumps.length).toBe(alone.dumps.length);
    for (const [i, { bytes }] of watched.dumps.entries()) {
      expect(Buffer.compare(bytes, alone.dumps[i]!.bytes)).toBe(0);
    }
    expect(watched.world.nanotime).toBe(alone.world.nanotime);
    expect(watched.world.gcController.heapScanWork).toBe(alone.world.gcController.heapScanWork);
    expect(watched.world.gc.work.bytesMarked).toBe(alone.world.gc.work.bytesMarked);
  });
});
