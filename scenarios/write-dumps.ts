/**
 * How `run` and `redump` write dumps: a worker thread simulates and writes into staged files, while
 * this one shows progress, hears a signal, and removes what is half written.
 */
import { type ResourceLimits, Worker } from 'node:worker_threads';
import { bytes, counted, roundedBytes } from './format.ts';
import { withDumpFile } from './input.ts';
import { type Io, Printer, Progress, suggestion } from './io.ts';
import { Staging, type Target } from './output.ts';
import { briefLines, summarize } from './summary.ts';
import { UsageError } from './usage-error.ts';
import {
  type Destination,
  errorOf,
  type OutputReply,
  type OutputRequest,
  ProgressCounters,
  type RunRequest,
  threadFailure,
  type WorkerMessage,
  type WorkerRequest,
  type WrittenDump,
} from './worker-messages.ts';

/** Where the user wants the outputs; `-` is standard output. */
export interface Outputs {
  readonly out: string;
  readonly writeLog?: string | undefined;
  readonly trace?: string | undefined;
}

type Task<R extends WorkerRequest> = Omit<R, keyof OutputRequest> & { readonly shown: string };

/**
 * Has a worker do the task and gives its files their names. On any failure or signal nothing is left.
 *
 * @throws {UsageError} @throws {EnvironmentError} @throws {OutputClosed}
 */
export async function writeDumps<R extends WorkerRequest>(
  task: Task<R>,
  outputs: Outputs,
  io: Io,
): Promise<OutputReply> {
  checkStdout(outputs, io);
  const staging = new Staging();
  const release = io.onSignal(() => staging.discard());
  try {
    const destination = (name: string): Destination =>
      name === '-' ? { kind: 'stdout' } : destinationOf(staging.target(name));
    const optional = (name: string | undefined) => name && destination(name);
    const request = {
      ...task,
      dump: destination(outputs.out),
      writeLog: optional(outputs.writeLog) || undefined,
      trace: optional(outputs.trace) || undefined,
      progress: new SharedArrayBuffer(ProgressCounters.byteLength),
    } as unknown as R;
    const reply = await inWorker(request, io);
    if (reply.dumps.length === 0) {
      throw new UsageError(
        `${task.shown}: it ended without a dump: call go.writeHeapDump() in the script`,
      );
    }
    for (const { name, path } of reply.extraFiles) staging.adopt(name, path);
    staging.commit();
    return reply;
  } finally {
    staging.discard();
    release();
  }
}

function checkStdout({ out, writeLog, trace }: Outputs, io: Io): void {
  if ([out, writeLog, trace].filter((name) => name === '-').length > 1) {
    throw new UsageError('only one of -o, --write-log and --trace can be standard output');
  }
  if (out === '-' && io.stdout.isTTY) {
    throw new UsageError(
      '-o - would write a binary dump to the terminal: redirect it, or use -o FILE',
    );
  }
}

function destinationOf({ name, path, final }: Target): Destination {
  return { kind: 'file', name, path, staged: final !== undefined };
}

/** JavaScript objects of a script, MiB; the simulated memory is not among them. */
const scriptHeapMiB = 2048;
/** Stack of the thread, MiB, of which only what is used takes memory: calls of a script nest on it. */
const scriptStackMiB = 64;

/** The user's own --max-old-space-size counts, if there is one. */
function memoryLimits(env: Io['env']): ResourceLimits {
  const chosen = `${process.execArgv.join(' ')} ${env.NODE_OPTIONS ?? ''}`;
  const stack = { stackSizeMb: scriptStackMiB };
  return /max[-_]old[-_]space[-_]size/.test(chosen)
    ? stack
    : { ...stack, maxOldGenerationSizeMb: scriptHeapMiB };
}

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

function idleFailure({ shown, maxIdleSeconds }: RunRequest): UsageError {
  return new UsageError(
    `${shown}: the script did nothing for ${counted(maxIdleSeconds, 'second')}: does it loop ` +
      'without an operation, or with Gosched alone? (--max-idle)',
  );
}

async function inWorker(request: WorkerRequest, io: Io): Promise<OutputReply> {
  const progress = new Progress(io);
  const counters = new ProgressCounters(request.progress);
  counters.steps[0] = -1;
  const worker = new Worker(new URL('./worker.js', import.meta.url), {
    workerData: request,
    resourceLimits: memoryLimits(io.env),
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    const message = await new Promise<WorkerMessage>((resolve, reject) => {
      const watchdog = new Watchdog(request.task === 'run' ? request.maxIdleSeconds : 0);
      timer = setInterval(() => {
        progress.tick(() => progressText(request, counters));
        if (watchdog.tick(counters)) reject(idleFailure(request as RunRequest));
      }, tickMs);
      worker.once('message', resolve);
      worker.once('error', (error) => reject(threadFailure(error, request.shown)));
      worker.once('exit', () =>
        reject(new UsageError(`${request.shown}: the script ended its own run with process.exit`)),
      );
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
  if (request.task !== 'run') {
    return size === 0 ? `reading ${request.shown}` : `${roundedBytes(size)} written`;
  }
  const done = size === 0 ? '' : `, ${roundedBytes(size)} written`;
  return `running ${request.shown}: ${counted(Math.max(0, steps[0]!), 'operation')}${done}`;
}

/** Says what each output holds; nothing if one of them is standard output. */
export function tellOutputs(
  reply: OutputReply,
  outputs: Outputs,
  next: (first: WrittenDump) => readonly string[],
  io: Io,
): void {
  if ([outputs.out, outputs.writeLog, outputs.trace].includes('-')) return;
  const print = new Printer(io.stdout, io.env);
  for (const dump of reply.dumps) {
    print.line(print.bold(dump.name === '' ? dump.file : `${dump.file} (${dump.name})`));
    print.lines(contentsOf(dump));
    print.line();
  }
  if (outputs.writeLog !== undefined) {
    const writes = reply.dumps.reduce((sum, dump) => sum + dump.writes, 0);
    print.line(`${outputs.writeLog}: the sizes of ${counted(writes, 'write() call')}`);
    print.line();
  }
  if (outputs.trace !== undefined) {
    print.line(`${outputs.trace}: ${counted(reply.traceLines, 'operation')}`);
    print.line();
  }
  print.line(print.bold('What to try next'));
  for (const line of next(reply.dumps[0]!)) print.line(`  ${suggestion(line, io.env)}`);
  print.flush();
}

/** The dump read back from its file; of a device or pipe only the size is told. */
function contentsOf(dump: WrittenDump): string[] {
  if (!dump.isFile) return [`  ${bytes(dump.bytes)} in ${counted(dump.writes, 'write() call')}`];
  return withDumpFile(dump.file, (file) => {
    const { summary, error } = summarize(file.chunks());
    if (error !== undefined) throw error;
    return briefLines(summary, dump.writes);
  });
}
