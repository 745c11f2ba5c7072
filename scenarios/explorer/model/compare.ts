/** What lies in the heap after one step and not after another: slots and spans. */
import { isUsed } from './span-bits.ts';
import type { SpanState } from './state.ts';

/** A slot in use. */
export interface SlotRef {
  readonly span: SpanState;
  readonly index: number;
}

export interface HeapDifference {
  readonly born: readonly SlotRef[];
  readonly died: readonly SlotRef[];
  readonly gained: readonly SpanState[];
  readonly lost: readonly SpanState[];
}

/** Both by address. A span is the same if it lies there still and is for the same. */
export function compareSpans(
  before: readonly SpanState[],
  after: readonly SpanState[],
): HeapDifference {
  const found = { born: [], died: [], gained: [], lost: [] } as Found;
  mergeSpans(before, after, {
    isSame,
    lost: (span) => lose(found, span),
    gained: (span) => gain(found, span),
    kept: (was, is) => compareSlots(found, was, is),
  });
  return found;
}

/** What {@link mergeSpans} tells. */
interface SpanVisitor<T> {
  readonly isSame: (was: T, is: T) => boolean;
  readonly lost: (span: T) => void;
  readonly gained: (span: T) => void;
  readonly kept?: (was: T, is: T) => void;
}

/** Goes through the spans of two heaps, both by address. */
export function mergeSpans<T extends { readonly base: number }>(
  before: readonly T[],
  after: readonly T[],
  { isSame, lost, gained, kept }: SpanVisitor<T>,
): void {
  let a = 0;
  let b = 0;
  while (a < before.length || b < after.length) {
    const [was, is] = [before[a], after[b]];
    if (is === undefined || (was !== undefined && was.base < is.base)) {
      lost(was!);
      a++;
    } else if (was === undefined || is.base < was.base) {
      gained(is);
      b++;
    } else {
      if (isSame(was, is)) kept?.(was, is);
      else {
        lost(was);
        gained(is);
      }
      a++;
      b++;
    }
  }
}

type Found = { -readonly [K in keyof HeapDifference]: HeapDifference[K][number][] };

function isSame(a: SpanState, b: SpanState): boolean {
  return a.spanclass === b.spanclass && a.npages === b.npages && a.type === b.type;
}

function lose(found: Found, s: SpanState): void {
  found.lost.push(s);
  if (s.type === 0) addUsed(found.died, s);
}

function gain(found: Found, s: SpanState): void {
  found.gained.push(s);
  if (s.type === 0) addUsed(found.born, s);
}

function addUsed(slots: SlotRef[], span: SpanState): void {
  for (let index = 0; index < span.nelems; index++) {
    if (isUsed(span, index)) slots.push({ span, index });
  }
}

function compareSlots({ born, died }: Found, was: SpanState, is: SpanState): void {
  if (was === is || is.type !== 0) return;
  for (let index = 0; index < is.nelems; index++) {
    const [before, after] = [isUsed(was, index), isUsed(is, index)];
    if (before && after && was.slotEvent[index] === is.slotEvent[index]) continue;
    if (before) died.push({ span: was, index });
    if (after) born.push({ span: is, index });
  }
}
