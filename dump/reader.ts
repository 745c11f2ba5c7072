/**
 * Level two of the reader: records. A visitor is the fast way (objects come as a view that is used again and
 * again); the iterators give each record as an object of its own.
 */
import type { Defect } from './dump-error.ts';
import { dumpDone, FieldCursor, fieldReady } from './field-cursor.ts';
import type { Step } from './field-program.ts';
import { step } from './field-program.ts';
import type { DumpRecord, RecordOfKind, Text, Uint64 } from './records.ts';
import { recordTable, tagObject } from './records.ts';

/** An object record, borrowed: everything in it is overwritten by the next one. */
export interface ObjectView {
  /** Position among the objects. */
  index: number;
  /** Offset of its tag in the dump. */
  offset: number;
  /** Bytes of the record. */
  length: number;
  address: Uint64;
  /** Declared bytes of the contents. */
  size: number;
  /** The contents are bytes[start, start+size), unless they were omitted. */
  bytes: Uint8Array;
  start: number;
  /** The contents were larger than `maxContents` and are not here; they went to `contents`. */
  omitted: boolean;
  /** Offsets of pointers: the first `pointerCount` elements. Above 2^53 they are rounded. */
  pointers: Float64Array;
  pointerCount: number;
  /** All offsets exactly, if one is above 2^53. */
  exactPointers: readonly Uint64[] | undefined;
}

/** Is called with the records of a dump, in order. */
export interface DumpVisitor {
  header?(header: string): void;
  object?(object: ObjectView): void;
  /** All records but objects. They may be kept. */
  record?(record: Exclude<DumpRecord, { kind: 'object' }>): void;
  /**
   * A piece of memory contents that are larger than `maxContents`, before their record is handed out: of the
   * record of tag `tag` at `recordOffset`; `at` counts the bytes of the contents before the piece. Borrowed.
   */
  contents?(piece: Uint8Array, at: number, tag: number, recordOffset: number): void;
  /** What is wrong but can be read past. Without it, such an error ends the reading, a lesser thing is ignored. */
  defect?(defect: Defect): void;
}

export interface ReadOptions {
  /** Memory contents of more bytes are not kept, but handed out in pieces. Default: all are kept. */
  readonly maxContents?: number;
}

type MutableRecord = { [key: string]: unknown };

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The bytes as a string if they are UTF-8, else a copy of the bytes. */
export function decodeText(bytes: Uint8Array): Text {
  try {
    return decoder.decode(bytes);
  } catch {
    return bytes.slice();
  }
}

/** Bytes that grow as they come. */
class Gathered {
  bytes = new Uint8Array(256);
  length = 0;

  append(source: Uint8Array, start: number, length: number): void {
    const total = this.length + length;
    if (total > this.bytes.length) {
      const larger = new Uint8Array(Math.max(total, this.bytes.length * 2));
      larger.set(this.bytes.subarray(0, this.length));
      this.bytes = larger;
    }
    this.bytes.set(source.subarray(start, start + length), this.length);
    this.length = total;
  }
}

/**
 * Reads a dump that is pushed in chunks of any size, and calls the visitor. Its memory is bounded by the largest record
 * (with `maxContents`: by that and the longest list), never by a length that the dump only declares.
 */
export class DumpReader {
  readonly cursor: FieldCursor;
  readonly #visitor: DumpVisitor;
  readonly #maxContents: number;
  readonly #object: ObjectView = {
    index: 0,
    offset: 0,
    length: 0,
    address: 0,
    size: 0,
    bytes: new Uint8Array(0),
    start: 0,
    omitted: false,
    pointers: new Float64Array(64),
    pointerCount: 0,
    exactPointers: undefined,
  };
  #record: MutableRecord = {};
  #elements: unknown[] = [];
  #pointers: Uint64[] = [];
  readonly #gathered = new Gathered();
  #omitted = false;
  #finished = false;
  /** Where the varint that #fastUvarint read ends; 0 if it could not. */
  #end = 0;

  constructor(visitor: DumpVisitor, options: ReadOptions = {}) {
    this.#visitor = visitor;
    this.#maxContents = options.maxContents ?? Number.POSITIVE_INFINITY;
    this.cursor = new FieldCursor(visitor.defect?.bind(visitor));
  }

  /** Reads as far as the chunk goes. It is not needed after the call. @throws DumpError */
  push(chunk: Uint8Array): void {
    this.cursor.push(chunk);
    this.#run();
  }

  /** Says that the input is over. @throws DumpError if the dump is not */
  end(): void {
    this.cursor.end();
    this.#run();
  }

  /** Whether the EOF record was read and nothing follows. */
  get finished(): boolean {
    return this.#finished;
  }

  #run(): void {
    const { cursor } = this;
    for (;;) {
      if (cursor.atRecord) {
        while (this.#fastObject());
      }
      const state = cursor.advance();
      if (state !== fieldReady) {
        this.#finished = state === dumpDone;
        return;
      }
      this.#field(cursor.step);
      if (cursor.atRecord || cursor.tag === 0) this.#endRecord();
    }
  }

  /** Reads an object record that lies whole in the buffer and has nothing unusual; false if it is not so. */
  #fastObject(): boolean {
    const { cursor } = this;
    const { buffer, limit, pos } = cursor;
    if (pos >= limit || buffer[pos] !== tagObject) return false;
    const view = this.#object;
    const address = this.#fastUvarint(buffer, pos + 1, limit);
    if (this.#end === 0) return false;
    const size = this.#fastUvarint(buffer, this.#end, limit);
    const start = this.#end;
    if (start === 0 || size >= limit - start || size > this.#maxContents) return false;
    let at = start + size;
    let count = 0;
    let { pointers } = view;
    for (;;) {
      if (at >= limit) return false;
      const kind = buffer[at++]!;
      if (kind === 0) break;
      if (kind !== 1 || at >= limit) return false;
      let offset = buffer[at++]!;
      if (offset >= 0x80) {
        offset = this.#fastUvarint(buffer, at - 1, limit);
        if (this.#end === 0) return false;
        at = this.#end;
      }
      if (count === pointers.length) pointers = this.#growPointers();
      pointers[count++] = offset;
    }
    view.offset = cursor.origin + pos;
    view.length = at - pos;
    view.address = address;
    view.size = size;
    view.bytes = buffer;
    view.start = start;
    view.omitted = false;
    view.pointerCount = count;
    view.exactPointers = undefined;
    cursor.skipRecord(tagObject, at);
    view.index = cursor.recordIndex;
    this.#visitor.object?.(view);
    return true;
  }

  #growPointers(): Float64Array {
    const larger = new Float64Array(this.#object.pointers.length * 2);
    larger.set(this.#object.pointers);
    this.#object.pointers = larger;
    return larger;
  }

  /** Reads a minimal uvarint of at most seven bytes at `at`, and sets #end behind it; 0 there if it is not one. */
  #fastUvarint(buffer: Uint8Array, at: number, limit: number): number {
    let end = at;
    let low = 0;
    let shift = 0;
    while (end < limit) {
      const byte = buffer[end++]!;
      if (byte < 0x80) {
        this.#end = byte === 0 && shift > 0 ? 0 : end;
        return low + (byte << shift);
      }
      low += (byte & 0x7f) << shift;
      shift += 7;
      if (shift === 21) return this.#fastHigh(buffer, end, limit, low);
    }
    this.#end = 0;
    return 0;
  }

  #fastHigh(buffer: Uint8Array, at: number, limit: number, low: number): number {
    let end = at;
    let high = 0;
    let shift = 0;
    while (end < limit && shift < 28) {
      const byte = buffer[end++]!;
      high += (byte & 0x7f) << shift;
      shift += 7;
      if (byte < 0x80) {
        this.#end = byte === 0 ? 0 : end;
        return low + high * 2097152;
      }
    }
    this.#end = 0;
    return 0;
  }

  #field(at: Step): void {
    const { cursor } = this;
    const value = cursor.value;
    switch (at.code) {
      case step.header:
        this.#visitor.header?.(cursor.header);
        break;
      case step.tag:
        this.#beginRecord();
        break;
      case step.uvarint:
        this.#set(at, at.asText ? String(value) : value);
        break;
      case step.bool:
        this.#set(at, value !== 0);
        break;
      case step.length:
        this.#gathered.length = 0;
        if (at.type === 'memory') {
          this.#record.size = value;
          this.#omitted = value > this.#maxContents;
        } else this.#omitted = false;
        if (value === 0) this.#set(at, this.#gatheredValue(at));
        break;
      case step.bytes:
        this.#piece(at);
        break;
      case step.fieldOffset:
        this.#pointers.push(value);
        break;
      case step.fieldKind:
        if (value === 0) this.#set(at, this.#pointers);
        break;
      case step.count:
        this.#elements = [];
        this.#record[at.name] = this.#elements;
        break;
      default:
    }
  }

  #beginRecord(): void {
    const { cursor } = this;
    this.#pointers = [];
    this.#elements = [];
    this.#omitted = false;
    this.#record = {
      tag: cursor.tag,
      kind: recordTable[cursor.tag]!.kind,
      index: cursor.recordIndex,
      offset: cursor.recordOffset,
      length: 0,
    };
  }

  #set(at: Step, value: unknown): void {
    if (at.group === '') this.#record[at.name] = value;
    else this.#setInGroup(at, value);
  }

  #setInGroup(at: Step, value: unknown): void {
    const { round } = this.cursor;
    if (round === 0) this.#record[at.group] = this.#elements;
    if (at.name === '') {
      this.#elements.push(value);
      return;
    }
    if (round === this.#elements.length) this.#elements.push({});
    (this.#elements[round] as MutableRecord)[at.name] = value;
  }

  #piece(at: Step): void {
    const { cursor } = this;
    if (this.#omitted) {
      const piece = cursor.buffer.subarray(cursor.start, cursor.start + cursor.length);
      this.#visitor.contents?.(piece, cursor.done, cursor.tag, cursor.recordOffset);
    } else this.#gathered.append(cursor.buffer, cursor.start, cursor.length);
    if (cursor.complete) this.#set(at, this.#gatheredValue(at));
  }

  #gatheredValue(at: Step): Text {
    const { bytes, length } = this.#gathered;
    const gathered = bytes.subarray(0, length);
    if (at.type !== 'memory') return decodeText(gathered);
    return this.cursor.tag === tagObject ? gathered : gathered.slice();
  }

  #endRecord(): void {
    const { cursor } = this;
    if (cursor.tag < 0 || cursor.step.code === step.trailing) return;
    this.#record.length = cursor.position - cursor.recordOffset;
    if (cursor.tag === tagObject) this.#endObject();
    else this.#visitor.record?.(this.#record as unknown as Exclude<DumpRecord, { kind: 'object' }>);
  }

  /** Hands out an object that came field by field. */
  #endObject(): void {
    const record = this.#record as unknown as RecordOfKind<'object'>;
    const view = this.#object;
    view.index = record.index;
    view.offset = Number(record.offset);
    view.length = Number(record.length);
    view.address = record.address;
    view.size = Number(record.size);
    view.bytes = record.contents;
    view.start = 0;
    view.omitted = this.#omitted;
    view.pointerCount = record.pointers.length;
    while (view.pointers.length < view.pointerCount) this.#growPointers();
    let exact = true;
    for (let i = 0; i < view.pointerCount; i++) {
      const offset = record.pointers[i]!;
      if (typeof offset === 'bigint') exact = false;
      view.pointers[i] = Number(offset);
    }
    view.exactPointers = exact ? undefined : this.#pointers;
    this.#visitor.object?.(view);
  }
}

/** Chunks of a dump: one array of bytes, or several. */
export type DumpInput = Uint8Array | Iterable<Uint8Array>;

/** Chunks of a dump that come in time, such as a file's read stream. */
export type AsyncDumpInput = DumpInput | AsyncIterable<Uint8Array>;

function chunksOf(input: DumpInput): Iterable<Uint8Array> {
  return input instanceof Uint8Array ? [input] : input;
}

/**
 * Reads a dump from beginning to end and calls the visitor.
 * @throws DumpError where it cannot be read
 */
export function visitDump(input: DumpInput, visitor: DumpVisitor, options: ReadOptions = {}): void {
  const reader = new DumpReader(visitor, options);
  for (const chunk of chunksOf(input)) reader.push(chunk);
  reader.end();
}

/** As visitDump, for input that comes in time. */
export async function visitDumpAsync(
  input: AsyncDumpInput,
  visitor: DumpVisitor,
  options: ReadOptions = {},
): Promise<void> {
  const reader = new DumpReader(visitor, options);
  const chunks = input instanceof Uint8Array ? [input] : input;
  for await (const chunk of chunks) reader.push(chunk);
  reader.end();
}

/** An object view as a record of its own. */
export function ownObject(view: ObjectView): RecordOfKind<'object'> {
  return {
    tag: tagObject,
    kind: 'object',
    index: view.index,
    offset: view.offset,
    length: view.length,
    address: view.address,
    size: view.size,
    contents: view.omitted
      ? new Uint8Array(0)
      : view.bytes.slice(view.start, view.start + view.size),
    pointers: view.exactPointers ?? Array.from(view.pointers.subarray(0, view.pointerCount)),
  };
}

function collector(queue: DumpRecord[], onDefect: ((defect: Defect) => void) | undefined) {
  const visitor: DumpVisitor = {
    object: (view) => {
      queue.push(ownObject(view));
    },
    record: (record) => {
      queue.push(record);
    },
  };
  if (onDefect !== undefined) visitor.defect = onDefect;
  return visitor;
}

export interface RecordsOptions extends ReadOptions {
  readonly onDefect?: (defect: Defect) => void;
}

/** Bytes that the iterators read at a time, so that few records wait in memory. */
const stride = 65536;

function* strides(chunk: Uint8Array): Iterable<Uint8Array> {
  for (let at = 0; at < chunk.length; at += stride) yield chunk.subarray(at, at + stride);
}

/**
 * The records of a dump, one after the other; each is the caller's own.
 * @throws DumpError after the records before the place that cannot be read
 */
export function* readDump(input: DumpInput, options: RecordsOptions = {}): Generator<DumpRecord> {
  const queue: DumpRecord[] = [];
  const reader = new DumpReader(collector(queue, options.onDefect), options);
  const drain = attempt(queue);
  for (const chunk of chunksOf(input)) {
    for (const part of strides(chunk)) yield* drain(() => reader.push(part));
  }
  yield* drain(() => reader.end());
}

/** As readDump, for input that comes in time. */
export async function* readDumpAsync(
  input: AsyncDumpInput,
  options: RecordsOptions = {},
): AsyncGenerator<DumpRecord> {
  const queue: DumpRecord[] = [];
  const reader = new DumpReader(collector(queue, options.onDefect), options);
  const drain = attempt(queue);
  for await (const chunk of input instanceof Uint8Array ? [input] : input) {
    for (const part of strides(chunk)) yield* drain(() => reader.push(part));
  }
  yield* drain(() => reader.end());
}

/** Runs one step of the reader and gives out what it read, also where it fails. */
function attempt(queue: DumpRecord[]): (run: () => void) => Generator<DumpRecord> {
  return function* drain(run) {
    let failure: unknown;
    try {
      run();
    } catch (error) {
      failure = error;
    }
    yield* queue;
    queue.length = 0;
    if (failure !== undefined) throw failure;
  };
}
