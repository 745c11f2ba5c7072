/**
 * A map's memory: the hmap, its buckets, their overflow chains.
 *
 * A map is the address of its hmap; all of its state is in simulated memory, laid out as Go's.
 *
 * @go runtime/map.go
 */
import { kind } from './kind.ts';
import { maxAlloc, newarray, newobject, newobjectInlined } from './malloc.ts';
import { memclrHasPointers } from './mbarrier.ts';
import { roundupsize } from './msize.ts';
import type { Runtime } from './runtime2.ts';
import { inFrame } from './runtimefuncs.ts';
import { growslice } from './slice.ts';
import { bucketCnt, type MapLayout, type Type } from './type.ts';

export { bucketCnt } from './type.ts';

/** Where a bucket's keys start in it. */
export const dataOffset = 8;

/** Values of tophash below minTopHash. */
export const emptyRest = 0;
export const emptyOne = 1;
export const evacuatedX = 2;
export const evacuatedY = 3;
export const evacuatedEmpty = 4;
export const minTopHash = 5;

/** Bits of hmap.flags. */
export const iterator = 1;
export const oldIterator = 2;
export const hashWriting = 4;
export const sameSizeGrow = 8;

/** Fields of an hmap in memory. @go runtime/map.go hmap */
export class HMap {
  readonly rt: Runtime;
  readonly addr: number;
  readonly t: Type;
  readonly layout: MapLayout;
  readonly bucketSize: number;
  readonly #p: number;

  /** `t` is the map type, `addr` the hmap, not nil. */
  constructor(rt: Runtime, t: Type, addr: number) {
    this.rt = rt;
    this.addr = addr;
    this.t = t;
    this.layout = t.map!;
    this.bucketSize = this.layout.bucket.size;
    this.#p = rt.arch.ptrSize;
  }

  get count(): number {
    return this.rt.memory.readUintptr(this.addr);
  }
  set count(n: number) {
    this.rt.memory.writeUintptr(this.addr, n);
  }

  get flags(): number {
    return this.rt.memory.readUint8(this.addr + this.#p);
  }
  set flags(n: number) {
    this.rt.memory.writeUint8(this.addr + this.#p, n);
  }

  /** log2 of the number of buckets. */
  get B(): number {
    return this.rt.memory.readUint8(this.addr + this.#p + 1);
  }
  set B(n: number) {
    this.rt.memory.writeUint8(this.addr + this.#p + 1, n);
  }

  /** About how many overflow buckets there are. */
  get noverflow(): number {
    return this.rt.memory.readUint16(this.addr + this.#p + 2);
  }
  set noverflow(n: number) {
    this.rt.memory.writeUint16(this.addr + this.#p + 2, n);
  }

  get hash0(): number {
    return this.rt.memory.readUint32(this.addr + this.#p + 4);
  }
  set hash0(n: number) {
    this.rt.memory.writeUint32(this.addr + this.#p + 4, n);
  }

  get buckets(): number {
    return this.rt.memory.readUintptr(this.addr + this.#p + 8);
  }
  set buckets(p: number) {
    this.rt.gc.writePointer(this.rt, this.addr + this.#p + 8, p);
  }

  get oldbuckets(): number {
    return this.rt.memory.readUintptr(this.addr + 2 * this.#p + 8);
  }
  set oldbuckets(p: number) {
    this.rt.gc.writePointer(this.rt, this.addr + 2 * this.#p + 8, p);
  }

  /** Old buckets below this are evacuated. */
  get nevacuate(): number {
    return this.rt.memory.readUintptr(this.addr + 3 * this.#p + 8);
  }
  set nevacuate(n: number) {
    this.rt.memory.writeUintptr(this.addr + 3 * this.#p + 8, n);
  }

  get extra(): number {
    return this.rt.memory.readUintptr(this.addr + 4 * this.#p + 8);
  }
  set extra(p: number) {
    this.rt.gc.writePointer(this.rt, this.addr + 4 * this.#p + 8, p);
  }

  /** mapextra.overflow, oldoverflow (addresses of slices) and nextOverflow, by index; 0 without extra. */
  extraField(index: 0 | 1 | 2): number {
    const { extra } = this;
    return extra === 0 ? 0 : this.rt.memory.readUintptr(extra + index * this.#p);
  }

  setExtraField(index: 0 | 1 | 2, p: number): void {
    this.rt.gc.writePointer(this.rt, this.extra + index * this.#p, p);
  }

  growing(): boolean {
    return this.oldbuckets !== 0;
  }

  isSameSizeGrow(): boolean {
    return (this.flags & sameSizeGrow) !== 0;
  }

  noldbuckets(): number {
    return 2 ** (this.isSameSizeGrow() ? this.B : this.B - 1);
  }

  /** Next bucket of the chain, or 0. @go runtime/map.go (*bmap).overflow */
  overflow(b: number): number {
    return this.rt.memory.readUintptr(b + this.bucketSize - this.#p);
  }

  setoverflow(b: number, ovf: number): void {
    this.rt.gc.writePointer(this.rt, b + this.bucketSize - this.#p, ovf);
  }

  tophash(b: number, i: number): number {
    return this.rt.memory.readUint8(b + i);
  }

  setTophash(b: number, i: number, top: number): void {
    this.rt.memory.writeUint8(b + i, top);
  }

  keySlot(b: number, i: number): number {
    return b + dataOffset + i * this.layout.keySize;
  }

  elemSlot(b: number, i: number): number {
    return b + dataOffset + bucketCnt * this.layout.keySize + i * this.layout.valueSize;
  }

  /** Where the key of a slot is: the slot, or what it points to. */
  key(slot: number): number {
    return this.layout.indirectKey ? this.rt.memory.readUintptr(slot) : slot;
  }

  elem(slot: number): number {
    return this.layout.indirectElem ? this.rt.memory.readUintptr(slot) : slot;
  }
}

/** @go runtime/map.go evacuated */
export function evacuated(h: HMap, b: number): boolean {
  const top = h.tophash(b, 0);
  return top > emptyOne && top < minTopHash;
}

export function isEmpty(top: number): boolean {
  return top <= emptyOne;
}

/** @go runtime/map.go tophash */
export function tophashOf(hash: number): number {
  const top = Math.floor(hash / 2 ** 32);
  return top < minTopHash ? top + minTopHash : top;
}

/** Bits of a hash that choose one of 2^B buckets. */
export function bucketOf(hash: number, B: number): number {
  return (hash % 2 ** 32) % 2 ** B;
}

/** More than 6.5 entries a bucket. @go runtime/map.go overLoadFactor */
export function overLoadFactor(count: number, B: number): boolean {
  return count > bucketCnt && count > 13 * Math.floor(2 ** B / 2);
}

/** @go runtime/map.go tooManyOverflowBuckets */
export function tooManyOverflowBuckets(noverflow: number, B: number): boolean {
  return noverflow >= 2 ** Math.min(B, 15);
}

/**
 * Which functions the compiler calls for the maps of a type: '_fast64', '_faststr', … or '' for those
 * that serve every type. @go cmd/compile/internal/walk/walk.go mapfast
 */
export function mapFast({ key, elem }: Type): string {
  if (elem!.size > 128) return '';
  if (key!.kind === kind.string) return '_faststr';
  const plain = key!.kind <= kind.uintptr || key!.kind === kind.ptr;
  if (plain && key!.size === 4) return '_fast32';
  return plain && key!.size === 8 ? '_fast64' : '';
}

/** Counts every overflow bucket of a small map, one in 2^(B-15) of a large one. @go runtime/map.go (*hmap).incrnoverflow */
function incrnoverflow(h: HMap): void {
  const { B } = h;
  if (B < 16 || h.rt.cheaprand() % 2 ** (B - 15) === 0) h.noverflow += 1;
}

/** A bucket to chain behind `b`: a preallocated one if there is any. @go runtime/map.go (*hmap).newoverflow */
export function newoverflow(h: HMap, b: number): number {
  return inFrame(h.rt, 'runtime.(*hmap).newoverflow', () => overflowBucket(h, b));
}

function overflowBucket(h: HMap, b: number): number {
  const { rt, layout } = h;
  let ovf = h.extraField(2);
  if (ovf !== 0) {
    if (h.overflow(ovf) === 0) {
      h.setExtraField(2, ovf + h.bucketSize);
    } else {
      h.setoverflow(ovf, 0);
      h.setExtraField(2, 0);
    }
  } else {
    ovf = newobjectInlined(rt, layout.bucket);
  }
  incrnoverflow(h);
  if (layout.bucket.ptrBytes === 0) {
    createOverflow(h);
    appendOverflow(h, ovf);
  }
  h.setoverflow(b, ovf);
  return ovf;
}

/** Makes the slice that keeps overflow buckets without pointers alive. @go runtime/map.go (*hmap).createOverflow */
export function createOverflow(h: HMap): void {
  const { rt } = h;
  if (h.extra === 0) {
    h.extra = newobject(rt, rt.sched.structs.get('mapextra').type, 'runtime.newobject#extra');
  }
  if (h.extraField(0) === 0) {
    const slice = rt.types.sliceOf(bmapPointer(rt));
    h.setExtraField(0, newobject(rt, slice, 'runtime.newobject#overflow'));
  }
}

function bmapPointer(rt: Runtime): Type {
  const bmap = rt.types.named('runtime', 'bmap', () =>
    rt.types.structOf([{ name: 'tophash', type: rt.types.arrayOf(bucketCnt, rt.types.uint8) }]),
  );
  return rt.types.ptrTo(bmap);
}

function appendOverflow(h: HMap, ovf: number): void {
  const { rt } = h;
  const { memory } = rt;
  const { ptrSize } = rt.arch;
  const header = h.extraField(0);
  const len = memory.readUintptr(header + ptrSize);
  const cap = memory.readUintptr(header + 2 * ptrSize);
  let array = memory.readUintptr(header);
  if (len === cap) {
    const grown = inFrame(rt, 'runtime.growslice', () =>
      growslice(rt, array, len + 1, cap, 1, bmapPointer(rt)),
    );
    array = grown.array;
    rt.gc.writePointer(rt, header, array);
    memory.writeUintptr(header + 2 * ptrSize, grown.cap);
  }
  memory.writeUintptr(header + ptrSize, len + 1);
  rt.gc.writePointer(rt, array + len * ptrSize, ovf);
}

/**
 * An array of 2^b buckets; from 16 on with some to spare for overflow, whose first is
 * `nextOverflow`. `dirtyalloc` is an array of the same size to clear and use again, or 0.
 *
 * @go runtime/map.go makeBucketArray
 */
export function makeBucketArray(rt: Runtime, t: Type, b: number, dirtyalloc: number): BucketArray {
  return inFrame(rt, 'runtime.makeBucketArray', () => bucketArray(rt, t, b, dirtyalloc));
}

interface BucketArray {
  readonly buckets: number;
  readonly nextOverflow: number;
}

function bucketArray(rt: Runtime, t: Type, b: number, dirtyalloc: number): BucketArray {
  const { bucket } = t.map!;
  const base = 2 ** b;
  let nbuckets = base;
  if (b >= 4) {
    nbuckets += 2 ** (b - 4);
    const sz = bucket.size * nbuckets;
    const up = roundupsize(rt.arch, rt.allocHeaders, sz, bucket.ptrBytes === 0);
    if (up !== sz) nbuckets = Math.floor(up / bucket.size);
  }
  let buckets = dirtyalloc;
  if (dirtyalloc === 0) {
    buckets = inFrame(rt, 'runtime.newarray', () => newarray(rt, bucket, nbuckets));
  } else if (bucket.ptrBytes !== 0) {
    memclrHasPointers(rt, buckets, bucket.size * nbuckets);
  } else {
    rt.memory.clear(buckets, bucket.size * nbuckets);
  }
  if (base === nbuckets) return { buckets, nextOverflow: 0 };
  const last = buckets + (nbuckets - 1) * bucket.size;
  rt.gc.writePointer(rt, last + bucket.size - rt.arch.ptrSize, buckets);
  return { buckets, nextOverflow: buckets + base * bucket.size };
}

/** A map's hint that would need more memory than there is counts as none. */
export function usableHint(rt: Runtime, t: Type, hint: number): number {
  return hint < 0 || hint * t.map!.bucket.size > maxAlloc(rt) ? 0 : hint;
}
