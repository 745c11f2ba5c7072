import { compare, perOne } from '../compare.ts';
import { otherReaders, ours } from '../measure.ts';
import type { Bench } from './bench.ts';

export const reading: Bench = {
  names: ['read', 'verify'],
  title: 'a dump of 10 million nodes read and verified, beside the fastest other reader',
  *run({ rounds, scaled, scratch }) {
    const n = scaled(10_000_000);
    const file = scratch('nodes');
    ours('dump', n, file)();
    const others = otherReaders(file);
    for (const name of ['read', 'verify'] as const) {
      yield compare(name, rounds, perOne(n), ours(name, n, file), others);
    }
  },
};
