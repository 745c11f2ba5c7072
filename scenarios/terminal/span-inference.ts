/** What the objects of a dump tell of the spans that they lie in. Inferred: a dump holds no spans. */
import type { ObjectView } from '../../dump/index.ts';
import { classToAllocnpages, classToSize } from '../../sim/sizeclasses.ts';
import { pageSize } from '../../sim/uintptr.ts';

const classBySize = new Map(Array.from(classToSize, (size, i) => [size, i] as const));

/** A span as its objects suggest it. */
export interface InferredSpan {
  readonly address: number;
  readonly pages: number;
  readonly sizeclass: number;
  readonly elemsize: number;
  /** Objects in it, bits at its end that were written as objects among them. */
  readonly objects: number;
  /** Slots that fit into its pages. */
  readonly slots: number;
  readonly withPointers: number;
}

type Open = { -readonly [K in keyof InferredSpan]: InferredSpan[K] };

/** Groups a dump's objects: those of one size that follow each other in a stretch of a span's length. */
export class SpanInference {
  readonly #spans: Open[] = [];
  #open: Open | undefined;

  /** Call it with each object, in their order. */
  object({ address, size, pointerCount }: ObjectView): void {
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
  }

  /** The spans by address. */
  spans(): InferredSpan[] {
    return this.#spans.sort((a, b) => a.address - b.address);
  }
}

function opened(at: number, size: number): Open {
  const sizeclass = classBySize.get(size) ?? 0;
  const pages = sizeclass === 0 ? Math.ceil(size / pageSize) : classToAllocnpages[sizeclass]!;
  // A span begins on a page, its first slot where it begins: the highest page from which this is a slot.
  let address = Math.floor(at / pageSize) * pageSize;
  for (let k = 0; k < pages && (at - address) % size !== 0; k++) address -= pageSize;
  const slots = Math.floor((pages * pageSize) / size);
  return { address, pages, sizeclass, elemsize: size, objects: 0, slots, withPointers: 0 };
}
