/** A timeline as bytes, for a page or a file: README.md tells the format. */
import { Column, type ColumnKind } from './column.ts';
import { type FieldType, Table, Timeline } from './timeline.ts';

/** What the bytes begin with, as JSON. */
interface Header {
  readonly format: 'goheapsim timeline';
  readonly version: 2;
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
    /** Where the bytes are not the values: see {@link Coding}. */
    readonly coding?: Coding;
  }[];
}

/**
 * How values are told in fewer bytes. `u8`, `u16`: as the differences from the value before, which that kind holds, 2d for
 * d >= 0 and -2d-1 below. `count`: not at all, as each is the number of rows that its table had so far.
 */
type Coding = 'u8' | 'u16' | 'count';

const widths: Readonly<Record<ColumnKind, number>> = { u8: 1, u16: 2, u32: 4, f64: 8 };
const arrays = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, f64: Float64Array } as const;
const alignment = 8;

const aligned = (n: number): number => Math.ceil(n / alignment) * alignment;

/** The bytes of a timeline. */
export function packTimeline(timeline: Timeline): Uint8Array {
  const counted = countedRows(timeline);
  const columns = [...timeline.namedColumns()].map(([name, column]) => {
    const { kind, bias, length } = column;
    if (counted.has(name)) {
      return { header: { name, kind, bias, length, coding: 'count' as const }, bytes: empty };
    }
    const values = column.values();
    const coded = kind === 'f64' ? undefined : differences(values, kind);
    const { buffer, byteOffset, byteLength } = coded?.values ?? values;
    return {
      header: { name, kind, bias, length, ...(coded && { coding: coded.kind }) },
      bytes: new Uint8Array(buffer, byteOffset, byteLength),
    };
  });
  const header: Header = {
    format: 'goheapsim timeline',
    version: 2,
    strings: timeline.strings.texts,
    types: [...timeline.types],
    tables: timeline.tables.map(({ name, length, fields }) => ({
      name,
      length,
      fields: fields.map((field) => ({ name: field.name, type: field.type })),
    })),
    columns: columns.map((column) => column.header),
  };
  const json = new TextEncoder().encode(JSON.stringify(header));
  let size = aligned(4 + json.length);
  for (const { bytes } of columns) size += aligned(bytes.length);
  const packed = new Uint8Array(size);
  new DataView(packed.buffer).setUint32(0, json.length, true);
  packed.set(json, 4);
  let at = aligned(4 + json.length);
  for (const { bytes } of columns) {
    packed.set(bytes, at);
    at += aligned(bytes.length);
  }
  return packed;
}

const empty = new Uint8Array(0);

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

type Numbers = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** The differences, where a narrower kind holds them all. */
function differences(
  values: Numbers,
  kind: ColumnKind,
): { kind: 'u8' | 'u16'; values: Uint8Array | Uint16Array } | undefined {
  let most = 0;
  for (let i = 0, before = 0; i < values.length; i++) {
    const d = values[i]! - before;
    before = values[i]!;
    const told = d >= 0 ? 2 * d : -2 * d - 1;
    if (told > most) most = told;
  }
  const narrow = most < 2 ** 8 ? 'u8' : most < 2 ** 16 ? 'u16' : undefined;
  if (narrow === undefined || widths[narrow] >= widths[kind]) return undefined;
  const coded = new arrays[narrow](values.length);
  for (let i = 0, before = 0; i < values.length; i++) {
    const d = values[i]! - before;
    before = values[i]!;
    coded[i] = d >= 0 ? 2 * d : -2 * d - 1;
  }
  return { kind: narrow, values: coded };
}

/** The values of such differences. */
function summed(coded: Numbers, kind: ColumnKind): Numbers {
  const values = new arrays[kind](coded.length);
  for (let i = 0, value = 0; i < coded.length; i++) {
    const told = coded[i]!;
    value += told % 2 === 0 ? told / 2 : -(told + 1) / 2;
    values[i] = value;
  }
  return values;
}

/** The row numbers of tables that are named one by one. */
function countedUp(table: Column, tables: number, kind: ColumnKind): Numbers {
  const rows = new Uint32Array(tables);
  const values = new arrays[kind](table.length);
  for (let i = 0; i < values.length; i++) values[i] = rows[table.at(i)]!++;
  return values;
}

/** The timeline of such bytes, whose columns share their memory. @throws {RangeError} for other bytes */
export function unpackTimeline(bytes: Uint8Array): Timeline {
  const whole = bytes.byteOffset % alignment === 0 ? bytes : bytes.slice();
  const length = new DataView(whole.buffer, whole.byteOffset).getUint32(0, true);
  const text = new TextDecoder().decode(whole.subarray(4, 4 + length));
  const header = JSON.parse(text) as Header;
  if (header.format !== 'goheapsim timeline' || header.version !== 2) {
    throw new RangeError(`no timeline of version 2: ${text.slice(0, 60)}`);
  }
  const columns = new Map<string, Column>();
  let at = aligned(4 + length);
  for (const { name, kind, bias, length: n, coding } of header.columns) {
    // Of row numbers that are counted the tables' numbers came before.
    if (coding === 'count') {
      const table = columns.get(name.replace('.row', '.table'))!;
      columns.set(name, Column.of(countedUp(table, header.tables.length, kind), bias));
      continue;
    }
    const stored = coding ?? kind;
    const told = new arrays[stored](whole.buffer as ArrayBuffer, whole.byteOffset + at, n);
    columns.set(name, Column.of(coding === undefined ? told : summed(told, kind), bias));
    at += aligned(n * widths[stored]);
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
