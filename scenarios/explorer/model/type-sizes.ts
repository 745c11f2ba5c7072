/** The used slots of the heap by size class and type. */
import type { Timeline } from '../../timeline/timeline.ts';
import { typeNameOfSlot } from './object-words.ts';
import { isUsed } from './span-bits.ts';
import type { SpanState } from './state.ts';
import type { HeapStore } from './store.ts';

export interface TypeSize {
  readonly spanclass: number;
  /** Bytes of a slot; 0 of large objects. */
  readonly elemsize: number;
  /** What is in the slots, '' without a type. */
  readonly type: string;
  readonly slots: number;
  readonly bytes: number;
}

/** For spans that no step changes any more: see {@link HeapStore.touch}. */
const known = new WeakMap<SpanState, ReadonlyMap<string, number>>();

function typesOf(store: HeapStore, timeline: Timeline, s: SpanState): ReadonlyMap<string, number> {
  const found = known.get(s);
  if (found !== undefined) return found;
  const slots = new Map<string, number>();
  for (let i = 0; i < s.nelems; i++) {
    if (!isUsed(s, i)) continue;
    const type = typeNameOfSlot({ timeline }, s, i) ?? '';
    slots.set(type, (slots.get(type) ?? 0) + 1);
  }
  if (s.stamp < store.stamp) known.set(s, slots);
  return slots;
}

/** The most bytes first. */
export function typeSizes(store: HeapStore, timeline: Timeline): TypeSize[] {
  const rows = new Map<string, { -readonly [K in keyof TypeSize]: TypeSize[K] }>();
  for (const s of store.spans()) {
    if (s.type !== 0) continue;
    for (const [type, slots] of typesOf(store, timeline, s)) {
      const key = `${s.spanclass} ${type}`;
      let row = rows.get(key);
      if (row === undefined) {
        const elemsize = s.spanclass >> 1 === 0 ? 0 : s.elemsize;
        row = { spanclass: s.spanclass, elemsize, type, slots: 0, bytes: 0 };
        rows.set(key, row);
      }
      row.slots += slots;
      row.bytes += slots * s.elemsize;
    }
  }
  return [...rows.values()].sort((a, b) => b.bytes - a.bytes || a.spanclass - b.spanclass);
}
