/** What the objects of a dump tell of the spans that they lie in. Inferred: a dump holds no spans. */
import type { DumpRecord, ObjectView, Text } from '../../dump/index.ts';
import { mallocHeaderSize } from '../../sim/mbitmap.ts';
import { classToAllocnpages, classToSize, maxSmallSize } from '../../sim/sizeclasses.ts';
import { pageSize } from '../../sim/uintptr.ts';

const classBySize = new Map(Array.from(classToSize, (size, i) => [size, i] as const));

/** A span as its objects suggest it. */
export interface InferredSpan {
  readonly address: number;
  readonly pages: number;
  /** 0 for a size that is of no class: a large object. */
  readonly sizeclass: number;
  readonly elemsize: number;
  /** Objects in it. Pointer bits at its end, which Go writes as objects too, are none. */
  readonly objects: number;
  /** Slots for objects. */
  readonly slots: number;
  readonly withPointers: number;
  /** No object in it has a pointer, nor has it room for their bits. */
  readonly noscan: boolean;
  /** Bytes at its end that hold its objects' pointer bits. */
  readonly heapBits: number;
}

type Open = { -readonly [K in keyof InferredSpan]: InferredSpan[K] } & {
  /** Objects whose places the pointer bits take, if it has them. */
  inBits: number;
};

/** Groups a dump's objects: those of one size that follow each other in a stretch of a span's length. */
export class SpanInference {
  readonly #spans: Open[] = [];
  #open: Open | undefined;
  #ptrSize = 8;
  #goVersion: Text = '';
  /** A small object too large for bits in its span begins with a pointer: there are no headers. */
  #noHeaders = false;

  /** Call it with the records of a dump in their order, or with its params alone. */
  record(record: Exclude<DumpRecord, { kind: 'object' }>): void {
    if (record.kind !== 'params') return;
    this.#ptrSize = record.pointerSize === 4 ? 4 : 8;
    this.#goVersion = record.goVersion;
  }

  /** Call it with each object, in their order. */
  object({ address, size, pointers, pointerCount }: ObjectView): void {
    if (size === 0) return;
    const at = Number(address);
    let open = this.#open;
    if (
      open === undefined ||
      open.elemsize !== size ||
      at >= open.address + open.pages * pageSize ||
      at < open.address
    ) {
      open = opened(at, size);
      this.#open = open;
      this.#spans.push(open);
    }
    open.objects++;
    if (pointerCount > 0) open.withPointers++;
    if (this.#canHaveBits(open)) {
      const slot = Math.floor((at - open.address) / size);
      if (slot >= this.#slotsBesideBits(open)) open.inBits++;
    }
    const isSmall = size > this.#mostWithBits && size < maxSmallSize;
    if (isSmall && pointerCount > 0 && pointers[0] === 0) this.#noHeaders = true;
  }

  /** Whether the program has malloc headers, and pointer bits in its small spans: Go 1.22 and later, if built as usual. */
  get allocHeaders(): boolean {
    if (this.#noHeaders) return false;
    const text = String(this.#goVersion);
    const minor = /^go1\.(\d+)/.exec(text)?.[1];
    return minor !== undefined && Number(minor) >= 22 && !text.includes('X:noallocheaders');
  }

  /** Bytes of malloc header before each object of a span. */
  headerOf({ sizeclass, elemsize, withPointers }: InferredSpan): number {
    const has = withPointers > 0 && sizeclass > 0 && elemsize > this.#mostWithBits;
    return has && this.allocHeaders ? mallocHeaderSize : 0;
  }

  /** The spans by address. */
  spans(): InferredSpan[] {
    const { allocHeaders } = this;
    const spans = this.#spans.map(({ inBits, ...span }) => {
      const hasBits = allocHeaders && this.#canHaveBits(span);
      // All that it has lies where an empty span with pointers has its bits: taken for such a one.
      const isEmpty =
        span.objects === inBits && inBits === span.slots - this.#slotsBesideBits(span);
      const noscan = span.withPointers === 0 && !(hasBits && isEmpty);
      if (!hasBits || noscan) return { ...span, noscan };
      return {
        ...span,
        noscan,
        objects: span.objects - inBits,
        slots: this.#slotsBesideBits(span),
        heapBits: this.#bitsBytes(span),
      };
    });
    return spans.sort((a, b) => a.address - b.address);
  }

  /** The greatest size of objects that have their pointer bits in the span. */
  get #mostWithBits(): number {
    return this.#ptrSize * this.#ptrSize * 8;
  }

  #canHaveBits({ sizeclass, elemsize }: InferredSpan): boolean {
    return sizeclass > 0 && elemsize <= this.#mostWithBits;
  }

  #bitsBytes({ pages }: InferredSpan): number {
    return (pages * pageSize) / this.#ptrSize / 8;
  }

  #slotsBesideBits(span: InferredSpan): number {
    return Math.floor((span.pages * pageSize - this.#bitsBytes(span)) / span.elemsize);
  }
}

function opened(at: number, size: number): Open {
  const sizeclass = classBySize.get(size) ?? 0;
  const pages = sizeclass === 0 ? Math.ceil(size / pageSize) : classToAllocnpages[sizeclass]!;
  // A span begins on a page, its first slot where it begins: the highest page from which this is a slot.
  let address = Math.floor(at / pageSize) * pageSize;
  for (let k = 0; k < pages && (at - address) % size !== 0; k++) address -= pageSize;
  const slots = Math.floor((pages * pageSize) / size);
  const counts = { objects: 0, slots, withPointers: 0, noscan: true, heapBits: 0, inBits: 0 };
  return { address, pages, sizeclass, elemsize: size, ...counts };
}
