/** W6, W7, W11, W13, W14: numbers written otherwise, one number more or less, a bit turned over. */
import type { Uint64 } from '../records.ts';
import { headerLength } from '../records.ts';
import type { Base } from './base.ts';
import { overflowingUvarint, overlongUvarint, uvarint } from './encoder.ts';
import type { MapField } from './field-map.ts';
import { fieldClass, varintClasses } from './field-map.ts';
import type { Draft, Operation } from './operation.ts';
import { atField, plainNumber, replaceField, splitIndex } from './operation.ts';
import { blocksAlong, blocksOfFields } from './order.ts';
import { headerDraft } from './wire-header.ts';

const dumpint = 'runtime/heapdump.go dumpint';

const common = { group: 'wire', importance: 'medium', specRef: dumpint } as const;

/** Some variants of every varint. */
const eachVarint = (variants: number) => ({
  count: (base: Base) => base.map.fieldCount(varintClasses) * variants,
  blocks: (base: Base) => blocksOfFields(base, varintClasses, variants),
});

function varintAt(base: Base, index: number, variants: number): [MapField, number] {
  const [item, variant] = splitIndex(index, variants);
  return [base.map.field(varintClasses, item), variant];
}

/** What can stand for a number that cannot be read as one. */
const overlong: readonly (readonly [name: string, bytes: (value: Uint64) => Uint8Array])[] = [
  ['more than 64 bits', overflowingUvarint],
  ['eleven bytes', (value) => overlongUvarint(value, 11)],
  ['64 bytes that all say that more follow', () => new Uint8Array(64).fill(0xff)],
];

function mergedDraft(base: Base, field: MapField): Draft {
  const bytes = base.bytes.slice(field.offset, field.offset + field.length);
  bytes[bytes.length - 1]! |= 0x80;
  return {
    edits: [replaceField(field, bytes)],
    expect: 'framing',
    layer: 'wire',
    reason: `${field.path} has lost its last byte to the number after it`,
    bugType: 'cut-varint',
    at: atField(field),
    recipe: { fieldPath: field.path, oldValue: plainNumber(field.value), detail: { bytes: 'cut' } },
  };
}

const badVarint: Operation = {
  ...common,
  id: 'W6',
  title: 'has a number that does not end where it must',
  fields: 'every varint',
  rule: 'reject: more than ten bytes, or than 64 bits; cut ones as our reader frames them',
  bugType: 'overlong-varint',
  ...eachVarint(overlong.length + 1),
  make: (base, index) => {
    const [field, variant] = varintAt(base, index, overlong.length + 1);
    if (variant === overlong.length) return mergedDraft(base, field);
    const [name, bytes] = overlong[variant]!;
    return {
      edits: [replaceField(field, bytes(field.value))],
      expect: 'reject',
      layer: 'wire',
      reason: `${field.path} has ${name}`,
      at: atField(field),
      firstErrorOffset: field.offset + 9,
      recipe: {
        fieldPath: field.path,
        oldValue: plainNumber(field.value),
        detail: { bytes: name },
      },
    };
  },
};

const longVarint: Operation = {
  ...common,
  id: 'W7',
  title: 'has a number in more bytes than it needs',
  fields: 'every varint',
  rule: 'may: Go never writes it, and every reader of 64-bit uvarints understands it',
  bugType: 'non-minimal-varint',
  ...eachVarint(2),
  make: (base, index) => {
    const [field, variant] = varintAt(base, index, 2);
    if (field.length === 10) return undefined;
    const length = variant === 0 ? field.length + 1 : 10;
    return {
      edits: [replaceField(field, overlongUvarint(field.value, length))],
      expect: 'may',
      layer: 'wire',
      flags: ['non-minimal-varint'],
      reason: `${field.path} takes ${length} bytes for ${field.value}`,
      at: atField(field),
      firstErrorOffset: field.offset + length - 1,
      recipe: { fieldPath: field.path, detail: { bytes: length } },
    };
  },
};

const wideBools = [2, 127, 255, 300, 2n ** 64n - 1n];

const badBool: Operation = {
  ...common,
  id: 'W11',
  title: 'has a bool that is neither 0 nor 1',
  fields: 'every bool',
  rule: 'may: Go writes 0 or 1; it is framed as any varint is',
  bugType: 'bool-as-byte',
  importance: 'high',
  specRef: 'runtime/heapdump.go dumpbool',
  count: (base) => base.map.fieldCount([fieldClass.bool]) * wideBools.length,
  blocks: (base) => blocksOfFields(base, [fieldClass.bool], wideBools.length),
  make: (base, index) => {
    const [item, variant] = splitIndex(index, wideBools.length);
    const field = base.map.field([fieldClass.bool], item);
    const value = wideBools[variant]!;
    const bytes = uvarint(value);
    return {
      edits: [replaceField(field, bytes)],
      expect: 'may',
      layer: 'wire',
      flags: ['wide-bool'],
      reason: `${field.path} is ${value}`,
      at: atField(field),
      firstErrorOffset: field.offset + bytes.length - 1,
      recipe: {
        fieldPath: field.path,
        oldValue: field.value !== 0,
        newValue: plainNumber(value),
      },
    };
  },
};

const moreOrLess: Operation = {
  ...common,
  id: 'W13',
  title: 'has one number more or less',
  fields: 'every varint',
  rule: 'as our reader frames it; where by chance it can be framed: may, inconsistent',
  bugType: 'desync',
  importance: 'high',
  specRef: 'runtime/heapdump.go mdump',
  ...eachVarint(2),
  make: (base, index) => {
    const [field, variant] = varintAt(base, index, 2);
    const { offset, length, path } = field;
    const twice = { from: offset, to: offset + length };
    return {
      edits: [
        variant === 0
          ? { at: offset, remove: length, insert: [] }
          : { at: offset + length, remove: 0, insert: [twice] },
      ],
      expect: 'framing',
      layer: 'wire',
      reason: `${path} ${variant === 0 ? 'is left out' : 'stands there twice'}`,
      at: atField(field),
      recipe: { fieldPath: path, detail: { times: variant === 0 ? 0 : 2 } },
    };
  },
};

const bitFlip: Operation = {
  ...common,
  id: 'W14',
  title: 'has one bit turned over',
  fields: 'every bit',
  rule: 'accept in contents and text; elsewhere as our reader frames it',
  bugType: 'bit-flip',
  importance: 'low',
  specRef: 'runtime/heapdump.go mdump',
  count: (base) => base.bytes.length * 8,
  blocks: (base) => blocksAlong(base, 8, (record) => base.map.offsetOf(record)),
  make: (base, index) => {
    const [at, bit] = splitIndex(index, 8);
    const byte = base.bytes[at]! ^ (1 << bit);
    if (at < headerLength) {
      const header = base.bytes.slice(0, headerLength);
      header[at] = byte;
      return headerDraft(base, header, `bit ${bit} of byte ${at} of the header turned over`);
    }
    const field = base.map.fieldAt(at)!;
    const within = field.sort === fieldClass.memoryBytes || field.sort === fieldClass.stringBytes;
    return {
      edits: [{ at, remove: 1, insert: [Uint8Array.of(byte)] }],
      expect: within ? 'accept' : 'framing',
      layer: within ? 'semantic' : 'wire',
      reason: `bit ${bit} of byte ${at} turned over, in ${field.path}`,
      at: { ...atField(field), defectOffset: at },
      recipe: {
        fieldPath: field.path,
        oldValue: base.bytes[at]!,
        newValue: byte,
        detail: { byte: at, bit },
      },
    };
  },
};

export const wireVarints: readonly Operation[] = [
  badVarint,
  longVarint,
  badBool,
  moreOrLess,
  bitFlip,
];
