import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FileWriter, Staging, writeFully } from '../../scenarios/output.ts';
import { EnvironmentError, UsageError } from '../../scenarios/usage-error.ts';
import { scratchFolder } from './command-line.ts';

const scratch = scratchFolder();
afterAll(() => scratch.remove());

describe('a staged file', () => {
  test('appears on commit, whole, and nothing else stays', () => {
    const staging = new Staging();
    const target = staging.target(scratch.path('whole'));
    writeFileSync(target.path, 'contents');
    expect(existsSync(scratch.path('whole'))).toBe(false);
    staging.commit();
    expect(readFileSync(scratch.path('whole'), 'utf8')).toBe('contents');
    expect(scratch.files()).toEqual(['whole']);
  });

  test('leaves nothing when discarded, and what was there before stays', () => {
    writeFileSync(scratch.path('whole'), 'old');
    const staging = new Staging();
    writeFileSync(staging.target(scratch.path('whole')).path, 'half');
    staging.discard();
    staging.discard();
    expect(readFileSync(scratch.path('whole'), 'utf8')).toBe('old');
    expect(scratch.files()).toEqual(['whole']);
  });

  test('keeps the permissions of the file that it replaces', () => {
    writeFileSync(scratch.path('script'), '', { mode: 0o750 });
    const staging = new Staging();
    writeFileSync(staging.target(scratch.path('script')).path, 'new');
    staging.commit();
    expect(statSync(scratch.path('script')).mode & 0o777).toBe(0o750);
  });

  test('goes where a symbolic link leads, and the link stays', () => {
    mkdirSync(scratch.path('there'));
    writeFileSync(scratch.path('there/real'), 'old');
    symlinkSync(scratch.path('there/real'), scratch.path('link'));
    const staging = new Staging();
    writeFileSync(staging.target(scratch.path('link')).path, 'new');
    staging.commit();
    expect(readFileSync(scratch.path('there/real'), 'utf8')).toBe('new');
    expect(readFileSync(scratch.path('link'), 'utf8')).toBe('new');
  });

  test('may have others adopted beside it', () => {
    const staging = new Staging();
    const { path } = staging.target(scratch.path('first'));
    writeFileSync(path, '1');
    writeFileSync(`${path}.2`, '2');
    staging.adopt(`${scratch.path('first')}.2`, `${path}.2`);
    staging.commit();
    expect(readFileSync(scratch.path('first.2'), 'utf8')).toBe('2');
  });
});

test('a device is written to in place', () => {
  const staging = new Staging();
  expect(staging.target('/dev/null')).toMatchObject({ path: '/dev/null', final: undefined });
  staging.commit();
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
});

describe('what cannot be written to is refused before anything is done', () => {
  beforeAll(() => mkdirSync(scratch.path('folder')));

  test.each([
    ['', UsageError, /empty file name/],
    ['folder', UsageError, /folder is a folder: name a file in it/],
    ['folder/', UsageError, /is a folder/],
    ['missing/', UsageError, /names a folder/],
    ['missing/out', EnvironmentError, /there is no folder .*missing; make it first/],
    [
      'whole/out',
      EnvironmentError,
      /cannot write: (a part of the path is not a folder|there is no folder)/,
    ],
  ])('%j', (name, errorClass, message) => {
    const staging = new Staging();
    const act = () =>
      staging.target(
        name === '' ? '' : scratch.path(name.replace(/\/$/, '')) + (name.endsWith('/') ? '/' : ''),
      );
    expect(act).toThrow(errorClass);
    expect(act).toThrow(message);
    staging.discard();
  });

  test('one file as two outputs', () => {
    const staging = new Staging();
    staging.target(scratch.path('same'));
    expect(() => staging.target(scratch.path('folder/../same'))).toThrow(/would be written twice/);
    staging.discard();
  });
});

test.skipIf(!existsSync('/dev/full'))(
  'a full disk is an EnvironmentError that names the file',
  () => {
    const fd = openSync('/dev/full', 'w');
    expect(() => writeFully(fd, new Uint8Array(10), 'out.dump')).toThrow(
      new EnvironmentError(
        'out.dump: cannot write: no space left on the disk: free some, or write elsewhere',
      ),
    );
    closeSync(fd);
  },
);

test('a writer keeps the order of small and large pieces and counts them', () => {
  const name = scratch.path('pieces');
  const fd = openSync(name, 'w');
  const progress = new BigInt64Array(new SharedArrayBuffer(8));
  const writer = new FileWriter(fd, name, progress);
  const pieces = [3, 1 << 20, 5, (1 << 20) - 1, 7, 0, 1 << 21].map((length, i) =>
    new Uint8Array(length).fill(i + 1),
  );
  for (const piece of pieces) writer.write(piece);
  writer.flush();
  closeSync(fd);
  const want = Buffer.concat(pieces);
  expect(readFileSync(name).equals(want)).toBe(true);
  expect(writer.bytes).toBe(want.length);
  expect(progress[0]).toBe(BigInt(want.length));
});
