/** What the collector needs of goroutines. */
import type { G, Runtime } from './runtime2.ts';

/** What the collector asks of the layers above it. {@link bareHost} answers for a world without goroutines. */
export interface GcHost {
  /** Makes the background worker goroutine of a P, before the first cycle. */
  startMarkWorker(rt: Runtime): void;
  /** Makes a waiting system goroutine runnable; `next`: right after the current one. */
  ready(rt: Runtime, gp: G, next: boolean): void;
  /** The same as the last to run, by a thread that has a P or has none. */
  injectglist(rt: Runtime, gp: G, withP: boolean): void;
  /** Makes the goroutine that runs finalizers, or null in a world without any. */
  startFinalizerGoroutine(rt: Runtime): G | null;
  /** True if another goroutine waits to run: an idle worker then stops. */
  hasRunnable(rt: Runtime): boolean;
  /** Frees the stacks of dead goroutines. @go runtime/mgcmark.go markrootFreeGStacks */
  freeGStacks(rt: Runtime): void;
  /** Drops the central caches of sudogs and defers. @go runtime/mgc.go clearpools */
  clearpools(rt: Runtime): void;
}

/** A host for a world without system goroutines. */
export const bareHost: GcHost = {
  startMarkWorker: () => undefined,
  ready: () => undefined,
  injectglist: () => undefined,
  startFinalizerGoroutine: () => null,
  hasRunnable: () => false,
  freeGStacks: () => undefined,
  clearpools: () => undefined,
};
