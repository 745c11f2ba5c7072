/** W8 to W10: declared lengths and counts, and lists of fields. */
import type { Uint64 } from '../records.ts';
import type { Base } from './base.ts';
import { uvarint } from './encoder.ts';
import type { FieldClass, MapField } from './field-map.ts';
import { fieldClass } from './field-map.ts';
import type { Draft, Operation } from './operation.ts';
import { atField, plainNumber, replaceField, splitIndex } from './operation.ts';
import { blocksOfFields } from './order.ts';

/** Lengths that no file has; each is a border of some reader's arithmetic. */
const huge: readonly Uint64[] = [
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32,
  2 ** 33,
  2 ** 53,
  2n ** 63n - 1n,
  2n ** 63n,
  2n ** 64n - 8n,
  2n ** 64n - 1n,
];

/** Changed a little, so that the fields after it are read at a wrong place. */
const slight: readonly ((value: bigint) => bigint)[] = [
  () => 0n,
  (value) => value - 1n,
  (value) => value + 1n,
];

function narrow(value: bigint): Uint64 {
  return value <= 2n ** 53n ? Number(value) : value;
}

const valueDraft = (field: MapField, value: Uint64): Draft => ({
  edits: [replaceField(field, uvarint(value))],
  expect: 'framing',
  layer: 'wire',
  reason: `${field.path} says ${value} instead of ${field.value}`,
  bugType: 'desync',
  at: atField(field),
  recipe: {
    fieldPath: field.path,
    oldValue: plainNumber(field.value),
    newValue: plainNumber(value),
  },
});

/** Values of a length or count: slight changes, then one more than there is, then the huge ones. */
const variants = slight.length + 1 + huge.length;

function declaredDraft(base: Base, sort: readonly FieldClass[], index: number): Draft | undefined {
  const [item, variant] = splitIndex(index, variants);
  const field = base.map.field(sort, item);
  if (variant < slight.length) {
    const value = slight[variant]!(BigInt(field.value));
    if (value < 0n || value === BigInt(field.value)) return undefined;
    return valueDraft(field, narrow(value));
  }
  const rest = base.bytes.length - field.offset - field.length;
  const wanted = huge[variant - slight.length - 1] ?? 0;
  const value = wanted > rest ? wanted : rest + 1 + Number(wanted);
  const bytes = uvarint(value);
  const isCount = sort.includes(fieldClass.count);
  return {
    ...valueDraft(field, value),
    expect: 'reject',
    reason: `${field.path} says ${value}, and ${rest} bytes follow`,
    bugType: isCount ? 'count-loop' : 'alloc-before-read',
    // A length is missed at the end; what a count leads into, our reader tells.
    ...(isCount ? {} : { firstErrorOffset: field.offset + bytes.length + rest }),
  };
}

const lengthSorts = [fieldClass.stringLength, fieldClass.memoryLength];

const badLength: Operation = {
  id: 'W8',
  title: 'has a wrong length',
  group: 'wire',
  fields: 'the length of every string and memory',
  rule: 'reject if more bytes are declared than follow; else as our reader frames it',
  bugType: 'alloc-before-read',
  importance: 'high',
  // More than half of what the suite finds in public readers is found by it.
  turns: 12,
  specRef: 'runtime/heapdump.go dumpmemrange',
  count: (base) => base.map.fieldCount(lengthSorts) * variants,
  blocks: (base) => blocksOfFields(base, lengthSorts, variants),
  make: (base, index) => declaredDraft(base, lengthSorts, index),
};

const badCount: Operation = {
  id: 'W9',
  title: 'has a wrong count',
  group: 'wire',
  fields: 'the frames of every profile record',
  rule: 'reject if more elements are declared than bytes follow; else as our reader frames it',
  bugType: 'count-loop',
  importance: 'high',
  specRef: 'runtime/heapdump.go dumpmemprof_callback',
  count: (base) => base.map.fieldCount([fieldClass.count]) * variants,
  blocks: (base) => blocksOfFields(base, [fieldClass.count], variants),
  make: (base, index) => declaredDraft(base, [fieldClass.count], index),
};

const wrongKinds: readonly Uint64[] = [2, 3, 4, 99, 2n ** 64n - 1n];
/** Pairs of a list that goes on to the end of the file. */
const endlessPairs = 1000;

function kindDraft(field: MapField, kind: Uint64): Draft {
  const legacy = kind === 2 || kind === 3;
  const bytes = uvarint(kind);
  return {
    ...valueDraft(field, kind),
    expect: legacy ? 'may' : 'reject',
    flags: legacy ? ['legacy-field-kind'] : [],
    reason: `${field.path} is ${kind}`,
    bugType: 'field-kind',
    firstErrorOffset: field.offset + bytes.length - 1,
  };
}

function listEndDraft(base: Base, field: MapField, variant: number): Draft {
  if (variant === 1) return kindDraft(field, 4);
  const { offset, length, path } = field;
  const open = variant === 0;
  const rest = base.bytes.length - offset;
  const pairs = new Uint8Array(endlessPairs * 2).map((_, i) => (i + 1) % 2);
  return {
    edits: [
      open
        ? { at: offset, remove: length, insert: [] }
        : { at: offset, remove: rest, insert: [pairs] },
    ],
    expect: open ? 'framing' : 'reject',
    layer: 'wire',
    reason: open ? `${path}: the list does not end` : `${path}: the list goes on to the end`,
    bugType: 'endless-list',
    at: atField(field),
    ...(open ? {} : { firstErrorOffset: offset + pairs.length }),
    recipe: { fieldPath: path, oldValue: 0, detail: { pairs: open ? 0 : endlessPairs } },
  };
}

const ends = 3;

const badList: Operation = {
  id: 'W10',
  title: 'has a field list without end or with other kinds',
  group: 'wire',
  fields: 'every kind in a field list',
  rule: 'reject but for kinds 2 and 3 of Go 1.4 (may); without end as our reader frames it',
  bugType: 'field-kind',
  importance: 'high',
  specRef: 'runtime/heapdump.go dumpfields',
  count: (base) =>
    base.map.fieldCount([fieldClass.fieldEnd]) * ends +
    base.map.fieldCount([fieldClass.fieldKind]) * wrongKinds.length,
  blocks: (base) => [
    ...blocksOfFields(base, [fieldClass.fieldEnd], ends),
    ...blocksOfFields(
      base,
      [fieldClass.fieldKind],
      wrongKinds.length,
      base.map.fieldCount([fieldClass.fieldEnd]) * ends,
    ),
  ],
  make: (base, index) => {
    const atEnds = base.map.fieldCount([fieldClass.fieldEnd]) * ends;
    if (index < atEnds) {
      const [item, variant] = splitIndex(index, ends);
      return listEndDraft(base, base.map.field([fieldClass.fieldEnd], item), variant);
    }
    const [item, variant] = splitIndex(index - atEnds, wrongKinds.length);
    return kindDraft(base.map.field([fieldClass.fieldKind], item), wrongKinds[variant]!);
  },
};

export const wireLengths: readonly Operation[] = [badLength, badCount, badList];
