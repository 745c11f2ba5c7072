/**
 * Ranging over a map: from a random bucket and a random place in each, in the array of buckets that
 * the map had at the start.
 *
 * @go runtime/map.go
 */
import { hashOf, typeEqual } from './alg.ts';
import { throw_ } from './errors.ts';
import { mapaccessK, maplen } from './map.ts';
import {
  bucketCnt,
  bucketOf,
  createOverflow,
  evacuated,
  evacuatedEmpty,
  evacuatedX,
  evacuatedY,
  HMap,
  hashWriting,
  isEmpty,
  iterator,
  oldIterator,
} from './map-bucket.ts';
import type { Runtime } from './runtime2.ts';
import type { Type } from './type.ts';

const noCheck = -1;

/** An iteration. `key` and `elem` are the current entry's addresses, 0 at the end. @go runtime/map.go hiter */
export interface HIter {
  key: number;
  elem: number;
  readonly h: HMap | null;
  readonly buckets: number;
  /** mapextra's slices of the time, which keep overflow buckets alive. */
  readonly overflow: number;
  readonly oldoverflow: number;
  readonly startBucket: number;
  readonly offset: number;
  readonly B: number;
  bptr: number;
  wrapped: boolean;
  i: number;
  bucket: number;
  checkBucket: number;
}

/** Starts an iteration at its first entry. @go runtime/map.go mapiterinit */
export function mapiterinit(rt: Runtime, t: Type, m: number): HIter {
  const empty = m === 0 || maplen(rt, m) === 0;
  const h = empty ? null : new HMap(rt, t, m);
  const B = h?.B ?? 0;
  let startBucket = 0;
  let offset = 0;
  if (h !== null) {
    if (h.layout.bucket.ptrBytes === 0) createOverflow(h);
    const r = rt.cheaprand() + (rt.cheaprand() >>> 11) * 2 ** 32;
    startBucket = r % 2 ** B;
    offset = Math.floor(r / 2 ** B) % bucketCnt;
    h.flags |= iterator | oldIterator;
  }
  const noscan = h !== null && h.layout.bucket.ptrBytes === 0;
  const it: HIter = {
    key: 0,
    elem: 0,
    h,
    buckets: h?.buckets ?? 0,
    overflow: noscan ? h.extraField(0) : 0,
    oldoverflow: noscan ? h.extraField(1) : 0,
    startBucket,
    offset,
    B,
    bptr: 0,
    wrapped: false,
    i: 0,
    bucket: startBucket,
    checkBucket: 0,
  };
  if (h !== null) mapiternext(rt, it);
  return it;
}

/** Goes to the next entry that was neither deleted nor given before. @go runtime/map.go mapiternext */
export function mapiternext(rt: Runtime, it: HIter): void {
  const { h } = it;
  if (h === null) return;
  if ((h.flags & hashWriting) !== 0) throw_('concurrent map iteration and map write');
  let b = it.bptr;
  let { i, bucket, checkBucket } = it;
  for (;;) {
    if (b === 0) {
      if (bucket === it.startBucket && it.wrapped) {
        it.key = 0;
        it.elem = 0;
        return;
      }
      b = it.buckets + bucket * h.bucketSize;
      checkBucket = noCheck;
      if (h.growing() && it.B === h.B) {
        const old = h.oldbuckets + (bucket % h.noldbuckets()) * h.bucketSize;
        if (!evacuated(h, old)) {
          b = old;
          checkBucket = bucket;
        }
      }
      bucket++;
      if (bucket === 2 ** it.B) {
        bucket = 0;
        it.wrapped = true;
      }
      i = 0;
    }
    for (; i < bucketCnt; i++) {
      if (!visit(rt, it, h, b, (i + it.offset) % bucketCnt, checkBucket)) continue;
      it.bucket = bucket;
      it.bptr = b;
      it.i = i + 1;
      it.checkBucket = checkBucket;
      return;
    }
    b = h.overflow(b);
    i = 0;
  }
}

/** Sets the iterator to slot `offi` of bucket `b`; false if the slot is not to be given. */
function visit(
  rt: Runtime,
  it: HIter,
  h: HMap,
  b: number,
  offi: number,
  checkBucket: number,
): boolean {
  const top = h.tophash(b, offi);
  if (isEmpty(top) || top === evacuatedEmpty) return false;
  const k = h.key(h.keySlot(b, offi));
  const keyType = h.t.key!;
  const same = h.layout.reflexiveKey || typeEqual(rt, keyType, k, k);
  if (checkBucket !== noCheck && !h.isSameSizeGrow()) {
    if (same) {
      if (bucketOf(hashOf(rt, keyType, k, h.hash0), it.B) !== checkBucket) return false;
    } else if (Math.floor(checkBucket / 2 ** (it.B - 1)) !== (top & 1)) {
      return false;
    }
  }
  if ((top !== evacuatedX && top !== evacuatedY) || !same) {
    it.key = k;
    it.elem = h.elem(h.elemSlot(b, offi));
    return true;
  }
  const now = mapaccessK(rt, h.t, h.addr, k);
  if (now === null) return false;
  it.key = now.key;
  it.elem = now.elem;
  return true;
}
