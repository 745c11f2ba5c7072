/**
 * Scanning of queued objects one after the other, with everything in local integers: what marking mostly does, and
 * V8 boxes an address that functions hand on.
 */
import { scanword } from './mgcscan.ts';
import type { GcWork } from './mgcwork.ts';
import { MSpan, mSpanInUse } from './mspan.ts';
import type { Runtime } from './runtime2.ts';

const twoTo32 = 2 ** 32;
const noSpan = new MSpan(0);
const noView: DataView = new DataView(new ArrayBuffer(0));

/**
 * Blackens what is queued until `scanWork` bytes of scan work wait to be published, or the next object needs more than
 * its scan: another buffer, work for other Ps, pointer bits outside its span, or someone who listens. Order and
 * counts are those of {@link GcWork.tryGet} and scanobject.
 */
export function scanQueued(rt: Runtime, gcw: GcWork, scanWork: number): void {
  const { memory, mheap } = rt;
  if (rt.observer !== undefined || !rt.allocHeaders || !memory.plainWords) return;
  const { full } = rt.gc.work.bufs;
  const { heapArenaBytes } = rt.arch;
  const room = scanWork - gcw.heapScanWork;
  let scanned = 0;
  let marked = 0;
  // The span of the object: its bytes, the halves of its address, where it begins in `view`, the 32 pointer bits that were read last.
  let s = noSpan;
  let spanBytes = 0;
  let spanHi = 0;
  let spanLo = 0;
  let spanAt = 0;
  let bitsAt = 0;
  let view = noView;
  let unit = -1;
  let unitBits = 0;
  // The object that was queued last and is the next one: it is put into the buffer only when another one is queued.
  let heldSpan: MSpan | null = null;
  let heldIndex = 0;
  while (scanned < room) {
    const wbuf = gcw.wbuf1;
    if (wbuf === null) break;
    const n = heldSpan === null ? wbuf.nobj : wbuf.nobj + 1;
    if (n === 0 || (full.length === 0 && (n > 4 || gcw.wbuf2!.nobj !== 0))) break;
    let next: MSpan;
    let offset: number;
    if (heldSpan === null) {
      const b = wbuf.obj[n - 1]!;
      next = mheap.spanOf(b)!;
      offset = (b - next.startAddr) | 0;
    } else {
      next = heldSpan;
      offset = Math.imul(heldIndex, next.elemsize);
    }
    if (next !== s) {
      s = next;
      if (s.heapBitsAddr === 0) break;
      spanBytes = s.npages << 13;
      spanHi = (s.startAddr / twoTo32) | 0;
      spanLo = s.startAddr >>> 0;
      view = memory.viewAt(s.startAddr);
      spanAt = (s.startAddr - memory.viewBase) | 0;
      if (spanAt + spanBytes > view.byteLength) break;
      bitsAt = spanAt + ((s.heapBitsAddr - s.startAddr) | 0);
      unit = -1;
    }
    const { elemsize } = s;
    const word = offset >>> 3;
    const words = elemsize >>> 3;
    if ((word & 31) + words > 32) break;
    if (heldSpan === null) wbuf.nobj = n - 1;
    heldSpan = null;
    if (word >>> 5 !== unit) {
      unit = word >>> 5;
      unitBits = view.getInt32(bitsAt + (unit << 2), true);
    }
    let bits = unitBits >>> (word & 31);
    if (words < 32) bits &= (1 << words) - 1;
    let end = 0;
    while (bits !== 0) {
      const at = 31 - Math.clz32(bits & -bits);
      bits &= bits - 1;
      end = at + 1;
      const from = spanAt + offset + (at << 3);
      const lo = view.getUint32(from, true);
      const hi = view.getUint32(from + 4, true);
      if ((lo | hi) === 0) continue;
      const ha = mheap.lastArena;
      let span: MSpan | null = s;
      let inSpan = lo - spanLo;
      if (hi !== spanHi || inSpan < 0 || inSpan >= spanBytes) {
        const inArena = hi * twoTo32 + lo - ha.base;
        span = inArena >= 0 && inArena < heapArenaBytes ? ha.spans[inArena >>> 13]! : null;
        inSpan = span === null ? -1 : (inArena | 0) - ((span.startAddr - ha.base) | 0);
      }
      const start = span === null ? -1 : (span.startAddr - ha.base) | 0;
      const objIndex = span === null ? -1 : ((inSpan * span.divMul) / twoTo32) | 0;
      if (
        span === null ||
        start < 0 ||
        start >= heapArenaBytes ||
        inSpan < 0 ||
        span.state !== mSpanInUse ||
        span.divMul === 0 ||
        objIndex >= span.nelems
      ) {
        // A large object, or none of the arena at hand.
        if (heldSpan !== null) gcw.putSlot(rt, heldSpan, heldIndex);
        heldSpan = null;
        scanword(rt, s, offset, at << 3, gcw);
        continue;
      }
      const mask = 1 << (objIndex & 7);
      const marks = span.gcmarkBits;
      const byte = marks[objIndex >>> 3]!;
      if ((byte & mask) !== 0) continue;
      if (span === s && Math.imul(objIndex, elemsize) === offset) continue;
      marks[objIndex >>> 3] = byte | mask;
      ha.pageMarks[start >>> 16]! |= 1 << ((start >>> 13) & 7);
      if ((span.spanclass & 1) !== 0) {
        marked += span.elemsize;
        continue;
      }
      if (heldSpan !== null) gcw.putSlot(rt, heldSpan, heldIndex);
      const top = gcw.wbuf1!;
      if (top.nobj < top.obj.length) {
        heldSpan = span;
        heldIndex = objIndex;
      } else {
        heldSpan = null;
        gcw.putSlot(rt, span, objIndex);
      }
    }
    marked += elemsize;
    scanned += end << 3;
  }
  if (heldSpan !== null) gcw.putSlot(rt, heldSpan, heldIndex);
  gcw.bytesMarked += marked;
  gcw.heapScanWork += scanned;
  rt.nanotime += scanned * rt.gc.nsPerScanByte;
}
