/** `run --count N --shard k/n`: families of dumps. */
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { familyOf, memberFile } from '../../../scenarios/run-family.ts';
import { goheapsim, scratchFolder } from '../command-line.ts';

const scratch = scratchFolder();
afterEach(() => scratch.clear());

/** Runs the small scenario; `out` is a name in the scratch folder. */
const run = (out: string, ...argv: string[]) =>
  goheapsim(['run', 'linked-list', '-p', 'n=10', '-o', scratch.path(out), ...argv]);

describe('the members', () => {
  test.each([
    ['out.dump', 3, 10, 'out.3.dump'],
    ['out.dump', 3, 11, 'out.03.dump'],
    ['a.b/out', 99, 100, 'a.b/out.99'],
    ['out.tar.dump', 0, 1, 'out.tar.0.dump'],
  ])('%s: number %d of %d is %s', (file, index, count, name) => {
    expect(memberFile(file, index, count)).toBe(name);
  });

  test.each([
    [undefined, undefined, undefined],
    ['5', undefined, { count: 5, first: 0, step: 1 }],
    ['5', '3/3', { count: 5, first: 2, step: 3 }],
  ])('--count %s --shard %s', (count, shard, family) => {
    expect(familyOf(count, shard)).toEqual(family);
  });

  test.each([
    [undefined, '1/2', /--count/],
    ['0', undefined, /from 1/],
    ['5', '4/3', /from 1 to n/],
    ['5', '0/3', /from 1 to n/],
    ['5', '3', /want k\/n/],
    ['5', '0/1/2', /want k\/n/],
  ])('--count %s --shard %s is refused', (count, shard, message) => {
    expect(() => familyOf(count, shard)).toThrow(message);
  });
});

test('all shards together make what one run makes, each member that of its seed', async () => {
  const family = ['--count', '3', '--seed', 's'];
  expect(await run('all', ...family)).toMatchObject({ code: 0 });
  expect(await run('part', ...family, '--shard', '1/2')).toMatchObject({ code: 0 });
  expect(await run('part', ...family, '--shard', '2/2')).toMatchObject({ code: 0 });
  expect(await run('alone', '--seed', 's.1')).toMatchObject({ code: 0 });
  const numbers = [0, 1, 2];
  const names = ['all', 'part'].flatMap((name) => numbers.map((i) => `${name}.${i}`));
  expect(scratch.files()).toEqual([...names, 'alone'].sort());
  const bytes = (name: string) => readFileSync(scratch.path(name));
  for (const i of numbers) expect(bytes(`part.${i}`)).toEqual(bytes(`all.${i}`));
  expect(bytes('all.1')).toEqual(bytes('alone'));
});

test('what is whole is kept, what is cut short is made again', async () => {
  await run('x', '--count', '2');
  const whole = readFileSync(scratch.path('x.1'));
  truncateSync(scratch.path('x.1'), 1000);
  const { stdout } = await run('x', '--count', '2');
  expect(stdout).toContain('1 run done, 1 there before');
  expect(stdout).not.toContain('x.0:');
  expect(readFileSync(scratch.path('x.1'))).toEqual(whole);
});

test('a file that is no dump is not overwritten', async () => {
  writeFileSync(scratch.path('x.0'), 'my notes, which are dear to me');
  expect(await run('x', '--count', '1')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('x.0: not a Go heap dump'),
  });
});

test('standard output takes no family', async () => {
  const outcome = await goheapsim(['run', 'linked-list', '--count', '2', '-o', '-']);
  expect(outcome).toMatchObject({ code: 2, stdout: '' });
});
