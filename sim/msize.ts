import type { Arch } from './arch.ts';
import { classToSize, maxSmallSize, sizeToClass } from './sizeclasses.ts';
import { alignUp, pageSize } from './uintptr.ts';

/**
 * The greatest size whose pointer bits are kept in the span: one word of bits, so 512 B on 64-bit
 * and 128 B on 32-bit. @go runtime/mbitmap_allocheaders.go minSizeForMallocHeader
 */
function minSizeForMallocHeader(arch: Arch, allocHeaders: boolean): number {
  return allocHeaders ? arch.ptrSize * arch.ptrSize * 8 : Number.MAX_SAFE_INTEGER;
}

/**
 * Bytes that mallocgc would make usable for a request of `size` bytes: what append and the string
 * functions fill up to.
 *
 * @go runtime/msize_allocheaders.go roundupsize
 * @go runtime/msize_noallocheaders.go roundupsize
 */
export function roundupsize(
  arch: Arch,
  allocHeaders: boolean,
  size: number,
  noscan: boolean,
): number {
  if (allocHeaders) {
    if (size <= maxSmallSize - 8) {
      const header = !noscan && size > minSizeForMallocHeader(arch, true) ? 8 : 0;
      return classToSize[sizeToClass(size + header)]! - header;
    }
    return alignUp(size, pageSize);
  }
  if (size < maxSmallSize) return classToSize[sizeToClass(size)]!;
  return alignUp(size, pageSize);
}
