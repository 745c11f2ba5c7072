/** What each event of the runtime does to the heap. */
import { spanAllocHeap, spanAllocStack } from '../../../sim/mspan.ts';
import { maxTinySize, tinySpanClass } from '../../../sim/sizeclasses.ts';
import { pageSize } from '../../../sim/uintptr.ts';
import type { Column } from '../../timeline/column.ts';
import { bitsAt, type Table, type Timeline } from '../../timeline/timeline.ts';
import { nextFreeIndex, refillAllocCache, shiftAllocCache } from './span-bits.ts';
import {
  pageCached,
  pageCachedReleased,
  pageFree,
  pageHeap,
  pageManual,
  pageReleased,
  pageStack,
  type SpanState,
} from './state.ts';
import type { HeapStore } from './store.ts';

/** Applies row `row` of a table, which is event `event` of the log. */
export type Apply = (row: number, event: number) => void;

type Maker = (columns: Readonly<Record<string, Column>>, context: Context) => Apply;

interface Context {
  readonly store: HeapStore;
  readonly timeline: Timeline;
}

const pageCachePages = 64;

/** For each table of the timeline what its rows do; undefined for those that change nothing here. */
export function appliers(timeline: Timeline, store: HeapStore): (Apply | undefined)[] {
  return timeline.tables.map((table) => {
    const maker = makerOf(table);
    return maker?.(columnsOf(table), { store, timeline });
  });
}

function makerOf(table: Table): Maker | undefined {
  if (table.name !== 'malloc') return makers[table.name];
  return table.fields.some(({ name }) => name === 'block') ? tinyMalloc : malloc;
}

function columnsOf(table: Table): Record<string, Column> {
  return Object.fromEntries(table.fields.map(({ name, column }) => [name, column]));
}

const malloc: Maker = ({ addr, size, span, tinyoffset }, { store }) => {
  return (row, event) => {
    const id = store.spanIdAt(span!.at(row));
    const s = store.touch(id);
    const bytes = size!.at(row);
    let index = 0;
    if (s.spanclass >> 1 === 0) s.freeindex = 1;
    else {
      nextFreeIndex(s);
      index = Math.floor((addr!.at(row) - s.base) / s.elemsize);
    }
    s.allocCount++;
    s.slotEvent[index] = event + 1;
    s.requested[index] = bytes;
    s.requests[index] = 1;
    if (store.state.gcphase !== 0) {
      s.gcmarkBits[index >>> 3]! |= 1 << (index & 7);
      s.blackBits[index >>> 3]! |= 1 << (index & 7);
    }
    if (s.spanclass === tinySpanClass && bytes < maxTinySize && s.holder >= 0) {
      const p = store.p(s.holder);
      // As it was then: the log of a real program may have had tiny objects that are not in it.
      if (bytes < (tinyoffset?.at(row) ?? p.tinyoffset) || p.tiny === 0) {
        p.tiny = addr!.at(row);
        p.tinyoffset = bytes;
      }
    }
  };
};

const tinyMalloc: Maker = ({ addr, size, block }, { store }) => {
  return (row) => {
    const s = store.touch(store.spanIdAt(block!.at(row)));
    const index = (block!.at(row) - s.base) / s.elemsize;
    s.requested[index]! += size!.at(row);
    s.requests[index]!++;
    if (s.holder < 0) return;
    const p = store.p(s.holder);
    p.tiny = block!.at(row);
    p.tinyoffset = addr!.at(row) + size!.at(row) - block!.at(row);
  };
};

const goroutineEvent: Maker = ({ goid }, { store }) => {
  return (row, event) => store.setGoroutine(goid!.at(row), event);
};

const makers: Readonly<Record<string, Maker>> = {
  sysAlloc: ({ base, bytes }, { store }) => {
    return (row) => reserve(store, base!.at(row), bytes!.at(row));
  },

  heapGrow: ({ base, bytes }, { store }) => {
    return (row) => {
      const { state } = store;
      const v = base!.at(row);
      // What was left of the arena before, where the next one does not follow it, is handed over too.
      if (v !== state.curBase && state.curBase !== 0) {
        release(store, state.curBase, state.curEnd - state.curBase);
        state.curEnd = v;
        while (state.arenas.includes(state.curEnd)) state.curEnd += state.arenaBytes;
      }
      release(store, v, bytes!.at(row));
      state.curBase = v + bytes!.at(row);
    };
  },

  pageCacheRefill: ({ p, base }, { store }) => {
    return (row) => {
      const first = base!.at(row);
      store.p(p!.at(row)).pcacheBase = first;
      if (first === 0) return;
      store.pages(first, pageCachePages, (chunk, i) => {
        const state = chunk.state[i];
        if (state === pageFree) chunk.state[i] = pageCached;
        else if (state === pageReleased) chunk.state[i] = pageCachedReleased;
      });
    };
  },

  pageCacheFlush: ({ p }, { store }) => {
    return (row) => {
      const pp = store.p(p!.at(row));
      if (pp.pcacheBase === 0) return;
      store.pages(pp.pcacheBase, pageCachePages, (chunk, i) => {
        const state = chunk.state[i];
        if (state === pageCached) chunk.state[i] = pageFree;
        else if (state === pageCachedReleased) chunk.state[i] = pageReleased;
      });
      pp.pcacheBase = 0;
    };
  },

  spanAlloc: ({ base, npages, spanclass, type, needzero, elemsize, nelems }, { store }) => {
    return (row) => {
      const span = newSpan(store, {
        base: base!.at(row),
        npages: npages!.at(row),
        type: type!.at(row),
        spanclass: spanclass!.at(row),
        elemsize: elemsize!.at(row),
        nelems: nelems!.at(row),
      });
      span.needzero = needzero!.at(row);
      store.setSpan(span.id, span);
      const state =
        span.type === spanAllocHeap
          ? pageHeap
          : span.type === spanAllocStack
            ? pageStack
            : pageManual;
      store.pages(span.base, span.npages, (chunk, i) => {
        chunk.state[i] = state;
        chunk.span[i] = span.id;
      });
    };
  },

  spanFree: ({ base, npages }, { store }) => {
    return (row) => {
      const id = store.spanIdAt(base!.at(row));
      store.pages(base!.at(row), npages!.at(row), (chunk, i) => {
        chunk.state[i] = pageFree;
        chunk.span[i] = -1;
      });
      store.setSpan(id, null);
      store.freeId(id);
    };
  },

  scavenge: ({ addr, npages }, { store }) => {
    return (row) => {
      store.pages(addr!.at(row), npages!.at(row), (chunk, i) => {
        chunk.state[i] = pageReleased;
      });
    };
  },

  stackalloc: ({ addr, size }, { store }) => {
    return (row) => {
      const id = store.spanIdAt(addr!.at(row));
      if (id >= 0 && store.span(id)!.elemsize === 0) store.touch(id).elemsize = size!.at(row);
    };
  },

  nextFree: ({ base }, { store }) => {
    return (row) => {
      const id = base!.at(row) === 0 ? -1 : store.spanIdAt(base!.at(row));
      if (id < 0) return;
      const s = store.span(id)!;
      if (s.allocCount === s.nelems) nextFreeIndex(store.touch(id));
    };
  },

  mcentralCacheSpan: ({ from, base }, { store, timeline }) => {
    const fullUnswept = timeline.strings.texts.indexOf('fullUnswept');
    return (row) => {
      const s = store.touch(store.spanIdAt(base!.at(row)));
      if (from!.at(row) === fullUnswept) {
        const index = nextFreeIndex(s);
        s.freeindex = index;
      }
      refillAllocCache(s, (s.freeindex - (s.freeindex % 64)) / 8);
      shiftAllocCache(s, s.freeindex % 64);
    };
  },

  mcacheRefill: ({ p, spanclass, base }, { store }) => {
    return (row) => {
      const id = p!.at(row);
      const pp = store.p(id);
      const old = pp.alloc[spanclass!.at(row)]!;
      const { sweepgen } = store.state;
      if (old >= 0) {
        const s = store.touch(old);
        s.holder = -1;
        s.sweepgen = sweepgen;
      }
      const s = store.touch(store.spanIdAt(base!.at(row)));
      s.holder = id;
      s.sweepgen = sweepgen + 3;
      pp.alloc[spanclass!.at(row)] = s.id;
    };
  },

  mcacheReleaseAll: ({ p }, { store }) => {
    return (row) => {
      const pp = store.p(p!.at(row));
      const { sweepgen } = store.state;
      for (const [i, id] of pp.alloc.entries()) {
        if (id < 0) continue;
        const s = store.touch(id);
        s.holder = -1;
        // One that was cached before the sweep began is swept next: the event follows.
        s.sweepgen = s.sweepgen === sweepgen + 1 ? sweepgen - 1 : sweepgen;
        pp.alloc[i] = -1;
      }
      pp.tiny = 0;
      pp.tinyoffset = 0;
    };
  },

  sweep: ({ base, nalloc, nfreed, preserve, allocBits }, { store, timeline }) => {
    return (row) => {
      const s = store.touch(store.spanIdAt(base!.at(row)));
      s.allocCount = nalloc!.at(row);
      s.freeindex = 0;
      s.allocBits = bitsAt(timeline.bits, allocBits!.at(row));
      s.gcmarkBits = new Uint8Array(s.allocBits.length);
      s.blackBits = new Uint8Array(s.allocBits.length);
      refillAllocCache(s, 0);
      s.sweepgen = store.state.sweepgen;
      if (s.spanclass >> 1 !== 0 && nfreed!.at(row) > 0) s.needzero = 1;
      // mcentral sweeps full spans in search of room, and asks each for its first free slot.
      if (preserve!.at(row) !== 0 && s.allocCount === s.nelems) nextFreeIndex(s);
    };
  },

  gcPhase: ({ phase }, { store }) => {
    return (row) => {
      const { state } = store;
      state.gcphase = phase!.at(row);
      if (state.gcphase === 0) state.sweepgen += 2;
    };
  },

  gcStart: ({ cycle }, { store }) => {
    return (row) => {
      store.state.cycle = cycle!.at(row);
    };
  },

  greyobject: ({ addr, span }, { store }) => {
    return (row) => {
      const id = store.spanIdAt(span!.at(row));
      if (id < 0) return;
      const s = store.touch(id);
      const index = Math.floor((addr!.at(row) - s.base) / s.elemsize);
      s.gcmarkBits[index >>> 3]! |= 1 << (index & 7);
      // Without pointers there is nothing to scan.
      if ((s.spanclass & 1) !== 0) s.blackBits[index >>> 3]! |= 1 << (index & 7);
    };
  },

  scanobject: ({ addr, span }, { store }) => {
    return (row) => {
      const id = store.spanIdAt(span!.at(row));
      if (id < 0) return;
      const s = store.touch(id);
      const index = Math.floor((addr!.at(row) - s.base) / s.elemsize);
      s.blackBits[index >>> 3]! |= 1 << (index & 7);
    };
  },

  newproc: goroutineEvent,
  gopark: goroutineEvent,
  ready: goroutineEvent,
  execute: goroutineEvent,
  goexit: goroutineEvent,
};

/** An arena is reserved. */
function reserve({ state }: HeapStore, base: number, bytes: number): void {
  state.arenaBytes = bytes;
  state.arenas.push(base);
  state.arenas.sort((a, b) => a - b);
  if (state.curBase === 0) state.curBase = base;
  if (state.curEnd === 0 || state.curEnd === base) state.curEnd = base + bytes;
}

/** Memory becomes the page allocator's. */
function release(store: HeapStore, base: number, bytes: number): void {
  store.pages(base, bytes / pageSize, (chunk, i) => {
    chunk.state[i] = pageReleased;
  });
}

type Shape = Pick<SpanState, 'base' | 'npages' | 'type' | 'spanclass' | 'elemsize' | 'nelems'>;

function newSpan(store: HeapStore, shape: Shape): SpanState {
  const heap = shape.type === spanAllocHeap;
  const slots = heap ? shape.nelems : 0;
  const bits = Math.ceil(slots / 64) * 8;
  return {
    ...shape,
    stamp: store.stamp,
    id: store.newId(),
    freeindex: 0,
    allocCount: 0,
    sweepgen: store.state.sweepgen,
    holder: -1,
    needzero: 0,
    allocCacheLo: -1,
    allocCacheHi: -1,
    allocBits: new Uint8Array(bits),
    gcmarkBits: new Uint8Array(bits),
    blackBits: new Uint8Array(bits),
    slotEvent: new Uint32Array(slots),
    requested: new Uint32Array(slots),
    requests: new Uint8Array(slots),
  };
}
