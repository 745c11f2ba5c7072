import { throw_ } from './errors.ts';
import { initHeapBits } from './mbitmap.ts';
import {
  deductSweepCredit,
  sweepActiveBegin,
  sweepActiveEnd,
  sweepSpan,
  tryAcquire,
} from './mgcsweep.ts';
import type { MSpan } from './mspan.ts';
import { SpanSet } from './mspanset.ts';
import type { Runtime } from './runtime2.ts';
import { classToAllocnpages, classToSize } from './sizeclasses.ts';
import { pageSize } from './uintptr.ts';

/** Unswept spans that one cacheSpan looks at before it takes a fresh one. */
const spanBudget = 100;

/** Where cacheSpan found its span: one of the sets, or fresh from the page heap. */
type CacheSpanFrom = 'partialSwept' | 'partialUnswept' | 'fullUnswept' | 'grow';

/**
 * The spans of one class that no mcache holds: with and without free objects, swept and unswept.
 * The two kinds of set swap their roles at each collection.
 *
 * @go runtime/mcentral.go mcentral
 */
export class MCentral {
  readonly spanclass: number;
  readonly partial: readonly [SpanSet, SpanSet] = [new SpanSet(), new SpanSet()];
  readonly full: readonly [SpanSet, SpanSet] = [new SpanSet(), new SpanSet()];

  /** The set of the span that sweeping found last. */
  private sweptFrom: CacheSpanFrom = 'partialUnswept';

  constructor(spanclass: number) {
    this.spanclass = spanclass;
  }

  partialUnswept(sweepgen: number): SpanSet {
    return (sweepgen / 2) % 2 === 0 ? this.partial[1] : this.partial[0];
  }

  partialSwept(sweepgen: number): SpanSet {
    return (sweepgen / 2) % 2 === 0 ? this.partial[0] : this.partial[1];
  }

  fullUnswept(sweepgen: number): SpanSet {
    return (sweepgen / 2) % 2 === 0 ? this.full[1] : this.full[0];
  }

  fullSwept(sweepgen: number): SpanSet {
    return (sweepgen / 2) % 2 === 0 ? this.full[0] : this.full[1];
  }

  /**
   * A span with a free object, for an mcache: a swept one, else an unswept one that sweeping makes
   * room in, else a fresh one. Null when memory is out.
   *
   * @go runtime/mcentral.go (*mcentral).cacheSpan
   */
  cacheSpan(rt: Runtime): MSpan | null {
    const spanBytes = classToAllocnpages[this.spanclass >> 1]! * pageSize;
    rt.unlaid.enter(rt, 'runtime.(*mcentral).cacheSpan');
    deductSweepCredit(rt, spanBytes, 0);
    let from: CacheSpanFrom = 'partialSwept';
    let s = this.partialSwept(rt.mheap.sweepgen).pop(rt);
    if (s === null) {
      s = this.sweepForSpan(rt);
      from = this.sweptFrom;
    }
    if (s === null) {
      s = this.grow(rt);
      from = 'grow';
    }
    rt.unlaid.leave();
    if (s === null) return null;
    if (s.freeindex === s.nelems || s.allocCount === s.nelems) {
      throw_('span has no free objects');
    }
    const freeByteBase = s.freeindex - (s.freeindex % 64);
    s.refillAllocCache(freeByteBase / 8);
    s.shiftAllocCache(s.freeindex % 64);
    rt.observer?.onEvent({
      name: 'mcentralCacheSpan',
      spanclass: this.spanclass,
      from,
      base: s.base(),
      allocCount: s.allocCount,
      nelems: s.nelems,
    });
    return s;
  }

  /** Sweeps at most {@link spanBudget} spans to find room. */
  private sweepForSpan(rt: Runtime): MSpan | null {
    if (!sweepActiveBegin(rt)) return null;
    const sg = rt.mheap.sweepgen;
    let budget = spanBudget;
    let found: MSpan | null = null;
    for (; budget >= 0 && found === null; budget--) {
      const s = this.partialUnswept(sg).pop(rt);
      if (s === null) break;
      if (tryAcquire(rt, s)) {
        sweepSpan(rt, s, true);
        found = s;
        this.sweptFrom = 'partialUnswept';
      }
    }
    for (; budget >= 0 && found === null; budget--) {
      const s = this.fullUnswept(sg).pop(rt);
      if (s === null) break;
      if (!tryAcquire(rt, s)) continue;
      sweepSpan(rt, s, true);
      const freeIndex = s.nextFreeIndex();
      if (freeIndex !== s.nelems) {
        s.freeindex = freeIndex;
        found = s;
        this.sweptFrom = 'fullUnswept';
      } else {
        this.fullSwept(sg).push(rt, s);
      }
    }
    sweepActiveEnd(rt);
    return found;
  }

  /** Takes a span back from an mcache. @go runtime/mcentral.go (*mcentral).uncacheSpan */
  uncacheSpan(rt: Runtime, s: MSpan): void {
    if (s.allocCount === 0) throw_('uncaching span but s.allocCount == 0');
    const sg = rt.mheap.sweepgen;
    rt.unlaid.enter(rt, 'runtime.(*mcentral).uncacheSpan');
    if (s.sweepgen === sg + 1) {
      s.sweepgen = sg - 1;
      sweepSpan(rt, s, false);
    } else {
      s.sweepgen = sg;
      if (s.nelems - s.allocCount > 0) this.partialSwept(sg).push(rt, s);
      else this.fullSwept(sg).push(rt, s);
    }
    rt.unlaid.leave();
  }

  /** A fresh span of this class. @go runtime/mcentral.go (*mcentral).grow */
  private grow(rt: Runtime): MSpan | null {
    const sizeclass = this.spanclass >> 1;
    const npages = classToAllocnpages[sizeclass]!;
    rt.unlaid.enter(rt, 'runtime.(*mcentral).grow');
    const s = rt.mheap.alloc(npages, this.spanclass);
    rt.unlaid.leave();
    if (s === null) return null;
    s.limit = s.base() + classToSize[sizeclass]! * s.divideByElemSize(npages * pageSize);
    initHeapBits(rt, s);
    return s;
  }
}
