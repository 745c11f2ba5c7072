/**
 * What the cursors over pointer slots yield, against the type's mask laid over the object word by
 * word: in the span's own bits for exactly the object, behind a header or in a large span up to the
 * end of the slot.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GoArch } from '../../sim/arch.ts';
import { mallocgc } from '../../sim/malloc.ts';
import {
  findObject,
  type HeapType,
  heapBitsForAddr,
  heapBitsInSpan,
  runGCProg,
  typePointersOf,
} from '../../sim/mbitmap.ts';
import { spanAllocStack } from '../../sim/mspan.ts';
import type { PointerCursor } from '../../sim/stopped-world.ts';
import { type BareRuntime, bareRuntime, typeOf } from './bare-runtime.ts';

fc.configureGlobal({ seed: 1_022_012 });

function offsets(cursor: PointerCursor, base: number): number[] {
  const out: number[] = [];
  for (;;) {
    const addr = cursor.next();
    if (addr === 0) return out;
    out.push(addr - base);
  }
}

/** Offsets in [0, limit) at which elements of `t` from `first` on have pointers. */
function repeated(t: HeapType, ptrSize: number, first: number, limit: number): number[] {
  const out: number[] = [];
  for (let at = first; at < limit; at += ptrSize) {
    const word = ((at - first) % t.size) / ptrSize;
    const inMask = word * ptrSize < t.ptrBytes;
    if (inMask && ((t.gcdata[word >>> 3]! >>> (word & 7)) & 1) === 1) out.push(at);
  }
  return out;
}

interface Case {
  readonly rt: BareRuntime;
  readonly t: HeapType;
  readonly slot: number;
  readonly slotSize: number;
  readonly want: number[];
}

function allocated(rt: BareRuntime, t: HeapType, n: number): Case {
  const p = mallocgc(rt, t.size * n, t, true);
  const { base: slot, span } = findObject(rt, p);
  const { ptrSize } = rt.arch;
  const whole = rt.allocHeaders && !heapBitsInSpan(rt, span!.elemsize);
  const limit = whole ? span!.elemsize : t.size * n;
  return {
    rt,
    t,
    slot,
    slotSize: span!.elemsize,
    want: repeated(t, ptrSize, p - slot, limit),
  };
}

function cursorOf(rt: BareRuntime, addr: number, size: number): PointerCursor {
  return rt.allocHeaders ? typePointersOf(rt, addr, size) : heapBitsForAddr(rt, addr, size);
}

const typeShape = fc.integer({ min: 1, max: 150 }).chain((words) =>
  fc.record({
    words: fc.constant(words),
    pointers: fc.uniqueArray(fc.nat(words - 1), { minLength: 1, maxLength: 40 }),
    n: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 90 })),
    cut: fc.tuple(fc.nat(10_000), fc.nat(10_000)),
  }),
);

describe.each<[GoArch, boolean]>([
  ['amd64', true],
  ['amd64', false],
  ['s390x', true],
  ['386', true],
  ['386', false],
  ['mips', true],
])('%s, malloc headers %s', (goarch, allocHeaders) => {
  test('an object has the pointers of its type, wherever it is in its span', () => {
    fc.assert(
      fc.property(fc.array(typeShape, { minLength: 1, maxLength: 12 }), (shapes) => {
        const rt = bareRuntime({ goarch, allocHeaders });
        const cases = shapes.map(({ words, pointers, n }) =>
          allocated(rt, typeOf(rt, words, pointers), n),
        );
        for (const { slot, slotSize, want } of cases) {
          expect(offsets(cursorOf(rt, slot, slotSize), slot)).toEqual(want);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('a part of an object has the pointers in that part', () => {
    const { ptrSize } = bareRuntime({ goarch }).arch;
    fc.assert(
      fc.property(typeShape, ({ words, pointers, n, cut }) => {
        const rt = bareRuntime({ goarch, allocHeaders });
        const { slot, slotSize, want } = allocated(rt, typeOf(rt, words, pointers), n);
        const from = cut[0] % (slotSize / ptrSize);
        const size = (1 + (cut[1] % (slotSize / ptrSize - from))) * ptrSize;
        const low = from * ptrSize;
        expect(offsets(cursorOf(rt, slot + low, size), slot)).toEqual(
          want.filter((at) => at >= low && at < low + size),
        );
      }),
      { numRuns: 100 },
    );
  });
});

test('the bits of a reused slot are those of its new object', () => {
  const rt = bareRuntime();
  const first = mallocgc(rt, 24, typeOf(rt, 3, [0, 1, 2]), true);
  const second = mallocgc(rt, 24, typeOf(rt, 3, [2]), true);
  expect(offsets(typePointersOf(rt, first, 24), first)).toEqual([0, 8, 16]);
  expect(offsets(typePointersOf(rt, second, 24), second)).toEqual([16]);
});

test('the pointer bits are bytes of the span: two 16-byte objects make 0x05', () => {
  const rt = bareRuntime();
  const t = typeOf(rt, 2, [0]);
  const p = mallocgc(rt, 16, t, true);
  mallocgc(rt, 16, t, true);
  expect(rt.memory.readUint8(p + 8192 - 128)).toBe(5);
  const bigEndian = bareRuntime({ goarch: 's390x' });
  const q = mallocgc(bigEndian, 16, typeOf(bigEndian, 2, [0]), true);
  expect(bigEndian.memory.readUint8(q + 8192 - 128 + 7)).toBe(1);
});

test('a type with a GC program is unrolled once for each large object and freed with it', () => {
  const rt = bareRuntime();
  // 1 literal bit, repeated 2,999 times with a scalar between: pointer, scalar, pointer, …
  const program = [2, 0b01, 0x82, 0xb7, 0x17, 0];
  const gcdata = Uint8Array.from([program.length, 0, 0, 0, ...program]);
  const t: HeapType = { addr: 0x400000, size: 48_000, ptrBytes: 47_992, gcdata, gcProg: true };
  const p = mallocgc(rt, t.size, t, true);
  expect(rt.memstats.heapStats.inPtrScalarBits).toBe(8192);
  const found = offsets(typePointersOf(rt, p, rt.mheap.spanOf(p)!.elemsize), p);
  const last = Array.from({ length: 3000 }, (_, i) => i * 16);
  const nextElement = Array.from({ length: 72 }, (_, i) => 48_000 + i * 16);
  expect(found).toEqual([...last, ...nextElement]);
});

test('GC programs: literals, repeats, long repeats', () => {
  const run = (...program: number[]): string => {
    const dst = new Uint8Array(64);
    const n = runGCProg(Uint8Array.from(program), 0, dst);
    return Array.from({ length: n }, (_, i) => (dst[i >>> 3]! >>> (i & 7)) & 1).join('');
  };
  expect(run(3, 0b101, 0)).toBe('101');
  expect(run(9, 0b1, 0b1, 0x82, 2, 0)).toBe('1000000010101');
  expect(run(1, 1, 0x81, 0x80, 0x01, 0)).toBe('1'.repeat(129));
  expect(run(2, 0b10, 0x80, 2, 3, 0)).toBe('01010101');
});

describe('findObject', () => {
  test('finds the slot of an interior pointer and nothing outside the heap', () => {
    const rt = bareRuntime();
    mallocgc(rt, 48, null, true);
    const p = mallocgc(rt, 48, null, true);
    expect({ ...findObject(rt, p + 47) }).toMatchObject({ base: p, objIndex: 1 });
    expect(findObject(rt, 0x1234).base).toBe(0);
    expect(findObject(rt, p + 2 ** 40).base).toBe(0);
    const stack = rt.mheap.allocManual(4, spanAllocStack);
    expect(findObject(rt, stack.base() + 8).base).toBe(0);
  });

  test('a pointer past the objects of a span is bad', () => {
    const rt = bareRuntime();
    const p = mallocgc(rt, 100_000, null, true);
    expect(() => findObject(rt, p + 100_001)).toThrow('found bad pointer in Go heap');
  });
});
