import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  alignDown,
  alignUp,
  clz64,
  ctz32,
  ctz64,
  divRoundUp,
  lowMask32,
  pageOf,
  popcount32,
  shl64Hi,
  shl64Lo,
  shr64Hi,
  shr64Lo,
} from '../../sim/uintptr.ts';

fc.configureGlobal({ seed: 1_022_012 });

const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const big = (lo: number, hi: number): bigint => (BigInt(hi >>> 0) << 32n) | BigInt(lo >>> 0);

test('addresses above 32 bits keep their upper bits', () => {
  expect(alignDown(0xc000002345, 8192)).toBe(0xc000002000);
  expect(alignUp(0xc000002345, 8192)).toBe(0xc000004000);
  expect(alignUp(0xc000002000, 8192)).toBe(0xc000002000);
  expect(pageOf(0xc000002345)).toBe(0xc000002000 / 8192);
  expect(divRoundUp(8193, 8192)).toBe(2);
});

describe('64-bit words in halves agree with bigint', () => {
  test('counts of zeros and ones', () => {
    fc.assert(
      fc.property(word, word, (lo, hi) => {
        const bits = big(lo, hi).toString(2).padStart(64, '0');
        expect(ctz64(lo, hi)).toBe(bits.includes('1') ? 63 - bits.lastIndexOf('1') : 64);
        expect(clz64(lo, hi)).toBe(bits.includes('1') ? bits.indexOf('1') : 64);
        expect(popcount32(lo) + popcount32(hi)).toBe(bits.replaceAll('0', '').length);
      }),
    );
    expect(ctz32(0)).toBe(32);
  });

  test('shifts by 0 to 64', () => {
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 64 }), (lo, hi, n) => {
        expect(big(shr64Lo(lo, hi, n), shr64Hi(hi, n))).toBe(big(lo, hi) >> BigInt(n));
        expect(big(shl64Lo(lo, n), shl64Hi(lo, hi, n))).toBe(
          BigInt.asUintN(64, big(lo, hi) << BigInt(n)),
        );
      }),
    );
  });

  test('masks', () => {
    for (let n = 0; n <= 32; n++) expect(lowMask32(n) >>> 0).toBe(2 ** n - 1);
  });
});
