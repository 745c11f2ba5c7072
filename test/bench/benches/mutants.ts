import { compare } from '../compare.ts';
import { ours } from '../measure.ts';
import type { Bench } from './bench.ts';

export const mutants: Bench = {
  names: ['mutants'],
  title: 'mutants of a dump of 100 KB',
  *run({ rounds, scaled }) {
    const n = scaled(50_000);
    const scale = { unit: 'mutants/s', of: (seconds: number) => n / seconds };
    yield compare('mutants', rounds, scale, ours('mutants', n));
  },
};
