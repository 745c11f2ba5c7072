/**
 * Copying and clearing of typed memory, with the write barrier's bulk forms.
 *
 * @go runtime/mbarrier.go
 */
import type { Runtime } from './runtime2.ts';
import type { Type } from './type.ts';

/** Copies a value of type `typ` from `src` to `dst`. @go runtime/mbarrier.go typedmemmove */
export function typedmemmove(rt: Runtime, typ: Type, dst: number, src: number): void {
  if (dst === src) return;
  if (rt.gc.writeBarrierEnabled && typ.ptrBytes !== 0) {
    rt.gc.bulkBarrierPreWrite(rt, dst, src, typ.ptrBytes);
  }
  rt.memory.copy(dst, src, typ.size);
}

/** Clears a value of type `typ`. @go runtime/mbarrier.go typedmemclr */
export function typedmemclr(rt: Runtime, typ: Type, ptr: number): void {
  if (rt.gc.writeBarrierEnabled && typ.ptrBytes !== 0) {
    rt.gc.bulkBarrierPreWrite(rt, ptr, 0, typ.ptrBytes);
  }
  rt.memory.clear(ptr, typ.size);
}

/** Clears `n` bytes of memory that holds pointers. @go runtime/mbarrier.go memclrHasPointers */
export function memclrHasPointers(rt: Runtime, ptr: number, n: number): void {
  rt.gc.bulkBarrierPreWrite(rt, ptr, 0, n);
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
    rt.gc.bulkBarrierPreWrite(rt, dst, src, size - typ.size + typ.ptrBytes);
  }
  rt.memory.copy(dst, src, size);
  return n;
}
