/**
 * Level one of the reader: a dump as a sequence of fields, in which every byte of the input belongs to
 * exactly one field. Input is pushed in chunks of any size; nothing is ever allocated for a declared length.
 */

import type { Defect, Severity } from './dump-error.ts';
import { DumpError } from './dump-error.ts';
import type { RecordProgram, Step } from './field-program.ts';
import { headerStep, programsOf, step, tagStep, trailingStep } from './field-program.ts';
import type { Uint64 } from './records.ts';
import { dumpHeaders, fieldKind, headerLength, recordTable, tagEOF } from './records.ts';

/** A field, or a piece of one, is at hand. */
export const fieldReady = 1;
/** The input pushed so far is used up: push more, or end. */
export const needInput = 0;
/** The dump is over. */
export const dumpDone = 2;

export type CursorState = typeof fieldReady | typeof needInput | typeof dumpDone;

const noBytes = new Uint8Array(0);
const two28 = 2 ** 28;
const two53 = 2 ** 53;

/**
 * Walks over the fields. After `advance()` returned `fieldReady` the public fields describe what was
 * read, until the next call: they are borrowed, `buffer` too.
 */
export class FieldCursor {
  /** The header, once read. */
  header: (typeof dumpHeaders)[number] = dumpHeaders[3];
  /** What was read. */
  step: Step = headerStep;
  /** Absolute offset of the field's first byte here (of the piece, for a field in pieces). */
  offset = 0;
  /** Bytes of the field (of the piece). */
  length = 0;
  /** The value of a varint field. */
  value: Uint64 = 0;
  /** The bytes of a header, string, memory or trailing field are buffer[start, start+length). */
  buffer: Uint8Array = new Uint8Array(0);
  start = 0;
  /** Bytes of a bytes field that came in earlier pieces. */
  done = 0;
  /** Whether the field ends here; false for all but the last piece of a bytes field. */
  complete = true;
  /** Round of the repeated group, or index in the field list. */
  round = 0;
  /** The record that the field belongs to; -1 before the first. */
  tag = -1;
  /** Offset of the record's tag. */
  recordOffset = 0;
  /** Index of the record among those of its kind. */
  recordIndex = -1;
  /** Records of each kind so far, by tag. */
  readonly counts: Float64Array = new Float64Array(recordTable.length);
  /** Is told of what is wrong but can be read past. */
  onDefect: ((defect: Defect) => void) | undefined;

  /** Read position in `buffer`. */
  pos = 0;
  /** End of the input in `buffer`. */
  limit = 0;
  /** Absolute offset of buffer[0]. */
  origin = 0;

  #programs: readonly RecordProgram[] = programsOf();
  #steps: readonly Step[] = [];
  /** Index of the next step; at steps.length the record is over. */
  #at = 0;
  /** Round of the group or field list that the next step is in. */
  #round = 0;
  /** Rounds of the repeated group, as declared. */
  #rounds: Uint64 = 0;
  /** Bytes of a bytes field that are still to come; -1 outside of one. */
  #remaining = -1;
  #declared: Uint64 = 0;
  #headerRead = false;
  #eofRead = false;
  #ended = false;
  #join = new Uint8Array(0);

  constructor(onDefect?: (defect: Defect) => void) {
    this.onDefect = onDefect;
  }

  /** Absolute offset of the next byte to be read. */
  get position(): number {
    return this.origin + this.pos;
  }

  /** Whether a record may begin at the next byte. */
  get atRecord(): boolean {
    return this.#headerRead && !this.#eofRead && this.#at >= this.#steps.length;
  }

  /**
   * Hands over the next chunk; it must stay unchanged until the next push. What was left of the chunk
   * before it (at most a few bytes, after `needInput`) is put in front.
   */
  push(chunk: Uint8Array): void {
    const rest = this.limit - this.pos;
    this.origin += this.pos;
    if (rest === 0) {
      this.buffer = plain(chunk);
      this.pos = 0;
      this.limit = chunk.length;
      return;
    }
    const total = rest + chunk.length;
    const joined = this.#join.length < total ? new Uint8Array(total) : this.#join;
    joined.set(this.buffer.subarray(this.pos, this.limit));
    joined.set(chunk, rest);
    this.#join = joined;
    this.buffer = joined;
    this.pos = 0;
    this.limit = total;
  }

  /** Says that no more input comes. */
  end(): void {
    this.#ended = true;
  }

  /**
   * Reads the next field or piece.
   * @throws DumpError where the dump cannot be read on
   */
  advance(): CursorState {
    if (this.#remaining !== -1) return this.#readPiece();
    while (this.#at < this.#steps.length) {
      const next = this.#steps[this.#at]!;
      if (next.code !== step.loop) return this.#readStep(next);
      this.#loop(next);
    }
    if (!this.#headerRead) return this.#readHeader();
    return this.#eofRead ? this.#readTrailing() : this.#readTag();
  }

  /** Path of the field at hand: `object#41.fields[2].kind`. */
  path(): string {
    return this.#pathOf(this.step, this.round);
  }

  /** The record at hand: `object#41`. */
  recordName(): string {
    return this.tag < 0 ? 'the header' : `${recordTable[this.tag]!.kind}#${this.recordIndex}`;
  }

  /**
   * Takes over a record of tag `tag` that somebody else parsed from `buffer`, from `pos` to `end`.
   * Only allowed where `atRecord` holds; the record must be whole.
   */
  skipRecord(tag: number, end: number): void {
    this.recordOffset = this.origin + this.pos;
    this.tag = tag;
    this.recordIndex = this.counts[tag]!;
    this.counts[tag] = this.recordIndex + 1;
    this.pos = end;
  }

  /**
   * Goes on at a record that begins at `offset`, which the next chunk begins with; `counts` are the records of each kind
   * before it. Only allowed where `atRecord` holds.
   */
  jump(offset: number, counts: ArrayLike<number>): void {
    this.buffer = noBytes;
    this.pos = 0;
    this.limit = 0;
    this.origin = offset;
    this.counts.set(counts);
  }

  #pathOf(at: Step, round: number): string {
    switch (at.code) {
      case step.header:
      case step.trailing:
        return at.name;
      case step.fieldKind:
        return `${this.recordName()}.fields[${round}].kind`;
      case step.fieldOffset:
        return `${this.recordName()}.fields[${round}].offset`;
      case step.count:
        return `${this.recordName()}.${at.name}.count`;
      default: {
        const element = at.group === '' ? '' : `.${at.group}[${round}]`;
        if (at.code === step.length && at.type === 'memory') return `${this.recordName()}.size`;
        const name = at.name === '' ? '' : `.${at.name}`;
        const part = at.code === step.length ? '.length' : '';
        return this.recordName() + element + name + part;
      }
    }
  }

  #readStep(next: Step): CursorState {
    this.step = next;
    this.round = this.#round;
    if (!this.#readUvarint()) return needInput;
    const value = this.value;
    this.#at++;
    switch (next.code) {
      case step.bool:
        if (value !== 0 && value !== 1) this.#defect('bool', 'error', `want 0 or 1, got ${value}`);
        break;
      case step.length:
        this.#declared = value;
        this.#remaining = value === 0 ? -1 : Number(value);
        this.done = 0;
        if (value === 0) this.#at++;
        break;
      case step.fieldKind:
        this.#afterKind(value);
        break;
      case step.fieldOffset:
        this.#at -= 2;
        this.#round++;
        break;
      case step.count:
        this.#rounds = value;
        if (value === 0) this.#at = next.target;
        break;
      default:
    }
    return fieldReady;
  }

  #afterKind(kind: Uint64): void {
    if (kind === fieldKind.ptr) return;
    if (kind === fieldKind.eol) {
      this.#at++;
      this.#round = 0;
      return;
    }
    if (kind !== fieldKind.iface && kind !== fieldKind.eface) {
      throw this.#error(`want 0 or 1, got ${kind}`, this.offset + this.length - 1);
    }
    this.#defect(
      'legacy-field-kind',
      'warning',
      `want 0 or 1, got ${kind}, which only Go 1.4 wrote`,
    );
  }

  #loop(loop: Step): void {
    this.#round++;
    if (this.#round < (loop.rounds < 0 ? this.#rounds : loop.rounds)) {
      this.#at = loop.target;
    } else {
      this.#round = 0;
      this.#at++;
    }
  }

  #readTag(): CursorState {
    this.step = tagStep;
    this.round = 0;
    const place = this.position;
    if (this.pos === this.limit) {
      if (!this.#ended) return needInput;
      throw new DumpError(
        `eof: want a record or EOF after ${this.recordName()}, got the end of the input`,
        { offset: place, path: 'eof' },
      );
    }
    if (!this.#readUvarint()) return needInput;
    const tag = this.value;
    if (typeof tag !== 'number' || tag >= recordTable.length) {
      const path = `record@${place}.tag`;
      throw new DumpError(
        `${path}: want a tag of 0 to ${recordTable.length - 1} after ${this.recordName()}, got ${tag}`,
        { offset: place, path, firstErrorOffset: place + this.length - 1 },
      );
    }
    this.recordOffset = place;
    this.tag = tag;
    this.recordIndex = this.counts[tag]!;
    this.counts[tag] = this.recordIndex + 1;
    this.#steps = this.#programs[tag]!.steps;
    this.step = this.#steps[0]!;
    this.#at = 1;
    this.#eofRead = tag === tagEOF;
    return fieldReady;
  }

  #readHeader(): CursorState {
    this.step = headerStep;
    const length = Math.min(this.limit - this.pos, headerLength);
    if (length < headerLength && !this.#ended) return needInput;
    const got = this.buffer.subarray(this.pos, this.pos + length);
    const header = dumpHeaders.find((want) => matching(got, want) === headerLength);
    if (header === undefined) {
      const first = Math.max(...dumpHeaders.map((want) => matching(got, want)));
      throw new DumpError(`header: want ${JSON.stringify(dumpHeaders[3])}, got ${describe(got)}`, {
        offset: this.position,
        path: 'header',
        firstErrorOffset: this.position + first,
      });
    }
    this.header = header;
    this.#programs = programsOf(header);
    this.#headerRead = true;
    this.#take(headerLength);
    return fieldReady;
  }

  #readTrailing(): CursorState {
    if (this.pos === this.limit) return this.#ended ? dumpDone : needInput;
    const first = this.step !== trailingStep;
    this.done = first ? 0 : this.done + this.length;
    this.step = trailingStep;
    this.#take(this.limit - this.pos);
    if (first) this.#defect('trailing', 'error', 'want the end of the input after the EOF record');
    return fieldReady;
  }

  #readPiece(): CursorState {
    const at = this.#steps[this.#at]!;
    if (this.step === at) this.done += this.length;
    this.step = at;
    const length = Math.min(this.limit - this.pos, this.#remaining);
    if (length === 0) {
      this.length = 0;
      if (!this.#ended) return needInput;
      this.offset = this.position - this.done;
      throw this.#error(
        `want ${this.#declared} bytes, got ${this.done} before the end of the input`,
        this.position,
      );
    }
    this.#take(length);
    this.#remaining -= length;
    this.complete = this.#remaining === 0;
    if (this.complete) {
      this.#remaining = -1;
      this.#at++;
    }
    return fieldReady;
  }

  #take(length: number): void {
    this.offset = this.position;
    this.start = this.pos;
    this.length = length;
    this.pos += length;
    this.complete = true;
  }

  /** Reads a uvarint into offset, length and value; false if its end is not there yet. */
  #readUvarint(): boolean {
    const { buffer, pos, limit } = this;
    let low = 0;
    let middle = 0;
    let high = 0;
    let length = 0;
    let byte = 0x80;
    while (byte >= 0x80) {
      if (pos + length === limit) {
        if (!this.#ended) return false;
        this.offset = this.position;
        this.length = length;
        throw this.#error('want a uvarint, got the end of the input', this.position + length);
      }
      byte = buffer[pos + length]!;
      const bits = byte & 0x7f;
      if (length < 4) low += bits * 2 ** (7 * length);
      else if (length < 8) middle += bits * 2 ** (7 * (length - 4));
      else high += bits * 2 ** (7 * (length - 8));
      length++;
      if (length === 10 && byte > 1) {
        this.offset = this.position;
        this.length = length;
        throw this.#error('want a uvarint of at most 64 bits', this.position + length - 1);
      }
    }
    this.#take(length);
    this.value =
      high === 0 && middle < 2 ** 25
        ? low + middle * two28
        : narrow((BigInt(high) << 56n) + BigInt(middle) * BigInt(two28) + BigInt(low));
    if (byte === 0 && length > 1) {
      this.#defect('minimal-varint', 'warning', `${this.value} is written in ${length} bytes`);
    }
    return true;
  }

  #error(message: string, firstErrorOffset: number): DumpError {
    const path = this.path();
    return new DumpError(`${path}: ${message}`, { offset: this.offset, path, firstErrorOffset });
  }

  #defect(rule: string, severity: Severity, message: string): void {
    const firstErrorOffset = this.offset + (this.step === trailingStep ? 0 : this.length - 1);
    if (this.onDefect !== undefined) {
      const path = this.path();
      const { offset } = this;
      this.onDefect({
        rule,
        severity,
        message: `${path}: ${message}`,
        offset,
        path,
        firstErrorOffset,
      });
    } else if (severity === 'error') throw this.#error(message, firstErrorOffset);
  }
}

/** Bytes without a subclass's ways: Node's Buffer.slice does not copy. */
function plain(chunk: Uint8Array): Uint8Array {
  if (chunk.constructor === Uint8Array) return chunk;
  return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

/** A bigint as a number where that is exact. */
function narrow(value: bigint): Uint64 {
  return value <= BigInt(two53) ? Number(value) : value;
}

/** Bytes that agree from the start. */
function matching(got: Uint8Array, want: string): number {
  let n = 0;
  while (n < got.length && got[n] === want.charCodeAt(n)) n++;
  return n;
}

function describe(got: Uint8Array): string {
  if (got.length === 0) return 'an empty input';
  const text = JSON.stringify(String.fromCharCode(...got));
  if (got[0] === 0x1f && got[1] === 0x8b) return `${text}: this is gzip, unpack it first`;
  if (got.length < headerLength) return `${text} and the end of the input`;
  return text;
}
