/**
 * A Runtime of the allocator alone, for tests: real memory, page heap, mcache and sweeper; inert
 * objects where the collector, the profile and goroutines would be.
 */
import { archOf, type GoArch } from '../../sim/arch.ts';
import { mallocinit } from '../../sim/malloc.ts';
import type { HeapType } from '../../sim/mbitmap.ts';
import { allocmcache, type MCache } from '../../sim/mcache.ts';
import { Memory } from '../../sim/memory.ts';
import { PersistentAlloc } from '../../sim/mfixalloc.ts';
import { finishsweep_m } from '../../sim/mgcsweep.ts';
import { MHeap } from '../../sim/mheap.ts';
import { PageCache } from '../../sim/mpagecache.ts';
import type { MSpan } from '../../sim/mspan.ts';
import { MStats } from '../../sim/mstats.ts';
import type { Observer } from '../../sim/observer.ts';
import { M, P, type Runtime } from '../../sim/runtime2.ts';
import { UnlaidCalls } from '../../sim/unlaid.ts';

export interface BareOptions {
  readonly goarch?: GoArch;
  readonly allocHeaders?: boolean;
  readonly heapStart?: number;
  readonly observer?: Observer;
  /** false: no P, as before procresize. */
  readonly withP?: boolean;
}

/** Finalizers and profile frees that the sweeper reported. */
interface BareRecord {
  readonly finalizers: number[];
  readonly profileFrees: number[];
}

export type BareRuntime = Runtime & { readonly record: BareRecord };

/** A fresh heap with one P, whose mcache is empty. */
export function bareRuntime(options: BareOptions = {}): BareRuntime {
  const { heapStart } = options;
  const arch = archOf(options.goarch ?? 'amd64', heapStart === undefined ? {} : { heapStart });
  const record: BareRecord = { finalizers: [], profileFrees: [] };
  const rt = {
    arch,
    allocHeaders: options.allocHeaders ?? true,
    memory: new Memory(arch),
    memstats: new MStats(),
    observer: options.observer,
    record,
    allp: [] as P[],
    allgs: [],
    allm: null,
    m: new M(0x1000, 0),
    mcache0: null as MCache | null,
    ncpu: 1,
    nanotime: 0,
    cheaprand: () => 1,
    gc: {
      gcphase: 0,
      blackenEnabled: false,
      heapTrigger: () => undefined,
      deductAssistCredit: () => null,
      gcmarknewobject: () => undefined,
    },
    gcController: {
      heapLive: 0,
      heapInUse: 0,
      heapFree: 0,
      heapReleased: 0,
      mappedReady: 0,
      totalAlloc: 0,
      totalFree: 0,
      memoryLimit: 2 ** 63,
      update(dHeapLive: number): void {
        this.heapLive += dHeapLive;
      },
      heapGoalUint64: () => 0,
    },
    scavenger: {
      gcPercentGoal: Number.POSITIVE_INFINITY,
      ready: () => undefined,
      wake: () => undefined,
    },
    mprof: {
      memProfileRate: 0,
      nextSample: () => 0,
      free: (_rt: Runtime, _b: unknown, size: number) => record.profileFrees.push(size),
    },
    mfinal: { queuefinalizer: (_rt: Runtime, p: number) => record.finalizers.push(p) },
    stackpool: { stackcacheClear: () => undefined },
    unlaid: new UnlaidCalls(),
  };
  const runtime = rt as unknown as BareRuntime;
  const under = runtime as { -readonly [k in keyof Runtime]: Runtime[k] };
  under.persistent = new PersistentAlloc(runtime);
  under.mheap = new MHeap(runtime);
  mallocinit(runtime);
  if (options.withP ?? true) addP(runtime);
  return runtime;
}

/** Gives the running M a P, as procresize does for the first one. */
function addP(rt: BareRuntime): P {
  const pp = new P(0x2000 + rt.allp.length, rt.allp.length);
  pp.pcache = new PageCache();
  pp.mcache = rt.allp.length === 0 ? rt.mcache0 : allocmcache(rt);
  pp.m = rt.m;
  rt.allp.push(pp);
  rt.m.p = pp;
  return pp;
}

/** A type of `words` words, those in `pointers` being pointers. */
export function typeOf(rt: Runtime, words: number, pointers: readonly number[]): HeapType {
  const { ptrSize } = rt.arch;
  const last = pointers.length === 0 ? 0 : Math.max(...pointers) + 1;
  const gcdata = new Uint8Array(Math.ceil(last / 8));
  for (const w of pointers) gcdata[w >>> 3]! |= 1 << (w & 7);
  const addr = 0x400000 + words * 4096 + pointers.reduce((a, w) => a + w * 8 + 8, 0);
  return { addr, size: words * ptrSize, ptrBytes: last * ptrSize, gcdata, gcProg: false };
}

/** Ends a cycle in which exactly the objects at `live` were marked; sweeping is still to be done. */
export function collect(rt: BareRuntime, live: Iterable<number>): void {
  finishsweep_m(rt);
  rt.mheap.clearPageMarks();
  for (const p of live) {
    const s: MSpan = rt.mheap.spanOfHeap(p)!;
    s.setMarked(s.objIndex(p));
    rt.mheap.setPageMark(s.base());
  }
  for (const pp of rt.allp) if (pp.mcache !== null) pp.mcache.scanAlloc = 0;
  rt.mheap.startSweep();
  for (const pp of rt.allp) pp.mcache?.prepareForSweep(rt);
}
