/** White, grey and black as the explorer has them from events, against the work buffers of the world. */
import { beforeAll, describe, expect, test } from 'vitest';
import { HeapModel } from '../../../scenarios/explorer/model/heap-model.ts';
import { causeOf, MarkingTally, markingIn } from '../../../scenarios/explorer/model/marking.ts';
import { greyObjects, spanMarks } from '../../../scenarios/explorer/model/span-marks.ts';
import { type RecordedRun, recordTimeline } from '../../../scenarios/timeline/record.ts';
import type { Timeline } from '../../../scenarios/timeline/timeline.ts';
import type { World } from '../../../sim/runtime.ts';
import { libraryScenario } from '../run-library.ts';

/** The objects in the buffers of grey objects. */
function queued({ gc, allp }: World): number[] {
  const buffers = [
    ...gc.work.bufs.full,
    ...allp.flatMap((p) => [gc.gcwOf(p).wbuf1, gc.gcwOf(p).wbuf2]),
  ];
  const found = buffers.flatMap((buffer) =>
    buffer === null ? [] : [...buffer.obj.subarray(0, buffer.nobj)],
  );
  return found.sort((a, b) => a - b);
}

const eventsNamed = (timeline: Timeline, name: string): number[] =>
  Array.from({ length: timeline.events.table.length }, (_, e) => e).filter(
    (e) => timeline.eventName(e) === name,
  );

describe('marking that goes on while the program runs', () => {
  const options = { gogc: 5, params: { requests: 400 } } as const;
  let run: RecordedRun;
  let model: HeapModel;

  beforeAll(async () => {
    run = recordTimeline(await libraryScenario('service'), { ...options, marks: true });
    model = new HeapModel(run.timeline);
  }, 60_000);

  test('grey objects are those in the work buffers', async () => {
    const { timeline } = run;
    const marking = Array.from({ length: timeline.length }, (_, i) => i).filter(
      (i) => timeline.figures(i).gcphase === 1,
    );
    expect(marking.length).toBeGreaterThan(20);
    const scenario = await libraryScenario('service');
    const greyAt = (step: number): number[] => {
      model.seek(step);
      return greyObjects(
        spanMarks({ store: model.store, state: model.store.state, spans: model.store.spans() }),
        1e6,
      );
    };
    const sample = marking.filter((_, i) => i % Math.ceil(marking.length / 60) === 0);
    const most = sample.reduce((a, b) => (greyAt(b).length > greyAt(a).length ? b : a));
    expect(greyAt(most).length).toBeGreaterThan(10);
    for (const step of [most, sample[0]!, sample.at(-1)!]) {
      const { world } = recordTimeline(scenario, { ...options, until: step });
      expect(greyAt(step)).toEqual(queued(world));
    }
  }, 60_000);

  test('nothing is grey when marking is over, and every object was greyed by something', () => {
    const { timeline } = run;
    const tally = new MarkingTally(timeline);
    const starts = eventsNamed(timeline, 'gcStart');
    const dones = eventsNamed(timeline, 'gcDone');
    expect(dones.length).toBeGreaterThan(2);
    let byBarrier = 0;
    for (const [i, done] of dones.entries()) {
      const end = eventsNamed(timeline, 'gcPhase').find(
        (e) => e > starts[i]! && timeline.event(e).phase === 2,
      )!;
      const { spans, state } = model.after(end);
      expect(greyObjects(spanMarks({ store: model.store, state, spans }), 10)).toEqual([]);
      const sums = tally.at(starts[i]!, done);
      const greyed = markingIn(timeline, starts[i]!, done).filter(
        (e) => timeline.eventName(e) === 'greyobject',
      );
      const byRoots = sums.roots.reduce((n, root) => n + root.greyed, 0);
      expect(byRoots + sums.greyedByScans + sums.greyedByBarrier).toBe(greyed.length);
      expect(sums.jobsDone).toBe(sums.jobs);
      byBarrier += sums.greyedByBarrier;
      expect(greyed.every((e) => causeOf(timeline, e) !== undefined)).toBe(true);
      expect(tally.at(starts[i]!, starts[i]!).roots).toEqual([]);
    }
    expect(byBarrier).toBeGreaterThan(0);
  });

  test('looking within a step leaves the model at its step', () => {
    model.seek(50);
    const before = model.store.spans().map(({ base, allocCount }) => [base, allocCount]);
    model.after(3);
    expect(model.step).toBe(50);
    expect(model.store.spans().map(({ base, allocCount }) => [base, allocCount])).toEqual(before);
  });
});

test('of a long cycle the tally is the same from wherever it is asked for', async () => {
  const { timeline } = recordTimeline(await libraryScenario('linked-list'), {
    gogc: 20,
    marks: true,
    params: { n: 60_000 },
  });
  const starts = eventsNamed(timeline, 'gcStart');
  const dones = eventsNamed(timeline, 'gcDone');
  const lengths = dones.map((done, i) => done - starts[i]!);
  const longest = lengths.indexOf(Math.max(...lengths));
  const [start, length] = [starts[longest]!, lengths[longest]!];
  expect(length).toBeGreaterThan(30_000);
  const tally = new MarkingTally(timeline);
  for (const share of [0.9, 0.1, 1, 0.55, 0.54, 0]) {
    const end = start + Math.floor(share * length);
    const { roots, ...sums } = tally.at(start, end);
    const counts = new Map<string, number>();
    for (let e = start; e < end; e++) {
      const name = timeline.eventName(e);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    expect(sums.scanned).toBe(counts.get('scanobject') ?? 0);
    expect(roots.reduce((n, { jobs }) => n + jobs, 0)).toBe(counts.get('markroot') ?? 0);
    const greyed = roots.reduce((n, root) => n + root.greyed, 0);
    expect(greyed + sums.greyedByScans + sums.greyedByBarrier).toBe(counts.get('greyobject') ?? 0);
  }
}, 60_000);
