/**
 * The examples of scenarios/README.md: each is a file that runs as it stands, and passes the type check. And what
 * README.md shows of the output of commands is what they print.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyDump } from '../../dump/index.ts';
import { goheapsim, scratchFolder } from './command-line.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const text = readFileSync(`${root}/scenarios/README.md`, 'utf8');
const blocks = [...text.matchAll(/^```ts( run=program)?\n([\s\S]*?)^```$/gm)].map(
  ([, program, code]) => ({ isScenario: program === undefined, code: code! }),
);
const scratch = scratchFolder();
const fileOf = (i: number) => scratch.path(`example-${i}.ts`);

beforeAll(() => {
  mkdirSync(scratch.path('node_modules'));
  symlinkSync(root, scratch.path('node_modules/goheapsim'));
  writeFileSync(scratch.path('package.json'), '{"type":"module"}');
  for (const [i, { code }] of blocks.entries()) writeFileSync(fileOf(i), code);
});
afterAll(() => scratch.remove());

test('there are examples', () => {
  expect(blocks.filter((block) => block.isScenario).length).toBeGreaterThanOrEqual(3);
  expect(blocks.some((block) => !block.isScenario)).toBe(true);
});

test('they pass the type check', () => {
  const compilerOptions = {
    customConditions: ['goheapsim-source'],
    allowImportingTsExtensions: true,
    module: 'nodenext',
    target: 'es2022',
    lib: ['es2023', 'es2024.string'],
    types: ['node'],
    typeRoots: [`${root}/node_modules/@types`],
    strict: true,
    noEmit: true,
  };
  writeFileSync(scratch.path('tsconfig.json'), JSON.stringify({ compilerOptions }));
  const tsc = `${root}/node_modules/typescript/bin/tsc`;
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', scratch.path('.')]);
  expect({ status, stdout: stdout.toString() }).toEqual({ status: 0, stdout: '' });
});

test.each([...blocks.entries()].filter(([, block]) => block.isScenario))(
  'example %i runs',
  async (i) => {
    const out = scratch.path(`${i}.dump`);
    const { code, stderr } = await goheapsim(['run', fileOf(i), '-o', out]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(verifyDump(readFileSync(out)).defects).toEqual([]);
  },
);

test.each([...blocks.entries()].filter(([, block]) => !block.isScenario))(
  'example %i is a program that makes a dump',
  (i, { code }) => {
    const file = scratch.path(`program-${i}.ts`);
    writeFileSync(file, `${code}process.stdout.write(Buffer.concat(pieces));\n`);
    const tsx = `${root}/node_modules/tsx/dist/esm/index.mjs`;
    const dump = execFileSync(
      process.execPath,
      ['--conditions=goheapsim-source', '--import', tsx, file],
      { cwd: scratch.path('.'), maxBuffer: 1 << 26 },
    );
    const { defects, params } = verifyDump(dump);
    expect(defects).toEqual([]);
    expect(params?.architecture).toBe('riscv64');
  },
);

/** The indented block of README.md that begins with a line, without the indent, up to a line that is only `…`. */
function shownFrom(first: string): string[] {
  const lines = readFileSync(`${root}/README.md`, 'utf8').split('\n');
  const begin = lines.indexOf(`    ${first}`);
  expect(begin).toBeGreaterThan(0);
  const length = lines.slice(begin).findIndex((line) => line !== '' && !line.startsWith('    '));
  const block = lines.slice(begin, begin + length).map((line) => line.slice(4));
  const cut = block.findIndex((line) => line.trim() === '…');
  return block.slice(0, cut < 0 ? undefined : cut).filter((line) => line !== '');
}

test('README.md shows what the first run prints', async () => {
  const shown = shownFrom('linked-list.dump');
  expect(shown.length).toBeGreaterThan(3);
  const name = scratch.path('linked-list.dump');
  const { stdout } = await goheapsim(['run', 'linked-list', '-o', name]);
  const [first, ...printed] = stdout.split('\n').slice(0, shown.length);
  expect([first!.replace(name, 'linked-list.dump'), ...printed]).toEqual(shown);
});

test('README.md shows what explain prints', async () => {
  const command = 'explain linked-list --step 1984';
  const [, ...shown] = shownFrom(`goheapsim ${command}`);
  expect(shown.length).toBeGreaterThan(10);
  const { stdout } = await goheapsim(command.split(' '));
  expect(stdout.split('\n').filter((line) => line !== '')).toEqual(shown);
});
