/** How a span finds its next free slot, on the explorer's own copy of its bits. */
import { ctz64, shr64Hi, shr64Lo } from '../../../sim/uintptr.ts';
import type { SpanState } from './state.ts';

/** Whether the allocator holds slot `index` for in use: below freeindex, or in use when last swept. */
export function isUsed(s: SpanState, index: number): boolean {
  return index < s.freeindex || bitAt(s.allocBits, index);
}

type VisitRun = (first: number, end: number) => void;

/** Calls back with each run of slots in use, from `from` up to `to`: its first slot and the one behind it. */
export function usedRuns(s: SpanState, from: number, to: number, visit: VisitRun): void {
  // All below freeindex are in use.
  runsWhere({ from, to, known: s.freeindex }, (i) => isUsed(s, i), visit);
}

/** Calls back with each run of numbers that are on: its first and the one behind it. Those below `known` are on. */
export function runsWhere(
  { from, to, known = from }: { from: number; to: number; known?: number },
  isOn: (i: number) => boolean,
  visit: VisitRun,
): void {
  let run = from < known ? from : -1;
  for (let i = Math.max(from, Math.min(known, to)); i <= to; i++) {
    const on = i < to && isOn(i);
    if (on && run < 0) run = i;
    else if (!on && run >= 0) {
      visit(run, i);
      run = -1;
    }
  }
}

export function bitAt(bits: Uint8Array, index: number): boolean {
  return (bits[index >>> 3]! & (1 << (index & 7))) !== 0;
}

/** Loads the 64 slots from `byte * 8` on into allocCache. @go runtime/mbitmap.go (*mspan).refillAllocCache */
export function refillAllocCache(s: SpanState, byte: number): void {
  const b = s.allocBits;
  s.allocCacheLo = ~(b[byte]! | (b[byte + 1]! << 8) | (b[byte + 2]! << 16) | (b[byte + 3]! << 24));
  s.allocCacheHi = ~(
    b[byte + 4]! |
    (b[byte + 5]! << 8) |
    (b[byte + 6]! << 16) |
    (b[byte + 7]! << 24)
  );
}

export function shiftAllocCache(s: SpanState, n: number): void {
  const { allocCacheLo: lo, allocCacheHi: hi } = s;
  s.allocCacheLo = shr64Lo(lo, hi, n) | 0;
  s.allocCacheHi = shr64Hi(hi, n) | 0;
}

/** @go runtime/mbitmap.go (*mspan).nextFreeIndex */
export function nextFreeIndex(s: SpanState): number {
  let index = s.freeindex;
  if (index === s.nelems) return index;
  let bit = ctz64(s.allocCacheLo, s.allocCacheHi);
  while (bit === 64) {
    index = (index + 64) & ~63;
    if (index >= s.nelems) {
      s.freeindex = s.nelems;
      return s.nelems;
    }
    refillAllocCache(s, index >>> 3);
    bit = ctz64(s.allocCacheLo, s.allocCacheHi);
  }
  const result = index + bit;
  if (result >= s.nelems) {
    s.freeindex = s.nelems;
    return s.nelems;
  }
  shiftAllocCache(s, bit + 1);
  s.freeindex = result + 1;
  if (s.freeindex % 64 === 0 && s.freeindex !== s.nelems) refillAllocCache(s, s.freeindex >>> 3);
  return result;
}

/** 64 bits, the highest first, as hexadecimal. */
export function cacheHex(s: SpanState): string {
  const half = (n: number): string => (n >>> 0).toString(16).padStart(8, '0');
  return `0x${half(s.allocCacheHi)}${half(s.allocCacheLo)}`;
}
