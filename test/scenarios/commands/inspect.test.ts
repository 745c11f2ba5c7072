import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDump } from '../../../dump/index.ts';
import { type Golden, golden } from '../../goldens/goldens.ts';
import { goheapsim, scratchFolder } from '../command-line.ts';

const scratch = scratchFolder();
/** What go1.22.12 wrote for these programs: the oracle of this file. */
let list: Golden;
const file = scratch.path('list.dump');
const bigEndianFile = scratch.path('be.dump');

beforeAll(() => {
  list = golden('linked-list.amd64.4');
  writeFileSync(file, list.dump);
  writeFileSync(bigEndianFile, golden('linked-list.s390x.4').dump);
});
afterAll(() => scratch.remove());

const jsonLines = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the summary', () => {
  test('tells target, counts, sizes, goroutines and statistics, in 80 columns', async () => {
    const { code, stdout, stderr } = await goheapsim(['inspect', file]);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    const records = [...readDump(list.dump)];
    const objects = records.filter(({ kind }) => kind === 'object').length;
    expect(stdout).toContain('go1.22.12 linux/amd64, 64-bit, little-endian');
    expect(stdout).toContain(`${objects.toLocaleString('en-US')} in `);
    expect(stdout).toContain(`${list.dump.length.toLocaleString('en-US')} bytes`);
    expect(stdout).toMatch(/1 {2}waiting {2}dumping heap .*runtime\/debug\.WriteHeapDump/);
    expect(stdout).toMatch(/force gc \(idle\) +\d+ {2}runtime\.forcegchelper \(system\)/);
    expect(stdout).toContain('HeapAlloc');
    expect(stdout).not.toContain('\x1b');
  });

  test('is bold on a terminal, but not where NO_COLOR is set', async () => {
    const onTerminal = await goheapsim(['inspect', file], { stdoutIsTTY: true });
    expect(onTerminal.stdout).toContain('\x1b[1mRecords\x1b[22m');
    const plain = await goheapsim(['inspect', file], { stdoutIsTTY: true, env: { NO_COLOR: '1' } });
    expect(plain.stdout).not.toContain('\x1b');
  });

  test('as JSON has the same numbers as the records', async () => {
    const { stdout } = await goheapsim(['inspect', bigEndianFile, '--json']);
    const summary = JSON.parse(stdout);
    const records = [...readDump(readFileSync(bigEndianFile))];
    const objects = records.filter((record) => record.kind === 'object');
    expect(summary).toMatchObject({
      file: bigEndianFile,
      header: 'go1.7 heap dump',
      complete: true,
      defects: 0,
      params: { bigEndian: true, pointerSize: 8, architecture: 's390x', goVersion: 'go1.22.12' },
    });
    expect(summary.objects.count).toBe(objects.length);
    expect(summary.objects.bytes).toBe(objects.reduce((sum, { size }) => sum + Number(size), 0));
    const sizes: { size: number; objects: number }[] = summary.objects.sizes;
    expect(sizes.reduce((sum, row) => sum + row.objects, 0)).toBe(objects.length);
    const byKind: Record<string, { count: number; bytes: number }> = summary.records;
    const total = Object.values(byKind).reduce((sum, row) => sum + row.bytes, 0);
    expect(total + 16).toBe(summary.bytes);
  });
});

describe('--records', () => {
  test('--json is one object a line, whose places partition the file', async () => {
    const { code, stdout } = await goheapsim(['inspect', file, '--records', '--json']);
    expect(code).toBe(0);
    const lines = jsonLines(stdout);
    let offset = 16;
    for (const line of lines) {
      expect(line.offset).toBe(offset);
      offset += line.length as number;
    }
    expect(offset).toBe(list.dump.length);
    expect(stdout.split('\n', 1)[0]).toMatch(
      /^\{"offset":16,"length":\d+,"tag":6,"kind":"params",/,
    );
    expect(lines.at(-1)).toMatchObject({ tag: 0, kind: 'eof', length: 1 });
  });

  test('has the field names of the format', async () => {
    const { stdout } = await goheapsim(['inspect', file, '--records', '--json']);
    const first = new Map<unknown, string[]>();
    for (const line of jsonLines(stdout)) {
      if (!first.has(line.kind)) first.set(line.kind, Object.keys(line).slice(4));
    }
    expect(first.get('object')).toEqual(['address', 'size', 'pointers']);
    expect(first.get('goroutine')).toEqual([
      'address',
      'sp',
      'id',
      'creationPC',
      'status',
      'isSystem',
      'isBackground',
      'waitSince',
      'waitReason',
      'ctxt',
      'm',
      'defer',
      'panic',
    ]);
    expect(first.get('params')).toEqual([
      'bigEndian',
      'pointerSize',
      'heapStart',
      'heapEnd',
      'architecture',
      'goVersion',
      'ncpu',
    ]);
  });

  test('--contents adds the bytes, and only then', async () => {
    const { stdout } = await goheapsim([
      'inspect',
      file,
      '--contents',
      '--json',
      '--kind',
      'object',
    ]);
    const objects = [...readDump(list.dump)].filter((record) => record.kind === 'object');
    const lines = jsonLines(stdout);
    expect(lines).toHaveLength(objects.length);
    for (const [i, line] of lines.entries()) {
      expect(line.contents).toBe(Buffer.from(objects[i]!.contents).toString('hex'));
    }
  });

  test('for a person keeps to 80 columns and shows addresses as 0x', async () => {
    const { stdout } = await goheapsim(['inspect', file, '--records']);
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(stdout).toMatch(
      /^0x10 params#0: bigEndian false, pointerSize 8, heapStart 0xc000000000/,
    );
    expect(stdout).toMatch(/^0x[0-9a-f]+ object#0: 0xc000000000, [\d,]+ bytes/m);
  });

  test('--kind chooses kinds, in any letter case', async () => {
    const argv = ['inspect', file, '--json', '--kind', 'OSTHREAD', '--kind', 'itab'];
    const kinds = new Set(jsonLines((await goheapsim(argv)).stdout).map((line) => line.kind));
    expect([...kinds].sort()).toEqual(['itab', 'osThread']);
  });
});

describe('--at', () => {
  test('finds the object that an address lies in', async () => {
    const object = [...readDump(list.dump)].filter((record) => record.kind === 'object')[5]!;
    const inside = `0x${(Number(object.address) + 3).toString(16)}`;
    const { code, stdout } = await goheapsim(['inspect', file, '--at', inside]);
    expect(code).toBe(0);
    expect(stdout).toContain(`${inside} is 3 bytes into this object:`);
    expect(stdout).toContain('object#5: 0x');
    const bare = await goheapsim(['inspect', file, '--at', inside.slice(2), '--json']);
    expect(jsonLines(bare.stdout)[0]).toMatchObject({ address: object.address });
  });

  test('ends with 1 where nothing is', async () => {
    const { code, stdout, stderr } = await goheapsim(['inspect', file, '--at', '0x1']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(`goheapsim: ${file}: no record contains 0x1\n`);
  });
});

describe('--hex', () => {
  test('gives every byte of the file exactly once, each with its field', async () => {
    const { code, stdout } = await goheapsim(['inspect', file, '--hex', '--json']);
    expect(code).toBe(0);
    const lines = jsonLines(stdout);
    let offset = 0;
    for (const line of lines) {
      expect(line.offset).toBe(offset);
      offset += (line.bytes as string).length / 2;
    }
    const all = Buffer.from(lines.map((line) => line.bytes).join(''), 'hex');
    expect(all.equals(list.dump)).toBe(true);
  });

  test('for a person is rows of eight bytes under the name of the record', async () => {
    const { stdout } = await goheapsim(['inspect', file, '--hex', '--kind', 'params']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toBe('params#0');
    expect(lines[1]).toMatch(/^ {2}00000010 {2}06 +tag 6 dump params$/);
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(stdout).toContain('architecture "amd64"');
    expect(stdout).not.toContain('object#');
  });

  test('--at shows the records of that address alone', async () => {
    const object = [...readDump(list.dump)].filter((record) => record.kind === 'object')[5]!;
    const address = `0x${object.address.toString(16)}`;
    const { stdout } = await goheapsim(['inspect', file, '--hex', '--at', address, '--json']);
    const lines = jsonLines(stdout);
    const length = lines.reduce((sum, line) => sum + (line.bytes as string).length / 2, 0);
    expect(lines[0]).toMatchObject({ offset: object.offset });
    expect(length).toBe(object.length);
    expect((await goheapsim(['inspect', file, '--hex', '--at', '1'])).code).toBe(1);
    expect((await goheapsim(['inspect', '-', '--hex', '--at', '1'])).code).toBe(2);
  });
});

describe('what is no good dump gets one line and the right code', () => {
  const cases: [name: string, bytes: () => Uint8Array, code: number, message: RegExp][] = [
    ['empty', () => new Uint8Array(0), 2, /not a Go heap dump: header: .*an empty input/],
    ['text', () => Buffer.from('hello, this is no dump'), 2, /not a Go heap dump/],
    ['gzip', () => gzipSync(list.dump), 2, /this is gzip, unpack it first/],
    ['cut', () => list.dump.subarray(0, 20_000), 1, /byte \d+ \(0x[0-9a-f]+\): .*end of the input/],
    [
      'bad-tag',
      () => {
        const bytes = list.dump.slice();
        bytes[16] = 99;
        return bytes;
      },
      1,
      /byte 16 \(0x10\): record@16\.tag: want a tag of 0 to 17/,
    ],
  ];

  test.each(cases)('%s', async (name, bytes, code, message) => {
    const path = scratch.path(name);
    writeFileSync(path, bytes());
    const outcome = await goheapsim(['inspect', path]);
    expect(outcome.code).toBe(code);
    expect(outcome.stderr).toMatch(/^goheapsim: [^\n]*\n$/);
    expect(outcome.stderr).toContain(path);
    expect(outcome.stderr).toMatch(message);
  });

  test('what comes before the cut is still shown', async () => {
    const outcome = await goheapsim(['inspect', scratch.path('cut'), '--records', '--json']);
    expect(outcome.code).toBe(1);
    expect(jsonLines(outcome.stdout)[0]).toMatchObject({ kind: 'params' });
    const summary = await goheapsim(['inspect', scratch.path('cut'), '--json']);
    expect(JSON.parse(summary.stdout)).toMatchObject({ complete: false });
  });

  test.each([
    ['a folder', '/', 2, '/ is a folder: name a file in it'],
    ['a missing file', '/no/such.dump', 3, '/no/such.dump: cannot read: no such file or folder'],
  ])('%s', async (_what, path, code, message) => {
    expect(await goheapsim(['inspect', path])).toEqual({
      code,
      stdout: '',
      stderr: `goheapsim: ${message}\n`,
    });
  });

  test.each([
    [['--kind', 'objekt'], /unknown kind "objekt"\. Did you mean "object"\?/],
    [['--at', '12x'], /--at: want an address such as 0xc000012000 \(hexadecimal\), got "12x"/],
    [['--at', '0x11112222333344445'], /want an address/],
  ])('%j', async (options, message) => {
    const { code, stderr } = await goheapsim(['inspect', file, ...options]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

test('progress is shown on a terminal only after a second, and wiped', async () => {
  let clock = 0;
  const now = () => {
    clock += 400;
    return clock;
  };
  const { stderr } = await goheapsim(['inspect', file], { stderrIsTTY: true, now });
  const updates = stderr.split('\r\x1b[K');
  expect(updates[0]).toBe('');
  expect(updates.at(-1)).toBe('');
  expect(updates.length).toBeGreaterThan(2);
  for (const update of updates.slice(1, -1)) {
    expect(update).toMatch(/^read [\d.]+ [KM]iB of [\d.]+ [KM]iB, \d+ s$/);
  }
  expect((await goheapsim(['inspect', file], { stderrIsTTY: true })).stderr).toBe('');
  expect((await goheapsim(['inspect', file], { now })).stderr).toBe('');
});
