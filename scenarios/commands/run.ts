/**
 * `run`: a scenario becomes a heap dump. The scenario runs in a thread of its own, so that this one
 * can show progress, hear a signal and remove what was half written.
 */
import { closeSync, openSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { type GoArch, goarches } from '../../sim/arch.ts';
import { defineCommand } from '../command.ts';
import { bytes, count, counted, roundedBytes } from '../format.ts';
import { withDumpFile } from '../input.ts';
import { type Io, Printer, Progress } from '../io.ts';
import { Staging, type Target } from '../output.ts';
import {
  type Destination,
  errorOf,
  type RunReply,
  type RunRequest,
  threadFailure,
  type WrittenDump,
} from '../run-request.ts';
import type { WorkerMessage } from '../run-worker.ts';
import { findScenario } from '../scenario-files.ts';
import { didYouMean } from '../suggest.ts';
import { briefLines, summarize } from '../summary.ts';
import { exitCode, UsageError } from '../usage-error.ts';

const maxGomaxprocs = 1024;

export const runCommand = defineCommand({
  examples: [
    ['goheapsim run linked-list', 'writes linked-list.dump'],
    ['goheapsim run linked-list -p n=100 --goarch s390x -o big-endian.dump', 'another target'],
    ['goheapsim run linked-list -o - | goheapsim inspect -', 'the dump on standard output'],
    ['goheapsim run ./my.ts --seed 7 --gogc off', 'a scenario of your own'],
  ],
  notes: [
    'A scenario may write several dumps. The first goes to FILE, a later one to FILE.name if the ' +
      'script gives it a name, else to FILE.2, FILE.3, …; --write-log likewise. Standard output ' +
      'takes one dump. Files appear when the whole run has succeeded, or not at all.',
    'The same scenario, parameters, seed and options give the same bytes on any machine. ' +
      'goheapsim list shows the scenarios and their parameters.',
    'Sizes take KiB, MiB, GiB: --max-heap 512MiB.',
  ],
  build: (parser) =>
    parser
      .positional('scenario', {
        type: 'string',
        demandOption: true,
        describe: 'A name from goheapsim list, or a .ts file of your own',
      })
      .option('out', {
        alias: 'o',
        type: 'string',
        requiresArg: true,
        describe: 'Where the dump goes; - is standard output [default: NAME.dump]',
      })
      .option('param', {
        alias: 'p',
        type: 'string',
        array: true,
        requiresArg: true,
        describe: 'A parameter of the scenario: name=value; may be repeated',
      })
      .option('seed', {
        type: 'string',
        requiresArg: true,
        default: '1',
        describe: 'Seed of all that is random in the run',
      })
      .option('goarch', {
        type: 'string',
        requiresArg: true,
        default: 'amd64',
        describe: `Target: ${goarches.join(' ')}`,
      })
      .option('goexperiment', {
        type: 'string',
        requiresArg: true,
        describe: 'noallocheaders: the older layout of pointer bits',
      })
      .option('gomaxprocs', {
        type: 'string',
        requiresArg: true,
        default: '1',
        describe: 'Processors (Ps)',
      })
      .option('gogc', {
        type: 'string',
        requiresArg: true,
        default: '100',
        describe: 'Heap growth in % that starts a collection, or off',
      })
      .option('boot', {
        type: 'string',
        requiresArg: true,
        default: 'go',
        describe: 'go: start as a real program does; bare: with an empty heap',
      })
      .option('max-heap', {
        type: 'string',
        requiresArg: true,
        default: '1GiB',
        describe: 'Simulated memory after which the run is stopped',
      })
      .option('max-steps', {
        type: 'string',
        requiresArg: true,
        default: '1000000000',
        describe: 'Operations after which the run is stopped',
      })
      .option('write-log', {
        type: 'string',
        requiresArg: true,
        describe: "Write the size of each of Go's write() calls, one a line",
      })
      .option('trace', {
        type: 'string',
        requiresArg: true,
        describe: 'Write each operation of the script as a line of JSON',
      }),
  async run(args, io) {
    const scenario = findScenario(args.scenario);
    const shown = scenario.isLibrary ? scenario.name : args.scenario;
    const options = {
      scenarioUrl: scenario.url,
      shown,
      params: args.param ?? [],
      seed: args.seed,
      goarch: goarchOf(args.goarch),
      allocHeaders: allocHeadersOf(args.goexperiment),
      gomaxprocs: wholeNumber('--gomaxprocs', args.gomaxprocs, 1, maxGomaxprocs),
      gogc: args.gogc === 'off' ? 'off' : gogcOf(args.gogc),
      boot: bootOf(args.boot),
      maxHeapBytes: byteSize('--max-heap', args.maxHeap),
      maxSteps: wholeNumber('--max-steps', args.maxSteps, 1, Number.MAX_SAFE_INTEGER),
    } as const;
    const out = args.out ?? `${scenario.name}.dump`;
    const outputs = { out, writeLog: args.writeLog, trace: args.trace };
    if (out === '-' && io.stdout.isTTY) {
      throw new UsageError(
        'run: -o - would write a binary dump to the terminal; redirect it, or use -o FILE',
      );
    }
    const reply = await runAndCommit(options, outputs, io);
    tell(shown, reply, outputs, io);
    return exitCode.done;
  },
});

interface Outputs {
  readonly out: string;
  readonly writeLog: string | undefined;
  readonly trace: string | undefined;
}

type RunOptions = Omit<RunRequest, 'dump' | 'writeLog' | 'trace' | 'progress'>;

/** Runs into staged files and gives them their names; on any failure or signal nothing is left. */
async function runAndCommit(options: RunOptions, outputs: Outputs, io: Io): Promise<RunReply> {
  const staging = new Staging();
  const release = io.onSignal(() => staging.discard());
  try {
    const destination = (name: string): Destination =>
      name === '-' ? { kind: 'stdout' } : destinationOf(staging.target(name));
    const request: RunRequest = {
      ...options,
      dump: destination(outputs.out),
      writeLog: outputs.writeLog === undefined ? undefined : destination(outputs.writeLog),
      trace: outputs.trace === undefined ? undefined : destination(outputs.trace),
      progress: new SharedArrayBuffer(8),
    };
    const destinations = [request.dump, request.writeLog, request.trace];
    if (destinations.filter((one) => one?.kind === 'stdout').length > 1) {
      throw new UsageError('run: only one of -o, --write-log and --trace can be standard output');
    }
    const reply = await inWorker(request, io);
    for (const { name, path } of reply.extraFiles) staging.adopt(name, path);
    if (request.writeLog?.kind === 'file' && request.writeLog.staged && reply.dumps.length === 0) {
      // Without a dump there were no writes: the log is there, and empty.
      closeSync(openSync(request.writeLog.path, 'w'));
    }
    if (reply.dumps.length === 0) {
      throw new UsageError(
        `${options.shown}: it ended without a dump: call go.writeHeapDump() in the script`,
      );
    }
    staging.commit();
    return reply;
  } finally {
    staging.discard();
    release();
  }
}

function destinationOf({ name, path, final }: Target): Destination {
  return { kind: 'file', name, path, staged: final !== undefined };
}

/** Runs it in a worker thread, with progress on the terminal. */
async function inWorker(request: RunRequest, io: Io): Promise<RunReply> {
  const progress = new Progress(io);
  const written = new BigInt64Array(request.progress);
  const timer = setInterval(() => {
    progress.tick(() => {
      const size = Number(Atomics.load(written, 0));
      return size === 0 ? `running ${request.shown}` : `dump: ${roundedBytes(size)} written`;
    });
  }, 250);
  const worker = new Worker(new URL('../run-worker.js', import.meta.url), { workerData: request });
  try {
    const message = await new Promise<WorkerMessage>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', (error) => reject(threadFailure(error, request.shown)));
      worker.once('exit', () =>
        reject(new UsageError(`${request.shown}: the script ended the run (process.exit?)`)),
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

/** Says what was written and what to try next; nothing if an output is on standard output. */
function tell(shown: string, reply: RunReply, outputs: Outputs, io: Io): void {
  if ([outputs.out, outputs.writeLog, outputs.trace].includes('-')) return;
  const print = new Printer(io.stdout, io.env);
  for (const dump of reply.dumps) tellDump(dump, print);
  if (outputs.writeLog !== undefined) {
    const writes = reply.dumps.reduce((sum, dump) => sum + dump.writes, 0);
    print.line(`${outputs.writeLog}: the sizes of ${counted(writes, 'write() call')}`);
    print.line();
  }
  if (outputs.trace !== undefined) {
    print.line(`${outputs.trace}: ${counted(reply.traceLines, 'operation')}`);
    print.line();
  }
  const first = reply.dumps[0]!.file;
  print.line(print.bold('What to try next'));
  print.line(`  goheapsim inspect ${first}`);
  print.line(`  goheapsim inspect ${first} --kind goroutine --kind stackFrame`);
  print.line(`  goheapsim verify ${first}`);
  if (reply.dumps.length > 1) print.line(`  goheapsim diff ${first} ${reply.dumps[1]!.file}`);
  else print.line(`  goheapsim run ${shown} --goarch 386 -o 386.dump`);
  print.line('  goheapsim list');
  print.flush();
}

function tellDump(dump: WrittenDump, print: Printer): void {
  const name = dump.name === '' ? '' : ` (${dump.name})`;
  print.line(print.bold(dump.file + name));
  const lines = summaryOf(dump);
  if (lines !== undefined) print.lines(lines);
  else print.line(`  ${bytes(dump.bytes)} in ${count(dump.writes)} writes`);
  print.line();
}

/** The file read back; undefined for a device or pipe, which cannot be. */
function summaryOf(dump: WrittenDump): string[] | undefined {
  return withDumpFile(dump.file, (file) => {
    if (file.size === undefined) return undefined;
    const { summary, error } = summarize(file.chunks());
    if (error !== undefined) throw error;
    return briefLines(summary);
  });
}

function goarchOf(text: string): GoArch {
  const goarch = goarches.find((known) => known === text);
  if (goarch !== undefined) return goarch;
  const advice = didYouMean(text, goarches) || ` Known: ${goarches.join(', ')}`;
  throw new UsageError(`run: --goarch: unknown GOARCH "${text}".${advice}`);
}

function allocHeadersOf(text: string | undefined): boolean {
  if (text === undefined || text === '' || text === 'allocheaders') return true;
  if (text === 'noallocheaders') return false;
  const known = ['noallocheaders', 'allocheaders'];
  throw new UsageError(
    `run: --goexperiment: unknown experiment "${text}".` +
      (didYouMean(text, known) || ` Known: ${known.join(', ')}`),
  );
}

function bootOf(text: string): 'go' | 'bare' {
  if (text === 'go' || text === 'bare') return text;
  throw new UsageError(`run: --boot: want go or bare, got "${text}"`);
}

function gogcOf(text: string): number {
  return wholeNumber('--gogc', text, 0, 2 ** 31 - 1, ', or off');
}

function wholeNumber(option: string, text: string, min: number, max: number, or = ''): number {
  const digits = text.replace(/(?<=\d)_(?=\d)/g, '');
  const value = /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
  if (value >= min && value <= max) return value;
  const range = `${count(min)} to ${max === Number.MAX_SAFE_INTEGER ? '2^53-1' : count(max)}`;
  throw new UsageError(`run: ${option}: want a whole number from ${range}${or}, got "${text}"`);
}

const sizeUnits: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

function byteSize(option: string, text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text);
  const unit = match === null ? undefined : sizeUnits[match[2]!.toLowerCase()];
  const value = unit === undefined ? 0 : Math.floor(Number(match![1]) * unit);
  if (value >= 1 && value <= 2 ** 48) return value;
  throw new UsageError(`run: ${option}: want a size such as 512MiB or 2GiB, got "${text}"`);
}
