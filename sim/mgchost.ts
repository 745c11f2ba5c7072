/**
 * The goroutines that the runtime starts for itself: what they do between parking and parking, and
 * the frames that they park in.
 *
 * The collector's work itself is in {@link GcState}; a worker's goroutine is only what a dump shows of
 * it.
 *
 * @go runtime/proc.go forcegchelper, runtime/mgc.go gcBgMarkWorker, runtime/mgcsweep.go bgsweep,
 * runtime/mgcscavenge.go bgscavenge, runtime/mfinal.go runfinq
 */
import { chansend } from './chan.ts';
import type { GcHost } from './gchost.ts';
import { mallocgc, newobject } from './malloc.ts';
import type { FinalizerCall } from './mfinal.ts';
import { Gosched, gopark, injectglist, ready, runNow } from './proc.ts';
import { type GoBody, markrootFreeGStacks, newproc } from './proc-new.ts';
import { hasRunnable } from './proc-runq.ts';
import type { G, Runtime } from './runtime2.ts';
import { call, enter, holdInFrame, inFrame, leave, liveWords } from './runtimefuncs.ts';
import { deltimer, modtimer, Timer } from './time.ts';
import { alignUp } from './uintptr.ts';
import {
  waitReasonFinalizerWait,
  waitReasonForceGCIdle,
  waitReasonGCScavengeWait,
  waitReasonGCSweepWait,
  waitReasonGCWorkerIdle,
  waitReasonSleep,
  waitReasonWaitForGCCycle,
} from './waitreason.ts';

type Body = Generator<void, void, void>;

/** The collector's view of a world with goroutines. */
export const goHost: GcHost = {
  startMarkWorker(rt) {
    const gp = spawn(rt, 'runtime.gcBgMarkStartWorkers', 'runtime.gcBgMarkWorker', () =>
      gcBgMarkWorker(rt),
    );
    runNow(rt, gp);
  },
  ready,
  injectglist,
  startFinalizerGoroutine: (rt) =>
    spawn(rt, 'runtime.createfing', 'runtime.runfinq', () => runfinq(rt)),
  hasRunnable,
  freeGStacks: markrootFreeGStacks,
  clearpools,
};

/** `go name()` in the runtime's function `from`. */
export function spawn(rt: Runtime, from: string, name: string, body: GoBody): G {
  const { funcs } = rt.sched;
  const pc = funcs.site(funcs.get(from).func, 'runtime.newproc');
  return newproc(rt, funcs.funcval(name), body, pc ?? funcs.get(from).func.entry);
}

/** @go runtime/mgc.go clearpools */
function clearpools(rt: Runtime): void {
  const { sched } = rt;
  sched.sudogcache = null;
  sched.deferpool = null;
  sched.writePools(rt);
}

/** Starts the forced two-minute collection when sysmon asks for it. @go runtime/proc.go forcegchelper */
export function* forcegchelper(rt: Runtime): Body {
  for (;;) {
    yield* gopark(rt, waitReasonForceGCIdle);
    rt.gc.gcStart(rt, { kind: 1, now: rt.nanotime });
  }
}

/**
 * What a background worker's goroutine allocates when it first runs: its entry in the pool of
 * workers, which holds no pointers. Returns its address.
 *
 * @go runtime/mgc.go gcBgMarkWorkerNode
 */
function newGcBgMarkWorkerNode(rt: Runtime): number {
  const { ptrSize } = rt.arch;
  return inFrame(rt, 'runtime.newobject', () => mallocgc(rt, 8 + 3 * ptrSize, null, true));
}

/** Its node, an entry of the pool of workers, lives as long as the frame holds it. @go runtime/mgc.go gcBgMarkWorker */
function* gcBgMarkWorker(rt: Runtime): Body {
  const gp = rt.m.curg!;
  const node = newGcBgMarkWorkerNode(rt);
  holdInFrame(rt, gp.frame!, 'runtime.gopark', [node, gp.addr]);
  for (;;) yield* gopark(rt, waitReasonGCWorkerIdle);
}

/** Tells gcenable, by the channel `c`, that the goroutine runs. */
function* sayReady(rt: Runtime, c: number): Body {
  const one = rt.firstmoduledata.addressOf('runtime.staticuint64s') + 8;
  yield* chansend(rt, c, one);
}

/** Body of the background sweeper. @go runtime/mgcsweep.go bgsweep */
export function* bgsweep(rt: Runtime, c: number): Body {
  enter(rt, 'runtime.bgsweep');
  rt.gc.sweepG = rt.m.curg;
  rt.gc.sweepParked = true;
  yield* sayReady(rt, c);
  yield* gopark(rt, waitReasonGCSweepWait, undefined, 'runtime.gopark#first');
  for (;;) {
    if (rt.gc.bgsweepTurn(rt) === 'park') {
      yield* gopark(rt, waitReasonGCSweepWait);
    } else {
      const own = enter(rt, 'runtime.goschedIfBusy');
      yield* Gosched(rt);
      leave(rt, own);
    }
  }
}

/** Body of the background scavenger. @go runtime/mgcscavenge.go bgscavenge */
export function* bgscavenge(rt: Runtime, c: number): Body {
  enter(rt, 'runtime.bgscavenge');
  const { scavenger } = rt;
  scavenger.g = rt.m.curg;
  const addr = inFrame(rt, 'runtime.(*scavengerState).init', () =>
    newobject(rt, rt.sched.structs.get('timer').type),
  );
  rt.gc.writePointer(rt, rt.firstmoduledata.addressOf('runtime.scavenger'), addr);
  const fire = () => scavenger.wake(rt, true);
  const timer = new Timer(addr, fire);
  scavenger.parked = true;
  yield* sayReady(rt, c);
  yield* scavengerPark(rt, '#first');
  for (;;) {
    if (scavenger.turn(rt) === 0) {
      yield* scavengerPark(rt);
    } else {
      const state = rt.firstmoduledata.addressOf('runtime.scavenger');
      const own = enter(rt, 'runtime.(*scavengerState).sleep', undefined, [state]);
      modtimer(rt, rt.m.p!, timer, scavenger.sleepUntil);
      yield* gopark(rt, waitReasonSleep);
      deltimer(timer);
      leave(rt, own);
    }
  }
}

/** @go runtime/mgcscavenge.go (*scavengerState).park */
function* scavengerPark(rt: Runtime, place = ''): Body {
  const name = 'runtime.(*scavengerState).park';
  const scavenger = rt.firstmoduledata.addressOf('runtime.scavenger');
  const own = enter(rt, name, name + place, [scavenger]);
  yield* gopark(rt, waitReasonGCScavengeWait);
  leave(rt, own);
}

/** Body of the finalizer goroutine. @go runtime/mfinal.go runfinq */
function* runfinq(rt: Runtime): Body {
  const frame = rt.m.curg!.frame!;
  for (const step of rt.mfinal.runfinq(rt)) {
    if (step.wait) {
      holdInFrame(rt, frame, 'runtime.gopark', [step.frame]);
      yield* gopark(rt, waitReasonFinalizerWait);
    } else {
      const site = reflectcallName(rt, step.call);
      const { finblock, finalizer, frame: block } = step.call;
      const kept = liveWords(rt, frame.fn, site).length === 1 ? [] : [finblock];
      holdInFrame(rt, frame, site, [...kept, block, finalizer]);
      yield* reflectcall(rt, step.call);
    }
  }
}

/** The call of the smallest fitting frame; loong64 begins with 32 bytes. @go runtime/asm_*.s DISPATCH */
function reflectcallName({ arch }: Runtime, { framesz }: FinalizerCall): string {
  return framesz <= 16 && arch.goarch !== 'loong64' ? 'runtime.call16' : 'runtime.call32';
}

/** Calls a finalizer. @go runtime/asm_*.s reflectcall */
function* reflectcall(rt: Runtime, fin: FinalizerCall): Body {
  const { arch, memory } = rt;
  const name = reflectcallName(rt, fin);
  const caller = rt.m.curg!.frame!;
  const own = enter(rt, name, name, [0, fin.fn.addr, fin.frame]);
  const sizes = own.argp + 3 * arch.ptrSize;
  for (let i = 0; i < 3; i++) memory.writeUint32(sizes + 4 * i, fin.framesz);
  const regs = caller.varp + (caller.fn.stackObjects?.[0]?.off ?? -arch.ptrSize);
  memory.writeUintptr(alignUp(sizes + 12, arch.ptrSize), regs);
  const fn = rt.symtab.findfunc(fin.fn.fn)!;
  const frame = call(rt, fn);
  yield* rt.sched.finalizerBody(fn, fin.arg, frame);
  leave(rt, frame);
  leave(rt, own);
}

/** runtime.GC on a goroutine among others. @go runtime/mgc.go GC */
export function* runtimeGC(rt: Runtime): Body {
  const own = enter(rt, 'runtime.GC');
  for (const wait of rt.gc.steps(rt)) {
    if (wait === 'park') {
      const wait = enter(rt, 'runtime.gcWaitOnMark');
      yield* gopark(rt, waitReasonWaitForGCCycle);
      leave(rt, wait);
    } else {
      rt.m.curg!.sched.pc = rt.sched.funcs.site(own.fn, 'runtime.mcall') ?? own.g.sched.pc;
      yield* Gosched(rt);
    }
  }
  leave(rt, own);
}
