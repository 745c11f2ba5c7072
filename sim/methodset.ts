/**
 * Method sets: what a type has of its own and what its embedded fields promote.
 *
 * @go cmd/compile/internal/typecheck/subr.go expandmeth, cmd/compile/internal/types/sym.go
 */
import { kind } from './kind.ts';
import type { Method, Type } from './type.ts';
import { isExported } from './typestring.ts';

interface Declared {
  readonly value: readonly Method[];
  readonly pointer: readonly Method[];
}

interface Holder {
  readonly type: Type;
  /** Methods with a pointer receiver apply: the value is reached through a pointer. */
  readonly addressable: boolean;
}

const none: Declared = { value: [], pointer: [] };

/** The methods that each named type declares, and the method sets that follow. */
export class MethodSets {
  readonly #declared = new Map<Type, Declared>();

  declare(t: Type, value: readonly Method[], pointer: readonly Method[]): void {
    this.#declared.set(t, { value, pointer });
  }

  /** The method set of a type, in the order of its descriptor. Needs the fields of what it embeds. */
  of(t: Type): readonly Method[] {
    if (t.kind === kind.interface) return t.methods;
    if (t.kind !== kind.ptr) return this.#collect({ type: t, addressable: false });
    const { elem } = t;
    if (t.name !== '' || elem!.kind === kind.interface || elem!.kind === kind.ptr) return [];
    return this.#collect({ type: elem!, addressable: true });
  }

  /** Of the fields and methods of one name, the least deep counts, if it is the only one there. */
  #collect(outermost: Holder): readonly Method[] {
    const methods: Method[] = [];
    const taken = new Set<string>();
    const seen = new Set<Type>();
    for (let level = [outermost]; level.length > 0; ) {
      const here = new Map<string, Method | null>();
      const note = (
        member: { readonly name: string; readonly pkgPath: string },
        m: Method | null,
      ) => {
        const key = `${member.pkgPath}.${member.name}`;
        here.set(key, here.has(key) ? null : m);
      };
      for (const holder of level) this.#members(holder, note);
      for (const [key, m] of here) {
        if (m !== null && !taken.has(key)) methods.push(m);
        taken.add(key);
      }
      for (const { type } of level) seen.add(type);
      level = level.flatMap(embedded).filter(({ type }) => !seen.has(type));
    }
    return methods.sort(methodOrder);
  }

  /** Names all fields and methods of a type, with the method where it is in the set. */
  #members(
    { type, addressable }: Holder,
    note: (member: { readonly name: string; readonly pkgPath: string }, m: Method | null) => void,
  ): void {
    for (const field of type.fields ?? []) note(field, null);
    if (type.kind === kind.interface) {
      for (const m of type.methods) note(m, m);
      return;
    }
    const { value, pointer } = this.#declared.get(type) ?? none;
    for (const m of value) note(m, m);
    for (const m of pointer) note(m, addressable ? m : null);
  }
}

function embedded({ type, addressable }: Holder): Holder[] {
  const fields = (type.fields ?? []).filter((f) => f.embedded);
  return fields.map(({ type: t }) =>
    t.kind === kind.ptr && t.name === ''
      ? { type: t.elem!, addressable: true }
      : { type: t, addressable },
  );
}

/** Exported names first, then by name, then by package. @go cmd/compile/internal/types/sym.go (*Sym).Less */
export function methodOrder(a: Method, b: Method): number {
  const exported = Number(isExported(b.name)) - Number(isExported(a.name));
  if (exported !== 0) return exported;
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.pkgPath < b.pkgPath ? -1 : Number(a.pkgPath > b.pkgPath);
}
