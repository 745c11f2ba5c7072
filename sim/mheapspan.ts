/**
 * A new span: its pages, its statistics, and what is given back to the system to stay within limits.
 *
 * @go runtime/mheap.go
 */
import { sysUsed } from './mem.ts';
import { setPageBit } from './mheaparena.ts';
import {
  type MSpan,
  mSpanInUse,
  mSpanManual,
  type SpanAllocType,
  spanAllocHeap,
  spanAllocPtrScalarBits,
  spanAllocStack,
  spanAllocWorkBuf,
} from './mspan.ts';
import type { Runtime } from './runtime2.ts';
import { classToDivmagic, classToSize } from './sizeclasses.ts';
import { pageSize } from './uintptr.ts';

/** @go runtime/mheap.go (*mheap).setSpans */
function setSpans(rt: Runtime, base: number, npages: number, s: MSpan): void {
  const h = rt.mheap;
  let ha = h.arenaOf(base)!;
  let page = (base - ha.base) / pageSize;
  for (let n = 0; n < npages; n++) {
    if (page === rt.arch.pagesPerArena) {
      ha = h.arenaOf(base + n * pageSize)!;
      page = 0;
    }
    ha.spans[page++] = s;
  }
}

/**
 * Whether some of the pages were used before; all are taken for used from now on.
 *
 * @go runtime/mheap.go (*mheap).allocNeedsZero
 */
function allocNeedsZero(rt: Runtime, base: number, npages: number): boolean {
  const h = rt.mheap;
  const { heapArenaBytes } = rt.arch;
  let needZero = false;
  let at = base;
  let left = npages * pageSize;
  while (left > 0) {
    const ha = h.arenaOf(at)!;
    const arenaBase = at - ha.base;
    if (arenaBase < ha.zeroedBase) needZero = true;
    const arenaLimit = Math.min(arenaBase + left, heapArenaBytes);
    if (arenaLimit > ha.zeroedBase) ha.zeroedBase = arenaLimit;
    at += arenaLimit - arenaBase;
    left -= arenaLimit - arenaBase;
  }
  return needZero;
}

/** Gives pages back before an allocation that would pass the memory limit or the scavenger's goal. */
export function scavengeFor(rt: Runtime, scav: number, growth: number): void {
  const h = rt.mheap;
  const { gcController, scavenger } = rt;
  let bytesToScavenge = 0;
  let force = false;
  const over = scav + gcController.mappedReady - gcController.memoryLimit;
  if (over > 0) {
    bytesToScavenge = over;
    force = true;
  }
  const goal = scavenger.gcPercentGoal;
  if (growth > 0 && goal !== Number.POSITIVE_INFINITY) {
    const retained = gcController.heapInUse + gcController.heapFree;
    if (retained + growth > goal) {
      bytesToScavenge = Math.max(bytesToScavenge, Math.min(growth, retained + growth - goal));
    }
  }
  if (rt.m.p !== null && bytesToScavenge > 0) {
    h.pages.scav.releasedEager += scavenger.scavenge(rt, bytesToScavenge, null, force);
  }
}

/** Books a span in the statistics. */
export function accountSpan(rt: Runtime, s: MSpan, typ: SpanAllocType, scav: number): void {
  const { gcController, memstats } = rt;
  const nbytes = s.npages * pageSize;
  if (scav !== 0) {
    sysUsed(rt, s.startAddr, nbytes, scav);
    gcController.heapReleased -= scav;
  }
  gcController.heapFree -= nbytes - scav;
  if (typ === spanAllocHeap) gcController.heapInUse += nbytes;
  memstats.heapStats.committed += scav;
  memstats.heapStats.released -= scav;
  countSpan(rt, typ, nbytes);
}

export function countSpan(rt: Runtime, typ: SpanAllocType, nbytes: number): void {
  const stats = rt.memstats.heapStats;
  switch (typ) {
    case spanAllocHeap:
      stats.inHeap += nbytes;
      break;
    case spanAllocStack:
      stats.inStacks += nbytes;
      break;
    case spanAllocPtrScalarBits:
      stats.inPtrScalarBits += nbytes;
      break;
    case spanAllocWorkBuf:
      stats.inWorkBufs += nbytes;
      break;
  }
}

/** Makes the pages the span's. @go runtime/mheap.go (*mheap).initSpan */
export function initSpan(
  rt: Runtime,
  s: MSpan,
  typ: SpanAllocType,
  spanclass: number,
  base: number,
  npages: number,
): void {
  const h = rt.mheap;
  s.init(base, npages);
  if (allocNeedsZero(rt, base, npages)) s.needzero = 1;
  const nbytes = npages * pageSize;
  if (typ !== spanAllocHeap) {
    s.manualFreeList = 0;
    s.nelems = 0;
    s.limit = base + nbytes;
    s.state = mSpanManual;
    setSpans(rt, base, npages, s);
    return;
  }
  s.spanclass = spanclass;
  const sizeclass = spanclass >> 1;
  if (sizeclass === 0) {
    s.elemsize = nbytes;
    s.nelems = 1;
    s.divMul = 0;
  } else {
    const size = classToSize[sizeclass]!;
    const { ptrSize } = rt.arch;
    const inSpan = rt.allocHeaders && !s.noscan() && size <= ptrSize * ptrSize * 8;
    s.elemsize = size;
    const forObjects = inSpan ? nbytes - nbytes / ptrSize / 8 : nbytes;
    s.nelems = Math.floor(forObjects / size);
    s.heapBitsAddr = inSpan ? base + forObjects : 0;
    s.divMul = classToDivmagic[sizeclass]!;
  }
  s.freeindex = 0;
  s.freeIndexForScan = 0;
  s.allocCacheLo = -1;
  s.allocCacheHi = -1;
  s.gcmarkBits = h.gcBitsArenas.newMarkBits(s.nelems);
  s.allocBits = h.gcBitsArenas.newAllocBits(s.nelems);
  s.sweepgen = h.sweepgen;
  s.state = mSpanInUse;
  setSpans(rt, base, npages, s);
  const ha = h.arenaOf(base)!;
  setPageBit(ha, ha.pageInUse, base);
  h.pagesInUse += npages;
}
