import { perOne } from '../compare.ts';
import { median, ours } from '../measure.ts';
import type { Bench } from './bench.ts';

const tasks = ['mallocgc', 'dsl-malloc', 'collect', 'dump', 'read'] as const;
const sizes = [10_000, 100_000, 1_000_000, 10_000_000];

/** How the time for each object grows with their number: not at all, if all is linear. By processor time. */
export const growth: Bench = {
  names: tasks.flatMap((task) => sizes.map((n) => `${task} ${n}`)),
  title: 'time for each object, of ten thousand objects to ten million',
  *run({ rounds, scaled, scratch }) {
    for (const task of tasks) {
      for (const size of sizes) {
        const n = scaled(size);
        const file = task === 'read' ? scratch('grown') : '/dev/null';
        if (task === 'read') ours('dump', n, file)();
        const measured = ours(task, n, file);
        const seconds = median(Array.from({ length: rounds }, () => measured().cpu));
        yield { name: `${task} ${size}`, ours: perOne(n).of(seconds), unit: 'ns/object' };
      }
    }
  },
};
