/** The memory that a dump shows, by address: objects, the two segments and stack frames. */
import { type Uint64, visitDump } from '../../dump/index.ts';

export interface DumpedObject {
  readonly address: number;
  readonly size: number;
  readonly contents: Uint8Array;
  /** Offsets of its pointers. */
  readonly pointers: readonly number[];
}

function place(
  { contents, pointers }: { contents: Uint8Array; pointers: ArrayLike<Uint64> },
  address: Uint64,
): DumpedObject {
  const offsets = Array.from(pointers, Number);
  return { address: Number(address), size: contents.length, contents, pointers: offsets };
}

export class DumpMemory {
  /** In the order of the dump. */
  readonly objects: DumpedObject[] = [];
  pointerSize = 8;
  bigEndian = false;
  #sorted: DumpedObject[] | undefined;
  readonly #segments: DumpedObject[] = [];
  readonly #frames: DumpedObject[] = [];

  constructor(dump: Uint8Array) {
    visitDump(dump, {
      object: ({ address, size, bytes, start, pointers, pointerCount }) => {
        this.objects.push({
          address: Number(address),
          size,
          contents: bytes.slice(start, start + size),
          pointers: [...pointers.subarray(0, pointerCount)],
        });
      },
      record: (record) => {
        if (record.kind === 'params') {
          this.pointerSize = Number(record.pointerSize);
          this.bigEndian = record.bigEndian;
        } else if (record.kind === 'dataSegment' || record.kind === 'bss') {
          this.#segments.push(place(record, record.address));
        } else if (record.kind === 'stackFrame') this.#frames.push(place(record, record.sp));
      },
    });
  }

  /** The object at or around an address. */
  find(address: number): DumpedObject | undefined {
    this.#sorted ??= [...this.objects].sort((a, b) => a.address - b.address);
    let lo = 0;
    let hi = this.#sorted.length;
    while (lo < hi) {
      const mid = (lo + hi) >> 1;
      if (this.#sorted[mid]!.address <= address) lo = mid + 1;
      else hi = mid;
    }
    const found = this.#sorted[lo - 1];
    return found !== undefined && address < found.address + found.size ? found : undefined;
  }

  /** Bytes of objects, segments or frames. */
  bytes(address: number, size: number): Uint8Array {
    const holds = ({ address: a, size: s }: DumpedObject) =>
      a <= address && address + size <= a + s;
    const object = this.find(address);
    const found =
      object && holds(object) ? object : [...this.#segments, ...this.#frames].find(holds);
    if (found === undefined) throw new Error(`the dump has no memory at ${address.toString(16)}`);
    return found.contents.subarray(address - found.address, address - found.address + size);
  }

  /** An unsigned number of 1, 2, 4 or 8 bytes in the target's order. */
  uint(address: number, size: number): number {
    const bytes = [...this.bytes(address, size)];
    if (!this.bigEndian) bytes.reverse();
    return bytes.reduce((value, byte) => value * 256 + byte, 0);
  }

  /** A pointer or int. */
  word(address: number): number {
    return this.uint(address, this.pointerSize);
  }

  /** A slice or string header: array, len, and for a slice cap. */
  header(address: number): { array: number; len: number; cap: number } {
    const w = this.pointerSize;
    return {
      array: this.word(address),
      len: this.word(address + w),
      cap: this.word(address + 2 * w),
    };
  }

  /** The pointers of variables and frames, nil ones too. */
  roots(): number[] {
    return [...this.#segments, ...this.#frames].flatMap((found) => this.pointersOf(found));
  }

  /** The pointers that an object holds, nil ones too. */
  pointersOf({ address, pointers }: DumpedObject): number[] {
    return pointers.map((offset) => this.word(address + offset));
  }
}
