/**
 * Arenas of the heap: what is known about each, and how the heap grows by them.
 *
 * @go runtime/mheap.go, runtime/malloc.go
 */
import type { Arch } from './arch.ts';
import { throw_ } from './errors.ts';
import { pallocChunkPages } from './mpallocbits.ts';
import type { MSpan } from './mspan.ts';
import type { Runtime } from './runtime2.ts';
import { alignUp, pageSize } from './uintptr.ts';

/** Metadata of a heap arena. @go runtime/mheap.go heapArena */
export class HeapArena {
  readonly base: number;
  /** Span of each page. A page that is free keeps the span that was there last; null before any. */
  readonly spans: (MSpan | null)[];
  /** One bit a page, set at the first page of each span in use. */
  readonly pageInUse: Uint8Array;
  /** The same for spans that hold a marked object. */
  readonly pageMarks: Uint8Array;
  /** The same for spans that have specials. */
  readonly pageSpecials: Uint8Array;
  /** Offset of the first byte that was never used, so is zero. */
  zeroedBase = 0;
  /**
   * One bit a word, set for pointers, bit i%32 of bitmap[i/32]; empty with GOEXPERIMENT=allocheaders.
   * Go keeps noMorePtrs beside it, which says no more than that the rest of an object is zero here.
   */
  readonly bitmap: Int32Array;

  constructor(arch: Arch, base: number, allocHeaders: boolean) {
    this.base = base;
    this.spans = new Array<MSpan | null>(arch.pagesPerArena).fill(null);
    this.pageInUse = new Uint8Array(arch.pagesPerArena / 8);
    this.pageMarks = new Uint8Array(arch.pagesPerArena / 8);
    this.pageSpecials = new Uint8Array(arch.pagesPerArena / 8);
    const words = allocHeaders ? 0 : arch.heapArenaBytes / arch.ptrSize;
    this.bitmap = new Int32Array(words / 32);
  }
}

/** Where to try to reserve the next arena. @go runtime/mheap.go arenaHint */
export interface ArenaHint {
  readonly recordAddr: number;
  addr: number;
  readonly down: boolean;
}

export function setPageBit(ha: HeapArena, bits: Uint8Array, addr: number): void {
  const page = (addr - ha.base) >>> 13;
  bits[page >>> 3]! |= 1 << (page & 7);
}

export function clearPageBit(ha: HeapArena, bits: Uint8Array, addr: number): void {
  const page = (addr - ha.base) >>> 13;
  bits[page >>> 3]! &= ~(1 << (page & 7));
}

/**
 * Adds at least `npage` pages, in units of 4 MiB; gives the bytes added, 0 when memory is out.
 *
 * @go runtime/mheap.go (*mheap).grow
 */
export function grow(rt: Runtime, npage: number): number {
  const { arch } = rt;
  const { curArena } = rt.mheap;
  const ask = alignUp(npage, pallocChunkPages) * pageSize;
  let totalGrowth = 0;
  let nBase = alignUp(curArena.base + ask, arch.physPageSize);
  if (nBase > curArena.end) {
    const av = sysAlloc(rt, ask);
    if (av === 0) return 0;
    const asize = alignUp(ask, arch.heapArenaBytes);
    if (av === curArena.end) {
      curArena.end = av + asize;
    } else {
      const size = curArena.end - curArena.base;
      if (size !== 0) {
        prepare(rt, curArena.base, size);
        totalGrowth += size;
      }
      curArena.base = av;
      curArena.end = av + asize;
    }
    nBase = alignUp(curArena.base + ask, arch.physPageSize);
  }
  const v = curArena.base;
  curArena.base = nBase;
  prepare(rt, v, nBase - v);
  totalGrowth += nBase - v;
  rt.observer?.onEvent({ name: 'heapGrow', base: v, bytes: nBase - v, npages: npage });
  return totalGrowth;
}

/** Hands reserved memory to the page allocator, released as yet. */
function prepare(rt: Runtime, base: number, size: number): void {
  const h = rt.mheap;
  rt.gcController.heapReleased += size;
  rt.memory.map(base, size);
  rt.memstats.heapStats.released += size;
  h.pages.grow(base, size);
}

/**
 * Reserves arenas for `bytes` bytes: the address, 0 when there is no room.
 *
 * @go runtime/malloc.go (*mheap).sysAlloc
 */
function sysAlloc(rt: Runtime, bytes: number): number {
  const h = rt.mheap;
  const { arch } = rt;
  const n = alignUp(bytes, arch.heapArenaBytes);
  if (h.allArenas.length * arch.heapArenaBytes + n > h.heapLimit) return 0;
  let v = h.arena.alloc(rt, n, arch.heapArenaBytes, 'gcMiscSys');
  while (v === 0 && h.arenaHints.length > 0) {
    const hint = h.arenaHints[0]!;
    const p = hint.down ? hint.addr - n : hint.addr;
    if (p >= 0 && h.arenaIndex(p + n - 1) < 2 ** (arch.arenaL1Bits + arch.arenaL2Bits)) {
      hint.addr = hint.down ? p : p + n;
      v = p;
      break;
    }
    h.arenaHints.shift();
    h.arenaHintAlloc.free(hint.recordAddr);
  }
  if (v === 0) return 0;
  const first = h.arenaIndex(v);
  const last = h.arenaIndex(v + n - 1);
  for (let ri = first; ri <= last; ri++) registerArena(rt, ri);
  return v;
}

/** Makes the metadata of an arena. */
function registerArena(rt: Runtime, ri: number): void {
  const h = rt.mheap;
  const { arch } = rt;
  if (h.arenas.has(ri)) throw_('arena already initialized');
  const bytes = rt.allocHeaders ? arch.sizes.heapArena : arch.sizes.heapArenaNoAllocHeaders;
  if (h.heapArenaAlloc.alloc(rt, bytes, arch.ptrSize, 'gcMiscSys') === 0) {
    rt.persistent.alloc(bytes, arch.ptrSize, 'gcMiscSys');
  }
  if (h.allArenas.length === h.allArenasCap) {
    const size = 2 * h.allArenasCap * arch.ptrSize || arch.physPageSize;
    rt.persistent.alloc(size, arch.ptrSize, 'gcMiscSys');
    h.allArenasCap = size / arch.ptrSize;
  }
  h.allArenas.push(ri);
  h.arenas.set(ri, new HeapArena(arch, h.arenaBase(ri), rt.allocHeaders));
  const { heapArenaBytes } = arch;
  rt.observer?.onEvent({ name: 'sysAlloc', base: h.arenaBase(ri), bytes: heapArenaBytes });
}
