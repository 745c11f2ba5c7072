/**
 * A collection cycle: its phases, what starts one, what is kept about it.
 *
 * @go runtime/mgc.go
 */
import { WorkbufPool } from './mgcwork.ts';
import type { G } from './runtime2.ts';

/** Phases of gcphase. */
export const GCoff = 0;
export const GCmark = 1;
export const GCmarktermination = 2;

/** Virtual length of each of a cycle's two pauses, ns. */
export const stopTheWorldNS = 10e3;

/** What may start a cycle. @go runtime/mgc.go gcTriggerKind */
export const gcTriggerHeap = 0;
export const gcTriggerTime = 1;
export const gcTriggerCycle = 2;

/** @go runtime/mgc.go gcTrigger */
export interface GcTrigger {
  readonly kind: 0 | 1 | 2;
  /** gcTriggerTime: the time now, ns. */
  readonly now?: number;
  /** gcTriggerCycle: the cycle to start. */
  readonly n?: number;
}

/** State of a cycle. @go runtime/mgc.go workType */
export class WorkState {
  readonly bufs = new WorkbufPool();
  bytesMarked = 0;
  markrootNext = 0;
  markrootJobs = 0;
  /** Start of the last mark termination, ns. */
  tstart = 0;
  nDataRoots = 0;
  nBSSRoots = 0;
  nSpanRoots = 0;
  nStackRoots = 0;
  baseData = 0;
  baseBSS = 0;
  baseSpans = 0;
  baseStacks = 0;
  baseEnd = 0;
  /** allgs as the cycle found them. */
  stackRoots: readonly G[] | null = null;
  userForced = false;
  initialHeapLive = 0;
  /** Cycles started. */
  cycles = 0;
  tSweepTerm = 0;
  tMark = 0;
  tMarkTerm = 0;
  tEnd = 0;
  pauseNS = 0;
  heap0 = 0;
  heap1 = 0;
  heap2 = 0;
}

/** Where a goroutine that waits for the collector stands: it parks, or lets others run. */
export type GcWait = 'park' | 'gosched';
