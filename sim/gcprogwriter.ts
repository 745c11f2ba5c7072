/**
 * Writes a GC program: the run-length coded pointer mask of a type too large for a plain one.
 *
 * @go cmd/internal/gcprog/gcprog.go Writer
 */
const maxLiteral = 127;

export class GcProgWriter {
  readonly #bytes: number[] = [0, 0, 0, 0];
  readonly #bits: number[] = [];
  #index = 0;

  /** Words described so far. */
  get index(): number {
    return this.#index;
  }

  /** Marks word `index` as a pointer, and the words before it that were not described as scalars. */
  ptr(index: number): void {
    this.zeroUntil(index);
    this.#lit(1);
  }

  /** True if a repeat is shorter than `c` copies of `n` bits. */
  static shouldRepeat(n: number, c: number): boolean {
    return c > 1 && c * n > 4 * 8;
  }

  /** Repeats the last `n` words `c` times. */
  repeat(n: number, c: number): void {
    if (n === 0 || c === 0) return;
    this.#flushlit();
    if (n < 128) {
      this.#bytes.push(0x80 + n);
    } else {
      this.#bytes.push(0x80);
      this.#varint(n);
    }
    this.#varint(c);
    this.#index += n * c;
  }

  zeroUntil(index: number): void {
    const skip = index - this.#index;
    if (skip === 0) return;
    if (skip < 4 * 8) {
      for (let i = 0; i < skip; i++) this.#lit(0);
      return;
    }
    this.#lit(0);
    this.#flushlit();
    this.repeat(1, skip - 1);
  }

  /** The program behind its length, four bytes in the target's byte order. */
  end(bigEndian: boolean): Uint8Array {
    this.#flushlit();
    this.#bytes.push(0);
    const program = Uint8Array.from(this.#bytes);
    new DataView(program.buffer).setUint32(0, program.length - 4, !bigEndian);
    return program;
  }

  #lit(bit: number): void {
    if (this.#bits.length === maxLiteral) this.#flushlit();
    this.#bits.push(bit);
    this.#index++;
  }

  #flushlit(): void {
    const bits = this.#bits;
    if (bits.length === 0) return;
    this.#bytes.push(bits.length);
    for (let i = 0; i < bits.length; i += 8) {
      let byte = 0;
      for (let j = 0; j < 8; j++) byte += (bits[i + j] ?? 0) << j;
      this.#bytes.push(byte);
    }
    bits.length = 0;
  }

  #varint(x: number): void {
    while (x >= 0x80) {
      this.#bytes.push(0x80 + (x % 0x80));
      x = Math.floor(x / 0x80);
    }
    this.#bytes.push(x);
  }
}
