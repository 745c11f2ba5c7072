/** The spans and pages of a live world, as its heap has them now. */
import { mallocHeaderSize } from '../../sim/mbitmap.ts';
import type { MCache } from '../../sim/mcache.ts';
import { type MSpan, mSpanInUse, mSpanManual } from '../../sim/mspan.ts';
import type { World } from '../../sim/runtime.ts';
import { pageSize } from '../../sim/uintptr.ts';

/** Spans in use or manually managed, by address. */
export function spansByAddress({ mheap }: World): MSpan[] {
  return mheap.allspans
    .filter((s) => s.state === mSpanInUse || s.state === mSpanManual)
    .sort((a, b) => a.startAddr - b.startAddr);
}

/** What a span is for. */
export function spanKind(s: MSpan): string {
  if (s.state !== mSpanInUse) return s.elemsize === 0 ? 'runtime' : 'stack';
  const name = s.sizeclass() === 0 ? 'large' : `${s.sizeclass()}`;
  return `${name}${s.noscan() ? ' noscan' : ''}`;
}

/** Whether the allocator holds slot `index` for in use: it lies below freeindex, or its bit was set by the last sweep. */
export function isUsed(s: MSpan, index: number): boolean {
  return index < s.freeindex || (s.allocBits[index >>> 3]! & (1 << (index & 7))) !== 0;
}

/** Bytes at the end of the span that hold its objects' pointer bits. */
export function heapBitsBytes(s: MSpan, ptrSize: number): number {
  return s.heapBitsAddr === 0 ? 0 : s.bytes() / ptrSize / 8;
}

/** Each mcache with the P whose it is, -1 before there are any. */
function mcachesOf(world: World): { readonly p: number; readonly cache: MCache }[] {
  const caches = world.allp.flatMap(({ id, mcache }) =>
    mcache === null ? [] : [{ p: id, cache: mcache }],
  );
  if (world.mcache0 !== null) caches.unshift({ p: -1, cache: world.mcache0 });
  return caches;
}

/** Where a span of heap objects is kept. */
export function holderOf(world: World, s: MSpan): string {
  for (const { p, cache } of mcachesOf(world)) {
    if (cache.alloc[s.spanclass] === s) return p < 0 ? 'mcache0' : `P${p} mcache`;
  }
  const full = s.allocCount === s.nelems;
  return `mcentral ${full ? 'full' : 'partial'}`;
}

/** What sweepgen says, h being mheap.sweepgen. */
export function sweepWords(world: World, s: MSpan): string {
  const h = world.mheap.sweepgen;
  switch (s.sweepgen - h) {
    case -2:
      return 'needs sweeping (h-2)';
    case -1:
      return 'being swept (h-1)';
    case 0:
      return 'swept (h)';
    case 1:
      return 'cached before the sweep began (h+1)';
    case 3:
      return 'swept, then cached (h+3)';
    default:
      return `sweepgen ${s.sweepgen}, h is ${h}`;
  }
}

/** What a page of the heap is. */
export type PageState = 'heap' | 'stack' | 'manual' | 'cached' | 'free' | 'released';

/** Calls back with each page that the heap has, by address. */
export function forEachPage(
  world: World,
  visit: (address: number, state: PageState, span: MSpan | null) => void,
): void {
  const { mheap } = world;
  const { pages } = mheap;
  const stacks = stackSpans(world);
  const cached = cachedPages(world);
  for (const { base, limit } of pages.inUse.ranges) {
    for (let p = base; p < limit; p += pageSize) {
      const chunk = pages.chunkOf(pages.chunkIndex(p));
      const i = pages.chunkPageIndex(p);
      const inCache = cached.get(p);
      if (inCache !== undefined) visit(p, inCache ? 'released' : 'cached', null);
      else if (chunk.alloc.get(i) === 0) {
        visit(p, chunk.scavenged.get(i) === 0 ? 'free' : 'released', null);
      } else {
        const s = mheap.spanOf(p)!;
        const state = s.state === mSpanInUse ? 'heap' : stacks.has(s) ? 'stack' : 'manual';
        visit(p, state, s);
      }
    }
  }
}

/** Pages that Ps keep, with whether they were given back to the system. */
function cachedPages({ allp }: World): Map<number, boolean> {
  const pages = new Map<number, boolean>();
  for (const { pcache } of allp) {
    if (pcache === null) continue;
    for (let i = 0; i < 64; i++) {
      const bit = 1 << (i & 31);
      const [cache, scav] =
        i < 32 ? [pcache.cacheLo, pcache.scavLo] : [pcache.cacheHi, pcache.scavHi];
      if ((cache & bit) !== 0) pages.set(pcache.base + i * pageSize, (scav & bit) !== 0);
    }
  }
  return pages;
}

/** The manually managed spans that hold stacks: Go does not write down which they are, but a stack span has an elemsize. */
function stackSpans({ mheap }: World): Set<MSpan> {
  return new Set(mheap.allspans.filter((s) => s.state === mSpanManual && s.elemsize !== 0));
}

/** Bytes of the malloc header of the span's objects. */
export function headerBytes({ allocHeaders, mheap }: World, s: MSpan): number {
  const has =
    allocHeaders && !s.noscan() && s.sizeclass() !== 0 && s.elemsize > mheap.minSizeForMallocHeader;
  return has ? mallocHeaderSize : 0;
}
