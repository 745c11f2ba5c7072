/** Reads and changes a {@link HeapState}; what an earlier frame shares is copied before it changes. */
import { numSpanClasses } from '../../../sim/sizeclasses.ts';
import { alignDown, pageSize } from '../../../sim/uintptr.ts';
import {
  type Chunk,
  cloneSpan,
  emptyState,
  forkState,
  type GoroutineBlock,
  type HeapState,
  type PState,
  pagesPerChunk,
  type SpanState,
} from './state.ts';

const chunkBytes = pagesPerChunk * pageSize;
const spansPerBlock = 64;
const goroutinesPerBlock = 256;

/** A state, with ways to find and to change what is in it. */
export class HeapStore {
  state: HeapState = emptyState();
  #stamp = 1;
  /** Where in `state.chunks` the chunk at an address is. */
  #chunkAt = new Map<number, number>();
  /** Spans that changed since the last {@link mark}, by id, as they were before. */
  readonly changed = new Map<number, SpanState | null>();
  /** Numbers of the chunks that did. */
  readonly changedChunks = new Set<number>();

  /** A state that later changes leave as it is. */
  mark(): HeapState {
    this.#stamp++;
    this.changed.clear();
    this.changedChunks.clear();
    return forkState(this.state);
  }

  /** Goes on from a state that {@link mark} gave. */
  restore(state: HeapState): void {
    this.state = forkState(state);
    this.mark();
  }

  chunkNumber(address: number): number {
    return this.#chunkAt.get(alignDown(address, chunkBytes)) ?? -1;
  }

  /** The chunk, to change it; made where there is none. */
  chunk(address: number): Chunk {
    const base = alignDown(address, chunkBytes);
    let number = this.#chunkAt.get(base);
    const { chunks } = this.state;
    if (number === undefined) {
      number = this.#chunkAt.size;
      this.#chunkAt.set(base, number);
    }
    const found = chunks[number];
    if (found?.stamp === this.#stamp) return found;
    const chunk: Chunk = {
      stamp: this.#stamp,
      base,
      state: found?.state.slice() ?? new Uint8Array(pagesPerChunk),
      span: found?.span.slice() ?? new Int32Array(pagesPerChunk).fill(-1),
    };
    chunks[number] = chunk;
    this.changedChunks.add(number);
    return chunk;
  }

  /** Calls back with each page of a range, its chunk to be changed. */
  pages(from: number, npages: number, visit: (chunk: Chunk, index: number) => void): void {
    let left = npages;
    for (let at = from; left > 0; ) {
      const chunk = this.chunk(at);
      const first = (at - chunk.base) / pageSize;
      const n = Math.min(left, pagesPerChunk - first);
      for (let i = first; i < first + n; i++) visit(chunk, i);
      left -= n;
      at += n * pageSize;
    }
  }

  /** The id of the span at an address, -1 where there is none. */
  spanIdAt(address: number): number {
    const chunk = this.state.chunks[this.chunkNumber(address)];
    if (chunk === undefined) return -1;
    return chunk.span[Math.floor((address - chunk.base) / pageSize)]!;
  }

  span(id: number): SpanState | null {
    return this.state.blocks[Math.floor(id / spansPerBlock)]?.spans[id % spansPerBlock] ?? null;
  }

  spanAt(address: number): SpanState | null {
    const id = this.spanIdAt(address);
    return id < 0 ? null : this.span(id);
  }

  /** The span, to change it. */
  touch(id: number): SpanState {
    const span = this.span(id)!;
    if (span.stamp === this.#stamp) return span;
    return this.setSpan(id, cloneSpan(span, this.#stamp))!;
  }

  setSpan(id: number, span: SpanState | null): SpanState | null {
    const number = Math.floor(id / spansPerBlock);
    const { blocks } = this.state;
    let block = blocks[number];
    if (block?.stamp !== this.#stamp) {
      block = { stamp: this.#stamp, spans: block?.spans.slice() ?? [] };
      blocks[number] = block;
    }
    const index = id % spansPerBlock;
    if (!this.changed.has(id)) this.changed.set(id, block.spans[index] ?? null);
    block.spans[index] = span;
    return span;
  }

  /** An id that no span has: the one that was freed last. */
  newId(): number {
    const { state } = this;
    const { freeIds } = state;
    if (freeIds === undefined) return state.ids++;
    state.freeIds = freeIds.next;
    return freeIds.id;
  }

  freeId(id: number): void {
    this.state.freeIds = { id, next: this.state.freeIds };
  }

  get stamp(): number {
    return this.#stamp;
  }

  /** A P, to change it; made where there is none. */
  p(id: number): PState {
    const { ps } = this.state;
    while (ps.length <= id) ps.push(newP(this.#stamp));
    const found = ps[id]!;
    if (found.stamp === this.#stamp) return found;
    const copy = { ...found, stamp: this.#stamp, alloc: found.alloc.slice() };
    ps[id] = copy;
    return copy;
  }

  setGoroutine(goid: number, event: number): void {
    const number = Math.floor(goid / goroutinesPerBlock);
    const { goroutines } = this.state;
    let block: GoroutineBlock | undefined = goroutines[number];
    if (block?.stamp !== this.#stamp) {
      const lastEvent = block?.lastEvent.slice() ?? new Uint32Array(goroutinesPerBlock);
      block = { stamp: this.#stamp, lastEvent };
      goroutines[number] = block;
    }
    block.lastEvent[goid % goroutinesPerBlock] = event + 1;
  }

  /** Calls back with each goroutine and the last event that told of it. */
  forEachGoroutine(visit: (goid: number, event: number) => void): void {
    for (const [number, block] of this.state.goroutines.entries()) {
      block?.lastEvent.forEach((event, i) => {
        if (event !== 0) visit(number * goroutinesPerBlock + i, event - 1);
      });
    }
  }

  /** Chunks by address. */
  chunksByAddress(): Chunk[] {
    return this.state.chunks.filter((chunk) => chunk !== undefined).sort((a, b) => a.base - b.base);
  }

  /** Spans by address. */
  spans(): SpanState[] {
    return [...this.#spansInOrder()];
  }

  /** The lowest span of heap objects. */
  firstHeapSpan(): SpanState | undefined {
    for (const span of this.#spansInOrder()) if (span.type === 0) return span;
    return undefined;
  }

  *#spansInOrder(): Generator<SpanState> {
    for (const chunk of this.chunksByAddress()) {
      for (let i = 0; i < pagesPerChunk; i++) {
        const id = chunk.span[i]!;
        if (id < 0) continue;
        const span = this.span(id)!;
        if (span.base === chunk.base + i * pageSize) yield span;
      }
    }
  }
}

function newP(stamp: number): PState {
  return {
    stamp,
    alloc: new Int32Array(numSpanClasses).fill(-1),
    tiny: 0,
    tinyoffset: 0,
    pcacheBase: 0,
  };
}
