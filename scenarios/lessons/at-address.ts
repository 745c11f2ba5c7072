/** What figures ask of an address of a world. */
import { type MSpan, mSpanInUse } from '../../sim/mspan.ts';
import type { World } from '../../sim/runtime.ts';
import { isUsed } from '../timeline/spans.ts';

/** The span that holds the object at an address. @throws {Error} where there is none */
export function spanAt({ mheap }: World, address: number): MSpan {
  const s = mheap.spanOf(address);
  if (s === null) throw new Error(`no span at 0x${address.toString(16)}`);
  return s;
}

/** 1 if the allocator holds the slot at the address for in use, else 0. */
export function inUse(world: World, address: number): number {
  const s = spanAt(world, address);
  return Number(s.state === mSpanInUse && isUsed(s, s.objIndex(address)));
}

/** How many slots of the 64 from freeindex on allocCache has for free. */
export function freeInCache({ allocCacheLo, allocCacheHi }: MSpan): number {
  let n = 0;
  for (const half of [allocCacheLo, allocCacheHi]) {
    for (let bits = half >>> 0; bits !== 0; bits = (bits & (bits - 1)) >>> 0) n++;
  }
  return n;
}
