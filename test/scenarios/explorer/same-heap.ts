/** The explorer's heap and that of a world, as pictures that can be compared. */
import { expect } from 'vitest';
import type { HeapModel } from '../../../scenarios/explorer/model/heap-model.ts';
import { isUsed as isUsedSlot } from '../../../scenarios/explorer/model/span-bits.ts';
import { pageNone, pageStateName } from '../../../scenarios/explorer/model/state.ts';
import { holderText, sweepText } from '../../../scenarios/explorer/model/words.ts';
import type { RecordedRun } from '../../../scenarios/timeline/record.ts';
import {
  forEachPage,
  holderOf,
  isUsed,
  spansByAddress,
  sweepWords,
} from '../../../scenarios/timeline/spans.ts';
import { type MSpan, mSpanInUse } from '../../../sim/mspan.ts';
import { pageSize } from '../../../sim/uintptr.ts';

const bitsOf = (n: number, bit: (i: number) => boolean): string =>
  Array.from({ length: n }, (_, i) => (bit(i) ? '1' : '0')).join('');

const bitAt = (bits: Uint8Array) => (i: number) => (bits[i >>> 3]! & (1 << (i & 7))) !== 0;

function worldSpans({ world, allocations, log }: RecordedRun): unknown[] {
  const slots = (s: MSpan) => ({
    used: bitsOf(s.nelems, (i) => isUsed(s, i)),
    alloc: bitsOf(s.nelems, bitAt(s.allocBits)),
    ...(log === undefined && { mark: bitsOf(s.nelems, bitAt(s.gcmarkBits)) }),
    made: Array.from({ length: s.nelems }, (_, i) => {
      const made = isUsed(s, i) ? allocations.at(s.startAddr, i) : undefined;
      return made === undefined ? 0 : [made.requested, made.requests, made.step];
    }),
  });
  return spansByAddress(world).map((s) =>
    s.state === mSpanInUse
      ? {
          base: s.startAddr,
          npages: s.npages,
          spanclass: s.spanclass,
          elemsize: s.elemsize,
          nelems: s.nelems,
          allocCount: s.allocCount,
          freeindex: s.freeindex,
          needzero: s.needzero,
          sweep: sweepWords(world, s),
          holder: holderOf(world, s),
          allocCache: [s.allocCacheLo | 0, s.allocCacheHi | 0],
          ...slots(s),
        }
      : { base: s.startAddr, npages: s.npages },
  );
}

function modelSpans(model: HeapModel, { log }: RecordedRun): unknown[] {
  const { store } = model;
  return store.spans().map((s) =>
    s.type === 0
      ? {
          base: s.base,
          npages: s.npages,
          spanclass: s.spanclass,
          elemsize: s.elemsize,
          nelems: s.nelems,
          allocCount: s.allocCount,
          freeindex: s.freeindex,
          needzero: s.needzero,
          sweep: sweepText(store.state, s),
          holder: holderText(s),
          allocCache: [s.allocCacheLo | 0, s.allocCacheHi | 0],
          used: bitsOf(s.nelems, (i) => isUsedSlot(s, i)),
          alloc: bitsOf(s.nelems, bitAt(s.allocBits)),
          ...(log === undefined && { mark: bitsOf(s.nelems, bitAt(s.gcmarkBits)) }),
          made: Array.from({ length: s.nelems }, (_, i) =>
            isUsedSlot(s, i) && s.slotEvent[i] !== 0
              ? [s.requested[i], s.requests[i], model.stepOf(s.slotEvent[i]! - 1)]
              : 0,
          ),
        }
      : { base: s.base, npages: s.npages },
  );
}

function worldPages({ world }: RecordedRun): Map<number, string> {
  const pages = new Map<number, string>();
  forEachPage(world, (address, state) => pages.set(address, state));
  return pages;
}

function modelPages({ store }: HeapModel): Map<number, string> {
  const pages = new Map<number, string>();
  for (const chunk of store.chunksByAddress()) {
    for (const [i, state] of chunk.state.entries()) {
      if (state !== pageNone) pages.set(chunk.base + i * pageSize, pageStateName(state));
    }
  }
  return pages;
}

function mcachesOf({ world }: RecordedRun): unknown[] {
  return world.allp.map(({ mcache, pcache }) => ({
    alloc: mcache!.alloc.map((s) => (s === world.mheap.emptymspan ? 0 : s.startAddr)),
    tiny: mcache!.tiny,
    tinyoffset: mcache!.tiny === 0 ? 0 : mcache!.tinyoffset,
    pcacheBase: pcache!.empty() ? 0 : pcache!.base,
  }));
}

function modelMcaches({ store }: HeapModel, world: RecordedRun['world']): unknown[] {
  return world.allp.map(({ id, pcache }) => {
    const p = store.state.ps[id];
    return {
      alloc:
        p === undefined
          ? world.allp[id]!.mcache!.alloc.map(() => 0)
          : Array.from(p.alloc, (span) => (span < 0 ? 0 : store.span(span)!.base)),
      tiny: p?.tiny ?? 0,
      tinyoffset: p === undefined || p.tiny === 0 ? 0 : p.tinyoffset,
      pcacheBase: pcache!.empty() ? 0 : p!.pcacheBase,
    };
  });
}

/** Fails where the model, after `step`, is not as the world of `run`, which stopped there. A log has no marks. */
export function expectSameHeap(model: HeapModel, run: RecordedRun, step: number): void {
  model.seek(step);
  expect(modelPages(model), `pages at step ${step}`).toEqual(worldPages(run));
  expect(modelMcaches(model, run.world), `mcaches at step ${step}`).toEqual(mcachesOf(run));
  expect(modelSpans(model, run), `spans at step ${step}`).toEqual(worldSpans(run));
  expect(model.store.state.sweepgen).toBe(run.world.mheap.sweepgen);
  expect(model.store.state.gcphase).toBe(run.world.gc.gcphase);
}
