/**
 * Buffers of grey objects: each P fills two of its own and trades full ones with the rest.
 *
 * Buffers are cut from manual spans of 32 KiB, so marking moves what is allocated after it.
 *
 * @go runtime/mgcwork.go
 */
import { throw_ } from './errors.ts';
import { type MSpan, spanAllocWorkBuf } from './mspan.ts';
import type { Runtime } from './runtime2.ts';
import { pageSize } from './uintptr.ts';

/** Bytes of a buffer with its header. */
const workbufSize = 2048;
/** Bytes of the spans that buffers are cut from. */
export const workbufAlloc = 32 * 1024;

const GCoff = 0;
const freeBatchSize = 64;

/** A buffer of grey objects' addresses, filled and drained from its end. @go runtime/mgcwork.go workbuf */
export class Workbuf {
  readonly addr: number;
  readonly obj: Float64Array;
  nobj = 0;
  /** Next buffer of a stackWorkBuf or stackObjectBuf chain. */
  next: Workbuf | null = null;

  constructor(addr: number, capacity: number) {
    this.addr = addr;
    this.obj = new Float64Array(capacity);
  }
}

/** Objects that fit in one buffer. */
function workbufCapacity(ptrSize: number): number {
  const header = 8 + 2 * ptrSize;
  return (workbufSize - header) / ptrSize;
}

/** The buffers shared by all Ps, both stacks last in first out. @go runtime/mgc.go workType */
export class WorkbufPool {
  full: Workbuf[] = [];
  empty: Workbuf[] = [];
  /** Spans of buffers: `free` ones hold none in use, the first is taken first. */
  freeSpans: MSpan[] = [];
  busySpans: MSpan[] = [];

  /** An empty buffer, from a new span if need be. @go runtime/mgcwork.go getempty */
  getempty(rt: Runtime): Workbuf {
    const pooled = this.empty.pop();
    if (pooled !== undefined) {
      if (pooled.nobj !== 0) throw_('workbuf is not empty');
      return pooled;
    }
    const s =
      this.freeSpans.shift() ?? rt.mheap.allocManual(workbufAlloc / pageSize, spanAllocWorkBuf);
    if (s === null) throw_('out of memory');
    this.busySpans.unshift(s);
    const capacity = workbufCapacity(rt.arch.ptrSize);
    const first = new Workbuf(s.base(), capacity);
    for (let i = workbufSize; i + workbufSize <= workbufAlloc; i += workbufSize) {
      this.putempty(new Workbuf(s.base() + i, capacity));
    }
    return first;
  }

  /** @go runtime/mgcwork.go putempty */
  putempty(b: Workbuf): void {
    if (b.nobj !== 0) throw_('workbuf is not empty');
    this.empty.push(b);
  }

  /** @go runtime/mgcwork.go putfull */
  putfull(b: Workbuf): void {
    if (b.nobj === 0) throw_('workbuf is empty');
    this.full.push(b);
  }

  /** @go runtime/mgcwork.go trygetfull */
  trygetfull(): Workbuf | null {
    return this.full.pop() ?? null;
  }

  /** Splits off the upper half of `b` for its owner and publishes the rest. @go runtime/mgcwork.go handoff */
  handoff(rt: Runtime, b: Workbuf): Workbuf {
    const b1 = this.getempty(rt);
    const n = Math.floor(b.nobj / 2);
    b.nobj -= n;
    b1.nobj = n;
    b1.obj.set(b.obj.subarray(b.nobj, b.nobj + n));
    this.putfull(b);
    return b1;
  }

  /** Forgets all buffers; their spans wait to be freed. @go runtime/mgcwork.go prepareFreeWorkbufs */
  prepareFreeWorkbufs(): void {
    if (this.full.length !== 0) throw_('cannot free workbufs when work.full != 0');
    this.empty = [];
    this.freeSpans = this.busySpans.concat(this.freeSpans);
    this.busySpans = [];
  }

  /** Frees up to 64 spans; true while more are left. @go runtime/mgcwork.go freeSomeWbufs */
  freeSomeWbufs(rt: Runtime): boolean {
    if (rt.gc.gcphase !== GCoff || this.freeSpans.length === 0) return false;
    for (let i = 0; i < freeBatchSize; i++) {
      const span = this.freeSpans.shift();
      if (span === undefined) break;
      rt.mheap.freeManual(span, spanAllocWorkBuf);
    }
    return this.freeSpans.length !== 0;
  }
}

/**
 * A P's end of the grey queue. Invariant: wbuf1 and wbuf2 are both null or both not.
 *
 * @go runtime/mgcwork.go gcWork
 */
export class GcWork {
  wbuf1: Workbuf | null = null;
  wbuf2: Workbuf | null = null;
  /** Bytes blackened and not yet in work.bytesMarked. */
  bytesMarked = 0;
  /** Scan work done and not yet in the controller's heapScanWork. */
  heapScanWork = 0;
  /** Work was published since the flag was last cleared. */
  flushedWork = false;
  readonly #pool: WorkbufPool;

  constructor(pool: WorkbufPool) {
    this.#pool = pool;
  }

  #init(rt: Runtime): Workbuf {
    this.wbuf1 = this.#pool.getempty(rt);
    this.wbuf2 = this.#pool.trygetfull() ?? this.#pool.getempty(rt);
    return this.wbuf1;
  }

  /** Queues a grey object. @go runtime/mgcwork.go (*gcWork).put */
  put(rt: Runtime, obj: number): void {
    const wbuf = this.#room(rt);
    wbuf.obj[wbuf.nobj++] = obj;
  }

  /** Queues the object `index` of a span. */
  putSlot(rt: Runtime, span: MSpan, index: number): void {
    const wbuf = this.#room(rt);
    wbuf.obj[wbuf.nobj++] = span.startAddr + index * span.elemsize;
  }

  /** The buffer that takes the next object. */
  #room(rt: Runtime): Workbuf {
    let wbuf = this.wbuf1;
    if (wbuf === null) {
      wbuf = this.#init(rt);
    } else if (wbuf.nobj === wbuf.obj.length) {
      this.wbuf1 = this.wbuf2;
      this.wbuf2 = wbuf;
      wbuf = this.wbuf1!;
      if (wbuf.nobj === wbuf.obj.length) {
        this.#pool.putfull(wbuf);
        this.flushedWork = true;
        wbuf = this.#pool.getempty(rt);
        this.wbuf1 = wbuf;
      }
    }
    return wbuf;
  }

  /** Queues the first `n` objects of `obj`. @go runtime/mgcwork.go (*gcWork).putBatch */
  putBatch(rt: Runtime, obj: Float64Array, n: number): void {
    if (n === 0) return;
    let wbuf = this.wbuf1 ?? this.#init(rt);
    for (let i = 0; i < n; ) {
      while (wbuf.nobj === wbuf.obj.length) {
        this.#pool.putfull(wbuf);
        this.flushedWork = true;
        this.wbuf1 = this.wbuf2;
        this.wbuf2 = this.#pool.getempty(rt);
        wbuf = this.wbuf1!;
      }
      const count = Math.min(n - i, wbuf.obj.length - wbuf.nobj);
      wbuf.obj.set(obj.subarray(i, i + count), wbuf.nobj);
      wbuf.nobj += count;
      i += count;
    }
  }

  /** The next object to scan, or 0. @go runtime/mgcwork.go (*gcWork).tryGet */
  tryGet(rt: Runtime): number {
    const wbuf = this.#filled(rt);
    return wbuf === null ? 0 : wbuf.obj[--wbuf.nobj]!;
  }

  /** The buffer that has the next object; null: there is none. */
  #filled(rt: Runtime): Workbuf | null {
    let wbuf = this.wbuf1 ?? this.#init(rt);
    if (wbuf.nobj === 0) {
      this.wbuf1 = this.wbuf2;
      this.wbuf2 = wbuf;
      wbuf = this.wbuf1!;
      if (wbuf.nobj === 0) {
        const full = this.#pool.trygetfull();
        if (full === null) return null;
        this.#pool.putempty(wbuf);
        wbuf = full;
        this.wbuf1 = full;
      }
    }
    return wbuf;
  }

  /** Gives both buffers and the counts back. @go runtime/mgcwork.go (*gcWork).dispose */
  dispose(rt: Runtime): void {
    if (this.wbuf1 !== null) {
      this.#release(this.wbuf1);
      this.wbuf1 = null;
      this.#release(this.wbuf2!);
      this.wbuf2 = null;
    }
    rt.gc.work.bytesMarked += this.bytesMarked;
    this.bytesMarked = 0;
    rt.gcController.heapScanWork += this.heapScanWork;
    this.heapScanWork = 0;
  }

  #release(wbuf: Workbuf): void {
    if (wbuf.nobj === 0) {
      this.#pool.putempty(wbuf);
    } else {
      this.#pool.putfull(wbuf);
      this.flushedWork = true;
    }
  }

  /** Publishes some work for others, if there is enough. @go runtime/mgcwork.go (*gcWork).balance */
  balance(rt: Runtime): void {
    if (this.wbuf1 === null) return;
    if (this.wbuf2!.nobj !== 0) {
      this.#pool.putfull(this.wbuf2!);
      this.flushedWork = true;
      this.wbuf2 = this.#pool.getempty(rt);
    } else if (this.wbuf1.nobj > 4) {
      this.wbuf1 = this.#pool.handoff(rt, this.wbuf1);
      this.flushedWork = true;
    }
  }

  /** True if no object waits here. @go runtime/mgcwork.go (*gcWork).empty */
  empty(): boolean {
    return this.wbuf1 === null || (this.wbuf1.nobj === 0 && this.wbuf2!.nobj === 0);
  }
}
