import { compare, perOne } from '../compare.ts';
import { ours, realGo } from '../measure.ts';
import type { Bench } from './bench.ts';

export const allocation: Bench = {
  names: ['mallocgc', 'dsl-malloc', 'mixed'],
  title: '10 million linked nodes of 16 bytes; a million requests of 8 to 1,032 bytes',
  *run({ rounds, scaled }) {
    const n = scaled(10_000_000);
    const go = realGo('mallocgc', n);
    yield compare('mallocgc', rounds, perOne(n), ours('mallocgc', n), [go]);
    yield compare('dsl-malloc', rounds, perOne(n), ours('dsl-malloc', n), [go]);
    const requests = scaled(1_000_000);
    const mixed = ours('mixed', requests);
    yield compare('mixed', rounds, perOne(requests), mixed, [realGo('mixed', requests)]);
  },
};
