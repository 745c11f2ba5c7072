/**
 * Puts the model right where it disagreed with a log: the object goes to where the log has it, in the
 * state that an allocator must have been in to put it there. What lay in the way has been freed, what would
 * have been taken first was in use.
 */
import type { MCache } from '../../sim/mcache.ts';
import { ensureSwept } from '../../sim/mgcsweep.ts';
import { type MSpan, mSpanInUse, spanAllocStack } from '../../sim/mspan.ts';
import type { World } from '../../sim/runtime.ts';
import { classToAllocnpages, classToSize } from '../../sim/sizeclasses.ts';
import { alignDown, pageSize } from '../../sim/uintptr.ts';
import { liveSpan, nextPages } from './stacks.ts';

/** Spans that one correction takes or fills at most. */
const most = 10_000;

/** Where an object belongs. */
interface Place {
  /** Address of its slot. */
  readonly slot: number;
  /** 0 for a large object. */
  readonly sizeclass: number;
  readonly spanclass: number;
  readonly npages: number;
}

export class TruePast {
  readonly #world: World;
  /** Told the range of stacks that are no more. */
  readonly #forget: (from: number, to: number) => void;

  constructor(world: World, forget: (from: number, to: number) => void) {
    this.#world = world;
    this.#forget = forget;
  }

  /**
   * Takes back the object at `predicted` and has the next such request get `logged`. False if that cannot be,
   * and then the object stays where it is.
   */
  correct(predicted: number, logged: number): boolean {
    const world = this.#world;
    const { mheap } = world;
    const ours = mheap.spanOf(predicted)!;
    const into = (predicted - ours.base()) % ours.elemsize;
    const { spanclass } = ours;
    const sizeclass = ours.sizeclass();
    const npages = sizeclass === 0 ? ours.npages : classToAllocnpages[sizeclass]!;
    const place = { slot: logged - into, sizeclass, spanclass, npages };
    if (!mheap.hasArena(logged) || !mheap.hasArena(logged + npages * pageSize - 1)) return false;
    const base = this.#baseOf(place);
    if (base === 0) return false;
    this.#takeBack(ours, predicted);
    const theirs = liveSpan(world, base);
    const fits =
      sizeclass !== 0 &&
      theirs !== null &&
      theirs.state === mSpanInUse &&
      theirs.base() === base &&
      theirs.spanclass === spanclass;
    if (fits) this.#makeCurrent(theirs, place);
    else this.#makeRoom(base, place);
    return true;
  }

  /** Start of the span that has the slot; 0 if there is none that could. */
  #baseOf({ slot, sizeclass, spanclass, npages }: Place): number {
    const here = liveSpan(this.#world, slot);
    if (here?.state === mSpanInUse && here.spanclass === spanclass && sizeclass !== 0) {
      if ((slot - here.base()) % here.elemsize === 0) return here.base();
    }
    const page = alignDown(slot, pageSize);
    const elemsize = sizeclass === 0 ? npages * pageSize : classToSize[sizeclass]!;
    for (let back = 0; back < npages; back++) {
      const base = page - back * pageSize;
      if ((slot - base) % elemsize === 0) return base;
    }
    return 0;
  }

  /** As if the object had not been allocated. */
  #takeBack(span: MSpan, addr: number): void {
    const { mheap } = this.#world;
    const index = span.objIndex(addr);
    span.allocCount--;
    if (span.sizeclass() === 0) {
      mheap.central[span.spanclass]!.fullSwept(mheap.sweepgen).remove(this.#world, span);
      this.#free(span);
    } else if (span.allocCount === 0) {
      const c = this.#mcache();
      c.alloc[span.spanclass] = mheap.emptymspan;
      this.#free(span);
    } else {
      setFreeIndex(span, index);
    }
  }

  /** Has the mcache hold the span of the slot, which is its next free one. */
  #makeCurrent(span: MSpan, place: Place): void {
    const { slot, spanclass } = place;
    const world = this.#world;
    const { mheap } = world;
    const c = this.#mcache();
    if (c.alloc[spanclass] !== span) {
      this.#putBack(c, spanclass);
      const base = span.base();
      ensureSwept(world, span);
      // Sweeping has freed it if nothing in it is in use.
      if (span.state !== mSpanInUse) {
        this.#makeRoom(base, place);
        return;
      }
      const central = mheap.central[spanclass]!;
      const { sweepgen } = mheap;
      for (const set of [central.partialSwept(sweepgen), central.fullSwept(sweepgen)]) {
        set.remove(world, span);
      }
      span.sweepgen = sweepgen + 3;
      c.alloc[spanclass] = span;
    }
    const index = span.objIndex(slot);
    span.allocBits[index >>> 3]! &= ~(1 << (index & 7));
    setFreeIndex(span, index);
  }

  /** Gives the mcache's span of a class back. */
  #putBack(c: MCache, spanclass: number): void {
    const { mheap } = this.#world;
    const current = c.alloc[spanclass]!;
    if (current === mheap.emptymspan) return;
    c.alloc[spanclass] = mheap.emptymspan;
    if (current.allocCount === 0) this.#free(current);
    else mheap.central[spanclass]!.uncacheSpan(this.#world, current);
  }

  /** Has the next new span of the class begin at `base`, and be what the request needs. */
  #makeRoom(base: number, { slot, sizeclass, spanclass, npages }: Place): void {
    const world = this.#world;
    this.#evict(base, npages);
    this.#fillSpans(spanclass, sizeclass);
    for (let i = 0; i < most; i++) {
      const next = nextPages(world, npages, 0);
      if (next === base) break;
      const cache = world.m.p?.pcache;
      if (next > base || next === 0) {
        if (cache === undefined || cache === null || cache.empty()) break;
        cache.flush(world);
      } else {
        world.mheap.allocManual(npages, spanAllocStack).elemsize = 0;
      }
    }
    if (sizeclass === 0 || slot === base) return;
    const c = this.#mcache();
    c.refill(world, spanclass);
    const span = c.alloc[spanclass]!;
    setFreeIndex(span, span.objIndex(slot));
  }

  /** A new span is needed, so the others of its class have no room. */
  #fillSpans(spanclass: number, sizeclass: number): void {
    if (sizeclass === 0) return;
    const world = this.#world;
    const { mheap } = world;
    const c = this.#mcache();
    const central = mheap.central[spanclass]!;
    const current = c.alloc[spanclass]!;
    if (current !== mheap.emptymspan && current.allocCount < current.nelems) fill(current);
    const { sweepgen } = mheap;
    for (const set of [central.partialUnswept(sweepgen), central.fullUnswept(sweepgen)]) {
      for (let s = set.pop(world); s !== null; s = set.pop(world)) ensureSwept(world, s);
    }
    const partial = central.partialSwept(sweepgen);
    for (let s = partial.pop(world); s !== null; s = partial.pop(world)) {
      fill(s);
      central.fullSwept(sweepgen).push(world, s);
    }
  }

  /** Frees the pages of [base, base + npages pages), whatever they hold. */
  #evict(base: number, npages: number): void {
    for (let p = base; p < base + npages * pageSize; p += pageSize) {
      const span = liveSpan(this.#world, p);
      if (span?.state === mSpanInUse) this.#evictObjects(span);
      else if (span !== null) this.#evictManual(span);
    }
  }

  #evictObjects(span: MSpan): void {
    const world = this.#world;
    const { mheap } = world;
    const c = this.#mcache();
    const { sweepgen } = mheap;
    if (c.alloc[span.spanclass] === span) c.alloc[span.spanclass] = mheap.emptymspan;
    const central = mheap.central[span.spanclass]!;
    for (const set of [...central.partial, ...central.full]) set.remove(world, span);
    span.sweepgen = sweepgen;
    span.allocCount = 0;
    mheap.freeSpan(span);
  }

  /** Stacks or mark buffers. */
  #evictManual(span: MSpan): void {
    const world = this.#world;
    const from = span.base();
    const to = from + span.bytes();
    this.#forget(from, to);
    span.list?.remove(span);
    const cached = world.m.p?.mcache?.stackcache ?? [];
    for (const [order, list] of cached.entries()) {
      let before = 0;
      for (let x = list.list; x !== 0; ) {
        const next = world.memory.readUintptr(x);
        if (x >= from && x < to) {
          if (before === 0) list.list = next;
          else world.memory.writeUintptr(before, next);
          list.size -= 2048 << order;
        } else {
          before = x;
        }
        x = next;
      }
    }
    const { bufs } = world.gc.work;
    bufs.freeSpans = bufs.freeSpans.filter((s) => s !== span);
    bufs.busySpans = bufs.busySpans.filter((s) => s !== span);
    bufs.empty = bufs.empty.filter(({ addr }) => addr < from || addr >= to);
    span.allocCount = 0;
    span.manualFreeList = 0;
    world.mheap.freeManual(span, spanAllocStack);
  }

  /** Frees a span; its pages go back to the page cache that they came from. */
  #free(span: MSpan): void {
    const world = this.#world;
    const base = span.base();
    const { npages } = span;
    const { sweepgen } = world.mheap;
    span.allocCount = 0;
    span.sweepgen = sweepgen;
    world.mheap.freeSpan(span);
    const cache = world.m.p?.pcache;
    if (cache === undefined || cache === null || cache.empty()) return;
    const first = (base - cache.base) / pageSize;
    if (first < 0 || first + npages > 64) return;
    world.mheap.pages.allocRange(base, npages);
    for (let i = first; i < first + npages; i++) {
      if (i < 32) cache.cacheLo |= 1 << i;
      else cache.cacheHi |= 1 << (i & 31);
    }
  }

  #mcache(): MCache {
    return (this.#world.m.p?.mcache ?? this.#world.mcache0)!;
  }
}

/** Has the span give out slot `index` next, as if those before it were in use. */
function setFreeIndex(span: MSpan, index: number): void {
  let count = index;
  for (let i = index; i < span.nelems; i++) {
    if ((span.allocBits[i >>> 3]! & (1 << (i & 7))) !== 0) count++;
  }
  span.allocCount = count;
  span.allocCountBeforeCache = count;
  span.freeindex = index;
  span.freeIndexForScan = index;
  if (index === span.nelems) return;
  span.refillAllocCache((index - (index % 64)) / 8);
  span.shiftAllocCache(index % 64);
}

/** Has the span without room. */
function fill(span: MSpan): void {
  setFreeIndex(span, span.nelems);
}
