import { bareNode, median, ours } from '../measure.ts';
import type { Bench } from './bench.ts';

export const memory: Bench = {
  names: ['memory'],
  title: 'resident memory over that of a bare Node process, for each byte of the simulated heap',
  *run({ rounds, scaled }) {
    const n = scaled(10_000_000);
    const ratios: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const { peak = 0, count = 1 } = ours('mallocgc', n)();
      ratios.push((peak - bareNode()) / count);
    }
    yield { name: 'memory', ours: median(ratios), unit: 'bytes/byte' };
  },
};
