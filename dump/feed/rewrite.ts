/** Dumps written anew, record by record: all addresses mapped, memory filled or stretched, another byte order or pointer size. */

import { readDump } from '../reader.ts';
import type { DumpRecord, RecordOfKind, Uint64 } from '../records.ts';
import { dumpHeaders, headerLength, recordTable } from '../records.ts';
import type { Base } from './base.ts';
import { ByteWriter, type RecordValues, writeRecord } from './encoder.ts';

/** Byte order and width of pointers. */
export interface PointerFormat {
  readonly width: number;
  readonly bigEndian: boolean;
}

export type MemoryRecord = RecordOfKind<'object' | 'stackFrame' | 'dataSegment' | 'bss'>;

/** How each record is changed. */
export interface Rewriting {
  /** An address, in a field or in memory where a pointer lies. */
  readonly address?: (address: Uint64) => Uint64;
  /** The memory of a record; the result has pointers where `offsets` say. */
  readonly memory?: (record: MemoryRecord) => { contents: Uint8Array; pointers: readonly Uint64[] };
  /** Other fields of a record. */
  readonly fields?: (record: DumpRecord) => Readonly<Record<string, unknown>>;
}

export function formatOf(base: Base): PointerFormat {
  return { width: base.pointerSize, bigEndian: base.params.bigEndian };
}

/** Whether the base can be written anew: the first format has another encoding of params. */
export function canRewrite(base: Base): boolean {
  return String.fromCharCode(...base.bytes.subarray(0, headerLength)) !== dumpHeaders[0];
}

/** Reads a word of memory. */
export function readWord(bytes: Uint8Array, at: number, format: PointerFormat): Uint64 {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (format.width === 4) return view.getUint32(at, !format.bigEndian);
  const value = view.getBigUint64(at, !format.bigEndian);
  return value <= 2n ** 53n ? Number(value) : value;
}

/** Writes a word of memory; what does not fit is cut off. */
export function writeWord(
  bytes: Uint8Array,
  at: number,
  format: PointerFormat,
  value: Uint64,
): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (format.width === 4) view.setUint32(at, Number(BigInt(value) % 2n ** 32n), !format.bigEndian);
  else view.setBigUint64(at, BigInt(value), !format.bigEndian);
}

/** Whether a pointer at an offset lies within the memory. */
export function fits(offset: Uint64, record: MemoryRecord, width: number): offset is number {
  return typeof offset === 'number' && offset + width <= record.contents.length;
}

/** A copy of the memory with each pointer mapped. */
export function mapPointers(
  record: MemoryRecord,
  format: PointerFormat,
  address: (address: Uint64) => Uint64,
): { contents: Uint8Array; pointers: readonly Uint64[] } {
  const contents = record.contents.slice();
  for (const offset of record.pointers) {
    if (!fits(offset, record, format.width)) continue;
    const value = readWord(record.contents, offset, format);
    writeWord(contents, offset, format, address(value));
  }
  return { contents, pointers: record.pointers };
}

function rewritten(record: DumpRecord, rewriting: Rewriting): RecordValues {
  const values: Record<string, unknown> = { ...record, kind: record.kind };
  const { address, memory, fields } = rewriting;
  if (address !== undefined) {
    for (const { name, type } of recordTable[record.tag].fields) {
      if (type === 'address') values[name] = address(values[name] as Uint64);
    }
  }
  if (memory !== undefined && 'contents' in record) Object.assign(values, memory(record));
  if (fields !== undefined) Object.assign(values, fields(record));
  return values as RecordValues;
}

const block = 1 << 16;

/** The base written anew. */
export function* rewriteDump(base: Base, rewriting: Rewriting): Generator<Uint8Array> {
  yield base.bytes.subarray(0, headerLength);
  const writer = new ByteWriter();
  for (const record of readDump(base.bytes, { onDefect: () => {} })) {
    writeRecord(writer, rewritten(record, rewriting));
    if (writer.length >= block) yield writer.take();
  }
  if (writer.length > 0) yield writer.take();
}
