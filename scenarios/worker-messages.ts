/** What the main thread asks of the thread that writes dumps, and what it hears back. */
import type { GoArch } from '../sim/arch.ts';
import type { CheckResult } from './twin/check.ts';
import {
  EnvironmentError,
  isSystemError,
  OutputClosed,
  systemFailure,
  UsageError,
} from './usage-error.ts';

/** Where one kind of output goes: a file of the staging, or a descriptor. */
export type Destination =
  | {
      readonly kind: 'file';
      readonly name: string;
      readonly path: string;
      readonly staged: boolean;
    }
  | { readonly kind: 'stdout' };

/** Where the outputs go. */
export interface OutputRequest {
  /** What the dumps are made from, as the user named it: for messages. */
  readonly shown: string;
  readonly dump: Destination;
  readonly writeLog: Destination | undefined;
  readonly trace: Destination | undefined;
  /** How far it is, as {@link ProgressCounters} sees it. */
  readonly progress: SharedArrayBuffer;
}

/** What one thread counts for the other to see. */
export class ProgressCounters {
  static readonly byteLength = 16;
  /** Element 0: bytes of dumps written so far. */
  readonly written: BigInt64Array;
  /**
   * Element 0: operations of the script that changed something; negative while no script runs, -1
   * before it is loaded.
   */
  readonly steps: Float64Array;
  /** What `steps` is at while real Go runs. */
  static readonly checking = -2;

  constructor(shared: SharedArrayBuffer) {
    this.written = new BigInt64Array(shared, 0, 1);
    this.steps = new Float64Array(shared, 8, 1);
  }
}

/** What the thread is begun with; the request comes as its first message. */
export interface WorkerData {
  readonly task: WorkerRequest['task'];
  /** The script of the request, where its thread is begun for it. */
  readonly scenarioUrl: string | undefined;
}

/** What decides a run of a script, as plain data. */
export interface ScriptRequest {
  /** The scenario as the user named it: for messages. */
  readonly shown: string;
  /** How far it is, as {@link ProgressCounters} sees it. */
  readonly progress: SharedArrayBuffer;
  /** URL of the scenario's module. */
  readonly scenarioUrl: string;
  /** `name=value`, unchecked. */
  readonly params: readonly string[];
  readonly seed: string;
  readonly goarch: GoArch;
  readonly allocHeaders: boolean;
  readonly maxHeapBytes: number;
  readonly maxSteps: number;
  /** Seconds without an operation or a written byte after which the run is ended; 0: never. */
  readonly maxIdleSeconds: number;
}

/** A run that writes dumps. */
export interface RunRequest extends OutputRequest, ScriptRequest {
  readonly task: 'run';
  readonly gomaxprocs: number;
  readonly gogc: number | 'off';
  readonly memoryLimit: number | 'off';
  readonly boot: 'go' | 'bare';
}

/** A run of which a Go program is made. */
export interface TwinRequest extends ScriptRequest {
  readonly task: 'twin';
  /** The scenario's name. */
  readonly name: string;
  /** Build the program, run it and compare. */
  readonly check: boolean;
}

/** A dump to load and write again. */
export interface RedumpRequest extends OutputRequest {
  readonly task: 'redump';
}

export type WorkerRequest = RunRequest | RedumpRequest | TwinRequest;

/** Whether a dump or log goes to standard output, so that nothing else may. */
export function holdsStdout(request: WorkerRequest): boolean {
  if (request.task === 'twin') return false;
  const { dump, writeLog, trace } = request;
  return [dump, writeLog, trace].some((destination) => destination?.kind === 'stdout');
}

/** A dump that was written. */
export interface WrittenDump {
  /** What the script called it; '' if nothing. */
  readonly name: string;
  /** The file as the user will know it. */
  readonly file: string;
  readonly bytes: number;
  /** write() calls that Go would have made. */
  readonly writes: number;
  /** Whether it can be read back: no device, pipe or standard output. */
  readonly isFile: boolean;
}

/** Files beyond those that the request names: staged beside them. */
export interface ExtraFile {
  readonly name: string;
  readonly path: string;
}

export interface OutputReply {
  readonly dumps: readonly WrittenDump[];
  readonly extraFiles: readonly ExtraFile[];
  readonly traceLines: number;
}

/** The twin of a scenario, and how far real Go agrees. */
export interface TwinReply {
  /** The program's files, by name. */
  readonly files: Readonly<Record<string, string>>;
  readonly operations: number;
  readonly allocations: number;
  /** What `go build` needs beside the files. */
  readonly flags: readonly string[];
  /** Names of the scenario's dumps; '' where they have none. */
  readonly dumps: readonly string[];
  /** Absent where it was not to be checked, or could not be. */
  readonly result?: CheckResult;
  /** Why it could not be checked. */
  readonly failure?: Failure;
}

/** A failure that can cross from one thread to the other. */
export interface Failure {
  readonly kind: 'usage' | 'environment' | 'closed' | 'defect';
  readonly message: string;
  readonly stack: string;
}

/** What the worker says, once. */
export type WorkerMessage<Reply> = { reply: Reply } | { failure: Failure };

/** A failure made ready to cross; {@link errorOf} makes an error of it again. */
export function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : undefined;
  const own = (error instanceof Error ? error.stack : undefined) ?? message;
  const stack = cause === undefined ? own : `${own}\ncaused by ${cause.stack ?? cause.message}`;
  let kind: Failure['kind'] = 'defect';
  if (error instanceof UsageError) kind = 'usage';
  else if (error instanceof EnvironmentError || isSystemError(error)) kind = 'environment';
  else if (error instanceof OutputClosed) kind = 'closed';
  return { kind, message, stack };
}

const errorClasses = {
  usage: UsageError,
  environment: EnvironmentError,
  closed: OutputClosed,
  defect: Error,
} as const;

/** The error again, with the stack it had. */
export function errorOf(failure: Failure): Error {
  const error = new errorClasses[failure.kind](failure.message);
  error.stack = failure.stack;
  return error;
}

/** A thread that ran out of memory, or died otherwise. */
export function threadFailure(error: Error, shown: string): Error {
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new EnvironmentError(
      `${shown}: out of memory: the script keeps more JavaScript objects than Node may hold; ` +
        'use smaller parameters, or NODE_OPTIONS=--max-old-space-size=8192 (MiB)',
      { cause: error },
    );
  }
  return isSystemError(error) ? systemFailure('run', shown, error) : error;
}
