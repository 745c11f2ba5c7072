/**
 * The heap as it is after some event. A frame shares all that did not change since with the frames
 * before it: what carries a `stamp` is copied before its first change under another one.
 */
import type { PageState } from '../../timeline/spans.ts';

export const pagesPerChunk = 512;

/** What a page is; the number is what {@link Chunk.state} has. Page states of `goheapsim pages`, in this order. */
const pageStates = ['none', 'heap', 'stack', 'manual', 'cached', 'free', 'released'] as const;

export const pageNone = 0;
export const pageHeap = 1;
export const pageStack = 2;
export const pageManual = 3;
export const pageCached = 4;
export const pageFree = 5;
export const pageReleased = 6;
/** In a P's page cache, and given back to the system: `pages` counts it as released. */
export const pageCachedReleased = 7;

/** The name of a page's state. */
export function pageStateName(state: number): PageState | 'none' {
  return state === pageCachedReleased ? 'released' : pageStates[state]!;
}

/** 512 pages. */
export interface Chunk {
  stamp: number;
  /** Address of the first page. */
  readonly base: number;
  readonly state: Uint8Array;
  /** The id of each page's span, -1 without one. */
  readonly span: Int32Array;
}

/** A span, as far as events tell of it. Slots have `slotEvent` and the rest in spans of heap objects alone. */
export interface SpanState {
  stamp: number;
  readonly id: number;
  readonly base: number;
  readonly npages: number;
  /** sim/mspan.ts spanAllocHeap, spanAllocStack, … */
  readonly type: number;
  readonly spanclass: number;
  /** Of stack spans 0 until a stack of it was used. */
  elemsize: number;
  readonly nelems: number;
  freeindex: number;
  allocCount: number;
  sweepgen: number;
  needzero: number;
  /** The P whose mcache has it, -1 without one. */
  holder: number;
  allocCacheLo: number;
  allocCacheHi: number;
  allocBits: Uint8Array;
  gcmarkBits: Uint8Array;
  /** Marked and scanned, or without pointers to be scanned for: black. */
  blackBits: Uint8Array;
  /** 1 + the event of the last allocation in each slot, 0 before there was one. */
  readonly slotEvent: Uint32Array;
  /** Bytes asked for in it, of a block of tiny objects their sum. */
  readonly requested: Uint32Array;
  /** How many allocations lie in it: 1, but in blocks of tiny objects. */
  readonly requests: Uint8Array;
}

/** What a P holds. */
export interface PState {
  stamp: number;
  /** Ids of the spans by span class, -1 without one. */
  readonly alloc: Int32Array;
  tiny: number;
  tinyoffset: number;
  /** The 64 pages of its page cache lie from here on. */
  pcacheBase: number;
}

/** Ids that were freed, the last one first. */
interface FreeIds {
  readonly id: number;
  readonly next: FreeIds | undefined;
}

/** Spans by id, 64 a block. */
interface SpanBlock {
  stamp: number;
  readonly spans: (SpanState | null)[];
}

/** By goroutine, 256 a block: 1 + the last event that tells what it does. */
export interface GoroutineBlock {
  stamp: number;
  readonly lastEvent: Uint32Array;
}

/** All of it. */
export interface HeapState {
  chunks: Chunk[];
  blocks: SpanBlock[];
  goroutines: GoroutineBlock[];
  ps: PState[];
  freeIds: FreeIds | undefined;
  /** Ids below this one were given away at some time. */
  ids: number;
  sweepgen: number;
  gcphase: number;
  /** Collections begun. */
  cycle: number;
  /** Address space that is reserved, and not yet the page allocator's. */
  curBase: number;
  curEnd: number;
  /** Arenas by address, and the bytes of each. */
  arenas: number[];
  arenaBytes: number;
}

export function emptyState(): HeapState {
  return {
    chunks: [],
    blocks: [],
    goroutines: [],
    ps: [],
    freeIds: undefined,
    ids: 0,
    sweepgen: 0,
    gcphase: 0,
    cycle: 0,
    curBase: 0,
    curEnd: 0,
    arenas: [],
    arenaBytes: 0,
  };
}

/** A state to go on from; what is in it is shared. */
export function forkState(state: HeapState): HeapState {
  return {
    ...state,
    chunks: state.chunks.slice(),
    blocks: state.blocks.slice(),
    goroutines: state.goroutines.slice(),
    ps: state.ps.slice(),
    arenas: state.arenas.slice(),
  };
}

export function cloneSpan(s: SpanState, stamp: number): SpanState {
  return {
    ...s,
    stamp,
    gcmarkBits: s.gcmarkBits.slice(),
    blackBits: s.blackBits.slice(),
    slotEvent: s.slotEvent.slice(),
    requested: s.requested.slice(),
    requests: s.requests.slice(),
  };
}
