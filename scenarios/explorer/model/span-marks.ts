/** How far marking and sweeping are in each span. */
import { bitAt, isUsed } from './span-bits.ts';
import type { HeapState, SpanState } from './state.ts';
import { isUnswept } from './words.ts';

export interface SpanMarks {
  readonly span: SpanState;
  readonly used: number;
  /** Used slots whose mark bit is set. */
  readonly marked: number;
  /** Marked ones that have yet to be scanned. */
  readonly grey: number;
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
    let grey = 0;
    for (let i = 0; i < span.nelems; i++) {
      if (!isUsed(span, i)) continue;
      used++;
      if (!bitAt(span.gcmarkBits, i)) continue;
      marked++;
      if (!bitAt(span.blackBits, i)) grey++;
    }
    marks.push({ span, used, marked, grey, state: stateOf(state, span) });
  }
  return marks;
}

function stateOf(state: HeapState, span: SpanState): SweepState {
  if (state.gcphase !== 0) return 'marking';
  return isUnswept(state, span) ? 'needs sweeping' : 'swept';
}

/** Grey objects by address: the first `most`. */
export function greyObjects(marks: readonly SpanMarks[], most: number): number[] {
  const found: number[] = [];
  for (const { span, grey } of marks) {
    for (let i = 0; grey > 0 && i < span.nelems && found.length < most; i++) {
      const isGrey = isUsed(span, i) && bitAt(span.gcmarkBits, i) && !bitAt(span.blackBits, i);
      if (isGrey) found.push(span.base + i * span.elemsize);
    }
  }
  return found;
}
