/** Where the next stack or span will be, without taking it. */
import { mallocHeaderSize } from '../../sim/mbitmap.ts';
import { numStackOrders } from '../../sim/mcache.ts';
import { pageCachePages } from '../../sim/mpagecache.ts';
import { findBitRange64 } from '../../sim/mpallocbits.ts';
import { type MSpan, mSpanDead } from '../../sim/mspan.ts';
import type { World } from '../../sim/runtime.ts';
import type { Stack } from '../../sim/runtime2.ts';
import {
  classToAllocnpages,
  makeSpanClass,
  maxSmallSize,
  maxTinySize,
  sizeToClass,
} from '../../sim/sizeclasses.ts';
import { fixedStack, stackfree } from '../../sim/stack.ts';
import { alignDown, ctz64, pageSize } from '../../sim/uintptr.ts';

/** Bytes of a pool's span. */
const stackCacheSize = 32 * 1024;
/** Spans of fewer pages come from the P's page cache. */
const fromCache = pageCachePages / 4;

/** The span that holds `addr` now: pages that were freed keep theirs, which may be another one's by now. */
export function liveSpan({ mheap }: World, addr: number): MSpan | null {
  const s = mheap.spanOf(addr);
  if (s === null || s.state === mSpanDead) return null;
  return addr >= s.base() && addr < s.base() + s.bytes() ? s : null;
}

/** Bits of free pages in a block of 64, as a page cache has them. */
interface Block {
  readonly base: number;
  readonly lo: number;
  readonly hi: number;
}

/** The block that the P's page cache has, or would take if it is empty; null without a P or free pages. */
function cachedBlock(rt: World): Block | null {
  const cache = rt.m.p?.pcache ?? null;
  if (cache === null) return null;
  if (!cache.empty()) return { base: cache.base, lo: cache.cacheLo, hi: cache.cacheHi };
  const { pages } = rt.mheap;
  const first = pages.find(1);
  if (first === 0) return null;
  const chunk = pages.chunkOf(pages.chunkIndex(first));
  const page = pages.chunkPageIndex(first);
  return {
    base: alignDown(first, pageCachePages * pageSize),
    lo: ~chunk.alloc.block64Lo(page),
    hi: ~chunk.alloc.block64Hi(page),
  };
}

/** Number of the first of `npages` free pages in a block, 64 or more if it has no such run. */
function lowestRun({ lo, hi }: Block, npages: number): number {
  return npages === 1 ? ctz64(lo, hi) : findBitRange64(lo, hi, npages);
}

function without(block: Block, first: number, npages: number): Block {
  let { lo, hi } = block;
  for (let i = first; i < first + npages; i++) {
    if (i < 32) lo &= ~(1 << i);
    else hi &= ~(1 << (i & 31));
  }
  return { base: block.base, lo, hi };
}

/**
 * Address of the next span of `npages` pages, after one of `before` pages has been taken; 0 if that is
 * not known without taking it.
 */
export function nextPages(rt: World, npages: number, before: number): number {
  const { pages } = rt.mheap;
  let block = cachedBlock(rt);
  let outside = 0;
  if (before > 0) {
    const at = block !== null && before < fromCache ? lowestRun(block, before) : 64;
    if (block !== null && at < 64) block = without(block, at, before);
    else outside = pages.find(before);
  }
  if (block !== null && npages < fromCache) {
    const at = lowestRun(block, npages);
    if (at < 64) return block.base + at * pageSize;
  }
  const found = pages.find(npages);
  if (outside === 0) return found;
  if (found + npages * pageSize <= outside) return found;
  // Two spans that do not come from the cache: the second one follows the first where there is no gap.
  return found === outside ? found + before * pageSize : 0;
}

/** Where a request goes. */
export interface Room {
  /** Pages that it takes from the heap: none where a span of its class has room. */
  readonly pages: number;
  /** Address of the object, 0 if that is not known before it is allocated. */
  readonly next: number;
}

/** Where the next request of `size` bytes goes; changes nothing. */
export function roomFor(rt: World, size: number, noscan: boolean): Room {
  const { mheap, allocHeaders } = rt;
  if (size > maxSmallSize - (allocHeaders ? mallocHeaderSize : 0)) {
    const pages = Math.ceil(size / pageSize);
    return { pages, next: nextPages(rt, pages, 0) };
  }
  const headed = allocHeaders && !noscan && size > mheap.minSizeForMallocHeader;
  const header = headed ? mallocHeaderSize : 0;
  const small = noscan && size < maxTinySize ? maxTinySize : size;
  const sizeclass = sizeToClass(small + header);
  const spc = makeSpanClass(sizeclass, noscan);
  const c = rt.m.p?.mcache ?? rt.mcache0;
  if (c === null) return { pages: 0, next: 0 };
  const span = c.alloc[spc]!;
  if (span.allocCount < span.nelems) return { pages: 0, next: nextSlot(span) + header };
  const central = mheap.central[spc]!;
  const { sweepgen } = mheap;
  const swept = central.partialSwept(sweepgen).first;
  if (swept !== null) return { pages: 0, next: nextSlot(swept) + header };
  const unswept = central.partialUnswept(sweepgen).size + central.fullUnswept(sweepgen).size;
  if (unswept > 0) return { pages: 0, next: 0 };
  const pages = classToAllocnpages[sizeclass]!;
  const base = nextPages(rt, pages, 0);
  return { pages, next: base === 0 ? 0 : base + header };
}

/** The first free slot of a span from freeindex on. */
function nextSlot(span: MSpan): number {
  let i = span.freeindex;
  while (i < span.nelems && (span.allocBits[i >>> 3]! & (1 << (i & 7))) !== 0) i++;
  return span.base() + i * span.elemsize;
}

/**
 * Upper end of the stack that the next call of stackalloc gives for `size` bytes, once a span of
 * `before` pages is taken; 0 if that is not known.
 */
export function nextStackTop(rt: World, size: number, before = 0): number {
  if (size >= fixedStack << numStackOrders || size >= stackCacheSize) {
    const npages = size / pageSize;
    const kept = rt.stackpool.large[31 - Math.clz32(npages)]!.first;
    const base = kept === null ? nextPages(rt, npages, before) : kept.base();
    return base === 0 ? 0 : base + size;
  }
  const order = Math.clz32(fixedStack) - Math.clz32(size);
  const cached = rt.m.p?.mcache?.stackcache[order]?.list ?? 0;
  if (cached !== 0) return cached + size;
  // The cache takes half a span's bytes from the pool and hands out the last piece first.
  let piece = 0;
  let wanted = stackCacheSize / 2 / size;
  for (let s = rt.stackpool.pools[order]!.first; s !== null && wanted > 0; s = s.next) {
    for (let x = s.manualFreeList; x !== 0 && wanted > 0; x = rt.memory.readUintptr(x)) {
      piece = x;
      wanted--;
    }
  }
  if (wanted === 0) return piece + size;
  const base = nextPages(rt, stackCacheSize / pageSize, before);
  return base === 0 ? 0 : base + stackCacheSize - (wanted - 1) * size;
}

/** Makes the free stack of `size` bytes that ends at `top` the next to be given out; false if none ends there. */
export function toFrontOfCache(rt: World, size: number, top: number): boolean {
  const order = Math.clz32(fixedStack) - Math.clz32(size);
  const cache = rt.m.p?.mcache?.stackcache[order];
  if (cache === undefined) return false;
  const wanted = top - size;
  let before = 0;
  for (let x = cache.list; x !== 0; before = x, x = rt.memory.readUintptr(x)) {
    if (x !== wanted) continue;
    if (before === 0) return false;
    rt.memory.writeUintptr(before, rt.memory.readUintptr(x));
    rt.memory.writeUintptr(x, cache.list);
    cache.list = x;
    return true;
  }
  if (!outOfPool(rt, order, wanted)) return false;
  rt.memory.writeUintptr(wanted, cache.list);
  cache.list = wanted;
  cache.size += size;
  return true;
}

/** Takes the free stack at `wanted` out of its pool; false if it is not there. @go runtime/stack.go stackpoolalloc */
function outOfPool(rt: World, order: number, wanted: number): boolean {
  const list = rt.stackpool.pools[order]!;
  for (let s = list.first; s !== null; s = s.next) {
    let before = 0;
    for (let x = s.manualFreeList; x !== 0; before = x, x = rt.memory.readUintptr(x)) {
      if (x !== wanted) continue;
      const next = rt.memory.readUintptr(x);
      if (before === 0) s.manualFreeList = next;
      else rt.memory.writeUintptr(before, next);
      s.allocCount++;
      if (s.manualFreeList === 0) list.remove(s);
      return true;
    }
  }
  return false;
}

/**
 * Gives a stack back to its pool, past the P's cache: as it is where it was freed long ago, and others that
 * were freed since have driven it out of the cache.
 */
export function freeToPool(rt: World, stack: Stack): void {
  const { p } = rt.m;
  rt.m.p = null;
  stackfree(rt, stack);
  rt.m.p = p;
}

/** Moves the free stacks of a span from the P's cache to their pool; a span that is all free goes with it. */
export function outOfCache(rt: World, span: MSpan): void {
  const size = span.elemsize;
  const cache = rt.m.p?.mcache?.stackcache[Math.clz32(fixedStack) - Math.clz32(size)];
  if (cache === undefined) return;
  const from = span.base();
  const to = from + span.bytes();
  const out: number[] = [];
  let before = 0;
  for (let x = cache.list; x !== 0; ) {
    const next = rt.memory.readUintptr(x);
    if (x < from || x >= to) {
      before = x;
    } else {
      if (before === 0) cache.list = next;
      else rt.memory.writeUintptr(before, next);
      cache.size -= size;
      out.push(x);
    }
    x = next;
  }
  for (const lo of out) freeToPool(rt, { lo, hi: lo + size });
}

/** How many of a span's stacks the P's cache holds. */
export function countInCache(rt: World, span: MSpan): number {
  const cache = rt.m.p?.mcache?.stackcache[Math.clz32(fixedStack) - Math.clz32(span.elemsize)];
  let n = 0;
  for (let x = cache?.list ?? 0; x !== 0; x = rt.memory.readUintptr(x)) {
    if (x >= span.base() && x < span.base() + span.bytes()) n++;
  }
  return n;
}

/** Has the pool of stacks of `size` bytes own a span, all of it free. */
export function toPool(rt: World, span: MSpan, size: number): void {
  span.elemsize = size;
  span.allocCount = 0;
  span.manualFreeList = 0;
  for (let x = span.base(); x < span.limit; x += size) {
    rt.memory.writeUintptr(x, span.manualFreeList);
    span.manualFreeList = x;
  }
  rt.stackpool.pools[Math.clz32(fixedStack) - Math.clz32(size)]!.insert(span);
}
