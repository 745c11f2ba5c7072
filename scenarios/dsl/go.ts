/**
 * Go's statements, expressions and built-in functions, as a script writes them. What belongs to a
 * package is in the field of its name: go.runtime.GC(), go.sync.lock(mu).
 *
 * A plain method is done when it returns. One that can block gives a generator: `yield* go.send(…)`.
 */
import { chancap } from '../../sim/chan.ts';
import { memoryError, type PanicError, panicNilError, printpanicval } from '../../sim/error.ts';
import { newobject } from '../../sim/malloc.ts';
import { maplen } from '../../sim/map.ts';
import { gorecover } from '../../sim/panic.ts';
import { appendSlots, elemAddr, makeslice, reslice, slicecopy } from '../../sim/slice.ts';
import { concatstrings, goString, slicebytetostring, stringtoslicebyte } from '../../sim/string.ts';
import type { Type } from '../../sim/type.ts';
import type { Received, SelectCase, Selected } from './chans.ts';
import * as chans from './chans.ts';
import { Closures } from './closures.ts';
import type { Codec } from './codec.ts';
import type { AnyFunc, Blocking, Func, Globals } from './func.ts';
import { hex } from './hex.ts';
import type { Machine } from './machine.ts';
import * as maps from './maps.ts';
import type { Packages } from './packages.ts';
import type {
  Chan,
  ChanType,
  Fields,
  GoString,
  GoType,
  Interface,
  InterfaceType,
  MapType,
  MapValue,
  Ptr,
  Slice,
  StructType,
  ValuesOf,
} from './types.ts';
import { any, uint8, unsafePointer } from './types.ts';
import {
  assertedWord,
  constantWord,
  dataWord,
  dynamicType,
  typeWord,
  UserPanic,
} from './values.ts';

/** A first value: a struct's may leave out fields, which are zero then. */
export type Init<T> = T extends Ptr<unknown> | Slice<unknown> | GoString | Interface
  ? T
  : T extends object
    ? Partial<T>
    : T;

export class Go {
  readonly runtime: Packages['runtime'];
  readonly debug: Packages['debug'];
  readonly sync: Packages['sync'];
  readonly time: Packages['time'];
  readonly syscall: Packages['syscall'];
  readonly strconv: Packages['strconv'];
  readonly rand: Packages['rand'];
  readonly #m: Machine;
  readonly #closures: Closures;
  #newOf: unknown;
  #newType: Type | undefined;
  #newCodec: Codec<unknown> | undefined;

  constructor(machine: Machine, packages: Packages) {
    this.#m = machine;
    this.#closures = new Closures(machine);
    this.runtime = packages.runtime;
    this.debug = packages.debug;
    this.sync = packages.sync;
    this.time = packages.time;
    this.syscall = packages.syscall;
    this.strconv = packages.strconv;
    this.rand = packages.rand;
  }

  /**
   * The operations that follow, in this function, stand on this line of the Go source; the column tells
   * apart what stands on one line. Without it each kind of operation is a line of its own.
   */
  line(line: number, column = 0): void {
    this.#m.running.setPosition(line, column);
  }

  /**
   * Names this point of the run, with numbers that are known there, for whoever tells of the run. The
   * program does nothing: heap, stack and dump are as without it.
   */
  mark(name: string, values: Readonly<Record<string, number>> = {}): void {
    this.#m.mark(name, values);
  }

  /** debug.WriteHeapDump: a dump of the whole program, which stands still meanwhile. */
  writeHeapDump(name = ''): void {
    this.debug.writeHeapDump(name);
  }

  #type<T>(t: GoType<T>): Type {
    return this.#m.program.resolver.type(t);
  }

  #codec<T>(t: GoType<T>): Codec<T> {
    return this.#m.program.heap.codec(t);
  }

  /** Its type and codec are {@link #newType} and {@link #newCodec}: most of what a loop makes is of one type. */
  #willMake<T>(t: GoType<T>): void {
    if (t === this.#newOf) return;
    this.#newType = this.#type(t);
    this.#newCodec = this.#codec(t) as Codec<unknown>;
    this.#newOf = t;
  }

  /** newobject for the running function. */
  #alloc(t: Type): number {
    const { world } = this.#m;
    const p = newobject(world, t);
    world.gc.hold(p);
    return p;
  }

  /** `new(T)`, or `&T{…}` with a value. */
  new<T>(t: GoType<T>, init?: Init<T>): Ptr<T> {
    this.#willMake(t);
    const type = this.#newType!;
    const codec = this.#newCodec!;
    this.#m.at('new', type);
    if (init === undefined) {
      const p = this.#alloc(type);
      this.#m.trace?.({ op: 'new', g: this.#m.g.goid, type, addr: hex(p) });
      return p as Ptr<T>;
    }
    this.#m.hold(codec, init as unknown);
    const p = this.#alloc(type);
    this.#m.trace?.({ op: 'new', g: this.#m.g.goid, type, addr: hex(p) });
    codec.store(p, init);
    return p as Ptr<T>;
  }

  /** The struct that `p` points to, its fields to be read and assigned. Panics on nil. */
  at<T>(t: StructType<T>, p: Ptr<T>): T {
    if (p === 0) throw this.#nilDereference();
    return this.#m.program.heap.codec(t).at(p);
  }

  /** `&p.name` */
  field<T, K extends keyof T & string>(t: StructType<T>, p: Ptr<T>, name: K): Ptr<T[K]> {
    if (p === 0) throw this.#nilDereference();
    return (p + this.#m.program.heap.codec(t).offsets.get(name)!) as Ptr<T[K]>;
  }

  /** `*p` */
  load<T>(t: GoType<T>, p: Ptr<T>): T {
    if (p === 0) throw this.#nilDereference();
    return this.#codec(t).load(p);
  }

  /** `*p = value` */
  store<T>(t: GoType<T>, p: Ptr<T>, value: T): void {
    if (p === 0) throw this.#nilDereference();
    this.#codec(t).store(p, value);
  }

  #nilDereference(): PanicError {
    this.#m.at('dereference');
    return memoryError();
  }

  /** The program's variables. */
  globals<F extends Fields>(vars: Globals<F>): ValuesOf<F> {
    return this.#m.program.globals(vars) as ValuesOf<F>;
  }

  /** The zero value of type T. */
  zero<T>(t: GoType<T>): T {
    return this.#m.scratch.zero(this.#codec(t));
  }

  /** `unsafe.Sizeof(x)` of an x of type T: pointers and ints differ between targets. */
  sizeof<T>(t: GoType<T>): number {
    return this.#type(t).size;
  }

  /** `&name` of a variable of the program. */
  addressOf<F extends Fields, N extends keyof F & string>(
    vars: Globals<F>,
    name: N,
  ): Ptr<ValuesOf<F>[N]> {
    return this.#m.world.firstmoduledata.addressOf(`${vars.pkg}.${name}`) as Ptr<ValuesOf<F>[N]>;
  }

  /** `make([]T, len, cap)`; `elem` is T. */
  makeSlice<T>(elem: GoType<T>, len: number, cap = len): Slice<T> {
    const et = this.#type(elem);
    this.#m.at('makeslice', et);
    const array = this.#m.within('runtime.makeslice', () =>
      makeslice(this.#m.world, et, len, cap),
    ) as Ptr<T>;
    this.#m.world.gc.hold(array);
    this.#m.trace?.({
      op: 'makeslice',
      g: this.#m.g.goid,
      type: et,
      len,
      cap,
      addr: hex(array),
    });
    return { array, len, cap };
  }

  /** `append(s, values...)`: the slice to go on with. */
  append<T>(elem: GoType<T>, s: Slice<T>, ...values: T[]): Slice<T> {
    const codec = this.#codec(elem);
    for (const value of values) this.#m.hold(codec, value);
    const r = this.#extend(elem, s, values.length);
    for (const [i, value] of values.entries()) {
      codec.store(r.array + (s.len + i) * codec.size, value);
    }
    return r;
  }

  /** `append(b, s...)` of a string to bytes. */
  appendString(b: Slice<number>, s: GoString): Slice<number> {
    const { world } = this.#m;
    world.gc.hold(s.str);
    const r = this.#extend(uint8, b, s.len);
    const to = r.array + b.len;
    world.memory.copy(to, s.str, s.len);
    this.#copied(this.#type(uint8), to, s.str, s.len);
    return r;
  }

  /** The slice with `n` elements more, in a new array if the old one has no room. */
  #extend<T>(elem: GoType<T>, s: Slice<T>, n: number): Slice<T> {
    const et = this.#type(elem);
    const { world } = this.#m;
    this.#m.at('append', et);
    world.gc.hold(s.array);
    const r = (
      s.len + n > s.cap
        ? this.#m.within('runtime.growslice', () => appendSlots(world, s, n, et))
        : appendSlots(world, s, n, et)
    ) as Slice<T>;
    world.gc.hold(r.array);
    if (r.array !== s.array) {
      const { len, cap } = r;
      this.#m.trace?.({
        op: 'growslice',
        g: this.#m.g.goid,
        type: et,
        from: hex(s.array),
        oldLen: s.len,
        oldCap: s.cap,
        len,
        cap,
        addr: hex(r.array),
      });
    }
    return r;
  }

  /** `copy(dst, src)`: how many elements were copied. */
  copy<T>(elem: GoType<T>, dst: Slice<T>, src: Slice<T>): number {
    const type = this.#type(elem);
    const n = slicecopy(this.#m.world, dst, src, type);
    this.#copied(type, dst.array, src.array, n);
    return n;
  }

  #copied(type: Type, to: number, from: number, len: number): void {
    const g = this.#m.g.goid;
    this.#m.trace?.({ op: 'slicecopy', g, type, to: hex(to), from: hex(from), len });
  }

  /** `s[lo:hi]`, and `s[lo:hi:max]`. */
  slice<T>(elem: GoType<T>, s: Slice<T>, lo = 0, hi = s.len, max = s.cap): Slice<T> {
    return reslice(s, lo, hi, this.#type(elem), max) as Slice<T>;
  }

  /** `&s[i]` */
  elem<T>(elem: GoType<T>, s: Slice<T>, i: number): Ptr<T> {
    return elemAddr(s, i, this.#type(elem)) as Ptr<T>;
  }

  /** `s[i]` */
  get<T>(elem: GoType<T>, s: Slice<T>, i: number): T {
    return this.#codec(elem).load(this.elem(elem, s, i));
  }

  /** `s[i] = value` */
  set<T>(elem: GoType<T>, s: Slice<T>, i: number, value: T): void {
    this.#codec(elem).store(this.elem(elem, s, i), value);
  }

  /** A string constant: in the program's read-only data, not in the heap. */
  str(text: string): GoString {
    const bytes = new TextEncoder().encode(text);
    return { str: this.#m.world.firstmoduledata.stringLiteral(bytes), len: bytes.length };
  }

  /** `a + b + …` */
  concat(...parts: GoString[]): GoString {
    this.#m.at('concatstrings', parts.length);
    for (const { str } of parts) this.#m.world.gc.hold(str);
    const s = this.#m.within('runtime.concatstrings', () => concatstrings(this.#m.world, 0, parts));
    return this.#made('concatstrings', s);
  }

  /** `[]byte(s)` */
  bytes(s: GoString): Slice<number> {
    this.#m.at('stringtoslicebyte');
    this.#m.world.gc.hold(s.str);
    const b = this.#m.within('runtime.stringtoslicebyte', () =>
      stringtoslicebyte(this.#m.world, 0, s),
    ) as Slice<number>;
    this.#m.world.gc.hold(b.array);
    const { len, cap, array } = b;
    this.#m.trace?.({ op: 'stringtoslicebyte', g: this.#m.g.goid, len, cap, addr: hex(array) });
    return b;
  }

  /** `string(b)` */
  string(b: Slice<number>): GoString {
    this.#m.at('slicebytetostring');
    this.#m.world.gc.hold(b.array);
    return this.#made('slicebytetostring', slicebytetostring(this.#m.world, 0, b.array, b.len));
  }

  #made(op: string, s: GoString): GoString {
    this.#m.world.gc.hold(s.str);
    this.#m.trace?.({ op, g: this.#m.g.goid, len: s.len, addr: hex(s.str) });
    return s;
  }

  /** The text of a Go string, as a JavaScript one. */
  text(s: GoString): string {
    return goString(this.#m.world, s);
  }

  /** `make(map[K]V, hint)`. Without a hint the buckets come with the first entry. */
  makeMap<K, V>(t: MapType<K, V>, hint = 0): MapValue<K, V> {
    return maps.makeMap(this.#m, t, hint);
  }

  /** `m[key] = value` */
  mapSet<K, V>(t: MapType<K, V>, m: MapValue<K, V>, key: K, value: V): void {
    maps.mapSet(this.#m, t, m, key, value);
  }

  /** `value, ok := m[key]`: undefined where there is no such key. */
  mapGet<K, V>(t: MapType<K, V>, m: MapValue<K, V>, key: K): V | undefined {
    return maps.mapGet(this.#m, t, m, key);
  }

  /** `delete(m, key)` */
  mapDelete<K, V>(t: MapType<K, V>, m: MapValue<K, V>, key: K): void {
    maps.mapDelete(this.#m, t, m, key);
  }

  /** `for key, value := range m`, in Go's random order. */
  range<K, V>(t: MapType<K, V>, m: MapValue<K, V>): Generator<[K, V], void, void> {
    return maps.range(this.#m, t, m);
  }

  /** `make(chan T, size)` */
  makeChan<T>(t: ChanType<T>, size = 0): Chan<T> {
    return chans.makeChan(this.#m, t, size);
  }

  /** `c <- value` */
  send<T>(t: ChanType<T>, c: Chan<T>, value: T): Blocking {
    return this.#m.waited('go.send(…)', chans.send(this.#m, t, c, value));
  }

  /** `<-c`: the zero value once it is closed and empty. */
  recv<T>(t: ChanType<T>, c: Chan<T>): Blocking<T> {
    return this.#m.waited('go.recv(…)', chans.recv(this.#m, t, c));
  }

  /** `<-c` as a statement: what is received is stored nowhere. */
  discard<T>(t: ChanType<T>, c: Chan<T>): Blocking {
    return this.#m.waited('go.discard(…)', chans.discard(this.#m, t, c));
  }

  /** `value, ok := <-c` */
  recvOk<T>(t: ChanType<T>, c: Chan<T>): Blocking<Received<T>> {
    return this.#m.waited('go.recvOk(…)', chans.recvOk(this.#m, t, c));
  }

  /** `close(c)` */
  close(c: number): void {
    chans.close(this.#m, c);
  }

  /** `select`: waits for one of the cases, or takes the default at once if there is one. */
  select(
    cases: readonly SelectCase[],
    { hasDefault = false }: { hasDefault?: boolean } = {},
  ): Blocking<Selected> {
    return this.#m.waited('go.select(…)', chans.select(this.#m, cases, hasDefault));
  }

  /** `len(x)` of a slice, string, map or channel. */
  len(x: { readonly len: number } | number): number {
    // A map and a channel both begin with their count.
    return typeof x === 'object' ? x.len : maplen(this.#m.world, x);
  }

  /** `cap(x)` of a slice or channel. */
  cap(x: { readonly cap: number } | number): number {
    return typeof x === 'object' ? x.cap : chancap(this.#m.world, x);
  }

  /** `f(args)`. If f is a generator function: `yield* go.call(f, args)`. */
  call<P extends Fields, L extends Fields, R>(
    f: Func<P, L, R>,
    args: ValuesOf<P> = {} as ValuesOf<P>,
  ): R {
    return this.#m.call(f as AnyFunc, args) as R;
  }

  /** `go f(args)`: the new goroutine's id. */
  go<P extends Fields, L extends Fields>(
    f: Func<P, L, unknown>,
    args: ValuesOf<P> = {} as ValuesOf<P>,
  ): number {
    return this.#closures.spawn(f as AnyFunc, args).goid;
  }

  /** `defer f(args)`: open-coded where the function declares it, else as in a loop. */
  defer<P extends Fields, L extends Fields>(
    f: Func<P, L, unknown>,
    args: ValuesOf<P> = {} as ValuesOf<P>,
  ): void {
    this.#closures.defer(f as AnyFunc, args);
  }

  /** `panic(v)`. A text is a string constant; other values are converted first. */
  panic(value: string | Interface): never {
    throw this.#panic(value);
  }

  #panic(value: string | Interface): PanicError {
    this.#m.at('gopanic');
    const { world } = this.#m;
    const addr = typeof value === 'string' ? 0 : value.data;
    this.#m.trace?.({ op: 'panic', g: this.#m.g.goid, addr: hex(addr) });
    if (typeof value === 'string') {
      const argData = world.sched.constantString(world, value);
      return new UserPanic(value, { argType: world.types.string.addr, argData });
    }
    const type = dynamicType(world, this.#type(any), value);
    if (type === null) return panicNilError();
    const argument = { argType: value.tab, argData: value.data };
    return new UserPanic(printpanicval(world, type, value.data), argument);
  }

  /** `recover()`: what the panic was given; null if there is none, or not for the caller. */
  recover(): Interface | null {
    this.#m.at('gorecover');
    const frame = this.#m.g.frame!;
    const { caller } = frame;
    const wrapped = caller !== null && this.#m.program.of(caller.fn)?.isWrapper === true;
    const p = gorecover(this.#m.world, wrapped ? caller : frame);
    if (p === null) return null;
    this.#m.trace?.({ op: 'gorecover', g: this.#m.g.goid, addr: hex(p.argData) });
    return { tab: p.argType, data: p.argData };
  }

  /** `I(value)`: a value of type T as one of interface I. */
  toInterface<T>(iface: InterfaceType, t: GoType<T>, value: T): Interface {
    const { world } = this.#m;
    const type = this.#type(t);
    const codec = this.#codec(t);
    this.#m.at('convT', type);
    this.#m.hold(codec, value);
    const tab = typeWord(world, this.#type(iface), type);
    const data = dataWord(world, this.#m.scratch, type, codec, value);
    if (type.ptrBytes !== 0 || !type.directIface) world.gc.hold(data);
    this.#m.trace?.({ op: 'convT', g: this.#m.g.goid, type, addr: hex(data) });
    return { tab, data };
  }

  /** `v.(T)`: undefined if the value in the interface is of another type. */
  assert<T>(iface: InterfaceType, v: Interface, t: GoType<T>): T | undefined {
    const type = this.#type(t);
    if (dynamicType(this.#m.world, this.#type(iface), v) !== type) return undefined;
    const codec = this.#codec(t);
    if (!type.directIface) return codec.load(v.data);
    const word = this.#codec(unsafePointer);
    return this.#m.scratch.with(word, v.data as Ptr<unknown>, (p) => codec.load(p));
  }

  /** `v.(I)` for an interface I: undefined if the value's type lacks a method of it. */
  assertTo(iface: InterfaceType, v: Interface, to: InterfaceType): Interface | undefined {
    const { world } = this.#m;
    const inter = this.#type(to);
    this.#m.at('typeAssert', inter);
    const type = dynamicType(world, this.#type(iface), v);
    const tab = type === null ? 0 : assertedWord(world, inter, type);
    this.#m.trace?.({ op: 'typeAssert', g: this.#m.g.goid, to: inter.string, ok: tab !== 0 });
    return tab === 0 ? undefined : { tab, data: v.data };
  }

  /** `I(value)` of a constant: where it needs memory, that is in the program's read-only data. */
  constant<T>(iface: InterfaceType, t: GoType<T>, value: T): Interface {
    const { world } = this.#m;
    const type = this.#type(t);
    const tab = typeWord(world, this.#type(iface), type);
    const data = constantWord(world, this.#m.scratch, type, this.#codec(t), value);
    return { tab, data };
  }
}
