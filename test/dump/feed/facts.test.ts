import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RecordValues } from '../../../dump/feed/encoder.ts';
import { factList, longestList, summedFacts } from '../../../dump/feed/fact-list.ts';
import { factsOfDump } from '../../../dump/feed/facts.ts';
import { factsOfRecords } from '../../../dump/feed/record-facts.ts';
import { encodeDump, everyKind } from '../encoder.ts';

const heap = 0xc000000000;

/** Objects of two words and a root to some of them. */
function graphRecords(
  objects: readonly (readonly [number, number])[],
  roots: readonly number[],
): RecordValues[] {
  const words = (values: readonly number[]) => {
    const view = new DataView(new ArrayBuffer(8 * values.length));
    for (const [i, value] of values.entries()) view.setBigUint64(8 * i, BigInt(value), true);
    return new Uint8Array(view.buffer);
  };
  const pointers = (n: number) => Array.from({ length: n }, (_, i) => 8 * i);
  return [
    { kind: 'params', pointerSize: 8, heapStart: heap, heapEnd: heap + 2 ** 26 },
    ...objects.map(
      (targets, i): RecordValues => ({
        kind: 'object',
        address: heap + 16 * i,
        contents: words(targets.map((to) => heap + to)),
        pointers: pointers(2),
      }),
    ),
    {
      kind: 'bss',
      address: 0x500000,
      contents: words(roots.map((to) => heap + to)),
      pointers: pointers(roots.length),
    },
    { kind: 'eof' },
  ];
}

describe('the facts by the records are the facts by the bytes', () => {
  test('of a dump with every kind of record', () => {
    const records = everyKind();
    const bytes = encodeDump(records);
    expect(factsOfDump(bytes)).toEqual(factsOfRecords(records, bytes.length));
  });

  test('of random graphs: edges, what is alive, dominators, retained sizes', () => {
    const place = fc.nat({ max: 16 * 24 });
    const graph = fc.tuple(
      fc.array(fc.tuple(place, place), { maxLength: 24 }),
      fc.array(place, { maxLength: 4 }),
    );
    fc.assert(
      fc.property(graph, ([objects, roots]) => {
        const records = graphRecords(objects, roots);
        const bytes = encodeDump(records as Parameters<typeof encodeDump>[0]);
        expect(factsOfDump(bytes)).toEqual(factsOfRecords(records, bytes.length));
      }),
      { numRuns: 150, seed: 22 },
    );
  });
});

test('a chain and a node that all of it points to take no quadratic time', () => {
  const n = 100_000;
  const objects = Array.from({ length: n }, (_, i) => [0, 16 * Math.min(i + 1, n - 1)] as const);
  const facts = factsOfDump(encodeLarge(graphRecords(objects, [16])));
  expect(facts).toMatchObject({ live: { count: n }, liveBytes: 16 * n });
}, 30_000);

function encodeLarge(records: readonly RecordValues[]): Uint8Array {
  const chunks = records.map((record) => encodeDump([record as never], ''));
  return Buffer.concat([Buffer.from('go1.7 heap dump\n'), ...chunks]);
}

describe('a list of facts', () => {
  const entries = (n: number) =>
    Array.from({ length: n }, (_, i) => ({ address: i, name: 'ab', flag: i > 0, slots: [1, 2] }));

  test('is whole up to its limit', () => {
    expect(factList(entries(longestList))).toEqual(entries(longestList));
  });

  test('is summed by column above it', () => {
    const n = longestList + 1;
    const sums = { count: n, address: (n * (n - 1)) / 2, name: 2 * n, flag: n - 1, slots: 2 * n };
    expect(factList(entries(n))).toEqual(sums);
  });

  test('sums modulo 2^64', () => {
    expect(summedFacts(['18446744073709551615', 2, null])).toEqual({ count: 3, sum: 1 });
  });
});
