/** How the program starts: from a build of its sources as they are now, else from the sources. A copy of it is judged. */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scratchFolder } from './command-line.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const scratch = scratchFolder();
const copy = scratch.path('goheapsim');
const builds = `${copy}/out/cli`;
const cli = (...argv: string[]): string =>
  execFileSync(process.execPath, [`${copy}/scenarios/bin.js`, ...argv], {
    cwd: scratch.path('.'),
    encoding: 'utf8',
  });

beforeAll(() => {
  mkdirSync(copy);
  for (const name of ['sim', 'dump', 'scenarios', 'package.json']) {
    cpSync(`${root}/${name}`, `${copy}/${name}`, { recursive: true });
  }
  symlinkSync(`${root}/node_modules`, `${copy}/node_modules`);
});
afterAll(() => scratch.remove());
const removeBuilds = (): void => rmSync(`${copy}/out`, { recursive: true, force: true });

/** The lines of --help name the place that `edit` changes. */
const place = 'List the spans of a ';
const shown = (): string | undefined => /List the spans of a (\w+)/.exec(cli('--help'))?.[1];

/** Writes another word of four letters, such that neither the file's size nor its time tells. */
function edit(file: string, word: string): void {
  const { atime, mtime, size } = statSync(file);
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/List the spans of a \w{4}/, place + word));
  utimesSync(file, atime, mtime);
  expect(statSync(file).size).toBe(size);
}
const editSource = (word: string): void => edit(`${copy}/scenarios/command-table.ts`, word);

/** The one build there is. */
function build(): string {
  const folders = readdirSync(builds).filter((name) => name !== 'stamp.json');
  expect(folders).toEqual([expect.stringMatching(/^[0-9a-f]{24}$/)]);
  return `${builds}/${folders[0]}`;
}

/** The file of the build that has the place. */
function builtFile(): string {
  const folder = build();
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const scripts = files.filter((name) => name.endsWith('.js')).map((name) => `${folder}/${name}`);
  return scripts.find((file) => readFileSync(file, 'utf8').includes(place))!;
}

test('a build is made by the first run, and the next ones run it as long as it fits the sources', () => {
  editSource('heap');
  expect(shown()).toBe('heap');
  expect(readFileSync(`${build()}/LICENCES`, 'utf8')).toMatch(/^yargs \d.*MIT\n\nMIT License/m);
  edit(builtFile(), 'MADE');
  expect(shown()).toBe('MADE');
  editSource('pile');
  expect(shown()).toBe('pile');
});

test('a change that neither size nor time of a file tells is seen, also where the files are old', async () => {
  removeBuilds();
  editSource('heap');
  await setTimeout(2100);
  expect(shown()).toBe('heap');
  expect(existsSync(`${builds}/stamp.json`)).toBe(true);
  edit(builtFile(), 'MADE');
  expect(shown()).toBe('MADE');
  editSource('pile');
  expect(shown()).toBe('pile');
});

test('without a place for a build the sources run: same bytes, same lines of a script that ships', () => {
  const outcome = (name: string): unknown => {
    cli('run', 'tree', '-p', 'keys=20', '-o', name);
    return [readFileSync(scratch.path(name)), cli('explain', 'lesson-01', '--step', '40')];
  };
  removeBuilds();
  const built = outcome('built.dump');
  build();
  removeBuilds();
  writeFileSync(`${copy}/out`, 'no folder');
  expect(outcome('sources.dump')).toEqual(built);
  expect(cli('explain', 'lesson-01', '--step', '40')).toMatch(
    /^step +40 +01-size-classes\.ts:\d+ /,
  );
  removeBuilds();
});

test('a script that imports what is inside goheapsim is told what to import', () => {
  const inside = `${copy}/scenarios/dsl/func.ts`;
  writeFileSync(scratch.path('my.ts'), `import { func } from '${inside}';\nexport default func;\n`);
  expect(() => cli('run', 'my.ts')).toThrow(/my\.ts: scenarios\/dsl\/func\.ts is inside goheapsim/);
});

test('a script among the sources may import anything there', () => {
  const script = `${copy}/scenarios/new.ts`;
  writeFileSync(
    script,
    `import { scenario } from './dsl/func.ts';
     export default scenario({ question: 'Any?', main(go) { go.writeHeapDump(); } });`,
  );
  expect(cli('run', script, '-o', 'new.dump')).toContain('new.dump');
});

test('a page that a build writes has the engine that runs its script again, and the licences of the packages in it', () => {
  const page = scratch.path('list.html');
  cli('explore', 'linked-list', '-p', 'n=3', '-o', page);
  expect(existsSync(builds)).toBe(true);
  const html = readFileSync(page, 'utf8');
  expect(html).toContain('data-section="engine"');
  expect(html).toMatch(/preact \d.*, licence MIT/);
}, 60_000);
