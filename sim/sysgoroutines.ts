/**
 * The goroutines that the runtime starts for itself: each with the frames it parks in.
 *
 * @go runtime/proc.go forcegchelper, runtime/mgcsweep.go bgsweep, runtime/mgcscavenge.go bgscavenge,
 * runtime/mfinal.go runfinq, runtime/mgc.go gcBgMarkWorker
 */
import { chansend } from './chan.ts';
import { newobject } from './malloc.ts';
import { gopark, goparkunlock, Gosched, newproc } from './proc.ts';
import type { G, Runtime } from './runtime2.ts';
import { enter, leave } from './runtimefuncs.ts';
import {
  waitReasonFinalizerWait,
  waitReasonForceGCIdle,
  waitReasonGCScavengeWait,
  waitReasonGCSweepWait,
  waitReasonGCWorkerIdle,
} from './waitreason.ts';

type Body = Generator<void, void, void>;

/** Starts the forced two-minute collection when sysmon asks for it. */
export function* forcegchelper(rt: Runtime): Body {
  for (;;) {
    yield* goparkunlock(rt, waitReasonForceGCIdle);
    rt.gc.gcStart(rt, { kind: 1, now: rt.nanotime });
  }
}
