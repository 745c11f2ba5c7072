/**
 * What the differ keeps of a dump: a few numbers for each object, whatever its size, and the other records.
 */

import type { AsyncDumpInput, DumpInput, DumpVisitor, ObjectView } from './reader.ts';
import { visitDump, visitDumpAsync } from './reader.ts';
import type { DumpRecord, RecordHandlers, RecordKind, RecordOfKind, Uint64 } from './records.ts';
import { dispatchRecord, tagObject } from './records.ts';

/** Objects as columns, in the order of the dump; rows [0, length) count. */
export class ObjectColumns {
  address = new Float64Array(1024);
  size = new Float64Array(1024);
  /** Two halves of a hash of the contents. */
  hashLow = new Int32Array(1024);
  hashHigh = new Int32Array(1024);
  /** Hash of the pointer offsets. */
  shape = new Int32Array(1024);
  /** 1 where the contents are all zero. */
  zero = new Uint8Array(1024);
  length = 0;
  bytes = 0;

  /** Makes room for one more row and returns its number. */
  add(): number {
    if (this.length === this.address.length) {
      const capacity = this.length + (this.length >> 1);
      this.address = grown(this.address, new Float64Array(capacity));
      this.size = grown(this.size, new Float64Array(capacity));
      this.hashLow = grown(this.hashLow, new Int32Array(capacity));
      this.hashHigh = grown(this.hashHigh, new Int32Array(capacity));
      this.shape = grown(this.shape, new Int32Array(capacity));
      this.zero = grown(this.zero, new Uint8Array(capacity));
    }
    return this.length++;
  }

  /** Row numbers in the order of the addresses. */
  byAddress(): Uint32Array {
    const order = Uint32Array.from({ length: this.length }, (_, i) => i);
    for (let i = 1; i < order.length; i++) {
      if (this.address[i - 1]! > this.address[i]!) {
        return order.sort((a, b) => this.address[a]! - this.address[b]! || a - b);
      }
    }
    return order;
  }
}

function grown<A extends Float64Array | Int32Array | Uint8Array>(old: A, larger: A): A {
  larger.set(old);
  return larger;
}

/** A goroutine with what follows it. */
export interface GoroutineDigest {
  readonly record: RecordOfKind<'goroutine'>;
  /** Youngest first. */
  readonly stack: { name: string; pc: Uint64; sp: Uint64 }[];
  defers: number;
  panics: number;
}

/** Contents above this size are hashed in pieces. */
const maxContents = 1 << 16;

export class DumpDigest implements DumpVisitor {
  readonly objects = new ObjectColumns();
  readonly goroutines = new Map<Uint64, GoroutineDigest>();
  /** All records but objects, goroutines and what follows those, by kind. */
  readonly records = new Map<RecordKind, Exclude<DumpRecord, { kind: 'object' }>[]>();
  readonly segments = new Map<'dataSegment' | 'bss', RecordOfKind<'dataSegment' | 'bss'>>();
  #low = 0;
  #high = 0;
  #any = 0;
  #pieces: Uint8Array[] = [];
  #goroutine: GoroutineDigest | undefined;
  readonly #handlers: RecordHandlers = {
    goroutine: (record) => {
      this.#goroutine = { record, stack: [], defers: 0, panics: 0 };
      this.goroutines.set(record.id, this.#goroutine);
    },
    stackFrame: (record) => {
      this.#goroutine?.stack.push({ name: String(record.name), pc: record.pc, sp: record.sp });
    },
    defer: () => {
      if (this.#goroutine !== undefined) this.#goroutine.defers++;
    },
    panic: () => {
      if (this.#goroutine !== undefined) this.#goroutine.panics++;
    },
    dataSegment: (record) => this.#segment(record),
    bss: (record) => this.#segment(record),
  };

  defect(): void {}

  contents(piece: Uint8Array, at: number, tag: number): void {
    if (tag !== tagObject) {
      if (at === 0) this.#pieces = [];
      this.#pieces.push(piece.slice());
      return;
    }
    if (at === 0) this.#begin();
    this.#hash(piece, 0, piece.length);
  }

  object(view: ObjectView): void {
    const { objects } = this;
    const row = objects.add();
    if (!view.omitted) {
      this.#begin();
      this.#hash(view.bytes, view.start, view.size);
    }
    objects.address[row] = Number(view.address);
    objects.size[row] = view.size;
    objects.hashLow[row] = this.#low;
    objects.hashHigh[row] = this.#high;
    objects.zero[row] = this.#any === 0 ? 1 : 0;
    objects.bytes += view.size;
    let shape = view.pointerCount;
    for (let i = 0; i < view.pointerCount; i++) {
      shape = Math.imul(shape ^ (view.pointers[i]! % 2 ** 32), 0x01000193);
    }
    objects.shape[row] = shape;
  }

  #begin(): void {
    this.#low = 0x811c9dc5;
    this.#high = 0x9747b28c;
    this.#any = 0;
  }

  #hash(bytes: Uint8Array, start: number, length: number): void {
    let low = this.#low;
    let high = this.#high;
    let any = this.#any;
    for (let i = start; i < start + length; i++) {
      const byte = bytes[i]!;
      any |= byte;
      low = Math.imul(low ^ byte, 0x01000193);
      high = Math.imul(high + byte, 0x5bd1e995);
      high ^= high >>> 15;
    }
    this.#low = low | 0;
    this.#high = high | 0;
    this.#any = any;
  }

  record(record: Exclude<DumpRecord, { kind: 'object' }>): void {
    if (this.#handlers[record.kind] !== undefined) {
      dispatchRecord(this.#handlers, record);
      return;
    }
    const kept = this.records.get(record.kind) ?? [];
    kept.push(record);
    this.records.set(record.kind, kept);
  }

  #segment(record: RecordOfKind<'dataSegment' | 'bss'>): void {
    const whole = Number(record.size) <= maxContents;
    const contents = whole ? record.contents : joined(this.#pieces, Number(record.size));
    this.segments.set(record.kind, { ...record, contents });
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** What reads along: it is told of objects and records, of large objects without their contents. */
export type Beside = Pick<DumpVisitor, 'object' | 'record'>;

/** Reads a dump into a digest. @throws DumpError */
export function digestDump(input: DumpInput, beside?: Beside): DumpDigest {
  const digest = new DumpDigest();
  visitDump(input, withBeside(digest, beside), { maxContents });
  return digest;
}

function withBeside(digest: DumpDigest, beside: Beside | undefined): DumpVisitor {
  if (beside === undefined) return digest;
  return {
    defect() {},
    contents: (piece, at, tag) => digest.contents(piece, at, tag),
    object(view) {
      digest.object(view);
      beside.object?.(view);
    },
    record(record) {
      digest.record(record);
      beside.record?.(record);
    },
  };
}

/** As digestDump, for input that comes in time. */
export async function digestDumpAsync(input: AsyncDumpInput, beside?: Beside): Promise<DumpDigest> {
  const digest = new DumpDigest();
  await visitDumpAsync(input, withBeside(digest, beside), { maxContents });
  return digest;
}
