/**
 * The collections of a log.
 *
 * What the collector keeps follows from what is freed later: a log tells every object that sweeping
 * frees, and who sweeps it. When marking begins, how many spans of mark buffers it takes and when these
 * are freed is not told: a span of them is taken when marking ends, and others are inferred.
 */
import { ensureSwept, finishsweep_m, sweepone } from '../../sim/mgcsweep.ts';
import { workbufAlloc } from '../../sim/mgcwork.ts';
import { type MSpan, mSpanInUse } from '../../sim/mspan.ts';
import type { World } from '../../sim/runtime.ts';
import { freeStackSpans } from '../../sim/stack.ts';
import { pageSize } from '../../sim/uintptr.ts';
import { calledBy, type FreeRecord, type LogRecord } from './log-parser.ts';

/** Pages of a span of mark buffers. */
export const workbufPages = workbufAlloc / pageSize;

/** Drives the model's sweeper by a log. */
export class Collections {
  readonly #world: World;
  /** What each collection frees, by the index of its record: the objects' slots in the log. */
  readonly #freed = new Map<number, number[]>();
  /** Slots that the model has elsewhere than the log, by the log's address. */
  readonly #moved = new Map<number, number>();

  /** What the last collection that was read frees. */
  #newest: number[] | undefined;

  constructor(world: World) {
    this.#world = world;
  }

  /** Takes note of a record that will come. */
  lookAhead(record: LogRecord, at: number): void {
    if (record.kind === 'gc') {
      this.#newest = [];
      this.#freed.set(at, this.#newest);
    } else if (record.kind === 'free') {
      this.#newest?.push(record.addr);
    }
  }

  /** Whether there are collections in the log, as far as it was read. */
  get any(): boolean {
    return this.#newest !== undefined;
  }

  /** Notes where the model put an object: at `predicted` what the log has at `logged`. */
  allocated(logged: number, predicted: number): void {
    const span = this.#world.mheap.spanOf(predicted)!;
    const into = (predicted - span.base()) % span.elemsize;
    if (logged === predicted) this.#moved.delete(logged - into);
    else this.#moved.set(logged - into, predicted - into);
  }

  /** Marking ends, which is when the log tells of a collection; nobody has seen it start. All is marked but what the log frees before the next collection. */
  collect(at: number): void {
    const world = this.#world;
    const { gc, mheap } = world;
    finishsweep_m(world);
    const { memstats, gcController, observer } = world;
    const cycle = ++memstats.numgc;
    observer?.onEvent({ name: 'gcStart', cycle, heapLive: gcController.heapLive, seen: false });
    if (gc.work.bufs.busySpans.length === 0) gc.work.bufs.getempty(world);
    mheap.clearPageMarks();
    const dead = new Set(this.#freed.get(at)!.map((slot) => this.#moved.get(slot) ?? slot));
    let objects = 0;
    let marked = 0;
    for (const span of mheap.allspans) {
      if (span.state !== mSpanInUse) continue;
      const n = this.#mark(span, dead);
      objects += n;
      marked += n * span.elemsize;
    }
    this.#freed.delete(at);
    gcController.resetLive(marked);
    observer?.onEvent({ name: 'gcPhase', phase: 0 });
    mheap.startSweep();
    // Spans that are swept to make room for new ones have garbage, so the log tells them all.
    mheap.reclaimIndex = Number.POSITIVE_INFINITY;
    mheap.sweepPagesPerByte = 0;
    for (const pp of world.allp) pp.mcache?.prepareForSweep(world);
    gc.work.bufs.prepareFreeWorkbufs();
    freeStackSpans(world);
    observer?.onEvent({ name: 'gcDone', cycle, marked, objects });
  }

  /** Marks what lives in a span; how many objects that are. */
  #mark(span: MSpan, dead: ReadonlySet<number>): number {
    span.freeIndexForScan = span.freeindex;
    let marked = 0;
    for (let i = 0; i < span.nelems; i++) {
      if (span.isFree(i) || dead.has(span.base() + i * span.elemsize)) continue;
      span.setMarked(i);
      marked++;
    }
    if (marked > 0) this.#world.mheap.setPageMark(span.base());
    return marked;
  }

  /** An object is freed: its span is swept now, by the one that the log names. */
  free(record: FreeRecord): void {
    const world = this.#world;
    const slot = this.#moved.get(record.addr) ?? record.addr;
    this.#moved.delete(record.addr);
    const span = world.mheap.spanOf(slot);
    if (span === null || span.state !== mSpanInUse) return;
    if ((record.functions & calledBy.reclaim) !== 0) {
      ensureSwept(world, span);
    } else if ((record.functions & calledBy.sweepone) !== 0) {
      while (span.sweepgen === world.mheap.sweepgen - 2 && sweepone(world) >= 0) {
        // Each call sweeps the next span; those without garbage are not in the log.
      }
    }
  }

  /** Frees the mark buffers if one lies at `addr`, as the background sweeper does when all is swept. */
  freeWorkbufs(addr: number): boolean {
    const { bufs } = this.#world.gc.work;
    const has = bufs.freeSpans.some((s) => s.base() <= addr && addr < s.base() + workbufAlloc);
    if (has) bufs.freeSomeWbufs(this.#world);
    return has;
  }

  /** Frees all mark buffers that wait for it; false if there are none. */
  freeAllWorkbufs(): boolean {
    const { bufs } = this.#world.gc.work;
    if (bufs.freeSpans.length === 0) return false;
    while (bufs.freeSomeWbufs(this.#world)) {
      // Each call frees a batch.
    }
    return true;
  }

  /** Takes a span of mark buffers, before marking ends. */
  takeWorkbufs(): void {
    const { bufs } = this.#world.gc.work;
    bufs.empty = [];
    bufs.getempty(this.#world);
  }
}
