/**
 * The scavenger: gives free pages back to the operating system, in the background towards a goal and
 * at once when asked.
 *
 * @go runtime/mgcscavenge.go
 */
import { throw_ } from './errors.ts';
import { sysUnused } from './mem.ts';
import { maxInt64 } from './mgcpacer.ts';
import type { G, Runtime } from './runtime2.ts';
import { alignUp, pageSize } from './uintptr.ts';

/** Share (%) of a processor that background scavenging may take. */
const scavengePercent = 1;
/** Free memory (% of the heap goal) that is kept beyond the heap's expected size. */
const retainExtraPercent = 10;
/** Distance (%) below the memory limit where background scavenging starts. */
const reduceExtraPercent = 5;
/** Ratio of work to sleep before the controller knows better. */
const startingScavSleepRatio = 0.001;
/** Least time (ns) of one run. */
const minScavWorkTime = 1e6;
/** Time (ns) until sysmon sees what it is asked to do, where nothing else wakes it: its shortest sleep. */
const sysmonDelayNS = 20e3;
/** Bytes scavenged at a time. */
const scavengeQuantum = 64 * 1024;
/** Virtual time (ns) that giving back a physical page takes: what madvise takes for one of 64 KiB. */
const workedNSPerPhysicalPage = 500;
const controllerCooldownNS = 5e9;

/** A proportional-integral controller of one variable. @go runtime/mgcscavenge.go piController */
export class PiController {
  readonly kp: number;
  readonly ti: number;
  readonly tt: number;
  readonly min: number;
  readonly max: number;
  errIntegral = 0;

  constructor(o: { kp: number; ti: number; tt: number; min: number; max: number }) {
    this.kp = o.kp;
    this.ti = o.ti;
    this.tt = o.tt;
    this.min = o.min;
    this.max = o.max;
  }

  /**
   * The output for `input` after `period` ns, in [min, max]; undefined (and a reset) on overflow.
   *
   * @go runtime/mgcscavenge.go (*piController).next
   */
  next(input: number, setpoint: number, period: number): number | undefined {
    const rawOutput = this.kp * (setpoint - input) + this.errIntegral;
    if (!Number.isFinite(rawOutput)) {
      this.errIntegral = 0;
      return undefined;
    }
    const output = Math.min(Math.max(rawOutput, this.min), this.max);
    if (this.ti !== 0 && this.tt !== 0) {
      this.errIntegral +=
        ((this.kp * period) / this.ti) * (setpoint - input) +
        (period / this.tt) * (output - rawOutput);
      if (!Number.isFinite(this.errIntegral)) {
        this.errIntegral = 0;
        return undefined;
      }
    }
    return output;
  }
}

/** The scavenger of one world: its goals and its background goroutine's state. @go runtime/mgcscavenge.go */
export class Scavenger {
  /** Bytes of heap memory to keep by the expected heap size; Infinity: no goal. */
  gcPercentGoal = Number.POSITIVE_INFINITY;
  /** Bytes of mapped memory to keep by the memory limit; Infinity: no goal. */
  memoryLimitGoal = Number.POSITIVE_INFINITY;
  /** Virtual time (ns) spent since the last cycle, by allocations and in the background. */
  assistTime = 0;
  backgroundTime = 0;
  /** The background scavenger waits: for {@link wake}, and at most until {@link sleepUntil}. */
  parked = true;
  sleepUntil = Number.POSITIVE_INFINITY;
  /** sysmon is to wake the background scavenger. */
  sysmonWake = false;
  readonly #sysmonDelay: number;
  /** sysmon, which waits while the world is stopped, is there again before any goroutine has run. */
  readonly #sysmonAwake: boolean;
  #sysmonLooks = 0;
  sleepRatio = startingScavSleepRatio;
  /** The background scavenger's goroutine, if the world has one. */
  g: G | null = null;
  readonly #sleepController = new PiController({
    kp: 0.3375,
    ti: 3.2e6,
    tt: 1e9,
    min: 0.001,
    max: 1000,
  });
  #controllerCooldown = 0;
  #sleptAt = 0;
  #worked = 0;

  /**
   * `sysmonDelay`: ns until sysmon sees what it is asked to do, 20 µs to 10 ms in real Go, also where the
   * world goes on. Unless given it is the shortest, and none where the world goes on.
   */
  constructor(sysmonDelay?: number) {
    this.#sysmonDelay = sysmonDelay ?? sysmonDelayNS;
    this.#sysmonAwake = sysmonDelay === undefined;
  }

  /**
   * Sets both goals from the pacer's.
   *
   * @go runtime/mgcscavenge.go gcPaceScavenger
   */
  gcPaceScavenger(rt: Runtime, memoryLimit: number, heapGoal: number, lastHeapGoal: number): void {
    const { physPageSize } = rt.arch;
    const limitGoal =
      memoryLimit >= maxInt64
        ? Number.POSITIVE_INFINITY
        : Math.trunc(memoryLimit * (1 - reduceExtraPercent / 100));
    this.memoryLimitGoal =
      rt.gcController.mappedReady <= limitGoal ? Number.POSITIVE_INFINITY : limitGoal;
    if (lastHeapGoal === 0) {
      this.gcPercentGoal = Number.POSITIVE_INFINITY;
      return;
    }
    let goal = Math.trunc(rt.memstats.lastHeapInUse * (heapGoal / lastHeapGoal));
    goal += Math.floor(goal / (100 / retainExtraPercent));
    goal = alignUp(goal, physPageSize);
    const retained = heapRetained(rt);
    this.gcPercentGoal =
      retained <= goal || retained - goal < physPageSize ? Number.POSITIVE_INFINITY : goal;
  }

  /** No goal is left to reach. */
  shouldStop(rt: Runtime): boolean {
    return (
      heapRetained(rt) <= this.gcPercentGoal && rt.gcController.mappedReady <= this.memoryLimitGoal
    );
  }

  /** Asks sysmon to wake the background scavenger. @go runtime/mgcscavenge.go (*scavengerState).ready */
  ready(rt: Runtime): void {
    if (this.sysmonWake) return;
    this.sysmonWake = true;
    this.#sysmonLooks = rt.nanotime + this.#sysmonDelay;
  }

  /**
   * Makes the background scavenger run if it waits. `withP`: whoever wakes it has a P.
   *
   * @go runtime/mgcscavenge.go (*scavengerState).wake
   */
  wake(rt: Runtime, withP: boolean): void {
    if (!this.parked) return;
    this.sysmonWake = false;
    this.parked = false;
    if (this.g !== null && !rt.gc.inline) rt.gc.host.injectglist(rt, this.g, withP);
  }

  /**
   * What sysmon does for the scavenger each time it looks: wakes it when asked to. In a world without
   * goroutines also when its sleep is over. `started`: the world was stopped and goes on, which wakes sysmon
   * as well.
   *
   * @go runtime/proc.go sysmon
   */
  sysmon(rt: Runtime, started: boolean): void {
    // Its own clock goes on where that of the goroutines stands still and jumps: it seldom looks in between.
    const due = rt.faketime !== true && rt.nanotime >= this.#sysmonLooks;
    const asked = this.sysmonWake && ((started && this.#sysmonAwake) || due);
    const slept = this.g === null && this.parked && rt.nanotime >= this.sleepUntil;
    if (asked || slept) this.wake(rt, false);
  }

  /**
   * One run of the background scavenger, from its waking to its next wait: about a millisecond of
   * work, then a sleep in proportion; or no work, and it parks. Returns the bytes given back.
   *
   * @go runtime/mgcscavenge.go bgscavenge
   */
  turn(rt: Runtime): number {
    if (this.parked) return 0;
    if (this.#worked > 0) this.#endSleep(rt.nanotime - this.#sleptAt);
    const { released, worked } = this.#run(rt);
    this.parked = true;
    this.sleepUntil = Number.POSITIVE_INFINITY;
    if (released > 0) {
      rt.mheap.pages.scav.releasedBg += released;
      this.#worked = Math.max(worked, minScavWorkTime);
      this.#sleptAt = rt.nanotime;
      this.sleepUntil = rt.nanotime + Math.trunc(this.#worked / this.sleepRatio);
    }
    return released;
  }

  /** @go runtime/mgcscavenge.go (*scavengerState).run */
  #run(rt: Runtime): { released: number; worked: number } {
    const { physPageSize } = rt.arch;
    let released = 0;
    let worked = 0;
    while (worked < minScavWorkTime && !this.shouldStop(rt)) {
      const r = scavenge(rt, scavengeQuantum, null, false);
      worked += workedNSPerPhysicalPage * Math.floor(r / physPageSize);
      released += r;
      if (r < scavengeQuantum || rt.faketime === true) break;
    }
    if (released > 0 && released < physPageSize) {
      throw_('released less than one physical page of memory');
    }
    this.backgroundTime += worked;
    return { released, worked };
  }

  /** Adjusts the ratio of work to sleep after a sleep of `slept` ns. @go runtime/mgcscavenge.go (*scavengerState).sleep */
  #endSleep(slept: number): void {
    const worked = this.#worked;
    this.#worked = 0;
    if (this.#controllerCooldown > 0) {
      this.#controllerCooldown = Math.max(0, this.#controllerCooldown - (slept + worked));
      return;
    }
    const cpuFraction = worked / (slept + worked);
    const ratio = this.#sleepController.next(cpuFraction, scavengePercent / 100, slept + worked);
    if (ratio === undefined) {
      this.sleepRatio = startingScavSleepRatio;
      this.#controllerCooldown = controllerCooldownNS;
      return;
    }
    this.sleepRatio = ratio;
  }

  /** Gives up to `nbytes` back for an allocation that would pass a limit. Returns the bytes. */
  scavenge(
    rt: Runtime,
    nbytes: number,
    shouldStop: (() => boolean) | null,
    force: boolean,
  ): number {
    return scavenge(rt, nbytes, shouldStop, force);
  }

  /** Gives every free page back. @go runtime/mheap.go (*mheap).scavengeAll */
  scavengeAll(rt: Runtime): number {
    return scavenge(rt, Number.POSITIVE_INFINITY, null, true);
  }
}

/** Bytes of heap memory that are backed. @go runtime/mgcscavenge.go heapRetained */
export function heapRetained(rt: Runtime): number {
  return rt.gcController.heapInUse + rt.gcController.heapFree;
}

/**
 * Gives at least `nbytes` of free pages back, highest addresses first, or what there is; `force`
 * takes them from dense chunks too. Returns the bytes.
 *
 * @go runtime/mgcscavenge.go (*pageAlloc).scavenge
 */
export function scavenge(
  rt: Runtime,
  nbytes: number,
  shouldStop: (() => boolean) | null,
  force: boolean,
): number {
  let released = 0;
  while (released < nbytes) {
    const found = rt.mheap.pages.scav.index.find(force);
    if (found === undefined) break;
    released += scavengeOne(rt, found.ci, found.pageIdx, nbytes - released);
    if (shouldStop?.()) break;
  }
  return released;
}

/**
 * Gives back one run of at most `max` bytes of chunk `ci`, at or below page `searchIdx`; 0 (and the
 * chunk counts as empty) if it has none.
 *
 * @go runtime/mgcscavenge.go (*pageAlloc).scavengeOne
 */
function scavengeOne(rt: Runtime, ci: number, searchIdx: number, max: number): number {
  const p = rt.mheap.pages;
  const { physPageSize, physHugePageSize } = rt.arch;
  const maxPages = Math.min(Math.ceil(max / pageSize), 2 ** 30);
  const minPages = Math.max(Math.floor(physPageSize / pageSize), 1);
  if (p.chunkMax(ci) >= minPages) {
    const chunk = p.chunkOf(ci);
    const { start, size: npages } = chunk.findScavengeCandidate(
      searchIdx,
      minPages,
      maxPages,
      physPageSize,
      physHugePageSize,
      pageSize,
    );
    if (npages !== 0) {
      const addr = p.chunkBase(ci) + start * pageSize;
      chunk.allocRange(start, npages);
      p.update(addr, npages, true, true);
      const nbytes = npages * pageSize;
      sysUnused(rt, addr, nbytes);
      rt.gcController.heapReleased += nbytes;
      rt.gcController.heapFree -= nbytes;
      rt.memstats.heapStats.committed -= nbytes;
      rt.memstats.heapStats.released += nbytes;
      if (addr < p.searchAddr) p.searchAddr = addr;
      chunk.free(start, npages);
      p.update(addr, npages, true, false);
      chunk.scavenged.setRange(start, npages);
      rt.observer?.onEvent({ name: 'scavenge', addr, npages });
      return nbytes;
    }
  }
  p.scav.index.setEmpty(ci);
  return 0;
}
