/** The page allocator against one array of booleans: first fit by address, whatever the summaries do. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GoArch } from '../../sim/arch.ts';
import { PageCache } from '../../sim/mpagecache.ts';
import { pageSize } from '../../sim/uintptr.ts';
import { type BareRuntime, bareRuntime } from './bare-runtime.ts';

fc.configureGlobal({ seed: 1_022_012 });

const chunk = 512;

/** A runtime whose page allocator owns `chunks` fresh chunks from the heap's start on. */
function grown(goarch: GoArch, chunks: number): { rt: BareRuntime; base: number } {
  const rt = bareRuntime({ goarch, withP: false });
  const base = rt.arch.heapStart;
  for (let i = 0; i < chunks; i++) {
    rt.memory.map(base + i * chunk * pageSize, chunk * pageSize);
    rt.mheap.pages.grow(base + i * chunk * pageSize, chunk * pageSize);
  }
  return { rt, base };
}

function firstFit(used: readonly boolean[], npages: number): number {
  let run = 0;
  for (let i = 0; i < used.length; i++) {
    run = used[i] ? 0 : run + 1;
    if (run === npages) return i + 1 - npages;
  }
  return -1;
}

const sizes = fc.oneof(
  fc.integer({ min: 1, max: 15 }),
  fc.integer({ min: 16, max: 700 }),
  fc.constant(1),
  fc.constant(chunk),
  fc.constant(chunk * 3),
);
const operations = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ op: fc.constant('alloc'), n: sizes }) },
    { weight: 2, arbitrary: fc.record({ op: fc.constant('free'), n: fc.nat(1000) }) },
    { weight: 1, arbitrary: fc.record({ op: fc.constant('cache'), n: fc.constant(0) }) },
    { weight: 1, arbitrary: fc.record({ op: fc.constant('flush'), n: fc.constant(0) }) },
  ),
  { maxLength: 120 },
);

describe('allocations are first fit by address', () => {
  test.each<GoArch>(['amd64', 's390x', '386', 'mips'])('%s', (goarch) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), operations, (chunks, ops) => {
        const { rt, base } = grown(goarch, chunks);
        const { pages } = rt.mheap;
        const used = new Array<boolean>(chunks * chunk).fill(false);
        const scavenged = new Array<boolean>(chunks * chunk).fill(true);
        const live: { at: number; n: number }[] = [];
        const cache = new PageCache();
        let cached: number[] = [];
        let cacheScavenged: number[] = [];
        for (const { op, n } of ops) {
          if (op === 'alloc') {
            const want = firstFit(used, n);
            const addr = pages.alloc(n);
            expect(addr).toBe(want < 0 ? 0 : base + want * pageSize);
            if (want < 0) continue;
            const scav = scavenged.slice(want, want + n).filter((s) => s).length;
            expect(pages.lastScav).toBe(scav * pageSize);
            used.fill(true, want, want + n);
            scavenged.fill(false, want, want + n);
            live.push({ at: want, n });
          } else if (op === 'free' && live.length > 0) {
            const [gone] = live.splice(n % live.length, 1);
            pages.free(base + gone!.at * pageSize, gone!.n);
            used.fill(false, gone!.at, gone!.at + gone!.n);
          } else if (op === 'cache' && cached.length === 0) {
            cache.refill(rt);
            const first = used.indexOf(false);
            expect(cache.empty()).toBe(first < 0);
            if (first < 0) continue;
            const block = first - (first % 64);
            expect(cache.base).toBe(base + block * pageSize);
            cached = Array.from({ length: 64 }, (_, i) => block + i).filter((i) => !used[i]);
            cacheScavenged = cached.filter((i) => scavenged[i]);
            for (const i of cached) {
              used[i] = true;
              scavenged[i] = false;
            }
          } else if (op === 'flush') {
            cache.flush(rt);
            for (const i of cached) used[i] = false;
            for (const i of cacheScavenged) scavenged[i] = true;
            cached = [];
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

test('the page cache gives its lowest pages, and none that it does not have', () => {
  const { rt, base } = grown('amd64', 1);
  rt.mheap.pages.alloc(70);
  const cache = new PageCache();
  cache.refill(rt);
  expect(cache.base).toBe(base + 64 * pageSize);
  expect(cache.alloc(2)).toBe(base + 70 * pageSize);
  expect(cache.lastScav).toBe(2 * pageSize);
  expect(cache.alloc(1)).toBe(base + 72 * pageSize);
  expect(cache.alloc(56)).toBe(0);
  expect(cache.alloc(55)).toBe(base + 73 * pageSize);
  expect(cache.empty()).toBe(true);
});

test('a run may span chunks, summary blocks and separate growths', () => {
  const { rt, base } = grown('amd64', 17);
  expect(rt.mheap.pages.alloc(300)).toBe(base);
  expect(rt.mheap.pages.alloc(chunk * 16)).toBe(base + 300 * pageSize);
  expect(rt.mheap.pages.alloc(213)).toBe(0);
  expect(rt.mheap.pages.alloc(212)).toBe(base + (300 + chunk * 16) * pageSize);
  expect(rt.mheap.pages.alloc(1)).toBe(0);
});

test('a heap in two far parts is searched from below', () => {
  const { rt, base } = grown('amd64', 1);
  const far = base + 2 ** 40;
  rt.memory.map(far, chunk * pageSize);
  rt.mheap.pages.grow(far, chunk * pageSize);
  expect(rt.mheap.pages.alloc(513)).toBe(0);
  expect(rt.mheap.pages.alloc(512)).toBe(base);
  expect(rt.mheap.pages.alloc(512)).toBe(far);
  rt.mheap.pages.free(base + 100 * pageSize, 3);
  expect(rt.mheap.pages.alloc(3)).toBe(base + 100 * pageSize);
});
