/** Strings and interface values: what conversions in a script make of JavaScript's values. */

import type { PanicArgument, PanicError } from '../../sim/error.ts';
import {
  assertE2I2,
  convT,
  convT16,
  convT32,
  convT64,
  convTnoptr,
  convTslice,
  convTstring,
  getitab,
} from '../../sim/iface.ts';
import { kind } from '../../sim/kind.ts';
import type { World } from '../../sim/runtime.ts';
import type { Type } from '../../sim/type.ts';
import type { Codec } from './codec.ts';
import type { GoString, Interface, Slice } from './types.ts';

/** Bytes of memory outside of the program in which a value lies while an operation needs its address. */
const scratchBytes = 65536;

/** Lends memory for values on their way. */
export class Scratch {
  readonly #world: World;
  #base = 0;
  #used = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Stores the value where `use` finds it. */
  with<V, R>(codec: Codec<V>, value: V, use: (addr: number) => R): R {
    return this.#lend(codec.size, (addr) => {
      codec.store(addr, value);
      return use(addr);
    });
  }

  /** The zero value of the codec's type. */
  zero<V>(codec: Codec<V>): V {
    return this.#lend(codec.size, (addr) => codec.load(addr));
  }

  /** Lends `size` bytes, all zero. */
  #lend<R>(size: number, use: (addr: number) => R): R {
    if (this.#base === 0) this.#base = this.#world.memory.mmap(scratchBytes);
    if (size > scratchBytes - this.#used) throw new RangeError(`value of ${size} bytes`);
    const addr = this.#base + this.#used;
    const room = Math.ceil(size / 8) * 8;
    this.#used += room;
    try {
      this.#world.memory.clear(addr, size);
      return use(addr);
    } finally {
      this.#used -= room;
    }
  }
}

/** The data word of a value of type `t` in an interface. @go cmd/compile/internal/walk/convert.go dataWord */
export function dataWord<V>(
  world: World,
  scratch: Scratch,
  t: Type,
  codec: Codec<V>,
  value: V,
): number {
  if (t.directIface) return scratch.with(codec, value, (p) => world.memory.readUintptr(p));
  if (t.size === 0) return world.mheap.zerobase;
  if (t.kind === kind.string) {
    const { str, len } = value as GoString;
    return convTstring(world, str, len);
  }
  if (t.kind === kind.slice) {
    const { array, len, cap } = value as Slice<unknown>;
    return convTslice(world, array, len, cap);
  }
  return scratch.with(codec, value, (p) => {
    if (t.ptrBytes === 0) {
      if (t.size === 1) return staticByte(world, world.memory.readUint8(p));
      if (t.size === 2 && t.align === 2) return convT16(world, world.memory.readUint16(p));
      if (t.size === 4 && t.align === 4) return convT32(world, world.memory.readUint32(p));
      if (t.size === 8 && t.align === world.types.uint64.align) {
        return convT64(world, world.memory.readUint64(p));
      }
      return convTnoptr(world, t, p);
    }
    return convT(world, t, p);
  });
}

/** The data word of a constant in an interface: the address of its bytes in read-only data. */
export function constantWord<V>(
  world: World,
  scratch: Scratch,
  t: Type,
  codec: Codec<V>,
  value: V,
): number {
  if (t.size === 0) return world.mheap.zerobase;
  return scratch.with(codec, value, (p) => {
    if (t.directIface) return world.memory.readUintptr(p);
    const bytes = new Uint8Array(t.size);
    world.memory.read(p, t.size, bytes, 0);
    return world.firstmoduledata.rodata(bytes, t.align);
  });
}

/** Where runtime.staticuint64s holds a byte. */
function staticByte(world: World, value: number): number {
  return world.sched.staticuint64s + value * 8 + (world.arch.bigEndian ? 7 : 0);
}

/** The type word: the itab of an interface with methods, else the type. */
export function typeWord(world: World, inter: Type, t: Type): number {
  return inter.methods.length === 0 ? t.addr : getitab(world, inter, t, false)!.addr;
}

/** The type word after an assertion to an interface, 0 if the type does not implement it. */
export function assertedWord(world: World, inter: Type, t: Type): number {
  if (inter.methods.length === 0) return t.addr;
  return assertE2I2(world, inter, t)?.addr ?? 0;
}

/** The type of the value in an interface, null for a nil one. */
export function dynamicType(world: World, inter: Type, { tab }: Interface): Type | null {
  if (tab === 0) return null;
  const word =
    inter.methods.length === 0 ? tab : world.memory.readUintptr(tab + world.arch.ptrSize);
  return world.types.at(word);
}

/** `panic(v)` in a script. */
export class UserPanic extends Error implements PanicError {
  override readonly name = 'UserPanic';
  readonly text: string;
  readonly #argument: PanicArgument;

  constructor(text: string, argument: PanicArgument) {
    super(`panic: ${text}`);
    this.text = text;
    this.#argument = argument;
  }

  panicArgument(): PanicArgument {
    return this.#argument;
  }
}
