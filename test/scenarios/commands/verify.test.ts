import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDump, verifyRules } from '../../../dump/index.ts';
import { golden } from '../../goldens/goldens.ts';
import { goheapsim, scratchFolder } from '../command-line.ts';

const scratch = scratchFolder();
/** Written by go1.22.12: nothing may be wrong with it. */
const real = golden('linked-list.386.4').dump;
const file = scratch.path('real.dump');
const badFile = scratch.path('bad.dump');
let badOffset = 0;

beforeAll(() => {
  writeFileSync(file, real);
  // An object's pointer moved off its word.
  const record = [...readDump(real)].find(
    ({ kind, ...rest }) => kind === 'object' && 'pointers' in rest && rest.pointers.length === 1,
  )!;
  badOffset = Number(record.offset) + Number(record.length) - 2;
  const bytes = real.slice();
  bytes[badOffset] = bytes[badOffset]! + 1;
  writeFileSync(badFile, bytes);
});
afterAll(() => scratch.remove());

test('a real dump has no defects', async () => {
  const records = [...readDump(real)].length.toLocaleString('en-US');
  const { code, stdout, stderr } = await goheapsim(['verify', file]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const text = stdout.replace(/\s+/g, ' ');
  expect(text).toContain(`${file}: no defects in ${records} records`);
});

describe('a defect', () => {
  test('is told with offset, field and rule, and ends with 1', async () => {
    const { code, stdout } = await goheapsim(['verify', badFile]);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      new RegExp(
        `^byte ${badOffset.toLocaleString('en-US')} \\(0x${badOffset.toString(16)}\\): error: object#\\d+\\.fields\\[0\\]\\.offset:`,
      ),
    );
    expect(stdout).toContain('    rule field-aligned\n');
    expect(stdout.replace(/\s+/g, ' ')).toContain(`${badFile}: 1 defect in `);
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  test('is data with --json', async () => {
    const { code, stdout } = await goheapsim(['verify', badFile, '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      file: badFile,
      ok: false,
      bytes: real.length,
      broken: { 'field-aligned': 1 },
      defects: [
        {
          offset: badOffset,
          path: expect.stringMatching(/^object#\d+\.fields\[0\]\.offset$/),
          rule: 'field-aligned',
          severity: 'error',
        },
      ],
    });
  });
});

test('a dump that is cut is bad, a file that is no dump is wrong input', async () => {
  writeFileSync(scratch.path('cut'), real.subarray(0, real.length - 1));
  const cut = await goheapsim(['verify', scratch.path('cut')]);
  expect(cut.code).toBe(1);
  expect(cut.stdout).toMatch(/rule wire/);
  writeFileSync(scratch.path('other'), 'something else entirely');
  const other = await goheapsim(['verify', scratch.path('other'), '--json']);
  expect(other.code).toBe(2);
  expect(other.stdout).toBe('');
  expect(other.stderr).toMatch(/^goheapsim: .*other: not a Go heap dump: [^\n]*\n$/);
});

test('--rules shows every rule', async () => {
  const { stdout } = await goheapsim(['verify', '--rules']);
  for (const id of Object.keys(verifyRules)) expect(stdout).toMatch(new RegExp(`^${id}( |$)`, 'm'));
  expect((await goheapsim(['verify'])).code).toBe(2);
});
