/**
 * Marking: roots, the workers' loop over grey objects, and the debt that allocation pays with scan work.
 *
 * @go runtime/mgcmark.go
 */
import type { Arch } from './arch.ts';
import { throw_ } from './errors.ts';
import { gcCreditSlack, gcOverAssistWork } from './mgcpacer.ts';
import { scanblock, scanobject, scanpointer, scanstack } from './mgcscan.ts';
import { scanQueued } from './mgcscanqueued.ts';
import type { GcWork } from './mgcwork.ts';
import { kindSpecialFinalizer, type MSpan, mSpanInUse } from './mspan.ts';
import { type G, Grunning, Gsyscall, Gwaiting, type Runtime } from './runtime2.ts';
import { divRoundUp } from './uintptr.ts';

/** Root jobs that every cycle has. */
const fixedRootFinalizers = 0;
const fixedRootFreeGStacks = 1;
const fixedRootCount = 2;
/** Bytes of data or bss in one root job. */
const rootBlockBytes = 256 * 1024;
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
  if (rt.observer !== undefined) tellRoot(rt, i);
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

/** Tells an observer which root job is done next. */
function tellRoot(rt: Runtime, i: number): void {
  const { work } = rt.gc;
  let kind = 'stack';
  if (i === fixedRootFinalizers) kind = 'queued finalizers';
  else if (i === fixedRootFreeGStacks) kind = 'free stacks';
  else if (i < work.baseBSS) kind = 'data';
  else if (i < work.baseSpans) kind = 'bss';
  else if (i < work.baseStacks) kind = 'finalizers';
  const goid = i < work.baseStacks ? 0 : work.stackRoots![i - work.baseStacks]!.goid;
  rt.observer?.onEvent({ name: 'markroot', kind, job: i + 1, jobs: work.markrootJobs, goid });
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

type GcDrainFlags = number;

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
    scanQueued(rt, gcw, gcCreditSlack);
    if (gcw.heapScanWork < gcCreditSlack) {
      if (work.bufs.full.length === 0) gcw.balance(rt);
      const b = nextGrey(rt, gcw);
      if (b === 0) break;
      scanobject(rt, b, gcw);
    }
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
