/**
 * The collector's cycle: start, mark, mark termination, sweep, and runtime.GC.
 *
 * ## How marking and the program take turns
 *
 * One thread runs the world, so marking runs where the program stops, by fixed rules:
 *
 * 1. A cycle starts inside the allocation that crossed the trigger, as in Go; the allocation then goes on.
 * 2. An allocation in debt assists on the spot. In a program of one goroutine the assists alone can
 *    end the cycle, as they do in Go with GOMAXPROCS=1 as long as no time slice ends.
 * 3. At each scheduling point ({@link GcState.schedulingPoint}) the background workers get their
 *    quarter of the processors: with GOMAXPROCS=1 one fractional worker, which runs until 100,000
 *    bytes are scanned if it had less than its share so far; with 4 and more dedicated ones, for
 *    that many bytes each; with 2 or 3 an idle one likewise when the fractional one has had its
 *    share. When nothing else can run, idle workers end the marking.
 * 4. Whoever finds no work left ends the mark phase at once.
 * 5. After that a background sweeper sweeps ten spans at each scheduling point, and every
 *    allocation of a span what the pacer demands.
 *
 * Time is virtual: scanning a byte and allocating a byte in a cycle take {@link GcState.nsPerScanByte}
 * and {@link GcState.nsPerAllocByte}. A goroutine that allocates for 10 ms of it without a scheduling
 * point passes one inside the allocation, as sysmon would preempt it; with more than one processor
 * every 0.1 ms, since workers run beside it.
 *
 * @go runtime/mgc.go
 */
import { throw_ } from './errors.ts';
import { mallocgc } from './malloc.ts';
import { findObject, heapBitsForAddr, typePointersOf } from './mbitmap.ts';
import {
  gcAssistAlloc,
  gcDrain,
  gcDrainFlushBgCredit,
  gcDrainFractional,
  gcDrainIdle,
  gcDrainUntilPreempt,
  gcMarkRootPrepare,
  gcMarkTinyAllocs,
  gcMarkWorkAvailable,
  gcmarknewobject,
  markSpan,
  shade,
} from './mgcmark.ts';
import {
  type GcMarkWorkerMode,
  gcAssistTimeSlack,
  gcMarkWorkerDedicatedMode,
  gcMarkWorkerFractionalMode,
  gcMarkWorkerIdleMode,
} from './mgcpacer.ts';
import { finishsweep_m, gcPaceSweeper, isSweepDone, sweepone } from './mgcsweep.ts';
import { GcWork, WorkbufPool } from './mgcwork.ts';
import { type MSpan, mSpanInUse } from './mspan.ts';
import type { G, P, Runtime } from './runtime2.ts';
import { inFrame } from './runtimefuncs.ts';
import { freeStackSpans, gcComputeStartingStackSize } from './stack.ts';

/** Phases of gcphase. */
export const GCoff = 0;
export const GCmark = 1;
const GCmarktermination = 2;

/** What may start a cycle. @go runtime/mgc.go gcTriggerKind */
export const gcTriggerHeap = 0;
export const gcTriggerTime = 1;
export const gcTriggerCycle = 2;

/** @go runtime/mgc.go gcTrigger */
export interface GcTrigger {
  readonly kind: 0 | 1 | 2;
  /** gcTriggerTime: the time now, ns. */
  readonly now?: number;
  /** gcTriggerCycle: the cycle to start. */
  readonly n?: number;
}

export type GcDrainFlags = number;

/** Time after which a collection is forced, ns. */
const forcegcperiod = 2 * 60 * 1e9;
/** Time slice after which sysmon preempts a goroutine, ns. */
const forcePreemptNS = 10e6;
/** Turn of a program between two looks at workers that run beside it on other processors, ns. */
const parallelSliceNS = 100e3;
/** Mutator's turn between two scheduling points if its own work took no time, ns. */
const mutatorTurnNS = 100e3;
const sweepBatchSize = 10;
/** Heap goal (bytes) from which on huge pages are worth it for the heap's own tables. */
const minHeapForMetadataHugePages = 2 ** 30;
const wbBufEntries = 512;
const pauses = 256;
/** Arm64 passes 16 integers and pointers in registers; no target has more for them. @go internal/abi/abi_arm64.go */
const registerCount = 16;

/** What the collector asks of the layers above it. {@link bareHost} answers for a world without goroutines. */
export interface GcHost {
  /** Makes the background worker goroutine of a P, before the first cycle. */
  startMarkWorker(rt: Runtime): void;
  /** Makes a waiting system goroutine runnable; `next`: right after the current one. */
  ready(rt: Runtime, gp: G, next: boolean): void;
  /** The same as the last to run, by a thread that has a P or has none. */
  injectglist(rt: Runtime, gp: G, withP: boolean): void;
  /** Makes the goroutine that runs finalizers, or null in a world without any. */
  startFinalizerGoroutine(rt: Runtime): G | null;
  /** True if another goroutine waits to run: an idle worker then stops. */
  hasRunnable(rt: Runtime): boolean;
  /** Frees the stacks of dead goroutines. @go runtime/mgcmark.go markrootFreeGStacks */
  freeGStacks(rt: Runtime): void;
  /** Drops the central caches of sudogs and defers. @go runtime/mgc.go clearpools */
  clearpools(rt: Runtime): void;
}

/** A host for a world without system goroutines. */
const bareHost: GcHost = {
  startMarkWorker: () => undefined,
  ready: () => undefined,
  injectglist: () => undefined,
  startFinalizerGoroutine: () => null,
  hasRunnable: () => false,
  freeGStacks: () => undefined,
  clearpools: () => undefined,
};

/** State of a cycle. @go runtime/mgc.go workType */
class WorkState {
  readonly bufs = new WorkbufPool();
  bytesMarked = 0;
  markrootNext = 0;
  markrootJobs = 0;
  /** Start of the last mark termination, ns. */
  tstart = 0;
  nDataRoots = 0;
  nBSSRoots = 0;
  nSpanRoots = 0;
  nStackRoots = 0;
  baseData = 0;
  baseBSS = 0;
  baseSpans = 0;
  baseStacks = 0;
  baseEnd = 0;
  /** allgs as the cycle found them. */
  stackRoots: readonly G[] | null = null;
  userForced = false;
  initialHeapLive = 0;
  /** Cycles started. */
  cycles = 0;
  tSweepTerm = 0;
  tMark = 0;
  tMarkTerm = 0;
  tEnd = 0;
  pauseNS = 0;
  heap0 = 0;
  heap1 = 0;
  heap2 = 0;
}

/** Where a goroutine that waits for the collector stands: it parks, or lets others run. */
export type GcWait = 'park' | 'gosched';

/** Pointers that the write barrier has seen, yet to be greyed. @go runtime/mwbbuf.go wbBuf */
interface WbBuf {
  readonly buf: Float64Array;
  n: number;
}

/** The collector of one world. @go runtime/mgc.go */
export class GcState {
  gcphase: 0 | 1 | 2 = GCoff;
  /** gcBlackenEnabled: assists and workers may mark. */
  blackenEnabled = false;
  writeBarrierEnabled = false;
  /** Greater than 0: on the system stack or with locks held, where no cycle starts and nobody assists. */
  locks = 0;
  /** Wall clock at nanotime 0, ns since 1970. */
  epochUnixNs = 0n;
  nsPerScanByte = 1;
  nsPerAllocByte = 0.5;
  /** gcBgMarkWorkerCount. */
  bgMarkWorkerCount = 0;
  /** The goroutine of the background sweeper, if the world has one. */
  sweepG: G | null = null;
  host: GcHost = bareHost;
  readonly work = new WorkState();
  /** Goroutines in runtime.GC that wait for the end of the mark phase, newest last. */
  sweepWaiters: G[] = [];
  /** sweep.parked: the background sweeper waits for the next cycle. */
  sweepParked = true;

  /**
   * The latest pointers that the running program holds in no memory yet, as a processor's registers
   * do: roots until others take their place. 0: none.
   */
  readonly registers = new Float64Array(registerCount);
  #nextRegister = 0;

  readonly #gcws: GcWork[] = [];
  readonly #wbBufs: WbBuf[] = [];
  readonly #fractionalMarkTime: number[] = [];
  #assistTime = 0;
  #lastSchedule = 0;

  /** Keeps what `p` points to alive while the program decides where to store it. */
  hold(p: number): void {
    this.registers[this.#nextRegister] = p;
    this.#nextRegister = (this.#nextRegister + 1) % registerCount;
  }

  /** The grey queue of a P; of P 0 before there are Ps. */
  gcwOf(pp: P | null): GcWork {
    const id = pp === null ? 0 : pp.id;
    let gcw = this.#gcws[id];
    if (gcw === undefined) {
      gcw = new GcWork(this.work.bufs);
      this.#gcws[id] = gcw;
    }
    return gcw;
  }

  #wbBufOf(pp: P | null): WbBuf {
    const id = pp === null ? 0 : pp.id;
    let wbBuf = this.#wbBufs[id];
    if (wbBuf === undefined) {
      wbBuf = { buf: new Float64Array(wbBufEntries), n: 0 };
      this.#wbBufs[id] = wbBuf;
    }
    return wbBuf;
  }

  #setGCPhase(rt: Runtime, phase: 0 | 1 | 2): void {
    this.gcphase = phase;
    this.writeBarrierEnabled = phase !== GCoff;
    rt.observer?.onEvent({ name: 'gcPhase', phase });
  }

  #setBlackenEnabled(rt: Runtime, enabled: boolean): void {
    this.blackenEnabled = enabled;
    rt.gcController.blackenEnabled = enabled;
  }

  /** Whether the trigger's condition holds. @go runtime/mgc.go (gcTrigger).test */
  test(rt: Runtime, trigger: GcTrigger): boolean {
    if (!rt.memstats.enablegc || this.gcphase !== GCoff) return false;
    switch (trigger.kind) {
      case gcTriggerHeap:
        return rt.gcController.heapLive >= rt.gcController.trigger();
      case gcTriggerTime:
        if (rt.gcController.gcPercent < 0) return false;
        return (
          rt.memstats.lastGcNanotime !== 0 &&
          trigger.now! - rt.memstats.lastGcNanotime > forcegcperiod
        );
      case gcTriggerCycle:
        return trigger.n! - this.work.cycles > 0;
    }
  }

  /** After an allocation took a new span: starts a cycle if the heap has reached the trigger. */
  heapTrigger(rt: Runtime): void {
    if (this.locks > 0) return;
    const trigger: GcTrigger = { kind: gcTriggerHeap };
    if (rt.observer !== undefined) this.#tellTrigger(rt);
    if (this.test(rt, trigger)) this.gcStart(rt, trigger);
  }

  #tellTrigger(rt: Runtime): void {
    const c = rt.gcController;
    const { gcphase } = this;
    rt.observer!.onEvent({
      name: 'gcTriggerTest',
      heapLive: c.heapLive,
      trigger: c.trigger(),
      heapGoal: c.heapGoal(),
      gcphase,
    });
  }

  /**
   * Starts a cycle if the trigger still holds once the last one is swept. On return marking is
   * under way.
   *
   * @go runtime/mgc.go gcStart
   */
  gcStart(rt: Runtime, trigger: GcTrigger): void {
    if (this.locks > 0) return;
    while (this.test(rt, trigger) && sweepone(rt) >= 0) {
      // Each round sweeps one span of the last cycle.
    }
    if (!this.test(rt, trigger)) return;
    const { work } = this;
    const c = rt.gcController;
    work.userForced = trigger.kind === gcTriggerCycle;
    rt.observer?.onEvent({ name: 'gcStart', cycle: work.cycles + 1, heapLive: c.heapLive });
    for (const p of rt.allp) {
      if (p.mcache !== null && p.mcache.flushGen !== rt.mheap.sweepgen)
        throw_('p mcache not flushed');
    }
    for (; this.bgMarkWorkerCount < Math.max(rt.allp.length, 1); this.bgMarkWorkerCount++) {
      this.locks++;
      this.host.startMarkWorker(rt);
      this.locks--;
    }
    this.#gcResetMarkState(rt);
    work.heap0 = c.heapLive;
    work.pauseNS = 0;
    const stwStart = rt.nanotime;
    work.tSweepTerm = stwStart;
    this.locks++;
    finishsweep_m(rt);
    this.host.clearpools(rt);
    work.cycles++;
    this.#assistTime = 0;
    this.#fractionalMarkTime.length = 0;
    c.startCycle(rt.nanotime, Math.max(rt.allp.length, 1), trigger.kind === gcTriggerTime);
    this.#setGCPhase(rt, GCmark);
    gcMarkRootPrepare(rt);
    gcMarkTinyAllocs(rt);
    this.#setBlackenEnabled(rt, true);
    rt.nanotime += stopTheWorldNS;
    work.pauseNS += rt.nanotime - stwStart;
    work.tMark = rt.nanotime;
    this.#lastSchedule = rt.nanotime;
    this.locks--;
  }

  #gcResetMarkState(rt: Runtime): void {
    for (const gp of rt.allgs) {
      gp.gcscandone = false;
      gp.gcAssistBytes = 0;
    }
    rt.mheap.clearPageMarks();
    this.work.bytesMarked = 0;
    this.work.initialHeapLive = rt.gcController.heapLive;
  }

  /**
   * Charges `size` bytes to the running goroutine's credit and marks if it is in debt. Returns the
   * goroutine, to charge the rest of the slot to; null while no cycle marks.
   *
   * @go runtime/malloc.go deductAssistCredit
   */
  deductAssistCredit(rt: Runtime, size: number): G | null {
    if (!this.blackenEnabled) return null;
    const assistG = rt.m.curg;
    if (assistG === null) return null;
    rt.nanotime += size * this.nsPerAllocByte;
    if (
      rt.nanotime - this.#lastSchedule >=
      (rt.allp.length > 1 ? parallelSliceNS : forcePreemptNS)
    ) {
      this.#timeSlice(rt);
      if (!this.blackenEnabled) return null;
    }
    assistG.gcAssistBytes -= size;
    if (assistG.gcAssistBytes < 0) this.gcAssistAlloc(rt, assistG);
    return assistG;
  }

  /** @go runtime/mgcmark.go gcAssistAlloc */
  gcAssistAlloc(rt: Runtime, gp: G): void {
    if (this.locks > 0) return;
    this.locks++;
    gcAssistAlloc(rt, gp);
    this.locks--;
  }

  /** The end of a time slice inside an allocation. */
  #timeSlice(rt: Runtime): void {
    if (this.locks > 0) return;
    this.locks++;
    this.schedulingPoint(rt, false);
    this.locks--;
  }

  /** Books `duration` ns of assisting. */
  bookAssistTime(rt: Runtime, duration: number): void {
    this.#assistTime += duration;
    if (this.#assistTime > gcAssistTimeSlack) {
      rt.gcController.assistTime += this.#assistTime;
      this.#assistTime = 0;
    }
  }

  /** Marks a new object black while a cycle runs. @go runtime/mgcmark.go gcmarknewobject */
  gcmarknewobject(rt: Runtime, span: MSpan, obj: number): void {
    gcmarknewobject(rt, span, obj);
  }

  /** Greys the object that `p` points into. @go runtime/mgcmark.go shade */
  shade(rt: Runtime, p: number): void {
    shade(rt, p);
  }

  /**
   * Lets the collector have its turn where the program lets others run. `idle`: nothing else can.
   * Call it whenever the scheduler looks for a goroutine to run.
   */
  schedulingPoint(rt: Runtime, idle: boolean): void {
    if (this.blackenEnabled) {
      if (rt.nanotime === this.#lastSchedule) rt.nanotime += mutatorTurnNS;
      this.runBackgroundWorker(rt, idle);
      // Where no time passes, a fractional worker never has had its share.
      while (this.blackenEnabled && this.#standsStill(rt)) this.runBackgroundWorker(rt, idle);
    }
    const fing = rt.mfinal.wakefing();
    if (fing !== null) this.host.ready(rt, fing, true);
    if (this.sweepG === null && !this.sweepParked) this.bgsweepTurn(rt);
    rt.scavenger.sysmon(rt, false);
    if (rt.scavenger.g === null) rt.scavenger.turn(rt);
    this.#lastSchedule = rt.nanotime;
  }

  /**
   * Runs the worker that findRunnable would choose; `idle` allows one that works for nothing. Ends
   * the mark phase if no work is left.
   *
   * @go runtime/mgcpacer.go (*gcControllerState).findRunnableGCWorker
   */
  runBackgroundWorker(rt: Runtime, idle: boolean): void {
    const c = rt.gcController;
    if (!this.blackenEnabled) throw_('gcControllerState.findRunnable: blackening not enabled');
    const dedicated = c.dedicatedMarkWorkersNeeded;
    if (dedicated > 0) {
      let quanta = dedicated;
      this.#runWorker(rt, gcMarkWorkerDedicatedMode, idle ? null : () => --quanta <= 0);
    } else if (this.#fractionalWorkerDue(rt)) {
      this.#runWorker(rt, gcMarkWorkerFractionalMode, () => this.#pollFractionalWorkerExit(rt));
    } else if (!idle && rt.allp.length > 1 && c.addIdleMarkWorker()) {
      this.#runWorker(rt, gcMarkWorkerIdleMode, () => true);
    }
    if (idle && this.blackenEnabled && c.addIdleMarkWorker()) {
      this.#runWorker(rt, gcMarkWorkerIdleMode, () => this.host.hasRunnable(rt));
    }
  }

  #standsStill(rt: Runtime): boolean {
    return rt.nanotime === rt.gcController.markStartTime && this.#fractionalWorkerDue(rt);
  }

  #workerStartTime = 0;

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
    this.locks++;
    if (rt.m.p !== null) rt.m.p.schedtick++;
    gcDrain(rt, this.gcwOf(rt.m.p), flags, check);
    this.locks--;
    const duration = rt.nanotime - startTime;
    c.markWorkerStop(mode, duration);
    if (mode === gcMarkWorkerFractionalMode) {
      const id = rt.m.p?.id ?? 0;
      this.#fractionalMarkTime[id] = (this.#fractionalMarkTime[id] ?? 0) + duration;
    }
    if (!gcMarkWorkAvailable(rt, null)) this.gcMarkDone(rt);
  }

  /**
   * Ends the mark phase unless some P still has work that it did not publish.
   *
   * @go runtime/mgc.go gcMarkDone
   */
  gcMarkDone(rt: Runtime): void {
    for (;;) {
      if (this.gcphase !== GCmark || gcMarkWorkAvailable(rt, null)) return;
      let flushed = false;
      for (const gcw of this.#eachP(rt)) {
        gcw.dispose(rt);
        if (gcw.flushedWork) flushed = true;
        gcw.flushedWork = false;
      }
      if (!flushed) break;
    }
    const stwStart = rt.nanotime;
    this.work.tMarkTerm = stwStart;
    gcComputeStartingStackSize(rt);
    this.#setBlackenEnabled(rt, false);
    rt.gcController.endCycle(stwStart, Math.max(rt.allp.length, 1));
    this.#gcMarkTermination(rt, stwStart);
  }

  /** Grey queues of all Ps, with what their write barriers saw greyed. */
  #eachP(rt: Runtime): GcWork[] {
    if (rt.allp.length === 0) {
      this.#wbBufFlush1(rt, null);
      return [this.gcwOf(null)];
    }
    for (const p of rt.allp) this.#wbBufFlush1(rt, p);
    return rt.allp.map((p) => this.gcwOf(p));
  }

  /** With the world stopped: closes the books of the cycle and starts sweeping. @go runtime/mgc.go gcMarkTermination */
  #gcMarkTermination(rt: Runtime, stwStart: number): void {
    const { work } = this;
    this.locks++;
    this.#setGCPhase(rt, GCmarktermination);
    work.heap1 = rt.gcController.heapLive;
    this.#gcMark(rt, rt.nanotime);
    work.heap2 = work.bytesMarked;
    this.#setGCPhase(rt, GCoff);
    this.#gcSweep(rt);
    rt.memstats.lastHeapInUse = rt.gcController.heapInUse;
    this.gcControllerCommit(rt);
    rt.nanotime += stopTheWorldNS;
    this.#bookPause(rt, rt.nanotime - stwStart);
    if (work.userForced) rt.memstats.numforcedgc++;
    rt.memstats.numgc++;
    for (let gp = this.sweepWaiters.pop(); gp !== undefined; gp = this.sweepWaiters.pop()) {
      this.host.injectglist(rt, gp, true);
    }
    rt.mheap.pages.scav.index.nextGen();
    rt.mprof.nextCycle();
    rt.mprof.flush();
    work.bufs.prepareFreeWorkbufs();
    freeStackSpans(rt);
    for (const p of rt.allp) {
      p.mcache?.prepareForSweep(rt);
      if (p.status === Pidle && p.pcache?.empty() === false) {
        p.pcache.flush(rt);
        rt.observer?.onEvent({ name: 'pageCacheFlush', p: p.id });
      }
    }
    if (rt.gcController.heapGoal() > minHeapForMetadataHugePages) {
      rt.mheap.pages.enableChunkHugePages();
    }
    rt.observer?.onEvent({
      name: 'gcDone',
      cycle: work.cycles,
      marked: work.bytesMarked,
      heapGoal: rt.gcController.heapGoal(),
    });
    this.locks--;
  }

  #bookPause(rt: Runtime, termination: number): void {
    const { work } = this;
    const { memstats } = rt;
    work.pauseNS += termination;
    work.tEnd = rt.nanotime;
    const unixNow = this.epochUnixNs + BigInt(Math.trunc(rt.nanotime));
    memstats.lastGcUnix = unixNow;
    memstats.lastGcNanotime = rt.nanotime;
    memstats.pauseNs[memstats.numgc % pauses] = work.pauseNS;
    memstats.pauseEnd[memstats.numgc % pauses] = unixNow;
    memstats.pauseTotalNs += work.pauseNS;
  }

  /** Checks that marking is done and hands its result to the pacer. @go runtime/mgc.go gcMark */
  #gcMark(rt: Runtime, startTime: number): void {
    const { work } = this;
    work.tstart = startTime;
    if (work.bufs.full.length !== 0 || work.markrootNext < work.markrootJobs) {
      throw_('non-empty mark queue after concurrent mark');
    }
    work.stackRoots = null;
    for (const gcw of this.#eachP(rt)) {
      if (!gcw.empty()) throw_('P has cached GC work at end of mark termination');
      gcw.dispose(rt);
    }
    for (const p of rt.allp) {
      if (p.mcache !== null) p.mcache.scanAlloc = 0;
    }
    rt.gcController.resetLive(work.bytesMarked);
  }

  /** Turns every span into an unswept one and wakes the background sweeper. @go runtime/mgc.go gcSweep */
  #gcSweep(rt: Runtime): void {
    rt.mheap.startSweep();
    if (this.sweepParked) {
      this.sweepParked = false;
      if (this.sweepG !== null && !this.inline) this.host.ready(rt, this.sweepG, true);
    }
  }

  /**
   * Fixes goal and trigger anew and lets the sweeper and the scavenger follow.
   *
   * @go runtime/mgcpacer.go gcControllerCommit
   */
  gcControllerCommit(rt: Runtime): void {
    const c = rt.gcController;
    c.commit(isSweepDone(rt));
    if (this.gcphase !== GCoff) c.revise();
    const trigger = c.trigger();
    gcPaceSweeper(rt, trigger);
    rt.scavenger.gcPaceScavenger(rt, c.memoryLimit, c.heapGoal(), c.lastHeapGoal);
  }

  /**
   * One turn of the background sweeper: ten spans, or, once all are swept, the freeing of the mark
   * buffers' spans. 'park' when it waits for the next cycle.
   *
   * @go runtime/mgcsweep.go bgsweep
   */
  bgsweepTurn(rt: Runtime): GcWait {
    for (let nSwept = 0; sweepone(rt) >= 0; ) {
      nSwept++;
      if (nSwept % sweepBatchSize === 0) return 'gosched';
    }
    if (this.work.bufs.freeSomeWbufs(rt)) return 'gosched';
    this.sweepParked = true;
    return 'park';
  }

  /** Set while {@link GC} takes the turns of the system goroutines itself: nobody is to be woken. */
  inline = false;

  /**
   * runtime.GC: a whole cycle, swept, and its profile published. Runs in one go, taking the turns of
   * the workers, the background sweeper and the background scavenger in the order that a single
   * processor gives them. No other goroutine runs meanwhile: where there are some, use {@link steps}.
   *
   * @go runtime/mgc.go GC
   */
  GC(rt: Runtime): void {
    const wasInline = this.inline;
    this.inline = true;
    for (const wait of this.steps(rt)) {
      if (wait === 'park') this.#whileParked(rt);
      else if (!this.sweepParked) this.bgsweepTurn(rt);
    }
    this.inline = wasInline;
  }

  /** What one processor does from the caller's parking until marking is done and it runs again. */
  #whileParked(rt: Runtime): void {
    if (this.blackenEnabled) this.runBackgroundWorker(rt, false);
    if (this.blackenEnabled) rt.scavenger.turn(rt);
    while (this.blackenEnabled) this.runBackgroundWorker(rt, true);
    if (!this.sweepParked) this.bgsweepTurn(rt);
    rt.scavenger.turn(rt);
  }

  /**
   * runtime.GC for a goroutine among others: yields where it parks until marking is done (go on at
   * any time, it looks again) and where it lets others run.
   *
   * @go runtime/mgc.go GC
   */
  *steps(rt: Runtime): Generator<GcWait, void, void> {
    const { work } = this;
    const n = work.cycles;
    this.registers.fill(0);
    yield* this.#gcWaitOnMark(rt, n);
    this.gcStart(rt, { kind: gcTriggerCycle, n: n + 1 });
    yield* this.#gcWaitOnMark(rt, n + 1);
    while (work.cycles === n + 1 && sweepone(rt) >= 0) yield 'gosched';
    while (work.cycles === n + 1 && !isSweepDone(rt)) yield 'gosched';
    if (work.cycles === n + 1 || (this.gcphase === GCmark && work.cycles === n + 2)) {
      rt.mprof.postSweep();
    }
  }

  /** Parks until the mark phase of cycle `n` is over. @go runtime/mgc.go gcWaitOnMark */
  *#gcWaitOnMark(rt: Runtime, n: number): Generator<GcWait, void, void> {
    for (;;) {
      const nMarks = this.work.cycles + (this.gcphase === GCmark ? 0 : 1);
      if (nMarks > n) return;
      if (!this.inline && rt.m.curg !== null) this.sweepWaiters.push(rt.m.curg);
      yield 'park';
    }
  }

  /** Finishes the mark phase of cycle `n` here and now. */
  waitOnMark(rt: Runtime, n: number): void {
    const wasInline = this.inline;
    this.inline = true;
    for (const _ of this.#gcWaitOnMark(rt, n)) this.#whileParked(rt);
    this.inline = wasInline;
  }

  /**
   * debug.FreeOSMemory: a collection, then every free page goes back to the system.
   *
   * @go runtime/mheap.go runtime_debug_freeOSMemory
   */
  freeOSMemory(rt: Runtime): void {
    this.GC(rt);
    rt.scavenger.scavengeAll(rt);
  }

  /**
   * Stores a pointer that the collector must hear of: overwritten and new value are shaded while a
   * cycle marks. Every pointer store into the heap, data or bss goes through here.
   *
   * @go runtime/mbarrier.go
   */
  writePointer(rt: Runtime, slot: number, value: number): void {
    if (this.writeBarrierEnabled) this.gcWriteBarrier(rt, rt.memory.readUintptr(slot), value);
    rt.memory.writeUintptr(slot, value);
  }

  /**
   * The barrier for a copy of `size` bytes from `src` (0: clearing) to `dst`, before it happens.
   * Where `dst` is neither heap object nor global there is no barrier.
   *
   * @go runtime/mbitmap_allocheaders.go bulkBarrierPreWrite
   */
  bulkBarrierPreWrite(rt: Runtime, dst: number, src: number, size: number): void {
    if (!this.writeBarrierEnabled || size === 0) return;
    const { memory, mheap, firstmoduledata: md } = rt;
    const barrier = (slot: number): void => {
      const value = src === 0 ? 0 : memory.readUintptr(src + (slot - dst));
      this.gcWriteBarrier(rt, memory.readUintptr(slot), value);
    };
    const s = mheap.spanOf(dst);
    if (s === null) {
      const inData = md.data <= dst && dst < md.edata;
      if (!inData && !(md.bss <= dst && dst < md.ebss)) return;
      const mask = inData ? md.gcdatamask.bytedata : md.gcbssmask.bytedata;
      const first = (dst - (inData ? md.data : md.bss)) / rt.arch.ptrSize;
      for (let i = 0; i < size / rt.arch.ptrSize; i++) {
        const word = first + i;
        if ((mask[word >>> 3]! >>> (word & 7)) & 1) barrier(dst + i * rt.arch.ptrSize);
      }
      return;
    }
    if (s.state !== mSpanInUse || dst < s.base() || s.limit <= dst || s.noscan()) return;
    const cursor = rt.allocHeaders ? typePointersOf(rt, dst, size) : heapBitsForAddr(rt, dst, size);
    for (let slot = cursor.next(); slot !== 0; slot = cursor.next()) barrier(slot);
  }

  /** Buffers the two pointers of a barrier. @go runtime/mwbbuf.go (*wbBuf).get2 */
  gcWriteBarrier(rt: Runtime, old: number, value: number): void {
    const pp = rt.m.p;
    const wbBuf = this.#wbBufOf(pp);
    if (wbBuf.n + 2 > wbBuf.buf.length) this.#wbBufFlush1(rt, pp);
    wbBuf.buf[wbBuf.n++] = old;
    wbBuf.buf[wbBuf.n++] = value;
  }

  /** Greys what the running P's write barriers have seen. @go runtime/mwbbuf.go wbBufFlush */
  wbBufFlush(rt: Runtime): void {
    this.#wbBufFlush1(rt, rt.m.p);
  }

  /** @go runtime/mwbbuf.go wbBufFlush1 */
  #wbBufFlush1(rt: Runtime, pp: P | null): void {
    const wbBuf = this.#wbBufOf(pp);
    if (wbBuf.n === 0) return;
    const gcw = this.gcwOf(pp);
    let pos = 0;
    for (let i = 0; i < wbBuf.n; i++) {
      const ptr = wbBuf.buf[i]!;
      if (ptr < minLegalPointer) continue;
      const { base, span, objIndex } = findObject(rt, ptr);
      if (base === 0 || span === null || span.isMarked(objIndex)) continue;
      span.setMarked(objIndex);
      markSpan(rt, span);
      rt.observer?.onEvent({ name: 'greyobject', addr: base, span: span.startAddr });
      if (span.noscan()) gcw.bytesMarked += span.elemsize;
      else wbBuf.buf[pos++] = base;
    }
    gcw.putBatch(rt, wbBuf.buf, pos);
    wbBuf.n = 0;
  }
}

/**
 * What a background worker's goroutine allocates when it first runs: its entry in the pool of
 * workers, which holds no pointers. Returns its address.
 *
 * @go runtime/mgc.go gcBgMarkWorkerNode
 */
export function newGcBgMarkWorkerNode(rt: Runtime): number {
  const { ptrSize } = rt.arch;
  return inFrame(rt, 'runtime.newobject', () => mallocgc(rt, 8 + 3 * ptrSize, null, true));
}

const minLegalPointer = 4096;
/** Virtual length of each of a cycle's two pauses, ns. */
const stopTheWorldNS = 10e3;
/** P status of one that runs nothing. */
const Pidle = 0;
