/** A timeline as bytes, for a page or a file: README.md tells the format. */
import { Column, type ColumnKind } from './column.ts';
import { type FieldType, Table, Timeline } from './timeline.ts';

/** What the bytes begin with, as JSON. */
interface Header {
  readonly format: 'goheapsim timeline';
  readonly version: 1;
  readonly strings: readonly string[];
  readonly types: readonly (readonly [address: number, name: string])[];
  readonly tables: readonly {
    readonly name: string;
    readonly length: number;
    readonly fields: readonly { readonly name: string; readonly type: FieldType }[];
  }[];
  /** Columns in the order of their bytes. */
  readonly columns: readonly {
    readonly name: string;
    readonly kind: ColumnKind;
    readonly bias: number;
    readonly length: number;
  }[];
}

const widths: Readonly<Record<ColumnKind, number>> = { u8: 1, u16: 2, u32: 4, f64: 8 };
const arrays = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, f64: Float64Array } as const;
const alignment = 8;

const aligned = (n: number): number => Math.ceil(n / alignment) * alignment;

/** The bytes of a timeline. */
export function packTimeline(timeline: Timeline): Uint8Array {
  const columns = [...timeline.namedColumns()];
  const header: Header = {
    format: 'goheapsim timeline',
    version: 1,
    strings: timeline.strings.texts,
    types: [...timeline.types],
    tables: timeline.tables.map(({ name, length, fields }) => ({
      name,
      length,
      fields: fields.map((field) => ({ name: field.name, type: field.type })),
    })),
    columns: columns.map(([name, { kind, bias, length }]) => ({ name, kind, bias, length })),
  };
  const json = new TextEncoder().encode(JSON.stringify(header));
  let size = aligned(4 + json.length);
  for (const [, column] of columns) size += aligned(column.bytes);
  const bytes = new Uint8Array(size);
  new DataView(bytes.buffer).setUint32(0, json.length, true);
  bytes.set(json, 4);
  let at = aligned(4 + json.length);
  for (const [, column] of columns) {
    const { buffer, byteOffset, byteLength } = column.values();
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += aligned(column.bytes);
  }
  return bytes;
}

/** The timeline of such bytes, whose columns share their memory. @throws {RangeError} for other bytes */
export function unpackTimeline(bytes: Uint8Array): Timeline {
  const whole = bytes.byteOffset % alignment === 0 ? bytes : bytes.slice();
  const length = new DataView(whole.buffer, whole.byteOffset).getUint32(0, true);
  const text = new TextDecoder().decode(whole.subarray(4, 4 + length));
  const header = JSON.parse(text) as Header;
  if (header.format !== 'goheapsim timeline' || header.version !== 1) {
    throw new RangeError(`no timeline of version 1: ${text.slice(0, 60)}`);
  }
  const columns = new Map<string, Column>();
  let at = aligned(4 + length);
  for (const { name, kind, bias, length: n } of header.columns) {
    columns.set(
      name,
      Column.of(new arrays[kind](whole.buffer as ArrayBuffer, whole.byteOffset + at, n), bias),
    );
    at += aligned(n * widths[kind]);
  }
  const timeline = new Timeline();
  for (const text of header.strings) timeline.strings.id(text);
  for (const [address, name] of header.types) timeline.types.set(address, name);
  for (const [i, { name, length: rows, fields }] of header.tables.entries()) {
    const filled = fields.map((field) => ({
      ...field,
      column: columns.get(`tables.${i}.${field.name}`)!,
    }));
    timeline.tables.push(new Table(name, filled, timeline.strings, timeline.bits, rows));
  }
  timeline.fill(columns);
  return timeline;
}
