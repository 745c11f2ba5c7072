/**
 * What go1.22.12 dumps that one would not expect of a heap: slots that are no objects, malloc headers, and
 * masks that repeat to the end of the slot. Oracle: the golden dumps of real Go, for which each
 * fact is stated and tested as for the model's dump of the same program.
 */
import { describe, expect, test } from 'vitest';
import { array, globals, int, nil, ptr, scenario, slice } from '../../scenarios/index.ts';
import { archOf, type GoArch, goarches } from '../../sim/arch.ts';
import { golden } from '../goldens/goldens.ts';
import { type DumpedObject, DumpMemory } from '../scenarios/dump-memory.ts';
import { dumpsOf, runOf } from '../scenarios/run-library.ts';
import { large } from './programs/large.ts';
import { oddSizes } from './programs/odd-sizes.ts';

const programs = { 'odd-sizes': oddSizes, large } as const;

/** The last dump of a program, of real Go and of the model. */
function bothDumps(
  program: keyof typeof programs,
  goarch: GoArch,
  allocHeaders = true,
): readonly (readonly [judge: string, memory: DumpMemory])[] {
  const experiment = allocHeaders ? '' : 'noallocheaders.';
  const ours = dumpsOf(programs[program], { goarch, allocHeaders }).at(-1)!;
  return [
    ['real Go', new DumpMemory(golden(`${program}.${experiment}${goarch}.4`).dump)],
    ['the model', new DumpMemory(ours.bytes)],
  ];
}

const spanBytes = 8192;
/** Most bytes of an object whose span keeps pointer bits at its end: a bit for each of 64 words, or 32. */
const maxInSpan = (ptrSize: number) => ptrSize * ptrSize * 8;
/** Where in the span the bits begin. */
const bitsAt = (ptrSize: number) => spanBytes - spanBytes / (8 * ptrSize);

/** The objects of one-page spans that hold pointers in objects of this size, span by span. */
function pointerSpans({ objects }: DumpMemory, size: number): DumpedObject[][] {
  const spans = new Map<number, DumpedObject[]>();
  for (const object of objects) {
    if (object.size !== size) continue;
    const base = object.address - (object.address % spanBytes);
    const span = spans.get(base) ?? [];
    span.push(object);
    spans.set(base, span);
  }
  return [...spans.values()].filter((span) => span.some(({ pointers }) => pointers.length > 0));
}

/** The slots that begin at or behind the last one that is whole before the bits. */
function phantoms(span: readonly DumpedObject[], ptrSize: number): DumpedObject[] {
  const { size } = span[0]!;
  const nelems = Math.floor(bitsAt(ptrSize) / size);
  return span.filter(({ address }) => Math.floor((address % spanBytes) / size) >= nelems);
}

/** Words of the span whose bits are set, as far as its phantoms show the bits. */
function shownBits(memory: DumpMemory, slots: readonly DumpedObject[]): number[] {
  const { pointerSize: w } = memory;
  const words: number[] = [];
  for (const { address, size } of slots) {
    for (let at = address; at + w <= address + size; at += w) {
      const first = (at % spanBytes) - bitsAt(w);
      if (first < 0) continue;
      const bits = memory.bytes(at, w);
      const order = memory.bigEndian ? [...bits].reverse() : [...bits];
      order.forEach((byte, i) => {
        for (let j = 0; j < 8; j++) if ((byte >> j) & 1) words.push((first + i) * 8 + j);
      });
    }
  }
  return words;
}

describe.each(goarches)('slots that are no objects on %s', (goarch) => {
  const { ptrSize } = archOf(goarch);
  describe.each(bothDumps('odd-sizes', goarch))('%s', (_, memory) => {
    test('a span of 8-byte objects with pointers shows its pointer bits as 16 of them, 32 on 32-bit', () => {
      const spans = pointerSpans(memory, 8);
      expect(spans.length).toBeGreaterThan(0);
      for (const span of spans) {
        expect(phantoms(span, ptrSize)).toHaveLength(ptrSize === 8 ? 16 : 32);
      }
    });

    test('every slot beyond the last object of a span is dumped, without pointers', () => {
      const sizes = [...new Set(memory.objects.map(({ size }) => size))];
      const found = sizes
        .filter((size) => size <= maxInSpan(ptrSize))
        .flatMap((size) => {
          const slots = Math.floor(spanBytes / size);
          const nelems = Math.floor(bitsAt(ptrSize) / size);
          return pointerSpans(memory, size).map((span) => ({ span, beyond: slots - nelems }));
        });
      expect(found.length).toBeGreaterThan(9);
      for (const { span, beyond } of found) {
        const slots = phantoms(span, ptrSize);
        expect(slots).toHaveLength(beyond);
        expect(slots.flatMap(({ pointers }) => pointers)).toEqual([]);
      }
    });

    test('their bytes are the bits of the words that hold pointers', () => {
      for (const span of pointerSpans(memory, 8)) {
        const words = span.flatMap(({ address, pointers }) =>
          pointers.map((offset) => ((address % spanBytes) + offset) / ptrSize),
        );
        expect(words.length).toBeGreaterThan(0);
        expect(shownBits(memory, phantoms(span, ptrSize))).toEqual(words);
      }
    });
  });
});

const IntPtr = ptr(int);
const hundred = array(100, IntPtr);
const vars = globals({ few: array(10, ptr(IntPtr)), hundred: ptr(hundred), many: slice(IntPtr) });

/** Ten objects of one pointer, which make twelve with those that a world begins with, an array of a hundred and a slice of ten thousand. */
const pointers = scenario({
  question: 'Which pointers does a dump report?',
  globals: vars,
  main(go) {
    const v = go.globals(vars);
    v.few = Array.from({ length: 10 }, () => go.new(IntPtr, nil));
    v.hundred = go.new(hundred);
    v.many = go.makeSlice(IntPtr, 10_000);
    go.writeHeapDump();
  },
});

function pointersRun(options: Parameters<typeof runOf>[1] = {}) {
  const { dumps, world } = runOf(pointers, { boot: 'bare', ...options });
  const memory = new DumpMemory(dumps[0]!.bytes);
  const global = (name: string) => world.firstmoduledata.addressOf(`main.${name}`);
  return { memory, world, global };
}

describe('the first of the 16 objects that are none', () => {
  test.each([
    ['amd64', 'ff07000000000000'],
    ['s390x', '00000000000007ff'],
  ] as const)('holds a bit for each of 11 objects on %s', (goarch, bits) => {
    for (const [judge, memory] of bothDumps('odd-sizes', goarch)) {
      const shown = pointerSpans(memory, 8).map((span) => [span.length, ...firstBits(span)]);
      expect([judge, shown]).toEqual([judge, [[11 + 16, bits]]]);
    }
  });

  test('holds ff0f for twelve', () => {
    const { memory, global } = pointersRun();
    const span = pointerSpans(memory, 8).find((objects) =>
      objects.some(({ address }) => address === memory.word(global('few'))),
    )!;
    expect([span.length, ...firstBits(span)]).toEqual([12 + 16, 'ff0f000000000000']);
  });

  const firstBits = (span: readonly DumpedObject[]): string[] =>
    phantoms(span, 8)
      .slice(0, 1)
      .map(({ contents }) => Buffer.from(contents).toString('hex'));
});

describe('objects with a malloc header', () => {
  test('a [100]*int of 800 bytes reports 111 pointers of its slot of 896, after its type', () => {
    const { memory, world, global } = pointersRun();
    const slot = memory.find(memory.word(global('hundred')))!;
    expect(slot.size).toBe(896);
    expect(memory.word(global('hundred'))).toBe(slot.address + 8);
    expect(slot.pointers).toEqual(Array.from({ length: 111 }, (_, i) => 8 + 8 * i));
    const { types } = world;
    expect(memory.word(slot.address)).toBe(types.arrayOf(100, types.ptrTo(types.int)).addr);
  });

  test('a []*int of 10,000 in 81,920 bytes reports 10,240 pointers, and has no header', () => {
    const { memory, global } = pointersRun();
    const { array: at, len } = memory.header(global('many'));
    const span = memory.find(at)!;
    expect([at, len, span.size]).toEqual([span.address, 10_000, 81_920]);
    expect(span.pointers).toEqual(Array.from({ length: 10_240 }, (_, i) => 8 * i));
  });

  /** Slots of the []*int of odd-sizes that have a header: 65 to 4,095 pointers, and 8 bytes. */
  const slots = [
    576, 576, 640, 704, 768, 896, 1024, 1152, 1152, 1280, 1408, 1536, 1792, 2048, 2048, 2304, 2304,
    2688, 3072, 3200, 3456, 4096, 4864, 5376, 6144, 6528, 6784, 6912, 8192, 9472, 9728, 10240,
    10880, 12288, 13568, 14336, 16384, 18432, 19072, 20480, 21760, 24576, 27264, 28672, 32768,
    32768, 32768, 32768,
  ];

  describe.each(['amd64', 's390x'] as const)('on %s', (goarch) => {
    describe.each(bothDumps('odd-sizes', goarch))('%s', (_, memory) => {
      test('those of []*int begin with one word, and report all others', () => {
        expect(headed(memory)).toEqual(slots);
      });
    });
  });

  /** Slots that begin with the commonest word that is not in the heap, sorted: checks their pointers. */
  function headed(memory: DumpMemory): number[] {
    const byType = new Map<number, DumpedObject[]>();
    for (const object of memory.objects) {
      const { address, size, pointers } = object;
      const full = pointers.length === size / 8 - 1 && pointers[0] === 8;
      if (size <= 512 || !full) continue;
      const type = memory.word(address);
      byType.set(type, [...(byType.get(type) ?? []), object]);
    }
    const [[type, objects] = [0, []]] = [...byType].sort((a, b) => b[1].length - a[1].length);
    expect(memory.find(type)).toBeUndefined();
    return objects.map(({ size }) => size).sort((a, b) => a - b);
  }
});

describe('objects of more than 32 KiB', () => {
  /** Elements of the pointer arrays of program large, and bytes of the spans. */
  const spans = [
    [5595, 49_152],
    [7095, 57_344],
    [8595, 73_728],
    [10_095, 81_920],
    [11_595, 98_304],
  ] as const;

  describe.each(bothDumps('large', 'amd64'))('%s', (_, memory) => {
    const ofSize = (bytes: number) =>
      memory.objects.filter(({ size, pointers }) => size === bytes && pointers.length > 0);

    test.each(spans)('%i pointers in %i bytes: every word is reported', (length, bytes) => {
      expect(length * 8).toBeLessThan(bytes);
      const all = Array.from({ length: bytes / 8 }, (_, i) => 8 * i);
      expect(ofSize(bytes).filter(({ pointers }) => pointers.length === all.length)).toEqual([
        expect.objectContaining({ pointers: all }),
      ]);
    });

    test('a struct of 50,088 bytes with 11 pointers begins again behind its end: 21', () => {
      const tail = 80 + 50_000;
      const once = [...Array.from({ length: 10 }, (_, i) => 8 * i), tail];
      const again = Array.from({ length: 10 }, (_, i) => tail + 8 + 8 * i);
      const blocks = ofSize(57_344).filter(({ pointers }) => pointers.length < 7168);
      expect(blocks.map(({ pointers }) => pointers)).toEqual(
        Array.from({ length: 3 }, () => [...once, ...again]),
      );
    });
  });
});

describe('GOEXPERIMENT=noallocheaders', () => {
  test('reports the pointers of the object and no more', () => {
    const { memory, global } = pointersRun({ allocHeaders: false });
    const slot = memory.find(memory.word(global('hundred')))!;
    expect([slot.size, slot.pointers.length]).toEqual([896, 100]);
    expect(memory.word(global('hundred'))).toBe(slot.address);
    const many = memory.find(memory.word(global('many')))!;
    expect([many.size, many.pointers.length]).toEqual([81_920, 10_000]);
  });

  describe.each(bothDumps('odd-sizes', 'amd64', false))('%s', (_, memory) => {
    test.each([
      [1152, [129, 144]],
      [2048, [12, 12, 255, 256]],
      [2304, [257, 288]],
      [32_768, [4094, 4095, 4095, 4096, 4096]],
      [40_960, [4097, 5120]],
      [49_152, [5121]],
    ])('slots of %i bytes report %j pointers', (bytes, counts) => {
      const found = memory.objects.filter(
        ({ size, pointers: p }) => size === bytes && p.length > 0,
      );
      expect(found.map(({ pointers: p }) => p.length).sort((a, b) => a - b)).toEqual(counts);
    });

    test('no slot shows pointer bits: 8-byte spans are dumped to their last object', () => {
      const ends = memory.objects.filter(
        ({ size, address }) => size === 8 && address % spanBytes >= bitsAt(8),
      );
      expect(ends).toEqual([]);
    });
  });
});
