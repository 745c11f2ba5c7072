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
import { sysAlloc, sysFree, sysUsed } from './mem.ts';
import { Fixalloc, LinearAlloc } from './mfixalloc.ts';
import { GcBitsArenas } from './mgcbits.ts';
import {
  isSweepDone,
  SweepState,
  sweepActiveBegin,
  sweepActiveEnd,
  sweepSpan,
  tryAcquire,
} from './mgcsweep.ts';
import { PageAlloc } from './mpagealloc.ts';
import { pageCachePages } from './mpagecache.ts';
import { pallocChunkPages } from './mpallocbits.ts';
import {
  MSpan,
  mSpanDead,
  mSpanInUse,
  mSpanManual,
  type SpanAllocType,
  spanAllocHeap,
  spanAllocPtrScalarBits,
  spanAllocStack,
  spanAllocWorkBuf,
} from './mspan.ts';
import { SpanSetBlockPool } from './mspanset.ts';
import type { Runtime } from './runtime2.ts';
import { classToDivmagic, classToSize, numSpanClasses } from './sizeclasses.ts';
import { alignUp, pageSize } from './uintptr.ts';

export { addspecial, removespecial, setprofilebucket } from './mheapspecial.ts';

/** Pages that the reclaimer looks at in one go. @go runtime/mheap.go pagesPerReclaimerChunk */
const pagesPerReclaimerChunk = 512;
/** Spans that a P keeps, and how many of them it gets at once. @go runtime/runtime2.go p.mspancache */
const mspancacheLen = 128;

/** Metadata of a heap arena. @go runtime/mheap.go heapArena */
export class HeapArena {
  readonly base: number;
  /** Span of each page. A page that is free keeps the span that was there last; null before any. */
  readonly spans: (MSpan | null)[];
  /** One bit a page, set at the first page of each span in use. */
  readonly pageInUse: Uint8Array;
  /** The same for spans that hold a marked object. */
  readonly pageMarks: Uint8Array;
  /** The same for spans that have specials. */
  readonly pageSpecials: Uint8Array;
  /** Offset of the first byte that was never used, so is zero. */
  zeroedBase = 0;
  /**
   * One bit a word, set for pointers, bit i%32 of bitmap[i/32]; empty with GOEXPERIMENT=allocheaders.
   * Go keeps noMorePtrs beside it, which says no more than that the rest of an object is zero here.
   */
  readonly bitmap: Int32Array;

  constructor(arch: Arch, base: number, allocHeaders: boolean) {
    this.base = base;
    this.spans = new Array<MSpan | null>(arch.pagesPerArena).fill(null);
    this.pageInUse = new Uint8Array(arch.pagesPerArena / 8);
    this.pageMarks = new Uint8Array(arch.pagesPerArena / 8);
    this.pageSpecials = new Uint8Array(arch.pagesPerArena / 8);
    const words = allocHeaders ? 0 : arch.heapArenaBytes / arch.ptrSize;
    this.bitmap = new Int32Array(words / 32);
  }
}

/** Where to try to reserve the next arena. @go runtime/mheap.go arenaHint */
interface ArenaHint {
  readonly recordAddr: number;
  addr: number;
  readonly down: boolean;
}

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
  readonly spanalloc: Fixalloc;
  readonly cachealloc: Fixalloc;
  readonly specialfinalizeralloc: Fixalloc;
  readonly specialprofilealloc: Fixalloc;
  readonly specialReachableAlloc: Fixalloc;
  readonly specialPinCounterAlloc: Fixalloc;
  readonly arenaHintAlloc: Fixalloc;
  readonly gcBitsArenas: GcBitsArenas;
  readonly spanSetBlockPool = new SpanSetBlockPool();
  /** Stands in an mcache for a class without a span: it has no room and is never used. */
  readonly emptymspan = new MSpan(0);
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
  private allArenasCap = 0;
  private readonly spanByAddr = new Map<number, MSpan>();
  /** The arena of the last look-up. */
  private lastArena: HeapArena;

  constructor(rt: Runtime) {
    const { arch } = rt;
    const { sizes } = arch;
    this.rt = rt;
    this.arch = arch;
    this.heapBitsFlip = arch.bigEndian && arch.ptrSize === 8 ? 1 : 0;
    this.minSizeForMallocHeader = arch.ptrSize * arch.ptrSize * 8;
    this.lastArena = new HeapArena(arch, Number.NaN, true);
    this.spanalloc = new Fixalloc(rt, sizes.mspan, (p) => this.recordspan(p), 'mspanSys');
    this.cachealloc = new Fixalloc(rt, sizes.mcache, null, 'mcacheSys');
    this.specialfinalizeralloc = new Fixalloc(rt, sizes.specialfinalizer, null, 'otherSys');
    this.specialprofilealloc = new Fixalloc(rt, sizes.specialprofile, null, 'otherSys');
    this.specialReachableAlloc = new Fixalloc(rt, sizes.specialReachable, null, 'otherSys');
    this.specialPinCounterAlloc = new Fixalloc(rt, sizes.specialPinCounter, null, 'otherSys');
    this.arenaHintAlloc = new Fixalloc(rt, sizes.arenaHint, null, 'otherSys');
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
  private recordspan(addr: number): void {
    const { rt, arch } = this;
    if (this.allspans.length >= this.allspansCap) {
      const oldCap = this.allspansCap;
      const n = Math.max((64 * 1024) / arch.ptrSize, Math.floor((oldCap * 3) / 2));
      sysAlloc(rt, n * arch.ptrSize, 'otherSys');
      this.allspansCap = n;
      if (oldCap !== 0) sysFree(rt, 0, oldCap * arch.ptrSize, 'otherSys');
    }
    const s = new MSpan(addr);
    this.spanByAddr.set(addr, s);
    this.allspans.push(s);
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

  /**
   * Frees at least `npage` pages by sweeping spans without marked objects, if there are so many.
   *
   * @go runtime/mheap.go (*mheap).reclaim
   */
  private reclaim(npage: number): void {
    const { pagesPerArena } = this.arch;
    let want = npage;
    while (want > 0 && this.reclaimIndex !== Number.POSITIVE_INFINITY) {
      if (this.reclaimCredit > 0) {
        const take = Math.min(this.reclaimCredit, want);
        this.reclaimCredit -= take;
        want -= take;
        continue;
      }
      const idx = this.reclaimIndex;
      this.reclaimIndex += pagesPerReclaimerChunk;
      if (Math.floor(idx / pagesPerArena) >= this.sweepArenas.length) {
        this.reclaimIndex = Number.POSITIVE_INFINITY;
        break;
      }
      const nfound = this.reclaimChunk(idx, pagesPerReclaimerChunk);
      if (nfound <= want) {
        want -= nfound;
      } else {
        this.reclaimCredit += nfound - want;
        want = 0;
      }
    }
  }

  /** Sweeps unmarked spans that start in the `n` pages from `pageIdx` on; gives the pages freed. @go runtime/mheap.go (*mheap).reclaimChunk */
  private reclaimChunk(pageIdx: number, n: number): number {
    const { rt } = this;
    const { pagesPerArena } = this.arch;
    if (!sweepActiveBegin(rt)) return 0;
    let nFreed = 0;
    const ha = this.arenas.get(this.sweepArenas[Math.floor(pageIdx / pagesPerArena)]!)!;
    const first = pageIdx % pagesPerArena;
    for (let i = first / 8; i < (first + n) / 8; i++) {
      let inUseUnmarked = ha.pageInUse[i]! & ~ha.pageMarks[i]!;
      if (inUseUnmarked === 0) continue;
      for (let j = 0; j < 8; j++) {
        if ((inUseUnmarked & (1 << j)) === 0) continue;
        const s = ha.spans[i * 8 + j]!;
        if (!tryAcquire(rt, s)) continue;
        const { npages } = s;
        if (sweepSpan(rt, s, false)) nFreed += npages;
        inUseUnmarked = ha.pageInUse[i]! & ~ha.pageMarks[i]!;
      }
    }
    sweepActiveEnd(rt);
    return nFreed;
  }

  /** A span for heap objects, null when memory is out. @go runtime/mheap.go (*mheap).alloc */
  alloc(npages: number, spanclass: number): MSpan | null {
    if (!isSweepDone(this.rt)) this.reclaim(npages);
    return this.allocSpan(npages, spanAllocHeap, spanclass);
  }

  /** A span of memory the runtime manages itself; its contents are undefined. @go runtime/mheap.go (*mheap).allocManual */
  allocManual(npages: number, typ: SpanAllocType): MSpan {
    if (typ === spanAllocHeap) {
      throw_('manual span allocation called with non-manually-managed type');
    }
    return this.allocSpan(npages, typ, 0) ?? throw_('out of memory');
  }

  /** @go runtime/mheap.go (*mheap).setSpans */
  private setSpans(base: number, npages: number, s: MSpan): void {
    let ha = this.arenaOf(base)!;
    let page = (base - ha.base) / pageSize;
    for (let n = 0; n < npages; n++) {
      if (page === this.arch.pagesPerArena) {
        ha = this.arenaOf(base + n * pageSize)!;
        page = 0;
      }
      ha.spans[page++] = s;
    }
  }

  /**
   * Whether some of the pages were used before; all are taken for used from now on.
   *
   * @go runtime/mheap.go (*mheap).allocNeedsZero
   */
  private allocNeedsZero(base: number, npages: number): boolean {
    const { heapArenaBytes } = this.arch;
    let needZero = false;
    let at = base;
    let left = npages * pageSize;
    while (left > 0) {
      const ha = this.arenaOf(at)!;
      const arenaBase = at - ha.base;
      if (arenaBase < ha.zeroedBase) needZero = true;
      const arenaLimit = Math.min(arenaBase + left, heapArenaBytes);
      if (arenaLimit > ha.zeroedBase) ha.zeroedBase = arenaLimit;
      at += arenaLimit - arenaBase;
      left -= arenaLimit - arenaBase;
    }
    return needZero;
  }

  /** A span structure the P keeps, or null. @go runtime/mheap.go (*mheap).tryAllocMSpan */
  private tryAllocMSpan(): MSpan | null {
    const addr = this.rt.m.p?.mspancache.pop();
    return addr === undefined ? null : this.spanByAddr.get(addr)!;
  }

  /** A span structure, refilling the P's store. @go runtime/mheap.go (*mheap).allocMSpanLocked */
  private allocMSpanLocked(): MSpan {
    const pp = this.rt.m.p;
    if (pp === null) return this.spanByAddr.get(this.spanalloc.alloc())!;
    if (pp.mspancache.length === 0) {
      for (let i = 0; i < mspancacheLen / 2; i++) pp.mspancache.push(this.spanalloc.alloc());
    }
    return this.spanByAddr.get(pp.mspancache.pop()!)!;
  }

  /** @go runtime/mheap.go (*mheap).freeMSpanLocked */
  freeMSpanLocked(s: MSpan): void {
    const pp = this.rt.m.p;
    if (pp !== null && pp.mspancache.length < mspancacheLen) pp.mspancache.push(s.addr);
    else this.spanalloc.free(s.addr);
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
        growth = this.grow(npages);
        if (growth === 0) return null;
        base = this.pages.alloc(npages);
        if (base === 0) throw_('grew heap, but no adequate free space found');
      }
      scav = this.pages.lastScav;
    }
    if (s === null) s = this.allocMSpanLocked();
    this.scavengeFor(scav, growth);
    this.initSpan(s, typ, spanclass, base, npages);
    this.accountSpan(s, typ, scav);
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

  /** Gives pages back before an allocation that would pass the memory limit or the scavenger's goal. */
  private scavengeFor(scav: number, growth: number): void {
    const { rt } = this;
    const { gcController, scavenger } = rt;
    let bytesToScavenge = 0;
    let force = false;
    const over = scav + gcController.mappedReady - gcController.memoryLimit;
    if (over > 0) {
      bytesToScavenge = over;
      force = true;
    }
    const goal = scavenger.gcPercentGoal;
    if (growth > 0 && goal !== Number.POSITIVE_INFINITY) {
      const retained = gcController.heapInUse + gcController.heapFree;
      if (retained + growth > goal) {
        bytesToScavenge = Math.max(bytesToScavenge, Math.min(growth, retained + growth - goal));
      }
    }
    if (rt.m.p !== null && bytesToScavenge > 0) {
      this.pages.scav.releasedEager += scavenger.scavenge(rt, bytesToScavenge, null, force);
    }
  }

  /** Books a span in the statistics. */
  private accountSpan(s: MSpan, typ: SpanAllocType, scav: number): void {
    const { gcController, memstats } = this.rt;
    const nbytes = s.npages * pageSize;
    if (scav !== 0) {
      sysUsed(this.rt, s.startAddr, nbytes, scav);
      gcController.heapReleased -= scav;
    }
    gcController.heapFree -= nbytes - scav;
    if (typ === spanAllocHeap) gcController.heapInUse += nbytes;
    memstats.heapStats.committed += scav;
    memstats.heapStats.released -= scav;
    this.countSpan(typ, nbytes);
  }

  private countSpan(typ: SpanAllocType, nbytes: number): void {
    const stats = this.rt.memstats.heapStats;
    switch (typ) {
      case spanAllocHeap:
        stats.inHeap += nbytes;
        break;
      case spanAllocStack:
        stats.inStacks += nbytes;
        break;
      case spanAllocPtrScalarBits:
        stats.inPtrScalarBits += nbytes;
        break;
      case spanAllocWorkBuf:
        stats.inWorkBufs += nbytes;
        break;
    }
  }

  /** Makes the pages the span's. @go runtime/mheap.go (*mheap).initSpan */
  private initSpan(
    s: MSpan,
    typ: SpanAllocType,
    spanclass: number,
    base: number,
    npages: number,
  ): void {
    const { rt } = this;
    s.init(base, npages);
    if (this.allocNeedsZero(base, npages)) s.needzero = 1;
    const nbytes = npages * pageSize;
    if (typ !== spanAllocHeap) {
      s.manualFreeList = 0;
      s.nelems = 0;
      s.limit = base + nbytes;
      s.state = mSpanManual;
      this.setSpans(base, npages, s);
      return;
    }
    s.spanclass = spanclass;
    const sizeclass = spanclass >> 1;
    if (sizeclass === 0) {
      s.elemsize = nbytes;
      s.nelems = 1;
      s.divMul = 0;
    } else {
      const size = classToSize[sizeclass]!;
      const { ptrSize } = this.arch;
      const inSpan = rt.allocHeaders && !s.noscan() && size <= ptrSize * ptrSize * 8;
      s.elemsize = size;
      const forObjects = inSpan ? nbytes - nbytes / ptrSize / 8 : nbytes;
      s.nelems = Math.floor(forObjects / size);
      s.heapBitsAddr = inSpan ? base + forObjects : 0;
      s.divMul = classToDivmagic[sizeclass]!;
    }
    s.freeindex = 0;
    s.freeIndexForScan = 0;
    s.allocCacheLo = -1;
    s.allocCacheHi = -1;
    s.gcmarkBits = this.gcBitsArenas.newMarkBits(s.nelems);
    s.allocBits = this.gcBitsArenas.newAllocBits(s.nelems);
    s.sweepgen = this.sweepgen;
    s.state = mSpanInUse;
    this.setSpans(base, npages, s);
    const ha = this.arenaOf(base)!;
    setPageBit(ha, ha.pageInUse, base);
    this.pagesInUse += npages;
  }

  /**
   * Adds at least `npage` pages, in units of 4 MiB; gives the bytes added, 0 when memory is out.
   *
   * @go runtime/mheap.go (*mheap).grow
   */
  private grow(npage: number): number {
    const { rt, curArena, arch } = this;
    const ask = alignUp(npage, pallocChunkPages) * pageSize;
    let totalGrowth = 0;
    let nBase = alignUp(curArena.base + ask, arch.physPageSize);
    if (nBase > curArena.end) {
      const av = this.sysAlloc(ask);
      if (av === 0) return 0;
      const asize = alignUp(ask, arch.heapArenaBytes);
      if (av === curArena.end) {
        curArena.end = av + asize;
      } else {
        const size = curArena.end - curArena.base;
        if (size !== 0) {
          this.prepare(curArena.base, size);
          totalGrowth += size;
        }
        curArena.base = av;
        curArena.end = av + asize;
      }
      nBase = alignUp(curArena.base + ask, arch.physPageSize);
    }
    const v = curArena.base;
    curArena.base = nBase;
    this.prepare(v, nBase - v);
    totalGrowth += nBase - v;
    rt.observer?.onEvent({ name: 'heapGrow', base: v, bytes: nBase - v, npages: npage });
    return totalGrowth;
  }

  /** Hands reserved memory to the page allocator, released as yet. */
  private prepare(base: number, size: number): void {
    const { rt } = this;
    rt.gcController.heapReleased += size;
    rt.memory.map(base, size);
    rt.memstats.heapStats.released += size;
    this.pages.grow(base, size);
  }

  /**
   * Reserves arenas for `bytes` bytes: the address, 0 when there is no room.
   *
   * @go runtime/malloc.go (*mheap).sysAlloc
   */
  private sysAlloc(bytes: number): number {
    const { rt, arch } = this;
    const n = alignUp(bytes, arch.heapArenaBytes);
    if (this.allArenas.length * arch.heapArenaBytes + n > this.heapLimit) return 0;
    let v = this.arena.alloc(rt, n, arch.heapArenaBytes, 'gcMiscSys');
    while (v === 0 && this.arenaHints.length > 0) {
      const hint = this.arenaHints[0]!;
      const p = hint.down ? hint.addr - n : hint.addr;
      if (p >= 0 && this.arenaIndex(p + n - 1) < 2 ** (arch.arenaL1Bits + arch.arenaL2Bits)) {
        hint.addr = hint.down ? p : p + n;
        v = p;
        break;
      }
      this.arenaHints.shift();
      this.arenaHintAlloc.free(hint.recordAddr);
    }
    if (v === 0) return 0;
    const first = this.arenaIndex(v);
    const last = this.arenaIndex(v + n - 1);
    for (let ri = first; ri <= last; ri++) this.registerArena(ri);
    return v;
  }

  /** Makes the metadata of an arena. */
  private registerArena(ri: number): void {
    const { rt, arch } = this;
    if (this.arenas.has(ri)) throw_('arena already initialized');
    const bytes = rt.allocHeaders ? arch.sizes.heapArena : arch.sizes.heapArenaNoAllocHeaders;
    if (this.heapArenaAlloc.alloc(rt, bytes, arch.ptrSize, 'gcMiscSys') === 0) {
      rt.persistent.alloc(bytes, arch.ptrSize, 'gcMiscSys');
    }
    if (this.allArenas.length === this.allArenasCap) {
      const size = 2 * this.allArenasCap * arch.ptrSize || arch.physPageSize;
      rt.persistent.alloc(size, arch.ptrSize, 'gcMiscSys');
      this.allArenasCap = size / arch.ptrSize;
    }
    this.allArenas.push(ri);
    this.arenas.set(ri, new HeapArena(arch, this.arenaBase(ri), rt.allocHeaders));
    const { heapArenaBytes } = arch;
    rt.observer?.onEvent({ name: 'sysAlloc', base: this.arenaBase(ri), bytes: heapArenaBytes });
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
    this.countSpan(typ, -nbytes);
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

function setPageBit(ha: HeapArena, bits: Uint8Array, addr: number): void {
  const page = (addr - ha.base) >>> 13;
  bits[page >>> 3]! |= 1 << (page & 7);
}

function clearPageBit(ha: HeapArena, bits: Uint8Array, addr: number): void {
  const page = (addr - ha.base) >>> 13;
  bits[page >>> 3]! &= ~(1 << (page & 7));
}
