/**
 * Queues of goroutines that can run: each P's and the global one.
 *
 * @go runtime/proc.go
 */
import type { G, P, Runtime } from './runtime2.ts';
import type { Sched } from './sched.ts';

/** Length of a P's run queue. */
const runqLen = 256;

/** Puts a goroutine into the P's queue, or first with `next`. @go runtime/proc.go runqput */
export function runqput(rt: Runtime, pp: P, gp: G, next: boolean): void {
  let put = gp;
  if (next) {
    const old = pp.runnext;
    pp.runnext = gp;
    if (old === null) return;
    put = old;
  }
  if (pp.runq.length < runqLen) {
    pp.runq.push(put);
    return;
  }
  rt.sched.runq.push(...pp.runq.splice(0, runqLen / 2), put);
}

/** @go runtime/proc.go runqget */
export function runqget(sched: Sched, pp: P): G | null {
  const next = pp.runnext;
  if (next !== null) {
    pp.runnext = null;
    sched.inheritTime = true;
    return next;
  }
  return pp.runq.shift() ?? null;
}

/** Takes a share of the global queue: the first to run, the rest into the P's. @go runtime/proc.go globrunqget */
export function globrunqget(rt: Runtime, pp: P, max: number): G | null {
  const { runq } = rt.sched;
  if (runq.length === 0) return null;
  let n = Math.floor(runq.length / Math.max(rt.allp.length, 1)) + 1;
  n = Math.min(n, runq.length, runqLen / 2);
  if (max > 0) n = Math.min(n, max);
  const batch = runq.splice(0, n);
  for (const gp of batch.slice(1)) runqput(rt, pp, gp, false);
  return batch[0]!;
}

/** True if a goroutine could run. */
export function hasRunnable(rt: Runtime): boolean {
  if (rt.sched.runq.length > 0) return true;
  return rt.allp.some((pp) => pp.runnext !== null || pp.runq.length > 0);
}
