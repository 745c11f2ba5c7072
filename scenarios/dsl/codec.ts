/**
 * How a Go value lies in simulated memory: one codec per type and world, made once, so that reading
 * and writing fields costs no look-up by name or kind.
 */
import type { Runtime } from '../../sim/runtime2.ts';
import type { Type } from '../../sim/type.ts';
import type { TypeResolver } from './resolve.ts';
import type { BasicName, GoString, GoType, Interface, Slice, StructType } from './types.ts';

export interface Codec<V = unknown> {
  readonly size: number;
  load(addr: number): V;
  store(addr: number, value: V): void;
}

/** A struct's codec also makes the object through which a script reads and writes its fields. */
export interface StructCodec<T = unknown> extends Codec<T> {
  /** Offset of each field. */
  readonly offsets: ReadonlyMap<string, number>;
  /** Stores only the fields that `value` has. */
  init(addr: number, value: Partial<T>): void;
  at(addr: number): T;
}

/** The codec of a resolved type. */
export function makeCodec(rt: Runtime, resolver: TypeResolver, t: GoType<unknown>): Codec {
  switch (t.kind) {
    case 'basic':
      return basicCodec(rt, t.name);
    case 'ptr':
    case 'map':
    case 'chan':
    case 'func':
      return pointerCodec(rt);
    case 'slice':
      return sliceCodec(rt) as Codec;
    case 'interface':
      return interfaceCodec(rt) as Codec;
    case 'array':
      return arrayCodec(resolver.codec(t.elem as GoType<unknown>), t.len) as Codec;
    case 'named':
      return resolver.codec(t.underlying);
    case 'struct':
      return structCodec(resolver, t, resolver.type(t)) as Codec;
    default:
      return t satisfies never;
  }
}

function pointerCodec(rt: Runtime): Codec {
  const { memory, gc } = rt;
  return {
    size: rt.arch.ptrSize,
    load: (addr) => memory.readUintptr(addr),
    store: (addr, value) => gc.writePointer(rt, addr, value as number),
  };
}

function sliceCodec(rt: Runtime): Codec<Slice<unknown>> {
  const { memory, gc } = rt;
  const w = rt.arch.ptrSize;
  return {
    size: 3 * w,
    load: (addr) => ({
      array: memory.readUintptr(addr) as Slice<unknown>['array'],
      len: memory.readUintptr(addr + w),
      cap: memory.readUintptr(addr + 2 * w),
    }),
    store(addr, { array, len, cap }) {
      gc.writePointer(rt, addr, array);
      memory.writeUintptr(addr + w, len);
      memory.writeUintptr(addr + 2 * w, cap);
    },
  };
}

function stringCodec(rt: Runtime): Codec<GoString> {
  const { memory, gc } = rt;
  const w = rt.arch.ptrSize;
  return {
    size: 2 * w,
    load: (addr) => ({ data: memory.readUintptr(addr), len: memory.readUintptr(addr + w) }),
    store(addr, { data, len }) {
      gc.writePointer(rt, addr, data);
      memory.writeUintptr(addr + w, len);
    },
  };
}

function interfaceCodec(rt: Runtime): Codec<Interface> {
  const { memory, gc } = rt;
  const w = rt.arch.ptrSize;
  return {
    size: 2 * w,
    load: (addr) => ({ tab: memory.readUintptr(addr), data: memory.readUintptr(addr + w) }),
    store(addr, { tab, data }) {
      gc.writePointer(rt, addr, tab);
      gc.writePointer(rt, addr + w, data);
    },
  };
}

function arrayCodec(elem: Codec, length: number): Codec<readonly unknown[]> {
  return {
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

function structCodec(resolver: TypeResolver, t: StructType, type: Type): StructCodec<object> {
  const descriptors = t.fields();
  const offsets = new Map<string, number>();
  const codecs = new Map<string, Codec>();
  class View {
    readonly addr: number;
    constructor(addr: number) {
      this.addr = addr;
    }
  }
  for (const field of type.fields!) {
    const { name, offset } = field;
    const codec = resolver.codec(descriptors[name]!);
    offsets.set(name, offset);
    codecs.set(name, codec);
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
  const init = (addr: number, value: object) => {
    for (const name in value) {
      const codec = codecs.get(name);
      if (codec === undefined) throw new TypeError(`${t.name || 'struct'} has no field ${name}`);
      codec.store(addr + offsets.get(name)!, (value as Record<string, unknown>)[name]);
    }
  };
  return {
    size: type.size,
    offsets,
    at: (addr) => new View(addr),
    init,
    load: (addr) =>
      Object.fromEntries([...codecs].map(([name, c]) => [name, c.load(addr + offsets.get(name)!)])),
    store: init,
  };
}

function basicCodec(rt: Runtime, name: BasicName): Codec {
  const { memory } = rt;
  const codec = <V>(size: number, load: (a: number) => V, store: (a: number, v: V) => void) =>
    ({ size, load, store }) as Codec;
  switch (name) {
    case 'bool':
      return codec(1, (a) => memory.readUint8(a) !== 0, (a, v) => memory.writeUint8(a, v ? 1 : 0));
    case 'uint8':
      return codec(1, (a) => memory.readUint8(a), (a, v) => memory.writeUint8(a, v & 0xff));
    case 'int8':
      return codec(1, (a) => (memory.readUint8(a) << 24) >> 24, (a, v) => memory.writeUint8(a, v & 0xff));
    case 'uint16':
      return codec(2, (a) => memory.readUint16(a), (a, v) => memory.writeUint16(a, v & 0xffff));
    case 'int16':
      return codec(2, (a) => (memory.readUint16(a) << 16) >> 16, (a, v) => memory.writeUint16(a, v & 0xffff));
    case 'uint32':
      return codec(4, (a) => memory.readUint32(a), (a, v) => memory.writeUint32(a, v >>> 0));
    case 'int32':
      return codec(4, (a) => memory.readUint32(a) | 0, (a, v) => memory.writeUint32(a, v >>> 0));
    case 'float32':
      return codec(4, (a) => memory.readFloat32(a), (a, v) => memory.writeFloat32(a, v));
    case 'float64':
      return codec(8, (a) => memory.readFloat64(a), (a, v) => memory.writeFloat64(a, v));
    case 'int':
      return rt.arch.ptrSize === 8 ? basicCodec(rt, 'int64') : basicCodec(rt, 'int32');
    case 'uint':
    case 'uintptr':
      return rt.arch.ptrSize === 8 ? basicCodec(rt, 'uint64') : basicCodec(rt, 'uint32');
    case 'int64':
    case 'uint64':
      return wideCodec(rt, name === 'int64');
    case 'complex64':
    case 'complex128': {
      const part = basicCodec(rt, name === 'complex64' ? 'float32' : 'float64');
      return arrayCodec(part, 2) as Codec;
    }
    case 'string':
      return stringCodec(rt) as Codec;
    case 'unsafe.Pointer':
      return pointerCodec(rt);
    default:
      return name satisfies never;
  }
}

/** 64-bit integers as two halves; a number beyond 2^53 is stored as the nearest float64. */
function wideCodec(rt: Runtime, signed: boolean): Codec {
  const { memory } = rt;
  const [lo, hi] = rt.arch.bigEndian ? [4, 0] : [0, 4];
  const two32 = 2 ** 32;
  return {
    size: 8,
    load(addr) {
      const high = memory.readUint32(addr + hi);
      return (signed ? high | 0 : high) * two32 + memory.readUint32(addr + lo);
    },
    store(addr, value) {
      const v = value as number;
      memory.writeUint32(addr + lo, v % two32 >>> 0);
      memory.writeUint32(addr + hi, Math.floor(v / two32) >>> 0);
    },
  };
}
