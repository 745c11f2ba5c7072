import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { Validator } from '@cfworker/json-schema';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readDump, verifyDump } from '../../../dump/index.ts';
import { suiteBase } from '../../../scenarios/feed/cases.ts';
import type { FeedCase } from '../../../scenarios/feed/manifest.ts';
import { golden } from '../../goldens/goldens.ts';
import { ended, goheapsim, scratchFolder, start } from '../command-line.ts';

const scratch = scratchFolder();
const suite = scratchFolder();
const own = suite.path('own.dump');
let mutantId = '';

beforeAll(async () => {
  writeFileSync(own, suiteBase('kind-stackFrame-le4')!.base.bytes);
  const digest = createHash('sha256').update(readFileSync(own)).digest('hex');
  mutantId = `own-${digest.slice(0, 8)}.W8.3`;
});
beforeEach(() => scratch.clear());
afterAll(() => {
  scratch.remove();
  suite.remove();
});

async function run(...argv: string[]): Promise<string> {
  const { code, stdout, stderr } = await goheapsim(['feed', ...argv]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

async function failure(...argv: string[]): Promise<{ code: number | null; stderr: string }> {
  const { code, stdout, stderr } = await goheapsim(['feed', ...argv]);
  expect(stdout).toBe('');
  return { code, stderr };
}

function manifest(folder: string): FeedCase[] {
  return readFileSync(`${folder}/manifest.jsonl`, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('feed suite', () => {
  test('writes each file as its line says, the schema and a README; twice the same', async () => {
    const told = JSON.parse(await run('suite', '-o', suite.path('suite'), '--json'));
    const lines = manifest(suite.path('suite'));
    expect(told).toMatchObject({ cases: lines.length, folder: suite.path('suite') });
    expect(readdirSync(suite.path('suite')).sort()).toEqual([
      'README.md',
      'dumps',
      'manifest.jsonl',
      'manifest.schema.json',
    ]);
    const withFile = lines.filter(({ file }) => file !== undefined);
    expect(readdirSync(suite.path('suite/dumps')).length).toBe(withFile.length);
    for (const { file, sha256: digest, bytes } of withFile) {
      const dump = readFileSync(suite.path(`suite/${file}`));
      expect([sha256(dump), dump.length], file).toEqual([digest, bytes]);
    }
  });

  test('leaves a folder alone that is there already, and nothing behind where it cannot write', async () => {
    mkdirSync(scratch.path('there'));
    writeFileSync(scratch.path('there/mine'), 'x');
    const { code, stderr } = await failure('suite', '-o', scratch.path('there'));
    expect(code).toBe(2);
    expect(stderr).toContain('is there already, and not empty');
    expect(scratch.files()).toEqual(['there']);
    writeFileSync(scratch.path('file'), 'x');
    expect(await failure('suite', '-o', scratch.path('file'))).toMatchObject({ code: 2 });
    expect((await failure('suite', '-o', scratch.path('file/suite'))).code).toBe(3);
  });

  test('appears whole or not at all', async () => {
    const child = start(['feed', 'suite', '-o', scratch.path('suite')]);
    const end = ended(child);
    while (scratch.files().length === 0 && child.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    child.kill('SIGINT');
    expect((await end).signal).toBe('SIGINT');
    expect(scratch.files()).toEqual([]);
  });
});

describe('feed mutate', () => {
  test('writes mutants with their verdicts', async () => {
    await run('mutate', '--base', own, '--count', '40', '-o', scratch.path('m'));
    const lines = manifest(scratch.path('m'));
    expect(lines.length).toBeGreaterThan(30);
    for (const line of lines) {
      const dump = readFileSync(scratch.path(`m/${line.file}`));
      expect(sha256(dump)).toBe(line.sha256);
      expect(line.base).toBe(`sha256:${sha256(readFileSync(own))}`);
      if (line.expect === 'reject') expect(verifyDump(dump).ok, line.id).toBe(false);
      if (line.expect === 'accept') expect([...readDump(dump)].length).toBeGreaterThan(1);
    }
  });

  test('lines are as the schema beside the mutants has them, also with the dump in them', async () => {
    await run('mutate', '--base', own, '--count', '2', '-o', scratch.path('m'));
    const schema = JSON.parse(readFileSync(scratch.path('m/manifest.schema.json'), 'utf8'));
    const validator = new Validator(schema, '2020-12', false);
    const stream = await run('mutate', '--base', own, '--count', '40', '-o', '-');
    const lines = stream.trimEnd().split('\n');
    for (const line of [...lines.map((text) => JSON.parse(text)), ...manifest(scratch.path('m'))]) {
      expect(validator.validate(line)).toEqual({ valid: true, errors: [] });
    }
  });

  test('shards and ranges are parts of the same stream', async () => {
    const lines = async (...argv: string[]) =>
      (await run('mutate', '--base', own, '-o', '-', '--seed', 'x', ...argv))
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as FeedCase & { data: string });
    const whole = await lines('--count', '60');
    const all = new Map(whole.map((line) => [line.index, line]));
    const parts = [];
    for (const k of [1, 2, 3, 4]) parts.push(await lines('--count', '60', '--shard', `${k}/4`));
    expect(parts.map((part) => part.map(({ index }) => index! % 4))).toEqual(
      parts.map((part, k) => part.map(() => k)),
    );
    expect(parts.flat().sort((a, b) => a.index! - b.index!)).toEqual(whole);
    const [later] = await lines('--from', '50', '--count', '1');
    expect(later).toMatchObject({ index: 50 });
    const bytes = Buffer.from(later!.data, 'base64');
    expect([sha256(bytes), bytes.length]).toEqual([later!.sha256, later!.bytes]);
    expect(all.get(50)).toEqual(later);
  });

  test('says which operations have no more mutants, and where a stream ends', async () => {
    const told = await run('mutate', '--base', own, '--count', '120', '-o', scratch.path('m'));
    expect(told).toMatch(/all mutants of .*\bW3\b.* are drawn; stacks/);
    const ids = manifest(scratch.path('m')).map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([120, 120]);
    const few = ['mutate', '--op', 'W3', '--op', 'S3', '--count', '1000'];
    const ended = JSON.parse(await run(...few, '-o', scratch.path('few'), '--json'));
    expect(ended).toMatchObject({ mutants: 15, exhausted: ['W3', 'S3'], ends: 15 });
    const { code, stdout, stderr } = await goheapsim(['feed', ...few, '-o', '-']);
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n').length).toBe(15);
    expect(stderr).toContain('there are no more: the stream ends after 15 mutants');
  });

  test('--all has every mutant of an operation once; --only has one by its id', async () => {
    await run('mutate', '--base', own, '--op', 'W8', '--all', '-o', scratch.path('m'));
    const ids = manifest(scratch.path('m')).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain(mutantId);
    await run('mutate', '--base', own, '--only', mutantId, '-o', scratch.path('one'));
    expect(manifest(scratch.path('one')).map(({ id }) => id)).toEqual([mutantId]);
  });

  test('--operations tells what each is for', async () => {
    expect(await run('mutate', '--operations')).toMatch(/^W1 .*\n {4}wire; /);
    const [first] = JSON.parse(await run('mutate', '--operations', '--json'));
    expect(first).toMatchObject({ id: 'W1', group: 'wire' });
  });

  test.each([
    [['--op', 'W99'], 'feed mutate: --op: unknown operation "W99". Did you mean'],
    [['--shard', '4/3'], 'feed mutate: --shard: want k/n, with k from 1 to n, got "4/3"'],
    [['--count', 'many'], 'feed mutate: --count: want a whole number, got "many"'],
    [['--base', 'package.json'], 'package.json: not a Go heap dump'],
  ])('%j is wrong usage', async (argv, message) => {
    const { code, stderr } = await failure('mutate', ...argv, '-o', scratch.path('m'));
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
    expect(existsSync(scratch.path('m'))).toBe(false);
  });
});

describe('feed make', () => {
  test('makes a case of the suite, and a mutant of it', async () => {
    await run('make', 'all-kinds-le8', '-o', scratch.path('a.dump'));
    expect(verifyDump(readFileSync(scratch.path('a.dump'))).defects).toEqual([]);
    const told = await run('make', 'all-kinds-le8.W3.0', '-o', scratch.path('b.dump'));
    expect(told).toContain('reject: ');
    const [a, b] = ['a.dump', 'b.dump'].map((name) => readFileSync(scratch.path(name)));
    expect(b).toEqual(a!.subarray(0, -1));
  });

  test("makes a mutant of the user's own dump, and of no other", async () => {
    await run('make', mutantId, '--base', own, '-o', scratch.path('m.dump'));
    expect(statSync(scratch.path('m.dump')).size).toBeGreaterThan(0);
    writeFileSync(scratch.path('other.dump'), golden('linked-list.386.4').dump);
    const argv = ['make', mutantId, '--base', scratch.path('other.dump'), '-o', scratch.path('n')];
    const { code, stderr } = await failure(...argv);
    expect(code).toBe(2);
    expect(stderr).toContain('is not the dump that');
  });

  test('streams: a dump of 25 GB is cut off by its reader', async () => {
    const child = start(['feed', 'make', 'size-1e9', '-o', '-'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const end = ended(child);
    child.stdout!.once('data', () => child.stdout!.destroy());
    expect(await end).toMatchObject({ code: 0, stderr: '' });
  });

  test('--json is the line of the manifest', async () => {
    expect(JSON.parse(await run('make', 'minimal-le8', '--json'))).toMatchObject({
      id: 'minimal-le8',
      expect: 'accept',
      facts: { records: { params: 1, eof: 1 }, objects: [] },
    });
  });

  test.each([
    ['minimal-le', 'there is no dump "minimal-le". Did you mean "minimal-le'],
    ['no.W1.1', 'no is no case of the suite: name the dump with --base FILE'],
    ['minimal-le8.W99.1', 'there is no operation W99'],
    ['minimal-le8.W3.9', 'W3 has no mutant 9 of this base'],
    ['minimal-le8.S13.0', 'S13 has no mutant 0 of this base'],
  ])('%s is wrong usage', async (id, message) => {
    const { code, stderr } = await failure('make', id, '-o', scratch.path('x'));
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
  });
});

describe('a splice', () => {
  test('goes on as the dump of --with, whose digest is in its id and recipe', async () => {
    const other = scratch.path('other.dump');
    writeFileSync(other, golden('linked-list.amd64.4').dump);
    const digest = sha256(readFileSync(other));
    const argv = ['--base', own, '--with', other, '--op', 'C1', '--count', '3'];
    await run('mutate', ...argv, '-o', scratch.path('m'));
    const lines = manifest(scratch.path('m'));
    expect(lines).toHaveLength(3);
    for (const { id, recipe, sha256: expected } of lines) {
      expect(id).toContain(`.with-${digest.slice(0, 8)}.C1.`);
      expect(recipe[0]!.detail).toMatchObject({ with: `sha256:${digest}` });
      const made = scratch.path('made.dump');
      await run('make', id, '--base', own, '--with', other, '-o', made);
      expect(sha256(readFileSync(made))).toBe(expected);
      const over = await failure('make', id, '--base', own, '--with', other, '-o', other);
      expect([over.code, over.stderr]).toEqual([2, expect.stringContaining('is the input')]);
      const without = await failure('make', id, '--base', own, '-o', made);
      expect([without.code, without.stderr]).toEqual([
        2,
        expect.stringContaining('name it with --with FILE'),
      ]);
    }
  });
});

describe('feed scrub', () => {
  test('keeps the shape of a real dump, and none of its names', async () => {
    writeFileSync(scratch.path('real.dump'), golden('linked-list.amd64.4').dump);
    const told = JSON.parse(
      await run('scrub', scratch.path('real.dump'), '-o', scratch.path('s.dump'), '--json'),
    );
    expect(told.pointersKept).toBeGreaterThan(100);
    const scrubbed = readFileSync(scratch.path('s.dump'));
    expect(verifyDump(scrubbed).ok).toBe(true);
    expect(scrubbed.length).toBe(golden('linked-list.amd64.4').dump.length);
    expect(scrubbed.includes('main.main')).toBe(false);
    const kept = await run(
      'scrub',
      scratch.path('real.dump'),
      '-o',
      scratch.path('k.dump'),
      '--keep-runtime-names',
    );
    expect(kept).toContain('texts kept');
    expect(readFileSync(scratch.path('k.dump')).includes('runtime.goexit')).toBe(true);
  });

  test('a broken dump leaves nothing behind', async () => {
    writeFileSync(scratch.path('cut.dump'), golden('linked-list.amd64.4').dump.subarray(0, 5000));
    const { code } = await failure('scrub', scratch.path('cut.dump'), '-o', scratch.path('s.dump'));
    expect(code).toBe(2);
    expect(scratch.files()).toEqual(['cut.dump']);
  });
});
