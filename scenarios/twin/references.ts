/** What an address of the simulated memory means to a twin: an allocation by number, a variable, a constant. */
import { kind } from '../../sim/kind.ts';
import type { World } from '../../sim/runtime.ts';
import type { Type } from '../../sim/type.ts';
import type { Operation } from '../dsl/machine.ts';
import { TypeResolver } from '../dsl/resolve.ts';
import type { Scenario } from '../dsl/scenario.ts';
import type { HeapObjects } from './heap-objects.ts';
import {
  type Place,
  type Ref,
  type TwinGlobal,
  TwinRefusal,
  type Value,
  visitLeaves,
} from './operations.ts';

/** The variables of the scenario's packages. */
export function globalsOf(world: World, scenario: Scenario): TwinGlobal[] {
  const resolver = new TypeResolver(world);
  return scenario.globals.flatMap(({ pkg, fields }) =>
    Object.entries(fields).map(([name, t]) => ({
      name: pkg === 'main' ? name : `${pkg.replace(/\W/g, '_')}_${name}`,
      type: resolver.type(t),
      addr: world.firstmoduledata.addressOf(`${pkg}.${name}`),
    })),
  );
}

export class References {
  readonly #world: World;
  readonly #objects: HeapObjects;
  readonly #globals: readonly TwinGlobal[];
  /** The entry that a map assignment made last. */
  elem = { addr: 0, size: 0 };

  constructor(world: World, objects: HeapObjects, globals: readonly TwinGlobal[]) {
    this.#world = world;
    this.#objects = objects;
    this.#globals = globals;
  }

  /** Where a store goes; undefined for what is on a stack or on its way. */
  place(addr: number): Place | undefined {
    const global = this.#global(addr);
    if (global !== undefined) return global;
    const offset = addr - this.elem.addr;
    if (offset >= 0 && offset < this.elem.size) return { to: 'elem', offset };
    if (!this.#objects.inHeap(addr)) return undefined;
    return this.#object(addr);
  }

  /** What the pointer points to. */
  ref(p: number): Ref {
    if (p === 0) return { to: 'nil' };
    if (this.#objects.inHeap(p)) return this.#object(p);
    return this.#global(p) ?? { to: 'outside' };
  }

  #global(p: number) {
    const index = this.#globals.findIndex((g) => g.addr <= p && p < g.addr + g.type.size);
    if (index < 0) return undefined;
    return { to: 'global', index, offset: p - this.#globals[index]!.addr } as const;
  }

  #object(p: number): { to: 'object'; id: number; offset: number } {
    const found = this.#objects.find(p);
    if (found !== undefined) return { to: 'object', ...found };
    throw new TwinRefusal(
      `no twin of a pointer to 0x${p.toString(16)}: the scenario has not allocated that object itself`,
    );
  }

  /** What is copied from: an object, or bytes of the program. */
  source({ type, from, len }: Operation): Ref {
    const p = address(from);
    const ref = this.ref(p);
    if (ref.to !== 'outside' || type!.ptrBytes > 0) return ref;
    return { to: 'text', text: this.#bytes(p, type!.size * (len as number)) };
  }

  /** The bytes of a string. */
  text({ addr, len }: Operation): Uint8Array {
    return this.#bytes(address(addr), len as number);
  }

  #bytes(addr: number, size: number): Uint8Array {
    const bytes = new Uint8Array(size);
    this.#world.memory.read(addr, size, bytes, 0);
    return bytes;
  }

  /** The value at an address. An interface's type word is never in the heap. */
  value(type: Type, addr: number): Value {
    const { memory, arch } = this.#world;
    const refs = new Map<number, Ref>();
    if (type.ptrBytes > 0) {
      visitLeaves(type, 0, (leaf, offset) => {
        if (leaf.ptrBytes === 0) return;
        const at = leaf.kind === kind.interface ? offset + arch.ptrSize : offset;
        const p = memory.readUintptr(addr + at);
        if (p === 0) return;
        let ref = this.ref(p);
        if (ref.to === 'outside' && leaf.kind === kind.string) {
          const len = memory.readUintptr(addr + at + arch.ptrSize);
          ref = { to: 'text', text: this.#bytes(p, len) };
        }
        refs.set(at, ref);
      });
    }
    return { type, bytes: this.#bytes(addr, type.size), refs };
  }
}

/** The trace writes addresses in hexadecimal. */
export function address(detail: unknown): number {
  return Number(detail);
}
