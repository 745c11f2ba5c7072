/**
 * Runs a script's functions on a world: calls and their frames, and the bookkeeping of each operation
 * (its pc, its step, its line in the trace).
 */
import { isPanicError } from '../../sim/error.ts';
import { runFrame, Unwind } from '../../sim/panic.ts';
import type { World } from '../../sim/runtime.ts';
import type { G } from '../../sim/runtime2.ts';
import { call, inFrame, leave } from '../../sim/runtimefuncs.ts';
import { type Frame, needStack, pathDepth } from '../../sim/stack.ts';
import type { Type } from '../../sim/type.ts';
import type { Codec } from './codec.ts';
import { LimitError, ScenarioError } from './errors.ts';
import type { AnyFunc, Blocking } from './func.ts';
import type { Go } from './go.ts';
import type { LinkedFunc, Program } from './program.ts';
import type { GoType } from './types.ts';
import { Scratch } from './values.ts';

/**
 * One line of the operation trace: `op` says what was done, `type` to or of which type. Where it has a
 * result in memory, `addr` is where. What follows from a store comes as a store: `p = new(T)` is two lines.
 */
export interface Operation {
  readonly op: string;
  readonly type?: Type;
  readonly [detail: string]: string | number | boolean | Type | undefined;
}

/** The operation as one JSON object says it: a type by its name. */
export function plainOperation(operation: Operation): object {
  const entries = Object.entries(operation).map(([name, detail]) => {
    return [name, typeof detail === 'object' ? detail.string : detail];
  });
  return Object.fromEntries(entries);
}

/** What a machine may do and whom it tells. */
export interface MachineOptions {
  readonly maxSteps: number;
  /** Element 0 is kept at the operations done that change something. */
  readonly steps: Float64Array;
  readonly trace?: ((operation: Operation) => void) | undefined;
  readonly begin?: ((op: string) => void) | undefined;
}

/** Arguments of a call, by parameter. */
export type Args = Readonly<Record<string, unknown>>;

export class Machine {
  readonly world: World;
  readonly program: Program;
  readonly trace: ((operation: Operation) => void) | undefined;
  /** Set by the {@link Go} that scripts see. */
  go!: Go;
  readonly #begin: ((op: string) => void) | undefined;
  readonly #maxSteps: number;
  readonly #progress: Float64Array;
  #steps = 0;
  /** Operations that changed nothing. */
  #idleSteps = 0;
  /** An operation that can block and was asked for, but has not begun. */
  #pending = '';
  /** Bytes of stack that an allocation needs below the caller's frame. */
  readonly #mallocDepth: number;
  /** Memory for values on their way. */
  readonly scratch: Scratch;
  readonly #holdPointer = (p: number): void => this.world.gc.hold(p);
  #frame: Frame | null = null;
  #linked: LinkedFunc | undefined;

  constructor(program: Program, { maxSteps, steps, trace, begin }: MachineOptions) {
    this.program = program;
    this.world = program.world;
    this.trace = trace;
    this.#begin = begin;
    this.#maxSteps = maxSteps;
    this.#progress = steps;
    this.#mallocDepth = pathDepth(program.world, mallocPath);
    this.scratch = new Scratch(program.world);
  }

  /** The runtime's type of a script's. */
  type<T>(t: GoType<T>): Type {
    return this.program.resolver.type(t);
  }

  /** Keeps what a value points to alive through the operation that stores it. */
  hold<T>(codec: Codec<T>, value: T): void {
    codec.pointers?.(value, this.#holdPointer);
  }

  /** The running goroutine. */
  get g(): G {
    const gp = this.world.m.curg;
    if (gp === null) throw new ScenarioError('no goroutine runs: use go only inside of functions');
    return gp;
  }

  /** The script's function that runs. */
  get running(): LinkedFunc {
    const frame = this.g.frame!;
    if (frame !== this.#frame) {
      this.#frame = frame;
      this.#linked = this.program.of(frame.fn);
    }
    if (this.#linked === undefined)
      throw new ScenarioError(`${frame.fn.name} is not of the script`);
    return this.#linked;
  }

  /** Begins an operation of the running function: the pc is that of its call from here on. */
  at(op: string, key: unknown = undefined, temp?: Type): number {
    if (++this.#steps > this.#maxSteps) {
      throw new LimitError(
        `the script did more than ${this.#maxSteps.toLocaleString('en-US')} operations (--max-steps)`,
      );
    }
    this.#progress[0] = this.#steps - this.#idleSteps;
    if (this.#pending !== '') this.#forgotten();
    const { sched, stackguard0 } = this.g;
    const pc = this.running.site(op, key, temp);
    sched.pc = pc;
    this.#begin?.(op);
    if (sched.sp - this.#mallocDepth <= stackguard0) needStack(this.world, this.#mallocDepth);
    return pc;
  }

  /** A point of the run with a name: an operation for who listens, nothing for the program. */
  mark(name: string, values: Readonly<Record<string, number>>): void {
    this.#settled();
    this.#begin?.('mark');
    this.trace?.({ op: 'mark', g: this.g.goid, mark: name, ...values });
  }

  /** The next operation changes nothing that is, so a script that does only this makes no progress. */
  idle(): void {
    this.#idleSteps++;
  }

  /**
   * An operation that can block, as the script gets it: the script waits for it by `yield*` before it
   * does anything else.
   *
   * @throws {ScenarioError} in a plain function, which cannot wait
   */
  waited<T>(what: string, operation: Blocking<T>): Blocking<T> {
    this.#expect(what);
    return this.#waited(operation);
  }

  *#waited<T>(operation: Blocking<T>): Blocking<T> {
    this.#pending = '';
    const { g } = this;
    const result = yield* operation;
    this.trace?.({ op: 'done', g: g.goid });
    return result;
  }

  #expect(what: string): void {
    this.#settled();
    const { decl, blocks } = this.running;
    if (!blocks) {
      throw new ScenarioError(
        `${what} can block, but ${decl.name} is a plain function: make it a generator (function*, ` +
          `*main) and write yield* ${what}`,
      );
    }
    this.#pending = what;
  }

  /** Checks that nothing was asked for and then forgotten. */
  #settled(): void {
    if (this.#pending !== '') this.#forgotten();
  }

  #forgotten(): never {
    const what = this.#pending;
    this.#pending = '';
    throw new ScenarioError(`${what} did nothing, since it can block: write yield* ${what}`);
  }

  /** Runs a function of the runtime in its frame, where the program has one for it. */
  within<T>(name: string, run: () => T): T {
    return inFrame(this.world, name, run);
  }

  /** Runs a generator that must not block, since who called it cannot wait. */
  drive<T>(what: string, gen: Generator<void, T, void>): T {
    const { done, value } = gen.next();
    if (done !== true) {
      throw new ScenarioError(
        `${what} blocks, but is called from a plain function: make the callers generators ` +
          '(function* with yield*)',
      );
    }
    return value as T;
  }

  /** Calls a function of the script from the running one. A function that can block gives a generator. */
  call(decl: AnyFunc, args: Args): unknown {
    const linked = this.program.linked(decl);
    const pc = this.at('call', decl);
    this.trace?.({ op: 'call', g: this.g.goid, func: decl.name });
    if (linked.blocks) {
      this.#expect(`go.call(${decl.name})`);
      return this.#callBlocking(linked, args, pc);
    }
    const frame = call(this.world, linked.func, pc);
    linked.storeArgs(frame, args);
    return this.run(linked, frame);
  }

  *#callBlocking(linked: LinkedFunc, args: Args, pc: number): Blocking<unknown> {
    this.#pending = '';
    const frame = call(this.world, linked.func, pc);
    linked.storeArgs(frame, args);
    return yield* this.run(linked, frame) as Blocking<unknown>;
  }

  /** Runs the body of a function whose frame lies there, and removes the frame. */
  run(linked: LinkedFunc, frame: Frame): unknown {
    linked.beginOpenDefers(this.world, frame);
    const view = linked.enter(frame);
    return linked.blocks
      ? this.#runBlocking(linked, frame, view)
      : this.#runPlain(linked, frame, view);
  }

  /** The same where the caller is a goroutine of the runtime, which can wait. */
  *runInGoroutine(linked: LinkedFunc, frame: Frame): Blocking {
    linked.beginOpenDefers(this.world, frame);
    const { world, go } = this;
    const { body } = linked.decl;
    const view = linked.enter(frame);
    const run = linked.blocks
      ? (body(go, view as never) as Blocking)
      : plainly(() => {
          const result = body(go, view as never);
          if (isIterator(result)) throw new ScenarioError(returnsGenerator(linked));
        });
    yield* runFrame(world, frame, run);
    this.#settled();
  }

  *#runBlocking(linked: LinkedFunc, frame: Frame, view: object): Blocking<unknown> {
    let result: unknown;
    const { body } = linked.decl;
    const { go } = this;
    yield* runFrame(
      this.world,
      frame,
      (function* () {
        result = yield* body(go, view as never) as Blocking<unknown>;
      })(),
    );
    this.#return(linked, frame);
    return result;
  }

  #runPlain(linked: LinkedFunc, frame: Frame, view: object): unknown {
    let result: unknown;
    let failure: unknown;
    try {
      result = linked.decl.body(this.go, view as never);
      if (isIterator(result)) throw new ScenarioError(returnsGenerator(linked));
    } catch (error) {
      if (!(isPanicError(error) || error instanceof Unwind)) throw error;
      failure = error;
    }
    const gp = frame.g;
    if (failure !== undefined || frame.openDefers !== null || gp.defer?.sp === frame.sp) {
      const rest = runFrame(this.world, frame, failing(failure));
      this.drive(`a deferred call of ${linked.decl.name}`, rest);
      if (failure !== undefined) result = undefined;
    }
    this.#return(linked, frame);
    return result;
  }

  #return(linked: LinkedFunc, frame: Frame): void {
    this.#settled();
    this.trace?.({ op: 'return', g: frame.g.goid, func: linked.decl.name });
    leave(this.world, frame);
  }
}

function isIterator(result: unknown): boolean {
  return typeof result === 'object' && result !== null && 'next' in result;
}

function returnsGenerator({ decl }: LinkedFunc): string {
  return (
    `${decl.name} gives back a generator, which nobody runs: make ${decl.name} itself one ` +
    '(function*, *main) and write yield* before the call'
  );
}

/** A body that fails as one did before it could be a generator; an empty one without a failure. */
// biome-ignore lint/correctness/useYield: the body's calls have yielded nothing
function* failing(error: unknown): Blocking {
  if (error !== undefined) throw error;
}

/** A generator around a body that cannot block. */
// biome-ignore lint/correctness/useYield: the body yields nothing
function* plainly(body: () => unknown): Blocking {
  body();
}

/** What an operation calls on its way to memory. */
const mallocPath = ['runtime.newobject', 'runtime.mallocgc'] as const;
