/** From a script's type descriptors to the runtime's types and codecs of one world. */
import { errorType } from '../../sim/doinit.ts';
import type { Runtime } from '../../sim/runtime2.ts';
import type { MethodSpec, Type, TypeTable } from '../../sim/type.ts';
import { type Codec, makeCodec, type StructCodec, type WritePointer } from './codec.ts';
import type { BasicName, GoType, StructType } from './types.ts';

/** Splits `example.com/shop.Order` into package path and name. */
export function splitName(qualified: string): { pkgPath: string; name: string } {
  const dot = qualified.indexOf('.', qualified.lastIndexOf('/') + 1);
  return dot < 0
    ? { pkgPath: '', name: qualified }
    : { pkgPath: qualified.slice(0, dot), name: qualified.slice(dot + 1) };
}

/** Makes the runtime's types of one world. */
export class TypeResolver {
  readonly rt: Runtime;
  readonly #types = new WeakMap<GoType<never>, Type>();

  constructor(rt: Runtime) {
    this.rt = rt;
  }

  /** The runtime's type, made when it is first asked for. */
  type<V>(t: GoType<V>): Type {
    const key = t as GoType<never>;
    let type = this.#types.get(key);
    if (type === undefined) {
      type = this.#resolve(t);
      this.#types.set(key, type);
    }
    return type;
  }

  #resolve(t: GoType<unknown>): Type {
    const { types } = this.rt;
    switch (t.kind) {
      case 'basic':
        return basicType(types, t.name);
      case 'ptr':
        return types.ptrTo(this.type(t.elem));
      case 'slice':
        return types.sliceOf(this.type(t.elem));
      case 'array':
        return types.arrayOf(t.len, this.type(t.elem));
      case 'map':
        return types.mapOf(this.type(t.key), this.type(t.elem));
      case 'chan':
        return types.chanOf(this.type(t.elem));
      case 'func':
        return types.funcOf(
          t.params.map((p) => this.type(p)),
          t.results.map((r) => this.type(r)),
        );
      case 'interface': {
        if (t.name === 'error') return errorType(this.rt);
        const literal = types.interfaceOf(methodSpecs(t.methods));
        if (t.name === '') return literal;
        const { pkgPath, name } = splitName(t.name);
        return types.named(pkgPath, name, literal);
      }
      case 'named': {
        const { pkgPath, name } = splitName(t.name);
        return types.named(pkgPath, name, this.type(t.underlying), methodSets(t));
      }
      case 'struct': {
        const literal = () =>
          types.structOf(
            Object.entries(t.fields()).map(([name, field]) => ({ name, type: this.type(field) })),
          );
        if (t.name === '') return literal();
        const { pkgPath, name } = splitName(t.name);
        return types.named(pkgPath, name, literal, methodSets(t));
      }
      default:
        return t satisfies never;
    }
  }
}

/** Hears of each value that a script stores. */
export interface OnStore {
  before(): void;
  after(addr: number, type: GoType<unknown>, value: unknown): void;
}

/** The codecs of one world's types for one kind of memory. */
export class CodecTable {
  readonly rt: Runtime;
  readonly write: WritePointer;
  /** Of frames, where a pointer is stored without a barrier. */
  readonly isStack: boolean;
  readonly #resolver: TypeResolver;
  readonly #onStore: OnStore | undefined;
  readonly #codecs = new WeakMap<GoType<never>, Codec>();

  /** `write` is how pointers are stored in the heap and the globals; without it, the codecs are those of frames. */
  constructor(resolver: TypeResolver, write: WritePointer | undefined, onStore?: OnStore) {
    const { memory } = resolver.rt;
    this.rt = resolver.rt;
    this.write = write ?? ((slot, value) => memory.writeUintptr(slot, value));
    this.isStack = write === undefined;
    this.#resolver = resolver;
    this.#onStore = onStore;
  }

  type<V>(t: GoType<V>): Type {
    return this.#resolver.type(t);
  }

  codec<V>(t: StructType<V>): StructCodec<V>;
  codec<V>(t: GoType<V>): Codec<V>;
  codec<V>(t: GoType<V>): Codec<V> {
    const key = t as GoType<never>;
    let codec = this.#codecs.get(key);
    if (codec === undefined) {
      codec = this.#heard(t, makeCodec(this, t));
      this.#codecs.set(key, codec);
    }
    return codec as Codec<V>;
  }

  /** The same codec, telling its stores. Those of composite types are told by their parts. */
  #heard(t: GoType<unknown>, codec: Codec): Codec {
    const onStore = this.#onStore;
    if (onStore === undefined || t.kind === 'struct' || t.kind === 'array' || t.kind === 'named') {
      return codec;
    }
    return {
      ...codec,
      pointerIn: undefined,
      store(addr, value) {
        onStore.before();
        codec.store(addr, value);
        onStore.after(addr, t, value);
      },
    };
  }
}

const methodSpecs = (names: readonly string[]): MethodSpec[] => names.map((name) => ({ name }));

function methodSets(t: { methods: readonly string[]; ptrMethods: readonly string[] }) {
  return { value: methodSpecs(t.methods), pointer: methodSpecs(t.ptrMethods) };
}

function basicType(types: TypeTable, name: BasicName): Type {
  return name === 'unsafe.Pointer' ? types.unsafePointer : types[name];
}
