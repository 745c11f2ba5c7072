import { parentPort, workerData } from 'node:worker_threads';
import { performRun } from './perform-run.ts';
import { type Failure, failureOf, type RunReply, type RunRequest } from './run-request.ts';

/** What the worker says, once. */
export type WorkerMessage = { reply: RunReply } | { failure: Failure };

async function work(): Promise<WorkerMessage> {
  try {
    return { reply: await performRun(workerData as RunRequest) };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

parentPort?.postMessage(await work());
