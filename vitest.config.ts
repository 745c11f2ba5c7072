import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { takingTurns } from './scenarios/twin/taking-turns.ts';

/** The scavenger's pace goes by measured time. */
const alwaysAlone = ['test/conformance/collections.test.ts'];

/**
 * Tests beside which nothing else may run where the threads of a real program cannot take turns: a busy machine disturbs the
 * programs that they run. Twins are run until one is not disturbed.
 */
const disturbed = [
  'test/conformance/{lessons,library-goroutines,log-commands,replay,replay-timeline}.test.ts',
  'test/sim/{proc,time,mgc-oracle,stack-real}.test.ts',
];
const alone = takingTurns().length > 0 ? alwaysAlone : [...alwaysAlone, ...disturbed];

/** Those that take longest, begun first: at the end no processor waits for one. */
const longest = [
  'scenarios/explorer/page',
  'conformance/random-twins',
  'conformance/twin',
  'conformance/replay',
  'sim/panic',
  'scenarios/failing-scripts',
  'scenarios/faults/faults',
  'scenarios/explorer/live',
  'scenarios/explorer/ledgers-page',
  'scenarios/feed/export',
  'scenarios/start',
  'bench/bench',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = longest.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
      return found < 0 ? longest.length : found;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

/** Of both: what a test and its preparations may take, ms. */
const limits = { testTimeout: 120_000, hookTimeout: 300_000 };

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          ...limits,
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: alone,
          // Left to itself vitest leaves one of two processors idle.
          maxWorkers: '100%',
          // Files share a process, its modules and what V8 has compiled of them: a fifth of the time. No test changes them.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...limits,
          name: 'alone',
          include: alone,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
