/**
 * Readers that nobody here wrote, from HEAPDUMP_READERS (see test/oracle/dump-readers.ts), on dumps of real Go and of
 * the shipped scenarios: they must accept each and report what our reader reports. They cannot be kept or fetched
 * here, so without the variable the comparison is skipped, in CI too.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { golden, goldenEntries } from '../goldens/goldens.ts';
import type { DumpReport } from '../oracle/dump-readers.ts';
import { differences, parseReaders, reportOf, runReader } from '../oracle/dump-readers.ts';

describe('HEAPDUMP_READERS', () => {
  test.each([
    ['', []],
    ['a=read {}', [{ name: 'a', command: 'read {}' }]],
    [
      ' a = x=1 read {} --all ;\nb=cat {};',
      [
        { name: 'a', command: 'x=1 read {} --all' },
        { name: 'b', command: 'cat {}' },
      ],
    ],
  ])('%j is parsed', (text, readers) => {
    expect(parseReaders(text)).toEqual(readers);
  });

  test.each(['read {}', '=read {}', 'a=read'])('%j is refused', (text) => {
    expect(() => parseReaders(text)).toThrow('want name=command');
  });
});

describe('a report', () => {
  const ours = reportOf(golden('linked-list.amd64.4').dump);

  test('counts what a real dump holds', () => {
    expect(ours).toMatchObject({ goroutines: 5, panics: 0, finalizers: 3, queuedFinalizers: 0 });
    expect(ours.objects).toBeGreaterThan(1000);
    expect(ours.frames).toBeGreaterThan(10);
  });

  test('that agrees has no differences, whatever it leaves out', () => {
    expect(differences({ objects: ours.objects }, ours)).toEqual([]);
    expect(differences(ours, ours)).toEqual([]);
  });

  test('that disagrees is told by name', () => {
    const wrong: DumpReport = { ...ours, objects: ours.objects - 1, frameDigest: '00' };
    expect(differences(wrong, ours)).toEqual([
      `objects: ${ours.objects - 1}, ours ${ours.objects}`,
      `frameDigest: 00, ours ${ours.frameDigest}`,
    ]);
  });

  test('that tells nothing is no agreement', () => {
    expect(() => differences({}, ours)).toThrow('a report without any of');
  });
});

const root = fileURLToPath(new URL('../..', import.meta.url));

function goheapsim(...args: string[]): string {
  const run = spawnSync(process.execPath, ['--import', 'tsx', 'scenarios/bin.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`goheapsim ${args.join(' ')}: ${run.stderr}`);
  return run.stdout;
}

const readers = parseReaders(process.env.HEAPDUMP_READERS ?? '');
const goarches = ['amd64', '386', 's390x'];

if (readers.length === 0) {
  process.stderr.write('SKIPPED readers of others: HEAPDUMP_READERS is not set\n');
  describe.skip('readers of others (HEAPDUMP_READERS is not set)', () => {
    test('agree with ours', () => {});
  });
} else {
  const scratch = mkdtempSync(join(tmpdir(), 'goheapsim-readers-'));
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));
  const path = join(scratch, 'a.dump');
  const shipped = JSON.parse(goheapsim('list', '--json')) as { name: string }[];
  const runs = shipped.flatMap(({ name }) => goarches.map((goarch) => ({ name, goarch })));

  describe.each(readers)('$name', (reader) => {
    test.each(goldenEntries(({ goarch }) => goarches.includes(goarch)))('reads $id', ({ id }) => {
      const { dump } = golden(id);
      writeFileSync(path, dump);
      expect(differences(runReader(reader, path), reportOf(dump))).toEqual([]);
    });

    test.each(runs)('reads the scenario $name on $goarch', ({ name, goarch }) => {
      goheapsim('run', name, '--goarch', goarch, '-o', path);
      expect(differences(runReader(reader, path), reportOf(readFileSync(path)))).toEqual([]);
    });
  });
}
