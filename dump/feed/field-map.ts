/**
 * Where everything lies in a dump: its records, and by walking over a record its fields. What is kept is the place of each record
 * and, every few records, how many fields and records of each sort came before; so the n-th field of a sort is found at once
 * in a dump of any size.
 */
import { NumberList } from '../byte-store.ts';
import { DumpError } from '../dump-error.ts';
import { FieldCursor, fieldReady } from '../field-cursor.ts';
import { step } from '../field-program.ts';
import type { ObjectView } from '../reader.ts';
import { DumpReader } from '../reader.ts';
import type { DumpRecord, RecordKind, Uint64 } from '../records.ts';
import { fieldKind, headerLength, recordTable, tagEOF, tagObject } from '../records.ts';

/** Sorts of fields that operations tell apart. */
export const fieldClass = {
  tag: 0,
  uvarint: 1,
  address: 2,
  bool: 3,
  stringLength: 4,
  memoryLength: 5,
  count: 6,
  /** The kind of a pointer in a field list. */
  fieldKind: 7,
  /** The kind 0 that ends a field list. */
  fieldEnd: 8,
  fieldOffset: 9,
  stringBytes: 10,
  memoryBytes: 11,
} as const;

export type FieldClass = (typeof fieldClass)[keyof typeof fieldClass];

/** Everything that is a varint. */
export const varintClasses: readonly FieldClass[] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

const classes = 12;
const kinds = recordTable.length;

/** A field of a record. */
export interface MapField {
  /** Position of its record among all. */
  readonly record: number;
  /** `object#41` */
  readonly recordName: string;
  readonly kind: RecordKind;
  /** `object#41.fields[2].kind`, as the reader names it. */
  readonly path: string;
  readonly sort: FieldClass;
  readonly offset: number;
  readonly length: number;
  /** Of a varint. */
  readonly value: Uint64;
  /** Position in the field list or the group. */
  readonly round: number;
}

/** A record's place. */
export interface MapRecord {
  readonly record: number;
  readonly kind: RecordKind;
  readonly tag: number;
  /** Position among the records of its kind. */
  readonly index: number;
  readonly offset: number;
  /** First byte after it. */
  readonly end: number;
}

/** The sort of the field that a cursor stands on. */
export function sortOf(cursor: FieldCursor): FieldClass {
  const memory = cursor.step.type === 'memory';
  switch (cursor.step.code) {
    case step.tag:
      return fieldClass.tag;
    case step.bool:
      return fieldClass.bool;
    case step.length:
      return memory ? fieldClass.memoryLength : fieldClass.stringLength;
    case step.bytes:
      return memory ? fieldClass.memoryBytes : fieldClass.stringBytes;
    case step.count:
      return fieldClass.count;
    case step.fieldKind:
      return cursor.value === fieldKind.eol ? fieldClass.fieldEnd : fieldClass.fieldKind;
    case step.fieldOffset:
      return fieldClass.fieldOffset;
    default:
      return cursor.step.type === 'address' ? fieldClass.address : fieldClass.uvarint;
  }
}

const checkpointEvery = 64;
/** Numbers kept at a checkpoint: fields by class, records by kind. */
const checkpointWidth = classes + kinds;
const smallContents = 1 << 16;

export class FieldMap {
  readonly bytes: Uint8Array;
  /** The first byte after the last whole record. */
  readonly end: number;
  /** Why the dump cannot be read to its end; undefined if it can. Bytes after EOF are no such reason. */
  readonly error: DumpError | undefined;
  /** Bytes of the records of each kind, by tag. */
  readonly bytesOfKind: Float64Array = new Float64Array(kinds);
  readonly #offsets = new NumberList();
  readonly #checkpoints = new NumberList();
  /** Of everything, as at a checkpoint. */
  readonly #totals = new Float64Array(checkpointWidth);
  #walker: FieldCursor | undefined;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    let end = 0;
    const visitor = {
      header: () => {
        end = headerLength;
      },
      object: (view: ObjectView) => {
        this.#addObject(view);
        end = view.offset + view.length;
      },
      record: (record: Exclude<DumpRecord, { kind: 'object' }>) => {
        const offset = Number(record.offset);
        end = offset + Number(record.length);
        this.#addRecord(record.tag, offset, end);
      },
      defect: () => {},
    };
    const reader = new DumpReader(visitor, { maxContents: smallContents });
    let failure: DumpError | undefined;
    try {
      reader.push(bytes);
      reader.end();
    } catch (error) {
      if (!(error instanceof DumpError)) throw error;
      failure = error;
    }
    this.end = end;
    this.error = failure;
  }

  /** Records that were read whole. */
  get records(): number {
    return this.#offsets.length;
  }

  /** Records of a kind. */
  kindCount(tag: number): number {
    return this.#totals[classes + tag]!;
  }

  /** Fields of these sorts. */
  fieldCount(sorts: readonly FieldClass[]): number {
    return sorts.reduce<number>((sum, sort) => sum + this.#totals[sort]!, 0);
  }

  /** Fields of these sorts before a record. */
  fieldsBefore(sorts: readonly FieldClass[], record: number): number {
    if (record >= this.records) return this.fieldCount(sorts);
    const block = Math.floor(record / checkpointEvery);
    let count = 0;
    for (const sort of sorts) count += this.#checkpointValue(block, sort);
    for (let before = block * checkpointEvery; before < record; before++) {
      this.walk(before, (cursor) => {
        if (sorts.includes(sortOf(cursor))) count++;
      });
    }
    return count;
  }

  record(record: number): MapRecord {
    const tag = this.#tagOf(record);
    return {
      record,
      tag,
      kind: recordTable[tag]!.kind,
      index: this.#kindsBefore(tag, record),
      offset: this.#offsets.at(record),
      end: this.#endOf(record),
    };
  }

  offsetOf(record: number): number {
    return record < this.records ? this.#offsets.at(record) : this.end;
  }

  tagOf(record: number): number {
    return this.#tagOf(record);
  }

  /** Records of each kind before a record, by tag. */
  countsBefore(record: number): number[] {
    return recordTable.map(({ tag }) => this.#kindsBefore(tag, record));
  }

  /** Position among all of the n-th record of a kind. */
  nthOfKind(tag: number, n: number): number {
    let record = this.#checkpointBefore([classes + tag], n) * checkpointEvery;
    let left = n - this.#checkpointValue(record / checkpointEvery, classes + tag);
    for (; record < this.records; record++) {
      if (this.#tagOf(record) === tag && left-- === 0) return record;
    }
    throw new RangeError(`no record ${n} of tag ${tag}`);
  }

  /** The record that holds the byte; -1 in the header. */
  recordAt(offset: number): number {
    let low = 0;
    let high = this.records;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#offsets.at(middle) <= offset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** Calls back with a cursor at each field of a record, until it returns true. */
  walk(record: number, visit: (cursor: FieldCursor) => unknown): void {
    const tag = this.#tagOf(record);
    const cursor = this.#walker ?? this.#newCursor();
    this.#walker = undefined;
    const offset = this.#offsets.at(record);
    cursor.push(this.bytes.subarray(offset, this.#endOf(record)));
    cursor.origin = offset;
    cursor.counts[tag] = this.#kindsBefore(tag, record);
    while (cursor.advance() === fieldReady) {
      if (visit(cursor) === true) return;
    }
    if (tag !== tagEOF) this.#walker = cursor;
  }

  /** All fields of a record. */
  fieldsOf(record: number): MapField[] {
    const fields: MapField[] = [];
    this.walk(record, (cursor) => {
      fields.push(fieldAtCursor(cursor, record));
    });
    return fields;
  }

  /** The n-th field of these sorts. */
  field(sorts: readonly FieldClass[], n: number): MapField {
    const block = this.#checkpointBefore(sorts, n);
    let left = n;
    for (const sort of sorts) left -= this.#checkpointValue(block, sort);
    let found: MapField | undefined;
    for (let record = block * checkpointEvery; record < this.records; record++) {
      this.walk(record, (cursor) => {
        if (!sorts.includes(sortOf(cursor)) || left-- > 0) return false;
        found = fieldAtCursor(cursor, record);
        return true;
      });
      if (found !== undefined) return found;
    }
    throw new RangeError(`no field ${n}`);
  }

  /** The field that holds a byte of a record. */
  fieldAt(offset: number): MapField | undefined {
    const record = this.recordAt(offset);
    if (record < 0 || offset >= this.#endOf(record)) return undefined;
    let found: MapField | undefined;
    this.walk(record, (cursor) => {
      if (cursor.offset + cursor.length <= offset) return false;
      found = fieldAtCursor(cursor, record);
      return true;
    });
    return found;
  }

  #newCursor(): FieldCursor {
    const cursor = new FieldCursor(() => {});
    cursor.push(this.bytes.subarray(0, headerLength));
    cursor.advance();
    return cursor;
  }

  #endOf(record: number): number {
    return record + 1 < this.records ? this.#offsets.at(record + 1) : this.end;
  }

  #tagOf(record: number): number {
    let at = this.#offsets.at(record);
    let tag = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[at++]!;
      tag += (byte & 0x7f) << shift;
      if (byte < 0x80) return tag;
    }
  }

  #checkpoint(offset: number): void {
    if (this.records % checkpointEvery === 0) {
      for (const value of this.#totals) this.#checkpoints.push(value);
    }
    this.#offsets.push(offset);
  }

  #addObject(view: ObjectView): void {
    this.#checkpoint(view.offset);
    const totals = this.#totals;
    totals[fieldClass.tag]!++;
    totals[fieldClass.address]!++;
    totals[fieldClass.memoryLength]!++;
    if (view.size > 0) totals[fieldClass.memoryBytes]!++;
    totals[fieldClass.fieldKind]! += view.pointerCount;
    totals[fieldClass.fieldOffset]! += view.pointerCount;
    totals[fieldClass.fieldEnd]!++;
    totals[classes + tagObject]!++;
    this.bytesOfKind[tagObject]! += view.length;
  }

  #addRecord(tag: number, offset: number, end: number): void {
    this.#checkpoint(offset);
    const totals = this.#totals;
    const cursor = this.#walker ?? this.#newCursor();
    cursor.push(this.bytes.subarray(offset, end));
    while (cursor.advance() === fieldReady) totals[sortOf(cursor)]!++;
    this.#walker = tag === tagEOF ? undefined : cursor;
    totals[classes + tag]!++;
    this.bytesOfKind[tag]! += end - offset;
  }

  #checkpointValue(block: number, column: number): number {
    return this.#checkpoints.at(block * checkpointWidth + column);
  }

  /** The last checkpoint with at most n of these columns before it. */
  #checkpointBefore(columns: readonly number[], n: number): number {
    let low = 0;
    let high = Math.ceil(this.records / checkpointEvery);
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      let sum = 0;
      for (const column of columns) sum += this.#checkpointValue(middle, column);
      if (sum <= n) low = middle;
      else high = middle;
    }
    return low;
  }

  #kindsBefore(tag: number, record: number): number {
    if (record >= this.records) return this.kindCount(tag);
    const block = Math.floor(record / checkpointEvery);
    let count = this.#checkpointValue(block, classes + tag);
    for (let i = block * checkpointEvery; i < record; i++) if (this.#tagOf(i) === tag) count++;
    return count;
  }
}

/** The field that a cursor stands on. */
export function fieldAtCursor(cursor: FieldCursor, record: number): MapField {
  return {
    record,
    recordName: cursor.recordName(),
    kind: recordTable[cursor.tag]!.kind,
    path: cursor.path(),
    sort: sortOf(cursor),
    offset: cursor.offset,
    length: cursor.length,
    value: cursor.value,
    round: cursor.round,
  };
}
