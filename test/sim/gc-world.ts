import seedrandom from 'seedrandom';
import { archOf, type GoArch } from '../../sim/arch.ts';
import { mallocgc, mallocinit } from '../../sim/malloc.ts';
import type { HeapType } from '../../sim/mbitmap.ts';
import { allocmcache } from '../../sim/mcache.ts';
import { Memory } from '../../sim/memory.ts';
import { MFinal } from '../../sim/mfinal.ts';
import { PersistentAlloc } from '../../sim/mfixalloc.ts';
import { GcState } from '../../sim/mgc.ts';
import { GcController, maxInt64 } from '../../sim/mgcpacer.ts';
import { Scavenger } from '../../sim/mgcscavenge.ts';
import { MHeap } from '../../sim/mheap.ts';
import { PageCache } from '../../sim/mpagecache.ts';
import { MProf } from '../../sim/mprof.ts';
import { MStats, readmemstats_m } from '../../sim/mstats.ts';
import { G, Grunning, M, P, type Runtime } from '../../sim/runtime2.ts';
import { StackPools } from '../../sim/stack.ts';
import { TypeTable } from '../../sim/type.ts';
import { UnlaidCalls } from '../../sim/unlaid.ts';

/** Words of bss that a world's tests may keep pointers in. */
const globalWords = 4096;

export interface GcWorldOptions {
  readonly goarch?: GoArch;
  readonly allocHeaders?: boolean;
  readonly gomaxprocs?: number;
  readonly gogc?: number;
  readonly memProfileRate?: number;
  readonly seed?: string;
  /** Bytes of bss, of which the first words are the global pointers. */
  readonly bssBytes?: number;
}

/** A heap with a collector, a running goroutine without a stack, and one array of global pointers. */
export interface GcWorld {
  readonly rt: Runtime;
  /** Address of the i-th global pointer. */
  global(i: number): number;
  /** A struct of `words` words, of which `pointers` are pointers. */
  type(words: number, pointers: readonly number[]): HeapType;
  alloc(typ: HeapType): number;
  bytes(size: number): number;
  /** *slot = p, with the write barrier. */
  store(slot: number, p: number): void;
  load(slot: number): number;
  /** `p` is a live object of the heap, by its span's allocBits. */
  isAllocated(p: number): boolean;
  stats(): ReturnType<typeof readmemstats_m>;
}

/** Makes a world whose collector is the real one, over the real allocator. */
export function gcWorld(options: GcWorldOptions = {}): GcWorld {
  const arch = archOf(options.goarch ?? 'amd64');
  const { ptrSize } = arch;
  const random = seedrandom(options.seed ?? 'gc-world');
  const bss = 0x500000;
  const bssBytes = options.bssBytes ?? globalWords * ptrSize;
  const bssMask = new Uint8Array(Math.ceil(bssBytes / ptrSize / 8));
  bssMask.fill(0xff, 0, globalWords / 8);
  const rt = {
    arch,
    allocHeaders: options.allocHeaders ?? true,
    memory: new Memory(arch),
    memstats: new MStats(),
    gc: new GcState(),
    gcController: new GcController(),
    scavenger: new Scavenger(),
    mprof: new MProf(options.memProfileRate ?? 0),
    mfinal: new MFinal(),
    types: new TypeTable(arch),
    stackpool: new StackPools(arch.heapAddrBits),
    unlaid: new UnlaidCalls(),
    firstmoduledata: {
      noptrdata: 0,
      enoptrdata: 0,
      data: bss,
      edata: bss,
      bss,
      ebss: bss + bssBytes,
      noptrbss: bss + bssBytes,
      enoptrbss: bss + bssBytes + 64,
      gcdatamask: { n: 0, bytedata: new Uint8Array(0) },
      gcbssmask: { n: bssBytes / ptrSize, bytedata: bssMask },
    },
    allgs: [],
    allm: null,
    allp: [] as P[],
    m: new M(0x600000, 0),
    mcache0: null,
    ncpu: 1,
    observer: undefined,
    nanotime: 0,
    cheaprand: () => random.int32() >>> 0,
    timejump: (when: number) => {
      rt.nanotime = Math.max(rt.nanotime, when);
    },
  } as unknown as Runtime & { persistent: PersistentAlloc; mheap: MHeap };
  Object.assign(rt, { persistent: new PersistentAlloc(rt) });
  Object.assign(rt, { mheap: new MHeap(rt) });
  rt.memory.map(bss, bssBytes + 64);
  rt.gcController.init(options.gogc ?? 100, maxInt64);
  rt.gcController.addGlobals(bssBytes);
  mallocinit(rt);
  for (let id = 0; id < (options.gomaxprocs ?? 1); id++) {
    const p = new P(0x700000 + id * 0x10000, id);
    p.status = id === 0 ? 1 : 0;
    p.mcache = id === 0 ? rt.mcache0 : allocmcache(rt);
    p.pcache = new PageCache();
    rt.allp.push(p);
  }
  rt.mcache0 = null;
  rt.m.p = rt.allp[0]!;
  const main = new G(0x800000);
  main.status = Grunning;
  rt.m.curg = main;
  rt.memstats.enablegc = true;
  let types = 0;
  return {
    rt,
    global: (i) => bss + i * ptrSize,
    type(words, pointers) {
      const gcdata = new Uint8Array(Math.ceil(words / 8));
      let last = -1;
      for (const word of pointers) {
        gcdata[word >>> 3]! |= 1 << (word & 7);
        last = Math.max(last, word);
      }
      return {
        addr: 0x480000 + 64 * types++,
        size: words * ptrSize,
        ptrBytes: (last + 1) * ptrSize,
        gcdata,
        gcProg: false,
      };
    },
    alloc: (typ) => mallocgc(rt, typ.size, typ, true),
    bytes: (size) => mallocgc(rt, size, null, true),
    store: (slot, p) => rt.gc.writePointer(rt, slot, p),
    load: (slot) => rt.memory.readUintptr(slot),
    isAllocated(p) {
      const span = rt.mheap.spanOfHeap(p);
      return span !== null && !span.isFree(span.objIndex(p));
    },
    stats: () => readmemstats_m(rt),
  };
}
