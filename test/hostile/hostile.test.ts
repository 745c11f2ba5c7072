/** All that reads dumps, on the whole suite and a slice of mutants; `npm run hostile:long` takes a million. */
import { afterAll, expect, test } from 'vitest';
import { suiteCases } from '../../scenarios/feed/suite/index.ts';
import { HostileMutants } from './mutants.ts';
import { HostileUses } from './uses.ts';

const uses = new HostileUses();
afterAll(() => uses.close());

/** Reads them all; counts, by reading, results and refusals. */
function useAll(
  dumps: Iterable<{ readonly id: string; readonly bytes: Uint8Array; readonly base: Uint8Array }>,
): Map<string, [results: number, refusals: number]> {
  const counts = new Map(uses.names.map((name) => [name, [0, 0] as [number, number]]));
  for (const { id, bytes, base } of dumps) {
    try {
      for (const { use, refusal } of uses.on(bytes, base)) {
        counts.get(use)![refusal === undefined ? 0 : 1]++;
      }
    } catch (error) {
      throw new Error(id, { cause: error });
    }
  }
  return counts;
}

test('on each dump of the suite: a result or a refusal, soon, in bounded memory', () => {
  const small = [...suiteCases()].filter(({ large }) => !large);
  const base = small.find(({ id }) => id === 'all-kinds-le8')!.content.bytes();
  const counts = useAll(small.map(({ id, content }) => ({ id, bytes: content.bytes(), base })));
  // Neither are all refused, nor all taken.
  for (const [use, [results, refusals]] of counts) {
    expect(results + refusals, use).toBe(small.length);
    expect(results, use).toBeGreaterThan(0);
    if (use !== 'verify') expect(refusals, use).toBeGreaterThan(50);
  }
});

test('on mutants too', () => {
  const mutants = new HostileMutants('ci');
  const counts = useAll(Array.from({ length: 300 }, (_, index) => mutants.at(index)));
  for (const [use, [results, refusals]] of counts) expect(results + refusals, use).toBe(300);
});
