/**
 * Which words of the heap are pointers, and which object an address belongs to.
 *
 * Pointer bits are kept in one of two ways: in the span or behind a type word
 * (mbitmap_allocheaders.ts, Go 1.22's default), or in a bitmap of the arena
 * (mbitmap_noallocheaders.ts).
 *
 * @go runtime/mbitmap.go
 */
import { throw_ } from './errors.ts';
import { initHeapBitsInSpan } from './mbitmap_allocheaders.ts';
import { initHeapBitsInArena } from './mbitmap_noallocheaders.ts';
import { type MSpan, mSpanInUse, mSpanManual } from './mspan.ts';
import type { Runtime } from './runtime2.ts';

export { runGCProg } from './gcprog.ts';
export { heapSetType, typePointersOf } from './mbitmap_allocheaders.ts';
export { heapBitsForAddr, heapBitsSetType } from './mbitmap_noallocheaders.ts';

/** Bytes of the type word before an object that needs one. @go runtime/mbitmap_allocheaders.go mallocHeaderSize */
export const mallocHeaderSize = 8;

/** What the heap must know of a type. */
export interface HeapType {
  readonly addr: number;
  readonly size: number;
  /** Bytes from the start up to the last pointer's end. */
  readonly ptrBytes: number;
  /** One bit a word, or with `gcProg` the bytes of a GC program. */
  readonly gcdata: Uint8Array;
  readonly gcProg: boolean;
}

/** Where an address points. `base` is 0 if not into a heap object. */
export interface FoundObject {
  base: number;
  span: MSpan | null;
  objIndex: number;
}

/** Whether objects of a slot or request of this size keep their pointer bits in the span. @go runtime/mbitmap_allocheaders.go heapBitsInSpan */
export function heapBitsInSpan(rt: Runtime, size: number): boolean {
  return rt.allocHeaders && size <= rt.arch.ptrSize * rt.arch.ptrSize * 8;
}

/** Prepares the pointer bits of a fresh span. @go runtime/mbitmap_allocheaders.go (*mspan).initHeapBits */
export function initHeapBits(rt: Runtime, s: MSpan): void {
  if (rt.allocHeaders) initHeapBitsInSpan(rt, s);
  else initHeapBitsInArena(rt, s);
}

/**
 * The heap object that `p` points into. The answer is one object for all calls: read it before the
 * next one.
 *
 * Throws where `p` points into a span that is free or past its objects, as the collector does.
 *
 * @go runtime/mbitmap.go findObject
 */
export function findObject(rt: Runtime, p: number): FoundObject {
  const { mheap } = rt;
  const { found } = mheap;
  const s = mheap.spanOf(p);
  if (s === null || s.state !== mSpanInUse || p < s.startAddr || p >= s.limit) {
    if (s !== null && s.state !== mSpanManual) {
      throw_('found bad pointer in Go heap (incorrect use of unsafe or cgo?)');
    }
    found.base = 0;
    found.span = null;
    found.objIndex = 0;
    return found;
  }
  const objIndex = s.objIndex(p);
  found.base = s.startAddr + objIndex * s.elemsize;
  found.span = s;
  found.objIndex = objIndex;
  return found;
}
