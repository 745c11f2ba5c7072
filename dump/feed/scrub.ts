/**
 * Takes out of a dump what was in the program's memory and what its things were called. What stays: every record and its place
 * in the file, all numbers (addresses, sizes, pcs, ids, statistics, times), the pointers that the field lists name,
 * architecture, Go's version and wait reasons. What goes: all other memory, malloc headers too, and all other text.
 */
import { FieldCursor, fieldReady } from '../field-cursor.ts';
import { step } from '../field-program.ts';
import type { AsyncDumpInput, DumpInput } from '../reader.ts';
import { fieldKind, tagEOF } from '../records.ts';
import { NameScrubber } from './scrub-names.ts';

export interface ScrubOptions {
  /** Names of functions and types that begin with `runtime.` stay. Default: no. */
  readonly keepRuntimeNames?: boolean;
  /** What comes instead of memory. Default: zeros. */
  readonly fill?: 'zeros' | 'noise';
}

/** What was kept and what was replaced. */
export interface ScrubReport {
  bytes: number;
  records: number;
  /** Pointers, of the field lists, in memory. */
  pointersKept: number;
  /** Bytes of memory that were replaced. */
  memoryReplaced: number;
  /** Texts that stayed, were changed. */
  textsKept: number;
  textsReplaced: number;
  /** Different words that were replaced, and how many of them share a replacement. */
  words: number;
  ambiguousWords: number;
  /** Bytes after the EOF record; they are 0 now. */
  trailing: number;
}

export function newScrubReport(): ScrubReport {
  return {
    bytes: 0,
    records: 0,
    pointersKept: 0,
    memoryReplaced: 0,
    textsKept: 0,
    textsReplaced: 0,
    words: 0,
    ambiguousWords: 0,
    trailing: 0,
  };
}

/** Texts that say nothing of the program. */
const keptTexts: ReadonlySet<string> = new Set(['architecture', 'goVersion', 'waitReason']);

const block = 1 << 16;
const runtimeName = /^\*?runtime\./;
const unknownPC = /^\(0x[0-9a-f]+\)$/;

/** A part of the record at hand. */
interface Part {
  readonly at: number;
  length: number;
}

/** Scrubs a dump that is pushed in chunks. A record is held back until it is whole. */
class Scrubber {
  readonly #cursor = new FieldCursor(() => {});
  readonly #options: ScrubOptions;
  readonly #report: ScrubReport;
  readonly #names = new NameScrubber();
  #out = new Uint8Array(2 * block);
  /** Bytes of whole records in `out`, and of the one at hand after them. */
  #whole = 0;
  #length = 0;
  #width = 8;
  #memory: Part | undefined;
  readonly #offsets: number[] = [];
  #kind = 0;

  constructor(options: ScrubOptions, report: ScrubReport) {
    this.#options = options;
    this.#report = report;
  }

  *push(chunk: Uint8Array): Generator<Uint8Array> {
    this.#cursor.push(chunk);
    yield* this.#run();
  }

  *end(): Generator<Uint8Array> {
    this.#cursor.end();
    yield* this.#run();
    yield this.#take();
    this.#report.words = this.#names.words;
    this.#report.ambiguousWords = this.#names.ambiguous;
  }

  *#run(): Generator<Uint8Array> {
    const cursor = this.#cursor;
    while (cursor.advance() === fieldReady) {
      this.#append();
      this.#field();
      if (!cursor.atRecord && cursor.tag !== tagEOF) continue;
      this.#endRecord();
      if (this.#whole >= block) yield this.#take();
    }
  }

  /** The whole records; what follows them stays. */
  #take(): Uint8Array {
    const taken = this.#out.slice(0, this.#whole);
    this.#out.copyWithin(0, this.#whole, this.#length);
    this.#length -= this.#whole;
    this.#whole = 0;
    this.#report.bytes += taken.length;
    return taken;
  }

  #append(): void {
    const { buffer, start, length } = this.#cursor;
    if (this.#length + length > this.#out.length) {
      const larger = new Uint8Array(Math.max(this.#length + length, this.#out.length * 2));
      larger.set(this.#out.subarray(0, this.#length));
      this.#out = larger;
    }
    this.#out.set(buffer.subarray(start, start + length), this.#length);
    this.#length += length;
  }

  #field(): void {
    const cursor = this.#cursor;
    const at = this.#length - cursor.length;
    switch (cursor.step.code) {
      case step.uvarint:
        if (cursor.step.name === 'pointerSize') this.#width = cursor.value === 4 ? 4 : 8;
        break;
      case step.bytes:
        this.#bytes(at);
        break;
      case step.fieldKind:
        this.#kind = Number(cursor.value);
        break;
      case step.fieldOffset:
        this.#pointer(Number(cursor.value));
        break;
      case step.trailing:
        this.#out.fill(0, at, this.#length);
        this.#report.trailing += cursor.length;
        break;
      default:
    }
  }

  #bytes(at: number): void {
    const cursor = this.#cursor;
    const start = at - cursor.done;
    const length = cursor.done + cursor.length;
    if (cursor.step.type === 'memory') this.#memory = { at: start, length };
    else if (cursor.complete) this.#text(this.#out.subarray(start, start + length));
  }

  /** An interface of Go 1.4 has two words. */
  #pointer(offset: number): void {
    this.#offsets.push(offset);
    if (this.#kind !== fieldKind.ptr) this.#offsets.push(offset + this.#width);
  }

  #text(bytes: Uint8Array): void {
    const { name } = this.#cursor.step;
    if (keptTexts.has(name) || this.#isKeptName(bytes)) {
      this.#report.textsKept++;
      return;
    }
    this.#names.scrub(bytes);
    this.#report.textsReplaced++;
  }

  #isKeptName(bytes: Uint8Array): boolean {
    if (bytes.length > 256) return false;
    const text = String.fromCharCode(...bytes);
    return (
      unknownPC.test(text) || (this.#options.keepRuntimeNames === true && runtimeName.test(text))
    );
  }

  #endRecord(): void {
    const { step: last, tag } = this.#cursor;
    if (last.code !== step.trailing && tag >= 0) this.#report.records++;
    if (this.#memory !== undefined) this.#scrubMemory(this.#memory);
    this.#memory = undefined;
    this.#offsets.length = 0;
    this.#whole = this.#length;
  }

  #scrubMemory({ at, length }: Part): void {
    const memory = this.#out.subarray(at, at + length);
    const width = this.#width;
    const inside = this.#offsets.filter((offset) => offset + width <= length);
    const pointers = inside.map((offset) => memory.slice(offset, offset + width));
    if (this.#options.fill === 'noise') noise(memory);
    else memory.fill(0);
    inside.forEach((offset, i) => {
      memory.set(pointers[i]!, offset);
    });
    const words = new Set(inside).size;
    this.#report.pointersKept += words;
    this.#report.memoryReplaced += Math.max(0, length - words * width);
  }
}

/** Bytes that depend on nothing but their place. */
function noise(memory: Uint8Array): void {
  for (let i = 0; i < memory.length; i++) memory[i] = Math.imul(i + 1, 0x9e3779b1) >>> 24;
}

/**
 * Scrubs a dump: a dump of the same length comes out, with the same records at the same places.
 *
 * @param report is filled in as it goes
 * @throws DumpError where the dump cannot be read; what was given out before is whole records
 */
export function* scrub(
  input: DumpInput,
  options: ScrubOptions = {},
  report: ScrubReport = newScrubReport(),
): Generator<Uint8Array> {
  const scrubber = new Scrubber(options, report);
  for (const chunk of input instanceof Uint8Array ? [input] : input) yield* scrubber.push(chunk);
  yield* scrubber.end();
}

/** As scrub, for input that comes in time. */
export async function* scrubAsync(
  input: AsyncDumpInput,
  options: ScrubOptions = {},
  report: ScrubReport = newScrubReport(),
): AsyncGenerator<Uint8Array> {
  const scrubber = new Scrubber(options, report);
  const chunks = input instanceof Uint8Array ? [input] : input;
  for await (const chunk of chunks) yield* scrubber.push(chunk);
  yield* scrubber.end();
}
