/** All that is said of an address of a run: what lies there, its finalizers, where in the script it was made. */
import type { Live } from '../live.ts';
import type { RecordedRun } from '../timeline/record.ts';
import { type Answer, withPlace } from './slot-text.ts';
import { finalizersAt, whatis } from './whatis.ts';

/** undefined for an address that the program knows nothing of. To find the place the run is made again. */
export function toldAt(live: Live, run: RecordedRun, address: number): Answer | undefined {
  const answer = whatis(run, address);
  if (answer?.[0]?.[0] !== 'object') return answer;
  const rows = [...answer];
  rows.splice(-1, 0, ...finalizersAt(run, address));
  const step = madeIn(run, address);
  const place = step === undefined ? undefined : live.places(run, new Set([step])).get(step);
  return withPlace(rows, place);
}

/** The step that made the object around an address; undefined where none of the script did. */
function madeIn({ world, allocations }: RecordedRun, address: number): number | undefined {
  const s = world.mheap.spanOfHeap(address);
  const step = s === null ? 0 : (allocations.at(s.startAddr, s.objIndex(address))?.step ?? 0);
  return step === 0 ? undefined : step;
}
