/**
 * What differs between the 13 linux GOARCHes of Go 1.22, as far as an allocation, a stack or a dump
 * shows it.
 *
 * @go internal/goarch/goarch.go, runtime/malloc.go, internal/cpu
 */

/** Every GOARCH that Go 1.22 supports on linux. */
export const goarches = [
  '386',
  'amd64',
  'arm',
  'arm64',
  'loong64',
  'mips',
  'mips64',
  'mips64le',
  'mipsle',
  'ppc64',
  'ppc64le',
  'riscv64',
  's390x',
] as const;

export type GoArch = (typeof goarches)[number];

/**
 * unsafe.Sizeof of the runtime's own structures, in bytes. They decide MemStats' *_sys fields, the
 * size classes of heap-allocated Gs and Ms, and where the next off-heap structure lies.
 */
interface RuntimeSizes {
  readonly mspan: number;
  readonly mcache: number;
  readonly specialfinalizer: number;
  readonly specialprofile: number;
  readonly specialReachable: number;
  readonly specialPinCounter: number;
  readonly arenaHint: number;
  readonly heapArena: number;
  /** heapArena of a GOEXPERIMENT=noallocheaders build, which holds the heap bitmap as well. */
  readonly heapArenaNoAllocHeaders: number;
  readonly spanSetBlock: number;
  readonly gcBitsArenaHeader: number;
  readonly workbuf: number;
  readonly stackWorkBuf: number;
  readonly finblock: number;
  readonly finalizer: number;
  readonly bucket: number;
  readonly memRecord: number;
  readonly addrRange: number;
  readonly pallocData: number;
  readonly g: number;
  readonly m: number;
  readonly p: number;
  readonly sudog: number;
  readonly hchan: number;
  readonly hmap: number;
  readonly timer: number;
  readonly defer: number;
  readonly panic: number;
  readonly type: number;
  readonly itab: number;
  readonly moduledata: number;
  readonly traceBuf: number;
}

export interface Arch {
  readonly goarch: GoArch;
  readonly ptrSize: 4 | 8;
  readonly bigEndian: boolean;
  /** Alignment of int64, uint64, float64 in memory; 4 on every 32-bit GOARCH. */
  readonly int64Align: 4 | 8;
  /** The largest alignment any type has. */
  readonly maxAlign: 4 | 8;
  /** Bits of a heap address: 48, 32, or 31 on mips and mipsle. */
  readonly heapAddrBits: number;
  /** Bytes of a heap arena: 64 MiB on 64-bit linux, else 4 MiB. */
  readonly heapArenaBytes: number;
  readonly pagesPerArena: number;
  readonly arenaL1Bits: number;
  readonly arenaL2Bits: number;
  /**
   * Address that arena index 0 and chunk index 0 stand for. On amd64 Go uses -2^47 so that the whole
   * canonical address space gets a non-negative index; addresses here never have bit 47 set, so only
   * the offset modulo 2^48 matters.
   */
  readonly arenaBaseOffset: number;
  /** First arena hint: where the heap starts if the address is free. */
  readonly heapStart: number;
  /** Highest end of a mapping that the kernel places itself; it places from here down. */
  readonly mmapTop: number;
  /** getpagesize() where the reference runs were made. */
  readonly physPageSize: number;
  /** physHugePageSize, 0 where the system tells none. */
  readonly physHugePageSize: number;
  readonly cacheLinePadSize: number;
  /** Bytes at the bottom of every frame that a callee may use (the saved link register). */
  readonly minFrameSize: number;
  /** The return address is in a link register, not on the stack, at a function's entry. */
  readonly usesLR: boolean;
  readonly framePointerEnabled: boolean;
  /** Functions take their first arguments in registers: IntArgRegs is not 0. */
  readonly registerArgs: boolean;
  /** Least difference of two pcs. */
  readonly pcQuantum: 1 | 2 | 4;
  /** Alignment of sp. */
  readonly stackAlign: number;
  readonly sizes: RuntimeSizes;
}

const sizes64: RuntimeSizes = {
  mspan: 160,
  mcache: 1200,
  specialfinalizer: 48,
  specialprofile: 24,
  specialReachable: 24,
  specialPinCounter: 24,
  arenaHint: 24,
  heapArena: 68624,
  heapArenaNoAllocHeaders: 68624 + 1048576 + 16384,
  spanSetBlock: 4120,
  gcBitsArenaHeader: 16,
  workbuf: 2048,
  stackWorkBuf: 2048,
  finblock: 4064,
  finalizer: 40,
  bucket: 48,
  memRecord: 128,
  addrRange: 16,
  pallocData: 128,
  g: 424,
  m: 2024,
  p: 8944,
  sudog: 88,
  hchan: 96,
  hmap: 48,
  timer: 72,
  defer: 48,
  panic: 104,
  type: 48,
  itab: 32,
  moduledata: 592,
  traceBuf: 65536,
};

const sizes32: RuntimeSizes = {
  mspan: 96,
  mcache: 600,
  specialfinalizer: 24,
  specialprofile: 12,
  specialReachable: 12,
  specialPinCounter: 12,
  arenaHint: 12,
  heapArena: 2248,
  heapArenaNoAllocHeaders: 2248 + 131072 + 4096,
  spanSetBlock: 2064,
  gcBitsArenaHeader: 8,
  workbuf: 2048,
  stackWorkBuf: 2048,
  finblock: 4096,
  finalizer: 20,
  bucket: 24,
  memRecord: 64,
  addrRange: 8,
  pallocData: 128,
  g: 260,
  m: 1296,
  p: 4576,
  sudog: 56,
  hchan: 52,
  hmap: 28,
  timer: 48,
  defer: 24,
  panic: 52,
  type: 32,
  itab: 20,
  moduledata: 296,
  traceBuf: 65536,
};

type Common =
  | 'int64Align'
  | 'maxAlign'
  | 'heapAddrBits'
  | 'heapArenaBytes'
  | 'pagesPerArena'
  | 'arenaL1Bits'
  | 'arenaL2Bits'
  | 'arenaBaseOffset'
  | 'heapStart'
  | 'mmapTop'
  | 'physPageSize'
  | 'physHugePageSize'
  | 'framePointerEnabled'
  | 'registerArgs'
  | 'stackAlign'
  | 'sizes';

/** The rows below give what is peculiar to a GOARCH; the rest follows from the pointer size. */
type Row = Omit<Arch, Common | 'goarch'> & Partial<Pick<Arch, Common>>;

const rows: { readonly [goarch in GoArch]: Row } = {
  '386': {
    ...{ ptrSize: 4, bigEndian: false, cacheLinePadSize: 64 },
    ...{ minFrameSize: 0, usesLR: false, pcQuantum: 1 },
    ...{ heapStart: 0x8400000 },
  },
  amd64: {
    ...{ ptrSize: 8, bigEndian: false, cacheLinePadSize: 64 },
    ...{ minFrameSize: 0, usesLR: false, pcQuantum: 1, framePointerEnabled: true },
    ...{ registerArgs: true },
  },
  arm: {
    ...{ ptrSize: 4, bigEndian: false, cacheLinePadSize: 32 },
    ...{ minFrameSize: 4, usesLR: true, pcQuantum: 4 },
  },
  arm64: {
    ...{ ptrSize: 8, bigEndian: false, cacheLinePadSize: 128 },
    ...{ minFrameSize: 8, usesLR: true, pcQuantum: 4, stackAlign: 16, framePointerEnabled: true },
    ...{ heapStart: 0x4000000000, registerArgs: true },
  },
  loong64: {
    ...{ ptrSize: 8, bigEndian: false, cacheLinePadSize: 64 },
    ...{ minFrameSize: 8, usesLR: true, pcQuantum: 4, physPageSize: 16384, registerArgs: true },
  },
  mips: {
    ...{ ptrSize: 4, bigEndian: true, cacheLinePadSize: 32 },
    ...{ minFrameSize: 4, usesLR: true, pcQuantum: 4 },
    ...{ heapAddrBits: 31, sizes: { ...sizes32, m: 1304 } },
  },
  mipsle: {
    ...{ ptrSize: 4, bigEndian: false, cacheLinePadSize: 32 },
    ...{ minFrameSize: 4, usesLR: true, pcQuantum: 4 },
    ...{ heapAddrBits: 31, sizes: { ...sizes32, m: 1304 } },
  },
  mips64: {
    ...{ ptrSize: 8, bigEndian: true, cacheLinePadSize: 32 },
    ...{ minFrameSize: 8, usesLR: true, pcQuantum: 4, sizes: { ...sizes64, m: 2032 } },
  },
  mips64le: {
    ...{ ptrSize: 8, bigEndian: false, cacheLinePadSize: 32 },
    ...{ minFrameSize: 8, usesLR: true, pcQuantum: 4, sizes: { ...sizes64, m: 2032 } },
  },
  ppc64: {
    ...{ ptrSize: 8, bigEndian: true, cacheLinePadSize: 128 },
    ...{ minFrameSize: 32, usesLR: true, pcQuantum: 4, stackAlign: 16, registerArgs: true },
  },
  ppc64le: {
    ...{ ptrSize: 8, bigEndian: false, cacheLinePadSize: 128 },
    ...{ minFrameSize: 32, usesLR: true, pcQuantum: 4, stackAlign: 16, registerArgs: true },
  },
  riscv64: {
    ...{ ptrSize: 8, bigEndian: false, cacheLinePadSize: 64 },
    ...{ minFrameSize: 8, usesLR: true, pcQuantum: 4, registerArgs: true },
  },
  s390x: {
    ...{ ptrSize: 8, bigEndian: true, cacheLinePadSize: 256 },
    ...{ minFrameSize: 8, usesLR: true, pcQuantum: 2 },
  },
};

/** The description of a GOARCH; `heapStart` moves the heap, as a 386 binary's end does. */
export function archOf(goarch: GoArch, overrides: { readonly heapStart?: number } = {}): Arch {
  const row = rows[goarch];
  const is64 = row.ptrSize === 8;
  const heapAddrBits = row.heapAddrBits ?? (is64 ? 48 : 32);
  const heapArenaBytes = (is64 ? 64 : 4) << 20;
  return {
    goarch,
    int64Align: is64 ? 8 : 4,
    maxAlign: is64 ? 8 : 4,
    heapAddrBits,
    heapArenaBytes,
    pagesPerArena: heapArenaBytes / 8192,
    arenaL1Bits: 0,
    arenaL2Bits: heapAddrBits - (is64 ? 26 : 22),
    arenaBaseOffset: goarch === 'amd64' ? -(2 ** 47) : 0,
    heapStart: is64 ? 0xc000000000 : 0x400000,
    mmapTop: is64 ? 0x7ffff7fff000 : 0x7ffff000,
    physPageSize: 4096,
    physHugePageSize: 2 << 20,
    framePointerEnabled: false,
    registerArgs: false,
    stackAlign: row.ptrSize,
    sizes: is64 ? sizes64 : sizes32,
    ...row,
    ...overrides,
  };
}
