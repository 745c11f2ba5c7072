/** From which step to which each slot was in use: the whole run at once. */
import type { Column } from '../../timeline/column.ts';
import { bitsAt, type Table, type Timeline } from '../../timeline/timeline.ts';

/** Lives of slots, in the order in which they began; `died` is -1 of those that are in use at the end. */
export interface Lifetimes {
  readonly length: number;
  readonly address: readonly number[];
  /** Bytes of the slot. */
  readonly size: readonly number[];
  readonly born: readonly number[];
  readonly died: readonly number[];
  /** The event of the allocation. */
  readonly event: readonly number[];
}

interface OpenSpan {
  readonly elemsize: number;
  /** For each slot 1 + the number of the life in it, 0 without one. */
  readonly lives: Uint32Array;
}

type Columns = Readonly<Record<string, Column>>;

export function lifetimesOf(timeline: Timeline): Lifetimes {
  const all = {
    address: [] as number[],
    size: [] as number[],
    born: [] as number[],
    died: [] as number[],
    event: [] as number[],
  };
  const spans = new Map<number, OpenSpan>();
  const columns = timeline.tables.map((table) =>
    isRelevant(table) ? columnsOf(table) : undefined,
  );
  const { table, row } = timeline.events;
  const { firstEvent } = timeline.steps;
  let step = 0;
  for (let e = 0; e < table.length; e++) {
    while (step + 1 < timeline.length && firstEvent.at(step + 1) <= e) step++;
    const t = table.at(e);
    const c = columns[t];
    if (c === undefined) continue;
    const r = row.at(e);
    if (timeline.tables[t]!.name === 'malloc') bear(c, r, e);
    else if (timeline.tables[t]!.name === 'sweep') {
      const span = spans.get(c.base!.at(r));
      if (span !== undefined) sweep(span, bitsAt(timeline.bits, c.allocBits!.at(r)));
    } else spans.delete(c.base!.at(r));
  }
  return { length: all.born.length, ...all };

  function bear(c: Columns, r: number, event: number): void {
    const base = c.span!.at(r);
    const elemsize = c.elemsize!.at(r);
    let span = spans.get(base);
    if (span === undefined) {
      span = { elemsize, lives: new Uint32Array(c.nelems!.at(r)) };
      spans.set(base, span);
    }
    const index = Math.floor((c.addr!.at(r) - base) / elemsize);
    all.address.push(base + index * elemsize);
    all.size.push(elemsize);
    all.born.push(step);
    all.died.push(-1);
    all.event.push(event);
    span.lives[index] = all.born.length;
  }

  function sweep({ lives }: OpenSpan, allocBits: Uint8Array): void {
    for (let i = 0; i < lives.length; i++) {
      if (lives[i] === 0 || (allocBits[i >>> 3]! & (1 << (i & 7))) !== 0) continue;
      all.died[lives[i]! - 1] = step;
      lives[i] = 0;
    }
  }
}

/** Tiny objects share the slot of the one that opened their block. */
function isRelevant({ name, fields }: Table): boolean {
  if (name === 'malloc') return !fields.some((field) => field.name === 'block');
  return name === 'sweep' || name === 'spanFree';
}

function columnsOf(table: Table): Columns {
  return Object.fromEntries(table.fields.map(({ name, column }) => [name, column]));
}
