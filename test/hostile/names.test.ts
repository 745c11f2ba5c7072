/** Names that a terminal would obey, in dumps, file names and arguments: each command shows them, and none reaches the terminal raw. */
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeDump, everyKind, type PlainRecord } from '../dump/encoder.ts';
import { goheapsim, scratchFolder } from '../scenarios/command-line.ts';

const scratch = scratchFolder();
afterAll(() => scratch.remove());

/** Clears the screen, sets a title, colours by C1, writes backwards, isolates, deletes, and is markup. */
const evil = 'a\x1b[2J\x1b]0;t\x07b\x9b31mc\u202egpj.\u2066d\x7f\u200f<b>';
// biome-ignore lint/suspicious/noControlCharactersInRegex: the test is of these
const obeyed = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

/** A record with that in place of each of its names. */
function renamed(record: PlainRecord): PlainRecord {
  const entries = Object.entries(record).map(([name, value]) => {
    if (name === 'kind' || name === 'architecture') return [name, value];
    if (typeof value === 'string') return [name, evil];
    if (!Array.isArray(value)) return [name, value];
    return [
      name,
      value.map((one) => ('func' in Object(one) ? { ...one, func: evil, file: evil } : one)),
    ];
  });
  return Object.fromEntries(entries) as PlainRecord;
}

const dump = scratch.path(`${evil}.dump`);
const other = scratch.path('other.dump');
const out = scratch.path(`o${evil}`);

beforeAll(() => {
  writeFileSync(dump, encodeDump(everyKind().map(renamed)));
  writeFileSync(other, encodeDump(everyKind()));
});

describe('nothing that a terminal obeys is printed by', () => {
  test.each([
    ['inspect', dump],
    ['inspect', dump, '--json'],
    ['inspect', dump, '--records', '--contents'],
    ['inspect', dump, '--records', '--json'],
    ['inspect', dump, '--hex'],
    ['verify', dump],
    ['verify', dump, '--json'],
    ['diff', dump, other],
    ['diff', other, dump, '--json'],
    ['memstats', dump],
    ['spans', dump],
    ['classes', '--used', dump],
    ['objects', dump],
    ['roots', dump],
    ['dom', dump],
    ['whatis', dump, '0xc000000000'],
    ['why', dump, '0xc000000000'],
    ['redump', other, '-o', out],
    ['export', dump, '--to', 'dot', '-o', out],
    ['export', dump, '--to', 'heapsnapshot', '-o', '-'],
    ['feed', 'scrub', dump, '-o', out],
    ['feed', 'make', 'minimal-le8', '-o', out],
    ['feed', 'mutate', '--base', dump, '--count', '2', '-o', '-'],
    [
      'feed',
      'run',
      '-t',
      'true {}',
      '--mutants',
      '--base',
      dump,
      '--count',
      '1',
      '-o',
      `${out}.run`,
    ],
    ['run', 'linked-list', '-p', 'n=1', '-o', out],
    ['new', `${out}.ts`],
    ['inspect', `missing${evil}`],
    ['inspect', dump, '--kind', evil],
    ['inspect', dump, `--${evil}`],
    ['run', evil, '--debug'],
    ['run', 'linked-list', '-p', `${evil}=1`],
    ['feed', 'run', '-t', evil],
    [evil],
  ])('%j', async (...argv) => {
    const { stdout, stderr } = await goheapsim(argv);
    expect(stdout + stderr).not.toMatch(obeyed);
    expect(stdout + stderr).not.toBe('');
  });

  test('progress', async () => {
    let now = 0;
    const terminal = { stderrIsTTY: true, now: () => (now += 500) };
    const { stderr } = await goheapsim(['redump', other, '-o', out], terminal);
    expect(stderr.replaceAll('\r\x1b[K', '')).not.toMatch(obeyed);
  });
});

test('names are shown, not left out', async () => {
  const { stdout } = await goheapsim(['inspect', dump, '--records', '--kind', 'type']);
  expect(stdout).toContain('a\\x1b[2J\\x1b]0;t\\x07b\\x9b31mc\\u202egpj.\\u2066d\\x7f\\u200f<b>');
});
