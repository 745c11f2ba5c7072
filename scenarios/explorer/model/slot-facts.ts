/** What is at an address of the heap, as `goheapsim whatis` says it, from the explorer's own copy of the heap. */
import { pageSize } from '../../../sim/uintptr.ts';
import { operationOf } from '../../terminal/operation.ts';
import { type Answer, slotAnswer } from '../../terminal/slot-text.ts';
import type { HeapModel } from './heap-model.ts';
import { typeNameOfSlot } from './object-words.ts';
import { bitAt, isUsed } from './span-bits.ts';
import type { SpanState } from './state.ts';
import { holderText, spanShape, sweepText } from './words.ts';

export function slotText(
  model: HeapModel,
  { ptrSize, allocHeaders }: { readonly ptrSize: number; readonly allocHeaders: boolean },
  s: SpanState,
  address: number,
): Answer {
  const { timeline, store } = model;
  const index = Math.floor((address - s.base) / s.elemsize);
  const isSlot = index < s.nelems;
  const event = isSlot ? s.slotEvent[index]! : 0;
  const { header, heapBits } = spanShape(s, ptrSize, allocHeaders);
  const sizeclass = s.spanclass >> 1;
  const { sweepgen } = store.state;
  return slotAnswer({
    address,
    base: s.base,
    kind: `${sizeclass === 0 ? 'large' : sizeclass}${(s.spanclass & 1) !== 0 ? ' noscan' : ''}`,
    elemsize: s.elemsize,
    nelems: s.nelems,
    allocCount: s.allocCount,
    sweep: sweepText(store.state, s),
    holder: holderText(s),
    index,
    heapBitsAddr: heapBits === 0 ? 0 : s.base + s.npages * pageSize - heapBits,
    isUsed: isSlot && isUsed(s, index),
    hasHeader: header > 0,
    isGarbage: isSlot && s.sweepgen === sweepgen - 2 && !bitAt(s.gcmarkBits, index),
    made:
      event === 0
        ? undefined
        : {
            requested: s.requested[index]!,
            requests: s.requests[index]!,
            step: model.stepOf(event - 1),
            operation: operationOf(timeline, model.stepOf(event - 1)),
            type: typeNameOfSlot(model, s, index),
          },
  });
}
