/** Faults that a real kernel makes: what the commands do when it will not read, write or let them go on. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statfsSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { suiteCases } from '../../../scenarios/feed/suite/index.ts';
import { golden } from '../../goldens/goldens.ts';
import { describeWithOracle } from '../../oracle/describe-with-oracle.ts';
import { scratchFolder } from '../command-line.ts';
import { runAll } from './many-commands.ts';

const scratch = scratchFolder();
const dump = scratch.path('good.dump');

/** A real one, of 456 KB. */
const long = scratch.path('long.dump');

beforeAll(() => {
  const allKinds = [...suiteCases()].find(({ id }) => id === 'all-kinds-le8')!;
  writeFileSync(dump, allKinds.content.bytes());
  writeFileSync(long, golden('linked-list.amd64.4').dump);
});
afterAll(() => scratch.remove());

/** Of an object of that dump. */
const address = '0xc000002000';
const list = ['linked-list', '-p', 'n=10'];

/** Commands that print what they say or make. */
const printing = [
  ['--help'],
  ['list'],
  ['run', ...list, '-o', '/dev/null'],
  ['run', ...list, '-o', '-'],
  ['inspect', dump],
  ['inspect', dump, '--records', '--json'],
  ['inspect', dump, '--hex'],
  ['verify', dump],
  ['diff', dump, dump],
  ['redump', dump, '-o', '-'],
  ['lesson'],
  ['size', '33'],
  ['classes'],
  ['explain', ...list],
  ['step', ...list],
  ['gc', ...list],
  ['memstats', dump],
  ['spans', dump],
  ['pages', ...list],
  ['whatis', dump, address],
  ['why', dump, address],
  ['vis', ...list, '0xc000014000'],
  ['objects', dump],
  ['roots', dump],
  ['dom', dump],
  ['explore', dump, '-o', '-'],
  ['export', dump, '--to', 'dot', '-o', '-'],
  ['export', dump, '--to', 'pprof', '-o', '-'],
  ['export', dump, '--to', 'heapsnapshot', '-o', '-'],
  ['export', ...list, '--to', 'trace', '-o', '-'],
  ['feed', 'mutate', '--base', dump, '--count', '3', '-o', '-'],
  ['feed', 'mutate', '--operations'],
  ['feed', 'make', 'minimal-le8', '-o', '-'],
  ['feed', 'scrub', dump, '-o', '-'],
];

const ends = (commands: readonly (readonly string[])[], code: number, stderr: unknown) =>
  commands.map((argv) => ({ command: argv.join(' '), code, stderr }));

test('standard output on a full disk: each command ends with 3 and one line', async () => {
  const full = openSync('/dev/full', 'w');
  const message = expect.stringMatching(/^goheapsim: standard output: cannot write: no space.*\n$/);
  expect(await runAll(printing, full)).toEqual(ends(printing, 3, message));
  closeSync(full);
});

test('standard output closed by its reader: each command ends with 0 and says nothing', async () => {
  const name = scratch.path('pipe');
  execFileSync('mkfifo', [name]);
  const reader = openSync(name, 'r+');
  const writer = openSync(name, 'w');
  closeSync(reader);
  expect(await runAll(printing, writer)).toEqual(ends(printing, 0, ''));
  expect(existsSync('-'), '- is standard output, and no file').toBe(false);
  closeSync(writer);
});

/** Commands that write a file, of more bytes than the page that is free on the small disk. */
const writingFile = (out: () => string): string[][] => [
  ['run', ...list, '-o', out()],
  ['run', ...list, '-o', '/dev/null', '--write-log', out(), '--trace', out()],
  ['redump', long, '-o', out()],
  ['explore', dump, '-o', out()],
  ['export', ...list, '--to', 'dot', '-o', out()],
  ['export', long, '--to', 'heapsnapshot', '-o', out()],
  ['export', ...list, '--to', 'trace', '-o', out()],
  ['feed', 'make', 'length-type-name-1048577', '-o', out()],
  ['feed', 'scrub', long, '-o', out()],
];

/** Such as make a folder. */
const writingFolder = (out: () => string): string[][] => [
  ['feed', 'suite', '-o', out()],
  ['feed', 'mutate', '--base', long, '--count', '9', '-o', out()],
  ['feed', 'export', '--to', 'afl', '-o', out()],
  ['twin', 'linked-list', '-o', out()],
];

/** Such as write less than a page; of `feed run`, which can be gone on with, that is so at first. */
const shortCommands = (file: () => string, folder: () => string): string[][] => [
  ['export', dump, '--to', 'pprof', '-o', file()],
  ['new', `${folder()}.ts`],
  ['feed', 'run', '-t', 'true {}', '--only', 'minimal-le8', '-o', folder()],
];

describeWithOracle('mount', 'a small disk', () => {
  const disk = scratch.path('disk');
  let files = 0;
  const file = (): string => {
    const name = `${disk}/${files++}.out`;
    writeFileSync(name, 'old');
    return name;
  };
  const folder = (): string => `${disk}/${files++}.folder`;
  let commands: string[][];
  let before: string[];

  beforeAll(() => {
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk]);
    commands = [...writingFile(file), ...writingFolder(folder), ...shortCommands(file, folder)];
    before = readdirSync(disk).sort();
  });
  afterAll(() => execFileSync('umount', ['-l', disk]));

  /** Nothing is on the disk but what was there, as it was. */
  function expectUntouched(): void {
    expect(readdirSync(disk).sort()).toEqual(before);
    for (const name of before.filter((name) => name.endsWith('.out'))) {
      expect(readFileSync(`${disk}/${name}`, 'utf8')).toBe('old');
    }
  }

  test('that is full, or will be: 3, one line, no half file, the old ones as they were', async () => {
    const filler = openSync(`${disk}/filler`, 'w');
    before.push('filler');
    before.sort();
    const page = Buffer.alloc(4096);
    while (statfsSync(disk).bavail > 1) writeSync(filler, page);
    const message = expect.stringMatching(
      /^goheapsim: .*cannot write: no space left on the disk.*\n$/,
    );
    const most = commands.slice(0, -3);
    expect(await runAll(most, 'ignore')).toEqual(ends(most, 3, message));
    expectUntouched();
    while (statfsSync(disk).bavail > 0) writeSync(filler, page);
    closeSync(filler);
    expect(await runAll(commands.slice(-3), 'ignore')).toEqual(
      ends(commands.slice(-3), 3, message),
    );
    expectUntouched();
  });

  test('that is read-only: 3 and one line', async () => {
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    const message = expect.stringMatching(
      /^goheapsim: .*cannot write: the file system is read-only.*\n$/,
    );
    expect(await runAll(commands, 'ignore')).toEqual(ends(commands, 3, message));
    expectUntouched();
  });
});

/** Commands that read a dump. */
const reading = (input: string): string[][] => [
  ['inspect', input],
  ['inspect', input, '--hex'],
  ['verify', input],
  ['diff', dump, input],
  ['diff', input, dump],
  ['redump', input, '-o', '/dev/null'],
  ['memstats', input],
  ['spans', input],
  ['whatis', input, address],
  ['why', input, address],
  ['dom', input],
  ['export', input, '--to', 'dot', '-o', '/dev/null'],
  ['explore', input, '-o', '/dev/null'],
  ['replay', input],
  ['feed', 'mutate', '--base', input, '-o', '-'],
  ['feed', 'scrub', input, '-o', '/dev/null'],
  ['feed', 'shrink', input, '-t', 'true {}', '-o', '/dev/null'],
];

const bad: readonly (readonly [name: string, code: number, told: string])[] = [
  ['missing', 3, 'cannot read: no such file or folder'],
  ['', 2, ' is a folder: name a file in it'],
  ['/proc/self/mem', 3, 'cannot read: input/output error'],
];

test('a dump that cannot be read: one line tells it, by the code that is documented', async () => {
  const commands = bad.flatMap(([name, code, text]) => {
    const input = name.startsWith('/') ? name : scratch.path(name);
    const told = expect.stringMatching(new RegExp(`^goheapsim: ${input}.*${text}\\n$`));
    return reading(input).map((argv) => ({ argv, code, told }));
  });
  expect(
    await runAll(
      commands.map(({ argv }) => argv),
      'ignore',
    ),
  ).toEqual(commands.flatMap(({ argv, code, told }) => ends([argv], code, told)));
});

test('a dump that is cut short: 1 of inspect and verify, which examine it, 2 of all that cannot work with it', async () => {
  const input = scratch.path('cut.dump');
  writeFileSync(input, readFileSync(dump).subarray(0, -1));
  // A reader may fail on a dump for being cut, so that can be shrunk.
  const all = reading(input).filter((argv) => argv[1] !== 'shrink');
  const commands = [...all, ['pages', input], ['classes', input, '--used']];
  const codes = (await runAll(commands, 'ignore')).map((end, i) => [commands[i]![0], end.code]);
  const examine = ['inspect', 'verify'];
  expect(codes).toEqual(commands.map(([name]) => [name, examine.includes(name!) ? 1 : 2]));
});

describeWithOracle('setpriv', 'who may not read or write', () => {
  // Root may all, but for this.
  const prefix = ['setpriv', '--bounding-set=-dac_override,-dac_read_search', '--inh-caps=-all'];

  test('an unreadable dump: 3 and one line', async () => {
    const input = scratch.path('secret.dump');
    writeFileSync(input, readFileSync(dump), { mode: 0 });
    const commands = reading(input).filter((_, i) => i % 3 === 0);
    const message = `goheapsim: ${input}: cannot read: permission denied\n`;
    expect(await runAll(commands, 'ignore', { prefix })).toEqual(ends(commands, 3, message));
  });

  test('a folder that is not to be written to: 3 and one line, and it stays as it is', async () => {
    const folder = scratch.path('locked');
    mkdirSync(folder);
    writeFileSync(`${folder}/old`, 'old');
    chmodSync(folder, 0o555);
    const commands = [
      ...writingFile(() => `${folder}/old`).slice(2, 5),
      ...writingFolder(() => `${folder}/new`),
      ...shortCommands(
        () => `${folder}/old`,
        () => `${folder}/new`,
      ),
    ];
    const message = expect.stringMatching(/^goheapsim: .*cannot write: permission denied\n$/);
    expect(await runAll(commands, 'ignore', { prefix })).toEqual(ends(commands, 3, message));
    expect(readdirSync(folder)).toEqual(['old']);
    chmodSync(folder, 0o755);
  });
});

test('more bytes than a file may have (ulimit -f): 3 and one line, no half file', async () => {
  const folder = scratch.path('limited');
  mkdirSync(folder);
  const commands = writingFile(() => `${folder}/out`).slice(2, 5);
  const prefix = ['/bin/sh', '-c', 'ulimit -f 8; exec "$@"', 'sh'];
  const message = expect.stringMatching(/^goheapsim: .*cannot write: the file is larger than.*\n$/);
  expect(await runAll(commands, 'ignore', { prefix })).toEqual(ends(commands, 3, message));
  expect(readdirSync(folder)).toEqual([]);
});
