import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { golden } from '../../goldens/goldens.ts';
import { goheapsim, scratchFolder } from '../command-line.ts';

const scratch = scratchFolder();
const file = scratch.path('real.dump');
/** Written by go1.22.12, its write() sizes seen by strace: the oracle. */
const real = golden('linked-list.amd64.4');

beforeAll(() => writeFileSync(file, real.dump));
afterAll(() => scratch.remove());

test('a real dump comes out as it was, and the write log is what strace saw', async () => {
  const out = scratch.path('again.dump');
  const log = scratch.path('sizes.txt');
  const { code, stdout, stderr } = await goheapsim(['redump', file, '-o', out, '--write-log', log]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(readFileSync(out).equals(real.dump)).toBe(true);
  expect(readFileSync(log, 'utf8')).toBe(real.writes.map((size) => `${size}\n`).join(''));
  expect(stdout).toContain(`goheapsim diff ${file} ${out}`);
  expect(stdout).toContain(`${real.dump.length.toLocaleString('en-US')} bytes`);
  expect(scratch.files()).toEqual(['again.dump', 'real.dump', 'sizes.txt']);
});

test('may replace its own input', async () => {
  const { code } = await goheapsim(['redump', file, '-o', file]);
  expect(code).toBe(0);
  expect(readFileSync(file).equals(real.dump)).toBe(true);
});

describe('a failure is one line, and no file is made or changed', () => {
  test.each([
    [
      'a cut dump',
      () => real.dump.subarray(0, 50_000),
      'out.dump',
      2,
      /byte \d+ .*end of the input/,
    ],
    ['no dump', () => Buffer.from('#!/bin/sh\nexit 0\n'), 'out.dump', 2, /not a Go heap dump/],
    [
      'a missing folder',
      () => real.dump,
      'no/out.dump',
      3,
      /there is no folder .*no; make it first/,
    ],
    ['a full disk', () => real.dump, '/dev/full', 3, /no space left on the disk/],
  ])('%s', async (_what, bytes, out, code, message) => {
    const input = scratch.path('input');
    writeFileSync(input, bytes());
    const before = scratch.files();
    const to = out.startsWith('/') ? out : scratch.path(out);
    if (to === '/dev/full' && !existsSync(to)) return;
    const outcome = await goheapsim(['redump', input, '-o', to]);
    expect(outcome.stderr).toMatch(/^goheapsim: [^\n]*\n$/);
    expect(outcome.stderr).toMatch(message);
    expect(outcome.code).toBe(code);
    expect(outcome.stdout).toBe('');
    expect(scratch.files()).toEqual(before);
  });
});

test('-o is asked for', async () => {
  const { code, stderr } = await goheapsim(['redump', file]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^goheapsim: redump: .*-o FILE/);
});

test('binary bytes are not written to a terminal', async () => {
  const { code, stderr } = await goheapsim(['redump', file, '-o', '-'], { stdoutIsTTY: true });
  expect(code).toBe(2);
  expect(stderr).toMatch(/would write a binary dump to the terminal/);
});
