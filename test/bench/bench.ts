/**
 * How fast goheapsim is, beside real go1.22.12 doing the same in the same run.
 *
 * `npm run bench -- [--json FILE] [--only NAME,…] [--rounds N] [--quick] [--growth]`
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { growth } from './benches/growth.ts';
import { benches } from './benches/index.ts';
import type { BenchResult } from './compare.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    only: { type: 'string' },
    rounds: { type: 'string' },
    quick: { type: 'boolean', default: false },
    growth: { type: 'boolean', default: false },
  },
});

const quick = values.quick;
const rounds = Number(values.rounds ?? (quick ? 1 : 3));
const only = values.only?.split(',');
const known = benches.flatMap(({ names }) => names);
for (const name of only ?? []) {
  if (!known.includes(name)) throw new Error(`no bench ${name}: one of ${known.join(', ')}`);
}

const folder = mkdtempSync(join(tmpdir(), 'goheapsim-bench-'));
const context = {
  rounds,
  scaled: (n: number) => (quick ? Math.ceil(n / 1000) : n),
  scratch: (name: string) => join(folder, name),
};

function* results(): Iterable<BenchResult> {
  for (const bench of values.growth ? [growth] : benches) {
    if (only !== undefined && !bench.names.some((name) => only.includes(name))) continue;
    process.stderr.write(`${bench.names.join(', ')}: ${bench.title}\n`);
    yield* bench.run(context);
  }
}

const figure = (value: number | undefined): string =>
  value === undefined ? '' : value.toPrecision(3).replace(/e\+(\d+)/, 'e$1');

function row({ name, ours, go, ratio, unit, cpu }: BenchResult): string {
  const cells = [figure(ratio), figure(cpu?.ratio), name, figure(ours), figure(go), unit];
  return `| ${cells.join(' | ')} |\n`;
}

const all: BenchResult[] = [];
process.stdout.write('| ratio | by processor time | bench | ours | go | unit |\n');
process.stdout.write('| --- | --- | --- | --- | --- | --- |\n');
try {
  for (const result of results()) {
    if (only !== undefined && !only.includes(result.name)) continue;
    all.push(result);
    process.stdout.write(row(result));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(all, null, 2)}\n`);
