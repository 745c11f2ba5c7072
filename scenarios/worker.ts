import { parentPort, workerData } from 'node:worker_threads';
import {
  failureOf,
  type OutputReply,
  type WorkerMessage,
  type WorkerRequest,
} from './worker-messages.ts';

async function perform(request: WorkerRequest): Promise<OutputReply> {
  switch (request.task) {
    case 'run':
      return (await import('./perform-run.ts')).performRun(request);
    case 'redump':
      return (await import('./perform-redump.ts')).performRedump(request);
    default:
      return request satisfies never;
  }
}

async function work(): Promise<WorkerMessage> {
  try {
    return { reply: await perform(workerData as WorkerRequest) };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

parentPort?.postMessage(await work());
