/**
 * Growing a map: to twice the buckets, or to as many fresh ones where overflow chains got long. Each
 * write moves a bucket or two.
 *
 * @go runtime/map.go
 */
import { hashOf, typeEqual } from './alg.ts';
import { throw_ } from './errors.ts';
import { newobject } from './malloc.ts';
import {
  bucketCnt,
  bucketOf,
  dataOffset,
  emptyOne,
  evacuated,
  evacuatedEmpty,
  evacuatedX,
  type HMap,
  isEmpty,
  iterator,
  makeBucketArray,
  mapFast,
  minTopHash,
  newoverflow,
  oldIterator,
  overLoadFactor,
  sameSizeGrow,
  tophashOf,
} from './map-bucket.ts';
import { memclrHasPointers, typedmemmove } from './mbarrier.ts';
import { inFrame } from './runtimefuncs.ts';

/** Starts growing; the entries move later. @go runtime/map.go hashGrow */
export function hashGrow(h: HMap): void {
  inFrame(h.rt, 'runtime.hashGrow', () => {
    startGrowing(h);
  });
}

function startGrowing(h: HMap): void {
  const { rt } = h;
  let bigger = 1;
  if (!overLoadFactor(h.count + 1, h.B)) {
    bigger = 0;
    h.flags |= sameSizeGrow;
  }
  const { buckets, nextOverflow } = makeBucketArray(rt, h.t, h.B + bigger, 0);
  let flags = h.flags & ~(iterator | oldIterator);
  if ((h.flags & iterator) !== 0) flags |= oldIterator;
  const old = h.buckets;
  h.B += bigger;
  h.flags = flags;
  h.oldbuckets = old;
  h.buckets = buckets;
  h.nevacuate = 0;
  h.noverflow = 0;
  if (h.extraField(0) !== 0) {
    if (h.extraField(1) !== 0) throw_('oldoverflow is not nil');
    h.setExtraField(1, h.extraField(0));
    h.setExtraField(0, 0);
  }
  if (nextOverflow !== 0) {
    if (h.extra === 0) h.extra = newobject(rt, rt.sched.structs.get('mapextra').type);
    h.setExtraField(2, nextOverflow);
  }
  rt.observer?.onEvent({ name: 'hashGrow', map: h.addr, B: h.B, sameSize: bigger === 0 });
}

/** Moves the bucket that is about to be used, and one more. @go runtime/map.go growWork */
export function growWork(h: HMap, bucket: number): void {
  const variant = mapFast(h.t);
  inFrame(h.rt, `runtime.growWork${variant}`, () => {
    moveBucket(h, bucket % h.noldbuckets(), variant);
    if (h.growing()) moveBucket(h, h.nevacuate, variant, '#second');
  });
}

function moveBucket(h: HMap, oldbucket: number, variant: string, place = ''): void {
  const name = `runtime.evacuate${variant}`;
  inFrame(h.rt, name, () => evacuate(h, oldbucket), name + place);
}

interface EvacDst {
  b: number;
  i: number;
}

/** @go runtime/map.go evacuate */
function evacuate(h: HMap, oldbucket: number): void {
  const { rt, layout } = h;
  const first = h.oldbuckets + oldbucket * h.bucketSize;
  const newbit = h.noldbuckets();
  if (!evacuated(h, first)) {
    const xy: readonly [EvacDst, EvacDst] = [
      { b: h.buckets + oldbucket * h.bucketSize, i: 0 },
      { b: h.isSameSizeGrow() ? 0 : h.buckets + (oldbucket + newbit) * h.bucketSize, i: 0 },
    ];
    for (let b = first; b !== 0; b = h.overflow(b)) {
      for (let i = 0; i < bucketCnt; i++) {
        const top = h.tophash(b, i);
        if (isEmpty(top)) h.setTophash(b, i, evacuatedEmpty);
        else if (top < minTopHash) throw_('bad map state');
        else moveEntry(h, b, i, top, newbit, xy);
      }
    }
    if ((h.flags & oldIterator) === 0 && layout.bucket.ptrBytes !== 0) {
      memclrHasPointers(rt, first + dataOffset, h.bucketSize - dataOffset);
    }
  }
  if (oldbucket === h.nevacuate) advanceEvacuationMark(h, newbit);
}

/** Copies entry `i` of bucket `b` to the lower or the upper of its two new buckets. */
function moveEntry(
  h: HMap,
  b: number,
  i: number,
  oldTop: number,
  newbit: number,
  xy: readonly [EvacDst, EvacDst],
): void {
  const { rt, layout, t } = h;
  const k = h.keySlot(b, i);
  const k2 = h.key(k);
  let top = oldTop;
  let useY: 0 | 1 = 0;
  if (!h.isSameSizeGrow()) {
    const hash = hashOf(rt, t.key!, k2, h.hash0);
    const odd = !layout.reflexiveKey && !typeEqual(rt, t.key!, k2, k2);
    if ((h.flags & iterator) !== 0 && odd) {
      useY = (top & 1) as 0 | 1;
      top = tophashOf(hash);
    } else if (bucketOf(hash, h.B) >= newbit) {
      useY = 1;
    }
  }
  h.setTophash(b, i, evacuatedX + useY);
  const dst = xy[useY];
  if (dst.i === bucketCnt) {
    dst.b = newoverflow(h, dst.b);
    dst.i = 0;
  }
  h.setTophash(dst.b, dst.i, top);
  const toKey = h.keySlot(dst.b, dst.i);
  if (layout.indirectKey) rt.gc.writePointer(rt, toKey, k2);
  else typedmemmove(rt, t.key!, toKey, k);
  const e = h.elemSlot(b, i);
  const toElem = h.elemSlot(dst.b, dst.i);
  if (layout.indirectElem) rt.gc.writePointer(rt, toElem, rt.memory.readUintptr(e));
  else typedmemmove(rt, t.elem!, toElem, e);
  dst.i++;
}

/** @go runtime/map.go advanceEvacuationMark */
function advanceEvacuationMark(h: HMap, newbit: number): void {
  let n = h.nevacuate + 1;
  const stop = Math.min(n + 1024, newbit);
  while (n !== stop && evacuated(h, h.oldbuckets + n * h.bucketSize)) n++;
  h.nevacuate = n;
  if (n !== newbit) return;
  h.oldbuckets = 0;
  if (h.extra !== 0) h.setExtraField(1, 0);
  h.flags &= ~sameSizeGrow;
}

/** Marks a freed slot: emptyOne, or emptyRest for it and all empty ones before it if nothing follows. */
export function markEmpty(h: HMap, bOrig: number, bucket: number, index: number): void {
  let b = bucket;
  let i = index;
  h.setTophash(b, i, emptyOne);
  if (i === bucketCnt - 1) {
    const next = h.overflow(b);
    if (next !== 0 && h.tophash(next, 0) !== 0) return;
  } else if (h.tophash(b, i + 1) !== 0) {
    return;
  }
  for (;;) {
    h.setTophash(b, i, 0);
    if (i === 0) {
      if (b === bOrig) return;
      const c = b;
      for (b = bOrig; h.overflow(b) !== c; ) b = h.overflow(b);
      i = bucketCnt - 1;
    } else {
      i--;
    }
    if (h.tophash(b, i) !== emptyOne) return;
  }
}
