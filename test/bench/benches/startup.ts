import { fileURLToPath } from 'node:url';
import { compare } from '../compare.ts';
import { command } from '../measure.ts';
import type { Bench } from './bench.ts';

const bin = fileURLToPath(new URL('../../../scenarios/bin.js', import.meta.url));

export const startup: Bench = {
  names: ['startup'],
  title: 'run linked-list -p n=100 from the first instruction to the last',
  *run({ rounds, scratch }) {
    const line = ['run', 'linked-list', '-p', 'n=100', '-o', scratch('small')];
    const run = command([bin, ...line], scratch('cpu'));
    run();
    yield compare('startup', rounds, { unit: 's', of: (s) => s }, run);
  },
};
