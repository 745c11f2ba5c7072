/** How far marking and sweeping are in each span. */
import { perSpan } from './per-span.ts';
import { bitAt, isUsed, usedRuns } from './span-bits.ts';
import type { HeapState, SpanState } from './state.ts';
import type { HeapStore } from './store.ts';
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

const countsOf = perSpan((span: SpanState) => {
  let used = 0;
  let marked = 0;
  let grey = 0;
  usedRuns(span, 0, span.nelems, (first, end) => {
    used += end - first;
    for (let i = first; i < end; i++) {
      if (!bitAt(span.gcmarkBits, i)) continue;
      marked++;
      if (!bitAt(span.blackBits, i)) grey++;
    }
  });
  return { used, marked, grey };
});

/** A heap at some event; `store` is the one that it comes from. */
interface HeapThere {
  readonly store: HeapStore;
  readonly state: HeapState;
  readonly spans: readonly SpanState[];
}

/** For each span of heap objects. While marking goes on, none is swept before it ends. */
export function spanMarks({ store, state, spans }: HeapThere): SpanMarks[] {
  return spans
    .filter(({ type }) => type === 0)
    .map((span) => ({ span, ...countsOf(store, span), state: stateOf(state, span) }));
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
