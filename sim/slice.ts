/**
 * Slices: making, growing, copying.
 *
 * @go runtime/slice.go
 */
import { throw_ } from './errors.ts';
import { mallocgc, maxAlloc } from './malloc.ts';
import { typedslicecopy } from './mbarrier.ts';
import { roundupsize } from './msize.ts';
import { errorString } from './panic.ts';
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

/** @go runtime/error.go boundsErrorFmts, boundsNegErrorFmts */
function checkBounds(s: Slice, lo: number, hi: number, max: number | undefined): void {
  const out = (range: string) => errorString(`slice bounds out of range [${range}`);
  const limit = max ?? s.cap;
  if (max !== undefined) {
    if (max < 0) throw out(`::${max}]`);
    if (max > s.cap) throw out(`::${max}] with capacity ${s.cap}`);
  }
  const [colon, end] = max === undefined ? ['', ''] : [':', `:${max}`];
  if (hi < 0) throw out(`:${hi}${colon}]`);
  if (hi > limit) throw out(`:${hi}${max === undefined ? `] with capacity ${s.cap}` : `${end}]`}`);
  if (lo < 0) throw out(`${lo}:${colon}]`);
  if (lo > hi) throw out(`${lo}:${hi}${colon}]`);
}

/** Address of element `i`. */
export function elemAddr(s: Slice, i: number, et: Type): number {
  if (i < 0 || i >= s.len) {
    throw errorString(`index out of range [${i}]${i < 0 ? '' : ` with length ${s.len}`}`);
  }
  if (!Number.isInteger(i)) throw_('slice index is no integer');
  return s.array + i * et.size;
}
