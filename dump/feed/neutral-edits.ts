/** N1, N3, N4: types once more, records in another order, dead objects. */

import { heapPage } from '../goarch-facts.ts';
import type { RecordKind, RecordOfKind, Uint64 } from '../records.ts';
import type { Base } from './base.ts';
import type { Edit } from './content.ts';
import type { Choice } from './contradiction.ts';
import { choices, namedField } from './contradiction.ts';
import { recordBytes, uvarint } from './encoder.ts';
import type { Draft, Operation } from './operation.ts';
import { insertAt, replaceField } from './operation.ts';
import { formatOf, writeWord } from './rewrite.ts';

const neutral = { group: 'neutral', importance: 'high' } as const;

/** Go's cache may still know the type, and where its own record stands just before, no itab follows that. */
const againRules = ['type-again', 'type-itab'] as const;

const typesAgain: Operation = {
  ...neutral,
  relaxes: againRules,
  id: 'N1',
  title: 'has a type once more',
  fields: 'before every itab',
  rule: 'accept: Go writes a type again when its cache has forgotten it',
  bugType: 'type-twice',
  specRef: 'runtime/heapdump.go dumptype',
  count: (base) => base.count('itab'),
  make: (base, n) => {
    const itab = base.nth('itab', n);
    const { type } = base.readRecord(itab) as RecordOfKind<'itab'>;
    const record = base.types.get(type);
    if (record === undefined || record > itab) return undefined;
    const { offset, end, index } = base.map.record(record);
    const at = base.map.offsetOf(itab);
    return {
      edits: [{ at, remove: 0, insert: [{ from: offset, to: end }] }],
      expect: 'accept',
      layer: 'semantic',
      features: [...base.features, ...againRules],
      reason: `type#${index} once more before itab#${n}`,
      recipe: { detail: { type: index, itab: n } },
    };
  },
};

/** Kinds whose records Go writes in an order that says nothing. */
const unordered: readonly RecordKind[] = [
  'object',
  'goroutine',
  'osThread',
  'finalizer',
  'queuedFinalizer',
  'memProf',
  'allocSample',
];

/** The records of a kind, with what belongs to them, if they are together; else undefined. */
function togetherOf(base: Base, kind: RecordKind): { from: number; to: number } | undefined {
  const count = base.count(kind);
  if (count < 2) return undefined;
  const first = base.nth(kind, 0);
  const last = base.nth(kind, count - 1);
  const run = base.runs.find(({ from, to }) => from === first && last < to);
  const isWhole = kind === 'goroutine' || run?.to === last + 1;
  return isWhole ? run : undefined;
}

/** The records from the n-th on come before the others. */
const rotation = (kind: RecordKind): Choice => ({
  count: (base) => (togetherOf(base, kind) === undefined ? 0 : base.count(kind) - 1),
  make: (base, index) => {
    const { from, to } = togetherOf(base, kind)!;
    const start = base.map.offsetOf(from);
    const split = base.map.offsetOf(base.nth(kind, index + 1));
    const end = base.map.offsetOf(to);
    return {
      edits: [
        {
          at: start,
          remove: end - start,
          insert: [
            { from: split, to: end },
            { from: start, to: split },
          ],
        },
      ],
      expect: 'accept',
      layer: 'semantic',
      reason: `${kind}#${index + 1} and all after it before the others`,
      recipe: { detail: { kind, first: index + 1 } },
    };
  },
});

const reorder: Operation = {
  ...neutral,
  id: 'N3',
  title: 'has records of a kind in another order',
  fields: 'objects, goroutines, threads, finalizers, profile records, samples',
  rule: 'accept: objects are in no order of addresses, the others in none at all',
  bugType: 'sorted-assumed',
  specRef: 'runtime/heapdump.go dumpobjs',
  ...choices(unordered.map(rotation)),
};

/** Dead objects: their size and the offset of a pointer to themselves. */
const paddings: readonly (readonly [size: number, pointer?: number])[] = [
  [16],
  [16, 8],
  [heapPage],
  [heapPage, 0],
  [heapPage * 5, heapPage * 5 - 8],
];

function padding(base: Base, address: number, size: number, pointer?: number): Uint8Array {
  const contents = new Uint8Array(size);
  const pointers = pointer === undefined ? [] : [pointer];
  for (const offset of pointers) writeWord(contents, offset, formatOf(base), address);
  return recordBytes({ kind: 'object', address, contents, pointers });
}

/** Statistics with an object of this size, in pages of its own, more. */
function* statEdits(base: Base, size: number): Generator<Edit> {
  const pages = Math.ceil(size / heapPage) * heapPage;
  const growth: Partial<Record<keyof RecordOfKind<'memStats'>, number>> = {
    alloc: size,
    totalAlloc: size,
    sys: pages,
    mallocs: 1,
    heapAlloc: size,
    heapSys: pages,
    heapInuse: pages,
    heapObjects: 1,
  };
  for (let n = 0; n < base.count('memStats'); n++) {
    for (const [name, by] of Object.entries(growth)) {
      const field = namedField(base.map, base.nth('memStats', n), name);
      const value: Uint64 = BigInt(field.value) + BigInt(by);
      yield replaceField(field, uvarint(value));
    }
  }
}

const pad: Operation = {
  ...neutral,
  id: 'N4',
  title: 'has a dead object more',
  fields: 'after the last object',
  rule: 'accept: the statistics count it, no root leads to it',
  bugType: 'dead-object',
  specRef: 'runtime/heapdump.go dumpobjs',
  count: (base) => (base.count('object') > 0 ? paddings.length : 0),
  make: (base, index): Draft | undefined => {
    const [size, pointer] = paddings[index]!;
    const address = Math.ceil(base.heapTop / heapPage) * heapPage;
    if (address + size > base.params.heapEnd) return undefined;
    const last = base.nth('object', base.count('object') - 1);
    const stats = base.count('memStats') > 0 && base.nth('memStats', 0);
    if (stats !== false && stats < last) return undefined;
    const at = base.map.offsetOf(last + 1);
    return {
      edits: [insertAt(at, padding(base, address, size, pointer)), ...statEdits(base, size)],
      expect: 'accept',
      layer: 'semantic',
      reason: `a dead object of ${size} bytes${pointer === undefined ? '' : ' that points to itself'}`,
      recipe: { detail: { address, size } },
    };
  },
};

export const neutralEdits: readonly Operation[] = [typesAgain, reorder, pad];
