/**
 * The journal of a run: a line for each dump, so that a run that was stopped, even by a power cut, goes on where it
 * was. The first line says what the run is of; a last line that was cut is forgotten.
 */
import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { peek } from '../../input.ts';
import { isSystemError, systemFailure, UsageError } from '../../usage-error.ts';
import type { Unit } from './findings.ts';

export const journalFormat = 'goheapsim feed run';
export const journalVersion = 2;

/** What a run is of; it goes on only with the same. */
export interface JournalHead {
  readonly format: typeof journalFormat;
  /** Raised where the same options and seed come to mean other dumps. */
  readonly version: typeof journalVersion;
  readonly source: string;
  readonly count: number;
  readonly targets: readonly string[];
  /** The options of the command line, to go on with. */
  readonly options: Readonly<Record<string, unknown>>;
}

const syncEveryMs = 1000;

export class Journal {
  readonly #fd: number;
  readonly #path: string;
  #synced = performance.now();

  private constructor(fd: number, path: string) {
    this.#fd = fd;
    this.#path = path;
  }

  /** Begins one. */
  static create(path: string, head: JournalHead): Journal {
    try {
      const journal = new Journal(openSync(path, 'w'), path);
      journal.#write(head);
      journal.#sync();
      return journal;
    } catch (error) {
      throw systemFailure('write', path, error);
    }
  }

  /** Goes on behind `bytes`, where the whole lines end. */
  static reopen(path: string, bytes: number): Journal {
    try {
      const fd = openSync(path, 'r+');
      ftruncateSync(fd, bytes);
      closeSync(fd);
      return new Journal(openSync(path, 'a'), path);
    } catch (error) {
      throw systemFailure('write', path, error);
    }
  }

  add(unit: Unit): void {
    try {
      this.#write(unit);
      if (performance.now() - this.#synced > syncEveryMs) this.#sync();
    } catch (error) {
      throw systemFailure('write', this.#path, error);
    }
  }

  #write(value: unknown): void {
    writeSync(this.#fd, `${JSON.stringify(value)}\n`);
  }

  #sync(): void {
    fsyncSync(this.#fd);
    this.#synced = performance.now();
  }

  close(): void {
    this.#sync();
    closeSync(this.#fd);
  }
}

/** What a journal has. @throws {UsageError} when there is none, or it is damaged */
export function readJournal(path: string): { head: JournalHead; units: Unit[]; bytes: number } {
  const content = readJournalFile(path);
  const end = content.lastIndexOf(0x0a) + 1;
  const lines = content.subarray(0, end).toString('utf8').split('\n').slice(0, -1);
  const parsed = lines.map((line, at) => {
    try {
      return JSON.parse(line) as unknown;
    } catch {
      throw new UsageError(`${path}:${at + 1}: the journal is damaged here; start the run anew`);
    }
  });
  const [head, ...units] = parsed as [JournalHead | undefined, ...Unit[]];
  if (head?.format !== journalFormat) {
    throw new UsageError(`${path}: it is no journal of feed run; start the run anew`);
  }
  if (head.version !== journalVersion)
    throw new UsageError(`${path}: a journal of another version of goheapsim`);
  return { head, units, bytes: end };
}

/** Whether a file is there and begins as a journal does. */
export function isJournal(path: string): boolean {
  const begin = `{"format":"${journalFormat}",`;
  try {
    return Buffer.from(peek(path).beginning).toString().startsWith(begin);
  } catch {
    return false;
  }
}

function readJournalFile(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if (isSystemError(error) && ['ENOENT', 'ENOTDIR'].includes(error.code)) {
      throw new UsageError(`${path}: there is no run to go on with`);
    }
    throw systemFailure('read', path, error);
  }
}
