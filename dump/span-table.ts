/** The objects of a loaded dump: as spans, with their contents and pointer bits. */
import type { PointerCursor } from '../sim/stopped-world.ts';
import { ByteStore, NumberList } from './byte-store.ts';
import { refuse } from './load-refusal.ts';
import type { ObjectView } from './reader.ts';

/** Slots that dumpobjs allows in one span. */
const maxSlots = 1024;

/**
 * The objects of a dump as spans: runs of at most 1024 slots of one size, one after the other in memory and in the dump.
 * The contents of a span's slots lie one after the other in `contents`, their pointer bits, each slot's from a new
 * byte on, in `bits`.
 */
export class SpanTable {
  readonly base = new NumberList();
  readonly elemsize = new NumberList();
  readonly count = new NumberList();
  readonly contentsAt = new NumberList();
  readonly bitsAt = new NumberList();
  readonly contents = new ByteStore();
  readonly bits = new ByteStore();
  ptrSize = 8;
  /** Spans by address, once asked for. */
  #byAddress: Uint32Array | undefined;
  #scratch = new Uint8Array(64);

  add(object: ObjectView): void {
    const { address, size } = object;
    if (typeof address !== 'number' || address + size > Number.MAX_SAFE_INTEGER) {
      throw refuse({ ...object, kind: 'object' }, `address ${address} is above 2^53`);
    }
    if (size === 0) throw refuse({ ...object, kind: 'object' }, 'it has no bytes');
    if (!object.omitted) this.contents.append(object.bytes, object.start, size);
    const bitBytes = this.#pack(object);
    const last = this.base.length - 1;
    const follows =
      last >= 0 &&
      this.elemsize.at(last) === size &&
      this.count.at(last) < maxSlots &&
      this.base.at(last) + this.count.at(last) * size === address;
    if (follows) {
      this.count.set(last, this.count.at(last) + 1);
    } else {
      this.base.push(address);
      this.elemsize.push(size);
      this.count.push(1);
      this.contentsAt.push(this.contents.length - size);
      this.bitsAt.push(this.bits.length);
    }
    this.bits.append(this.#scratch, 0, bitBytes);
  }

  /** Packs the offsets into pointer bits in #scratch and returns the number of bytes. */
  #pack(object: ObjectView): number {
    const { pointers, pointerCount, size } = object;
    const words = Math.floor(size / this.ptrSize);
    const bytes = (words + 7) >>> 3;
    if (this.#scratch.length < bytes) this.#scratch = new Uint8Array(bytes);
    const scratch = this.#scratch;
    if (bytes > 16) scratch.fill(0, 0, bytes);
    else for (let i = 0; i < bytes; i++) scratch[i] = 0;
    let least = 0;
    for (let i = 0; i < pointerCount; i++) {
      const word = pointers[i]! / this.ptrSize;
      if (word < least || word >= words || word !== Math.floor(word)) {
        throw refuse(
          { ...object, kind: 'object' },
          `pointer offset ${pointers[i]} is not an aligned, rising offset within ${size} bytes`,
        );
      }
      scratch[word >>> 3]! |= 1 << (word & 7);
      least = word + 1;
    }
    return bytes;
  }

  /** Whether address lies in span i. */
  holds(i: number, address: number): boolean {
    const base = this.base.at(i);
    return address >= base && address < base + this.count.at(i) * this.elemsize.at(i);
  }

  /** The span with the address, -1 if there is none; `hint` is tried first. */
  find(address: number, hint: number): number {
    if (hint < this.base.length && this.holds(hint, address)) return hint;
    this.#byAddress ??= this.#sort();
    const order = this.#byAddress;
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.base.at(order[middle]!) <= address) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return -1;
    const i = order[low - 1]!;
    return this.holds(i, address) ? i : -1;
  }

  #sort(): Uint32Array {
    const order = new Uint32Array(this.base.length);
    for (let i = 0; i < order.length; i++) order[i] = i;
    return order.sort((a, b) => this.base.at(a) - this.base.at(b));
  }
}

/** Reads the pointer bits of one slot. */
export class LoadedCursor implements PointerCursor {
  readonly #bits: ByteStore;
  readonly #ptrSize: number;
  #at = 0;
  #words = 0;
  #word = 0;
  #base = 0;

  constructor(bits: ByteStore, ptrSize: number) {
    this.#bits = bits;
    this.#ptrSize = ptrSize;
  }

  reset(base: number, words: number, at: number): this {
    this.#base = base;
    this.#words = words;
    this.#at = at;
    this.#word = 0;
    return this;
  }

  next(): number {
    while (this.#word < this.#words) {
      const bits = this.#bits.at(this.#at + (this.#word >>> 3)) >>> (this.#word & 7);
      if (bits === 0) {
        this.#word = (this.#word | 7) + 1;
        continue;
      }
      const word = this.#word + 31 - Math.clz32(bits & -bits);
      this.#word = word + 1;
      return this.#base + word * this.#ptrSize;
    }
    return 0;
  }
}

/** The memory of the spans and of the frames. */
export class LoadedMemory {
  readonly #locate: (addr: number) => readonly [ByteStore, number] | undefined;
  readonly #stacks: ReadonlyMap<number, Uint8Array>;

  constructor(
    locate: (addr: number) => readonly [ByteStore, number] | undefined,
    stacks: ReadonlyMap<number, Uint8Array>,
  ) {
    this.#locate = locate;
    this.#stacks = stacks;
  }

  read(addr: number, length: number, target: Uint8Array, offset: number): void {
    const stack = this.#stacks.get(addr);
    if (stack !== undefined && stack.length >= length) {
      target.set(stack.length === length ? stack : stack.subarray(0, length), offset);
      return;
    }
    const place = this.#found(addr);
    place[0].read(place[1], length, target, offset);
  }

  pieces(addr: number, length: number, visit: (piece: Uint8Array) => void): void {
    const stack = this.#stacks.get(addr);
    if (stack !== undefined && stack.length >= length) {
      visit(stack.subarray(0, length));
      return;
    }
    const place = this.#found(addr);
    place[0].pieces(place[1], length, visit);
  }

  #found(addr: number): readonly [ByteStore, number] {
    const place = this.#locate(addr);
    if (place === undefined)
      throw new RangeError(`no memory at 0x${addr.toString(16)} in the dump`);
    return place;
  }
}
