/**
 * Greying: what objects, frames and blocks of memory point to.
 *
 * @go runtime/mgcmark.go
 */
import { throw_ } from './errors.ts';
import { findObject, heapBitsForAddr, typePointersOf } from './mbitmap.ts';
import { StackScanState } from './mgcstack.ts';
import type { GcWork } from './mgcwork.ts';
import { type MSpan, mSpanInUse } from './mspan.ts';
import {
  type G,
  Gdead,
  Grunnable,
  Grunning,
  Gsyscall,
  Gwaiting,
  type Runtime,
} from './runtime2.ts';
import { bookScannedStack, isShrinkStackSafe, shrinkstack } from './stack.ts';
import { getStackMap, type StackFrame, Unwinder } from './traceback.ts';

/** Bytes of a large object that are scanned at once. */
const maxObletBytes = 128 * 1024;

/** Greys the object that the value `p` of a root slot points into, or notes a pointer into the stack. */
export function scanpointer(rt: Runtime, p: number, gcw: GcWork, stk: StackScanState | null): void {
  if (p === 0) return;
  const found = findObject(rt, p);
  if (found.base !== 0) {
    greyobject(rt, found.base, found.span!, gcw, found.objIndex);
  } else if (stk !== null && p >= stk.lo && p < stk.hi) {
    stk.putPtr(rt, p, false);
  }
}

/**
 * Scans the `n` bytes at `b` outside the heap, where `ptrmask` has a bit for each word. Counts
 * neither as marked bytes nor as scan work.
 *
 * @go runtime/mgcmark.go scanblock
 */
export function scanblock(
  rt: Runtime,
  b: number,
  n: number,
  ptrmask: Uint8Array,
  gcw: GcWork,
  stk: StackScanState | null,
): void {
  const { ptrSize } = rt.arch;
  const { memory } = rt;
  for (let i = 0; i < n; ) {
    let bits = ptrmask[i / (ptrSize * 8)]!;
    if (bits === 0) {
      i += ptrSize * 8;
      continue;
    }
    for (let j = 0; j < 8 && i < n; j++) {
      if ((bits & 1) !== 0) scanpointer(rt, memory.readUintptr(b + i), gcw, stk);
      bits >>>= 1;
      i += ptrSize;
    }
  }
}

/**
 * Blackens the heap object, or the 128 KiB piece of a large one, that starts at `b`.
 *
 * @go runtime/mgcmark.go scanobject
 */
export function scanobject(rt: Runtime, b: number, gcw: GcWork): void {
  const { memory, allocHeaders } = rt;
  const s = rt.mheap.spanOf(b)!;
  if (s.heapBitsAddr !== 0) {
    scanSmall(rt, s, (b - s.startAddr) | 0, gcw);
    return;
  }
  rt.observer?.onEvent({ name: 'scanobject', addr: b, span: s.startAddr });
  let n = s.elemsize;
  if (n === 0) throw_('scanobject n == 0');
  if (s.noscan()) throw_('scanobject of a noscan object');
  if (n > maxObletBytes) {
    const base = s.base();
    if (b === base) {
      for (let oblet = b + maxObletBytes; oblet < base + s.elemsize; oblet += maxObletBytes) {
        gcw.put(rt, oblet);
      }
    }
    n = Math.min(base + s.elemsize - b, maxObletBytes);
  }
  const cursor = allocHeaders ? typePointersOf(rt, b, n) : heapBitsForAddr(rt, b, n);
  let scanSize = 0;
  for (;;) {
    const addr = cursor.next();
    if (addr === 0) break;
    scanSize = addr - b + rt.arch.ptrSize;
    const obj = memory.readUintptr(addr);
    if (obj !== 0 && (obj < b || obj - b >= n)) {
      const found = findObject(rt, obj);
      if (found.base !== 0) greyobject(rt, found.base, found.span!, gcw, found.objIndex);
    }
  }
  gcw.bytesMarked += n;
  gcw.heapScanWork += scanSize;
  rt.nanotime += scanSize * rt.gc.nsPerScanByte;
}

/**
 * The same for the object at `offset` of a span with the pointer bits at its end. From here on objects are known by
 * span and offset or index: an address that is handed on would be boxed.
 */
function scanSmall(rt: Runtime, s: MSpan, offset: number, gcw: GcWork): void {
  if (rt.observer !== undefined) {
    rt.observer.onEvent({ name: 'scanobject', addr: s.startAddr + offset, span: s.startAddr });
  }
  const { ptrSize } = rt.memory;
  const n = s.elemsize;
  const bits = rt.mheap.heapBitsSmall;
  bits.load(rt, s, offset);
  let { lo, hi } = bits;
  let end = 0;
  while ((lo | hi) !== 0) {
    let word: number;
    if (lo !== 0) {
      word = 31 - Math.clz32(lo & -lo);
      lo &= lo - 1;
    } else {
      word = 63 - Math.clz32(hi & -hi);
      hi &= hi - 1;
    }
    scanword(rt, s, offset, word * ptrSize, gcw);
    end = word + 1;
  }
  const scanSize = end * ptrSize;
  gcw.bytesMarked += n;
  gcw.heapScanWork += scanSize;
  rt.nanotime += scanSize * rt.gc.nsPerScanByte;
}

/** What {@link scanword} does, for a word that points anywhere. */
function scanfar(rt: Runtime, s: MSpan, offset: number, at: number, gcw: GcWork): void {
  const { base, span, objIndex } = findObject(
    rt,
    rt.memory.readUintptr(s.startAddr + (offset + at)),
  );
  if (base === 0 || (span === s && base - s.startAddr === offset)) return;
  greyobject(rt, base, span!, gcw, objIndex);
}

/** Greys what the word at `at` of the object at `offset` of span `s` points to, if it is not the object itself. */
export function scanword(rt: Runtime, s: MSpan, offset: number, at: number, gcw: GcWork): void {
  const obj = rt.memory.readUintptr(s.startAddr + (offset + at));
  if (obj === 0) return;
  // spanOfHeap and objIndex, written out since a call may box.
  const ha = rt.mheap.lastArena;
  const inArena = obj - ha.base;
  const span = inArena >= 0 && inArena < rt.arch.heapArenaBytes ? ha.spans[inArena >>> 13]! : null;
  const inSpan = span === null ? -1 : obj - span.startAddr;
  if (span === null || span.state !== mSpanInUse || inSpan < 0 || obj >= span.limit) {
    scanfar(rt, s, offset, at, gcw);
    return;
  }
  const objIndex = ((inSpan * span.divMul) / 4294967296) >>> 0;
  if (span.isMarked(objIndex)) return;
  if (span === s && objIndex * s.elemsize === offset) return;
  span.setMarked(objIndex);
  const start = inArena - inSpan;
  if (start >= 0) ha.pageMarks[start >>> 16]! |= 1 << ((start >>> 13) & 7);
  else markSpan(rt, span);
  if (rt.observer !== undefined) {
    const addr = span.startAddr + objIndex * span.elemsize;
    rt.observer.onEvent({ name: 'greyobject', addr, span: span.startAddr });
  }
  if (span.noscan()) gcw.bytesMarked += span.elemsize;
  else gcw.putSlot(rt, span, objIndex);
}

/**
 * Scans `n` bytes at `b` taking each word that looks like a pointer for one; with `ptrmask` only the
 * words it names.
 *
 * @go runtime/mgcmark.go scanConservative
 */
function scanConservative(
  rt: Runtime,
  b: number,
  n: number,
  ptrmask: Uint8Array | null,
  gcw: GcWork,
  state: StackScanState,
): void {
  const { ptrSize } = rt.arch;
  for (let i = 0; i < n; i += ptrSize) {
    if (ptrmask !== null) {
      const word = i / ptrSize;
      if (((ptrmask[word >>> 3]! >>> (word & 7)) & 1) === 0) continue;
    }
    const val = rt.memory.readUintptr(b + i);
    if (state.lo <= val && val < state.hi) {
      state.putPtr(rt, val, true);
      continue;
    }
    const span = rt.mheap.spanOfHeap(val);
    if (span === null) continue;
    const idx = span.objIndex(val);
    if (span.isFree(idx)) continue;
    greyobject(rt, span.base() + idx * span.elemsize, span, gcw, idx);
  }
}

/** Greys the heap object that `b` points into, if it does. @go runtime/mgcmark.go shade */
export function shade(rt: Runtime, b: number): void {
  const found = findObject(rt, b);
  if (found.base !== 0) {
    greyobject(rt, found.base, found.span!, rt.gc.gcwOf(rt.m.p), found.objIndex);
  }
}

/**
 * Marks the object `obj`, slot `objIndex` of `span`, and queues it unless it has no pointers: then
 * it is black at once.
 *
 * @go runtime/mgcmark.go greyobject
 */
function greyobject(rt: Runtime, obj: number, span: MSpan, gcw: GcWork, objIndex: number): void {
  if (((obj - span.startAddr) & (rt.arch.ptrSize - 1)) !== 0) {
    throw_('greyobject: obj not pointer-aligned');
  }
  if (span.isMarked(objIndex)) return;
  span.setMarked(objIndex);
  markSpan(rt, span);
  rt.observer?.onEvent({ name: 'greyobject', addr: obj, span: span.startAddr });
  if (span.noscan()) {
    gcw.bytesMarked += span.elemsize;
    return;
  }
  gcw.put(rt, obj);
}

/** Notes that the span holds a marked object, so that its pages are not reclaimed whole. */
export function markSpan(rt: Runtime, span: MSpan): void {
  rt.mheap.setPageMark(span.base());
}

/**
 * Marks a new object black while a cycle runs.
 *
 * @go runtime/mgcmark.go gcmarknewobject
 */
export function gcmarknewobject(rt: Runtime, span: MSpan, obj: number): void {
  span.setMarked(span.objIndex(obj));
  markSpan(rt, span);
  rt.gc.gcwOf(rt.m.p).bytesMarked += span.elemsize;
}

/**
 * Greys the tiny blocks that Ps are filling: their objects may not be reachable yet.
 *
 * @go runtime/mgcmark.go gcMarkTinyAllocs
 */
export function gcMarkTinyAllocs(rt: Runtime): void {
  rt.observer?.onEvent({ name: 'markroot', kind: 'tiny blocks', job: 0, jobs: 0, goid: 0 });
  for (const p of rt.allp) {
    const c = p.mcache;
    if (c === null || c.tiny === 0) continue;
    const found = findObject(rt, c.tiny);
    greyobject(rt, c.tiny, found.span!, rt.gc.gcwOf(p), found.objIndex);
  }
}

/**
 * Greys all that `gp`'s stack points to, through its stackmaps and stack objects, and shrinks the
 * stack if little of it is used. Returns the bytes of stack in use.
 *
 * @go runtime/mgcmark.go scanstack
 */
export function scanstack(rt: Runtime, gp: G, gcw: GcWork): number {
  switch (gp.status) {
    case Gdead:
      return 0;
    case Grunnable:
    case Gsyscall:
    case Gwaiting:
      break;
    case Grunning:
      throw_('scanstack: goroutine not stopped');
      break;
    default:
      throw_('mark - bad status');
  }
  const sp = gp.syscallsp !== 0 ? gp.syscallsp : gp.sched.sp;
  const scannedSize = gp.stack.hi - sp;
  bookScannedStack(rt.m.p, scannedSize);
  if (isShrinkStackSafe(gp)) shrinkstack(rt, gp);
  const state = new StackScanState(gp.stack.lo, gp.stack.hi);
  if (gp.sched.ctxt !== 0) scanpointer(rt, gp.sched.ctxt, gcw, state);
  const u = new Unwinder(rt, gp);
  for (u.init(); u.valid(); u.next()) scanframeworker(rt, u.frame, state, gcw);
  for (let d = gp.defer; d !== null; d = d.link) {
    if (d.fn !== null) scanpointer(rt, d.fn.addr, gcw, state);
    if (d.link !== null) scanpointer(rt, d.link.addr, gcw, state);
    if (d.heap) scanpointer(rt, d.addr, gcw, state);
  }
  if (gp.panic !== null) state.putPtr(rt, gp.panic.addr, false);
  for (;;) {
    const p = state.getPtr(rt);
    if (p === 0) break;
    const conservative = state.lastConservative;
    const obj = state.takeObject(p);
    if (obj === null) continue;
    if (conservative) {
      scanConservative(rt, obj.addr, obj.r.ptrdata, obj.r.gcdata, gcw, state);
    } else {
      scanblock(rt, obj.addr, obj.r.ptrdata, obj.r.gcdata, gcw, state);
    }
  }
  state.release(rt);
  return scannedSize;
}

/**
 * Scans one frame's locals and arguments and notes its stack objects. Async-preempted frames and
 * their callers are scanned conservatively.
 *
 * @go runtime/mgcmark.go scanframeworker
 */
function scanframeworker(rt: Runtime, frame: StackFrame, state: StackScanState, gcw: GcWork): void {
  const { ptrSize } = rt.arch;
  const isAsyncPreempt = frame.asyncPreempt;
  if (state.conservative || isAsyncPreempt) {
    if (frame.varp !== 0 && frame.varp > frame.sp) {
      scanConservative(rt, frame.sp, frame.varp - frame.sp, null, gcw, state);
    }
    const n = frame.argBytes();
    if (n !== 0) scanConservative(rt, frame.argp, n, null, gcw, state);
    state.conservative = isAsyncPreempt;
    return;
  }
  const { locals, args } = getStackMap(rt, frame);
  if (locals !== null && locals.n > 0) {
    const size = locals.n * ptrSize;
    scanblock(rt, frame.varp - size, size, locals.bytedata, gcw, state);
  }
  if (args !== null && args.n > 0) {
    scanblock(rt, frame.argp, args.n * ptrSize, args.bytedata, gcw, state);
  }
  if (frame.varp === 0 || frame.stackObjects === undefined) return;
  for (const obj of frame.stackObjects) {
    const ptr = (obj.off >= 0 ? frame.argp : frame.varp) + obj.off;
    if (ptr >= frame.sp) state.addObject(rt, ptr, obj);
  }
}
