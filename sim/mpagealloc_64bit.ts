/**
 * The page allocator's summaries: a table for each level of the radix tree, five on 64-bit and four on
 * 32-bit.
 *
 * @go runtime/mpagealloc_64bit.go, runtime/mpagealloc_32bit.go
 */
import type { Arch } from './arch.ts';
import { sysAccount } from './mem.ts';
import { logPallocChunkPages } from './mpallocbits.ts';
import { type AddrRange, type AddrRanges, subtractRange } from './mranges.ts';
import type { Runtime } from './runtime2.ts';
import { alignDown, alignUp, pageShift } from './uintptr.ts';

const summaryLevelBits = 3;
const pallocSumBytes = 8;

/**
 * One level's summaries. Only the window [lo, lo+length) has storage; the rest of the address space
 * has no pages, so its summaries are zero.
 */
export class SummaryLevel {
  /** log2 of the entries that share a parent. */
  readonly bits: number;
  /** Bytes that one entry sums up. */
  readonly bytesPerEntry: number;
  /** log2 of the same in pages. */
  readonly logMaxPages: number;
  lo = 0;
  start = new Int32Array(0);
  max = new Int32Array(0);
  end = new Int32Array(0);

  constructor(bits: number, shift: number) {
    this.bits = bits;
    this.bytesPerEntry = 2 ** shift;
    this.logMaxPages = shift - pageShift;
  }

  /** Makes room for entries [lo, hi). */
  cover(lo: number, hi: number): void {
    const oldLo = this.lo;
    const oldLength = this.max.length;
    if (oldLength === 0) {
      this.lo = lo;
      this.start = new Int32Array(hi - lo);
      this.max = new Int32Array(hi - lo);
      this.end = new Int32Array(hi - lo);
      return;
    }
    const newLo = Math.min(lo, oldLo);
    const newHi = Math.max(hi, oldLo + oldLength);
    if (newLo === oldLo && newHi === oldLo + oldLength) return;
    const moved = (old: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> => {
      const next = new Int32Array(newHi - newLo);
      next.set(old, oldLo - newLo);
      return next;
    };
    this.start = moved(this.start);
    this.max = moved(this.max);
    this.end = moved(this.end);
    this.lo = newLo;
  }

  /** Longest run of entry `i`. */
  maxOf(i: number): number {
    return this.max[i - this.lo] ?? 0;
  }

  /** Stores entry `i`; true if it changed. */
  set(i: number, start: number, max: number, end: number): boolean {
    const k = i - this.lo;
    if (this.start[k] === start && this.max[k] === max && this.end[k] === end) return false;
    this.start[k] = start;
    this.max[k] = max;
    this.end[k] = end;
    return true;
  }
}

/** The levels, the coarsest first. */
export class Summaries {
  readonly levels: readonly SummaryLevel[];
  private readonly rt: Runtime;
  private readonly arch: Arch;

  constructor(rt: Runtime) {
    const { arch } = rt;
    this.rt = rt;
    this.arch = arch;
    const count = arch.ptrSize === 8 ? 5 : 4;
    const logChunkBytes = logPallocChunkPages + pageShift;
    const l0Bits = arch.heapAddrBits - logChunkBytes - (count - 1) * summaryLevelBits;
    const levels: SummaryLevel[] = [];
    for (let l = 0; l < count; l++) {
      const shift = arch.heapAddrBits - l0Bits - l * summaryLevelBits;
      levels.push(new SummaryLevel(l === 0 ? l0Bits : summaryLevelBits, shift));
    }
    this.levels = levels;
    this.sysInit();
  }

  /** @go runtime/mpagealloc_32bit.go (*pageAlloc).sysInit */
  private sysInit(): void {
    if (this.arch.ptrSize === 8) return;
    let total = 0;
    for (const level of this.levels) {
      total += (2 ** this.arch.heapAddrBits / level.bytesPerEntry) * pallocSumBytes;
    }
    total = alignUp(total, this.arch.physPageSize);
    sysAccount(this.rt, total, 'gcMiscSys');
  }

  /** Index of the entry that sums `addr` up. */
  levelIndex(level: SummaryLevel, addr: number): number {
    return Math.floor((addr - this.arch.arenaBaseOffset) / level.bytesPerEntry);
  }

  /** Summary entries that [base, limit) needs, with their siblings. */
  private blockRange(level: SummaryLevel, base: number, limit: number): AddrRange {
    const e = 2 ** level.bits;
    return {
      base: alignDown(this.levelIndex(level, base), e),
      limit: alignUp(this.levelIndex(level, limit - 1) + 1, e),
    };
  }

  /** Where the summaries of [base, limit) lie in their level's table, in whole OS pages. */
  private sumBytes(level: SummaryLevel, base: number, limit: number): AddrRange {
    const r = this.blockRange(level, base, limit);
    const page = this.arch.physPageSize;
    return {
      base: alignDown(r.base * pallocSumBytes, page),
      limit: alignUp(r.limit * pallocSumBytes, page),
    };
  }

  /** Maps the summaries of [base, limit), which is yet to be added to `inUse`. @go runtime/mpagealloc_64bit.go (*pageAlloc).sysGrow */
  sysGrow(base: number, limit: number, inUse: AddrRanges): void {
    for (const level of this.levels) {
      if (level.bits === summaryLevelBits) {
        const r = this.blockRange(level, base, limit);
        level.cover(r.base, r.limit);
      } else {
        level.cover(this.levelIndex(level, base), this.levelIndex(level, limit - 1) + 1);
      }
    }
    if (this.arch.ptrSize === 4) return;
    const { ranges } = inUse;
    const i = inUse.findSucc(base);
    for (const level of this.levels) {
      let need = this.sumBytes(level, base, limit);
      const below = ranges[i - 1];
      if (below !== undefined) {
        need = subtractRange(need, this.sumBytes(level, below.base, below.limit));
      }
      const above = ranges[i];
      if (above !== undefined) {
        need = subtractRange(need, this.sumBytes(level, above.base, above.limit));
      }
      const bytes = need.limit - need.base;
      if (bytes === 0) continue;
      sysAccount(this.rt, bytes, 'gcMiscSys');
    }
  }
}
