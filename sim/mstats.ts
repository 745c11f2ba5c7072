import type { MCache } from './mcache.ts';
import type { Runtime } from './runtime2.ts';
import { classToSize, numSizeClasses } from './sizeclasses.ts';
import type { MemStats, Uint64 } from './stopped-world.ts';

/** The counters of memory got from the operating system, but for the heap's own. */
export type SysMemStat =
  | 'stacksSys'
  | 'mspanSys'
  | 'mcacheSys'
  | 'buckHashSys'
  | 'gcMiscSys'
  | 'otherSys';

/**
 * Counts that are exact only when every mcache was flushed.
 *
 * Go keeps three of these, so that a reader gets a consistent view while others write; with one
 * thread one is enough, and their sum is what a stopped world reads.
 *
 * @go runtime/mstats.go heapStatsDelta
 */
class HeapStatsDelta {
  /** Bytes of memory in state Ready that back spans. */
  committed = 0;
  /** Bytes of heap memory not in state Ready. */
  released = 0;
  inHeap = 0;
  inStacks = 0;
  inWorkBufs = 0;
  inPtrScalarBits = 0;
  tinyAllocCount = 0;
  largeAlloc = 0;
  largeAllocCount = 0;
  /** By size class. */
  readonly smallAllocCount = new Float64Array(numSizeClasses);
  largeFree = 0;
  largeFreeCount = 0;
  readonly smallFreeCount = new Float64Array(numSizeClasses);
}

/** @go runtime/mstats.go mstats */
export class MStats {
  readonly heapStats = new HeapStatsDelta();
  stacksSys = 0;
  mspanSys = 0;
  mcacheSys = 0;
  buckHashSys = 0;
  gcMiscSys = 0;
  otherSys = 0;
  /** Wall clock, ns since 1970, of the end of the last cycle. */
  lastGcUnix: Uint64 = 0;
  /** The same on the monotonic clock. */
  lastGcNanotime = 0;
  pauseTotalNs = 0;
  /** Ring of the last 256 pauses, cycle n at (n+255) % 256. */
  readonly pauseNs: Uint64[] = new Array<Uint64>(256).fill(0);
  readonly pauseEnd: Uint64[] = new Array<Uint64>(256).fill(0);
  numgc = 0;
  numforcedgc = 0;
  gcCpuFraction = 0;
  /** heapInUse at mark termination of the last cycle. */
  lastHeapInUse = 0;
  enablegc = false;
}

/** Gives back the spans and stacks that the Ps keep. @go runtime/mstats.go flushallmcaches */
function flushallmcaches(rt: Runtime): void {
  for (const pp of rt.allp) {
    const c = pp.mcache;
    if (c === null) continue;
    c.releaseAll(rt);
    rt.stackpool.stackcacheClear(rt, c);
  }
}

/**
 * The statistics of a stopped world; flushes all mcaches, which moves spans as it does in Go.
 *
 * @go runtime/mstats.go readmemstats_m
 */
export function readmemstats_m(rt: Runtime): MemStats {
  flushallmcaches(rt);
  return peekMemStats(rt);
}

/** Adds the slots of each size class that a P took since its last flush; gives its tiny objects. */
function addUnflushed(rt: Runtime, c: MCache, slots: Float64Array): number {
  c.alloc.forEach((s, spc) => {
    if (s !== rt.mheap.emptymspan) slots[spc >> 1]! += s.allocCount - s.allocCountBeforeCache;
  });
  return c.tinyAllocs;
}

/**
 * The statistics as they are, what the mcaches have not told yet included. Changes nothing: for a
 * look at a world that goes on.
 */
export function peekMemStats(rt: Runtime): MemStats {
  const { memstats, gcController, mheap } = rt;
  const s = memstats.heapStats;
  const small = s.smallAllocCount.slice();
  let tiny = s.tinyAllocCount;
  for (const c of [rt.mcache0, ...rt.allp.map((pp) => pp.mcache)]) {
    if (c !== null) tiny += addUnflushed(rt, c, small);
  }
  let totalAlloc = s.largeAlloc;
  let nMalloc = s.largeAllocCount;
  let totalFree = s.largeFree;
  let nFree = s.largeFreeCount;
  for (let i = 0; i < numSizeClasses; i++) {
    const size = classToSize[i]!;
    const a = small[i]!;
    totalAlloc += a * size;
    nMalloc += a;
    const f = s.smallFreeCount[i]!;
    totalFree += f * size;
    nFree += f;
  }
  nFree += tiny;
  nMalloc += tiny;
  const heapSys = gcController.heapInUse + gcController.heapFree + gcController.heapReleased;
  const totalMapped =
    heapSys +
    memstats.stacksSys +
    memstats.mspanSys +
    memstats.mcacheSys +
    memstats.buckHashSys +
    memstats.gcMiscSys +
    memstats.otherSys +
    s.inStacks +
    s.inWorkBufs +
    s.inPtrScalarBits;
  return {
    Alloc: totalAlloc - totalFree,
    TotalAlloc: totalAlloc,
    Sys: totalMapped,
    Lookups: 0,
    Mallocs: nMalloc,
    Frees: nFree,
    HeapAlloc: totalAlloc - totalFree,
    HeapSys: heapSys,
    HeapIdle: gcController.heapFree + gcController.heapReleased,
    HeapInuse: gcController.heapInUse,
    HeapReleased: gcController.heapReleased,
    HeapObjects: nMalloc - nFree,
    StackInuse: s.inStacks,
    StackSys: s.inStacks + memstats.stacksSys,
    MSpanInuse: mheap.spanalloc.inuse,
    MSpanSys: memstats.mspanSys,
    MCacheInuse: mheap.cachealloc.inuse,
    MCacheSys: memstats.mcacheSys,
    BuckHashSys: memstats.buckHashSys,
    GCSys: memstats.gcMiscSys + s.inWorkBufs + s.inPtrScalarBits,
    OtherSys: memstats.otherSys,
    NextGC: gcController.heapGoalUint64(),
    LastGC: memstats.lastGcUnix,
    PauseTotalNs: memstats.pauseTotalNs,
    PauseNs: memstats.pauseNs.slice(),
    NumGC: memstats.numgc,
  };
}
