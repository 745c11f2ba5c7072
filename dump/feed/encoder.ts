/**
 * Records to bytes, by the record table; and numbers written otherwise than they may be. It shares nothing with the port
 * and nothing with the tests' own encoder.
 */
import type { DumpRecord, FieldSpec, RecordKind, Uint64 } from '../records.ts';
import { recordTable } from '../records.ts';

/** A record to be written: values by the table's names. What is left out is 0, false, '' or empty. */
export interface RecordValues {
  readonly kind: RecordKind;
  readonly [name: string]: unknown;
}

/** Bytes that grow. */
export class ByteWriter {
  #bytes = new Uint8Array(256);
  length = 0;

  byte(value: number): void {
    if (this.length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.length++] = value;
  }

  append(bytes: Uint8Array): void {
    if (this.length + bytes.length > this.#bytes.length) this.#grow(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  uvarint(value: Uint64): void {
    let rest = value;
    if (typeof rest === 'bigint') {
      for (; rest >= 128n; rest >>= 7n) this.byte(Number(rest & 127n) | 128);
      this.byte(Number(rest));
      return;
    }
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.byte((rest % 128) | 128);
    this.byte(rest);
  }

  /** What was written since the last take; the writer is empty afterwards. */
  take(): Uint8Array {
    const taken = this.#bytes.slice(0, this.length);
    this.length = 0;
    return taken;
  }

  #grow(by: number): void {
    const larger = new Uint8Array(Math.max(this.length + by, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.length));
    this.#bytes = larger;
  }
}

const encoder = new TextEncoder();

/** A number in as few bytes as can be. */
export function uvarint(value: Uint64): Uint8Array {
  const writer = new ByteWriter();
  writer.uvarint(value);
  return writer.take();
}

/**
 * A number in `length` bytes, more than it needs. Up to ten bytes it is still a 64-bit uvarint, though not the shortest;
 * above, no reader can take it for one.
 */
export function overlongUvarint(value: Uint64, length: number): Uint8Array {
  const shortest = uvarint(value);
  const bytes = new Uint8Array(Math.max(length, shortest.length)).fill(0x80);
  bytes.set(shortest);
  if (shortest.length < bytes.length) {
    bytes[shortest.length - 1]! |= 0x80;
    bytes[bytes.length - 1] = 0;
  }
  return bytes;
}

/** Ten bytes for a number of more than 64 bits. */
export function overflowingUvarint(): Uint8Array {
  const bytes = new Uint8Array(10).fill(0xff);
  bytes[9] = 2;
  return bytes;
}

function counted(writer: ByteWriter, value: unknown): void {
  const bytes = typeof value === 'string' ? encoder.encode(value) : (value as Uint8Array);
  writer.uvarint(bytes.length);
  writer.append(bytes);
}

function writeField(writer: ByteWriter, field: FieldSpec, value: unknown): void {
  switch (field.type) {
    case 'uvarint':
    case 'address':
      writer.uvarint((value as Uint64 | undefined) ?? 0);
      break;
    case 'bool':
      writer.byte(value === true ? 1 : 0);
      break;
    case 'string':
    case 'memory':
      counted(writer, value ?? '');
      break;
    case 'fieldList':
      for (const offset of (value as readonly Uint64[] | undefined) ?? []) {
        writer.byte(1);
        writer.uvarint(offset);
      }
      writer.byte(0);
      break;
    case 'repeat':
      writeGroup(writer, field, (value as readonly unknown[] | undefined) ?? []);
      break;
    default:
      field satisfies never;
  }
}

function writeGroup(
  writer: ByteWriter,
  field: Extract<FieldSpec, { type: 'repeat' }>,
  elements: readonly unknown[],
): void {
  const rounds = field.count === 'declared' ? elements.length : field.count;
  if (field.count === 'declared') writer.uvarint(rounds);
  for (let round = 0; round < rounds; round++) {
    const element = elements[round];
    for (const part of field.of) {
      const whole = part.name === '';
      writeField(
        writer,
        part,
        whole ? element : (element as RecordValues | undefined)?.[part.name],
      );
    }
  }
}

const specOf = new Map(recordTable.map((spec) => [spec.kind, spec]));

/** Writes a record as Go 1.7 and later do. */
export function writeRecord(writer: ByteWriter, record: RecordValues | DumpRecord): void {
  const spec = specOf.get(record.kind)!;
  writer.uvarint(spec.tag);
  const values = record as RecordValues;
  for (const field of spec.fields) writeField(writer, field, values[field.name]);
}

/** The bytes of a record. */
export function recordBytes(record: RecordValues | DumpRecord): Uint8Array {
  const writer = new ByteWriter();
  writeRecord(writer, record);
  return writer.take();
}
