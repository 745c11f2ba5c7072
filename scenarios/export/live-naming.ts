/** Names in a world that runs: every allocation's type is known, and with it its fields. */
import type { ObjectIndex } from '../../dump/index.ts';
import { heapBitsInSpan, mallocHeaderSize } from '../../sim/mbitmap.ts';
import type { MSpan } from '../../sim/mspan.ts';
import type { Type } from '../../sim/type.ts';
import { rootText } from '../terminal/graph.ts';
import type { Allocation } from '../timeline/allocations.ts';
import type { RecordedRun } from '../timeline/record.ts';
import { tinyObjects, valuesName } from '../timeline/values-name.ts';
import type { Naming } from './outline.ts';

/** Elements that are told apart by name: a name for each of millions would make a file of names. */
const mostElements = 1000;

interface Place {
  readonly span: MSpan;
  readonly made: Allocation;
}

export function liveNaming({ world, allocations }: RecordedRun): Naming {
  const placeOf = (address: number): Place | undefined => {
    const span = world.mheap.spanOf(address);
    const index = span === null ? 0 : span.objIndex(address);
    if (span === null || index >= span.nelems) return undefined;
    const made = allocations.at(span.startAddr, index);
    return made && { span, made };
  };
  const headerOf = (span: MSpan): number => {
    const inSpan = heapBitsInSpan(world, span.elemsize);
    const has = world.allocHeaders && !span.noscan() && !inSpan && span.sizeclass() !== 0;
    return has ? mallocHeaderSize : 0;
  };
  return {
    objectName({ address }) {
      const place = placeOf(Number(address));
      if (place === undefined) return "(the span's pointer bits)";
      return allocationName(place.made, (typ) => world.types.at(typ));
    },
    fieldName(address, offset) {
      const place = placeOf(address);
      if (place === undefined || place.made.typ === 0) return undefined;
      const { span, made } = place;
      const type = world.types.at(made.typ);
      const inside = offset - headerOf(span);
      if (inside < 0 || type.size === 0) return undefined;
      const path = pathAt(type, inside % type.size);
      if (isRunOfWords(path)) return undefined;
      if (made.requested <= type.size) return path;
      return joined(`[${element(Math.floor(inside / type.size))}]`, path);
    },
    rootName: (root) => rootText(root, (at) => world.firstmoduledata.globalAt(at)),
    ids(index: ObjectIndex) {
      let others = 0;
      return (ordinal) => {
        const made = placeOf(index.addressOf(ordinal))?.made;
        return made === undefined ? 4 * others++ + 2 : 2 * made.sequence + 1;
      };
    },
  };
}

/** `main.Node`, `[]main.Node` of several, `[]byte (noscan)` without a type. */
export function allocationName(
  { typ, requested, requests }: Pick<Allocation, 'typ' | 'requested' | 'requests'>,
  typeAt: (addr: number) => Type,
): string {
  if (requests > 1) return tinyObjects;
  if (typ === 0) return '[]byte (noscan)';
  const type = typeAt(typ);
  return valuesName(type.string, type.size, requested);
}

/** The field that holds the byte at an offset of a value: `next`, `keys[3]`, '' for the value itself. */
function pathAt(type: Type, offset: number): string {
  if (type.fields !== undefined) {
    const field = type.fields.findLast((f) => f.offset <= offset && f.type.size > 0);
    return field === undefined ? '' : joined(field.name, pathAt(field.type, offset - field.offset));
  }
  if (type.len !== undefined && type.elem !== undefined && type.elem.size > 0) {
    const { elem } = type;
    return joined(`[${element(Math.floor(offset / elem.size))}]`, pathAt(elem, offset % elem.size));
  }
  return '';
}

/** The runtime's own structs have their pointers at the right places, but between them runs of words: w4, w310. */
function isRunOfWords(path: string): boolean {
  return /^w\d+(\[|$)/.test(path);
}

function element(index: number): string {
  return index < mostElements ? String(index) : '…';
}

function joined(first: string, rest: string): string {
  return rest === '' || rest.startsWith('[') ? first + rest : `${first}.${rest}`;
}
