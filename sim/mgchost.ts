/**
 * The collector's own goroutines: what the background workers, the sweeper, the scavenger and the
 * finalizer goroutine do between parking and parking.
 *
 * The work itself is in {@link GcState}; a worker's goroutine is only what a dump shows of it.
 *
 * @go runtime/mgc.go gcBgMarkWorker, runtime/mgcsweep.go bgsweep, runtime/mgcscavenge.go bgscavenge
 */

import type { FinalizerCall } from './mfinal.ts';
import { type GcHost, newGcBgMarkWorkerNode } from './mgc.ts';
import { type GoBody, Gosched, gopark, hasRunnable, markrootFreeGStacks, ready } from './proc.ts';
import type { G, Runtime } from './runtime2.ts';
import {
  waitReasonFinalizerWait,
  waitReasonGCScavengeWait,
  waitReasonGCSweepWait,
  waitReasonGCWorkerIdle,
  waitReasonSleep,
  waitReasonWaitForGCCycle,
} from './waitreason.ts';

/** What the collector's goroutines need of the world they live in. */
export interface GcGoroutines {
  /** Starts a goroutine of the runtime: `go runtime.name()`. */
  spawn(rt: Runtime, name: 'runtime.gcBgMarkWorker' | 'runtime.runfinq', body: GoBody): G;
  /** Called in a worker's goroutine once its frame lies: its pool entry lives as long as the frame holds it. */
  holdWorkerNode(rt: Runtime, node: number): void;
  /** Calls a finalizer on the running goroutine. */
  callFinalizer(rt: Runtime, call: FinalizerCall): Generator<void, void, void>;
}

/** A host whose system goroutines are those of a real program. */
export function goHost(goroutines: GcGoroutines): GcHost {
  return {
    startMarkWorker(rt) {
      let node = 0;
      goroutines.spawn(rt, 'runtime.gcBgMarkWorker', () =>
        gcBgMarkWorker(rt, () => goroutines.holdWorkerNode(rt, node)),
      );
      node = newGcBgMarkWorkerNode(rt);
    },
    ready,
    startFinalizerGoroutine: (rt) =>
      goroutines.spawn(rt, 'runtime.runfinq', () => runfinq(rt, goroutines)),
    hasRunnable,
    freeGStacks: markrootFreeGStacks,
    clearpools,
  };
}

/** @go runtime/mgc.go clearpools */
function clearpools(rt: Runtime): void {
  const { sched } = rt;
  sched.sudogcache = null;
  sched.deferpool = null;
  sched.writePools(rt);
}

/** @go runtime/mgc.go gcBgMarkWorker */
function* gcBgMarkWorker(rt: Runtime, hold: () => void): Generator<void, void, void> {
  hold();
  for (;;) yield* gopark(rt, waitReasonGCWorkerIdle);
}

/** Body of the background sweeper; sets itself up as such when it first runs. @go runtime/mgcsweep.go bgsweep */
export function* bgsweep(rt: Runtime): Generator<void, void, void> {
  rt.gc.sweepG = rt.m.curg;
  rt.gc.sweepParked = true;
  yield* gopark(rt, waitReasonGCSweepWait);
  for (;;) {
    if (rt.gc.bgsweepTurn(rt) === 'park') yield* gopark(rt, waitReasonGCSweepWait);
    else yield* Gosched(rt);
  }
}

/** Body of the background scavenger; sets itself up as such when it first runs. @go runtime/mgcscavenge.go bgscavenge */
export function* bgscavenge(rt: Runtime): Generator<void, void, void> {
  const { scavenger } = rt;
  scavenger.g = rt.m.curg;
  scavenger.parked = true;
  yield* gopark(rt, waitReasonGCScavengeWait);
  for (;;) {
    const released = scavenger.turn(rt);
    yield* gopark(rt, released === 0 ? waitReasonGCScavengeWait : waitReasonSleep);
  }
}

/** Body of the finalizer goroutine. @go runtime/mfinal.go runfinq */
function* runfinq(rt: Runtime, goroutines: GcGoroutines): Generator<void, void, void> {
  for (const step of rt.mfinal.runfinq(rt)) {
    if (step.wait) yield* gopark(rt, waitReasonFinalizerWait);
    else yield* goroutines.callFinalizer(rt, step.call);
  }
}

/** runtime.GC on a goroutine among others. @go runtime/mgc.go GC */
export function* runtimeGC(rt: Runtime): Generator<void, void, void> {
  for (const wait of rt.gc.steps(rt)) {
    if (wait === 'park') yield* gopark(rt, waitReasonWaitForGCCycle);
    else yield* Gosched(rt);
  }
}
