/**
 * The pacer: when a cycle starts, how large the heap may get, how much marking an allocation owes.
 *
 * Go's uint64 quantities are numbers here; `^uint64(0)` is `Infinity`. Without a memory limit (and
 * GOGC=off) the goal passes 2^53: {@link GcController.heapGoalUint64} gives it exactly, for MemStats.
 *
 * @go runtime/mgcpacer.go
 */
import { throw_ } from './errors.ts';
import type { Runtime } from './runtime2.ts';
import type { Uint64 } from './stopped-world.ts';

/** Share of the processors that background marking may take. */
const gcBackgroundUtilization = 0.25;
/** Utilization that the trigger aims at: assists are to do nothing in the steady state. */
const gcGoalUtilization = gcBackgroundUtilization;
/** Scan work that a worker gathers before it publishes credit. */
export const gcCreditSlack = 2000;
/** Assist time (ns) that a P gathers before it publishes it. */
export const gcAssistTimeSlack = 5000;
/** Least scan work of one assist. */
export const gcOverAssistWork = 64 * 1024;
/** Heap size below which GOGC=100 never starts a cycle. */
export const defaultHeapMinimum = 4 * 1024 * 1024;
/** Stack bytes that a P gathers before they count. */
const maxStackScanSlack = 8 * 1024;
/** math.MaxInt64: no memory limit. As a number it is 2^63. */
export const maxInt64 = 2 ** 63;

const memoryLimitMinHeapGoalHeadroom = 1024 * 1024;
const memoryLimitHeapGoalHeadroomPercent = 3;
const sweepMinHeapDistance = 1024 * 1024;
const minRunway = 64 * 1024;
const triggerRatioDen = 64;
const minTriggerRatioNum = 45;
const maxTriggerRatioNum = 61;

/** How a background worker runs; 0 is no worker. @go runtime/mgc.go gcMarkWorkerMode */
export const gcMarkWorkerDedicatedMode = 1;
export const gcMarkWorkerFractionalMode = 2;
export const gcMarkWorkerIdleMode = 3;
export type GcMarkWorkerMode = 0 | 1 | 2 | 3;

/** Stack bytes scanned in the cycle that runs and not yet in maxStackScan, one a P. */
interface PerPStackDelta {
  maxStackScanDelta: number;
}

/** @go runtime/mgcpacer.go gcControllerState */
export class GcController {
  /** GOGC; -1 is off. */
  gcPercent = 100;
  /** Bytes; {@link maxInt64} is none. */
  memoryLimit = maxInt64;
  heapMinimum = defaultHeapMinimum;
  /** Bytes below the goal at which marking must start, as the last cycles' cons/mark ratio foresees. */
  runway = 0;
  consMark = 0;
  readonly lastConsMark: number[] = [0, 0, 0, 0];
  gcPercentHeapGoal = Number.POSITIVE_INFINITY;
  /** No cycle starts before the heap has this size, so that sweeping gets some room. */
  sweepDistMinTrigger = 0;
  /** heapLive when the cycle in progress started; Infinity between cycles. */
  triggered = Number.POSITIVE_INFINITY;
  /** heapGoal at the end of the last cycle; 0 before the first. */
  lastHeapGoal = 0;
  /** Bytes that the collector takes for live: what was marked, and everything allocated since. */
  heapLive = 0;
  /** Scannable bytes of heapLive. */
  heapScan = 0;
  lastHeapScan = 0;
  lastStackScan = 0;
  /** Bytes of all goroutine stacks up to their high end. */
  maxStackScan = 0;
  /** Bytes of data and bss that must be scanned. */
  globalsScan = 0;
  heapMarked = 0;
  heapScanWork = 0;
  stackScanWork = 0;
  globalsScanWork = 0;
  /** Scan work of background workers that no assist has drawn on. */
  bgScanCredit = 0;
  assistTime = 0;
  dedicatedMarkTime = 0;
  fractionalMarkTime = 0;
  idleMarkTime = 0;
  markStartTime = 0;
  dedicatedMarkWorkersNeeded = 0;
  idleMarkWorkers = 0;
  maxIdleMarkWorkers = 0;
  assistWorkPerByte = 0;
  assistBytesPerWork = 0;
  fractionalUtilizationGoal = 0;

  /** Bytes of spans in use by the heap. */
  heapInUse = 0;
  /** Bytes given back to the operating system. */
  heapReleased = 0;
  /** Bytes in no span that were not given back. */
  heapFree = 0;
  /** Bytes of objects allocated and freed since the start. */
  totalAlloc = 0;
  totalFree = 0;
  /** Bytes of address space in state Ready. */
  mappedReady = 0;

  /** Sets the defaults of a fresh program. @go runtime/mgcpacer.go (*gcControllerState).init */
  init(gcPercent: number, memoryLimit: number): void {
    this.heapMinimum = defaultHeapMinimum;
    this.triggered = Number.POSITIVE_INFINITY;
    this.setGCPercent(gcPercent);
    this.setMemoryLimit(memoryLimit);
    this.commit(true);
  }

  /**
   * Resets the counters for a cycle of `procs` processors and decides how many workers it gets.
   * `timeTriggered`: the forced two-minute cycle, which takes no idle time where it can.
   *
   * @go runtime/mgcpacer.go (*gcControllerState).startCycle
   */
  startCycle(markStartTime: number, procs: number, timeTriggered: boolean): void {
    this.heapScanWork = 0;
    this.stackScanWork = 0;
    this.globalsScanWork = 0;
    this.bgScanCredit = 0;
    this.assistTime = 0;
    this.dedicatedMarkTime = 0;
    this.fractionalMarkTime = 0;
    this.idleMarkTime = 0;
    this.markStartTime = markStartTime;
    this.triggered = this.heapLive;

    const totalUtilizationGoal = procs * gcBackgroundUtilization;
    let needed = Math.trunc(totalUtilizationGoal + 0.5);
    const utilError = needed / totalUtilizationGoal - 1;
    const maxUtilError = 0.3;
    if (utilError < -maxUtilError || utilError > maxUtilError) {
      if (needed > totalUtilizationGoal) needed--;
      this.fractionalUtilizationGoal = (totalUtilizationGoal - needed) / procs;
    } else {
      this.fractionalUtilizationGoal = 0;
    }
    if (timeTriggered) {
      this.maxIdleMarkWorkers = needed > 0 ? 0 : 1;
    } else {
      this.maxIdleMarkWorkers = procs - needed;
    }
    this.dedicatedMarkWorkersNeeded = needed;
    this.revise();
  }

  /**
   * Recomputes the assist ratios from what is live and what is scanned by now.
   *
   * @go runtime/mgcpacer.go (*gcControllerState).revise
   */
  revise(): void {
    const gcPercent = this.gcPercent < 0 ? 100000 : this.gcPercent;
    const live = this.heapLive;
    const work = this.heapScanWork + this.stackScanWork + this.globalsScanWork;
    let heapGoal = this.heapGoal();
    let scanWorkExpected = this.lastHeapScan + this.lastStackScan + this.globalsScan;
    const maxScanWork = this.heapScan + this.maxStackScan + this.globalsScan;
    if (work > scanWorkExpected) {
      const ratio = (heapGoal - this.triggered) / scanWorkExpected;
      const extHeapGoal = Math.trunc(ratio * maxScanWork) + this.triggered;
      scanWorkExpected = maxScanWork;
      const hardGoal = Math.trunc((1.0 + gcPercent / 100.0) * heapGoal);
      heapGoal = Math.min(extHeapGoal, hardGoal);
    }
    if (live > heapGoal) {
      const maxOvershoot = 1.1;
      heapGoal = Math.trunc(heapGoal * maxOvershoot);
      scanWorkExpected = maxScanWork;
    }
    const scanWorkRemaining = Math.max(scanWorkExpected - work, 1000);
    let heapRemaining = heapGoal - live;
    if (!(heapRemaining > 0)) heapRemaining = 1;
    this.assistWorkPerByte = scanWorkRemaining / heapRemaining;
    this.assistBytesPerWork = heapRemaining / scanWorkRemaining;
  }

  /**
   * Learns the ratio of allocation to marking from the cycle that ends.
   *
   * @go runtime/mgcpacer.go (*gcControllerState).endCycle
   */
  endCycle(now: number, procs: number): void {
    this.lastHeapGoal = this.heapGoal();
    const assistDuration = now - this.markStartTime;
    let utilization = gcBackgroundUtilization;
    if (assistDuration > 0) utilization += this.assistTime / (assistDuration * procs);
    if (this.heapLive <= this.triggered) return;
    let idleUtilization = 0;
    if (assistDuration > 0) idleUtilization = this.idleMarkTime / (assistDuration * procs);
    const scanWork = this.heapScanWork + this.stackScanWork + this.globalsScanWork;
    const currentConsMark =
      ((this.heapLive - this.triggered) * (utilization + idleUtilization)) /
      (scanWork * (1 - utilization));
    this.consMark = currentConsMark;
    for (const last of this.lastConsMark) {
      if (last > this.consMark) this.consMark = last;
    }
    this.lastConsMark.shift();
    this.lastConsMark.push(currentConsMark);
  }

  /**
   * Takes what was marked for the live heap of the next cycle.
   *
   * @go runtime/mgcpacer.go (*gcControllerState).resetLive
   */
  resetLive(bytesMarked: number): void {
    this.heapMarked = bytesMarked;
    this.heapLive = bytesMarked;
    this.heapScan = this.heapScanWork;
    this.lastHeapScan = this.heapScanWork;
    this.lastStackScan = this.stackScanWork;
    this.triggered = Number.POSITIVE_INFINITY;
  }

  /** Books a worker's run of `duration` ns. @go runtime/mgcpacer.go (*gcControllerState).markWorkerStop */
  markWorkerStop(mode: GcMarkWorkerMode, duration: number): void {
    switch (mode) {
      case gcMarkWorkerDedicatedMode:
        this.dedicatedMarkTime += duration;
        this.dedicatedMarkWorkersNeeded++;
        break;
      case gcMarkWorkerFractionalMode:
        this.fractionalMarkTime += duration;
        break;
      case gcMarkWorkerIdleMode:
        this.idleMarkTime += duration;
        this.removeIdleMarkWorker();
        break;
      default:
        throw_('markWorkerStop: unknown mark worker mode');
    }
  }

  /**
   * Books a change of the live heap and of its scannable part, both in bytes.
   * While a cycle marks, heapScan stands still and the assist ratios follow instead.
   *
   * @go runtime/mgcpacer.go (*gcControllerState).update
   */
  update(dHeapLive: number, dHeapScan: number): void {
    this.heapLive += dHeapLive;
    if (!this.blackenEnabled) {
      this.heapScan += dHeapScan;
    } else {
      this.revise();
    }
  }

  /** gcBlackenEnabled, kept here too so that {@link update} needs no runtime. */
  blackenEnabled = false;

  /**
   * Books a stack's growth (or end) of `amount` bytes, by way of a P's slack where there is one.
   *
   * @go runtime/mgcpacer.go (*gcControllerState).addScannableStack
   */
  addScannableStack(pp: object | null, amount: number): void {
    if (pp === null) {
      this.maxStackScan += amount;
      return;
    }
    let slack = this.#stackDeltas.get(pp);
    if (slack === undefined) {
      slack = { maxStackScanDelta: 0 };
      this.#stackDeltas.set(pp, slack);
    }
    slack.maxStackScanDelta += amount;
    if (Math.abs(slack.maxStackScanDelta) >= maxStackScanSlack) {
      this.maxStackScan += slack.maxStackScanDelta;
      slack.maxStackScanDelta = 0;
    }
  }

  readonly #stackDeltas = new WeakMap<object, PerPStackDelta>();

  /** Books data and bss. @go runtime/mgcpacer.go (*gcControllerState).addGlobals */
  addGlobals(amount: number): void {
    this.globalsScan += amount;
  }

  /** Heap size (bytes) at which the cycle is to be done. Above 2^53 it is rounded. */
  heapGoal(): number {
    this.#heapGoalInternal();
    return this.#goal;
  }

  /** {@link heapGoal} as Go has it, to the last bit. */
  heapGoalUint64(): Uint64 {
    const goal = this.heapGoal();
    if (goal <= Number.MAX_SAFE_INTEGER) return goal;
    const exact = this.#memoryLimitHeapGoalExact();
    return exact <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(exact) : exact;
  }

  #goal = 0;
  #minTrigger = 0;

  /** Leaves goal and least trigger in fields. @go runtime/mgcpacer.go (*gcControllerState).heapGoalInternal */
  #heapGoalInternal(): void {
    let goal = this.gcPercentHeapGoal;
    let minTrigger = 0;
    const newGoal = this.memoryLimitHeapGoal();
    if (newGoal < goal) {
      goal = newGoal;
    } else {
      const sweepDistTrigger = this.sweepDistMinTrigger;
      if (sweepDistTrigger > goal) goal = sweepDistTrigger;
      minTrigger = sweepDistTrigger;
      if (this.triggered !== Number.POSITIVE_INFINITY && goal < this.triggered + minRunway) {
        goal = this.triggered + minRunway;
      }
    }
    this.#goal = goal;
    this.#minTrigger = minTrigger;
  }

  /**
   * The largest heap (bytes) that keeps the whole process within memoryLimit.
   *
   * @go runtime/mgcpacer.go (*gcControllerState).memoryLimitHeapGoal
   */
  memoryLimitHeapGoal(): number {
    const memoryLimit = this.memoryLimit;
    const nonHeapMemory = this.mappedReady - this.heapFree - (this.totalAlloc - this.totalFree);
    const overage = this.mappedReady > memoryLimit ? this.mappedReady - memoryLimit : 0;
    if (nonHeapMemory + overage >= memoryLimit) return this.heapMarked;
    let goal = memoryLimit - (nonHeapMemory + overage);
    let headroom = Math.floor(goal / 100) * memoryLimitHeapGoalHeadroomPercent;
    if (headroom < memoryLimitMinHeapGoalHeadroom) headroom = memoryLimitMinHeapGoalHeadroom;
    goal = goal < headroom || goal - headroom < headroom ? headroom : goal - headroom;
    return Math.max(goal, this.heapMarked);
  }

  /** The same for limits that a number cannot hold; only reached where the goal passes 2^53. */
  #memoryLimitHeapGoalExact(): bigint {
    const limit = this.memoryLimit >= maxInt64 ? 2n ** 63n - 1n : BigInt(this.memoryLimit);
    const goal =
      limit - BigInt(this.mappedReady - this.heapFree - (this.totalAlloc - this.totalFree));
    return goal - (goal / 100n) * BigInt(memoryLimitHeapGoalHeadroomPercent);
  }

  /**
   * Heap size (bytes) at which a cycle starts. Invariant: at most {@link heapGoal}.
   *
   * @go runtime/mgcpacer.go (*gcControllerState).trigger
   */
  trigger(): number {
    this.#heapGoalInternal();
    const goal = this.#goal;
    let minTrigger = this.#minTrigger;
    if (this.heapMarked >= goal) return goal;
    if (minTrigger < this.heapMarked) minTrigger = this.heapMarked;
    const step = Math.floor((goal - this.heapMarked) / triggerRatioDen);
    const triggerLowerBound = step * minTriggerRatioNum + this.heapMarked;
    if (minTrigger < triggerLowerBound) minTrigger = triggerLowerBound;
    let maxTrigger = step * maxTriggerRatioNum + this.heapMarked;
    if (goal > defaultHeapMinimum && goal - defaultHeapMinimum > maxTrigger) {
      maxTrigger = goal - defaultHeapMinimum;
    }
    maxTrigger = Math.max(maxTrigger, minTrigger);
    let trigger = this.runway > goal ? minTrigger : goal - this.runway;
    trigger = Math.max(trigger, minTrigger);
    trigger = Math.min(trigger, maxTrigger);
    if (trigger > goal) throw_('produced a trigger greater than the heap goal');
    return trigger;
  }

  /**
   * Fixes the goal and the runway for the cycle to come.
   *
   * @go runtime/mgcpacer.go (*gcControllerState).commit
   */
  commit(isSweepDone: boolean): void {
    this.sweepDistMinTrigger = isSweepDone ? 0 : this.heapLive + sweepMinHeapDistance;
    let goal = Number.POSITIVE_INFINITY;
    if (this.gcPercent >= 0) {
      const roots = this.lastStackScan + this.globalsScan;
      goal = this.heapMarked + Math.floor(((this.heapMarked + roots) * this.gcPercent) / 100);
    }
    if (goal < this.heapMinimum) goal = this.heapMinimum;
    this.gcPercentHeapGoal = goal;
    this.runway = toUint64(
      ((this.consMark * (1 - gcGoalUtilization)) / gcGoalUtilization) *
        (this.lastHeapScan + this.lastStackScan + this.globalsScan),
    );
  }

  /** Sets GOGC and returns what it was; the caller commits. @go runtime/mgcpacer.go (*gcControllerState).setGCPercent */
  setGCPercent(percent: number): number {
    const out = this.gcPercent;
    const value = percent < 0 ? -1 : percent;
    this.heapMinimum =
      value < 0 ? Number.POSITIVE_INFINITY : Math.floor((defaultHeapMinimum * value) / 100);
    this.gcPercent = value;
    return out;
  }

  /** Sets the limit (bytes, negative: leave it) and returns what it was. @go runtime/mgcpacer.go (*gcControllerState).setMemoryLimit */
  setMemoryLimit(limit: number): number {
    const out = this.memoryLimit;
    if (limit >= 0) this.memoryLimit = Math.min(limit, maxInt64);
    return out;
  }

  /** @go runtime/mgcpacer.go (*gcControllerState).addIdleMarkWorker */
  addIdleMarkWorker(): boolean {
    if (this.idleMarkWorkers >= this.maxIdleMarkWorkers) return false;
    this.idleMarkWorkers++;
    return true;
  }

  /** @go runtime/mgcpacer.go (*gcControllerState).needIdleMarkWorker */
  needIdleMarkWorker(): boolean {
    return this.idleMarkWorkers < this.maxIdleMarkWorkers;
  }

  /** @go runtime/mgcpacer.go (*gcControllerState).removeIdleMarkWorker */
  removeIdleMarkWorker(): void {
    if (this.idleMarkWorkers - 1 < 0) throw_('negative idle mark workers');
    this.idleMarkWorkers--;
  }
}

/** Go's conversion of a float64 to uint64 as amd64 does it: a negative whole part wraps to a huge number. */
function toUint64(value: number): number {
  const whole = Math.trunc(value);
  if (Number.isNaN(whole) || Math.abs(whole) >= 2 ** 64) return 2 ** 63;
  return whole < 0 ? 2 ** 64 + whole : whole + 0;
}

/**
 * debug.SetGCPercent: `in` below 0 is off. Returns the previous value.
 *
 * @go runtime/mgcpacer.go setGCPercent
 */
export function setGCPercent(rt: Runtime, percent: number): number {
  const out = rt.gcController.setGCPercent(percent);
  rt.gc.gcControllerCommit(rt);
  if (percent < 0) rt.gc.waitOnMark(rt, rt.gc.work.cycles);
  return out;
}

/**
 * debug.SetMemoryLimit, in bytes; a negative limit only asks. Returns the previous value.
 *
 * @go runtime/mgcpacer.go setMemoryLimit
 */
export function setMemoryLimit(rt: Runtime, limit: number): number {
  const out = rt.gcController.setMemoryLimit(limit);
  if (limit < 0 || out === limit) return out;
  rt.gc.gcControllerCommit(rt);
  return out;
}

/** GOGC's value: -1 for "off", 100 where it is no number. @go runtime/mgcpacer.go readGOGC */
export function readGOGC(value: string): number {
  if (value === 'off') return -1;
  const percent = /^[+-]?\d+$/.test(value) ? Number(value) : 100;
  return Math.abs(percent) < 2 ** 31 ? percent : 100;
}
