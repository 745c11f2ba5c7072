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
    'a4e4de7109a5c9657d14b70f6e7b6075eb126e610f6e1213d8383df120d79da2',
  ],
  [
    ['tree', '-p', 'keys=300', '--seed', '7', '--goarch', 's390x'],
    'ec29a91c3081161e60045103ed264cfdcd822e55e6b0f1f6f59d17636793ab1c',
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
