/** The ledger: what the runtime counts is what its spans and pages add up to. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RunOptions } from '../../../scenarios/index.ts';
import { runScenario, type Scenario } from '../../../scenarios/index.ts';
import { lessonNames } from '../../../scenarios/scenario-files.ts';
import { type Ledger, ledgerOf } from '../../../scenarios/timeline/ledger.ts';
import { recordTimeline } from '../../../scenarios/timeline/record.ts';
import { Recorder } from '../../../scenarios/timeline/recorder.ts';
import { StopRun } from '../../../scenarios/timeline/stop-run.ts';
import { peekMemStats, readmemstats_m } from '../../../sim/mstats.ts';
import type { World } from '../../../sim/runtime.ts';
import { lessonScenario } from '../run-lesson.ts';
import { libraryScenario } from '../run-library.ts';
import { acts, scenarioOf } from './random-script.ts';

/** Runs it, and looks at the world whenever an operation begins. */
function atEachStep(
  scenario: Scenario,
  options: Omit<RunOptions, 'openDump'>,
  look: (world: World, recorder: Recorder) => void,
): number {
  const recorder = new Recorder();
  try {
    runScenario(scenario, {
      ...options,
      openDump: () => ({ write: () => undefined }),
      begin(op, world) {
        look(world, recorder);
        recorder.begin(op, world);
      },
      trace: recorder.trace,
      observer: recorder,
    });
  } catch (error) {
    if (!(error instanceof StopRun)) throw error;
  }
  return recorder.timeline.length;
}

const told = [
  'HeapAlloc',
  'Mallocs',
  'Frees',
  'HeapInuse',
  'HeapIdle',
  'HeapReleased',
  'StackInuse',
  'NextGC',
  'NumGC',
] as const;

function statsOf(world: World): Record<string, unknown> {
  const stats = peekMemStats(world);
  return Object.fromEntries(told.map((name) => [name, stats[name]]));
}

const open = ({ checks }: Ledger) => checks.filter(({ counted, walked }) => counted !== walked);

const targets = [
  { goarch: 'amd64' },
  { goarch: 'amd64', allocHeaders: false },
  { goarch: '386' },
  { goarch: 's390x', gogc: 20 },
] as const;

describe('the ledger closes at every step', () => {
  test.each(targets)(
    'of random scripts: %o',
    (options) => {
      fc.assert(
        fc.property(acts, (script) => {
          atEachStep(scenarioOf(script), options, (world, { allocations }) => {
            expect(open(ledgerOf(world, allocations))).toEqual([]);
          });
        }),
        { numRuns: 12, seed: 20 },
      );
    },
    120_000,
  );

  test.each(['finalizers', 'channels', 'every-record'])(
    'of %s',
    async (name) => {
      const steps = atEachStep(await libraryScenario(name), {}, (world, { allocations }) => {
        expect(open(ledgerOf(world, allocations))).toEqual([]);
      });
      expect(steps).toBeGreaterThan(10);
    },
    120_000,
  );

  // Of long lessons steps evenly over the run, and all around its collections; all with LEDGERS=all.
  const looks = process.env.LEDGERS === 'all' ? Number.POSITIVE_INFINITY : 60;
  test.each(lessonNames())(
    'of %s',
    async (name) => {
      const scenario = await lessonScenario(name);
      const { timeline } = recordTimeline(scenario);
      const stride = Math.ceil(timeline.length / looks) || 1;
      const { numGC } = timeline.slow;
      const cycles = (step: number): number =>
        numGC.at(timeline.steps.slow.at(Math.max(0, Math.min(timeline.length - 1, step))));
      let looked = 0;
      let step = 0;
      atEachStep(scenario, {}, (world, { allocations }) => {
        const isNear = cycles(step - 2) !== cycles(step + 1);
        if (step % stride === 0 || isNear || step === timeline.length - 1) {
          looked++;
          expect(open(ledgerOf(world, allocations)), `at step ${step}`).toEqual([]);
        }
        step++;
      });
      expect(looked).toBeGreaterThan(Math.min(looks, timeline.length) * 0.4);
    },
    600_000,
  );
});

test('a counter that is off by a byte is found', async () => {
  const { world, allocations } = recordTimeline(await libraryScenario('linked-list'), {
    params: { n: 10 },
  });
  expect(open(ledgerOf(world, allocations))).toEqual([]);
  world.gcController.heapInUse++;
  expect(open(ledgerOf(world, allocations)).map(({ what }) => what)).toEqual([
    'Sys - HeapReleased = memory that is backed',
    'HeapSys + stacks + work buffers + unrolled bits = all pages',
    'HeapInuse = pages of heap spans',
    'HeapInuse = its parts',
  ]);
});

test('what the steps tell of the statistics is what the runtime has, at every step', () => {
  fc.assert(
    fc.property(acts, (script) => {
      let last: ReturnType<typeof statsOf> | undefined;
      atEachStep(scenarioOf(script), {}, (world, { timeline }) => {
        // The step before the open one was over when that began.
        const n = timeline.length - 1;
        if (n >= 0 && last !== undefined) {
          const f = timeline.figures(n);
          expect({
            HeapAlloc: f.heapAlloc,
            Mallocs: f.mallocs,
            Frees: f.frees,
            HeapInuse: f.heapInuse,
            HeapIdle: f.heapIdle,
            HeapReleased: f.heapReleased,
            StackInuse: f.stackInuse,
            NextGC: f.nextGC,
            NumGC: f.numGC,
          }).toEqual(last);
        }
        last = statsOf(world);
      });
    }),
    { numRuns: 15, seed: 21 },
  );
}, 120_000);

test('a look at the statistics is what flushing the caches gives, where no stack or span is freed by it', async () => {
  const { world } = recordTimeline(await libraryScenario('slice-grow'));
  const looked = peekMemStats(world);
  expect(peekMemStats(world)).toEqual(looked);
  const flushed = readmemstats_m(world);
  for (const name of ['HeapAlloc', 'TotalAlloc', 'Mallocs', 'Frees', 'HeapInuse'] as const) {
    expect([name, looked[name]]).toEqual([name, flushed[name]]);
  }
});
