/** The objects of a loaded dump: as spans, with their contents and pointer bits. */
import type { PointerCursor, StoppedMemory } from '../sim/stopped-world.ts';
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
  /** Index of the selected span, and whole words of its slots. */
  selected = 0;
  words = 0;
  #from = 0;
  #to = 0;
  #slot = 1;
  #contentsFrom = 0;
  #bitsFrom = 0;
  /** Spans by address, once asked for. */
  #byAddress: Uint32Array | undefined;
  #scratch = new Uint8Array(64);

  add(object: ObjectView): void {
    const { address, size } = object;
    if (typeof address !== 'number' || address + size > Number.MAX_SAFE_INTEGER) {
      throw refuse({ ...object, kind: 'object' }, `address ${address} is above 2^53`);
    }
    if (size === 0) throw refuse({ ...object, kind: 'object' }, 'it has no bytes');
    // As in Go, 0 is where there is no further pointer.
    if (address === 0) throw refuse({ ...object, kind: 'object' }, 'it is at address 0');
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

  /** Makes span i the one that `seek` tries first. */
  select(i: number): void {
    this.selected = i;
    this.#from = this.base.at(i);
    this.#slot = this.elemsize.at(i);
    this.#to = this.#from + this.count.at(i) * this.#slot;
    this.#contentsFrom = this.contentsAt.at(i);
    this.#bitsFrom = this.bitsAt.at(i);
    this.words = Math.floor(this.#slot / this.ptrSize);
  }

  /** Selects the span that holds the address; false if there is none. */
  seek(address: number): boolean {
    if (address >= this.#from && address < this.#to) return true;
    const i = this.#find(address);
    if (i < 0) return false;
    this.select(i);
    return true;
  }

  /** Position in `contents` of an address of the selected span. */
  contentsOf(address: number): number {
    return this.#contentsFrom + (address - this.#from);
  }

  /** Position in `bits` of the bits of the slot that holds an address of the selected span. */
  bitsOf(address: number): number {
    const slot = ((address - this.#from) / this.#slot) | 0;
    return this.#bitsFrom + slot * ((this.words + 7) >>> 3);
  }

  #find(address: number): number {
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
    return order.sort((x, y) => this.base.at(x) - this.base.at(y));
  }
}

/** Reads the pointer bits of one slot. */
export class LoadedCursor implements PointerCursor {
  readonly #spans: SpanTable;
  readonly #bits: ByteStore;
  readonly #ptrSize: number;
  #at = 0;
  #words = 0;
  #word = 0;
  #base = 0;

  constructor(spans: SpanTable) {
    this.#spans = spans;
    this.#bits = spans.bits;
    this.#ptrSize = spans.ptrSize;
  }

  /** Starts over at the slot at `base`, up to `size` bytes. */
  reset(base: number, size: number): this {
    const spans = this.#spans;
    this.#word = 0;
    this.#words = 0;
    if (spans.seek(base)) {
      this.#base = base;
      this.#words = Math.min(spans.words, Math.floor(size / this.#ptrSize));
      this.#at = spans.bitsOf(base);
    }
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
export class LoadedMemory implements StoppedMemory {
  readonly #spans: SpanTable;
  readonly #stacks: ReadonlyMap<number, Uint8Array>;

  constructor(spans: SpanTable, stacks: ReadonlyMap<number, Uint8Array>) {
    this.#spans = spans;
    this.#stacks = stacks;
  }

  read(addr: number, length: number, target: Uint8Array, offset: number): void {
    const spans = this.#spans;
    if (spans.seek(addr)) spans.contents.read(spans.contentsOf(addr), length, target, offset);
    else target.set(this.#frame(addr, length), offset);
  }

  pieces(addr: number, length: number, visit: (piece: Uint8Array) => void): void {
    const spans = this.#spans;
    if (spans.seek(addr)) spans.contents.pieces(spans.contentsOf(addr), length, visit);
    else visit(this.#frame(addr, length));
  }

  #frame(addr: number, length: number): Uint8Array {
    const stack = this.#stacks.get(addr);
    if (stack === undefined || stack.length < length) {
      throw new RangeError(`no memory at 0x${addr.toString(16)} in the dump`);
    }
    return stack.subarray(0, length);
  }
}
