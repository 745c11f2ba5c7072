/** `size` against real Go: go1.22.12 allocates an object of each size and tells how far TotalAlloc went up. */
import { expect, test } from 'vitest';
import { classing } from '../../scenarios/timeline/classing.ts';
import { archOf, type GoArch } from '../../sim/arch.ts';
import { describeWithOracle } from '../oracle/describe-with-oracle.ts';
import { buildGo, goVersion } from '../oracle/go-toolchain.ts';
import { runProgram } from '../oracle/run-program.ts';

const maxSize = 70_000;
/** Objects between two collections: 70 MB at most. */
const objectsPerCycle = 1000;

/**
 * Prints the bytes that each size takes: a line where they change, `noscan 33 48`. Sizes with pointers are
 * multiples of a word: a type with pointers has no others.
 */
const program = `package main

import (
	"runtime"
	"runtime/debug"
	"unsafe"
)

var bytes []byte
var pointers []*byte
var stats runtime.MemStats

func total() uint64 {
	runtime.ReadMemStats(&stats)
	return stats.TotalAlloc
}

func main() {
	debug.SetGCPercent(-1)
	last := uint64(0)
	for n := 1; n <= ${maxSize}; n++ {
		before := total()
		bytes = make([]byte, n)
		took := total() - before
		if took != last && n >= 16 || n < 16 && took != 0 && took != 16 {
			println("noscan", n, took)
			last = took
		}
		if n%${objectsPerCycle} == 0 {
			bytes = nil
			runtime.GC()
		}
	}
	last = 0
	word := int(unsafe.Sizeof(uintptr(0)))
	for n := word; n <= ${maxSize}; n += word {
		before := total()
		pointers = make([]*byte, n/word)
		took := total() - before
		if took != last {
			println("scan", n, took)
			last = took
		}
		if n%${objectsPerCycle} == 0 {
			pointers = nil
			runtime.GC()
		}
	}
}
`;

/** The same lines from our own account. */
function ours(goarch: GoArch, goexperiment: string): string[] {
  const target = { arch: archOf(goarch), allocHeaders: goexperiment === '' };
  const lines: string[] = [];
  const word = target.arch.ptrSize;
  let last = 0;
  for (let n = 16; n <= maxSize; n++) {
    const { slot } = classing(target, n, false);
    if (slot !== last) lines.push(`noscan ${n} ${slot}`);
    last = slot;
  }
  last = 0;
  for (let n = word; n <= maxSize; n += word) {
    const { slot } = classing(target, n, true);
    if (slot !== last) lines.push(`scan ${n} ${slot}`);
    last = slot;
  }
  return lines;
}

describeWithOracle(goVersion, 'what a size takes, for all sizes from 1 to 70,000', () => {
  const targets = [
    ['amd64', ''],
    ['amd64', 'noallocheaders'],
    ['386', ''],
  ] as const;
  test.each(targets)(
    'as real Go has it: %s %s',
    (goarch, goexperiment) => {
      const options = { goarch, ...(goexperiment !== '' && { goexperiment }) };
      const built = buildGo({ files: { 'main.go': program } }, options);
      const { stderr } = runProgram(built, { goarch, env: { GOMAXPROCS: '1' } });
      expect(stderr.toString().trim().split('\n')).toEqual(ours(goarch, goexperiment));
    },
    600_000,
  );
});
