/**
 * The page heap: arenas, spans, and the way memory comes from and goes back to the OS.
 *
 * @go runtime/mheap.go
 */
import type { Arch } from './arch.ts';
import { throw_ } from './errors.ts';
import type { FoundObject, HeapType } from './mbitmap.ts';
import { HeapBitsSmall, TypePointers } from './mbitmap_allocheaders.ts';
import { HeapBits } from './mbitmap_noallocheaders.ts';
import { MCentral } from './mcentral.ts';
import { sysAlloc, sysFree } from './mem.ts';
import { Fixalloc, LinearAlloc } from './mfixalloc.ts';
import { GcBitsArenas } from './mgcbits.ts';
import { isSweepDone, SweepState } from './mgcsweep.ts';
import { type ArenaHint, clearPageBit, grow, HeapArena, setPageBit } from './mheaparena.ts';
import { reclaim } from './mheapreclaim.ts';
import { accountSpan, countSpan, initSpan, scavengeFor } from './mheapspan.ts';
import { PageAlloc } from './mpagealloc.ts';
import { pageCachePages } from './mpagecache.ts';
import {
  MSpan,
  mSpanDead,
  mSpanInUse,
  mSpanManual,
  type SpanAllocType,
  spanAllocHeap,
  spanAllocPtrScalarBits,
} from './mspan.ts';
import { SpanSetBlockPool } from './mspanset.ts';
import type { Runtime } from './runtime2.ts';
import { numSpanClasses } from './sizeclasses.ts';
import { pageSize } from './uintptr.ts';

export { addspecial, removespecial, setprofilebucket } from './mheapspecial.ts';

/** Spans that a P keeps, and how many of them it gets at once. @go runtime/runtime2.go p.mspancache */
const mspancacheLen = 128;

/** A structure of which the model has its address alone. */
const asAddress = (addr: number): number => addr;

/** @go runtime/mheap.go mheap */
export class MHeap {
  /** Set by {@link init}. */
  pages!: PageAlloc;
  /** Grows by 2 with each collection; see MSpan.sweepgen. */
  sweepgen = 0;
  /** Every mspan structure ever made, in order. */
  readonly allspans: MSpan[] = [];
  readonly central: readonly MCentral[];
  /** By arenaIndex. */
  readonly arenas = new Map<number, HeapArena>();
  /** arenaIndex of every heap arena, in the order they were mapped. */
  readonly allArenas: number[] = [];
  /** Entries for which there is room in it. */
  allArenasCap = 0;
  /** allArenas as the sweeping and marking of this cycle see them. */
  sweepArenas: readonly number[] = [];
  markArenas: readonly number[] = [];
  /** The part of the newest reservation that is not yet in use. */
  readonly curArena = { base: 0, end: 0 };
  readonly sweep = new SweepState();
  pagesInUse = 0;
  /** Pages swept in this cycle. */
  pagesSwept = 0;
  pagesSweptBasis = 0;
  sweepHeapLiveBasis = 0;
  /** Pages to sweep for each byte allocated; 0: no pace is set. */
  sweepPagesPerByte = 0;
  /** Page of sweepArenas where reclaiming goes on; Infinity when it is through. */
  reclaimIndex = 0;
  /** Pages freed by sweeping beyond what was asked for. */
  reclaimCredit = 0;
  readonly spanalloc: Fixalloc<MSpan>;
  readonly cachealloc: Fixalloc<number>;
  readonly specialfinalizeralloc: Fixalloc<number>;
  readonly specialprofilealloc: Fixalloc<number>;
  readonly specialReachableAlloc: Fixalloc<number>;
  readonly specialPinCounterAlloc: Fixalloc<number>;
  readonly arenaHintAlloc: Fixalloc<number>;
  readonly gcBitsArenas: GcBitsArenas;
  readonly spanSetBlockPool = new SpanSetBlockPool();
  /** Stands in an mcache for a class without a span: it has no room and is never used. */
  readonly emptymspan = new MSpan(0);
  /** The span of the last small object, for mallocgc alone. */
  smallSpan = this.emptymspan;
  /** Unrolled pointer masks of large objects whose type has a GC program. */
  readonly unrolledTypes = new Map<HeapType, MSpan>();
  /** Result of findObject. */
  readonly found: FoundObject = { base: 0, span: null, objIndex: 0 };
  /** The cursors over an object's pointers, reused by each look-up. */
  readonly typePointers: TypePointers;
  readonly heapBitsSmall = new HeapBitsSmall();
  readonly heapBits: HeapBits;
  /** Types that malloc headers refer to, by address. */
  readonly headerTypes = new Map<number, HeapType>();
  /** Bytes of address space that the heap may take from the OS: beyond it is out of memory. */
  heapLimit = Number.POSITIVE_INFINITY;
  readonly arenaHints: ArenaHint[] = [];
  readonly userArenaHints: ArenaHint[] = [];
  /** Address of runtime.zerobase, where all zero-size objects are. */
  zerobase = 0;
  /** 1 where the two 32-bit halves of a word of pointer bits are in memory high half first. */
  readonly heapBitsFlip: 0 | 1;
  /** The greatest size whose pointer bits are in the span. */
  readonly minSizeForMallocHeader: number;
  /** Space for arena metadata and the first arenas, on 32-bit. */
  readonly heapArenaAlloc = new LinearAlloc();
  readonly arena = new LinearAlloc();
  private readonly rt: Runtime;
  private readonly arch: Arch;
  private allspansCap = 0;
  /** The arena of the last look-up. */
  lastArena: HeapArena;

  constructor(rt: Runtime) {
    const { arch } = rt;
    const { sizes } = arch;
    this.rt = rt;
    this.arch = arch;
    this.heapBitsFlip = arch.bigEndian && arch.ptrSize === 8 ? 1 : 0;
    this.minSizeForMallocHeader = arch.ptrSize * arch.ptrSize * 8;
    this.lastArena = new HeapArena(arch, Number.NaN, true);
    this.spanalloc = new Fixalloc(rt, sizes.mspan, (p) => this.recordspan(p), 'mspanSys');
    this.cachealloc = new Fixalloc(rt, sizes.mcache, asAddress, 'mcacheSys');
    this.specialfinalizeralloc = new Fixalloc(rt, sizes.specialfinalizer, asAddress, 'otherSys');
    this.specialprofilealloc = new Fixalloc(rt, sizes.specialprofile, asAddress, 'otherSys');
    this.specialReachableAlloc = new Fixalloc(rt, sizes.specialReachable, asAddress, 'otherSys');
    this.specialPinCounterAlloc = new Fixalloc(rt, sizes.specialPinCounter, asAddress, 'otherSys');
    this.arenaHintAlloc = new Fixalloc(rt, sizes.arenaHint, asAddress, 'otherSys');
    this.gcBitsArenas = new GcBitsArenas(rt);
    this.typePointers = new TypePointers(arch);
    this.heapBits = new HeapBits(rt);
    const central: MCentral[] = [];
    for (let i = 0; i < numSpanClasses; i++) central.push(new MCentral(i));
    this.central = central;
  }

  /** Call once the runtime's other globals are there. @go runtime/mheap.go (*mheap).init */
  init(): void {
    this.pages = new PageAlloc(this.rt);
  }

  /** Takes a new mspan structure into allspans. @go runtime/mheap.go recordspan */
  private recordspan(addr: number): MSpan {
    const { rt, arch } = this;
    if (this.allspans.length >= this.allspansCap) {
      const oldCap = this.allspansCap;
      const n = Math.max((64 * 1024) / arch.ptrSize, Math.floor((oldCap * 3) / 2));
      sysAlloc(rt, n * arch.ptrSize, 'otherSys');
      this.allspansCap = n;
      if (oldCap !== 0) sysFree(rt, 0, oldCap * arch.ptrSize, 'otherSys');
    }
    const s = new MSpan(addr);
    this.allspans.push(s);
    return s;
  }

  /** @go runtime/mheap.go arenaIndex */
  arenaIndex(p: number): number {
    return Math.floor((p - this.arch.arenaBaseOffset) / this.arch.heapArenaBytes);
  }

  /** @go runtime/mheap.go arenaBase */
  arenaBase(i: number): number {
    return i * this.arch.heapArenaBytes + this.arch.arenaBaseOffset;
  }

  /** Whether the heap has an arena at `p`. */
  hasArena(p: number): boolean {
    return this.arenas.has(this.arenaIndex(p));
  }

  /** The arena of `p`, or undefined. */
  arenaOf(p: number): HeapArena | undefined {
    const off = p - this.lastArena.base;
    if (off >= 0 && off < this.arch.heapArenaBytes) return this.lastArena;
    const ha = this.arenas.get(this.arenaIndex(p));
    if (ha !== undefined) this.lastArena = ha;
    return ha;
  }

  /** The span that holds `p`, or held it last; null outside the heap's spans. @go runtime/mheap.go spanOf */
  spanOf(p: number): MSpan | null {
    const ha = this.arenaOf(p);
    return ha === undefined ? null : ha.spans[(p - ha.base) >>> 13]!;
  }

  /** The span of heap objects that holds `p`, or null. @go runtime/mheap.go spanOfHeap */
  spanOfHeap(p: number): MSpan | null {
    const s = this.spanOf(p);
    if (s === null || s.state !== mSpanInUse || p < s.startAddr || p >= s.limit) return null;
    return s;
  }

  /** Whether `p` points into heap objects or stacks. @go runtime/mheap.go inHeapOrStack */
  inHeapOrStack(p: number): boolean {
    const s = this.spanOf(p);
    return s !== null && p >= s.startAddr && s.state !== mSpanDead && p < s.limit;
  }

  /** A span for heap objects, null when memory is out. @go runtime/mheap.go (*mheap).alloc */
  alloc(npages: number, spanclass: number): MSpan | null {
    const { unlaid } = this.rt;
    unlaid.enter(this.rt, 'runtime.(*mheap).alloc');
    unlaid.systemstack();
    if (!isSweepDone(this.rt)) reclaim(this.rt, npages);
    const s = this.allocSpan(npages, spanAllocHeap, spanclass);
    unlaid.leave();
    unlaid.leave();
    return s;
  }

  /** A span of memory the runtime manages itself; its contents are undefined. @go runtime/mheap.go (*mheap).allocManual */
  allocManual(npages: number, typ: SpanAllocType): MSpan {
    if (typ === spanAllocHeap) {
      throw_('manual span allocation called with non-manually-managed type');
    }
    return this.allocSpan(npages, typ, 0) ?? throw_('out of memory');
  }

  /** A span structure the P keeps, or null. @go runtime/mheap.go (*mheap).tryAllocMSpan */
  private tryAllocMSpan(): MSpan | null {
    return this.rt.m.p?.mspancache.pop() ?? null;
  }

  /** A span structure, refilling the P's store. @go runtime/mheap.go (*mheap).allocMSpanLocked */
  private allocMSpanLocked(): MSpan {
    const pp = this.rt.m.p;
    if (pp === null) return this.spanalloc.alloc();
    if (pp.mspancache.length === 0) {
      for (let i = 0; i < mspancacheLen / 2; i++) pp.mspancache.push(this.spanalloc.alloc());
    }
    return pp.mspancache.pop()!;
  }

  /** @go runtime/mheap.go (*mheap).freeMSpanLocked */
  freeMSpanLocked(s: MSpan): void {
    const pp = this.rt.m.p;
    if (pp !== null && pp.mspancache.length < mspancacheLen) pp.mspancache.push(s);
    else this.spanalloc.free(s);
  }

  /**
   * The lowest pages that fit, as a span: from the P's page cache if it is a small one, else from
   * the page allocator. Null when memory is out.
   *
   * @go runtime/mheap.go (*mheap).allocSpan
   */
  private allocSpan(npages: number, typ: SpanAllocType, spanclass: number): MSpan | null {
    const { rt } = this;
    const pp = rt.m.p;
    let base = 0;
    let scav = 0;
    let growth = 0;
    let s: MSpan | null = null;
    let source = 'pageAlloc';
    if (pp !== null && pp.pcache !== null && npages < pageCachePages / 4) {
      const c = pp.pcache;
      if (c.empty()) {
        c.refill(rt);
        rt.observer?.onEvent({
          name: 'pageCacheRefill',
          p: pp.id,
          base: c.base,
          pages: c.pages(),
        });
      }
      base = c.alloc(npages);
      scav = c.lastScav;
      if (base !== 0) {
        source = 'pageCache';
        s = this.tryAllocMSpan();
      }
    }
    if (base === 0) {
      base = this.pages.alloc(npages);
      if (base === 0) {
        growth = grow(rt, npages);
        if (growth === 0) return null;
        base = this.pages.alloc(npages);
        if (base === 0) throw_('grew heap, but no adequate free space found');
      }
      scav = this.pages.lastScav;
    }
    if (s === null) s = this.allocMSpanLocked();
    scavengeFor(rt, scav, growth);
    initSpan(rt, s, typ, spanclass, base, npages);
    accountSpan(rt, s, typ, scav);
    rt.observer?.onEvent({
      name: 'spanAlloc',
      base,
      npages,
      spanclass,
      type: typ,
      source,
      scavenged: scav,
      needzero: s.needzero,
      elemsize: s.elemsize,
      nelems: s.nelems,
      growth,
    });
    return s;
  }

  /** Frees an empty span of heap objects. @go runtime/mheap.go (*mheap).freeSpan */
  freeSpan(s: MSpan): void {
    this.freeSpanLocked(s, spanAllocHeap);
  }

  /** Frees a span of {@link allocManual}; `typ` must be the same. @go runtime/mheap.go (*mheap).freeManual */
  freeManual(s: MSpan, typ: SpanAllocType): void {
    s.needzero = 1;
    this.freeSpanLocked(s, typ);
  }

  /** @go runtime/mheap.go (*mheap).freeSpanLocked */
  private freeSpanLocked(s: MSpan, typ: SpanAllocType): void {
    const { gcController } = this.rt;
    switch (s.state) {
      case mSpanManual:
        if (s.allocCount !== 0) throw_('mheap.freeSpanLocked - invalid stack free');
        break;
      case mSpanInUse: {
        if (s.allocCount !== 0 || s.sweepgen !== this.sweepgen) {
          throw_('mheap.freeSpanLocked - invalid free');
        }
        this.pagesInUse -= s.npages;
        const ha = this.arenaOf(s.startAddr)!;
        clearPageBit(ha, ha.pageInUse, s.startAddr);
        break;
      }
      default:
        throw_('mheap.freeSpanLocked - invalid span state');
    }
    const nbytes = s.npages * pageSize;
    gcController.heapFree += nbytes;
    if (typ === spanAllocHeap) gcController.heapInUse -= nbytes;
    countSpan(this.rt, typ, -nbytes);
    this.pages.free(s.startAddr, s.npages);
    this.rt.observer?.onEvent({ name: 'spanFree', base: s.startAddr, npages: s.npages, type: typ });
    s.state = mSpanDead;
    this.freeMSpanLocked(s);
  }

  /** Frees the unrolled pointer mask of a large object's type. */
  freeUnrolled(s: MSpan): void {
    this.freeManual(s, spanAllocPtrScalarBits);
  }

  /** The span holds a marked object. */
  setPageMark(base: number): void {
    const ha = this.arenaOf(base)!;
    setPageBit(ha, ha.pageMarks, base);
  }

  /** Forgets which spans hold marked objects. @go runtime/mgc.go gcResetMarkState */
  clearPageMarks(): void {
    for (const ai of this.allArenas) this.arenas.get(ai)!.pageMarks.fill(0);
  }

  /** @go runtime/mheap.go spanHasSpecials */
  spanHasSpecials(s: MSpan): void {
    const ha = this.arenaOf(s.startAddr)!;
    setPageBit(ha, ha.pageSpecials, s.startAddr);
  }

  /** @go runtime/mheap.go spanHasNoSpecials */
  spanHasNoSpecials(s: MSpan): void {
    const ha = this.arenaOf(s.startAddr)!;
    clearPageBit(ha, ha.pageSpecials, s.startAddr);
  }

  /** Marking is over: every span needs sweeping now. @go runtime/mgc.go gcSweep */
  startSweep(): void {
    this.sweepgen += 2;
    this.sweep.drained = false;
    this.sweep.sweepers = 0;
    this.pagesSwept = 0;
    this.sweepArenas = this.allArenas.slice();
    this.reclaimIndex = 0;
    this.reclaimCredit = 0;
    this.sweep.centralIndex = 0;
  }
}
