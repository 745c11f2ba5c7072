import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  makemap,
  makemapSmall,
  mapaccess,
  mapassign,
  mapclear,
  mapdelete,
  maplen,
} from '../../sim/map.ts';
import { bucketCnt, HMap } from '../../sim/map-bucket.ts';
import { mapiterinit, mapiternext } from '../../sim/map-iter.ts';
import type { Type } from '../../sim/type.ts';
import { goroutineWorld } from './goroutine-world.ts';

type World = ReturnType<typeof goroutineWorld>;

/** A map of simulated ints under the interface of JavaScript's Map. */
function intMap(world: World, t: Type, m: number) {
  const { rt } = world;
  const key = rt.firstmoduledata.addressOf('runtime.sched');
  const put = (k: number) => rt.memory.writeUint64(key, BigInt.asUintN(64, BigInt(k)));
  return {
    set(k: number, v: number) {
      put(k);
      rt.memory.writeUint64(mapassign(rt, t, m, key), BigInt(v));
    },
    get(k: number): number | undefined {
      put(k);
      const e = mapaccess(rt, t, m, key);
      return e === 0 ? undefined : Number(rt.memory.readUint64(e));
    },
    delete(k: number) {
      put(k);
      mapdelete(rt, t, m, key);
    },
    clear: () => mapclear(rt, t, m),
    size: () => maplen(rt, m),
    entries(visit: () => void = () => undefined): [number, number][] {
      const out: [number, number][] = [];
      for (const it = mapiterinit(rt, t, m); it.key !== 0; mapiternext(rt, it)) {
        out.push([Number(rt.memory.readUint64(it.key)), Number(rt.memory.readUint64(it.elem))]);
        visit();
      }
      return out;
    },
  };
}

it('2^B buckets follow from the hint by a load of 6.5, as makemap has them', () => {
  const world = goroutineWorld();
  const { rt } = world;
  const t = rt.types.mapOf(rt.types.int64, rt.types.int64);
  for (const [hint, B] of [
    [0, 0],
    [8, 0],
    [9, 1],
    [13, 1],
    [14, 2],
    [26, 2],
    [27, 3],
    [1000, 8],
    [100_000, 14],
  ] as const) {
    expect(new HMap(rt, t, makemap(rt, t, hint)).B, `hint ${hint}`).toBe(B);
  }
});

it('a map grows to twice its buckets at 6.5 entries a bucket', () => {
  const world = goroutineWorld();
  const { rt } = world;
  const t = rt.types.mapOf(rt.types.int64, rt.types.int64);
  const m = makemapSmall(rt);
  const ints = intMap(world, t, m);
  const h = new HMap(rt, t, m);
  const grown: number[] = [];
  for (let i = 0; i < 2000; i++) {
    const before = h.B;
    ints.set(i, i);
    if (h.B !== before) grown.push(i);
  }
  expect(grown).toEqual([8, 13, 26, 52, 104, 208, 416, 832, 1664]);
});

it('bucket arrays of 16 and more have buckets to spare, as many as the size class gives', () => {
  const world = goroutineWorld();
  const { rt } = world;
  const t = rt.types.mapOf(rt.types.int64, rt.types.int64);
  expect(t.map!.bucket.size).toBe(144);
  const m = new HMap(rt, t, makemap(rt, t, 100));
  expect(m.B).toBe(4);
  // (16 + 1) * 144 = 2448 bytes in a slot of 2688: room for 18 buckets.
  expect(m.extraField(2) - m.buckets).toBe(16 * 144);
  expect(rt.memory.readUintptr(m.buckets + 18 * 144 - 8)).toBe(m.buckets);
});

it('keys and elements above 128 bytes lie behind pointers', () => {
  const world = goroutineWorld();
  const { rt } = world;
  const big = rt.types.arrayOf(129, rt.types.uint8);
  const t = rt.types.mapOf(rt.types.int64, big);
  const m = makemapSmall(rt);
  const key = rt.firstmoduledata.addressOf('runtime.sched');
  const e = mapassign(rt, t, m, key);
  const h = new HMap(rt, t, m);
  expect(e < h.buckets || e >= h.buckets + h.bucketSize).toBe(true);
  expect(mapaccess(rt, t, m, key)).toBe(e);
});

describe.each(['amd64', '386', 's390x'] as const)('%s: against JavaScript’s Map', (goarch) => {
  const op = fc.oneof(
    { weight: 6, arbitrary: fc.tuple(fc.constant('set'), fc.nat(300), fc.nat(1e6)) },
    { weight: 3, arbitrary: fc.tuple(fc.constant('delete'), fc.nat(300), fc.nat()) },
    { weight: 1, arbitrary: fc.tuple(fc.constant('clear'), fc.nat(20), fc.nat()) },
  );

  it('any operations give the same entries', () => {
    fc.assert(
      fc.property(fc.array(op, { maxLength: 400 }), fc.nat(50), (ops, hint) => {
        const world = goroutineWorld({ goarch });
        const { rt } = world;
        const t = rt.types.mapOf(rt.types.int64, rt.types.int64);
        const ints = intMap(world, t, makemap(rt, t, hint));
        const model = new Map<number, number>();
        for (const [name, k, v] of ops) {
          if (name === 'set') {
            ints.set(k, v);
            model.set(k, v);
          } else if (name === 'delete') {
            ints.delete(k);
            model.delete(k);
          } else if (k === 0) {
            ints.clear();
            model.clear();
          }
        }
        expect(ints.size()).toBe(model.size);
        for (const [k, v] of model) expect(ints.get(k)).toBe(v);
        const byKey = (a: [number, number], b: [number, number]) => a[0] - b[0];
        expect(ints.entries().sort(byKey)).toEqual([...model].sort(byKey));
      }),
      { numRuns: 40 },
    );
  });

  it('an iteration during which the map grows gives each entry once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 300 }), (n, more) => {
        const world = goroutineWorld({ goarch });
        const { rt } = world;
        const t = rt.types.mapOf(rt.types.int64, rt.types.int64);
        const ints = intMap(world, t, makemapSmall(rt));
        for (let i = 0; i < n; i++) ints.set(i, i);
        let next = n;
        const seen = ints.entries(() => {
          for (let i = 0; i < more && next < n + more; i++, next++) ints.set(next, next);
        });
        const keys = seen.map(([k]) => k);
        expect(new Set(keys).size).toBe(keys.length);
        for (let i = 0; i < n; i++) expect(keys).toContain(i);
      }),
      { numRuns: 30 },
    );
  });
});

it('deleting all but a few and refilling does not grow the bucket array: it grows to the same size', () => {
  const world = goroutineWorld();
  const { rt } = world;
  const t = rt.types.mapOf(rt.types.int64, rt.types.int64);
  const m = makemapSmall(rt);
  const ints = intMap(world, t, m);
  const h = new HMap(rt, t, m);
  let sameSize = 0;
  for (let i = 0; i < 20_000; i++) {
    const before = h.oldbuckets;
    const B = h.B;
    ints.set(i, i);
    if (before === 0 && h.oldbuckets !== 0 && h.B === B) sameSize++;
    if (i >= 50) ints.delete(i - 50);
  }
  expect(ints.size()).toBe(50);
  expect(h.B).toBeLessThanOrEqual(4);
  expect(sameSize).toBeGreaterThan(0);
  expect(bucketCnt).toBe(8);
});
