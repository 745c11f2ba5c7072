import { NumberList } from './byte-store.ts';

/**
 * The objects of a dump by address, in runs of equal size without gaps, so that a regular heap needs little memory. An
 * object is named by its ordinal, its place among the objects of the dump. Overlapping objects are possible; what is found in
 * them is one of them.
 */
export class ObjectIndex {
  readonly #base = new NumberList();
  readonly #size = new NumberList();
  readonly #count = new NumberList();
  /** Ordinal of the run's first object; rising. */
  readonly #first = new NumberList();
  #order: Uint32Array | undefined;
  /** Objects so far. */
  length = 0;
  /** Bytes of all objects. */
  bytes = 0;

  /** Adds the next object. Addresses above 2^53 do not belong here. */
  add(address: number, size: number): void {
    const last = this.#base.length - 1;
    const follows =
      last >= 0 &&
      this.#size.at(last) === size &&
      this.#base.at(last) + this.#count.at(last) * size === address;
    if (follows) this.#count.set(last, this.#count.at(last) + 1);
    else {
      this.#base.push(address);
      this.#size.push(size);
      this.#count.push(1);
      this.#first.push(this.length);
      this.#order = undefined;
    }
    this.length++;
    this.bytes += size;
  }

  get runs(): number {
    return this.#base.length;
  }

  /** Ordinal of the object that holds the address, or -1. */
  find(address: number): number {
    const run = this.#runOf(address);
    if (run < 0) return -1;
    const size = this.#size.at(run);
    return this.#first.at(run) + Math.floor((address - this.#base.at(run)) / size);
  }

  addressOf(ordinal: number): number {
    const run = this.#runOfOrdinal(ordinal);
    return this.#base.at(run) + (ordinal - this.#first.at(run)) * this.#size.at(run);
  }

  sizeOf(ordinal: number): number {
    return this.#size.at(this.#runOfOrdinal(ordinal));
  }

  /** Calls back with each run that begins within another: an object there, the run's first object, the run. */
  overlaps(report: (lower: number, upper: number, run: number) => void): void {
    const order = this.#sorted();
    let end = 0;
    let holder = -1;
    for (const run of order) {
      const base = this.#base.at(run);
      if (holder >= 0 && base < end) {
        const slot = Math.floor((base - this.#base.at(holder)) / this.#size.at(holder));
        report(this.#first.at(holder) + slot, this.#first.at(run), run);
      }
      const runEnd = base + this.#count.at(run) * this.#size.at(run);
      if (runEnd > end) {
        end = runEnd;
        holder = run;
      }
    }
  }

  /** Whether some object lies, even partly, in [from, to). */
  intersects(from: number, to: number): boolean {
    if (to <= from) return false;
    const order = this.#sorted();
    const at = this.#lastBelow(to);
    if (at < 0) return false;
    const run = order[at]!;
    return this.#base.at(run) + this.#count.at(run) * this.#size.at(run) > from;
  }

  /** Calls back with the objects in the order of their addresses. */
  forEachByAddress(visit: (ordinal: number, address: number, size: number) => void): void {
    for (const run of this.#sorted()) {
      const size = this.#size.at(run);
      const first = this.#first.at(run);
      const count = this.#count.at(run);
      let address = this.#base.at(run);
      for (let i = 0; i < count; i++, address += size) visit(first + i, address, size);
    }
  }

  #runOf(address: number): number {
    const order = this.#sorted();
    const at = this.#lastBelow(address + 1);
    if (at < 0) return -1;
    const run = order[at]!;
    return address < this.#base.at(run) + this.#count.at(run) * this.#size.at(run) ? run : -1;
  }

  /** Position in the sorted order of the last run with a base below the limit, or -1. */
  #lastBelow(limit: number): number {
    const order = this.#sorted();
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#base.at(order[middle]!) < limit) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #runOfOrdinal(ordinal: number): number {
    let low = 0;
    let high = this.#first.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#first.at(middle) <= ordinal) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #sorted(): Uint32Array {
    if (this.#order === undefined) {
      this.#order = new Uint32Array(this.#base.length);
      for (let i = 0; i < this.#order.length; i++) this.#order[i] = i;
      this.#order.sort((a, b) => this.#base.at(a) - this.#base.at(b) || a - b);
    }
    return this.#order;
  }
}
