/** What Go's cache of types made of each itab: whether the type that it names was written before it, or was known to be. */
import type { FieldIndex } from './field-index.ts';

/** An itab of a dump, and its type. */
export interface ItabType {
  /** The itab's record. */
  readonly record: number;
  readonly type: string;
  readonly name: string;
  /** The type stands before it: `first` for the first time, `again` since the cache had forgotten it; or it is `known`. */
  readonly how: 'first' | 'again' | 'known';
}

/** The itabs in their order. */
export function itabTypes(index: FieldIndex): ItabType[] {
  const found: ItabType[] = [];
  const names = new Map<string, string>();
  let before: { address: string; isFirst: boolean } | undefined;
  for (let record = 0; record < index.length; record++) {
    const kind = index.kindOf(record);
    if (kind !== 'type' && kind !== 'itab') {
      before = undefined;
      continue;
    }
    const values = new Map(index.fields(record).map(({ name, value }) => [name, value]));
    if (kind === 'type') {
      const address = values.get('address') ?? '';
      before = { address, isFirst: !names.has(address) };
      names.set(address, values.get('name') ?? '');
    } else {
      const type = values.get('type') ?? '';
      const how = before?.address !== type ? 'known' : before.isFirst ? 'first' : 'again';
      found.push({ record, type, name: names.get(type) ?? '', how });
      before = undefined;
    }
  }
  return found;
}
