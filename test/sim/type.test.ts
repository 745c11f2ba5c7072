import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { archOf, type GoArch, goarches } from '../../sim/arch.ts';
import { kind, pointerMask, type Type, TypeTable } from '../../sim/type.ts';
import { describeWithOracle } from '../oracle/describe-with-oracle.ts';
import { buildGo } from '../oracle/go-toolchain.ts';
import { runProgram } from '../oracle/run-program.ts';
import { localCase, typeCases } from './type-cases.ts';
import { caseModule, typeProgram } from './type-program.ts';

const table = (goarch: GoArch = 'amd64') => new TypeTable(archOf(goarch));

/** @go internal/abi/type.go KindDirectIface, KindGCProg */
const kindByte = (t: Type) => t.kind + (t.directIface ? 32 : 0) + (t.gcProg ? 64 : 0);

const common = (t: Type) => ({
  Size: t.size,
  PtrBytes: t.ptrBytes,
  Hash: t.hash,
  Tflag: t.tflag,
  Align: t.align,
  FieldAlign: t.fieldAlign,
  Kind: kindByte(t),
  Gcdata: Buffer.from(t.gcdata).toString('hex'),
});

function mapInfo({ map }: Type) {
  if (map === undefined) return null;
  const { bucket, keySize, valueSize, ...flags } = map;
  const bits = [
    flags.indirectKey,
    flags.indirectElem,
    flags.reflexiveKey,
    flags.needKeyUpdate,
    flags.hashMightPanic,
  ];
  return {
    Bucket: common(bucket),
    KeySize: keySize,
    ValueSize: valueSize,
    BucketSize: bucket.size,
    Flags: bits.reduce((sum, flag, bit) => sum + (flag ? 1 << bit : 0), 0),
  };
}

/** What the Go program prints, from the model. */
const describeType = (t: Type) => ({
  ...common(t),
  String: t.string,
  Name: t.name,
  Fields: t.fields?.length ? t.fields.map(({ offset }) => offset) : null,
  Uncommon: t.hasUncommon
    ? {
        PkgPath: t.pkgPath,
        Methods: t.kind === kind.interface ? [] : t.methods.map(({ name }) => name),
      }
    : null,
  Map: mapInfo(t),
});

describeWithOracle(['go1.22.12', 'qemu'], 'type descriptors of go1.22.12', () => {
  const cases = [...typeCases, localCase];
  const source = {
    files: typeProgram(
      typeCases.map(({ go }) => go),
      [localCase.go],
    ),
  };
  test.each<GoArch>(['amd64', '386', 's390x', 'arm'])(
    "are the model's on %s",
    (goarch) => {
      const run = runProgram(buildGo(source, { module: caseModule, goarch }), { goarch });
      expect(run.stderr.toString()).toBe('');
      const lines = run.stdout.toString().trim().split('\n');
      expect(lines).toHaveLength(cases.length);
      const t = table(goarch);
      const ours = cases.map(({ go, make }) => ({ go, ...describeType(make(t)) }));
      const theirs = cases.map(({ go }, i) => ({ go, ...JSON.parse(lines[i]!) }));
      expect(ours).toEqual(theirs);
    },
    600_000,
  );
});

describe('a type', () => {
  test.each<[string, (t: TypeTable) => Type, number]>([
    ['int', (t) => t.int, 0xcb735792],
    ['string', (t) => t.string, 0x0778cdb8],
    ['[]int', (t) => t.sliceOf(t.int), 0x99777383],
    ['map[string]int', (t) => t.mapOf(t.string, t.int), 0xce1ff13d],
    ['func(int) string', (t) => t.funcOf([t.int], [t.string]), 0x06fb3ea4],
    ['main.Node', (t) => t.named('main', 'Node', t.int), 0x97094be6],
    ['*main.Node', (t) => t.ptrTo(t.named('main', 'Node', t.int)), 0x93f11bfe],
    ['[3]*main.Node', (t) => t.arrayOf(3, t.ptrTo(t.named('main', 'Node', t.int))), 0xc9640403],
  ])('%s hashes to what go1.22.12 writes, on every GOARCH', (_, make, hash) => {
    for (const goarch of goarches) expect(make(table(goarch)).hash).toBe(hash);
  });

  test('is one object, found by its address, whose descriptor no other overlaps', () => {
    for (const goarch of ['amd64', 'mips'] as const) {
      const t = table(goarch);
      const types = [...new Set(typeCases.map(({ make }) => make(t)))];
      expect(typeCases.map(({ make }) => make(t)).every((type) => types.includes(type))).toBe(true);
      for (const type of types) {
        expect(t.at(type.addr)).toBe(type);
        expect(type.addr % 32).toBe(0);
      }
      expect(new Set(types.map(({ linkString }) => linkString)).size).toBe(types.length);
      expect(() => t.at(types[0]!.addr + 1)).toThrow(
        `no type at 0x${(types[0]!.addr + 1).toString(16)}`,
      );
    }
  });

  test('is found by the name under which it was declared first', () => {
    const t = table();
    const first = t.named('a/x', 'T', t.int);
    expect(t.named('a/x', 'T', t.string)).toBe(first);
    const other = t.named('b/x', 'T', t.int);
    expect(other).not.toBe(first);
    expect([first, other].map(({ string }) => string)).toEqual(['x.T', 'x.T']);
    expect(other.hash).not.toBe(first.hash);
  });

  test('has its package in its name as the package is called', () => {
    const t = table();
    const paths = ['net/http', 'math/rand/v2', 'gopkg.in/yaml.v3', 'v2', 'a.b/größe'];
    expect(paths.map((path) => t.named(path, 'T', t.int).string)).toEqual([
      'http.T',
      'rand.T',
      'yaml.T',
      'v2.T',
      'größe.T',
    ]);
    expect(paths.map((path) => t.named(path, 'T', t.int).linkString)).toEqual([
      'net/http.T',
      'math/rand/v2.T',
      'gopkg.in/yaml%2ev3.T',
      'v2.T',
      'a.b/gr%c3%b6%c3%9fe.T',
    ]);
  });

  test('cannot contain itself', () => {
    const t = table();
    const make = (): Type =>
      t.named('main', 'T', () => t.structOf([{ name: 'a', type: t.arrayOf(2, make()) }]));
    expect(make).toThrow('invalid recursive type: main.T refers to itself');
  });

  test('may be used while its declaration is read, and is whole afterwards', () => {
    const t = table();
    const inside: Type[] = [];
    const make = (): Type =>
      t.named(
        'main',
        'T',
        () => {
          inside.push(t.arrayOf(3, make()), t.mapOf(t.int, make()), t.ptrTo(make()));
          return t.structOf([
            { name: 'a', type: t.sliceOf(inside[0]!) },
            { name: 'b', type: t.int },
          ]);
        },
        { pointer: [{ name: 'M' }] },
      );
    const [array, map, ptr] = [make(), ...inside].slice(1);
    expect([array!.size, array!.ptrBytes]).toEqual([96, 72]);
    expect(map!.map!.bucket.size).toBe(8 + 8 * 8 + 8 * 32 + 8);
    expect(ptr!.methods.map(({ name }) => name)).toEqual(['M']);
    expect([array, map, ptr].map((x) => t.at(x!.addr))).toEqual([array, map, ptr]);
  });
});

/** How many values without parts a value of the type has. */
function leaves(t: Type): number {
  if (t.kind === kind.array) return t.len! * leaves(t.elem!);
  if (t.kind === kind.struct) return t.fields!.reduce((sum, { type }) => sum + leaves(type), 1);
  return 1;
}

/** Marks the words that hold pointers by walking all parts of the type; gives the end of the last one. */
function markPointers(t: Type, offset: number, ptrSize: number, mask: Uint8Array): number {
  let end = 0;
  const part = (type: Type, at: number) => {
    end = Math.max(end, markPointers(type, at, ptrSize, mask));
  };
  const pointer = (word: number) => {
    mask[word >> 3]! |= 1 << (word & 7);
    end = (word + 1) * ptrSize;
  };
  switch (t.kind) {
    case kind.array:
      for (let i = 0; i < t.len!; i++) part(t.elem!, offset + i * t.elem!.size);
      break;
    case kind.struct:
      for (const f of t.fields!) part(f.type, offset + f.offset);
      break;
    case kind.interface:
      pointer(offset / ptrSize + 1);
      break;
    case kind.string:
    case kind.slice:
    case kind.unsafePointer:
      pointer(offset / ptrSize);
      break;
    default:
      break;
  }
  return end;
}

/** Random types, by arrays of arrays large ones too. */
const shapes = fc.letrec<{ type: (t: TypeTable) => Type }>((tie) => ({
  type: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<(t: TypeTable) => Type>(
      (t) => t.int8,
      (t) => t.int32,
      (t) => t.int64,
      (t) => t.string,
      (t) => t.unsafePointer,
      (t) => t.interfaceOf([]),
      (t) => t.sliceOf(t.int),
    ),
    fc.tuple(fc.oneof(fc.nat(3), fc.nat(60)), tie('type')).map(
      ([len, of]) =>
        (t: TypeTable) =>
          t.arrayOf(len, of(t)),
    ),
    fc
      .array(tie('type'), { maxLength: 4 })
      .map((of) => (t: TypeTable) => t.structOf(of.map((f, i) => ({ name: `f${i}`, type: f(t) })))),
  ),
})).type;

describe('a pointer mask', () => {
  test('has a bit for each word of the parts that holds a pointer, as mask and as GC program', () => {
    let programs = 0;
    fc.assert(
      fc.property(
        shapes,
        fc.constantFrom<GoArch>('amd64', '386', 's390x'),
        fc.boolean(),
        (make, goarch, large) => {
          const t = table(goarch);
          const { ptrSize } = t.arch;
          const small = make(t);
          const type = large
            ? t.arrayOf(Math.ceil(70_000 / Math.max(small.size / ptrSize, 1)), small)
            : small;
          fc.pre(leaves(type) < 200_000);
          const mask = pointerMask(type, ptrSize);
          const walked = new Uint8Array(mask.length);
          const end = markPointers(type, 0, ptrSize, walked);
          expect(Buffer.compare(mask, walked)).toBe(0);
          expect(type.ptrBytes).toBeGreaterThanOrEqual(end);
          expect(type.ptrBytes).toBeLessThanOrEqual(type.gcProg ? type.size : end);
          expect(type.gcProg).toBe(end / ptrSize > 2048 * 8);
          if (type.gcProg) programs++;
        },
      ),
      { numRuns: 150 },
    );
    expect(programs).toBeGreaterThan(10);
  });
});
