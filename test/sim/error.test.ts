/** Oracle: go1.22.12, whose programs panic with each value and are not recovered. */
import { beforeAll, expect, test } from 'vitest';
import { printpanicval } from '../../sim/error.ts';
import { World } from '../../sim/runtime.ts';
import type { BasicTypeName } from '../../sim/type.ts';
import { describeWithOracle } from '../oracle/describe-with-oracle.ts';
import { buildGo, goVersion } from '../oracle/go-toolchain.ts';
import { runProgram } from '../oracle/run-program.ts';

type Basic = Exclude<BasicTypeName, 'unsafe.Pointer'>;

/** Values by the Go expression that makes them: type, its name if it has one of its own, and the value. */
const values: Record<string, readonly [Basic, string, number | bigint | string]> = {
  'int(-42)': ['int', '', -42n],
  'int64(-1 << 63)': ['int64', '', -(2n ** 63n)],
  'uint64(1<<64 - 1)': ['uint64', '', 2n ** 64n - 1n],
  'int8(-128)': ['int8', '', -128n],
  'uint8(200)': ['uint8', '', 200n],
  'int16(-3)': ['int16', '', -3n],
  'uint16(65535)': ['uint16', '', 65535n],
  'int32(-7)': ['int32', '', -7n],
  'uint32(1<<31)': ['uint32', '', 2n ** 31n],
  'uintptr(4096)': ['uintptr', '', 4096n],
  true: ['bool', '', 1n],
  '0.1': ['float64', '', 0.1],
  '123456.75': ['float64', '', 123456.75],
  'math.Copysign(0, -1)': ['float64', '', -0],
  '9.99999995e99': ['float64', '', 9.99999995e99],
  'math.Inf(-1)': ['float64', '', Number.NEGATIVE_INFINITY],
  'math.NaN()': ['float64', '', Number.NaN],
  'math.MaxFloat64': ['float64', '', Number.MAX_VALUE],
  'math.SmallestNonzeroFloat64': ['float64', '', Number.MIN_VALUE],
  'float32(-2.5)': ['float32', '', -2.5],
  'complex(1.5, -2)': ['complex128', '', 1.5],
  'Celsius(36.65)': ['float64', 'Celsius', 36.65],
  'Count(7)': ['int', 'Count', 7n],
  'Flag(false)': ['bool', 'Flag', 0n],
  '"no more"': ['string', '', 'no more'],
  'Name("größer")': ['string', 'Name', 'größer'],
};

function storeValue(world: World, basic: Basic, value: number | bigint | string): number {
  const { memory } = world;
  const p = memory.mmap(4096);
  if (typeof value === 'string') {
    const text = new TextEncoder().encode(value);
    memory.write(p + 64, text);
    memory.writeUintptr(p, p + 64);
    memory.writeUintptr(p + 8, text.length);
  } else if (typeof value === 'bigint') memory.writeUint64(p, BigInt.asUintN(64, value));
  else if (basic === 'float32') memory.writeFloat32(p, value);
  else memory.writeFloat64(p, value);
  if (basic === 'complex128') memory.writeFloat64(p + 8, -2);
  return p;
}

const source = `package main

import (
	"math"
	"os"
	"strconv"
)

type Celsius float64
type Count int
type Flag bool
type Name string

var values = []any{${Object.keys(values).join(', ')}}

func main() {
	i, _ := strconv.Atoi(os.Args[1])
	panic(values[i])
}
`;

describeWithOracle(goVersion, 'the value of a panic', () => {
  let program: string;
  beforeAll(() => {
    program = buildGo({ files: { 'main.go': source } });
  });

  test.each(Object.keys(values).map((text, i) => [text, i] as const))('%s', (text, i) => {
    const { stderr } = runProgram(program, { args: [String(i)], descriptors: 0 });
    const [basic, name, value] = values[text]!;
    const world = new World();
    const underlying = world.types[basic];
    const type = name === '' ? underlying : world.types.named('main', name, underlying);
    const said = printpanicval(world, type, storeValue(world, basic, value));
    expect(said).toBe(/^panic: (.*)$/m.exec(stderr.toString())?.[1]);
  });
});

test('other values are their type and address, a nil interface is nil', () => {
  const world = new World();
  const { types } = world;
  const pair = types.named('main', 'Pair', types.structOf([{ name: 'x', type: types.int }]));
  expect(printpanicval(world, types.ptrTo(pair), 0xc000010000)).toBe('(*main.Pair) 0xc000010000');
  expect(printpanicval(world, null, 0)).toBe('nil');
});
