/** What a page is told of the types in a log: enough to name the words of an object. */

import type { HeapType } from '../../sim/mbitmap.ts';
import type { World } from '../../sim/runtime.ts';
import { kind } from '../../sim/type.ts';
import { ownTypeAddress } from '../timeline/replay-recorder.ts';
import type { Timeline } from '../timeline/timeline.ts';

/** A part of a value. */
interface PartInfo {
  readonly offset: number;
  readonly name: string;
  readonly type: string;
}

export interface TypeInfo {
  readonly addr: number;
  readonly name: string;
  readonly size: number;
  /** Bytes up to the end of the last pointer. */
  readonly ptrBytes: number;
  /** Offsets of the words that hold pointers; undefined where they are too many to list. */
  readonly pointers: readonly number[] | undefined;
  /** Fields, those of structs within it too, by offset. */
  readonly parts: readonly PartInfo[];
}

const maxParts = 64;
const maxPointers = 512;

/** A type with what is in it. */
interface Layout {
  readonly kind: number;
  readonly string: string;
  readonly fields?: readonly FieldLayout[] | undefined;
}

interface FieldLayout {
  readonly name: string;
  readonly offset: number;
  readonly type: Layout;
}

/** The types that the log's allocations name. */
export function typeInfos({ types, arch }: World, timeline: Timeline): TypeInfo[] {
  const addresses = namedTypes(timeline);
  return [...addresses]
    .sort((a, b) => a - b)
    .map((addr) => {
      const t = types.at(addr);
      return infoOf(t, t, arch.ptrSize);
    });
}

/** The types of a replayed log: the model's own, of what came before it, and those that its executable tells of. */
export function logTypeInfos(
  { types, arch }: World,
  layouts: Iterable<readonly [HeapType, Layout]>,
  timeline: Timeline,
): TypeInfo[] {
  const { ptrSize } = arch;
  const addresses = namedTypes(timeline);
  const infos: TypeInfo[] = [];
  for (const addr of addresses) {
    const own = ownTypeAddress(addr);
    const t = own === undefined ? undefined : types.at(own);
    if (t !== undefined) infos.push({ ...infoOf(t, t, ptrSize), addr });
  }
  for (const [typ, layout] of layouts) {
    if (addresses.has(typ.addr)) infos.push(infoOf(typ, layout, ptrSize));
  }
  return infos;
}

/** Addresses of the types of what was allocated. */
function namedTypes(timeline: Timeline): Set<number> {
  const addresses = new Set<number>();
  for (const { name, fields, length } of timeline.tables) {
    const typ = name === 'malloc' ? fields.find((field) => field.name === 'typ') : undefined;
    if (typ !== undefined) for (let i = 0; i < length; i++) addresses.add(typ.column.at(i));
  }
  addresses.delete(0);
  return addresses;
}

/** What a page is told of one type. */
export function typeInfo({ types, arch }: World, typ: number): TypeInfo {
  const t = types.at(typ);
  return infoOf(t, t, arch.ptrSize);
}

/** The name of what lies at an offset of an object: `.next`, `[3].name`; undefined where it has none. */
export function fieldNameIn(
  type: TypeInfo | undefined,
  offset: number,
  requested: number,
): string | undefined {
  if (type === undefined || type.size === 0 || offset < 0) return undefined;
  const name = type.parts.findLast((p) => p.offset <= offset % type.size)?.name ?? '';
  const field = name === '' ? '' : `.${name}`;
  if (requested > type.size) return `[${Math.floor(offset / type.size)}]${field}`;
  return field === '' ? undefined : field;
}

function infoOf(t: HeapType, layout: Layout, ptrSize: number): TypeInfo {
  const parts: PartInfo[] = [];
  addParts(parts, layout, '', 0, ptrSize);
  const pointers: number[] = [];
  for (let word = 0; !t.gcProg && word * ptrSize < t.ptrBytes; word++) {
    if ((t.gcdata[word >>> 3]! & (1 << (word & 7))) !== 0) pointers.push(word * ptrSize);
  }
  const listed = !t.gcProg && pointers.length <= maxPointers;
  return {
    addr: t.addr,
    name: layout.string,
    size: t.size,
    ptrBytes: t.ptrBytes,
    pointers: listed ? pointers : undefined,
    parts,
  };
}

const wordNames: ReadonlyMap<number, readonly string[]> = new Map([
  [kind.string, ['ptr', 'len']],
  [kind.slice, ['ptr', 'len', 'cap']],
  [kind.interface, ['tab', 'data']],
]);

function addParts(
  parts: PartInfo[],
  t: Layout,
  name: string,
  offset: number,
  ptrSize: number,
): void {
  if (parts.length >= maxParts) return;
  const words = wordNames.get(t.kind);
  if (t.fields !== undefined) {
    for (const field of t.fields) {
      const path = name === '' ? field.name : `${name}.${field.name}`;
      addParts(parts, field.type, path, offset + field.offset, ptrSize);
    }
  } else if (words !== undefined) {
    for (const [i, word] of words.entries()) {
      parts.push({
        offset: offset + i * ptrSize,
        name: name === '' ? word : `${name}.${word}`,
        type: t.string,
      });
    }
  } else {
    parts.push({ offset, name, type: t.string });
  }
}
