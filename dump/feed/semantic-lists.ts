/** S1 and S2: field lists that point where no pointer can be. */

import type { Uint64 } from '../records.ts';
import { fieldKind } from '../records.ts';
import type { Base } from './base.ts';
import { semantic } from './contradiction.ts';
import { uvarint } from './encoder.ts';
import type { MapField } from './field-map.ts';
import { fieldClass, sortOf } from './field-map.ts';
import type { Draft, Operation } from './operation.ts';
import { atField, insertAt, plainNumber, replaceField, splitIndex } from './operation.ts';
import { blocksOfFields } from './order.ts';

/** Declared bytes of the contents that a list is of. */
function memorySize(base: Base, record: number): number {
  let size = 0;
  base.map.walk(record, (cursor) => {
    if (sortOf(cursor) !== fieldClass.memoryLength) return false;
    size = Number(cursor.value);
    return true;
  });
  return size;
}

/** A pointer at an offset, as a list has it. */
function pair(offset: Uint64): Uint8Array {
  return Uint8Array.of(fieldKind.ptr, ...uvarint(offset));
}

/** Offsets behind the contents, by their size and the pointer's. */
const beyond: readonly ((size: number, width: number) => Uint64)[] = [
  (size, width) => Math.ceil(size / width) * width,
  (size, width) => Math.ceil(size / width) * width + 4096,
  (size) => 2 ** 31 + Math.ceil(size / 8) * 8,
  () => 2 ** 32,
  () => 2 ** 40,
  () => 2 ** 53,
  () => 2n ** 63n,
  (_, width) => 2n ** 64n - BigInt(width),
];

const outside: Operation = {
  ...semantic,
  id: 'S1',
  title: 'has a pointer outside of the contents',
  fields: 'the end of every field list',
  rule: 'reject: there is no pointer to read',
  bugType: 'offset-past-contents',
  importance: 'high',
  specRef: 'runtime/heapdump.go dumpbv',
  count: (base) => base.map.fieldCount([fieldClass.fieldEnd]) * beyond.length,
  blocks: (base) => blocksOfFields(base, [fieldClass.fieldEnd], beyond.length),
  make: (base, index) => {
    const [item, variant] = splitIndex(index, beyond.length);
    const field = base.map.field([fieldClass.fieldEnd], item);
    const size = memorySize(base, field.record);
    const value = beyond[variant]!(size, base.pointerSize);
    const fieldPath = `${field.recordName}.fields[${field.round}].offset`;
    return {
      edits: [insertAt(field.offset, pair(value))],
      expect: 'reject',
      layer: 'semantic',
      rule: 'field-bounds',
      reason: `a pointer at ${value} of ${size} bytes, in ${field.recordName}`,
      ...(variant > 2 ? { bugType: 'huge-offset' } : {}),
      at: { defectOffset: field.offset + 1, record: field.recordName, fieldPath },
      firstErrorOffset: field.offset + 1,
      recipe: { fieldPath, newValue: plainNumber(value) },
    };
  },
};

/** A second pointer after one of the list. */
function after(field: MapField, value: Uint64, reason: string): Draft {
  const fieldPath = `${field.recordName}.fields[${field.round + 1}].offset`;
  const at = field.offset + field.length;
  return {
    edits: [insertAt(at, pair(value))],
    expect: 'may',
    layer: 'semantic',
    rule: 'field-order',
    reason: `${reason}, in ${field.recordName}`,
    at: { defectOffset: at + 1, record: field.recordName, fieldPath },
    recipe: { fieldPath, newValue: plainNumber(value) },
  };
}

function unaligned(base: Base, field: MapField): Draft | undefined {
  const was = Number(field.value);
  if (was === 0 && memorySize(base, field.record) <= base.pointerSize) return undefined;
  const value = was === 0 ? 1 : was - 1;
  return {
    edits: [replaceField(field, uvarint(value))],
    expect: 'may',
    layer: 'semantic',
    rule: 'field-aligned',
    reason: `${field.path} is ${value}, no multiple of ${base.pointerSize}`,
    bugType: 'unaligned-offset',
    at: atField(field),
    recipe: { fieldPath: field.path, oldValue: was, newValue: value },
  };
}

const disorder: Operation = {
  ...semantic,
  id: 'S2',
  title: 'has pointers twice, in disorder or unaligned',
  fields: 'every offset in a field list',
  rule: 'may: Go writes offsets that rise and are aligned; the format does not say it',
  bugType: 'unordered-offsets',
  importance: 'low',
  specRef: 'runtime/heapdump.go dumpbv',
  count: (base) => base.map.fieldCount([fieldClass.fieldOffset]) * 3,
  blocks: (base) => blocksOfFields(base, [fieldClass.fieldOffset], 3),
  make: (base, index) => {
    const [item, variant] = splitIndex(index, 3);
    const field = base.map.field([fieldClass.fieldOffset], item);
    if (variant === 0) return after(field, field.value, `offset ${field.value} twice`);
    if (variant === 2) return unaligned(base, field);
    return field.value === 0 ? undefined : after(field, 0, `offset 0 after ${field.value}`);
  },
};

export const semanticLists: readonly Operation[] = [outside, disorder];
