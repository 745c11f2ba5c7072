/** The bitmaps of a chunk against arrays of booleans. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findBitRange64, notFound, PallocData, pallocChunkPages } from '../../sim/mpallocbits.ts';

fc.configureGlobal({ seed: 1_022_012 });

const runs = fc.array(
  fc.tuple(fc.nat(pallocChunkPages - 1), fc.integer({ min: 1, max: 200 }), fc.boolean()),
  { maxLength: 30 },
);

/** A chunk and its pages in use as booleans, after the given ranges were allocated and freed. */
function chunkOf(ranges: readonly (readonly [number, number, boolean])[]): {
  chunk: PallocData;
  used: boolean[];
} {
  const chunk = new PallocData();
  const used = new Array<boolean>(pallocChunkPages).fill(false);
  for (const [from, length, alloc] of ranges) {
    const n = Math.min(length, pallocChunkPages - from);
    if (alloc) chunk.allocRange(from, n);
    else chunk.free(from, n);
    used.fill(alloc, from, from + n);
  }
  return { chunk, used };
}

function freeRuns(used: readonly boolean[]): { start: number; length: number }[] {
  const out: { start: number; length: number }[] = [];
  for (let i = 0; i < used.length; i++) {
    if (used[i]) continue;
    const start = i;
    while (i < used.length && !used[i]) i++;
    out.push({ start, length: i - start });
  }
  return out;
}

test('summarize gives the free pages at both ends and the longest run', () => {
  fc.assert(
    fc.property(runs, (ranges) => {
      const { chunk, used } = chunkOf(ranges);
      const sum = { start: -1, max: -1, end: -1 };
      chunk.summarize(sum);
      const free = freeRuns(used);
      expect(sum).toEqual({
        start: free[0]?.start === 0 ? free[0].length : 0,
        max: Math.max(0, ...free.map((r) => r.length)),
        end: used[pallocChunkPages - 1] ? 0 : free[free.length - 1]!.length,
      });
    }),
  );
});

test('find gives the lowest run that fits, and the first free page', () => {
  fc.assert(
    fc.property(runs, fc.integer({ min: 1, max: 400 }), fc.nat(511), (ranges, npages, index) => {
      const { chunk, used } = chunkOf(ranges);
      const from = index - (index % 64);
      const seen = used.map((u, i) => u || i < from);
      const want = freeRuns(seen).find((r) => r.length >= npages)?.start ?? notFound;
      expect(chunk.find(npages, index)).toBe(want);
      const limit = want === notFound ? pallocChunkPages : want + npages;
      const first = seen.indexOf(false);
      expect(chunk.newSearchIdx).toBe(first < limit ? first : notFound);
    }),
  );
});

test('popcntRange counts any range', () => {
  fc.assert(
    fc.property(runs, fc.nat(511), fc.integer({ min: 1, max: 512 }), (ranges, from, length) => {
      const { chunk, used } = chunkOf(ranges);
      const n = Math.min(length, pallocChunkPages - from);
      const want = used.slice(from, from + n).filter((u) => u).length;
      expect(chunk.alloc.popcntRange(from, n)).toBe(want);
    }),
  );
});

test('allocating a page makes it unscavenged', () => {
  const chunk = new PallocData();
  chunk.scavenged.setAll();
  chunk.allocRange(60, 10);
  expect(chunk.scavenged.popcntRange(0, 512)).toBe(502);
  chunk.free(60, 10);
  expect(chunk.scavenged.popcntRange(0, 512)).toBe(502);
});

test('findScavengeCandidate gives the top of the highest free, unscavenged run of aligned blocks', () => {
  fc.assert(
    fc.property(
      runs,
      runs,
      fc.nat(511),
      fc.constantFrom(1, 2, 8, 64),
      fc.integer({ min: 1, max: 300 }),
      (ranges, scavenged, index, min, max) => {
        const { chunk, used } = chunkOf(ranges);
        for (const [from, length] of scavenged) {
          const n = Math.min(length, pallocChunkPages - from);
          chunk.scavenged.setRange(from, n);
          used.fill(true, from, from + n);
        }
        const top = (Math.floor(index / 64) + 1) * 64;
        const blocked = used.map((_, i) => {
          const block = i - (i % min);
          return i >= top || used.slice(block, block + min).includes(true);
        });
        const run = freeRuns(blocked).pop();
        const limit = Math.ceil(max / min) * min;
        const size = run === undefined ? 0 : Math.min(run.length, limit);
        const start = run === undefined ? 0 : run.start + run.length - size;
        expect(chunk.findScavengeCandidate(index, min, max, 4096, 0, 8192)).toEqual({
          start,
          size,
        });
      },
    ),
  );
});

test('a scavenging run is widened to the huge page it would break', () => {
  const chunk = new PallocData();
  chunk.allocRange(0, 200);
  const start = chunk.findScavengeCandidate(511, 1, 100, 4096, 2 << 20, 8192);
  expect(start).toEqual({ start: 256, size: 256 });
});

test('findBitRange64 finds the lowest run of ones', () => {
  expect(findBitRange64(0b1101110, 0, 3)).toBe(1);
  expect(findBitRange64(-1 << 31, 1, 2)).toBe(31);
  expect(findBitRange64(0, 0, 1)).toBe(64);
  expect(findBitRange64(-1, -1, 64)).toBe(0);
});
