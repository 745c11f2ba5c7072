import { describe, expect, it } from 'vitest';
import { diffDumps, diffDumpsAsync } from '../../dump/diff.ts';
import type { RecordKind } from '../../dump/records.ts';
import { golden, goldenEntries } from '../goldens/goldens.ts';
import type { PlainRecord } from './encoder.ts';
import { encodeDump, everyKind } from './encoder.ts';

const all = everyKind();
const heap = 0xc000000000;
const dump = encodeDump(all);

function edited(kind: RecordKind, edit: (record: PlainRecord) => PlainRecord[], n = 0): Uint8Array {
  let seen = 0;
  return encodeDump(all.flatMap((r) => (r.kind === kind && seen++ === n ? edit(r) : [r])));
}
const changed = (kind: RecordKind, fields: { [name: string]: unknown }, n = 0) =>
  edited(kind, (record) => [{ ...record, ...fields } as PlainRecord], n);

describe('diffDumps', () => {
  it('finds no difference between equal dumps', async () => {
    expect(diffDumps(dump, dump)).toMatchObject({ equal: true, records: [], memStats: [] });
    expect((await diffDumpsAsync([dump], [dump])).equal).toBe(true);
  });

  it('tells objects that were born and that died, with their bytes', () => {
    const more = edited('goroutine', (g) => [
      { kind: 'object', address: heap + 0x4000, contents: new Uint8Array(64) },
      { kind: 'object', address: heap + 0x4040, contents: new Uint8Array(64) },
      g,
    ]);
    const born = diffDumps(dump, more, { limit: 1 });
    expect(born.equal).toBe(false);
    expect(born.objects.born).toMatchObject({
      count: 2,
      bytes: 128,
      items: [{ address: heap + 0x4000, size: 64 }],
    });
    expect(born.objects.sizes).toEqual([{ size: 64, before: 0, after: 2 }]);
    const died = diffDumps(more, dump);
    expect(died.objects.died.count).toBe(2);
    expect(died.objects.moved.count).toBe(0);
  });

  it('tells what changed in an object: contents, pointers, size', () => {
    const contents = new Uint8Array(16).fill(8);
    expect(diffDumps(dump, changed('object', { contents })).objects.changed.items).toEqual([
      { address: heap, size: 16, sizeBefore: 16, contents: true, pointers: false },
    ]);
    expect(diffDumps(dump, changed('object', { pointers: [8] })).objects.changed.items).toEqual([
      { address: heap, size: 16, sizeBefore: 16, contents: false, pointers: true },
    ]);
    const larger = changed('object', { contents: new Uint8Array(24) }, 1);
    expect(diffDumps(dump, larger).objects.changed.items).toMatchObject([
      { size: 24, sizeBefore: 16, contents: true },
    ]);
  });

  it('tells an object that moved only where there is no other like it', () => {
    const moved = changed('object', { address: heap + 0x5000 });
    expect(diffDumps(dump, moved).objects).toMatchObject({
      moved: { count: 1, items: [{ from: heap, to: heap + 0x5000, size: 16 }] },
      born: { count: 0 },
      died: { count: 0 },
    });
    const twin = edited('object', (o) => [
      { ...o, address: heap + 0x5000 } as PlainRecord,
      { ...o, address: heap + 0x6000 } as PlainRecord,
    ]);
    expect(diffDumps(dump, twin).objects).toMatchObject({
      moved: { count: 0 },
      born: { count: 2 },
      died: { count: 1 },
    });
    const zero = changed('object', { address: heap + 0x5000 }, 1);
    expect(diffDumps(dump, zero).objects.moved.count).toBe(0);
  });

  it('sees a change in the middle of large contents, however they are cut', () => {
    const contents = new Uint8Array(200_000);
    const large = (value: number) => {
      contents[150_000] = value;
      return changed('object', { contents: contents.slice() });
    };
    const [a, b] = [large(1), large(2)];
    const pieces = [a.subarray(0, 7777), a.subarray(7777)];
    expect(diffDumps(pieces, a).equal).toBe(true);
    expect(diffDumps(pieces, b).objects.changed.count).toBe(1);
  });

  it('tells roots that changed', () => {
    const contents = new Uint8Array(24);
    contents[16] = 0x10;
    expect(diffDumps(dump, changed('bss', { contents })).roots.items).toEqual([
      { segment: 'bss', address: 0x520010, before: 0, after: 0x10 },
    ]);
    const fewer = changed('bss', { pointers: [0] });
    expect(diffDumps(dump, fewer).roots.items).toEqual([
      { segment: 'bss', address: 0x520010, before: 0, after: undefined },
    ]);
  });

  it('tells goroutines by id: status, stack, defers', () => {
    const running = changed('goroutine', { status: 1, waitReason: '' });
    expect(diffDumps(dump, running).goroutines).toMatchObject([
      {
        id: 1,
        change: 'changed',
        stackChanged: false,
        fields: [
          { name: 'status', before: 4, after: 1 },
          { name: 'waitReason', before: 'chan receive', after: '' },
        ],
      },
    ]);
    const deeper = changed('stackFrame', { name: 'main.other' });
    expect(diffDumps(dump, deeper).goroutines).toMatchObject([
      {
        stackBefore: ['main.main', 'runtime.goexit'],
        stackAfter: ['main.other', 'runtime.goexit'],
        stackChanged: true,
      },
    ]);
    const other = changed('goroutine', { id: 2 });
    expect(diffDumps(dump, other).goroutines.map(({ id, change }) => [id, change])).toEqual([
      [1, 'died'],
      [2, 'born'],
    ]);
    expect(
      diffDumps(
        dump,
        edited('defer', () => []),
      ).goroutines,
    ).toMatchObject([{ fields: [{ name: 'defers', before: 1, after: 0 }] }]);
  });

  it('tells other records by their key, field by field', () => {
    expect(diffDumps(dump, changed('type', { name: 'main.U' })).records).toEqual([
      {
        kind: 'type',
        key: 0x470000,
        change: 'changed',
        fields: [{ name: 'name', before: 'main.T', after: 'main.U' }],
      },
    ]);
    expect(
      diffDumps(
        dump,
        edited('finalizer', () => []),
      ).records,
    ).toMatchObject([{ kind: 'finalizer', key: heap, change: 'died' }]);
    expect(diffDumps(dump, changed('memProf', { allocs: 9 })).records).toMatchObject([
      { kind: 'memProf', change: 'changed', fields: [{ name: 'allocs', before: 2, after: 9 }] },
    ]);
    expect(diffDumps(dump, changed('params', { ncpu: 3 })).params).toEqual([
      { name: 'ncpu', before: 2, after: 3 },
    ]);
  });

  it('tells statistics with their deltas', () => {
    const later = changed('memStats', { lastGC: 1700000000000000001n });
    expect(diffDumps(dump, later).memStats).toEqual([
      { name: 'lastGC', before: 1700000000000000000n, after: 1700000000000000001n, delta: 1n },
    ]);
  });

  it('accounts for every object of two real dumps of one program', () => {
    const ids = goldenEntries((e) => e.program === 'collected' && e.goarch === '386').map(
      (e) => e.id,
    );
    const { objects } = diffDumps(golden(ids[0]!).dump, golden(ids.at(-1)!).dump);
    const common = objects.unchanged + objects.changed.count;
    expect(common + objects.died.count + objects.moved.count).toBe(objects.before.count);
    expect(common + objects.born.count + objects.moved.count).toBe(objects.after.count);
    expect(objects.born.count).toBeGreaterThan(0);
  });
});
