/**
 * The same scenario, parameters and seed give the same bytes: in another process, folder, time zone
 * and language, and from one version of goheapsim to the next unless a change means to.
 *
 * The hashes are pinned on purpose. One that fails after a change of the model, the dumper or the
 * scenario says that every dump of users changes too: if that is right (real Go agrees), write it in
 * CHANGELOG.md and put in the hash that the failure shows.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { ended, scratchFolder, start } from './command-line.ts';

const scratch = scratchFolder();
afterAll(() => scratch.remove());

const elsewhere = {
  PATH: process.env.PATH,
  TZ: 'Asia/Tokyo',
  LANG: 'de_DE.UTF-8',
  LC_ALL: 'tr_TR',
};

/** SHA-256 of the first dump of a run in a process of its own. */
async function hashOf(argv: readonly string[], env: NodeJS.ProcessEnv = process.env) {
  mkdirSync(scratch.path('cwd'), { recursive: true });
  const out = scratch.path('out');
  const child = start(['run', ...argv, '-o', out], { cwd: scratch.path('cwd'), env });
  expect(await ended(child)).toMatchObject({ code: 0, stderr: '' });
  return createHash('sha256').update(readFileSync(out)).digest('hex');
}

describe.each([
  [
    ['linked-list', '-p', 'n=500'],
    'cfe36eee5ea6801ca33ae7f2ef8c3f7e757dc7ba93cc50c2c400e6495711326b',
  ],
  [
    ['tree', '-p', 'keys=300', '--seed', '7', '--goarch', 's390x'],
    '44813863e5c3adc3089bfa7ccfb3bf1cbe10cf1ed49a856ec7c9436827e45d9f',
  ],
])('%j', (argv, pinned) => {
  test('gives the pinned bytes, wherever it runs', async () => {
    const here = await hashOf(argv);
    expect(await hashOf(argv, elsewhere)).toBe(here);
    expect(here).toBe(pinned);
  });
});

test('another seed gives another dump where a scenario uses randomness, and none where not', async () => {
  const tree = ['tree', '-p', 'keys=300', '--seed'];
  expect(await hashOf([...tree, 'a'])).not.toBe(await hashOf([...tree, 'b']));
  expect(await hashOf([...tree, 'a'])).toBe(await hashOf([...tree, 'a']));
  const list = ['linked-list', '-p', 'n=10', '--seed'];
  expect(await hashOf([...list, 'a'])).toBe(await hashOf([...list, 'b']));
});
