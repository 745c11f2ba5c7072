/**
 * How a Go value lies in simulated memory: one codec per type and world, made once, so that reading
 * and writing fields costs no look-up by name or kind.
 */
import type { Memory } from '../../sim/memory.ts';
import type { Runtime } from '../../sim/runtime2.ts';
import type { CodecTable } from './resolve.ts';
import type { BasicName, GoString, GoType, Interface, Slice, StructType } from './types.ts';

export interface Codec<V = unknown> {
  readonly size: number;
  load(addr: number): V;
  store(addr: number, value: V): void;
  /** Where the value is one pointer that is stored as it is, in this memory: who knows it needs no call. */
  readonly pointerIn?: Memory | undefined;
  /** Visits the addresses in a value that may point into the heap; undefined where there can be none. */
  readonly pointers?: (value: V, visit: (p: number) => void) => void;
}

/** Stores a pointer: into the heap and the globals with the write barrier, into a frame without. */
export type WritePointer = (slot: number, value: number) => void;

/** A struct's codec also makes the object through which a script reads and writes its fields. */
export interface StructCodec<T = unknown> extends Codec<T> {
  /** Offset of each field. */
  readonly offsets: ReadonlyMap<string, number>;
  /** Stores only the fields that `value` has. */
  store(addr: number, value: Partial<T>): void;
  at(addr: number): T;
}

/** The codec of a type whose parts' codecs are in `table`. */
export function makeCodec(table: CodecTable, t: GoType<unknown>): Codec {
  const { rt, write } = table;
  switch (t.kind) {
    case 'basic':
      return t.name === 'unsafe.Pointer' ? pointerCodec(table) : basicCodec(rt, write, t.name);
    case 'ptr':
    case 'map':
    case 'chan':
    case 'func':
      return pointerCodec(table);
    case 'slice':
      return sliceCodec(rt, write) as Codec;
    case 'interface':
      return interfaceCodec(rt, write) as Codec;
    case 'array':
      return arrayCodec(table.codec(t.elem as GoType<unknown>), t.len) as Codec;
    case 'named':
      return table.codec(t.underlying);
    case 'struct':
      return structCodec(table, t) as Codec;
    default:
      return t satisfies never;
  }
}

function pointerCodec({ rt, write, isStack }: CodecTable): Codec {
  const { memory } = rt;
  return {
    size: rt.arch.ptrSize,
    pointerIn: isStack ? memory : undefined,
    load: (addr) => memory.readUintptr(addr),
    store: (addr, value) => write(addr, checkPointer(value)),
    pointers: (value, visit) => visit(value as number),
  };
}

/** @throws {TypeError} unless it is an address */
export function checkPointer(value: unknown): number {
  if (typeof value !== 'number') {
    throw new TypeError(`want a pointer (an address), got ${describe(value)}`);
  }
  return value;
}

function describe(value: unknown): string {
  return value === null || typeof value !== 'object' ? String(value) : JSON.stringify(value);
}

function sliceCodec(rt: Runtime, write: WritePointer): Codec<Slice<unknown>> {
  const { memory } = rt;
  const w = rt.arch.ptrSize;
  return {
    size: 3 * w,
    load: (addr) => ({
      array: memory.readUintptr(addr) as Slice<unknown>['array'],
      len: memory.readUintptr(addr + w),
      cap: memory.readUintptr(addr + 2 * w),
    }),
    store(addr, { array, len, cap }) {
      write(addr, array);
      memory.writeUintptr(addr + w, len);
      memory.writeUintptr(addr + 2 * w, cap);
    },
    pointers: ({ array }, visit) => visit(array),
  };
}

function stringCodec(rt: Runtime, write: WritePointer): Codec<GoString> {
  const { memory } = rt;
  const w = rt.arch.ptrSize;
  return {
    size: 2 * w,
    load: (addr) => ({ str: memory.readUintptr(addr), len: memory.readUintptr(addr + w) }),
    store(addr, value) {
      if (typeof value !== 'object') {
        throw new TypeError(
          `want a Go string, go.str(${JSON.stringify(value)}), not a JavaScript one`,
        );
      }
      write(addr, value.str);
      memory.writeUintptr(addr + w, value.len);
    },
    pointers: ({ str }, visit) => visit(str),
  };
}

function interfaceCodec(rt: Runtime, write: WritePointer): Codec<Interface> {
  const { memory } = rt;
  const w = rt.arch.ptrSize;
  return {
    size: 2 * w,
    load: (addr) => ({ tab: memory.readUintptr(addr), data: memory.readUintptr(addr + w) }),
    store(addr, { tab, data }) {
      write(addr, tab);
      write(addr + w, data);
    },
    pointers: ({ data }, visit) => visit(data),
  };
}

function arrayCodec(elem: Codec, length: number): Codec<readonly unknown[]> {
  const { pointers } = elem;
  return {
    ...(pointers && {
      pointers: (values: readonly unknown[], visit: (p: number) => void) => {
        for (const value of values) pointers(value, visit);
      },
    }),
    size: elem.size * length,
    load: (addr) => Array.from({ length }, (_, i) => elem.load(addr + i * elem.size)),
    store(addr, values) {
      if (values.length > length) {
        throw new RangeError(`array of ${length} elements given ${values.length} values`);
      }
      values.forEach((value, i) => {
        elem.store(addr + i * elem.size, value);
      });
    },
  };
}

/** A field. */
interface Part {
  readonly name: string;
  readonly codec: Codec;
  readonly offset: number;
}

function structCodec(table: CodecTable, t: StructType): StructCodec<object> {
  const type = table.type(t);
  const descriptors = t.fields();
  const offsets = new Map<string, number>();
  const parts = new Map<string, Part>();
  const withPointers: [name: string, codec: Codec][] = [];
  class View {
    readonly addr: number;
    constructor(addr: number) {
      this.addr = addr;
    }
  }
  for (const { name, offset } of type.fields!) {
    const codec = table.codec(descriptors[name]!);
    offsets.set(name, offset);
    parts.set(name, { name, codec, offset });
    if (codec.pointers !== undefined) withPointers.push([name, codec]);
    Object.defineProperty(View.prototype, name, {
      enumerable: true,
      get(this: View) {
        return codec.load(this.addr + offset);
      },
      set(this: View, value: unknown) {
        codec.store(this.addr + offset, value);
      },
    });
  }
  // The fields in the order in which the last values named them.
  const order: Part[] = [];
  const place = (i: number, name: string): Part => {
    const part = parts.get(name);
    if (part === undefined) throw new TypeError(`${t.name || 'struct'} has no field ${name}`);
    order[i] = part;
    return part;
  };
  const store = (addr: number, value: object) => {
    let i = 0;
    for (const name in value) {
      let part = order[i];
      if (part === undefined || part.name !== name) part = place(i, name);
      i++;
      part.codec.store(addr + part.offset, (value as Record<string, unknown>)[name]);
    }
  };
  const pointers = (value: object, visit: (p: number) => void) => {
    for (const [name, codec] of withPointers) {
      const field = (value as Record<string, unknown>)[name];
      if (field !== undefined) codec.pointers!(field, visit);
    }
  };
  return {
    size: type.size,
    offsets,
    at: (addr) => new View(addr),
    load: (addr) =>
      Object.fromEntries([...parts].map(([name, p]) => [name, p.codec.load(addr + p.offset)])),
    store,
    ...(withPointers.length > 0 && { pointers }),
  };
}

function basicCodec(
  rt: Runtime,
  write: WritePointer,
  name: Exclude<BasicName, 'unsafe.Pointer'>,
): Codec {
  const { memory } = rt;
  const codec = <V>(size: number, load: (a: number) => V, store: (a: number, v: V) => void) =>
    ({ size, load, store }) as Codec;
  switch (name) {
    case 'bool':
      return codec(
        1,
        (a) => memory.readUint8(a) !== 0,
        (a, v) => memory.writeUint8(a, v ? 1 : 0),
      );
    case 'uint8':
      return codec(
        1,
        (a) => memory.readUint8(a),
        (a, v) => memory.writeUint8(a, v & 0xff),
      );
    case 'int8':
      return codec(
        1,
        (a) => (memory.readUint8(a) << 24) >> 24,
        (a, v) => memory.writeUint8(a, v & 0xff),
      );
    case 'uint16':
      return codec(
        2,
        (a) => memory.readUint16(a),
        (a, v) => memory.writeUint16(a, v & 0xffff),
      );
    case 'int16':
      return codec(
        2,
        (a) => (memory.readUint16(a) << 16) >> 16,
        (a, v) => memory.writeUint16(a, v & 0xffff),
      );
    case 'uint32':
      return codec(
        4,
        (a) => memory.readUint32(a),
        (a, v) => memory.writeUint32(a, v >>> 0),
      );
    case 'int32':
      return codec(
        4,
        (a) => memory.readUint32(a) | 0,
        (a, v) => memory.writeUint32(a, v >>> 0),
      );
    case 'float32':
      return codec(
        4,
        (a) => memory.readFloat32(a),
        (a, v) => memory.writeFloat32(a, v),
      );
    case 'float64':
      return codec(
        8,
        (a) => memory.readFloat64(a),
        (a, v) => memory.writeFloat64(a, v),
      );
    case 'int':
      return rt.arch.ptrSize === 8 ? wideCodec(rt, true) : basicCodec(rt, write, 'int32');
    case 'uint':
    case 'uintptr':
      return rt.arch.ptrSize === 8 ? wideCodec(rt, false) : basicCodec(rt, write, 'uint32');
    case 'int64':
    case 'uint64':
      return wideCodec(rt, name === 'int64');
    case 'complex64':
    case 'complex128': {
      const part = basicCodec(rt, write, name === 'complex64' ? 'float32' : 'float64');
      return arrayCodec(part, 2) as Codec;
    }
    case 'string':
      return stringCodec(rt, write) as Codec;
    default:
      return name satisfies never;
  }
}

/** 64-bit integers as two halves; a number beyond 2^53 is stored as the nearest float64. */
function wideCodec(rt: Runtime, signed: boolean): Codec {
  const { memory } = rt;
  const isWord = rt.arch.ptrSize === 8;
  const [lo, hi] = rt.arch.bigEndian ? [4, 0] : [0, 4];
  const two32 = 2 ** 32;
  return {
    size: 8,
    load(addr) {
      if (isWord && !signed) return memory.readUintptr(addr);
      const high = memory.readUint32(addr + hi);
      return (signed ? high | 0 : high) * two32 + memory.readUint32(addr + lo);
    },
    store(addr, value) {
      const v = value as number;
      if (isWord) {
        memory.writeUintptr(addr, v);
        return;
      }
      memory.writeUint32(addr + lo, v >>> 0);
      memory.writeUint32(addr + hi, Math.floor(v / two32) >>> 0);
    },
  };
}
