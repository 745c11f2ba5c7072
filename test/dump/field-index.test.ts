/** Records, fields and write() calls of dumps that are in memory. */
import { describe, expect, test } from 'vitest';
import { FieldIndex, hexdump, itabTypes, visitDump } from '../../dump/index.ts';
import { goldens } from '../goldens/goldens.ts';

const named = [
  ...goldens(
    ({ program, goexperiment, goarch }) =>
      ['linked-list', 'odd-sizes', 'many-types'].includes(program) &&
      goexperiment === '' &&
      ['amd64', '386', 's390x', 'mipsle'].includes(goarch),
  ),
];

describe('dumps of real Go', () => {
  test('write() calls end where strace saw them end', () => {
    let n = 0;
    for (const { id, dump, writes } of named) {
      const ends = new FieldIndex(dump).writes.view();
      expect(
        Array.from(ends, (end, i) => end - (ends[i - 1] ?? 0)),
        id,
      ).toEqual(writes);
      n++;
    }
    expect(n).toBeGreaterThanOrEqual(20);
  });

  test('the fields of each record are the whole of it, with the paths of the hexdump', () => {
    const { dump } = named.find(({ id }) => id === 'linked-list.s390x.4')!;
    const index = new FieldIndex(dump);
    const lines = new Map([...hexdump(dump)].map(({ offset, path }) => [offset, path]));
    const counts = new Map<string, number>();
    const wrong: unknown[] = [];
    let at = 16;
    for (let record = 0; record < index.length; record++) {
      const kind = index.kindOf(record);
      const n = counts.get(kind) ?? 0;
      counts.set(kind, n + 1);
      for (const { offset, length, name } of index.fields(record)) {
        if (offset !== at || lines.get(at) !== `${kind}#${n}.${name}`) wrong.push([record, name]);
        at += length;
      }
      if (index.endOf(record) !== at || index.recordAt(at - 1) !== record) wrong.push(record);
    }
    expect(wrong).toEqual([]);
    expect(at).toBe(dump.length);
  });

  test('types are first, known or written again as the records stand', () => {
    const { dump } = named.find(({ id }) => id === 'many-types.amd64.4')!;
    const tally = { first: 0, known: 0, again: 0 };
    for (const { how } of itabTypes(new FieldIndex(dump))) tally[how]++;
    const types: unknown[] = [];
    visitDump(dump, {
      record: (record) => void (record.kind === 'type' && types.push(record.address)),
    });
    expect(tally.first).toBe(new Set(types).size);
    expect(tally.first + tally.again).toBe(types.length);
    expect(tally.again).toBeGreaterThan(0);
    expect(tally.known).toBeGreaterThan(500);
  });
});

test('a dump that breaks off has the records before the place, and the error', () => {
  const { dump } = named.find(({ id }) => id === 'linked-list.amd64.3')!;
  const index = new FieldIndex(dump.subarray(0, 5000));
  expect(index.error?.firstErrorOffset).toBe(5000);
  expect(index.length).toBeGreaterThan(10);
  expect(index.fields(index.length - 1).length).toBeGreaterThan(0);
  expect(new FieldIndex(new Uint8Array(3)).error?.offset).toBe(0);
});
