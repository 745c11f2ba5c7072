import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  any,
  array,
  bool,
  float32,
  float64,
  type Go,
  type GoType,
  globals,
  int,
  int8,
  int16,
  int32,
  int64,
  interfaceType,
  map,
  named,
  nil,
  ptr,
  slice,
  string,
  struct,
  uint8,
  uint16,
  uint32,
  uint64,
  uintptr,
} from '../../../scenarios/index.ts';
import { goarches } from '../../../sim/arch.ts';
import { runMain } from './run.ts';

fc.configureGlobal({ seed: 1_022_012 });

/** Runs `use` once on a target of each pointer size and byte order. */
function onTargets(use: (go: Go) => void): void {
  for (const goarch of ['amd64', '386', 's390x', 'mips'] as const) {
    let used = false;
    runMain(
      (go) => {
        use(go);
        used = true;
      },
      { goarch },
    );
    expect(used).toBe(true);
  }
}

describe('a value comes back as it was stored', () => {
  const cases: [string, GoType<number>, fc.Arbitrary<number>][] = [
    ['int8', int8, fc.integer({ min: -128, max: 127 })],
    ['uint8', uint8, fc.nat(255)],
    ['int16', int16, fc.integer({ min: -32768, max: 32767 })],
    ['uint16', uint16, fc.nat(65535)],
    ['int32', int32, fc.integer()],
    ['uint32', uint32, fc.nat(2 ** 32 - 1)],
    ['int64', int64, fc.maxSafeInteger()],
    ['uint64', uint64, fc.maxSafeNat()],
    ['float64', float64, fc.double({ noNaN: true })],
    ['float32', float32, fc.float({ noNaN: true })],
  ];
  test.each(cases)('%s', (_name, type, values) => {
    onTargets((go) => {
      const p = go.new(type);
      fc.assert(
        fc.property(values, (value) => {
          go.store(type, p, value);
          expect(go.load(type, p)).toBe(value);
        }),
        { numRuns: 200 },
      );
    });
  });

  test('a struct, field by field and whole', () => {
    const Inner = struct('main.Inner', { b: bool, w: uint32 });
    const Outer = struct('main.Outer', { a: int8, inner: Inner, list: array(3, int16), s: string });
    onTargets((go) => {
      const p = go.new(Outer, {
        a: -3,
        inner: { b: true, w: 7 },
        list: [1, 2, 3],
        s: go.str('hi'),
      });
      const o = go.at(Outer, p);
      expect(o.a).toBe(-3);
      expect({ ...o.inner }).toEqual({ b: true, w: 7 });
      o.inner = { b: false, w: 9 };
      o.list = [4, 5, 6];
      expect(go.load(Outer, p)).toEqual({
        a: -3,
        inner: { b: false, w: 9 },
        list: [4, 5, 6],
        s: go.str('hi'),
      });
      expect(go.text(o.s)).toBe('hi');
    });
  });

  test('a global, of any segment', () => {
    const vars = globals({ count: int, head: ptr(int), names: slice(string), flag: bool });
    const { world } = runMain(
      (go) => {
        const g = go.globals(vars);
        g.count = -5;
        g.head = go.new(int, 3);
        g.names = go.append(string, g.names, go.str('a'), go.str('b'));
        expect(g.count).toBe(-5);
        expect(go.load(int, g.head)).toBe(3);
        expect(g.names.len).toBe(2);
        expect(g.flag).toBe(false);
      },
      { globals: vars },
    );
    const md = world.firstmoduledata;
    expect(md.addressOf('main.head')).toBeGreaterThanOrEqual(md.bss);
    expect(md.addressOf('main.head')).toBeLessThan(md.ebss);
    expect(md.addressOf('main.count')).toBeGreaterThanOrEqual(md.noptrbss);
  });
});

test('a map does what a Map does, through growth and deletion', () => {
  const Ages = map(string, int);
  const steps = fc.array(fc.tuple(fc.nat(60), fc.nat(1000), fc.boolean()), { maxLength: 300 });
  fc.assert(
    fc.property(steps, (operations) => {
      runMain((go) => {
        const m = go.makeMap(Ages);
        const model = new Map<string, number>();
        for (const [key, value, remove] of operations) {
          const name = `key ${key}`;
          if (remove) {
            go.mapDelete(Ages, m, go.str(name));
            model.delete(name);
          } else {
            go.mapSet(Ages, m, go.str(name), value);
            model.set(name, value);
          }
        }
        expect(go.len(m)).toBe(model.size);
        const found = new Map([...go.range(Ages, m)].map(([k, v]) => [go.text(k), v]));
        expect(found).toEqual(model);
        expect(go.mapGet(Ages, m, go.str('no such key'))).toBeUndefined();
      });
    }),
    { numRuns: 25 },
  );
});

test('append, copy and slicing do what arrays do', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 80 }), (values) => {
      runMain((go) => {
        let s = go.makeSlice(int32, 0);
        for (const value of values) s = go.append(int32, s, value);
        const all = () => values.map((_, i) => go.get(int32, s, i));
        expect(all()).toEqual(values);
        expect(s.cap).toBeGreaterThanOrEqual(s.len);
        const half = go.slice(int32, s, Math.floor(values.length / 2));
        expect(half.len).toBe(values.length - Math.floor(values.length / 2));
        const other = go.makeSlice(int32, values.length);
        expect(go.copy(int32, other, s)).toBe(values.length);
        go.set(int32, other, 0, 42);
        expect(go.get(int32, s, 0)).toBe(values[0]);
      });
    }),
    { numRuns: 30 },
  );
});

test('strings concatenate and convert', () => {
  onTargets((go) => {
    const s = go.concat(go.str('héap'), go.str(''), go.str(' dump'));
    expect(go.text(s)).toBe('héap dump');
    expect(go.text(go.string(go.bytes(s)))).toBe('héap dump');
    expect(go.len(s)).toBe(10);
  });
});

describe('a value in an interface', () => {
  const Stringer = interfaceType('main.Stringer', ['String']);
  const Point = struct('main.Point', { x: int, y: int }, { methods: ['String'] });
  const Celsius = named('main.Celsius', float64, { methods: ['String'] });

  test('comes out by its type and by no other', () => {
    onTargets((go) => {
      const p = go.toInterface(Stringer, Point, { x: 1, y: -2 });
      expect(go.assert(Stringer, p, Point)).toEqual({ x: 1, y: -2 });
      expect(go.assert(Stringer, p, Celsius)).toBeUndefined();
      expect(go.assert(Stringer, go.toInterface(Stringer, Celsius, 21.5), Celsius)).toBe(21.5);
      const q = go.new(Point, { x: 3 });
      const boxed = go.toInterface(any, ptr(Point), q);
      expect(boxed.data).toBe(q);
      expect(go.assert(any, boxed, ptr(Point))).toBe(q);
    });
  });

  test('small numbers, empty and constant values allocate nothing', () => {
    const { world } = runMain((go) => {
      const before = go.runtime.readMemStats().Mallocs;
      for (const [type, value] of [
        [uint8, 200],
        [int16, 255],
        [uint32, 7],
        [uint64, 255],
        [bool, true],
      ] as [GoType<unknown>, unknown][]) {
        const boxed = go.toInterface(any, type, value);
        expect(go.assert(any, boxed, type)).toBe(value);
      }
      go.toInterface(any, string, go.str(''));
      go.toInterface(any, struct('', {}), {});
      expect(go.runtime.readMemStats().Mallocs).toBe(before);
      go.toInterface(any, int64, 256);
      expect(go.runtime.readMemStats().Mallocs).toBe(Number(before) + 1);
    });
    expect(world.itabTable.count).toBe(0);
  });

  test('an itab is made once', () => {
    const { world } = runMain((go) => {
      for (let i = 0; i < 3; i++) go.toInterface(Stringer, Point, { x: i, y: i });
    });
    expect(world.itabTable.count).toBe(1);
  });
});

test('a nil pointer panics with Go’s words', () => {
  const Point = struct('main.Point', { x: int });
  expect(() => runMain((go) => go.at(Point, nil).x)).toThrow(
    'invalid memory address or nil pointer dereference',
  );
});

test('a JavaScript string where a Go string belongs is told as such', () => {
  expect(() => runMain((go) => go.new(string, 'text' as never))).toThrow('go.str("text")');
});

test.each(goarches)('pointers into the heap are found on %s', (goarch) => {
  const Node = struct('main.Pair', { a: ptr(uintptr), n: uint8, b: ptr(uintptr) });
  const { dumps, world } = runMain(
    (go) => {
      go.new(Node, { a: go.new(uintptr), b: go.new(uintptr) });
      go.writeHeapDump();
    },
    { goarch },
  );
  const { ptrSize } = world.arch;
  const object = dumps[0]!.find(
    (r) => r.kind === 'object' && r.pointers.join() === `0,${2 * ptrSize}`,
  );
  expect(object).toBeDefined();
});
