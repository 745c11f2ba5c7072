import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    // Left to itself vitest leaves one of two processors idle.
    maxWorkers: '100%',
  },
});
