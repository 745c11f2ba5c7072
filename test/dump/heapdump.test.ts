/** The port against bytes worked out by hand from runtime/heapdump.go of go1.22.12, and against what strace sees. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChildInfo, Heapdump, HeapdumpOptions } from '../../dump/heapdump.ts';
import {
  dumpbool,
  dumpbv,
  dumpfields,
  dumpframe,
  dumpgoroutine,
  dumpgs,
  dumpitabs,
  dumpmemprofCallback,
  dumpmemrange,
  dumpmemstats,
  dumpms,
  dumpobjs,
  dumpotherroot,
  dumpparams,
  dumproots,
  dumpslice,
  dumpstr,
  dumptype,
  dwrite,
  flush,
  newHeapdump,
  writeheapdumpM,
} from '../../dump/heapdump.ts';
import { readDump } from '../../dump/reader.ts';
import type { StoppedFrame, StoppedFunc, StoppedWorld } from '../../sim/stopped-world.ts';
import { encodeDump } from './encoder.ts';
import {
  bitsOf,
  handmadeG,
  handmadeSpan,
  handmadeType,
  handmadeWorld,
  keepingSink,
} from './stopped-world.ts';

/** What a part of the port writes, as hex without blanks. */
function written(write: (d: Heapdump) => void, world: Partial<StoppedWorld> = {}): string {
  const sink = keepingSink();
  const d = newHeapdump(handmadeWorld(world), sink);
  write(d);
  flush(d);
  return sink.hex();
}

const hex = (text: string) => text.replace(/ /g, '');

function handmadeFunc(given: Partial<StoppedFunc> = {}): StoppedFunc {
  return {
    name: 'f',
    entry: 0x40,
    stackMapIndex: () => 0,
    locals: { n: 1, nbit: 0, bitmap: () => bitsOf('') },
    args: { n: 1, nbit: 0, bitmap: () => bitsOf('') },
    ...given,
  };
}

function handmadeFrame(fn: Partial<StoppedFunc>, given: Partial<StoppedFrame> = {}): StoppedFrame {
  return {
    fn: handmadeFunc(fn),
    pc: 0x45,
    continpc: 0x46,
    sp: 0x10,
    fp: 0x30,
    varp: 0x28,
    argp: 0x30,
    argBytes: () => 0,
    ...given,
  };
}

const noChild = (): ChildInfo => ({
  argoff: 0,
  arglen: 0,
  args: { n: -1, bytedata: new Uint8Array(0) },
  sp: 0,
  depth: 0,
});

describe('values', () => {
  it.each<readonly [string, (d: Heapdump) => void, string]>([
    ['true', (d) => dumpbool(d, true), '01'],
    ['false', (d) => dumpbool(d, false), '00'],
    ['a slice', (d) => dumpslice(d, Uint8Array.of(9, 8)), '02 09 08'],
    ['an empty slice', (d) => dumpslice(d, new Uint8Array(0)), '00'],
    ['a string', (d) => dumpstr(d, 'é'), '02 c3 a9'],
    ['a string of bytes', (d) => dumpstr(d, Uint8Array.of(0xff)), '01 ff'],
    ['memory', (d) => dumpmemrange(d, 0xfe, 4), '04 fe ff 00 01'],
    [
      'a bitmap at an offset',
      (d) => dumpbv(d, bitsOf('1000000000000000001'), 16),
      '01 10 01 a0 01',
    ],
    ['fields', (d) => dumpfields(d, bitsOf('011')), '01 08 01 10 00'],
    ['no fields', (d) => dumpfields(d, bitsOf('')), '00'],
    ['another root', (d) => dumpotherroot(d, 'r', 0x80), '02 01 72 80 01'],
  ])('%s', (_, write, want) => expect(written(write)).toBe(hex(want)));

  it('pointer offsets follow the width of pointers', () => {
    const arch = { goarch: '386', ptrSize: 4, bigEndian: false };
    expect(written((d) => dumpfields(d, bitsOf('101')), { arch })).toBe(hex('01 00 01 08 00'));
  });
});

describe('records', () => {
  it('dumpparams takes the lowest arena and the end of the highest', () => {
    const arenas = [
      { base: 0x800000, bytes: 0x400000 },
      { base: 0x400000, bytes: 0x400000 },
    ];
    const arch = { goarch: 'mips', ptrSize: 4, bigEndian: true };
    const world = { arenas, arch, buildVersion: 'v', ncpu: 300 };
    expect(written(dumpparams, world)).toBe(
      hex('06 01 04 80 80 80 02 80 80 80 06 04 6d697073 01 76 ac 02'),
    );
  });

  it('dumpparams of a world without arenas says 0', () => {
    expect(written(dumpparams, { arenas: [] })).toMatch(/^060008 ?0000/);
  });

  it('dumptype writes package path, dot and name, or the string', () => {
    const named = handmadeType({ pkgPath: 'os', name: 'File', string: 'os.File' });
    const pointer = handmadeType({ pkgPath: 'os', name: '', string: '*os.File' });
    const literal = handmadeType({ interfaceDataIsPointer: false });
    expect(written((d) => dumptype(d, named))).toBe(hex('03 10 08 07 6f732e46696c65 01'));
    expect(written((d) => dumptype(d, pointer))).toBe(hex('03 10 08 03 6f732e 01'));
    expect(written((d) => dumptype(d, literal))).toBe(hex('03 10 08 07 2a6d61696e2e54 00'));
    expect(written((d) => dumptype(d, undefined))).toBe('');
  });

  it('dumpitabs writes a type before its first itab only', () => {
    const type = handmadeType();
    const itabs = [
      { addr: 1, type },
      { addr: 2, type },
    ];
    expect(written(dumpitabs, { itabs })).toBe(
      hex('03 10 08 07 2a6d61696e2e54 01 08 01 10 08 02 10'),
    );
  });

  it('dumpobjs skips free slots and spans not in use, and writes the slots past nelems', () => {
    const allspans = [
      handmadeSpan({ inUse: false }, 'xx'),
      handmadeSpan({ bytes: 40, elemsize: 8, base: 0x200 }, 'x.x'),
    ];
    expect(written(dumpobjs, { allspans })).toBe(
      hex(
        `01 8004 08 0001020304050607 00
           01 9004 08 1011121314151617 00
           01 9804 08 18191a1b1c1d1e1f 00
           01 a004 08 2021222324252627 00`.replace(/\s/g, ''),
      ),
    );
  });

  it('dumpobjs finds pointers as the world lays them out', () => {
    const cursorAt = (offsets: readonly number[]) => (p: number) => {
      const rest = offsets.map((offset) => p + offset);
      return { next: () => rest.shift() ?? 0 };
    };
    const allspans = [handmadeSpan({ bytes: 32 }, '.x')];
    const pointers = { typePointersOf: cursorAt([0]), heapBitsForAddr: cursorAt([0, 8]) };
    const contents = '101112131415161718191a1b1c1d1e1f';
    const object = `01 9002 10 ${contents}`;
    expect(written(dumpobjs, { allspans, ...pointers, allocHeaders: true })).toBe(
      hex(`${object} 01 00 00`),
    );
    expect(written(dumpobjs, { allspans, ...pointers, allocHeaders: false })).toBe(
      hex(`${object} 01 00 01 08 00`),
    );
  });

  it('dumpobjs throws where a span has more slots than freemark', () => {
    const full = [handmadeSpan({ bytes: 8192, elemsize: 8 }, 'x')];
    const over = [handmadeSpan({ bytes: 8200, elemsize: 8 }, 'x')];
    expect(() => written(dumpobjs, { allspans: full })).not.toThrow();
    expect(() => written(dumpobjs, { allspans: over })).toThrowError(
      "freemark array doesn't have enough entries",
    );
  });

  it('dumpms writes the threads in order', () => {
    const allm = [
      { addr: 1, id: 2, procid: 3 },
      { addr: 4, id: 0, procid: 2n ** 60n },
    ];
    expect(written(dumpms, { allm })).toBe(hex('09 01 02 03 09 04 00 808080808080808010'));
  });

  it('dumproots writes data, bss, finalizers of spans in use, and the queue', () => {
    const finalizer = { obj: 1, fn: { addr: 2, fn: 3 }, fint: 4, ot: 5 };
    const finalizers = () => [finalizer];
    const world = {
      data: { addr: 8, bytes: Uint8Array.of(1, 2), mask: bitsOf('1') },
      bss: { addr: 9, bytes: new Uint8Array(0), mask: bitsOf('') },
      allspans: [
        handmadeSpan({ finalizers }, 'x'),
        handmadeSpan({ finalizers, inUse: false }, 'x'),
      ],
      finq: [{ ...finalizer, obj: 6 }],
    };
    expect(written(dumproots, world)).toBe(
      hex('0c 08 02 0102 01 00 00 0d 09 00 00 07 01 02 03 04 05 0b 06 02 03 04 05'),
    );
  });

  it('dumpmemstats writes 24 numbers, 256 pauses and NumGC', () => {
    const { memstats } = handmadeWorld();
    const filled = { ...memstats, Alloc: 1, PauseTotalNs: 2, PauseNs: [3], NumGC: 4 };
    expect(written(dumpmemstats, { memstats: filled })).toBe(
      `0a01${'00'.repeat(22)}0203${'00'.repeat(255)}04`,
    );
  });

  it('dumpmemprofCallback writes an unknown pc in hex', () => {
    const bucket = {
      addr: 1,
      size: 2,
      allocs: 3,
      frees: 4,
      stack: [
        { func: { name: 'f', file: 'g', line: 5 }, pc: 6 },
        { func: undefined, pc: 0xab },
        { func: undefined, pc: 0 },
      ],
    };
    expect(written((d) => dumpmemprofCallback(d, bucket))).toBe(
      hex('10 01 02 03 01 66 01 67 05 06 283078616229 01 3f 00 05 2830783029 01 3f 00 03 04'),
    );
  });
});

describe('dumpframe', () => {
  const contents = Array.from({ length: 0x20 }, (_, i) => (0x10 + i).toString(16)).join('');
  const body = hex(`05 10 00 00 20 ${contents} 40 45 46 01 66`);
  const frame = (fn: Partial<StoppedFunc>, given: Partial<StoppedFrame> = {}, child = noChild()) =>
    written((d) => dumpframe(d, handmadeFrame(fn, given), child));

  it('writes the bitmap of the locals up to varp', () => {
    const locals = { n: 2, nbit: 2, bitmap: (i: number) => bitsOf(['10', '11'][i]!) };
    expect(frame({ locals })).toBe(body + hex('01 08 00'));
    expect(frame({ locals, stackMapIndex: () => 1, args: undefined })).toBe(
      body + hex('01 08 01 10 00'),
    );
  });

  it('asks for the map before the pc, at the entry not at all, and takes the first where there is none', () => {
    const locals = { n: 2, nbit: 1, bitmap: (i: number) => bitsOf(['1', '0'][i]!) };
    const asked: unknown[] = [];
    const stackMapIndex = (pc: unknown) => {
      asked.push(pc);
      return -1;
    };
    expect(frame({ locals, stackMapIndex })).toBe(body + hex('01 10 00'));
    expect(asked).toEqual([0x44]);
    expect(frame({ locals, stackMapIndex }, { pc: 0x40 })).toMatch(/66011000$/);
    expect(asked).toEqual([0x44]);
  });

  it('throws where the index is past the maps', () => {
    const locals = { n: 1, nbit: 1, bitmap: () => bitsOf('1') };
    expect(() => frame({ locals, stackMapIndex: () => 1 })).toThrowError(
      'stackmapdata: index out of range',
    );
  });

  it('writes every word where there is no table, or only a size', () => {
    expect(frame({ locals: undefined })).toBe(body + hex('01 00 01 08 01 10 00'));
    const locals = { n: -16, nbit: 0, bitmap: () => bitsOf('') };
    expect(frame({ locals })).toBe(body + hex('01 08 01 10 00'));
  });

  it('writes nothing where the table has no bitmaps', () => {
    expect(frame({ locals: { n: 0, nbit: 0, bitmap: () => bitsOf('') } })).toBe(`${body}00`);
  });

  it("writes the callee's arguments first, by map or each word", () => {
    const child = { ...noChild(), argoff: 8, arglen: 16 };
    expect(frame({}, {}, { ...child })).toBe(body + hex('01 08 01 10 00'));
    expect(frame({}, {}, { ...child, args: bitsOf('01') })).toBe(body + hex('01 10 00'));
  });

  it('tells its caller sp, depth and arguments', () => {
    const child = noChild();
    const args = { n: 1, nbit: 1, bitmap: () => bitsOf('1') };
    frame({ args }, { argp: 0x38, argBytes: () => 8 }, child);
    expect(child).toEqual({ argoff: 8, arglen: 8, args: bitsOf('1'), sp: 0x10, depth: 1 });
    frame({ args: undefined }, {}, child);
    expect(child).toMatchObject({ args: { n: -1 }, depth: 2 });
  });

  it('names a function without a name', () => {
    expect(frame({ name: '' })).toContain(hex('10 756e6b6e6f776e2066756e6374696f6e'));
  });
});

describe('goroutines', () => {
  const head = hex('04 01 02 03 04 04 01 00 05 01 77 06 07');

  it('have their defers and panics, linked, and a nil function of an open-coded defer', () => {
    const g = handmadeG({
      defers: [
        { addr: 0x11, sp: 0x12, pc: 0x13, fn: { addr: 0x14, fn: 0x15 } },
        { addr: 0x16, sp: 0x17, pc: 0x18, fn: undefined },
      ],
      panics: [{ addr: 0x21, argType: 0x22, argData: 0x23 }],
    });
    expect(written((d) => dumpgoroutine(d, g))).toBe(
      head + hex('11 21 0e 11 01 12 13 14 15 16 0e 16 01 17 18 00 00 00 0f 21 01 22 23 00 00'),
    );
  });

  it.each([1, 3, 4])('of status %i are written', (status) => {
    expect(written(dumpgs, { allgs: [handmadeG({ status })] })).toMatch(/^04/);
  });

  it('that are dead are not written', () => {
    expect(written(dumpgs, { allgs: [handmadeG({ status: 6 })] })).toBe('');
  });

  it.each([0, 2, 5, 8, 9])('of status %i cannot be in a stopped world', (status) => {
    expect(() => written(dumpgs, { allgs: [handmadeG({ status })] })).toThrowError(
      'dumpgs in STW - bad status',
    );
  });
});

describe('the type cache', () => {
  /** Which uses of a sequence write the type: letters are types of one bucket, digits of others. */
  const writes = (sequence: string): string => {
    const types = new Map(
      [...sequence].map((name) => {
        const hash = /\d/.test(name) ? 256 + Number(name) + 1 : 0x500;
        return [name, handmadeType({ hash })];
      }),
    );
    const sink = keepingSink();
    const d = newHeapdump(handmadeWorld(), sink);
    let size = 0;
    return [...sequence]
      .filter((name) => {
        dumptype(d, types.get(name)!);
        const grew = d.nbuf > size;
        size = d.nbuf;
        return grew;
      })
      .join('');
  };

  it.each([
    ['AA', 'A'],
    ['ABCDABCD', 'ABCD'],
    ['ABCDEA', 'ABCDEA'],
    ['ABCDAEA', 'ABCDE'],
    ['ABCDAEB', 'ABCDEB'],
    ['ABCDEBCDE', 'ABCDE'],
    ['ABCDEABCDE', 'ABCDEABCDE'],
    ['A1234A', 'A1234'],
  ])('%s writes %s', (sequence, want) => expect(writes(sequence)).toBe(want));

  it('tells types apart by identity, not by address', () => {
    const twice = written((d) => {
      dumptype(d, handmadeType());
      dumptype(d, handmadeType());
    });
    expect(twice).toHaveLength(2 * written((d) => dumptype(d, handmadeType())).length);
  });
});

describe('the write buffer', () => {
  /** Sizes of the write() calls for pieces of these sizes and the final flush. */
  const sizesOf = (pieces: readonly number[], options: HeapdumpOptions = {}) => {
    const sink = keepingSink();
    const d = newHeapdump(handmadeWorld(), sink, options);
    for (const size of pieces) dwrite(d, new Uint8Array(size), size);
    flush(d);
    expect(sink.bytes().length).toBe(pieces.reduce((a, b) => a + b, 0));
    return sink.sizes;
  };

  it.each<readonly [pieces: readonly number[], writes: readonly number[]]>([
    [[], [0]],
    [[0, 0], [0]],
    [[4096], [4096]],
    [[4097], [0, 4097, 0]],
    [[1, 4095], [4096]],
    [
      [1, 4096],
      [1, 4096, 0],
    ],
    [
      [4096, 1],
      [4096, 1],
    ],
    [
      [4095, 2],
      [4095, 2],
    ],
    [
      [4000, 97, 3999],
      [4000, 4096],
    ],
    [
      [10, 5000, 20],
      [10, 5000, 20],
    ],
    [
      [4096, 4096],
      [4096, 4096, 0],
    ],
    [
      [100000, 300000],
      [0, 100000, 0, 300000, 0],
    ],
  ])('pieces of %j make writes of %j', (pieces, want) => expect(sizesOf(pieces)).toEqual(want));

  it('keeps the rule for any pieces', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.nat(20), fc.nat(5000), fc.nat(300000)), { maxLength: 40 }),
        (pieces) => {
          const sizes = sizesOf(pieces);
          expect(sizes.reduce((a, b) => a + b, 0)).toBe(pieces.reduce((a, b) => a + b, 0));
          for (const size of sizes) expect(size <= 4096 || pieces.includes(size)).toBe(true);
        },
      ),
    );
  });

  it.each([
    [2 ** 31 + 8192, 0x7ffff000],
    [2 ** 32 + 8192, 8192],
    [2 ** 32, 0],
  ])('cuts memory of %i bytes to %i, as the int32 and Linux do', (length, want) => {
    const asked: number[] = [];
    const memory = {
      read: (_: number, n: number) => void asked.push(n),
      pieces: (_: number, n: number) => void asked.push(n),
    };
    const sink = keepingSink();
    const d = newHeapdump(handmadeWorld({ memory }), sink);
    dumpmemrange(d, 0, length);
    flush(d);
    expect(sink.sizes).toEqual([5, want, 0]);
    expect(asked.reduce((a, b) => a + b, 0)).toBe(want);
    const whole = keepingSink();
    dumpmemrange(newHeapdump(handmadeWorld({ memory }), whole, { wholeWrites: true }), 0, length);
    expect(whole.sizes).toEqual([5, length]);
  });
});

describe('writeheapdumpM', () => {
  it('sweeps what is in use, then writes every record in order', () => {
    const swept: string[] = [];
    const allspans = [
      handmadeSpan({ ensureSwept: () => swept.push('in use') }, 'xxxx'),
      handmadeSpan({ ensureSwept: () => swept.push('free'), inUse: false }, ''),
    ];
    const sink = keepingSink();
    writeheapdumpM(handmadeWorld({ allspans, allgs: [handmadeG()] }), sink);
    expect(swept).toEqual(['in use']);
    const slot = (i: number) => ({
      kind: 'object' as const,
      address: 0x100 + 16 * i,
      contents: Uint8Array.from({ length: 16 }, (_, j) => 16 * i + j),
    });
    const want = encodeDump([
      {
        kind: 'params',
        pointerSize: 8,
        heapStart: 0xc000000000,
        heapEnd: 0xc004000000,
        architecture: 'amd64',
        goVersion: 'go1.22.12',
        ncpu: 2,
      },
      ...[0, 1, 2, 3].map(slot),
      {
        kind: 'goroutine',
        address: 1,
        sp: 2,
        id: 3,
        creationPC: 4,
        status: 4,
        isSystem: true,
        waitSince: 5,
        waitReason: 'w',
        ctxt: 6,
        m: 7,
      },
      { kind: 'dataSegment', address: 0x1000 },
      { kind: 'bss', address: 0x2000 },
      { kind: 'memStats' },
      { kind: 'eof' },
    ]);
    expect(new Uint8Array(sink.bytes())).toEqual(want);
    expect([...readDump(want)]).toHaveLength(10);
  });
});
