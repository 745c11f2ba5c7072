/**
 * Writes small objects fast: a whole record at once into the gathered bytes. Only for records that Go's buffer takes
 * whole, so that the sequence of write() sizes is the same as piece by piece.
 */
import type { SlotMasks, StoppedSpan, StoppedWorld } from '../sim/stopped-world.ts';

const tagObject = 1;
const two28 = 2 ** 28;
/** Slots of more bytes are written piece by piece, which then costs little. */
const maxSlot = 1024;
/** Up to this size, copying word by word is faster than making a view. */
const maxByWord = 128;
/** Addresses have at most 48 bits, so 7 bytes. */
const maxAddress = 7;
/** A pointer's kind and offset below 2^14. */
const maxField = 3;

/** Where the records go: the part of a dump's state that a record changes. */
export interface Gathering {
  readonly out: Uint8Array;
  nout: number;
  nbuf: number;
}

export class SlotWriter {
  readonly #world: StoppedWorld;
  readonly #out: DataView;
  readonly #ptrSize: number;
  #bytes: Uint8Array = new Uint8Array(0);
  #view: DataView;
  #masks: SlotMasks | undefined;
  /** The span's base is #high * 2^28 + #low. */
  #high = 0;
  #low = 0;
  #size = 0;
  #slots = 0;
  /** Bytes that a record of the span has at most; Infinity for a span that is not to be written here. */
  bound = Number.POSITIVE_INFINITY;
  readonly #take = (piece: Uint8Array): void => {
    this.#bytes = piece;
  };

  constructor(world: StoppedWorld, out: Uint8Array) {
    this.#world = world;
    this.#ptrSize = Number(world.arch.ptrSize);
    this.#out = new DataView(out.buffer, out.byteOffset, out.length);
    this.#view = this.#out;
  }

  /** Makes a span the one whose slots are written. */
  begin(s: StoppedSpan, slots: number): void {
    const { elemsize, masks } = s;
    this.bound = Number.POSITIVE_INFINITY;
    if (elemsize > maxSlot || masks === undefined || s.base < two28) return;
    const length = slots * elemsize;
    this.#world.memory.pieces(s.base, length, this.#take);
    const bytes = this.#bytes;
    if (bytes.length !== length) return;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, length);
    this.#masks = masks;
    this.#high = Math.floor(s.base / two28);
    this.#low = s.base - this.#high * two28;
    this.#size = elemsize;
    this.#slots = slots;
    const words = masks.noPointers ? 0 : Math.floor(elemsize / this.#ptrSize);
    this.bound = 1 + maxAddress + 2 + elemsize + words * maxField + 1;
  }

  /**
   * Writes the slots from `index` on that are not marked free, up to the first that is, or for whose record there may be no
   * room: `nbuf` bytes in Go's buffer, `nout` in the gathered ones. The index after the last.
   */
  put(d: Gathering, index: number, freemark: Uint8Array, nbuf: number, nout: number): number {
    const { out } = d;
    const bound = this.bound;
    const size = this.#size;
    const slots = this.#slots;
    const masks = this.#masks!;
    const fields = !masks.noPointers;
    // Records are written until the one or the other is full.
    const start = d.nout;
    const last = Math.min(start + nbuf - d.nbuf, nout) - bound;
    let n = start;
    let i = index;
    for (; i < slots && n <= last && freemark[i] !== 1; i++) {
      const from = i * size;
      out[n] = tagObject;
      const low = this.#low + from;
      n =
        low < two28
          ? putAddress(out, n + 1, this.#high, low)
          : putAddress(out, n + 1, this.#high + 1, low - two28);
      n = putSmall(out, n, size);
      this.#copy(out, n, from);
      n += size;
      if (fields) {
        masks.load(i);
        n = putFields(out, n, masks.lo, masks.hi, this.#ptrSize);
      }
      out[n++] = 0;
    }
    d.nbuf += n - start;
    d.nout = n;
    return i;
  }

  #copy(out: Uint8Array, to: number, from: number): void {
    const size = this.#size;
    if (size > maxByWord) {
      out.set(this.#bytes.subarray(from, from + size), to);
      return;
    }
    const source = this.#view;
    const target = this.#out;
    let i = 0;
    for (; i + 4 <= size; i += 4) target.setInt32(to + i, source.getInt32(from + i, true), true);
    for (; i < size; i++) target.setUint8(to + i, source.getUint8(from + i));
  }
}

/** The fields of pointers in the words whose bits are set, without the end of the list. */
function putFields(out: Uint8Array, at: number, lo: number, hi: number, ptrSize: number): number {
  let n = at;
  for (let bits = lo; bits !== 0; bits &= bits - 1) {
    out[n] = 1;
    n = putSmall(out, n + 1, (31 - Math.clz32(bits & -bits)) * ptrSize);
  }
  for (let bits = hi; bits !== 0; bits &= bits - 1) {
    out[n] = 1;
    n = putSmall(out, n + 1, (63 - Math.clz32(bits & -bits)) * ptrSize);
  }
  return n;
}

/** The uvarint of `above` * 2^28 + `low`; `above` is not 0. */
function putAddress(out: Uint8Array, at: number, above: number, low: number): number {
  let high = above;
  let n = at + 4;
  out[at] = low | 0x80;
  out[at + 1] = (low >>> 7) | 0x80;
  out[at + 2] = (low >>> 14) | 0x80;
  out[at + 3] = (low >>> 21) | 0x80;
  while (high >= 0x80) {
    out[n++] = high | 0x80;
    high >>>= 7;
  }
  out[n++] = high;
  return n;
}

/** A uvarint below 2^14. */
function putSmall(out: Uint8Array, at: number, v: number): number {
  if (v < 0x80) {
    out[at] = v;
    return at + 1;
  }
  out[at] = v | 0x80;
  out[at + 1] = v >>> 7;
  return at + 2;
}
