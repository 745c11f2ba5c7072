/**
 * How `run` and `redump` write dumps: a worker thread simulates and writes into staged files, while
 * this one shows progress, hears a signal, and removes what is half written.
 */
import { bytes, counted } from './format.ts';
import { inWorker } from './in-worker.ts';
import { withDumpFile } from './input.ts';
import { type Io, Printer, suggestion } from './io.ts';
import { Staging, type Target } from './output.ts';
import { briefLines, summarize } from './summary.ts';
import { UsageError } from './usage-error.ts';
import {
  type Destination,
  type OutputReply,
  type OutputRequest,
  ProgressCounters,
  type RedumpRequest,
  type RunRequest,
  type WrittenDump,
} from './worker-messages.ts';

/** Where the user wants the outputs; `-` is standard output. */
export interface Outputs {
  readonly out: string;
  readonly writeLog?: string | undefined;
  readonly trace?: string | undefined;
}

type Task<R extends RunRequest | RedumpRequest> = Omit<R, keyof OutputRequest> & {
  readonly shown: string;
};

/**
 * Has a worker do the task and gives its files their names. On any failure or signal nothing is left.
 *
 * @throws {UsageError} @throws {EnvironmentError} @throws {OutputClosed}
 */
export async function writeDumps<R extends RunRequest | RedumpRequest>(
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
    const reply = await inWorker<OutputReply>(request, io);
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
