/** What mallocgc makes of a size, step by step. */
import type { Arch } from '../../sim/arch.ts';
import {
  classToAllocnpages,
  classToSize,
  makeSpanClass,
  maxSmallSize,
  maxTinySize,
  sizeToClass,
  smallSizeMax,
  tinySpanClass,
} from '../../sim/sizeclasses.ts';
import { alignUp, pageSize } from '../../sim/uintptr.ts';

/** How a request for `size` bytes is served. */
export interface Classing {
  readonly size: number;
  readonly pointers: boolean;
  /** zero: no memory; tiny: a part of a block; small: a slot; large: a span of its own. */
  readonly path: 'zero' | 'tiny' | 'small' | 'large';
  /** Bytes of malloc header before the object. */
  readonly header: number;
  /** The table that gives the class of a small object, and the place in it. */
  readonly table: 'size_to_class8' | 'size_to_class128' | undefined;
  readonly index: number;
  /** 0 for large objects. */
  readonly sizeclass: number;
  readonly spanclass: number;
  /** Bytes that are used up: the slot, the block, or the pages. */
  readonly slot: number;
  /** Bytes of it that neither the object nor its header takes. A tiny object's neighbours may take them. */
  readonly unused: number;
  readonly spanPages: number;
  /** Slots of a new span. */
  readonly slots: number;
  /** Bytes of pointer bits at its end. */
  readonly heapBits: number;
  readonly tail: number;
}

export interface ClassingTarget {
  readonly arch: Arch;
  readonly allocHeaders: boolean;
}

/** Slots of a fresh span of a class, what its pointer bits take, and what is left over. */
export function spanLayout(
  { arch, allocHeaders }: ClassingTarget,
  sizeclass: number,
  noscan: boolean,
): { spanPages: number; slots: number; heapBits: number; tail: number } {
  const spanPages = classToAllocnpages[sizeclass]!;
  const bytes = spanPages * pageSize;
  const size = classToSize[sizeclass]!;
  const inSpan = allocHeaders && !noscan && size <= arch.ptrSize * arch.ptrSize * 8;
  const heapBits = inSpan ? bytes / arch.ptrSize / 8 : 0;
  const slots = Math.floor((bytes - heapBits) / size);
  return { spanPages, slots, heapBits, tail: bytes - heapBits - slots * size };
}

/**
 * How mallocgc serves a request. `pointers`: the type has some.
 *
 * @go runtime/malloc.go mallocgc
 */
export function classing(target: ClassingTarget, size: number, pointers: boolean): Classing {
  const { arch, allocHeaders } = target;
  const common = { size, pointers };
  const none = { table: undefined, index: 0, header: 0 } as const;
  if (size === 0) {
    return {
      ...common,
      ...none,
      ...noSpan,
      path: 'zero',
      sizeclass: 0,
      spanclass: 0,
      slot: 0,
      unused: 0,
    };
  }
  if (size > (allocHeaders ? maxSmallSize - 8 : maxSmallSize)) {
    const slot = alignUp(size, pageSize);
    const spanPages = slot / pageSize;
    const spanclass = makeSpanClass(0, !pointers);
    const span = { spanPages, slots: 1, heapBits: 0, tail: 0 };
    return {
      ...common,
      ...none,
      ...span,
      path: 'large',
      sizeclass: 0,
      spanclass,
      slot,
      unused: slot - size,
    };
  }
  if (!pointers && size < maxTinySize) {
    const sizeclass = tinySpanClass >> 1;
    const span = spanLayout(target, sizeclass, true);
    const slot = maxTinySize;
    return {
      ...common,
      ...none,
      ...span,
      path: 'tiny',
      sizeclass,
      spanclass: tinySpanClass,
      slot,
      unused: slot - size,
    };
  }
  const header = allocHeaders && pointers && size > arch.ptrSize * arch.ptrSize * 8 ? 8 : 0;
  const request = size + header;
  const fine = request <= smallSizeMax - 8;
  const sizeclass = sizeToClass(request);
  const slot = classToSize[sizeclass]!;
  return {
    ...common,
    path: 'small',
    header,
    table: fine ? 'size_to_class8' : 'size_to_class128',
    index: fine ? (request + 7) >> 3 : (request - smallSizeMax + 127) >> 7,
    sizeclass,
    spanclass: makeSpanClass(sizeclass, !pointers),
    slot,
    unused: slot - request,
    ...spanLayout(target, sizeclass, !pointers),
  };
}

const noSpan = { spanPages: 0, slots: 0, heapBits: 0, tail: 0 } as const;

/** The greatest size of the same kind that takes a smaller slot; 0 where there is none. */
export function nextSmaller(target: ClassingTarget, c: Classing): number {
  if (c.path === 'zero' || c.path === 'tiny') return 0;
  let size = c.slot - (c.path === 'large' ? pageSize : 1);
  while (size > 0 && classing(target, size, c.pointers).slot >= c.slot) size--;
  return size;
}
