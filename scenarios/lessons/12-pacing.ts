/** Lesson 12: the heap goal. */
import { func, globals, int, intParam, slice, uint8 } from '../index.ts';
import { lesson, type Scene } from './lesson.ts';

const Bytes = slice(uint8);
const vars = globals({ blocks: slice(Bytes) });

const fill = func('main.fill', { params: { n: int } }, (go, { n }) => {
  const { blocks } = go.globals(vars);
  for (let i = 0; i < n; i++) go.set(Bytes, blocks, i, go.makeSlice(uint8, 100 * 1024));
});

/** The goals that collections have set so far. */
function goals({ timeline }: Scene): number[] {
  const found: number[] = [];
  for (let i = 0; i < timeline.events.table.length; i++) {
    if (timeline.eventName(i) === 'gcDone') found.push(timeline.event(i).heapGoal as number);
  }
  return found;
}

export default lesson({
  question: 'When will the collector run?',
  params: { percent: intParam(100, { min: 10, max: 1000, help: 'GOGC' }) },
  globals: vars,
  *main(go, { percent }) {
    const v = go.globals(vars);
    const n = 400;
    v.blocks = go.makeSlice(Bytes, n);
    go.debug.setGCPercent(percent);
    go.mark('start', { percent });
    go.call(fill, { n });
    go.mark('filled', { blocks: n });
    yield* go.runtime.GC();
    go.mark('collected');
    go.writeHeapDump();
  },
  lesson: {
    title: 'GOGC and the heap goal',
    order: 10,
    story: [
      {
        at: 'start',
        figures: ({ memstats }) => ({ goal0: memstats.NextGC! }),
        ask: {
          question: 'The heap has some 100 KiB. At which size will the first collection be done?',
          answer: '{goal0:KiB}',
        },
        text:
          'With GOGC={percent} a collection is due when the heap has grown by {percent} % of what the last one left. That would be ' +
          'very often while the heap is small, so the goal is at least 4 MiB * GOGC/100: NextGC is {goal0:KiB}.',
        look: 'memstats --step {after}',
      },
      {
        at: 'filled',
        figures: (scene) => {
          const [goal1, goal2, goal3] = goals(scene) as [number, number, number];
          return { goal1, goal2, goal3, cycles: scene.memstats.NumGC! };
        },
        ask: {
          question:
            '{blocks} blocks of 100 KiB are made, and all are kept. How often does the collector run?',
          answer: '{cycles} times',
        },
        text:
          '{cycles} collections: NextGC went from {goal0:KiB} to {goal1:KiB}, {goal2:KiB}, {goal3:KiB}. A cycle starts a little below ' +
          'the goal and ends a little later, so when it ends is a matter of time: real runs have goals that differ by up to ' +
          'a quarter, and from one run to the next.',
        look: 'gc',
      },
      {
        at: 'collected',
        figures: ({ memstats }) => ({
          live: memstats.HeapAlloc!,
          goal: memstats.NextGC!,
          ratio: memstats.NextGC! / memstats.HeapAlloc! - 1,
        }),
        ask: {
          question: 'runtime.GC() leaves {live:MiB}. What is the next goal?',
          answer: '{goal:MiB}',
        },
        text:
          'The goal is live heap + (live heap + stacks + globals) * GOGC/100: for {live:MiB} it is {goal:MiB}, {ratio:%} more. GOGC=off ' +
          'has no goal, and GOMEMLIMIT can make it lower.',
        look: 'explain --step {step}',
      },
    ],
    tolerance: {
      goal1: 0.25,
      goal2: 0.25,
      goal3: 0.25,
      cycles: 0.25,
      live: 0.001,
      goal: 0.001,
      ratio: 0.001,
    },
    try: {
      param: 'percent=50',
      see: 'With GOGC={percent} the first goal is {goal0:KiB}, the collector runs {cycles} times, not {was.cycles}, and in the end the goal is {goal:MiB}: less memory for more work.',
      shows: (changed, was) =>
        changed.goal0 === was.goal0! / 2 &&
        changed.cycles! > was.cycles! &&
        changed.goal! < was.goal!,
    },
  },
});
