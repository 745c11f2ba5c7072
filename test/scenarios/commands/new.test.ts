import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { firstScenario } from '../../../scenarios/commands/new.ts';
import { goheapsim, scratchFolder } from '../command-line.ts';

const scratch = scratchFolder();
afterAll(() => scratch.remove());

test('imports come from the package, and a guide stands at the top', () => {
  const template = [
    '/** What the library says of it. */',
    "import { intParam } from '../dsl/params.ts';",
    "import { scenario } from '../index.ts';",
    'export default scenario({});',
    '',
  ].join('\n');
  const text = firstScenario('my.ts', template);
  expect(text).toMatch(
    /^\/\*\*\n \* A scenario: [\s\S]*goheapsim run my\.ts[\s\S]*\n \*\/\nimport /,
  );
  expect(text).not.toContain('What the library says');
  expect(text.slice(text.indexOf('import'))).toBe(
    [
      "import { intParam } from 'goheapsim/scenarios';",
      "import { scenario } from 'goheapsim/scenarios';",
      'export default scenario({});',
      '',
    ].join('\n'),
  );
});

test('a new scenario runs as it is', async () => {
  const file = scratch.path('my.ts');
  const made = await goheapsim(['new', file]);
  expect({ code: made.code, stderr: made.stderr }).toEqual({ code: 0, stderr: '' });
  expect(made.stdout).toContain(`goheapsim run ${file}`);
  const ran = await goheapsim(['run', file, '-o', scratch.path('my.dump')]);
  expect({ code: ran.code, stderr: ran.stderr }).toEqual({ code: 0, stderr: '' });
  expect(ran.stdout).toContain('my.dump');
});

test('a file that is there is left alone', async () => {
  const file = scratch.path('mine.ts');
  writeFileSync(file, 'mine');
  const { code, stderr } = await goheapsim(['new', file]);
  expect(code).toBe(2);
  expect(stderr).toBe(
    `goheapsim: ${file} is there already: choose another name, or remove it first\n`,
  );
  expect(readFileSync(file, 'utf8')).toBe('mine');
});

test.each([
  ['my.js', 2, /ends in \.ts: goheapsim new my\.js\.ts/],
  ['/no/such/folder/my.ts', 3, /cannot write: no such file or folder/],
])('%s is refused', async (file, code, message) => {
  const outcome = await goheapsim(['new', file]);
  expect(outcome.code).toBe(code);
  expect(outcome.stderr).toMatch(message);
});
