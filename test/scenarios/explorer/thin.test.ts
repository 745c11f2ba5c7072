/** Pages with fewer steps than the run has. */
import { describe, expect, test } from 'vitest';
import { HeapModel } from '../../../scenarios/explorer/model/heap-model.ts';
import { runSource } from '../../../scenarios/explorer/run-source.ts';
import { SystemRows } from '../../../scenarios/explorer/system-figures.ts';
import { pageStepOf, runStepOf, thinned } from '../../../scenarios/explorer/thin.ts';
import { packTimeline, unpackTimeline } from '../../../scenarios/timeline/pack.ts';
import { recordTimeline } from '../../../scenarios/timeline/record.ts';
import { libraryScenario } from '../run-library.ts';

const scenario = await libraryScenario('service');
const whole = runSource({
  name: 'service',
  script: undefined,
  run: (options) => recordTimeline(scenario, { ...options, params: { requests: 60 } }),
  lineNow: () => 7,
  tick: () => undefined,
});
const wholeModel = new HeapModel(whole.timeline);
const last = whole.timeline.length - 1;

/** Of spans what a step leaves, without what they remember of steps. */
const spansOf = (model: HeapModel): object[] =>
  model.store
    .spans()
    .map(({ stamp: _s, ...span }) => ({ ...span, slotEvent: [...span.slotEvent] }));

describe.each([
  { from: 1, every: 100 },
  { from: 700, every: 1 },
  { from: 450, every: 7 },
  { from: last, every: 3 },
  { from: 1, every: 1_000_000 },
])('from step $from, every $every as one', (range) => {
  const page = thinned(whole, range);
  const timeline = unpackTimeline(packTimeline(page.timeline));
  const { steps } = page.info;

  test('the heap, the statistics and the system’s figures are those of the run at its step', () => {
    const model = new HeapModel(timeline);
    const system = page.sections.get('system')!;
    const n = timeline.length - 1;
    expect(runStepOf(steps, n)).toBe(last);
    for (const step of [0, 1, Math.floor(n / 2), n]) {
      if (step > n) continue;
      const runStep = runStepOf(steps, step);
      model.seek(step);
      wholeModel.seek(runStep);
      expect(spansOf(model), `spans at step ${step}`).toEqual(spansOf(wholeModel));
      expect(timeline.figures(step)).toEqual(whole.timeline.figures(runStep));
      expect(new SystemRows(system, steps).at(step)).toEqual(new SystemRows(system).at(runStep));
    }
  });

  test('each step of the run is in one of the page’s; one that stands alone is told as it was', () => {
    for (let runStep = 0; runStep <= last; runStep++) {
      const step = pageStepOf(steps, runStep);
      const [before, end] = [step === 0 ? -1 : runStepOf(steps, step - 1), runStepOf(steps, step)];
      if (!(before < runStep && runStep <= end)) expect.fail(`${runStep} is not in ${step}`);
      const { operation } = timeline.step(step);
      if (end - before === 1) expect(operation).toEqual(whole.timeline.step(runStep).operation);
      else expect(operation).toEqual({ name: 'steps', from: before + 1, to: end });
      if (page.info.lines[step] !== whole.info.lines[end]) expect.fail(`line of step ${step}`);
    }
  });
});

test('a page of a hundredth of the steps is much smaller, and one of all is the same', () => {
  const [all, few] = [whole, thinned(whole, { every: 100 })].map(({ timeline }) => timeline);
  expect(few!.bytes).toBeLessThan(all!.bytes * 0.75);
  expect(few!.length).toBe(Math.ceil((all!.length - 1) / 100) + 1);
  expect(thinned(whole, {})).toBe(whole);
});

test('of a long run the lines of the first 20,000 steps are told, and that they end there', async () => {
  const list = await libraryScenario('linked-list');
  const sourceOf = (n: number) =>
    runSource({
      name: 'linked-list',
      script: undefined,
      run: (options) => recordTimeline(list, { ...options, params: { n } }),
      lineNow: () => 7,
      tick: () => undefined,
    }).info;
  const long = sourceOf(6000);
  expect(long.lines).toHaveLength(20_001);
  expect([long.lines[0], long.lines[1], long.lines[20_000]]).toEqual([0, 7, 7]);
  expect(long.notes).toEqual(['lines of the script are told of the first 20,000 steps']);
  expect(sourceOf(60).notes).toEqual([]);
});
