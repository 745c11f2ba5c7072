/** A thread that runs the worker of a build as soon as it is told where that is: early-thread.js is the other side. */
import { workerData } from 'node:worker_threads';

/** @type {SharedArrayBuffer} */
const shared = workerData.build;
const length = new Int32Array(shared, 0, 1);
Atomics.wait(length, 0, 0);
const bytes = Atomics.load(length, 0);
if (bytes > 0) {
  const build = new TextDecoder().decode(new Uint8Array(shared, 4, bytes).slice());
  await import(new URL('scenarios/worker.js', build).href);
}
