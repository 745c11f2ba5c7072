import { Console } from 'node:console';
import { once } from 'node:events';
import { Writable } from 'node:stream';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { writeFully } from './output.ts';
import {
  failureOf,
  holdsStdout,
  type OutputReply,
  type TwinReply,
  type WorkerData,
  type WorkerMessage,
  type WorkerRequest,
} from './worker-messages.ts';

/** What does each task. */
const modules = {
  run: () => import('./perform-run.ts'),
  redump: () => import('./perform-redump.ts'),
  twin: () => import('./perform-twin.ts'),
} as const;

async function perform(request: WorkerRequest): Promise<OutputReply | TwinReply> {
  switch (request.task) {
    case 'run':
      return (await modules.run()).performRun(request);
    case 'redump':
      return (await modules.redump()).performRedump(request);
    case 'twin':
      return (await modules.twin()).performTwin(request);
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

async function work(port: MessagePort): Promise<WorkerMessage<OutputReply | TwinReply>> {
  const requested = once(port, 'message');
  try {
    // While the request is on its way.
    await modules[(workerData as WorkerData).task]();
    const [request] = (await requested) as [WorkerRequest];
    printDirectly(request);
    return { reply: await perform(request) };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

if (parentPort !== null) parentPort.postMessage(await work(parentPort));
