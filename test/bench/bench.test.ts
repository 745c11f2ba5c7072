import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { describeWithOracle } from '../oracle/describe-with-oracle.ts';
import { scratchFolder } from '../scenarios/command-line.ts';
import { benches } from './benches/index.ts';

const scratch = scratchFolder();
afterAll(() => scratch.remove());

describeWithOracle('go1.22.12', 'npm run bench -- --quick', () => {
  test('measures everything that it names, in a table and as JSON', () => {
    const json = scratch.path('bench.json');
    const bench = fileURLToPath(new URL('bench.ts', import.meta.url));
    const flags = ['--conditions=goheapsim-source', '--import', 'tsx'];
    const table = execFileSync(process.execPath, [...flags, bench, '--quick', '--json', json], {
      encoding: 'utf8',
    });
    const results = JSON.parse(readFileSync(json, 'utf8')) as { name: string; ours: number }[];
    expect(results.map(({ name }) => name)).toEqual(benches.flatMap(({ names }) => names));
    expect(results.filter(({ ours }) => !(ours > 0))).toEqual([]);
    for (const { name } of results) expect(table).toContain(`| ${name} |`);
  }, 300_000);
});
