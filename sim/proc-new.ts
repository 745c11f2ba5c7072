/**
 * Goroutines begin, and their g is kept for the next one when they end.
 *
 * @go runtime/proc.go
 */
import { throw_ } from './errors.ts';
import { runqput } from './proc-runq.ts';
import { malg, setStack } from './proc-thread.ts';
import { type G, Gdead, Gidle, Grunnable, type P, type Runtime } from './runtime2.ts';
import { inFrame, onSystemStack } from './runtimefuncs.ts';
import { growslice } from './slice.ts';
import { stackalloc, stackfree } from './stack.ts';
import type { Funcval } from './symtab.ts';
import { alignUp } from './uintptr.ts';

/** Goids that a P takes at a time. @go runtime/proc.go _GoidCacheBatch */
const goidCacheBatch = 16;
/** Least stack of a new goroutine. */
const stackMin = 2048;

/** Makes the generator that a goroutine runs. */
export type GoBody = () => Generator<void, void, void>;

/** Appends to allgs, growing its array in the heap. @go runtime/proc.go allgadd */
function allgadd(rt: Runtime, gp: G): void {
  if (gp.status === Gidle) throw_('allgadd: bad status Gidle');
  const { sched } = rt;
  const { array, len, cap } = sched.allgsSlice;
  const et = rt.types.ptrTo(sched.structs.get('g').type);
  const s =
    len < cap
      ? { array, len: len + 1, cap }
      : inFrame(rt, 'runtime.growslice', () => growslice(rt, array, len + 1, cap, 1, et));
  sched.allgsSlice = s;
  rt.gc.writePointer(rt, s.array + len * rt.arch.ptrSize, gp.addr);
  rt.allgs.push(gp);
  const { allgs, allgptr } = sched.globals;
  if (allgs !== 0) {
    rt.gc.writePointer(rt, allgs, s.array);
    rt.memory.writeUintptr(allgs + rt.arch.ptrSize, s.len);
    rt.memory.writeUintptr(allgs + 2 * rt.arch.ptrSize, s.cap);
  }
  if (allgptr !== 0) rt.gc.writePointer(rt, allgptr, s.array);
}

const newprocPath = ['runtime.systemstack', 'runtime.newproc.func1', 'runtime.newproc1'] as const;

/** `go fn()`: a new goroutine, next to run. `callerpc` is the statement's return pc. @go runtime/proc.go newproc */
export function newproc(rt: Runtime, fn: Funcval, body: GoBody, callerpc: number): G {
  const { curg, p } = rt.m;
  const newg = onSystemStack(rt, newprocPath, () => newproc1(rt, fn, body, curg, callerpc));
  runqput(rt, p!, newg, true);
  return newg;
}

/** A runnable goroutine that is in no queue yet. @go runtime/proc.go newproc1 */
export function newproc1(
  rt: Runtime,
  fn: Funcval,
  body: GoBody,
  callergp: G | null,
  callerpc: number,
): G {
  const pp = rt.m.p!;
  const { arch, memory, sched } = rt;
  let newg = gfget(rt, pp);
  if (newg === null) {
    newg = malg(rt, stackMin);
    newg.status = Gdead;
    const made = newg;
    inFrame(rt, 'runtime.allgadd', () => {
      allgadd(rt, made);
    });
  }
  if (newg.stack.hi === 0) throw_('newproc1: newg missing stack');
  if (newg.status !== Gdead) throw_('newproc1: new g is not Gdead');
  const { ptrSize } = arch;
  let sp = newg.stack.hi - alignUp(4 * ptrSize + arch.minFrameSize, arch.stackAlign);
  if (arch.usesLR) memory.writeUintptr(sp, 0);
  if (arch.goarch === 'arm64') memory.writeUintptr(sp - ptrSize, 0);
  newg.stktopsp = sp;
  const goexit = sched.funcs.get('runtime.goexit').func.entry + arch.pcQuantum;
  if (!arch.usesLR) {
    sp -= ptrSize;
    memory.writeUintptr(sp, goexit);
  }
  newg.sched = { sp, pc: fn.fn, ctxt: 0, lr: arch.usesLR ? goexit : 0, bp: 0 };
  sched.setCtxt(rt, newg, fn.addr);
  newg.parentGoid = callergp?.goid ?? 0;
  newg.gopc = callerpc;
  newg.startpc = fn.fn;
  newg.body = body();
  newg.frame = null;
  if (isSystemGoroutine(rt, newg)) sched.ngsys++;
  rt.gcController.addScannableStack(pp, newg.stack.hi - newg.stack.lo);
  newg.status = Grunnable;
  newg.goid = nextGoid(rt, pp);
  rt.observer?.onEvent({ name: 'newproc', goid: newg.goid, g: newg.addr, stack: newg.stack.lo });
  return newg;
}

function nextGoid(rt: Runtime, pp: P): number {
  if (pp.goidcache === pp.goidcacheend) {
    rt.sched.goidgen += goidCacheBatch;
    pp.goidcache = rt.sched.goidgen - goidCacheBatch + 1;
    pp.goidcacheend = pp.goidcache + goidCacheBatch;
  }
  return pp.goidcache++;
}

/** True for goroutines of the runtime, by their start function. @go runtime/traceback.go isSystemGoroutine */
export function isSystemGoroutine(rt: Runtime, gp: G): boolean {
  const f = rt.symtab.findfunc(gp.startpc);
  if (f === undefined) return false;
  const { name } = f;
  if (name === 'runtime.main' || name === 'runtime.corostart') return false;
  if (name === 'runtime.handleAsyncEvent') return false;
  if (name === 'runtime.runfinq') return (rt.mfinal.fingStatus & 2) === 0;
  return name.startsWith('runtime.');
}

/** Keeps a dead goroutine for use again; its stack only if it has the size new ones get. @go runtime/proc.go gfput */
export function gfput(rt: Runtime, pp: P, gp: G): void {
  if (gp.status !== Gdead) throw_('gfput: bad status (not Gdead)');
  if (gp.stack.hi - gp.stack.lo !== rt.stackpool.startingStackSize) dropStack(rt, gp);
  pp.gFree.push(gp);
  if (pp.gFree.length < 64) return;
  const stackQ: G[] = [];
  const noStackQ: G[] = [];
  while (pp.gFree.length >= 32) {
    const x = pp.gFree.pop()!;
    (x.stack.lo === 0 ? noStackQ : stackQ).push(x);
  }
  rt.sched.gFreeNoStack.push(...noStackQ);
  rt.sched.gFreeStack.push(...stackQ);
}

function dropStack(rt: Runtime, gp: G): void {
  stackfree(rt, gp.stack);
  gp.stack = { lo: 0, hi: 0 };
  gp.stackguard0 = 0;
}

/** A dead goroutine with a stack, or null. @go runtime/proc.go gfget */
function gfget(rt: Runtime, pp: P): G | null {
  const { gFreeStack, gFreeNoStack } = rt.sched;
  if (pp.gFree.length === 0) {
    while (pp.gFree.length < 32) {
      const x = gFreeStack.pop() ?? gFreeNoStack.pop();
      if (x === undefined) break;
      pp.gFree.push(x);
    }
  }
  const gp = pp.gFree.pop();
  if (gp === undefined) return null;
  const { startingStackSize } = rt.stackpool;
  if (gp.stack.lo !== 0 && gp.stack.hi - gp.stack.lo !== startingStackSize) dropStack(rt, gp);
  if (gp.stack.lo === 0) setStack(gp, stackalloc(rt, startingStackSize));
  return gp;
}

/** Frees the stacks of dead goroutines on the central list, during marking. @go runtime/mgcmark.go markrootFreeGStacks */
export function markrootFreeGStacks(rt: Runtime): void {
  const { gFreeStack, gFreeNoStack } = rt.sched;
  if (gFreeStack.length === 0) return;
  for (let i = gFreeStack.length - 1; i >= 0; i--) {
    const gp = gFreeStack[i]!;
    stackfree(rt, gp.stack);
    gp.stack = { lo: 0, hi: 0 };
  }
  gFreeNoStack.push(...gFreeStack);
  gFreeStack.length = 0;
}
