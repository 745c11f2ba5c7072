import type { Bitvector } from '../sim/stopped-world.ts';
import { DumpError } from './dump-error.ts';
import type { Uint64 } from './records.ts';

/** The error for a record that no stopped world of Go 1.22 would be written as. */
export function refuse(
  record: { offset: Uint64; kind: string; index: number },
  why: string,
): DumpError {
  const path = `${record.kind}#${record.index}`;
  return new DumpError(`${path}: cannot be loaded: ${why}`, {
    offset: Number(record.offset),
    path,
  });
}

/** No pointers. */
export const noBits: Bitvector = { n: 0, bytedata: new Uint8Array(0) };

/** A list of rising, aligned offsets as a bitmap; undefined if it is not one. */
export function bitmapOf(offsets: ArrayLike<Uint64>, ptrSize: number): Bitvector | undefined {
  if (offsets.length === 0) return noBits;
  const n = Math.floor(Number(offsets[offsets.length - 1]) / ptrSize) + 1;
  // A bitmap this large would not come from a frame or segment that was read.
  if (!(n <= 2 ** 31)) return undefined;
  let least = 0;
  for (let i = 0; i < offsets.length; i++) {
    const word = Number(offsets[i]) / ptrSize;
    if (word < least || word !== Math.floor(word)) return undefined;
    least = word + 1;
  }
  const bytedata = new Uint8Array((n + 7) >>> 3);
  for (let i = 0; i < offsets.length; i++) {
    const word = Number(offsets[i]) / ptrSize;
    bytedata[word >>> 3]! |= 1 << (word & 7);
  }
  return { n, bytedata };
}
