import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { readDump } from '../../../dump/index.ts';
import { dumpSuffix } from '../../../scenarios/output-files.ts';
import { goheapsim, scratchFolder } from '../command-line.ts';

const scratch = scratchFolder();
afterEach(() => scratch.clear());
afterAll(() => scratch.remove());

const run = (...argv: string[]) => goheapsim(['run', ...argv]);

/** A scenario file of the user's, in a folder without a package.json. */
function script(name: string, main: string, rest = ''): string {
  const file = scratch.path(name);
  writeFileSync(
    file,
    [
      "import { scenario } from 'goheapsim/scenarios';",
      rest,
      'export default scenario({',
      "  question: 'What happens?',",
      '  main(go) {',
      `    ${main}`,
      '  },',
      '});',
      '',
    ].join('\n'),
  );
  return file;
}

const kindsOf = (file: string) =>
  new Set([...readDump(readFileSync(file))].map(({ kind }) => kind));

describe('a library scenario', () => {
  test('becomes a dump of the size that is told, and the write log adds up to it', async () => {
    const [out, log] = [scratch.path('out.dump'), scratch.path('sizes.txt')];
    const { code, stdout, stderr } = await run(
      'linked-list',
      '-p',
      'n=10',
      '-o',
      out,
      '--write-log',
      log,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const bytes = readFileSync(out);
    expect(stdout).toContain(`${bytes.length.toLocaleString('en-US')} bytes`);
    expect(stdout).toContain(`goheapsim inspect ${out}`);
    const sizes = readFileSync(log, 'utf8').trimEnd().split('\n').map(Number);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(bytes.length);
    expect([...kindsOf(out)]).toEqual(
      expect.arrayContaining(['params', 'object', 'goroutine', 'eof']),
    );
    for (const line of stdout.split('\n')) {
      if (!line.includes(out)) expect(line.length, line).toBeLessThanOrEqual(80);
    }
  });

  test('gives the same bytes each time, others for another parameter or target', async () => {
    const files = ['a', 'b', 'c', 'd'].map((name) => scratch.path(name));
    await run('linked-list', '-p', 'n=10', '-o', files[0]!);
    await run('linked-list', '-p', 'n=10', '-o', files[1]!);
    await run('linked-list', '-p', 'n=11', '-o', files[2]!);
    await run('linked-list', '-p', 'n=10', '--goarch', 's390x', '-o', files[3]!);
    const [a, b, c, d] = files.map((file) => readFileSync(file));
    expect(a!.equals(b!)).toBe(true);
    expect(a!.equals(c!)).toBe(false);
    const params = [...readDump(d!)][0]!;
    expect(params).toMatchObject({ kind: 'params', architecture: 's390x', bigEndian: true });
  });

  test('--trace is one JSON object a line', async () => {
    const trace = scratch.path('trace.jsonl');
    const { stdout } = await run('linked-list', '-p', 'n=3', '-o', '/dev/null', '--trace', trace);
    const lines = readFileSync(trace, 'utf8').trimEnd().split('\n');
    for (const line of lines) expect(typeof JSON.parse(line)).toBe('object');
    expect(stdout).toContain(`${trace}: ${lines.length} operations`);
  });
});

describe('several dumps', () => {
  test('take the name that the script gives, or a number', async () => {
    const file = script(
      'several.ts',
      "go.writeHeapDump(); go.writeHeapDump('after-gc'); go.writeHeapDump(); go.writeHeapDump('after-gc');",
    );
    const { code, stdout } = await run(
      file,
      '-o',
      scratch.path('out'),
      '--write-log',
      scratch.path('log'),
    );
    expect(code).toBe(0);
    const suffixes = ['', '.3', '.after-gc', '.after-gc.4'];
    expect(scratch.files()).toEqual([
      ...suffixes.map((suffix) => `log${suffix}`),
      ...suffixes.map((suffix) => `out${suffix}`),
      'several.ts',
    ]);
    expect(stdout).toContain('out.after-gc (after-gc)');
  });

  test.each(['../evil', '/etc/evil', '.hidden', '-rf', 'a b', 'a/b', 'x'.repeat(101), 'nul\0'])(
    'a name such as %j is refused',
    (name) => expect(() => dumpSuffix(name, 2, new Set())).toThrow(/part of a file name/),
  );
});

describe('wrong usage is told in one line with what to do, and nothing is written', () => {
  test.each([
    [['linkd-list'], 'unknown scenario "linkd-list". Did you mean "linked-list"?'],
    [
      ['no/such.ts'],
      'no/such.ts: no such scenario file; goheapsim new no/such.ts makes a first one',
    ],
    [['linked-list', '-p', 'nn=1'], 'linked-list has no parameter "nn". Did you mean "n"?'],
    [
      ['linked-list', '-p', 'n=x'],
      /^linked-list: parameter n: want a whole number from .*, got "x"$/,
    ],
    [['linked-list', '-p', 'n'], '-p wants PARAMETER=VALUE, such as -p n=100; got "n"'],
    [['linked-list', '-p', 'n=1', '-p', 'n=2'], 'parameter n is given twice'],
    [['linked-list', '--goarch', 'amd46'], 'unknown GOARCH "amd46". Did you mean "amd64"?'],
    [
      ['linked-list', '--gogc', '-1'],
      '--gogc: want a whole number from 0 to 2,147,483,647, or off',
    ],
    [['linked-list', '--gomaxprocs', '0'], '--gomaxprocs: want a whole number from 1 to 1,024'],
    [['linked-list', '--boot', 'fast'], '--boot: want go or bare, got "fast"'],
    [['linked-list', '--max-heap', '5x'], '--max-heap: want a size such as 512MiB or 2GiB'],
    [['linked-list', '--goexperiment', 'noheaders'], 'unknown experiment "noheaders"'],
    [['linked-list', '--trace', '-', '-o', '-'], 'only one of -o, --write-log and --trace'],
  ])('%j', async (argv, message) => {
    const out = argv.includes('-o') ? [] : ['-o', scratch.path('out')];
    const { code, stdout, stderr } = await run(...argv, ...out);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^goheapsim: [^\n]*\n$/);
    const text = stderr.slice('goheapsim: '.length, -1);
    if (typeof message === 'string') expect(text).toContain(message);
    else expect(text).toMatch(message);
    expect(scratch.files()).toEqual([]);
  });
});

describe('a script that fails is told by file and line, and leaves no dump', () => {
  test.each<[string, string, string, RegExp]>([
    [
      'throws',
      "go.writeHeapDump(); throw new Error('no more');",
      '',
      /throws\.ts:6:\d+: .*no more/,
    ],
    [
      'load',
      'go.writeHeapDump();',
      "throw new TypeError('at load');",
      /load\.ts:2:\d+: TypeError: at load/,
    ],
    ['syntax', 'go.writeHeapDump(;', '', /syntax\.ts:6:\d+: Unexpected ";"/],
    [
      'name',
      "go.writeHeapDump('x'); go.writeHeapDump('../x');",
      '',
      /name\.ts:6:\d+: dump name "\.\.\/x"/,
    ],
    ['exits', 'process.exit(0);', '', /exits\.ts: the script ended its own run with process\.exit/],
    ['nothing', '', '', /nothing\.ts: it ended without a dump/],
  ])('%s', async (name, main, rest, message) => {
    const file = script(`${name}.ts`, main, rest);
    const { code, stdout, stderr } = await run(file, '-o', scratch.path('out'));
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^goheapsim: [^\n]*\n$/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(scratch.files()).toEqual([`${name}.ts`]);
  });

  test('a module that exports no scenario', async () => {
    writeFileSync(scratch.path('none.ts'), 'export const x = 1;\n');
    const { code, stderr } = await run(scratch.path('none.ts'));
    expect(code).toBe(2);
    expect(stderr).toContain(
      'none.ts: no scenario: its default export must be what scenario({…}) makes',
    );
  });
});

test.each([
  ['nowhere/out', 3, /there is no folder .*nowhere; make it first/],
  ['', 2, /an empty file name cannot be written to/],
])('an output %j is refused', async (out, code, message) => {
  const outcome = await run('linked-list', '-o', out === '' ? '' : scratch.path(out));
  expect(outcome.code).toBe(code);
  expect(outcome.stderr).toMatch(message);
});

test.skipIf(!existsSync('/dev/full'))('a full disk is exit code 3', async () => {
  const { code, stderr } = await run('linked-list', '-o', '/dev/full');
  expect(code).toBe(3);
  expect(stderr).toMatch(/^goheapsim: \/dev\/full: cannot write: no space left on the disk/);
});
