/**
 * The goroutines of a log and their stacks.
 *
 * Stacks come from the same pages as the heap, so where they grow decides where objects go. A log does
 * not tell that a stack grew, was freed or given out: it shows where stacks end whenever their
 * goroutine allocates. From that, with a look ahead, follows what must have happened between; what
 * happened to goroutines that were not running a logged request is counted as hidden.
 */
import { type MSpan, mSpanManual, spanAllocStack } from '../../sim/mspan.ts';
import type { World } from '../../sim/runtime.ts';
import type { Stack } from '../../sim/runtime2.ts';
import { fixedStack, stackalloc, stackfree, stackGuard } from '../../sim/stack.ts';
import { pageSize } from '../../sim/uintptr.ts';
import type { Collections } from './collections.ts';
import type { HiddenEvent } from './hidden-events.ts';
import { type AllocRecord, calledBy, type GcRecord, type LogRecord } from './log-parser.ts';
import { type Sighting, Sightings } from './sightings.ts';
import {
  countInCache,
  freeToPool,
  liveSpan,
  nextPages,
  nextStackTop,
  outOfCache,
  toFrontOfCache,
  toPool,
} from './stacks.ts';

/** A goroutine at the end of a log. */
export interface KnownGoroutine {
  readonly addr: number;
  readonly goid: number;
  readonly stack: Stack;
}

/** A g; several goroutines may use it, one after the other. */
interface ReplayedG {
  readonly addr: number;
  goid: number;
  /** null between the end of a goroutine whose stack was given back and the next one. */
  stack: Stack | null;
  seenTop: number;
  /** Index of its next sighting. */
  next: number;
  readonly sightings: readonly Sighting[];
}

/** A goroutine that is taken for ended, and the stack that it gave back. */
interface Quiet {
  readonly g: ReplayedG;
  readonly goid: number;
  readonly stack: Stack;
}

/** Stacks of so many bytes have a span each. */
const largeStack = 32 * 1024;
/** Bytes of a span of smaller ones. */
const stackCacheSize = 32 * 1024;
/** Goroutines that may turn out not to have ended. */
const mostQuiet = 64;
/** Type of a function with variables. */
const closure = /^struct \{ F uintptr/;
/** The main goroutine, which ends with the program. */
const mainGoid = 1;
/** Steps that explaining one stack may take. */
const maxSteps = 256;

export class Goroutines {
  readonly hidden: HiddenEvent[] = [];
  readonly #world: World;
  readonly #collections: Collections;
  readonly #byG = new Map<number, ReplayedG>();
  /** Goroutines that wrote their last record before another one wrote, with the stacks that they gave back. */
  #quiet: Quiet[] = [];
  /** Who wrote the last record. */
  #last: { readonly g: ReplayedG; readonly system: boolean } | undefined;
  readonly #ahead: Sightings;
  /** The newest goroutine: they are numbered in the order of their creation. */
  #newest = 0;
  /** g's without goroutine, in the order that they became so. */
  #free: ReplayedG[] = [];
  #line = 0;
  /** Number of the record that is replayed. */
  #at = 0;

  constructor(world: World, collections: Collections) {
    this.#world = world;
    this.#ahead = new Sightings(world.arch);
    this.#collections = collections;
  }

  /** Takes note of a record that will come. */
  lookAhead(record: LogRecord, at: number): void {
    this.#ahead.lookAhead(record, at);
  }

  /** The goroutines that were seen and have a stack, oldest g first. */
  known(): KnownGoroutine[] {
    return [...this.#byG.values()].flatMap(({ addr, goid, stack }) =>
      stack === null || goid === 0 ? [] : [{ addr, goid, stack }],
    );
  }

  /** Forgets stacks in [from, to): the log has something else there. */
  forget(from: number, to: number): void {
    for (const g of this.#byG.values()) {
      if (g.stack !== null && g.stack.lo < to && g.stack.hi > from) g.stack = null;
    }
  }

  /**
   * All goroutines up to number `goid` have been created by now. A g that was used before is not in the log
   * when it is used again, and neither is the stack that it gets.
   *
   * @go runtime/proc.go newproc1
   */
  #createdUpTo(goid: number): void {
    while (this.#newest < goid) {
      this.#newest++;
      const birth = this.#ahead.birthOf(this.#newest);
      this.#ahead.born(this.#newest);
      const g = birth === undefined ? this.#free.at(-1) : this.#byG.get(birth.gp);
      if (g === undefined || g.goid === this.#newest) continue;
      if (g.goid !== 0) this.#end(g);
      this.#begin(g, g.sightings[g.next]?.top ?? 0);
      g.goid = this.#newest;
    }
  }

  /** A g is about to be allocated, for the next goroutine. */
  beforeNew(gp: number): void {
    const goid = this.#ahead.of(gp)[0]?.goid ?? this.#newest + 1;
    this.#createdUpTo(goid - 1);
    this.#newest = Math.max(this.#newest, goid);
    this.#ahead.born(goid);
  }

  /** A new g, which the log has at `gp` and the model at `addr`, and the stack it got. */
  add(gp: number, addr: number, stack: Stack): void {
    const sightings = this.#ahead.of(gp);
    this.#byG.set(gp, { addr, goid: 0, stack, seenTop: stack.hi, next: 0, sightings });
  }

  /** Has happen what happened before the request of record number `at`, which will take `pages` pages. */
  beforeRequest(record: AllocRecord, at: number, pages: number): void {
    const g = this.#byG.get(record.gp);
    this.#line = record.line;
    this.#at = at;
    this.#another(g, at);
    if (g === undefined) return;
    this.#last = { g, system: (record.functions & calledBy.system) !== 0 };
    this.#createdUpTo(record.goid);
    while (g.next < g.sightings.length && g.sightings[g.next]!.at <= at) g.next++;
    if (g.goid !== record.goid) {
      if (g.goid !== 0) {
        this.#end(g);
        this.#begin(g, this.#ahead.topOf(record));
      }
      g.goid = record.goid;
    }
    const top = this.#ahead.topOf(record);
    if (top === 0 || top === g.seenTop || g.stack === null) return;
    if (!this.#grewBefore(g, record, top, pages)) return;
    this.#reach(g, top, top - record.sp);
  }

  /**
   * Another goroutine writes: the last one has ended if it writes nothing any more. A large stack is
   * kept until the log has something else there, since who waits to the end of the program looks the same.
   */
  #another(g: ReplayedG | undefined, at: number): void {
    const last = this.#last;
    if (last === undefined || last.g === g || last.system) return;
    this.#last = undefined;
    const { stack, goid } = last.g;
    if (goid <= mainGoid || stack === null || this.#ahead.writesAgain(goid, at)) return;
    if (stack.hi - stack.lo >= largeStack) return;
    this.#end(last.g);
    if (last.g.stack !== null) return;
    this.#quiet.push({ g: last.g, goid, stack });
    if (this.#quiet.length > mostQuiet) this.#quiet.shift();
  }

  /**
   * Has happen what moved the next span of `pages` pages to `base`, as far as it shows: stacks that others
   * grew.
   */
  beforeSpan(base: number, pages: number, line: number): void {
    this.#line = line;
    for (let step = 0; step < maxSteps; step++) {
      if (nextPages(this.#world, pages, 0) === base || !this.#anotherGrewFirst(undefined)) return;
    }
  }

  /**
   * The log has something else where the model has a span of stacks: their goroutines have ended, if they
   * write nothing any more, and what the P's cache has of the span was driven out of it.
   */
  freeSpan(span: MSpan): boolean {
    const { startingStackSize } = this.#world.stackpool;
    const owners = [...this.#byG.values()].filter(
      ({ stack }) => stack !== null && stack.lo >= span.base() && stack.hi <= span.limit,
    );
    const ended = owners.filter(
      (g) =>
        g.goid > mainGoid &&
        sizeOf(g) !== startingStackSize &&
        !this.#ahead.writesAgain(g.goid, this.#at),
    );
    if (ended.length < owners.length) return false;
    const large = span.bytes() > stackCacheSize || span.elemsize === span.bytes();
    const cached = large ? 0 : countInCache(this.#world, span);
    if (!large && owners.length + cached < span.allocCount) return false;
    for (const g of ended) {
      const { hi } = g.stack!;
      if (large) stackfree(this.#world, g.stack!);
      else freeToPool(this.#world, g.stack!);
      g.stack = null;
      if (!large) this.#hide('goroutine end', g, hi);
    }
    if (cached > 0) {
      this.#hideAt('stack order', span.base());
      outOfCache(this.#world, span);
    }
    return true;
  }

  /** A collection shows where all stacks are: marking may have shrunk some. @go runtime/stack.go shrinkstack */
  atCollection({ goroutines }: GcRecord, at: number): void {
    this.#at = at;
    this.#createdUpTo(Math.max(...goroutines.map(({ goid }) => goid)));
    const shown = new Map(goroutines.map((record) => [record.gp, record]));
    // Stacks are scanned in the order of allgs.
    for (const [gp, g] of this.#byG) {
      const record = shown.get(gp);
      if (record === undefined) continue;
      this.#line = record.line;
      while (g.next < g.sightings.length && g.sightings[g.next]!.at <= at) g.next++;
      const top = this.#ahead.topOf(record);
      if (g.goid !== record.goid) {
        if (g.goid !== 0) {
          this.#end(g);
          this.#begin(g, top);
        }
        g.goid = record.goid;
      }
      if (top === 0 || top === g.seenTop || g.stack === null) continue;
      if (sizeOf(g) > fixedStack && nextStackTop(this.#world, sizeOf(g) / 2) === top) {
        this.#resize(g, sizeOf(g) / 2);
        g.seenTop = top;
      } else {
        this.#reach(g, top, top - record.sp);
      }
    }
  }

  /** Has happen what happened when the record was written. */
  afterRequest(record: AllocRecord): void {
    const born = this.#ahead.birthOf(this.#newest + 1);
    // The function of a go statement has its variables in the heap, just before the goroutine is made.
    if (born?.parent === record.goid && this.#byG.has(born.gp) && closure.test(record.typeName)) {
      this.#createdUpTo(this.#newest + 1);
    }
    const g = this.#byG.get(record.gp);
    const top = this.#ahead.topOf(record);
    if (g === undefined || top === 0 || top === g.seenTop) return;
    this.#reach(g, top, top - record.sp);
  }

  /**
   * Whether the stack grew before the request rather than when it was written down: the call of mallocgc
   * did not fit the old stack, or the next stack is where the record shows it and would not be after the
   * request.
   */
  #grewBefore(
    g: ReplayedG,
    { mallocSp, mallocFp }: AllocRecord,
    top: number,
    pages: number,
  ): boolean {
    if (mallocSp === 0) return true;
    const was = sizeOf(g);
    const depth = top - mallocSp - Math.min(mallocFp - mallocSp, 128);
    if (depth >= was - stackGuard) return true;
    for (const times of [2, 4, 8]) {
      if (nextStackTop(this.#world, was * times) === top) return true;
      if (nextStackTop(this.#world, was * times, pages) === top) return false;
    }
    return false;
  }

  /** Grows the stack of `g` until it ends at `top`, with `used` bytes used. */
  #reach(g: ReplayedG, top: number, used: number): void {
    g.seenTop = top;
    // A stack that the log has something else at is nowhere until the goroutine ends.
    if (g.stack === null) return;
    for (let step = 0; step < maxSteps && g.stack?.hi !== top; step++) {
      const size = this.#sizeEndingAt(g, top, used);
      if (size !== 0) {
        while (sizeOf(g) < size) this.#double(g);
      } else if (!this.#explain(g, top, used)) {
        break;
      }
    }
    if (g.stack?.hi !== top) this.#hide('unexplained stack', g, top);
  }

  /** The size to which the stack must grow to end at `top`, 0 if it cannot now. */
  #sizeEndingAt(g: ReplayedG, top: number, used: number): number {
    const was = sizeOf(g);
    const least = Math.max(was * 2, used);
    for (let size = was * 2; size <= least * 8; size *= 2) {
      if (size >= used && nextStackTop(this.#world, size) === top) return size;
    }
    return 0;
  }

  /** Finds one thing that may have happened before. False if nothing is left. */
  #explain(g: ReplayedG, top: number, used: number): boolean {
    return (
      this.#stillThere(g, top) ||
      this.#markBuffersFreed(g, top) ||
      this.#anotherGrewFirst(g) ||
      this.#anotherEnded(g, top) ||
      this.#inUnseen(g, top, used) ||
      this.#cachedStack(g, top) ||
      this.#spanFreed(top) ||
      this.#firstOfSeveral(g, used)
    );
  }

  /** Those whose stacks would be given out before the one that is wanted have not ended yet. */
  #stillThere(g: ReplayedG, top: number): boolean {
    if (g.stack === null) return false;
    for (let size = sizeOf(g) * 2; size < largeStack; size *= 2) {
      const kept: Quiet[] = [];
      for (;;) {
        const next = nextStackTop(this.#world, size);
        const owner = this.#quiet.find(
          ({ stack }) => stack.hi === next && sizeOf({ stack }) === size,
        );
        if (next === top || owner === undefined || kept.includes(owner)) break;
        stackalloc(this.#world, size);
        kept.push(owner);
      }
      if (kept.length > 0 && nextStackTop(this.#world, size) === top) {
        for (const { g: other, goid, stack } of kept) {
          other.stack = stack;
          other.goid = goid;
          this.#free = this.#free.filter((one) => one !== other);
          this.#hide('goroutine still there', other, stack.hi);
        }
        this.#quiet = this.#quiet.filter((one) => !kept.includes(one));
        return true;
      }
      for (const { stack } of kept.reverse()) stackfree(this.#world, stack);
    }
    return false;
  }

  /** The stack wanted lies where the collector had its mark buffers. */
  #markBuffersFreed(g: ReplayedG, top: number): boolean {
    const freed = this.#collections.freeWorkbufs(top - 1);
    if (freed) this.#hide('mark buffers freed', g, top);
    return freed;
  }

  /** A goroutine that will next be seen on the stack that is next to be given out has taken it. */
  #anotherGrewFirst(g: ReplayedG | undefined): boolean {
    for (const other of this.#byG.values()) {
      const seen = other.sightings[other.next];
      if (other === g || seen === undefined || other.stack === null) continue;
      if (seen.since >= this.#at) continue;
      if (seen.goid !== other.goid && other.goid !== 0) continue;
      if (seen.top === other.seenTop) continue;
      const was = sizeOf(other);
      for (const times of [2, 4, 8, 16]) {
        if (nextStackTop(this.#world, was * times) !== seen.top) continue;
        while (sizeOf(other) < was * times) this.#double(other);
        other.seenTop = seen.top;
        this.#hide('stack growth', other, seen.top);
        return true;
      }
    }
    return false;
  }

  /** A goroutine that the log does not show has taken a span for stacks. */
  takeUnseen(line: number): void {
    this.#line = line;
    const span = this.#world.mheap.allocManual(stackCacheSize / pageSize, spanAllocStack);
    span.elemsize = 0;
    this.#hideAt('unseen stack', span.base());
  }

  /** The stack wanted lies in a span that was taken unseen. */
  #inUnseen(g: ReplayedG, top: number, used: number): boolean {
    const span = liveSpan(this.#world, top - 1);
    if (span?.state !== mSpanManual || span.elemsize !== 0 || g.stack === null) return false;
    let size = sizeOf(g) * 2;
    while (size < used) size *= 2;
    if (size >= largeStack) {
      if (top - size !== span.base() || size !== span.bytes()) return false;
      span.elemsize = size;
      stackfree(this.#world, g.stack);
      g.stack = { lo: top - size, hi: top };
    } else {
      toPool(this.#world, span, size);
    }
    return true;
  }

  /** The stack wanted lies in a span of others. */
  #spanFreed(top: number): boolean {
    const span = liveSpan(this.#world, top - 1);
    return span?.state === mSpanManual && span.elemsize < stackCacheSize && this.freeSpan(span);
  }

  /** The stack wanted is that of a goroutine that is never seen again. */
  #anotherEnded(g: ReplayedG, top: number): boolean {
    for (const other of this.#byG.values()) {
      if (other === g || other.stack?.hi !== top || other.goid === 0) continue;
      const seen = other.sightings[other.next];
      if (seen?.goid === other.goid) continue;
      if (sizeOf(other) === this.#world.stackpool.startingStackSize) continue;
      this.#end(other);
      this.#hide('goroutine end', other, top);
      return true;
    }
    return false;
  }

  /** The stack wanted is free, but goroutines that log nothing have changed the order of free ones. */
  #cachedStack(g: ReplayedG, top: number): boolean {
    if (g.stack === null) return false;
    for (let size = sizeOf(g) * 2; size < 32 * 1024; size *= 2) {
      if (!toFrontOfCache(this.#world, size, top)) continue;
      this.#hide('stack order', g, top);
      return true;
    }
    return false;
  }

  /** More than one doubling is needed, and the first may change where the next one goes. */
  #firstOfSeveral(g: ReplayedG, used: number): boolean {
    if (g.stack === null || used + stackGuard < sizeOf(g) * 2) return false;
    this.#double(g);
    return true;
  }

  /** @go runtime/stack.go copystack */
  #resize(g: ReplayedG, size: number): void {
    const old = g.stack!;
    g.stack = stackalloc(this.#world, size);
    stackfree(this.#world, old);
  }

  #double(g: ReplayedG): void {
    this.#resize(g, sizeOf(g) * 2);
  }

  /** The goroutine ends; its g keeps only a stack of the size that new ones get. @go runtime/proc.go gfput */
  #end(g: ReplayedG): void {
    this.#free.push(g);
    if (g.stack === null || sizeOf(g) === this.#world.stackpool.startingStackSize) return;
    stackfree(this.#world, g.stack);
    g.stack = null;
  }

  /** Another goroutine takes the g. @go runtime/proc.go gfget */
  #begin(g: ReplayedG, top: number): void {
    const { startingStackSize } = this.#world.stackpool;
    this.#quiet = this.#quiet.filter((one) => one.g !== g);
    this.#free = this.#free.filter((one) => one !== g);
    if (g.stack === null) {
      if (nextStackTop(this.#world, startingStackSize) !== top) {
        toFrontOfCache(this.#world, startingStackSize, top);
      }
      g.stack = stackalloc(this.#world, startingStackSize);
    }
    g.seenTop = g.stack.hi;
  }

  #hideAt(kind: HiddenEvent['kind'], stack: number): void {
    this.hidden.push({ kind, line: this.#line, goroutine: 0, stack, bytes: 0 });
  }

  #hide(kind: HiddenEvent['kind'], g: ReplayedG, stack: number): void {
    this.hidden.push({ kind, line: this.#line, goroutine: g.goid, stack, bytes: sizeOf(g) });
  }
}

function sizeOf({ stack }: Pick<ReplayedG, 'stack'>): number {
  return stack === null ? 0 : stack.hi - stack.lo;
}
