/**
 * Background mark workers: which one runs, and for how long.
 *
 * @go runtime/mgc.go, runtime/mgcpacer.go
 */
import { throw_ } from './errors.ts';
import {
  gcDrain,
  gcDrainFlushBgCredit,
  gcDrainFractional,
  gcDrainIdle,
  gcDrainUntilPreempt,
  gcMarkWorkAvailable,
} from './mgcmark.ts';
import {
  type GcMarkWorkerMode,
  gcMarkWorkerDedicatedMode,
  gcMarkWorkerFractionalMode,
  gcMarkWorkerIdleMode,
} from './mgcpacer.ts';
import type { Runtime } from './runtime2.ts';

/** The workers of all Ps. */
export class MarkWorkers {
  /** Time of each P's fractional worker in this cycle, ns. */
  readonly #fractionalMarkTime: number[] = [];
  #workerStartTime = 0;

  /** A cycle begins. */
  startCycle(): void {
    this.#fractionalMarkTime.length = 0;
  }

  /**
   * Runs the worker that findRunnable would choose; `idle` allows one that works for nothing. Ends
   * the mark phase if no work is left.
   *
   * @go runtime/mgcpacer.go (*gcControllerState).findRunnableGCWorker
   */
  run(rt: Runtime, idle: boolean): void {
    const c = rt.gcController;
    if (!rt.gc.blackenEnabled) throw_('gcControllerState.findRunnable: blackening not enabled');
    const dedicated = c.dedicatedMarkWorkersNeeded;
    if (dedicated > 0) {
      let quanta = dedicated;
      this.#runWorker(rt, gcMarkWorkerDedicatedMode, idle ? null : () => --quanta <= 0);
    } else if (this.#fractionalWorkerDue(rt)) {
      this.#runWorker(rt, gcMarkWorkerFractionalMode, () => this.#pollFractionalWorkerExit(rt));
    } else if (!idle && rt.allp.length > 1 && c.addIdleMarkWorker()) {
      this.#runWorker(rt, gcMarkWorkerIdleMode, () => true);
    }
    if (idle && rt.gc.blackenEnabled && c.addIdleMarkWorker()) {
      this.#runWorker(rt, gcMarkWorkerIdleMode, () => rt.gc.host.hasRunnable(rt));
    }
  }

  /** The cycle has just begun, and a fractional worker is due. */
  standsStill(rt: Runtime): boolean {
    return rt.nanotime === rt.gcController.markStartTime && this.#fractionalWorkerDue(rt);
  }

  #fractionalWorkerDue(rt: Runtime): boolean {
    const c = rt.gcController;
    if (c.fractionalUtilizationGoal === 0) return false;
    const delta = rt.nanotime - c.markStartTime;
    const own = this.#fractionalMarkTime[rt.m.p?.id ?? 0] ?? 0;
    return !(delta > 0 && own / delta > c.fractionalUtilizationGoal);
  }

  /** @go runtime/mgc.go pollFractionalWorkerExit */
  #pollFractionalWorkerExit(rt: Runtime): boolean {
    const c = rt.gcController;
    const delta = rt.nanotime - c.markStartTime;
    if (delta <= 0) return true;
    const own = this.#fractionalMarkTime[rt.m.p?.id ?? 0] ?? 0;
    const selfTime = own + (rt.nanotime - this.#workerStartTime);
    return selfTime / delta > 1.2 * c.fractionalUtilizationGoal;
  }

  /** One run of a background worker. @go runtime/mgc.go gcBgMarkWorker */
  #runWorker(rt: Runtime, mode: GcMarkWorkerMode, check: (() => boolean) | null): void {
    const c = rt.gcController;
    const startTime = rt.nanotime;
    this.#workerStartTime = startTime;
    let flags = gcDrainFlushBgCredit;
    if (mode === gcMarkWorkerDedicatedMode) c.dedicatedMarkWorkersNeeded--;
    if (mode !== gcMarkWorkerDedicatedMode) flags |= gcDrainUntilPreempt;
    if (mode === gcMarkWorkerFractionalMode) flags |= gcDrainFractional;
    if (mode === gcMarkWorkerIdleMode) flags |= gcDrainIdle;
    rt.gc.locks++;
    if (rt.m.p !== null) rt.m.p.schedtick++;
    gcDrain(rt, rt.gc.gcwOf(rt.m.p), flags, check);
    rt.gc.locks--;
    const duration = rt.nanotime - startTime;
    c.markWorkerStop(mode, duration);
    if (mode === gcMarkWorkerFractionalMode) {
      const id = rt.m.p?.id ?? 0;
      this.#fractionalMarkTime[id] = (this.#fractionalMarkTime[id] ?? 0) + duration;
    }
    if (!gcMarkWorkAvailable(rt, null)) rt.gc.gcMarkDone(rt);
  }
}
