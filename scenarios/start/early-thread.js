/**
 * The thread that does the work of `run`, begun while the build is still looked for and the command line is still to be
 * understood: each takes its time, and most machines have two processors.
 */
import { Worker } from 'node:worker_threads';
import { memoryLimits } from './memory-limits.js';

/** Bytes of a URL at most. */
const longestUrl = 64 * 1024;

/**
 * A thread that waits for its build.
 *
 * @typedef {object} EarlyThread
 * @property {Worker} worker which waits for its request once it has the build
 * @property {(build: URL | undefined) => void} tell with `undefined` it ends
 */

/**
 * Begins it if the command line is one that needs it.
 *
 * @param {readonly string[]} args
 * @returns {EarlyThread | undefined}
 */
export function beginEarly(args) {
  if (args[0] !== 'run' || args.includes('--help') || args.includes('-h')) return undefined;
  const build = new SharedArrayBuffer(4 + longestUrl);
  const workerData = { task: 'run', scenarioUrl: undefined, build };
  const worker = new Worker(new URL('waiting-thread.js', import.meta.url), {
    workerData,
    resourceLimits: memoryLimits(process.env),
  });
  return { worker, tell: (found) => tell(build, found) };
}

/**
 * @param {SharedArrayBuffer} shared
 * @param {URL | undefined} build
 */
function tell(shared, build) {
  const url = new TextEncoder().encode(build?.href ?? '');
  const told = url.length > longestUrl ? new Uint8Array(0) : url;
  new Uint8Array(shared, 4).set(told);
  const length = new Int32Array(shared, 0, 1);
  Atomics.store(length, 0, told.length === 0 ? -1 : told.length);
  Atomics.notify(length, 0);
}
