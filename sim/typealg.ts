/**
 * What the compiler decides of a type from its parts: how its values are compared, kept in an interface,
 * and used as a map's keys.
 *
 * @go cmd/compile/internal/types/alg.go, cmd/compile/internal/types/type.go
 */
import { kind } from './kind.ts';
import type { Type } from './type.ts';

/** @go cmd/compile/internal/types/type.go IsDirectIface */
export function isDirectIface(t: Type): boolean {
  switch (t.kind) {
    case kind.ptr:
    case kind.chan:
    case kind.map:
    case kind.func:
    case kind.unsafePointer:
      return true;
    case kind.array:
      return t.len === 1 && t.elem!.directIface;
    case kind.struct:
      return t.fields!.length === 1 && t.fields![0]!.type.directIface;
    default:
      return false;
  }
}

/** Equal values have equal bytes. @go cmd/compile/internal/compare/compare.go IsRegularMemory */
export function isRegularMemory(t: Type): boolean {
  switch (t.kind) {
    case kind.float32:
    case kind.float64:
    case kind.complex64:
    case kind.complex128:
    case kind.string:
    case kind.interface:
    case kind.func:
    case kind.map:
    case kind.slice:
      return false;
    case kind.array:
      if (t.len === 0) return isComparable(t.elem!);
      return isRegularMemory(t.elem!);
    case kind.struct: {
      const fields = t.fields!;
      if (fields.length === 1 && fields[0]!.name !== '_') return isRegularMemory(fields[0]!.type);
      let end = 0;
      for (const { name, type, offset } of fields) {
        if (offset !== end || name === '_' || !isRegularMemory(type)) return false;
        end = offset + type.size;
      }
      return end === t.size;
    }
    default:
      return true;
  }
}

/** True if == is defined for the type itself; an interface's value may still not be. @go cmd/compile/internal/types/alg.go IsComparable */
export function isComparable(t: Type): boolean {
  switch (t.kind) {
    case kind.func:
    case kind.map:
    case kind.slice:
      return false;
    case kind.array:
      return isComparable(t.elem!);
    case kind.struct:
      return t.fields!.every(({ type }) => isComparable(type));
    default:
      return true;
  }
}

/** @go cmd/compile/internal/types/type.go IsReflexive */
export function isReflexive(t: Type): boolean {
  switch (t.kind) {
    case kind.float32:
    case kind.float64:
    case kind.complex64:
    case kind.complex128:
    case kind.interface:
      return false;
    case kind.array:
      return isReflexive(t.elem!);
    case kind.struct:
      return t.fields!.every(({ type }) => isReflexive(type));
    default:
      return true;
  }
}

/** @go cmd/compile/internal/reflectdata/reflect.go needkeyupdate */
export function needKeyUpdate(t: Type): boolean {
  switch (t.kind) {
    case kind.float32:
    case kind.float64:
    case kind.complex64:
    case kind.complex128:
    case kind.interface:
    case kind.string:
      return true;
    case kind.array:
      return needKeyUpdate(t.elem!);
    case kind.struct:
      return t.fields!.some(({ type }) => needKeyUpdate(type));
    default:
      return false;
  }
}

/** @go cmd/compile/internal/reflectdata/reflect.go hashMightPanic */
export function hashMightPanic(t: Type): boolean {
  switch (t.kind) {
    case kind.interface:
      return true;
    case kind.array:
      return hashMightPanic(t.elem!);
    case kind.struct:
      return t.fields!.some(({ type }) => hashMightPanic(type));
    default:
      return false;
  }
}
