import { describe, expect, test } from 'vitest';
import { mallocgc, newarray, newobject } from '../../sim/malloc.ts';
import { deductSweepCredit, ensureSwept, sweepone } from '../../sim/mgcsweep.ts';
import { addspecial, removespecial } from '../../sim/mheap.ts';
import {
  kindSpecialFinalizer,
  kindSpecialProfile,
  mSpanDead,
  type Special,
} from '../../sim/mspan.ts';
import { readmemstats_m } from '../../sim/mstats.ts';
import type { RuntimeEvent } from '../../sim/observer.ts';
import { bareRuntime, collect, typeOf } from './bare-runtime.ts';

describe('sizes', () => {
  test('zero bytes are at zerobase', () => {
    const rt = bareRuntime();
    rt.mheap.zerobase = 0x55aa00;
    expect(mallocgc(rt, 0, null, true)).toBe(0x55aa00);
    expect(rt.mheap.allspans).toHaveLength(0);
  });

  // ORACLES of go1.22.12, amd64: a 16-byte span has 504 slots with pointers, 512 without.
  test('in-span pointer bits cost slots', () => {
    const rt = bareRuntime();
    const withPointers = rt.mheap.spanOf(newobject(rt, typeOf(rt, 2, [0])))!;
    const without = rt.mheap.spanOf(mallocgc(rt, 16, null, true))!;
    expect([withPointers.nelems, without.nelems]).toEqual([504, 512]);
    expect(withPointers.limit - withPointers.base()).toBe(8192);
  });

  test('a pointer object beyond 512 bytes has its type in front', () => {
    const rt = bareRuntime();
    const t = typeOf(rt, 100, [0, 3]);
    const p = newobject(rt, t);
    const span = rt.mheap.spanOf(p)!;
    expect([span.elemsize, p - span.base(), rt.memory.readUintptr(p - 8)]).toEqual([
      896,
      8,
      t.addr,
    ]);
  });

  test.each<['amd64' | '386', boolean, number, number]>([
    ['amd64', true, 32760, 32768],
    ['amd64', true, 32761, 32768],
    ['amd64', false, 32768, 32768],
    ['amd64', true, 40961, 49152],
    ['386', true, 100000, 106496],
  ])('%s headers %s: %i bytes take %i', (goarch, allocHeaders, size, want) => {
    const rt = bareRuntime({ goarch, allocHeaders });
    const span = rt.mheap.spanOf(mallocgc(rt, size, null, true))!;
    expect(span.elemsize).toBe(want);
    const large = size > (allocHeaders ? 32760 : 32768);
    expect([span.sizeclass() === 0, span.nelems]).toEqual([large, 1]);
  });

  test('an array too large is refused as Go refuses it', () => {
    const rt = bareRuntime();
    expect(() => newarray(rt, typeOf(rt, 2, [0]), 2 ** 45)).toThrow(
      'runtime: allocation size out of range',
    );
  });

  test('past the limit of the heap memory is out', () => {
    const rt = bareRuntime();
    rt.mheap.heapLimit = 64 << 20;
    expect(() => mallocgc(rt, 65 << 20, null, true)).toThrow('out of memory');
  });
});

describe('the tiny allocator', () => {
  const offsets = (goarch: 'amd64' | '386', sizes: readonly number[]): number[] => {
    const rt = bareRuntime({ goarch });
    const first = mallocgc(rt, sizes[0]!, null, true);
    return [0, ...sizes.slice(1).map((size) => mallocgc(rt, size, null, true) - first)];
  };

  test.each<['amd64' | '386', number[], number[]]>([
    ['amd64', [1, 4, 8, 1], [0, 4, 8, 16]],
    ['amd64', [1, 1, 2, 4], [0, 1, 2, 4]],
    ['amd64', [3, 8, 1], [0, 8, 16]],
    ['amd64', [4, 12], [0, 4]],
    ['386', [4, 12], [0, 16]],
    ['amd64', [15, 1, 1], [0, 15, 16]],
    ['amd64', [2, 15, 2], [0, 16, 2]],
  ])('%s: sizes %j lie at %j', (goarch, sizes, want) => {
    expect(offsets(goarch, sizes)).toEqual(want);
  });

  test('counts its objects as mallocs and frees when flushed', () => {
    const rt = bareRuntime();
    for (let i = 0; i < 32; i++) mallocgc(rt, 1, null, true);
    const m = readmemstats_m(rt);
    expect([m.Mallocs, m.Frees, m.HeapObjects, m.HeapAlloc]).toEqual([32, 30, 2, 32]);
  });
});

describe('spans', () => {
  test('a span is filled in order, then the next one begins', () => {
    const rt = bareRuntime();
    const t = typeOf(rt, 2, [0]);
    const base = newobject(rt, t);
    for (let i = 1; i < 504; i++) expect(newobject(rt, t)).toBe(base + i * 16);
    expect(newobject(rt, t)).toBe(base + 8192);
  });

  test('freed slots are used from below, and zeroed', () => {
    const rt = bareRuntime();
    const t = typeOf(rt, 4, [0]);
    const all = Array.from({ length: 252 }, () => newobject(rt, t));
    for (const p of all) rt.memory.writeUintptr(p + 8, 99);
    const dead = new Set([3, 64, 65, 200]);
    collect(
      rt,
      all.filter((_, i) => !dead.has(i)),
    );
    for (const i of dead) {
      const p = newobject(rt, t);
      expect(p).toBe(all[i]);
      expect(rt.memory.readUintptr(p + 8)).toBe(0);
    }
    expect(newobject(rt, t)).toBe(all[0]! + 8192);
  });

  test('an empty span goes back to the page heap and serves another class', () => {
    const rt = bareRuntime();
    const big = mallocgc(rt, 100_000, null, true);
    collect(rt, []);
    while (sweepone(rt) >= 0);
    expect(rt.mheap.spanOf(big)!.state).toBe(mSpanDead);
    expect(rt.mheap.spanOf(mallocgc(rt, 100_000, typeOf(rt, 1, [0]), true))!.base()).toBe(big);
  });

  test('the reclaimer frees pages before the heap grows', () => {
    const rt = bareRuntime();
    const t = typeOf(rt, 128, [0]);
    for (let i = 0; i < 4000; i++) newobject(rt, t);
    const arenas = rt.memstats.heapStats.inHeap;
    collect(rt, []);
    mallocgc(rt, 3 << 20, null, true);
    expect(rt.memstats.heapStats.inHeap).toBeLessThanOrEqual(arenas);
  });

  test('a span of the cycle before is swept when its class needs room', () => {
    const rt = bareRuntime();
    const t = typeOf(rt, 64, [0]);
    const all = Array.from({ length: 150 }, () => newobject(rt, t));
    collect(
      rt,
      all.filter((_, i) => i % 2 === 0),
    );
    const swept: RuntimeEvent[] = [];
    const observed = Object.assign(rt, {
      observer: { onEvent: (e: RuntimeEvent) => e.name === 'sweep' && swept.push(e) },
    });
    for (let i = 0; i < 20; i++) expect(all.includes(newobject(observed, t))).toBe(true);
    expect(new Set(swept.map((e) => e.preserve))).toEqual(new Set([true]));
    expect(swept.length).toBeGreaterThan(0);
  });

  test('ensureSwept sweeps once', () => {
    const rt = bareRuntime();
    const p = newobject(rt, typeOf(rt, 2, [0]));
    const s = rt.mheap.spanOf(p)!;
    newobject(rt, typeOf(rt, 2, [0]));
    collect(rt, [p]);
    expect(s.allocCount).toBe(1);
    expect(s.sweepgen).toBe(rt.mheap.sweepgen);
    ensureSwept(rt, s);
    expect(s.allocCount).toBe(1);
  });

  test('an allocation sweeps in proportion once a pace is set', () => {
    const rt = bareRuntime();
    const t = typeOf(rt, 64, [0]);
    const all = Array.from({ length: 15 * 100 }, () => newobject(rt, t));
    collect(rt, all);
    rt.mheap.sweepPagesPerByte = 10 / 8192;
    rt.mheap.sweepHeapLiveBasis = rt.gcController.heapLive;
    rt.mheap.pagesSweptBasis = rt.mheap.pagesSwept;
    const before = rt.mheap.pagesSwept;
    deductSweepCredit(rt, 8192, 0);
    expect(rt.mheap.pagesSwept - before).toBe(10);
  });
});

describe('specials', () => {
  const special = (kind: 1 | 2): Special => {
    const header = { addr: 0x9000, offset: 0, next: null };
    return (kind === 1
      ? { kind, ...header, fn: { addr: 1, fn: 2 }, nret: 0, fint: null, ot: null }
      : { kind, ...header, b: {} }) as unknown as Special;
  };

  test('are kept by offset, then kind; a second one of a kind is refused', () => {
    const rt = bareRuntime();
    const t = typeOf(rt, 2, [0]);
    const [a, b] = [newobject(rt, t), newobject(rt, t)];
    expect(addspecial(rt, b, special(kindSpecialFinalizer))).toBe(true);
    expect(addspecial(rt, a, special(kindSpecialProfile))).toBe(true);
    expect(addspecial(rt, a, special(kindSpecialFinalizer))).toBe(true);
    expect(addspecial(rt, a, special(kindSpecialFinalizer))).toBe(false);
    const list: number[][] = [];
    for (let s = rt.mheap.spanOf(a)!.specials; s !== null; s = s.next)
      list.push([s.offset, s.kind]);
    expect(list).toEqual([
      [0, 1],
      [0, 2],
      [16, 1],
    ]);
    expect(removespecial(rt, a, kindSpecialProfile)?.kind).toBe(kindSpecialProfile);
    expect(removespecial(rt, a, kindSpecialProfile)).toBeNull();
  });

  test('a finalizer keeps its object for one more cycle, and only then the profile hears of it', () => {
    const rt = bareRuntime();
    const t = typeOf(rt, 2, [0]);
    const p = newobject(rt, t);
    const other = newobject(rt, t);
    const span = rt.mheap.spanOf(p)!;
    addspecial(rt, p, special(kindSpecialFinalizer));
    addspecial(rt, p, special(kindSpecialProfile));
    collect(rt, [other]);
    expect([rt.record.finalizers, rt.record.profileFrees]).toEqual([[p], []]);
    expect(span.isFree(0)).toBe(false);
    collect(rt, [other]);
    while (sweepone(rt) >= 0);
    expect([rt.record.finalizers, rt.record.profileFrees]).toEqual([[p], [16]]);
    expect(span.isFree(0)).toBe(true);
  });
});

test('an observer hears what decided', () => {
  const events: RuntimeEvent[] = [];
  const rt = bareRuntime({ observer: { onEvent: (e) => events.push(e) } });
  newobject(rt, typeOf(rt, 2, [0]));
  expect(events.map((e) => e.name)).toEqual([
    'nextFree',
    'pageCacheRefill',
    'sysAlloc',
    'heapGrow',
    'pageAllocFind',
    'spanAlloc',
    'mcentralCacheSpan',
    'mcacheRefill',
    'malloc',
  ]);
  expect(events.find((e) => e.name === 'malloc')).toMatchObject({
    size: 16,
    elemsize: 16,
    spanclass: 4,
    addr: 0xc000000000,
    fast: false,
  });
});
