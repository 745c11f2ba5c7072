/** What the collector starts from, as the records of a dump tell it. */
import type { ObjectIndex } from './object-index.ts';
import type { ObjectView } from './reader.ts';
import type { DumpRecord, RecordHandlers, RecordOfKind, Text, Uint64 } from './records.ts';
import { dispatchRecord } from './records.ts';

export interface GraphRoot {
  readonly kind: 'data' | 'bss' | 'frame' | 'finalizer' | 'queuedFinalizer' | 'otherRoot';
  /** Address of the pointer; of the object for finalizers. */
  readonly address: number;
  /** What the pointer says: an address in its target. */
  readonly pointer: number;
  /** Ordinal of the object that it points to. */
  readonly target: number;
  /** Function of a frame, description of another root. */
  readonly name: Text | undefined;
  /** Goroutine of a frame. */
  readonly goroutine: Uint64 | undefined;
}

/** A root before all objects are known. */
interface PendingRoot {
  readonly kind: GraphRoot['kind'];
  readonly address: number;
  readonly to: number;
  readonly name: Text | undefined;
  readonly goroutine: Uint64 | undefined;
}

/** Takes the records of a dump, in their order, and keeps the roots among them. */
export class RootReader {
  /** Objects with a registered finalizer; as many as there are records, in their order. */
  readonly finalized: { readonly object: number; readonly funcval: number }[] = [];
  readonly #pending: PendingRoot[] = [];
  /** Bytes of a pointer. */
  width = 8;
  bigEndian = false;
  #goroutine: Uint64 | undefined;
  readonly #handlers: RecordHandlers = {
    params: (record) => {
      this.width = record.pointerSize === 4 ? 4 : 8;
      this.bigEndian = record.bigEndian;
    },
    goroutine: (record) => {
      this.#goroutine = record.id;
    },
    stackFrame: (record) => {
      this.#memory('frame', Number(record.sp), record, record.name, this.#goroutine);
    },
    dataSegment: (record) => this.#memory('data', Number(record.address), record),
    bss: (record) => this.#memory('bss', Number(record.address), record),
    otherRoot: (record) => this.#root('otherRoot', 0, Number(record.address), record.description),
    finalizer: (record) => {
      this.finalized.push({ object: Number(record.address), funcval: Number(record.funcval) });
    },
    queuedFinalizer: (record) => {
      const address = Number(record.address);
      this.#root('queuedFinalizer', address, address);
      this.#root('queuedFinalizer', address, Number(record.funcval));
    },
  };

  record(record: Exclude<DumpRecord, { kind: 'object' }>): void {
    dispatchRecord(this.#handlers, record);
  }

  /** The value of an object's pointer number `i`; 0 if it lies past the object's end. */
  pointerOf(view: ObjectView, i: number): number {
    return this.#pointer(view.bytes, view.start + view.pointers[i]!, view.start + view.size);
  }

  /** The word of an object at an offset; 0 if it lies past the object's end. */
  wordOf(view: ObjectView, offset: number): number {
    return this.#pointer(view.bytes, view.start + offset, view.start + view.size);
  }

  /**
   * The roots that hit an object. `targets` tells what an object points to; it is asked for objects with a
   * finalizer alone.
   */
  resolve(index: ObjectIndex, targets: (ordinal: number) => Iterable<number>): GraphRoot[] {
    const roots: GraphRoot[] = [];
    for (const { to, ...root } of this.#pending) {
      const target = index.find(to);
      if (target >= 0) roots.push({ ...root, pointer: to, target });
    }
    const common = { kind: 'finalizer', name: undefined, goroutine: undefined } as const;
    for (const { object, funcval } of this.finalized) {
      const closure = index.find(funcval);
      if (closure >= 0) {
        roots.push({ ...common, address: object, pointer: funcval, target: closure });
      }
      const ordinal = index.find(object);
      if (ordinal < 0) continue;
      for (const target of targets(ordinal)) {
        const pointer = index.addressOf(target);
        roots.push({ ...common, address: object, pointer, target });
      }
    }
    return roots;
  }

  #memory(
    kind: GraphRoot['kind'],
    base: number,
    record: RecordOfKind<'stackFrame' | 'dataSegment' | 'bss'>,
    name?: Text,
    goroutine?: Uint64,
  ): void {
    const { contents, pointers } = record;
    for (let i = 0; i < pointers.length; i++) {
      const offset = Number(pointers[i]);
      const to = this.#pointer(contents, offset, contents.length);
      this.#root(kind, base + offset, to, name, goroutine);
    }
  }

  #root(
    kind: GraphRoot['kind'],
    address: number,
    to: number,
    name?: Text,
    goroutine?: Uint64,
  ): void {
    if (to !== 0) this.#pending.push({ kind, address, to, name, goroutine });
  }

  /** The pointer at bytes[at…]; 0 if it does not fit. */
  #pointer(bytes: Uint8Array, at: number, end: number): number {
    const { width, bigEndian } = this;
    if (at + width > end) return 0;
    let value = 0;
    for (let i = 0; i < width; i++) {
      value = value * 256 + bytes[bigEndian ? at + i : at + width - 1 - i]!;
    }
    return value;
  }
}
