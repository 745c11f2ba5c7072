import { beforeAll, expect, test } from 'vitest';
import { readDump } from '../../dump/index.ts';
import { archOf, type GoArch, goarches } from '../../sim/arch.ts';
import { Gosched } from '../../sim/proc.ts';
import type { G, Runtime } from '../../sim/runtime2.ts';
import { call } from '../../sim/runtimefuncs.ts';
import { popFrame } from '../../sim/stack.ts';
import { type Func, stackmapOf } from '../../sim/symtab.ts';
import { goldens } from '../goldens/goldens.ts';
import { describeWithOracle } from '../oracle/describe-with-oracle.ts';
import { buildGo, goToolchain, goVersion } from '../oracle/go-toolchain.ts';
import { runProgram } from '../oracle/run-program.ts';
import { goroutineWorld } from './goroutine-world.ts';

const sizeOf = (g: G) => g.stack.hi - g.stack.lo;

/** A function with a frame of that size and no pointers in it. */
function sized(rt: Runtime, name: string, frameSize: number): Func {
  const locals = stackmapOf(['']);
  return rt.symtab.addFunc({ name, file: 'main.go', line: 1, frameSize, locals });
}

const growthProgram = `package main

import "unsafe"

var last uintptr

${[1, 100, 200, 1000, 3000, 5000, 20000]
  .map(
    (size, i) => `//go:noinline
func rec${i}(first *byte, depth int) byte {
	var pad [${size}]byte
	pad[depth%${size}] = byte(depth)
	if a := uintptr(unsafe.Pointer(first)); a != last {
		last = a
		println(depth)
	}
	if depth < 400 {
		return rec${i}(first, depth+1) + pad[depth%${size}]
	}
	return 0
}

func start${i}() {
	var first byte
	last = uintptr(unsafe.Pointer(&first))
	rec${i}(&first, 1)
	println("end")
	done <- 1
}
`,
  )
  .join('\n')}
var done = make(chan int)

func main() {
	for _, f := range []func(){start0, start1, start2, start3, start4, start5, start6} {
		go f()
		<-done
	}
}
`;

describeWithOracle(goVersion, 'stacks grow where real Go’s grow', () => {
  let frames: ReadonlyMap<string, number>;
  let real: number[][];
  beforeAll(() => {
    const program = buildGo({ files: { 'main.go': growthProgram } });
    const code = goToolchain().go(['tool', 'objdump', '-s', '^main\\.', program]);
    frames = framesOfCode(code);
    const { stderr } = runProgram(program, { descriptors: 0, takingTurns: true });
    const lines = stderr.toString().split('end\n');
    real = lines.slice(0, -1).map((text) => text.trim().split('\n').map(Number));
  });

  test.each([0, 1, 2, 3, 4, 5, 6])('recursion %i', (i) => {
    const depths: number[] = [];
    const world = goroutineWorld();
    const { rt } = world;
    const start = sized(rt, 'main.start', frames.get(`main.start${i}`)!);
    const rec = sized(rt, 'main.rec', frames.get(`main.rec${i}`)!);
    rt.stackpool.maxstacksize = 1_000_000_000;
    const main = world.go('main', function* () {
      const g = rt.m.curg!;
      popFrame(rt, g.frame!);
      call(rt, start, g.sched.pc);
      for (let depth = 1; depth <= 400; depth++) {
        const { hi } = g.stack;
        call(rt, rec, (depth === 1 ? start : rec).entry + 40);
        if (g.stack.hi !== hi) depths.push(depth);
      }
      while (g.frame !== null) popFrame(rt, g.frame);
      yield* Gosched(rt);
    });
    world.run();
    expect(sizeOf(main)).toBe(0);
    expect(depths).toEqual(real[i]);
    expect(depths.length).toBeGreaterThan(2);
  });
});

/** Frame sizes by function, from what the amd64 code subtracts from SP after it has pushed BP. */
function framesOfCode(code: string): Map<string, number> {
  const frames = new Map<string, number>();
  let name = '';
  for (const line of code.split('\n')) {
    name = /^TEXT (\S+)\(SB\)/.exec(line)?.[1] ?? name;
    const sub = /\t(SUBQ \$|ADDQ \$-)(0x[0-9a-f]+|\d+), SP/.exec(line);
    if (sub && !frames.has(name)) frames.set(name, Number(sub[2]) + 8);
  }
  return frames;
}

interface RealFrame {
  readonly name: string;
  readonly sp: number;
  readonly size: number;
}

/** A goroutine of a real dump: its stack's bounds, from the g in the heap, and its frames, oldest first. */
interface RealStack {
  readonly lo: number;
  readonly hi: number;
  readonly frames: RealFrame[];
}

function realStacks(goarch: GoArch): RealStack[] {
  const { ptrSize, bigEndian } = archOf(goarch);
  const out: RealStack[] = [];
  const programs = ['parked', 'deep-stacks'];
  for (const { dump } of goldens((e) => e.goarch === goarch && programs.includes(e.program))) {
    const bounds = new Map<number, [number, number]>();
    for (const r of readDump(dump)) {
      if (r.kind === 'object' && r.contents.length >= 260 && r.contents.length < 512) {
        const { buffer, byteOffset } = r.contents;
        const view = new DataView(buffer, byteOffset);
        const word = (at: number) =>
          ptrSize === 4
            ? view.getUint32(at, !bigEndian)
            : Number(view.getBigUint64(at, !bigEndian));
        // On 32-bit targets a g has a malloc header before it.
        const at = ptrSize === 4 ? 8 : 0;
        bounds.set(Number(r.address) + at, [word(at), word(at + ptrSize)]);
      } else if (r.kind === 'goroutine') {
        const [lo, hi] = bounds.get(Number(r.address))!;
        out.push({ lo, hi, frames: [] });
      } else if (r.kind === 'stackFrame') {
        const frame = { name: String(r.name), sp: Number(r.sp), size: r.contents.length };
        out.at(-1)!.frames.unshift(frame);
      }
    }
  }
  return out.filter((g) => g.frames.length > 0);
}

/** Lays the frames of a real goroutine on the running one's stack; how far below its end they go. */
function layReal(rt: Runtime, real: RealStack, prefix: string): number {
  const g = rt.m.curg!;
  const { funcs } = rt.sched;
  const returnAddress = rt.arch.usesLR ? 0 : rt.arch.ptrSize;
  popFrame(rt, g.frame!);
  expect(g.stack.hi - g.sched.sp).toBe(real.hi - real.frames[0]!.sp);
  for (const [i, { name, sp, size }] of real.frames.entries()) {
    if (i === 0) continue;
    // A signal leaves the link register between the frame that it stopped and its handler's.
    g.sched.sp -= real.frames[i - 1]!.sp - (sp + size);
    const known = funcs.has(name) && funcs.get(name).func.frameSize === size - returnAddress;
    const fn = known ? funcs.get(name).func : sized(rt, `${prefix}f${i}`, size - returnAddress);
    call(rt, fn, g.sched.pc);
  }
  return g.stack.hi - g.sched.sp;
}

test.each(goarches)('%s: real goroutines’ frames need the stacks that they have', (goarch) => {
  const goroutines = realStacks(goarch);
  expect(goroutines.length).toBeGreaterThan(30);
  const world = goroutineWorld({ goarch });
  const { rt } = world;
  const slack = goroutines.map((real, number) => {
    let size = 0;
    world.go(`g${number}`, function* () {
      expect(layReal(rt, real, `main.g${number}`)).toBe(real.hi - real.frames.at(-1)!.sp);
      const g = rt.m.curg!;
      size = sizeOf(g);
      while (g.frame !== null) popFrame(rt, g.frame);
      yield* Gosched(rt);
    });
    world.run();
    return (real.hi - real.lo) / size;
  });
  // Calls that have returned may have needed more, but never did the frames that are there.
  expect(Math.min(...slack)).toBe(1);
  expect(slack.filter((s) => s === 1).length).toBeGreaterThan(goroutines.length / 2);
});
