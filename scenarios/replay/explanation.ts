/** Why a prediction was missed, as far as the model's state tells. */
import { mSpanInUse, mSpanManual } from '../../sim/mspan.ts';
import type { World } from '../../sim/runtime.ts';
import { pageSize } from '../../sim/uintptr.ts';
import { counted, hex } from '../format.ts';

/** What the model has at an address. */
function placeOf(world: World, addr: number): string {
  if (!world.mheap.hasArena(addr)) return 'outside of the heap that the model has';
  const s = world.mheap.spanOf(addr);
  if (s === null) return 'pages that were never used';
  if (s.state === mSpanManual) return `a span of stacks at ${hex(s.base())}`;
  if (s.state !== mSpanInUse) return 'free pages';
  const what =
    s.sizeclass() === 0
      ? `a large object of ${counted(s.npages, 'page')}`
      : `slot ${s.objIndex(addr)} of ${s.nelems} of a span of ${s.elemsize}-byte slots ` +
        `${s.noscan() ? 'without' : 'with'} pointers`;
  return `${what} at ${hex(s.base())}`;
}

/** Says what the model has where it put the object, where the log has it, and what it did not know. */
export function explainMiss(world: World, predicted: number, logged: number): string[] {
  const ours = world.mheap.spanOf(predicted)!;
  const first = ours.objIndex(predicted) === 0;
  const pages = Math.floor((logged - (logged % pageSize) - ours.base()) / pageSize);
  const lines = [
    `predicted: ${placeOf(world, predicted)}`,
    `in the log: ${placeOf(world, logged)} (to the model)`,
  ];
  if (world.mheap.spanOf(logged) === ours) {
    lines.push(
      ours.objIndex(predicted) !== ours.objIndex(logged)
        ? 'the span is the right one, but its slots were taken or freed in another order'
        : 'one of the two has a malloc header: the model holds a type for one with pointers, or without',
    );
  } else if (first && pages > 0) {
    lines.push(
      `the model took a new span ${counted(pages, 'page')} too low: something that the log does not ` +
        'show had taken pages before, as a stack does that grows',
    );
  } else if (first) {
    lines.push(
      'the model took a new span too high: pages had become free that the model holds for used, as ' +
        'those of a stack whose goroutine ended',
    );
  } else {
    lines.push('the object went to another span: the model holds its type for another class');
  }
  return lines;
}
