/** What the numbers of a span mean, in words. */
import { pageSize } from '../../../sim/uintptr.ts';
import { count } from '../../format.ts';
import type { HeapState, SpanState } from './state.ts';

/** Where a span of heap objects is kept: as `goheapsim spans` says it. */
export function holderText(s: SpanState): string {
  if (s.holder >= 0) return `P${s.holder} mcache`;
  return `mcentral ${s.allocCount === s.nelems ? 'full' : 'partial'}`;
}

/** Whether a sweep has still to come to it. */
export function isUnswept({ sweepgen }: HeapState, s: SpanState): boolean {
  return s.sweepgen === sweepgen - 2 || s.sweepgen === sweepgen + 1;
}

/** What sweepgen says, h being mheap.sweepgen. */
export function sweepText({ sweepgen: h }: HeapState, s: SpanState): string {
  switch (s.sweepgen - h) {
    case -2:
      return 'needs sweeping (h-2)';
    case -1:
      return 'being swept (h-1)';
    case 0:
      return 'swept (h)';
    case 1:
      return 'cached before the sweep began (h+1)';
    case 3:
      return 'swept, then cached (h+3)';
    default:
      return `sweepgen ${s.sweepgen}, h is ${h}`;
  }
}

/** `48 B, noscan`; `large, 5 pages`. */
export function classWords(s: SpanState): string {
  const sizeclass = s.spanclass >> 1;
  const kind = (s.spanclass & 1) !== 0 ? 'noscan' : 'scan';
  return sizeclass === 0
    ? `large, ${count(s.elemsize)} B, ${kind}`
    : `class ${sizeclass}, ${count(s.elemsize)} B, ${kind}`;
}

/** What a span's bytes are beside its slots. */
export interface SpanShape {
  /** Bytes of malloc header at the start of each used slot. */
  readonly header: number;
  /** Bytes of pointer bits at the end of the span. */
  readonly heapBits: number;
  /** Bytes between the last slot and them. */
  readonly tail: number;
}

export function spanShape(s: SpanState, ptrSize: number, allocHeaders: boolean): SpanShape {
  const bytes = s.npages * pageSize;
  if (s.spanclass >> 1 === 0 || s.type !== 0) return { header: 0, heapBits: 0, tail: 0 };
  const scan = (s.spanclass & 1) === 0;
  const small = s.elemsize <= ptrSize * ptrSize * 8;
  const heapBits = allocHeaders && scan && small ? bytes / ptrSize / 8 : 0;
  const header = allocHeaders && scan && !small ? 8 : 0;
  return { header, heapBits, tail: bytes - heapBits - s.nelems * s.elemsize };
}
