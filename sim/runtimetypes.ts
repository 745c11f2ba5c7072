/**
 * The runtime's own structures as Go types, for allocating them in the simulated heap and for
 * reaching their fields in memory.
 *
 * @go runtime/runtime2.go
 */
import type { Arch } from './arch.ts';
import { type LayoutKey, type RuntimeLayout, runtimeLayouts } from './runtimetypes-table.ts';
import type { Type, TypeTable } from './type.ts';

export type RuntimeStructName = keyof typeof runtimeLayouts;

/** One structure of the target. */
export interface RuntimeStruct {
  /** runtime.g and so on. Its fields are words: pointers where the real type has them. */
  readonly type: Type;
  readonly size: number;
  /** Offset of each field by its name; nested names are joined by dots. */
  readonly off: Readonly<Record<string, number>>;
}

/** All structures of the target, each made when it is first asked for. */
export class RuntimeStructs {
  readonly #arch: Arch;
  readonly #types: TypeTable;
  readonly #made = new Map<RuntimeStructName, RuntimeStruct>();

  constructor(arch: Arch, types: TypeTable) {
    this.#arch = arch;
    this.#types = types;
  }

  get(name: RuntimeStructName): RuntimeStruct {
    let s = this.#made.get(name);
    if (s === undefined) {
      const layout = layoutOf(this.#arch, name);
      s = {
        type: this.#types.named('runtime', name, wordsType(this.#types, this.#arch, layout)),
        size: layout.size,
        off: parseFields(layout.fields),
      };
      this.#made.set(name, s);
    }
    return s;
  }
}

/** The layout of a structure on a GOARCH. */
function layoutOf(arch: Arch, name: RuntimeStructName): RuntimeLayout {
  const variants: Partial<Record<LayoutKey, RuntimeLayout>> = runtimeLayouts[name];
  const { goarch } = arch;
  if (goarch.startsWith('mips64') && variants.mips64 !== undefined) return variants.mips64;
  if (/^mips(le)?$/.test(goarch) && variants.mips !== undefined) return variants.mips;
  return variants[arch.ptrSize === 8 ? '64' : '32']!;
}

function parseFields(fields: string): Record<string, number> {
  const off: Record<string, number> = {};
  for (const field of fields.split(' ')) {
    const colon = field.lastIndexOf(':');
    off[field.slice(0, colon)] = Number(field.slice(colon + 1));
  }
  return off;
}

/** A struct of pointer and scalar words with the size and mask of the layout. */
function wordsType(types: TypeTable, arch: Arch, layout: RuntimeLayout): Type {
  const { ptrSize } = arch;
  const isPointer = (word: number): boolean => {
    const byte = Number.parseInt(layout.mask.slice((word >> 3) * 2, (word >> 3) * 2 + 2), 16);
    return word * ptrSize < layout.ptrBytes && ((byte >> (word & 7)) & 1) === 1;
  };
  const words = layout.size / ptrSize;
  const fields: { name: string; type: Type }[] = [];
  for (let word = 0; word < words; ) {
    const pointer = isPointer(word);
    let end = word + 1;
    while (end < words && isPointer(end) === pointer) end++;
    const elem = pointer ? types.unsafePointer : types.uintptr;
    fields.push({ name: `w${word}`, type: types.arrayOf(end - word, elem) });
    word = end;
  }
  return types.structOf(fields);
}
