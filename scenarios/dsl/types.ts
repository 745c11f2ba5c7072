/**
 * Go types as a scenario writes them down, and the TypeScript types of their values.
 *
 * A descriptor is made once, when the scenario's module is loaded, and knows nothing of a target: each
 * world resolves it to the runtime's own type, with that GOARCH's layout and hash.
 */

declare const pointee: unique symbol;
declare const mapBrand: unique symbol;
declare const chanBrand: unique symbol;
declare const funcBrand: unique symbol;

/** A Go pointer: an address. `===` compares as Go's == does; nil is 0. */
export type Ptr<T> = number & { readonly [pointee]: T };
/** A Go map value: the address of its hmap. */
export type MapValue<K, V> = number & { readonly [mapBrand]: [K, V] };
/** A Go channel value: the address of its hchan. */
export type Chan<T> = number & { readonly [chanBrand]: T };
/** A Go func value: the address of its closure. */
export type FuncValue = number & { readonly [funcBrand]: true };
// biome-ignore lint/suspicious/noExplicitAny: nil is a value of every pointer-shaped type
export type Nil = Ptr<any> & MapValue<any, any> & Chan<any> & FuncValue;

export const nil = 0 as Nil;

/** A Go string header: the bytes' address and length. */
export interface GoString {
  readonly str: number;
  readonly len: number;
}

/** A Go slice header; values are immutable, as `append` returns a new one. */
export interface Slice<T> {
  readonly array: Ptr<T>;
  readonly len: number;
  readonly cap: number;
}

/** A Go interface value: type word (type or itab) and data word. */
export interface Interface {
  readonly tab: number;
  readonly data: number;
}

export type BasicName =
  | 'bool'
  | 'int'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'uintptr'
  | 'float32'
  | 'float64'
  | 'complex64'
  | 'complex128'
  | 'string'
  | 'unsafe.Pointer';

interface Typed<V> {
  /** Phantom: the TypeScript type of a value of this type. */
  readonly value?: V;
}

export interface BasicType<V = unknown> extends Typed<V> {
  readonly kind: 'basic';
  readonly name: BasicName;
}
export interface PtrType<T = unknown> extends Typed<Ptr<T>> {
  readonly kind: 'ptr';
  readonly elem: GoType<T>;
}
export interface SliceType<T = unknown> extends Typed<Slice<T>> {
  readonly kind: 'slice';
  readonly elem: GoType<T>;
}
export interface ArrayType<T = unknown> extends Typed<readonly T[]> {
  readonly kind: 'array';
  readonly elem: GoType<T>;
  readonly len: number;
}
export interface MapType<K = unknown, V = unknown> extends Typed<MapValue<K, V>> {
  readonly kind: 'map';
  readonly key: GoType<K>;
  readonly elem: GoType<V>;
}
export interface ChanType<T = unknown> extends Typed<Chan<T>> {
  readonly kind: 'chan';
  readonly elem: GoType<T>;
}
export interface FuncType extends Typed<FuncValue> {
  readonly kind: 'func';
  readonly params: readonly GoType<unknown>[];
  readonly results: readonly GoType<unknown>[];
}
export interface InterfaceType extends Typed<Interface> {
  readonly kind: 'interface';
  readonly name: string;
  readonly methods: readonly string[];
}
export interface StructType<T = unknown> extends Typed<T> {
  readonly kind: 'struct';
  /** '' for a struct literal. */
  readonly name: string;
  /** Called once, when a world first needs the layout, so that a type may refer to itself. */
  readonly fields: () => Readonly<Record<string, GoType<unknown>>>;
  /** Methods with a value receiver: the type implements an interface that asks for these. */
  readonly methods: readonly string[];
  /** Methods with a pointer receiver. */
  readonly ptrMethods: readonly string[];
}
/** A defined type whose underlying type is not a struct: `type Celsius float64`. */
export interface NamedType<V = unknown> extends Typed<V> {
  readonly kind: 'named';
  readonly name: string;
  readonly underlying: GoType<V>;
  readonly methods: readonly string[];
  readonly ptrMethods: readonly string[];
}

export type GoType<V> =
  | BasicType<V>
  | StructType<V>
  | NamedType<V>
  | (Typed<V> & (PtrType | SliceType | ArrayType | MapType | ChanType | FuncType | InterfaceType));

/** The TypeScript type of a descriptor's values. */
export type ValueOf<T> = T extends { readonly value?: infer V } ? NonNullable<V> : never;
export type Fields = Readonly<Record<string, GoType<unknown>>>;
export type ValuesOf<F extends Fields> = { [K in keyof F]: ValueOf<F[K]> };

const basic = <V>(name: BasicName): BasicType<V> => ({ kind: 'basic', name });

export const bool = basic<boolean>('bool');
export const int = basic<number>('int');
export const int8 = basic<number>('int8');
export const int16 = basic<number>('int16');
export const int32 = basic<number>('int32');
/** 64-bit values are numbers: exact up to 2^53. */
export const int64 = basic<number>('int64');
export const uint = basic<number>('uint');
export const uint8 = basic<number>('uint8');
export const uint16 = basic<number>('uint16');
export const uint32 = basic<number>('uint32');
export const uint64 = basic<number>('uint64');
export const uintptr = basic<number>('uintptr');
export const float32 = basic<number>('float32');
export const float64 = basic<number>('float64');
export const string = basic<GoString>('string');
export const unsafePointer = basic<Ptr<unknown>>('unsafe.Pointer');

/** `*T` */
export const ptr = <T>(elem: GoType<T>): PtrType<T> => ({ kind: 'ptr', elem });
/** `[]T` */
export const slice = <T>(elem: GoType<T>): SliceType<T> => ({ kind: 'slice', elem });
/** `[len]T` */
export const array = <T>(len: number, elem: GoType<T>): ArrayType<T> => ({
  kind: 'array',
  elem,
  len,
});
/** `map[K]V` */
export const map = <K, V>(key: GoType<K>, elem: GoType<V>): MapType<K, V> => ({
  kind: 'map',
  key,
  elem,
});
/** `chan T` */
export const chan = <T>(elem: GoType<T>): ChanType<T> => ({ kind: 'chan', elem });
/** `func(params) results` */
export const funcType = (
  params: readonly GoType<unknown>[] = [],
  results: readonly GoType<unknown>[] = [],
): FuncType => ({ kind: 'func', params, results });
/** `any` */
export const any: InterfaceType = { kind: 'interface', name: '', methods: [] };
/** `error`, whose method has the type `func() string`. */
export const error: InterfaceType = { kind: 'interface', name: 'error', methods: ['Error'] };
/** `type name interface { methods }`; each method is `func()`. */
export const interfaceType = (name: string, methods: readonly string[]): InterfaceType => ({
  kind: 'interface',
  name,
  methods,
});

interface MethodNames {
  /** Names of methods `func()` on the value, and on the pointer. */
  readonly methods?: readonly string[];
  readonly ptrMethods?: readonly string[];
}

/**
 * `type name struct { fields }`, name with its package: `main.Node`; '' for a struct literal.
 *
 * A type that refers to itself is declared as an interface first, and its fields in a function:
 *
 *     interface Node { next: Ptr<Node>; val: number }
 *     const Node: StructType<Node> = struct('main.Node', () => ({ next: ptr(Node), val: int }));
 */
export function struct<F extends Fields>(
  name: string,
  fields: F | (() => F),
  { methods = [], ptrMethods = [] }: MethodNames = {},
): StructType<ValuesOf<F>> {
  const thunk = typeof fields === 'function' ? fields : () => fields;
  return { kind: 'struct', name, fields: thunk, methods, ptrMethods };
}

/** `type name underlying`, for example `named('main.Celsius', float64)`. */
export function named<V>(
  name: string,
  underlying: GoType<V>,
  { methods = [], ptrMethods = [] }: MethodNames = {},
): NamedType<V> {
  return { kind: 'named', name, underlying, methods, ptrMethods };
}
