/** The thread that does the work. In a build that of `run` begins before the command line is understood. */
import { Worker } from 'node:worker_threads';
import { workerUrl } from './modules.ts';
import { memoryLimits } from './start/memory-limits.js';
import type { WorkerRequest } from './worker-messages.ts';

let early: Worker | undefined;

/** Keeps a thread for the request of `run` that will come. It ends with the process. */
export function keepEarly(worker: Worker): void {
  early = worker;
  // What goes wrong here goes wrong again in the thread that is begun in its place.
  worker.once('error', () => {
    early = undefined;
  });
}

/** The thread for a request, which it has not yet. */
export function workerFor(request: WorkerRequest, env: NodeJS.ProcessEnv): Worker {
  const worker = early;
  early = undefined;
  if (worker !== undefined && request.task === 'run') return worker;
  const scenarioUrl = 'scenarioUrl' in request ? request.scenarioUrl : undefined;
  return new Worker(workerUrl, {
    workerData: { task: request.task, scenarioUrl },
    resourceLimits: memoryLimits(env),
  });
}
