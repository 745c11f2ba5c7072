/** A dump that is in memory, to look at anywhere: its records by number, the fields of each, the write() calls that made it. */
import { NumberList } from './byte-store.ts';
import { DumpError } from './dump-error.ts';
import { dumpDone, FieldCursor, fieldReady } from './field-cursor.ts';
import { step } from './field-program.ts';
import { valueText } from './hexdump.ts';
import { decodeText } from './reader.ts';
import { headerLength, recordTable } from './records.ts';
import { WriteRule } from './write-rule.ts';

/** A field: all bytes of a record belong to one of its fields. */
export interface DumpField {
  readonly offset: number;
  readonly length: number;
  /** Within its record: `address`, `fields[2].kind`. */
  readonly name: string;
  /** The format's type of it. */
  readonly type: string;
  /** What it says; '' for memory, whose bytes say it. */
  readonly value: string;
  /** What it means. */
  readonly doc: string;
}

/** Records between two whose counts are kept. */
const stride = 256;

export class FieldIndex {
  readonly bytes: Uint8Array;
  /** The tag and offset of each record; the header is none. */
  readonly tags = new NumberList();
  readonly offsets = new NumberList();
  /** Where each write() call ends. */
  readonly writes = new NumberList();
  /** What kept it from being read to its end. */
  readonly error: DumpError | undefined;
  /** Records of each kind before record 0, `stride`, 2 `stride`, … */
  readonly #counts: Float64Array[] = [];

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    let written = 0;
    const rule = new WriteRule((length) => {
      written += length;
      this.writes.push(written);
    });
    const cursor = new FieldCursor(() => {});
    try {
      cursor.push(bytes);
      cursor.end();
      while (cursor.advance() !== dumpDone) {
        const { code } = cursor.step;
        if (code === step.tag) this.#record(cursor);
        if (code !== step.trailing) rule.field(cursor);
      }
    } catch (error) {
      if (!(error instanceof DumpError)) throw error;
      this.error = error;
    }
    rule.end();
  }

  #record({ counts, tag, recordOffset }: FieldCursor): void {
    if (this.offsets.length % stride === 0) {
      const before = counts.slice();
      before[tag]!--;
      this.#counts.push(before);
    }
    this.tags.push(tag);
    this.offsets.push(recordOffset);
  }

  get length(): number {
    return this.offsets.length;
  }

  kindOf(record: number): string {
    return recordTable[this.tags.at(record)]!.kind;
  }

  /** Where the record after this one begins. */
  endOf(record: number): number {
    return record + 1 < this.length ? this.offsets.at(record + 1) : this.bytes.length;
  }

  /** The record that holds an offset; -1 in the header. */
  recordAt(offset: number): number {
    return lastAtMost(this.offsets, offset);
  }

  /** The write() call, from 0 on, that a byte was part of. */
  writeAt(offset: number): number {
    return lastAtMost(this.writes, offset) + 1;
  }

  /** The address of an object, or of any record that begins with one; 0 where that is above 2^53. */
  addressOf(record: number): number {
    let value = 0;
    let scale = 1;
    for (let at = this.offsets.at(record) + 1; at < this.bytes.length; at++) {
      const byte = this.bytes[at]!;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) break;
      scale *= 128;
    }
    return value <= Number.MAX_SAFE_INTEGER ? value : 0;
  }

  /** The fields of a record, its tag first. */
  fields(record: number): DumpField[] {
    const from = record - (record % stride);
    const cursor = new FieldCursor(() => {});
    cursor.push(this.bytes.subarray(0, headerLength));
    cursor.advance();
    const counts = this.#counts[from / stride]!.slice();
    for (let i = from; i < record; i++) counts[this.tags.at(i)]!++;
    cursor.jump(this.offsets.at(record), counts);
    cursor.push(this.bytes.subarray(this.offsets.at(record), this.endOf(record)));
    cursor.end();
    const fields: DumpField[] = [];
    try {
      while (fields.length === 0 || !cursor.atRecord) {
        if (cursor.advance() !== fieldReady) break;
        fields.push(fieldOf(cursor));
      }
    } catch (error) {
      if (!(error instanceof DumpError)) throw error;
    }
    return fields;
  }
}

function fieldOf(cursor: FieldCursor): DumpField {
  const { offset, length, buffer, start } = cursor;
  const { code, type, doc } = cursor.step;
  const path = cursor.path();
  const dot = path.indexOf('.');
  let value = '';
  if (code === step.bytes || code === step.trailing) {
    const text = type === 'string' ? decodeText(buffer.subarray(start, start + length)) : '';
    value = typeof text === 'string' && text !== '' ? JSON.stringify(text) : '';
  } else value = valueText(cursor);
  return { offset, length, name: dot < 0 ? path : path.slice(dot + 1), type, value, doc };
}

/** The last element that is at most `value`, of rising ones; -1 if none is. */
function lastAtMost(list: NumberList, value: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (list.at(middle) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
