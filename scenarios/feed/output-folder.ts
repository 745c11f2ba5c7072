/** A folder of files that appears whole or not at all: it is filled beside its place and renamed into it. */
import { createHash } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Io } from '../io.ts';
import { FileWriter, makeFolders } from '../output.ts';
import { turns } from '../turns.ts';
import { systemFailure, UsageError } from '../usage-error.ts';
import type { Written } from './cases.ts';

const encoder = new TextEncoder();

/** The folder while it is filled. */
export class FolderWriter {
  /** As the user calls it. */
  readonly name: string;
  readonly #staging: string;
  /** To await between files: lets a signal through. */
  readonly turn = turns();
  files = 0;
  bytes = 0;

  constructor(name: string, staging: string) {
    this.name = name;
    this.#staging = staging;
  }

  /** Writes a file; `path` may have folders, with slashes. @throws {EnvironmentError} */
  write(path: string, data: string | Uint8Array | Iterable<Uint8Array>): void {
    const { writer, fd } = this.#create(path);
    try {
      for (const chunk of chunksOf(data)) writer.write(chunk);
      writer.flush();
      this.files++;
      this.bytes += writer.bytes;
    } finally {
      closeSync(fd);
    }
  }

  /** Writes a file that may be long, and lets signals through meanwhile. @throws {EnvironmentError} */
  async stream(path: string, chunks: Iterable<Uint8Array>): Promise<Written> {
    const hash = createHash('sha256');
    const { writer, fd } = this.#create(path);
    try {
      for (const chunk of chunks) {
        writer.write(chunk);
        hash.update(chunk);
        await this.turn();
      }
      writer.flush();
      this.files++;
      this.bytes += writer.bytes;
    } finally {
      closeSync(fd);
    }
    return { sha256: hash.digest('hex'), bytes: writer.bytes };
  }

  #create(path: string): { writer: FileWriter; fd: number } {
    const shown = join(this.name, path);
    const place = join(this.#staging, path);
    try {
      mkdirSync(dirname(place), { recursive: true });
      const fd = openSync(place, 'wx');
      return { writer: new FileWriter(fd, shown), fd };
    } catch (error) {
      throw systemFailure('write', shown, error);
    }
  }

  /** Opens a file for text that comes in many pieces; close it with `end`. */
  open(path: string): { write(text: string): void; end(): void } {
    const { writer, fd } = this.#create(path);
    this.files++;
    return {
      write: (text) => writer.write(encoder.encode(text)),
      end: () => {
        try {
          writer.flush();
          this.bytes += writer.bytes;
        } finally {
          closeSync(fd);
        }
      },
    };
  }
}

function chunksOf(data: string | Uint8Array | Iterable<Uint8Array>): Iterable<Uint8Array> {
  if (typeof data === 'string') return [encoder.encode(data)];
  return data instanceof Uint8Array ? [data] : data;
}

/**
 * Fills a folder and gives it its name.
 *
 * @throws {UsageError} when there is something of that name, other than an empty folder
 * @throws {EnvironmentError} when it cannot be written
 */
export async function writeFolder(
  name: string,
  io: Io,
  fill: (folder: FolderWriter) => Promise<void>,
): Promise<FolderWriter> {
  const place = resolve(name);
  mustBeFree(name, place);
  const parent = dirname(place);
  let staging: string | undefined;
  const discard = () => {
    if (staging !== undefined) rmSync(staging, { recursive: true, force: true, maxRetries: 2 });
  };
  // Before there is anything to discard: a signal that comes in between would leave it.
  const release = io.onSignal(discard);
  try {
    try {
      makeFolders(parent);
      staging = mkdtempSync(join(parent, '.goheapsim-'));
    } catch (error) {
      throw systemFailure('write', name, error);
    }
    const inner = join(staging, basename(place));
    mkdirSync(inner);
    const folder = new FolderWriter(name, inner);
    await fill(folder);
    try {
      renameSync(inner, place);
    } catch (error) {
      throw systemFailure('write', name, error);
    }
    return folder;
  } finally {
    discard();
    release();
  }
}

function mustBeFree(name: string, place: string): void {
  if (name === '') throw new UsageError('an empty folder name cannot be written to');
  const stats = statSync(place, { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (!stats.isDirectory()) throw new UsageError(`${name} is no folder: choose another name`);
  if (readdirSync(place).length > 0) {
    throw new UsageError(
      `${name} is there already, and not empty: choose another name, or remove it first`,
    );
  }
}
