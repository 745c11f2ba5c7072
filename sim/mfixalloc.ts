/**
 * Off-heap memory for the runtime's own structures.
 *
 * @go runtime/mfixalloc.go, runtime/malloc.go persistentalloc
 */
import { throw_ } from './errors.ts';
import { sysAlloc, sysMap, sysMemStatAdd, sysUsed } from './mem.ts';
import type { SysMemStat } from './mstats.ts';
import type { P, Runtime } from './runtime2.ts';
import { alignUp, pageSize } from './uintptr.ts';

/** @go runtime/malloc.go persistentChunkSize */
const persistentChunkSize = 256 << 10;
/** Requests from this size on go to the OS directly. */
const maxBlock = 64 << 10;
/** @go runtime/malloc.go _FixAllocChunk */
const fixAllocChunk = 16 << 10;

/** The chunk that a P, or the whole runtime where there is no P, carves from. */
interface PersistentChunk {
  base: number;
  off: number;
}

/** Memory that is never freed. @go runtime/malloc.go persistentAlloc */
export class PersistentAlloc {
  private readonly rt: Runtime;
  private readonly globalAlloc: PersistentChunk = { base: 0, off: 0 };
  private readonly palloc = new Map<P, PersistentChunk>();

  constructor(rt: Runtime) {
    this.rt = rt;
  }

  /**
   * `size` bytes at a multiple of `align` (a power of 2 up to a page; 0 means 8), accounted to `stat`.
   *
   * @go runtime/malloc.go persistentalloc1
   */
  alloc(size: number, align: number, stat: SysMemStat): number {
    const { rt } = this;
    if (size === 0) throw_('persistentalloc: size == 0');
    if ((align & (align - 1)) !== 0) throw_('persistentalloc: align is not a power of 2');
    if (align > pageSize) throw_('persistentalloc: align is too large');
    const a = align === 0 ? 8 : align;
    if (size >= maxBlock) return sysAlloc(rt, size, stat);
    const persistent = this.chunkOf(rt.m.p);
    persistent.off = alignUp(persistent.off, a);
    if (persistent.off + size > persistentChunkSize || persistent.base === 0) {
      persistent.base = sysAlloc(rt, persistentChunkSize, 'otherSys');
      persistent.off = alignUp(rt.arch.ptrSize, a);
    }
    const p = persistent.base + persistent.off;
    persistent.off += size;
    if (stat !== 'otherSys') {
      sysMemStatAdd(rt.memstats, stat, size);
      sysMemStatAdd(rt.memstats, 'otherSys', -size);
    }
    return p;
  }

  private chunkOf(pp: P | null): PersistentChunk {
    if (pp === null) return this.globalAlloc;
    let chunk = this.palloc.get(pp);
    if (chunk === undefined) {
      chunk = { base: 0, off: 0 };
      this.palloc.set(pp, chunk);
    }
    return chunk;
  }
}

/**
 * A free list of structures of one size, carved from 16 KiB chunks; last freed, first reused. A structure is what the
 * model has in its place: an object, or no more than its address.
 *
 * @go runtime/mfixalloc.go fixalloc
 */
export class Fixalloc<T> {
  readonly size: number;
  /** Bytes of the structures in use. */
  inuse = 0;
  private readonly rt: Runtime;
  private readonly stat: SysMemStat;
  /** Makes the structure at an address, on its first allocation. */
  private readonly first: (p: number) => T;
  private readonly list: T[] = [];
  private chunk = 0;
  private nchunk = 0;
  private readonly nalloc: number;

  constructor(rt: Runtime, size: number, first: (p: number) => T, stat: SysMemStat) {
    if (size > fixAllocChunk) throw_('runtime: fixalloc size too large');
    this.rt = rt;
    this.size = Math.max(size, rt.arch.ptrSize);
    this.first = first;
    this.stat = stat;
    this.nalloc = Math.floor(fixAllocChunk / this.size) * this.size;
  }

  /** @go runtime/mfixalloc.go (*fixalloc).alloc */
  alloc(): T {
    const reused = this.list.pop();
    if (reused !== undefined) {
      this.inuse += this.size;
      return reused;
    }
    if (this.nchunk < this.size) {
      this.chunk = this.rt.persistent.alloc(this.nalloc, 0, this.stat);
      this.nchunk = this.nalloc;
    }
    const v = this.first(this.chunk);
    this.chunk += this.size;
    this.nchunk -= this.size;
    this.inuse += this.size;
    return v;
  }

  /** @go runtime/mfixalloc.go (*fixalloc).free */
  free(v: T): void {
    this.inuse -= this.size;
    this.list.push(v);
  }
}

/**
 * Hands out a reserved range from its start, mapping it page by page as it goes if `mapMemory`.
 *
 * @go runtime/malloc.go linearAlloc
 */
export class LinearAlloc {
  next = 0;
  end = 0;
  private mapped = 0;
  private mapMemory = false;

  init(base: number, size: number, mapMemory: boolean): void {
    this.next = base;
    this.mapped = base;
    this.end = base + size;
    this.mapMemory = mapMemory;
  }

  /** 0 where the range is used up. @go runtime/malloc.go (*linearAlloc).alloc */
  alloc(rt: Runtime, size: number, align: number, stat: SysMemStat): number {
    const p = alignUp(this.next, align);
    if (p + size > this.end) return 0;
    this.next = p + size;
    const pEnd = alignUp(this.next - 1, rt.arch.physPageSize);
    if (pEnd > this.mapped) {
      if (this.mapMemory) {
        const n = pEnd - this.mapped;
        sysMap(rt, this.mapped, n, stat);
        sysUsed(rt, this.mapped, n, n);
      }
      this.mapped = pEnd;
    }
    return p;
  }
}
