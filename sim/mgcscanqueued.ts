/**
 * Scanning of queued objects one after the other, with everything in local integers: what marking mostly does, and
 * V8 boxes an address that functions hand on.
 */
import { scanword } from './mgcscan.ts';
import type { GcWork } from './mgcwork.ts';
import { type MSpan, mSpanInUse } from './mspan.ts';
import type { Runtime } from './runtime2.ts';

const twoTo32 = 2 ** 32;
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
  let s: MSpan | null = null;
  // Of the span: its bytes and where they begin in `view`, and the 32 pointer bits that were read last.
  let spanBytes = 0;
  let spanAt = 0;
  let bitsAt = 0;
  let view = noView;
  let unit = -1;
  let unitBits = 0;
  // The object that was queued last, which is the next one.
  let nextSpan: MSpan | null = null;
  let nextOffset = 0;
  let wbuf = gcw.wbuf1;
  while (wbuf !== null && scanned < room) {
    const n = wbuf.nobj;
    if (n === 0 || (full.length === 0 && (n > 4 || gcw.wbuf2!.nobj !== 0))) break;
    let offset = nextOffset;
    if (nextSpan === null) {
      const b = wbuf.obj[n - 1]!;
      nextSpan = mheap.spanOf(b)!;
      offset = (b - nextSpan.startAddr) | 0;
    }
    if (nextSpan !== s) {
      s = nextSpan;
      if (s.heapBitsAddr === 0) break;
      spanBytes = s.npages << 13;
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
    wbuf.nobj = n - 1;
    nextSpan = null;
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
      const ha = mheap.lastArena;
      const inArena = hi * twoTo32 + lo - ha.base;
      const span = inArena >= 0 && inArena < heapArenaBytes ? ha.spans[inArena >>> 13]! : null;
      if (span === null || span.divMul === 0 || span.state !== mSpanInUse) {
        // Nil, a large object, or none of the arena's; it may take the last buffer or the last block of memory.
        if ((lo | hi) === 0) continue;
        nextSpan = null;
        scanword(rt, s, offset, at << 3, gcw);
        continue;
      }
      const start = (span.startAddr - ha.base) | 0;
      const inSpan = (inArena | 0) - start;
      const objIndex = ((inSpan * span.divMul) / twoTo32) >>> 0;
      if (start < 0 || inSpan < 0 || objIndex >= span.nelems) {
        nextSpan = null;
        scanword(rt, s, offset, at << 3, gcw);
        continue;
      }
      const mask = 1 << (objIndex & 7);
      const marks = span.gcmarkBits;
      const byte = marks[objIndex >>> 3]!;
      if ((byte & mask) !== 0) continue;
      const objOffset = Math.imul(objIndex, span.elemsize);
      if (span === s && objOffset === offset) continue;
      marks[objIndex >>> 3] = byte | mask;
      ha.pageMarks[start >>> 16]! |= 1 << ((start >>> 13) & 7);
      if ((span.spanclass & 1) !== 0) {
        marked += span.elemsize;
        continue;
      }
      gcw.putSlot(rt, span, objIndex);
      nextSpan = span;
      nextOffset = objOffset;
    }
    marked += elemsize;
    scanned += end << 3;
    wbuf = gcw.wbuf1;
  }
  gcw.bytesMarked += marked;
  gcw.heapScanWork += scanned;
  rt.nanotime += scanned * rt.gc.nsPerScanByte;
}
