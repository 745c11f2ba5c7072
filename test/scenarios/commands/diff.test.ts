import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDump } from '../../../dump/index.ts';
import { golden } from '../../goldens/goldens.ts';
import { goheapsim, scratchFolder } from '../command-line.ts';

const scratch = scratchFolder();
/** The same go1.22.12 program at entry to main and at its end. */
const before = golden('linked-list.amd64.3').dump;
const after = golden('linked-list.amd64.4').dump;
const a = scratch.path('a.dump');
const b = scratch.path('b.dump');

beforeAll(() => {
  writeFileSync(a, before);
  writeFileSync(b, after);
});
afterAll(() => scratch.remove());

const objectsOf = (dump: Uint8Array) =>
  new Set(
    [...readDump(dump)].flatMap((record) => (record.kind === 'object' ? [record.address] : [])),
  );

test('a dump does not differ from itself', async () => {
  const { code, stdout } = await goheapsim(['diff', a, a]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/no\s+difference/);
  const json = await goheapsim(['diff', a, a, '--json']);
  expect(json.code).toBe(0);
  expect(JSON.parse(json.stdout)).toMatchObject({ equal: true });
});

describe('two dumps of one program', () => {
  test('as data: the objects that only one of them has', async () => {
    const { code, stdout } = await goheapsim(['diff', a, b, '--json']);
    expect(code).toBe(1);
    const diff = JSON.parse(stdout);
    const [had, has] = [objectsOf(before), objectsOf(after)];
    const born = [...has].filter((address) => !had.has(address)).length;
    const died = [...had].filter((address) => !has.has(address)).length;
    expect(diff.objects.before.count).toBe(had.size);
    expect(diff.objects.after.count).toBe(has.size);
    expect(diff.objects.born.count + diff.objects.moved.count).toBe(born);
    expect(diff.objects.died.count + diff.objects.moved.count).toBe(died);
    expect(diff).toMatchObject({ a, b, equal: false });
  });

  test('spans that came and went, which are as many pages as HeapInuse grew by', async () => {
    const { stdout } = await goheapsim(['diff', a, b, '--json']);
    const { spans, memStats } = JSON.parse(stdout);
    const pagesOf = (list: { pages: number }[]) => list.reduce((sum, { pages }) => sum + pages, 0);
    const { delta } = memStats.find(({ name }: { name: string }) => name === 'heapInuse');
    expect(spans.inferred).toBe(true);
    expect(spans.gained.length).toBeGreaterThan(1);
    expect((pagesOf(spans.gained) - pagesOf(spans.lost)) * 8192).toBe(Number(delta));
    const text = (await goheapsim(['diff', a, b])).stdout;
    expect(text).toContain(`\nSpans +${spans.gained.length} -${spans.lost.length}, as objects`);
  });

  test('for a person: sections in 80 columns, lists cut at --limit', async () => {
    const { stdout } = await goheapsim(['diff', a, b, '--limit', '3']);
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    for (const title of ['Objects', 'Roots', 'MemStats'])
      expect(stdout).toMatch(new RegExp(`^${title}$`, 'm'));
    const born = stdout.slice(stdout.indexOf('  born\n')).split('\n').slice(1);
    expect(
      born.filter((line) => /^ {4}0x[0-9a-f]+ {2}\d+ bytes$/.test(line)).slice(0, 4),
    ).toHaveLength(3);
    expect(born[3]).toMatch(/^ {4}and [\d,]+ more \(--limit\)$/);
  });
});

describe('two scenarios', () => {
  const small = ['-p', 'n=50'];
  test('are compared as the dumps that they write at their ends are', async () => {
    for (const goarch of ['amd64', '386']) {
      const path = scratch.path(`${goarch}.dump`);
      const run = await goheapsim(['run', 'linked-list', ...small, '--goarch', goarch, '-o', path]);
      expect(run.code).toBe(0);
    }
    const each = ['--goarch', 'amd64', '--goarch', '386', '--json'];
    const two = await goheapsim(['diff', 'linked-list', 'linked-list', ...small, ...each]);
    const dumps = await goheapsim([
      ...['diff', scratch.path('amd64.dump'), scratch.path('386.dump'), '--json'],
    ]);
    const [steps, files] = [JSON.parse(two.stdout), JSON.parse(dumps.stdout)];
    expect([two.code, steps.a]).toEqual([1, expect.stringMatching(/^linked-list step \d+$/)]);
    expect(steps.params).toEqual(files.params);
    expect(steps.objects.before.count).toBe(files.objects.before.count);
    expect(steps.objects.after.count).toBe(files.objects.after.count);
    expect(steps.objects.unchanged).toBe(files.objects.unchanged);
  });

  test('each have a step of their own', async () => {
    const argv = ['diff', 'linked-list', 'linked-list', ...small, '--from', '9', '--to', '9'];
    expect(await goheapsim(argv)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/no\s+difference/),
    });
  });
});

describe('input that cannot be compared ends with 2 or 3, never with 1', () => {
  test.each([
    [
      'a missing second dump',
      () => [a, scratch.path('none')],
      3,
      /none: cannot read: no such file/,
    ],
    ['a second file that is empty', () => [a, '/dev/null'], 2, /diff: \/dev\/null is empty/],
    [
      'a second file that is no dump',
      () => [a, scratch.path('text')],
      2,
      /no heap dump, which begins/,
    ],
    [
      'a scenario and a dump',
      () => ['tree', a],
      2,
      /tree is a scenario, and \S+a\.dump a heap dump: two of one kind are compared/,
    ],
    [
      'steps of dumps',
      () => [a, b, '--from', '3'],
      2,
      /--from and --to are steps of a scenario or log/,
    ],
    ['a parameter of dumps', () => [a, b, '-p', 'n=3'], 2, /--param is for a scenario/],
    ['a cut first dump', () => [scratch.path('cut'), b], 2, /cut: byte \d+ /],
    ['standard input twice', () => ['-', '-'], 2, /only one of the two can be standard input/],
    ['a bad limit', () => [a, b, '--limit', 'x'], 2, /--limit: want a whole number, got "x"/],
  ])('%s', async (_what, argv, code, message) => {
    writeFileSync(scratch.path('cut'), before.subarray(0, 5000));
    writeFileSync(scratch.path('text'), 'hello\n'.repeat(9));
    const outcome = await goheapsim(['diff', ...argv()]);
    expect(outcome.code).toBe(code);
    expect(outcome.stdout).toBe('');
    expect(outcome.stderr).toMatch(/^goheapsim: [^\n]*\n$/);
    expect(outcome.stderr).toMatch(message);
  });
});
