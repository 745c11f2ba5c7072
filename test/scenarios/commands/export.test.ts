/** `export` as its user runs it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ended, goheapsim, scratchFolder, start } from '../command-line.ts';

const dumps = scratchFolder();
const scratch = scratchFolder();
const dump = dumps.path('list.dump');

beforeAll(async () => {
  expect((await goheapsim(['run', 'linked-list', '-p', 'n=50', '-o', dump])).code).toBe(0);
});
beforeEach(() => scratch.clear());
afterAll(() => {
  dumps.remove();
  scratch.remove();
});

const exported = (...argv: string[]) => goheapsim(['export', ...argv]);
const formats = ['heapsnapshot', 'pprof', 'trace', 'dot'];

test.each(formats)('%s: a file and what opens it, or standard output alone', async (to) => {
  const file = scratch.path('out');
  const { code, stdout, stderr } = await exported('linked-list', '--to', to, '-o', file);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^.*out: [\d,]+ bytes\b.*, for /);
  expect(scratch.files()).toEqual(['out']);
  const child = start(['export', 'linked-list', '--to', to, '-o', '-']);
  const pieces: Buffer[] = [];
  child.stdout!.on('data', (piece) => pieces.push(piece));
  expect((await ended(child)).code).toBe(0);
  expect(Buffer.concat(pieces).equals(readFileSync(file))).toBe(true);
});

test('a dump from a pipe is exported as from its file', async () => {
  for (const argv of [
    ['--to', 'heapsnapshot'],
    ['--to', 'heapsnapshot', '--live-only'],
  ]) {
    const [file, piped] = [scratch.path('file'), scratch.path('piped')];
    expect((await exported(dump, ...argv, '-o', file)).code).toBe(0);
    const child = start(['export', '-', ...argv, '-o', piped]);
    child.stdin!.end(readFileSync(dump));
    expect((await ended(child)).code).toBe(0);
    const body = (path: string) => readFileSync(path, 'utf8').replace(/label="[^"]*are drawn"/, '');
    expect(body(piped)).toBe(body(file));
  }
});

test('--step takes the heap as the step left it', async () => {
  const nodes = async (step: string) => {
    const { stdout } = await exported('linked-list', '--to', 'dot', '--step', step, '-o', '-');
    return stdout.match(/label="main\.Node\\n/g)?.length ?? 0;
  };
  // In step 40 the tenth is made, in step 43 a variable holds it.
  expect([await nodes('0'), await nodes('41'), await nodes('43')]).toEqual([0, 9, 10]);
});

describe('wrong usage is one line, exit code 2, and no file', () => {
  test.each([
    [
      ['x', '--to', 'gexf'],
      'export: --to: unknown format "gexf". Formats: heapsnapshot, pprof, trace, dot',
    ],
    [['x', '--to', 'pprf'], 'export: --to: unknown format "pprf". Did you mean "pprof"?'],
    [
      ['DUMP', '--to', 'trace'],
      'export: --to trace wants a scenario or a log: a dump is one moment, a trace is a run',
    ],
    [
      ['DUMP', '--to', 'dot', '--step', '4'],
      'export: --step is for scenarios and logs: a dump has one state',
    ],
    [
      ['DUMP', '--to', 'dot', '--live-only'],
      'export: --live-only is for --to heapsnapshot and pprof',
    ],
    [['DUMP', '--to', 'pprof', '--root', '0x1'], 'export: --root is for --to dot'],
    [['DUMP', '--to', 'dot', '--root', '0x10'], 'export: --root: no object of the heap is at 0x10'],
    [
      ['DUMP', '--to', 'dot', '--nodes', '0'],
      'export: --nodes: want a whole number from 1 to 100,000, got "0"',
    ],
    [
      ['DUMP', '--to', 'pprof', '--kind', 'sites'],
      'export: --kind: want allocations or references, got "sites".',
    ],
    [
      ['linked-list', '--to', 'dot', '--step', '1e9'],
      'export: --step: want a whole number from 0 to 2^53-1, got "1e9"',
    ],
    [
      ['linked-list', '--to', 'dot', '--step', '99999'],
      'linked-list: no step 99,999: its last is 4,007',
    ],
    [
      ['DUMP', '--to', 'pprof'],
      "DUMP: it holds no memory profile: its program's MemProfileRate was 0, as the linker sets it for programs that do not read their profile; --kind references needs none",
    ],
  ])('%j', async (argv, message) => {
    const { code, stderr } = await exported(
      ...argv.map((arg) => arg.replace('DUMP', dump)),
      '-o',
      scratch.path('out'),
    );
    expect([code, stderr]).toEqual([2, `goheapsim: ${message.replace('DUMP', dump)}\n`]);
    expect(scratch.files()).toEqual([]);
  });

  test.each(['heapsnapshot', 'dot', 'pprof'])('a corrupt dump, to %s', async (to) => {
    const cut = scratch.path('cut.dump');
    writeFileSync(cut, readFileSync(dump).subarray(0, 3000));
    const { code, stderr } = await exported(cut, '--to', to, '-o', scratch.path('out'));
    expect(code).toBe(2);
    expect(stderr).toMatch(/^goheapsim: .*cut\.dump: byte 3000 \(0xbb8\): .*\n$/);
    expect(scratch.files()).toEqual(['cut.dump']);
  });

  test('a file that is not there, or no dump', async () => {
    const to = ['--to', 'heapsnapshot', '-o', scratch.path('out')];
    const missing = await exported(scratch.path('none'), ...to);
    expect(missing.code).toBe(3);
    expect(missing.stderr).toMatch(/none: cannot read: no such file or folder\n$/);
    writeFileSync(scratch.path('text'), 'no dump at all, but text of some length');
    expect((await exported(scratch.path('text'), ...to)).stderr).toMatch(
      /text is no scenario, .* no heap dump, /,
    );
    expect(scratch.files()).toEqual(['text']);
  });
});
