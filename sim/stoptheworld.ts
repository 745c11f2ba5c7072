/**
 * Stopping the world, and the view of it that a heap dump is written from.
 *
 * The view copies nothing: spans, frames, finalizers and cursors are read from the runtime's own
 * structures when the dumper asks. {@link stopTheWorld} is its only maker.
 *
 * @go runtime/proc.go stopTheWorld, startTheWorld
 */
import { throw_ } from './errors.ts';
import { iterate_itabs } from './iface.ts';
import { heapBitsForAddr, typePointersOf } from './mbitmap.ts';
import { SpanMasks } from './mbitmap_allocheaders.ts';
import { ensureSwept } from './mgcsweep.ts';
import type { Bucket } from './mprof.ts';
import { kindSpecialFinalizer, kindSpecialProfile, type MSpan, mSpanInUse } from './mspan.ts';
import { readmemstats_m } from './mstats.ts';
import type { Defer, Panic } from './panic.ts';
import { isSystemGoroutine } from './proc-new.ts';
import { type G, Grunning, Gwaiting, type M, type Runtime } from './runtime2.ts';
import {
  type StoppedAllocSample,
  type StoppedBucket,
  type StoppedDefer,
  type StoppedFinalizer,
  type StoppedG,
  type StoppedM,
  type StoppedPanic,
  type StoppedSegment,
  type StoppedSpan,
  type StoppedWorld,
  stoppedWorldBrand,
} from './stopped-world.ts';
import { framesOf } from './traceback.ts';
import { pageSize } from './uintptr.ts';
import { waitReasonDumpingHeap, waitReasonStrings } from './waitreason.ts';

/** A type that no finalizer's parameter has: what an untyped nil would be. */
const noType = 0;

/**
 * Stops the world on behalf of the running goroutine, which the dump shows as waiting, and reads the
 * statistics, which empties the Ps' caches.
 *
 * @go runtime/heapdump.go runtime_debug_WriteHeapDump, writeheapdump_m
 */
export function stopTheWorld(rt: Runtime): StoppedWorld {
  const gp = rt.m.curg;
  if (gp === null) throw_('stopTheWorld: no goroutine runs');
  const memstats = readmemstats_m(rt);
  if (gp.status !== Grunning) throw_('casGToWaiting: goroutine does not run');
  gp.status = Gwaiting;
  gp.waitreason = waitReasonDumpingHeap;
  const md = rt.firstmoduledata;
  const { mheap, arch } = rt;
  return {
    [stoppedWorldBrand]: true,
    arch: { goarch: arch.goarch, ptrSize: arch.ptrSize, bigEndian: arch.bigEndian },
    buildVersion: 'go1.22.12',
    ncpu: rt.ncpu,
    arenas: [...mheap.arenas.values()].map(({ base }) => ({ base, bytes: arch.heapArenaBytes })),
    itabs: iterate_itabs(rt),
    allspans: spansOf(rt),
    allocHeaders: rt.allocHeaders,
    typePointersOf: (p, size) => typePointersOf(rt, p, size),
    heapBitsForAddr: (p, size) => heapBitsForAddr(rt, p, size),
    memory: rt.memory,
    allgs: rt.allgs.map((g) => stoppedG(rt, g)),
    allm: msOf(rt),
    data: segment(rt, md.data, md.edata, md.gcdatamask),
    bss: segment(rt, md.bss, md.ebss, md.gcbssmask),
    finq: queuedFinalizers(rt),
    memstats,
    mbuckets: bucketsOf(rt),
  };
}

/** Lets the goroutine that stopped the world run again. @go runtime/proc.go startTheWorld */
export function startTheWorld(rt: Runtime): void {
  const gp = rt.m.curg!;
  if (gp.status !== Gwaiting || gp.waitreason !== waitReasonDumpingHeap) {
    throw_('startTheWorld: the world is not stopped');
  }
  gp.status = Grunning;
  gp.waitreason = 0;
  rt.scavenger.sysmon(rt, true);
}

function spansOf(rt: Runtime): Iterable<StoppedSpan> {
  const view = new SpanView(rt);
  return {
    *[Symbol.iterator]() {
      for (const s of rt.mheap.allspans) {
        view.span = s;
        yield view;
      }
    },
  };
}

/** One span after the other. */
class SpanView implements StoppedSpan {
  readonly #rt: Runtime;
  readonly #masks: SpanMasks;
  span!: MSpan;

  constructor(rt: Runtime) {
    this.#rt = rt;
    this.#masks = new SpanMasks(rt);
  }

  get masks(): SpanMasks | undefined {
    return this.#masks.select(this.span) ? this.#masks : undefined;
  }

  get inUse(): boolean {
    return this.span.state === mSpanInUse;
  }

  get base(): number {
    return this.span.startAddr;
  }

  get bytes(): number {
    return this.span.npages * pageSize;
  }

  get elemsize(): number {
    return this.span.elemsize;
  }

  get nelems(): number {
    return this.span.nelems;
  }

  get usedBelow(): number {
    return this.span.freeIndexForScan;
  }

  isFree(index: number): boolean {
    return this.span.isFree(index);
  }

  ensureSwept(): void {
    ensureSwept(this.#rt, this.span);
  }

  *finalizers(): Generator<StoppedFinalizer> {
    const { span } = this;
    for (let sp = span.specials; sp !== null; sp = sp.next) {
      if (sp.kind !== kindSpecialFinalizer) continue;
      const { fn, fint, ot, offset } = sp;
      yield { obj: span.startAddr + offset, fn, fint: fint?.addr ?? noType, ot: ot.addr };
    }
  }

  *allocSamples(): Generator<StoppedAllocSample> {
    const { span } = this;
    for (let sp = span.specials; sp !== null; sp = sp.next) {
      if (sp.kind !== kindSpecialProfile) continue;
      yield { obj: span.startAddr + sp.offset, bucket: sp.b.addr };
    }
  }
}

function stoppedG(rt: Runtime, gp: G): StoppedG {
  return {
    addr: gp.addr,
    sp: gp.syscallsp !== 0 ? gp.syscallsp : gp.sched.sp,
    goid: gp.goid,
    gopc: gp.gopc,
    status: gp.status,
    isSystem: isSystemGoroutine(rt, gp),
    isBackground: false,
    waitsince: gp.waitsince,
    waitreason: waitReasonStrings[gp.waitreason] ?? 'unknown wait reason',
    ctxt: gp.sched.ctxt,
    m: gp.m?.addr ?? 0,
    defers: chain(gp.defer, stoppedDefer),
    panics: chain(gp.panic, stoppedPanic),
    frames: () => framesOf(rt, gp),
  };
}

function chain<T extends { readonly link: T | null }, S>(first: T | null, view: (x: T) => S): S[] {
  const all: S[] = [];
  for (let x = first; x !== null; x = x.link) all.push(view(x));
  return all;
}

function stoppedDefer(d: Defer): StoppedDefer {
  return { addr: d.addr, sp: d.sp, pc: d.pc, fn: d.fn ?? undefined };
}

function stoppedPanic(p: Panic): StoppedPanic {
  return { addr: p.addr, argType: p.argType, argData: p.argData };
}

function msOf(rt: Runtime): StoppedM[] {
  const all: StoppedM[] = [];
  for (let mp: M | null = rt.allm; mp !== null; mp = mp.alllink) {
    all.push({ addr: mp.addr, id: mp.id, procid: mp.procid });
  }
  return all;
}

function segment(
  rt: Runtime,
  from: number,
  to: number,
  mask: StoppedSegment['mask'],
): StoppedSegment {
  const bytes = new Uint8Array(to - from);
  rt.memory.read(from, to - from, bytes, 0);
  return { addr: from, bytes, mask };
}

function* queuedFinalizers(rt: Runtime): Generator<StoppedFinalizer> {
  for (const { arg, fn, fint, ot } of rt.mfinal.iterateFinq()) {
    yield { obj: arg, fn, fint: fint?.addr ?? noType, ot: ot.addr };
  }
}

function* bucketsOf(rt: Runtime): Generator<StoppedBucket> {
  for (const b of rt.mprof.iterateMemprof()) yield stoppedBucket(rt, b);
}

function stoppedBucket(rt: Runtime, b: Bucket): StoppedBucket {
  return {
    addr: b.addr,
    size: b.size,
    allocs: b.active.allocs,
    frees: b.active.frees,
    stack: b.stk.map((pc, i) => {
      const fn = rt.symtab.findfunc(pc);
      if (fn === undefined) return { func: undefined, pc };
      const { file, line } = fn.funcline(i > 0 && pc > fn.entry ? pc - 1 : pc);
      return { func: { name: fn.name, file, line }, pc };
    }),
  };
}
