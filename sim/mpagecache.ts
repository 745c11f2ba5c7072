import { throw_ } from './errors.ts';
import { findBitRange64, notFound } from './mpallocbits.ts';
import type { Runtime } from './runtime2.ts';
import { alignDown, ctz64, pageSize, popcount32 } from './uintptr.ts';

/** Pages of a page cache. @go runtime/mpagecache.go pageCachePages */
export const pageCachePages = 64;

/**
 * An aligned block of 64 pages of which a P holds the free ones. Set bits in `cache` are free, set
 * bits in `scav` were given back to the OS.
 *
 * @go runtime/mpagecache.go pageCache
 */
export class PageCache {
  base = 0;
  cacheLo = 0;
  cacheHi = 0;
  scavLo = 0;
  scavHi = 0;
  /** Bytes of the last allocation that must be backed again. */
  lastScav = 0;

  /** @go runtime/mpagecache.go (*pageCache).empty */
  empty(): boolean {
    return this.cacheLo === 0 && this.cacheHi === 0;
  }

  /** Pages that it holds. */
  pages(): number {
    return popcount32(this.cacheLo) + popcount32(this.cacheHi);
  }

  /** The lowest run of `npages` pages, or 0. @go runtime/mpagecache.go (*pageCache).alloc */
  alloc(npages: number): number {
    this.lastScav = 0;
    if (this.empty()) return 0;
    const i =
      npages === 1
        ? ctz64(this.cacheLo, this.cacheHi)
        : findBitRange64(this.cacheLo, this.cacheHi, npages);
    if (i >= 64) return 0;
    for (let k = i; k < i + npages; k++) this.take(k);
    return this.base + i * pageSize;
  }

  private take(k: number): void {
    const bit = 1 << (k & 31);
    if (k < 32) {
      if ((this.scavLo & bit) !== 0) this.lastScav += pageSize;
      this.cacheLo &= ~bit;
      this.scavLo &= ~bit;
    } else {
      if ((this.scavHi & bit) !== 0) this.lastScav += pageSize;
      this.cacheHi &= ~bit;
      this.scavHi &= ~bit;
    }
  }

  /** Gives all pages back to the page allocator. @go runtime/mpagecache.go (*pageCache).flush */
  flush(rt: Runtime): void {
    if (this.empty()) return;
    const p = rt.mheap.pages;
    const ci = p.chunkIndex(this.base);
    const pi = p.chunkPageIndex(this.base);
    const chunk = p.chunkOf(ci);
    for (let i = 0; i < pageCachePages; i++) {
      const bit = 1 << (i & 31);
      if (((i < 32 ? this.cacheLo : this.cacheHi) & bit) !== 0) {
        chunk.free1(pi + i);
        p.scav.index.free(ci, pi + i, 1);
      }
      if (((i < 32 ? this.scavLo : this.scavHi) & bit) !== 0) chunk.scavenged.set(pi + i);
    }
    if (this.base < p.searchAddr) p.searchAddr = this.base;
    p.update(this.base, pageCachePages, false, false);
    this.clear();
  }

  private clear(): void {
    this.base = 0;
    this.cacheLo = 0;
    this.cacheHi = 0;
    this.scavLo = 0;
    this.scavHi = 0;
  }

  /**
   * Fills the cache with the free pages of the block around the first free page; leaves it empty
   * where the heap has none.
   *
   * @go runtime/mpagecache.go (*pageAlloc).allocToCache
   */
  refill(rt: Runtime): void {
    this.clear();
    const p = rt.mheap.pages;
    let ci = p.chunkIndex(p.searchAddr);
    if (ci >= p.end) return;
    let pageIdx: number;
    if (p.chunkMax(ci) !== 0) {
      pageIdx = p.chunkOf(ci).find(1, p.chunkPageIndex(p.searchAddr));
      if (pageIdx === notFound) throw_('bad summary data');
    } else {
      const addr = p.find(1);
      if (addr === 0) {
        p.searchAddr = p.maxSearchAddr;
        return;
      }
      ci = p.chunkIndex(addr);
      pageIdx = p.chunkPageIndex(addr);
    }
    const chunk = p.chunkOf(ci);
    this.base = p.chunkBase(ci) + alignDown(pageIdx, pageCachePages) * pageSize;
    this.cacheLo = ~chunk.alloc.block64Lo(pageIdx);
    this.cacheHi = ~chunk.alloc.block64Hi(pageIdx);
    this.scavLo = chunk.scavenged.block64Lo(pageIdx);
    this.scavHi = chunk.scavenged.block64Hi(pageIdx);
    const cpi = p.chunkPageIndex(this.base);
    chunk.alloc.setBlock64(cpi, this.cacheLo, this.cacheHi);
    chunk.scavenged.clearBlock64(cpi, this.cacheLo & this.scavLo, this.cacheHi & this.scavHi);
    p.update(this.base, pageCachePages, false, true);
    p.scav.index.alloc(ci, this.pages());
    p.searchAddr = this.base + pageSize * (pageCachePages - 1);
  }
}
