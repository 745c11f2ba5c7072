/** Puts the records of a small dump together, for any pointer width and byte order. */
import type { RecordValues } from '../../../dump/feed/encoder.ts';

/** What the records are written for. */
export interface SuiteTarget {
  /** Part of the case's id. */
  readonly id: string;
  readonly architecture: string;
  readonly pointerSize: 4 | 8;
  readonly bigEndian: boolean;
  readonly heapStart: number;
  readonly arena: number;
  /** Bytes of the frame that `runtime.goexit` has: what the call instruction pushes. */
  readonly goexitSize: number;
}

const wide = { pointerSize: 8, heapStart: 0xc000000000, arena: 1 << 26, goexitSize: 0 } as const;
const narrow = { pointerSize: 4, heapStart: 0x8400000, arena: 1 << 22, goexitSize: 0 } as const;

export const le8: SuiteTarget = {
  ...wide,
  id: 'le8',
  architecture: 'amd64',
  bigEndian: false,
  goexitSize: 8,
};

/** Both widths in both byte orders. */
export const suiteTargets: readonly SuiteTarget[] = [
  le8,
  { ...narrow, id: 'le4', architecture: '386', bigEndian: false, goexitSize: 4 },
  { ...wide, id: 'be8', architecture: 's390x', bigEndian: true },
  { ...narrow, id: 'be4', architecture: 'mips', bigEndian: true },
];

/** Addresses outside of the heap. */
export const place = {
  text: 0x401000,
  goexit: 0x402000,
  deferred: 0x403000,
  type: 0x470000,
  itab: 0x480000,
  closure: 0x490000,
  thread: 0x500000,
  data: 0x510000,
  bss: 0x520000,
  bucket: 0x600000,
} as const;

/** Offsets in the heap. */
const stackPlace = 0x100000;
const canaryPlace = 0x200000;

/** The records of one dump, in the making. */
export class World {
  readonly target: SuiteTarget;
  readonly records: RecordValues[] = [];
  #canaries = 0;
  #goroutines = 0;

  /** Begins with the parameters. */
  constructor(target: SuiteTarget = le8, params: Readonly<Record<string, unknown>> = {}) {
    this.target = target;
    const { pointerSize, bigEndian, architecture, heapStart, arena } = target;
    this.add({
      kind: 'params',
      ...{ pointerSize, bigEndian, heapStart, heapEnd: heapStart + arena },
      ...{ architecture, goVersion: 'go1.22.12', ncpu: 2, ...params },
    });
  }

  add(...records: readonly RecordValues[]): this {
    this.records.push(...records);
    return this;
  }

  /** An address in the heap. */
  heap(offset: number): number {
    return this.target.heapStart + offset;
  }

  stack(offset: number): number {
    return this.heap(stackPlace + offset);
  }

  /** Memory that holds these pointers. */
  words(...values: readonly (number | bigint)[]): Uint8Array {
    const { pointerSize, bigEndian } = this.target;
    const bytes = new Uint8Array(values.length * pointerSize);
    const view = new DataView(bytes.buffer);
    values.forEach((value, i) => {
      if (pointerSize === 4) view.setUint32(4 * i, Number(value), !bigEndian);
      else view.setBigUint64(8 * i, BigInt(value), !bigEndian);
    });
    return bytes;
  }

  /** Offsets of the first `count` words. */
  offsets(count: number): number[] {
    return Array.from({ length: count }, (_, i) => i * this.target.pointerSize);
  }

  /** An object that holds these pointers, at an offset in the heap. */
  object(offset: number, ...pointers: readonly (number | bigint)[]): this {
    return this.add({
      kind: 'object',
      address: this.heap(offset),
      contents: this.words(...pointers),
      pointers: this.offsets(pointers.length),
    });
  }

  /** A root: the data segment, holding these pointers. */
  data(...pointers: readonly (number | bigint)[]): this {
    return this.add({
      kind: 'dataSegment',
      address: place.data,
      contents: this.words(...pointers),
      pointers: this.offsets(pointers.length),
    });
  }

  /**
   * An object that a reader finds at its place only if it read what stands before it to its end. The canaries are at 2 MiB into
   * the heap, 16 bytes apart.
   */
  canary(): this {
    return this.add({
      kind: 'object',
      address: this.heap(canaryPlace + 16 * this.#canaries++),
      contents: new TextEncoder().encode('canary'),
    });
  }

  /** Address of the goroutine that is added next. */
  get nextGoroutine(): number {
    return this.heap(0x81000 + 0x1000 * this.#goroutines);
  }

  /** A goroutine with these frames; what is left out of a frame follows from its place. */
  goroutine(
    values: Readonly<Record<string, unknown>> = {},
    frames: readonly Readonly<Record<string, unknown>>[] = [{ name: 'main.main' }],
  ): this {
    const address = this.nextGoroutine;
    const id = ++this.#goroutines;
    const top = this.stack(0x2000 * (id - 1));
    this.add({
      kind: 'goroutine',
      ...{ address, sp: top, id, status: 4, waitReason: 'chan receive', ...values },
    });
    let sp = top;
    let childSP = 0;
    frames.forEach((frame, depth) => {
      const record = {
        kind: 'stackFrame',
        ...{ sp, depth, childSP, contents: this.words(0, 0) },
        ...{ entryPC: place.text, pc: place.text + 0x10, continuationPC: place.text + 0x10 },
        ...frame,
      } as const;
      this.add(record);
      childSP = sp;
      sp += record.contents.length;
    });
    return this;
  }

  /** Ends the dump. */
  end(): readonly RecordValues[] {
    return this.add({ kind: 'eof' }).records;
  }
}
