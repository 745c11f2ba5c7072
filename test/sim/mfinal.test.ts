import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goarches } from '../../sim/arch.ts';
import { type FinalizerCall, fingWait } from '../../sim/mfinal.ts';
import { gcTriggerCycle } from '../../sim/mgccycle.ts';
import { gcDrainN } from '../../sim/mgcmark.ts';
import { sweepone } from '../../sim/mgcsweep.ts';
import { kindSpecialFinalizer } from '../../sim/mspecial.ts';
import type { Type } from '../../sim/type.ts';
import { type GcWorld, type GcWorldOptions, gcWorld } from './gc-world.ts';

const functionAddr = 0x490000;

/** A world with type T struct { p *T; n [3]int } and what finalizers were called for. */
function finalizerWorld(options: GcWorldOptions = {}) {
  const w = gcWorld(options);
  const { types, mfinal } = w.rt;
  const declare = (): Type =>
    types.named('main', 'T', () =>
      types.structOf([
        { name: 'p', type: types.ptrTo(declare()), pkgPath: 'main' },
        { name: 'n', type: types.arrayOf(3, types.int), pkgPath: 'main' },
      ]),
    );
  const t = declare();
  const ptr = types.ptrTo(t);
  const fnType = types.funcOf([ptr], []);
  const calls: FinalizerCall[] = [];
  const goroutine = mfinal.runfinq(w.rt);
  return {
    ...w,
    t,
    ptr,
    fnType,
    calls,
    make: () => w.alloc(t),
    set(obj: number, fn = functionAddr, etyp: Type | null = ptr, ftyp: Type | null = fnType): void {
      mfinal.setFinalizer(w.rt, obj, etyp, { addr: fn, fn: 0x401000 }, ftyp);
    },
    /** Runs the finalizer goroutine until it waits. */
    finalize(visit?: (call: FinalizerCall) => void): number[] {
      const seen: number[] = [];
      for (;;) {
        const step = goroutine.next();
        if (step.value.wait) return seen;
        seen.push(step.value.call.arg);
        calls.push(step.value.call);
        visit?.(step.value.call);
      }
    },
    gc: () => w.rt.gc.GC(w.rt),
  };
}

function finalizersOn(w: GcWorld, p: number): number {
  let n = 0;
  for (let s = w.rt.mheap.spanOfHeap(p)!.specials; s !== null; s = s.next) {
    if (s.kind === kindSpecialFinalizer) n++;
  }
  return n;
}

// Oracle: the fatal errors that go1.22.12 prints for the same calls.
describe('SetFinalizer throws', () => {
  const cases: [string, (w: ReturnType<typeof finalizerWorld>) => void, string][] = [
    ['nil object', (w) => w.set(0, 1, null), 'first argument is nil'],
    ['an int', (w) => w.set(0, 1, w.rt.types.int), 'first argument is int, not pointer'],
    ['a struct', (w) => w.set(0, 1, w.t), 'first argument is main.T, not pointer'],
    [
      'a field',
      (w) => {
        const n = w.rt.types.arrayOf(3, w.rt.types.int);
        w.set(
          w.make() + w.rt.arch.ptrSize,
          1,
          w.rt.types.ptrTo(n),
          w.rt.types.funcOf([w.rt.types.ptrTo(n)], []),
        );
      },
      'pointer not at beginning of allocated block',
    ],
    [
      'an inner pointer to 16 bytes or more',
      (w) => {
        const b = w.rt.types.ptrTo(w.rt.types.arrayOf(20, w.rt.types.uint8));
        w.set(w.bytes(40) + 5, 1, b, w.rt.types.funcOf([b], []));
      },
      'pointer not at beginning of allocated block',
    ],
    [
      'an int for a function',
      (w) => w.set(w.make(), 1, w.ptr, w.rt.types.int),
      'second argument is int, not a function',
    ],
    [
      'a variadic function',
      (w) => {
        const f = w.rt.types.funcOf([w.rt.types.sliceOf(w.ptr)], [], true);
        w.set(w.make(), 1, w.ptr, f);
      },
      'cannot pass *main.T to finalizer func(...*main.T) because dotdotdot',
    ],
    [
      'no parameter',
      (w) => w.set(w.make(), 1, w.ptr, w.rt.types.funcOf([], [])),
      'cannot pass *main.T to finalizer func()',
    ],
    [
      'two parameters',
      (w) => w.set(w.make(), 1, w.ptr, w.rt.types.funcOf([w.ptr, w.rt.types.int], [])),
      'cannot pass *main.T to finalizer func(*main.T, int)',
    ],
    [
      'another pointer',
      (w) => w.set(w.make(), 1, w.ptr, w.rt.types.funcOf([w.rt.types.ptrTo(w.rt.types.int)], [])),
      'cannot pass *main.T to finalizer func(*int)',
    ],
    [
      'the struct itself',
      (w) => w.set(w.make(), 1, w.ptr, w.rt.types.funcOf([w.t], [])),
      'cannot pass *main.T to finalizer func(main.T)',
    ],
    [
      'a second finalizer',
      (w) => {
        const p = w.make();
        w.set(p);
        w.set(p);
      },
      'finalizer already set',
    ],
    ['an address outside', (w) => w.set(0x1234), 'pointer not in allocated block'],
  ];
  it.each(cases)('for %s', (_name, act, message) => {
    const w = finalizerWorld();
    expect(() => act(w)).toThrow(`runtime.SetFinalizer: ${message}`);
  });
});

describe('SetFinalizer takes', () => {
  it('globals and zero-size objects, for which it does nothing', () => {
    const w = finalizerWorld();
    w.rt.mheap.zerobase = w.global(0) + 8;
    w.set(w.global(1));
    w.set(w.rt.mheap.zerobase);
    expect(w.rt.mfinal.fingStatus).toBe(0);
  });

  it.each([
    { what: 'behind a malloc header', len: 200 },
    { what: 'in a span of its own', len: 9000 },
    { what: 'with its bits in the span', len: 5 },
  ])('an object $what', ({ len }) => {
    const w = finalizerWorld();
    const array = w.rt.types.arrayOf(len, w.ptr);
    const p = w.alloc(array);
    const ptr = w.rt.types.ptrTo(array);
    w.set(p, 1, ptr, w.rt.types.funcOf([ptr], []));
    w.gc();
    expect(w.finalize()).toEqual([p]);
    w.gc();
    expect(w.isAllocated(p)).toBe(false);
  });

  it('part of a tiny block', () => {
    const w = finalizerWorld();
    const four = w.rt.types.ptrTo(w.rt.types.arrayOf(4, w.rt.types.uint8));
    w.bytes(4);
    const p = w.bytes(4);
    w.set(p, 1, four, w.rt.types.funcOf([four], []));
    // The block that the P is filling is kept by the first cycle.
    w.gc();
    expect(w.finalize()).toEqual([]);
    w.gc();
    expect(w.finalize()).toEqual([p]);
  });

  it('nil, which clears it', () => {
    const w = finalizerWorld();
    const p = w.make();
    w.set(p, 1, w.ptr, null);
    w.set(p);
    expect(finalizersOn(w, p)).toBe(1);
    w.set(p, 1, w.ptr, null);
    expect(finalizersOn(w, p)).toBe(0);
    w.gc();
    expect(w.isAllocated(p)).toBe(false);
    expect(w.finalize()).toEqual([]);
  });

  it('any, and functions with results', () => {
    const w = finalizerWorld();
    const p = w.make();
    const { types } = w.rt;
    w.set(
      p,
      1,
      w.ptr,
      types.funcOf([types.interfaceOf([])], [types.uint8, types.int, types.uint8]),
    );
    w.gc();
    w.finalize();
    expect(w.calls[0]!.framesz).toBe(2 * 8 + 24);
    expect(w.isAllocated(w.calls[0]!.frame)).toBe(true);
  });
});

// Oracle: the documentation of runtime.SetFinalizer and the order in which go1.22.12 runs them.
describe.each([
  { goarch: 'amd64' },
  { goarch: '386' },
  { goarch: 'amd64', allocHeaders: false },
] as const)('a dead object with a finalizer on %o', (options) => {
  it('comes back for one call, with all it refers to, and dies the next time', () => {
    const w = finalizerWorld(options);
    const [a, b] = [w.make(), w.make()];
    w.store(a, b);
    w.set(a);
    w.gc();
    expect([a, b].map((p) => w.isAllocated(p))).toEqual([true, true]);
    expect(finalizersOn(w, a)).toBe(0);
    w.gc();
    expect([a, b].map((p) => w.isAllocated(p))).toEqual([true, true]);
    expect(w.finalize()).toEqual([a]);
    w.gc();
    expect([a, b].map((p) => w.isAllocated(p))).toEqual([false, false]);
    expect(w.finalize()).toEqual([]);
  });

  it('goes before what it points to', () => {
    const w = finalizerWorld(options);
    const [c, d] = [w.make(), w.make()];
    w.store(c, d);
    w.set(c);
    w.set(d);
    w.gc();
    expect(w.finalize()).toEqual([c]);
    w.gc();
    expect(w.finalize()).toEqual([d]);
  });

  it('never goes in a cycle', () => {
    const w = finalizerWorld(options);
    const [a, b] = [w.make(), w.make()];
    w.store(a, b);
    w.store(b, a);
    w.set(a);
    w.set(b);
    for (let i = 0; i < 4; i++) w.gc();
    expect(w.finalize()).toEqual([]);
    expect([a, b].map((p) => w.isAllocated(p))).toEqual([true, true]);
  });

  it('goes if the cycle is only a pointer to itself', () => {
    const w = finalizerWorld(options);
    const a = w.make();
    w.store(a, a);
    w.set(a);
    w.gc();
    expect(w.finalize()).toEqual([a]);
  });

  it('may be kept by its finalizer and get a new one', () => {
    const w = finalizerWorld(options);
    const a = w.make();
    w.set(a);
    w.gc();
    w.finalize((call) => w.store(w.global(0), call.arg));
    w.gc();
    expect(w.isAllocated(a)).toBe(true);
    w.set(a);
    w.store(w.global(0), 0);
    w.gc();
    expect(w.finalize()).toEqual([a]);
  });

  it('keeps the closure', () => {
    const w = finalizerWorld(options);
    const closure = w.make();
    const a = w.make();
    w.set(a, closure);
    w.gc();
    expect(w.isAllocated(closure)).toBe(true);
    w.gc();
    expect(w.isAllocated(closure)).toBe(true);
    w.finalize();
    w.gc();
    expect(w.isAllocated(closure)).toBe(false);
  });
});

describe('a finalizer set while a cycle marks', () => {
  it('keeps what its object refers to and its closure', () => {
    const w = finalizerWorld();
    const [a, b, closure] = [w.make(), w.make(), w.make()];
    w.store(a, b);
    w.rt.gc.gcStart(w.rt, { kind: gcTriggerCycle, n: 1 });
    gcDrainN(w.rt, w.rt.gc.gcwOf(w.rt.m.p), Number.POSITIVE_INFINITY);
    expect(w.rt.gc.work.markrootNext).toBe(w.rt.gc.work.markrootJobs);
    w.set(a, closure);
    w.rt.gc.waitOnMark(w.rt, 1);
    while (sweepone(w.rt) >= 0) {
      // Each call sweeps one span.
    }
    expect([a, b, closure].map((p) => w.isAllocated(p))).toEqual([true, true, true]);
    expect(w.finalize()).toEqual([a]);
  });
});

describe('the queue', () => {
  it.each(goarches)('has blocks of as many entries as real %s', (goarch) => {
    const w = finalizerWorld({ goarch });
    const perBlock = w.rt.arch.ptrSize === 8 ? 101 : 204;
    const n = perBlock + 5;
    for (let i = 0; i < n; i++) w.set(w.make());
    w.gc();
    const { mfinal } = w.rt;
    expect(mfinal.finq!.fin).toHaveLength(5);
    expect(mfinal.finq!.next!.fin).toHaveLength(perBlock);
    expect(mfinal.allfin).toBe(mfinal.finq);
    expect([...mfinal.iterateFinq()]).toHaveLength(n);
  });

  it('is run from its end, newest block first, and its blocks are used again', () => {
    const w = finalizerWorld();
    const all = Array.from({ length: 150 }, () => w.make());
    for (const p of all) w.set(p);
    w.gc();
    const queued = [...w.rt.mfinal.iterateFinq()].map((f) => f.arg);
    expect(queued).toEqual([...all.slice(101), ...all.slice(0, 101)]);
    expect(w.finalize()).toEqual([...all.slice(101).reverse(), ...all.slice(0, 101).reverse()]);
    const blocks = [w.rt.mfinal.finc, w.rt.mfinal.finc!.next];
    for (let i = 0; i < 150; i++) w.set(w.make());
    w.gc();
    expect(blocks).toContain(w.rt.mfinal.finq);
    expect(blocks).toContain(w.rt.mfinal.finq!.next);
  });

  it('wakes its goroutine only if that waits', () => {
    const w = finalizerWorld();
    expect(w.finalize()).toEqual([]);
    w.rt.mfinal.createfing(w.rt);
    Object.assign(w.rt.mfinal, { fing: w.rt.m.curg });
    expect(w.rt.mfinal.fingStatus & fingWait).toBe(fingWait);
    expect(w.rt.mfinal.wakefing()).toBeNull();
    const p = w.make();
    w.set(p);
    w.gc();
    expect(w.rt.mfinal.wakefing()).toBe(w.rt.m.curg);
    expect(w.rt.mfinal.wakefing()).toBeNull();
    expect(w.finalize()).toEqual([p]);
    expect(w.rt.mfinal.wakefing()).toBeNull();
  });

  it('may not be filled while a cycle marks', () => {
    const w = finalizerWorld();
    w.rt.gc.gcStart(w.rt, { kind: gcTriggerCycle, n: 1 });
    expect(() => w.rt.mfinal.queuefinalizer(w.rt, 1, { addr: 1, fn: 1 }, 0, w.ptr, w.ptr)).toThrow(
      'queuefinalizer during GC',
    );
  });
});

// Oracle: an object is finalized once no live object and no other finalizable object reaches it.
describe('against a naive model', () => {
  it('each collection queues exactly the finalizable objects', () => {
    const graph = fc.record({
      edges: fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 14 }),
      finalizers: fc.uniqueArray(fc.nat(11), { maxLength: 8 }),
      roots: fc.uniqueArray(fc.nat(11), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(graph, ({ edges, finalizers, roots }) => {
        const w = finalizerWorld();
        const objects = Array.from({ length: 12 }, () => w.make());
        const next = new Map<number, number>();
        for (const [from, to] of edges) {
          next.set(from, to);
          w.store(objects[from]!, objects[to]!);
        }
        for (const i of finalizers) w.set(objects[i]!);
        for (const [k, i] of roots.entries()) w.store(w.global(k), objects[i]!);
        const reach = (starts: number[]): Set<number> => {
          const seen = new Set<number>();
          for (const start of starts) {
            for (
              let i: number | undefined = start;
              i !== undefined && !seen.has(i);
              i = next.get(i)
            ) {
              seen.add(i);
            }
          }
          return seen;
        };
        let registered = [...finalizers];
        for (let round = 0; round < 4; round++) {
          const referents = registered.flatMap((i) => {
            const to = next.get(i);
            return to === undefined || to === i ? [] : [to];
          });
          const marked = reach([...roots, ...referents]);
          const queued = registered.filter((i) => !marked.has(i));
          registered = registered.filter((i) => marked.has(i));
          w.gc();
          expect(new Set(w.finalize())).toEqual(new Set(queued.map((i) => objects[i]!)));
        }
        const live = reach([...roots, ...registered]);
        w.gc();
        for (const [i, p] of objects.entries()) expect(w.isAllocated(p)).toBe(live.has(i));
      }),
      { numRuns: 60 },
    );
  });
});
