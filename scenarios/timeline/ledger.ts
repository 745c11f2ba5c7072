/**
 * Where the memory of a live world is, to the byte. Each sum is reached in two ways that know nothing
 * of each other: by the runtime's counters, and by walking its spans and pages.
 */
import { type MSpan, mSpanInUse } from '../../sim/mspan.ts';
import { peekMemStats } from '../../sim/mstats.ts';
import type { World } from '../../sim/runtime.ts';
import type { MemStats } from '../../sim/stopped-world.ts';
import { pageSize } from '../../sim/uintptr.ts';
import type { Allocations } from './allocations.ts';
import { forEachPage, heapBitsBytes, isUsed, type PageState } from './spans.ts';

/** What the bytes of spans of heap objects are. */
interface HeapBytes {
  /** Asked for by the program, and by the runtime for its own objects. */
  readonly requested: number;
  /** From what was asked for up to the size class, in used slots. */
  readonly rounding: number;
  /** Malloc headers of used slots. */
  readonly headers: number;
  /** Pointer bits at the ends of spans. */
  readonly heapBits: number;
  /** What remains of a span after its last slot. */
  readonly tails: number;
  /** Slots without an object. */
  readonly freeSlots: number;
}

/** The spans of one span class; class 0 has the large objects. */
export interface ClassRow extends HeapBytes {
  readonly spanclass: number;
  readonly sizeclass: number;
  readonly noscan: boolean;
  /** Bytes of a slot; 0 for large objects. */
  readonly elemsize: number;
  readonly spans: number;
  readonly bytes: number;
  readonly slots: number;
  readonly used: number;
}

/** Two figures that must be equal. */
interface Check {
  readonly what: string;
  readonly counted: number;
  readonly walked: number;
}

export interface Ledger {
  readonly memstats: MemStats;
  /** Tiny objects among Mallocs and Frees. */
  readonly tinyAllocs: number;
  readonly workBufs: number;
  readonly ptrScalarBits: number;
  readonly classes: readonly ClassRow[];
  readonly heap: HeapBytes;
  readonly pages: Readonly<Record<PageState, number>>;
  readonly checks: readonly Check[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const noBytes = (): Mutable<HeapBytes> => ({
  requested: 0,
  rounding: 0,
  headers: 0,
  heapBits: 0,
  tails: 0,
  freeSlots: 0,
});

const headerSize = 8;

/** The ledger of a world; changes nothing of it. `allocations` must have heard its whole run. */
export function ledgerOf(world: World, allocations: Allocations): Ledger {
  const rows = new Map<number, Mutable<ClassRow>>();
  for (const s of world.mheap.allspans) {
    if (s.state === mSpanInUse) addSpan(world, allocations, rowFor(rows, s), s);
  }
  const classes = [...rows.values()].sort((a, b) => a.spanclass - b.spanclass);
  const heap = noBytes();
  for (const row of classes) {
    for (const part of Object.keys(heap) as (keyof HeapBytes)[]) heap[part] += row[part];
  }
  const pages: Record<PageState, number> = {
    heap: 0,
    stack: 0,
    manual: 0,
    cached: 0,
    free: 0,
    released: 0,
  };
  forEachPage(world, (_, state) => {
    pages[state]++;
  });
  const memstats = peekMemStats(world);
  const { inWorkBufs, inPtrScalarBits } = world.memstats.heapStats;
  return {
    memstats,
    tinyAllocs: tinyAllocsOf(world),
    workBufs: inWorkBufs,
    ptrScalarBits: inPtrScalarBits,
    classes,
    heap,
    pages,
    checks: checksOf(world, memstats, classes, heap, pages),
  };
}

function tinyAllocsOf({ memstats, allp, mcache0 }: World): number {
  const caches = [mcache0, ...allp.map((p) => p.mcache)];
  return caches.reduce(
    (sum, c) => sum + (c === null ? 0 : c.tinyAllocs),
    memstats.heapStats.tinyAllocCount,
  );
}

function rowFor(rows: Map<number, Mutable<ClassRow>>, s: MSpan): Mutable<ClassRow> {
  let row = rows.get(s.spanclass);
  if (row === undefined) {
    row = {
      spanclass: s.spanclass,
      sizeclass: s.sizeclass(),
      noscan: s.noscan(),
      elemsize: s.sizeclass() === 0 ? 0 : s.elemsize,
      spans: 0,
      bytes: 0,
      slots: 0,
      used: 0,
      ...noBytes(),
    };
    rows.set(s.spanclass, row);
  }
  return row;
}

function addSpan(
  { mheap, arch, allocHeaders }: World,
  allocations: Allocations,
  row: Mutable<ClassRow>,
  s: MSpan,
): void {
  const { elemsize, nelems } = s;
  const hasHeaders =
    allocHeaders && !s.noscan() && s.sizeclass() !== 0 && elemsize > mheap.minSizeForMallocHeader;
  const header = hasHeaders ? headerSize : 0;
  const bits = heapBitsBytes(s, arch.ptrSize);
  row.spans++;
  row.bytes += s.bytes();
  row.slots += nelems;
  row.heapBits += bits;
  row.tails += s.bytes() - bits - nelems * elemsize;
  for (let i = 0; i < nelems; i++) {
    if (!isUsed(s, i)) {
      row.freeSlots += elemsize;
      continue;
    }
    const requested = allocations.at(s.startAddr, i)?.requested ?? elemsize - header;
    row.used++;
    row.headers += header;
    row.requested += requested;
    row.rounding += elemsize - header - requested;
  }
}

function checksOf(
  world: World,
  stats: MemStats,
  classes: readonly ClassRow[],
  heap: HeapBytes,
  pages: Readonly<Record<PageState, number>>,
): Check[] {
  const { gcController, memstats } = world;
  const { inStacks, inWorkBufs, inPtrScalarBits, released } = memstats.heapStats;
  const sum = (of: (row: ClassRow) => number) => classes.reduce((n, row) => n + of(row), 0);
  const n = (name: keyof Omit<MemStats, 'PauseNs'>) => Number(stats[name]);
  const parts =
    n('HeapSys') +
    n('StackSys') +
    n('MSpanSys') +
    n('MCacheSys') +
    n('BuckHashSys') +
    n('GCSys') +
    n('OtherSys');
  const heapParts = Object.values(heap).reduce((a, b) => a + b, 0);
  const allPages = Object.values(pages).reduce((a, b) => a + b, 0);
  return [
    { what: 'Sys = the sum of its parts', counted: n('Sys'), walked: parts },
    {
      what: 'Sys - HeapReleased = memory that is backed',
      counted: n('Sys') - released,
      walked: gcController.mappedReady,
    },
    {
      what: 'HeapSys + stacks + work buffers + unrolled bits = all pages',
      counted: n('HeapSys') + inStacks + inWorkBufs + inPtrScalarBits,
      walked: allPages * pageSize,
    },
    {
      what: 'HeapInuse = pages of heap spans',
      counted: n('HeapInuse'),
      walked: pages.heap * pageSize,
    },
    {
      what: 'StackInuse = pages of stack spans',
      counted: inStacks,
      walked: pages.stack * pageSize,
    },
    {
      what: 'HeapIdle = free pages',
      counted: n('HeapIdle'),
      walked: (pages.free + pages.cached + pages.released) * pageSize,
    },
    {
      what: 'HeapReleased = pages given back',
      counted: n('HeapReleased'),
      walked: pages.released * pageSize,
    },
    { what: 'HeapInuse = its parts', counted: n('HeapInuse'), walked: heapParts },
    {
      what: 'HeapAlloc = used slots',
      counted: n('HeapAlloc'),
      walked: heap.requested + heap.rounding + heap.headers,
    },
    {
      what: 'Mallocs - Frees = used slots',
      counted: n('Mallocs') - n('Frees'),
      walked: sum((row) => row.used),
    },
  ];
}
