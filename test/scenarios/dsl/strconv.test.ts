/** strconv.Itoa in scripts. Oracle: real Go, which prints each string and counts its allocations. */
import { expect, test } from 'vitest';
import type { Go } from '../../../scenarios/index.ts';
import { describeWithOracle } from '../../oracle/describe-with-oracle.ts';
import { buildGo, goVersion } from '../../oracle/go-toolchain.ts';
import { runProgram } from '../../oracle/run-program.ts';
import { runMain } from './run.ts';

const numbers = [
  0, 7, 9, 10, 42, 99, 100, 101, 65_535, 1_000_000_007, -1, -10, -99, -2_000_000_000,
];

const program = `package main

import (
	"runtime"
	"strconv"
)

var sink string

func main() {
	var before, after runtime.MemStats
	for _, n := range []int{${numbers.join(', ')}} {
		runtime.ReadMemStats(&before)
		sink = strconv.Itoa(n)
		runtime.ReadMemStats(&after)
		println(sink, after.Mallocs-before.Mallocs)
	}
}
`;

/** The same in the model: text, and whether it is a new object. */
function ours(): string[] {
  const lines: string[] = [];
  runMain((go: Go) => {
    for (const n of numbers) {
      const before = go.runtime.readMemStats();
      const s = go.strconv.itoa(n);
      const after = go.runtime.readMemStats();
      lines.push(`${go.text(s)} ${Number(after.Mallocs) - Number(before.Mallocs)}`);
    }
  });
  return lines;
}

describeWithOracle(goVersion, 'strconv.Itoa', () => {
  test('gives the strings of real Go, with as many allocations', () => {
    const real = runProgram(buildGo({ files: { 'main.go': program } }), {
      env: { GOMAXPROCS: '1', GOGC: 'off' },
    });
    expect(ours()).toEqual(real.stderr.toString().trim().split('\n'));
  });
});
