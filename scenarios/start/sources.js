/** What the program is made of, and whether a build of it still is. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder that has sim/, dump/ and scenarios/. */
export const root = new URL('../../', import.meta.url);

/** The page of the explorer is made when it is asked for. */
const apart = 'scenarios/explorer/page';

/**
 * All modules under sim/, dump/ and scenarios/, sorted: `sim/alg.ts`, …
 *
 * @returns {string[]}
 */
export function sourceNames() {
  /** @type {string[]} */
  const names = [];
  const folders = ['sim', 'dump', 'scenarios'];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of readdirSync(new URL(folder, root), { withFileTypes: true })) {
      const name = `${folder}/${entry.name}`;
      if (entry.isDirectory() && name !== apart) folders.push(name);
      else if (/\.[jt]s$/.test(entry.name)) names.push(name);
    }
  }
  return names.sort();
}

/**
 * A digest of the files' contents.
 *
 * @param {readonly string[]} names
 */
export async function digestOf(names) {
  const { createHash } = await import('node:crypto');
  const hash = createHash('sha256');
  for (const name of names) {
    const contents = readFileSync(new URL(name, root));
    hash.update(`${name} ${contents.length}\n`).update(contents);
  }
  return hash.digest('hex').slice(0, 24);
}

/** A file that has changed so short a time ago, ms, may change again without a new time. */
const raceMs = 2000;

/**
 * The files' inodes, sizes and times. A change of contents is a change of it, whatever made the change: nothing can set a
 * file's time of change.
 *
 * @param {readonly string[]} names
 * @returns {{ text: string, settled: boolean }} `settled`: it may be remembered
 */
export function stampOf(names) {
  const folder = fileURLToPath(root);
  const now = Date.now();
  let latest = 0;
  let text = '';
  for (const name of names) {
    const { ino, size, mtimeMs, ctimeMs } = statSync(folder + name);
    latest = Math.max(latest, ctimeMs);
    text += `${name} ${ino} ${size} ${mtimeMs} ${ctimeMs}\n`;
  }
  return { text, settled: latest < now - raceMs };
}
