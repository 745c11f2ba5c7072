/**
 * The write barrier's buffers: each P gathers the pointers that its barriers see and greys them in batches.
 *
 * @go runtime/mwbbuf.go
 */
import { findObject } from './mbitmap.ts';
import { markSpan } from './mgcscan.ts';
import type { P, Runtime } from './runtime2.ts';

const wbBufEntries = 512;
const minLegalPointer = 4096;

/** Pointers that the write barrier has seen, yet to be greyed. @go runtime/mwbbuf.go wbBuf */
interface WbBuf {
  readonly buf: Float64Array;
  n: number;
}

/** The buffers of all Ps. */
export class WbBufs {
  readonly #bufs: WbBuf[] = [];

  #of(pp: P | null): WbBuf {
    const id = pp === null ? 0 : pp.id;
    let wbBuf = this.#bufs[id];
    if (wbBuf === undefined) {
      wbBuf = { buf: new Float64Array(wbBufEntries), n: 0 };
      this.#bufs[id] = wbBuf;
    }
    return wbBuf;
  }

  /** Room for the two pointers of a barrier, taken. @go runtime/mwbbuf.go (*wbBuf).get2 */
  get2(rt: Runtime, pp: P | null, old: number, value: number): void {
    const wbBuf = this.#of(pp);
    if (wbBuf.n + 2 > wbBuf.buf.length) this.flush1(rt, pp);
    wbBuf.buf[wbBuf.n++] = old;
    wbBuf.buf[wbBuf.n++] = value;
  }

  /** Greys what the barriers of a P have seen. @go runtime/mwbbuf.go wbBufFlush1 */
  flush1(rt: Runtime, pp: P | null): void {
    const wbBuf = this.#of(pp);
    if (wbBuf.n === 0) return;
    const gcw = rt.gc.gcwOf(pp);
    rt.observer?.onEvent({ name: 'wbBufFlush', pointers: wbBuf.n });
    let pos = 0;
    for (let i = 0; i < wbBuf.n; i++) {
      const ptr = wbBuf.buf[i]!;
      if (ptr < minLegalPointer) continue;
      const { base, span, objIndex } = findObject(rt, ptr);
      if (base === 0 || span === null || span.isMarked(objIndex)) continue;
      span.setMarked(objIndex);
      markSpan(rt, span);
      rt.observer?.onEvent({ name: 'greyobject', addr: base, span: span.startAddr });
      if (span.noscan()) gcw.bytesMarked += span.elemsize;
      else wbBuf.buf[pos++] = base;
    }
    gcw.putBatch(rt, wbBuf.buf, pos);
    wbBuf.n = 0;
  }
}
