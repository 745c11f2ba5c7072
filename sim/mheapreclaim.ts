/**
 * Reclaiming: an allocation of pages first sweeps spans in which nothing was marked.
 *
 * @go runtime/mheap.go
 */
import { sweepActiveBegin, sweepActiveEnd, sweepSpan, tryAcquire } from './mgcsweep.ts';
import type { Runtime } from './runtime2.ts';

/** Pages that the reclaimer looks at in one go. @go runtime/mheap.go pagesPerReclaimerChunk */
const pagesPerReclaimerChunk = 512;

/**
 * Frees at least `npage` pages by sweeping spans without marked objects, if there are so many.
 *
 * @go runtime/mheap.go (*mheap).reclaim
 */
export function reclaim(rt: Runtime, npage: number): void {
  const h = rt.mheap;
  const { pagesPerArena } = rt.arch;
  let want = npage;
  while (want > 0 && h.reclaimIndex !== Number.POSITIVE_INFINITY) {
    if (h.reclaimCredit > 0) {
      const take = Math.min(h.reclaimCredit, want);
      h.reclaimCredit -= take;
      want -= take;
      continue;
    }
    const idx = h.reclaimIndex;
    h.reclaimIndex += pagesPerReclaimerChunk;
    if (Math.floor(idx / pagesPerArena) >= h.sweepArenas.length) {
      h.reclaimIndex = Number.POSITIVE_INFINITY;
      break;
    }
    const nfound = reclaimChunk(rt, idx, pagesPerReclaimerChunk);
    if (nfound <= want) {
      want -= nfound;
    } else {
      h.reclaimCredit += nfound - want;
      want = 0;
    }
  }
}

/** Sweeps unmarked spans that start in the `n` pages from `pageIdx` on; gives the pages freed. @go runtime/mheap.go (*mheap).reclaimChunk */
function reclaimChunk(rt: Runtime, pageIdx: number, n: number): number {
  const h = rt.mheap;
  const { pagesPerArena } = rt.arch;
  if (!sweepActiveBegin(rt)) return 0;
  let nFreed = 0;
  const ha = h.arenas.get(h.sweepArenas[Math.floor(pageIdx / pagesPerArena)]!)!;
  const first = pageIdx % pagesPerArena;
  for (let i = first / 8; i < (first + n) / 8; i++) {
    let inUseUnmarked = ha.pageInUse[i]! & ~ha.pageMarks[i]!;
    if (inUseUnmarked === 0) continue;
    for (let j = 0; j < 8; j++) {
      if ((inUseUnmarked & (1 << j)) === 0) continue;
      const s = ha.spans[i * 8 + j]!;
      if (!tryAcquire(rt, s)) continue;
      const { npages } = s;
      if (sweepSpan(rt, s, false)) nFreed += npages;
      inUseUnmarked = ha.pageInUse[i]! & ~ha.pageMarks[i]!;
    }
  }
  sweepActiveEnd(rt);
  return nFreed;
}
