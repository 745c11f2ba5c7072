/**
 * Maps: making, reading, writing, deleting, clearing. A map is the address of its hmap, 0 for nil;
 * keys and elements are given by address.
 *
 * The variants that the compiler picks for 32-bit, 64-bit and string keys (map_fast32.go and so on)
 * allocate and place entries as the general functions do, so these stand for all of them.
 *
 * @go runtime/map.go
 */
import { hashOf, typeEqual } from './alg.ts';
import { plainError } from './error.ts';
import { throw_ } from './errors.ts';
import { newobject, newobjectInlined } from './malloc.ts';
import {
  bucketCnt,
  bucketOf,
  emptyRest,
  evacuated,
  HMap,
  hashWriting,
  isEmpty,
  makeBucketArray,
  newoverflow,
  overLoadFactor,
  sameSizeGrow,
  tooManyOverflowBuckets,
  tophashOf,
  usableHint,
} from './map-bucket.ts';
import { growWork, hashGrow, markEmpty } from './map-grow.ts';
import { memclrHasPointers, typedmemmove } from './mbarrier.ts';
import type { Runtime } from './runtime2.ts';
import { kind, type Type } from './type.ts';
import { isComparable } from './typealg.ts';

/** `make(map[K]V)` with a hint of at most 8 known at compile time: no buckets yet. @go runtime/map.go makemap_small */
export function makemapSmall(rt: Runtime): number {
  const h = newobject(rt, rt.sched.structs.get('hmap').type);
  rt.memory.writeUint32(h + rt.arch.ptrSize + 4, rt.cheaprand());
  return h;
}

/** `make(map[K]V, hint)`. @go runtime/map.go makemap */
export function makemap(rt: Runtime, t: Type, hint: number): number {
  const n = usableHint(rt, t, hint);
  const h = new HMap(rt, t, newobject(rt, rt.sched.structs.get('hmap').type));
  h.hash0 = rt.cheaprand();
  let B = 0;
  while (overLoadFactor(n, B)) B++;
  h.B = B;
  if (B !== 0) {
    const { buckets, nextOverflow } = makeBucketArray(rt, t, B, 0);
    h.buckets = buckets;
    if (nextOverflow !== 0) {
      h.extra = newobject(rt, rt.sched.structs.get('mapextra').type, 'runtime.newobject#extra');
      h.setExtraField(2, nextOverflow);
    }
  }
  return h.addr;
}

/** len(m). */
export function maplen(rt: Runtime, m: number): number {
  return m === 0 ? 0 : rt.memory.readUintptr(m);
}

/** The bucket that a key's chain starts with: the old one if it was not moved yet. */
function bucketFor(h: HMap, hash: number): number {
  const old = h.oldbuckets;
  if (old !== 0) {
    const B = h.isSameSizeGrow() ? h.B : h.B - 1;
    const oldb = old + bucketOf(hash, B) * h.bucketSize;
    if (!evacuated(h, oldb)) return oldb;
  }
  return h.buckets + bucketOf(hash, h.B) * h.bucketSize;
}

/** Where a key's entry is. */
interface Entry {
  readonly b: number;
  readonly i: number;
}

/** Finds the entry of the key at `key` in the chain of bucket `start`. */
function findKey(h: HMap, start: number, top: number, key: number): Entry | null {
  const keyType = h.t.key!;
  for (let b = start; b !== 0; b = h.overflow(b)) {
    for (let i = 0; i < bucketCnt; i++) {
      const have = h.tophash(b, i);
      if (have !== top) {
        if (have === emptyRest) return null;
        continue;
      }
      if (typeEqual(h.rt, keyType, key, h.key(h.keySlot(b, i)))) return { b, i };
    }
  }
  return null;
}

/** An unhashable key panics even in an empty map. @go runtime/alg.go mapKeyError */
function checkKey(rt: Runtime, t: Type, key: number): void {
  if (t.map!.hashMightPanic) hashOf(rt, t.key!, key, 0);
  else if (!isComparable(t.key!)) throw_(`invalid map key type ${t.key!.string}`);
}

/** Finds a key's current key and element. @go runtime/map.go mapaccessK */
export function mapaccessK(
  rt: Runtime,
  t: Type,
  m: number,
  key: number,
): { key: number; elem: number } | null {
  if (m === 0 || maplen(rt, m) === 0) {
    checkKey(rt, t, key);
    return null;
  }
  const h = new HMap(rt, t, m);
  if ((h.flags & hashWriting) !== 0) throw_('concurrent map read and map write');
  const hash = hashOf(rt, t.key!, key, h.hash0);
  const found = findKey(h, bucketFor(h, hash), tophashOf(hash), key);
  if (found === null) return null;
  const { b, i } = found;
  return { key: h.key(h.keySlot(b, i)), elem: h.elem(h.elemSlot(b, i)) };
}

/** `m[key]`: address of the element, or 0 where there is none. @go runtime/map.go mapaccess2 */
export function mapaccess(rt: Runtime, t: Type, m: number, key: number): number {
  return mapaccessK(rt, t, m, key)?.elem ?? 0;
}

/** `m[key] = …`: where to store the element. @go runtime/map.go mapassign */
export function mapassign(rt: Runtime, t: Type, m: number, key: number): number {
  if (m === 0) throw plainError('assignment to entry in nil map');
  const h = new HMap(rt, t, m);
  if ((h.flags & hashWriting) !== 0) throw_('concurrent map writes');
  const hash = hashOf(rt, t.key!, key, h.hash0);
  h.flags ^= hashWriting;
  if (h.buckets === 0) h.buckets = newobjectInlined(rt, h.layout.bucket);
  const top = tophashOf(hash);
  let slot: number | null = null;
  while (slot === null) {
    const bucket = bucketOf(hash, h.B);
    if (h.growing()) growWork(h, bucket);
    slot = assignIn(h, h.buckets + bucket * h.bucketSize, top, key);
  }
  if ((h.flags & hashWriting) === 0) throw_('concurrent map writes');
  h.flags &= ~hashWriting;
  return h.elem(slot);
}

/** Element slot of the key in the chain of `start`, old or new; null if the map began to grow instead. */
function assignIn(h: HMap, start: number, top: number, key: number): number | null {
  const { rt, layout, t } = h;
  let insert: Entry | null = null;
  let b = start;
  for (let last = false; !last; ) {
    for (let i = 0; i < bucketCnt; i++) {
      const have = h.tophash(b, i);
      if (have !== top) {
        if (isEmpty(have) && insert === null) insert = { b, i };
        if (have === emptyRest) {
          last = true;
          break;
        }
        continue;
      }
      const k = h.key(h.keySlot(b, i));
      if (!typeEqual(rt, t.key!, key, k)) continue;
      if (layout.needKeyUpdate) typedmemmove(rt, t.key!, k, key);
      return h.elemSlot(b, i);
    }
    if (last) break;
    const ovf = h.overflow(b);
    if (ovf === 0) break;
    b = ovf;
  }
  const full = overLoadFactor(h.count + 1, h.B) || tooManyOverflowBuckets(h.noverflow, h.B);
  if (!h.growing() && full) {
    hashGrow(h);
    return null;
  }
  insert ??= { b: newoverflow(h, b), i: 0 };
  let insertk = h.keySlot(insert.b, insert.i);
  const elem = h.elemSlot(insert.b, insert.i);
  if (layout.indirectKey) {
    const kmem = newobjectInlined(rt, t.key!, 'runtime.mallocgc#key');
    rt.gc.writePointer(rt, insertk, kmem);
    insertk = kmem;
  }
  if (layout.indirectElem) {
    const vmem = newobjectInlined(rt, t.elem!, 'runtime.mallocgc#elem');
    rt.gc.writePointer(rt, elem, vmem);
  }
  typedmemmove(rt, t.key!, insertk, key);
  h.setTophash(insert.b, insert.i, top);
  h.count += 1;
  return elem;
}

/** `delete(m, key)`. @go runtime/map.go mapdelete */
export function mapdelete(rt: Runtime, t: Type, m: number, key: number): void {
  if (m === 0 || maplen(rt, m) === 0) {
    checkKey(rt, t, key);
    return;
  }
  const h = new HMap(rt, t, m);
  if ((h.flags & hashWriting) !== 0) throw_('concurrent map writes');
  const hash = hashOf(rt, t.key!, key, h.hash0);
  h.flags ^= hashWriting;
  const bucket = bucketOf(hash, h.B);
  if (h.growing()) growWork(h, bucket);
  const start = h.buckets + bucket * h.bucketSize;
  const found = findKey(h, start, tophashOf(hash), key);
  if (found !== null) {
    clearEntry(h, found);
    markEmpty(h, start, found.b, found.i);
    h.count -= 1;
    if (h.count === 0) h.hash0 = rt.cheaprand();
  }
  if ((h.flags & hashWriting) === 0) throw_('concurrent map writes');
  h.flags &= ~hashWriting;
}

/** Clears what a deleted entry referred to; of a string key only the pointer, as mapdelete_faststr. */
function clearEntry(h: HMap, { b, i }: Entry): void {
  const { rt, layout, t } = h;
  const k = h.keySlot(b, i);
  if (layout.indirectKey || t.key!.kind === kind.string) rt.gc.writePointer(rt, k, 0);
  else if (t.key!.ptrBytes !== 0) memclrHasPointers(rt, k, t.key!.size);
  const e = h.elemSlot(b, i);
  if (layout.indirectElem) rt.gc.writePointer(rt, e, 0);
  else if (t.elem!.ptrBytes !== 0) memclrHasPointers(rt, e, t.elem!.size);
  else rt.memory.clear(e, t.elem!.size);
}

/** `clear(m)`. The buckets stay. @go runtime/map.go mapclear */
export function mapclear(rt: Runtime, t: Type, m: number): void {
  if (m === 0 || maplen(rt, m) === 0) return;
  const h = new HMap(rt, t, m);
  if ((h.flags & hashWriting) !== 0) throw_('concurrent map writes');
  h.flags ^= hashWriting;
  markBucketsEmpty(h, h.buckets, 2 ** h.B);
  if (h.oldbuckets !== 0) markBucketsEmpty(h, h.oldbuckets, h.noldbuckets());
  h.flags &= ~sameSizeGrow;
  h.oldbuckets = 0;
  h.nevacuate = 0;
  h.noverflow = 0;
  h.count = 0;
  h.hash0 = rt.cheaprand();
  if (h.extra !== 0) for (const field of [0, 1, 2] as const) h.setExtraField(field, 0);
  const { nextOverflow } = makeBucketArray(rt, t, h.B, h.buckets);
  if (nextOverflow !== 0) h.setExtraField(2, nextOverflow);
  if ((h.flags & hashWriting) === 0) throw_('concurrent map writes');
  h.flags &= ~hashWriting;
}

function markBucketsEmpty(h: HMap, buckets: number, n: number): void {
  for (let i = 0; i < n; i++) {
    for (let b = buckets + i * h.bucketSize; b !== 0; b = h.overflow(b)) {
      for (let j = 0; j < bucketCnt; j++) h.setTophash(b, j, emptyRest);
    }
  }
}
