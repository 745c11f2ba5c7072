/**
 * Goroutine stacks: where their memory comes from, frames on them, growth by copying, shrinking.
 *
 * Stacks below 32 KiB come from spans of 32 KiB cut into pieces of one order (2, 4, 8, 16 KiB) and
 * pass through a cache on each P; larger ones are spans of their own.
 *
 * A stack grows down from stack.hi. Whatever refers to a place on it by its distance from stack.hi,
 * as {@link Frame} does, stays right when the stack is copied.
 *
 * @go runtime/stack.go
 */
import { throw_ } from './errors.ts';
import { type MCache, numStackOrders } from './mcache.ts';
import { type MSpan, MSpanList, mSpanManual, spanAllocStack } from './mspan.ts';
import type { OpenDefers } from './panic.ts';
import {
  type G,
  Gcopystack,
  Gdead,
  Grunning,
  type P,
  type Runtime,
  type Stack,
} from './runtime2.ts';
import type { Bitvector } from './stopped-world.ts';
import type { Func } from './symtab.ts';
import { getStackMap, type StackFrame, Unwinder } from './traceback.ts';
import { pageSize } from './uintptr.ts';

/** Least size of a stack; order i of the pools holds stacks of fixedStack << i. */
export const fixedStack = 2048;
/** Bytes of a pool's span, and of what a P may cache of one order. */
const stackCacheSize = 32 * 1024;
/** Bytes that nosplit functions may use below the guard. */
const stackNosplit = 800;
/** Bytes that a function may go below the guard without a check of its size. */
const stackSmall = 128;
/** Distance of the guard from the stack's low end. */
export const stackGuard = stackNosplit + stackSmall;

const GCoff = 0;
const minLegalPointer = 4096;

/** Free stacks. @go runtime/stack.go stackpool, stackLarge */
export class StackPools {
  /** Spans with free stacks, by order. */
  readonly pools: readonly MSpanList[];
  /** Freed large stacks that a collection keeps from being freed, by log2 of their pages. */
  readonly large: readonly MSpanList[];
  /** Size of a new goroutine's stack, adapted at each collection. */
  startingStackSize = fixedStack;
  /** A stack beyond this ends the program: 1 MiB until runtime.main sets it. */
  maxstacksize = 2 ** 20;
  /** Bitmap words of each function's pointer locals, to zero at entry. */
  readonly #pointerSlots = new Map<Func, Int32Array>();
  constructor(heapAddrBits: number) {
    this.pools = Array.from({ length: numStackOrders }, () => new MSpanList());
    this.large = Array.from({ length: heapAddrBits - 13 }, () => new MSpanList());
  }

  /** Gives the stacks that a P caches back. @go runtime/stack.go stackcache_clear */
  stackcacheClear(rt: Runtime, c: MCache): void {
    stackcacheClear(rt, c);
  }

  /** Offsets from varp of the locals that may hold pointers, as word counts below varp. */
  pointerSlots(fn: Func): Int32Array {
    let slots = this.#pointerSlots.get(fn);
    if (slots === undefined) {
      slots = unionOfMaps(fn);
      this.#pointerSlots.set(fn, slots);
    }
    return slots;
  }
}

/** How far below the guard's room a frame goes: what its function's prologue must see free above the guard. */
function beyondSmall(frame: number): number {
  return frame > stackSmall ? frame - stackSmall : 0;
}

/** What a call takes of the stack, and how far below its caller's sp it looks for room; in bytes. */
export interface Room {
  readonly takes: number;
  readonly checks: number;
}

/** Of a call of a function of the runtime. @go cmd/internal/obj/x86/obj6.go stacksplit */
export function roomOf({ arch, sched }: Runtime, name: string): Room {
  const { frame } = sched.funcs.get(name).spec;
  const call = arch.usesLR ? 0 : arch.ptrSize;
  return { takes: frame + call, checks: call + beyondSmall(frame) };
}

/** Bytes below the caller's sp that the last of these functions, each calling the next, checks for. */
export function pathDepth(rt: Runtime, path: readonly string[]): number {
  let depth = 0;
  let checks = 0;
  for (const name of path) {
    const room = roomOf(rt, name);
    checks = depth + room.checks;
    depth += room.takes;
  }
  return checks;
}

function unionOfMaps(fn: Func): Int32Array {
  const map = fn.locals;
  if (map === undefined || map.n <= 0) return new Int32Array(0);
  const words = new Set<number>();
  for (let i = 0; i < map.n; i++) {
    const bv = map.bitmap(i);
    for (let j = 0; j < bv.n; j++) {
      if ((bv.bytedata[j >> 3]! >> (j & 7)) & 1) words.add(bv.n - j);
    }
  }
  return Int32Array.from(words);
}

/** log2 rounded down. @go runtime/stack.go stacklog2 */
function stacklog2(n: number): number {
  return 31 - Math.clz32(n);
}

/** Takes a free stack from the pool. @go runtime/stack.go stackpoolalloc */
function stackpoolalloc(rt: Runtime, order: number): number {
  const { memory } = rt;
  const list = rt.stackpool.pools[order]!;
  let s = list.first;
  if (s === null) {
    s = rt.mheap.allocManual(stackCacheSize / pageSize, spanAllocStack);
    if (s.allocCount !== 0) throw_('bad allocCount');
    if (s.manualFreeList !== 0) throw_('bad manualFreeList');
    s.elemsize = fixedStack << order;
    for (let i = 0; i < stackCacheSize; i += s.elemsize) {
      const x = s.base() + i;
      memory.writeUintptr(x, s.manualFreeList);
      s.manualFreeList = x;
    }
    list.insert(s);
  }
  const x = s.manualFreeList;
  if (x === 0) throw_('span has no free stacks');
  s.manualFreeList = memory.readUintptr(x);
  s.allocCount++;
  if (s.manualFreeList === 0) list.remove(s);
  return x;
}

/** Gives a stack back to its pool, and its span to the heap if that is empty and no cycle runs. @go runtime/stack.go stackpoolfree */
function stackpoolfree(rt: Runtime, x: number, order: number): void {
  const s = rt.mheap.spanOf(x)!;
  const list = rt.stackpool.pools[order]!;
  if (s.state !== mSpanManual) throw_('freeing stack not in a stack span');
  if (s.manualFreeList === 0) list.insert(s);
  rt.memory.writeUintptr(x, s.manualFreeList);
  s.manualFreeList = x;
  s.allocCount--;
  if (rt.gc.gcphase === GCoff && s.allocCount === 0) freePoolSpan(rt, list, s);
}

function freePoolSpan(rt: Runtime, list: MSpanList, s: MSpan): void {
  list.remove(s);
  s.manualFreeList = 0;
  rt.mheap.freeManual(s, spanAllocStack);
}

/** Fills a P's cache of one order with 16 KiB of stacks. @go runtime/stack.go stackcacherefill */
function stackcacherefill(rt: Runtime, c: MCache, order: number): void {
  let list = 0;
  let size = 0;
  while (size < stackCacheSize / 2) {
    const x = stackpoolalloc(rt, order);
    rt.memory.writeUintptr(x, list);
    list = x;
    size += fixedStack << order;
  }
  c.stackcache[order]!.list = list;
  c.stackcache[order]!.size = size;
}

/** Gives half of a full cache back. @go runtime/stack.go stackcacherelease */
function stackcacherelease(rt: Runtime, c: MCache, order: number): void {
  const cache = c.stackcache[order]!;
  let x = cache.list;
  let { size } = cache;
  while (size > stackCacheSize / 2) {
    const y = rt.memory.readUintptr(x);
    stackpoolfree(rt, x, order);
    x = y;
    size -= fixedStack << order;
  }
  cache.list = x;
  cache.size = size;
}

/** Empties a P's stack cache. @go runtime/stack.go stackcache_clear */
function stackcacheClear(rt: Runtime, c: MCache): void {
  for (let order = 0; order < numStackOrders; order++) {
    const cache = c.stackcache[order]!;
    let x = cache.list;
    while (x !== 0) {
      const y = rt.memory.readUintptr(x);
      stackpoolfree(rt, x, order);
      x = y;
    }
    cache.list = 0;
    cache.size = 0;
  }
}

/** Order of a small stack of `n` bytes. */
function orderOf(n: number): number {
  return Math.max(0, stacklog2(n) - stacklog2(fixedStack));
}

function isSmall(n: number): boolean {
  return n < fixedStack << numStackOrders && n < stackCacheSize;
}

/** The mcache that keeps stacks for the running M, null without a P. */
function stackCacheOf(rt: Runtime): MCache | null {
  return rt.m.p?.mcache ?? null;
}

/** A stack of `n` bytes, a power of two. Its memory is not cleared. @go runtime/stack.go stackalloc */
export function stackalloc(rt: Runtime, n: number): Stack {
  if ((n & (n - 1)) !== 0) throw_('stack size not a power of 2');
  let v: number;
  if (isSmall(n)) {
    const order = orderOf(n);
    const c = stackCacheOf(rt);
    if (c === null) {
      v = stackpoolalloc(rt, order);
    } else {
      const cache = c.stackcache[order]!;
      if (cache.list === 0) stackcacherefill(rt, c, order);
      v = cache.list;
      cache.list = rt.memory.readUintptr(v);
      cache.size -= n;
    }
  } else {
    const npage = n / pageSize;
    const list = rt.stackpool.large[stacklog2(npage)]!;
    let s = list.first;
    if (s !== null) {
      list.remove(s);
    } else {
      s = rt.mheap.allocManual(npage, spanAllocStack);
      s.elemsize = n;
    }
    v = s.base();
  }
  rt.observer?.onEvent({ name: 'stackalloc', addr: v, size: n });
  return { lo: v, hi: v + n };
}

/** Frees a stack. Large ones wait for the end of a collection if one runs. @go runtime/stack.go stackfree */
export function stackfree(rt: Runtime, stk: Stack): void {
  const v = stk.lo;
  const n = stk.hi - stk.lo;
  if ((n & (n - 1)) !== 0) throw_('stack not a power of 2');
  rt.observer?.onEvent({ name: 'stackfree', addr: v, size: n });
  if (isSmall(n)) {
    const order = orderOf(n);
    const c = stackCacheOf(rt);
    if (c === null) {
      stackpoolfree(rt, v, order);
      return;
    }
    const cache = c.stackcache[order]!;
    if (cache.size >= stackCacheSize) stackcacherelease(rt, c, order);
    rt.memory.writeUintptr(v, cache.list);
    cache.list = v;
    cache.size += n;
    return;
  }
  const s = rt.mheap.spanOf(v)!;
  if (s.state !== mSpanManual) throw_('bad span state');
  if (rt.gc.gcphase === GCoff) rt.mheap.freeManual(s, spanAllocStack);
  else rt.stackpool.large[stacklog2(s.npages)]!.insert(s);
}

/** Frees the stack spans that a collection kept. @go runtime/stack.go freeStackSpans */
export function freeStackSpans(rt: Runtime): void {
  for (const list of rt.stackpool.pools) {
    for (let s = list.first; s !== null; ) {
      const { next } = s;
      if (s.allocCount === 0) freePoolSpan(rt, list, s);
      s = next;
    }
  }
  for (const list of rt.stackpool.large) {
    for (let s = list.first; s !== null; ) {
      const { next } = s;
      list.remove(s);
      rt.mheap.freeManual(s, spanAllocStack);
      s = next;
    }
  }
}

/** Least power of two that is not below `x`. @go runtime/stack.go round2 */
export function round2(x: number): number {
  let n = 1;
  while (n < x) n *= 2;
  return n;
}

/** Sets the size of new stacks to the average of those scanned. @go runtime/stack.go gcComputeStartingStackSize */
export function gcComputeStartingStackSize(rt: Runtime): void {
  let size = 0;
  let stacks = 0;
  for (const p of rt.allp) {
    size += p.scannedStackSize;
    stacks += p.scannedStacks;
    p.scannedStackSize = 0;
    p.scannedStacks = 0;
  }
  const pools = rt.stackpool;
  if (stacks === 0) {
    pools.startingStackSize = fixedStack;
    return;
  }
  const avg = Math.floor(size / stacks) + stackGuard;
  pools.startingStackSize = round2(Math.max(Math.min(avg, pools.maxstacksize), fixedStack));
}

/**
 * An active call on a simulated stack. Addresses follow the stack when it is copied; each getter
 * is good until the next call or allocation may copy it again.
 */
export class Frame {
  readonly g: G;
  readonly fn: Func;
  readonly caller: Frame | null;
  /** Distance of sp in the function's body, and of the caller's sp, below stack.hi. */
  readonly spOff: number;
  readonly fpOff: number;
  /** Distance of varp and argp below stack.hi. */
  readonly varpOff: number;
  readonly argpOff: number;
  /** Its open-coded defers, if it has any. */
  openDefers: OpenDefers | null = null;
  /** Where the caller goes on. */
  readonly returnPc: number;

  constructor(
    g: G,
    fn: Func,
    caller: Frame | null,
    spOff: number,
    fpOff: number,
    varpOff: number,
    argpOff: number,
    returnPc: number,
  ) {
    this.g = g;
    this.fn = fn;
    this.caller = caller;
    this.spOff = spOff;
    this.fpOff = fpOff;
    this.varpOff = varpOff;
    this.argpOff = argpOff;
    this.returnPc = returnPc;
  }

  get sp(): number {
    return this.g.stack.hi - this.spOff;
  }

  get fp(): number {
    return this.g.stack.hi - this.fpOff;
  }

  /** Top of the locals: bit i of a locals bitmap of n bits is the word at varp - (n - i) * ptrSize. */
  get varp(): number {
    return this.g.stack.hi - this.varpOff;
  }

  /** Start of the arguments: bit i of an args bitmap is the word at argp + i * ptrSize. */
  get argp(): number {
    return this.g.stack.hi - this.argpOff;
  }
}

/**
 * Calls `fn` on the running goroutine: lays its frame below the caller's, growing the stack first if
 * the prologue's check says so, and zeroes the locals that may hold pointers. `returnPc` is the pc
 * after the call in the caller. Arguments are for the caller to write afterwards, at `frame.argp`.
 */
export function pushFrame(rt: Runtime, fn: Func, returnPc: number): Frame {
  const gp = rt.m.curg!;
  const { arch } = rt;
  let entrySp = gp.sched.sp;
  if (!arch.usesLR) {
    entrySp -= arch.ptrSize;
    if (entrySp < gp.stack.lo) throw_('runtime: split stack overflow');
    rt.memory.writeUintptr(entrySp, returnPc);
  }
  return prologue(rt, gp, fn, entrySp, returnPc);
}

/**
 * What a function does at its entry: checks the stack, moves sp, saves link register and frame
 * pointer. `entrySp` is sp after the call; on x86 the return address lies there.
 */
export function prologue(rt: Runtime, gp: G, fn: Func, entrySp: number, returnPc: number): Frame {
  const size = fn.frameSize;
  if (!fn.nosplit && entrySp - beyondSmall(size) <= gp.stackguard0) {
    const { sched } = gp;
    const off = gp.stack.hi - entrySp;
    sched.sp = entrySp;
    sched.pc = fn.entry;
    sched.lr = rt.arch.usesLR ? returnPc : 0;
    newstack(rt, gp, fn);
    sched.lr = 0;
    return layFrame(rt, gp, fn, gp.stack.hi - off, returnPc);
  }
  return layFrame(rt, gp, fn, entrySp, returnPc);
}

function layFrame(rt: Runtime, gp: G, fn: Func, entrySp: number, returnPc: number): Frame {
  const { arch, memory } = rt;
  const { ptrSize } = arch;
  const { sched } = gp;
  const size = fn.frameSize;
  const sp = entrySp - size;
  if (sp < gp.stack.lo) throw_('runtime: split stack overflow');
  const fp = arch.usesLR ? entrySp : entrySp + ptrSize;
  let varp = entrySp;
  if (arch.usesLR && size > 0) memory.writeUintptr(sp, returnPc);
  if (arch.framePointerEnabled && size > 0) {
    varp -= ptrSize;
    const slot = arch.usesLR ? sp - ptrSize : varp;
    memory.writeUintptr(slot, sched.bp);
    sched.bp = slot;
  }
  const slots = rt.stackpool.pointerSlots(fn);
  for (let i = 0; i < slots.length; i++) memory.writeUintptr(varp - slots[i]! * ptrSize, 0);
  const { hi } = gp.stack;
  const frame = new Frame(
    gp,
    fn,
    gp.frame,
    hi - sp,
    hi - fp,
    hi - varp,
    hi - fp - arch.minFrameSize,
    returnPc,
  );
  sched.sp = sp;
  sched.pc = fn.entry + arch.pcQuantum;
  gp.frame = frame;
  return frame;
}

/** Returns from the youngest frame, which must be `frame`. */
export function popFrame(rt: Runtime, frame: Frame): void {
  const gp = frame.g;
  if (gp.frame !== frame) throw_('popFrame: not the youngest frame');
  const { arch } = rt;
  if (arch.framePointerEnabled && frame.fn.frameSize > 0) {
    const slot = arch.usesLR ? frame.sp - arch.ptrSize : frame.varp;
    gp.sched.bp = rt.memory.readUintptr(slot);
  }
  gp.sched.sp = frame.caller?.sp ?? frame.fp;
  gp.sched.pc = frame.returnPc;
  gp.frame = frame.caller;
}

/**
 * Grows the stack of the running goroutine as if it called functions of the runtime that need
 * `bytes` below its sp, but leaves no frames.
 */
export function needStack(rt: Runtime, bytes: number): void {
  const gp = rt.m.curg;
  if (gp === null || gp.stack.lo === 0) return;
  if (gp.status !== Grunning) return;
  while (gp.sched.sp - bytes <= gp.stackguard0) {
    growStack(rt, gp, (gp.stack.hi - gp.stack.lo) * 2);
  }
}

/**
 * Doubles the stack of `gp`, which is at the entry of `fn`, until the function's frame fits.
 *
 * @go runtime/stack.go newstack
 */
function newstack(rt: Runtime, gp: G, fn: Func | undefined): void {
  if (gp.throwsplit) throw_('runtime: stack split at bad time');
  if (gp.stack.lo === 0) throw_('missing stack in newstack');
  let sp = gp.sched.sp;
  if (!rt.arch.usesLR) sp -= rt.arch.ptrSize;
  if (sp < gp.stack.lo) throw_('runtime: split stack overflow');
  let newsize = (gp.stack.hi - gp.stack.lo) * 2;
  if (fn !== undefined) {
    const needed = fn.frameSize + stackGuard;
    const used = gp.stack.hi - gp.sched.sp;
    while (newsize - used < needed) newsize *= 2;
  }
  growStack(rt, gp, newsize);
}

function growStack(rt: Runtime, gp: G, newsize: number): void {
  if (newsize > rt.stackpool.maxstacksize) throw_('stack overflow');
  const { status } = gp;
  gp.status = Gcopystack;
  copystack(rt, gp, newsize);
  gp.status = status;
}

interface AdjustInfo {
  readonly lo: number;
  readonly hi: number;
  readonly delta: number;
}

/** Moves the pointer at `slot` if it points into the old stack. @go runtime/stack.go adjustpointer */
function adjustpointer(rt: Runtime, info: AdjustInfo, slot: number): void {
  const p = rt.memory.readUintptr(slot);
  if (info.lo <= p && p < info.hi) rt.memory.writeUintptr(slot, p + info.delta);
}

function adjusted(info: AdjustInfo, p: number): number {
  return info.lo <= p && p < info.hi ? p + info.delta : p;
}

/** @go runtime/stack.go adjustpointers */
function adjustpointers(
  rt: Runtime,
  scanp: number,
  bv: Bitvector,
  info: AdjustInfo,
  check: boolean,
): void {
  const { memory } = rt;
  const { ptrSize } = rt.arch;
  for (let i = 0; i < bv.n; i++) {
    if (((bv.bytedata[i >> 3]! >> (i & 7)) & 1) === 0) continue;
    const slot = scanp + i * ptrSize;
    const p = memory.readUintptr(slot);
    if (check && p > 0 && p < minLegalPointer) throw_('invalid pointer found on stack');
    if (info.lo <= p && p < info.hi) memory.writeUintptr(slot, p + info.delta);
  }
}

/** @go runtime/stack.go adjustframe */
function adjustframe(rt: Runtime, frame: StackFrame, info: AdjustInfo): void {
  if (frame.continpc === 0) return;
  const { arch } = rt;
  if (arch.framePointerEnabled && frame.argp - frame.varp === 2 * arch.ptrSize) {
    adjustpointer(rt, info, frame.varp);
  }
  const { locals, args } = getStackMap(rt, frame);
  if (locals !== null && locals.n > 0) {
    adjustpointers(rt, frame.varp - locals.n * arch.ptrSize, locals, info, true);
  }
  if (args !== null && args.n > 0) adjustpointers(rt, frame.argp, args, info, false);
  if (frame.varp === 0) return;
  for (const obj of frame.fn.stackObjects ?? []) {
    const p = (obj.off >= 0 ? frame.argp : frame.varp) + obj.off;
    if (p < frame.sp) continue;
    for (let i = 0; i < obj.ptrdata; i += arch.ptrSize) {
      const word = i / arch.ptrSize;
      if ((obj.gcdata[word >> 3]! >> (word & 7)) & 1) adjustpointer(rt, info, p + i);
    }
  }
}

/** @go runtime/stack.go adjustctxt */
function adjustctxt(rt: Runtime, gp: G, info: AdjustInfo): void {
  const { sched } = gp;
  sched.ctxt = adjusted(info, sched.ctxt);
  if (!rt.arch.framePointerEnabled) return;
  const { ptrSize } = rt.arch;
  const oldfp = sched.bp;
  sched.bp = adjusted(info, oldfp);
  if (rt.arch.goarch === 'arm64' && oldfp === sched.sp - ptrSize && oldfp !== 0) {
    rt.memory.copy(sched.bp, oldfp, ptrSize);
    adjustpointer(rt, info, sched.bp);
  }
}

/** Records of defers and panics that lie on the stack move with it. @go runtime/stack.go adjustdefers */
function adjustdefers(rt: Runtime, gp: G, info: AdjustInfo): void {
  for (let d = gp.defer; d !== null; d = d.link) {
    d.addr = adjusted(info, d.addr);
    d.sp = adjusted(info, d.sp);
    if (d.fn !== null && info.lo <= d.fn.addr && d.fn.addr < info.hi) {
      d.fn = { ...d.fn, addr: d.fn.addr + info.delta };
    }
  }
  for (let d = gp.defer; d !== null; d = d.link) d.write(rt);
  rt.sched.writeDeferHead(rt, gp);
}

/** @go runtime/stack.go adjustpanics */
function adjustpanics(rt: Runtime, gp: G, info: AdjustInfo): void {
  for (let p = gp.panic; p !== null; p = p.link) {
    p.addr = adjusted(info, p.addr);
    p.argp = adjusted(info, p.argp);
    p.startSP = adjusted(info, p.startSP);
    p.sp = adjusted(info, p.sp);
    p.fp = adjusted(info, p.fp);
    p.argData = adjusted(info, p.argData);
  }
  for (let p = gp.panic; p !== null; p = p.link) p.write(rt);
  rt.sched.writePanicHead(rt, gp);
}

/** @go runtime/stack.go adjustsudogs */
function adjustsudogs(rt: Runtime, gp: G, info: AdjustInfo): void {
  for (let s = gp.waiting; s !== null; s = s.waitlink) {
    s.elem = adjusted(info, s.elem);
    s.write(rt);
  }
}

/**
 * Moves the stack of `gp` to one of `newsize` bytes and adjusts every pointer into it.
 *
 * @go runtime/stack.go copystack
 */
function copystack(rt: Runtime, gp: G, newsize: number): void {
  if (gp.syscallsp !== 0) throw_('stack growth not allowed in system call');
  const old = gp.stack;
  if (old.lo === 0) throw_('nil stackbase');
  const used = old.hi - gp.sched.sp;
  rt.gcController.addScannableStack(rt.m.p, newsize - (old.hi - old.lo));
  const stk = stackalloc(rt, newsize);
  rt.observer?.onEvent({
    name: 'copystack',
    goid: gp.goid,
    from: old.lo,
    oldSize: old.hi - old.lo,
    to: stk.lo,
    newSize: newsize,
  });
  const info: AdjustInfo = { lo: old.lo, hi: old.hi, delta: stk.hi - old.hi };
  if (!gp.activeStackChans && newsize < old.hi - old.lo && gp.parkingOnChan) {
    throw_('racy sudog adjustment due to parking on channel');
  }
  adjustsudogs(rt, gp, info);
  rt.memory.copy(stk.hi - used, old.hi - used, used);
  adjustctxt(rt, gp, info);
  gp.stack = stk;
  gp.stackguard0 = stk.lo + stackGuard;
  gp.sched.sp = stk.hi - used;
  gp.stktopsp += info.delta;
  adjustdefers(rt, gp, info);
  adjustpanics(rt, gp, info);
  const u = new Unwinder(rt, gp);
  for (u.init(); u.valid(); u.next()) adjustframe(rt, u.frame, info);
  stackfree(rt, old);
}

/** @go runtime/stack.go isShrinkStackSafe */
export function isShrinkStackSafe(gp: G): boolean {
  return gp.syscallsp === 0 && !gp.parkingOnChan;
}

/**
 * Halves the stack of `gp` if less than a quarter of it is in use.
 *
 * @go runtime/stack.go shrinkstack
 */
export function shrinkstack(rt: Runtime, gp: G): void {
  if (gp.stack.lo === 0) throw_('missing stack in shrinkstack');
  if (gp.status === Gdead) throw_('bad status in shrinkstack');
  if (!isShrinkStackSafe(gp)) throw_('shrinkstack at bad time');
  if (rt.symtab.findfunc(gp.startpc)?.name === 'runtime.gcBgMarkWorker') return;
  const oldsize = gp.stack.hi - gp.stack.lo;
  const newsize = oldsize / 2;
  if (newsize < fixedStack) return;
  const used = gp.stack.hi - gp.sched.sp + stackNosplit;
  if (used >= oldsize / 4) return;
  copystack(rt, gp, newsize);
}

/** Books a scanned stack for the next starting size. @go runtime/mgcmark.go scanstack */
export function bookScannedStack(pp: P | null, scannedSize: number): void {
  if (pp === null) return;
  pp.scannedStackSize += scannedSize;
  pp.scannedStacks++;
}
