import { expect, test } from 'vitest';
import { lessonNames, libraryNames } from '../../../scenarios/scenario-files.ts';
import { goheapsim } from '../command-line.ts';

test('every scenario of the library is listed with its question and parameters, in 80 columns', async () => {
  const { code, stdout, stderr } = await goheapsim(['list']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(libraryNames()).toContain('linked-list');
  for (const name of libraryNames()) expect(stdout).toMatch(new RegExp(`^${name}\\n {2}\\S`, 'm'));
  for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  expect(stdout).toMatch(/^ {4}-p \w+=/m);
  const lessons = stdout.slice(stdout.indexOf('\nLessons\n'));
  for (const name of lessonNames()) expect(lessons).toMatch(new RegExp(`^ {2}${name} {2}\\S`, 'm'));
});

test('--json is name, question and parameters', async () => {
  const { stdout } = await goheapsim(['list', '--json']);
  const listed: Record<string, unknown>[] = JSON.parse(stdout);
  expect(listed.map(({ name }) => name)).toEqual([...libraryNames(), ...lessonNames()]);
  for (const scenario of listed) {
    expect(Object.keys(scenario)).toEqual(['name', 'question', 'parameters']);
    expect(scenario.question).toMatch(/\?$/);
    for (const parameter of scenario.parameters as Record<string, unknown>[]) {
      expect(parameter).toMatchObject({
        name: expect.any(String),
        type: expect.stringMatching(/^(int|float|bool|string|enum)$/),
        help: expect.any(String),
      });
      expect(parameter).toHaveProperty('default');
    }
  }
});
