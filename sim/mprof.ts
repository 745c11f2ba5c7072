/**
 * The memory profile: which allocations are sampled, and the buckets that count them by stack.
 *
 * Counts reach a bucket's `active` record only when the collection that could free them is swept, so
 * that a profile is the state as of one mark termination.
 *
 * @go runtime/mprof.go
 */
import { throw_ } from './errors.ts';
import type { MCache } from './mcache.ts';
import { sysAlloc } from './mem.ts';
import { setprofilebucket } from './mheap.ts';
import type { Runtime } from './runtime2.ts';
import { callers } from './traceback.ts';

/** Lists in the bucket hash table. */
export const buckHashSize = 179999;
/** Most pcs that a bucket keeps. */
const maxStack = 32;
/** MemProfileRate of a program that can read its own profile: bytes between samples. */
const defaultMemProfileRate = 512 * 1024;

const futureCycles = 3;
const mProfCycleWrap = futureCycles * (2 << 24);

/** @go runtime/mprof.go memRecordCycle */
export interface MemRecordCycle {
  allocs: number;
  frees: number;
  allocBytes: number;
  freeBytes: number;
}

function newMemRecordCycle(): MemRecordCycle {
  return { allocs: 0, frees: 0, allocBytes: 0, freeBytes: 0 };
}

/** One stack and size of the memory profile. @go runtime/mprof.go bucket */
export class Bucket {
  /** Address of the bucket, outside the heap. */
  readonly addr: number;
  /** Bytes of each object counted here. */
  readonly size: number;
  /** Return pcs, youngest first. */
  readonly stk: readonly number[];
  /** Next bucket of the same hash list. */
  next: Bucket | null = null;
  /** Next older bucket of the profile. */
  allnext: Bucket | null = null;
  /** What is published. */
  readonly active = newMemRecordCycle();
  /** What is counted for cycles C, C+1 and C+2, at the cycle's number modulo 3. */
  readonly future = [newMemRecordCycle(), newMemRecordCycle(), newMemRecordCycle()] as const;

  constructor(addr: number, size: number, stk: readonly number[]) {
    this.addr = addr;
    this.size = size;
    this.stk = stk;
  }
}

/** @go runtime/mprof.go */
export class MProf {
  /** runtime.MemProfileRate: 0 samples nothing, 1 everything. */
  memProfileRate: number;
  /** Newest bucket first, linked by allnext. */
  mbuckets: Bucket | null = null;
  #buckhash: Map<number, Bucket> | null = null;
  #cycle = 0;
  #flushed = false;

  /** `memProfileRate` 0 is what the linker chooses for a program that never reads the profile. */
  constructor(memProfileRate: number = defaultMemProfileRate) {
    this.memProfileRate = memProfileRate;
  }

  /**
   * Samples the object at `p` of `size` bytes (its slot's) and sets the distance to the next sample.
   *
   * @go runtime/malloc.go profilealloc
   */
  profilealloc(rt: Runtime, c: MCache, p: number, size: number): void {
    c.nextSample = this.nextSample(rt);
    this.malloc(rt, p, size);
  }

  /** Bytes to allocate before the next sample. @go runtime/malloc.go nextSample */
  nextSample(rt: Runtime): number {
    return this.memProfileRate === 1 ? 0 : fastexprand(rt, this.memProfileRate);
  }

  /** Counts an allocation and ties its bucket to the object. @go runtime/mprof.go mProf_Malloc */
  malloc(rt: Runtime, p: number, size: number): void {
    const stk = withoutAllocator(rt, callers(rt, maxStack + 1)).slice(0, maxStack);
    const newest = this.mbuckets;
    const b = this.stkbucket(rt, size, stk);
    rt.unlaid.beginMallocgc(rt);
    rt.unlaid.path(rt, this.mbuckets === newest ? samplePath : newBucketPath);
    rt.unlaid.leave();
    const mpc = b.future[((this.#cycle + 2) % futureCycles) as 0 | 1 | 2];
    mpc.allocs++;
    mpc.allocBytes += size;
    setprofilebucket(rt, p, b);
  }

  /** Counts the end of a sampled object. @go runtime/mprof.go mProf_Free */
  free(_rt: Runtime, b: Bucket, size: number): void {
    const mpc = b.future[((this.#cycle + 1) % futureCycles) as 0 | 1 | 2];
    mpc.frees++;
    mpc.freeBytes += size;
  }

  /** The bucket of a stack and size, made if there is none. @go runtime/mprof.go stkbucket */
  stkbucket(rt: Runtime, size: number, stk: readonly number[]): Bucket {
    if (stk.length > maxStack) throw_('bad profile stack count');
    const { ptrSize } = rt.arch;
    if (this.#buckhash === null) {
      this.#buckhash = new Map();
      sysAlloc(rt, buckHashSize * ptrSize, 'buckHashSys');
    }
    const i = bucketIndex(stk, size, ptrSize);
    const head = this.#buckhash.get(i) ?? null;
    for (let b = head; b !== null; b = b.next) {
      if (b.size === size && sameStack(b.stk, stk)) return b;
    }
    const words = bucketWords + stk.length + memRecordWords;
    const b = new Bucket(rt.persistent.alloc(words * ptrSize, 0, 'buckHashSys'), size, [...stk]);
    b.next = head;
    b.allnext = this.mbuckets;
    this.#buckhash.set(i, b);
    this.mbuckets = b;
    return b;
  }

  /** Starts a new cycle of the profile, at mark termination. @go runtime/mprof.go mProf_NextCycle */
  nextCycle(): void {
    this.#cycle = (this.#cycle + 1) % mProfCycleWrap;
    this.#flushed = false;
  }

  /** Publishes the cycle that is complete, once. @go runtime/mprof.go mProf_Flush */
  flush(): void {
    if (this.#flushed) return;
    this.#flushed = true;
    this.#flushCycle(this.#cycle);
  }

  /** Publishes what sweeping has found, without a new cycle. @go runtime/mprof.go mProf_PostSweep */
  postSweep(): void {
    this.#flushCycle(this.#cycle + 1);
  }

  /** Buckets from the newest, with what is published of each. @go runtime/mprof.go iterate_memprof */
  *iterateMemprof(): Generator<Bucket> {
    for (let b = this.mbuckets; b !== null; b = b.allnext) yield b;
  }

  #flushCycle(cycle: number): void {
    const index = (cycle % futureCycles) as 0 | 1 | 2;
    for (let b = this.mbuckets; b !== null; b = b.allnext) {
      const mpc = b.future[index];
      b.active.allocs += mpc.allocs;
      b.active.frees += mpc.frees;
      b.active.allocBytes += mpc.allocBytes;
      b.active.freeBytes += mpc.freeBytes;
      mpc.allocs = 0;
      mpc.frees = 0;
      mpc.allocBytes = 0;
      mpc.freeBytes = 0;
    }
  }
}

/** Words of the structs bucket and memRecord. */
const bucketWords = 6;
const memRecordWords = 16;

/** What mallocgc calls to count a sample, in a bucket that is there or in a new one. */
const samplePath = ['runtime.profilealloc', 'runtime.mProf_Malloc', 'runtime.stkbucket'] as const;
const newBucketPath = [...samplePath, 'runtime.newBucket', 'runtime.persistentalloc'] as const;

/** Functions that call mallocgc for others: a profile's stack begins with their caller. */
const allocators: ReadonlySet<string> = new Set([
  'runtime.newobject',
  'runtime.newarray',
  'runtime.makeslice',
  'runtime.growslice',
  'runtime.makechan',
  'runtime.convTnoptr',
  'runtime.rawstringtmp',
  'runtime.runfinq',
]);

/** The stack without the function that called mallocgc, be it inlined, as callers(4) leaves it out. */
function withoutAllocator(rt: Runtime, stk: readonly number[]): readonly number[] {
  const [pc] = stk;
  const youngest = pc === undefined ? undefined : rt.symtab.findfunc(pc);
  if (pc === undefined || youngest === undefined) return stk;
  const inlined = youngest.inlinedAt(pc).length > 0;
  return inlined || allocators.has(youngest.name) ? stk.slice(1) : stk;
}

function sameStack(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) return false;
  }
  return true;
}

/**
 * The hash list of a stack and an object size: Go's hash in uintptr arithmetic of `ptrSize` bytes,
 * modulo {@link buckHashSize}.
 *
 * @go runtime/mprof.go stkbucket
 */
export function bucketIndex(stk: readonly number[], size: number, ptrSize: 4 | 8): number {
  let lo = 0;
  let hi = 0;
  /** h += n; h += h << shift; h ^= h >>> shiftBack. */
  const mix = (n: number, shift: number, shiftBack: number): void => {
    const sum = (lo >>> 0) + (n % two32);
    lo = sum >>> 0;
    hi = (hi + Math.floor(n / two32) + (sum >= two32 ? 1 : 0)) >>> 0;
    const shifted = (lo << shift) >>> 0;
    const carried = lo + shifted;
    hi = (hi + ((hi << shift) | (lo >>> (32 - shift))) + (carried >= two32 ? 1 : 0)) >>> 0;
    lo = carried >>> 0;
    if (ptrSize === 4) hi = 0;
    lo = (lo ^ ((lo >>> shiftBack) | (hi << (32 - shiftBack)))) >>> 0;
    hi = (hi ^ (hi >>> shiftBack)) >>> 0;
  };
  for (const pc of stk) mix(pc, 10, 6);
  mix(size, 10, 6);
  mix(0, 3, 11);
  return ((hi % buckHashSize) * (two32 % buckHashSize) + lo) % buckHashSize;
}

const two32 = 2 ** 32;
const randomBitCount = 26;
const minusLog2 = -Math.LN2;
const fastlogNumBits = 5;
const fastlogScaleRatio = 2 ** 20;

/**
 * A random number (at least 1) of the exponential distribution with the given mean; 0 for mean 0.
 *
 * @go runtime/malloc.go fastexprand
 */
export function fastexprand(rt: Pick<Runtime, 'cheaprand'>, mean: number): number {
  if (mean === 0) return 0;
  const limited = Math.min(mean, 0x7000000);
  const q = (rt.cheaprand() >>> (32 - randomBitCount)) + 1;
  const qlog = Math.min(fastlog2(q) - randomBitCount, 0);
  return Math.trunc(qlog * (minusLog2 * limited)) + 1;
}

/** log2 of an integer from 1 to 2^26, by Go's table of 32 steps. @go runtime/fastlog2.go fastlog2 */
export function fastlog2(x: number): number {
  const exponent = 31 - Math.clz32(x);
  const scaled = (x / 2 ** exponent - 1) * (1 << fastlogNumBits);
  const index = Math.floor(scaled);
  const scale = Math.floor((scaled - index) * fastlogScaleRatio);
  const low = fastlog2Table[index]!;
  const high = fastlog2Table[index + 1]!;
  return exponent + low + ((high - low) * scale) / fastlogScaleRatio;
}

/** log2(1 + i/32). @go runtime/fastlog2table.go */
const fastlog2Table: readonly number[] = [
  0, 0.0443941193584535, 0.08746284125033943, 0.12928301694496647, 0.16992500144231248,
  0.2094533656289499, 0.24792751344358555, 0.28540221886224837, 0.3219280948873623,
  0.3575520046180837, 0.39231742277876036, 0.4262647547020979, 0.4594316186372973,
  0.4918530963296748, 0.5235619560570128, 0.5545888516776374, 0.5849625007211563,
  0.6147098441152082, 0.6438561897747247, 0.6724253419714956, 0.7004397181410922,
  0.7279204545631992, 0.7548875021634686, 0.7813597135246596, 0.8073549220576042,
  0.8328900141647417, 0.8579809951275721, 0.8826430493618412, 0.9068905956085185,
  0.9307373375628862, 0.9541963103868752, 0.9772799234999164, 1,
];
