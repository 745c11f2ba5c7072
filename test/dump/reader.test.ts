import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Defect } from '../../dump/dump-error.ts';
import { DumpError } from '../../dump/dump-error.ts';
import { dumpDone, FieldCursor, fieldReady, needInput } from '../../dump/field-cursor.ts';
import { readDump, readDumpAsync, visitDump } from '../../dump/reader.ts';
import type { DumpRecord, FieldSpec } from '../../dump/records.ts';
import { recordTable } from '../../dump/records.ts';
import { golden, goldenEntries } from '../goldens/goldens.ts';
import type { PlainRecord, PlainValue } from './encoder.ts';
import { encodeDump, encodeRecord, everyKind, uvarint } from './encoder.ts';

const uint64 = fc.oneof(
  fc.nat(300),
  fc.nat(2 ** 31 - 1),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((v) => (v <= 2n ** 53n ? Number(v) : v)),
);
const bytes = fc.uint8Array({ maxLength: 70 });

function arbitraryField(field: FieldSpec): fc.Arbitrary<PlainValue> {
  switch (field.type) {
    case 'uvarint':
    case 'address':
      return uint64;
    case 'bool':
      return fc.boolean();
    case 'string':
      return fc.oneof(fc.string({ unit: 'grapheme', maxLength: 30 }), bytes);
    case 'memory':
      return bytes;
    case 'fieldList':
      return fc.array(uint64, { maxLength: 8 });
    case 'repeat': {
      const element =
        field.of[0]!.name === ''
          ? uint64
          : fc.record(Object.fromEntries(field.of.map((of) => [of.name, arbitraryField(of)])));
      const count =
        field.count === 'declared' ? { maxLength: 5 } : { minLength: 256, maxLength: 256 };
      return fc.array(element as fc.Arbitrary<number>, count);
    }
    default:
      return field satisfies never;
  }
}

const arbitraryRecord: fc.Arbitrary<PlainRecord> = fc.oneof(
  ...recordTable
    .filter(({ kind }) => kind !== 'eof')
    .map(({ kind, fields }) =>
      fc
        .record(
          Object.fromEntries(
            fields.map((f: FieldSpec): [string, fc.Arbitrary<PlainValue>] => [
              f.name,
              arbitraryField(f),
            ]),
          ),
        )
        .map((values) => ({ kind, ...values }) as PlainRecord),
    ),
);
const arbitraryRecords = fc.array(arbitraryRecord, { maxLength: 12 });

function cut(dump: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0, i = 0; at < dump.length; i++) {
    const size = sizes[i % sizes.length]!;
    chunks.push(dump.slice(at, at + size));
    at += size;
  }
  return chunks;
}

/** A record's values in a form that can be compared. */
function plain(record: DumpRecord): unknown {
  return JSON.parse(
    JSON.stringify(record, (_, value) =>
      typeof value === 'bigint'
        ? `${value}n`
        : ArrayBuffer.isView(value)
          ? Array.from(value as unknown as Uint8Array)
          : value,
    ),
  );
}

function fieldsOf(chunks: readonly Uint8Array[]) {
  const cursor = new FieldCursor(() => {});
  const fields: { offset: number; length: number; path: string }[] = [];
  const drain = () => {
    for (;;) {
      const state = cursor.advance();
      if (state !== fieldReady) return state;
      fields.push({ offset: cursor.offset, length: cursor.length, path: cursor.path() });
    }
  };
  for (const chunk of chunks) {
    cursor.push(chunk);
    if (drain() !== needInput) throw new Error('over before the end');
  }
  cursor.end();
  expect(drain()).toBe(dumpDone);
  return fields;
}

function expectPartition(chunks: readonly Uint8Array[]): void {
  let at = 0;
  for (const { offset, length, path } of fieldsOf(chunks)) {
    if (offset !== at || length <= 0) throw new Error(`${path} at ${offset}+${length}, want ${at}`);
    at += length;
  }
  expect(at).toBe(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
}

describe('the fields of a dump', () => {
  it('are a partition of its bytes, however it is cut into chunks', () => {
    fc.assert(
      fc.property(
        arbitraryRecords,
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        (records, sizes) => {
          expectPartition(cut(encodeDump([...records, { kind: 'eof' }]), sizes));
        },
      ),
    );
  });

  it('have paths that say record, index and place', () => {
    const paths = new Set(fieldsOf([encodeDump(everyKind())]).map(({ path }) => path));
    for (const path of [
      'header',
      'params#0.architecture.length',
      'params#0.architecture',
      'object#0.size',
      'object#0.contents',
      'object#0.fields[1].offset',
      'object#0.fields[2].kind',
      'memStats#0.pauseNs[255]',
      'memProf#0.frames.count',
      'memProf#0.frames[1].file',
      'eof#0.tag',
    ]) {
      expect(paths).toContain(path);
    }
  });
});

describe('readDump', () => {
  it('gives back what was encoded, for any records', () => {
    fc.assert(
      fc.property(arbitraryRecords, (records) => {
        const read = [...readDump(encodeDump([...records, { kind: 'eof' }]))];
        expect(read).toHaveLength(records.length + 1);
        let offset = 16;
        records.forEach((record, i) => {
          const got = read[i] as unknown as { [name: string]: unknown };
          expect(got.kind).toBe(record.kind);
          expect(got.offset).toBe(offset);
          expect(got.length).toBe(encodeRecord(record).length);
          offset += encodeRecord(record).length;
          for (const { name, type } of recordTable[got.tag as number]!.fields) {
            expect(comparable(got[name], type)).toEqual(comparable(record[name], type));
          }
        });
      }),
    );
  });

  it('gives the same records however the dump is cut into chunks', () => {
    fc.assert(
      fc.property(
        arbitraryRecords,
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        (records, sizes) => {
          const dump = encodeDump([...records, { kind: 'eof' }]);
          const whole = [...readDump(dump)].map(plain);
          expect([...readDump(cut(dump, sizes))].map(plain)).toEqual(whole);
        },
      ),
    );
  });

  it('reads a real dump alike in one chunk, in pieces and in time', async () => {
    const { dump } = golden(goldenEntries((entry) => entry.goarch === 's390x')[0]!.id);
    const whole = [...readDump(dump)].map(plain);
    expect(whole.length).toBeGreaterThan(50);
    expect([...readDump(cut(dump, [4093]))].map(plain)).toEqual(whole);
    const inTime: unknown[] = [];
    for await (const record of readDumpAsync(cut(dump, [65536]))) inTime.push(plain(record));
    expect(inTime).toEqual(whole);
  });

  it('keeps text that is not UTF-8 as bytes, and a byte order mark as text', () => {
    const notText = Uint8Array.from([0x61, 0xff, 0x62]);
    const records = [
      { kind: 'otherRoot', description: notText } as const,
      { kind: 'otherRoot', description: '\ufeffa' } as const,
      { kind: 'eof' } as const,
    ];
    const [first, second] = [...readDump(encodeDump(records))];
    expect(first).toMatchObject({ description: notText });
    expect(second).toMatchObject({ description: '\ufeffa' });
  });

  it('reads the architecture of Go 1.4 as a number', () => {
    const record = [6, 0, 8, 1, 2, 54, 0, 1, 0];
    const dump = [...new TextEncoder().encode('go1.4 heap dump\n'), ...record];
    expect([...readDump(Uint8Array.from(dump))][0]).toMatchObject({ architecture: '54', ncpu: 1 });
  });

  it('does not allocate what a dump only declares', () => {
    const head = encodeDump([]);
    for (const size of [2 ** 33, 2n ** 62n, 2n ** 64n - 1n]) {
      const dump = Uint8Array.from([...head, 1, 8, ...uvarint(size), 1, 2, 3]);
      expect(() => [...readDump(dump)]).toThrowError(
        expect.objectContaining({
          path: 'object#0.contents',
          message: `object#0.contents: want ${size} bytes, got 3 before the end of the input`,
          firstErrorOffset: dump.length,
        }),
      );
    }
    const frames = Uint8Array.from([...head, 16, 1, 1, ...uvarint(2n ** 63n), 0, 0, 0]);
    expect(() => [...readDump(frames)]).toThrowError(/memProf#0.frames\[1\].func.length/);
  });
});

function comparable(value: unknown, type: string): unknown {
  if (type === 'string' && value instanceof Uint8Array) {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value);
    } catch {
      return Array.from(value);
    }
  }
  if (type === 'memory' || type === 'fieldList') return Array.from(value as ArrayLike<unknown>);
  if (type === 'repeat') {
    return (value as unknown[]).map((element) =>
      typeof element === 'object' && element !== null
        ? Object.fromEntries(
            Object.entries(element).map(([name, v]) => [name, comparable(v, 'string')]),
          )
        : element,
    );
  }
  return value;
}

describe('a dump that is cut', () => {
  const dump = encodeDump(everyKind());

  it('is an error at every byte, at the end of what is there', () => {
    for (let length = 0; length < dump.length; length++) {
      let error: unknown;
      try {
        visitDump(dump.subarray(0, length), {});
      } catch (thrown) {
        error = thrown;
      }
      if (!(error instanceof DumpError)) throw new Error(`cut at ${length}: ${error}`);
      if (error.firstErrorOffset !== length) throw new Error(`cut at ${length}: ${error.message}`);
    }
  });

  it('is no error when it is whole', () => {
    let records = 0;
    visitDump(dump, { record: () => records++ });
    expect(records).toBeGreaterThan(0);
  });
});

describe('what is wrong in a dump', () => {
  const head = Array.from(encodeDump([]));
  const read = (tail: readonly number[], onDefect?: (defect: Defect) => void) => [
    ...readDump(Uint8Array.from([...head, ...tail]), onDefect === undefined ? {} : { onDefect }),
  ];
  const refused: readonly (readonly [name: string, tail: number[], place: object])[] = [
    ['an unknown tag', [18], { path: 'record@16.tag', offset: 16, firstErrorOffset: 16 }],
    ['a field kind', [1, 8, 1, 0, 4, 0], { path: 'object#0.fields[0].kind', offset: 20 }],
    [
      'a bool of 2',
      [3, 1, 1, 0, 2, 0],
      { path: 'type#0.isPointer', offset: 20, message: 'type#0.isPointer: want 0 or 1, got 2' },
    ],
    ['a byte after EOF', [0, 0], { path: 'trailing', offset: 17, firstErrorOffset: 17 }],
    ['no EOF', [8, 1, 1], { path: 'eof', offset: 19, firstErrorOffset: 19 }],
  ];
  for (const [name, tail, place] of refused) {
    it(`${name} is refused where it stands`, () => {
      expect(() => read(tail)).toThrowError(expect.objectContaining(place));
    });
  }

  it('can be read past where the framing holds', () => {
    const rules: string[] = [];
    const records = read(
      [3, 1, 1, 0, 2, 1, 8, 8, ...new Array(8).fill(0), 2, 0, 0, 0x80, 0, 5],
      (defect) => rules.push(defect.rule),
    );
    expect(rules).toEqual(['bool', 'legacy-field-kind', 'minimal-varint', 'trailing']);
    expect(records.map(({ kind }) => kind)).toEqual(['type', 'object', 'eof']);
    expect(records[1]).toMatchObject({ pointers: [0] });
  });

  it('is said of other files', () => {
    const text = (s: string) => new TextEncoder().encode(s);
    expect(() => visitDump(text('go1.7 heap dump\r\n...'), {})).toThrowError(
      expect.objectContaining({ path: 'header', firstErrorOffset: 15 }),
    );
    expect(() => visitDump(Uint8Array.from([0x1f, 0x8b, 8, 0]), {})).toThrowError(/gzip/);
    expect(() => visitDump(new Uint8Array(0), {})).toThrowError(/an empty input/);
    expect(() => visitDump(text('go1.3 heap dump\n\0'), {})).toThrowError(/go1\.3 heap dump/);
  });
});

describe('large contents', () => {
  it('come in pieces that join to the contents, and are not kept', () => {
    const contents = Uint8Array.from({ length: 5000 }, (_, i) => i % 251);
    const dump = encodeDump([
      { kind: 'object', address: 8, contents, pointers: [0, 4992] },
      { kind: 'object', address: 9, contents: contents.subarray(0, 100) },
      { kind: 'bss', address: 7, contents },
      { kind: 'eof' },
    ]);
    const joined: { [place: string]: number[] } = {};
    const seen: unknown[] = [];
    visitDump(
      cut(dump, [700]),
      {
        contents: (piece, at, tag) => {
          joined[tag] ??= [];
          expect(at).toBe(joined[tag].length);
          joined[tag].push(...piece);
        },
        object: (o) => seen.push([o.address, o.size, o.omitted, o.pointerCount]),
        record: (r) => r.kind === 'bss' && seen.push([r.address, r.size, r.contents.length]),
      },
      { maxContents: 100 },
    );
    expect(joined).toEqual({ 1: Array.from(contents), 13: Array.from(contents) });
    expect(seen).toEqual([
      [8, 5000, true, 2],
      [9, 100, false, 0],
      [7, 5000, 0],
    ]);
  });
});
