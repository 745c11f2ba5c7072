/**
 * Go's types as the runtime sees them: layout, pointer mask, hash, names.
 *
 * A TypeTable makes the types of one target; equal types are one object, as in a linked program.
 *
 * @go internal/abi/type.go, runtime/type.go, cmd/compile/internal/types/size.go
 */
import type { Arch } from './arch.ts';
import { type Kind, kind } from './kind.ts';
import { MethodSets, methodOrder } from './methodset.ts';
import {
  hashMightPanic,
  isDirectIface,
  isReflexive,
  isRegularMemory,
  needKeyUpdate,
} from './typealg.ts';
import { descriptorSize, fieldOf, layOutFields } from './typelayout.ts';
import { pointerLayout } from './typemask.ts';
import {
  chanString,
  interfaceString,
  isExported,
  qualified,
  type Spelling,
  signature,
  spell,
  structString,
  typeHash,
  withoutVargen,
} from './typestring.ts';
import { alignUp } from './uintptr.ts';

export { type Kind, kind } from './kind.ts';
export { pointerMask } from './typemask.ts';

/** @go internal/abi/type.go TFlag */
const tflagUncommon = 1;
const tflagExtraStar = 2;
const tflagNamed = 4;
const tflagRegularMemory = 8;

/** Keys and elements above this are kept behind a pointer in a map's bucket. @go internal/abi/map.go */
const mapMaxKeyBytes = 128;
const mapMaxElemBytes = 128;
/** Entries of a map's bucket. */
export const bucketCnt = 8;

export interface Field {
  readonly name: string;
  readonly type: Type;
  /** Bytes from the struct's start. */
  readonly offset: number;
  readonly embedded: boolean;
  readonly tag: string;
  /** Package of an unexported name. */
  readonly pkgPath: string;
}

/** A method of an interface, or of a concrete type's method set. */
export interface Method {
  readonly name: string;
  /** Package of an unexported name. */
  readonly pkgPath: string;
  /** Its func type, without the receiver. */
  readonly type: Type;
}

/** What the runtime keeps of a map type. @go internal/abi/type.go MapType */
export interface MapLayout {
  readonly bucket: Type;
  /** Bytes of a slot: the key's, or a pointer's where it is indirect. */
  readonly keySize: number;
  readonly valueSize: number;
  readonly indirectKey: boolean;
  readonly indirectElem: boolean;
  /** k == k holds for all keys. */
  readonly reflexiveKey: boolean;
  /** An overwrite must store the key again (+0 and -0, strings). */
  readonly needKeyUpdate: boolean;
  readonly hashMightPanic: boolean;
}

/** @go internal/abi/type.go Type */
export class Type {
  kind: Kind;
  /** Address of the descriptor in rodata. */
  addr = 0;
  size = 0;
  /** Bytes from the start up to the last pointer's end; for a GC program, of all it describes. */
  ptrBytes = 0;
  hash = 0;
  tflag = 0;
  align = 1;
  /** Alignment as a struct's field: the same on every linux GOARCH. */
  fieldAlign = 1;
  /** An interface's data word holds the value itself. */
  directIface = false;
  /** gcdata is a GC program, not a mask. */
  gcProg = false;
  gcdata: Uint8Array = new Uint8Array(0);
  /** What rtype.string() says. */
  string = '';
  linkString = '';
  /** rtype.name(): '' for an unnamed type. */
  name = '';
  /** Package path of the uncommon part, '' without. For an unnamed *T with methods it is T's. */
  pkgPath = '';
  hasUncommon = false;
  elem: Type | undefined;
  key: Type | undefined;
  len: number | undefined;
  chanDir: 'both' | 'send' | 'recv' | undefined;
  fields: readonly Field[] | undefined;
  in: readonly Type[] | undefined;
  out: readonly Type[] | undefined;
  variadic: boolean | undefined;
  map: MapLayout | undefined;
  /** Of an interface: what it asks for. Of a concrete type: its method set. Sorted as the runtime has them. */
  methods: readonly Method[] = [];

  constructor(k: Kind) {
    this.kind = k;
  }

  /** @go runtime/heapdump.go dumptype */
  get interfaceDataIsPointer(): boolean {
    return !this.directIface || this.ptrBytes !== 0;
  }
}

export interface FieldSpec {
  readonly name: string;
  readonly type: Type;
  readonly embedded?: boolean;
  readonly tag?: string;
  /** Package of an unexported name, 'main' unless given. */
  readonly pkgPath?: string;
}

export interface MethodSpec {
  readonly name: string;
  readonly type?: Type;
  readonly pkgPath?: string;
}

export interface MethodSpecs {
  /** With a value receiver. */
  readonly value?: readonly MethodSpec[];
  /** With a pointer receiver: in the method set of the pointer only. */
  readonly pointer?: readonly MethodSpec[];
}

const basicKinds = [
  'bool',
  'int',
  'int8',
  'int16',
  'int32',
  'int64',
  'uint',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
  'uintptr',
  'float32',
  'float64',
  'complex64',
  'complex128',
  'string',
] as const;

export type BasicTypeName = (typeof basicKinds)[number] | 'unsafe.Pointer';

/** On 32-bit targets too, types with a field of their align64 are aligned to 8 bytes. */
const atomicPackages = ['sync/atomic', 'runtime/internal/atomic'];

/** All types of a program for one target. */
export class TypeTable {
  readonly arch: Arch;
  readonly #byLink = new Map<string, Type>();
  readonly #byAddr = new Map<number, Type>();
  readonly #underlying = new Map<Type, Type>();
  readonly #methodSets = new MethodSets();
  /** Map buckets, which are never compared. */
  readonly #buckets = new Set<Type>();
  /** Declarations being read; types made meanwhile may refer to what has no size yet. */
  #open = 0;
  readonly #unsized = new Set<Type>();
  #waiting: { readonly types: readonly Type[]; readonly run: () => void }[] = [];
  readonly #undescribed: Type[] = [];
  #nextAddr: number;
  readonly #typesEnd: number;
  readonly bool: Type;
  readonly int: Type;
  readonly int8: Type;
  readonly int16: Type;
  readonly int32: Type;
  readonly int64: Type;
  readonly uint: Type;
  readonly uint8: Type;
  readonly uint16: Type;
  readonly uint32: Type;
  readonly uint64: Type;
  readonly uintptr: Type;
  readonly float32: Type;
  readonly float64: Type;
  readonly complex64: Type;
  readonly complex128: Type;
  readonly string: Type;
  readonly unsafePointer: Type;

  /** `typesStart` and `typesEnd`: where descriptors lie in rodata. */
  constructor(arch: Arch, typesStart = 0x480000, typesEnd = Number.POSITIVE_INFINITY) {
    this.arch = arch;
    this.#nextAddr = typesStart;
    this.#typesEnd = typesEnd;
    const { ptrSize, int64Align } = arch;
    const basic = (name: BasicTypeName, k: Kind, size: number, align = size) =>
      this.#composite(
        k,
        () => name,
        (t) => {
          t.name = name === 'unsafe.Pointer' ? 'Pointer' : name;
          t.pkgPath = name === 'unsafe.Pointer' ? 'unsafe' : '';
          this.#layout(t, size, align);
        },
      );
    this.bool = basic('bool', kind.bool, 1);
    this.int = basic('int', kind.int, ptrSize);
    this.int8 = basic('int8', kind.int8, 1);
    this.int16 = basic('int16', kind.int16, 2);
    this.int32 = basic('int32', kind.int32, 4);
    this.int64 = basic('int64', kind.int64, 8, int64Align);
    this.uint = basic('uint', kind.uint, ptrSize);
    this.uint8 = basic('uint8', kind.uint8, 1);
    this.uint16 = basic('uint16', kind.uint16, 2);
    this.uint32 = basic('uint32', kind.uint32, 4);
    this.uint64 = basic('uint64', kind.uint64, 8, int64Align);
    this.uintptr = basic('uintptr', kind.uintptr, ptrSize);
    this.float32 = basic('float32', kind.float32, 4);
    this.float64 = basic('float64', kind.float64, 8, int64Align);
    this.complex64 = basic('complex64', kind.complex64, 8, 4);
    this.complex128 = basic('complex128', kind.complex128, 16, int64Align);
    this.string = basic('string', kind.string, 2 * ptrSize, ptrSize);
    this.unsafePointer = basic('unsafe.Pointer', kind.unsafePointer, ptrSize);
  }

  /** The type whose descriptor is at `addr`. */
  at(addr: number): Type {
    const t = this.#byAddr.get(addr);
    if (t === undefined) throw new RangeError(`no type at 0x${addr.toString(16)}`);
    return t;
  }

  /** All types that have a descriptor, in the order of their addresses. */
  all(): Iterable<Type> {
    return this.#byAddr.values();
  }

  /** `*elem`. */
  ptrTo(elem: Type): Type {
    return this.#composite(
      kind.ptr,
      (s) => `*${spell(elem, s)}`,
      (t) => {
        t.elem = elem;
        this.#layout(t, this.arch.ptrSize);
      },
    );
  }

  /** `[]elem`. */
  sliceOf(elem: Type): Type {
    return this.#composite(
      kind.slice,
      (s) => `[]${spell(elem, s)}`,
      (t) => {
        t.elem = elem;
        this.#layout(t, 3 * this.arch.ptrSize, this.arch.ptrSize);
      },
    );
  }

  /** `[len]elem`. */
  arrayOf(len: number, elem: Type): Type {
    return this.#composite(
      kind.array,
      (s) => `[${len}]${spell(elem, s)}`,
      (t) => {
        t.elem = elem;
        t.len = len;
        this.#layoutAfter(t, [elem], () => this.#layout(t, len * elem.size, elem.align));
      },
    );
  }

  /** `chan elem`, or with a direction. */
  chanOf(elem: Type, dir: 'both' | 'send' | 'recv' = 'both'): Type {
    return this.#composite(
      kind.chan,
      (s) => chanString(elem, dir, s),
      (t) => {
        t.elem = elem;
        t.chanDir = dir;
        this.#layout(t, this.arch.ptrSize);
      },
    );
  }

  /** `func(params) results`; the last parameter of a variadic one is its slice. */
  funcOf(params: readonly Type[], results: readonly Type[], variadic = false): Type {
    const text = (s: Spelling) => `func${signature(params, results, variadic, s)}`;
    return this.#composite(kind.func, text, (t) => {
      t.in = params;
      t.out = results;
      t.variadic = variadic;
      this.#layout(t, this.arch.ptrSize);
    });
  }

  /** `interface { methods }`. */
  interfaceOf(specs: readonly MethodSpec[]): Type {
    const methods = this.#methods(specs);
    return this.#composite(
      kind.interface,
      (s) => interfaceString(methods, s),
      (t) => {
        t.methods = methods;
        this.#layout(t, 2 * this.arch.ptrSize, this.arch.ptrSize);
      },
    );
  }

  /** `struct { fields }`. */
  structOf(specs: readonly FieldSpec[]): Type {
    const fields = specs.map(fieldOf);
    return this.#composite(
      kind.struct,
      (s) => structString(fields, s),
      (t) => this.#layOutStruct(t, fields),
    );
  }

  #layOutStruct(t: Type, fields: readonly Field[]): void {
    const parts = fields.map(({ type }) => type);
    this.#layoutAfter(t, parts, () => {
      const struct = layOutFields(fields);
      t.fields = struct.fields;
      this.#layout(t, struct.size, struct.align);
    });
  }

  /** `map[key]elem`. @go cmd/compile/internal/reflectdata/reflect.go MapBucketType */
  mapOf(key: Type, elem: Type): Type {
    const text = (s: Spelling) => `map[${spell(key, s)}]${spell(elem, s)}`;
    return this.#composite(kind.map, text, (t) => {
      t.key = key;
      t.elem = elem;
      this.#layout(t, this.arch.ptrSize);
      this.#after([key, elem], () => {
        t.map = this.#mapLayout(key, elem);
      });
    });
  }

  #mapLayout(key: Type, elem: Type): MapLayout {
    const indirectKey = key.size > mapMaxKeyBytes;
    const indirectElem = elem.size > mapMaxElemBytes;
    const k = indirectKey ? this.ptrTo(key) : key;
    const e = indirectElem ? this.ptrTo(elem) : elem;
    const overflow = k.ptrBytes === 0 && e.ptrBytes === 0 ? this.uintptr : this.unsafePointer;
    const fields = [
      { name: 'topbits', type: this.arrayOf(bucketCnt, this.uint8) },
      { name: 'keys', type: this.arrayOf(bucketCnt, k) },
      { name: 'elems', type: this.arrayOf(bucketCnt, e) },
      { name: 'overflow', type: overflow },
    ].map(fieldOf);
    const text = (s: Spelling) => `map.bucket[${spell(key, s)}]${spell(elem, s)}`;
    const bucket = this.#composite(kind.struct, text, (t) => {
      this.#buckets.add(t);
      this.#layOutStruct(t, fields);
    });
    return {
      bucket,
      keySize: k.size,
      valueSize: e.size,
      indirectKey,
      indirectElem,
      reflexiveKey: isReflexive(key),
      needKeyUpdate: needKeyUpdate(key),
      hashMightPanic: hashMightPanic(key),
    };
  }

  /**
   * `type name underlying` in a package; predeclared types such as error have pkgPath ''. A type declared
   * in a function has the compiler's suffix in its name: `T·1`; an instance of a generic one has its
   * arguments' link strings: `List[main.Node]`. What refers to the type itself is given
   * as a function, which is called once; until `named` returns, such types may have no size yet.
   */
  named(
    pkgPath: string,
    name: string,
    underlying: Type | (() => Type),
    methods: MethodSpecs | (() => MethodSpecs) = {},
  ): Type {
    const linkString = qualified(pkgPath, name, 'link');
    const known = this.#byLink.get(linkString);
    if (known !== undefined) return known;
    const t = this.#enter(kind.struct, linkString, qualified(pkgPath, withoutVargen(name), 'name'));
    t.name = withoutVargen(name);
    t.pkgPath = pkgPath;
    this.#unsized.add(t);
    this.#open++;
    try {
      const u = typeof underlying === 'function' ? underlying() : underlying;
      t.kind = u.kind;
      if (u.kind === kind.interface) t.methods = u.methods;
      this.#underlying.set(t, u);
      const { value = [], pointer = [] } = typeof methods === 'function' ? methods() : methods;
      this.#methodSets.declare(t, this.#methods(value), this.#methods(pointer));
      this.#layoutAfter(t, [u], () => this.#layOutNamed(t, u));
    } finally {
      this.#open--;
    }
    this.#settle();
    return t;
  }

  #layOutNamed(t: Type, u: Type): void {
    t.elem = u.elem;
    t.key = u.key;
    t.len = u.len;
    t.chanDir = u.chanDir;
    t.fields = u.fields;
    t.in = u.in;
    t.out = u.out;
    t.variadic = u.variadic;
    const aligned = t.name === 'align64' && atomicPackages.includes(t.pkgPath);
    this.#layout(t, u.size, aligned ? 8 : u.align);
  }

  #methods(specs: readonly MethodSpec[]): readonly Method[] {
    const methods = specs.map(({ name, type, pkgPath }) => ({
      name,
      pkgPath: isExported(name) ? '' : (pkgPath ?? 'main'),
      type: type ?? this.funcOf([], []),
    }));
    return methods.sort(methodOrder);
  }

  #composite(k: Kind, text: (s: Spelling) => string, fill: (t: Type) => void): Type {
    const linkString = text('link');
    const known = this.#byLink.get(linkString);
    if (known !== undefined) return known;
    const t = this.#enter(k, linkString, text('name'));
    fill(t);
    this.#settle();
    return t;
  }

  /** Enters the type before its parts are filled in, so that they may refer to it. */
  #enter(k: Kind, linkString: string, string: string): Type {
    const t = new Type(k);
    t.linkString = linkString;
    t.string = string;
    t.hash = typeHash(linkString);
    this.#byLink.set(linkString, t);
    this.#undescribed.push(t);
    return t;
  }

  /** Does it when all the types have a size. */
  #after(types: readonly Type[], run: () => void): void {
    if (types.every((t) => !this.#unsized.has(t))) run();
    else this.#waiting.push({ types, run });
  }

  #layoutAfter(t: Type, parts: readonly Type[], run: () => void): void {
    this.#unsized.add(t);
    this.#after(parts, run);
  }

  /** Outside of every declaration all types must be whole. @go cmd/compile/internal/types/size.go ResumeCheckSize */
  #settle(): void {
    if (this.#open > 0) return;
    this.#open++;
    try {
      while (this.#waiting.length > 0) {
        const waiting = this.#waiting;
        this.#waiting = [];
        for (const { types, run } of waiting) this.#after(types, run);
        if (this.#waiting.length === waiting.length) this.#refuseRecursion();
      }
      for (const t of this.#undescribed) this.#describe(t);
      this.#undescribed.length = 0;
    } finally {
      this.#open--;
    }
  }

  #refuseRecursion(): never {
    const names = [...this.#unsized].filter((t) => t.name !== '').map((t) => t.linkString);
    throw new TypeError(`invalid recursive type: ${names.join(' refers to ')} refers to itself`);
  }

  /** What follows from size, alignment and parts. */
  #layout(t: Type, size: number, align: number = size): void {
    t.size = size;
    t.align = align;
    t.fieldAlign = align;
    Object.assign(t, pointerLayout(t, this.arch.ptrSize, this.arch.bigEndian));
    t.directIface = isDirectIface(t);
    this.#unsized.delete(t);
  }

  /** What needs the parts whole: methods, flags, the descriptor and its address. */
  #describe(t: Type): void {
    t.map = this.#underlying.get(t)?.map ?? t.map;
    t.methods = this.#methodSets.of(t);
    t.hasUncommon = t.name !== '' || (t.kind !== kind.interface && t.methods.length > 0);
    if (t.name === '' && t.hasUncommon && t.kind === kind.ptr) t.pkgPath = t.elem!.pkgPath;
    t.tflag =
      (t.hasUncommon ? tflagUncommon : 0) +
      (t.string.startsWith('*') ? 0 : tflagExtraStar) +
      (t.name === '' ? 0 : tflagNamed) +
      (isRegularMemory(t) && !this.#buckets.has(t) ? tflagRegularMemory : 0);
    t.addr = this.#nextAddr;
    this.#byAddr.set(t.addr, t);
    this.#nextAddr = alignUp(t.addr + descriptorSize(t, this.arch.ptrSize), 32);
    if (this.#nextAddr > this.#typesEnd) {
      throw new RangeError(`no room for the type descriptor of ${t.string}`);
    }
  }
}
