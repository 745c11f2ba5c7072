/**
 * Which chunks have pages that can be given back to the OS, and how dense each chunk is: the part of
 * the scavenger that every page allocation and free touches.
 *
 * @go runtime/mgcscavenge.go scavengeIndex
 */
import { throw_ } from './errors.ts';
import { sysAccount } from './mem.ts';
import { pallocChunkPages } from './mpallocbits.ts';
import { subtractRange } from './mranges.ts';
import type { Runtime } from './runtime2.ts';
import { alignDown, alignUp, pageSize } from './uintptr.ts';

const pallocChunkBytes = pallocChunkPages * pageSize;
/** Bytes of an atomicScavChunkData. */
const scSize = 8;
/** Chunks with at least this many pages in use are left alone by the background scavenger. @go runtime/mgcscavenge.go scavChunkHiOccPages */
const scavChunkHiOccPages = Math.trunc(0.96875 * pallocChunkPages);

/** @go runtime/mgcscavenge.go scavChunkData */
export interface ScavChunkData {
  /** Pages in use, and the same at the end of the generation before. */
  inUse: number;
  lastInUse: number;
  gen: number;
  /** scavChunkHasFree: some page may be free and not given back. */
  hasFree: boolean;
}

/**
 * A search address that a free marks, so that a search which ran meanwhile cannot lower it.
 *
 * @go runtime/mranges.go atomicOffAddr
 */
export interface MarkedAddr {
  addr: number;
  marked: boolean;
}

export class ScavengeIndex {
  /** Chunks outside [min, max) have no entry that is mapped. */
  min = 0;
  max = 0;
  /** Index of the lowest chunk of the heap, 0 before there is one. */
  minHeapIdx = 0;
  readonly searchAddrBg: MarkedAddr;
  readonly searchAddrForce: MarkedAddr;
  /** The highest address freed in this generation. */
  freeHWM: number;
  /** Counts collections. */
  gen = 0;
  private readonly rt: Runtime;
  private readonly minOffAddr: number;
  private readonly chunks = new Map<number, ScavChunkData>();

  constructor(rt: Runtime) {
    this.rt = rt;
    this.minOffAddr = rt.arch.arenaBaseOffset;
    this.searchAddrBg = { addr: this.minOffAddr, marked: false };
    this.searchAddrForce = { addr: this.minOffAddr, marked: false };
    this.freeHWM = this.minOffAddr;
    if (rt.arch.ptrSize === 4) {
      this.min = 1;
      this.max = 2 ** rt.arch.heapAddrBits / pallocChunkBytes;
    }
  }

  private chunkIndex(addr: number): number {
    return Math.floor((addr - this.rt.arch.arenaBaseOffset) / pallocChunkBytes);
  }

  private chunkBase(ci: number): number {
    return ci * pallocChunkBytes + this.rt.arch.arenaBaseOffset;
  }

  /** The data of chunk `ci`. */
  chunk(ci: number): ScavChunkData {
    let sc = this.chunks.get(ci);
    if (sc === undefined) {
      sc = { inUse: 0, lastInUse: 0, gen: 0, hasFree: false };
      this.chunks.set(ci, sc);
    }
    return sc;
  }

  /** Covers [base, limit) too; gives the bytes of the index that it mapped. @go runtime/mgcscavenge.go (*scavengeIndex).grow */
  grow(base: number, limit: number): number {
    const baseIdx = this.chunkIndex(base);
    if (this.minHeapIdx === 0 || baseIdx < this.minHeapIdx) this.minHeapIdx = baseIdx;
    return this.sysGrow(base, limit);
  }

  /** @go runtime/mpagealloc_64bit.go (*scavengeIndex).sysGrow */
  sysGrow(base: number, limit: number): number {
    const { arch } = this.rt;
    if (arch.ptrSize === 4) return 0;
    const haveMin = this.min;
    const haveMax = this.max;
    const perPage = arch.physPageSize / scSize;
    let needMin = alignDown(this.chunkIndex(base), perPage);
    let needMax = alignUp(this.chunkIndex(limit), perPage);
    if (needMax < haveMin) needMax = haveMin;
    if (haveMax !== 0 && needMin > haveMax) needMin = haveMax;
    const need = subtractRange(
      { base: needMin, limit: needMax },
      { base: haveMin, limit: haveMax },
    );
    const bytes = (need.limit - need.base) * scSize;
    if (bytes !== 0) {
      sysAccount(this.rt, bytes, 'gcMiscSys');
      if (haveMax === 0 || needMin < haveMin) this.min = needMin;
      if (needMax > haveMax) this.max = needMax;
    }
    return bytes;
  }

  /**
   * The highest chunk worth scavenging and a page index in it to search down from, or undefined.
   * `force` disregards density.
   *
   * @go runtime/mgcscavenge.go (*scavengeIndex).find
   */
  find(force: boolean): { ci: number; pageIdx: number } | undefined {
    const cursor = force ? this.searchAddrForce : this.searchAddrBg;
    const { addr, marked } = cursor;
    if (addr === this.minOffAddr) return undefined;
    const start = this.chunkIndex(addr);
    for (let i = start; i >= this.minHeapIdx; i--) {
      const sc = this.chunks.get(i);
      if (sc === undefined || !this.shouldScavenge(sc, force)) continue;
      if (i === start) {
        return { ci: i, pageIdx: Math.floor((addr % pallocChunkBytes) / pageSize) };
      }
      const newAddr = this.chunkBase(i) + pallocChunkBytes - pageSize;
      if (marked || newAddr < cursor.addr) {
        cursor.addr = newAddr;
        cursor.marked = false;
      }
      return { ci: i, pageIdx: pallocChunkPages - 1 };
    }
    this.clear(cursor);
    return undefined;
  }

  private clear(cursor: MarkedAddr): void {
    if (!cursor.marked) cursor.addr = this.minOffAddr;
  }

  /** @go runtime/mgcscavenge.go (scavChunkData).shouldScavenge */
  private shouldScavenge(sc: ScavChunkData, force: boolean): boolean {
    if (!sc.hasFree) return false;
    if (force) return true;
    if (sc.gen === this.gen) {
      return sc.inUse < scavChunkHiOccPages && sc.lastInUse < scavChunkHiOccPages;
    }
    return sc.inUse < scavChunkHiOccPages;
  }

  /** `npages` more pages of the chunk are in use. @go runtime/mgcscavenge.go (*scavengeIndex).alloc */
  alloc(ci: number, npages: number): void {
    const sc = this.chunk(ci);
    if (sc.inUse + npages > pallocChunkPages) throw_('too many pages allocated in chunk?');
    if (sc.gen !== this.gen) {
      sc.lastInUse = sc.inUse;
      sc.gen = this.gen;
    }
    sc.inUse += npages;
    if (sc.inUse === pallocChunkPages) sc.hasFree = false;
  }

  /** The `npages` pages from `page` on are free. @go runtime/mgcscavenge.go (*scavengeIndex).free */
  free(ci: number, page: number, npages: number): void {
    const sc = this.chunk(ci);
    if (sc.inUse < npages) throw_('allocated pages below zero?');
    if (sc.gen !== this.gen) {
      sc.lastInUse = sc.inUse;
      sc.gen = this.gen;
    }
    sc.inUse -= npages;
    sc.hasFree = true;
    const addr = this.chunkBase(ci) + (page + npages - 1) * pageSize;
    if (this.freeHWM < addr) this.freeHWM = addr;
    if (this.searchAddrForce.addr < addr) {
      this.searchAddrForce.addr = addr;
      this.searchAddrForce.marked = true;
    }
  }

  /** A collection begins a new generation. @go runtime/mgcscavenge.go (*scavengeIndex).nextGen */
  nextGen(): void {
    this.gen++;
    if (this.searchAddrBg.addr < this.freeHWM) {
      this.searchAddrBg.addr = this.freeHWM;
      this.searchAddrBg.marked = true;
    }
    this.freeHWM = this.minOffAddr;
  }

  /** @go runtime/mgcscavenge.go (*scavengeIndex).setEmpty */
  setEmpty(ci: number): void {
    this.chunk(ci).hasFree = false;
  }
}
