import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { GoArch } from '../../sim/arch.ts';
import { chanrecv, chansend, makechan } from '../../sim/chan.ts';
import { runtimeGC } from '../../sim/mgchost.ts';
import {
  type Defer,
  deferproc,
  deferprocStack,
  deferreturn,
  gopanic,
  gorecover,
  runFrame,
} from '../../sim/panic.ts';
import { Gosched } from '../../sim/proc.ts';
import { entersyscall, exitsyscall } from '../../sim/proc-thread.ts';
import type { G } from '../../sim/runtime2.ts';
import { call } from '../../sim/runtimefuncs.ts';
import { selectgo } from '../../sim/select.ts';
import { type Frame, fixedStack, needStack, popFrame, shrinkstack } from '../../sim/stack.ts';
import type { Func } from '../../sim/symtab.ts';
import { framesOf } from '../../sim/traceback.ts';
import { type GoroutineWorld, goroutineWorld } from './goroutine-world.ts';

/** With and without link register, frame pointer, wide words; both byte orders. */
const arches: GoArch[] = ['amd64', '386', 'arm64', 'ppc64', 's390x', 'mipsle'];
const sizeOf = (g: G) => g.stack.hi - g.stack.lo;

/** Calls with pointers into the stack, and what must hold of them wherever the stack lies. */
class Calls {
  readonly frames: { frame: Frame; id: bigint; local: Frame; arg: Frame; defers: Defer[] }[] = [];
  readonly #world: GoroutineWorld;
  readonly #funcs: readonly Func[];
  readonly #closure: Func;
  #next = 1n;
  ran = 0;

  constructor(world: GoroutineWorld) {
    this.#world = world;
    const { types, sched } = world.rt;
    this.#closure = world.func('closure');
    this.#funcs = [0, 20, 300].map((words) =>
      world.func(
        `f${words}`,
        [
          { name: 'p', type: types.unsafePointer },
          { name: 'q', type: types.unsafePointer, addrTaken: true },
          { name: 'v', type: types.int64, addrTaken: true },
          { name: 'fv', type: types.arrayOf(2, types.uintptr) },
          { name: 'd', type: sched.structs.get('_defer').type },
          { name: 'pad', type: types.arrayOf(words, types.uintptr) },
        ],
        [{ name: 'a', type: types.unsafePointer }],
      ),
    );
  }

  #at(frame: Frame, name: string): number {
    const { base, off } = frame.fn.layout!.slots.get(name)!;
    return (base === 'varp' ? frame.varp : frame.argp) + off;
  }

  /** Calls a function whose pointers go to variables of the frames that the numbers choose. */
  push(size: number, local: number, arg: number): void {
    const { rt } = this.#world;
    const fn = this.#funcs[size % this.#funcs.length]!;
    const frame = call(rt, fn, rt.m.curg!.sched.pc);
    rt.m.curg!.sched.pc = fn.callSite(11);
    const all = [...this.frames.map((f) => f.frame), frame];
    const entry = {
      ...{ frame, id: this.#next++, defers: [] },
      ...{ local: all[local % all.length]!, arg: all[arg % all.length]! },
    };
    const { memory } = rt;
    memory.writeUint64(this.#at(frame, 'v'), entry.id);
    memory.writeUintptr(this.#at(frame, 'p'), this.#at(entry.local, 'v'));
    memory.writeUintptr(this.#at(frame, 'q'), this.#at(entry.local, 'v'));
    memory.writeUintptr(this.#at(frame, 'a'), this.#at(entry.arg, 'v'));
    this.frames.push(entry);
  }

  /** Defers a closure that lies in the youngest frame, by a record there (once) or in the heap. */
  defer(onStack: boolean): void {
    const top = this.frames.at(-1);
    if (top === undefined) return;
    const { rt } = this.#world;
    const { frame, defers } = top;
    // The closure's address must stay what it is while the record is allocated.
    needStack(rt, 1 << 10);
    const addr = this.#at(frame, 'fv');
    rt.memory.writeUintptr(addr, this.#closure.entry);
    const fv = { addr, fn: this.#closure.entry };
    const body = function* (this: Calls) {
      this.ran++;
      yield* [];
    }.bind(this);
    const pc = frame.fn.callSite(11);
    const useFrame = onStack && defers.every((d) => d.heap);
    defers.push(
      useFrame
        ? deferprocStack(rt, this.#at(frame, 'd'), fv, body, pc)
        : deferproc(rt, fv, body, pc),
    );
  }

  *pop(): Generator<void, void, void> {
    const top = this.frames.pop();
    if (top === undefined) return;
    const before = this.ran;
    yield* deferreturn(this.#world.rt, top.frame);
    expect(this.ran - before).toBe(top.defers.length);
    popFrame(this.#world.rt, top.frame);
  }

  check(): void {
    const { rt } = this.#world;
    const { memory, arch } = rt;
    const g = rt.m.curg!;
    for (const { frame, id, local, arg } of this.frames) {
      expect(memory.readUint64(this.#at(frame, 'v'))).toBe(id);
      expect(memory.readUintptr(this.#at(frame, 'p'))).toBe(this.#at(local, 'v'));
      expect(memory.readUintptr(this.#at(frame, 'q'))).toBe(this.#at(local, 'v'));
      expect(memory.readUintptr(this.#at(frame, 'a'))).toBe(this.#at(arg, 'v'));
    }
    this.#checkDefers(g);
    const seen = Array.from(framesOf(rt, g), (f) => [f.fn.name, f.sp, f.fp, f.varp, f.argp]);
    const laid = this.frames.map(({ frame: f }) => [f.fn.name, f.sp, f.fp, f.varp, f.argp]);
    expect(seen.slice(0, laid.length)).toEqual(laid.toReversed());
    expect(seen.map(([name]) => name).slice(laid.length)).toEqual(['main.main', 'runtime.goexit']);
    if (!arch.framePointerEnabled) return;
    let bp = g.sched.bp;
    for (const { frame } of this.frames.toReversed()) {
      expect(bp).toBe(arch.usesLR ? frame.sp - arch.ptrSize : frame.varp);
      bp = memory.readUintptr(bp);
    }
  }

  /** The chain of defers, in the objects and in memory from g._defer on. */
  #checkDefers(g: G): void {
    const { rt } = this.#world;
    const { off } = rt.sched.structs.get('_defer');
    const word = (at: number) => rt.memory.readUintptr(at);
    let addr = word(g.addr + rt.sched.structs.get('g').off._defer!);
    for (const { frame, defers } of this.frames.toReversed()) {
      for (const d of defers.toReversed()) {
        expect(addr).toBe(d.addr);
        if (!d.heap) expect(addr).toBe(this.#at(frame, 'd'));
        expect([word(addr + off.sp!), d.sp]).toEqual([frame.sp, frame.sp]);
        const fv = this.#at(frame, 'fv');
        expect([word(addr + off.fn!), d.fn!.addr]).toEqual([fv, fv]);
        addr = word(addr + off.link!);
      }
    }
    expect(addr).toBe(0);
  }
}

type Act = { readonly act: string; readonly a: number; readonly b: number; readonly c: number };

const anyActs = fc.array(
  fc.record({
    act: fc.constantFrom('push', 'push', 'push', 'pop', 'defer', 'grow', 'shrink', 'gc'),
    ...{ a: fc.nat(50), b: fc.nat(50), c: fc.nat(50) },
  }),
  { minLength: 5, maxLength: 60 },
);

function* perform(world: GoroutineWorld, acts: readonly Act[]): Generator<void, void, void> {
  const { rt } = world;
  const calls = new Calls(world);
  const g = rt.m.curg!;
  for (const { act, a, b, c } of acts) {
    if (act === 'push') calls.push(a, b, c);
    else if (act === 'pop') yield* calls.pop();
    else if (act === 'defer') calls.defer(a % 2 === 0);
    else if (act === 'grow' && sizeOf(g) < 1 << 17) needStack(rt, sizeOf(g));
    else if (act === 'shrink') shrinkstack(rt, g);
    else if (act === 'gc' && a % 8 === 0) yield* runtimeGC(rt);
    calls.check();
  }
  while (calls.frames.length > 0) {
    yield* calls.pop();
    calls.check();
  }
}

test.each(arches)('%s: a stack that moves takes all pointers into it along', (goarch) => {
  fc.assert(
    fc.property(anyActs, (acts) => {
      const world = goroutineWorld({ goarch });
      world.go('main', () => perform(world, acts));
      world.run();
    }),
    { numRuns: 25, seed: 20240206 },
  );
});

/** Grows the running goroutine's stack to 16 KiB or more, and comes back. */
function growAndReturn(world: GoroutineWorld): void {
  needStack(world.rt, 1 << 14);
  expect(sizeOf(world.rt.m.curg!)).toBeGreaterThanOrEqual(1 << 14);
}

test.each(arches)('%s: a panic’s record moves with gopanic’s frame', (goarch) => {
  const world = goroutineWorld({ goarch });
  const { rt } = world;
  const [inner, closure] = [world.func('inner'), world.func('inner.func1')];
  const { off } = rt.sched.structs.get('_panic');
  const word = (at: number) => rt.memory.readUintptr(at);
  let checked = 0;
  const check = (g: G, target: Frame) => {
    const p = g.panic!;
    const own = Array.from(framesOf(rt, g), (f) => ({ name: f.fn.name, sp: f.sp, fp: f.fp }));
    const gopanics = own.find((f) => f.name === 'runtime.gopanic')!;
    expect(word(g.addr + rt.sched.structs.get('g').off._panic!)).toBe(p.addr);
    expect(p.addr > gopanics.sp && p.addr < gopanics.fp).toBe(true);
    expect([word(p.addr + off.startSP!), p.startSP]).toEqual([gopanics.sp, gopanics.sp]);
    expect(word(p.addr + off.argp!)).toBe(gopanics.sp + rt.arch.minFrameSize);
    expect([word(p.addr + off.sp!), p.sp]).toEqual([target.sp, target.sp]);
    expect([word(p.addr + off.fp!), p.fp]).toEqual([target.fp, target.fp]);
    checked++;
  };
  world.go('main', function* () {
    const f = call(rt, inner, rt.m.curg!.sched.pc);
    rt.m.curg!.sched.pc = inner.callSite(12);
    function* body(): Generator<void, void, void> {
      const d = call(rt, closure);
      check(f.g, f);
      growAndReturn(world);
      check(f.g, f);
      expect(gorecover(rt, d)?.value).toBe('boom');
      yield* deferreturn(rt, d);
      popFrame(rt, d);
    }
    deferproc(rt, rt.symtab.funcval(closure), body, inner.callSite(12));
    yield* runFrame(rt, f, gopanic(rt, 0, 0, 'boom'));
    popFrame(rt, f);
  });
  world.run();
  expect(checked).toBe(2);
});

describe.each(arches)('%s: a stack that shrinks while its goroutine waits', (goarch) => {
  const slot = (world: GoroutineWorld, name: string) => {
    const { frame } = world.rt.m.curg!;
    return () => frame!.varp + frame!.fn.layout!.slots.get(name)!.off;
  };
  const locals = (world: GoroutineWorld) =>
    ['v', 'w'].map((name) => ({ name, type: world.rt.types.int64, addrTaken: true }));

  it('gets the value where the variable is now', () => {
    const world = goroutineWorld({ goarch });
    const { rt } = world;
    const c = makechan(rt, rt.types.int64, 0);
    const sizes: number[] = [];
    let got = 0n;
    const waits = world.go(
      'waits',
      function* () {
        growAndReturn(world);
        sizes.push(sizeOf(waits));
        yield* chanrecv(rt, c, slot(world, 'v')());
        got = rt.memory.readUint64(slot(world, 'v')());
      },
      locals(world),
    );
    world.go(
      'sends',
      function* () {
        for (let i = 0; i < 5; i++) {
          const sg = waits.waiting!;
          expect(sg.elem > waits.stack.lo && sg.elem < waits.stack.hi).toBe(true);
          expect(rt.memory.readUintptr(sg.addr + rt.sched.structs.get('sudog').off.elem!)).toBe(
            sg.elem,
          );
          yield* runtimeGC(rt);
          sizes.push(sizeOf(waits));
        }
        rt.memory.writeUint64(slot(world, 'w')(), 42n);
        yield* chansend(rt, c, slot(world, 'w')());
      },
      locals(world),
    );
    world.run();
    expect(got).toBe(42n);
    for (let i = 1; i < sizes.length; i++) {
      expect(sizes[i]).toBe(Math.max(sizes[i - 1]! / 2, sizes.at(-1)!));
    }
    expect(sizes[0]! / sizes.at(-1)!).toBeGreaterThanOrEqual(4);
  });

  it('gets a select’s value where the variable is now', () => {
    const world = goroutineWorld({ goarch });
    const { rt } = world;
    const [c, d] = [makechan(rt, rt.types.int64, 0), makechan(rt, rt.types.int64, 0)];
    let got: unknown;
    const waits = world.go(
      'waits',
      function* () {
        growAndReturn(world);
        const [v, w] = [slot(world, 'v'), slot(world, 'w')];
        const cases = [
          { c, elem: v },
          { c: d, elem: w },
        ];
        const { index } = yield* selectgo(rt, cases, 0, true);
        got = [index, rt.memory.readUint64(v()), rt.memory.readUint64(w())];
      },
      locals(world),
    );
    world.go(
      'sends',
      function* () {
        const before = sizeOf(waits);
        yield* runtimeGC(rt);
        yield* runtimeGC(rt);
        expect(sizeOf(waits)).toBeLessThan(before);
        rt.memory.writeUint64(slot(world, 'w')(), 42n);
        yield* chansend(rt, d, slot(world, 'w')());
      },
      locals(world),
    );
    world.run();
    expect(got).toEqual([1, 0n, 42n]);
  });
});

describe('shrinking', () => {
  const onStack = (body: (world: GoroutineWorld, g: G) => void) => {
    const world = goroutineWorld();
    world.go('main', function* () {
      body(world, world.rt.m.curg!);
      yield* Gosched(world.rt);
    });
    world.run();
  };

  it('halves a stack of which less than a quarter is in use, nosplit room included', () => {
    onStack(({ rt, ...world }, g) => {
      needStack(rt, 1 << 14);
      const size = sizeOf(g);
      const fn = world.func('fills', [{ name: 'x', type: rt.types.arrayOf(1, rt.types.uintptr) }]);
      for (let pc = g.sched.pc; ; pc = fn.callSite(11)) {
        const used = g.stack.hi - g.sched.sp + 800;
        if (used >= size / 4) break;
        call(rt, fn, pc);
        g.sched.pc = fn.callSite(11);
      }
      const depth = Array.from(framesOf(rt, g)).length;
      shrinkstack(rt, g);
      expect(sizeOf(g)).toBe(size);
      popFrame(rt, g.frame!);
      shrinkstack(rt, g);
      expect(sizeOf(g)).toBe(size / 2);
      for (let i = 0; i < depth - 3; i++) popFrame(rt, g.frame!);
    });
  });

  it('never goes below 2 KiB', () => {
    onStack(({ rt }, g) => {
      shrinkstack(rt, g);
      expect(sizeOf(g)).toBe(fixedStack);
    });
  });

  it('is refused in a system call, and so is growth', () => {
    onStack(({ rt, ...world }, g) => {
      const big = world.func('big', [{ name: 'x', type: rt.types.arrayOf(512, rt.types.uintptr) }]);
      entersyscall(rt);
      expect(() => shrinkstack(rt, g)).toThrow('shrinkstack at bad time');
      const { sp, pc } = g.sched;
      expect(() => call(rt, big, pc)).toThrow('runtime: stack split at bad time');
      Object.assign(g.sched, { sp, pc });
      exitsyscall(rt, g);
      needStack(rt, 1 << 12);
      expect(sizeOf(g)).toBeGreaterThan(fixedStack);
    });
  });
});
