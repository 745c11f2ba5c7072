/** W1 to W5: dumps cut short, drawn out, or with records that there are not. */

import { headerLength, tagEOF } from '../records.ts';
import type { Base } from './base.ts';
import { uvarint } from './encoder.ts';
import type { MapField } from './field-map.ts';
import { fieldClass } from './field-map.ts';
import type { DefectAt, Draft, Operation } from './operation.ts';
import { insertAt, plainNumber, splitIndex } from './operation.ts';
import { blocksAlong, blocksOfFields, oneBlock } from './order.ts';

const everyField = Object.values(fieldClass);

/** What is missing first if a dump ends at a byte. */
function atCut(base: Base, cut: number): DefectAt {
  if (cut < headerLength) return { defectOffset: cut, fieldPath: 'header' };
  const field = base.map.fieldAt(cut) as MapField;
  if (field.sort === fieldClass.tag && field.offset === cut) {
    return { defectOffset: cut, fieldPath: 'eof' };
  }
  return { defectOffset: cut, record: field.recordName, fieldPath: field.path };
}

/** A dump that ends before a byte. */
function cutDraft(base: Base, cut: number): Draft {
  const at = atCut(base, cut);
  const falseEOF = cut > 0 && base.bytes[cut - 1] === tagEOF;
  return {
    edits: [{ at: cut, remove: base.bytes.length - cut, insert: [] }],
    expect: 'reject',
    layer: 'wire',
    reason: `ends ${at.record === undefined ? 'after' : 'within'} ${at.record ?? `${cut} bytes`}${falseEOF ? ', with a byte 0' : ''}`,
    bugType: falseEOF ? 'false-eof' : 'truncation',
    at,
    firstErrorOffset: cut,
    recipe: { ...(at.fieldPath === undefined ? {} : { fieldPath: at.fieldPath }), detail: { cut } },
  };
}

const cutAnywhere: Operation = {
  id: 'W1',
  title: 'ends at any byte',
  group: 'wire',
  fields: 'every byte',
  rule: 'reject: no EOF record was read',
  bugType: 'truncation',
  importance: 'high',
  specRef: 'runtime/heapdump.go mdump',
  count: (base) => base.bytes.length,
  blocks: (base) => blocksAlong(base, 1, (record) => base.map.offsetOf(record)),
  make: cutDraft,
};

const cutAtEdge: Operation = {
  ...cutAnywhere,
  id: 'W2',
  title: 'ends between two fields',
  fields: 'the beginning of every field',
  count: (base) => base.map.fieldCount(everyField),
  blocks: (base) => blocksOfFields(base, everyField, 1),
  make: (base, index) => cutDraft(base, base.map.field(everyField, index).offset),
};

const noEOF: Operation = {
  ...cutAnywhere,
  id: 'W3',
  title: 'has no EOF record',
  fields: 'the EOF record',
  bugType: 'missing-eof',
  count: () => 1,
  blocks: () => oneBlock(1),
  make: (base) => ({
    ...cutDraft(base, base.map.offsetOf(base.map.records - 1)),
    reason: 'has no EOF record',
    bugType: 'missing-eof',
  }),
};

const ascii = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));

/** What stands after the EOF record. */
const endings: readonly (readonly [name: string, bytes: (base: Base) => Uint8Array])[] = [
  ['a second EOF', () => Uint8Array.of(0)],
  ['a newline', () => Uint8Array.of(10)],
  ['a byte 255', () => Uint8Array.of(255)],
  ['an object record', () => Uint8Array.of(1, 8, 1, 7, 0)],
  ['a block of zeros', () => new Uint8Array(4096)],
  ['a header', () => ascii('go1.7 heap dump\n')],
  ['the dump once more', (base) => base.bytes],
];

const afterEOF: Operation = {
  id: 'W4',
  title: 'goes on after the EOF record',
  group: 'wire',
  fields: 'the end',
  rule: 'may: nothing follows EOF, but a reader of a stream need not look',
  bugType: 'trailing-bytes',
  importance: 'medium',
  specRef: 'runtime/heapdump.go mdump',
  count: () => endings.length,
  make: (base, index) => {
    const [name, bytes] = endings[index]!;
    const end = base.bytes.length;
    return {
      edits: [insertAt(end, bytes(base))],
      expect: 'may',
      layer: 'wire',
      flags: ['trailing-bytes'],
      reason: `${name} after the EOF record`,
      at: { defectOffset: end, fieldPath: 'trailing' },
      firstErrorOffset: end,
      recipe: { fieldPath: 'trailing', detail: { appended: name } },
    };
  },
};

const unknownTags = [18, 19, 31, 127, 128, 255, 256, 2 ** 32, 2n ** 63n, 2n ** 64n - 1n];

const unknownTag: Operation = {
  id: 'W5',
  title: 'has a record of an unknown kind',
  group: 'wire',
  fields: 'before every record',
  rule: 'reject: no reader can know where such a record ends',
  bugType: 'unknown-tag',
  importance: 'medium',
  specRef: 'runtime/heapdump.go mdump',
  count: (base) => base.map.records * unknownTags.length,
  blocks: (base) => blocksAlong(base, unknownTags.length, (record) => record),
  make: (base, index) => {
    const [record, variant] = splitIndex(index, unknownTags.length);
    const offset = base.map.offsetOf(record);
    const tag = unknownTags[variant]!;
    const bytes = uvarint(tag);
    const fieldPath = `record@${offset}.tag`;
    return {
      edits: [insertAt(offset, bytes)],
      expect: 'reject',
      layer: 'wire',
      reason: `a tag ${tag}`,
      at: { defectOffset: offset, fieldPath },
      firstErrorOffset: offset + bytes.length - 1,
      recipe: { fieldPath, newValue: plainNumber(tag) },
    };
  },
};

export const wireEnds: readonly Operation[] = [cutAnywhere, cutAtEdge, noEOF, afterEOF, unknownTag];
