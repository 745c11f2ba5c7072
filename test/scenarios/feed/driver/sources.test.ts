/** Which dumps a run is of, and dumps that shrink. */
import { createHash } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { factsOfDump } from '../../../../dump/feed/facts.ts';
import { readDump, verifyDump } from '../../../../dump/index.ts';
import { suiteBase } from '../../../../scenarios/feed/cases.ts';
import { caseSource, type SourceOptions } from '../../../../scenarios/feed/driver/sources.ts';
import { golden } from '../../../goldens/goldens.ts';
import { goheapsim } from '../../command-line.ts';
import { namesIn, program, reader, scratch } from './fake-readers.ts';

afterAll(() => scratch.remove());

describe('mutants', () => {
  const idsOf = (options: Omit<SourceOptions, 'seed'>): string[] => {
    const source = caseSource({ seed: 's', ...options });
    return Array.from({ length: source.count }, (_, index) => source.at(index)?.id ?? 'none');
  };

  test.each(['mutants', 'havoc'] as const)('shards of %s are all of them, each once', (kind) => {
    const whole = idsOf({ [kind]: true, count: 20, from: 5 });
    const parts = [1, 2, 3].map((k) =>
      idsOf({ [kind]: true, count: 20, from: 5, shard: `${k}/3` }),
    );
    expect(whole).toHaveLength(20);
    expect(whole.map((_, at) => parts[at % 3]![Math.floor(at / 3)])).toEqual(whole);
    expect(idsOf({ [kind]: true, count: 25 }).slice(5)).toEqual(whole);
  });

  test('--op draws from these operations alone, as feed mutate does', async () => {
    const ids = idsOf({ mutants: true, count: 30, op: ['S3', 'W3'], base: ['minimal-le8'] });
    expect(new Set(ids.map((id) => id.replace(/\.\d+$/, '')))).toEqual(
      new Set(['minimal-le8.S3', 'minimal-le8.W3']),
    );
    const argv = ['--base', 'minimal-le8', '--op', 'S3', '--op', 'W3', '--seed', 's', '-o', '-'];
    const { stdout } = await goheapsim(['feed', 'mutate', ...argv]);
    const lines = stdout.trimEnd().split('\n');
    expect(ids.filter((id) => id !== 'none')).toEqual(lines.map((line) => JSON.parse(line).id));
    expect(() => idsOf({ mutants: true, op: ['S33'] })).toThrow('Did you mean "S3"');
    expect(() => idsOf({ mutants: true, op: ['S13'], base: ['minimal-le8'] })).toThrow(
      'nothing to do',
    );
    expect(() => idsOf({ op: ['S3'] })).toThrow('--op needs --mutants');
  });

  test('of several bases each is spliced with the next, and says so', () => {
    const base = ['minimal-le8', 'kind-object-be4'];
    const options = { mutants: true, op: ['C1'], base, count: 12 };
    const source = caseSource({ seed: 's', ...options });
    const bytes = base.map((id) => suiteBase(id)!.base.bytes);
    for (let index = 0; index < source.count; index++) {
      const dump = source.at(index);
      if (dump === undefined) continue;
      const other = bytes[(index + 1) % 2]!;
      const digest = createHash('sha256').update(other).digest('hex');
      expect(dump.id).toContain(`${base[index % 2]}.with-${digest.slice(0, 8)}.C1.`);
      expect(dump.recipe).toMatchObject([{ op: 'C1', detail: { with: `sha256:${digest}` } }]);
      const spliced = Buffer.from(dump.content.bytes());
      const at = dump.verdict.defectOffset!;
      expect(spliced.subarray(0, at).equals(bytes[index % 2]!.subarray(0, at))).toBe(true);
      const rest = spliced.subarray(at);
      expect(rest.equals(other.subarray(other.length - rest.length))).toBe(true);
      const again = caseSource({ seed: '', only: [dump.id], base }).at(0)!;
      expect(Buffer.compare(again.content.bytes(), spliced)).toBe(0);
      expect(() => caseSource({ seed: '', only: [dump.id] })).toThrow('goes on as another dump');
    }
  });

  test('a mutant is had by its id alone', () => {
    const [first] = idsOf({ mutants: true, count: 1 });
    const byId = caseSource({ seed: 'other', only: [first!] });
    const inStream = caseSource({ seed: 's', mutants: true, count: 1 });
    expect(byId.at(0)!.content.bytes()).toEqual(inStream.at(0)!.content.bytes());
    expect(byId.at(0)!.verdict).toMatchObject({ expect: inStream.at(0)!.verdict.expect });
  });
});

describe('a manifest without dumps', () => {
  let runs = 0;
  const run = (folder: string, ...argv: string[]) =>
    goheapsim([
      ...['feed', 'run', '-t', reader('by-id', 'exit 0'), '--cases', folder, '--json'],
      ...['--shrink-runs', '0', '-o', scratch.path(`by-id-${++runs}`), ...argv],
    ]);

  test('is run: dumps are made by their ids, large ones only if asked for', async () => {
    const folder = scratch.path('recipes');
    expect((await goheapsim(['feed', 'export', '--to', 'recipes', '-o', folder])).code).toBe(0);
    expect(namesIn(folder)).toEqual(['README.md', 'manifest.jsonl', 'manifest.schema.json']);
    const manifest = join(folder, 'manifest.jsonl');
    const lines = readFileSync(manifest, 'utf8').split('\n');
    const ids = ['minimal-le8', 'minimal-le8.W3.0', 'size-1e3'];
    const few = ids.map((id) => lines.find((line) => line.includes(`{"id":"${id}",`))!);
    writeFileSync(manifest, few.join('\n'));
    const some = JSON.parse((await run(folder)).stdout);
    expect(some).toMatchObject({ runs: 2, findings: [{ first: { id: 'minimal-le8.W3.0' } }] });
    expect(JSON.parse((await run(folder, '--large')).stdout).runs).toBe(3);
    writeFileSync(manifest, few[0]!.replace(/"sha256":"./, '"sha256":"z'));
    const other = await run(folder);
    expect([other.code, other.stderr]).toEqual([2, expect.stringContaining('SHA-256 differs')]);
  });

  test('of mutants of a dump of yours is run with --base', async () => {
    const base = scratch.path('mine.dump');
    writeFileSync(base, golden('linked-list.amd64.4').dump);
    const lines = await goheapsim(['feed', 'mutate', '--base', base, '--count', '4', '-o', '-']);
    mkdirSync(scratch.path('mine'));
    writeFileSync(scratch.path('mine/manifest.jsonl'), lines.stdout);
    const none = await run(scratch.path('mine'));
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('--base FILE')]);
    const all = await run(scratch.path('mine'), '--base', base);
    expect(JSON.parse(all.stdout).runs).toBe(4);
  });
});

/** Crashes on dumps in which the words are, and refuses what is cut. */
function crashesOn(name: string, words: string): string {
  return reader(name, `grep -q '${words}' "$1" && kill -ABRT $$`);
}

describe('feed shrink', () => {
  const { dump } = golden('linked-list.amd64.4');
  const file = scratch.path('real.dump');
  writeFileSync(file, dump);

  test('keeps what makes the reader crash, and a dump that can be read', async () => {
    const small = scratch.path('small.dump');
    const target = crashesOn('crashes', 'runtime.goexit');
    const argv = ['feed', 'shrink', file, '-t', target, '-o', small, '--json'];
    const { code, stdout } = await goheapsim(argv);
    expect(code).toBe(0);
    const bytes = readFileSync(small);
    expect(JSON.parse(stdout)).toMatchObject({
      fault: { class: 'crash', message: 'ended by SIGABRT' },
      from: dump.length,
      to: bytes.length,
    });
    expect(bytes.length).toBeLessThan(300);
    expect(bytes.includes('runtime.goexit')).toBe(true);
    expect([...readDump(bytes)].at(-1)?.kind).toBe('eof');
  });

  test('a valid dump that is refused stays a valid dump', async () => {
    const dump = caseSource({ seed: '', only: ['all-kinds-le8'] })
      .at(0)!
      .content.bytes();
    const all = scratch.path('all.dump');
    const small = scratch.path('refused.dump');
    writeFileSync(all, dump);
    const refuses = program(
      'refuses-main',
      'grep -q main.main "$1" && { echo odd >&2; exit 1; }; exit 0',
    );
    const { code } = await goheapsim(['feed', 'shrink', all, '-t', `${refuses} {}`, '-o', small]);
    expect(code).toBe(0);
    const bytes = readFileSync(small);
    expect(bytes.length).toBeLessThan(dump.length);
    expect([verifyDump([dump]).ok, bytes.includes('main.main'), verifyDump([bytes]).ok]).toEqual([
      true,
      true,
      true,
    ]);
  });

  test.each(['same', 'linked'])('does not write over its input: %s', async (name) => {
    const same = scratch.path('same');
    writeFileSync(same, dump);
    if (name === 'linked') linkSync(same, scratch.path(name));
    const out = scratch.path(name);
    const argvs = [
      ['shrink', same, '-t', 'false {}', '-o', out],
      ['scrub', same, '-o', out],
    ];
    for (const argv of argvs) {
      const { code, stderr } = await goheapsim(['feed', ...argv]);
      expect([code, stderr]).toEqual([2, expect.stringContaining('is the input')]);
    }
    expect(Buffer.compare(readFileSync(same), dump)).toBe(0);
  });

  test('there is nothing to shrink where the reader is right', async () => {
    const { code, stderr } = await goheapsim([
      'feed',
      'shrink',
      file,
      '-t',
      'true {}',
      '-o',
      scratch.path('none'),
    ]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('does nothing wrong with it')]);
  });
});

test('wrong facts are told of the dump that was shrunk, all of them', async () => {
  const out = scratch.path('all-wrong');
  const target = program('all-wrong-reader', `echo '{"objects": 99, "goroutines": 98}'`);
  const argv = [
    'feed',
    'run',
    '-t',
    `${target} {}`,
    '--only',
    'all-kinds-le8',
    '-o',
    out,
    '--json',
  ];
  const { stdout } = await goheapsim(argv);
  const [finding] = JSON.parse(stdout).findings;
  const read = (name: string) => readFileSync(join(out, finding.folder, name), 'utf8');
  const { objects, goroutines } = JSON.parse(read('facts.json'));
  const small = factsOfDump(readFileSync(join(out, finding.folder, 'input.dump')));
  expect({ objects, goroutines }).toEqual({ objects: small.objects, goroutines: small.goroutines });
  expect(finding.inputBytes).toBeLessThan(finding.smallest.bytes / 2);
  expect(finding.message).toBe(`objects.length is ${objects.length}, not 99`);
  expect(read('README.md')).toContain(`| objects.length | 99 | ${objects.length} |`);
  expect(read('README.md')).toContain(`| goroutines.length | 98 | ${goroutines.length} |`);
  expect(read('stdout.txt')).toBe('{"objects": 99, "goroutines": 98}\n');
});

test('findings of feed run are shrunk', async () => {
  const out = scratch.path('shrunk');
  const target = crashesOn('on-main', 'main.main');
  const argv = ['feed', 'run', '-t', target, '--only', 'all-kinds-le8', '-o', out, '--json'];
  const { stdout } = await goheapsim(argv);
  const [finding] = JSON.parse(stdout).findings;
  const input = readFileSync(join(out, finding.folder, 'input.dump'));
  expect(input.length).toBe(finding.inputBytes);
  expect(input.length).toBeLessThan(finding.smallest.bytes / 3);
  expect(input.includes('main.main')).toBe(true);
});
