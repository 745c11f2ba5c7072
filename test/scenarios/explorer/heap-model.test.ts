/** The explorer's heap, made from events alone, is that of the world at the same step. */
import { describe, expect, test } from 'vitest';
import { HeapModel } from '../../../scenarios/explorer/model/heap-model.ts';
import { isUsed as isUsedSlot } from '../../../scenarios/explorer/model/span-bits.ts';
import { pageNone, pageStateName } from '../../../scenarios/explorer/model/state.ts';
import { holderText, sweepText } from '../../../scenarios/explorer/model/words.ts';
import { packTimeline, unpackTimeline } from '../../../scenarios/timeline/pack.ts';
import { type RecordedRun, recordTimeline } from '../../../scenarios/timeline/record.ts';
import {
  forEachPage,
  holderOf,
  isUsed,
  spansByAddress,
  sweepWords,
} from '../../../scenarios/timeline/spans.ts';
import { type MSpan, mSpanInUse } from '../../../sim/mspan.ts';
import { pageSize } from '../../../sim/uintptr.ts';
import { libraryScenario } from '../run-library.ts';

const bitsOf = (n: number, bit: (i: number) => boolean): string =>
  Array.from({ length: n }, (_, i) => (bit(i) ? '1' : '0')).join('');

const bitAt = (bits: Uint8Array) => (i: number) => (bits[i >>> 3]! & (1 << (i & 7))) !== 0;

function worldSpans({ world, allocations }: RecordedRun): unknown[] {
  const slots = (s: MSpan) => ({
    used: bitsOf(s.nelems, (i) => isUsed(s, i)),
    alloc: bitsOf(s.nelems, bitAt(s.allocBits)),
    mark: bitsOf(s.nelems, bitAt(s.gcmarkBits)),
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

function modelSpans(model: HeapModel): unknown[] {
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
          mark: bitsOf(s.nelems, bitAt(s.gcmarkBits)),
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

const cases = [
  { name: 'linked-list', options: {} },
  { name: 'tiny-strings', options: { goarch: '386' } },
  { name: 'every-record', options: { gomaxprocs: 4 } },
  { name: 'finalizers', options: {} },
  { name: 'deep-stack', options: {} },
  { name: 'large-buffers', options: { goarch: 's390x' } },
  { name: 'map-grow', options: { allocHeaders: false } },
  { name: 'channels', options: { gomaxprocs: 2 } },
  { name: 'service', options: {} },
] as const;

describe.each(cases)('$name $options', ({ name, options }) => {
  test('spans, bits, pages and mcaches are those of the world at the step', async () => {
    const scenario = await libraryScenario(name);
    const whole = recordTimeline(scenario, { ...options, marks: true });
    const model = new HeapModel(unpackTimeline(packTimeline(whole.timeline)));
    const last = whole.timeline.length - 1;
    const steps = [last, 0, 1, 7, 0.2, 0.5, 0.9].map((at) =>
      at < 1 ? Math.floor(at * last) : Math.min(at, last),
    );
    for (const step of steps) {
      const run = recordTimeline(scenario, { ...options, until: step });
      model.seek(step);
      expect(modelPages(model), `pages at step ${step}`).toEqual(worldPages(run));
      expect(modelMcaches(model, run.world), `mcaches at step ${step}`).toEqual(mcachesOf(run));
      expect(modelSpans(model), `spans at step ${step}`).toEqual(worldSpans(run));
      expect(model.store.state.sweepgen).toBe(run.world.mheap.sweepgen);
      expect(model.store.state.gcphase).toBe(run.world.gc.gcphase);
    }
  });
});
