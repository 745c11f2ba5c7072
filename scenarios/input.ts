/** Dumps as input: any file, pipe or standard input, read in pieces, so that memory stays bounded; or whole, where it is asked for. */
import { constants } from 'node:buffer';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { DumpError } from '../dump/dump-error.ts';
import { roundedBytes } from './format.ts';
import {
  BadInputError,
  EnvironmentError,
  isSystemError,
  systemFailure,
  UsageError,
} from './usage-error.ts';

const chunkSize = 1 << 18;
/** Bytes that tell what a file is. */
const peekSize = 1 << 16;
const pause = new Int32Array(new SharedArrayBuffer(4));

/** A dump that was opened. */
export interface DumpFile {
  /** As the user gave it, for messages. */
  readonly name: string;
  /** Bytes of the file; undefined for a pipe. */
  readonly size: number | undefined;
  /** Its bytes, once; each piece is overwritten by the one after the next. */
  chunks(): Iterable<Uint8Array>;
  close(): void;
}

/** A file's path, `-` for standard input, or one that is open. */
export type DumpInput = string | DumpFile;

/**
 * Opens a dump; `-` is standard input.
 *
 * @throws {UsageError} when it is a folder
 * @throws {EnvironmentError} when it cannot be read
 */
export function openDumpFile(input: DumpInput): DumpFile {
  if (typeof input !== 'string') return input;
  const path = input;
  const name = path === '-' ? 'standard input' : path;
  let fd = 0;
  try {
    if (path !== '-') fd = openSync(path, 'r');
    const stats = fstatSync(fd);
    if (stats.isDirectory()) {
      if (fd !== 0) closeSync(fd);
      throw new UsageError(`${name} is a folder: name a file in it`);
    }
    let open = true;
    return {
      name,
      size: stats.isFile() ? stats.size : undefined,
      chunks: () => chunksOf(fd, name),
      close: () => {
        if (open && fd !== 0) closeSync(fd);
        open = false;
      },
    };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw systemFailure('read', name, error);
  }
}

/** A file that was looked at. */
export interface Peeked {
  /** As the user gave it, for messages. */
  readonly name: string;
  /** Its first bytes: 64 KiB, where it has them. */
  readonly beginning: Uint8Array;
  /** To read it by, from the first byte on. */
  readonly input: DumpInput;
  /** Whether it can be read but once: a pipe, or standard input. */
  readonly once: boolean;
}

/**
 * Looks at the beginning of a file.
 *
 * @throws {UsageError} when it is a folder
 * @throws {EnvironmentError} when it cannot be read
 */
export function peek(path: string): Peeked {
  const file = openDumpFile(path);
  const { name, size } = file;
  const chunks = file.chunks()[Symbol.iterator]();
  const pieces: Uint8Array[] = [];
  for (let length = 0; length < peekSize; ) {
    const { value, done } = chunks.next();
    if (done) break;
    pieces.push(value.slice());
    length += value.length;
  }
  const beginning = Buffer.concat(pieces);
  const once = path === '-' || size === undefined;
  if (!once) file.close();
  return { name, beginning, input: once ? resumed(file, beginning, chunks) : path, once };
}

/** A file of which some bytes were read. */
function resumed(
  { name, size, close }: DumpFile,
  beginning: Uint8Array,
  rest: Iterator<Uint8Array>,
): DumpFile {
  const chunks = function* (): Generator<Uint8Array> {
    if (beginning.length > 0) yield beginning;
    for (let next = rest.next(); !next.done; next = rest.next()) yield next.value;
  };
  return { name, size, chunks, close };
}

/**
 * All bytes of a file, a pipe, or standard input (`-`). Of a file that grows meanwhile those that it had at first.
 *
 * @throws {UsageError} when it is a folder
 * @throws {EnvironmentError} when it cannot be read
 */
export function readWhole(input: DumpInput): Uint8Array {
  const file = openDumpFile(input);
  try {
    return file.size ? readSized(file, file.size) : readUnsized(file);
  } finally {
    file.close();
  }
}

function readSized(file: DumpFile, size: number): Uint8Array {
  if (size > constants.MAX_LENGTH) {
    throw new EnvironmentError(
      `${file.name}: cannot read: ${roundedBytes(size)} do not fit in memory`,
    );
  }
  const bytes = new Uint8Array(size);
  let length = 0;
  for (const chunk of file.chunks()) {
    const part = chunk.subarray(0, size - length);
    bytes.set(part, length);
    length += part.length;
    if (length === size) break;
  }
  return bytes.subarray(0, length);
}

function readUnsized(file: DumpFile): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (const chunk of file.chunks()) pieces.push(chunk.slice());
  return Buffer.concat(pieces);
}

function* chunksOf(fd: number, name: string): Generator<Uint8Array> {
  const buffers = [new Uint8Array(chunkSize), new Uint8Array(chunkSize)];
  for (let turn = 0; ; turn ^= 1) {
    const buffer = buffers[turn]!;
    const length = readSome(fd, buffer, name);
    if (length === 0) return;
    yield buffer.subarray(0, length);
  }
}

function readSome(fd: number, buffer: Uint8Array, name: string): number {
  for (;;) {
    try {
      return readSync(fd, buffer, 0, buffer.length, null);
    } catch (error) {
      const code = isSystemError(error) ? error.code : '';
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw systemFailure('read', name, error);
      Atomics.wait(pause, 0, 0, 5);
    }
  }
}

/**
 * What a dump's reader threw, in words for the user: a file that is no dump is wrong input; a dump
 * that breaks off or is corrupt is a `Corrupt`. Other errors are given back.
 */
export function dumpFailure(
  name: string,
  error: unknown,
  Corrupt: typeof BadInputError | typeof UsageError,
): unknown {
  if (!(error instanceof DumpError)) return error;
  if (error.path === 'header') {
    return new UsageError(`${name}: not a Go heap dump: ${error.message}`, { cause: error });
  }
  const place = `byte ${error.offset} (0x${error.offset.toString(16)})`;
  return new Corrupt(`${name}: ${place}: ${error.message}`, { cause: error });
}

/**
 * Opens a dump, hands it to `use`, and closes it; its errors name the file. A corrupt dump is what a
 * command examines (BadInputError), or nothing it can work with (pass UsageError).
 */
export function withDumpFile<T>(
  input: DumpInput,
  use: (file: DumpFile) => T,
  Corrupt: typeof BadInputError | typeof UsageError = BadInputError,
): T {
  const file = openDumpFile(input);
  try {
    return use(file);
  } catch (error) {
    throw dumpFailure(file.name, error, Corrupt);
  } finally {
    file.close();
  }
}
