/**
 * Files that appear whole or not at all. They are written in a staging folder beside their place and
 * renamed into it when the command has succeeded; a failure or a signal removes the folder.
 *
 * A place that exists and is no regular file (/dev/null, a named pipe) is written to directly.
 */
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import {
  EnvironmentError,
  isSystemError,
  OutputClosed,
  systemFailure,
  UsageError,
} from './usage-error.ts';

/** A file to write: open `path`; the user knows it as `name`. */
export interface Target {
  readonly name: string;
  /** The staged file, or the place itself when it is no regular file. */
  readonly path: string;
  /** Where the staged file goes; undefined when written to directly. */
  readonly final: string | undefined;
  /** Permissions of the file that it replaces. */
  readonly mode?: number | undefined;
}

const pause = new Int32Array(new SharedArrayBuffer(4));

/**
 * Writes all bytes, waiting where a pipe is full. `name` is for the message.
 *
 * @throws {OutputClosed} when nobody reads the pipe any more
 * @throws {EnvironmentError} when the system refuses
 */
export function writeFully(fd: number, data: Uint8Array, name: string): void {
  let done = 0;
  while (done < data.length) {
    try {
      done += writeSync(fd, data, done);
    } catch (error) {
      const code = isSystemError(error) ? error.code : '';
      if (code === 'EAGAIN') {
        Atomics.wait(pause, 0, 0, 2);
      } else if (code === 'EPIPE') {
        throw new OutputClosed(`${name}: closed by its reader`);
      } else {
        throw systemFailure('write', name, error);
      }
    }
  }
}

/** The files of one command. Exactly one of {@link commit} and {@link discard} ends it. */
export class Staging {
  /** Real folder → its staging folder. */
  readonly #folders = new Map<string, string>();
  readonly #targets: Target[] = [];
  readonly #inputs: readonly string[];

  /** `inputs`: files that are read meanwhile, or `-`; they cannot be written to. */
  constructor(inputs: readonly string[] = []) {
    this.#inputs = inputs;
  }

  /**
   * Prepares for writing to `name`, a path as the user gave it.
   *
   * @throws {UsageError} when it names a folder, or an input
   * @throws {EnvironmentError} when its folder is missing or not writable
   */
  target(name: string): Target {
    if (name === '') throw new UsageError('an empty file name cannot be written to');
    const place = placeOf(name);
    if (place.stats?.isDirectory()) {
      throw new UsageError(`${name} is a folder: name a file in it`);
    }
    if (place.stats !== undefined && !place.stats.isFile()) {
      return this.#add({ name, path: place.path, final: undefined });
    }
    if (place.stats !== undefined) {
      for (const input of this.#inputs) mustBeOther(name, place.path, input);
      mustBeWritable(name, place.path);
    }
    const folder = dirname(place.path);
    const base = basename(place.path);
    if (this.#targets.some((target) => target.final === place.path)) {
      throw new UsageError(`${name} would be written twice: give each output a name of its own`);
    }
    const mode = place.stats?.mode;
    const path = join(this.#folder(folder, name), base);
    return this.#add({ name, path, final: place.path, mode });
  }

  /** Takes in a file that was staged beside another: `path` is its staged file. */
  adopt(name: string, path: string): void {
    for (const [folder, staging] of this.#folders) {
      if (dirname(path) === staging) this.#add({ name, path, final: join(folder, basename(path)) });
    }
  }

  #add(target: Target): Target {
    this.#targets.push(target);
    return target;
  }

  #folder(folder: string, name: string): string {
    let staging = this.#folders.get(folder);
    if (staging === undefined) {
      try {
        staging = mkdtempSync(join(folder, '.goheapsim-'));
      } catch (error) {
        if (!existsSync(folder)) {
          throw new EnvironmentError(
            `${name}: cannot write: there is no folder ${dirname(name)}; make it first`,
            { cause: error },
          );
        }
        throw systemFailure('write', name, error);
      }
      this.#folders.set(folder, staging);
    }
    return staging;
  }

  /** Gives each staged file its name. @throws {EnvironmentError}, having removed what is left */
  commit(): void {
    try {
      for (const { name, path, final, mode } of this.#targets) {
        if (final === undefined) continue;
        try {
          if (mode !== undefined) chmodSync(path, mode & 0o777);
          renameSync(path, final);
        } catch (error) {
          throw systemFailure('write', name, error);
        }
      }
    } finally {
      this.discard();
    }
  }

  /** Removes what was staged. Safe to call at any time, any number of times. */
  discard(): void {
    for (const folder of this.#folders.values()) {
      rmSync(folder, { recursive: true, force: true, maxRetries: 2 });
    }
    this.#folders.clear();
    this.#targets.length = 0;
  }
}

/**
 * Makes a folder and those above it; gives the first that is new, if any is. Unlike `mkdirSync` with `recursive` it fails for
 * the true reason on a disk that is read-only.
 */
export function makeFolders(path: string): string | undefined {
  const missing: string[] = [];
  for (let at = resolve(path); !existsSync(at); at = dirname(at)) missing.unshift(at);
  if (missing.length === 0 && !statSync(path).isDirectory()) mkdirSync(path);
  for (const folder of missing) {
    try {
      mkdirSync(folder);
    } catch (error) {
      // Somebody else may have made it meanwhile.
      if (!(isSystemError(error) && error.code === 'EEXIST' && statSync(folder).isDirectory())) {
        throw error;
      }
    }
  }
  return missing[0];
}

/** Where a path leads when symbolic links are followed, and what is there. */
function placeOf(name: string): { path: string; stats: Stats | undefined } {
  const path = resolve(name);
  try {
    const real = realpathSync(path);
    const stats = statSync(real);
    if (name.endsWith('/') && !stats.isDirectory()) {
      throw new UsageError(`${name} is not a folder, and no file has a name that ends in /`);
    }
    return { path: real, stats };
  } catch (error) {
    if (!isSystemError(error) || error.code !== 'ENOENT') {
      throw error instanceof UsageError ? error : systemFailure('write', name, error);
    }
  }
  if (name.endsWith('/')) throw new UsageError(`${name} names a folder: name a file in it`);
  try {
    return { path: join(realpathSync(dirname(path)), basename(path)), stats: undefined };
  } catch {
    return { path, stats: undefined };
  }
}

/** Whatever the two are called: links lead to one file too. */
function mustBeOther(name: string, path: string, input: string): void {
  const output = statSync(path, { bigint: true });
  const read =
    input === '-'
      ? fstatSync(0, { bigint: true })
      : statSync(input, { bigint: true, throwIfNoEntry: false });
  if (read?.dev === output.dev && read.ino === output.ino) {
    throw new UsageError(`${name} is the input: give the output another name`);
  }
}

function mustBeWritable(name: string, path: string): void {
  try {
    accessSync(path, constants.W_OK);
  } catch (error) {
    throw systemFailure('write', name, error);
  }
}

/** Bytes to gather before a write to a file. */
const fileBufferSize = 1 << 20;

/** A file opened for writing, its small writes joined. Nothing is written after an error. */
export class FileWriter {
  readonly #fd: number;
  readonly #name: string;
  readonly #buffer = new Uint8Array(fileBufferSize);
  readonly #progress: BigInt64Array | undefined;
  #used = 0;
  #bytes = 0;

  /** `progress[0]`, where given, grows by the bytes written, for another thread to see. */
  constructor(fd: number, name: string, progress?: BigInt64Array) {
    this.#fd = fd;
    this.#name = name;
    this.#progress = progress;
  }

  /** Bytes written so far, those in the buffer included. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The bytes are copied. @throws {OutputClosed} @throws {EnvironmentError} */
  write(data: Uint8Array): void {
    this.#bytes += data.length;
    if (data.length > this.#buffer.length - this.#used) this.flush();
    if (data.length >= this.#buffer.length) {
      this.#emit(data);
    } else {
      this.#buffer.set(data, this.#used);
      this.#used += data.length;
    }
  }

  flush(): void {
    const used = this.#used;
    this.#used = 0;
    if (used > 0) this.#emit(this.#buffer.subarray(0, used));
  }

  #emit(data: Uint8Array): void {
    writeFully(this.#fd, data, this.#name);
    if (this.#progress !== undefined) Atomics.add(this.#progress, 0, BigInt(data.length));
  }
}
