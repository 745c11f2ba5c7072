/** The field map, the encoder, the stream of mutants, shrinking and scrubbing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feedBase } from '../../../dump/feed/base.ts';
import { editedPieces, PieceContent } from '../../../dump/feed/content.ts';
import { overlongUvarint, recordBytes, uvarint } from '../../../dump/feed/encoder.ts';
import { FieldMap, fieldClass } from '../../../dump/feed/field-map.ts';
import type { Mutant } from '../../../dump/feed/operation.ts';
import { Order } from '../../../dump/feed/order.ts';
import { Permutation } from '../../../dump/feed/permutation.ts';
import { newScrubReport, scrub } from '../../../dump/feed/scrub.ts';
import { shrink } from '../../../dump/feed/shrink.ts';
import { allMutants, MutantStream, mutantAt, mutantOf } from '../../../dump/feed/stream.ts';
import { graphOfDump } from '../../../dump/graph.ts';
import { readDump, visitDump } from '../../../dump/reader.ts';
import { verifyDump } from '../../../dump/verify.ts';
import { goldenEntries, goldens, sha256 } from '../../goldens/goldens.ts';
import { encodeDump } from '../encoder.ts';
import { machines, smallDump, smallRecords } from './bases.ts';

const small = smallDump(machines[0]!);
const everySort = Object.values(fieldClass);

/** A real dump of another machine than the tests run on. */
function realDump(): Uint8Array {
  const [entry] = goldenEntries()
    .filter(({ goarch }) => goarch === '386')
    .sort((a, b) => a.bytes - b.bytes);
  return [...goldens(({ id }) => id === entry!.id)][0]!.dump;
}

const real = realDump();

describe('the field map', () => {
  it('finds every field by its number and by its bytes', () => {
    const map = new FieldMap(small);
    const walked = Array.from({ length: map.records }, (_, record) => map.fieldsOf(record)).flat();
    expect(map.fieldCount(everySort)).toBe(walked.length);
    walked.forEach((field, n) => {
      expect(map.field(everySort, n)).toEqual(field);
      expect(map.fieldAt(field.offset + field.length - 1)).toEqual(field);
    });
    for (const sort of everySort) {
      const own = walked.filter((field) => field.sort === sort);
      expect(map.fieldCount([sort])).toBe(own.length);
      own.forEach((field, n) => {
        expect(map.field([sort], n)).toEqual(field);
      });
    }
  });

  it('finds the records of a real dump', () => {
    const map = new FieldMap(real);
    const records = [...readDump(real)];
    expect(map.records).toBe(records.length);
    for (let i = 0; i < records.length; i += 97) {
      const { kind, index, offset, length, tag } = records[i]!;
      const end = Number(offset) + Number(length);
      expect(map.record(i)).toEqual({ record: i, kind, tag, index, offset, end });
      expect(map.nthOfKind(tag, index)).toBe(i);
      expect(map.recordAt(end - 1)).toBe(i);
    }
  });

  it('says how far a broken dump can be read', () => {
    const map = new FieldMap(small.subarray(0, 99));
    expect(map.error?.firstErrorOffset).toBe(99);
    expect(map.end).toBeLessThan(99);
  });
});

describe('the encoder', () => {
  it('writes each record of a real dump as Go did', () => {
    for (const record of readDump(real)) {
      const start = Number(record.offset);
      const want = real.subarray(start, start + Number(record.length));
      if (Buffer.compare(recordBytes(record), want) !== 0) {
        expect(recordBytes(record), `${record.kind}#${record.index}`).toEqual(want);
      }
    }
  });

  it('makes numbers longer without changing them, up to ten bytes', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
        fc.integer({ min: 1, max: 12 }),
        (value, length) => {
          const bytes = overlongUvarint(value, length);
          expect(bytes.length).toBe(Math.max(length, uvarint(value).length));
          let read = 0n;
          bytes.forEach((byte, i) => {
            read += BigInt(byte & 0x7f) << BigInt(7 * i);
            expect(byte >= 0x80).toBe(i < bytes.length - 1);
          });
          expect(read).toBe(value);
        },
      ),
    );
  });
});

describe('edits', () => {
  it('are what splicing an array does, in chunks from any place', () => {
    const edit = fc.record({
      skip: fc.nat(40),
      remove: fc.nat(10),
      insert: fc.uint8Array({ maxLength: 8 }),
    });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 6 }), fc.nat(300), (drawn, from) => {
        const base = small.subarray(0, 200);
        const spliced = [...base];
        const edits = [];
        let at = 0;
        let moved = 0;
        for (const { skip, remove, insert } of drawn) {
          at += skip;
          if (at + remove > base.length) break;
          edits.push({ at, remove, insert: [insert] });
          spliced.splice(at + moved, remove, ...insert);
          moved += insert.length - remove;
          at += remove;
        }
        const content = new PieceContent(base, editedPieces(base.length, edits));
        expect([...content.bytes()]).toEqual(spliced);
        expect(content.length).toBe(spliced.length);
        const rest = [...content.from(from)].flatMap((chunk) => [...chunk]);
        expect(rest).toEqual(spliced.slice(from));
      }),
    );
  });
});

describe('the stream of mutants', () => {
  it('is a function of dump, seed and index', () => {
    const one = feedBase(small);
    fc.assert(
      fc.property(fc.string(), fc.nat(2 ** 31 - 1), (seed, index) => {
        const other = feedBase(Buffer.from(small));
        const mutant = mutantAt(one, seed, index);
        const again = mutantAt(other, seed, index);
        expect(again.verdict).toEqual(mutant.verdict);
        expect(sha256(again.content.bytes())).toBe(sha256(mutant.content.bytes()));
        const named = mutantOf(other, mutant.op, mutant.index)!;
        expect(sha256(named.content.bytes())).toBe(sha256(mutant.content.bytes()));
      }),
      { numRuns: 60 },
    );
  });

  it('stays as it is from release to release', () => {
    const base = feedBase(small);
    const stream = new MutantStream(base, 'pinned');
    const digests = Array.from({ length: 600 }, (_, i) => {
      const { op, index, content } = stream.at(i)!;
      return `${op} ${index} ${sha256(content.bytes())}`;
    });
    expect(sha256(new TextEncoder().encode(digests.join('\n')))).toMatchInlineSnapshot(
      `"87cb47909fca12a580953d51bc768b26bf1557000a0ca2f1cbe1cdd629e35135"`,
    );
  });

  it('draws only from the operations that it is given, all of their mutants once, and then ends', () => {
    const base = feedBase(small);
    const stream = new MutantStream(base, 'x', ['W8', 'S1']);
    const drawn = Array.from({ length: stream.length }, (_, i) => stream.at(i)!);
    const all = [...allMutants(base, ['W8', 'S1'])];
    const id = ({ op, index }: Mutant) => `${op}.${index}`;
    expect(drawn.map(id).sort()).toEqual(all.map(id).sort());
    expect(drawn.map(id)).not.toEqual(all.map(id));
    expect(stream.at(stream.length)).toBeUndefined();
    expect(stream.exhausted(stream.length)).toEqual(['W8', 'S1']);
    expect(stream.exhausted(stream.length - 1).length).toBe(1);
    expect(() => mutantAt(base, 'x', stream.length, ['W8', 'S1'])).toThrow(RangeError);
    expect(() => mutantAt(base, 'x', 0, ['W99'])).toThrow('no operation W99');
  });

  it('hands out no mutant twice; operations that have no more leave their turns to stacks', () => {
    const stream = new MutantStream(feedBase(small), 'y');
    const seen = new Map<string, number>();
    let stacks = 0;
    const count = 4000;
    for (let i = 0; i < count; i++) {
      const { op, index } = stream.at(i)!;
      expect(seen.get(`${op}.${index}`), `${op}.${index} at ${i}`).toBeUndefined();
      seen.set(`${op}.${index}`, i);
      if (op === 'C2') stacks++;
    }
    expect(stacks).toBeGreaterThan(count / 3);
    expect(stream.exhausted(count)).toEqual(expect.arrayContaining(['W3', 'S3', 'N2']));
    for (const op of stream.exhausted(count)) {
      const own = [...allMutants(feedBase(small), [op])];
      expect(own.filter(({ index }) => !seen.has(`${op}.${index}`)).length, op).toBe(0);
    }
  });

  it('goes through the parts of a dump in turns: each has mutants among the first of an operation, in places and variants that differ', () => {
    const base = feedBase(small);
    const { runs, map } = base;
    const runOf = (record: number) =>
      runs.findIndex(({ from, to }) => record >= from && record < to);
    for (const id of ['W8', 'S1', 'W6']) {
      const fieldAt = ({ verdict }: Mutant) => map.recordAt(verdict.defectOffset!);
      const stream = new MutantStream(base, 'parts', [id]);
      const parts = new Set([...allMutants(base, [id])].map((mutant) => runOf(fieldAt(mutant))));
      const first = Array.from({ length: parts.size }, (_, i) => stream.at(i)!);
      expect(new Set(first.map((mutant) => runOf(fieldAt(mutant)))), id).toEqual(parts);
    }
  });

  it('takes each place of a part once before any twice, with every variant in its time, and leaves none out', () => {
    const block = fc.record({
      places: fc.integer({ min: 1, max: 60 }),
      variants: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 6 }), fc.string(), (sizes, seed) => {
        let length = 0;
        const blocks = sizes.map(({ places, variants }) => {
          const start = length;
          length += places * variants;
          return { start, places, variants };
        });
        const order = new Order(blocks, seed);
        const drawn = Array.from({ length }, (_, i) => order.at(i));
        expect([...drawn].sort((a, b) => a - b)).toEqual(Array.from({ length }, (_, i) => i));
        for (const { start, places, variants } of blocks) {
          const own = drawn.filter((n) => n >= start && n < start + places * variants);
          const lap = own.slice(0, places).map((n) => Math.floor((n - start) / variants));
          expect(new Set(lap).size).toBe(places);
          const few = Math.min(places, variants);
          const early = own.slice(0, few).map((n) => (n - start) % variants);
          expect(new Set(early).size).toBe(few);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('orders the numbers below n anew for each seed, and leaves none out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.string(), (length, seed) => {
        const order = new Permutation(length, seed);
        const places = Array.from({ length }, (_, i) => order.at(i));
        expect(places.sort((a, b) => a - b)).toEqual(Array.from({ length }, (_, i) => i));
      }),
      { numRuns: 60 },
    );
    const far = new Permutation(2 ** 40, 'far');
    const places = Array.from({ length: 2000 }, (_, i) => far.at(2 ** 40 - 1 - i * 2 ** 29));
    expect(new Set(places).size).toBe(2000);
    expect(Math.max(...places)).toBeLessThan(2 ** 40);
  });
});

/** Roots and edges by ordinals: the same for dumps that differ in addresses or contents only. */
function shapeOf(dump: Uint8Array): string {
  const graph = graphOfDump(dump);
  const roots = graph.roots.map(({ kind, target }) => `${kind} ${target}`);
  return JSON.stringify([roots, [...graph.starts], [...graph.edges]]);
}

describe.each([
  ['a small dump', small],
  ['a real dump', real],
])('neutral operations on %s', (_, dump) => {
  it.each(['N2', 'N5', 'N6'])('%s keeps the graph', (id) => {
    const base = feedBase(dump);
    const shape = shapeOf(dump);
    for (let index = 0; index < 5; index++) {
      const mutant = mutantOf(base, id, index);
      if (mutant !== undefined) {
        expect(shapeOf(mutant.content.bytes()) === shape, mutant.verdict.reason).toBe(true);
      }
    }
  });
});

/** A dump with many objects, one of which has a mark in it. */
function haystack(count: number): Uint8Array {
  const objects = Array.from({ length: count }, (_, i) => ({
    kind: 'object' as const,
    address: 0xc000100000 + 64 * i,
    contents: new Uint8Array(64).fill(i === Math.floor(count * 0.7) ? 0xee : i % 200),
    pointers: [0, 8],
  }));
  const records = smallRecords(machines[0]!);
  const at = records.findIndex(({ kind }) => kind === 'goroutine');
  return encodeDump([...records.slice(0, at), ...objects, ...records.slice(at)]);
}

describe('shrink', () => {
  const hasMark = (dump: Iterable<Uint8Array>): boolean => {
    let found = false;
    visitDump(dump, {
      object: ({ bytes, start, size }) => {
        found ||= bytes.subarray(start, start + size).includes(0xee);
      },
    });
    return found;
  };

  it('finds the one object of many that counts, in few runs, and keeps the dump whole', async () => {
    const dump = haystack(5000);
    const result = await shrink(dump, (candidate) => hasMark(candidate.chunks()));
    expect(result.complete).toBe(true);
    expect(result.content.length).toBeLessThan(80);
    expect(result.runs).toBeLessThan(120);
    expect([...readDump(result.content.bytes())].map(({ kind }) => kind)).toEqual([
      'params',
      'object',
      'eof',
    ]);
  });

  it('keeps what is together interesting, and stops after maxRuns with the best so far', async () => {
    const interesting = (dump: Uint8Array) => {
      const kinds = new Set([...readDump(dump)].map(({ kind }) => kind));
      return kinds.has('defer') && kinds.has('memProf');
    };
    const all = await shrink(small, (candidate) => interesting(candidate.bytes()));
    const kinds = [...readDump(all.content.bytes())].map(({ kind }) => kind);
    expect(kinds).toEqual(['params', 'goroutine', 'defer', 'memProf', 'eof']);
    const few = await shrink(small, (candidate) => interesting(candidate.bytes()), { maxRuns: 5 });
    expect(few.complete).toBe(false);
    expect(few.runs).toBe(5);
    expect(interesting(few.content.bytes())).toBe(true);
  });

  it('goes on with what cannot be framed', async () => {
    const broken = mutantOf(feedBase(small), 'W8', 12)!.content.bytes();
    const errorOf = (dump: Uint8Array) => {
      try {
        visitDump(dump, {});
      } catch (error) {
        return (error as Error).message.replace(/^.*?: /, '').replace(/\d+/g, '#');
      }
      return undefined;
    };
    const want = errorOf(broken);
    const { content } = await shrink(broken, (candidate) => errorOf(candidate.bytes()) === want);
    expect(want).toBeDefined();
    expect(content.length).toBeLessThan(60);
  });
});

describe.each([
  ['a small dump', small],
  ['a real dump', real],
])('scrub of %s', (_, dump) => {
  const report = newScrubReport();
  const chunks = Array.from({ length: Math.ceil(dump.length / 1000) }, (_unused, i) =>
    dump.subarray(i * 1000, (i + 1) * 1000),
  );
  const scrubbed = Uint8Array.from(Buffer.concat([...scrub(chunks, {}, report)]));

  it('keeps length, graph and what verify says', () => {
    expect(scrubbed.length).toBe(dump.length);
    expect(shapeOf(scrubbed) === shapeOf(dump)).toBe(true);
    expect(verifyDump(scrubbed).defects).toEqual([]);
    expect(report.bytes).toBe(dump.length);
    expect(report.records).toBe(new FieldMap(dump).records);
  });

  it('leaves no names and no memory but pointers', () => {
    const text = Buffer.from(scrubbed).toString('latin1');
    expect(text).not.toContain('main');
    expect(text).not.toContain('goexit');
    let other = 0;
    visitDump(scrubbed, {
      object: ({ bytes, start, size, pointers, pointerCount }) => {
        const contents = bytes.slice(start, start + size);
        for (let i = 0; i < pointerCount; i++) contents.fill(0, pointers[i], pointers[i]! + 8);
        other += contents.filter((byte) => byte !== 0).length;
      },
    });
    expect(other).toBe(0);
    expect(report.ambiguousWords).toBe(0);
  });

  it('keeps names of the runtime if it is told so', () => {
    const kept = Buffer.concat([...scrub(dump, { keepRuntimeNames: true })]).toString('latin1');
    expect(kept).toContain('runtime.goexit');
    expect(kept).not.toContain('main.main');
  });
});
