/**
 * The part of a log that is in memory: from the record that is replayed next to those that tell what it
 * needs to know beforehand. Where a collection is next, that is all up to the following one, whose
 * number is bounded by what the heap grows between them; else it is a fixed number.
 */
import type { LogRecord } from './log-parser.ts';

/** Records that are read ahead. */
const ahead = 16_384;
/** Taken records that stay in the array before it is moved together. */
const slack = 4096;

export class RecordWindow {
  /** Records from number {@link #base} on; those before {@link next} are taken. */
  #records: LogRecord[] = [];
  #base = 0;
  #next = 0;
  /** Numbers of the collections that are not taken yet. */
  readonly #collections: number[] = [];
  #ended = false;

  /** Number of the record that is taken next. */
  get next(): number {
    return this.#next;
  }

  /** Number behind the last record that was read. */
  get end(): number {
    return this.#base + this.#records.length;
  }

  /** Adds a record; its number. */
  push(record: LogRecord): number {
    if (record.kind === 'gc') this.#collections.push(this.end);
    return this.#records.push(record) + this.#base - 1;
  }

  /** No record follows. */
  close(): void {
    this.#ended = true;
  }

  /** A record that is not taken yet. */
  at(number: number): LogRecord {
    return this.#records[number - this.#base]!;
  }

  /** Whether enough is known to take the next record. */
  get ready(): boolean {
    if (this.#next === this.end) return false;
    if (this.#ended) return true;
    if (this.end - this.#next <= ahead) return false;
    return this.#collections[0] !== this.#next || this.#collections.length > 1;
  }

  /** Takes the next record: its number. */
  take(): number {
    if (this.#collections[0] === this.#next) this.#collections.shift();
    if (this.#next - this.#base >= slack + this.#records.length / 2) {
      this.#records = this.#records.slice(this.#next - this.#base);
      this.#base = this.#next;
    }
    return this.#next++;
  }

  /** Records that are read and not taken. */
  *[Symbol.iterator](): Generator<LogRecord> {
    for (let i = this.#next; i < this.end; i++) yield this.at(i);
  }
}
