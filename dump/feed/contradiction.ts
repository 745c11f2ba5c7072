/** Drafts of dumps that can be framed but contradict themselves. */
import type { RecordKind, Uint64 } from '../records.ts';
import type { VerifyRuleId } from '../verify-rules.ts';
import type { Base } from './base.ts';
import { uvarint } from './encoder.ts';
import type { FieldMap, MapField } from './field-map.ts';
import { fieldAtCursor } from './field-map.ts';
import type { Draft } from './operation.ts';
import { atField, plainNumber, replaceField } from './operation.ts';
import type { Block } from './order.ts';
import { oneBlock } from './order.ts';

/** What the operations on the meaning have in common. */
export const semantic = { group: 'semantic', importance: 'medium' } as const;

/** An address at which no program has anything. */
export const nowhere = 0x10;

/** A field of a record outside its groups, by its name in the table; of text and memory the length. */
export function namedField(map: FieldMap, record: number, name: string, round = 0): MapField {
  let found: MapField | undefined;
  map.walk(record, (cursor) => {
    if (cursor.round !== round) return false;
    if (cursor.step.name !== name && cursor.step.group !== name) return false;
    found = fieldAtCursor(cursor, record);
    return true;
  });
  if (found === undefined) throw new RangeError(`record ${record} has no ${name}`);
  return found;
}

/** The n-th record of a kind with another value in a field, which breaks a rule of verify. */
export function contradiction(
  base: Base,
  kind: RecordKind,
  n: number,
  name: string,
  value: Uint64,
  rule: VerifyRuleId,
): Draft | undefined {
  return wrongValue(namedField(base.map, base.nth(kind, n), name), value, rule);
}

/** A field with another value; undefined if it has that value already. */
export function wrongValue(field: MapField, value: Uint64, rule: VerifyRuleId): Draft | undefined {
  if (field.value === value) return undefined;
  return {
    edits: [replaceField(field, uvarint(value))],
    expect: 'may',
    layer: 'semantic',
    rule,
    reason: `${field.path} is ${value} instead of ${field.value}`,
    at: atField(field),
    recipe: {
      fieldPath: field.path,
      oldValue: plainNumber(field.value),
      newValue: plainNumber(value),
    },
  };
}

/** A record put before another, or at a place. */
export function copyDraft(
  base: Base,
  record: number,
  before: number,
  rule: VerifyRuleId,
  reason: string,
): Draft {
  const { offset, end, kind, index } = base.map.record(record);
  const at = base.map.offsetOf(before);
  const name = `${kind}#${index}`;
  return {
    edits: [{ at, remove: 0, insert: [{ from: offset, to: end }] }],
    expect: 'may',
    layer: 'semantic',
    rule,
    reason: `${name} ${reason}`,
    at: { defectOffset: at, record: `${kind}#${kindBefore(base, kind, before)}` },
    recipe: { detail: { copied: name, at } },
  };
}

/** Records of a kind before a record. */
function kindBefore(base: Base, kind: RecordKind, before: number): number {
  let low = 0;
  let high = base.count(kind);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (base.nth(kind, middle) < before) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A record left out. */
export function dropDraft(base: Base, record: number, rule: VerifyRuleId): Draft {
  const { offset, end, kind, index } = base.map.record(record);
  const name = `${kind}#${index}`;
  return {
    edits: [{ at: offset, remove: end - offset, insert: [] }],
    expect: 'may',
    layer: 'semantic',
    rule,
    reason: `${name} is left out`,
    at: { defectOffset: offset },
    recipe: { detail: { dropped: name } },
  };
}

/** One choice among the mutants of several sorts, by a single index. */
export interface Choice {
  count(base: Base): number;
  make(base: Base, index: number): Draft | undefined;
}

/** Several choices one after the other; in a stream they take turns. */
export function choices(
  list: readonly Choice[],
): Choice & { blocks(base: Base): readonly Block[] } {
  return {
    count: (base) => list.reduce((sum, choice) => sum + choice.count(base), 0),
    blocks(base) {
      let end = 0;
      return list.flatMap((choice) => {
        const places = choice.count(base);
        const start = end;
        end += places;
        return oneBlock(places, start);
      });
    },
    make(base, index) {
      let left = index;
      for (const choice of list) {
        const count = choice.count(base);
        if (left < count) return choice.make(base, left);
        left -= count;
      }
      return undefined;
    },
  };
}

/** A choice for each record of a kind. */
export function eachRecord(
  kind: RecordKind,
  make: (base: Base, n: number) => Draft | undefined,
): Choice {
  return { count: (base) => base.count(kind), make };
}
