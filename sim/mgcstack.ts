/**
 * What scanning one stack has found so far: the objects on it, and pointers into it that are yet to be
 * followed.
 *
 * @go runtime/mgcstack.go
 */
import type { Arch } from './arch.ts';
import { throw_ } from './errors.ts';
import type { Workbuf } from './mgcwork.ts';
import type { Runtime } from './runtime2.ts';
import type { StackFrame } from './traceback.ts';

type StackObject = NonNullable<StackFrame['stackObjects']>[number];

/** What scanning one stack has found: its objects, and pointers to them not yet followed. @go runtime/mgcstack.go stackScanState */
export class StackScanState {
  readonly lo: number;
  readonly hi: number;
  /** The next frame is scanned conservatively. */
  conservative = false;
  #buf: Workbuf | null = null;
  #cbuf: Workbuf | null = null;
  #freeBuf: Workbuf | null = null;
  /** Buffers that Go keeps the object records in; here they are in #objects. */
  readonly #objectBufs: Workbuf[] = [];
  readonly #objects: { off: number; r: StackObject | null; size: number }[] = [];
  /** True if the last {@link getPtr} came from a conservatively scanned word. */
  lastConservative = false;

  constructor(lo: number, hi: number) {
    this.lo = lo;
    this.hi = hi;
  }

  /** Notes a pointer into the stack. @go runtime/mgcstack.go (*stackScanState).putPtr */
  putPtr(rt: Runtime, p: number, conservative: boolean): void {
    if (p < this.lo || p >= this.hi) throw_('address not a stack address');
    const head = conservative ? this.#cbuf : this.#buf;
    let buf = head;
    if (buf === null || buf.nobj === buf.obj.length - 1) {
      if (buf !== null && this.#freeBuf !== null) {
        buf = this.#freeBuf;
        this.#freeBuf = null;
      } else {
        buf = rt.gc.work.bufs.getempty(rt);
      }
      buf.next = head;
      if (conservative) this.#cbuf = buf;
      else this.#buf = buf;
    }
    buf.obj[buf.nobj++] = p;
  }

  /** The next pointer to follow, precise ones first; 0 at the end. @go runtime/mgcstack.go (*stackScanState).getPtr */
  getPtr(rt: Runtime): number {
    const { bufs } = rt.gc.work;
    for (const conservative of [false, true]) {
      let buf = conservative ? this.#cbuf : this.#buf;
      if (buf === null) continue;
      if (buf.nobj === 0) {
        if (this.#freeBuf !== null) bufs.putempty(this.#freeBuf);
        this.#freeBuf = buf;
        buf = buf.next;
        this.#freeBuf.next = null;
        if (conservative) this.#cbuf = buf;
        else this.#buf = buf;
        if (buf === null) continue;
      }
      this.lastConservative = conservative;
      return buf.obj[--buf.nobj]!;
    }
    if (this.#freeBuf !== null) {
      bufs.putempty(this.#freeBuf);
      this.#freeBuf = null;
    }
    return 0;
  }

  /** Notes a stack object; they come in ascending order. @go runtime/mgcstack.go (*stackScanState).addObject */
  addObject(rt: Runtime, addr: number, r: StackObject): void {
    const off = addr - this.lo;
    const last = this.#objects.at(-1);
    if (last !== undefined && off < last.off + last.size) {
      throw_('objects added out of order or overlapping');
    }
    const perBuf = stackObjectsPerBuf(rt.arch);
    if (this.#objects.length % perBuf === 0) {
      this.#objectBufs.push(rt.gc.work.bufs.getempty(rt));
    }
    this.#objects.push({ off, size: r.size, r });
  }

  /** The object around `a` that was not scanned yet; it then counts as scanned. @go runtime/mgcstack.go (*stackScanState).findObject */
  takeObject(a: number): { addr: number; r: StackObject } | null {
    const off = a - this.lo;
    let lo = 0;
    let hi = this.#objects.length;
    while (lo < hi) {
      const mid = (lo + hi) >>> 1;
      const obj = this.#objects[mid]!;
      if (off >= obj.off + obj.size) lo = mid + 1;
      else hi = mid;
    }
    const obj = this.#objects[lo];
    if (obj === undefined || off < obj.off || obj.r === null) return null;
    const { r } = obj;
    obj.r = null;
    return { addr: this.lo + obj.off, r };
  }

  /** Gives the buffers of the object records back. */
  release(rt: Runtime): void {
    for (const buf of this.#objectBufs) rt.gc.work.bufs.putempty(buf);
    this.#objectBufs.length = 0;
  }
}

/** Object records that Go fits in a 2 KiB buffer. */
function stackObjectsPerBuf(arch: Arch): number {
  const header = 8 + 3 * arch.ptrSize;
  const record = 8 + 3 * arch.ptrSize;
  return Math.floor((2048 - header) / record);
}
