/**
 * What a listener can hear of the runtime's decisions. With no observer attached an event costs one
 * comparison: emit as `rt.observer?.onEvent({ ... })`.
 *
 * Names follow Go's tracer and functions; the values are those that decided.
 */
export interface RuntimeEvent {
  /**
   * Of an allocation, in this order as far as they happen: 'gcAssistAlloc'; 'nextFree' (the quick way
   * knew no slot), 'sweep', 'mcentralCacheSpan' with 'pageCacheRefill', 'pageAllocFind', 'sysAlloc',
   * 'heapGrow' and 'spanAlloc' before it, 'mcacheRefill'; then 'malloc' or 'zerobase';
   * 'gcTriggerTest'. Others: 'spanFree', 'gcStart', 'gcPhase', 'mcacheReleaseAll', 'pageCacheFlush',
   * 'gcDone', 'scavenge', 'newproc', 'execute', 'gopark', 'ready', 'goexit',
   * 'stackalloc', 'stackfree', 'copystack', 'growslice', 'hashGrow'. Marking: 'greyobject', which the last
   * one before it of 'markroot', 'scanobject' (the object is black then) and 'wbBufFlush' has led to.
   */
  readonly name: string;
  /** Bytes are borrowed: bits of a span as they are now. */
  readonly [value: string]: string | number | boolean | Uint8Array;
}

export interface Observer {
  onEvent(event: RuntimeEvent): void;
}
