import { throw_ } from './errors.ts';
import { initHeapBits } from './mbitmap.ts';
import { deductSweepCredit } from './mgcsweep.ts';
import type { MSpan } from './mspan.ts';
import type { Runtime } from './runtime2.ts';
import { makeSpanClass, numSpanClasses, tinySpanClass } from './sizeclasses.ts';
import { divRoundUp, pageSize } from './uintptr.ts';

/** Free stacks of one order: `list` is the first one's address, linked through their first words; `size` is their bytes. @go runtime/mcache.go stackfreelist */
export interface StackFreeList {
  list: number;
  size: number;
}

/** @go runtime/malloc.go _NumStackOrders */
export const numStackOrders = 4;

/**
 * A P's own spans, one for each span class, and its tiny block.
 *
 * @go runtime/mcache.go mcache
 */
export class MCache {
  /** Address of the mcache structure, off the heap. */
  readonly addr: number;
  /** Bytes to allocate until the next sample of the memory profile. */
  nextSample = 0;
  /** Scannable bytes allocated since the last flush. */
  scanAlloc = 0;
  /** The block that tiny objects are put into, 0 without one, and where its free part starts. */
  tiny = 0;
  tinyoffset = 0;
  /** Tiny objects allocated since the last flush. */
  tinyAllocs = 0;
  /** The span of each class; a shared span without objects where there is none. */
  readonly alloc: MSpan[];
  readonly stackcache: StackFreeList[] = [];
  /** sweepgen at the last flush: one that lags behind must be flushed before the P allocates. */
  flushGen: number;

  constructor(addr: number, emptymspan: MSpan, flushGen: number) {
    this.addr = addr;
    this.flushGen = flushGen;
    this.alloc = new Array<MSpan>(numSpanClasses).fill(emptymspan);
    for (let i = 0; i < numStackOrders; i++) this.stackcache.push({ list: 0, size: 0 });
  }

  /**
   * Replaces the full span of class `spc` by one with room.
   *
   * @go runtime/mcache.go (*mcache).refill
   */
  refill(rt: Runtime, spc: number): void {
    const { mheap, gcController, unlaid } = rt;
    unlaid.enter(rt, 'runtime.(*mcache).refill');
    let s: MSpan | null = this.alloc[spc]!;
    if (s.allocCount !== s.nelems) throw_('refill of span with free space remaining');
    if (s !== mheap.emptymspan) {
      if (s.sweepgen !== mheap.sweepgen + 3) throw_('bad sweepgen in refill');
      mheap.central[spc]!.uncacheSpan(rt, s);
      const stats = rt.memstats.heapStats;
      const slotsUsed = s.allocCount - s.allocCountBeforeCache;
      stats.smallAllocCount[spc >> 1]! += slotsUsed;
      if (spc === tinySpanClass) {
        stats.tinyAllocCount += this.tinyAllocs;
        this.tinyAllocs = 0;
      }
      gcController.totalAlloc += slotsUsed * s.elemsize;
      s.allocCountBeforeCache = 0;
    }
    s = mheap.central[spc]!.cacheSpan(rt);
    if (s === null) throw_('out of memory');
    if (s.allocCount === s.nelems) throw_('span has no free space');
    s.sweepgen = mheap.sweepgen + 3;
    s.allocCountBeforeCache = s.allocCount;
    const usedBytes = s.allocCount * s.elemsize;
    gcController.update(s.npages * pageSize - usedBytes, this.scanAlloc);
    this.scanAlloc = 0;
    this.alloc[spc] = s;
    unlaid.leave();
    rt.observer?.onEvent({
      name: 'mcacheRefill',
      p: rt.m.p?.id ?? 0,
      spanclass: spc,
      base: s.base(),
      npages: s.npages,
      elemsize: s.elemsize,
      nelems: s.nelems,
      allocCount: s.allocCount,
      freeindex: s.freeindex,
    });
  }

  /** A span of its own for one object of `size` bytes. @go runtime/mcache.go (*mcache).allocLarge */
  allocLarge(rt: Runtime, size: number, noscan: boolean): MSpan {
    if (size + pageSize > Number.MAX_SAFE_INTEGER) throw_('out of memory');
    const { mheap, unlaid } = rt;
    const npages = divRoundUp(size, pageSize);
    unlaid.enter(rt, 'runtime.(*mcache).allocLarge');
    deductSweepCredit(rt, npages * pageSize, npages);
    const spc = makeSpanClass(0, noscan);
    const s = mheap.alloc(npages, spc);
    if (s === null) throw_('out of memory');
    const stats = rt.memstats.heapStats;
    stats.largeAlloc += npages * pageSize;
    stats.largeAllocCount++;
    rt.gcController.totalAlloc += npages * pageSize;
    rt.gcController.update(s.npages * pageSize, 0);
    mheap.central[spc]!.fullSwept(mheap.sweepgen).push(rt, s);
    unlaid.leave();
    s.limit = s.base() + size;
    initHeapBits(rt, s);
    return s;
  }

  /** Gives all spans back and forgets the tiny block. @go runtime/mcache.go (*mcache).releaseAll */
  releaseAll(rt: Runtime): void {
    const { mheap, gcController } = rt;
    const stats = rt.memstats.heapStats;
    const { scanAlloc } = this;
    this.scanAlloc = 0;
    const sg = mheap.sweepgen;
    rt.observer?.onEvent({ name: 'mcacheReleaseAll', p: Math.max(0, indexOfCache(rt, this)) });
    let dHeapLive = 0;
    for (let i = 0; i < numSpanClasses; i++) {
      const s = this.alloc[i]!;
      if (s === mheap.emptymspan) continue;
      const slotsUsed = s.allocCount - s.allocCountBeforeCache;
      s.allocCountBeforeCache = 0;
      stats.smallAllocCount[i >> 1]! += slotsUsed;
      gcController.totalAlloc += slotsUsed * s.elemsize;
      if (s.sweepgen !== sg + 1) dHeapLive -= (s.nelems - s.allocCount) * s.elemsize;
      mheap.central[i]!.uncacheSpan(rt, s);
      this.alloc[i] = mheap.emptymspan;
    }
    this.tiny = 0;
    this.tinyoffset = 0;
    stats.tinyAllocCount += this.tinyAllocs;
    this.tinyAllocs = 0;
    gcController.update(dHeapLive, scanAlloc);
  }

  /** Flushes the cache if a sweep phase began since the last time. @go runtime/mcache.go (*mcache).prepareForSweep */
  prepareForSweep(rt: Runtime): void {
    const sg = rt.mheap.sweepgen;
    if (this.flushGen === sg) return;
    if (this.flushGen !== sg - 2) throw_('bad flushGen');
    this.releaseAll(rt);
    rt.stackpool.stackcacheClear(rt, this);
    this.flushGen = sg;
  }
}

/** The id of the P whose cache it is, -1 where no P has it. */
function indexOfCache(rt: Runtime, c: MCache): number {
  return rt.allp.findIndex((pp) => pp.mcache === c);
}

/** A new, empty mcache. @go runtime/mcache.go allocmcache */
export function allocmcache(rt: Runtime): MCache {
  const { mheap } = rt;
  const c = new MCache(mheap.cachealloc.alloc(), mheap.emptymspan, mheap.sweepgen);
  c.nextSample = rt.mprof.nextSample(rt);
  return c;
}

/** The mcache of the running M: its P's, or the bootstrap one before there are Ps. @go runtime/mcache.go getMCache */
export function getMCache(rt: Runtime): MCache | null {
  const pp = rt.m.p;
  return pp === null ? rt.mcache0 : pp.mcache;
}
