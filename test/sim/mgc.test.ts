import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goarches } from '../../sim/arch.ts';
import { bulkBarrierPreWrite } from '../../sim/mbarrier.ts';
import { GCmark, GCoff, gcTriggerCycle, gcTriggerHeap, gcTriggerTime } from '../../sim/mgccycle.ts';
import { maxInt64, setGCPercent } from '../../sim/mgcpacer.ts';
import { ensureSwept, isSweepDone, sweepone } from '../../sim/mgcsweep.ts';
import { workbufAlloc } from '../../sim/mgcwork.ts';
import { type GcWorld, type GcWorldOptions, gcWorld } from './gc-world.ts';

const MiB = 1024 * 1024;

const variants: GcWorldOptions[] = [
  { goarch: 'amd64' },
  { goarch: '386' },
  { goarch: 's390x' },
  { goarch: 'mips' },
  { goarch: 'amd64', allocHeaders: false },
  { goarch: '386', allocHeaders: false },
  { goarch: 'amd64', gomaxprocs: 4 },
];

function objects(w: GcWorld): number {
  return Number(w.stats().HeapObjects);
}

/** Starts a cycle and leaves it in its mark phase. */
function startMarking(w: GcWorld): void {
  w.rt.gc.gcStart(w.rt, { kind: gcTriggerCycle, n: w.rt.gc.work.cycles + 1 });
  expect(w.rt.gc.gcphase).toBe(GCmark);
}

/** Ends the mark phase that is under way. */
function finishMarking(w: GcWorld): void {
  w.rt.gc.waitOnMark(w.rt, w.rt.gc.work.cycles);
  expect(w.rt.gc.gcphase).toBe(GCoff);
}

function finishSweeping(w: GcWorld): void {
  while (sweepone(w.rt) >= 0) {
    // Each call sweeps one span.
  }
}

describe.each(variants)('a collection on %o', (options) => {
  it('frees what no global reaches and keeps the rest', () => {
    const w = gcWorld(options);
    const node = w.type(3, [0, 2]);
    const a = w.alloc(node);
    const b = w.alloc(node);
    const c = w.alloc(node);
    const { ptrSize } = w.rt.arch;
    w.store(w.global(0), a);
    w.store(a, b);
    w.store(b + 2 * ptrSize, a);
    w.store(c, a);
    w.rt.gc.GC(w.rt);
    expect([a, b, c].map((p) => w.isAllocated(p))).toEqual([true, true, false]);
    expect(objects(w)).toBe(2);
    w.store(w.global(0), 0);
    w.rt.gc.GC(w.rt);
    expect(objects(w)).toBe(0);
    expect(w.stats().HeapAlloc).toBe(0);
  });

  it('does not follow words that are no pointers', () => {
    const w = gcWorld(options);
    const t = w.type(4, [1]);
    const a = w.alloc(t);
    const hidden = w.alloc(t);
    w.store(w.global(0), a);
    w.rt.memory.writeUintptr(a, hidden);
    w.rt.gc.GC(w.rt);
    expect([a, hidden].map((p) => w.isAllocated(p))).toEqual([true, false]);
  });

  it('keeps an object by a pointer to its inside', () => {
    const w = gcWorld(options);
    for (const words of [4, 100, 3000, 9000]) {
      const p = w.alloc(w.type(words, [words - 1]));
      w.store(w.global(0), p + (words - 1) * w.rt.arch.ptrSize);
      w.rt.gc.GC(w.rt);
      expect(w.isAllocated(p)).toBe(true);
    }
  });

  it('scans all pieces of a large object', () => {
    const w = gcWorld(options);
    const words = MiB / w.rt.arch.ptrSize;
    const all = Array.from({ length: words }, (_, i) => i);
    const big = w.alloc(w.type(words, all));
    w.store(w.global(0), big);
    const leaves: number[] = [];
    for (let i = 0; i < words; i += 1021) {
      const leaf = w.alloc(w.type(2, [0]));
      w.store(big + i * w.rt.arch.ptrSize, leaf);
      leaves.push(leaf);
    }
    w.rt.gc.GC(w.rt);
    expect(leaves.every((p) => w.isAllocated(p))).toBe(true);
    expect(objects(w)).toBe(1 + leaves.length);
    w.store(w.global(0), 0);
    w.rt.gc.GC(w.rt);
    expect(objects(w)).toBe(0);
  });

  it('follows a chain that is deeper than its buffers', () => {
    const w = gcWorld(options);
    const node = w.type(2, [0, 1]);
    const { ptrSize } = w.rt.arch;
    let head = 0;
    const n = 20_000;
    for (let i = 0; i < n; i++) {
      const leaf = w.alloc(node);
      const p = w.alloc(node);
      w.store(p, head);
      w.store(p + ptrSize, leaf);
      head = p;
      w.store(w.global(0), head);
    }
    w.rt.gc.GC(w.rt);
    expect(objects(w)).toBe(2 * n);
  });

  it('keeps a tiny block for one of its parts', () => {
    const w = gcWorld(options);
    const first = w.bytes(3);
    const second = w.bytes(3);
    expect(second).toBe(first + 3);
    w.store(w.global(0), second);
    w.rt.gc.GC(w.rt);
    expect(w.isAllocated(first)).toBe(true);
    w.store(w.global(0), 0);
    w.rt.gc.GC(w.rt);
    expect(w.isAllocated(first)).toBe(false);
  });
});

/** What a script of a program over `slots` global pointers may do. */
type Step =
  | { op: 'new'; global: number; words: number; pointers: number[] }
  | { op: 'bytes'; global: number; size: number }
  | { op: 'link'; from: number; field: number; to: number }
  | { op: 'copy'; from: number; to: number }
  | { op: 'drop'; global: number }
  | { op: 'gc' }
  | { op: 'start' }
  | { op: 'turn' };

const slots = 6;
const slot = fc.nat(slots - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      op: fc.constant('new' as const),
      global: slot,
      words: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(64, 65, 200, 5000, 40_000)),
      pointers: fc.uniqueArray(fc.nat(11), { minLength: 1, maxLength: 6 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      op: fc.constant('bytes' as const),
      global: slot,
      size: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(1000, 33_000, 300_000)),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      op: fc.constant('link' as const),
      from: slot,
      field: fc.nat(5),
      to: slot,
    }),
  },
  { weight: 3, arbitrary: fc.record({ op: fc.constant('copy' as const), from: slot, to: slot }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constant('drop' as const), global: slot }) },
  { weight: 1, arbitrary: fc.constant({ op: 'gc' as const }) },
  { weight: 1, arbitrary: fc.constant({ op: 'start' as const }) },
  { weight: 1, arbitrary: fc.constant({ op: 'turn' as const }) },
);

/** The program's view: objects by address, with the values of their pointer slots. */
class NaiveHeap {
  readonly pointers = new Map<number, Map<number, number>>();
  readonly globals = new Array<number>(slots).fill(0);

  reachable(): Set<number> {
    const seen = new Set<number>();
    const todo = this.globals.filter((p) => p !== 0);
    for (let p = todo.pop(); p !== undefined; p = todo.pop()) {
      if (seen.has(p)) continue;
      seen.add(p);
      for (const q of this.pointers.get(p)!.values()) if (q !== 0) todo.push(q);
    }
    return seen;
  }
}

function run(w: GcWorld, naive: NaiveHeap, s: Step): void {
  const { rt } = w;
  const { ptrSize } = rt.arch;
  const setGlobal = (i: number, p: number): void => {
    naive.globals[i] = p;
    w.store(w.global(i), p);
  };
  switch (s.op) {
    case 'new': {
      const fields = s.pointers.filter((i) => i < s.words);
      if (fields.length === 0) fields.push(0);
      const p = w.alloc(w.type(s.words, fields));
      const slotsOf = fields
        .toSorted((x, y) => x - y)
        .map((i): [number, number] => [p + i * ptrSize, 0]);
      naive.pointers.set(p, new Map(slotsOf));
      setGlobal(s.global, p);
      break;
    }
    case 'bytes': {
      const p = w.bytes(Math.max(s.size, 16));
      naive.pointers.set(p, new Map());
      setGlobal(s.global, p);
      break;
    }
    case 'link': {
      const fields = naive.pointers.get(naive.globals[s.from]!);
      const at = [...(fields?.keys() ?? [])];
      if (at.length === 0) return;
      const slotAddr = at[s.field % at.length]!;
      fields!.set(slotAddr, naive.globals[s.to]!);
      w.store(slotAddr, naive.globals[s.to]!);
      break;
    }
    case 'copy':
      setGlobal(s.to, naive.globals[s.from]!);
      break;
    case 'drop':
      setGlobal(s.global, 0);
      break;
    case 'gc':
      rt.gc.GC(rt);
      break;
    case 'start':
      rt.gc.gcStart(rt, { kind: gcTriggerCycle, n: rt.gc.work.cycles + 1 });
      break;
    case 'turn':
      rt.gc.schedulingPoint(rt, false);
      break;
  }
}

// Oracle: reachability by the textbook, over the program's own view of its pointers.
describe('against a naive heap', () => {
  it.each(variants)('exactly the reachable objects survive two collections on %o', (options) => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), fc.nat(3), (steps, chunk) => {
        const w = gcWorld({ gogc: 5, ...options });
        w.rt.gc.nsPerScanByte = chunk;
        const naive = new NaiveHeap();
        for (const s of steps) {
          run(w, naive, s);
          for (const p of naive.reachable()) expect(w.isAllocated(p)).toBe(true);
        }
        // The first may be in progress and keep floating garbage; what it started is over after it.
        w.rt.gc.GC(w.rt);
        w.rt.gc.GC(w.rt);
        const live = naive.reachable();
        for (const p of naive.pointers.keys()) {
          if (!live.has(p)) naive.pointers.delete(p);
        }
        expect(objects(w)).toBe(live.size);
        for (const p of live) {
          expect(w.isAllocated(p)).toBe(true);
          for (const [at, q] of naive.pointers.get(p)!) expect(w.load(at)).toBe(q);
        }
        expect(w.rt.gcController.heapMarked).toBe(w.stats().HeapAlloc);
        expect(w.rt.gcController.totalAlloc - w.rt.gcController.totalFree).toBe(
          w.stats().HeapAlloc,
        );
      }),
      { numRuns: 25 },
    );
  });
});

describe('while a cycle marks', () => {
  it('new objects are black', () => {
    const w = gcWorld();
    startMarking(w);
    const p = w.alloc(w.type(4, [0]));
    const tiny = w.bytes(5);
    finishMarking(w);
    finishSweeping(w);
    expect(w.isAllocated(p)).toBe(true);
    expect(w.isAllocated(tiny)).toBe(true);
    w.rt.gc.GC(w.rt);
    expect(w.isAllocated(p)).toBe(false);
  });

  it('a pointer that moves behind the collector is not lost', () => {
    const w = gcWorld();
    const node = w.type(2, [0, 1]);
    const a = w.alloc(node);
    const moved = w.alloc(node);
    w.store(w.global(0), a);
    w.store(w.global(1), moved);
    startMarking(w);
    w.store(a, moved);
    w.store(w.global(1), 0);
    finishMarking(w);
    finishSweeping(w);
    expect(w.isAllocated(moved)).toBe(true);
  });

  it('a deleted pointer still keeps its object for this cycle', () => {
    const w = gcWorld();
    const a = w.alloc(w.type(2, [0]));
    w.store(w.global(0), a);
    startMarking(w);
    w.store(w.global(0), 0);
    finishMarking(w);
    finishSweeping(w);
    expect(w.isAllocated(a)).toBe(true);
    w.rt.gc.GC(w.rt);
    expect(w.isAllocated(a)).toBe(false);
  });

  it('the bulk barrier shades what a copy overwrites and brings', () => {
    const w = gcWorld();
    const { ptrSize } = w.rt.arch;
    const node = w.type(4, [0, 2]);
    const [dst, src, old, fresh] = [w.alloc(node), w.alloc(node), w.alloc(node), w.alloc(node)];
    w.store(w.global(0), dst!);
    w.store(dst!, old!);
    w.rt.memory.writeUintptr(src! + 2 * ptrSize, fresh!);
    w.rt.memory.writeUintptr(src! + ptrSize, 12_345);
    startMarking(w);
    bulkBarrierPreWrite(w.rt, dst!, src!, 4 * ptrSize);
    w.rt.memory.copy(dst!, src!, 4 * ptrSize);
    finishMarking(w);
    finishSweeping(w);
    expect([dst, src, old, fresh].map((p) => w.isAllocated(p!))).toEqual([true, false, true, true]);
    bulkBarrierPreWrite(w.rt, dst!, 0, 4 * ptrSize);
    expect(w.rt.gc.gcwOf(w.rt.m.p).empty()).toBe(true);
  });

  it('the bulk barrier knows globals by their mask', () => {
    const w = gcWorld();
    const a = w.alloc(w.type(1, [0]));
    w.store(w.global(3), a);
    startMarking(w);
    bulkBarrierPreWrite(w.rt, w.global(2), 0, 4 * w.rt.arch.ptrSize);
    w.rt.memory.clear(w.global(2), 4 * w.rt.arch.ptrSize);
    finishMarking(w);
    finishSweeping(w);
    expect(w.isAllocated(a)).toBe(true);
  });

  it('an allocation in debt pays with scan work and may end the cycle', () => {
    const w = gcWorld();
    startMarking(w);
    const events: string[] = [];
    Object.assign(w.rt, { observer: { onEvent: (e: { name: string }) => events.push(e.name) } });
    w.bytes(2000);
    expect(w.rt.gc.gcphase).toBe(GCoff);
    expect(events).toContain('gcDone');
    expect(w.rt.m.curg!.gcAssistBytes).toBeGreaterThanOrEqual(0);
  });

  it('a fractional worker takes a quarter of the time', () => {
    const w = gcWorld();
    const words = 400_000;
    const big = w.alloc(
      w.type(
        words,
        Array.from({ length: words }, (_, i) => i),
      ),
    );
    w.store(w.global(0), big);
    startMarking(w);
    const c = w.rt.gcController;
    let turns = 0;
    for (let points = 0; points < 40; points++) {
      const before = c.heapScanWork;
      w.rt.gc.schedulingPoint(w.rt, false);
      if (c.heapScanWork !== before) turns++;
    }
    expect(w.rt.gc.gcphase).toBe(GCmark);
    expect(turns).toBeGreaterThan(5);
    const share = c.fractionalMarkTime / (w.rt.nanotime - c.markStartTime);
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.35);
    finishMarking(w);
  });

  it('an idle processor marks to the end', () => {
    const w = gcWorld();
    const words = 400_000;
    w.store(w.global(0), w.alloc(w.type(words, [0, words - 1])));
    startMarking(w);
    w.rt.gc.schedulingPoint(w.rt, true);
    expect(w.rt.gc.gcphase).toBe(GCoff);
    expect(w.rt.gcController.idleMarkTime).toBeGreaterThanOrEqual(0);
  });
});

describe('runtime.GC', () => {
  it('sweeps everything, counts, and moves every span by two generations', () => {
    const w = gcWorld();
    w.store(w.global(0), w.alloc(w.type(2, [0])));
    w.alloc(w.type(20, [0]));
    const sg = w.rt.mheap.sweepgen;
    w.rt.gc.GC(w.rt);
    expect(w.rt.mheap.sweepgen).toBe(sg + 2);
    expect(isSweepDone(w.rt)).toBe(true);
    for (const s of w.rt.mheap.allspans) {
      if (s.state === 1) expect([sg + 2, sg + 5]).toContain(s.sweepgen);
    }
    expect(w.rt.memstats.numgc).toBe(1);
    expect(w.rt.memstats.numforcedgc).toBe(1);
    expect(Number(w.rt.memstats.pauseNs[0])).toBeGreaterThan(0);
    expect(w.rt.memstats.pauseTotalNs).toBe(Number(w.rt.memstats.pauseNs[0]));
    expect(w.rt.memstats.lastGcUnix).not.toBe(0);
  });

  it('first ends a cycle that is under way', () => {
    const w = gcWorld();
    const a = w.alloc(w.type(2, [0]));
    w.store(w.global(0), a);
    startMarking(w);
    w.store(w.global(0), 0);
    w.rt.gc.GC(w.rt);
    expect(w.rt.memstats.numgc).toBe(2);
    expect(w.isAllocated(a)).toBe(false);
  });

  it('parks until marking is done and then lets others run, span by span', () => {
    const w = gcWorld();
    const t = w.type(64, [0]);
    for (let i = 0; i < 2000; i++) w.alloc(t);
    const waits: string[] = [];
    for (const wait of w.rt.gc.steps(w.rt)) {
      waits.push(wait);
      if (wait === 'park') w.rt.gc.schedulingPoint(w.rt, true);
    }
    expect(waits[0]).toBe('park');
    expect(waits.filter((x) => x === 'park')).toHaveLength(1);
    expect(waits.slice(1).every((x) => x === 'gosched')).toBe(true);
    expect(waits.length).toBeGreaterThan(2);
  });

  it('works with GOGC=off, whose goal is the memory limit', () => {
    const w = gcWorld({ gogc: -1 });
    for (let i = 0; i < 1000; i++) w.bytes(10_000);
    expect(w.rt.memstats.numgc).toBe(0);
    w.rt.gc.GC(w.rt);
    expect(objects(w)).toBe(0);
    expect(w.stats().NextGC).toBeTypeOf('bigint');
  });

  it('keeps the last 256 pauses in a ring', () => {
    const w = gcWorld();
    for (let i = 0; i < 258; i++) w.rt.gc.GC(w.rt);
    const { memstats } = w.rt;
    expect(memstats.numgc).toBe(258);
    expect(memstats.pauseEnd[(258 + 255) % 256]).toBe(memstats.lastGcUnix);
    expect(Number(memstats.pauseEnd[2])).toBeLessThan(Number(memstats.pauseEnd[1]));
  });
});

describe('the heap trigger', () => {
  it('starts cycles as garbage piles up, between 70 and 95 % of the way to the goal', () => {
    const w = gcWorld({ bssBytes: 402_144 });
    const total = 100 * MiB;
    const node = w.type(8, [0]);
    for (let n = 0; n < total; n += 64) w.store(w.global(0), w.alloc(node));
    // Real Go with GOMAXPROCS=1 and globals of that size counts 32 to 35.
    expect(w.rt.memstats.numgc).toBeGreaterThanOrEqual(30);
    expect(w.rt.memstats.numgc).toBeLessThanOrEqual(37);
    expect(w.rt.memstats.numforcedgc).toBe(0);
    expect(Number(w.stats().HeapSys)).toBeLessThanOrEqual(8 * MiB);
  });

  it('follows the live heap', () => {
    const w = gcWorld({ bssBytes: 402_144 });
    const node = w.type(128, [0]);
    let head = 0;
    for (let n = 0; n < 20 * MiB; n += 1152) {
      const p = w.alloc(node);
      w.store(p, head);
      head = p;
      w.store(w.global(0), head);
    }
    // Real Go with GOMAXPROCS=1 and globals of that size counts 2 or 3.
    expect(w.rt.memstats.numgc).toBeGreaterThanOrEqual(2);
    expect(w.rt.memstats.numgc).toBeLessThanOrEqual(3);
    w.rt.gc.GC(w.rt);
    const live = w.rt.gcController.heapMarked;
    expect(live).toBe(w.stats().HeapAlloc);
    const globals = w.rt.gcController.globalsScan;
    expect(w.stats().NextGC).toBe(2 * live + globals);
  });

  it('does nothing where no cycle may start', () => {
    const w = gcWorld();
    w.rt.gc.locks++;
    for (let n = 0; n < 16 * MiB; n += 8192) w.bytes(8192);
    expect(w.rt.memstats.numgc + w.rt.gc.work.cycles).toBe(0);
    w.rt.gc.locks--;
    w.bytes(40_000);
    expect(w.rt.gc.work.cycles).toBe(1);
  });

  it('gives the same addresses every time', () => {
    const trace = (): number[] => {
      const w = gcWorld({ seed: 'x' });
      const node = w.type(6, [0, 3]);
      const out: number[] = [];
      let head = 0;
      for (let i = 0; i < 120_000; i++) {
        const p = w.alloc(node);
        if (i % 7 === 0) {
          w.store(p, head);
          head = i % 5000 === 0 ? 0 : p;
          w.store(w.global(0), head);
        }
        if (i % 100 === 0) w.rt.gc.schedulingPoint(w.rt, false);
        out.push(p);
      }
      expect(w.rt.memstats.numgc).toBeGreaterThan(0);
      return out;
    };
    expect(trace()).toEqual(trace());
  });

  it('tests heap, time and cycle', () => {
    const w = gcWorld();
    const { gc } = w.rt;
    expect(gc.test(w.rt, { kind: gcTriggerHeap })).toBe(false);
    expect(gc.test(w.rt, { kind: gcTriggerTime, now: 1e15 })).toBe(false);
    w.rt.gc.GC(w.rt);
    const last = w.rt.memstats.lastGcNanotime;
    expect(gc.test(w.rt, { kind: gcTriggerTime, now: last + 120e9 })).toBe(false);
    expect(gc.test(w.rt, { kind: gcTriggerTime, now: last + 120e9 + 1 })).toBe(true);
    expect(gc.test(w.rt, { kind: gcTriggerCycle, n: 1 })).toBe(false);
    expect(gc.test(w.rt, { kind: gcTriggerCycle, n: 2 })).toBe(true);
    setGCPercent(w.rt, -1);
    expect(gc.test(w.rt, { kind: gcTriggerTime, now: last + 120e9 + 1 })).toBe(false);
    w.rt.memstats.enablegc = false;
    expect(gc.test(w.rt, { kind: gcTriggerCycle, n: 2 })).toBe(false);
  });
});

describe('mark buffers', () => {
  it('take a 32 KiB span in a cycle and give it back before the next', () => {
    const w = gcWorld();
    w.store(w.global(0), w.alloc(w.type(2, [0])));
    startMarking(w);
    w.rt.gc.runBackgroundWorker(w.rt, true);
    expect(w.rt.memstats.heapStats.inWorkBufs).toBe(workbufAlloc);
    while (!w.rt.gc.sweepParked) w.rt.gc.bgsweepTurn(w.rt);
    expect(w.rt.memstats.heapStats.inWorkBufs).toBe(0);
  });

  it.each(goarches)('fit as many pointers as on real %s', (goarch) => {
    const w = gcWorld({ goarch });
    const b = w.rt.gc.work.bufs.getempty(w.rt);
    expect(b.obj.length).toBe(w.rt.arch.ptrSize === 8 ? 253 : 508);
  });
});

describe('sweeping', () => {
  it('is left to allocations: a span is swept when it is needed', () => {
    const w = gcWorld();
    const t = w.type(32, [0]);
    const keep = w.alloc(t);
    w.store(w.global(0), keep);
    for (let i = 0; i < 500; i++) w.alloc(t);
    startMarking(w);
    finishMarking(w);
    expect(isSweepDone(w.rt)).toBe(false);
    const s = w.rt.mheap.spanOf(keep)!;
    ensureSwept(w.rt, s);
    expect(s.sweepgen === w.rt.mheap.sweepgen || s.sweepgen === w.rt.mheap.sweepgen + 3).toBe(true);
    expect(w.alloc(t)).not.toBe(keep);
  });
});

describe('debug.FreeOSMemory', () => {
  it.each(['amd64', '386', 'arm64'] as const)('gives every free page back on %s', (goarch) => {
    const w = gcWorld({ goarch });
    for (let i = 0; i < 300; i++) w.bytes(20_000);
    const keep = w.bytes(20_000);
    w.store(w.global(0), keep);
    w.rt.gc.freeOSMemory(w.rt);
    const stats = w.stats();
    const unit = Math.max(w.rt.arch.physPageSize, 8192);
    expect(Number(stats.HeapIdle) - Number(stats.HeapReleased)).toBeLessThan(8 * unit);
    expect(w.rt.gcController.heapFree).toBe(Number(stats.HeapIdle) - Number(stats.HeapReleased));
    expect(w.isAllocated(keep)).toBe(true);
  });

  it('is undone by the next allocations', () => {
    const w = gcWorld();
    w.bytes(MiB);
    w.rt.gc.freeOSMemory(w.rt);
    const released = Number(w.stats().HeapReleased);
    w.bytes(MiB);
    expect(Number(w.stats().HeapReleased)).toBe(released - MiB);
  });
});

describe('memory limit', () => {
  it('makes cycles start although GOGC is off', () => {
    const w = gcWorld({ gogc: -1 });
    w.rt.gcController.setMemoryLimit(24 * MiB);
    w.rt.gc.gcControllerCommit(w.rt);
    for (let n = 0; n < 200 * MiB; n += 4096) w.bytes(4096);
    expect(w.rt.memstats.numgc).toBeGreaterThan(5);
    expect(w.rt.gcController.mappedReady).toBeLessThanOrEqual(24 * MiB);
    expect(w.rt.gcController.memoryLimit).not.toBe(maxInt64);
  });
});
