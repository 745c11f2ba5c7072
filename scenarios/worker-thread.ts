/**
 * The thread that does the work. In a build it begins before the command line is understood: each takes its time, and
 * most machines have two processors.
 */
import { type ResourceLimits, Worker } from 'node:worker_threads';
import { built, workerUrl } from './modules.ts';
import type { WorkerData, WorkerRequest } from './worker-messages.ts';

/** JavaScript objects of a script, MiB; the simulated memory is not among them. */
const scriptHeapMiB = 2048;
/** Stack of the thread, MiB, of which only what is used takes memory: calls of a script nest on it. */
const scriptStackMiB = 64;

/** The user's own --max-old-space-size counts, if there is one. */
function memoryLimits(env: NodeJS.ProcessEnv): ResourceLimits {
  const chosen = `${process.execArgv.join(' ')} ${env.NODE_OPTIONS ?? ''}`;
  const stack = { stackSizeMb: scriptStackMiB };
  return /max[-_]old[-_]space[-_]size/.test(chosen)
    ? stack
    : { ...stack, maxOldGenerationSizeMb: scriptHeapMiB };
}

/** A thread that waits for its request. */
function begin(data: WorkerData, env: NodeJS.ProcessEnv): Worker {
  return new Worker(workerUrl, { workerData: data, resourceLimits: memoryLimits(env) });
}

let early: Worker | undefined;

/** Begins the thread of a command line that will need it. It ends with the process. */
export function beginEarly([command]: readonly string[], env: NodeJS.ProcessEnv): void {
  if (!built || command !== 'run') return;
  early = begin({ task: 'run', scenarioUrl: undefined }, env);
  // What goes wrong here goes wrong again in the thread that is begun in its place.
  early.once('error', () => {
    early = undefined;
  });
}

/** The thread for a request, which it has not yet. */
export function workerFor(request: WorkerRequest, env: NodeJS.ProcessEnv): Worker {
  const worker = early;
  early = undefined;
  if (worker !== undefined && request.task === 'run') return worker;
  const scenarioUrl = 'scenarioUrl' in request ? request.scenarioUrl : undefined;
  return begin({ task: request.task, scenarioUrl }, env);
}
