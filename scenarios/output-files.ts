/** The files that a worker thread writes: dumps, write logs, a trace. */
import { closeSync, openSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { DumpSink } from '../dump/heapdump.ts';
import { type Operation, plainOperation } from './dsl/machine.ts';
import { toJson } from './format.ts';
import { FileWriter, writeFully } from './output.ts';
import { systemFailure, UsageError } from './usage-error.ts';
import {
  type Destination,
  type ExtraFile,
  type OutputReply,
  type OutputRequest,
  ProgressCounters,
  type WrittenDump,
} from './worker-messages.ts';

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

/** The outputs of one command: every file it opens, closed at the end. */
export class OutputFiles {
  readonly dumps: { -readonly [K in keyof WrittenDump]: WrittenDump[K] }[] = [];
  readonly extraFiles: ExtraFile[] = [];
  traceLines = 0;
  readonly #request: OutputRequest;
  readonly #progress: BigInt64Array;
  readonly #suffixes = new Set<string>();
  readonly #encoder = new TextEncoder();
  readonly #open = new Set<number>();
  #dumpFd: number | undefined;
  #log: FileWriter | undefined;
  #trace: FileWriter | undefined;

  constructor(request: OutputRequest) {
    this.#request = request;
    this.#progress = new ProgressCounters(request.progress).written;
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
        'this is a second dump, and standard output takes only one: use -o FILE',
      );
    }
    this.#suffixes.add(suffix);
    const { fd, file } = this.#openAt(dump, suffix);
    this.#dumpFd = fd;
    const log = writeLog && this.#writer(writeLog, suffix);
    this.#log = log;
    const written = {
      name,
      file,
      bytes: 0,
      writes: 0,
      isFile: dump.kind === 'file' && dump.staged,
    };
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
  readonly traceOperation = (operation: Operation): void => {
    this.traceLines++;
    this.#trace?.write(this.#encoder.encode(`${toJson(plainOperation(operation))}\n`));
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

  /** What was written. */
  reply(): OutputReply {
    const { dumps, extraFiles, traceLines } = this;
    return { dumps, extraFiles, traceLines };
  }

  /** Closes all files as they are. */
  abandon(): void {
    for (const fd of this.#open) this.#close(fd);
  }

  #writer(destination: Destination, suffix: string): FileWriter {
    const { fd, file } = this.#openAt(destination, suffix);
    return new FileWriter(fd, file);
  }

  #openAt(destination: Destination, suffix: string): { fd: number; file: string } {
    if (destination.kind === 'stdout') return { fd: 1, file: 'standard output' };
    const file = destination.name + suffix;
    let { path } = destination;
    if (destination.staged) path = join(dirname(path), basename(path) + suffix);
    try {
      const fd = openSync(path, 'w');
      this.#open.add(fd);
      if (suffix !== '' && destination.staged) this.extraFiles.push({ name: file, path });
      return { fd, file };
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
