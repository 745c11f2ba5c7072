/**
 * The page allocator: first fit by address over the whole address space.
 *
 * Bitmaps of 512-page chunks are summed up by a radix tree (five levels on 64-bit, four on 32-bit);
 * each summary gives the free pages at the start and end of its range and the longest run within.
 *
 * @go runtime/mpagealloc.go, runtime/mpagealloc_64bit.go, runtime/mpagealloc_32bit.go
 */
import type { Arch } from './arch.ts';
import { throw_ } from './errors.ts';
import { sysAccount } from './mem.ts';
import { logPallocChunkPages, notFound, PallocData, pallocChunkPages } from './mpallocbits.ts';
import { type AddrRange, AddrRanges, subtractRange } from './mranges.ts';
import { ScavengeIndex } from './mscavengeindex.ts';
import type { Runtime } from './runtime2.ts';
import { alignDown, alignUp, pageShift, pageSize } from './uintptr.ts';

const pallocChunkBytes = pallocChunkPages * pageSize;
const logPallocChunkBytes = logPallocChunkPages + pageShift;
const summaryLevelBits = 3;
const pallocSumBytes = 8;

/**
 * One level's summaries. Only the window [lo, lo+length) has storage; the rest of the address space
 * has no pages, so its summaries are zero.
 */
export class SummaryLevel {
  /** log2 of the entries that share a parent. */
  readonly bits: number;
  /** Bytes that one entry sums up. */
  readonly bytesPerEntry: number;
  /** log2 of the same in pages. */
  readonly logMaxPages: number;
  lo = 0;
  start = new Int32Array(0);
  max = new Int32Array(0);
  end = new Int32Array(0);

  constructor(bits: number, shift: number) {
    this.bits = bits;
    this.bytesPerEntry = 2 ** shift;
    this.logMaxPages = shift - pageShift;
  }

  /** Makes room for entries [lo, hi). */
  cover(lo: number, hi: number): void {
    const oldLo = this.lo;
    const oldLength = this.max.length;
    if (oldLength === 0) {
      this.lo = lo;
      this.start = new Int32Array(hi - lo);
      this.max = new Int32Array(hi - lo);
      this.end = new Int32Array(hi - lo);
      return;
    }
    const newLo = Math.min(lo, oldLo);
    const newHi = Math.max(hi, oldLo + oldLength);
    if (newLo === oldLo && newHi === oldLo + oldLength) return;
    const moved = (old: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
      const next = new Int32Array(newHi - newLo);
      next.set(old, oldLo - newLo);
      return next;
    };
    this.start = moved(this.start);
    this.max = moved(this.max);
    this.end = moved(this.end);
    this.lo = newLo;
  }

  /** Longest run of entry `i`. */
  maxOf(i: number): number {
    return this.max[i - this.lo] ?? 0;
  }

  /** Stores entry `i`; true if it changed. */
  set(i: number, start: number, max: number, end: number): boolean {
    const k = i - this.lo;
    if (this.start[k] === start && this.max[k] === max && this.end[k] === end) return false;
    this.start[k] = start;
    this.max[k] = max;
    this.end[k] = end;
    return true;
  }
}

/** @go runtime/mpagealloc.go pageAlloc */
export class PageAlloc {
  readonly summary: readonly SummaryLevel[];
  /** No page below this one is free. */
  searchAddr: number;
  /** Chunks [start, end) span all that the heap has. */
  start = 0;
  end = 0;
  readonly inUse: AddrRanges;
  readonly scav: {
    readonly index: ScavengeIndex;
    releasedBg: number;
    releasedEager: number;
  };
  /** Bytes of the summaries and the scavenge index that are mapped. */
  summaryMappedReady = 0;
  /** Where the last alloc took pages that had been given back to the OS: how many bytes of them. */
  lastScav = 0;
  readonly minOffAddr: number;
  readonly maxSearchAddr: number;
  private readonly rt: Runtime;
  private readonly arch: Arch;
  /** PallocData of chunk chunksLo + i. */
  private readonly chunks: PallocData[] = [];
  private chunksLo = -1;
  /** L2 tables of chunks that were allocated, by L1 index. */
  private readonly chunkTables = new Set<number>();
  private chunkHugePages = false;
  /** Result of {@link find} besides the address. */
  private foundSearchAddr = 0;
  private firstFreeBase = 0;
  private firstFreeBound = 0;
  private readonly sum = { start: 0, max: 0, end: 0 };

  /** @go runtime/mpagealloc.go (*pageAlloc).init */
  constructor(rt: Runtime) {
    const { arch } = rt;
    this.rt = rt;
    this.arch = arch;
    this.minOffAddr = arch.arenaBaseOffset;
    this.maxSearchAddr = 2 ** arch.heapAddrBits - 1 + arch.arenaBaseOffset;
    this.searchAddr = this.maxSearchAddr;
    const levels = arch.ptrSize === 8 ? 5 : 4;
    const l0Bits = arch.heapAddrBits - logPallocChunkBytes - (levels - 1) * summaryLevelBits;
    const summary: SummaryLevel[] = [];
    for (let l = 0; l < levels; l++) {
      const shift = arch.heapAddrBits - l0Bits - l * summaryLevelBits;
      summary.push(new SummaryLevel(l === 0 ? l0Bits : summaryLevelBits, shift));
    }
    this.summary = summary;
    this.inUse = new AddrRanges(rt, 'gcMiscSys');
    this.sysInit();
    this.scav = { index: new ScavengeIndex(rt), releasedBg: 0, releasedEager: 0 };
  }

  /**
   * Puts the chunks' bitmaps on huge pages, once: what shows of it is the copy that it makes of the
   * ranges in use.
   *
   * @go runtime/mpagealloc.go (*pageAlloc).enableChunkHugePages
   */
  enableChunkHugePages(): void {
    if (this.chunkHugePages) return;
    this.chunkHugePages = true;
    this.inUse.accountClone();
  }

  /** @go runtime/mpagealloc_32bit.go (*pageAlloc).sysInit */
  private sysInit(): void {
    if (this.arch.ptrSize === 8) return;
    let total = 0;
    for (const level of this.summary) {
      total += (2 ** this.arch.heapAddrBits / level.bytesPerEntry) * pallocSumBytes;
    }
    total = alignUp(total, this.arch.physPageSize);
    sysAccount(this.rt, total, 'gcMiscSys');
    this.summaryMappedReady += total;
  }

  /** @go runtime/mpagealloc.go chunkIndex */
  chunkIndex(p: number): number {
    return Math.floor((p - this.arch.arenaBaseOffset) / pallocChunkBytes);
  }

  /** @go runtime/mpagealloc.go chunkBase */
  chunkBase(ci: number): number {
    return ci * pallocChunkBytes + this.arch.arenaBaseOffset;
  }

  /** @go runtime/mpagealloc.go chunkPageIndex */
  chunkPageIndex(p: number): number {
    const offset = (p - this.arch.arenaBaseOffset) % pallocChunkBytes;
    return Math.floor(offset / pageSize);
  }

  /** Bitmaps of a chunk that the heap has. @go runtime/mpagealloc.go (*pageAlloc).chunkOf */
  chunkOf(ci: number): PallocData {
    return this.chunks[ci - this.chunksLo]!;
  }

  /** The same, undefined for chunks the heap does not have. @go runtime/mpagealloc.go (*pageAlloc).tryChunkOf */
  tryChunkOf(ci: number): PallocData | undefined {
    return this.chunks[ci - this.chunksLo];
  }

  /** Longest run of free pages in a chunk, by its summary. */
  chunkMax(ci: number): number {
    return this.summary[this.summary.length - 1]!.maxOf(ci);
  }

  private levelIndex(level: SummaryLevel, addr: number): number {
    return Math.floor((addr - this.arch.arenaBaseOffset) / level.bytesPerEntry);
  }

  /** Summary entries that [base, limit) needs, with their siblings. */
  private blockRange(level: SummaryLevel, base: number, limit: number): AddrRange {
    const e = 2 ** level.bits;
    return {
      base: alignDown(this.levelIndex(level, base), e),
      limit: alignUp(this.levelIndex(level, limit - 1) + 1, e),
    };
  }

  /** Where the summaries of [base, limit) lie in their level's table, in whole OS pages. */
  private sumBytes(level: SummaryLevel, base: number, limit: number): AddrRange {
    const r = this.blockRange(level, base, limit);
    const page = this.arch.physPageSize;
    return {
      base: alignDown(r.base * pallocSumBytes, page),
      limit: alignUp(r.limit * pallocSumBytes, page),
    };
  }

  /** Maps the summaries of [base, limit). @go runtime/mpagealloc_64bit.go (*pageAlloc).sysGrow */
  private sysGrow(base: number, limit: number): void {
    for (const level of this.summary) {
      if (level.bits === summaryLevelBits) {
        const r = this.blockRange(level, base, limit);
        level.cover(r.base, r.limit);
      } else {
        level.cover(this.levelIndex(level, base), this.levelIndex(level, limit - 1) + 1);
      }
    }
    if (this.arch.ptrSize === 4) return;
    const { ranges } = this.inUse;
    const i = this.inUse.findSucc(base);
    for (const level of this.summary) {
      let need = this.sumBytes(level, base, limit);
      const below = ranges[i - 1];
      if (below !== undefined) {
        need = subtractRange(need, this.sumBytes(level, below.base, below.limit));
      }
      const above = ranges[i];
      if (above !== undefined) {
        need = subtractRange(need, this.sumBytes(level, above.base, above.limit));
      }
      const bytes = need.limit - need.base;
      if (bytes === 0) continue;
      sysAccount(this.rt, bytes, 'gcMiscSys');
      this.summaryMappedReady += bytes;
    }
    this.summaryMappedReady += this.scav.index.sysGrow(base, limit);
  }

  /** Adds [base, base+size) as free pages that the OS does not back. @go runtime/mpagealloc.go (*pageAlloc).grow */
  grow(base: number, size: number): void {
    const limit = alignUp(base + size, pallocChunkBytes);
    const low = alignDown(base, pallocChunkBytes);
    this.sysGrow(low, limit);
    this.summaryMappedReady += this.scav.index.grow(low, limit);
    const firstGrowth = this.start === 0;
    const start = this.chunkIndex(low);
    const end = this.chunkIndex(limit);
    if (firstGrowth || start < this.start) this.start = start;
    if (end > this.end) this.end = end;
    this.inUse.add(low, limit);
    if (low < this.searchAddr) this.searchAddr = low;
    for (let c = start; c < end; c++) this.newChunk(c).scavenged.setAll();
    this.update(low, size / pageSize, true, false);
  }

  /** Room for chunk `ci`, accounting the table of chunks that holds it. */
  private newChunk(ci: number): PallocData {
    const is64 = this.arch.ptrSize === 8;
    const l2Bits = this.arch.heapAddrBits - logPallocChunkBytes - (is64 ? 13 : 0);
    const l1 = Math.floor(ci / 2 ** l2Bits);
    if (!this.chunkTables.has(l1)) {
      this.chunkTables.add(l1);
      sysAccount(this.rt, 2 ** l2Bits * this.arch.sizes.pallocData, 'gcMiscSys');
    }
    if (this.chunksLo < 0) this.chunksLo = ci;
    if (ci < this.chunksLo) {
      const gap = new Array<PallocData>(this.chunksLo - ci);
      this.chunks.unshift(...gap);
      this.chunksLo = ci;
    }
    const k = ci - this.chunksLo;
    const chunk = this.chunks[k] ?? new PallocData();
    this.chunks[k] = chunk;
    return chunk;
  }

  /**
   * Recomputes the summaries of [base, base + npages pages). `contig`: the whole range changed to
   * allocated (`alloc`) or free, so that chunks within need no look at their bits.
   *
   * @go runtime/mpagealloc.go (*pageAlloc).update
   */
  update(base: number, npages: number, contig: boolean, alloc: boolean): void {
    const limit = base + npages * pageSize - 1;
    const sc = this.chunkIndex(base);
    const ec = this.chunkIndex(limit);
    const leaf = this.summary[this.summary.length - 1]!;
    if (sc === ec) {
      if (!this.summarizeChunk(leaf, sc)) return;
    } else if (contig) {
      this.summarizeChunk(leaf, sc);
      const n = alloc ? 0 : pallocChunkPages;
      for (let c = sc + 1; c < ec; c++) leaf.set(c, n, n, n);
      this.summarizeChunk(leaf, ec);
    } else {
      for (let c = sc; c <= ec; c++) this.summarizeChunk(leaf, c);
    }
    let changed = true;
    for (let l = this.summary.length - 2; l >= 0 && changed; l--) {
      changed = false;
      const level = this.summary[l]!;
      const below = this.summary[l + 1]!;
      const lo = this.levelIndex(level, base);
      const hi = this.levelIndex(level, limit) + 1;
      for (let i = lo; i < hi; i++) {
        if (this.mergeSummaries(level, below, i)) changed = true;
      }
    }
  }

  private summarizeChunk(leaf: SummaryLevel, ci: number): boolean {
    const { sum } = this;
    this.chunkOf(ci).summarize(sum);
    return leaf.set(ci, sum.start, sum.max, sum.end);
  }

  /** Entry `i` of `level` from its children; true if it changed. @go runtime/mpagealloc.go mergeSummaries */
  private mergeSummaries(level: SummaryLevel, below: SummaryLevel, i: number): boolean {
    const n = 1 << below.bits;
    const from = i * n - below.lo;
    const full = 2 ** below.logMaxPages;
    let start = below.start[from]!;
    let most = below.max[from]!;
    let end = below.end[from]!;
    for (let k = 1; k < n; k++) {
      const si = below.start[from + k]!;
      const mi = below.max[from + k]!;
      const ei = below.end[from + k]!;
      if (start === k * full) start += si;
      most = Math.max(most, end + si, mi);
      end = ei === full ? end + full : ei;
    }
    return level.set(i, start, most, end);
  }

  /**
   * Marks pages in use; gives the bytes of them that were not backed.
   *
   * @go runtime/mpagealloc.go (*pageAlloc).allocRange
   */
  allocRange(base: number, npages: number): number {
    const limit = base + npages * pageSize - 1;
    const sc = this.chunkIndex(base);
    const ec = this.chunkIndex(limit);
    const si = this.chunkPageIndex(base);
    const ei = this.chunkPageIndex(limit);
    let scav = 0;
    for (let c = sc; c <= ec; c++) {
      const chunk = this.chunkOf(c);
      const from = c === sc ? si : 0;
      const n = (c === ec ? ei + 1 : pallocChunkPages) - from;
      scav += chunk.scavenged.popcntRange(from, n);
      chunk.allocRange(from, n);
      this.scav.index.alloc(c, n);
    }
    this.update(base, npages, true, true);
    return scav * pageSize;
  }

  /** `addr`, or where its arena has nothing the next address that has. @go runtime/mpagealloc.go (*pageAlloc).findMappedAddr */
  private findMappedAddr(addr: number): number {
    if (this.rt.mheap.hasArena(addr)) return addr;
    const next = this.inUse.findAddrGreaterEqual(addr);
    return next < 0 ? this.maxSearchAddr : next;
  }

  /** Narrows the range that holds the first free page to [addr, addr+size). */
  private foundFree(addr: number, size: number): void {
    const last = addr + (size - 1);
    if (this.firstFreeBase <= addr && last <= this.firstFreeBound) {
      this.firstFreeBase = addr;
      this.firstFreeBound = last;
    } else if (!(last < this.firstFreeBase || this.firstFreeBound < addr)) {
      throw_('range partially overlaps');
    }
  }

  /**
   * The lowest run of `npages` free pages by the summaries, 0 where there is none;
   * {@link foundSearchAddr} is the address below which it saw no free page.
   *
   * @go runtime/mpagealloc.go (*pageAlloc).find
   */
  find(npages: number): number {
    let i = 0;
    this.firstFreeBase = this.minOffAddr;
    this.firstFreeBound = this.maxSearchAddr;
    nextLevel: for (let l = 0; l < this.summary.length; l++) {
      const level = this.summary[l]!;
      const entriesPerBlock = 2 ** level.bits;
      const full = 2 ** level.logMaxPages;
      i *= entriesPerBlock;
      const searchIdx = this.levelIndex(level, this.searchAddr);
      let j0 = alignDown(searchIdx, entriesPerBlock) === i ? searchIdx % entriesPerBlock : 0;
      const windowEnd = level.lo + level.max.length - i;
      j0 = Math.max(j0, level.lo - i);
      const jEnd = Math.min(entriesPerBlock, windowEnd);
      let base = 0;
      let size = 0;
      for (let j = j0; j < jEnd; j++) {
        const k = i + j - level.lo;
        const max = level.max[k]!;
        if (max === 0) {
          size = 0;
          continue;
        }
        this.foundFree((i + j) * level.bytesPerEntry + this.arch.arenaBaseOffset, full * pageSize);
        const s = level.start[k]!;
        if (size + s >= npages) {
          if (size === 0) base = j * full;
          size += s;
          break;
        }
        if (max >= npages) {
          i += j;
          continue nextLevel;
        }
        if (size === 0 || s < full) {
          size = level.end[k]!;
          base = (j + 1) * full - size;
          continue;
        }
        size += full;
      }
      if (size >= npages) {
        this.foundSearchAddr = this.findMappedAddr(this.firstFreeBase);
        return i * level.bytesPerEntry + this.arch.arenaBaseOffset + base * pageSize;
      }
      if (l === 0) {
        this.foundSearchAddr = this.maxSearchAddr;
        return 0;
      }
      throw_('bad summary data');
    }
    const chunk = this.chunkOf(i);
    const j = chunk.find(npages, 0);
    if (j === notFound) throw_('bad summary data');
    const searchAddr = this.chunkBase(i) + chunk.newSearchIdx * pageSize;
    this.foundFree(searchAddr, this.chunkBase(i + 1) - searchAddr);
    this.foundSearchAddr = this.findMappedAddr(this.firstFreeBase);
    return this.chunkBase(i) + j * pageSize;
  }

  /**
   * Takes the lowest run of `npages` free pages: its address, 0 where there is none. `lastScav`
   * tells the bytes of it that must be backed again.
   *
   * @go runtime/mpagealloc.go (*pageAlloc).alloc
   */
  alloc(npages: number): number {
    this.lastScav = 0;
    const i = this.chunkIndex(this.searchAddr);
    if (i >= this.end) return 0;
    let addr = 0;
    let searchAddr = this.minOffAddr;
    const pi = this.chunkPageIndex(this.searchAddr);
    const inChunk = pallocChunkPages - pi >= npages && this.chunkMax(i) >= npages;
    if (this.rt.observer !== undefined) this.#tellSearch(npages, i, inChunk);
    if (inChunk) {
      const chunk = this.chunkOf(i);
      const j = chunk.find(npages, pi);
      if (j === notFound) throw_('bad summary data');
      addr = this.chunkBase(i) + j * pageSize;
      searchAddr = this.chunkBase(i) + chunk.newSearchIdx * pageSize;
    } else {
      addr = this.find(npages);
      searchAddr = this.foundSearchAddr;
      if (addr === 0) {
        if (npages === 1) this.searchAddr = this.maxSearchAddr;
        return 0;
      }
    }
    this.lastScav = this.allocRange(addr, npages);
    if (this.searchAddr < searchAddr) this.searchAddr = searchAddr;
    return addr;
  }

  #tellSearch(npages: number, ci: number, inChunk: boolean): void {
    this.rt.observer!.onEvent({
      name: 'pageAllocFind',
      npages,
      searchAddr: this.searchAddr,
      chunk: this.chunkBase(ci),
      chunkMax: this.chunkMax(ci),
      inChunk,
    });
  }

  /** Frees pages; they stay backed. @go runtime/mpagealloc.go (*pageAlloc).free */
  free(base: number, npages: number): void {
    if (base < this.searchAddr) this.searchAddr = base;
    const limit = base + npages * pageSize - 1;
    const sc = this.chunkIndex(base);
    const ec = this.chunkIndex(limit);
    const si = this.chunkPageIndex(base);
    const ei = this.chunkPageIndex(limit);
    for (let c = sc; c <= ec; c++) {
      const from = c === sc ? si : 0;
      const n = (c === ec ? ei + 1 : pallocChunkPages) - from;
      this.chunkOf(c).free(from, n);
      this.scav.index.free(c, from, n);
    }
    this.update(base, npages, true, false);
  }
}
