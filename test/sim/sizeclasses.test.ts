import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { archOf } from '../../sim/arch.ts';
import { roundupsize } from '../../sim/msize.ts';
import {
  classToAllocnpages,
  classToDivmagic,
  classToSize,
  numSizeClasses,
  sizeToClass,
} from '../../sim/sizeclasses.ts';
import { describeWithOracle } from '../oracle/describe-with-oracle.ts';
import { goToolchain } from '../oracle/go-toolchain.ts';

const amd64 = archOf('amd64');
const mips = archOf('mips');

// Capacities that append gave on amd64, and the edges of runtime/msize_allocheaders.go.
describe('roundupsize gives the capacities of go1.22.12', () => {
  test.each([
    [33, true, 48],
    [1024, true, 1024],
    [512, false, 512],
    [520, false, 568],
    [1024, false, 1144],
    [2048, false, 2296],
    [32769, true, 40960],
    [40961, true, 49152],
    [32760, false, 32760],
    [32761, false, 32768],
  ])('%i bytes, noscan %s: %i', (size, noscan, want) => {
    expect(roundupsize(amd64, true, size, noscan)).toBe(want);
  });

  test('on 32-bit pointers beyond 128 bytes need a header', () => {
    expect(roundupsize(mips, true, 128, false)).toBe(128);
    expect(roundupsize(mips, true, 132, false)).toBe(136);
    expect(roundupsize(mips, false, 132, false)).toBe(144);
  });

  test('without malloc headers 32 KiB is the first large size', () => {
    expect(roundupsize(amd64, false, 32767, false)).toBe(32768);
    expect(roundupsize(amd64, false, 32769, false)).toBe(40960);
  });
});

test('each size gets the smallest class that holds it', () => {
  for (let size = 1; size <= 32768; size++) {
    const c = sizeToClass(size);
    expect(classToSize[c]! >= size && classToSize[c - 1]! < size).toBe(true);
  }
});

test('the magic number divides every offset in a span', () => {
  for (let c = 1; c < numSizeClasses; c++) {
    const size = classToSize[c]!;
    for (let n = 0; n < classToAllocnpages[c]! * 8192; n += 7) {
      const quotient = Math.floor((n * classToDivmagic[c]!) / 2 ** 32);
      if (quotient !== Math.floor(n / size)) expect({ n, size, quotient }).toBe('n / size');
    }
  }
});

describeWithOracle('go1.22.12', 'the classes are those of runtime/sizeclasses.go', () => {
  test('its comment table has the same sizes and spans', () => {
    const source = readFileSync(join(goToolchain().goroot, 'src/runtime/sizeclasses.go'), 'utf8');
    const rows = [...source.matchAll(/^\/\/ +(\d+) +(\d+) +(\d+) +(\d+) +\d+ +[\d.]+% +\d+$/gm)];
    expect(rows).toHaveLength(numSizeClasses - 1);
    for (const [, c, bytes, span, objects] of rows) {
      const size = classToSize[Number(c)]!;
      const spanBytes = classToAllocnpages[Number(c)]! * 8192;
      expect([size, spanBytes, Math.floor(spanBytes / size)]).toEqual(
        [bytes, span, objects].map(Number),
      );
    }
  });
});
