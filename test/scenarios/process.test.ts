/** What only a process of its own can show: exit codes, signals, pipes that close, full disks. */
import { type ChildProcess, execFileSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { golden } from '../goldens/goldens.ts';
import { ended, scratchFolder, start } from './command-line.ts';

const scratch = scratchFolder();
const file = scratch.path('real.dump');
const { dump } = golden('linked-list.amd64.4');

beforeAll(() => writeFileSync(file, dump));
afterAll(() => scratch.remove());

test('a package.json and a tsconfig.json of the current folder change nothing', async () => {
  mkdirSync(scratch.path('project'));
  writeFileSync(scratch.path('project/package.json'), '{"name":"other","version":"9.9.9"}');
  writeFileSync(scratch.path('project/tsconfig.json'), '{ broken');
  const outcome = await ended(start(['--version'], { cwd: scratch.path('project') }));
  expect(outcome.stderr).toBe('');
  expect(outcome.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(outcome.stdout).not.toBe('9.9.9\n');
});

test('a reader that stops early ends it quietly, with 0', async () => {
  const child = start(['inspect', file, '--records', '--contents']);
  const end = ended(child);
  child.stdout!.once('data', () => child.stdout!.destroy());
  expect(await end).toMatchObject({ code: 0, signal: null, stderr: '' });
});

test('so does one of a dump on standard output, and of what a script prints', async () => {
  const script = scratch.path('chatty.ts');
  writeFileSync(
    script,
    "import { scenario } from 'goheapsim/scenarios';\n" +
      "export default scenario({ question: 'How much?', main(go) {\n" +
      "  go.writeHeapDump();\n  for (let i = 0; i < 1e5; i++) console.log('more and more');\n} });\n",
  );
  for (const argv of [
    ['linked-list', '-o', '-'],
    [script, '-o', scratch.path('chatty.dump')],
  ]) {
    const child = start(['run', ...argv]);
    const end = ended(child);
    child.stdout!.once('data', () => child.stdout!.destroy());
    expect(await end).toMatchObject({ code: 0, signal: null, stderr: '' });
  }
  expect(existsSync(scratch.path('chatty.dump'))).toBe(false);
});

test('a dump goes from pipe to pipe', async () => {
  const child = start(['redump', '-', '-o', '-']);
  const pieces: Buffer[] = [];
  child.stdout!.on('data', (piece) => pieces.push(piece));
  const end = ended(child);
  child.stdin!.on('error', () => {});
  child.stdin!.end(dump);
  expect(await end).toMatchObject({ code: 0, stderr: '' });
  expect(Buffer.concat(pieces).equals(dump)).toBe(true);
});

test('two dumps do not fit on standard output', async () => {
  const script = scratch.path('two.ts');
  writeFileSync(
    script,
    "import { scenario } from 'goheapsim/scenarios';\n" +
      "export default scenario({ question: 'Two?', main(go) {\n" +
      '  go.writeHeapDump();\n  go.writeHeapDump();\n} });\n',
  );
  const { code, stderr } = await ended(start(['run', script, '-o', '-']));
  expect(code).toBe(2);
  expect(stderr).toBe(
    `goheapsim: ${script}:4:6: this is a second dump, and standard output takes only one: use -o FILE\n`,
  );
});

test('a script that never ends is ended by SIGINT, and leaves no file', async () => {
  mkdirSync(scratch.path('forever'));
  const script = scratch.path('forever/forever.ts');
  writeFileSync(
    script,
    "import { scenario } from 'goheapsim/scenarios';\n" +
      "export default scenario({ question: 'When?', main(go) {\n" +
      '  go.writeHeapDump();\n  for (;;);\n} });\n',
  );
  const child = start(['run', script, '-o', scratch.path('forever/out.dump')]);
  const end = ended(child);
  const folder = scratch.path('forever');
  const staged = () =>
    readdirSync(folder, { recursive: true }).some((name) => /\/out\.dump$/.test(`${name}`));
  await until(staged, child);
  child.kill('SIGINT');
  expect(await end).toMatchObject({ code: null, signal: 'SIGINT', stderr: '' });
  expect(readdirSync(scratch.path('forever'))).toEqual(['forever.ts']);
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s leaves no file, and is how it ends',
  async (signal) => {
    mkdirSync(scratch.path(signal));
    const out = scratch.path(`${signal}/out.dump`);
    writeFileSync(out, 'old');
    // The input stays open, so that it waits for more in the middle of its work.
    const child = start(['redump', '-', '-o', out]);
    const end = ended(child);
    child.stdin!.on('error', () => {});
    child.stdin!.write(dump.subarray(0, 30_000));
    const staged = () => readdirSync(scratch.path(signal)).length === 2;
    await until(staged, child);
    child.kill(signal);
    expect(await end).toMatchObject({ code: null, signal, stderr: '' });
    expect(readdirSync(scratch.path(signal))).toEqual(['out.dump']);
    expect(readFileSync(out, 'utf8')).toBe('old');
  },
);

test('standard output on a full disk is an environment failure', async () => {
  const full = openSync('/dev/full', 'w');
  const child = start(['inspect', file], { stdio: ['ignore', full, 'pipe'] });
  const { code, stderr } = await ended(child);
  closeSync(full);
  expect(code).toBe(3);
  expect(stderr).toMatch(/^goheapsim: standard output: cannot write: no space left on the disk/);
});

/** Waits for something that the process does; not longer than it lives. */
async function until(done: () => boolean, child: ChildProcess): Promise<void> {
  while (!done() && child.exitCode === null) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A file system of 64 KiB, where we may mount one. */
function mountSmallDisk(folder: string): boolean {
  mkdirSync(folder);
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}

test('a disk that fills up leaves no half file, and what was there stays', async (context) => {
  const disk = scratch.path('disk');
  if (!mountSmallDisk(disk)) return context.skip('only root can mount a small disk');
  try {
    writeFileSync(`${disk}/out.dump`, 'old');
    const outcome = await ended(start(['redump', file, '-o', `${disk}/out.dump`]));
    expect(outcome.code).toBe(3);
    expect(outcome.stderr).toBe(
      `goheapsim: ${disk}/out.dump: cannot write: no space left on the disk: ` +
        'free some, or write elsewhere\n',
    );
    expect(readdirSync(disk)).toEqual(['out.dump']);
    expect(readFileSync(`${disk}/out.dump`, 'utf8')).toBe('old');
  } finally {
    execFileSync('/bin/umount', [disk]);
  }
});
