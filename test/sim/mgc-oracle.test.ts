/** Real Go judges what a collection frees and where the next one is due. */
import { expect, it } from 'vitest';
import { describeWithOracle } from '../oracle/describe-with-oracle.ts';
import { buildGo } from '../oracle/go-toolchain.ts';
import { runProgram } from '../oracle/run-program.ts';
import { gcWorld } from './gc-world.ts';

/** Rounds of `n` objects of `words` words with a pointer in front, of which every `keep`-th stays reachable. */
const rounds: { n: number; words: number; keep: number }[] = [
  { n: 3000, words: 2, keep: 3 },
  { n: 5000, words: 8, keep: 7 },
  { n: 900, words: 100, keep: 2 },
  { n: 2000, words: 300, keep: 5 },
  { n: 40, words: 9000, keep: 4 },
  { n: 60, words: 20_000, keep: 2 },
  { n: 700, words: 1000, keep: 3 },
  { n: 20, words: 50_000, keep: 5 },
];

const source = `package main

import (
	"os"
	"runtime"
)

${rounds.map((r, i) => `type t${i} struct { p *t${i}; pad [${r.words - 1}]uintptr }`).join('\n')}

${rounds.map((_, i) => `var k${i} *t${i}`).join('\n')}

var ms [${rounds.length + 1}]runtime.MemStats

func main() {
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&ms[0])
${rounds
  .map(
    (r, i) => `	for i := 0; i < ${r.n}; i++ {
		x := new(t${i})
		if i%${r.keep} == 0 {
			x.p = k${i}
			k${i} = x
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&ms[${i + 1}])`,
  )
  .join('\n')}
	for i := 1; i < len(ms); i++ {
		a, b := &ms[i-1], &ms[i]
		print(b.HeapObjects-a.HeapObjects, " ", b.HeapAlloc-a.HeapAlloc, " ", b.Mallocs-a.Mallocs, " ", b.Frees-a.Frees, " ", int64(b.NextGC)-int64(a.NextGC), " ", b.NumForcedGC-a.NumForcedGC, "\\n")
	}
	os.Exit(0)
}
`;

describeWithOracle('go1.22.12', 'collections of a real program', () => {
  it('free the same objects, and the goal moves by twice what stays', () => {
    const program = buildGo({ files: { 'main.go': source } });
    const env = { GOMAXPROCS: '1', GOGC: '100' };
    const { stderr } = runProgram(program, { env, takingTurns: true });
    const real = stderr
      .toString()
      .trim()
      .split('\n')
      .map((line) => line.split(' ').map(Number));
    const w = gcWorld();
    w.rt.gc.GC(w.rt);
    let before = w.stats();
    let forced = w.rt.memstats.numforcedgc;
    for (const [i, r] of rounds.entries()) {
      const t = w.type(r.words, [0]);
      let head = 0;
      for (let k = 0; k < r.n; k++) {
        const x = w.alloc(t);
        if (k % r.keep !== 0) continue;
        w.store(x, head);
        head = x;
        w.store(w.global(i), head);
      }
      w.rt.gc.GC(w.rt);
      const after = w.stats();
      const [objects, alloc, mallocs, frees, , numForced] = real[i]!;
      // The real program's own goroutines may allocate or free a handful meanwhile.
      const delta = (field: 'HeapObjects' | 'HeapAlloc' | 'Mallocs' | 'Frees'): number =>
        Number(after[field]) - Number(before[field]);
      expect(Math.abs(delta('HeapObjects') - objects!)).toBeLessThanOrEqual(4);
      expect(Math.abs(delta('HeapAlloc') - alloc!)).toBeLessThanOrEqual(2048);
      expect(Math.abs(delta('Mallocs') - mallocs!)).toBeLessThanOrEqual(4);
      expect(Math.abs(delta('Frees') - frees!)).toBeLessThanOrEqual(4);
      expect(w.rt.memstats.numforcedgc - forced).toBe(numForced);
      before = after;
      forced = w.rt.memstats.numforcedgc;
    }
    // In the last rounds the heap is above its minimum.
    const next = real.slice(-2).map((row) => row[4]! - 2 * row[1]!);
    for (const rest of next) expect(Math.abs(rest)).toBeLessThanOrEqual(8192);
    const goal = (): number => Number(w.stats().NextGC);
    expect(goal()).toBe(2 * Number(before.HeapAlloc) + w.rt.gcController.globalsScan);
  });
});
