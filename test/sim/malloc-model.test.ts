/** Random programs against a Map from address to contents: what is live is never moved, overlapped or changed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GoArch } from '../../sim/arch.ts';
import { mallocgc } from '../../sim/malloc.ts';
import { roundupsize } from '../../sim/msize.ts';
import { mSpanInUse } from '../../sim/mspan.ts';
import { readmemstats_m } from '../../sim/mstats.ts';
import { pageSize } from '../../sim/uintptr.ts';
import { type BareRuntime, bareRuntime, collect, typeOf } from './bare-runtime.ts';

fc.configureGlobal({ seed: 1_022_012 });

interface LiveObject {
  readonly size: number;
  readonly noscan: boolean;
  readonly fill: number;
}

const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      op: fc.constant('alloc' as const),
      words: fc.oneof(
        fc.integer({ min: 1, max: 80 }),
        fc.integer({ min: 1, max: 600 }),
        fc.integer({ min: 1, max: 12_000 }),
      ),
      noscan: fc.boolean(),
      count: fc.integer({ min: 1, max: 60 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      op: fc.constant('tiny' as const),
      size: fc.integer({ min: 1, max: 15 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('collect' as const), keepOf8: fc.nat(8) }) },
);

function checkWorld(rt: BareRuntime, live: Map<number, LiveObject>): void {
  let end = 0;
  for (const [addr, { size, noscan, fill }] of [...live].sort((a, b) => a[0] - b[0])) {
    expect(addr).toBeGreaterThanOrEqual(end);
    end = addr + size;
    const span = rt.mheap.spanOfHeap(addr)!;
    expect(span.state).toBe(mSpanInUse);
    expect(span.noscan()).toBe(noscan);
    expect(span.isFree(span.objIndex(addr))).toBe(false);
    expect(rt.memory.readUint8(addr)).toBe(fill);
    expect(rt.memory.readUint8(addr + size - 1)).toBe(fill);
  }
}

/** The books of the heap agree with the spans there are. */
function checkBooks(rt: BareRuntime): void {
  const m = readmemstats_m(rt);
  let inUse = 0;
  let objects = 0;
  for (const s of rt.mheap.allspans) {
    if (s.state !== mSpanInUse) continue;
    inUse += s.npages * pageSize;
    objects += s.allocCount;
  }
  expect(m.HeapInuse).toBe(inUse);
  expect(rt.mheap.pagesInUse * pageSize).toBe(inUse);
  expect(m.HeapSys).toBe(Number(m.HeapInuse) + Number(m.HeapIdle));
  expect(m.HeapObjects).toBe(objects);
  expect(rt.gcController.totalAlloc - rt.gcController.totalFree).toBe(m.HeapAlloc);
  const { committed, inHeap, released } = rt.memstats.heapStats;
  expect([inHeap, released]).toEqual([rt.gcController.heapInUse, rt.gcController.heapReleased]);
  expect(committed).toBe(rt.gcController.heapInUse + rt.gcController.heapFree);
}

describe.each<[GoArch, boolean]>([
  ['amd64', true],
  ['amd64', false],
  ['mips', true],
])('%s, malloc headers %s', (goarch, allocHeaders) => {
  test('live objects keep their places and contents through collections', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
        const rt = bareRuntime({ goarch, allocHeaders });
        const { ptrSize } = rt.arch;
        const live = new Map<number, LiveObject>();
        const tiny = new Set<number>();
        let fill = 1;
        for (const s of steps) {
          if (s.op === 'tiny') {
            const p = mallocgc(rt, s.size, null, true);
            const span = rt.mheap.spanOfHeap(p)!;
            expect([span.elemsize, span.noscan()]).toEqual([16, true]);
            expect(((p - span.base()) % 16) + s.size).toBeLessThanOrEqual(16);
            tiny.add(p - ((p - span.base()) % 16));
          } else if (s.op === 'alloc') {
            const size = Math.max(s.words * ptrSize, s.noscan ? 16 : ptrSize);
            const typ = s.noscan ? null : typeOf(rt, 1, [0]);
            for (let i = 0; i < (size > 4096 ? 1 : s.count); i++) {
              const p = mallocgc(rt, size, typ, true);
              expect(live.has(p)).toBe(false);
              const span = rt.mheap.spanOfHeap(p)!;
              const slot = span.startAddr + span.objIndex(p) * span.elemsize;
              expect(span.elemsize - (p - slot)).toBe(
                roundupsize(rt.arch, allocHeaders, size, s.noscan),
              );
              for (const at of [0, size >>> 1, size - 1]) {
                expect(rt.memory.readUint8(p + at)).toBe(0);
              }
              fill = (fill % 255) + 1;
              rt.memory.writeUint8(p, fill);
              rt.memory.writeUint8(p + size - 1, fill);
              live.set(p, { size, noscan: s.noscan, fill });
            }
          } else {
            let i = 0;
            for (const p of [...live.keys()]) {
              if ((i++ * 5) % 8 >= s.keepOf8) live.delete(p);
            }
            tiny.clear();
            collect(rt, live.keys());
          }
        }
        checkWorld(rt, live);
        checkBooks(rt);
        checkWorld(rt, live);
      }),
      { numRuns: 30 },
    );
  });
});
