import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  defaultHeapMinimum,
  GcController,
  gcMarkWorkerDedicatedMode,
  gcMarkWorkerFractionalMode,
  gcMarkWorkerIdleMode,
  maxInt64,
  readGOGC,
} from '../../sim/mgcpacer.ts';

const MiB = 1024 * 1024;

function controller(gogc = 100, limit = maxInt64): GcController {
  const c = new GcController();
  c.init(gogc, limit);
  return c;
}

/** A controller as a cycle leaves it that marked `live` bytes and scanned `stacks` and `globals`. */
function afterCycle(o: { gogc?: number; live: number; stacks?: number; globals?: number }) {
  const c = controller(o.gogc ?? 100);
  c.addGlobals(o.globals ?? 0);
  c.startCycle(0, 1, false);
  c.stackScanWork = o.stacks ?? 0;
  c.endCycle(1000, 1);
  c.resetLive(o.live);
  c.commit(true);
  return c;
}

// Oracle: the arithmetic of runtime/mgcpacer.go in go1.22.12, and what `GODEBUG=gctrace=1` programs print.
describe('heap goal', () => {
  it.each([
    { gogc: 100, goal: 4 * MiB },
    { gogc: 200, goal: 8 * MiB },
    { gogc: 50, goal: 2 * MiB },
    { gogc: 1, goal: 41943 },
    { gogc: 0, goal: 0 },
  ])('of a fresh program with GOGC=$gogc is the minimum $goal', ({ gogc, goal }) => {
    expect(controller(gogc).heapGoal()).toBe(goal);
  });

  it.each([
    { live: 1000, stacks: 0, globals: 0, goal: 4 * MiB },
    { live: 10 * MiB, stacks: 0, globals: 0, goal: 20 * MiB },
    { live: 10 * MiB, stacks: 3000, globals: 5000, goal: 20 * MiB + 8000 },
    { gogc: 50, live: 10 * MiB, stacks: 3000, globals: 5001, goal: 15 * MiB + 4000 },
    { gogc: 400, live: 3 * MiB, stacks: 1, globals: 2, goal: 16 * MiB },
    { gogc: 400, live: 7 * MiB, stacks: 1, globals: 2, goal: 35 * MiB + 12 },
  ])('is live + (live+stacks+globals)*GOGC/100, at least the minimum: $goal', (o) => {
    expect(afterCycle(o).heapGoal()).toBe(o.goal);
  });

  it('with GOGC=off follows the default memory limit, past 2^53, to the last bit', () => {
    const c = controller(-1);
    const limit = 2n ** 63n - 1n;
    expect(c.heapGoalUint64()).toBe(limit - (limit / 100n) * 3n);
    c.mappedReady = 12_345_678;
    c.heapFree = 1_000_000;
    c.totalAlloc = 500_000;
    const rest = limit - 10_845_678n;
    expect(c.heapGoalUint64()).toBe(rest - (rest / 100n) * 3n);
  });

  it('keeps a memory limit with 1 MiB or 3 % to spare', () => {
    const c = controller(100, 64 * MiB);
    c.heapMarked = 50 * MiB;
    c.commit(true);
    c.mappedReady = 10 * MiB;
    expect(c.memoryLimitHeapGoal()).toBe(54 * MiB - Math.floor((54 * MiB) / 100) * 3);
    expect(c.heapGoal()).toBe(54 * MiB - Math.floor((54 * MiB) / 100) * 3);
    c.mappedReady = 70 * MiB;
    expect(c.heapGoal()).toBe(50 * MiB);
  });

  it('leaves room to sweep: at least 1 MiB past the live heap while unswept', () => {
    const c = afterCycle({ live: 100 });
    c.setGCPercent(1);
    c.heapLive = 2 * MiB;
    c.commit(false);
    expect(c.heapGoal()).toBe(3 * MiB);
    expect(c.trigger()).toBe(3 * MiB);
  });
});

describe('trigger', () => {
  it.each([
    // goal 4 MiB, nothing marked: runway 0, so the latest allowed: 61/64 of the way.
    { gogc: 100, live: 0, trigger: Math.floor((4 * MiB) / 64) * 61 },
    // goal - 4 MiB passes 61/64 of the way when the way is above 85 MiB.
    { gogc: 100, live: 200 * MiB, trigger: 396 * MiB },
    { gogc: 100, live: 8 * MiB, trigger: 8 * MiB + ((8 * MiB) / 64) * 61 },
  ])('without a runway is $trigger for $live live', ({ gogc, live, trigger }) => {
    expect(afterCycle({ gogc, live }).trigger()).toBe(trigger);
  });

  it('moves ahead by the runway, down to 45/64 of the way', () => {
    const c = afterCycle({ live: 64 * MiB });
    c.runway = 10 * MiB;
    expect(c.trigger()).toBe(118 * MiB);
    c.runway = 40 * MiB;
    expect(c.trigger()).toBe(64 * MiB + 45 * MiB);
    c.runway = 1000 * MiB;
    expect(c.trigger()).toBe(64 * MiB + 45 * MiB);
  });

  it('is the goal itself when everything marked is past it', () => {
    const c = afterCycle({ live: 8 * MiB });
    c.gcPercentHeapGoal = 8 * MiB;
    expect(c.trigger()).toBe(8 * MiB);
  });

  it('lies between what was marked and the goal', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1, max: 1000 }),
        fc.nat(2 ** 40),
        fc.nat(2 ** 40),
        fc.nat(2 ** 30),
        (gogc, live, runway, roots) => {
          const c = afterCycle({ gogc, live, globals: roots });
          c.runway = runway;
          const trigger = c.trigger();
          expect(trigger).toBeLessThanOrEqual(c.heapGoal());
          expect(trigger).toBeGreaterThanOrEqual(Math.min(live, c.heapGoal()));
        },
      ),
    );
  });
});

describe('workers', () => {
  it.each([
    { procs: 1, dedicated: 0, fractional: 0.25, idle: 1 },
    { procs: 2, dedicated: 0, fractional: 0.25, idle: 2 },
    { procs: 3, dedicated: 0, fractional: 0.25, idle: 3 },
    { procs: 4, dedicated: 1, fractional: 0, idle: 3 },
    { procs: 5, dedicated: 1, fractional: 0, idle: 4 },
    { procs: 6, dedicated: 1, fractional: (1.5 - 1) / 6, idle: 5 },
    { procs: 7, dedicated: 2, fractional: 0, idle: 5 },
    { procs: 8, dedicated: 2, fractional: 0, idle: 6 },
  ])('of $procs processors', ({ procs, dedicated, fractional, idle }) => {
    const c = controller();
    c.startCycle(0, procs, false);
    expect(c.dedicatedMarkWorkersNeeded).toBe(dedicated);
    expect(c.fractionalUtilizationGoal).toBeCloseTo(fractional, 12);
    expect(c.maxIdleMarkWorkers).toBe(idle);
    c.startCycle(0, procs, true);
    expect(c.maxIdleMarkWorkers).toBe(dedicated > 0 ? 0 : 1);
  });

  it('book their time by kind, and idle ones stay below their number', () => {
    const c = controller();
    c.startCycle(0, 1, false);
    expect(c.addIdleMarkWorker()).toBe(true);
    expect(c.addIdleMarkWorker()).toBe(false);
    c.markWorkerStop(gcMarkWorkerIdleMode, 5);
    expect(c.needIdleMarkWorker()).toBe(true);
    c.markWorkerStop(gcMarkWorkerFractionalMode, 7);
    c.markWorkerStop(gcMarkWorkerDedicatedMode, 9);
    expect([c.idleMarkTime, c.fractionalMarkTime, c.dedicatedMarkTime]).toEqual([5, 7, 9]);
    expect(() => c.markWorkerStop(0, 1)).toThrow('markWorkerStop: unknown mark worker mode');
    expect(() => c.removeIdleMarkWorker()).toThrow('negative idle mark workers');
  });
});

describe('assist ratio', () => {
  it('spreads the expected scan work over the heap that is left', () => {
    const c = controller();
    c.heapLive = 3 * MiB;
    c.lastHeapScan = 500_000;
    c.startCycle(0, 1, false);
    expect(c.assistWorkPerByte).toBeCloseTo(500_000 / MiB, 12);
    expect(c.assistBytesPerWork).toBeCloseTo(MiB / 500_000, 12);
    c.heapScanWork = 499_900;
    c.revise();
    expect(c.assistWorkPerByte).toBeCloseTo(1000 / MiB, 12);
  });

  it('extrapolates the goal once there is more to scan than expected, up to GOGC more', () => {
    const c = controller();
    c.heapLive = 3 * MiB;
    c.heapScan = 10 * MiB;
    c.lastHeapScan = 5 * MiB;
    c.startCycle(0, 1, false);
    c.heapScanWork = 6 * MiB;
    c.revise();
    // (4 - 3) MiB / 5 MiB * 10 MiB + 3 MiB = 5 MiB is below 8 MiB.
    expect(c.assistWorkPerByte).toBeCloseTo((4 * MiB) / (2 * MiB), 12);
  });

  it('grants a tenth of overshoot', () => {
    const c = controller();
    c.heapLive = 3 * MiB;
    c.startCycle(0, 1, false);
    c.heapLive = 4 * MiB + 1;
    c.heapScan = 2 * MiB;
    c.revise();
    const remaining = Math.trunc(4 * MiB * 1.1) - (4 * MiB + 1);
    expect(c.assistWorkPerByte).toBeCloseTo((2 * MiB) / remaining, 12);
  });

  it('asks for everything at once when the heap has overshot', () => {
    const c = controller();
    c.startCycle(0, 1, false);
    c.heapLive = 8 * MiB;
    c.heapScan = 2 * MiB;
    c.revise();
    expect(c.assistWorkPerByte).toBe(2 * MiB);
  });
});

describe('cons/mark', () => {
  it('is the largest of this cycle and the last four, and gives the next runway', () => {
    const c = controller();
    const cycle = (allocated: number): void => {
      c.heapLive = 8 * MiB;
      c.startCycle(0, 1, false);
      c.heapLive += allocated;
      c.heapScanWork = 4 * MiB;
      c.endCycle(1000, 1);
      c.resetLive(8 * MiB);
      c.commit(true);
    };
    cycle(2 * MiB);
    const first = (2 * 0.25) / (4 * 0.75);
    expect(c.consMark).toBeCloseTo(first, 12);
    expect(c.runway).toBe(Math.trunc(first * 3 * 4 * MiB));
    for (let i = 0; i < 4; i++) {
      cycle(MiB);
      expect(c.consMark).toBeCloseTo(first, 12);
    }
    cycle(MiB);
    expect(c.consMark).toBeCloseTo(first / 2, 12);
  });

  it('learns nothing from a cycle in which nothing was allocated', () => {
    const c = controller();
    c.heapLive = MiB;
    c.startCycle(0, 1, false);
    c.heapScanWork = 5;
    c.endCycle(10, 1);
    expect(c.consMark).toBe(0);
    expect(c.lastHeapGoal).toBe(4 * MiB);
  });
});

describe('books', () => {
  it('keep heapScan as it was while a cycle marks', () => {
    const c = controller();
    c.update(100, 60);
    expect([c.heapLive, c.heapScan]).toEqual([100, 60]);
    c.startCycle(0, 1, false);
    c.blackenEnabled = true;
    c.update(50, 40);
    expect([c.heapLive, c.heapScan]).toEqual([150, 60]);
  });

  it("gather a P's stacks up to 8 KiB", () => {
    const c = controller();
    const p = {};
    c.addScannableStack(null, 2048);
    c.addScannableStack(p, 8191);
    expect(c.maxStackScan).toBe(2048);
    c.addScannableStack(p, 1);
    expect(c.maxStackScan).toBe(2048 + 8192);
    c.addScannableStack(p, -8192);
    expect(c.maxStackScan).toBe(2048);
  });

  it('return the old GOGC and limit', () => {
    const c = controller();
    expect(c.setGCPercent(-5)).toBe(100);
    expect(c.setGCPercent(30)).toBe(-1);
    expect(c.heapMinimum).toBe(Math.floor((defaultHeapMinimum * 30) / 100));
    expect(c.setMemoryLimit(-1)).toBe(maxInt64);
    expect(c.setMemoryLimit(5 * MiB)).toBe(maxInt64);
    expect(c.setMemoryLimit(-1)).toBe(5 * MiB);
  });

  it.each([
    ['off', -1],
    ['100', 100],
    ['0', 0],
    ['-7', -7],
    ['x', 100],
    ['', 100],
    ['99999999999', 100],
  ])('read GOGC=%s as %i', (value, percent) => {
    expect(readGOGC(value)).toBe(percent);
  });
});
