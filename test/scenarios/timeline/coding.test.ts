/** Columns in fewer bytes: what is decoded is what was encoded, and the coding with the fewest bytes is chosen. */
import { describe, expect, test } from 'vitest';
import { arrays, type Coded, decode, encode } from '../../../scenarios/timeline/coding.ts';
import type { ColumnKind } from '../../../scenarios/timeline/column.ts';

function decoded({ pieces, ...coding }: Coded, kind: ColumnKind, length: number) {
  const left = [...pieces];
  const values = decode({ ...coding, kind, length }, (wanted, n) => {
    const piece = left.shift()!;
    expect(piece).toBeInstanceOf(arrays[wanted]);
    expect(piece.length).toBe(n);
    return piece;
  });
  expect(left).toEqual([]);
  return values;
}

const n = 1000;
const numbers = (f: (i: number) => number): number[] => Array.from({ length: n }, (_, i) => f(i));
const scattered = (i: number): number => (i * 2654435761) % 2 ** 32;

test.each<[string, ColumnKind, readonly number[], string | undefined, number]>([
  ['values of all kinds', 'u32', numbers(scattered), undefined, 4 * n],
  ['a constant', 'u16', numbers(() => 40_000), 'runs', 6],
  ['a few runs', 'u32', numbers((i) => Math.floor(i / 100) * 100_000), 'runs', 80],
  ['small steps', 'u32', numbers((i) => 2 ** 31 + 8 * (i % 7)), undefined, 4 * n],
  ['small steps from zero, up and down', 'u32', numbers((i) => i * 100 + 27 * (i % 2)), 'u8', n],
  ['greater steps', 'u32', numbers((i) => i * 20_000), 'u16', 2 * n],
  ['narrow values, nowhere the same', 'u8', numbers((i) => (i * 7) % 256), undefined, n],
  [
    'addresses in two places',
    'f64',
    numbers((i) => (i % 500 < 250 ? 0xc000000000 : 0x500000) + (scattered(i) % 2 ** 20)),
    'halves',
    4 * n + 8 * 4,
  ],
  ['numbers that are not whole', 'f64', numbers((i) => i / 3), undefined, 8 * n],
  ['numbers below zero', 'f64', numbers((i) => -(2 ** 40) - i), undefined, 8 * n],
  ['the greatest whole numbers', 'f64', numbers((i) => 2 ** 53 - 1 - 5 * i), 'halves', 4 * n + 8],
  ['no numbers', 'f64', [], undefined, 0],
])('%s', (_title, kind, list, coding, bytes) => {
  const values = arrays[kind].from(list);
  const coded = encode(values, kind);
  expect(coded.coding).toBe(coding);
  expect(coded.pieces.reduce((sum, piece) => sum + piece.byteLength, 0)).toBe(bytes);
  expect(decoded(coded, kind, values.length)).toEqual(values);
});

describe('numbers that halves would change', () => {
  test.each([-0, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])('%d', (odd) => {
    const values = Float64Array.from([...numbers((i) => i * 2 ** 33), odd]);
    const coded = encode(values, 'f64');
    expect(coded.coding).not.toBe('halves');
    expect(decoded(coded, 'f64', values.length)).toEqual(values);
  });
});

test('a coding that is none is refused', () => {
  const header = { coding: 'zip' as never, kind: 'u8', length: 1 } as const;
  expect(() => decode(header, () => new Uint8Array(1))).toThrow(RangeError);
});
