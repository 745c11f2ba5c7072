/** Why a prediction was missed, as far as the model's state tells. */
import { mSpanInUse, mSpanManual } from '../../sim/mspan.ts';
import type { World } from '../../sim/runtime.ts';
import { pageSize } from '../../sim/uintptr.ts';
import { counted, hex } from '../format.ts';
import { liveSpan } from './stacks.ts';

/** What a miss is like, and what of the runtime's that a log does not show makes such ones. */
export const missClasses = {
  'another slot':
    'the span is the right one, but its slots were taken or freed in another order: a goroutine was preempted ' +
    'between its allocation and its record, or a collection began between the two',
  'another type': 'the model holds a type for one with pointers, or without: give --binary',
  'new span too low':
    'something that the log does not show had taken pages before: a stack that grew, or mark buffers',
  'new span too high':
    'pages had become free that the model holds for used: those of a stack whose goroutine ended or that ' +
    'moved, of mark buffers, or of a span that was swept',
  'new span for an old one':
    'the model took a new span where a span of the class had room: sweeping had reached another place, which ' +
    'spans without garbage do not show',
  'old span for a new one':
    'the model took room in a span of the class where a new span was made: sweeping had reached another ' +
    'place, which spans without garbage do not show',
  'another span':
    'the object went to another span of its class: spans were swept in another order, which those without ' +
    'garbage do not show',
} as const;
export type MissClass = keyof typeof missClasses;

/** What the model has at an address. */
function placeOf(world: World, addr: number): string {
  if (!world.mheap.hasArena(addr)) return 'outside of the heap that the model has';
  const s = liveSpan(world, addr);
  if (s === null) return world.mheap.spanOf(addr) ? 'free pages' : 'pages that were never used';
  if (s.state === mSpanManual) return `a span of stacks or mark buffers at ${hex(s.base())}`;
  const what =
    s.sizeclass() === 0
      ? `a large object of ${counted(s.npages, 'page')}`
      : `slot ${s.objIndex(addr)} of ${s.nelems} of a span of ${s.elemsize}-byte slots ` +
        `${s.noscan() ? 'without' : 'with'} pointers`;
  return `${what} at ${hex(s.base())}`;
}

export function classOfMiss(world: World, predicted: number, logged: number): MissClass {
  const { mheap } = world;
  const ours = mheap.spanOf(predicted)!;
  const theirs = liveSpan(world, logged);
  if (theirs === ours) {
    return ours.objIndex(predicted) === ours.objIndex(logged) ? 'another type' : 'another slot';
  }
  const isNew = ours.allocCount === 1 && ours.objIndex(predicted) === 0;
  const inOld = theirs?.state === mSpanInUse && theirs.spanclass === ours.spanclass;
  if (inOld && ours.sizeclass() !== 0) return isNew ? 'new span for an old one' : 'another span';
  if (!isNew) return 'old span for a new one';
  return logged - (logged % pageSize) > ours.base() ? 'new span too low' : 'new span too high';
}

/** Says what the model has where it put the object and where the log has it, and what it did not know. */
export function explainMiss(world: World, predicted: number, logged: number): string[] {
  return [
    `predicted: ${placeOf(world, predicted)}`,
    `in the log: ${placeOf(world, logged)} (to the model)`,
    missClasses[classOfMiss(world, predicted, logged)],
  ];
}
