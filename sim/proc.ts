/**
 * Goroutines and their scheduler.
 *
 * A goroutine's body is a generator that yields when it blocks; functions of the runtime that can
 * block are generators called by `yield*`. One M runs at a time, on its P, and switches only where a
 * goroutine parks, yields or ends, so a run depends on nothing but the program and the seed.
 *
 * @go runtime/proc.go
 */
import { isPanicError } from './error.ts';
import { throw_ } from './errors.ts';
import { Unwind, unwindTo } from './panic.ts';
import { gfput, isSystemGoroutine } from './proc-new.ts';
import { globrunqget, hasRunnable, runqget, runqput } from './proc-runq.ts';
import { handoffp, startlockedm, startm } from './proc-thread.ts';
import {
  type G,
  Gdead,
  Grunnable,
  Grunning,
  Gsyscall,
  Gwaiting,
  type Runtime,
} from './runtime2.ts';
import { enter, leave, onSystemStack } from './runtimefuncs.ts';
import { prologue, stackGuard } from './stack.ts';
import { checkTimers, nextTimer } from './time.ts';
import { waitReasonStrings } from './waitreason.ts';

/** Makes a waiting goroutine runnable. @go runtime/proc.go ready */
export function ready(rt: Runtime, gp: G, next: boolean): void {
  if (gp.status !== Gwaiting) throw_('bad g->status in ready');
  gp.status = Grunnable;
  rt.observer?.onEvent({ name: 'ready', goid: gp.goid });
  runqput(rt, rt.m.p!, gp, next);
}

/**
 * Makes a waiting goroutine runnable: last in the P's queue, or in the global one if a thread without a
 * P does it, as sysmon.
 *
 * @go runtime/proc.go injectglist
 */
export function injectglist(rt: Runtime, gp: G, withP: boolean): void {
  if (withP) {
    ready(rt, gp, false);
    return;
  }
  if (gp.status !== Gwaiting) throw_('injectglist: bad g status');
  gp.status = Grunnable;
  rt.sched.runq.push(gp);
}

/** @go runtime/proc.go goready */
export function goready(rt: Runtime, gp: G): void {
  ready(rt, gp, true);
}

const parkPath = ['runtime.mcall', 'runtime.park_m'] as const;

/**
 * Parks the running goroutine until something makes it ready. `unlock` runs when it is off its M, as
 * gopark's unlock function does. `site` names the call of gopark where the caller has several.
 *
 * @go runtime/proc.go gopark
 */
export function* gopark(
  rt: Runtime,
  reason: number,
  unlock?: () => void,
  site = 'runtime.gopark',
): Generator<void, void, void> {
  const gp = rt.m.curg!;
  if (gp.status !== Grunning && gp.status !== Gsyscall) throw_('gopark: bad g status');
  const own = enter(rt, 'runtime.gopark', site);
  gp.sched.pc = rt.sched.funcs.site(own.fn, 'stop') ?? gp.sched.pc;
  gp.waitreason = reason;
  gp.status = Gwaiting;
  rt.observer?.onEvent({ name: 'gopark', goid: gp.goid, reason: waitReasonStrings[reason]! });
  dropg(rt, gp);
  if (unlock !== undefined) onSystemStack(rt, parkPath, unlock);
  yield;
  leave(rt, own);
}

/** The same from a function that holds a lock. @go runtime/proc.go goparkunlock */
export function* goparkunlock(rt: Runtime, reason: number): Generator<void, void, void> {
  yield* gopark(rt, reason);
}

function dropg(rt: Runtime, gp: G): void {
  gp.m = null;
  rt.m.curg = null;
}

/** Lets others run: to the end of the global queue. The compiler inlines it, so it has no frame. @go runtime/proc.go Gosched */
export function* Gosched(rt: Runtime): Generator<void, void, void> {
  const gp = rt.m.curg!;
  gp.status = Grunnable;
  dropg(rt, gp);
  rt.sched.runq.push(gp);
  yield;
}

/** Lets others run: to the end of the P's queue. @go runtime/proc.go goyield */
export function* goyield(rt: Runtime): Generator<void, void, void> {
  const gp = rt.m.curg!;
  gp.status = Grunnable;
  dropg(rt, gp);
  runqput(rt, rt.m.p!, gp, false);
  yield;
}

/** Ends the running goroutine and keeps its g. @go runtime/proc.go goexit0 */
function goexit0(rt: Runtime, gp: G): void {
  const pp = rt.m.p!;
  gp.status = Gdead;
  rt.gcController.addScannableStack(pp, -(gp.stack.hi - gp.stack.lo));
  if (isSystemGoroutine(rt, gp)) rt.sched.ngsys--;
  gp.lockedm = null;
  gp.defer = null;
  gp.panic = null;
  rt.sched.writeDeferHead(rt, gp);
  rt.sched.writePanicHead(rt, gp);
  gp.waitreason = 0;
  rt.sched.setParam(rt, gp, 0);
  gp.savedOpenDefers = null;
  rt.sched.setTimer(rt, gp, 0);
  gp.body = null;
  gp.frame = null;
  if (rt.gc.blackenEnabled && gp.gcAssistBytes > 0) {
    const c = rt.gcController;
    c.bgScanCredit += Math.trunc(c.assistWorkPerByte * gp.gcAssistBytes);
    gp.gcAssistBytes = 0;
  }
  dropg(rt, gp);
  rt.observer?.onEvent({ name: 'goexit', goid: gp.goid });
  gfput(rt, pp, gp);
}

/** The goroutine to run next, or null if none can. @go runtime/proc.go findRunnable */
function findRunnable(rt: Runtime): G | null {
  const pp = rt.m.p!;
  const { sched } = rt;
  sched.inheritTime = false;
  checkTimers(rt, pp);
  if (pp.schedtick % 61 === 0) {
    const gp = globrunqget(rt, pp, 1);
    if (gp !== null) return gp;
  }
  return runqget(sched, pp) ?? globrunqget(rt, pp, 0);
}

/** Runs one goroutine until it blocks, yields or ends. */
function execute(rt: Runtime, gp: G): void {
  if (gp.lockedm !== null && gp.lockedm !== rt.m) startlockedm(rt, gp.lockedm);
  const { m } = rt;
  m.curg = gp;
  gp.m = m;
  gp.status = Grunning;
  gp.waitsince = 0;
  gp.stackguard0 = gp.stack.lo + stackGuard;
  if (gp.frame === null) {
    const fn = rt.symtab.findfunc(gp.startpc)!;
    const { arch } = rt;
    const returnPc = arch.usesLR ? gp.sched.lr : rt.memory.readUintptr(gp.sched.sp);
    const { sp } = gp.sched;
    gp.sched.lr = 0;
    rt.sched.setCtxt(rt, gp, 0);
    prologue(rt, gp, fn, sp, returnPc);
  }
  rt.observer?.onEvent({ name: 'execute', goid: gp.goid, system: isSystemGoroutine(rt, gp) });
  let done: boolean;
  try {
    done = gp.body!.next().done === true;
  } catch (error) {
    if (isPanicError(error)) throw_(`panic: ${error.text}`);
    if (!(error instanceof Unwind) || error.frame !== null) throw error;
    done = true;
  }
  if (!done) {
    if (gp.status === Gsyscall) handoffp(rt, 'retake', hasRunnable(rt));
    else if (gp.lockedm === m) {
      handoffp(rt, gp.status === Gwaiting ? 'park' : 'gosched', hasRunnable(rt));
    }
    return;
  }
  unwindTo(rt, gp, null);
  goexit0(rt, gp);
}

/**
 * Runs a goroutine that is next in the queue until it parks, while the running one waits for it off
 * its P. Its thread is slow to wake, so that the other goroutines that can run have their turn as well.
 *
 * @go runtime/lock_futex.go notetsleepg, runtime/proc.go entersyscallblock
 */
export function runNow(rt: Runtime, gp: G): void {
  const { m, sched } = rt;
  const pp = m.p!;
  const caller = m.curg;
  if (pp.runnext !== gp) throw_('runNow: goroutine is not next');
  sched.midle.push(startm(rt, 'entersyscallblock', true));
  pp.runnext = null;
  execute(rt, gp);
  for (let n = pp.runq.length + sched.runq.length; n > 0; n--) {
    const next = findRunnable(rt);
    if (next === null) break;
    if (!sched.inheritTime) pp.schedtick++;
    execute(rt, next);
  }
  if (rt.m !== m) startlockedm(rt, m);
  m.curg = caller;
}

/**
 * One round of the scheduler: the collector's turn, then one goroutine's. False if nothing can run
 * and no timer is set.
 *
 * @go runtime/proc.go schedule
 */
function schedule(rt: Runtime): boolean {
  for (;;) {
    rt.gc.schedulingPoint(rt, false);
    let gp = findRunnable(rt);
    if (gp === null) {
      rt.gc.schedulingPoint(rt, true);
      gp = findRunnable(rt);
    }
    if (gp !== null) {
      if (!rt.sched.inheritTime || gp.lockedm !== null) rt.m.p!.schedtick++;
      execute(rt, gp);
      return true;
    }
    const when = nextTimer(rt);
    if (when === 0) return false;
    rt.timejump(when);
  }
}

/**
 * Runs the world until `done`. If nothing can run before that, the program is deadlocked, unless a
 * goroutine is in a system call, which then lasts forever.
 *
 * @go runtime/proc.go checkdead
 */
export function runUntil(rt: Runtime, done: () => boolean): void {
  while (!done()) {
    if (schedule(rt)) continue;
    if (rt.allgs.some((gp) => gp.status === Gsyscall)) {
      throw_('all goroutines wait, one of them in a system call that never returns');
    }
    const waits = rt.allgs.some((gp) => gp.status === Gwaiting && !isSystemGoroutine(rt, gp));
    throw_(
      waits
        ? 'all goroutines are asleep - deadlock!'
        : 'no goroutines (main called runtime.Goexit) - deadlock!',
    );
  }
}
