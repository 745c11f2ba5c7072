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
  let a = 0;
  let b = 0;
  while (a < before.length || b < after.length) {
    const [was, is] = [before[a], after[b]];
    if (is === undefined || (was !== undefined && was.base < is.base)) {
      lose(found, was!);
      a++;
    } else if (was === undefined || is.base < was.base) {
      gain(found, is);
      b++;
    } else {
      if (isSame(was, is)) compareSlots(found, was, is);
      else {
        lose(found, was);
        gain(found, is);
      }
      a++;
      b++;
    }
  }
  return found;
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
