/**
 * Goroutines and their scheduler.
 *
 * A goroutine's body is a generator that yields when it blocks; functions of the runtime that can
 * block are generators called by `yield*`. One M runs at a time, on its P, and switches only where a
 * goroutine parks, yields or ends, so a run depends on nothing but the program and the seed.
 *
 * @go runtime/proc.go
 */
import type { Sudog } from './chan.ts';
import { isPanicError } from './error.ts';
import { throw_ } from './errors.ts';
import type { Defer } from './panic.ts';
import { Unwind, unwindTo } from './panic.ts';
import { handoffp, malg, setStack, startlockedm, startm } from './proc-thread.ts';
import {
  type G,
  Gdead,
  Gidle,
  Grunnable,
  Grunning,
  Gsyscall,
  Gwaiting,
  type M,
  type P,
  type Runtime,
} from './runtime2.ts';
import { enter, inFrame, leave, onSystemStack, type RuntimeFuncs } from './runtimefuncs.ts';
import type { RuntimeStructs } from './runtimetypes.ts';
import type { SemaRoot } from './sema.ts';
import { growslice, type Slice } from './slice.ts';
import { type Frame, prologue, stackalloc, stackfree, stackGuard } from './stack.ts';
import type { Func, Funcval } from './symtab.ts';
import { Pipes } from './syscall.ts';
import { checkTimers, nextTimer } from './time.ts';
import type { Type } from './type.ts';
import { alignUp } from './uintptr.ts';
import { waitReasonStrings } from './waitreason.ts';

/** Goids that a P takes at a time. @go runtime/proc.go _GoidCacheBatch */
const goidCacheBatch = 16;
/** Length of a P's run queue. */
const runqLen = 256;
/** Least stack of a new goroutine. */
const stackMin = 2048;

/** Makes the generator that a goroutine runs. */
export type GoBody = () => Generator<void, void, void>;

/** What a finalizer does with the pointer that it is given, in its frame. */
export type FinalizerBody = (arg: number, frame: Frame) => Generator<void, void, void>;

/** Addresses of the runtime's variables that keep its structures alive; 0 where the world has none. */
export interface SchedGlobals {
  sched: number;
  semtable: number;
  allgs: number;
  allgptr: number;
  allm: number;
  allp: number;
}

/** What all Ms share. @go runtime/runtime2.go schedt */
export class Sched {
  readonly structs: RuntimeStructs;
  /** The runtime's own functions and their call sites. */
  readonly funcs: RuntimeFuncs;
  goidgen = 0;
  /** Global run queue. */
  readonly runq: G[] = [];
  /** System goroutines that live. */
  ngsys = 0;
  /** Dead goroutines to use again, with and without a stack. */
  readonly gFreeStack: G[] = [];
  readonly gFreeNoStack: G[] = [];
  /** Central lists, linked by next and link. */
  sudogcache: Sudog | null = null;
  deferpool: Defer | null = null;
  /** Every sudog by its address. */
  readonly sudogs = new Map<number, Sudog>();
  /** Element types of channels by the type's address. */
  readonly chanElems = new Map<number, Type>();
  semtable: readonly SemaRoot[] = [];
  /** The slice behind allgs. */
  allgsSlice: Slice = { array: 0, len: 0, cap: 0 };
  readonly globals: SchedGlobals = {
    sched: 0,
    semtable: 0,
    allgs: 0,
    allgptr: 0,
    allm: 0,
    allp: 0,
  };
  /** Address of runtime.staticuint64s, 0 in a world without it. */
  staticuint64s = 0;
  /** The goroutine that findRunnable found was next: it runs in the time slice of the one before it. */
  inheritTime = false;
  /** Ms made, which is the next one's id. */
  mnext = 0;
  /** Ms that wait for a P, the one that takes it first last. */
  readonly midle: M[] = [];
  readonly pipes = new Pipes();
  /** There is a thread that makes threads for locked ones. */
  haveTemplateThread = false;

  readonly #constants = new Map<string, number>();
  readonly #finalizerBodies = new Map<Func, FinalizerBody>();

  constructor(structs: RuntimeStructs, funcs: RuntimeFuncs) {
    this.structs = structs;
    this.funcs = funcs;
  }

  /** Says what a function does when it is called as a finalizer. */
  setFinalizerBody(fn: Func, body: FinalizerBody): void {
    this.#finalizerBodies.set(fn, body);
  }

  /** Runs `fn` in its frame as the finalizer of the object that `arg` points to. */
  finalizerBody(fn: Func, arg: number, frame: Frame): Generator<void, void, void> {
    const body = this.#finalizerBodies.get(fn);
    if (body === undefined) throw_(`finalizer ${fn.name} has no code`);
    return body(arg, frame);
  }

  /** Address of a string header in read-only data with the text. */
  constantString(rt: Runtime, text: string): number {
    let addr = this.#constants.get(text);
    if (addr === undefined) {
      const bytes = new TextEncoder().encode(text);
      const data = rt.firstmoduledata.rodata(bytes, 1);
      addr = rt.firstmoduledata.rodataWords([data, bytes.length], rt.arch.ptrSize);
      this.#constants.set(text, addr);
    }
    return addr;
  }

  /** Stores a P's slice of cached sudogs in its p. */
  writeSudogcache(rt: Runtime, pp: P): void {
    writePool(rt, pp, 'sudogcache', pp.sudogcache);
  }

  /** Stores a P's slice of cached defer records in its p. */
  writeDeferpool(rt: Runtime, pp: P): void {
    writePool(rt, pp, 'deferpool', pp.deferpool);
  }

  /** Stores the heads of the central lists in runtime.sched, and the running P's caches. */
  writePools(rt: Runtime): void {
    const pp = rt.m.p;
    if (pp !== null) {
      this.writeSudogcache(rt, pp);
      this.writeDeferpool(rt, pp);
    }
    const { sched } = this.globals;
    if (sched === 0) return;
    const { off } = this.structs.get('schedt');
    rt.gc.writePointer(rt, sched + off.sudogcache!, this.sudogcache?.addr ?? 0);
    rt.gc.writePointer(rt, sched + off.deferpool!, this.deferpool?.addr ?? 0);
  }

  /** Sets the sudogs that a goroutine waits on. */
  setWaiting(rt: Runtime, gp: G, s: Sudog | null): void {
    gp.waiting = s;
    this.#writeField(rt, gp, 'waiting', s?.addr ?? 0);
  }

  /** Sets a goroutine's timer for time.Sleep. */
  setTimer(rt: Runtime, gp: G, timer: number): void {
    gp.timer = timer;
    this.#writeField(rt, gp, 'timer', timer);
  }

  /** Sets what wakes a goroutine hands over, or recovery leaves to deferreturn. */
  setParam(rt: Runtime, gp: G, p: number): void {
    gp.param = p;
    this.#writeField(rt, gp, 'param', p);
  }

  /** Sets the closure that a goroutine begins with: it lives by its g until that runs. */
  setCtxt(rt: Runtime, gp: G, closure: number): void {
    gp.sched.ctxt = closure;
    this.#writeField(rt, gp, 'sched.ctxt', closure);
  }

  writeDeferHead(rt: Runtime, gp: G): void {
    this.#writeField(rt, gp, '_defer', gp.defer?.addr ?? 0);
  }

  writePanicHead(rt: Runtime, gp: G): void {
    this.#writeField(rt, gp, '_panic', gp.panic?.addr ?? 0);
  }

  /** Stores a pointer in a g, if that has an address. */
  #writeField(rt: Runtime, gp: G, field: string, p: number): void {
    if (gp.addr !== 0) rt.gc.writePointer(rt, gp.addr + this.structs.get('g').off[field]!, p);
  }
}

/** Stores a P's cache: the slice header and the entries that changed. */
function writePool(
  rt: Runtime,
  pp: P,
  name: 'sudogcache' | 'deferpool',
  pool: readonly { addr: number }[],
): void {
  if (pp.addr === 0) return;
  const { off } = rt.sched.structs.get('p');
  const { ptrSize } = rt.arch;
  const buf = pp.addr + off[name === 'sudogcache' ? 'sudogbuf' : 'deferpoolbuf']!;
  const lenSlot = pp.addr + off[`${name}.len`]!;
  const old = rt.memory.readUintptr(lenSlot);
  const len = pool.length;
  for (let i = len; i < old; i++) rt.gc.writePointer(rt, buf + i * ptrSize, 0);
  for (let i = Math.max(0, Math.min(old, len) - 1); i < len; i++) {
    rt.gc.writePointer(rt, buf + i * ptrSize, pool[i]!.addr);
  }
  rt.memory.writeUintptr(lenSlot, len);
}

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
function gfput(rt: Runtime, pp: P, gp: G): void {
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

/** Puts a goroutine into the P's queue, or first with `next`. @go runtime/proc.go runqput */
export function runqput(rt: Runtime, pp: P, gp: G, next: boolean): void {
  let put = gp;
  if (next) {
    const old = pp.runnext;
    pp.runnext = gp;
    if (old === null) return;
    put = old;
  }
  if (pp.runq.length < runqLen) {
    pp.runq.push(put);
    return;
  }
  rt.sched.runq.push(...pp.runq.splice(0, runqLen / 2), put);
}

/** @go runtime/proc.go runqget */
function runqget(sched: Sched, pp: P): G | null {
  const next = pp.runnext;
  if (next !== null) {
    pp.runnext = null;
    sched.inheritTime = true;
    return next;
  }
  return pp.runq.shift() ?? null;
}

/** Takes a share of the global queue: the first to run, the rest into the P's. @go runtime/proc.go globrunqget */
function globrunqget(rt: Runtime, pp: P, max: number): G | null {
  const { runq } = rt.sched;
  if (runq.length === 0) return null;
  let n = Math.floor(runq.length / Math.max(rt.allp.length, 1)) + 1;
  n = Math.min(n, runq.length, runqLen / 2);
  if (max > 0) n = Math.min(n, max);
  const batch = runq.splice(0, n);
  for (const gp of batch.slice(1)) runqput(rt, pp, gp, false);
  return batch[0]!;
}

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

/** True if a goroutine could run. */
export function hasRunnable(rt: Runtime): boolean {
  if (rt.sched.runq.length > 0) return true;
  return rt.allp.some((pp) => pp.runnext !== null || pp.runq.length > 0);
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
