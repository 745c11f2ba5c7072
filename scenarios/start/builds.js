/**
 * Builds of the program, for a quick start. A build lies in a folder that has the digest of all sources in its name: one
 * that does not fit the sources is never found, so none can be stale.
 */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { digestOf, root, sourceNames, stampOf } from './sources.js';

const buildsFolder = new URL('out/cli/', root);
const stampFile = new URL('stamp.json', buildsFolder);

/**
 * The folder of the build of the present sources, which is made if there is none. `undefined`: none can be made here.
 *
 * @returns {Promise<URL | undefined>}
 */
export async function findBuild() {
  const names = sourceNames();
  const stamp = stampOf(names);
  const known = knownBuild(stamp.text);
  if (known !== undefined) return known;
  const digest = await digestOf(names);
  const folder = new URL(`${digest}/`, buildsFolder);
  try {
    if (!existsSync(folder)) await make(names, digest, folder);
    if (stamp.settled) remember(stamp.text, digest);
  } catch {
    // A folder that is read-only, a source that is broken or being edited; the sources run as they are.
  }
  return existsSync(folder) ? folder : undefined;
}

/**
 * The build that a stamp was remembered for, which spares reading all sources.
 *
 * @param {string} stamp
 */
function knownBuild(stamp) {
  try {
    const remembered = JSON.parse(readFileSync(stampFile, 'utf8'));
    const folder = new URL(`${remembered.build}/`, buildsFolder);
    return remembered.stamp === stamp && existsSync(folder) ? folder : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} stamp
 * @param {string} build
 */
function remember(stamp, build) {
  const file = new URL(`stamp.${process.pid}`, buildsFolder);
  writeFileSync(file, JSON.stringify({ stamp, build }));
  renameSync(file, stampFile);
}

/**
 * Makes the folder, which appears whole or not at all.
 *
 * @param {readonly string[]} names
 * @param {string} digest
 * @param {URL} folder
 */
async function make(names, digest, folder) {
  const { bundle } = await import('./bundle.js');
  const started = new URL(`.${process.pid}-${Date.now()}/`, buildsFolder);
  mkdirSync(started, { recursive: true });
  try {
    await bundle(names, started);
    if ((await digestOf(names)) !== digest) throw new Error('the sources changed meanwhile');
    renameSync(started, folder);
    removeOtherBuilds(folder, Date.now() - keptFor);
  } finally {
    rmSync(started, { recursive: true, force: true });
  }
}

/** A program that still runs may yet load a part of its build, ms. */
const keptFor = 24 * 3600 * 1000;

/**
 * @param {URL} kept
 * @param {number} before removes only those made before this time, ms since 1970
 */
export function removeOtherBuilds(kept, before = Number.POSITIVE_INFINITY) {
  for (const entry of readdirSync(buildsFolder, { withFileTypes: true })) {
    const folder = new URL(`${entry.name}/`, buildsFolder);
    if (!entry.isDirectory() || folder.href === kept.href) continue;
    if (statSync(folder).mtimeMs < before) rmSync(folder, { recursive: true });
  }
}
