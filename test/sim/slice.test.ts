import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mallocgc } from '../../sim/malloc.ts';
import {
  appendSlice,
  appendSlots,
  growslice,
  nextslicecap,
  type Slice,
  slicecopy,
} from '../../sim/slice.ts';
import {
  concatstrings,
  goString,
  gostringn,
  intstring,
  rawbyteslice,
  slicebytetostring,
  slicerunetostring,
  stringtoslicebyte,
  stringtoslicerune,
} from '../../sim/string.ts';
import type { Type, TypeTable } from '../../sim/type.ts';
import { goroutineWorld } from './goroutine-world.ts';

const empty: Slice = { array: 0, len: 0, cap: 0 };

/** Capacities that appending one by one goes through, printed by a go1.22.12 program. */
const realCaps: readonly [
  goarch: 'amd64' | '386',
  name: string,
  type: (t: TypeTable) => Type,
  caps: string,
][] = [
  [
    'amd64',
    '*int',
    (t) => t.ptrTo(t.int),
    '1 2 4 8 16 32 64 143 287 607 1023 1535 2303 3071 4095 6144',
  ],
  ['amd64', 'int64', (t) => t.int64, '1 2 4 8 16 32 64 128 256 512 848 1280 1792 2560 3408 5120'],
  ['amd64', 'byte', (t) => t.uint8, '8 16 32 64 128 256 512 896 1408 2048 3072 4096 5376'],
  ['amd64', 'string', (t) => t.string, '1 2 4 8 16 32 71 143 303 591 1023 1535 2560 3584'],
  [
    'amd64',
    '[3]byte',
    (t) => t.arrayOf(3, t.uint8),
    '2 5 10 21 42 85 170 341 682 1066 1621 2261 3157',
  ],
  ['amd64', '[5]*int', (t) => t.arrayOf(5, t.ptrTo(t.int)), '1 2 4 8 17 35 76 153 307 614 1024'],
  [
    '386',
    '*int',
    (t) => t.ptrTo(t.int),
    '2 4 8 16 32 70 142 286 574 1022 1534 2366 3390 4606 6142 8190',
  ],
  ['386', 'string', (t) => t.string, '1 2 4 8 16 35 71 143 287 607 1023 1535 2303 3071'],
  ['386', '[5]*int', (t) => t.arrayOf(5, t.ptrTo(t.int)), '1 2 4 8 17 34 70 153 306 614 1023'],
];

it.each(realCaps)(
  '%s: appending %s one by one goes through real Go’s capacities',
  (goarch, _n, type, text) => {
    const { rt } = goroutineWorld({ goarch });
    const et = type(rt.types);
    const want = text.split(' ').map(Number);
    const caps: number[] = [];
    let s = empty;
    while (caps.length < want.length) {
      s = appendSlots(rt, s, 1, et);
      if (s.cap !== caps.at(-1)) caps.push(s.cap);
    }
    expect(caps).toEqual(want);
  },
);

it('appending 33 bytes to an empty slice gives a capacity of 48', () => {
  const { rt } = goroutineWorld();
  expect(appendSlots(rt, empty, 33, rt.types.uint8).cap).toBe(48);
  expect(growslice(rt, 0, 5, 0, 5, rt.types.structOf([])).cap).toBe(5);
});

it('nextslicecap doubles below 256 and then goes over to a quarter more', () => {
  expect([100, 255, 256, 512, 848].map((c) => nextslicecap(c + 1, c))).toEqual([
    200, 510, 512, 832, 1252,
  ]);
  expect(nextslicecap(1000, 10)).toBe(1000);
});

it('appends and copies give what arrays give', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.nat(255), { maxLength: 40 }), { maxLength: 30 }), (parts) => {
      const { rt } = goroutineWorld();
      const t = rt.types.uint8;
      let s = empty;
      const model: number[] = [];
      for (const part of parts) {
        const from = rawbyteslice(rt, part.length);
        rt.memory.write(from.array, Uint8Array.from(part));
        s = appendSlice(rt, s, from, t);
        model.push(...part);
      }
      const bytes = new Uint8Array(s.len);
      if (s.len > 0) rt.memory.read(s.array, s.len, bytes, 0);
      expect([...bytes]).toEqual(model);
      const half = { ...s, len: Math.floor(s.len / 2) };
      expect(slicecopy(rt, half, { ...s, array: s.array }, t)).toBe(half.len);
    }),
    { numRuns: 50 },
  );
});

it('concatenation and conversions keep the text', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 }), (texts) => {
      const { rt } = goroutineWorld();
      const encoder = new TextEncoder();
      const parts = texts.map((x) => gostringn(rt, encoder.encode(x.toWellFormed())));
      const joined = concatstrings(rt, 0, parts);
      const want = texts.map((x) => x.toWellFormed()).join('');
      expect(goString(rt, joined)).toBe(want);
      const b = stringtoslicebyte(rt, 0, joined);
      expect(goString(rt, slicebytetostring(rt, 0, b.array, b.len))).toBe(want);
      const r = stringtoslicerune(rt, 0, joined);
      expect(goString(rt, slicerunetostring(rt, 0, r))).toBe(want);
    }),
    { numRuns: 50 },
  );
});

it('results that fit the 32-byte buffer stay in it, and a single part is its own result', () => {
  const { rt } = goroutineWorld();
  const buf = rt.firstmoduledata.addressOf('runtime.sched');
  const a = gostringn(rt, new Uint8Array(16).fill(65));
  const e = { str: 0, len: 0 };
  expect(concatstrings(rt, buf, [a, a]).str).toBe(buf);
  expect(concatstrings(rt, buf, [a, a, a]).str).not.toBe(buf);
  expect(concatstrings(rt, 0, [e, a, e])).toBe(a);
  expect(goString(rt, intstring(rt, 0, 0x20ac))).toBe('€');
  expect(goString(rt, intstring(rt, 0, 0xd800))).toBe('\ufffd');
});

it('growth while marking shades what the old array points to, and no scalar that looks like a pointer', () => {
  const shaded = (elem: (t: TypeTable) => Type): number[][] => {
    const { rt } = goroutineWorld();
    const type = elem(rt.types);
    const [kept, other] = [1, 2].map(() => mallocgc(rt, 64, null, true)) as [number, number];
    const array = mallocgc(rt, type.size, type, true);
    rt.memory.writeUintptr(array, kept);
    rt.memory.writeUintptr(array + rt.arch.ptrSize, other);
    const seen: number[] = [];
    rt.gc.writeBarrierEnabled = true;
    rt.gc.shade = (_, p) => seen.push(p);
    growslice(rt, array, 2, 1, 1, type);
    return [seen, [kept]];
  };
  const node = (t: TypeTable) =>
    t.structOf([
      { name: 'next', type: t.ptrTo(t.int) },
      { name: 'val', type: t.uintptr },
    ]);
  for (const elem of [node, (t: TypeTable) => t.arrayOf(10_000, node(t))]) {
    const [seen, kept] = shaded(elem);
    expect(seen).toEqual(kept);
  }
});
