import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FieldCursor, fieldReady } from '../../dump/field-cursor.ts';
import { dumpint, flush, newHeapdump } from '../../dump/heapdump.ts';
import type { StoppedWorld } from '../../sim/stopped-world.ts';
import { bytesOfHex, hexOfBytes, uvarint } from './encoder.ts';

/** Values and bytes of encoding/binary.PutUvarint, worked out by hand. */
const table: readonly (readonly [value: number | bigint, hex: string])[] = [
  [0, '00'],
  [1, '01'],
  [127, '7f'],
  [128, '8001'],
  [300, 'ac02'],
  [16383, 'ff7f'],
  [16384, '808001'],
  [2 ** 21 - 1, 'ffff7f'],
  [2 ** 28 - 1, 'ffffff7f'],
  [2 ** 28, '8080808001'],
  [2 ** 31 - 1, 'ffffffff07'],
  [2 ** 31, '8080808008'],
  [2 ** 32 - 1, 'ffffffff0f'],
  [2 ** 32 + 1, '8180808010'],
  [0xc000000000, '808080808018'],
  [2 ** 49 - 1, 'ffffffffffff7f'],
  [2 ** 53, '8080808080808010'],
  [2n ** 53n + 1n, '8180808080808010'],
  [2n ** 56n, '808080808080808001'],
  [2n ** 63n, '80808080808080808001'],
  [2n ** 64n - 1n, 'ffffffffffffffffff01'],
];

const header = hexOfBytes(new TextEncoder().encode('go1.7 heap dump\n'));
const world = { arch: { ptrSize: 8 } } as unknown as StoppedWorld;

function write(value: number | bigint): string {
  const pieces: string[] = [];
  const d = newHeapdump(world, { write: (bytes) => pieces.push(hexOfBytes(bytes)) });
  dumpint(d, value);
  flush(d);
  return pieces.join('');
}

/** Reads hex as the first field of an itab record. */
function read(hex: string, onDefect?: () => void): { value: number | bigint; length: number } {
  const cursor = new FieldCursor(onDefect);
  cursor.push(bytesOfHex(`${header}08${hex}`));
  cursor.end();
  for (let i = 0; i < 3; i++) expect(cursor.advance()).toBe(fieldReady);
  return { value: cursor.value, length: cursor.length };
}

describe('a uvarint', () => {
  for (const [value, hex] of table) {
    it(`${value} is written as ${hex}`, () => expect(write(value)).toBe(hex));
    it(`${hex} is read as ${value}`, () => {
      expect(read(hex)).toEqual({ value, length: hex.length / 2 });
    });
    it(`the test's encoder agrees on ${value}`, () => {
      expect(hexOfBytes(uvarint(value))).toBe(hex);
    });
  }

  it('any 64-bit value is read as it was written', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (big) => {
        const value = big <= 2n ** 53n ? Number(big) : big;
        expect(write(value)).toBe(hexOfBytes(uvarint(value)));
        expect(read(write(value)).value).toBe(value);
      }),
    );
  });

  it('of ten bytes with more than 64 bits is refused, at the tenth byte', () => {
    expect(() => read('ffffffffffffffffff02')).toThrowError(
      expect.objectContaining({
        path: 'itab#0.address',
        offset: 17,
        firstErrorOffset: 26,
        message: 'itab#0.address: want a uvarint of at most 64 bits',
      }),
    );
    expect(() => read('8080808080808080808001')).toThrowError(/at most 64 bits/);
  });

  it('of more bytes than needed is read, and told', () => {
    const defects: unknown[] = [];
    expect(read('8100', () => defects.push(1)).value).toBe(1);
    expect(defects).toHaveLength(1);
    expect(read('8100').value).toBe(1);
  });
});
