/** A timeline as bytes, for a page or a file: README.md tells the format. */
import { arrays, type Coding, countedUp, decode, encode, type Numbers } from './coding.ts';
import { Column, type ColumnKind } from './column.ts';
import { type FieldType, Table, Timeline } from './timeline.ts';

/** What the bytes begin with, as JSON. */
interface Header {
  readonly format: 'goheapsim timeline';
  readonly version: 4;
  readonly strings: readonly string[];
  readonly types: readonly (readonly [address: number, name: string, size: number | null])[];
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
    /** Where the bytes are not the values. */
    readonly coding?: Coding;
    readonly runs?: number;
  }[];
}

const alignment = 8;

const aligned = (n: number): number => Math.ceil(n / alignment) * alignment;

/** The bytes of a timeline. */
export function packTimeline(timeline: Timeline): Uint8Array {
  const counted = countedRows(timeline);
  const columns = [...timeline.namedColumns()].map(([name, column]) => {
    const { kind, bias, length } = column;
    if (counted.has(name)) {
      return { header: { name, kind, bias, length, coding: 'count' as const }, pieces: [] };
    }
    const { pieces, ...coding } = encode(column.values(), kind);
    return { header: { name, kind, bias, length, ...coding }, pieces };
  });
  const header: Header = {
    format: 'goheapsim timeline',
    version: 4,
    strings: timeline.strings.texts,
    types: [...timeline.types].map(([typ, name]) => [
      typ,
      name,
      timeline.typeSizes.get(typ) ?? null,
    ]),
    tables: timeline.tables.map(({ name, length, fields }) => ({
      name,
      length,
      fields: fields.map((field) => ({ name: field.name, type: field.type })),
    })),
    columns: columns.map((column) => column.header),
  };
  const json = new TextEncoder().encode(JSON.stringify(header));
  let size = aligned(4 + json.length);
  const pieces = columns.flatMap((column) => column.pieces.map(bytesOf));
  for (const { length } of pieces) size += aligned(length);
  const packed = new Uint8Array(size);
  new DataView(packed.buffer).setUint32(0, json.length, true);
  packed.set(json, 4);
  let at = aligned(4 + json.length);
  for (const bytes of pieces) {
    packed.set(bytes, at);
    at += aligned(bytes.length);
  }
  return packed;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Numbers): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** Columns of row numbers that count up, each table by itself. */
function countedRows({ steps, events, tables }: Timeline): Set<string> {
  const counted = new Set<string>();
  for (const [name, { table, row }] of [
    ['steps', steps],
    ['events', events],
  ] as const) {
    const rows = new Uint32Array(tables.length);
    let i = 0;
    while (i < row.length && row.at(i) === rows[table.at(i)]!++) i++;
    if (i === row.length && row.bias === 0) counted.add(`${name}.row`);
  }
  return counted;
}

/** The timeline of such bytes, whose columns share their memory. @throws {RangeError} for other bytes */
export function unpackTimeline(bytes: Uint8Array): Timeline {
  const whole = bytes.byteOffset % alignment === 0 ? bytes : bytes.slice();
  const length = new DataView(whole.buffer, whole.byteOffset).getUint32(0, true);
  const text = new TextDecoder().decode(whole.subarray(4, 4 + length));
  const header = JSON.parse(text) as Header;
  if (header.format !== 'goheapsim timeline' || header.version !== 4) {
    throw new RangeError(`no timeline of version 4: ${text.slice(0, 60)}`);
  }
  const columns = new Map<string, Column>();
  let at = aligned(4 + length);
  const piece = (kind: ColumnKind, n: number): Numbers => {
    const values = new arrays[kind](whole.buffer as ArrayBuffer, whole.byteOffset + at, n);
    at += aligned(values.byteLength);
    return values;
  };
  for (const column of header.columns) {
    const { name, kind, bias, coding } = column;
    // Of row numbers that are counted the tables' numbers came before.
    const values =
      coding === 'count'
        ? countedUp(columns.get(name.replace('.row', '.table'))!, header.tables.length, kind)
        : decode(column, piece);
    columns.set(name, Column.of(values, bias));
  }
  const timeline = new Timeline();
  for (const text of header.strings) timeline.strings.id(text);
  for (const [address, name, size] of header.types) {
    timeline.types.set(address, name);
    if (size !== null) timeline.typeSizes.set(address, size);
  }
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
