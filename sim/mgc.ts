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
import { bareHost, type GcHost } from './gchost.ts';
import {
  GCmark,
  GCoff,
  type GcTrigger,
  type GcWait,
  gcTriggerCycle,
  gcTriggerHeap,
  gcTriggerTime,
  stopTheWorldNS,
  WorkState,
} from './mgccycle.ts';
import { gcAssistAlloc, gcMarkRootPrepare, gcMarkWorkAvailable } from './mgcmark.ts';
import { gcAssistTimeSlack } from './mgcpacer.ts';
import { gcMarkTinyAllocs, gcmarknewobject, shade } from './mgcscan.ts';
import { finishsweep_m, gcPaceSweeper, isSweepDone, sweepone } from './mgcsweep.ts';
import { gcMarkTermination } from './mgctermination.ts';
import { GcWork } from './mgcwork.ts';
import { MarkWorkers } from './mgcworker.ts';
import type { MSpan } from './mspan.ts';
import { WbBufs } from './mwbbuf.ts';
import type { G, P, Runtime } from './runtime2.ts';
import { gcComputeStartingStackSize } from './stack.ts';

/** Time after which a collection is forced, ns. */
const forcegcperiod = 2 * 60 * 1e9;
/** Time slice after which sysmon preempts a goroutine, ns. */
const forcePreemptNS = 10e6;
/** Turn of a program between two looks at workers that run beside it on other processors, ns. */
const parallelSliceNS = 100e3;
/** Mutator's turn between two scheduling points if its own work took no time, ns. */
const mutatorTurnNS = 100e3;
const sweepBatchSize = 10;
/** Arm64 passes 16 integers and pointers in registers; no target has more for them. @go internal/abi/abi_arm64.go */
const registerCount = 16;

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
  readonly #wbBufs = new WbBufs();
  readonly #workers = new MarkWorkers();
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

  /** @go runtime/mgc.go setGCPhase */
  setGCPhase(rt: Runtime, phase: 0 | 1 | 2): void {
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
    const { unlaid } = rt;
    unlaid.enter(rt, 'runtime.gcStart');
    while (this.test(rt, trigger) && sweepone(rt) >= 0) {
      // Each round sweeps one span of the last cycle.
    }
    if (this.test(rt, trigger)) {
      for (const path of startPaths) unlaid.path(rt, path);
      unlaid.systemstack();
      this.#start(rt, trigger);
      unlaid.leave();
    }
    unlaid.leave();
  }

  #start(rt: Runtime, trigger: GcTrigger): void {
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
    this.#workers.startCycle();
    c.startCycle(rt.nanotime, Math.max(rt.allp.length, 1), trigger.kind === gcTriggerTime);
    this.setGCPhase(rt, GCmark);
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
      while (this.blackenEnabled && this.#workers.standsStill(rt))
        this.runBackgroundWorker(rt, idle);
    }
    const fing = rt.mfinal.wakefing();
    if (fing !== null) this.host.ready(rt, fing, true);
    if (this.sweepG === null && !this.sweepParked) this.bgsweepTurn(rt);
    rt.scavenger.sysmon(rt, false);
    if (rt.scavenger.g === null) rt.scavenger.turn(rt);
    this.#lastSchedule = rt.nanotime;
  }

  /** Runs a background worker, if one is due. `idle`: nothing else can run. */
  runBackgroundWorker(rt: Runtime, idle: boolean): void {
    this.#workers.run(rt, idle);
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
      for (const gcw of this.eachP(rt)) {
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
    gcMarkTermination(rt, stwStart);
  }

  /** Grey queues of all Ps, with what their write barriers saw greyed. */
  eachP(rt: Runtime): GcWork[] {
    if (rt.allp.length === 0) {
      this.#wbBufs.flush1(rt, null);
      return [this.gcwOf(null)];
    }
    for (const p of rt.allp) this.#wbBufs.flush1(rt, p);
    return rt.allp.map((p) => this.gcwOf(p));
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
    rt.unlaid.begin(rt);
    this.gcStart(rt, { kind: gcTriggerCycle, n: n + 1 });
    rt.unlaid.leave();
    yield* this.#gcWaitOnMark(rt, n + 1);
    while (work.cycles === n + 1 && sweepsOne(rt)) yield 'gosched';
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

  /** Buffers the two pointers of a barrier. */
  gcWriteBarrier(rt: Runtime, old: number, value: number): void {
    this.#wbBufs.get2(rt, rt.m.p, old, value);
  }

  /** Greys what the running P's write barriers have seen. @go runtime/mwbbuf.go wbBufFlush */
  wbBufFlush(rt: Runtime): void {
    this.#wbBufs.flush1(rt, rt.m.p);
  }
}

/** Sweeps a span on the running goroutine's own stack; false if none is left. */
function sweepsOne(rt: Runtime): boolean {
  rt.unlaid.begin(rt);
  const swept = sweepone(rt) >= 0;
  rt.unlaid.leave();
  return swept;
}

/** What gcStart calls on its goroutine's stack, as far as it goes deep. */
const startPaths = [
  [
    'runtime.(*gcControllerState).startCycle',
    'runtime.(*gcControllerState).revise',
    'runtime.(*gcControllerState).heapGoalInternal',
  ],
  ['runtime.gcMarkTinyAllocs', 'runtime.greyobject'],
  ['runtime.clearpools', 'runtime.unlock2', 'runtime.(*mLockProfile).recordUnlock'],
  ['runtime.semrelease1', 'runtime.unlock2', 'runtime.(*mLockProfile).recordUnlock'],
] as const;
