/**
 * What a listener can hear of the runtime's decisions. With no observer attached an event costs one
 * comparison: emit as `rt.observer?.onEvent({ ... })`.
 *
 * Names follow Go's tracer and functions; the values are those that decided.
 */
export interface RuntimeEvent {
  /** 'malloc', 'mcacheRefill', 'mcentralGrow', 'spanAlloc', 'spanFree', 'sweep', 'gcStart', … */
  readonly name: string;
  readonly [value: string]: string | number | boolean;
}

export interface Observer {
  onEvent(event: RuntimeEvent): void;
}
