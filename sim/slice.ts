/**
 * Slices: making, growing, copying.
 *
 * @go runtime/slice.go
 */
import { boundsError, errorString } from './error.ts';
import { throw_ } from './errors.ts';
import { mallocgc, maxAlloc } from './malloc.ts';
import { typedslicecopy } from './mbarrier.ts';
import { roundupsize } from './msize.ts';
import type { Runtime } from './runtime2.ts';
import { pointerMask, type Type } from './type.ts';

/** A slice header. */
export interface Slice {
  readonly array: number;
  readonly len: number;
  readonly cap: number;
}

/** The array of `make([]et, len, cap)`. @go runtime/slice.go makeslice */
export function makeslice(rt: Runtime, et: Type, len: number, cap: number): number {
  const limit = maxAlloc(rt);
  if (et.size * cap > limit || len < 0 || len > cap) {
    if (et.size * len > limit || len < 0) throw errorString('makeslice: len out of range');
    throw errorString('makeslice: cap out of range');
  }
  return mallocgc(rt, et.size * cap, et, true);
}

/** Capacity that append wants before rounding up to a size class. @go runtime/slice.go nextslicecap */
export function nextslicecap(newLen: number, oldCap: number): number {
  const doublecap = oldCap + oldCap;
  if (newLen > doublecap) return newLen;
  const threshold = 256;
  if (oldCap < threshold) return doublecap;
  let newcap = oldCap;
  do newcap += Math.floor((newcap + 3 * threshold) / 4);
  while (newcap < newLen);
  return newcap;
}

/**
 * A larger array for a slice that `num` elements are appended to, with its old elements copied;
 * `newLen` counts the new ones, which the caller writes.
 *
 * @go runtime/slice.go growslice
 */
export function growslice(
  rt: Runtime,
  oldPtr: number,
  newLen: number,
  oldCap: number,
  num: number,
  et: Type,
): Slice {
  const oldLen = newLen - num;
  if (newLen < 0) throw errorString('growslice: len out of range');
  if (et.size === 0) return { array: rt.mheap.zerobase, len: newLen, cap: newLen };
  let newcap = nextslicecap(newLen, oldCap);
  const noscan = et.ptrBytes === 0;
  const limit = maxAlloc(rt);
  if (newcap * et.size > limit) throw errorString('growslice: len out of range');
  let capmem = roundupsize(rt.arch, rt.allocHeaders, newcap * et.size, noscan);
  newcap = Math.floor(capmem / et.size);
  capmem = newcap * et.size;
  if (capmem > limit) throw errorString('growslice: len out of range');
  const lenmem = oldLen * et.size;
  let p: number;
  if (noscan) {
    p = mallocgc(rt, capmem, null, false);
    rt.memory.clear(p + newLen * et.size, capmem - newLen * et.size);
  } else {
    p = mallocgc(rt, capmem, et, true);
    if (lenmem > 0 && rt.gc.writeBarrierEnabled) shadeSource(rt, oldPtr, lenmem, et);
  }
  rt.memory.copy(p, oldPtr, lenmem);
  rt.observer?.onEvent({ name: 'growslice', from: oldPtr, to: p, oldCap, newLen, newCap: newcap });
  return { array: p, len: newLen, cap: newcap };
}

/** The barrier of a copy into fresh memory: only the source is shaded. @go runtime/mbitmap_allocheaders.go bulkBarrierPreWriteSrcOnly */
function shadeSource(rt: Runtime, src: number, size: number, et: Type): void {
  const { ptrSize } = rt.arch;
  const mask = pointerMask(et, ptrSize);
  for (let base = 0; base < size; base += et.size) {
    for (let off = 0; off < et.ptrBytes; off += ptrSize) {
      const word = off / ptrSize;
      if (((mask[word >> 3]! >> (word & 7)) & 1) === 0) continue;
      const p = rt.memory.readUintptr(src + base + off);
      if (p !== 0) rt.gc.shade(rt, p);
    }
  }
}

/**
 * `append(s, …)` for `num` elements: the slice to write them into, from index s.len on.
 */
export function appendSlots(rt: Runtime, s: Slice, num: number, et: Type): Slice {
  const newLen = s.len + num;
  if (newLen <= s.cap) return { array: s.array, len: newLen, cap: s.cap };
  return growslice(rt, s.array, newLen, s.cap, num, et);
}

/** `append(dst, src...)`. */
export function appendSlice(rt: Runtime, dst: Slice, src: Slice, et: Type): Slice {
  if (src.len === 0) return dst;
  const grown = appendSlots(rt, dst, src.len, et);
  const at = grown.array + dst.len * et.size;
  typedslicecopy(rt, et, at, src.len, src.array, src.len);
  return grown;
}

/** `copy(dst, src)`: the number of elements copied. @go runtime/slice.go slicecopy */
export function slicecopy(rt: Runtime, dst: Slice, src: Slice, et: Type): number {
  return typedslicecopy(rt, et, dst.array, dst.len, src.array, src.len);
}

/** `s[lo:hi]` or `s[lo:hi:max]`; a slice without capacity keeps its array pointer. */
export function reslice(s: Slice, lo: number, hi: number, et: Type, max?: number): Slice {
  checkBounds(s, lo, hi, max);
  const cap = (max ?? s.cap) - lo;
  return { array: cap === 0 ? s.array : s.array + lo * et.size, len: hi - lo, cap };
}

/** The checks that the compiler makes of a slice expression, in its order. */
function checkBounds(s: Slice, lo: number, hi: number, max: number | undefined): void {
  const outside = (x: number, y: number) => x < 0 || x > y;
  if (max === undefined) {
    if (outside(hi, s.cap)) throw boundsError('SliceAcap', hi, s.cap);
    if (outside(lo, hi)) throw boundsError('SliceB', lo, hi);
  } else {
    if (outside(max, s.cap)) throw boundsError('Slice3Acap', max, s.cap);
    if (outside(hi, max)) throw boundsError('Slice3B', hi, max);
    if (outside(lo, hi)) throw boundsError('Slice3C', lo, hi);
  }
}

/** Address of element `i`. */
export function elemAddr(s: Slice, i: number, et: Type): number {
  if (i < 0 || i >= s.len) throw boundsError('Index', i, s.len);
  if (!Number.isInteger(i)) throw_('slice index is no integer');
  return s.array + i * et.size;
}
