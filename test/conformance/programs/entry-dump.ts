/** What the programs of the goldens share. */
import { type Blocking, boolParam, type Go } from '../../../scenarios/index.ts';

/**
 * A dump takes longer than the 10 ms after which sysmon preempts a goroutine: where it has its way
 * before main ends, the goroutines that wait for the P run in between.
 */
export const entryParams = {
  preempted: boolParam(false, { help: 'sysmon preempts main after its first dump' }),
};

/** The dump at entry to main. */
export function* entryDump(go: Go, { preempted }: { preempted: boolean }): Blocking {
  go.writeHeapDump();
  if (preempted) yield* go.runtime.Gosched();
}
