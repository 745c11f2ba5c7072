/** A worker thread does the work, while this one shows progress and hears signals. */
import { counted, roundedBytes } from './format.ts';
import { type Io, Progress } from './io.ts';
import { UsageError } from './usage-error.ts';
import {
  errorOf,
  ProgressCounters,
  type ScriptRequest,
  threadFailure,
  type WorkerMessage,
  type WorkerRequest,
} from './worker-messages.ts';
import { workerFor } from './worker-thread.ts';

const tickMs = 250;

/**
 * Hears whether the worker still does something. Counts its own ticks, not the clock, so that time in
 * which the whole process stands still does not count.
 */
class Watchdog {
  readonly #limit: number;
  #idle = 0;
  #seen = '';

  /** `seconds` without a change are too long; 0: nothing is. */
  constructor(seconds: number) {
    this.#limit = seconds === 0 ? Number.POSITIVE_INFINITY : (seconds * 1000) / tickMs;
  }

  /** Call it every {@link tickMs}; true once nothing has happened for too long. */
  tick({ written, steps }: ProgressCounters): boolean {
    if (steps[0]! < 0) return false;
    const seen = `${Atomics.load(written, 0)} ${steps[0]}`;
    this.#idle = seen === this.#seen ? this.#idle + 1 : 0;
    this.#seen = seen;
    return this.#idle >= this.#limit;
  }
}

function idleFailure({ shown, maxIdleSeconds }: ScriptRequest): UsageError {
  return new UsageError(
    `${shown}: the script did nothing for ${counted(maxIdleSeconds, 'second')}: does it loop ` +
      'without an operation, or with Gosched alone? (--max-idle)',
  );
}

/**
 * Has a worker thread do what is requested, with progress on a terminal.
 *
 * @throws what the worker's failure stands for, {@link UsageError} where the script does nothing any more
 */
export async function inWorker<Reply>(request: WorkerRequest, io: Io): Promise<Reply> {
  const progress = new Progress(io);
  const counters = new ProgressCounters(request.progress);
  counters.steps[0] = -1;
  const worker = workerFor(request, io.env);
  let timer: NodeJS.Timeout | undefined;
  try {
    const message = await new Promise<WorkerMessage<Reply>>((resolve, reject) => {
      const watchdog = new Watchdog('maxIdleSeconds' in request ? request.maxIdleSeconds : 0);
      timer = setInterval(() => {
        progress.tick(() => progressText(request, counters));
        if (watchdog.tick(counters)) reject(idleFailure(request as ScriptRequest));
      }, tickMs);
      worker.once('message', resolve);
      worker.once('error', (error) => reject(threadFailure(error, request.shown)));
      worker.once('exit', () =>
        reject(new UsageError(`${request.shown}: the script ended its own run with process.exit`)),
      );
      worker.postMessage(request);
    });
    if ('failure' in message) throw errorOf(message.failure);
    return message.reply;
  } finally {
    clearInterval(timer);
    progress.done();
    await worker.terminate();
  }
}

function progressText(request: WorkerRequest, { written, steps }: ProgressCounters): string {
  const size = Number(Atomics.load(written, 0));
  if (request.task === 'redump') {
    return size === 0 ? `reading ${request.shown}` : `${roundedBytes(size)} written`;
  }
  if (steps[0] === ProgressCounters.checking) return `${request.shown}: its twin in real Go`;
  const done = size === 0 ? '' : `, ${roundedBytes(size)} written`;
  return `running ${request.shown}: ${counted(Math.max(0, steps[0]!), 'operation')}${done}`;
}
