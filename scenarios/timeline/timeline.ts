/**
 * The log of a run: its steps, the runtime's events within each, and the statistics after each, in
 * columns. README.md tells the format.
 */
import { Column, Strings } from './column.ts';
import { tinyObjects, valuesName } from './values-name.ts';

/** What the numbers of a field stand for. */
export type FieldType = 'number' | 'address' | 'string' | 'boolean' | 'bits';

type FieldValue = number | string | boolean;

/** A step or an event as an object: `name` is what it is. */
export interface Row {
  readonly name: string;
  readonly [field: string]: FieldValue;
}

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly column: Column;
}

/** Runs of bytes, each the bits of one span: run i is of `length[i]` bytes from `start[i]` on. */
type Bits = Record<'start' | 'length' | 'bytes', Column>;

/** A run of {@link Timeline.bits}; borrowed. */
export function bitsAt({ start, length, bytes }: Bits, run: number): Uint8Array {
  const from = start.at(run);
  return bytes.values().subarray(from, from + length.at(run)) as Uint8Array;
}

/** Bit i as the character i, as Go's own listings of bitmaps have them. */
function bitsText(bits: Uint8Array): string {
  let text = '';
  for (const byte of bits) for (let i = 0; i < 8; i++) text += (byte >> i) & 1;
  return text;
}

/** Rows of one name that have the same fields. */
export class Table {
  readonly name: string;
  readonly fields: readonly Field[];
  readonly #strings: Strings;
  readonly #bits: Bits;
  length = 0;

  constructor(name: string, fields: readonly Field[], strings: Strings, bits: Bits, length = 0) {
    this.name = name;
    this.fields = fields;
    this.#strings = strings;
    this.#bits = bits;
    this.length = length;
  }

  row(i: number): Row {
    const row: { name: string; [field: string]: FieldValue } = { name: this.name };
    for (const { name, type, column } of this.fields) {
      const value = column.at(i);
      if (type === 'string') row[name] = this.#strings.texts[value]!;
      else if (type === 'bits') row[name] = bitsText(bitsAt(this.#bits, value));
      else row[name] = type === 'boolean' ? value !== 0 : value;
    }
    return row;
  }
}

/** The figures that change with nearly every allocation, and those that do not. */
const quickFigures = ['heapAlloc', 'mallocs', 'frees'] as const;
const slowFigures = [
  'heapInuse',
  'heapIdle',
  'heapReleased',
  'stackInuse',
  'heapLive',
  'nextGC',
  'numGC',
  'gcphase',
] as const;

/** Statistics after a step; bytes but for the counts `mallocs`, `frees`, `numGC`, and the phase. */
export type Figures = Record<(typeof quickFigures)[number] | (typeof slowFigures)[number], number>;

/** One step. */
export interface Step {
  /** 0 is everything before main.main. */
  readonly index: number;
  readonly goroutine: number;
  /** The script's function, with the line of the Go program it stands for. */
  readonly func: string;
  readonly line: number;
  readonly operation: Row;
  /** The runtime's events in it: from this one up to, but without, `endEvent`. */
  readonly firstEvent: number;
  readonly endEvent: number;
}

/** What was asked for in a slot. */
interface Asked {
  /** Address of the type, 0 without one. */
  readonly typ: number;
  /** Bytes, of all requests. */
  readonly requested: number;
  /** More than one in a block of tiny objects. */
  readonly requests?: number;
}

const columns = <K extends string>(names: readonly K[]) =>
  Object.fromEntries(names.map((name) => [name, new Column()])) as Record<K, Column>;

/** The columns of a log, in which rows are found by table and position. */
export class Timeline {
  readonly strings = new Strings();
  readonly tables: Table[] = [];
  readonly steps = columns(['table', 'row', 'goroutine', 'place', 'firstEvent', 'slow']);
  readonly events = columns(['table', 'row']);
  /** Functions and lines, by number. */
  readonly places = columns(['func', 'line']);
  readonly quick = columns(quickFigures);
  readonly slow = columns(slowFigures);
  readonly bits: Bits = columns(['start', 'length', 'bytes']);
  /** Names of types by their addresses, and their sizes as far as they are known. */
  readonly types = new Map<number, string>();
  readonly typeSizes = new Map<number, number>();

  get length(): number {
    return this.steps.table.length;
  }

  step(index: number): Step {
    const { steps, places, strings } = this;
    if (index < 0 || index >= this.length) throw new RangeError(`no step ${index}`);
    const place = steps.place.at(index);
    const last = index + 1 === this.length;
    return {
      index,
      goroutine: steps.goroutine.at(index),
      func: strings.texts[places.func.at(place)]!,
      line: places.line.at(place),
      operation: this.#row(steps.table.at(index), steps.row.at(index)),
      firstEvent: steps.firstEvent.at(index),
      endEvent: last ? this.events.table.length : steps.firstEvent.at(index + 1),
    };
  }

  /** What is in a slot, by what was asked for in it: `[]main.Node`; undefined without a type. */
  typeName({ typ, requested, requests = 1 }: Asked): string | undefined {
    if (requests > 1) return tinyObjects;
    const name = this.types.get(typ);
    return name === undefined ? undefined : valuesName(name, this.typeSizes.get(typ), requested);
  }

  event(index: number): Row {
    return this.#row(this.events.table.at(index), this.events.row.at(index));
  }

  /** The events of a step. */
  eventsOf({ firstEvent, endEvent }: Step): Row[] {
    return Array.from({ length: endEvent - firstEvent }, (_, i) => this.event(firstEvent + i));
  }

  /** The name of an event, without the rest of it. */
  eventName(index: number): string {
    return this.tables[this.events.table.at(index)]!.name;
  }

  #row(table: number, row: number): Row {
    return this.tables[table]!.row(row);
  }

  /** Statistics after a step. */
  figures(index: number): Figures {
    const at = this.steps.slow.at(index);
    const quick = quickFigures.map((name) => [name, this.quick[name].at(index)]);
    const slow = slowFigures.map((name) => [name, this.slow[name].at(at)]);
    return Object.fromEntries([...quick, ...slow]) as Figures;
  }

  /** The columns that every timeline has, by group. */
  #groups(): Record<string, Record<string, Column>> {
    const { steps, events, places, quick, slow, bits } = this;
    return { steps, events, places, quick, slow, bits };
  }

  /** Puts these columns, by the names of {@link namedColumns}, in the place of the empty ones. */
  fill(columns: ReadonlyMap<string, Column>): void {
    for (const [group, members] of Object.entries(this.#groups())) {
      for (const name of Object.keys(members)) members[name] = columns.get(`${group}.${name}`)!;
    }
  }

  /** All columns, each with the name by which an export knows it. */
  *namedColumns(): Generator<readonly [name: string, column: Column]> {
    for (const [group, members] of Object.entries(this.#groups())) {
      for (const [name, column] of Object.entries(members)) yield [`${group}.${name}`, column];
    }
    for (const [i, table] of this.tables.entries()) {
      for (const { name, column } of table.fields) yield [`tables.${i}.${name}`, column];
    }
  }

  /** Bytes of all columns. */
  get bytes(): number {
    let sum = 0;
    for (const [, column] of this.namedColumns()) sum += column.bytes;
    return sum;
  }
}
