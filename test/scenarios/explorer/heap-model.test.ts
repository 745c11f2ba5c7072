/** The explorer's heap, made from events alone, is that of the world at the same step. */
import { describe, test } from 'vitest';
import { HeapModel } from '../../../scenarios/explorer/model/heap-model.ts';
import { packTimeline, unpackTimeline } from '../../../scenarios/timeline/pack.ts';
import { recordTimeline } from '../../../scenarios/timeline/record.ts';
import { libraryScenario } from '../run-library.ts';
import { expectSameHeap } from './same-heap.ts';

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
      expectSameHeap(model, run, step);
    }
  });
});
