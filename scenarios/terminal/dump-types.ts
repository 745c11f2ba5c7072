/** The types that a dump tells of, and what lies in a slot whose malloc header names one. */
import type { RecordOfKind } from '../../dump/index.ts';
import { mallocHeaderSize } from '../../sim/mbitmap.ts';
import { valuesName } from '../timeline/values-name.ts';

type Name = RecordOfKind<'type'>['name'];

interface DumpType {
  readonly name: string;
  /** Bytes of a value. */
  readonly size: number;
}

export class DumpTypes {
  readonly #types = new Map<number, DumpType>();
  readonly #shown: (name: Name) => string;

  /** `shown`: how a name, which may hold anything, is written. */
  constructor(shown: (name: Name) => string) {
    this.#shown = shown;
  }

  add({ address, name, size }: RecordOfKind<'type'>): void {
    this.#types.set(Number(address), { name: this.#shown(name), size: Number(size) });
  }

  /** The name of a type. */
  nameOf(typ: number): string | undefined {
    return this.#types.get(typ)?.name;
  }

  /** What is in a slot of `slot` bytes, whose header holds a type's address: an array where two values would fit, as no slot for one has room for two. */
  inSlot(typ: number, slot: number): string | undefined {
    const type = this.#types.get(typ);
    if (type === undefined) return undefined;
    const { name, size } = type;
    const room = slot - mallocHeaderSize;
    return size > 0 && room >= 2 * size ? valuesName(name, size, room) : name;
  }
}
