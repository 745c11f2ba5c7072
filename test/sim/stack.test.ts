import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GoArch, goarches } from '../../sim/arch.ts';
import { mSpanManual } from '../../sim/mspan.ts';
import { Gosched } from '../../sim/proc.ts';
import type { G, Runtime } from '../../sim/runtime2.ts';
import { call } from '../../sim/runtimefuncs.ts';
import {
  fixedStack,
  freeStackSpans,
  gcComputeStartingStackSize,
  popFrame,
  round2,
  stackalloc,
  stackfree,
  stackGuard,
} from '../../sim/stack.ts';
import { type Func, stackmapOf } from '../../sim/symtab.ts';
import { type GoroutineWorld, goroutineWorld } from './goroutine-world.ts';

const sizeOf = (g: G) => g.stack.hi - g.stack.lo;
const KiB = 1024;

/** A world whose M has no P, so that stacks come from the pools and not from a cache. */
function withoutP(): Runtime {
  const { rt } = goroutineWorld();
  rt.m.p = null;
  return rt;
}

describe('the pools of small stacks', () => {
  it.each([0, 1, 2, 3])('order %i: a span of 32 KiB is given out from its end', (order) => {
    const rt = withoutP();
    const size = fixedStack << order;
    const n = (32 * KiB) / size;
    const stacks = Array.from({ length: n }, () => stackalloc(rt, size));
    const span = rt.mheap.spanOf(stacks[0]!.lo)!;
    expect([span.state, span.npages, span.elemsize]).toEqual([mSpanManual, 4, size]);
    expect(stacks.map((s) => s.lo - span.base())).toEqual(
      Array.from({ length: n }, (_, i) => 32 * KiB - (i + 1) * size),
    );
    expect(rt.stackpool.pools[order]!.first).toBe(null);
    stackfree(rt, stacks[0]!);
    expect(rt.stackpool.pools[order]!.first).toBe(span);
    expect(stackalloc(rt, size)).toEqual(stacks[0]);
    for (const s of stacks) stackfree(rt, s);
    expect(rt.stackpool.pools[order]!.first).toBe(null);
    expect(rt.mheap.spanOf(stacks[0]!.lo)?.state).not.toBe(mSpanManual);
  });

  it('keep an empty span while a collection runs, and free it at its end', () => {
    const rt = withoutP();
    const s = stackalloc(rt, fixedStack);
    const span = rt.mheap.spanOf(s.lo);
    (rt.gc as { gcphase: number }).gcphase = 1;
    stackfree(rt, s);
    expect(rt.stackpool.pools[0]!.first).toBe(span);
    (rt.gc as { gcphase: number }).gcphase = 0;
    freeStackSpans(rt);
    expect(rt.stackpool.pools[0]!.first).toBe(null);
  });
});

describe('the cache of a P', () => {
  it('takes 16 KiB of stacks at a time, and gives the lowest one out first', () => {
    const { rt } = goroutineWorld();
    const cache = rt.m.p!.mcache!.stackcache[0]!;
    const stacks = Array.from({ length: 9 }, () => stackalloc(rt, fixedStack));
    expect(cache.size).toBe(14 * KiB);
    const base = rt.mheap.spanOf(stacks[0]!.lo)!.base();
    expect(stacks.map((s) => (s.lo - base) / fixedStack)).toEqual([
      8, 9, 10, 11, 12, 13, 14, 15, 0,
    ]);
  });

  it('holds 32 KiB of an order; one more sends half of them to the pool', () => {
    const { rt } = goroutineWorld();
    const cache = rt.m.p!.mcache!.stackcache[1]!;
    const stacks = Array.from({ length: 16 }, () => stackalloc(rt, 4 * KiB));
    const sizes = stacks.map((s) => {
      stackfree(rt, s);
      return cache.size / KiB;
    });
    expect(sizes).toEqual([4, 8, 12, 16, 20, 24, 28, 32, 20, 24, 28, 32, 20, 24, 28, 32]);
    expect(stackalloc(rt, 4 * KiB)).toEqual(stacks.at(-1));
  });

  it('goes back to the pools when the world asks', () => {
    const { rt } = goroutineWorld();
    const c = rt.m.p!.mcache!;
    stackfree(rt, stackalloc(rt, fixedStack));
    rt.stackpool.stackcacheClear(rt, c);
    expect(c.stackcache.map((s) => [s.list, s.size])).toEqual(Array(4).fill([0, 0]));
    expect(rt.stackpool.pools.every((list) => list.first === null)).toBe(true);
  });
});

describe('large stacks', () => {
  it.each([32, 64, 1024])('%i KiB: a span of its own, which goes back to the heap', (kib) => {
    const { rt } = goroutineWorld();
    const s = stackalloc(rt, kib * KiB);
    const span = rt.mheap.spanOf(s.lo)!;
    expect([span.base(), span.npages * 8, span.elemsize]).toEqual([s.lo, kib, kib * KiB]);
    stackfree(rt, s);
    expect(rt.mheap.spanOf(s.lo)?.state).not.toBe(mSpanManual);
  });

  it('freed in a collection serve the next of their size, and go at its end', () => {
    const { rt } = goroutineWorld();
    const s = stackalloc(rt, 64 * KiB);
    const free = rt.stackpool.large[3]!;
    (rt.gc as { gcphase: number }).gcphase = 1;
    stackfree(rt, s);
    expect(free.first?.base()).toBe(s.lo);
    expect(stackalloc(rt, 32 * KiB).lo).not.toBe(s.lo);
    expect(stackalloc(rt, 64 * KiB)).toEqual(s);
    stackfree(rt, s);
    (rt.gc as { gcphase: number }).gcphase = 0;
    freeStackSpans(rt);
    expect(free.first).toBe(null);
  });
});

it('any stacks in use lie apart from each other, aligned to their size below 32 KiB', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.integer({ min: 11, max: 17 }), fc.nat({ max: 50 })), { maxLength: 200 }),
      (acts) => {
        const { rt } = goroutineWorld();
        const live: { lo: number; hi: number }[] = [];
        for (const act of acts) {
          if (act >= 11 && act <= 17) {
            const s = stackalloc(rt, 2 ** act);
            expect(s.hi - s.lo).toBe(2 ** act);
            if (act < 15) expect(s.lo % 2 ** Math.min(act, 13)).toBe(0);
            for (const t of live) expect(s.hi <= t.lo || t.hi <= s.lo).toBe(true);
            live.push(s);
          } else if (live.length > 0) {
            stackfree(rt, live.splice(act % live.length, 1)[0]!);
          }
        }
      },
    ),
    { numRuns: 60, seed: 20240206 },
  );
});

it('sizes that are no powers of two are refused', () => {
  const { rt } = goroutineWorld();
  expect(() => stackalloc(rt, 3000)).toThrow('stack size not a power of 2');
  expect([1, 2, 3, 2048, 2049].map(round2)).toEqual([1, 2, 4, 2048, 4096]);
});

it.each([
  ['nothing was scanned', 0, 0, 2048],
  ['the average is small', 10 * 300, 10, 2048],
  ['the average and the guard pass 2 KiB', 10 * 1200, 10, 4096],
  ['the average is large', 10 * 20_000, 10, 32768],
  ['the average is beyond the limit', 2 ** 22, 1, 2 ** 20],
])('new stacks start at the size that others use: %s', (_, bytes, stacks, want) => {
  const { rt } = goroutineWorld();
  rt.allp[0]!.scannedStackSize = bytes;
  rt.allp[0]!.scannedStacks = stacks;
  gcComputeStartingStackSize(rt);
  expect(rt.stackpool.startingStackSize).toBe(want);
  expect([rt.allp[0]!.scannedStackSize, rt.allp[0]!.scannedStacks]).toEqual([0, 0]);
});

/** Runs `body` on a goroutine of a fresh world. */
function onGoroutine(goarch: GoArch, body: (world: GoroutineWorld, g: G) => void): void {
  const world = goroutineWorld({ goarch });
  world.go('main', function* () {
    body(world, world.rt.m.curg!);
    yield* Gosched(world.rt);
  });
  world.run();
}

/** A function with a frame of that size and no pointers in it. */
function sized(rt: Runtime, name: string, frameSize: number): Func {
  const locals = stackmapOf(['']);
  return rt.symtab.addFunc({ name, file: 'main.go', line: 1, frameSize, locals });
}

describe('a function’s entry', () => {
  const need = (frame: number) => Math.max(frame - 128, 0);

  it.each(goarches)('%s: the stack doubles where a frame would pass the guard', (goarch) => {
    for (const frame of [64, 128, 144, 1024, 4096, 8192]) {
      onGoroutine(goarch, ({ rt }, g) => {
        const fn = sized(rt, 'main.sized', frame);
        for (let depth = 0; depth < 40; depth++) {
          const before = sizeOf(g);
          const entrySp = g.sched.sp - (rt.arch.usesLR ? 0 : rt.arch.ptrSize);
          const fits = entrySp - need(frame) > g.stack.lo + stackGuard;
          call(rt, fn, depth === 0 ? g.sched.pc : fn.entry + 40);
          expect(sizeOf(g) === before).toBe(fits);
          expect(g.stackguard0).toBe(g.stack.lo + stackGuard);
        }
        for (let depth = 0; depth < 40; depth++) popFrame(rt, g.frame!);
      });
    }
  });

  it('a frame that does not fit the doubled stack doubles it again', () => {
    onGoroutine('amd64', ({ rt }, g) => {
      const fn = sized(rt, 'main.huge', 100_000);
      call(rt, fn, g.sched.pc);
      expect(sizeOf(g)).toBe(128 * KiB);
      popFrame(rt, g.frame!);
    });
  });

  it('a stack beyond its limit ends the program', () => {
    const world = goroutineWorld();
    const { rt } = world;
    const fn = sized(rt, 'main.f', 2000);
    world.go('main', function* () {
      while (rt.allgs.length > 0) call(rt, fn, rt.m.curg!.sched.pc);
      yield* Gosched(rt);
    });
    expect(() => world.run()).toThrow('stack overflow');
  });
});
