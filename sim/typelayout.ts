/**
 * How a struct's fields lie, and how large a type's descriptor is.
 *
 * @go cmd/compile/internal/types/size.go, internal/abi/type.go
 */
import { kind } from './kind.ts';
import type { Field, FieldSpec, Type } from './type.ts';
import { isExported } from './typestring.ts';
import { alignUp } from './uintptr.ts';

/** A field whose place is not known yet. */
export function fieldOf({
  name,
  type,
  embedded = false,
  tag = '',
  pkgPath = 'main',
}: FieldSpec): Field {
  return { name, type, offset: 0, embedded, tag, pkgPath: isExported(name) ? '' : pkgPath };
}

/** Offsets, size and alignment of a struct. @go cmd/compile/internal/types/size.go CalcStructSize */
export function layOutFields(unplaced: readonly Field[]): {
  readonly fields: readonly Field[];
  readonly size: number;
  readonly align: number;
} {
  let size = 0;
  let align = 1;
  const fields = unplaced.map((field) => {
    const { type } = field;
    const offset = alignUp(size, type.align);
    size = offset + type.size;
    align = Math.max(align, type.align);
    return { ...field, offset };
  });
  if (size > 0 && fields.at(-1)!.type.size === 0) size++;
  return { fields, size: alignUp(size, align), align };
}

/** Bytes of the descriptor in rodata. @go internal/abi/type.go */
export function descriptorSize(t: Type, ptrSize: number): number {
  const common = 4 * ptrSize + 16;
  const uncommon = t.hasUncommon ? 16 + (t.kind === kind.interface ? 0 : 16 * t.methods.length) : 0;
  const own = (): number => {
    switch (t.kind) {
      case kind.ptr:
      case kind.slice:
        return ptrSize;
      case kind.array:
        return 3 * ptrSize;
      case kind.chan:
        return 2 * ptrSize;
      case kind.map:
        return 4 * ptrSize + 8;
      case kind.func:
        return alignUp(4, ptrSize) + ptrSize * ((t.in?.length ?? 0) + (t.out?.length ?? 0));
      case kind.interface:
        return 4 * ptrSize + 8 * t.methods.length;
      case kind.struct:
        return 4 * ptrSize + 3 * ptrSize * (t.fields?.length ?? 0);
      default:
        return 0;
    }
  };
  return common + own() + uncommon;
}
