/**
 * What the allocator does not remember of the objects in the heap: how many bytes were asked for, of
 * which type, and at which step. Kept from the runtime's events.
 */

import { spanAllocHeap } from '../../sim/mspan.ts';
import type { RuntimeEvent } from '../../sim/observer.ts';
import { alignDown, pageSize } from '../../sim/uintptr.ts';

/** What was asked for in one slot. A block of tiny objects has several requests: their sum and the first step. */
export interface Allocation {
  readonly requested: number;
  /** Requests: 1, but in blocks of tiny objects. */
  readonly requests: number;
  /** Address of the type, 0 without one. */
  readonly typ: number;
  readonly step: number;
  /** Its number among all allocations of slots, from 1 on. */
  readonly sequence: number;
}

/** The slots of one span. */
interface SpanSlots {
  readonly elemsize: number;
  readonly requested: Float64Array;
  readonly requests: Uint8Array;
  readonly typ: Float64Array;
  readonly step: Uint32Array;
  readonly sequence: Uint32Array;
}

export class Allocations {
  readonly #spans = new Map<number, SpanSlots>();
  #count = 0;

  /** Call it with each event; `step` is the one that it belongs to. */
  onEvent(event: RuntimeEvent, step: number): void {
    if (event.name === 'malloc') {
      if (event.tiny) this.#tiny(event.block as number, event.size as number);
      else this.#malloc(event, step);
    } else if (event.name === 'spanAlloc' && event.type === spanAllocHeap) {
      this.#spans.delete(event.base as number);
    }
  }

  #malloc({ span, nelems, elemsize, addr, size, typ }: RuntimeEvent, step: number): void {
    let slots = this.#spans.get(span as number);
    if (slots === undefined) {
      const n = nelems as number;
      slots = {
        elemsize: elemsize as number,
        requested: new Float64Array(n),
        requests: new Uint8Array(n),
        typ: new Float64Array(n),
        step: new Uint32Array(n),
        sequence: new Uint32Array(n),
      };
      this.#spans.set(span as number, slots);
    }
    const i = Math.floor(((addr as number) - (span as number)) / slots.elemsize);
    slots.requested[i] = size as number;
    slots.requests[i] = 1;
    slots.typ[i] = typ as number;
    slots.step[i] = step;
    slots.sequence[i] = ++this.#count;
  }

  /** A tiny block lies in a span of one page. */
  #tiny(block: number, size: number): void {
    const base = alignDown(block, pageSize);
    const slots = this.#spans.get(base)!;
    const i = (block - base) / slots.elemsize;
    slots.requested[i]! += size;
    slots.requests[i]!++;
  }

  /** Of slot `index` of the span at `base`; undefined where nothing was ever allocated. */
  at(base: number, index: number): Allocation | undefined {
    const slots = this.#spans.get(base);
    if (slots === undefined || slots.requests[index] === 0) return undefined;
    return {
      requested: slots.requested[index]!,
      requests: slots.requests[index]!,
      typ: slots.typ[index]!,
      step: slots.step[index]!,
      sequence: slots.sequence[index]!,
    };
  }
}
