import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GoArch } from '../../sim/arch.ts';
import {
  assertE2I,
  assertE2I2,
  convT,
  convT16,
  convT32,
  convT64,
  convTnoptr,
  convTslice,
  convTstring,
  getitab,
  type Itab,
  ItabTable,
  itabHashFunc,
  itabsinit,
  iterate_itabs,
  linkItab,
  panicdottypeE,
  panicnildottype,
} from '../../sim/iface.ts';
import { ModuleData } from '../../sim/moduledata.ts';
import type { Observer } from '../../sim/observer.ts';
import type { Runtime } from '../../sim/runtime2.ts';
import { addRuntimeGlobals } from '../../sim/runtimeglobals.ts';
import { RuntimeStructs } from '../../sim/runtimetypes.ts';
import { Symtab } from '../../sim/symtab.ts';
import { type Type, TypeTable } from '../../sim/type.ts';
import { describeWithOracle } from '../oracle/describe-with-oracle.ts';
import { buildGo } from '../oracle/go-toolchain.ts';
import { runProgram } from '../oracle/run-program.ts';
import { bareRuntime } from './bare-runtime.ts';

type Writable<T> = { -readonly [k in keyof T]: T[k] };

/** A heap with a linked program; `link` adds to the program before that. */
function world(goarch: GoArch = 'amd64', link: (rt: Runtime) => void = () => undefined) {
  const mallocs: number[] = [];
  const observer: Observer = {
    onEvent: (event) => {
      if (event.name === 'malloc') mallocs.push(event.size as number);
    },
  };
  const bare = bareRuntime({ goarch, observer });
  const rt = Object.assign(bare as unknown as Writable<Runtime>, { mallocs });
  const module = new ModuleData(rt.arch);
  rt.firstmoduledata = module;
  rt.symtab = new Symtab(rt.arch, module);
  rt.types = new TypeTable(rt.arch, module.types);
  rt.itabTable = new ItabTable();
  Object.assign(rt.gc, {
    writePointer: (to: Runtime, slot: number, p: number) => to.memory.writeUintptr(slot, p),
  });
  addRuntimeGlobals(module, rt.types, new RuntimeStructs(rt.arch, rt.types));
  link(rt);
  module.freeze(rt.memory);
  itabsinit(rt);
  return rt;
}

const interfaceOf = (rt: Runtime, name: string, methods: readonly string[]): Type =>
  rt.types.named('main', name, rt.types.interfaceOf(methods.map((m) => ({ name: m }))));

const concreteOf = (rt: Runtime, name: string, methods: readonly string[]): Type =>
  rt.types.named('main', name, rt.types.int, { value: methods.map((m) => ({ name: m })) });

describe('itabs', () => {
  test('a type with the methods has an itab, made once, in memory as Go lays it out', () => {
    for (const goarch of ['amd64', '386', 's390x', 'mips'] as const) {
      const rt = world(goarch);
      const { ptrSize } = rt.arch;
      const inter = interfaceOf(rt, 'RW', ['Read', 'Write']);
      const typ = concreteOf(rt, 'File', ['Close', 'Read', 'Write']);
      for (const name of ['Read', 'Write']) {
        rt.symtab.addFunc({ name: `main.File.${name}`, file: 'main.go', line: 1 });
      }
      const m = getitab(rt, inter, typ, false)!;
      expect(getitab(rt, inter, typ, true)).toBe(m);
      expect(assertE2I(rt, inter, typ)).toBe(m);
      const fun = m.addr + (ptrSize === 8 ? 24 : 16);
      const words = [m.addr, m.addr + ptrSize, fun, fun + ptrSize].map((a) =>
        rt.memory.readUintptr(a),
      );
      const entries = ['Read', 'Write'].map((n) => rt.symtab.lookup(`main.File.${n}`)!.entry);
      expect(words).toEqual([inter.addr, typ.addr, ...entries]);
      expect(m.hash).toBe(0);
      const next = getitab(rt, inter, concreteOf(rt, 'Pipe', ['Read', 'Write']), false)!;
      expect(next.addr - m.addr).toBe(Math.ceil((rt.arch.sizes.itab + ptrSize) / 8) * 8);
    }
  });

  test('a failed conversion is remembered too, unless the type has no methods at all', () => {
    const rt = world();
    const inter = interfaceOf(rt, 'RW', ['Read', 'Write']);
    expect(assertE2I2(rt, inter, concreteOf(rt, 'Half', ['Read']))).toBeNull();
    expect(rt.itabTable.count).toBe(1);
    expect([...iterate_itabs(rt)].map((m) => m.fun[0])).toEqual([0]);
    expect(assertE2I2(rt, inter, rt.types.sliceOf(rt.types.int))).toBeNull();
    expect(assertE2I2(rt, inter, null)).toBeNull();
    expect(rt.itabTable.count).toBe(1);
  });

  test('an unexported method must be of the same package', () => {
    const rt = world();
    const { types } = rt;
    const inter = types.interfaceOf([{ name: 'seal', pkgPath: 'a' }]);
    const of = (pkgPath: string) =>
      types.named(pkgPath, 'T', types.int, { value: [{ name: 'seal', pkgPath }] });
    expect(assertE2I2(rt, inter, of('a'))).not.toBeNull();
    expect(assertE2I2(rt, inter, of('b'))).toBeNull();
  });

  test('the linker makes itabs in rodata, with the hash, entered in their order', () => {
    const linked: Itab[] = [];
    const rt = world('s390x', (r) => {
      const inter = interfaceOf(r, 'I', ['M']);
      for (const name of ['A', 'B']) linked.push(linkItab(r, inter, concreteOf(r, name, ['M'])));
      expect(linkItab(r, inter, concreteOf(r, 'A', ['M']))).toBe(linked[0]);
      expect(() => linkItab(r, inter, concreteOf(r, 'C', ['N']))).toThrow('missing method M');
    });
    const [a, b] = linked as [Itab, Itab];
    expect(rt.memory.readUint32(a.addr + 16)).toBe(a.type.hash);
    expect(b.addr - a.addr).toBe(32);
    expect(new Set(iterate_itabs(rt))).toEqual(new Set(linked));
    expect(getitab(rt, a.inter, a.type, false)).toBe(a);
  });

  test('the table is probed by triangular steps, grows at three quarters, and lies in memory', () => {
    const rt = world();
    const inter = interfaceOf(rt, 'I', ['M']);
    const add = (from: number, to: number) =>
      Array.from(
        { length: to - from },
        (_, i) => getitab(rt, inter, concreteOf(rt, `T${from + i}`, ['M']), false)!,
      );
    const { firstmoduledata: md, memory } = rt;
    const first = add(0, 384);
    expect([rt.itabTable.size, rt.itabTable.count]).toEqual([512, 384]);
    expect(rt.itabTable.addr).toBe(md.addressOf('runtime.itabTableInit'));
    expect([...iterate_itabs(rt)]).toEqual(naiveOrder(first, 512));
    expect(rt.mallocs).toEqual([]);
    const order = [...iterate_itabs(rt)];
    const last = add(384, 385);
    expect([rt.itabTable.size, rt.itabTable.count]).toEqual([1024, 385]);
    expect(rt.mallocs).toEqual([(2 + 1024) * 8]);
    expect([...iterate_itabs(rt)]).toEqual(naiveOrder([...order, ...last], 1024));
    const { addr } = rt.itabTable;
    expect(memory.readUintptr(md.addressOf('runtime.itabTable'))).toBe(addr);
    expect([memory.readUintptr(addr), memory.readUintptr(addr + 8)]).toEqual([1024, 385]);
    const words = Array.from({ length: 1024 }, (_, i) => memory.readUintptr(addr + 16 + i * 8));
    expect(words.filter((w) => w !== 0)).toEqual([...iterate_itabs(rt)].map((m) => m.addr));
    expect(rt.mheap.spanOf(addr)!.elemsize).toBe(9472);
  });

  test('every itab that was added is found again, and no other', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 40 }), (ids) => {
        const rt = world();
        const inter = interfaceOf(rt, 'I', ['M']);
        const typeOf = (i: number) => concreteOf(rt, `T${i}`, ['M']);
        const made = new Map(ids.map((i) => [i, getitab(rt, inter, typeOf(i), false)]));
        for (let i = 0; i <= 60; i++) {
          expect(rt.itabTable.find(inter, typeOf(i))).toBe(made.get(i));
        }
      }),
      { numRuns: 15 },
    );
  });
});

/** Places itabs by the formula h0 + i*(i+1)/2 itself. */
function naiveOrder(itabs: readonly Itab[], size: number): Itab[] {
  const slots = new Array<Itab | undefined>(size).fill(undefined);
  for (const m of itabs) {
    const h0 = itabHashFunc(m.inter, m.type);
    let i = 0;
    while (slots[(h0 + (i * (i + 1)) / 2) % size] !== undefined) i++;
    slots[(h0 + (i * (i + 1)) / 2) % size] = m;
  }
  return slots.filter((m) => m !== undefined);
}

describe('conversions', () => {
  test.each(['amd64', '386', 's390x', 'mips'] as const)(
    '%s: small and zero values allocate nothing',
    (goarch) => {
      const rt = world(goarch);
      const { firstmoduledata: md, memory } = rt;
      const small = md.addressOf('runtime.staticuint64s');
      const zero = md.addressOf('runtime.zeroVal');
      for (const v of [0, 1, 127, 255]) {
        expect(memory.readUint16(convT16(rt, v))).toBe(v);
        expect(memory.readUint32(convT32(rt, v))).toBe(v);
        expect(memory.readUint64(convT64(rt, BigInt(v)))).toBe(BigInt(v));
        expect(convT64(rt, BigInt(v))).toBe(small + 8 * v);
      }
      expect([convTstring(rt, 0, 0), convTslice(rt, 0, 0, 0)]).toEqual([zero, zero]);
      expect(rt.mallocs).toEqual([]);
    },
  );

  test.each(['amd64', '386', 's390x'] as const)(
    '%s: other values are copied to the heap',
    (goarch) => {
      const rt = world(goarch);
      const { memory, types } = rt;
      const { ptrSize } = rt.arch;
      expect(memory.readUint16(convT16(rt, 256))).toBe(256);
      expect(memory.readUint32(convT32(rt, 0xfffffff0))).toBe(0xfffffff0);
      expect(memory.readUint64(convT64(rt, 2n ** 64n - 2n))).toBe(2n ** 64n - 2n);
      const words = (p: number, n: number) =>
        Array.from({ length: n }, (_, i) => memory.readUintptr(p + i * ptrSize));
      const text = rt.firstmoduledata.stringLiteral(Uint8Array.of(65));
      const s = convTstring(rt, text, 1);
      expect(words(s, 2)).toEqual([text, 1]);
      expect(words(convTslice(rt, text, 1, 4), 3)).toEqual([text, 1, 4]);
      expect(words(convT(rt, types.string, s), 2)).toEqual([text, 1]);
      const pair = types.arrayOf(2, types.uintptr);
      expect(words(convTnoptr(rt, pair, s), 2)).toEqual([text, 1]);
      for (const p of [s, convT(rt, types.string, s), convTnoptr(rt, pair, s)]) {
        expect(rt.mheap.spanOfHeap(p)).not.toBeNull();
      }
    },
  );
});

/** What panics say, in the order of the program below. */
function messages(): string[] {
  const rt = world();
  const { types } = rt;
  const rw = interfaceOf(rt, 'RW', ['Read', 'Write']);
  const half = concreteOf(rt, 'Half', ['Read']);
  const any = types.interfaceOf([]);
  const messageOf = (attempt: () => unknown): string => {
    try {
      attempt();
    } catch (error) {
      return (error as Error).message;
    }
    return 'no panic';
  };
  return [
    () => assertE2I(rt, rw, half),
    () => assertE2I(rt, rw, half),
    () => assertE2I(rt, rw, types.ptrTo(types.int)),
    () => assertE2I(rt, rw, null),
    () => panicdottypeE(types.string, types.int, any),
    () => panicdottypeE(null, types.int, any),
    () => panicdottypeE(half, types.int, interfaceOf(rt, 'R', ['Read'])),
    () => panicnildottype(rw),
  ].map(messageOf);
}

test('failed conversions say what runtime/error.go makes them say', () => {
  expect(messages()).toEqual([
    'interface conversion: main.Half is not main.RW: missing method Write',
    'interface conversion: main.Half is not main.RW: missing method Write',
    'interface conversion: *int is not main.RW: missing method Read',
    'interface conversion: interface is nil, not main.RW',
    'interface conversion: interface {} is string, not int',
    'interface conversion: interface {} is nil, not int',
    'interface conversion: main.R is main.Half, not int',
    'interface conversion: interface is nil, not main.RW',
  ]);
});

describeWithOracle('go1.22.12', 'messages of real Go', () => {
  const source = `package main

type RW interface { Read(); Write() }
type R interface { Read() }
type Half int
type Zero int

func (Half) Read() {}

func try(f func()) {
	defer func() { println(recover().(error).Error()) }()
	f()
}

func main() {
	var half any = Half(1)
	var text any = "x"
	var none any
	var pointer any = new(int)
	try(func() { _ = half.(RW) })
	try(func() { _ = half.(RW) })
	try(func() { _ = pointer.(RW) })
	try(func() { _ = none.(RW) })
	try(func() { _ = text.(int) })
	try(func() { _ = none.(int) })
	try(func() { _ = half.(int) })
	try(func() { _ = none.(RW) })
}
`;

  test('are ours, but for an interface that the program cannot ask for', () => {
    const result = runProgram(buildGo({ files: { 'main.go': source } }));
    const theirs = new TextDecoder()
      .decode(result.stderr as Uint8Array)
      .trim()
      .split('\n');
    const ours = messages();
    ours[6] = 'interface conversion: interface {} is main.Half, not int';
    expect(theirs).toEqual(ours);
  });
});
