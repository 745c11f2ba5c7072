/**
 * Columns of numbers that take as few bytes a value as the values so far allow. A column begins with one
 * byte a value and is rewritten wider when a value does not fit.
 */

type Values = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** How a column's values are stored. */
export type ColumnKind = 'u8' | 'u16' | 'u32' | 'f64';

const kinds: readonly ColumnKind[] = ['u8', 'u16', 'u32', 'f64'];
const limits = [2 ** 8, 2 ** 16, 2 ** 32] as const;
const makers = [
  (n: number) => new Uint8Array(n),
  (n: number) => new Uint16Array(n),
  (n: number) => new Uint32Array(n),
  (n: number) => new Float64Array(n),
] as const;

/** A list of numbers. What it stores of a value is its distance from `bias`. */
export class Column {
  length = 0;
  /** 0, or for addresses that lie within 4 GiB the address below which none lies. */
  bias = 0;
  #width = 0;
  #limit: number = limits[0];
  #values: Values = new Uint8Array(64);

  push(value: number): void {
    const stored = value - this.bias;
    if (
      this.#width < 3 &&
      !(stored >= 0 && stored < this.#limit && Math.floor(stored) === stored)
    ) {
      this.#makeRoomFor(value);
      this.push(value);
      return;
    }
    if (this.length === this.#values.length) this.#rewrite(this.length * 2);
    this.#values[this.length++] = stored;
  }

  at(i: number): number {
    return this.#values[i]! + this.bias;
  }

  get kind(): ColumnKind {
    return kinds[this.#width]!;
  }

  /** Bytes that the values take. */
  get bytes(): number {
    return this.length * this.#values.BYTES_PER_ELEMENT;
  }

  /** What is stored, `bias` not added; borrowed. */
  values(): Values {
    return this.#values.subarray(0, this.length);
  }

  /** The column whose stored values these are. */
  static of(values: Values, bias: number): Column {
    const column = new Column();
    column.#width = [1, 2, 4, 8].indexOf(values.BYTES_PER_ELEMENT);
    column.#limit = limits[column.#width] ?? Number.POSITIVE_INFINITY;
    column.#values = values;
    column.length = values.length;
    column.bias = bias;
    return column;
  }

  #makeRoomFor(value: number): void {
    if (this.length === 0 && this.bias === 0 && value >= 2 ** 32 && Number.isSafeInteger(value)) {
      this.bias = Math.floor(value / 2 ** 32) * 2 ** 32;
      return;
    }
    const stored = value - this.bias;
    let width = this.#width;
    const isWhole = stored >= 0 && Math.floor(stored) === stored;
    while (width < 3 && !(isWhole && stored < limits[width]!)) width++;
    if (width === 3 && this.bias !== 0) this.#unbias();
    this.#width = width;
    this.#limit = limits[width] ?? Number.POSITIVE_INFINITY;
    this.#rewrite(this.#values.length);
  }

  #rewrite(size: number): void {
    const next = makers[this.#width]!(Math.max(64, size));
    next.set(this.values());
    this.#values = next;
  }

  #unbias(): void {
    const next = new Float64Array(this.#values.length);
    for (let i = 0; i < this.length; i++) next[i] = this.at(i);
    this.#values = next;
    this.bias = 0;
  }
}

/** Texts by number; 0 is ''. */
export class Strings {
  readonly texts: string[] = [''];
  readonly #ids = new Map<string, number>([['', 0]]);

  id(text: string): number {
    let id = this.#ids.get(text);
    if (id === undefined) {
      id = this.texts.push(text) - 1;
      this.#ids.set(text, id);
    }
    return id;
  }
}
