/** Names in a dump of a program: types are in it only where an interface holds a value of them. */
import type { GraphRoot, ObjectIndex } from '../../dump/index.ts';
import { count } from '../format.ts';
import { DumpTypes } from '../terminal/dump-types.ts';
import { rootText } from '../terminal/graph.ts';
import type { Naming } from './outline.ts';
import { plainText } from './plain-text.ts';

/** Bytes of the slot from which an object with pointers begins with its type's address. */
const headerFrom = { 4: 128, 8: 512 } as const;

/** For a dump: what the addresses of its objects and its own types tell. */
export function dumpNaming(): Naming {
  const types = new DumpTypes(plainText);
  let heapStart = Number.POSITIVE_INFINITY;
  return {
    record(record) {
      if (record.kind === 'type') types.add(record);
      else if (record.kind === 'params') heapStart = Number(record.heapStart);
    },
    objectName(view, roots) {
      const { size, pointerCount } = view;
      if (pointerCount === 0) return `(${count(size)} B, no pointers)`;
      const hasHeader = size > headerFrom[roots.width === 4 ? 4 : 8];
      const type = hasHeader ? types.inSlot(roots.wordOf(view, 0), size) : undefined;
      return type ?? `(${count(size)} B, with pointers)`;
    },
    fieldName: () => undefined,
    rootName: (root: GraphRoot) => rootText(root, () => undefined),
    ids: (index) => addressIds(index, heapStart),
  };
}

/**
 * Odd ids by address, so that they are the same in each dump of a run; by place in the dump if objects are not
 * 8 bytes apart, as they are in any heap of Go, or lie more than 16 GiB apart.
 */
function addressIds(index: ObjectIndex, heapStart: number): (ordinal: number) => number {
  let base = heapStart;
  let end = 0;
  let distinct = true;
  index.forEachByAddress((_, address, size) => {
    base = Math.min(base, address);
    if (address < end || (address - base) % 8 !== 0) distinct = false;
    end = address + size;
  });
  const byAddress = distinct && (end - base) / 8 < 2 ** 31;
  return byAddress
    ? (ordinal) => ((index.addressOf(ordinal) - base) / 8) * 2 + 1
    : (ordinal) => ordinal * 2 + 1;
}
