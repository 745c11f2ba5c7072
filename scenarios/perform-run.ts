/** Runs a scenario as asked and writes its files. Lives in the worker thread; knows no terminal. */
import { closeSync, openSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { DumpSink } from '../dump/index.ts';
import { ParamError, type ParamSpecs, parseParam } from './dsl/params.ts';
import { runScenario, type Scenario } from './dsl/scenario.ts';
import { toJson } from './format.ts';
import { loadScenario, placeInScript, scriptMessage } from './load-scenario.ts';
import { FileWriter, writeFully } from './output.ts';
import type {
  Destination,
  ExtraFile,
  RunReply,
  RunRequest,
  WrittenDump,
} from './run-request.ts';
import { didYouMean } from './suggest.ts';
import {
  EnvironmentError,
  isSystemError,
  OutputClosed,
  systemFailure,
  UsageError,
} from './usage-error.ts';

/**
 * The file of dump number `index` (from 1) that the script called `name`: the first is FILE, a later
 * one FILE.name, or FILE.index where it has no name or the name is taken.
 *
 * @throws {UsageError} for a name that could leave the folder or not be typed
 */
export function dumpSuffix(name: string, index: number, taken: ReadonlySet<string>): string {
  if (name !== '' && !/^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/.test(name)) {
    throw new UsageError(
      `dump name ${JSON.stringify(name)}: it becomes part of a file name, so it takes 1 to 100 ` +
        'letters, digits, . _ -, and begins with none of the last two',
    );
  }
  if (index === 1) return '';
  const suffix = name === '' ? `.${index}` : `.${name}`;
  return taken.has(suffix) ? `${suffix}.${index}` : suffix;
}

/** The outputs of one run: every file it opens, closed at the end. */
class RunFiles {
  readonly dumps: { -readonly [K in keyof WrittenDump]: WrittenDump[K] }[] = [];
  readonly extraFiles: ExtraFile[] = [];
  traceLines = 0;
  readonly #request: RunRequest;
  readonly #progress: BigInt64Array;
  readonly #suffixes = new Set<string>();
  readonly #encoder = new TextEncoder();
  readonly #open = new Set<number>();
  #dumpFd: number | undefined;
  #log: FileWriter | undefined;
  #trace: FileWriter | undefined;

  constructor(request: RunRequest) {
    this.#request = request;
    this.#progress = new BigInt64Array(request.progress);
    if (request.trace !== undefined) {
      this.#trace = this.#writer(request.trace, '');
    }
  }

  /** Ends the dump before it and begins the next. */
  openDump(name: string): DumpSink {
    this.#endDump();
    const { dump, writeLog } = this.#request;
    const suffix = dumpSuffix(name, this.dumps.length + 1, this.#suffixes);
    if (suffix !== '' && dump.kind === 'stdout') {
      throw new UsageError(
        `${this.#request.shown} writes more than one dump, and standard output takes one: ` +
          'use -o FILE',
      );
    }
    this.#suffixes.add(suffix);
    const { fd, file, path } = this.#openAt(dump, suffix);
    this.#dumpFd = fd;
    const log = writeLog && this.#writer(writeLog, suffix);
    this.#log = log;
    const written = { name, file, path, bytes: 0, writes: 0 };
    this.dumps.push(written);
    return {
      write: (bytes) => {
        writeFully(fd, bytes, file);
        written.bytes += bytes.length;
        Atomics.add(this.#progress, 0, BigInt(bytes.length));
      },
      wrote: (size) => {
        written.writes++;
        log?.write(this.#encoder.encode(`${size}\n`));
      },
    };
  }

  /** An operation of the script, as a line of JSON. */
  readonly traceOperation = (operation: unknown): void => {
    this.traceLines++;
    this.#trace?.write(this.#encoder.encode(`${toJson(operation)}\n`));
  };

  #endDump(): void {
    this.#log?.flush();
    this.#log = undefined;
    if (this.#dumpFd !== undefined) this.#close(this.#dumpFd);
    this.#dumpFd = undefined;
  }

  /** Writes what is pending and closes all. */
  finish(): void {
    this.#endDump();
    this.#trace?.flush();
    this.abandon();
  }

  /** Closes all files as they are. */
  abandon(): void {
    for (const fd of this.#open) this.#close(fd);
  }

  #writer(destination: Destination, suffix: string): FileWriter {
    const { fd, file } = this.#openAt(destination, suffix);
    return new FileWriter(fd, file);
  }

  #openAt(destination: Destination, suffix: string): { fd: number; file: string; path: string } {
    if (destination.kind === 'stdout') return { fd: 1, file: 'standard output', path: '' };
    const file = destination.name + suffix;
    let { path } = destination;
    if (destination.staged) path = join(dirname(path), basename(path) + suffix);
    try {
      const fd = openSync(path, 'w');
      this.#open.add(fd);
      if (suffix !== '' && destination.staged) this.extraFiles.push({ name: file, path });
      return { fd, file, path };
    } catch (error) {
      throw systemFailure('write', file, error);
    }
  }

  #close(fd: number): void {
    if (!this.#open.delete(fd)) return;
    try {
      closeSync(fd);
    } catch (error) {
      throw systemFailure('write', this.#request.shown, error);
    }
  }
}

/** Checks `name=value` texts against the scenario's declarations. @throws {UsageError} */
export function parseParams(
  shown: string,
  specs: ParamSpecs,
  texts: readonly string[],
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const text of texts) {
    const equals = text.indexOf('=');
    if (equals < 1) {
      throw new UsageError(`run: -p wants PARAMETER=VALUE, such as -p n=100; got "${text}"`);
    }
    const name = text.slice(0, equals);
    if (!Object.hasOwn(specs, name)) {
      const known = Object.keys(specs);
      const list = known.length === 0 ? ' It has none' : ` Its parameters: ${known.join(', ')}`;
      throw new UsageError(
        `${shown} has no parameter "${name}".${didYouMean(name, known) || list}`,
      );
    }
    if (Object.hasOwn(values, name)) {
      throw new UsageError(`run: parameter ${name} is given twice; give it once`);
    }
    try {
      values[name] = parseParam(name, specs[name]!, text.slice(equals + 1));
    } catch (error) {
      if (error instanceof ParamError) throw new UsageError(`${shown}: ${error.message}`);
      throw error;
    }
  }
  return values;
}

/** What went wrong in a run, in words for the user. Our own defects stay as they are. */
export function runFailure(error: unknown, request: RunRequest): unknown {
  if (
    error instanceof UsageError ||
    error instanceof EnvironmentError ||
    error instanceof OutputClosed ||
    isSystemError(error)
  ) {
    return error;
  }
  const { shown, scenarioUrl } = request;
  const place = placeInScript(error, scenarioUrl, shown);
  const name = error instanceof Error ? error.name : '';
  const said = error instanceof Error ? error.message : String(error);
  if (name === 'RuntimeThrow') {
    return new UsageError(`${place ?? shown}: fatal error: ${said}`, { cause: error });
  }
  if (name === 'LimitError') {
    return new UsageError(`${place ?? shown}: ${said}`, { cause: error });
  }
  if (name === 'ScenarioError') {
    const located = said.includes(shown) || place === undefined ? said : `${place}: ${said}`;
    return new UsageError(located, { cause: error });
  }
  if (place === undefined) return error;
  return new UsageError(`${place}: ${scriptMessage(error)}`, { cause: error });
}

/** Runs it. @throws {UsageError} @throws {EnvironmentError} @throws {OutputClosed} */
export async function performRun(request: RunRequest): Promise<RunReply> {
  const scenario = (await loadScenario(request.scenarioUrl, request.shown)) as Scenario;
  const params = parseParams(request.shown, scenario.params, request.params);
  const { seed, goarch, allocHeaders, gomaxprocs, gogc, boot, maxHeapBytes, maxSteps } = request;
  const files = new RunFiles(request);
  try {
    runScenario(scenario, {
      params,
      seed,
      goarch,
      allocHeaders,
      gomaxprocs,
      gogc,
      boot,
      maxHeapBytes,
      maxSteps,
      openDump: (name) => files.openDump(name),
      ...(request.trace && { trace: files.traceOperation }),
    });
    files.finish();
  } catch (error) {
    files.abandon();
    throw runFailure(error, request);
  }
  const { dumps, extraFiles, traceLines } = files;
  return { dumps, extraFiles, traceLines };
}
