/**
 * Marking: roots, grey objects, stacks, and the debt that allocation pays with scan work.
 *
 * @go runtime/mgcmark.go
 */
import type { Arch } from './arch.ts';
import { throw_ } from './errors.ts';
import { findObject, heapBitsForAddr, typePointersOf } from './mbitmap.ts';
import type { GcDrainFlags } from './mgc.ts';
import { gcCreditSlack, gcOverAssistWork } from './mgcpacer.ts';
import { StackScanState } from './mgcstack.ts';
import type { GcWork } from './mgcwork.ts';
import { kindSpecialFinalizer, type MSpan, mSpanInUse } from './mspan.ts';
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
import { divRoundUp } from './uintptr.ts';

/** Root jobs that every cycle has. */
const fixedRootFinalizers = 0;
const fixedRootFreeGStacks = 1;
const fixedRootCount = 2;
/** Bytes of data or bss in one root job. */
const rootBlockBytes = 256 * 1024;
/** Bytes of a large object that are scanned at once. */
const maxObletBytes = 128 * 1024;
/** Scan work between two looks at whether a worker should stop. */
const drainCheckThreshold = 100000;
/** Pages of an arena in one span root job. */
const pagesPerSpanRoot = 512;

/**
 * Counts the root jobs of the cycle and fixes the goroutines and arenas it looks at.
 *
 * @go runtime/mgcmark.go gcMarkRootPrepare
 */
export function gcMarkRootPrepare(rt: Runtime): void {
  const { work } = rt.gc;
  const md = rt.firstmoduledata;
  work.nDataRoots = divRoundUp(md.edata - md.data, rootBlockBytes);
  work.nBSSRoots = divRoundUp(md.ebss - md.bss, rootBlockBytes);
  rt.mheap.markArenas = rt.mheap.allArenas.slice();
  work.nSpanRoots = rt.mheap.markArenas.length * (pagesPerArena(rt.arch) / pagesPerSpanRoot);
  work.stackRoots = rt.allgs.slice();
  work.nStackRoots = work.stackRoots.length;
  work.markrootNext = 0;
  work.baseData = fixedRootCount;
  work.baseBSS = work.baseData + work.nDataRoots;
  work.baseSpans = work.baseBSS + work.nBSSRoots;
  work.baseStacks = work.baseSpans + work.nSpanRoots;
  work.baseEnd = work.baseStacks + work.nStackRoots;
  work.markrootJobs = work.baseEnd;
}

/** Pages of one heap arena. */
function pagesPerArena(arch: Arch): number {
  return arch.heapArenaBytes / 8192;
}

/** True if the cycle has root jobs or published grey objects left. @go runtime/mgc.go gcMarkWorkAvailable */
export function gcMarkWorkAvailable(rt: Runtime, gcw: GcWork | null): boolean {
  const { work } = rt.gc;
  if (gcw !== null && !gcw.empty()) return true;
  return work.bufs.full.length !== 0 || work.markrootNext < work.markrootJobs;
}

/**
 * Does root job `i`: data, bss, spans' specials, stacks, or one of the fixed ones. Returns its scan
 * work and, with `flushBgCredit`, makes it credit for assists.
 *
 * @go runtime/mgcmark.go markroot
 */
function markroot(rt: Runtime, gcw: GcWork, i: number, flushBgCredit: boolean): number {
  const { work } = rt.gc;
  const c = rt.gcController;
  const md = rt.firstmoduledata;
  let workDone = 0;
  if (work.baseData <= i && i < work.baseBSS) {
    workDone = markrootBlock(
      rt,
      md.data,
      md.edata - md.data,
      md.gcdatamask.bytedata,
      gcw,
      i - work.baseData,
    );
    c.globalsScanWork += workDone;
  } else if (work.baseBSS <= i && i < work.baseSpans) {
    workDone = markrootBlock(
      rt,
      md.bss,
      md.ebss - md.bss,
      md.gcbssmask.bytedata,
      gcw,
      i - work.baseBSS,
    );
    c.globalsScanWork += workDone;
  } else if (i === fixedRootFinalizers) {
    rt.mfinal.scan(rt, (p) => scanpointer(rt, p, gcw, null));
    if (work.nStackRoots === 0) scanRegisters(rt, gcw);
  } else if (i === fixedRootFreeGStacks) {
    rt.gc.host.freeGStacks(rt);
  } else if (work.baseSpans <= i && i < work.baseStacks) {
    markrootSpans(rt, gcw, i - work.baseSpans);
  } else {
    if (i < work.baseStacks || work.baseEnd <= i) throw_('markroot: bad index');
    if (i === work.baseStacks) scanRegisters(rt, gcw);
    workDone = markrootStack(rt, gcw, work.stackRoots![i - work.baseStacks]!);
    c.stackScanWork += workDone;
  }
  rt.nanotime += workDone * rt.gc.nsPerScanByte;
  if (workDone !== 0 && flushBgCredit) gcFlushBgCredit(rt, workDone);
  return workDone;
}

/** What no stack holds yet is marked as if the first one did. */
function scanRegisters(rt: Runtime, gcw: GcWork): void {
  for (const p of rt.gc.registers) if (p !== 0) scanpointer(rt, p, gcw, null);
}

function markrootStack(rt: Runtime, gcw: GcWork, gp: G): number {
  const { status } = gp;
  if ((status === Gwaiting || status === Gsyscall) && gp.waitsince === 0) {
    gp.waitsince = rt.gc.work.tstart;
  }
  if (gp.gcscandone) throw_('g already scanned');
  const selfScan = status === Grunning;
  if (selfScan) gp.status = Gwaiting;
  const workDone = scanstack(rt, gp, gcw);
  gp.gcscandone = true;
  if (selfScan) gp.status = status;
  return workDone;
}

/**
 * Scans the `shard`-th 256 KiB of the `n0` bytes at `b0`, whose pointers `ptrmask0` tells. Returns
 * the bytes scanned.
 *
 * @go runtime/mgcmark.go markrootBlock
 */
function markrootBlock(
  rt: Runtime,
  b0: number,
  n0: number,
  ptrmask0: Uint8Array,
  gcw: GcWork,
  shard: number,
): number {
  const off = shard * rootBlockBytes;
  if (off >= n0) return 0;
  const n = Math.min(rootBlockBytes, n0 - off);
  const ptrmask = ptrmask0.subarray(off / (8 * rt.arch.ptrSize));
  scanblock(rt, b0 + off, n, ptrmask, gcw, null);
  return n;
}

/**
 * Marks what finalizers of 512 pages of an arena keep: all that their objects refer to, but not the
 * objects, and their closures.
 *
 * @go runtime/mgcmark.go markrootSpans
 */
function markrootSpans(rt: Runtime, gcw: GcWork, shard: number): void {
  const sg = rt.mheap.sweepgen;
  const pages = pagesPerArena(rt.arch);
  const shardsPerArena = pages / pagesPerSpanRoot;
  const ai = rt.mheap.markArenas[Math.floor(shard / shardsPerArena)]!;
  const ha = rt.mheap.arenas.get(ai)!;
  const arenaPage = (shard * pagesPerSpanRoot) % pages;
  for (let i = 0; i < pagesPerSpanRoot / 8; i++) {
    const specials = ha.pageSpecials[arenaPage / 8 + i]!;
    if (specials === 0) continue;
    for (let j = 0; j < 8; j++) {
      if ((specials & (1 << j)) === 0) continue;
      const s = ha.spans[arenaPage + i * 8 + j]!;
      if (s.state !== mSpanInUse) throw_('non in-use span found with specials bit set');
      if (!(s.sweepgen === sg || s.sweepgen === sg + 3)) throw_('gc: unswept span');
      markSpanFinalizers(rt, s, gcw);
    }
  }
}

function markSpanFinalizers(rt: Runtime, s: MSpan, gcw: GcWork): void {
  for (let sp = s.specials; sp !== null; sp = sp.next) {
    if (sp.kind !== kindSpecialFinalizer) continue;
    const p = s.base() + Math.floor(sp.offset / s.elemsize) * s.elemsize;
    if (!s.noscan()) scanobject(rt, p, gcw);
    scanpointer(rt, sp.fn.addr, gcw, null);
  }
}

/**
 * Pays the allocation debt of `gp`: with credit of background workers first, then by marking. A
 * goroutine that would have to wait for more credit has the background worker run in its place.
 *
 * @go runtime/mgcmark.go gcAssistAlloc
 */
export function gcAssistAlloc(rt: Runtime, gp: G): void {
  const c = rt.gcController;
  while (rt.gc.blackenEnabled) {
    let debtBytes = -gp.gcAssistBytes;
    let scanWork = Math.trunc(c.assistWorkPerByte * debtBytes);
    rt.observer?.onEvent({ name: 'gcAssistAlloc', goid: gp.goid, debtBytes, scanWork });
    if (scanWork < gcOverAssistWork) {
      scanWork = gcOverAssistWork;
      debtBytes = Math.trunc(c.assistBytesPerWork * scanWork);
    }
    if (c.bgScanCredit > 0) {
      let stolen = scanWork;
      if (c.bgScanCredit < scanWork) {
        stolen = c.bgScanCredit;
        gp.gcAssistBytes += 1 + Math.trunc(c.assistBytesPerWork * stolen);
      } else {
        gp.gcAssistBytes += debtBytes;
      }
      c.bgScanCredit -= stolen;
      scanWork -= stolen;
      if (scanWork === 0) return;
    }
    if (gcAssistAlloc1(rt, gp, scanWork)) rt.gc.gcMarkDone(rt);
    if (gp.gcAssistBytes >= 0) return;
    if (rt.gc.blackenEnabled && c.bgScanCredit <= 0) rt.gc.runBackgroundWorker(rt, true);
  }
}

/** Marks about `scanWork`; true if this ended the cycle's work. @go runtime/mgcmark.go gcAssistAlloc1 */
function gcAssistAlloc1(rt: Runtime, gp: G, scanWork: number): boolean {
  const startTime = rt.nanotime;
  const { status } = gp;
  gp.status = Gwaiting;
  const gcw = rt.gc.gcwOf(rt.m.p);
  const workDone = gcDrainN(rt, gcw, scanWork);
  gp.status = status;
  gp.gcAssistBytes += 1 + Math.trunc(rt.gcController.assistBytesPerWork * workDone);
  rt.gc.bookAssistTime(rt, rt.nanotime - startTime);
  return !gcMarkWorkAvailable(rt, null);
}

/**
 * Makes a worker's scan work credit, first of goroutines that wait for it.
 *
 * @go runtime/mgcmark.go gcFlushBgCredit
 */
function gcFlushBgCredit(rt: Runtime, scanWork: number): void {
  rt.gcController.bgScanCredit += scanWork;
}

/** Worker flags of {@link gcDrain}. @go runtime/mgcmark.go gcDrainFlags */
export const gcDrainUntilPreempt = 1;
export const gcDrainFlushBgCredit = 2;
export const gcDrainIdle = 4;
export const gcDrainFractional = 8;

/**
 * Does root jobs and blackens grey objects until none are left, or until an idle or fractional
 * worker finds that it should stop.
 *
 * @go runtime/mgcmark.go gcDrain
 */
export function gcDrain(
  rt: Runtime,
  gcw: GcWork,
  flags: GcDrainFlags,
  check: (() => boolean) | null,
): void {
  if (!rt.gc.writeBarrierEnabled) throw_('gcDrain phase incorrect');
  const { work } = rt.gc;
  const c = rt.gcController;
  const flushBgCredit = (flags & gcDrainFlushBgCredit) !== 0;
  let initScanWork = gcw.heapScanWork;
  let checkWork = check === null ? Number.POSITIVE_INFINITY : initScanWork + drainCheckThreshold;
  const flush = (): void => {
    c.heapScanWork += gcw.heapScanWork;
    if (flushBgCredit) {
      gcFlushBgCredit(rt, gcw.heapScanWork - initScanWork);
      initScanWork = 0;
    }
    checkWork -= gcw.heapScanWork;
    gcw.heapScanWork = 0;
  };
  while (work.markrootNext < work.markrootJobs) {
    markroot(rt, gcw, work.markrootNext++, flushBgCredit);
    if (check?.()) {
      if (gcw.heapScanWork > 0) flush();
      return;
    }
  }
  for (;;) {
    if (work.bufs.full.length === 0) gcw.balance(rt);
    const b = nextGrey(rt, gcw);
    if (b === 0) break;
    scanobject(rt, b, gcw);
    if (gcw.heapScanWork >= gcCreditSlack) {
      flush();
      if (checkWork <= 0) {
        checkWork += drainCheckThreshold;
        if (check?.()) break;
      }
    }
  }
  if (gcw.heapScanWork > 0) flush();
}

/** Takes a grey object, from the write barrier's buffer if nowhere else; 0 if there is none. */
function nextGrey(rt: Runtime, gcw: GcWork): number {
  const b = gcw.tryGet(rt);
  if (b !== 0) return b;
  rt.gc.wbBufFlush(rt);
  return gcw.tryGet(rt);
}

/**
 * Blackens objects until about `scanWork` is done, and root jobs where there are none. Returns the
 * scan work done; objects are scanned whole, so it may be more, and less where work ends.
 *
 * @go runtime/mgcmark.go gcDrainN
 */
export function gcDrainN(rt: Runtime, gcw: GcWork, scanWork: number): number {
  if (!rt.gc.writeBarrierEnabled) throw_('gcDrainN phase incorrect');
  const { work } = rt.gc;
  let workFlushed = -gcw.heapScanWork;
  while (workFlushed + gcw.heapScanWork < scanWork) {
    if (work.bufs.full.length === 0) gcw.balance(rt);
    const b = nextGrey(rt, gcw);
    if (b === 0) {
      if (work.markrootNext >= work.markrootJobs) break;
      workFlushed += markroot(rt, gcw, work.markrootNext++, false);
      continue;
    }
    scanobject(rt, b, gcw);
    if (gcw.heapScanWork >= gcCreditSlack) {
      rt.gcController.heapScanWork += gcw.heapScanWork;
      workFlushed += gcw.heapScanWork;
      gcw.heapScanWork = 0;
    }
  }
  return workFlushed + gcw.heapScanWork;
}

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
function scanblock(
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
  if (obj % rt.arch.ptrSize !== 0) throw_('greyobject: obj not pointer-aligned');
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
function scanstack(rt: Runtime, gp: G, gcw: GcWork): number {
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
