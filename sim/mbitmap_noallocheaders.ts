/**
 * Pointer bits of a build with GOEXPERIMENT=noallocheaders: a bitmap in each arena, one bit a word.
 *
 * @go runtime/mbitmap_noallocheaders.go
 */

import { runGCProg } from './gcprog.ts';
import type { HeapType } from './mbitmap.ts';
import type { HeapArena } from './mheaparena.ts';
import type { MSpan } from './mspan.ts';
import type { Runtime } from './runtime2.ts';
import type { PointerCursor } from './stopped-world.ts';
import { lowMask32 } from './uintptr.ts';

/** Sets or clears the bits of the words in [addr, addr+bytes). */
function fillBits(rt: Runtime, addr: number, bytes: number, value: 0 | 1): void {
  const { ptrSize, heapArenaBytes } = rt.arch;
  let at = addr;
  let left = bytes;
  while (left > 0) {
    const ha = rt.mheap.arenaOf(at)!;
    const step = Math.min(left, ha.base + heapArenaBytes - at);
    const from = (at - ha.base) / ptrSize;
    const to = from + step / ptrSize;
    for (let i = from; i < to; ) {
      const bit = i & 31;
      const n = Math.min(32 - bit, to - i);
      const mask = lowMask32(n) << bit;
      if (value === 1) ha.bitmap[i >>> 5]! |= mask;
      else ha.bitmap[i >>> 5]! &= ~mask;
      i += n;
    }
    at += step;
    left -= step;
  }
}

/** Sets the bits of the words from `addr` on for which `mask` has a bit among its first `words`. */
function setMask(rt: Runtime, addr: number, mask: Uint8Array, words: number): void {
  const { ptrSize, heapArenaBytes } = rt.arch;
  let ha: HeapArena = rt.mheap.arenaOf(addr)!;
  let first = (addr - ha.base) / ptrSize;
  for (let k = 0; k < words; k += 8) {
    const bits = mask[k >>> 3]! & lowMask32(Math.min(8, words - k));
    if (bits === 0) continue;
    for (let j = 0; j < 8; j++) {
      if ((bits & (1 << j)) === 0) continue;
      let w = first + k + j;
      if (w >= heapArenaBytes / ptrSize) {
        ha = rt.mheap.arenaOf(addr + (k + j) * ptrSize)!;
        first = (addr - ha.base) / ptrSize;
        w = first + k + j;
      }
      ha.bitmap[w >>> 5]! |= 1 << (w & 31);
    }
  }
}

/** @go runtime/mbitmap_noallocheaders.go (*mspan).initHeapBits */
export function initHeapBitsInArena(rt: Runtime, s: MSpan): void {
  const { ptrSize } = rt.arch;
  if (s.noscan()) fillBits(rt, s.startAddr, s.bytes(), 0);
  else if (ptrSize === 8 && s.elemsize === ptrSize) fillBits(rt, s.startAddr, s.bytes(), 1);
}

/**
 * Writes the bits of the slot at `x` of `size` bytes that holds `dataSize` bytes of `typ` values.
 *
 * @go runtime/mbitmap_noallocheaders.go heapBitsSetType
 */
export function heapBitsSetType(
  rt: Runtime,
  x: number,
  size: number,
  dataSize: number,
  typ: HeapType,
): void {
  const { ptrSize } = rt.arch;
  if (ptrSize === 8 && size === ptrSize) return;
  fillBits(rt, x, size, 0);
  if (typ.size === ptrSize) {
    fillBits(rt, x, dataSize, 1);
    return;
  }
  const words = typ.ptrBytes / ptrSize;
  let mask = typ.gcdata;
  if (typ.gcProg) {
    mask = new Uint8Array(Math.ceil(words / 8) + 8);
    runGCProg(typ.gcdata, 4, mask);
  }
  for (let i = 0; i < dataSize; i += typ.size) setMask(rt, x + i, mask, words);
}

/** Iterates over the pointer slots of a part of an object. @go runtime/mbitmap_noallocheaders.go heapBits */
export class HeapBits implements PointerCursor {
  private readonly rt: Runtime;
  private readonly ptrSize: 4 | 8;
  private ha: HeapArena | null = null;
  /** Index in the arena of the word that bit 0 of `mask` stands for. */
  private word = 0;
  private mask = 0;
  private limit = 0;

  constructor(rt: Runtime) {
    this.rt = rt;
    this.ptrSize = rt.arch.ptrSize;
  }

  /** Positions at the slots in [addr, addr+size). @go runtime/mbitmap_noallocheaders.go heapBitsForAddr */
  startAt(addr: number, size: number): void {
    this.limit = addr + size;
    this.seek(addr);
  }

  private seek(addr: number): void {
    const ha = this.rt.mheap.arenaOf(addr)!;
    const w = (addr - ha.base) / this.ptrSize;
    this.ha = ha;
    this.word = w - (w & 31);
    this.mask = ha.bitmap[w >>> 5]! & ~lowMask32(w & 31);
  }

  /** @go runtime/mbitmap_noallocheaders.go heapBits.next */
  next(): number {
    for (;;) {
      const { ha } = this;
      if (ha === null) return 0;
      if (this.mask !== 0) {
        const bit = this.mask & -this.mask;
        this.mask ^= bit;
        const addr = ha.base + (this.word + 31 - Math.clz32(bit)) * this.ptrSize;
        if (addr < this.limit) return addr;
        this.ha = null;
        return 0;
      }
      const addr = ha.base + (this.word + 32) * this.ptrSize;
      if (addr >= this.limit) {
        this.ha = null;
        return 0;
      }
      this.seek(addr);
    }
  }
}

/** Positions the shared cursor at the pointer slots in [addr, addr+size). @go runtime/mbitmap_noallocheaders.go heapBitsForAddr */
export function heapBitsForAddr(rt: Runtime, addr: number, size: number): HeapBits {
  const h = rt.mheap.heapBits;
  h.startAt(addr, size);
  return h;
}
