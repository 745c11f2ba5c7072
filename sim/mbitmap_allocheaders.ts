/**
 * Pointer bits of GOEXPERIMENT=allocheaders, Go 1.22's default.
 *
 * Objects up to 512 bytes (128 on 32-bit) have their bits at the end of their span, larger ones
 * have their type's address in front, and a large object's span knows its type.
 *
 * @go runtime/mbitmap_allocheaders.go
 */
import type { Arch } from './arch.ts';
import { throw_ } from './errors.ts';
import { runGCProg } from './gcprog.ts';
import type { HeapType } from './mbitmap.ts';
import { type MSpan, spanAllocPtrScalarBits } from './mspan.ts';
import type { Runtime } from './runtime2.ts';
import type { PointerCursor, SlotMasks } from './stopped-world.ts';
import { alignDown, alignUp, lowMask32, pageSize } from './uintptr.ts';

/** Where heapSetType is to put the type: into the span's bits, the word before the object, or the span. */
export const headerNone = 0;
export const headerWord = 1;
export const headerLarge = 2;
export type HeaderKind = 0 | 1 | 2;

/**
 * Address of the 32-bit unit `u` of the bits at the end of span `s`. The bits are words of the
 * target, bit 0 the lowest, so a 64-bit big-endian word has its low half second.
 */
function heapBitsUnit(rt: Runtime, s: MSpan, u: number): number {
  return s.heapBitsAddr + ((u ^ rt.mheap.heapBitsFlip) << 2);
}

/** @go runtime/mbitmap_allocheaders.go (*mspan).initHeapBits */
export function initHeapBitsInSpan(rt: Runtime, s: MSpan): void {
  if (s.heapBitsAddr === 0) return;
  rt.memory.clear(s.heapBitsAddr, s.startAddr + s.bytes() - s.heapBitsAddr);
}

/** The 32 mask bits from bit `at` (a multiple of 8) on; bits past the mask's end are 0. */
function maskBits(gcdata: Uint8Array, at: number): number {
  const i = at >>> 3;
  if (i + 4 <= gcdata.length) {
    return gcdata[i]! | (gcdata[i + 1]! << 8) | (gcdata[i + 2]! << 16) | (gcdata[i + 3]! << 24);
  }
  let bits = 0;
  for (let k = i; k < gcdata.length; k++) bits |= gcdata[k]! << ((k - i) * 8);
  return bits;
}

/**
 * Writes the bits of the object at `offset` of `span`, that holds `dataSize` bytes of `typ` values;
 * gives the bytes that must be scanned. An offset, not an address: it is an integer that is not boxed.
 *
 * @go runtime/mbitmap_allocheaders.go (*mspan).writeHeapBitsSmall
 */
export function writeHeapBitsSmall(
  rt: Runtime,
  span: MSpan,
  offset: number,
  dataSize: number,
  typ: HeapType,
): number {
  const { memory } = rt;
  const { ptrSize } = memory;
  const shift = ptrSize === 8 ? 3 : 2;
  const { size, ptrBytes } = typ;
  const bits = span.elemsize >>> shift;
  const o = offset >>> shift;
  const u = o >>> 5;
  const sh = o & 31;
  if (dataSize === size && ptrBytes >>> shift <= 8 && sh + bits <= 32) {
    // One value, its mask a byte, its bits in one unit: what most objects are.
    memory.replaceBits32(heapBitsUnit(rt, span, u), lowMask32(bits) << sh, typ.gcdata[0]! << sh);
    return ptrBytes;
  }
  let scanSize = ptrBytes;
  let lo: number;
  let hi = 0;
  if (size === ptrSize) {
    const n = dataSize >>> shift;
    lo = lowMask32(n);
    if (n > 32) hi = lowMask32(n - 32);
  } else {
    const { gcdata } = typ;
    const ptrs = ptrBytes >>> shift;
    const lo0 = ptrs <= 8 ? gcdata[0]! : maskBits(gcdata, 0);
    const hi0 = ptrs > 32 ? maskBits(gcdata, 32) : 0;
    lo = lo0;
    hi = hi0;
    for (let i = size; i < dataSize; i += size) {
      const by = i >>> shift;
      if (by < 32) {
        lo |= lo0 << by;
        hi |= (hi0 << by) | (lo0 >>> (32 - by));
      } else {
        hi |= lo0 << (by - 32);
      }
      scanSize += size;
    }
  }
  if (sh + bits <= 32) {
    memory.replaceBits32(heapBitsUnit(rt, span, u), lowMask32(bits) << sh, lo << sh);
    return scanSize;
  }
  memory.replaceBits32(heapBitsUnit(rt, span, u), -1 << sh, lo << sh);
  const left = bits - (32 - sh);
  const lo1 = sh === 0 ? hi : (lo >>> (32 - sh)) | (hi << sh);
  const mask1 = lowMask32(left);
  memory.replaceBits32(heapBitsUnit(rt, span, u + 1), mask1, lo1 & mask1);
  if (left > 32) {
    const mask2 = lowMask32(left - 32);
    memory.replaceBits32(heapBitsUnit(rt, span, u + 2), mask2, (hi >>> (32 - sh)) & mask2);
  }
  return scanSize;
}

/**
 * Tells the heap that the object at `x` holds `dataSize` bytes of `typ` values; gives the bytes
 * that must be scanned.
 *
 * @go runtime/mbitmap_allocheaders.go heapSetType
 */
export function heapSetType(
  rt: Runtime,
  x: number,
  dataSize: number,
  typ: HeapType,
  header: HeaderKind,
  span: MSpan,
): number {
  if (header === headerNone) {
    return writeHeapBitsSmall(rt, span, x - span.startAddr, dataSize, typ);
  }
  let gctyp = typ;
  if (typ.gcProg) {
    if (span.sizeclass() !== 0) throw_("GCProg for type that isn't large");
    gctyp = unrollGCProg(rt, typ);
  }
  if (header === headerLarge) {
    span.largeType = gctyp;
  } else {
    rt.mheap.headerTypes.set(gctyp.addr, gctyp);
    rt.memory.writeUintptr(x - 8, gctyp.addr);
  }
  return span.elemsize;
}

/** The type with its GC program unrolled, in a span of its own that goes with the object. */
function unrollGCProg(rt: Runtime, typ: HeapType): HeapType {
  const { ptrSize, sizes } = rt.arch;
  const heapBitsOff = alignUp(sizes.type, ptrSize);
  const words = typ.ptrBytes / ptrSize;
  const spaceNeeded = heapBitsOff + alignUp(Math.floor(words / 8), ptrSize);
  const progSpan = rt.mheap.allocManual(
    alignUp(spaceNeeded, pageSize) / pageSize,
    spanAllocPtrScalarBits,
  );
  rt.memory.clear(progSpan.base(), progSpan.bytes());
  const gcdata = new Uint8Array(alignUp(Math.ceil(words / 8), ptrSize));
  runGCProg(typ.gcdata, 4, gcdata);
  rt.memory.write(progSpan.base() + heapBitsOff, gcdata);
  const gctyp: HeapType = {
    addr: progSpan.base(),
    size: typ.size,
    ptrBytes: typ.ptrBytes,
    gcdata,
    gcProg: false,
  };
  rt.mheap.unrolledTypes.set(gctyp, progSpan);
  return gctyp;
}

/** The pointer bits of one small object, those of words 0 to 31 and of 32 to 63. */
export class HeapBitsSmall {
  lo = 0;
  hi = 0;

  /** Reads those of the slot at `offset` of `span`. @go runtime/mbitmap_allocheaders.go (*mspan).heapBitsSmallForAddr */
  load(rt: Runtime, span: MSpan, offset: number): void {
    const { memory } = rt;
    const shift = memory.ptrSize === 8 ? 3 : 2;
    const words = span.elemsize >>> shift;
    const at = offset >>> shift;
    const u = at >>> 5;
    const sh = at & 31;
    const lo = memory.readUint32(heapBitsUnit(rt, span, u)) >>> sh;
    if (sh + words > 32) {
      this.#loadRest(rt, span, u, sh, words, lo);
      return;
    }
    this.lo = lo & lowMask32(words);
    this.hi = 0;
  }

  /** The same where the bits are in more than one unit, of which `u` gave `first`. */
  #loadRest(rt: Runtime, span: MSpan, u: number, sh: number, words: number, first: number): void {
    const { memory } = rt;
    let lo = first;
    const next = memory.readUint32(heapBitsUnit(rt, span, u + 1));
    let hi = next;
    if (sh !== 0) {
      lo |= next << (32 - sh);
      hi = next >>> sh;
      if (sh + words > 64) {
        hi |= memory.readUint32(heapBitsUnit(rt, span, u + 2)) << (32 - sh);
      }
    }
    this.lo = lo & lowMask32(words);
    this.hi = words > 32 ? hi & lowMask32(words - 32) : 0;
  }
}

/**
 * Iterates over the pointer slots of an object: `mask` holds the bits of the words from `addr` on,
 * `elem` is the start of the array element that `addr` is in.
 *
 * @go runtime/mbitmap_allocheaders.go typePointers
 */
export class TypePointers implements PointerCursor {
  private readonly ptrSize: 4 | 8;
  /** Bytes that one word of mask bits covers. */
  private readonly chunk: number;
  private elem = 0;
  private addr = 0;
  private maskLo = 0;
  private maskHi = 0;
  private typ: HeapType | null = null;
  private limit = 0;
  private readonly small = new HeapBitsSmall();

  constructor(arch: Arch) {
    this.ptrSize = arch.ptrSize;
    this.chunk = arch.ptrSize * arch.ptrSize * 8;
  }

  /** @go runtime/mbitmap_allocheaders.go typePointers.next */
  next(): number {
    for (;;) {
      if (this.maskLo !== 0) {
        const bit = this.maskLo & -this.maskLo;
        this.maskLo ^= bit;
        return this.addr + (31 - Math.clz32(bit)) * this.ptrSize;
      }
      if (this.maskHi !== 0) {
        const bit = this.maskHi & -this.maskHi;
        this.maskHi ^= bit;
        return this.addr + (63 - Math.clz32(bit)) * this.ptrSize;
      }
      const { typ } = this;
      if (typ === null) return 0;
      if (this.addr + this.chunk >= this.elem + typ.ptrBytes) {
        this.elem += typ.size;
        this.addr = this.elem;
      } else {
        this.addr += this.chunk;
      }
      if (this.addr >= this.limit) {
        this.typ = null;
        return 0;
      }
      this.loadMask();
      this.cutAtLimit();
    }
  }

  /** Positions at the slot `addr` of `span` with slots below `limit`. @go runtime/mbitmap_allocheaders.go (*mspan).typePointersOfUnchecked */
  startAt(rt: Runtime, span: MSpan, addr: number, limit: number): void {
    this.limit = limit;
    this.maskLo = 0;
    this.maskHi = 0;
    this.typ = null;
    this.elem = addr;
    this.addr = addr;
    if (span.noscan()) return;
    if (span.elemsize <= this.chunk) {
      this.loadSmall(rt, span);
      return;
    }
    if (span.sizeclass() !== 0) {
      const typ = rt.mheap.headerTypes.get(rt.memory.readUintptr(addr));
      if (typ === undefined) throw_('malloc header is no type');
      this.typ = typ;
      this.elem += 8;
      this.addr += 8;
    } else {
      this.typ = span.largeType;
    }
    if (this.typ !== null) this.loadMask();
  }

  /** Bits of the object at `addr` from the end of its span. */
  private loadSmall(rt: Runtime, span: MSpan): void {
    this.small.load(rt, span, this.addr - span.startAddr);
    this.maskLo = this.small.lo;
    this.maskHi = this.small.hi;
  }

  /** The type's mask at `addr`. */
  private loadMask(): void {
    const { gcdata } = this.typ!;
    const at = (this.addr - this.elem) / this.ptrSize;
    this.maskLo = maskBits(gcdata, at);
    this.maskHi = this.ptrSize === 8 ? maskBits(gcdata, at + 32) : 0;
  }

  /** Drops mask bits of words at or past the limit. */
  private cutAtLimit(): void {
    if (this.addr + this.chunk > this.limit) this.keepBits((this.limit - this.addr) / this.ptrSize);
  }

  private keepBits(n: number): void {
    this.maskLo &= lowMask32(Math.min(n, 32));
    this.maskHi &= n > 32 ? lowMask32(n - 32) : 0;
  }

  private dropBits(n: number): void {
    this.maskLo &= ~lowMask32(Math.min(n, 32));
    if (n > 32) this.maskHi &= ~lowMask32(n - 32);
  }

  private stop(): void {
    this.typ = null;
    this.maskLo = 0;
    this.maskHi = 0;
  }

  /** Skips all slots below `addr`, which may lie in the malloc header. */
  skipTo(addr: number): void {
    this.fastForward(Math.max(addr - this.addr, 0));
  }

  /** Skips the first `n` bytes. @go runtime/mbitmap_allocheaders.go typePointers.fastForward */
  fastForward(n: number): void {
    const { limit, typ, chunk } = this;
    const target = this.addr + n;
    if (target >= limit) {
      this.stop();
      return;
    }
    if (typ === null) {
      this.dropBits((target - this.addr) / this.ptrSize);
      this.cutAtLimit();
      return;
    }
    if (n >= typ.size) {
      const oldelem = this.elem;
      this.elem += Math.floor((this.addr - this.elem + n) / typ.size) * typ.size;
      this.addr = this.elem + alignDown(n - (this.elem - oldelem), chunk);
    } else {
      this.addr += alignDown(n, chunk);
    }
    if (this.addr - this.elem >= typ.ptrBytes) {
      this.elem += typ.size;
      this.addr = this.elem;
      if (this.addr >= limit) {
        this.stop();
        return;
      }
      this.loadMask();
    } else {
      this.loadMask();
      this.dropBits((target - this.addr) / this.ptrSize);
    }
    this.cutAtLimit();
  }
}

/**
 * Positions the shared cursor at the pointer slots in [addr, addr+size), which must lie in one heap
 * object.
 *
 * @go runtime/mbitmap_allocheaders.go (*mspan).typePointersOf
 */
export function typePointersOf(rt: Runtime, addr: number, size: number): TypePointers {
  const tp = rt.mheap.typePointers;
  const span = rt.mheap.spanOf(addr)!;
  const base = span.startAddr + span.objIndex(addr) * span.elemsize;
  tp.startAt(rt, span, base, addr + size);
  if (base !== addr || size !== span.elemsize) tp.skipTo(addr);
  return tp;
}

/** Pointer bits of the slots of one span: none, or those at its end. */
export class SpanMasks implements SlotMasks {
  noPointers = true;
  lo = 0;
  hi = 0;
  readonly #rt: Runtime;
  readonly #bits = new HeapBitsSmall();
  #span: MSpan;
  /** Words of a slot, and a bit for each. */
  #words = 0;
  #mask = 0;
  /** The 32 bits that were read last: several slots' in most spans. */
  #unit = -1;
  #unitBits = 0;

  constructor(rt: Runtime) {
    this.#rt = rt;
    this.#span = rt.mheap.emptymspan;
  }

  /** Makes it those of `span`; false where they are neither. */
  select(span: MSpan): boolean {
    this.#span = span;
    this.noPointers = span.noscan();
    this.#words = span.elemsize / this.#rt.arch.ptrSize;
    this.#mask = lowMask32(this.#words);
    this.#unit = -1;
    return this.noPointers || span.heapBitsAddr !== 0;
  }

  load(index: number): void {
    const span = this.#span;
    const at = index * this.#words;
    const sh = at & 31;
    if (sh + this.#words <= 32) {
      const unit = at >>> 5;
      if (unit !== this.#unit) {
        this.#unit = unit;
        this.#unitBits = this.#rt.memory.readUint32(heapBitsUnit(this.#rt, span, unit)) | 0;
      }
      this.lo = (this.#unitBits >>> sh) & this.#mask;
      this.hi = 0;
      return;
    }
    this.#bits.load(this.#rt, span, index * span.elemsize);
    this.lo = this.#bits.lo;
    this.hi = this.#bits.hi;
  }
}
