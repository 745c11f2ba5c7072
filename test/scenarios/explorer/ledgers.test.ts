/** What the explorer's views reckon from events is what the world of the same step has. */
import { describe, expect, test } from 'vitest';
import { classRows } from '../../../scenarios/explorer/model/class-rows.ts';
import { Collections } from '../../../scenarios/explorer/model/collections.ts';
import {
  compareSpans,
  type SlotList,
  type SlotRef,
} from '../../../scenarios/explorer/model/compare.ts';
import { HeapModel } from '../../../scenarios/explorer/model/heap-model.ts';
import { SystemFigures, SystemRows } from '../../../scenarios/explorer/system-figures.ts';
import { cyclesOf } from '../../../scenarios/terminal/gc.ts';
import { ledgerOf } from '../../../scenarios/timeline/ledger.ts';
import { type RecordedRun, recordTimeline } from '../../../scenarios/timeline/record.ts';
import { isUsed, spansByAddress } from '../../../scenarios/timeline/spans.ts';
import { mSpanInUse } from '../../../sim/mspan.ts';
import { peekMemStats } from '../../../sim/mstats.ts';
import { libraryScenario } from '../run-library.ts';

const cases = [
  { name: 'service', options: { params: { requests: 60 } } },
  { name: 'large-buffers', options: { goarch: 's390x' } },
  { name: 'tiny-strings', options: { goarch: '386', params: { words: 900 } } },
  { name: 'map-grow', options: { allocHeaders: false, params: { entries: 400 } } },
  { name: 'finalizers', options: {} },
] as const;

/** Used slots, each with the number of its allocation. */
function usedSlots({ world, allocations }: RecordedRun): Map<number, number> {
  const slots = new Map<number, number>();
  for (const s of spansByAddress(world)) {
    if (s.state !== mSpanInUse) continue;
    for (let i = 0; i < s.nelems; i++) {
      if (!isUsed(s, i)) continue;
      slots.set(s.startAddr + i * s.elemsize, allocations.at(s.startAddr, i)?.sequence ?? 0);
    }
  }
  return slots;
}

const addresses = (slots: Iterable<SlotRef>): number[] =>
  [...slots].map(({ span, index }) => span.base + index * span.elemsize);

/** The list in parts, as a table shows it. */
function inParts(slots: SlotList): number[] {
  const part = Math.ceil(slots.length / 7) || 1;
  const starts = Array.from({ length: 7 }, (_, i) => i * part);
  return starts.flatMap((from) => addresses(slots.slice(from, from + part)));
}

const without = (a: Map<number, number>, b: Map<number, number>): number[] =>
  [...a].filter(([at, sequence]) => b.get(at) !== sequence).map(([at]) => at);

describe.each(cases)('$name $options', ({ name, options }) => {
  test('class rows, statistics, collections and differences are those of the worlds', async () => {
    const scenario = await libraryScenario(name);
    const system = new SystemFigures();
    const marks = { ...options, marks: true };
    const { timeline } = recordTimeline(scenario, { ...marks, onStep: system.onStep });
    const rows = new SystemRows(system.bytes());
    const model = new HeapModel(timeline);
    const collections = new Collections(timeline);
    const last = timeline.length - 1;
    const steps = [0, 0.3, 0.65, 0.66, 1].map((share) => Math.floor(share * last));
    let before: { step: number; slots: Map<number, number> } | undefined;
    for (const step of steps) {
      const run = recordTimeline(scenario, { ...marks, until: step });
      const ledger = ledgerOf(run.world, run.allocations);
      model.seek(step);
      const target = { ptrSize: run.world.arch.ptrSize, allocHeaders: run.world.allocHeaders };
      // Twice: the second time what is remembered of the spans answers.
      expect(classRows(model.store, target), `classes at step ${step}`).toEqual(ledger.classes);
      expect(classRows(model.store, target), `classes at step ${step}`).toEqual(ledger.classes);

      const { freedBytes, tiny, ...parts } = rows.at(step);
      const { TotalAlloc, HeapAlloc } = ledger.memstats;
      expect(ledger.memstats).toMatchObject(parts);
      expect(freedBytes).toBe(Number(TotalAlloc) - Number(HeapAlloc));
      expect(tiny).toBe(ledger.tinyAllocs);

      const { endEvent } = timeline.step(step);
      const cycles = collections.before(endEvent, (event) => model.stepOf(event));
      expect(cycles, `collections at step ${step}`).toEqual(cyclesOf(run.timeline));

      const slots = usedSlots(run);
      if (before !== undefined) {
        const there = model.spansAfter(before.step);
        const { born, died } = compareSpans(there, model.store.spans());
        expect(addresses(born), `born up to step ${step}`).toEqual(without(slots, before.slots));
        expect(addresses(died), `died up to step ${step}`).toEqual(without(before.slots, slots));
        expect(inParts(born)).toEqual(addresses(born));
        expect(inParts(died)).toEqual(addresses(died));
        expect(born.length + died.length).toBe([...born, ...died].length);
      }
      before = { step, slots };
    }
  });
});

test.each(['channels', 'every-record', 'finalizers', 'random-goroutines'])(
  '%s: a step without an event changes no statistic',
  async (name) => {
    const scenario = await libraryScenario(name);
    let [events, before, without] = [0, '', 0];
    recordTimeline(scenario, {
      marks: true,
      onStep({ step, world, timeline }) {
        const stats = JSON.stringify(Object.entries(peekMemStats(world)).map(String));
        const { length } = timeline.events.table;
        if (length === events) {
          without++;
          expect(stats, `step ${step}`).toBe(before);
        }
        [events, before] = [length, stats];
      },
    });
    expect(without).toBeGreaterThan(20);
  },
);
