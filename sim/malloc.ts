/**
 * The allocator's front: small objects from the P's spans, tiny ones packed into blocks, large ones
 * in spans of their own.
 *
 * @go runtime/malloc.go
 */
import type { Arch } from './arch.ts';
import { throw_ } from './errors.ts';
import { type HeapType, heapBitsSetType, heapSetType } from './mbitmap.ts';
import {
  type HeaderKind,
  headerLarge,
  headerNone,
  headerWord,
  writeHeapBitsSmall,
} from './mbitmap_allocheaders.ts';
import { allocmcache, getMCache, type MCache } from './mcache.ts';
import type { MSpan } from './mspan.ts';
import type { Runtime } from './runtime2.ts';
import { atCall, inFrame } from './runtimefuncs.ts';
import {
  classToSize,
  maxSmallSize,
  maxTinySize,
  sizeToClass8,
  sizeToClass128,
  smallSizeMax,
  tinySpanClass,
} from './sizeclasses.ts';
import { alignUp, shr64Hi, shr64Lo } from './uintptr.ts';

/** Phases of gcphase. @go runtime/mgc.go */
const GCoff = 0;
const GCmarktermination = 2;

/**
 * Where the heap of a program begins that ends at `programEnd`: on 32-bit targets behind it, with 256 KiB between.
 *
 * @go runtime/malloc.go mallocinit
 */
export function heapStartOf(arch: Arch, programEnd: number): number {
  if (arch.ptrSize === 8) return arch.heapStart;
  return alignUp(programEnd + (256 << 10), arch.heapArenaBytes);
}

/**
 * Sets the heap up: arena hints (64-bit) or the first reservation (32-bit), and the mcache that
 * serves until there is a P. The runtime's other globals must exist; rt.m must have no P.
 *
 * @go runtime/malloc.go mallocinit
 */
export function mallocinit(rt: Runtime): void {
  const { mheap, arch } = rt;
  mheap.init();
  rt.mcache0 = allocmcache(rt);
  if (arch.ptrSize === 8) {
    for (let i = 0x7f; i >= 0; i--) {
      const list = i > 0x3f ? mheap.userArenaHints : mheap.arenaHints;
      list.unshift({
        recordAddr: mheap.arenaHintAlloc.alloc(),
        addr: i * 2 ** 40 + arch.heapStart,
        down: false,
      });
    }
    return;
  }
  const bytes = rt.allocHeaders ? arch.sizes.heapArena : arch.sizes.heapArenaNoAllocHeaders;
  const arenaMetaSize = 2 ** arch.arenaL2Bits * bytes;
  mheap.heapArenaAlloc.init(rt.memory.mmap(arenaMetaSize), arenaMetaSize, true);
  mheap.arena.init(alignUp(arch.heapStart, arch.heapArenaBytes), 512 << 20, false);
  for (const list of [mheap.arenaHints, mheap.userArenaHints]) {
    list.unshift({ recordAddr: mheap.arenaHintAlloc.alloc(), addr: mheap.arena.end, down: false });
  }
}

/**
 * The next free slot of `s` if its allocCache knows one, else -1.
 *
 * @go runtime/malloc.go nextFreeFast
 */
function nextFreeFast(s: MSpan): number {
  const lo = s.allocCacheLo;
  const hi = s.allocCacheHi;
  let theBit: number;
  if (lo !== 0) theBit = 31 - Math.clz32(lo & -lo);
  else if (hi !== 0) theBit = 63 - Math.clz32(hi & -hi);
  else return -1;
  const result = s.freeindex + theBit;
  const { nelems } = s;
  if (result >= nelems) return -1;
  const freeidx = result + 1;
  if ((freeidx & 63) === 0 && freeidx !== nelems) return -1;
  if (theBit === 0) {
    s.allocCacheLo = (lo >>> 1) | (hi << 31);
    s.allocCacheHi = (hi >>> 1) | 0;
  } else {
    s.allocCacheLo = shr64Lo(lo, hi, theBit + 1) | 0;
    s.allocCacheHi = shr64Hi(hi, theBit + 1) | 0;
  }
  s.freeindex = freeidx;
  s.allocCount++;
  return result;
}

/**
 * The next free slot of class `spc`, from a new span if the mcache's is full. The span is then
 * `c.alloc[spc]`. Its address.
 *
 * @go runtime/malloc.go (*mcache).nextFree
 */
function nextFree(rt: Runtime, c: MCache, spc: number): number {
  let s = c.alloc[spc]!;
  rt.observer?.onEvent({
    name: 'nextFree',
    spanclass: spc,
    base: s.base(),
    freeindex: s.freeindex,
    nelems: s.nelems,
    allocCount: s.allocCount,
  });
  const { unlaid } = rt;
  unlaid.beginMallocgc(rt);
  unlaid.enter(rt, 'runtime.(*mcache).nextFree');
  let freeIndex = s.nextFreeIndex();
  if (freeIndex === s.nelems) {
    if (s.allocCount !== s.nelems) throw_('s.allocCount != s.nelems && freeIndex == s.nelems');
    c.refill(rt, spc);
    s = c.alloc[spc]!;
    freeIndex = s.nextFreeIndex();
  }
  unlaid.leave();
  unlaid.leave();
  if (freeIndex >= s.nelems) throw_('freeIndex is not valid');
  s.allocCount++;
  if (s.allocCount > s.nelems) throw_('s.allocCount > s.nelems');
  return freeIndex * s.elemsize + s.startAddr;
}

/** What {@link mallocSmall} gives where {@link mallocAny} must decide. */
const notSmall = -1;

/**
 * mallocgc where nothing but the next slot of the mcache's span is needed and nobody listens: one value of up to
 * 512 bytes with its pointer bits in the span, or up to 1016 bytes without pointers. The slot's offset in
 * `rt.mheap.smallSpan`, or {@link notSmall} with nothing done. An offset is an integer, which V8 need not box.
 */
function mallocSmall(rt: Runtime, size: number, typ: HeapType | null, needzero: boolean): number {
  const mp = rt.m;
  const pp = mp.p;
  if (rt.observer !== undefined || rt.gc.gcphase !== GCoff || mp.mallocing !== 0 || pp === null) {
    return notSmall;
  }
  let limit = smallSizeMax - 8;
  let noscan = 1;
  if (typ !== null && typ.ptrBytes !== 0) {
    if (size !== typ.size || !rt.allocHeaders) return notSmall;
    limit = rt.mheap.minSizeForMallocHeader;
    noscan = 0;
  } else if (size < maxTinySize) {
    return notSmall;
  }
  if (size > limit) return notSmall;
  const c = pp.mcache!;
  const span = c.alloc[(sizeToClass8[(size + 7) >>> 3]! << 1) | noscan]!;
  const { elemsize } = span;
  const { memProfileRate } = rt.mprof;
  if (memProfileRate > 0 && (memProfileRate === 1 || elemsize >= c.nextSample)) return notSmall;
  const slot = nextFreeFast(span);
  if (slot < 0) return notSmall;
  const offset = Math.imul(slot, elemsize);
  if (needzero && span.needzero !== 0) rt.memory.clear(span.startAddr + offset, elemsize);
  if (noscan === 0) c.scanAlloc += writeHeapBitsSmall(rt, span, offset, size, typ!);
  span.freeIndexForScan = span.freeindex;
  if (memProfileRate > 0) c.nextSample -= elemsize;
  rt.mheap.smallSpan = span;
  return offset;
}

/**
 * An object of `size` bytes for values of `typ` (null: no pointers); its address. Zeroed if
 * `needzero` or if it may hold pointers.
 *
 * Objects without pointers below 16 bytes share blocks; those above 32 KiB less a header get a
 * span; zero-size ones are all at zerobase.
 *
 * @go runtime/malloc.go mallocgc
 */
export function mallocgc(
  rt: Runtime,
  size: number,
  typ: HeapType | null,
  needzero: boolean,
): number {
  const offset = mallocSmall(rt, size, typ, needzero);
  // With the plus V8 knows that both are numbers, and boxes neither where this function is inlined.
  return offset === notSmall
    ? +mallocAny(rt, size, typ, needzero)
    : rt.mheap.smallSpan.startAddr + offset;
}

/** mallocgc as Go has it. */
function mallocAny(rt: Runtime, size: number, typ: HeapType | null, needzero: boolean): number {
  const { gc } = rt;
  if (gc.gcphase === GCmarktermination) {
    throw_('mallocgc called with gcphase == _GCmarktermination');
  }
  if (size === 0) {
    rt.observer?.onEvent({ name: 'zerobase', addr: rt.mheap.zerobase, typ: typ?.addr ?? 0 });
    return rt.mheap.zerobase;
  }
  const assistG = gc.blackenEnabled ? gc.deductAssistCredit(rt, size) : null;
  const mp = rt.m;
  if (mp.mallocing !== 0) throw_('malloc deadlock');
  mp.mallocing = 1;
  const c = getMCache(rt);
  if (c === null) throw_('mallocgc called without a P or outside bootstrapping');
  const noscan = typ === null || typ.ptrBytes === 0;
  const { allocHeaders } = rt;
  let shouldhelpgc = false;
  let header: HeaderKind = headerNone;
  let slotSize: number;
  let span: MSpan;
  let x: number;
  // What the choice of the slot began with: for the observer alone.
  let freeindex = 0;
  let fast = false;
  let tinyoffset = maxTinySize;
  if (size <= (allocHeaders ? maxSmallSize - 8 : maxSmallSize)) {
    if (noscan && size < maxTinySize) {
      if (c.tiny !== 0) tinyoffset = c.tinyoffset;
      x = tinyAlloc(rt, c, size);
      if (x !== 0) {
        mp.mallocing = 0;
        rt.observer?.onEvent({
          name: 'malloc',
          tiny: true,
          addr: x,
          size,
          typ: typ?.addr ?? 0,
          block: c.tiny,
          tinyoffset,
          heapLive: rt.gcController.heapLive,
        });
        return x;
      }
      span = c.alloc[tinySpanClass]!;
      freeindex = span.freeindex;
      const slot = nextFreeFast(span);
      fast = slot >= 0;
      if (fast) {
        x = slot * maxTinySize + span.startAddr;
      } else {
        x = nextFree(rt, c, tinySpanClass);
        const now = c.alloc[tinySpanClass]!;
        shouldhelpgc = now !== span;
        span = now;
      }
      rt.memory.clear(x, maxTinySize);
      if (size < c.tinyoffset || c.tiny === 0) {
        c.tiny = x;
        c.tinyoffset = size;
      }
      slotSize = maxTinySize;
    } else {
      let request = size;
      if (allocHeaders && !noscan && size > rt.mheap.minSizeForMallocHeader) {
        header = headerWord;
        request += 8;
      }
      const sizeclass =
        request <= smallSizeMax - 8
          ? sizeToClass8[(request + 7) >>> 3]!
          : sizeToClass128[(request - smallSizeMax + 127) >>> 7]!;
      slotSize = classToSize[sizeclass]!;
      const spc = noscan ? (sizeclass << 1) | 1 : sizeclass << 1;
      span = c.alloc[spc]!;
      freeindex = span.freeindex;
      const slot = nextFreeFast(span);
      fast = slot >= 0;
      if (fast) {
        x = slot * slotSize + span.startAddr;
      } else {
        x = nextFree(rt, c, spc);
        const now = c.alloc[spc]!;
        shouldhelpgc = now !== span;
        span = now;
      }
      if (needzero && span.needzero !== 0) rt.memory.clear(x, slotSize);
      if (header !== headerNone) {
        x += 8;
        slotSize -= 8;
      }
    }
  } else {
    shouldhelpgc = true;
    rt.unlaid.beginMallocgc(rt);
    span = c.allocLarge(rt, size, noscan);
    rt.unlaid.leave();
    span.freeindex = 1;
    span.allocCount = 1;
    span.largeType = null;
    slotSize = span.elemsize;
    x = span.startAddr;
    if (needzero && span.needzero !== 0) rt.memory.clear(x, slotSize);
    if (allocHeaders && !noscan) header = headerLarge;
  }
  if (!noscan) {
    if (header !== headerNone) {
      c.scanAlloc += heapSetType(rt, x, size, typ, header, span);
    } else if (allocHeaders) {
      c.scanAlloc += writeHeapBitsSmall(rt, span, (x - span.startAddr) | 0, size, typ);
    } else {
      heapBitsSetType(rt, x, slotSize, size, typ);
      c.scanAlloc += size > typ.size ? size - typ.size + typ.ptrBytes : typ.ptrBytes;
    }
  }
  span.freeIndexForScan = span.freeindex;
  if (gc.gcphase !== GCoff) gc.gcmarknewobject(rt, span, x);
  const fullSize = allocHeaders ? span.elemsize : slotSize;
  const { memProfileRate } = rt.mprof;
  if (memProfileRate > 0) {
    if (memProfileRate !== 1 && fullSize < c.nextSample) c.nextSample -= fullSize;
    else rt.mprof.profilealloc(rt, c, x, fullSize);
  }
  mp.mallocing = 0;
  if (rt.observer !== undefined) {
    rt.observer.onEvent({
      name: 'malloc',
      tiny: false,
      addr: x,
      size,
      typ: typ === null ? 0 : typ.addr,
      spanclass: span.spanclass,
      span: span.startAddr,
      nelems: span.nelems,
      allocCount: span.allocCount,
      elemsize: span.elemsize,
      header,
      fast,
      freeindex,
      tinyoffset,
      needzero,
      spanNeedzero: span.needzero,
      shouldhelpgc,
      heapLive: rt.gcController.heapLive,
    });
  }
  if (assistG !== null) assistG.gcAssistBytes -= fullSize - size;
  if (shouldhelpgc) {
    rt.unlaid.beginMallocgc(rt);
    gc.heapTrigger(rt);
    rt.unlaid.leave();
  }
  return x;
}

/**
 * Room for `size` bytes in the tiny block, aligned as the size suggests; 0 if it has none.
 *
 * On 32-bit a 12-byte object is aligned to 8: it could be a struct that begins with a 64-bit word
 * for atomic use.
 */
function tinyAlloc(rt: Runtime, c: MCache, size: number): number {
  let off = c.tinyoffset;
  if ((size & 7) === 0) off = (off + 7) & ~7;
  else if (rt.arch.ptrSize === 4 && size === 12) off = (off + 7) & ~7;
  else if ((size & 3) === 0) off = (off + 3) & ~3;
  else if ((size & 1) === 0) off = (off + 1) & ~1;
  if (off + size > maxTinySize || c.tiny === 0) return 0;
  c.tinyoffset = off + size;
  c.tinyAllocs++;
  return c.tiny + off;
}

/**
 * A zeroed value of type `typ`; a program with a profile has a frame for it, which the call site `site`
 * of the running function calls.
 *
 * @go runtime/malloc.go newobject
 */
export function newobject(rt: Runtime, typ: HeapType, site = 'runtime.newobject'): number {
  if (rt.mprof.memProfileRate === 0) {
    rt.unlaid.newobjectOf = rt.m.curg;
    const p = mallocgc(rt, typ.size, typ, true);
    rt.unlaid.newobjectOf = null;
    return p;
  }
  return inFrame(rt, 'runtime.newobject', () => mallocgc(rt, typ.size, typ, true), site);
}

/** The same where the compiler inlines newobject; `site` is the call of mallocgc. */
export function newobjectInlined(rt: Runtime, typ: HeapType, site = 'runtime.mallocgc'): number {
  atCall(rt, site);
  return mallocgc(rt, typ.size, typ, true);
}

/** A zeroed array of `n` values of type `typ`. @go runtime/malloc.go newarray */
export function newarray(rt: Runtime, typ: HeapType, n: number): number {
  if (n === 1) return mallocgc(rt, typ.size, typ, true);
  const mem = typ.size * n;
  if (n < 0 || mem > maxAlloc(rt)) throw_('runtime: allocation size out of range');
  return mallocgc(rt, mem, typ, true);
}

/** The greatest size of an allocation. @go runtime/malloc.go maxAlloc */
export function maxAlloc(rt: Runtime): number {
  return 2 ** rt.arch.heapAddrBits - (rt.arch.ptrSize === 4 ? 1 : 0);
}
