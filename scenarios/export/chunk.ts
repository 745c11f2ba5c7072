/** ASCII and UTF-8 text that is put together in pieces and handed on in chunks. */

const encoder = new TextEncoder();
const zero = 48;

export class Chunk {
  #bytes = new Uint8Array(1 << 16);
  #used = 0;

  text(text: string): void {
    this.#grow(text.length * 3);
    this.#used += encoder.encodeInto(text, this.#bytes.subarray(this.#used)).written;
  }

  /** A whole number from 0 on, in decimal. */
  number(value: number): void {
    if (value >= 2 ** 32) {
      this.text(String(value));
      return;
    }
    this.#grow(10);
    let digits = 1;
    for (let limit = 10; value >= limit; limit *= 10) digits++;
    const bytes = this.#bytes;
    let at = this.#used + digits;
    this.#used = at;
    let rest = value;
    while (digits-- > 0) {
      const next = Math.floor(rest / 10);
      bytes[--at] = zero + rest - next * 10;
      rest = next;
    }
  }

  /** What was put in since the last call; overwritten by what comes next. */
  take(): Uint8Array {
    const taken = this.#bytes.subarray(0, this.#used);
    this.#used = 0;
    return taken;
  }

  get length(): number {
    return this.#used;
  }

  #grow(room: number): void {
    if (this.#used + room <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#used + room, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#used));
    this.#bytes = larger;
  }
}
