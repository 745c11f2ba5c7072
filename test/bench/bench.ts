/** `npm run bench`: how fast goheapsim is, beside real go1.22.12 doing the same in the same run. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import yargs from 'yargs';
import { growth } from './benches/growth.ts';
import { benches } from './benches/index.ts';
import type { BenchResult } from './compare.ts';

const known = benches.flatMap(({ names }) => names);

const values = yargs(process.argv.slice(2))
  .scriptName('npm run bench --')
  .usage(
    "$0\n\nCompares the speed of goheapsim with that of real go1.22.12, in one run; ratios are ours to Go's.",
  )
  .option('only', { type: 'string', describe: `Some of ${known.join(', ')}, with commas` })
  .option('rounds', {
    type: 'number',
    describe: 'Times that each is measured [default: 3; 1 with --quick]',
  })
  .option('quick', {
    type: 'boolean',
    default: false,
    describe: 'A thousandth of the size: whether it works',
  })
  .option('growth', {
    type: 'boolean',
    default: false,
    describe: 'How time grows from 10^4 to 10^7 objects, instead',
  })
  .option('json', { type: 'string', describe: 'File for the figures as JSON' })
  .example('$0 --only startup,mutants --rounds 5', '')
  .check(({ only }) => {
    const unknown = only?.split(',').find((name) => !known.includes(name));
    if (unknown !== undefined) throw new Error(`no bench ${unknown}`);
    return true;
  })
  .version(false)
  .strict()
  .wrap(80)
  .parseSync();

const quick = values.quick;
const rounds = values.rounds ?? (quick ? 1 : 3);
const only = values.only?.split(',');

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
