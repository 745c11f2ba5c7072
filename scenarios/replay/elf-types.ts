/**
 * Go's type descriptors in the read-only data of an executable: no debug information and no symbols are
 * needed, since a log has their addresses.
 *
 * @go internal/abi/type.go Type, Name
 */
import type { HeapType } from '../../sim/mbitmap.ts';
import type { ElfFile } from '../elf-file.ts';

/** Bit of Kind_: gcdata is a GC program. @go internal/abi/type.go KindGCProg */
const kindGcProg = 1 << 6;
const kindMask = (1 << 5) - 1;
const kinds = 26;
/** Of TFlag: the string has a star in front that is not the type's. @go internal/abi/type.go TFlagExtraStar */
const tflagExtraStar = 2;

/** A type as an executable describes it. */
export interface ProgramType extends HeapType {
  readonly kind: number;
  /** Offset of its name from the start of the types, which only the module's data tells. */
  readonly nameOffset: number;
  readonly extraStar: boolean;
}

/** The type at `addr`, or undefined if there is none. */
export function typeAt(elf: ElfFile, addr: number): ProgramType | undefined {
  const { ptrSize } = elf;
  const size = elf.uintptrAt(addr);
  const ptrBytes = elf.uintptrAt(addr + ptrSize);
  const flags = elf.bytesAt(addr + 2 * ptrSize + 4, 4);
  const gcdataAt = elf.uintptrAt(addr + 3 * ptrSize + 8);
  const nameOffset = elf.uint32At(addr + 4 * ptrSize + 8);
  if (size === undefined || ptrBytes === undefined || flags === undefined) return undefined;
  if (gcdataAt === undefined || nameOffset === undefined) return undefined;
  const [tflag, , , kind] = flags as unknown as [number, number, number, number];
  const plain = (kind & kindMask) >= 1 && (kind & kindMask) <= kinds;
  const gcProg = (kind & kindGcProg) !== 0;
  if (!plain || ptrBytes % ptrSize !== 0 || (ptrBytes > size && !gcProg)) return undefined;
  const gcdata = gcdataOf(elf, gcdataAt, ptrBytes, gcProg);
  if (gcdata === undefined) return undefined;
  return {
    addr,
    size,
    ptrBytes,
    gcdata,
    gcProg,
    kind: kind & kindMask,
    nameOffset,
    extraStar: (tflag & tflagExtraStar) !== 0,
  };
}

/** The mask, or the program with its length in front. */
function gcdataOf(
  elf: ElfFile,
  addr: number,
  ptrBytes: number,
  gcProg: boolean,
): Uint8Array | undefined {
  if (!gcProg) return elf.bytesAt(addr, Math.ceil(ptrBytes / elf.ptrSize / 8));
  const length = elf.uint32At(addr);
  return length === undefined ? undefined : elf.bytesAt(addr, 4 + length);
}

/** What rtype.string() says of a type, where the names begin at `types`; undefined if no name is there. */
export function typeNameAt(elf: ElfFile, types: number, typ: ProgramType): string | undefined {
  const text = nameAt(elf, types + typ.nameOffset);
  return typ.extraStar ? text?.slice(1) : text;
}

/** A name at `at`: flags, length, text. */
function nameAt(elf: ElfFile, at: number): string | undefined {
  let next = at + 1;
  let length = 0;
  for (let scale = 1; ; scale *= 128) {
    const byte = elf.bytesAt(next++, 1)?.[0];
    if (byte === undefined || scale > 2 ** 28) return undefined;
    length += (byte & 0x7f) * scale;
    if ((byte & 0x80) === 0) break;
  }
  const bytes = elf.bytesAt(next, length);
  return bytes && new TextDecoder().decode(bytes);
}

/** A type with its fields, as far as the executable has them. */
export interface ProgramLayout {
  readonly kind: number;
  readonly string: string;
  readonly size: number;
  readonly fields: readonly ProgramField[] | undefined;
}

interface ProgramField {
  readonly name: string;
  readonly offset: number;
  readonly type: ProgramLayout;
}

const kindStruct = 25;
const maxFields = 1024;
const maxDepth = 8;

/** The fields of a type, and theirs. @go internal/abi/type.go StructType, StructField */
export function layoutAt(elf: ElfFile, types: number, typ: ProgramType, depth = 0): ProgramLayout {
  const string = typeNameAt(elf, types, typ) ?? '';
  const plain = { kind: typ.kind, string, size: typ.size, fields: undefined };
  if (typ.kind !== kindStruct || depth === maxDepth) return plain;
  const { ptrSize } = elf;
  const slice = typ.addr + 5 * ptrSize + 16;
  const [at, n] = [elf.uintptrAt(slice), elf.uintptrAt(slice + ptrSize)];
  if (at === undefined || n === undefined || n > maxFields) return plain;
  const fields: ProgramField[] = [];
  for (let i = 0; i < n; i++) {
    const field = at + i * 3 * ptrSize;
    const [name, of, offset] = [0, 1, 2].map((k) => elf.uintptrAt(field + k * ptrSize));
    const type = of === undefined ? undefined : typeAt(elf, of);
    if (name === undefined || offset === undefined || type === undefined) return plain;
    fields.push({
      name: nameAt(elf, name) ?? '',
      offset,
      type: layoutAt(elf, types, type, depth + 1),
    });
  }
  return { ...plain, fields };
}

/**
 * Where the names of an executable's types begin, found by types whose names are known: the one place,
 * among the starts of its read-only data, at which all have theirs. Undefined if there is none.
 */
export function findTypesBase(
  elf: ElfFile,
  known: Iterable<readonly [addr: number, name: string]>,
): number | undefined {
  const types = [...known].flatMap(([addr, name]) => {
    const typ = typeAt(elf, addr);
    return typ === undefined ? [] : [{ typ, name }];
  });
  if (types.length === 0) return undefined;
  return elf.segmentStarts.find((base) =>
    types.every(({ typ, name }) => typeNameAt(elf, base, typ) === name),
  );
}
