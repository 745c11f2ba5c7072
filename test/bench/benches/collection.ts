import { compare, perOne } from '../compare.ts';
import { ours, realGo } from '../measure.ts';
import type { Bench } from './bench.ts';

export const collection: Bench = {
  names: ['collect', 'collect-half'],
  title: 'a collection and its sweep of 10 million objects, all alive or half of them',
  *run({ rounds, scaled }) {
    const n = scaled(10_000_000);
    for (const name of ['collect', 'collect-half'] as const) {
      yield compare(name, rounds, perOne(n), ours(name, n), [realGo(name, n)]);
    }
  },
};
