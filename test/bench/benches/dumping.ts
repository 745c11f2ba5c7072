import { compare, perOne } from '../compare.ts';
import { ours, realGo } from '../measure.ts';
import type { Bench } from './bench.ts';

export const dumping: Bench = {
  names: ['dump-file', 'dump-null', 'dump-buffers'],
  title: 'a dump of 10 million nodes, of a million buffers of 512 bytes',
  *run({ rounds, scaled, scratch }) {
    const n = scaled(10_000_000);
    for (const [name, file] of [
      ['dump-file', scratch('nodes')],
      ['dump-null', '/dev/null'],
    ] as const) {
      yield compare(name, rounds, perOne(n), ours('dump', n, file), [realGo('dump', n, file)]);
    }
    const buffers = scaled(1_000_000);
    const file = scratch('buffers');
    const go = realGo('dump-buffers', buffers, file);
    const our = ours('dump-buffers', buffers, file);
    yield compare('dump-buffers', rounds, perOne(buffers), our, [go]);
  },
};
