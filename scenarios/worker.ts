import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { parentPort, workerData } from 'node:worker_threads';
import { writeFully } from './output.ts';
import {
  failureOf,
  holdsStdout,
  type OutputReply,
  type TwinReply,
  type WorkerMessage,
  type WorkerRequest,
} from './worker-messages.ts';

async function perform(request: WorkerRequest): Promise<OutputReply | TwinReply> {
  switch (request.task) {
    case 'run':
      return (await import('./perform-run.ts')).performRun(request);
    case 'redump':
      return (await import('./perform-redump.ts')).performRedump(request);
    case 'twin':
      return (await import('./perform-twin.ts')).performTwin(request);
    default:
      return request satisfies never;
  }
}

function directOutput(fd: number, name: string): Writable {
  return new Writable({
    write(bytes: Uint8Array, _encoding, done) {
      writeFully(fd, bytes, name);
      done();
    },
  });
}

/**
 * What a script prints is written at once: a thread's own streams pass it on when the script has ended,
 * and lose it when the thread does. It gives way to a dump on standard output.
 */
function printDirectly(request: WorkerRequest): void {
  const stderr = directOutput(2, 'standard error');
  const stdout = holdsStdout(request) ? stderr : directOutput(1, 'standard output');
  Object.defineProperties(process, { stdout: { value: stdout }, stderr: { value: stderr } });
  globalThis.console = new Console({ stdout, stderr, ignoreErrors: false });
}

async function work(): Promise<WorkerMessage<OutputReply | TwinReply>> {
  printDirectly(workerData as WorkerRequest);
  try {
    return { reply: await perform(workerData as WorkerRequest) };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

parentPort?.postMessage(await work());
