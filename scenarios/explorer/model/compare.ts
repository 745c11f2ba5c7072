/** What lies in the heap after one step and not after another: slots and spans. */
import { isUsed } from './span-bits.ts';
import type { SpanState } from './state.ts';

/** A slot in use. */
export interface SlotRef {
  readonly span: SpanState;
  readonly index: number;
}

export interface HeapDifference {
  readonly born: SlotList;
  readonly died: SlotList;
  readonly gained: readonly SpanState[];
  readonly lost: readonly SpanState[];
}

/** Both by address. A span is the same if it lies there still and is for the same. */
export function compareSpans(
  before: readonly SpanState[],
  after: readonly SpanState[],
): HeapDifference {
  const [born, died] = [new SlotList(), new SlotList()];
  const [gained, lost] = [[] as SpanState[], [] as SpanState[]];
  mergeSpans(before, after, {
    isSame,
    lost(span) {
      lost.push(span);
      died.add(span, undefined);
    },
    gained(span) {
      gained.push(span);
      born.add(span, undefined);
    },
    kept(was, is) {
      if (was === is) return;
      born.add(is, was);
      died.add(was, is);
    },
  });
  return { born, died, gained, lost };
}

/** Slots of a span that are in use, but not with the same object in another state of it. */
interface SlotsOfSpan {
  readonly span: SpanState;
  readonly other: SpanState | undefined;
  /** How many slots lie in the spans before it. */
  readonly first: number;
}

/** Slots by address. They are counted, and made when they are asked for: there can be millions. */
export class SlotList implements Iterable<SlotRef> {
  readonly #spans: SlotsOfSpan[] = [];
  length = 0;
  /** Of all slots together. */
  bytes = 0;

  /** Adds the slots of a span that is behind all spans so far. */
  add(span: SpanState, other: SpanState | undefined): void {
    if (span.type !== 0) return;
    let n = 0;
    for (let index = 0; index < span.nelems; index++) if (isNew(span, other, index)) n++;
    if (n === 0) return;
    this.#spans.push({ span, other, first: this.length });
    this.length += n;
    this.bytes += n * span.elemsize;
  }

  /** The slots from one place of the list up to another. */
  slice(from: number, to = this.length): SlotRef[] {
    const found: SlotRef[] = [];
    for (const [i, { span, other, first }] of this.#spans.entries()) {
      if (first >= to) break;
      if ((this.#spans[i + 1]?.first ?? this.length) <= from) continue;
      let at = first;
      for (let index = 0; index < span.nelems; index++) {
        if (!isNew(span, other, index)) continue;
        if (at >= from && at < to) found.push({ span, index });
        at++;
      }
    }
    return found;
  }

  [Symbol.iterator](): Iterator<SlotRef> {
    return this.slice(0).values();
  }
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

function isSame(a: SpanState, b: SpanState): boolean {
  return a.spanclass === b.spanclass && a.npages === b.npages && a.type === b.type;
}

function isNew(span: SpanState, other: SpanState | undefined, index: number): boolean {
  if (!isUsed(span, index)) return false;
  if (other === undefined || !isUsed(other, index)) return true;
  return other.slotEvent[index] !== span.slotEvent[index];
}
