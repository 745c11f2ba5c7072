/** How the time for each object grows from ten thousand objects to ten million: not at all, if all is linear. */
import { type BenchResult, perOne } from './compare.ts';
import { median, ours } from './measure.ts';

const tasks = ['mallocgc', 'dsl-malloc', 'collect', 'dump', 'read'] as const;

/** `name` of a result is the task's with the number of objects. */
export function* growth(rounds: number, scratch: (name: string) => string): Iterable<BenchResult> {
  for (const task of tasks) {
    for (const n of [10_000, 100_000, 1_000_000, 10_000_000]) {
      const file = scratch('nodes');
      if (task === 'read') ours('dump', n, file)();
      const measured = ours(task, n, task === 'dump' ? '/dev/null' : file);
      const seconds = median(Array.from({ length: rounds }, () => measured().cpu));
      yield { name: `${task} ${n}`, ours: perOne(n).of(seconds), unit: 'ns/object' };
    }
  }
}
