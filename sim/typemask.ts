/**
 * Where a type holds pointers: ptrBytes, pointer mask and GC program.
 *
 * @go cmd/compile/internal/types/size.go PtrDataSize, cmd/compile/internal/typebits/typebits.go Set,
 * cmd/compile/internal/reflectdata/reflect.go dgcptrmask, dgcprog
 */
import { runGCProg } from './gcprog.ts';
import { GcProgWriter } from './gcprogwriter.ts';
import { kind } from './kind.ts';
import type { Type } from './type.ts';
import { alignUp } from './uintptr.ts';

/** Bytes of the largest plain pointer mask; a type that needs more has a GC program. */
const maxPtrmaskBytes = 2048;

export interface PointerLayout {
  readonly ptrBytes: number;
  readonly gcdata: Uint8Array;
  readonly gcProg: boolean;
}

/** What Type says of its pointers, from its kind and parts. */
export function pointerLayout(t: Type, ptrSize: number, bigEndian: boolean): PointerLayout {
  const ptrBytes = ptrDataSize(t, ptrSize);
  const words = ptrBytes / ptrSize;
  if (words <= maxPtrmaskBytes * 8) {
    const gcdata = new Uint8Array(alignUp(Math.ceil(words / 8), ptrSize));
    setBits(t, 0, ptrSize, gcdata);
    return { ptrBytes, gcdata, gcProg: false };
  }
  const writer = new GcProgWriter();
  emit(t, 0, ptrSize, writer);
  return { ptrBytes: writer.index * ptrSize, gcdata: writer.end(bigEndian), gcProg: true };
}

/** A type's pointer mask, one bit a word up to ptrBytes, whichever way the type keeps it. */
export function pointerMask(t: Type, ptrSize: number): Uint8Array {
  if (!t.gcProg) return t.gcdata;
  const mask = new Uint8Array(alignUp(Math.ceil(t.ptrBytes / ptrSize / 8), ptrSize));
  runGCProg(t.gcdata, 4, mask);
  return mask;
}

function ptrDataSize(t: Type, ptrSize: number): number {
  switch (t.kind) {
    case kind.ptr:
    case kind.unsafePointer:
    case kind.func:
    case kind.chan:
    case kind.map:
    case kind.string:
    case kind.slice:
      return ptrSize;
    case kind.interface:
      return 2 * ptrSize;
    case kind.array: {
      const last = t.len === 0 ? 0 : ptrDataSize(t.elem!, ptrSize);
      return last === 0 ? 0 : (t.len! - 1) * t.elem!.size + last;
    }
    case kind.struct: {
      const f = t.fields!.findLast(({ type }) => type.ptrBytes > 0);
      return f === undefined ? 0 : f.offset + ptrDataSize(f.type, ptrSize);
    }
    default:
      return 0;
  }
}

/** The word that holds the pointer in a type that is neither array nor struct. */
function simplePointer(t: Type): number {
  return t.kind === kind.interface ? 1 : 0;
}

function setBits(t: Type, offset: number, ptrSize: number, mask: Uint8Array): void {
  if (ptrDataSize(t, ptrSize) === 0) return;
  switch (t.kind) {
    case kind.array:
      for (let i = 0; i < t.len!; i++) setBits(t.elem!, offset + i * t.elem!.size, ptrSize, mask);
      return;
    case kind.struct:
      for (const f of t.fields!) setBits(f.type, offset + f.offset, ptrSize, mask);
      return;
    default: {
      const word = offset / ptrSize + simplePointer(t);
      mask[word >> 3]! |= 1 << (word & 7);
    }
  }
}

function emit(t: Type, offset: number, ptrSize: number, w: GcProgWriter): void {
  if (ptrDataSize(t, ptrSize) === 0) return;
  if (t.kind === kind.struct && t.size !== ptrSize) {
    for (const f of t.fields!) emit(f.type, offset + f.offset, ptrSize, w);
    return;
  }
  if (t.kind !== kind.array || t.size === ptrSize) {
    w.ptr(offset / ptrSize + simplePointer(t));
    return;
  }
  let count = t.len!;
  let elem = t.elem!;
  while (elem.kind === kind.array) {
    count *= elem.len!;
    elem = elem.elem!;
  }
  if (!GcProgWriter.shouldRepeat(elem.size / ptrSize, count)) {
    for (let i = 0; i < count; i++) emit(elem, offset + i * elem.size, ptrSize, w);
    return;
  }
  emit(elem, offset, ptrSize, w);
  w.zeroUntil((offset + elem.size) / ptrSize);
  w.repeat(elem.size / ptrSize, count - 1);
}
