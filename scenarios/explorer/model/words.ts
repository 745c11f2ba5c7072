/** What the numbers of a span mean, in words. */
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
