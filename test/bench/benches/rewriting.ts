import { statSync } from 'node:fs';
import { compare } from '../compare.ts';
import { ours, realGo } from '../measure.ts';
import type { Bench } from './bench.ts';

export const rewriting: Bench = {
  names: ['redump', 'diff'],
  title: 'a dump of 300 MB by real Go loaded and written again, and compared with another',
  *run({ rounds, scaled, scratch }) {
    const n = scaled(11_000_000);
    const file = scratch('real');
    const go = realGo('dump', n, file);
    if (go === undefined) return;
    go();
    const { size } = statSync(file);
    const scale = { unit: 'MB/s', of: (seconds: number) => size / 1e6 / seconds };
    yield compare('redump', rounds, scale, ours('redump', n, file));
    realGo('dump', n, scratch('real.other'))?.();
    yield compare('diff', rounds, scale, ours('diff', n, file));
  },
};
