/**
 * Arithmetic on addresses, sizes and 64-bit bitmaps.
 *
 * An address is a `number` below 2^48, so `+ - * /` and `%` are exact; JavaScript's bit operators
 * would cut it to 32 bits and are used only on values known to fit.
 */

/** log2 of the runtime's page size. @go runtime/malloc.go pageShift */
export const pageShift = 13;

/** Bytes of a page of the page heap, whatever the OS's page size. @go runtime/malloc.go pageSize */
export const pageSize = 8192;

/** `n` rounded up to a multiple of `a`. @go runtime/stubs.go alignUp */
export function alignUp(n: number, a: number): number {
  const r = n % a;
  return r === 0 ? n : n + (a - r);
}

/** `n` rounded down to a multiple of `a`. @go runtime/stubs.go alignDown */
export function alignDown(n: number, a: number): number {
  return n - (n % a);
}

/** ceil(n / a) for non-negative integers. @go runtime/stubs.go divRoundUp */
export function divRoundUp(n: number, a: number): number {
  return Math.floor((n + a - 1) / a);
}

/** Number of the page that `addr` lies in. */
export function pageOf(addr: number): number {
  return Math.floor(addr / pageSize);
}

/** Zero bits below the lowest one bit; 32 for zero. @go runtime/internal/sys/intrinsics.go TrailingZeros32 */
export function ctz32(x: number): number {
  return x === 0 ? 32 : 31 - Math.clz32(x & -x);
}

/** Trailing zeros of the 64-bit word hi:lo; 64 for zero. @go runtime/internal/sys/intrinsics.go TrailingZeros64 */
export function ctz64(lo: number, hi: number): number {
  return lo !== 0 ? 31 - Math.clz32(lo & -lo) : 32 + ctz32(hi);
}

/** Leading zeros of the 64-bit word hi:lo; 64 for zero. @go runtime/internal/sys/intrinsics.go LeadingZeros64 */
export function clz64(lo: number, hi: number): number {
  return hi !== 0 ? Math.clz32(hi) : 32 + Math.clz32(lo);
}

/** Number of one bits. @go runtime/internal/sys/intrinsics.go OnesCount64 */
export function popcount32(x: number): number {
  let v = x - ((x >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** 32 bits with the lowest `n` set; `n` from 0 to 32. */
export function lowMask32(n: number): number {
  return n >= 32 ? -1 : (1 << n) - 1;
}

/** Low half of the 64-bit word hi:lo shifted right by `n` (0 to 64). */
export function shr64Lo(lo: number, hi: number, n: number): number {
  if (n === 0) return lo;
  if (n < 32) return (lo >>> n) | (hi << (32 - n));
  return n < 64 ? hi >>> (n - 32) : 0;
}

/** High half of the 64-bit word hi:lo shifted right by `n` (0 to 64). */
export function shr64Hi(hi: number, n: number): number {
  return n < 32 ? hi >>> n : 0;
}

/** Low half of the 64-bit word hi:lo shifted left by `n` (0 to 64). */
export function shl64Lo(lo: number, n: number): number {
  return n < 32 ? lo << n : 0;
}

/** High half of the 64-bit word hi:lo shifted left by `n` (0 to 64). */
export function shl64Hi(lo: number, hi: number, n: number): number {
  if (n === 0) return hi;
  if (n < 32) return (hi << n) | (lo >>> (32 - n));
  return n < 64 ? lo << (n - 32) : 0;
}
