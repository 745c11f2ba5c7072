/** What of a timeline lasts longer than a step: calls of functions, turns of goroutines, phases of collections. */
import type { Timeline } from '../timeline/timeline.ts';

/** A stretch of steps. */
interface Stretch {
  readonly first: number;
  /** Steps. */
  length: number;
}

/** A call of a function of the script, from the step that calls to the one that returns. */
export interface Call extends Stretch {
  readonly func: string;
  readonly goroutine: number;
}

/**
 * The calls, by their first steps, callers before what they call. Each lies within its caller's: where a panic
 * or a goroutine's end leaves functions without a return, they end at the last step that can have been theirs.
 */
export function callsOf(timeline: Timeline): Call[] {
  const calls: Call[] = [];
  const stacks = new Map<number, { readonly stack: Call[]; last: number }>();
  for (let index = 1; index < timeline.length; index++) {
    const { goroutine, func, operation } = timeline.step(index);
    let known = stacks.get(goroutine);
    if (known === undefined) {
      known = { stack: [], last: index };
      stacks.set(goroutine, known);
    }
    const { stack } = known;
    known.last = index;
    const enter = (name: string): void => {
      const call = { func: name, goroutine, first: index, length: 1 };
      calls.push(call);
      stack.push(call);
    };
    const leave = (end: number): void => {
      const call = stack.pop();
      if (call !== undefined) call.length = end - call.first;
    };
    if (func !== '' && stack.at(-1)?.func !== func) {
      if (!stack.some((call) => call.func === func)) enter(func);
      while (stack.at(-1)!.func !== func) leave(index);
    }
    const { name } = operation;
    if (name === 'call' || name === 'deferred') enter(String(operation.func));
    else if (name === 'return' && stack.at(-1)?.func === operation.func) leave(index + 1);
  }
  for (const { stack, last } of stacks.values()) {
    for (const call of stack) call.length = last + 1 - call.first;
  }
  return calls;
}

/** Steps of one goroutine, with none of another between. */
export interface Turn extends Stretch {
  readonly goroutine: number;
}

export function turnsOf(timeline: Timeline): Turn[] {
  const turns: Turn[] = [];
  const { goroutine } = timeline.steps;
  for (let index = 0; index < timeline.length; index++) {
    const of = goroutine.at(index);
    const last = turns.at(-1);
    if (last?.goroutine === of) last.length++;
    else turns.push({ goroutine: of, first: index, length: 1 });
  }
  return turns;
}

/** A part of a collection, from one event of the timeline to another. */
export interface Phase {
  readonly name: string;
  readonly firstEvent: number;
  /** The event that ends it; that after the last one where the timeline ends before. */
  endEvent: number;
}

const phaseNames = ['off', 'mark', 'mark termination'];

/** Collections and their phases, by their first events, a collection before its phases. */
export function phasesOf(timeline: Timeline): Phase[] {
  const phases: Phase[] = [];
  const { length } = timeline.events.table;
  let cycle: Phase | undefined;
  let phase: Phase | undefined;
  const begin = (name: string, firstEvent: number): Phase => {
    const begun = { name, firstEvent, endEvent: length };
    phases.push(begun);
    return begun;
  };
  for (let e = 0; e < length; e++) {
    const name = timeline.eventName(e);
    if (name === 'gcStart') {
      cycle = begin(`collection ${timeline.event(e).cycle}`, e);
    } else if (name === 'gcPhase') {
      if (phase !== undefined) phase.endEvent = e;
      const number = timeline.event(e).phase as number;
      phase = number === 0 || cycle === undefined ? undefined : begin(phaseNames[number] ?? '', e);
    } else if (name === 'gcDone') {
      if (phase !== undefined) phase.endEvent = e;
      if (cycle !== undefined) cycle.endEvent = e;
      phase = undefined;
      cycle = undefined;
    }
  }
  return phases;
}
