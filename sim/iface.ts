/**
 * Interface values: the table of itabs, and what a conversion to an interface allocates.
 *
 * @go runtime/iface.go
 */
import type { PanicArgument, PanicError } from './error.ts';
import { throw_ } from './errors.ts';
import { mallocgc, newobject } from './malloc.ts';
import { typedmemmove } from './mbarrier.ts';
import type { ModuleData } from './moduledata.ts';
import type { Runtime } from './runtime2.ts';
import { itabInitSize } from './runtimeglobals.ts';
import type { Method, Type } from './type.ts';

/** How a type implements an interface. @go runtime/runtime2.go itab */
export interface Itab {
  readonly addr: number;
  readonly inter: Type;
  readonly type: Type;
  /** Copy of the type's hash; 0 in an itab made at run time, which no type switch uses. */
  readonly hash: number;
  /** Entry pcs of the methods in the interface's order; the first is 0 if the type lacks one. */
  readonly fun: number[];
}

/** The panic value of a failed conversion; the message is what Error() says. @go runtime/error.go TypeAssertionError */
class TypeAssertionError extends Error implements PanicError {
  override readonly name = 'TypeAssertionError';
  readonly iface: Type | null;
  /** null: the interface value was nil. */
  readonly concrete: Type | null;
  readonly asserted: Type;
  readonly missingMethod: string;

  constructor(iface: Type | null, concrete: Type | null, asserted: Type, missingMethod = '') {
    super(describe(iface, concrete, asserted, missingMethod));
    this.iface = iface;
    this.concrete = concrete;
    this.asserted = asserted;
    this.missingMethod = missingMethod;
  }

  get text(): string {
    return this.message;
  }

  panicArgument(rt: Runtime): PanicArgument {
    const { types, memory, arch } = rt;
    const t = types.named('runtime', 'TypeAssertionError', () =>
      types.structOf([
        { name: '_interface', type: types.unsafePointer },
        { name: 'concrete', type: types.unsafePointer },
        { name: 'asserted', type: types.unsafePointer },
        { name: 'missingMethod', type: types.string },
      ]),
    );
    const p = newobject(rt, t);
    for (const [i, word] of [this.iface, this.concrete, this.asserted].entries()) {
      memory.writeUintptr(p + i * arch.ptrSize, word?.addr ?? 0);
    }
    if (this.missingMethod !== '') {
      const text = rt.sched.constantString(rt, this.missingMethod);
      memory.copy(p + 3 * arch.ptrSize, text, 2 * arch.ptrSize);
    }
    return { argType: types.ptrTo(t).addr, argData: p };
  }
}

/** @go runtime/error.go (*TypeAssertionError).Error */
function describe(
  iface: Type | null,
  concrete: Type | null,
  asserted: Type,
  missingMethod: string,
): string {
  const inter = iface?.string ?? 'interface';
  const as = asserted.string;
  if (concrete === null) return `interface conversion: ${inter} is nil, not ${as}`;
  const cs = concrete.string;
  if (missingMethod !== '') {
    return `interface conversion: ${cs} is not ${as}: missing method ${missingMethod}`;
  }
  const message = `interface conversion: ${inter} is ${cs}, not ${as}`;
  if (cs !== as) return message;
  const apart = concrete.pkgPath === asserted.pkgPath ? 'scopes' : 'packages';
  return `${message} (types from different ${apart})`;
}

/**
 * Open-addressed hash table of itabs. It lies in simulated memory as well, first in a variable, once
 * grown in the heap.
 *
 * @go runtime/iface.go itabTableType
 */
export class ItabTable {
  /** Address of the table, 0 before {@link itabsinit}. */
  addr = 0;
  #entries: (Itab | undefined)[] = new Array<undefined>(itabInitSize).fill(undefined);
  #count = 0;
  /** Itabs that the linker made, in the order of the module's itablinks. */
  readonly #links: Itab[] = [];

  /** Slots, a power of two. */
  get size(): number {
    return this.#entries.length;
  }

  get count(): number {
    return this.#count;
  }

  get links(): readonly Itab[] {
    return this.#links;
  }

  /** Has the linker make an itab, which {@link itabsinit} enters. */
  link(tab: Itab): void {
    this.#links.push(tab);
  }

  linked(inter: Type, typ: Type): Itab | undefined {
    return this.#links.find((t) => t.inter === inter && t.type === typ);
  }

  /** @go runtime/iface.go (*itabTableType).find */
  find(inter: Type, typ: Type): Itab | undefined {
    const mask = this.size - 1;
    let h = itabHashFunc(inter, typ) & mask;
    for (let i = 1; ; i++) {
      const m = this.#entries[h];
      if (m === undefined || (m.inter === inter && m.type === typ)) return m;
      h = (h + i) & mask;
    }
  }

  /** Enters an itab; one that is in the table already stays where it is. @go runtime/iface.go (*itabTableType).add */
  add(rt: Runtime, m: Itab): void {
    const { ptrSize } = rt.arch;
    const h = freeSlot(this.#entries, m);
    if (this.#entries[h] === m) return;
    this.#entries[h] = m;
    this.#count++;
    if (this.addr === 0) return;
    rt.memory.writeUintptr(this.addr + (2 + h) * ptrSize, m.addr);
    rt.memory.writeUintptr(this.addr + ptrSize, this.#count);
  }

  /** Moves to a table of twice the size, in the heap. */
  grow(rt: Runtime): void {
    const { ptrSize } = rt.arch;
    const { memory } = rt;
    const size = this.size * 2;
    const addr = mallocgc(rt, (2 + size) * ptrSize, null, true);
    const entries = new Array<Itab | undefined>(size).fill(undefined);
    for (const m of this) {
      const h = freeSlot(entries, m);
      entries[h] = m;
      memory.writeUintptr(addr + (2 + h) * ptrSize, m.addr);
    }
    memory.writeUintptr(addr, size);
    memory.writeUintptr(addr + ptrSize, this.#count);
    this.#entries = entries;
    this.addr = addr;
    const slot = itabTableVariable(rt);
    if (slot !== 0) rt.gc.writePointer(rt, slot, addr);
  }

  /** By position in the table, as iterate_itabs goes. @go runtime/iface.go iterate_itabs */
  *[Symbol.iterator](): Generator<Itab, void, void> {
    for (const m of this.#entries) if (m !== undefined) yield m;
  }
}

/** Slot of `m` in the probe sequence h0 + i*(i+1)/2, or the first free one. */
function freeSlot(entries: readonly (Itab | undefined)[], m: Itab): number {
  const mask = entries.length - 1;
  let h = itabHashFunc(m.inter, m.type) & mask;
  for (let i = 1; ; i++) {
    const other = entries[h];
    if (other === undefined || other === m) return h;
    h = (h + i) & mask;
  }
}

/** 32 bits; the table's size masks them. @go runtime/iface.go itabHashFunc */
export function itabHashFunc(inter: Type, typ: Type): number {
  return (inter.hash ^ typ.hash) >>> 0;
}

/** Address of the variable runtime.itabTable, 0 in a program without it. */
function itabTableVariable(rt: Runtime): number {
  const md: ModuleData = rt.firstmoduledata;
  return md.hasGlobal('runtime.itabTable') ? md.addressOf('runtime.itabTable') : 0;
}

/** Enters an itab, growing the table at three quarters. @go runtime/iface.go itabAdd */
function itabAdd(rt: Runtime, m: Itab): void {
  if (rt.m.mallocing !== 0) throw_('malloc deadlock');
  const t = rt.itabTable;
  if (t.count >= 3 * (t.size / 4)) t.grow(rt);
  t.add(rt, m);
}

/** Enters the itabs that the linker made. @go runtime/iface.go itabsinit */
export function itabsinit(rt: Runtime): void {
  const t = rt.itabTable;
  const slot = itabTableVariable(rt);
  if (slot !== 0) {
    t.addr = rt.firstmoduledata.addressOf('runtime.itabTableInit');
    rt.memory.writeUintptr(slot, t.addr);
    rt.memory.writeUintptr(t.addr, t.size);
  }
  for (const m of t.links) itabAdd(rt, m);
}

/** All itabs, in the table's order. @go runtime/iface.go iterate_itabs */
export function iterate_itabs(rt: Runtime): Iterable<Itab> {
  return rt.itabTable;
}

/** Bytes of an itab: the struct has room for one method. */
function itabBytes(rt: Runtime, inter: Type): number {
  return rt.arch.sizes.itab + (inter.methods.length - 1) * rt.arch.ptrSize;
}

/**
 * Makes the itab of a conversion in the program's text, in rodata. Before {@link itabsinit} only;
 * the order of the calls is the module's order of itabs, which decides where two of one hash lie. The
 * linker's is that of its symbols: the packages as it loads them, main first, and in a package the
 * conversions as the compiler came to them, variables' initial values before function bodies.
 *
 * @go cmd/link/internal/ld/typelink.go (*Link).typelink
 */
export function linkItab(rt: Runtime, inter: Type, typ: Type): Itab {
  const known = rt.itabTable.linked(inter, typ);
  if (known !== undefined) return known;
  const { fun, missing } = matchMethods(rt, inter, typ);
  if (missing !== '') throw new TypeAssertionError(null, typ, inter, missing);
  const words = itabWords(rt, inter, typ, typ.hash, fun);
  const addr = rt.firstmoduledata.rodataWords(words, rt.arch.ptrSize);
  const tab: Itab = { addr, inter, type: typ, hash: typ.hash, fun };
  rt.itabTable.link(tab);
  return tab;
}

/** The words of an itab. Its 32-bit hash and as much padding are one word or two. */
function itabWords(
  rt: Runtime,
  inter: Type,
  typ: Type,
  hash: number,
  fun: readonly number[],
): number[] {
  const { ptrSize, bigEndian } = rt.arch;
  const hashWords = ptrSize === 4 ? [hash, 0] : [bigEndian ? hash * 2 ** 32 : hash];
  return [inter.addr, typ.addr, ...hashWords, ...fun];
}

interface MethodMatch {
  readonly fun: number[];
  /** Name of a method that the type lacks, '' if it has all. */
  readonly missing: string;
}

/** Finds the methods of `inter` in `typ`'s, both sorted alike. @go runtime/iface.go (*itab).init */
function matchMethods(rt: Runtime, inter: Type, typ: Type): MethodMatch {
  const have = typ.methods;
  const fun = new Array<number>(inter.methods.length).fill(0);
  let j = 0;
  for (const [k, want] of inter.methods.entries()) {
    while (j < have.length && !implementsMethod(want, have[j]!)) j++;
    if (j === have.length) {
      fun[0] = 0;
      return { fun, missing: want.name };
    }
    fun[k] = methodEntry(rt, typ, have[j]!);
    j++;
  }
  return { fun, missing: '' };
}

function implementsMethod(want: Method, have: Method): boolean {
  return want.type === have.type && want.name === have.name && want.pkgPath === have.pkgPath;
}

/**
 * Code of a method: its function where the program has one, else runtime.unreachableMethod's, as the
 * linker enters for methods that it left out. @go runtime/type.go (rtype).textOff
 */
function methodEntry(rt: Runtime, typ: Type, method: Method): number {
  const { symtab } = rt;
  const named = typ.elem !== undefined && typ.name === '' ? typ.elem : typ;
  const receiver = named === typ ? typ.name : `(*${named.name})`;
  const fn =
    symtab.lookup(`${named.pkgPath}.${receiver}.${method.name}`) ??
    symtab.lookup('runtime.unreachableMethod');
  return fn?.entry ?? rt.firstmoduledata.text;
}

/**
 * The itab of an interface with methods and a concrete type, made and entered if it is new: also for
 * a type that does not implement the interface. In that case null with `canfail`, else a panic.
 *
 * @go runtime/iface.go getitab
 */
export function getitab(rt: Runtime, inter: Type, typ: Type, canfail: boolean): Itab | null {
  if (inter.methods.length === 0) throw_('internal error - misuse of itab');
  if (!typ.hasUncommon) {
    if (canfail) return null;
    throw new TypeAssertionError(null, typ, inter, inter.methods[0]!.name);
  }
  let m = rt.itabTable.find(inter, typ);
  if (m === undefined) {
    const { fun } = matchMethods(rt, inter, typ);
    const addr = rt.persistent.alloc(itabBytes(rt, inter), 0, 'otherSys');
    const { ptrSize } = rt.arch;
    for (const [i, word] of itabWords(rt, inter, typ, 0, fun).entries()) {
      rt.memory.writeUintptr(addr + i * ptrSize, word);
    }
    m = { addr, inter, type: typ, hash: 0, fun };
    itabAdd(rt, m);
  }
  if (m.fun[0] !== 0) return m;
  if (canfail) return null;
  throw new TypeAssertionError(null, typ, inter, matchMethods(rt, inter, typ).missing);
}

/** The itab for a conversion that must succeed; `typ` is null for a nil interface value. @go runtime/iface.go assertE2I */
export function assertE2I(rt: Runtime, inter: Type, typ: Type | null): Itab {
  if (typ === null) throw new TypeAssertionError(null, null, inter);
  return getitab(rt, inter, typ, false)!;
}

/** The itab for a comma-ok conversion, null if it fails. @go runtime/iface.go assertE2I2 */
export function assertE2I2(rt: Runtime, inter: Type, typ: Type | null): Itab | null {
  return typ === null ? null : getitab(rt, inter, typ, true);
}

/** `e.(T)` for a concrete T failed. @go runtime/iface.go panicdottypeE */
export function panicdottypeE(have: Type | null, want: Type, iface: Type): never {
  throw new TypeAssertionError(iface, have, want);
}

/** The conversion of a nil interface failed. @go runtime/iface.go panicnildottype */
export function panicnildottype(want: Type): never {
  throw new TypeAssertionError(null, null, want);
}

/** Data word for a value of type `t` that lies at `v`: a copy in the heap. @go runtime/iface.go convT */
export function convT(rt: Runtime, t: Type, v: number): number {
  const x = mallocgc(rt, t.size, t, true);
  typedmemmove(rt, t, x, v);
  return x;
}

/** convT of a type without pointers: its memory need not be zeroed first. @go runtime/iface.go convTnoptr */
export function convTnoptr(rt: Runtime, t: Type, v: number): number {
  const x = mallocgc(rt, t.size, t, false);
  rt.memory.copy(x, v, t.size);
  return x;
}

/** Address of a small integer's last `size` bytes in runtime.staticuint64s. */
function staticUint(rt: Runtime, val: number, size: number): number {
  const base = rt.firstmoduledata.addressOf('runtime.staticuint64s') + val * 8;
  return rt.arch.bigEndian ? base + 8 - size : base;
}

/** @go runtime/iface.go convT16 */
export function convT16(rt: Runtime, val: number): number {
  if (val < 256) return staticUint(rt, val, 2);
  const x = mallocgc(rt, 2, interfacePtrType(rt, 'uint16InterfacePtr', rt.types.uint16), false);
  rt.memory.writeUint16(x, val);
  return x;
}

/** @go runtime/iface.go convT32 */
export function convT32(rt: Runtime, val: number): number {
  if (val < 256) return staticUint(rt, val, 4);
  const x = mallocgc(rt, 4, interfacePtrType(rt, 'uint32InterfacePtr', rt.types.uint32), false);
  rt.memory.writeUint32(x, val);
  return x;
}

/** @go runtime/iface.go convT64 */
export function convT64(rt: Runtime, val: bigint): number {
  if (val < 256n) return staticUint(rt, Number(val), 8);
  const x = mallocgc(rt, 8, interfacePtrType(rt, 'uint64InterfacePtr', rt.types.uint64), false);
  rt.memory.writeUint64(x, val);
  return x;
}

/** Data word for a string of `len` bytes at `ptr`: a string header in the heap. @go runtime/iface.go convTstring */
export function convTstring(rt: Runtime, ptr: number, len: number): number {
  if (len === 0) return rt.firstmoduledata.addressOf('runtime.zeroVal');
  const { string } = rt.types;
  return newHeader(rt, interfacePtrType(rt, 'stringInterfacePtr', string), [ptr, len]);
}

/** Data word for a slice of any element type. @go runtime/iface.go convTslice */
export function convTslice(rt: Runtime, array: number, len: number, cap: number): number {
  if (array === 0) return rt.firstmoduledata.addressOf('runtime.zeroVal');
  const bytes = rt.types.sliceOf(rt.types.uint8);
  return newHeader(rt, interfacePtrType(rt, 'sliceInterfacePtr', bytes), [array, len, cap]);
}

/** The type that the runtime allocates such a value with. */
function interfacePtrType(rt: Runtime, name: string, underlying: Type): Type {
  return rt.types.named('runtime', name, underlying);
}

/** A new string or slice header: a pointer, then numbers. */
function newHeader(rt: Runtime, typ: Type, words: readonly [number, ...number[]]): number {
  const { memory } = rt;
  const x = mallocgc(rt, typ.size, typ, true);
  rt.gc.writePointer(rt, x, words[0]);
  for (let i = 1; i < words.length; i++) memory.writeUintptr(x + i * rt.arch.ptrSize, words[i]!);
  return x;
}
