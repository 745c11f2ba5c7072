/** Bytes appended once and read often, in slabs, so that growing never copies and no slab is larger than needed. */

const slabSize = 1 << 20;
/** Takes the place in its slab from a position: exact for any, since a slab's size divides 2^32. */
const slabMask = slabSize - 1;

/** An append-only sequence of bytes; positions are byte counts from its start. */
export class ByteStore {
  readonly #slabs: Uint8Array[] = [];
  #last = new Uint8Array(0);
  /** Bytes in the store. */
  length = 0;

  /** Appends source[start, start+length) and returns the position of its first byte. */
  append(source: Uint8Array, start: number, length: number): number {
    const position = this.length;
    const place = position & slabMask;
    if (length <= 64 && place !== 0 && place + length <= slabSize) {
      const slab = this.#last;
      for (let i = 0; i < length; i++) slab[place + i] = source[start + i]!;
      this.length = position + length;
      return position;
    }
    let from = start;
    let left = length;
    while (left > 0) {
      const inSlab = this.length & slabMask;
      if (inSlab === 0) {
        this.#last = new Uint8Array(slabSize);
        this.#slabs.push(this.#last);
      }
      const n = Math.min(left, slabSize - inSlab);
      this.#last.set(source.subarray(from, from + n), inSlab);
      from += n;
      left -= n;
      this.length += n;
    }
    return position;
  }

  /** The byte at a position. */
  at(position: number): number {
    return this.#slabs[(position / slabSize) | 0]![position & slabMask]!;
  }

  /** Copies `length` bytes from `position` to target[offset…]. */
  read(position: number, length: number, target: Uint8Array, offset: number): void {
    const slab = (position / slabSize) | 0;
    const inSlab = position & slabMask;
    if (length <= 64 && inSlab + length <= slabSize) {
      const bytes = this.#slabs[slab]!;
      for (let i = 0; i < length; i++) target[offset + i] = bytes[inSlab + i]!;
      return;
    }
    let to = offset;
    this.pieces(position, length, (piece) => {
      target.set(piece, to);
      to += piece.length;
    });
  }

  /** Hands out `length` bytes from `position` without copying. */
  pieces(position: number, length: number, visit: (piece: Uint8Array) => void): void {
    let at = position;
    const end = position + length;
    while (at < end) {
      const slab = (at / slabSize) | 0;
      const inSlab = at & slabMask;
      const n = Math.min(end - at, slabSize - inSlab);
      visit(this.#slabs[slab]!.subarray(inSlab, inSlab + n));
      at += n;
    }
  }

  /** A copy of `length` bytes from `position`. */
  copy(position: number, length: number): Uint8Array {
    const copy = new Uint8Array(length);
    this.read(position, length, copy, 0);
    return copy;
  }
}

/** Numbers that are appended, eight bytes each. */
export class NumberList {
  #values = new Float64Array(64);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Float64Array(this.length + (this.length >> 1));
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length++] = value;
  }

  at(index: number): number {
    return this.#values[index]!;
  }

  set(index: number, value: number): void {
    this.#values[index] = value;
  }

  /** The numbers so far, borrowed until the next push. */
  view(): Float64Array {
    return this.#values.subarray(0, this.length);
  }
}
