/** What a scenario calls of packages runtime and runtime/debug, and what comes of it. */
import { kind } from '../../sim/kind.ts';
import { peekMemStats } from '../../sim/mstats.ts';
import type { World } from '../../sim/runtime.ts';
import type { Type } from '../../sim/type.ts';
import type { Operation } from '../dsl/machine.ts';
import type { Course } from './course.ts';
import { type Ref, type TwinOperation, TwinRefusal } from './operations.ts';

/** A number that the program was told, or the address that a finalizer was called with. */
export interface Said {
  readonly of: string;
  /** In decimal, as an unsigned number of 64 bits. */
  readonly value: string;
}

/** A function of the scenario as it is set as a finalizer. */
export interface FinalizerFunction {
  readonly name: string;
  /** Its type. */
  readonly type: Type;
}

/** Fields of MemStats that are no times. */
export const memStatsFields = [
  'Alloc',
  'TotalAlloc',
  'Sys',
  'Mallocs',
  'Frees',
  'HeapAlloc',
  'HeapSys',
  'HeapIdle',
  'HeapInuse',
  'HeapReleased',
  'HeapObjects',
  'StackInuse',
  'StackSys',
  'MSpanInuse',
  'MSpanSys',
  'MCacheInuse',
  'MCacheSys',
  'GCSys',
  'NextGC',
  'NumGC',
] as const;

export class RuntimeCalls {
  /** In the order in which the program is told. */
  readonly said: Said[] = [];
  readonly finalizers: FinalizerFunction[] = [];
  /** For each call of a finalizer, in order, the twin's function that does what it did. */
  readonly runs: number[] = [];
  readonly #world: World;
  readonly #course: Course;
  readonly #called: number[] = [];
  readonly #ref: (p: number) => Ref;

  constructor(world: World, course: Course, ref: (p: number) => Ref) {
    this.#world = world;
    this.#course = course;
    this.#ref = ref;
  }

  /** Objects whose finalizers a collection has queued, since this was asked before. */
  queued(): number[] {
    const waiting = [...this.#world.mfinal.iterateFinq()].map(({ arg }) => arg);
    return [...this.#called.splice(0), ...waiting];
  }

  /** A finalizer begins on its goroutine. */
  began({ g, func, addr }: Operation): void {
    const k = this.runs.length;
    this.#called.push(Number(addr));
    this.#say(`call ${k + 1} of a finalizer, ${func}`, Number(addr));
    const fn = this.#course.addFunction(`finalizer${k}`);
    this.runs.push(fn);
    this.#course.start(g as number, fn);
  }

  #say(of: string, value: number | bigint): void {
    // No limit is the greatest int64, which is no number of JavaScript.
    const exact = value === 2 ** 63 ? 2n ** 63n - 1n : BigInt(value);
    this.said.push({ of, value: String(BigInt.asUintN(64, exact)) });
  }

  /** What the twin does for an operation; undefined for what is none of these packages. */
  operation(operation: Operation): TwinOperation | undefined {
    const { op } = operation;
    switch (op) {
      case 'SetFinalizer':
        return this.#setFinalizer(operation);
      case 'ReadMemStats': {
        const stats = peekMemStats(this.#world);
        for (const field of memStatsFields) this.#say(`MemStats.${field}`, stats[field]);
        const both = Number(stats.BuckHashSys) + Number(stats.OtherSys);
        this.#say('MemStats.BuckHashSys + OtherSys', both);
        return { op };
      }
      case 'NumGoroutine':
        this.#say(op, operation.n as number);
        return { op };
      case 'SetGCPercent':
        this.#say(op, operation.before as number);
        return { op, percent: operation.percent as number };
      case 'SetMemoryLimit':
        this.#say(op, operation.before as number);
        return { op, limit: operation.limit as number };
      case 'MemProfileRate': {
        const rate = operation.rate as number;
        if (rate > 1) throw new TwinRefusal('no twin of a memory profile that samples at random');
        return { op, rate };
      }
      default:
        return undefined;
    }
  }

  #setFinalizer({ type, addr, func, signature }: Operation): TwinOperation {
    const at = this.#ref(Number(addr));
    if (func === undefined) return { op: 'SetFinalizer', type: type!, at, finalizer: undefined };
    const ftyp = signature as Type;
    const [parameter] = ftyp.in!;
    if (parameter!.kind === kind.interface && parameter!.methods.length > 0) {
      throw new TwinRefusal('no twin of a finalizer whose parameter is an interface with methods');
    }
    const same = (f: FinalizerFunction) => f.name === func && f.type === ftyp;
    let finalizer = this.finalizers.findIndex(same);
    if (finalizer < 0) {
      finalizer = this.finalizers.push({ name: func as string, type: ftyp }) - 1;
    }
    return { op: 'SetFinalizer', type: type!, at, finalizer };
  }
}
