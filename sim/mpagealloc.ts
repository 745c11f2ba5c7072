/**
 * The page allocator: first fit by address over the whole address space.
 *
 * Bitmaps of 512-page chunks are summed up by a radix tree (five levels on 64-bit, four on 32-bit);
 * each summary gives the free pages at the start and end of its range and the longest run within.
 *
 * @go runtime/mpagealloc.go
 */
import type { Arch } from './arch.ts';
import { throw_ } from './errors.ts';
import { sysAccount } from './mem.ts';
import { Summaries, type SummaryLevel } from './mpagealloc_64bit.ts';
import { logPallocChunkPages, notFound, PallocData, pallocChunkPages } from './mpallocbits.ts';
import { AddrRanges } from './mranges.ts';
import { ScavengeIndex } from './mscavengeindex.ts';
import type { Runtime } from './runtime2.ts';
import { alignDown, alignUp, pageShift, pageSize } from './uintptr.ts';

const pallocChunkBytes = pallocChunkPages * pageSize;
const logPallocChunkBytes = logPallocChunkPages + pageShift;

/** @go runtime/mpagealloc.go pageAlloc */
export class PageAlloc {
  private readonly summaries: Summaries;
  private readonly summary: readonly SummaryLevel[];
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
    this.inUse = new AddrRanges(rt, 'gcMiscSys');
    this.summaries = new Summaries(rt);
    this.summary = this.summaries.levels;
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

  /** Adds [base, base+size) as free pages that the OS does not back. @go runtime/mpagealloc.go (*pageAlloc).grow */
  grow(base: number, size: number): void {
    const limit = alignUp(base + size, pallocChunkBytes);
    const low = alignDown(base, pallocChunkBytes);
    this.summaries.sysGrow(low, limit, this.inUse);
    this.scav.index.sysGrow(low, limit);
    this.scav.index.grow(low, limit);
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
      const lo = this.summaries.levelIndex(level, base);
      const hi = this.summaries.levelIndex(level, limit) + 1;
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
      const searchIdx = this.summaries.levelIndex(level, this.searchAddr);
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
