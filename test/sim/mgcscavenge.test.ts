import { describe, expect, it } from 'vitest';
import { goarches } from '../../sim/arch.ts';
import { heapRetained, PiController, scavenge } from '../../sim/mgcscavenge.ts';
import { pageSize } from '../../sim/uintptr.ts';
import { type GcWorld, gcWorld } from './gc-world.ts';

const MiB = 1024 * 1024;

/** Allocates and drops `n` objects of `size` bytes, and collects. */
function makeFreePages(w: GcWorld, n: number, size: number): void {
  for (let i = 0; i < n; i++) w.bytes(size);
  w.rt.gc.GC(w.rt);
}

// Oracle: the algorithm of runtime/mgcscavenge.go in go1.22.12.
describe.each(goarches)('scavenging on %s', (goarch) => {
  it('gives pages back from the highest address down, in whole physical pages', () => {
    const w = gcWorld({ goarch });
    makeFreePages(w, 8, 40 * pageSize);
    const { gcController, mheap } = w.rt;
    const before = { free: gcController.heapFree, released: gcController.heapReleased };
    const events: { addr: number; npages: number }[] = [];
    Object.assign(w.rt, {
      observer: {
        onEvent: (e: { name: string; addr: number; npages: number }) => {
          if (e.name === 'scavenge') events.push(e);
        },
      },
    });
    const released = scavenge(w.rt, 3 * 40 * pageSize, null, true);
    expect(released).toBeGreaterThanOrEqual(3 * 40 * pageSize);
    expect(released % w.rt.arch.physPageSize).toBe(0);
    expect(gcController.heapFree).toBe(before.free - released);
    expect(gcController.heapReleased).toBe(before.released + released);
    expect(events.reduce((sum, e) => sum + e.npages * pageSize, 0)).toBe(released);
    for (const [i, e] of events.slice(1).entries()) {
      expect(e.addr + e.npages * pageSize).toBeLessThanOrEqual(events[i]!.addr);
    }
    for (const e of events) {
      const { pages } = mheap;
      const chunk = pages.chunkOf(pages.chunkIndex(e.addr));
      const first = pages.chunkPageIndex(e.addr);
      expect(chunk.scavenged.popcntRange(first, e.npages)).toBe(e.npages);
      expect(chunk.alloc.popcntRange(first, e.npages)).toBe(0);
    }
  });
});

describe('the background scavenger', () => {
  it('has no goal before the first cycle', () => {
    const w = gcWorld();
    w.rt.gc.gcControllerCommit(w.rt);
    expect(w.rt.scavenger.gcPercentGoal).toBe(Number.POSITIVE_INFINITY);
    expect(w.rt.scavenger.shouldStop(w.rt)).toBe(true);
  });

  it('aims at what was in use, scaled with the heap goal, and a tenth more', () => {
    const w = gcWorld();
    makeFreePages(w, 200, 20 * pageSize);
    w.rt.memstats.lastHeapInUse = 10 * MiB;
    w.rt.gcController.heapFree = 30 * MiB;
    w.rt.scavenger.gcPaceScavenger(w.rt, 2 ** 63, 8 * MiB, 4 * MiB);
    expect(w.rt.scavenger.gcPercentGoal).toBe(Math.ceil((22 * MiB) / 4096) * 4096);
    w.rt.gcController.heapFree = 20 * MiB;
    w.rt.scavenger.gcPaceScavenger(w.rt, 2 ** 63, 8 * MiB, 4 * MiB);
    expect(w.rt.scavenger.gcPercentGoal).toBe(Number.POSITIVE_INFINITY);
  });

  it('aims 5 % below the memory limit once that is passed', () => {
    const w = gcWorld();
    const { gcController, scavenger } = w.rt;
    gcController.mappedReady = 96 * MiB;
    scavenger.gcPaceScavenger(w.rt, 100 * MiB, 4 * MiB, 0);
    expect(scavenger.memoryLimitGoal).toBe(Math.trunc(100 * MiB * 0.95));
    gcController.mappedReady = 95 * MiB - 1;
    scavenger.gcPaceScavenger(w.rt, 100 * MiB, 4 * MiB, 0);
    expect(scavenger.memoryLimitGoal).toBe(Number.POSITIVE_INFINITY);
  });

  it('works in runs of a millisecond and sleeps between them until the goal is reached', () => {
    const w = gcWorld({ gogc: -1 });
    for (let i = 0; i < 100; i++) w.store(w.global(i), w.bytes(10 * pageSize));
    makeFreePages(w, 400, 10 * pageSize);
    w.rt.gc.GC(w.rt);
    const { scavenger } = w.rt;
    const goal = scavenger.gcPercentGoal;
    expect(goal).toBeLessThan(heapRetained(w.rt));
    const runs: number[] = [];
    scavenger.wake(w.rt, true);
    for (let i = 0; i < 200 && !scavenger.shouldStop(w.rt); i++) {
      runs.push(scavenger.turn(w.rt));
      expect(scavenger.parked).toBe(true);
      expect(scavenger.turn(w.rt)).toBe(0);
      w.rt.nanotime = Math.max(w.rt.nanotime, Math.min(scavenger.sleepUntil, 1e15));
      scavenger.sysmon(w.rt, false);
      expect(scavenger.parked).toBe(false);
    }
    expect(runs.length).toBeGreaterThan(2);
    // Half a microsecond a physical page; the last quantum may be a whole huge page.
    expect(runs[0]).toBeGreaterThanOrEqual(2000 * 4096);
    expect(runs[0]).toBeLessThan(2000 * 4096 + 2 * MiB);
    expect(heapRetained(w.rt)).toBeLessThanOrEqual(goal);
    expect(scavenger.turn(w.rt)).toBe(0);
    expect(scavenger.sleepUntil).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('the controller', () => {
  const settings = { kp: 0.3375, ti: 3.2e6, tt: 1e9, min: 0.001, max: 1000 };

  it('approaches a setpoint that it can reach', () => {
    const c = new PiController(settings);
    let ratio = 0.001;
    for (let i = 0; i < 5000; i++) {
      // The plant: a fraction of a processor that follows the ratio.
      const fraction = ratio / (1 + ratio);
      ratio = c.next(fraction, 0.01, 1e6) ?? 0.001;
    }
    expect(ratio / (1 + ratio)).toBeCloseTo(0.01, 3);
  });

  it('stays within its bounds and gives up on an overflow', () => {
    const c = new PiController(settings);
    expect(c.next(1e9, 0, 1)).toBe(0.001);
    expect(c.next(-1e9, 0, 1)).toBe(1000);
    expect(c.next(Number.MAX_VALUE, -Number.MAX_VALUE, 1e9)).toBeUndefined();
    expect(c.errIntegral).toBe(0);
  });
});
