/**
 * Threads: making Ms, handing a P from one to the next, goroutines that are locked to theirs, and system
 * calls.
 *
 * One M runs at a time, which has the P; another takes that over where the first waits with its goroutine,
 * in a system call or because the two are locked to each other.
 *
 * @go runtime/proc.go, runtime/os_linux.go
 */
import { throw_ } from './errors.ts';
import { newobject } from './malloc.ts';
import { G, Grunnable, Grunning, Gsyscall, M, type Runtime, type Stack } from './runtime2.ts';
import { inFrame, onSystemStack } from './runtimefuncs.ts';
import { round2, stackalloc, stackGuard } from './stack.ts';

/** Thread id of m0. The kernel gives any; the model counts from here. */
const firstThreadId = 1000;
const gsignalStack = 32 * 1024;
const g0Stack = 16 * 1024;

/** A g with a stack of at least `stacksize` bytes, or none if that is negative. @go runtime/proc.go malg */
export function malg(rt: Runtime, stacksize: number): G {
  const addr = inFrame(rt, 'runtime.malg', () => newobject(rt, rt.sched.structs.get('g').type));
  const newg = new G(addr);
  if (stacksize >= 0) {
    setStack(newg, stackalloc(rt, round2(stacksize)));
    rt.memory.writeUintptr(newg.stack.lo, 0);
  }
  return newg;
}

export function setStack(gp: G, stack: Stack): void {
  gp.stack = stack;
  gp.stackguard0 = stack.lo + stackGuard;
}

/** A g that never leaves its M. */
function threadG(rt: Runtime, mp: M, stacksize: number): G {
  const gp = malg(rt, stacksize);
  gp.m = mp;
  rt.memory.writeUintptr(gp.addr + rt.sched.structs.get('g').off.m!, mp.addr);
  return gp;
}

/** The signal stack of a new M, and its place in allm. @go runtime/proc.go mcommoninit, runtime/os_linux.go mpreinit */
export function mcommoninit(rt: Runtime, mp: M): void {
  const { memory, sched } = rt;
  mp.id = sched.mnext++;
  mp.procid = firstThreadId + mp.id;
  mp.gsignal = threadG(rt, mp, gsignalStack);
  const { off } = sched.structs.get('m');
  memory.writeUintptr(mp.addr + off.gsignal!, mp.gsignal.addr);
  memory.writeUintptr(mp.addr + off.alllink!, rt.allm?.addr ?? 0);
  mp.alllink = rt.allm;
  rt.allm = mp;
  const { allm } = sched.globals;
  if (allm !== 0) rt.gc.writePointer(rt, allm, mp.addr);
}

/** A new thread. @go runtime/proc.go newm */
export function newm(rt: Runtime): M {
  return inFrame(rt, 'runtime.newm', () => inFrame(rt, 'runtime.allocm', () => allocm(rt)));
}

/** An M with its g0. @go runtime/proc.go allocm */
function allocm(rt: Runtime): M {
  const struct = rt.sched.structs.get('m');
  const mp = new M(newobject(rt, struct.type), 0);
  inFrame(rt, 'runtime.mcommoninit', () => {
    mcommoninit(rt, mp);
  });
  mp.g0 = threadG(rt, mp, g0Stack);
  rt.memory.writeUintptr(mp.addr + struct.off.g0!, mp.g0.addr);
  return mp;
}

/** The running M leaves its P to another, which then runs. @go runtime/proc.go releasep, acquirep */
function pass(rt: Runtime, to: M): void {
  const pp = rt.m.p!;
  rt.m.p = null;
  rt.m = to;
  to.p = pp;
  pp.m = to;
}

/** What gives a P away: sysmon, the scheduler where a locked goroutine parks or yields, a thread that goes to sleep. */
const handoffPaths = {
  retake: [
    'runtime.mstart',
    'runtime.mstart0',
    'runtime.mstart1',
    'runtime.sysmon',
    'runtime.retake',
  ],
  park: ['runtime.mcall', 'runtime.park_m', 'runtime.schedule', 'runtime.stoplockedm'],
  gosched: [
    'runtime.mcall',
    'runtime.gosched_m',
    'runtime.goschedImpl',
    'runtime.schedule',
    'runtime.stoplockedm',
  ],
  entersyscallblock: ['runtime.systemstack', 'runtime.entersyscallblock_handoff'],
} as const;

/** An M to take a P over: an idle one, else a new one; `work`: something can run. @go runtime/proc.go handoffp, startm */
export function startm(rt: Runtime, by: keyof typeof handoffPaths, work: boolean): M {
  const idle = rt.sched.midle.pop();
  if (idle !== undefined) return idle;
  const site = work ? 'runtime.startm' : 'runtime.startm#spinning';
  return onSystemStack(rt, [...handoffPaths[by], 'runtime.handoffp'], () =>
    inFrame(rt, 'runtime.startm', () => newm(rt), site),
  );
}

/** Another M takes over from the running one. @go runtime/proc.go handoffp */
export function handoffp(rt: Runtime, by: keyof typeof handoffPaths, work: boolean): void {
  pass(rt, startm(rt, by, work));
}

/** The M that a goroutine is locked to takes over from the running one, which is idle then. @go runtime/proc.go startlockedm */
export function startlockedm(rt: Runtime, mp: M): void {
  rt.sched.midle.push(rt.m);
  pass(rt, mp);
}

/** Only this goroutine runs on its thread from now on. @go runtime/proc.go LockOSThread, startTemplateThread */
export function LockOSThread(rt: Runtime): void {
  const { sched } = rt;
  if (!sched.haveTemplateThread) {
    sched.haveTemplateThread = true;
    inFrame(rt, 'runtime.LockOSThread', () =>
      inFrame(rt, 'runtime.startTemplateThread', () => newm(rt)),
    );
  }
  rt.m.curg!.lockedm = rt.m;
}

/** @go runtime/proc.go UnlockOSThread */
export function UnlockOSThread(rt: Runtime): void {
  rt.m.curg!.lockedm = null;
}

/** Ties a goroutine and its M to each other in memory, or takes the tie away. */
function tie(rt: Runtime, gp: G, mp: M, on: boolean): void {
  const { structs } = rt.sched;
  rt.gc.writePointer(rt, gp.addr + structs.get('g').off.m!, on ? mp.addr : 0);
  rt.gc.writePointer(rt, mp.addr + structs.get('m').off.curg!, on ? gp.addr : 0);
}

/** Enters a system call from the youngest frame, whose pc and sp a dump then shows. @go runtime/proc.go entersyscall */
export function entersyscall(rt: Runtime): void {
  const gp = rt.m.curg!;
  gp.throwsplit = true;
  gp.syscallsp = gp.sched.sp;
  gp.syscallpc = gp.sched.pc;
  gp.status = Gsyscall;
}

/**
 * The system call waits, so sysmon gives the P away: the scheduler goes on when the goroutine yields.
 *
 * @go runtime/proc.go retake
 */
export function* blockInSyscall(rt: Runtime): Generator<void, void, void> {
  const { m } = rt;
  const gp = m.curg!;
  tie(rt, gp, m, true);
  yield;
}

/** The system call of a goroutine that has no P any more is over: it can run, and its M is idle. @go runtime/proc.go exitsyscall0 */
export function wakeFromSyscall(rt: Runtime, gp: G): void {
  if (gp.status !== Gsyscall) throw_('exitsyscall: bad g status');
  const mp = gp.m!;
  tie(rt, gp, mp, false);
  mp.curg = null;
  gp.m = null;
  gp.status = Grunnable;
  rt.sched.midle.push(mp);
  rt.sched.runq.push(gp);
}

/** @go runtime/proc.go exitsyscall */
export function exitsyscall(rt: Runtime, gp: G): void {
  if (gp.status !== Gsyscall && gp.status !== Grunning) throw_('exitsyscall: bad g status');
  gp.syscallsp = 0;
  gp.syscallpc = 0;
  gp.throwsplit = false;
  gp.status = Grunning;
  gp.m = rt.m;
}
