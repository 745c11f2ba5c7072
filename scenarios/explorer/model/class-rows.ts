/** What the bytes of heap spans are, by span class: the rows of `goheapsim memstats --json`. */
import { pageSize } from '../../../sim/uintptr.ts';
import type { ClassRow } from '../../timeline/ledger.ts';
import { perSpan } from './per-span.ts';
import { isUsed } from './span-bits.ts';
import type { SpanState } from './state.ts';
import type { HeapStore } from './store.ts';
import { spanShape } from './words.ts';

type Row = { -readonly [K in keyof ClassRow]: ClassRow[K] };

interface Target {
  readonly ptrSize: number;
  readonly allocHeaders: boolean;
}

/** What the used slots of a span come to. */
interface Used {
  readonly slots: number;
  readonly requested: number;
}

const usedOf = perSpan((s: SpanState, header: number): Used => {
  let slots = 0;
  let requested = 0;
  for (let i = 0; i < s.nelems; i++) {
    if (!isUsed(s, i)) continue;
    slots++;
    requested += s.requests[i] === 0 ? s.elemsize - header : s.requested[i]!;
  }
  return { slots, requested };
});

/** The rows by span class; class 0 has the large objects. */
export function classRows(store: HeapStore, { ptrSize, allocHeaders }: Target): ClassRow[] {
  const rows = new Map<number, Row>();
  for (const s of store.spans()) {
    if (s.type !== 0) continue;
    const row = rowOf(rows, s);
    const { header, heapBits, tail } = spanShape(s, ptrSize, allocHeaders);
    const used = usedOf(store, s, header);
    row.spans++;
    row.bytes += s.npages * pageSize;
    row.slots += s.nelems;
    row.used += used.slots;
    row.requested += used.requested;
    row.headers += used.slots * header;
    row.rounding += used.slots * (s.elemsize - header) - used.requested;
    row.heapBits += heapBits;
    row.tails += tail;
    row.freeSlots += (s.nelems - used.slots) * s.elemsize;
  }
  return [...rows.values()].sort((a, b) => a.spanclass - b.spanclass);
}

function rowOf(rows: Map<number, Row>, s: SpanState): Row {
  let row = rows.get(s.spanclass);
  if (row === undefined) {
    row = {
      spanclass: s.spanclass,
      sizeclass: s.spanclass >> 1,
      noscan: (s.spanclass & 1) !== 0,
      elemsize: s.spanclass >> 1 === 0 ? 0 : s.elemsize,
      spans: 0,
      bytes: 0,
      slots: 0,
      used: 0,
      requested: 0,
      rounding: 0,
      headers: 0,
      heapBits: 0,
      tails: 0,
      freeSlots: 0,
    };
    rows.set(s.spanclass, row);
  }
  return row;
}

/** The parts that add up to the bytes of a row. */
export type HeapPart = 'requested' | 'rounding' | 'headers' | 'heapBits' | 'tails' | 'freeSlots';

export const heapParts: readonly (readonly [part: HeapPart, name: string, what: string])[] = [
  ['requested', 'requested', 'what the program and the runtime asked for'],
  ['rounding', 'rounding', 'from there up to the size class'],
  ['headers', 'headers', 'malloc headers before large enough objects'],
  ['heapBits', 'heap bits', 'pointer bits at the ends of spans'],
  ['tails', 'tails', 'after the last slot of a span'],
  ['freeSlots', 'free slots', 'room in spans that are in use'],
];

/** The sums of all rows. */
export function sumOf(rows: readonly ClassRow[]): Record<HeapPart, number> {
  const sum = { requested: 0, rounding: 0, headers: 0, heapBits: 0, tails: 0, freeSlots: 0 };
  for (const row of rows) for (const [part] of heapParts) sum[part] += row[part];
  return sum;
}

/** Bytes of a row that nobody asked for. */
export function lossOf(row: ClassRow): number {
  return row.bytes - row.requested;
}
