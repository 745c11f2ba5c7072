/**
 * Sorted sets of address ranges.
 *
 * @go runtime/mranges.go
 */
import { throw_ } from './errors.ts';
import type { SysMemStat } from './mstats.ts';
import type { Runtime } from './runtime2.ts';

/** [base, limit). */
export interface AddrRange {
  base: number;
  limit: number;
}

/**
 * `a` without `b`; they may not split `a` in two. Empty ranges are {0, 0}.
 *
 * @go runtime/mranges.go (addrRange).subtract
 */
export function subtractRange(a: AddrRange, b: AddrRange): AddrRange {
  if (b.base <= a.base && a.limit <= b.limit) return { base: 0, limit: 0 };
  if (a.base < b.base && b.limit < a.limit) throw_('bad prune');
  if (b.limit < a.limit && a.base < b.limit) return { base: b.limit, limit: a.limit };
  if (a.base < b.base && b.base < a.limit) return { base: a.base, limit: b.base };
  return a;
}

/** Ranges in order, neighbours joined. @go runtime/mranges.go addrRanges */
export class AddrRanges {
  ranges: AddrRange[] = [];
  totalBytes = 0;
  private cap = 16;
  private readonly rt: Runtime;
  private readonly stat: SysMemStat;

  constructor(rt: Runtime, stat: SysMemStat) {
    this.rt = rt;
    this.stat = stat;
    this.account();
  }

  private account(): void {
    const { arch, persistent } = this.rt;
    persistent.alloc(arch.sizes.addrRange * this.cap, arch.ptrSize, this.stat);
  }

  /** Accounts a copy of the ranges. @go runtime/mranges.go (*addrRanges).cloneInto */
  accountClone(): void {
    this.account();
  }

  /** Index of the first range that begins after `addr`. @go runtime/mranges.go (*addrRanges).findSucc */
  findSucc(addr: number): number {
    let bot = 0;
    let top = this.ranges.length;
    while (bot < top) {
      const mid = (bot + top) >>> 1;
      if (addr < this.ranges[mid]!.base) top = mid;
      else bot = mid + 1;
    }
    return top;
  }

  /** The least contained address from `addr` on, or -1. @go runtime/mranges.go (*addrRanges).findAddrGreaterEqual */
  findAddrGreaterEqual(addr: number): number {
    const i = this.findSucc(addr);
    if (i > 0 && addr < this.ranges[i - 1]!.limit) return addr;
    return i < this.ranges.length ? this.ranges[i]!.base : -1;
  }

  /** @go runtime/mranges.go (*addrRanges).contains */
  contains(addr: number): boolean {
    const i = this.findSucc(addr);
    return i > 0 && addr < this.ranges[i - 1]!.limit;
  }

  /** Adds a range that is in none of the others. @go runtime/mranges.go (*addrRanges).add */
  add(base: number, limit: number): void {
    if (limit <= base) throw_('attempted to add zero-sized address range');
    const { ranges } = this;
    const i = this.findSucc(base);
    const down = i > 0 && ranges[i - 1]!.limit === base;
    const up = i < ranges.length && limit === ranges[i]!.base;
    if (up && down) {
      ranges[i - 1]!.limit = ranges[i]!.limit;
      ranges.splice(i, 1);
    } else if (down) {
      ranges[i - 1]!.limit = limit;
    } else if (up) {
      ranges[i]!.base = base;
    } else {
      if (ranges.length + 1 > this.cap) {
        this.cap *= 2;
        this.account();
      }
      ranges.splice(i, 0, { base, limit });
    }
    this.totalBytes += limit - base;
  }
}
