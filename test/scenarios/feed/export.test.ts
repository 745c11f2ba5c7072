/** What feed export writes, judged by the tools that take it. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { digestOf } from '../../../scenarios/feed/cases.ts';
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

/** A reader that knows the header and how long a dump is at least; it says which bytes it was given. */
const goReader = `package dumps

import (
	"crypto/sha256"
	"errors"
	"fmt"
)

func readDump(data []byte) error {
	fmt.Printf("read %x\\n", sha256.Sum256(data))
	if len(data) < 17 || string(data[:16]) != "go1.7 heap dump\\n" {
		return errors.New("no dump")
	}
	return nil
}
`;

/** The same with a crash that it recovers from, and facts of which some are wrong. */
const goFacts = `package dumps

import "fmt"

func readFacts(data []byte) (found any, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("recovered: %w", r.(error))
		}
	}()
	if err := readDump(data); err != nil {
		return nil, err
	}
	if len(data)%7 == 0 {
		_ = data[len(data)]
	}
	size := len(data)
	if size%5 == 0 {
		size++
	}
	return map[string]any{"bytes": size, "own": 1}, nil
}
`;

/** Whether a table test passes with that reader. */
function passes({ content, verdict }: (typeof small)[number]): boolean {
  const bytes = Buffer.from(content.bytes());
  const isTaken = bytes.length >= 17 && bytes.toString('latin1').startsWith('go1.7 heap dump\n');
  if (isTaken && bytes.length % 7 === 0) return false;
  return verdict.expect === 'accept' ? isTaken && bytes.length % 5 > 0 : !isTaken;
}

describeWithOracle(goVersion, 'real go test', () => {
  function goTest(folder: string, run: string): string {
    writeFileSync(`${folder}/go.mod`, 'module dumps\n\ngo 1.22\n');
    writeFileSync(`${folder}/read.go`, goReader);
    return goToolchain().go(['test', '-count=1', '-v', '-run', run, '.'], { cwd: folder });
  }

  test('gives the bytes of every seed of testdata/fuzz to the reader', async () => {
    const folder = await exported('go-fuzz', '--package', 'dumps');
    const told = goTest(folder, 'FuzzReadDump');
    expect(told.match(/^ {4}--- PASS: FuzzReadDump\//gm)?.length).toBe(small.length);
    const read = [...told.matchAll(/^read (\w{64})$/gm)].map((match) => match[1]!).sort();
    expect(read).toEqual(small.map(({ content }) => digestOf(content)).sort());
  });

  test('runs the table test, which knows good from bad', async () => {
    const folder = await exported('tests', '--package', 'dumps');
    const bad = small.find(
      ({ id, verdict }) => /\.W12\./.test(id) && verdict.expect === 'reject',
    )!.id;
    const told = goTest(folder, `TestDumps/^(minimal-le8|${bad.replaceAll('.', '[.]')})$`);
    expect(told).toContain('--- PASS: TestDumps/minimal-le8 ');
    expect(told).toContain(`--- PASS: TestDumps/${bad} `);
    expect(() => goTest(folder, 'TestDumps/^minimal-le8[.]W3[.]0$')).toThrow('exit status 1');
  });

  test('the table test knows a refusal from a crash, and right facts from wrong, in every small dump', async () => {
    const folder = await exported('tests', '--package', 'dumps');
    const file = `${folder}/dumps_test.go`;
    const table = readFileSync(file, 'utf8');
    writeFileSync(file, table.replace('return nil, readDump(data)', 'return readFacts(data)'));
    writeFileSync(`${folder}/facts.go`, goFacts);
    writeFileSync(`${folder}/go.mod`, 'module dumps\n\ngo 1.22\n');
    writeFileSync(`${folder}/read.go`, goReader);
    goToolchain().go(['test', '-c', '-o', 'dumps.test', '.'], { cwd: folder });
    const argv = ['-test.v', '-test.run', 'TestDumps'];
    const { stdout } = spawnSync(`${folder}/dumps.test`, argv, { encoding: 'utf8', cwd: folder });
    const told = [...stdout.matchAll(/^ {4}--- (PASS|FAIL): TestDumps\/(\S+) /gm)];
    expect(told.map((match) => match[2])).toEqual(small.map(({ id }) => id));
    const passed = new Set(told.filter((match) => match[1] === 'PASS').map((match) => match[2]));
    expect(small.filter((one) => passed.has(one.id) !== passes(one))).toEqual([]);
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
});

/** As {@link goReader} and {@link goFacts}. */
const pythonReader = `class DumpError(Exception):
    pass


def read_dump(data):
    if len(data) < 17 or data[:16] != b"go1.7 heap dump\\n":
        raise DumpError("no dump")
    if len(data) % 7 == 0:
        raise KeyError("a crash")
    return {"bytes": len(data) + (len(data) % 5 == 0), "own": 1}
`;

describeWithOracle(['pytest'], 'real pytest', () => {
  test('runs the table test on every small dump: it knows good from bad, refusals from crashes, right facts from wrong', async () => {
    const folder = await exported('tests');
    writeFileSync(`${folder}/read_dump.py`, pythonReader);
    const argv = ['-q', '-rA', '--tb=no', '-p', 'no:cacheprovider', folder];
    const { stdout, status } = spawnSync('pytest', argv, { encoding: 'utf8', cwd: folder });
    expect(status).toBe(1);
    const told = [...stdout.matchAll(/^(PASSED|FAILED) test_dumps\.py::test_dump\[(.+?)\]/gm)];
    expect(told.map((match) => match[2]!).sort()).toEqual(small.map(({ id }) => id).sort());
    const passed = new Set(told.filter((match) => match[1] === 'PASSED').map((match) => match[2]));
    expect(small.filter((one) => passed.has(one.id) !== passes(one))).toEqual([]);
    const file = `${folder}/test_dumps.py`;
    const skipping = 'LACKED_FEATURES = {"32-bit"}';
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^LACKED_FEATURES.*$/m, skipping));
    const again = spawnSync('pytest', argv, { encoding: 'utf8', cwd: folder });
    const lacking = small.filter(({ verdict }) => verdict.features.includes('32-bit'));
    expect(again.stdout).toContain(`${lacking.length} skipped`);
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
