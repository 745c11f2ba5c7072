/** How far marking and sweeping are in each span. */
import { isUsed } from './span-bits.ts';
import type { HeapState, SpanState } from './state.ts';
import { isUnswept } from './words.ts';

export interface SpanMarks {
  readonly span: SpanState;
  readonly used: number;
  /** Used slots whose mark bit is set. */
  readonly marked: number;
  readonly state: SweepState;
}

type SweepState = 'marking' | 'needs sweeping' | 'swept';

/** For each span of heap objects. While marking goes on, none is swept before it ends. */
export function spanMarks(state: HeapState, spans: readonly SpanState[]): SpanMarks[] {
  const marks: SpanMarks[] = [];
  for (const span of spans) {
    if (span.type !== 0) continue;
    let used = 0;
    let marked = 0;
    for (let i = 0; i < span.nelems; i++) {
      if (!isUsed(span, i)) continue;
      used++;
      if ((span.gcmarkBits[i >>> 3]! & (1 << (i & 7))) !== 0) marked++;
    }
    marks.push({ span, used, marked, state: stateOf(state, span) });
  }
  return marks;
}

function stateOf(state: HeapState, span: SpanState): SweepState {
  if (state.gcphase !== 0) return 'marking';
  return isUnswept(state, span) ? 'needs sweeping' : 'swept';
}
