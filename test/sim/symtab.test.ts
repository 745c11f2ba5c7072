import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { archOf, type GoArch, goarches } from '../../sim/arch.ts';
import { layoutFrame, type Slot, type SlotSpec } from '../../sim/framelayout.ts';
import { Memory } from '../../sim/memory.ts';
import { linkTargets, ModuleData, type Segment } from '../../sim/moduledata.ts';
import { addRuntimeGlobals } from '../../sim/runtimeglobals.ts';
import { RuntimeStructs } from '../../sim/runtimetypes.ts';
import type { Bitvector } from '../../sim/stopped-world.ts';
import { type FuncSpec, Symtab, stackmapOf } from '../../sim/symtab.ts';
import { pointerMask, type Type, TypeTable } from '../../sim/type.ts';
import { describeWithOracle } from '../oracle/describe-with-oracle.ts';
import { buildGo, goToolchain } from '../oracle/go-toolchain.ts';

const segments = ['noptrdata', 'data', 'bss', 'noptrbss'] as const satisfies readonly Segment[];

function tableOf(goarch: GoArch = 'amd64') {
  const arch = archOf(goarch);
  const module = new ModuleData(arch);
  return {
    arch,
    module,
    symtab: new Symtab(arch, module),
    types: new TypeTable(arch, module.types),
  };
}

const spec = (name: string, more: Partial<FuncSpec> = {}): FuncSpec => ({
  name,
  file: 'main.go',
  line: 10,
  ...more,
});

const bitsOf = (b: Bitvector) =>
  Array.from({ length: b.n }, (_, i) => (b.bytedata[i >> 3]! >> (i & 7)) & 1).join('');

describe('functions', () => {
  test('lie one after the other from the start of the text, aligned', () => {
    const { symtab } = tableOf();
    const a = symtab.addFunc(spec('main.a', { size: 33 }));
    const b = symtab.addFunc(spec('main.b'));
    expect([a.entry, a.end, b.entry]).toEqual([0x401000, 0x401021, 0x401040]);
    expect(symtab.lookup('main.b')).toBe(b);
    expect(() => symtab.addFunc(spec('main.a'))).toThrow('main.a exists already');
  });

  test('findfunc knows every pc of a function and none between functions', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 30 }), (sizes) => {
        const { symtab, module } = tableOf();
        const fns = sizes.map((size, i) => symtab.addFunc(spec(`main.f${i}`, { size })));
        const end = fns.at(-1)?.end ?? module.text;
        for (let pc = module.text - 3; pc < end + 3; pc += 7) {
          expect(symtab.findfunc(pc)).toBe(fns.find((f) => f.entry <= pc && pc < f.end));
        }
      }),
      { numRuns: 50 },
    );
  });

  test('a full text segment is told of', () => {
    const arch = archOf('amd64');
    const symtab = new Symtab(arch, new ModuleData(arch, { text: 8192 }));
    symtab.addFunc(spec('main.a'));
    symtab.addFunc(spec('main.b'));
    expect(() => symtab.addFunc(spec('main.c'))).toThrow('the text segment of 8192 bytes is full');
  });

  test.each(goarches)('%s: the same call has the same return pc, another one its own', (goarch) => {
    const { symtab, arch } = tableOf(goarch);
    const f = symtab.addFunc(spec('main.f', { locals: stackmapOf(['0', '1']) }));
    const calls = [
      [12, 1],
      [11, 0],
      [12, 0],
    ] as const;
    const pcs = calls.map(([line, map]) => f.callSite(line, map));
    expect(new Set(pcs).size).toBe(3);
    for (const [i, [line, map]] of calls.entries()) {
      const pc = pcs[i]!;
      expect(f.callSite(line, map)).toBe(pc);
      expect((pc - f.entry) % arch.pcQuantum).toBe(0);
      expect(symtab.findfunc(pc)).toBe(f);
      expect(f.stackMapIndex(pc - 1)).toBe(map);
      expect(f.funcline(pc - 1)).toEqual({ file: 'main.go', line });
    }
    expect(f.stackMapIndex(f.entry)).toBe(-1);
    expect(f.funcline(f.entry).line).toBe(10);
    expect(f.stackMapIndex(pcs[2]!)).toBe(-1);
  });

  test('call sites given beforehand keep their offsets', () => {
    const { symtab } = tableOf();
    const sites = [
      { off: 94, line: 626, stackMapIndex: 1 },
      { off: 50, line: 620, stackMapIndex: 2 },
    ];
    const f = symtab.addFunc(spec('runtime.Goexit', { size: 128, frameSize: 136, sites }));
    expect(f.callSite(626, 1)).toBe(f.entry + 94);
    expect(f.callSite(620, 2)).toBe(f.entry + 50);
    expect(f.stackMapIndex(f.entry + 93)).toBe(1);
    expect([f.spdelta(f.entry), f.spdelta(f.entry + 94)]).toEqual([0, 136]);
    expect(
      () =>
        f.callSite(1000) &&
        f.callSite(1001) &&
        f.callSite(1002) &&
        f.callSite(1003) &&
        f.callSite(1004),
    ).toThrow('runtime.Goexit: no room for another call, its code has 128 bytes');
  });

  test('deferreturn is a call with all variables live', () => {
    const { symtab, arch, types } = tableOf();
    const layout = layoutFrame(arch, {
      params: [],
      locals: [{ name: 'p', type: types.ptrTo(types.int) }],
    });
    const f = symtab.addFunc(spec('main.f', { layout, deferreturn: true }));
    expect(f.deferreturn).toBeGreaterThan(0);
    expect(f.stackMapIndex(f.entry + f.deferreturn)).toBe(1);
    expect(bitsOf(f.locals!.bitmap(1))).toBe('1');
    expect(bitsOf(f.locals!.bitmap(0))).toBe('0');
    expect(symtab.addFunc(spec('main.g')).deferreturn).toBe(0);
  });

  test.each(goarches)('%s: a funcval is one word in rodata that holds the entry', (goarch) => {
    const { symtab, module, arch } = tableOf(goarch);
    const [f, g] = [symtab.addFunc(spec('main.f')), symtab.addFunc(spec('main.g'))];
    const early = symtab.funcval(f);
    const memory = new Memory(arch);
    module.freeze(memory);
    const late = symtab.funcval(g);
    expect(symtab.funcval(f)).toBe(early);
    expect(memory.readUintptr(early.addr)).toBe(f.entry);
    expect(memory.readUintptr(late.addr)).toBe(g.entry);
    expect(late.addr - early.addr).toBe(arch.ptrSize);
  });
});

describe('frame layout', () => {
  test('pointers first, larger alignment first, then names, down from varp', () => {
    const { arch, types } = tableOf();
    const { slots, frameSize, localsMaps } = layoutFrame(arch, {
      params: [],
      locals: [
        { name: 'flag', type: types.bool },
        { name: 'n', type: types.int },
        { name: 's', type: types.string },
        { name: 'p', type: types.ptrTo(types.int) },
      ],
      outArgs: 0,
    });
    const off = Object.fromEntries([...slots].map(([name, s]) => [name, s.off]));
    expect(off).toEqual({ p: -8, s: -24, n: -32, flag: -33 });
    expect(frameSize).toBe(40 + 8);
    expect(localsMaps.map(bitsOf)).toEqual(['000', '101']);
  });

  test('parameters lie in order from argp, and live ones are named per map', () => {
    const { arch, types } = tableOf('386');
    const layout = layoutFrame(arch, {
      params: [
        { name: 'b', type: types.uint8 },
        { name: 's', type: types.sliceOf(types.uint8), addrTaken: true },
        { name: 'r', type: types.ptrTo(types.int) },
      ],
      locals: [{ name: 'x', type: types.string, addrTaken: true }],
      liveness: [['r'], ['s', 'x']],
    });
    expect(['b', 's', 'r'].map((name) => layout.slots.get(name)!.off)).toEqual([0, 4, 16]);
    expect(layout.argsSize).toBe(20);
    expect(layout.argsMaps.map(bitsOf)).toEqual(['01001', '01001', '00001', '01000']);
    expect(layout.localsMaps.map(bitsOf)).toEqual(['00', '10', '00', '10']);
    expect(layout.stackObjects.map(({ off, size, ptrdata }) => [off, size, ptrdata])).toEqual([
      [-8, 8, 4],
      [4, 12, 4],
    ]);
  });

  test.each(goarches)('%s: no slots overlap, all are aligned and inside the frame', (goarch) => {
    const { arch, types } = tableOf(goarch);
    const { ptrSize } = arch;
    const choice = fc.constantFrom<Type>(
      types.bool,
      types.uint16,
      types.int64,
      types.string,
      types.ptrTo(types.int),
      types.arrayOf(3, types.unsafePointer),
      types.structOf([]),
    );
    const specs = fc
      .array(choice, { maxLength: 8 })
      .map((all) => all.map((type, i): SlotSpec => ({ name: `v${i}`, type })));
    fc.assert(
      fc.property(specs, fc.integer({ min: 0, max: 9 }), (locals, out) => {
        const layout = layoutFrame(arch, { params: [], locals, outArgs: out * ptrSize });
        const saved = arch.framePointerEnabled ? ptrSize : 0;
        const low = saved + out * ptrSize + arch.minFrameSize - layout.frameSize;
        const bytes = new Set<number>();
        for (const s of layout.slots.values()) {
          expect(s.off % s.type.align).toBe(-0);
          expect(s.off).toBeGreaterThanOrEqual(low);
          for (let i = 0; i < s.type.size; i++) bytes.add(s.off + i);
        }
        expect(bytes.size).toBe(locals.reduce((n, s) => n + s.type.size, 0));
        expect(layout.frameSize % arch.stackAlign).toBe(0);
        expect(pointersOf(layout.localsMaps[1]!, ptrSize)).toEqual(
          [...layout.slots.values()]
            .flatMap((s) => pointerOffsets(s, ptrSize))
            .sort((a, b) => a - b),
        );
      }),
      { numRuns: 40 },
    );
  });
});

/** Offsets from varp that a locals bitmap marks. */
function pointersOf(map: Bitvector, ptrSize: number): number[] {
  return [...bitsOf(map)].flatMap((bit, i) => (bit === '1' ? [(i - map.n) * ptrSize] : []));
}

function pointerOffsets({ type, off }: Slot, ptrSize: number): number[] {
  const mask = pointerMask(type, ptrSize);
  const words = Array.from({ length: type.ptrBytes / ptrSize }, (_, i) => i);
  return words.filter((i) => (mask[i >> 3]! >> (i & 7)) & 1).map((i) => off + i * ptrSize);
}

describe('segments', () => {
  test('variables go by size, main first, and those without size share zerobase', () => {
    const { arch, module, types } = tableOf();
    const bytes = (n: number) => types.arrayOf(n, types.uint8);
    const empty = types.structOf([]);
    module.addGlobal('os.flag', types.bool, 'noptrbss');
    module.addGlobal('runtime.zerobase', types.uintptr, 'noptrbss');
    module.addGlobal('os.none', empty, 'noptrbss');
    module.addGlobal('main.big', bytes(100), 'noptrbss');
    module.addGlobal('main.odd', bytes(3), 'noptrbss');
    module.addGlobal('main.zz', types.bool, 'noptrbss');
    module.addGlobal('main.aa', types.bool, 'noptrbss');
    expect(() => module.addressOf('main.zz')).toThrow('main.zz has no address yet');
    module.freeze(new Memory(arch));
    const start = module.noptrbss;
    const names = [
      'os.none',
      'runtime.zerobase',
      'main.zz',
      'main.aa',
      'os.flag',
      'main.odd',
      'main.big',
    ];
    expect(names.map((name) => module.addressOf(name) - start)).toEqual([0, 0, 8, 9, 10, 12, 32]);
    expect(module.enoptrbss - start).toBe(132);
    expect(() => module.addressOf('main.q')).toThrow('main.q does not exist');
    expect(() => module.addGlobal('main.q', empty, 'bss')).toThrow('linked already');
  });

  test('masks mark exactly the pointers of the variables, of GC programs too', () => {
    const { arch, module, types } = tableOf();
    const node = types.structOf([
      { name: 'n', type: types.int },
      { name: 's', type: types.string },
    ]);
    const large = types.arrayOf(20000, node);
    expect(large.gcProg).toBe(true);
    module.addGlobal('main.large', large, 'bss');
    module.addGlobal('main.p', types.ptrTo(node), 'bss');
    module.addGlobal('main.e', types.interfaceOf([]), 'bss');
    module.freeze(new Memory(arch));
    const marked = new Set<number>();
    const mask = bitsOf(module.gcbssmask);
    for (let i = 0; i < mask.length; i++) if (mask[i] === '1') marked.add(module.bss + i * 8);
    const expected = new Set([module.addressOf('main.p')]);
    // Only the data word of an interface counts: cmd/compile/internal/typebits Set.
    expected.add(module.addressOf('main.e') + 8);
    for (let i = 0; i < 20000; i++) expected.add(module.addressOf('main.large') + i * 24 + 8);
    expect(marked).toEqual(expected);
    expect(module.gcbssmask.n).toBe((module.ebss - module.bss) / 8);
    expect(module.gcdatamask.n).toBe(0);
  });

  test('literals share their bytes, and initial values are in memory', () => {
    const { arch, module, types } = tableOf('s390x');
    const text = (s: string) => new TextEncoder().encode(s);
    const early = module.stringLiteral(text('hello'));
    module.addGlobal('main.n', types.uint32, 'noptrdata', Uint8Array.of(1, 2, 3, 4));
    const memory = new Memory(arch);
    module.freeze(memory);
    expect(module.stringLiteral(text('hello'))).toBe(early);
    expect(module.stringLiteral(text(''))).toBe(0);
    const late = module.stringLiteral(text('world'));
    const read = (addr: number) => Array.from({ length: 5 }, (_, i) => memory.readUint8(addr + i));
    expect(read(early)).toEqual([...text('hello')]);
    expect(read(late)).toEqual([...text('world')]);
    expect(memory.readUint32(module.addressOf('main.n'))).toBe(0x01020304);
    expect(module.rodataWords([5], 8) % 8).toBe(0);
  });

  test.each(goarches)(
    '%s: the runtime has its variables, and a 32-bit heap stays at 4 MiB steps',
    (goarch) => {
      const { arch, module, types } = tableOf(goarch);
      addRuntimeGlobals(module, types, new RuntimeStructs(arch, types));
      const memory = new Memory(arch);
      module.freeze(memory);
      const small = module.addressOf('runtime.staticuint64s');
      expect(memory.readUint64(small + 8 * 255)).toBe(255n);
      expect(module.addressOf('runtime.zerobase')).toBe(module.noptrbss);
      const [from, to] = [module.bss, module.ebss];
      expect(to - from).toBeGreaterThan(arch.ptrSize === 8 ? 380_000 : 165_000);
      if (arch.ptrSize === 4) {
        const heap = Math.ceil((module.end + (256 << 10)) / (4 << 20)) * (4 << 20);
        expect(heap).toBe(goarch === '386' ? 0x8400000 : 0x400000);
      }
    },
  );
});

describeWithOracle('go1.22.12', 'the Go linker', () => {
  interface Sym {
    readonly addr: number;
    readonly size: number;
    readonly name: string;
  }

  function symbolsOf(goarch: GoArch): Sym[] {
    const program = buildGo({ files: { 'main.go': source } }, { goarch });
    const out = goToolchain().go(['tool', 'nm', '-size', '-sort', 'address', program]);
    return out
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter((f) => f.length >= 4 && /^[TtDdBbRr]$/.test(f[2]!))
      .map((f) => ({
        addr: Number.parseInt(f[0]!, 16),
        size: Number(f[1]),
        name: f.slice(3).join(' '),
      }));
  }

  const source = `package main

import "os"

var zz, aa, mm [3]*int
var big [1000]*int
var small byte
var odd [3]byte

func main() {
	zz[1], aa[1], mm[1], big[1] = new(int), new(int), new(int), new(int)
	small++
	odd[1] = small
	os.Stdout.WriteString("x")
	println(*zz[1], *aa[1], *mm[1], *big[1], odd[1])
}
`;

  /** Sizes of the variables between two that nm lists: it leaves the compiler's temporaries out. */
  function hiddenSizes(goarch: GoArch, at: number, least: number, next: Sym): number[] {
    const { maxAlign, minAlign } = linkTargets[goarch];
    const place = (from: number, size: number) => {
      let align = maxAlign;
      while (align > size && align > minAlign) align /= 2;
      return Math.ceil(from / align) * align;
    };
    const fits = (sizes: readonly number[]) =>
      place(
        sizes.reduce((pos, size) => place(pos, size) + size, at),
        next.size,
      ) === next.addr;
    if (fits([])) return [];
    for (let n = 1; n <= 40; n++) {
      for (let size = least; size <= next.size; size++) {
        const sizes = new Array<number>(n).fill(size);
        if (fits(sizes)) return sizes;
      }
    }
    throw new Error(`${next.name} is not where its size puts it`);
  }

  test.each(['amd64', '386', 'arm', 's390x'] as const)(
    '%s: places every variable alike',
    (goarch) => {
      const symbols = symbolsOf(goarch);
      const addr = (name: string) => symbols.find((s) => s.name === name)!.addr;
      const { arch, module, types } = tableOf(goarch);
      expect(module.text).toBe(addr('runtime.text'));
      const bytes = (n: number) => types.arrayOf(n, types.uint8);
      const seen: { segment: Segment; name: string; off: number }[] = [];
      const marks = /^runtime\.(e?(noptr)?(data|bss)|end)$/;
      for (const segment of segments) {
        const from = addr(`runtime.${segment}`);
        const to = addr(`runtime.e${segment}`);
        let at = from;
        let hidden = 0;
        let least = 1;
        for (const s of symbols) {
          if (
            s.addr < from ||
            s.addr >= to ||
            marks.test(s.name) ||
            seen.some((o) => o.name === s.name)
          )
            continue;
          for (const size of hiddenSizes(goarch, at, least, s)) {
            module.addGlobal(`${segment}.hidden${hidden++}`, bytes(size), segment);
          }
          module.addGlobal(s.name, bytes(s.size), segment);
          seen.push({ segment, name: s.name, off: s.addr - from });
          at = s.addr + s.size;
          least = s.name === 'runtime.zerobase' ? 1 : s.size;
        }
      }
      module.freeze(new Memory(arch));
      expect(seen.length).toBeGreaterThan(200);
      expect(
        seen.map((s) => ({ ...s, off: module.addressOf(s.name) - module[s.segment] })),
      ).toEqual(seen);
      for (const segment of segments) {
        expect([segment, module[segment] % 32, module[`e${segment}`] - module[segment]]).toEqual([
          segment,
          addr(`runtime.${segment}`) % 32,
          addr(`runtime.e${segment}`) - addr(`runtime.${segment}`),
        ]);
      }
    },
  );

  test('main comes first among variables of one size, in the order of declaration', () => {
    const ours = tableOf();
    for (const name of ['runtime.allgs', 'main.zz', 'main.aa', 'os.Args', 'main.mm']) {
      ours.module.addGlobal(name, ours.types.sliceOf(ours.types.uint8), 'bss');
    }
    ours.module.freeze(new Memory(ours.arch));
    const names = ['main.zz', 'main.aa', 'main.mm'];
    const order = (at: (name: string) => number, all: string[]) =>
      all.sort((a, b) => at(a) - at(b));
    const theirs = symbolsOf('amd64');
    const first = theirs.filter(
      (s) => s.size === 24 && s.addr >= theirs.find((t) => t.name === 'runtime.bss')!.addr,
    );
    expect(first.slice(0, 3).map((s) => s.name)).toEqual(names);
    expect(
      order((n) => ours.module.addressOf(n), ['os.Args', ...names, 'runtime.allgs']).slice(0, 3),
    ).toEqual(names);
  });
});
