import type { DumpRecord, FieldSpec, Uint64 } from './records.ts';
import { recordTable } from './records.ts';

/** Bytes of a minimal uvarint. */
function uvarintLength(value: Uint64): number {
  let n = 1;
  let rest = BigInt(value) >> 7n;
  while (rest > 0n) {
    n++;
    rest >>= 7n;
  }
  return n;
}

function textLength(value: unknown): number {
  const bytes =
    typeof value === 'string'
      ? new TextEncoder().encode(value).length
      : (value as Uint8Array).length;
  return uvarintLength(bytes) + bytes;
}

function listLength(offsets: ArrayLike<Uint64>, until: number): number {
  let n = 0;
  for (let i = 0; i < until; i++) n += 1 + uvarintLength(offsets[i]!);
  return n;
}

function lengthOf(field: FieldSpec, value: unknown, size: Uint64): number {
  switch (field.type) {
    case 'uvarint':
    case 'address':
      return uvarintLength(value as Uint64);
    case 'bool':
      return 1;
    case 'string':
      return textLength(value);
    case 'memory':
      return uvarintLength(size) + Number(size);
    case 'fieldList': {
      const offsets = value as ArrayLike<Uint64>;
      return listLength(offsets, offsets.length) + 1;
    }
    case 'repeat': {
      const elements = value as readonly unknown[];
      const count = field.count === 'declared' ? uvarintLength(elements.length) : 0;
      return elements.reduce<number>((sum, element) => {
        const parts = field.of.map((of) =>
          lengthOf(
            of,
            of.name === '' ? element : (element as { [key: string]: unknown })[of.name],
            0,
          ),
        );
        return sum + parts.reduce((a, b) => a + b, 0);
      }, count);
    }
    default:
      return field satisfies never;
  }
}

/**
 * Offset in the dump of a field of a record, supposing that its numbers are written in as few bytes as can be, as Go does;
 * a record that is not so gives its own offset.
 *
 * @param name the field; '' for the record itself
 * @param item index in the field list or the repeated group
 */
export function fieldOffset(record: DumpRecord, name: string, item = 0): number {
  const start = Number(record.offset);
  const values = record as unknown as { [key: string]: unknown };
  const size = (values.size as Uint64 | undefined) ?? 0;
  let offset = start + 1;
  let found = start;
  for (const field of recordTable[record.tag].fields) {
    const value = values[field.name];
    if (field.name === name || (name === 'size' && field.type === 'memory')) {
      found = offset;
      if (field.type === 'fieldList') found += listLength(value as ArrayLike<Uint64>, item) + 1;
    }
    offset += lengthOf(field, value, size);
  }
  return offset === start + Number(record.length) ? found : start;
}
