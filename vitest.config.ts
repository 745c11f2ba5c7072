import { defineConfig } from 'vitest/config';

/**
 * Tests beside which nothing else may run: a busy machine disturbs the programs of real Go that they run. Twins are run
 * until one is not.
 */
const alone = [
  'test/conformance/{collections,lessons,library-goroutines,log-commands,replay,replay-timeline}.test.ts',
  'test/sim/{proc,time,mgc-oracle,stack-real}.test.ts',
];

/** Of both: what a test and its preparations may take, ms. */
const limits = { testTimeout: 120_000, hookTimeout: 300_000 };

export default defineConfig({
  test: {
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
