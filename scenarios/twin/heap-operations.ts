/** Operations that make objects and change them, as the twin does them. */
import type { World } from '../../sim/runtime.ts';
import type { Operation } from '../dsl/machine.ts';
import type { HeapObjects } from './heap-objects.ts';
import type { TwinOperation } from './operations.ts';
import { address, type References } from './references.ts';

export class HeapOperations {
  readonly #world: World;
  readonly #objects: HeapObjects;
  readonly #refs: References;
  readonly #push: (operation: TwinOperation) => void;

  constructor(
    world: World,
    objects: HeapObjects,
    refs: References,
    push: (operation: TwinOperation) => void,
  ) {
    this.#world = world;
    this.#objects = objects;
    this.#refs = refs;
    this.#push = push;
  }

  /** False for other operations. */
  hear(operation: Operation): boolean {
    return this.#allocated(operation) || this.#changed(operation);
  }

  /** The operation whose result is the object at `addr`, if that is a new one. */
  made(addr: number, operation: (id: number) => TwinOperation): void {
    const id = this.#objects.add(addr);
    if (id !== undefined) this.#push(operation(id));
  }

  /** An operation whose result is a new object; false for others. */
  #allocated(operation: Operation): boolean {
    const { op, type, addr: at } = operation;
    const addr = address(at);
    switch (op) {
      case 'new':
        this.made(addr, (id) => ({ op, id, type: type! }));
        return true;
      case 'makeslice': {
        const { len, cap } = numbers(operation);
        this.made(addr, (id) => ({ op, id, type: type!, len: len!, cap: cap! }));
        return true;
      }
      case 'growslice': {
        const from = this.#refs.ref(address(operation.from));
        const { oldLen, oldCap, len } = numbers(operation);
        this.made(addr, (id) => {
          return { op, id, type: type!, from, oldLen: oldLen!, oldCap: oldCap!, len: len! };
        });
        return true;
      }
      case 'concatstrings':
      case 'slicebytetostring':
      case 'itoa':
        this.made(addr, (id) => ({ op: 'string', id, text: this.#refs.text(operation) }));
        return true;
      case 'stringtoslicebyte':
        this.made(addr, (id) => ({ op: 'bytes', id, text: this.#refs.text(operation) }));
        return true;
      case 'makemap': {
        const { hint } = numbers(operation);
        this.made(addr, (id) => ({ op, id, type: type!, hint: hint!, seed: this.#seed(addr) }));
        return true;
      }
      case 'makechan': {
        const { size } = numbers(operation);
        this.made(addr, (id) => ({ op, id, type: type!, size: size! }));
        return true;
      }
      case 'convT':
        if (type!.directIface) return true;
        this.made(addr, (id) => ({ op, id, value: this.#refs.value(type!, addr) }));
        return true;
      default:
        return false;
    }
  }

  /** A map's seed; its count, flags, B, noverflow come before it. @go runtime/map.go hmap */
  #seed(h: number): number {
    const { memory, arch } = this.#world;
    return memory.readUint32(h + arch.ptrSize + 4);
  }

  /** An operation on an object; false for others. */
  #changed(operation: Operation): boolean {
    const { op, type } = operation;
    const refs = this.#refs;
    switch (op) {
      case 'store': {
        const addr = address(operation.addr);
        const place = refs.place(addr);
        if (place !== undefined) this.#push({ op, place, value: refs.value(type!, addr) });
        return true;
      }
      case 'slicecopy': {
        const { len } = numbers(operation);
        if (len === 0) return true;
        const [to, from] = [refs.ref(address(operation.to)), refs.source(operation)];
        this.#push({ op, type: type!, to, from, len: len! });
        return true;
      }
      case 'mapassign': {
        const map = refs.ref(address(operation.map));
        const key = refs.value(type!.key!, address(operation.key));
        this.#push({ op, type: type!, map, key });
        refs.elem = { addr: address(operation.addr), size: type!.elem!.size };
        return true;
      }
      case 'mapdelete': {
        const h = address(operation.map);
        if (h === 0) return true;
        const key = refs.value(type!.key!, address(operation.key));
        this.#push({ op, type: type!, map: refs.ref(h), key, seed: this.#seed(h) });
        return true;
      }
      case 'mapiterinit': {
        const h = address(operation.map);
        if (h !== 0) this.#push({ op: 'range', map: refs.ref(h) });
        return true;
      }
      default:
        return false;
    }
  }
}

function numbers(operation: Operation): Readonly<Record<string, number | undefined>> {
  return operation as unknown as Readonly<Record<string, number>>;
}
