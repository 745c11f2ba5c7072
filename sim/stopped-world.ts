/**
 * What a heap dump needs to know of a world that stands still.
 *
 * Two things make a StoppedWorld: `stopTheWorld()` of a simulated runtime, and the loader of dump/,
 * which builds one from the records of a dump that somebody else (real Go) wrote. The port of
 * heapdump.go reads nothing but this, so it writes both alike.
 *
 * All addresses are `number` (below 2^48). Sizes are bytes unless said otherwise.
 */

/** A 64-bit quantity: a number where exact (at most 2^53), else a bigint. */
export type Uint64 = number | bigint;

export const stoppedWorldBrand: unique symbol = Symbol('StoppedWorld');

/** Target facts that show in a dump. */
interface StoppedArch {
  readonly goarch: string;
  readonly ptrSize: Uint64;
  readonly bigEndian: boolean;
}

/** The part of abi.Type that dumptype reads. Identity matters: the type cache compares references. */
export interface StoppedType {
  readonly addr: Uint64;
  /** abi.Type.Hash: its low eight bits choose the type cache's bucket. */
  readonly hash: number;
  readonly size: Uint64;
  /** rtype.string(): "*main.Node", "[]int". */
  readonly string: string | Uint8Array;
  /** Package path of the uncommon part; '' where there is no uncommon part or it has no package. */
  readonly pkgPath: string | Uint8Array;
  /** rtype.name(): "Node"; '' for unnamed types. */
  readonly name: string | Uint8Array;
  /** Kind_&kindDirectIface == 0 || PtrBytes != 0. */
  readonly interfaceDataIsPointer: boolean;
}

export interface StoppedItab {
  readonly addr: Uint64;
  readonly type: StoppedType;
}

/** One bit a word: bit i is set where word i holds a pointer. `n < 0`: no map is known. */
export interface Bitvector {
  n: number;
  bytedata: Uint8Array;
}

export interface StoppedFuncval {
  readonly addr: Uint64;
  /** Entry pc. */
  readonly fn: Uint64;
}

/** A finalizer special of a span, or an entry of the finalizer queue. */
export interface StoppedFinalizer {
  readonly obj: Uint64;
  readonly fn: StoppedFuncval;
  /** Address of the type of the finalizer's parameter. */
  readonly fint: Uint64;
  /** Address of the type of the pointer to the object. */
  readonly ot: Uint64;
}

/** A sampled allocation: the profile special of a span. */
export interface StoppedAllocSample {
  readonly obj: Uint64;
  readonly bucket: Uint64;
}

/** Pointer bits of a span's slots, each of at most 64 words. */
export interface SlotMasks {
  /** No slot of the span has a pointer, so that nothing need be loaded. */
  readonly noPointers: boolean;
  /** Bits of words 0 to 31 and 32 to 63 of the slot that was loaded. */
  readonly lo: number;
  readonly hi: number;
  load(index: number): void;
}

/** A heap span. Invariant: `nelems * elemsize <= npages * 8192`. */
export interface StoppedSpan {
  readonly inUse: boolean;
  readonly base: number;
  /** Bytes of the span: npages << 13. */
  readonly bytes: number;
  readonly elemsize: number;
  readonly nelems: number;
  /** Where they are at hand: the same that the cursors tell, at less cost. */
  readonly masks?: SlotMasks | undefined;
  /** Where it is known: no slot below is free. */
  readonly usedBelow?: number | undefined;
  isFree(index: number): boolean;
  ensureSwept(): void;
  finalizers(): Iterable<StoppedFinalizer>;
  allocSamples(): Iterable<StoppedAllocSample>;
}

/** Iterates over the pointer slots of one object, as mbitmap's typePointers and heapBits do. */
export interface PointerCursor {
  /** Address of the next pointer slot below the limit, or 0 at the end. */
  next(): number;
}

export interface StoppedMemory {
  /** Copies `length` bytes at `addr` into `target` from `offset` on. */
  read(addr: number, length: number, target: Uint8Array, offset: number): void;
  /** Hands the bytes out in pieces without copying; each piece is borrowed until the call returns. */
  pieces(addr: number, length: number, visit: (piece: Uint8Array) => void): void;
}

/** A function as the dumper's stackmap logic sees it. */
export interface StoppedFunc {
  readonly name: string | Uint8Array;
  readonly entry: Uint64;
  /** Value of PCDATA_StackMapIndex at pc, -1 where there is none. */
  stackMapIndex(pc: Uint64): number;
  /** FUNCDATA_LocalsPointerMaps: undefined without the table. `n`: number of bitmaps, or minus the bytes of locals. */
  readonly locals: StoppedStackmap | undefined;
  /** FUNCDATA_ArgsPointerMaps. */
  readonly args: StoppedStackmap | undefined;
}

/** @go runtime/symtab.go stackmap */
export interface StoppedStackmap {
  /** Number of bitmaps. */
  readonly n: number;
  /** Bits in each bitmap. */
  readonly nbit: number;
  bitmap(index: number): Bitvector;
}

/** One frame of an unwound stack. @go runtime/stkframe.go stkframe */
export interface StoppedFrame {
  readonly fn: StoppedFunc;
  readonly pc: Uint64;
  readonly continpc: Uint64;
  readonly sp: number;
  readonly fp: number;
  /** Top of the local variables. */
  readonly varp: number;
  /** Start of the arguments. */
  readonly argp: number;
  argBytes(): number;
}

export interface StoppedDefer {
  readonly addr: Uint64;
  readonly sp: Uint64;
  readonly pc: Uint64;
  /** undefined: an open-coded defer's nil fn. */
  readonly fn: StoppedFuncval | undefined;
}

export interface StoppedPanic {
  readonly addr: Uint64;
  readonly argType: Uint64;
  readonly argData: Uint64;
}

/** A goroutine. `status` is readgstatus: 0 idle, 1 runnable, 2 running, 3 syscall, 4 waiting, 6 dead. */
export interface StoppedG {
  readonly addr: Uint64;
  /** sched.sp, or syscallsp in a system call. */
  readonly sp: Uint64;
  readonly goid: Uint64;
  readonly gopc: Uint64;
  readonly status: number;
  readonly isSystem: boolean;
  /** Always false in 1.22; kept for dumps of older writers. */
  readonly isBackground: boolean;
  readonly waitsince: Uint64;
  readonly waitreason: string | Uint8Array;
  readonly ctxt: Uint64;
  readonly m: Uint64;
  /** Chain of defers, newest first. */
  readonly defers: readonly StoppedDefer[];
  /** Chain of panics, newest first. */
  readonly panics: readonly StoppedPanic[];
  /** Frames from the youngest to the oldest; each frame is borrowed until the next is asked for. */
  frames(): Iterable<StoppedFrame>;
}

export interface StoppedM {
  readonly addr: Uint64;
  readonly id: Uint64;
  readonly procid: Uint64;
}

/** data or bss: bytes and their pointer mask. */
export interface StoppedSegment {
  readonly addr: Uint64;
  readonly bytes: Uint8Array;
  readonly mask: Bitvector;
}

export interface StoppedBucketFrame {
  /** undefined: pc belongs to no function. */
  readonly func:
    | {
        readonly name: string | Uint8Array;
        readonly file: string | Uint8Array;
        readonly line: Uint64;
      }
    | undefined;
  readonly pc: Uint64;
}

/** A bucket of the memory profile. */
export interface StoppedBucket {
  readonly addr: Uint64;
  readonly size: Uint64;
  readonly allocs: Uint64;
  readonly frees: Uint64;
  readonly stack: readonly StoppedBucketFrame[];
}

/** The fields of runtime.MemStats in their order, as far as a dump has them. */
export const memStatsFields = [
  'Alloc',
  'TotalAlloc',
  'Sys',
  'Lookups',
  'Mallocs',
  'Frees',
  'HeapAlloc',
  'HeapSys',
  'HeapIdle',
  'HeapInuse',
  'HeapReleased',
  'HeapObjects',
  'StackInuse',
  'StackSys',
  'MSpanInuse',
  'MSpanSys',
  'MCacheInuse',
  'MCacheSys',
  'BuckHashSys',
  'GCSys',
  'OtherSys',
  'NextGC',
  'LastGC',
  'PauseTotalNs',
] as const;

export type MemStats = { [field in (typeof memStatsFields)[number]]: Uint64 } & {
  /** The last 256 pauses in ns, a ring indexed by (NumGC+255)%256. */
  PauseNs: Uint64[];
  NumGC: Uint64;
};

export interface StoppedWorld {
  readonly [stoppedWorldBrand]: true;
  readonly arch: StoppedArch;
  readonly buildVersion: string | Uint8Array;
  readonly ncpu: Uint64;
  /** Base and bytes of each heap arena that is mapped. */
  readonly arenas: readonly { readonly base: Uint64; readonly bytes: Uint64 }[];
  /** itabs in the order of iterate_itabs. */
  readonly itabs: Iterable<StoppedItab>;
  /** mheap_.allspans, in order; a span is borrowed until the next is asked for. */
  readonly allspans: Iterable<StoppedSpan>;
  /** Which branch of makeheapobjbv finds pointers: malloc headers, or the flat heap bitmap. */
  readonly allocHeaders: boolean;
  /** Positions the shared cursor at the object: pointer slots below `p + size`. */
  typePointersOf(p: number, size: number): PointerCursor;
  heapBitsForAddr(p: number, size: number): PointerCursor;
  readonly memory: StoppedMemory;
  /** allgs, in order. */
  readonly allgs: readonly StoppedG[];
  /** allm, newest first. */
  readonly allm: readonly StoppedM[];
  readonly data: StoppedSegment;
  readonly bss: StoppedSegment;
  /** iterate_finq. */
  readonly finq: Iterable<StoppedFinalizer>;
  readonly memstats: MemStats;
  /** iterate_memprof: mbuckets from the newest. */
  readonly mbuckets: Iterable<StoppedBucket>;
}
