/** Appends steps and events to a timeline. */
import { Column } from './column.ts';
import { type Field, type FieldType, type Figures, Table, Timeline } from './timeline.ts';

type Details = Readonly<Record<string, unknown>>;

/** The text by which operations tell an address. */
const addressText = /^0x[0-9a-f]{1,14}$/;

function typeOf(value: unknown): FieldType {
  if (value instanceof Uint8Array) return 'bits';
  if (typeof value === 'string') return addressText.test(value) ? 'address' : 'string';
  return typeof value === 'boolean' ? 'boolean' : 'number';
}

/** Tells tables apart whose rows have the same name. */
function shapeOf(name: string, details: Details): string {
  let shape = name;
  for (const key in details) {
    const value = details[key];
    if (key !== 'name' && value !== undefined) shape += ` ${key}:${typeOf(value)}`;
  }
  return shape;
}

export class TimelineWriter {
  readonly timeline = new Timeline();
  readonly #shapes = new Map<string, number>();
  /** The table that the last row of a name went to: most often the next one goes there too. */
  readonly #last = new Map<string, number>();
  readonly #places = new Map<string, number>();
  #slow: readonly number[] = [];

  /** Appends an event of the step that is to be ended next. */
  event(name: string, details: Details): void {
    const { events, tables } = this.timeline;
    const table = this.#add(name, details);
    events.table.push(table);
    events.row.push(tables[table]!.length - 1);
  }

  /** Ends a step: the events since the last one are its. */
  step(
    name: string,
    details: Details,
    { goroutine, func, line }: { goroutine: number; func: string; line: number },
    firstEvent: number,
    figures: Figures,
  ): void {
    const { steps, tables, quick } = this.timeline;
    const table = this.#add(name, details);
    steps.table.push(table);
    steps.row.push(tables[table]!.length - 1);
    steps.goroutine.push(goroutine);
    steps.place.push(this.#place(func, line));
    steps.firstEvent.push(firstEvent);
    for (const name of Object.keys(quick) as (keyof typeof quick)[])
      quick[name].push(figures[name]);
    steps.slow.push(this.#slowRow(figures));
  }

  #slowRow(figures: Figures): number {
    const { slow } = this.timeline;
    const names = Object.keys(slow) as (keyof typeof slow)[];
    const row = names.map((name) => figures[name]);
    if (this.#slow.length === 0 || row.some((value, i) => value !== this.#slow[i])) {
      for (const [i, name] of names.entries()) slow[name].push(row[i]!);
      this.#slow = row;
    }
    return slow.numGC.length - 1;
  }

  #place(func: string, line: number): number {
    const key = `${line} ${func}`;
    let place = this.#places.get(key);
    if (place === undefined) {
      const { places, strings } = this.timeline;
      place = places.func.length;
      places.func.push(strings.id(func));
      places.line.push(line);
      this.#places.set(key, place);
    }
    return place;
  }

  /** Appends a row to the table of its shape; gives the table's number. */
  #add(name: string, details: Details): number {
    const last = this.#last.get(name);
    if (last !== undefined && this.#append(this.timeline.tables[last]!, details)) return last;
    const shape = shapeOf(name, details);
    let table = this.#shapes.get(shape);
    if (table === undefined) {
      table = this.#newTable(name, details);
      this.#shapes.set(shape, table);
    }
    this.#last.set(name, table);
    this.#append(this.timeline.tables[table]!, details);
    return table;
  }

  #newTable(name: string, details: Details): number {
    const { tables, strings, bits } = this.timeline;
    const fields: Field[] = [];
    for (const [key, value] of Object.entries(details)) {
      if (key === 'name' || value === undefined) continue;
      fields.push({ name: key, type: typeOf(value), column: new Column() });
    }
    return tables.push(new Table(name, fields, strings, bits)) - 1;
  }

  /** Appends the row if it has the table's fields, in their order; false if it has not. */
  #append(table: Table, details: Details): boolean {
    const { fields } = table;
    let i = 0;
    for (const key in details) {
      const value = details[key];
      if (key === 'name' || value === undefined) continue;
      const field = fields[i++];
      if (field === undefined || field.name !== key || field.type !== typeOf(value)) return false;
    }
    if (i !== fields.length) return false;
    for (const { name, type, column } of fields) column.push(this.#stored(type, details[name]));
    table.length++;
    return true;
  }

  #stored(type: FieldType, value: unknown): number {
    if (type === 'bits') return this.#addBits(value as Uint8Array);
    return type === 'string' ? this.timeline.strings.id(value as string) : Number(value);
  }

  #addBits(bits: Uint8Array): number {
    const { start, length, bytes } = this.timeline.bits;
    start.push(bytes.length);
    length.push(bits.length);
    for (const byte of bits) bytes.push(byte);
    return start.length - 1;
  }
}
