/** Operations in which a goroutine may wait for others, as the twin does them. */
import { hasRunnable } from '../../sim/proc-runq.ts';
import type { World } from '../../sim/runtime.ts';
import type { Operation } from '../dsl/machine.ts';
import type { Course, Entry } from './course.ts';
import type { Ref, TwinCase, TwinOperation } from './operations.ts';
import { address, type References } from './references.ts';

/** A sleep of so many ns outlasts the program. */
const longestRunNs = 60e9;

export class Waiting {
  readonly #world: World;
  readonly #course: Course;
  readonly #refs: References;
  /** What each goroutine does and has not finished: it may wait, or its stack may grow in it. */
  readonly #running = new Map<number, Entry>();
  #cases: TwinCase[] = [];
  /**
   * A sleep while nothing else runs can only end as the next thing that happens; where others can run, what
   * they take counts, and where others sleep their order.
   */
  #slept = false;
  /** Time has decided which goroutine runs. */
  timed = false;

  constructor(world: World, course: Course, refs: References) {
    this.#world = world;
    this.#course = course;
    this.#refs = refs;
  }

  /** What the goroutine does and has not finished. */
  running(g: number): Entry | undefined {
    return this.#running.get(g);
  }

  /** True while a goroutine of the script has a collection done. */
  collects(): boolean {
    const asked = ({ operation: { op } }: Entry) => op === 'GC' || op === 'FreeOSMemory';
    return [...this.#running.values()].some(asked);
  }

  /** The goroutine has come to something else. */
  ended(g: number): void {
    this.#running.delete(g);
  }

  /** The goroutine begins an operation in which others may run, from a frame as deep as the scenario's. */
  begin(g: number, operation: TwinOperation): Entry {
    const { frame } = this.#world.m.curg!;
    const entry = this.#course.push(g, operation, frame!.sp);
    this.#running.set(g, entry);
    return entry;
  }

  /** A lock that a goroutine has waited for is handed to it, or not, by the time that it has waited. */
  done(g: number): void {
    const entry = this.#running.get(g);
    if (entry === undefined) return;
    const { operation } = entry;
    if (operation.op === 'condWait') {
      this.timed = true;
    } else if (operation.op === 'sync' && operation.call === 'Mutex.Lock') {
      this.timed ||= !this.#course.isLast(entry);
    }
  }

  /** False for other operations. */
  hear(operation: Operation): boolean {
    const { op, type } = operation;
    const g = operation.g as number;
    const course = this.#course;
    const waits = (waiting: TwinOperation): true => {
      this.begin(g, waiting);
      return true;
    };
    const ref = (p: unknown): Ref => this.#refs.ref(address(p));
    switch (op) {
      case 'done':
        return true;
      case 'send': {
        const value = this.#refs.value(type!, address(operation.addr));
        return waits({ op, type: type!, chan: ref(operation.chan), value });
      }
      case 'recv':
      case 'discard': {
        const chan = ref(operation.chan);
        return waits({ op: 'recv', type: type!, chan, discard: op === 'discard' });
      }
      case 'close':
        course.push(g, { op, chan: ref(operation.chan) });
        return true;
      case 'case': {
        const sends = operation.sends === true;
        const value = sends ? this.#refs.value(type!, address(operation.addr)) : undefined;
        this.#cases.push({ type: type!, chan: ref(operation.chan), value });
        return true;
      }
      case 'select': {
        const cases = this.#cases;
        this.#cases = [];
        return waits({ op, cases, parks: true });
      }
      case 'selected':
        selected(course.last(g), operation);
        return true;
      case 'Lock':
      case 'Unlock':
        return waits({ op: 'sync', call: `Mutex.${op}`, at: ref(operation.mutex), delta: 0 });
      case 'WaitGroup.Add':
      case 'WaitGroup.Wait': {
        const delta = (operation.delta as number | undefined) ?? 0;
        return waits({ op: 'sync', call: op, at: ref(operation.group), delta });
      }
      case 'Cond.Wait': {
        const at = ref(operation.cond);
        const entry = this.begin(g, { op: 'condWait', at, mutex: ref(operation.mutex) });
        // The twin does in the frame itself what the method does in its own.
        const { arch, sched } = this.#world;
        const { frame } = sched.funcs.get('sync.(*Cond).Wait').spec;
        entry.sp! -= frame + (arch.usesLR ? 0 : arch.ptrSize);
        return true;
      }
      case 'Cond.Signal':
      case 'Cond.Broadcast':
        course.push(g, { op: 'sync', call: op, at: ref(operation.cond), delta: 0 });
        return true;
      case 'sleep': {
        const ns = operation.ns as number;
        if (ns < longestRunNs) {
          this.timed ||= this.#slept || hasRunnable(this.#world);
          this.#slept = true;
        }
        return waits({ op, ns });
      }
      case 'Gosched':
      case 'Goexit':
        return waits({ op });
      default:
        return false;
    }
  }
}

/** A select that did not park is what it chose: Go would choose at random. */
function selected(entry: Entry, { index, parked }: Operation): void {
  const { operation } = entry;
  if (operation.op !== 'select' || parked === true) return;
  const chosen = operation.cases[index as number];
  if (chosen === undefined) {
    entry.operation = { op: 'select', cases: [], parks: false };
    return;
  }
  const { type, chan, value } = chosen;
  entry.operation =
    value === undefined
      ? { op: 'recv', type, chan, discard: false }
      : { op: 'send', type, chan, value };
}
