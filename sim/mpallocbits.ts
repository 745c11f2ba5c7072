/**
 * Bitmaps of the 512 pages of a palloc chunk. Go keeps them as eight 64-bit words, here they are
 * sixteen 32-bit ones; where the word size shows in a result, the code steps by pairs.
 *
 * @go runtime/mpallocbits.go
 */
import { throw_ } from './errors.ts';
import { alignDown, alignUp, ctz32, lowMask32, popcount32 } from './uintptr.ts';

/** Pages of a chunk. @go runtime/mpagealloc.go pallocChunkPages */
export const pallocChunkPages = 512;
export const logPallocChunkPages = 9;
const words = pallocChunkPages / 32;

/** Stands for Go's ^uint(0): nothing found. */
export const notFound = -1;

/** One bit a page. @go runtime/mpallocbits.go pageBits */
class PageBits {
  readonly w = new Int32Array(words);

  get(i: number): number {
    return (this.w[i >>> 5]! >>> (i & 31)) & 1;
  }

  set(i: number): void {
    this.w[i >>> 5]! |= 1 << (i & 31);
  }

  clear(i: number): void {
    this.w[i >>> 5]! &= ~(1 << (i & 31));
  }

  /** Sets the `n` bits from `i` on. */
  setRange(i: number, n: number): void {
    const { w } = this;
    const end = i + n;
    for (let at = i; at < end; ) {
      const bit = at & 31;
      const step = Math.min(32 - bit, end - at);
      w[at >>> 5]! |= lowMask32(step) << bit;
      at += step;
    }
  }

  /** Clears the `n` bits from `i` on. */
  clearRange(i: number, n: number): void {
    const { w } = this;
    const end = i + n;
    for (let at = i; at < end; ) {
      const bit = at & 31;
      const step = Math.min(32 - bit, end - at);
      w[at >>> 5]! &= ~(lowMask32(step) << bit);
      at += step;
    }
  }

  setAll(): void {
    this.w.fill(-1);
  }

  clearAll(): void {
    this.w.fill(0);
  }

  /** Number of set bits among the `n` from `i` on. */
  popcntRange(i: number, n: number): number {
    const { w } = this;
    const end = i + n;
    let count = 0;
    for (let at = i; at < end; ) {
      const bit = at & 31;
      const step = Math.min(32 - bit, end - at);
      count += popcount32((w[at >>> 5]! >>> bit) & lowMask32(step));
      at += step;
    }
    return count;
  }

  /** Low half of the aligned block of 64 bits that holds `i`. @go runtime/mpallocbits.go (*pageBits).block64 */
  block64Lo(i: number): number {
    return this.w[(i >>> 6) << 1]!;
  }

  /** High half of the same. */
  block64Hi(i: number): number {
    return this.w[((i >>> 6) << 1) + 1]!;
  }

  /** @go runtime/mpallocbits.go (*pageBits).setBlock64 */
  setBlock64(i: number, lo: number, hi: number): void {
    const k = (i >>> 6) << 1;
    this.w[k]! |= lo;
    this.w[k + 1]! |= hi;
  }

  /** @go runtime/mpallocbits.go (*pageBits).clearBlock64 */
  clearBlock64(i: number, lo: number, hi: number): void {
    const k = (i >>> 6) << 1;
    this.w[k]! &= ~lo;
    this.w[k + 1]! &= ~hi;
  }
}

/** What a summary says of a range of pages; see {@link PallocData.summarize}. */
export interface PallocSum {
  /** Free pages at the start. */
  start: number;
  /** The longest run of free pages. */
  max: number;
  /** Free pages at the end. */
  end: number;
}

/** The pages of a chunk: a set bit in `alloc` is in use, one in `scavenged` was given back to the OS. @go runtime/mpallocbits.go pallocData */
export class PallocData {
  readonly alloc = new PageBits();
  readonly scavenged = new PageBits();
  /** Where {@link find} found its search to start: index of the first free page it saw, or {@link notFound}. */
  newSearchIdx = notFound;

  /** Runs of free pages. @go runtime/mpallocbits.go (*pallocBits).summarize */
  summarize(out: PallocSum): void {
    const { w } = this.alloc;
    let start = -1;
    let most = 0;
    let cur = 0;
    for (let i = 0; i < words; i++) {
      let x = w[i]!;
      if (x === 0) {
        cur += 32;
        continue;
      }
      if (x === -1) {
        if (start < 0) start = cur;
        if (cur > most) most = cur;
        cur = 0;
        continue;
      }
      let left = 32;
      while (left > 0) {
        const free = Math.min(ctz32(x), left);
        cur += free;
        left -= free;
        if (left === 0) break;
        x >>>= free;
        if (start < 0) start = cur;
        if (cur > most) most = cur;
        cur = 0;
        const used = Math.min(ctz32(~x), left);
        left -= used;
        x = used === 32 ? 0 : x >>> used;
      }
    }
    if (start < 0) {
      out.start = pallocChunkPages;
      out.max = pallocChunkPages;
      out.end = pallocChunkPages;
      return;
    }
    out.start = start;
    out.max = Math.max(most, cur);
    out.end = cur;
  }

  /**
   * Index of the lowest run of `npages` free pages at or after the 64-page block of `searchIdx`, or
   * {@link notFound}; `newSearchIdx` becomes the first free page there.
   *
   * @go runtime/mpallocbits.go (*pallocBits).find
   */
  find(npages: number, searchIdx: number): number {
    const { w } = this.alloc;
    this.newSearchIdx = notFound;
    let start = 0;
    let size = 0;
    for (let i = (searchIdx >>> 6) << 1; i < words; i++) {
      let x = w[i]!;
      if (x === -1) {
        size = 0;
        continue;
      }
      let at = i << 5;
      if (this.newSearchIdx === notFound) this.newSearchIdx = at + ctz32(~x);
      let left = 32;
      while (left > 0) {
        const free = Math.min(ctz32(x), left);
        if (free > 0) {
          if (size === 0) start = at;
          size += free;
          if (size >= npages) return start;
          at += free;
          left -= free;
          if (left === 0) break;
          x >>>= free;
        }
        size = 0;
        const used = Math.min(ctz32(~x), left);
        at += used;
        left -= used;
        x = used === 32 ? 0 : x >>> used;
      }
    }
    return notFound;
  }

  /** Marks pages in use, and backed again. @go runtime/mpallocbits.go (*pallocData).allocRange */
  allocRange(i: number, n: number): void {
    this.alloc.setRange(i, n);
    this.scavenged.clearRange(i, n);
  }

  /** @go runtime/mpallocbits.go (*pallocData).allocAll */
  allocAll(): void {
    this.alloc.setAll();
    this.scavenged.clearAll();
  }

  /** @go runtime/mpallocbits.go (*pallocBits).free */
  free(i: number, n: number): void {
    this.alloc.clearRange(i, n);
  }

  /** @go runtime/mpallocbits.go (*pallocBits).free1 */
  free1(i: number): void {
    this.alloc.clear(i);
  }

  /** @go runtime/mpallocbits.go (*pallocBits).freeAll */
  freeAll(): void {
    this.alloc.clearAll();
  }

  /** Whether a block of `min` aligned pages, all free and none scavenged, holds page `i`. */
  private isCandidate(i: number, min: number): boolean {
    const from = alignDown(i, min);
    return this.alloc.popcntRange(from, min) === 0 && this.scavenged.popcntRange(from, min) === 0;
  }

  /**
   * The highest run of free pages that were not yet given back, at or below the 64-page block of
   * `searchIdx`, in units of `min` pages (a power of 2) and at most `max` pages (0: `min`).
   * The answer's size is 0 where there is none. A run is widened downwards to a huge page it would
   * otherwise break.
   *
   * @go runtime/mgcscavenge.go (*pallocData).findScavengeCandidate
   */
  findScavengeCandidate(
    searchIdx: number,
    min: number,
    max: number,
    physPageSize: number,
    physHugePageSize: number,
    pageSize: number,
  ): { start: number; size: number } {
    if (min === 0 || (min & (min - 1)) !== 0) throw_('min must be a non-zero power of 2');
    if (min > 64) throw_('min too large');
    const limit = max === 0 ? min : alignUp(max, min);
    let end = ((searchIdx >>> 6) + 1) << 6;
    while (end > 0 && !this.isCandidate(end - 1, min)) end -= min;
    if (end <= 0) return { start: 0, size: 0 };
    let low = end;
    while (low > 0 && this.isCandidate(low - 1, min)) low -= min;
    const run = end - low;
    let size = Math.min(run, limit);
    let start = end - size;
    if (physHugePageSize > pageSize && physHugePageSize > physPageSize) {
      const pagesPerHugePage = physHugePageSize / pageSize;
      const hugePageAbove = alignUp(start, pagesPerHugePage);
      if (hugePageAbove <= end) {
        const hugePageBelow = alignDown(start, pagesPerHugePage);
        if (hugePageBelow >= low) {
          size += start - hugePageBelow;
          start = hugePageBelow;
        }
      }
    }
    return { start, size };
  }
}

/** Index of the lowest run of `n` (up to 64) set bits of hi:lo, or 64. @go runtime/mpallocbits.go findBitRange64 */
export function findBitRange64(lo: number, hi: number, n: number): number {
  let run = 0;
  for (let i = 0; i < 64; i++) {
    const bit = i < 32 ? (lo >>> i) & 1 : (hi >>> (i - 32)) & 1;
    run = bit === 1 ? run + 1 : 0;
    if (run === n) return i + 1 - n;
  }
  return 64;
}
