/**
 * Runs a log's requests through the model's allocator, one after the other, and compares where each
 * object comes to lie.
 *
 * What the model takes from the log: what was asked for, by which goroutine, and where stacks end.
 * What it never takes: an object's address.
 */
import type { GoArch } from '../../sim/arch.ts';
import { acquirep, bootBeforePs, type Environment } from '../../sim/boot.ts';
import { mallocgc } from '../../sim/malloc.ts';
import { PageCache } from '../../sim/mpagecache.ts';
import { mSpanManual } from '../../sim/mspan.ts';
import type { Observer } from '../../sim/observer.ts';
import { World } from '../../sim/runtime.ts';
import { P } from '../../sim/runtime2.ts';
import { maxTinySize } from '../../sim/sizeclasses.ts';
import { fixedStack, stackalloc } from '../../sim/stack.ts';
import { alignDown, pageSize } from '../../sim/uintptr.ts';
import { Collections, workbufPages } from './collections.ts';
import { classOfMiss, explainMiss, type MissClass } from './explanation.ts';
import { Goroutines } from './goroutines.ts';
import type { HiddenEvent } from './hidden-events.ts';
import { type AllocRecord, calledBy, type LogRecord } from './log-parser.ts';
import type { RecordWindow } from './record-window.ts';
import type { RequestTypes } from './request-types.ts';
import { liveSpan, nextPages, roomFor } from './stacks.ts';
import { TruePast } from './true-past.ts';

/** Records among which one that was written late is looked for. */
const lateWindow = 4000;
/** Signal stack and scheduler stack of an M. */
const gsignalStack = 32 * 1024;
const g0Stack = 16 * 1024;

/** The first request that was not predicted. */
export interface Miss {
  /** Index of the request among all. */
  readonly request: number;
  readonly record: AllocRecord;
  readonly predicted: number;
  /** What the model's state says about it. */
  readonly explanation: readonly string[];
}

/** The requests between two collections. */
export interface Cycle {
  /** Line of the log where it begins. */
  readonly line: number;
  requests: number;
  agreeing: number;
}

export interface ReplayOptions {
  readonly goarch: GoArch;
  readonly allocHeaders: boolean;
  readonly env: Environment;
  readonly types: RequestTypes;
  /** Where the system put the heap, if it is not where it always is. */
  readonly heapStart?: number | undefined;
  /** Whether the model is put right after each miss, so that each prediction is made from the true past. */
  readonly corrects: boolean;
  /** Hears 'replayRequest' and then what the model's allocator does for it. */
  readonly observer?: Observer | undefined;
}

/** One pass over a log. */
export class Replayer {
  readonly world: World;
  readonly goroutines: Goroutines;
  readonly #window: RecordWindow;
  requests = 0;
  agreeing = 0;
  firstMiss: Miss | undefined;
  /** How many misses of each class there are. */
  readonly missed = new Map<MissClass, number>();
  /** Requests from each collection to the next; the first entry is from the start to the first one. */
  readonly cycles: Cycle[] = [{ line: 1, requests: 0, agreeing: 0 }];
  readonly #collections: Collections;
  /** Records whose requests have been made already. */
  readonly #early = new Set<number>();
  /** The goroutine that swept in the last record to make room for its request, or 0. */
  #allocating = 0;
  readonly #types: RequestTypes;
  readonly #truePast: TruePast | undefined;
  /** Misses after which the model could not be put right. */
  uncorrected = 0;
  /** Stacks that the next g's of a new M get. */
  #mStacks: number[] = [];

  constructor(
    window: RecordWindow,
    { goarch, allocHeaders, env, types, heapStart, observer, corrects }: ReplayOptions,
  ) {
    this.#window = window;
    this.world = new World({
      goarch,
      allocHeaders,
      gogc: -1,
      ...(heapStart !== undefined && { heapStart }),
      ...(observer !== undefined && { observer }),
    });
    this.#types = types;
    this.#collections = new Collections(this.world);
    this.goroutines = new Goroutines(this.world, this.#collections);
    if (corrects) {
      this.#truePast = new TruePast(this.world, (from, to) => this.goroutines.forget(from, to));
    }
    bootBeforePs(this.world, env);
  }

  /** Takes note of a record that will come. */
  lookAhead(record: LogRecord, at: number): void {
    this.goroutines.lookAhead(record, at);
    this.#collections.lookAhead(record, at);
  }

  /** Has happen what the record number `at` says. */
  replay(record: LogRecord, at: number): void {
    switch (record.kind) {
      case 'alloc':
        this.#alloc(record, at);
        break;
      case 'free':
        if ((record.functions & calledBy.mallocgc) !== 0) this.#allocating = record.goid;
        this.#collections.free(record);
        break;
      case 'gc':
        // Who is about to write its record has got its object.
        for (const { goid, functions } of record.goroutines) {
          if ((functions & calledBy.tracealloc) !== 0) this.#requestOf(goid, at);
        }
        this.goroutines.atCollection(record, at);
        this.#collections.collect(at);
        this.cycles.push({ line: record.line, requests: 0, agreeing: 0 });
        break;
      default:
        record satisfies never;
    }
  }

  #alloc(record: AllocRecord, at: number): void {
    this.#interrupted(record.goid, at);
    if (this.#early.has(at)) {
      this.#early.delete(at);
    } else {
      this.#request(record, at);
    }
    this.goroutines.afterRequest(record);
  }

  /**
   * A goroutine that swept to make room has got its object before another one runs: in between it cannot be
   * preempted, but it can before it writes its record.
   */
  #interrupted(goid: number, at: number): void {
    const other = this.#allocating;
    this.#allocating = 0;
    if (other !== 0 && other !== goid) this.#requestOf(other, at);
  }

  /** Makes the next request of a goroutine now, which writes its record behind number `at`. */
  #requestOf(goid: number, at: number): void {
    for (let i = at + 1; i < Math.min(this.#window.end, at + lateWindow); i++) {
      const record = this.#window.at(i);
      if (record.kind === 'gc') return;
      if (record.kind !== 'alloc' || record.goid !== goid) continue;
      if (this.#early.has(i)) return;
      this.#early.add(i);
      this.#hide('record written late', record.line, record.goid, record.addr);
      this.#request(record, i);
      return;
    }
  }

  /** Has the model allocate, and compares. */
  #request(record: AllocRecord, at: number): void {
    const { world } = this;
    const { size, typ } = this.#types.request(record, world);
    const noscan = typ === null || typ.ptrBytes === 0;
    const isNewG = record.typeName === 'runtime.g' && this.#mStacks.length === 0;
    if (isNewG) this.goroutines.beforeNew(record.addr);
    this.goroutines.beforeRequest(record, at, roomFor(world, size, noscan).pages);
    const { pages } = roomFor(world, size, noscan);
    if (pages > 0) {
      this.#stacksFreed(record, pages);
      if (this.#collections.any) this.#markBuffers(record, pages);
    }
    this.#writtenLate(record, at, () => roomFor(world, size, noscan).next);
    world.observer?.onEvent({ name: 'replayRequest', ...whatWasAsked(record, size) });
    const tiny = noscan && size < maxTinySize;
    if (tiny) this.#leaveTinyBlock();
    const needzero = record.request?.needzero ?? true;
    let predicted = mallocgc(world, size, typ, needzero);
    const cycle = this.cycles.at(-1)!;
    if (predicted === record.addr) {
      this.agreeing++;
      cycle.agreeing++;
    } else {
      this.#miss(record, predicted);
      if (this.#truePast?.correct(predicted, record.addr)) {
        if (tiny) this.#leaveTinyBlock();
        predicted = mallocgc(world, size, typ, needzero);
        if (predicted !== record.addr) this.uncorrected++;
      }
    }
    this.requests++;
    cycle.requests++;
    this.#collections.allocated(record.addr, predicted);
    this.#afterwards(record, predicted);
  }

  /**
   * A goroutine that is preempted between its allocation and its record has taken what would be next:
   * its record, the next one that it writes, comes later and is of that very address.
   */
  #writtenLate({ addr, goid }: AllocRecord, at: number, next: () => number): void {
    for (let wanted = next(); wanted !== 0 && wanted !== addr; wanted = next()) {
      const late = this.#findLate(goid, at, wanted);
      if (late === -1) return;
      const record = this.#window.at(late) as AllocRecord;
      this.#early.add(late);
      this.#hide('record written late', record.line, record.goid, wanted);
      this.#request(record, late);
    }
  }

  /** Index of the record of `wanted` if that is the first one of another goroutine from here on; else -1. */
  #findLate(goid: number, at: number, wanted: number): number {
    const seen = new Set([goid]);
    const end = Math.min(this.#window.end, at + lateWindow);
    for (let i = at + 1; i < end; i++) {
      const record = this.#window.at(i);
      if (record.kind === 'gc') return -1;
      if (record.kind !== 'alloc' || this.#early.has(i)) continue;
      if (!seen.has(record.goid) && record.addr === wanted) return i;
      seen.add(record.goid);
    }
    return -1;
  }

  /** A new span lies where the model has a stack: goroutines have ended that are never seen again. */
  #stacksFreed({ addr, line }: AllocRecord, pages: number): void {
    const logged = alignDown(addr, pageSize);
    const { mheap } = this.world;
    if (nextPages(this.world, pages, 0) === logged || !mheap.hasArena(logged)) return;
    this.goroutines.beforeSpan(logged, pages, line);
    const unseen = !this.#collections.any && nextPages(this.world, pages, workbufPages) === logged;
    if (unseen && nextPages(this.world, pages, 0) !== logged) this.goroutines.takeUnseen(line);
    for (let page = logged; page < logged + pages * pageSize; page += pageSize) {
      const stacks = liveSpan(this.world, page);
      if (stacks?.state === mSpanManual && stacks.elemsize > 0) this.goroutines.freeSpan(stacks);
    }
  }

  /** A new span is elsewhere than the next one would be: mark buffers were taken or freed before. */
  #markBuffers({ addr, line, goid }: AllocRecord, pages: number): void {
    const { world } = this;
    const logged = alignDown(addr, pageSize);
    if (nextPages(world, pages, 0) === logged) return;
    if (this.#collections.freeAllWorkbufs()) this.#hide('mark buffers freed', line, goid, logged);
    if (nextPages(world, pages, 0) === logged) return;
    if (nextPages(world, pages, workbufPages) === logged) {
      this.#collections.takeWorkbufs();
      this.#hide('mark buffers taken', line, goid, logged);
    }
  }

  #hide(kind: HiddenEvent['kind'], line: number, goroutine: number, stack: number): void {
    this.goroutines.hidden.push({ kind, line, goroutine, stack, bytes: 0 });
  }

  #miss(record: AllocRecord, predicted: number): void {
    const { world } = this;
    const what = classOfMiss(world, predicted, record.addr);
    this.missed.set(what, (this.missed.get(what) ?? 0) + 1);
    this.firstMiss ??= {
      request: this.requests,
      record,
      predicted,
      explanation: explainMiss(world, predicted, record.addr),
    };
  }

  /** What happened without a record. */
  get hidden(): readonly HiddenEvent[] {
    return this.goroutines.hidden;
  }

  /** A request in the log did not fit the tiny block: it begins a new one. */
  #leaveTinyBlock(): void {
    const c = this.world.m.p?.mcache ?? this.world.mcache0;
    if (c !== null) c.tinyoffset = 16;
  }

  /** What comes with an object of the scheduler. */
  #afterwards(record: AllocRecord, predicted: number): void {
    const { world } = this;
    if (record.typeName === 'runtime.p') {
      const pp = new P(predicted, 0);
      pp.mcache = world.mcache0;
      pp.pcache = new PageCache();
      world.mcache0 = null;
      world.allp.push(pp);
      acquirep(world, pp);
    } else if (record.typeName === 'runtime.m') {
      this.#mStacks = [gsignalStack, g0Stack];
    } else if (record.typeName === 'runtime.g') {
      const ofM = this.#mStacks.shift();
      const stack = stackalloc(world, ofM ?? fixedStack);
      if (ofM === undefined) this.goroutines.add(record.addr, predicted, stack);
    }
  }
}

/** What an observer hears of a request before it is made. */
function whatWasAsked({ line, addr, goid, typeName, request }: AllocRecord, size: number) {
  return { line, goid, size, typ: request?.typ ?? 0, typeName, logged: addr };
}
