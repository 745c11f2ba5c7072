/**
 * Mark termination: what a cycle has found becomes the next one's measure, and sweeping begins.
 *
 * @go runtime/mgc.go
 */
import { throw_ } from './errors.ts';
import { GCmarktermination, GCoff, stopTheWorldNS } from './mgccycle.ts';
import type { Runtime } from './runtime2.ts';
import { freeStackSpans } from './stack.ts';

/** Heap goal (bytes) from which on huge pages are worth it for the heap's own tables. */
const minHeapForMetadataHugePages = 2 ** 30;
/** Pauses that MemStats keeps. */
const pauses = 256;
/** P status of one that runs nothing. */
const Pidle = 0;

/** With the world stopped: closes the books of the cycle and starts sweeping. @go runtime/mgc.go gcMarkTermination */
export function gcMarkTermination(rt: Runtime, stwStart: number): void {
  const { gc } = rt;
  const { work } = gc;
  gc.locks++;
  gc.setGCPhase(rt, GCmarktermination);
  work.heap1 = rt.gcController.heapLive;
  gcMark(rt, rt.nanotime);
  work.heap2 = work.bytesMarked;
  gc.setGCPhase(rt, GCoff);
  gcSweep(rt);
  rt.memstats.lastHeapInUse = rt.gcController.heapInUse;
  gc.gcControllerCommit(rt);
  rt.nanotime += stopTheWorldNS;
  bookPause(rt, rt.nanotime - stwStart);
  if (work.userForced) rt.memstats.numforcedgc++;
  rt.memstats.numgc++;
  for (let gp = gc.sweepWaiters.pop(); gp !== undefined; gp = gc.sweepWaiters.pop()) {
    gc.host.injectglist(rt, gp, true);
  }
  rt.mheap.pages.scav.index.nextGen();
  rt.mprof.nextCycle();
  rt.mprof.flush();
  work.bufs.prepareFreeWorkbufs();
  freeStackSpans(rt);
  for (const p of rt.allp) {
    p.mcache?.prepareForSweep(rt);
    if (p.status === Pidle && p.pcache?.empty() === false) {
      p.pcache.flush(rt);
      rt.observer?.onEvent({ name: 'pageCacheFlush', p: p.id });
    }
  }
  if (rt.gcController.heapGoal() > minHeapForMetadataHugePages) {
    rt.mheap.pages.enableChunkHugePages();
  }
  rt.observer?.onEvent({
    name: 'gcDone',
    cycle: work.cycles,
    marked: work.bytesMarked,
    heapGoal: rt.gcController.heapGoal(),
  });
  gc.locks--;
}

function bookPause(rt: Runtime, termination: number): void {
  const { gc } = rt;
  const { work } = gc;
  const { memstats } = rt;
  work.pauseNS += termination;
  work.tEnd = rt.nanotime;
  const unixNow = gc.epochUnixNs + BigInt(Math.trunc(rt.nanotime));
  memstats.lastGcUnix = unixNow;
  memstats.lastGcNanotime = rt.nanotime;
  memstats.pauseNs[memstats.numgc % pauses] = work.pauseNS;
  memstats.pauseEnd[memstats.numgc % pauses] = unixNow;
  memstats.pauseTotalNs += work.pauseNS;
}

/** Checks that marking is done and hands its result to the pacer. @go runtime/mgc.go gcMark */
function gcMark(rt: Runtime, startTime: number): void {
  const { gc } = rt;
  const { work } = gc;
  work.tstart = startTime;
  if (work.bufs.full.length !== 0 || work.markrootNext < work.markrootJobs) {
    throw_('non-empty mark queue after concurrent mark');
  }
  work.stackRoots = null;
  for (const gcw of gc.eachP(rt)) {
    if (!gcw.empty()) throw_('P has cached GC work at end of mark termination');
    gcw.dispose(rt);
  }
  for (const p of rt.allp) {
    if (p.mcache !== null) p.mcache.scanAlloc = 0;
  }
  rt.gcController.resetLive(work.bytesMarked);
}

/** Turns every span into an unswept one and wakes the background sweeper. @go runtime/mgc.go gcSweep */
function gcSweep(rt: Runtime): void {
  const { gc } = rt;
  rt.mheap.startSweep();
  if (gc.sweepParked) {
    gc.sweepParked = false;
    if (gc.sweepG !== null && !gc.inline) gc.host.ready(rt, gc.sweepG, true);
  }
}
