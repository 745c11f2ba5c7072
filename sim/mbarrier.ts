/**
 * Copying and clearing of typed memory, with the write barrier's bulk forms.
 *
 * @go runtime/mbarrier.go
 */
import { heapBitsForAddr, typePointersOf } from './mbitmap.ts';
import { mSpanInUse } from './mspan.ts';
import type { Runtime } from './runtime2.ts';
import type { Type } from './type.ts';

/** Copies a value of type `typ` from `src` to `dst`. @go runtime/mbarrier.go typedmemmove */
export function typedmemmove(rt: Runtime, typ: Type, dst: number, src: number): void {
  if (dst === src) return;
  if (rt.gc.writeBarrierEnabled && typ.ptrBytes !== 0) {
    bulkBarrierPreWrite(rt, dst, src, typ.ptrBytes);
  }
  rt.memory.copy(dst, src, typ.size);
}

/** Clears a value of type `typ`. @go runtime/mbarrier.go typedmemclr */
export function typedmemclr(rt: Runtime, typ: Type, ptr: number): void {
  if (rt.gc.writeBarrierEnabled && typ.ptrBytes !== 0) {
    bulkBarrierPreWrite(rt, ptr, 0, typ.ptrBytes);
  }
  rt.memory.clear(ptr, typ.size);
}

/** Clears `n` bytes of memory that holds pointers. @go runtime/mbarrier.go memclrHasPointers */
export function memclrHasPointers(rt: Runtime, ptr: number, n: number): void {
  bulkBarrierPreWrite(rt, ptr, 0, n);
  rt.memory.clear(ptr, n);
}

/**
 * Copies as many elements as both slices have; the slices may overlap. Returns their number.
 *
 * @go runtime/mbarrier.go typedslicecopy, runtime/slice.go slicecopy
 */
export function typedslicecopy(
  rt: Runtime,
  typ: Type,
  dst: number,
  dstLen: number,
  src: number,
  srcLen: number,
): number {
  const n = Math.min(dstLen, srcLen);
  if (n === 0 || dst === src) return n;
  const size = n * typ.size;
  if (rt.gc.writeBarrierEnabled && typ.ptrBytes !== 0) {
    bulkBarrierPreWrite(rt, dst, src, size - typ.size + typ.ptrBytes);
  }
  rt.memory.copy(dst, src, size);
  return n;
}

/**
 * The barrier for a copy of `size` bytes from `src` (0: clearing) to `dst`, before it happens.
 * Where `dst` is neither heap object nor global there is no barrier.
 *
 * @go runtime/mbitmap_allocheaders.go bulkBarrierPreWrite
 */
export function bulkBarrierPreWrite(rt: Runtime, dst: number, src: number, size: number): void {
  if (!rt.gc.writeBarrierEnabled || size === 0) return;
  const { memory, mheap, firstmoduledata: md } = rt;
  const barrier = (slot: number): void => {
    const value = src === 0 ? 0 : memory.readUintptr(src + (slot - dst));
    rt.gc.gcWriteBarrier(rt, memory.readUintptr(slot), value);
  };
  const s = mheap.spanOf(dst);
  if (s === null) {
    const inData = md.data <= dst && dst < md.edata;
    if (!inData && !(md.bss <= dst && dst < md.ebss)) return;
    const mask = inData ? md.gcdatamask.bytedata : md.gcbssmask.bytedata;
    const first = (dst - (inData ? md.data : md.bss)) / rt.arch.ptrSize;
    for (let i = 0; i < size / rt.arch.ptrSize; i++) {
      const word = first + i;
      if ((mask[word >>> 3]! >>> (word & 7)) & 1) barrier(dst + i * rt.arch.ptrSize);
    }
    return;
  }
  if (s.state !== mSpanInUse || dst < s.base() || s.limit <= dst || s.noscan()) return;
  const cursor = rt.allocHeaders ? typePointersOf(rt, dst, size) : heapBitsForAddr(rt, dst, size);
  for (let slot = cursor.next(); slot !== 0; slot = cursor.next()) barrier(slot);
}
