/** What feed export writes, judged by the tools that take it. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { suiteCases } from '../../../scenarios/feed/suite/index.ts';
import { describeWithOracle } from '../../oracle/describe-with-oracle.ts';
import { goToolchain, goVersion } from '../../oracle/go-toolchain.ts';
import { goheapsim, scratchFolder } from '../command-line.ts';

const scratch = scratchFolder();
const small = [...suiteCases()].filter(({ large }) => !large);

beforeEach(() => scratch.clear());
afterAll(() => scratch.remove());

async function exported(to: string, ...argv: string[]): Promise<string> {
  const { code, stderr } = await goheapsim([
    'feed',
    'export',
    '--to',
    to,
    '-o',
    scratch.path(to),
    ...argv,
  ]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return scratch.path(to);
}

function text(command: string, ...args: string[]): string {
  const { stdout, stderr, status } = spawnSync(command, args, { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

/** A reader that knows the header and how long a dump is at least. */
const goReader = `package dumps

import "errors"

func readDump(data []byte) error {
	if len(data) < 17 || string(data[:16]) != "go1.7 heap dump\\n" {
		return errors.New("no dump")
	}
	return nil
}
`;

describeWithOracle(goVersion, 'real go test', () => {
  test('runs every seed of testdata/fuzz', async () => {
    const folder = await exported('go-fuzz', '--package', 'dumps');
    writeFileSync(`${folder}/go.mod`, 'module dumps\n\ngo 1.22\n');
    writeFileSync(`${folder}/read.go`, goReader);
    const { go } = goToolchain();
    const told = go(['test', '-count=1', '-v', '-run', 'FuzzReadDump', '.'], { cwd: folder });
    const passed = told.match(/^ {4}--- PASS: FuzzReadDump\/(\S+)/gm) ?? [];
    expect(passed.length).toBe(small.length);
    expect(go(['vet', '.'], { cwd: folder })).toBe('');
  });

  test('gives the seed the bytes of the dump', async () => {
    const folder = await exported('go-fuzz', '--package', 'dumps');
    const seeds = readdirSync(`${folder}/testdata/fuzz/FuzzReadDump`);
    const pick = small.filter((_, i) => i % 40 === 0);
    const want = pick.map(
      ({ id, content }) => `${id} ${Buffer.from(content.bytes()).toString('hex')}`,
    );
    expect(seeds.length).toBe(small.length);
    writeFileSync(`${folder}/go.mod`, 'module dumps\n\ngo 1.22\n');
    writeFileSync(
      `${folder}/print_test.go`,
      `package dumps

import (
	"fmt"
	"testing"
)

func FuzzReadDump(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) { fmt.Printf("%s %x\\n", t.Name()[len("FuzzReadDump/"):], data) })
}
`,
    );
    const { go } = goToolchain();
    const filter = `FuzzReadDump/^(${pick.map(({ id }) => id.replaceAll('.', '[.]')).join('|')})$`;
    const told = go(['test', '-count=1', '-v', '-run', filter, 'print_test.go'], { cwd: folder });
    for (const line of want) expect(told).toContain(`${line}\n`);
  });

  test('runs the table test, which knows good from bad', async () => {
    const folder = await exported('tests', '--package', 'dumps');
    writeFileSync(`${folder}/go.mod`, 'module dumps\n\ngo 1.22\n');
    writeFileSync(`${folder}/read.go`, goReader);
    const { go } = goToolchain();
    const told = String(
      (() => {
        try {
          return go(['test', '-count=1', '-v', '.'], { cwd: folder, env: { GOFLAGS: '-json' } });
        } catch (error) {
          return error;
        }
      })(),
    );
    expect(told).toContain('exit status 1');
    go(['vet', '.'], { cwd: folder });
    const list = go(
      ['test', '-count=1', '-v', '-run', 'TestDumps/^(minimal-le8|minimal-le8.W3.0)$', '.'],
      { cwd: folder },
    );
    expect(list).toContain('--- PASS: TestDumps/minimal-le8 ');
  });
});

describeWithOracle(['python3', 'unzip'], 'OSS-Fuzz', () => {
  test('has a zip that others read, a dictionary and options', async () => {
    const folder = await exported('oss-fuzz', '--target', 'my_target');
    expect(readdirSync(folder).sort()).toEqual([
      'my_target.dict',
      'my_target.options',
      'my_target_seed_corpus.zip',
    ]);
    const zip = `${folder}/my_target_seed_corpus.zip`;
    const names = text('unzip', '-Z1', zip).trimEnd().split('\n');
    expect(names).toEqual(small.map(({ id }) => id));
    const script =
      'import sys,zipfile,hashlib\nz=zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\n' +
      'print(hashlib.sha256(b"".join(z.read(n) for n in z.namelist())).hexdigest(), sum(i.file_size for i in z.infolist()))';
    const { createHash } = await import('node:crypto');
    const all = Buffer.concat(small.map(({ content }) => content.bytes()));
    expect(text('python3', '-c', script, zip)).toBe(
      `${createHash('sha256').update(all).digest('hex')} ${all.length}\n`,
    );
    expect(readFileSync(`${folder}/my_target.options`, 'utf8')).toContain('dict = my_target.dict');
  });

  test('has the same bytes in every time zone', async () => {
    const zip = async () => readFileSync(`${await exported('oss-fuzz')}/read_dump_seed_corpus.zip`);
    const here = await zip();
    scratch.clear();
    const zone = process.env.TZ;
    process.env.TZ = 'Pacific/Kiritimati';
    try {
      expect((await zip()).equals(here)).toBe(true);
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });

  test('has table tests that Python can compile', async () => {
    const folder = await exported('tests');
    text(
      'python3',
      '-c',
      'import ast,sys; ast.parse(open(sys.argv[1]).read())',
      `${folder}/test_dumps.py`,
    );
  });
});

describe('a dictionary', () => {
  test('has lines as AFL++ and libFuzzer take them', async () => {
    const folder = await exported('libfuzzer');
    const lines = readFileSync(`${folder}/heapdump.dict`, 'utf8').trimEnd().split('\n');
    for (const line of lines) expect(line).toMatch(/^(#.*|\w+="(\\x[0-9a-f]{2})+")$/);
    const names = lines.map((line) => line.split('=')[0]);
    expect(new Set(names).size).toBe(names.length);
    expect(readdirSync(`${folder}/corpus`).length).toBe(small.length);
  });
});

test('an unknown format is wrong usage', async () => {
  const { code, stderr } = await goheapsim(['feed', 'export', '--to', 'go-fuz', '-o', 'x']);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: 'goheapsim: feed export: --to: unknown format "go-fuz". Did you mean "go-fuzz"?\n',
  });
});
