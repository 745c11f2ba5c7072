import fc from 'fast-check';
import seedrandom from 'seedrandom';
import { describe, expect, it } from 'vitest';
import { bucketIndex, buckHashSize, fastexprand, fastlog2 } from '../../sim/mprof.ts';
import { type GcWorld, gcWorld } from './gc-world.ts';

const goldenHashes: [number[], number, 4 | 8, number][] = [
  [[], 16, 8, 149977],
  [[], 16, 4, 149977],
  [[], 4096, 8, 54951],
  [[], 4096, 4, 54951],
  [[], 1048576, 8, 27606],
  [[], 1048576, 4, 130964],
  [[0x45e2a1], 16, 8, 49818],
  [[0x45e2a1], 16, 4, 102313],
  [[0x45e2a1], 4096, 8, 22725],
  [[0x45e2a1], 4096, 4, 81588],
  [[0x45e2a1], 1048576, 8, 111317],
  [[0x45e2a1], 1048576, 4, 141011],
  [[0x45e2a1, 0x40107c, 0x4010f3, 0x433d1b, 0x45f0a1], 16, 8, 128711],
  [[0x45e2a1, 0x40107c, 0x4010f3, 0x433d1b, 0x45f0a1], 16, 4, 108383],
  [[0x45e2a1, 0x40107c, 0x4010f3, 0x433d1b, 0x45f0a1], 4096, 8, 59247],
  [[0x45e2a1, 0x40107c, 0x4010f3, 0x433d1b, 0x45f0a1], 4096, 4, 19295],
  [[0x45e2a1, 0x40107c, 0x4010f3, 0x433d1b, 0x45f0a1], 1048576, 8, 40916],
  [[0x45e2a1, 0x40107c, 0x4010f3, 0x433d1b, 0x45f0a1], 1048576, 4, 117888],
  [[0xffffffff, 0x80000000, 0x1], 16, 8, 150531],
  [[0xffffffff, 0x80000000, 0x1], 16, 4, 388],
  [[0xffffffff, 0x80000000, 0x1], 4096, 8, 107899],
  [[0xffffffff, 0x80000000, 0x1], 4096, 4, 101668],
  [[0xffffffff, 0x80000000, 0x1], 1048576, 8, 78894],
  [[0xffffffff, 0x80000000, 0x1], 1048576, 4, 133823],
];

function randomness(seed: string): { cheaprand(): number } {
  const random = seedrandom(seed);
  return { cheaprand: () => random.int32() >>> 0 };
}

// Oracle: math.Log2, which Go's fastlog2_test.go compares with too (error below 1e-3 there).
describe('fastlog2', () => {
  it.each([1, 2, 4, 1 << 20, 1 << 26])('is exact for the power of two %i', (x) => {
    expect(fastlog2(x)).toBe(Math.log2(x));
  });

  it('is near log2 for what fastexprand asks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 26 }), (x) => {
        expect(Math.abs(fastlog2(x) - Math.log2(x))).toBeLessThan(2e-4);
      }),
    );
  });
});

describe('fastexprand', () => {
  it('is 0 for mean 0', () => {
    expect(fastexprand(randomness('a'), 0)).toBe(0);
  });

  it.each([1, 2, 512, 512 * 1024, 0x7000000, 2 ** 31])('has mean %i and its spread', (mean) => {
    const rt = randomness(`mean ${mean}`);
    const limited = Math.min(mean, 0x7000000);
    const n = 20_000;
    let sum = 0;
    let above = 0;
    for (let i = 0; i < n; i++) {
      const x = fastexprand(rt, mean);
      expect(x).toBeGreaterThanOrEqual(1);
      sum += x;
      if (x > limited) above++;
    }
    // The whole number is rounded up, by a half on average; exact for large means.
    expect(Math.abs(sum / n - limited) / limited).toBeLessThan(mean < 512 ? 0.6 : 0.03);
    if (mean >= 512) expect(above / n).toBeCloseTo(Math.exp(-1), 1);
  });

  it('takes the largest step, about 18 means, for the smallest number', () => {
    expect(fastexprand({ cheaprand: () => 0 }, 1000)).toBe(Math.trunc(26 * Math.LN2 * 1000) + 1);
    expect(fastexprand({ cheaprand: () => 0xffffffff }, 1000)).toBe(1);
  });
});

// Oracle: the loop of runtime/mprof.go stkbucket, run by real Go in uint64 and uint32 arithmetic.
describe('bucket hash', () => {
  it.each(goldenHashes)('of %j, %i bytes, %i-byte words is %i', (stk, size, ptrSize, index) => {
    expect(bucketIndex(stk, size, ptrSize)).toBe(index);
  });

  it('stays inside the table', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2 ** 31), { maxLength: 32 }), fc.nat(2 ** 31), (stk, size) => {
        for (const ptrSize of [4, 8] as const) {
          const i = bucketIndex(stk, size, ptrSize);
          expect(i).toBeGreaterThanOrEqual(0);
          expect(i).toBeLessThan(buckHashSize);
        }
      }),
    );
  });
});

/** Published counts by size: allocs, frees. */
function published(w: GcWorld): Record<number, [number, number]> {
  const counts: Record<number, [number, number]> = {};
  for (const b of w.rt.mprof.iterateMemprof()) {
    counts[b.size] = [b.active.allocs, b.active.frees];
  }
  return counts;
}

// Oracle: the three-stage accounting that runtime/mprof.go describes at memRecord.
describe('the profile', () => {
  it('at rate 1 has every object, two collections after it was made', () => {
    const w = gcWorld({ memProfileRate: 1 });
    w.store(w.global(0), w.bytes(100));
    for (let i = 0; i < 9; i++) w.bytes(100);
    w.bytes(1000);
    expect(published(w)).toEqual({ 112: [0, 0], 1024: [0, 0] });
    w.rt.gc.GC(w.rt);
    expect(published(w)).toEqual({ 112: [10, 9], 1024: [1, 1] });
    w.store(w.global(0), 0);
    w.bytes(1000);
    w.rt.gc.GC(w.rt);
    expect(published(w)).toEqual({ 112: [10, 10], 1024: [2, 2] });
  });

  it('shows allocations of a cycle only when what it frees is swept', () => {
    const w = gcWorld({ memProfileRate: 1 });
    for (let i = 0; i < 200; i++) w.bytes(1000);
    w.rt.gc.gcStart(w.rt, { kind: 2, n: 1 });
    w.rt.gc.waitOnMark(w.rt, 1);
    expect(published(w)).toEqual({ 1024: [0, 0] });
    w.rt.gc.GC(w.rt);
    expect(published(w)).toEqual({ 1024: [200, 200] });
  });

  it('counts a tiny block once, and ties a record to each object', () => {
    const w = gcWorld({ memProfileRate: 1 });
    const p = w.bytes(4);
    w.bytes(4);
    w.bytes(4);
    w.rt.gc.GC(w.rt);
    w.rt.gc.GC(w.rt);
    expect(published(w)).toEqual({ 16: [1, 1] });
    expect(w.isAllocated(p)).toBe(false);
  });

  it('at rate 0 stays empty and costs no memory', () => {
    const w = gcWorld({ memProfileRate: 0 });
    for (let i = 0; i < 100; i++) w.bytes(100_000);
    expect(w.rt.mprof.mbuckets).toBeNull();
    expect(w.rt.memstats.buckHashSys).toBe(0);
  });

  it.each(['amd64', '386'] as const)('books its table and buckets on %s', (goarch) => {
    const w = gcWorld({ goarch, memProfileRate: 1 });
    const { ptrSize } = w.rt.arch;
    w.bytes(64);
    const table = buckHashSize * ptrSize;
    expect(w.rt.memstats.buckHashSys).toBe(table + (6 + 16) * ptrSize);
    w.rt.mprof.stkbucket(w.rt, 64, [0x401000, 0x402000]);
    expect(w.rt.memstats.buckHashSys).toBe(table + (6 + 16) * ptrSize + (6 + 2 + 16) * ptrSize);
    const again = w.rt.mprof.stkbucket(w.rt, 64, [0x401000, 0x402000]);
    expect(w.rt.mprof.mbuckets).toBe(again);
    expect(() => w.rt.mprof.stkbucket(w.rt, 1, new Array(33).fill(1))).toThrow(
      'bad profile stack count',
    );
  });

  it('samples in proportion to the bytes allocated', () => {
    const w = gcWorld({ memProfileRate: 4096, seed: 'sampling' });
    const n = 20_000;
    for (let i = 0; i < n; i++) w.bytes(256);
    w.rt.gc.GC(w.rt);
    const [allocs, frees] = published(w)[256]!;
    // The chance of an object is 1 - exp(-256/4096).
    const expected = n * (1 - Math.exp(-256 / 4096));
    expect(Math.abs(allocs - expected) / expected).toBeLessThan(0.1);
    expect(frees).toBe(allocs);
  });
});
