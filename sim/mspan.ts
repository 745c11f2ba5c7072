import { throw_ } from './errors.ts';
import type { HeapType } from './mbitmap.ts';
import type { Special } from './mspecial.ts';
import { ctz64, pageSize, popcount32, shr64Hi, shr64Lo } from './uintptr.ts';

export {
  kindSpecialFinalizer,
  kindSpecialProfile,
  type Special,
} from './mspecial.ts';

/** What a span is for: decides its state and the statistic that counts it. @go runtime/mheap.go spanAllocType */
export const spanAllocHeap = 0;
export const spanAllocStack = 1;
export const spanAllocPtrScalarBits = 2;
export const spanAllocWorkBuf = 3;
export type SpanAllocType = 0 | 1 | 2 | 3;

/** Free, or kept for reuse; its fields mean nothing. */
export const mSpanDead = 0;
/** Holds heap objects. */
export const mSpanInUse = 1;
/** Memory the runtime manages by hand, as stacks. */
export const mSpanManual = 2;

/**
 * A run of pages: heap objects of one size class, one large object, or manually managed memory.
 *
 * One MSpan stands for one mspan structure, so it lives through several uses, and its place in
 * allspans never changes.
 *
 * @go runtime/mheap.go mspan
 */
export class MSpan {
  /** Address of the mspan structure, off the heap. */
  readonly addr: number;
  startAddr = 0;
  npages = 0;
  /** Where the next search for a free object begins, 0 to nelems. All below it is in use; nelems means that the span is full. */
  freeindex = 0;
  /** Objects the span has room for. In-span heap bits take their room from the end. */
  nelems = 0;
  /** freeindex as the collector may see it: objects below it are initialized. */
  freeIndexForScan = 0;
  /** Complement of allocBits from freeindex on, shifted so that bit 0 is freeindex: low half. */
  allocCacheLo = 0;
  /** High half of the same. */
  allocCacheHi = 0;
  /** Bit i: object i was in use when the last sweep ended. */
  allocBits: Uint8Array = noBits;
  /** Bit i: object i was reached in this cycle. */
  gcmarkBits: Uint8Array = noBits;
  /**
   * With h = mheap.sweepgen: h-2 needs sweeping; h-1 is being swept; h is swept;
   * h+1 was cached before the sweep began and is still cached, so needs sweeping; h+3 was swept and then cached.
   */
  sweepgen = 0;
  /** ceil(2^32 / elemsize), or 0 for a large span. */
  divMul = 0;
  /** Objects in use. */
  allocCount = 0;
  /** allocCount when the mcache took the span: the difference is what it allocated. */
  allocCountBeforeCache = 0;
  spanclass = 0;
  state = mSpanDead;
  /** 1: free objects may hold old bytes. */
  needzero = 0;
  elemsize = 0;
  /** End of the objects; in a large span, of the bytes asked for. */
  limit = 0;
  /** Where the pointer bits at the end of the span begin, 0 if it has none there. */
  heapBitsAddr = 0;
  /** Specials sorted by offset, then kind. */
  specials: Special | null = null;
  /** Type of a large object with pointers. */
  largeType: HeapType | null = null;
  /** gclinkptr: free stacks of the span, linked through their first words. */
  manualFreeList = 0;
  /** Links of an mSpanList. */
  next: MSpan | null = null;
  prev: MSpan | null = null;
  list: MSpanList | null = null;

  constructor(addr: number) {
    this.addr = addr;
  }

  base(): number {
    return this.startAddr;
  }

  /** Size class, 0 for large. @go runtime/mheap.go (spanClass).sizeclass */
  sizeclass(): number {
    return this.spanclass >> 1;
  }

  /** No object of the span holds pointers. @go runtime/mheap.go (spanClass).noscan */
  noscan(): boolean {
    return (this.spanclass & 1) !== 0;
  }

  /** Resets the structure for a new run of pages. @go runtime/mheap.go (*mspan).init */
  init(base: number, npages: number): void {
    this.next = null;
    this.prev = null;
    this.list = null;
    this.startAddr = base;
    this.npages = npages;
    this.allocCount = 0;
    this.spanclass = 0;
    this.elemsize = 0;
    this.specials = null;
    this.heapBitsAddr = 0;
    this.needzero = 0;
    this.freeindex = 0;
    this.freeIndexForScan = 0;
    this.allocBits = noBits;
    this.gcmarkBits = noBits;
    this.state = mSpanDead;
  }

  /** Index of the object that `p` points into; `p` must lie in the span. @go runtime/mbitmap.go (*mspan).objIndex */
  objIndex(p: number): number {
    return this.divideByElemSize(p - this.startAddr);
  }

  /**
   * `n / elemsize` by the magic number, 0 for a large span. Exact for n below the span's size: the
   * product stays below 2^53. @go runtime/mbitmap.go (*mspan).divideByElemSize
   */
  divideByElemSize(n: number): number {
    return Math.floor((n * this.divMul) / 4294967296);
  }

  /** Whether object `index` is free for the collector's purposes. @go runtime/mbitmap.go (*mspan).isFree */
  isFree(index: number): boolean {
    if (index < this.freeIndexForScan) return false;
    return (this.allocBits[index >>> 3]! & (1 << (index & 7))) === 0;
  }

  /** @go runtime/mbitmap.go (markBits).isMarked */
  isMarked(index: number): boolean {
    return (this.gcmarkBits[index >>> 3]! & (1 << (index & 7))) !== 0;
  }

  /** @go runtime/mbitmap.go (markBits).setMarked */
  setMarked(index: number): void {
    this.gcmarkBits[index >>> 3]! |= 1 << (index & 7);
  }

  /** @go runtime/mbitmap.go (markBits).clearMarked */
  clearMarked(index: number): void {
    this.gcmarkBits[index >>> 3]! &= ~(1 << (index & 7));
  }

  /** Loads the 64 objects from `whichByte * 8` on into allocCache. @go runtime/mbitmap.go (*mspan).refillAllocCache */
  refillAllocCache(whichByte: number): void {
    const b = this.allocBits;
    const i = whichByte;
    this.allocCacheLo = ~(b[i]! | (b[i + 1]! << 8) | (b[i + 2]! << 16) | (b[i + 3]! << 24));
    this.allocCacheHi = ~(b[i + 4]! | (b[i + 5]! << 8) | (b[i + 6]! << 16) | (b[i + 7]! << 24));
  }

  /** Drops the `n` lowest bits of allocCache. */
  shiftAllocCache(n: number): void {
    const lo = this.allocCacheLo;
    const hi = this.allocCacheHi;
    this.allocCacheLo = shr64Lo(lo, hi, n) | 0;
    this.allocCacheHi = shr64Hi(hi, n) | 0;
  }

  /**
   * Index of the next free object at or after freeindex, or nelems; freeindex moves past it. The
   * object counts as allocated only when the caller raises allocCount. @go runtime/mbitmap.go (*mspan).nextFreeIndex
   */
  nextFreeIndex(): number {
    let sfreeindex = this.freeindex;
    const snelems = this.nelems;
    if (sfreeindex === snelems) return sfreeindex;
    if (sfreeindex > snelems) throw_('s.freeindex > s.nelems');
    let bitIndex = ctz64(this.allocCacheLo, this.allocCacheHi);
    while (bitIndex === 64) {
      sfreeindex = (sfreeindex + 64) & ~63;
      if (sfreeindex >= snelems) {
        this.freeindex = snelems;
        return snelems;
      }
      this.refillAllocCache(sfreeindex >>> 3);
      bitIndex = ctz64(this.allocCacheLo, this.allocCacheHi);
    }
    const result = sfreeindex + bitIndex;
    if (result >= snelems) {
      this.freeindex = snelems;
      return snelems;
    }
    this.shiftAllocCache(bitIndex + 1);
    sfreeindex = result + 1;
    if (sfreeindex % 64 === 0 && sfreeindex !== snelems) this.refillAllocCache(sfreeindex >>> 3);
    this.freeindex = sfreeindex;
    return result;
  }

  /** Number of marked objects. @go runtime/mbitmap.go (*mspan).countAlloc */
  countAlloc(): number {
    const bits = this.gcmarkBits;
    let count = 0;
    for (let i = 0; i < bits.length; i += 4) {
      count += popcount32(
        bits[i]! | (bits[i + 1]! << 8) | (bits[i + 2]! << 16) | (bits[i + 3]! << 24),
      );
    }
    return count;
  }

  /** Bytes of the span. */
  bytes(): number {
    return this.npages * pageSize;
  }
}

/** A doubly linked list of spans, as the stack pools keep. @go runtime/mheap.go mSpanList */
export class MSpanList {
  first: MSpan | null = null;
  last: MSpan | null = null;

  init(): void {
    this.first = null;
    this.last = null;
  }

  isEmpty(): boolean {
    return this.first === null;
  }

  /** Puts `span` at the front. @go runtime/mheap.go (*mSpanList).insert */
  insert(span: MSpan): void {
    if (span.next !== null || span.prev !== null || span.list !== null) throw_('mSpanList.insert');
    span.next = this.first;
    if (this.first !== null) this.first.prev = span;
    else this.last = span;
    this.first = span;
    span.list = this;
  }

  /** Puts `span` at the end. @go runtime/mheap.go (*mSpanList).insertBack */
  insertBack(span: MSpan): void {
    if (span.next !== null || span.prev !== null || span.list !== null) {
      throw_('mSpanList.insertBack');
    }
    span.prev = this.last;
    if (this.last !== null) this.last.next = span;
    else this.first = span;
    this.last = span;
    span.list = this;
  }

  /** Takes `span` out. @go runtime/mheap.go (*mSpanList).remove */
  remove(span: MSpan): void {
    if (span.list !== this) throw_('mSpanList.remove');
    if (span.prev === null) this.first = span.next;
    else span.prev.next = span.next;
    if (span.next === null) this.last = span.prev;
    else span.next.prev = span.prev;
    span.next = null;
    span.prev = null;
    span.list = null;
  }
}

/** What the bit fields of a span without objects refer to. */
const noBits: Uint8Array = new Uint8Array(0);
