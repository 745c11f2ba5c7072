/**
 * Functions, globals and the scenario itself, as a script declares them: at module level, as in a Go
 * source file. A declaration holds no state of a world.
 */
import { ScenarioError } from './errors.ts';
import type { Go } from './go.ts';
import type { ParamSpecs, ParamValues } from './params.ts';
import type { Fields, GoType, InterfaceType, ValuesOf } from './types.ts';

/** The slots of a frame or of the globals, read and written by name. */
export type Slots<F extends Fields> = ValuesOf<F>;

/** What a goroutine yields when it lets others run. */
export type Blocking<R = void> = Generator<void, R, void>;

/**
 * A Go function. Its parameters and locals are slots of the simulated frame, described by its
 * stackmaps: what only a TypeScript variable holds is, for the collector, in a register that the next
 * call clobbers.
 */
export interface Func<P extends Fields = Fields, L extends Fields = Fields, R = unknown> {
  readonly name: string;
  readonly params: P;
  readonly locals: L;
  readonly frame: FrameShape;
  readonly body: (go: Go, frame: Slots<P & L>) => R;
}

/** Any function whatever its slots. */
// biome-ignore lint/suspicious/noExplicitAny: Func is contravariant in its slots
export type AnyFunc = Func<any, any, any>;

/** What a frame has beside its variables. */
export interface FrameShape {
  /** Number of all its defer statements, none in a loop, at most 8: the compiler open-codes them. */
  readonly openDefers?: number;
  /**
   * Number of its defer statements where none is in a loop, but the compiler open-codes none of them (it has
   * more than 8, or many returns): each has its record in the frame.
   */
  readonly stackDefers?: number;
  /** Words for the closures of these defers, 4 for each unless given: a function's address and the arguments. */
  readonly closureWords?: number;
  /** Words for the arguments of the functions that it calls, 8 unless given. */
  readonly outArgs?: number;
  /** Words for values on their way through channels, 4 unless given. Only generators have them. */
  readonly temps?: number;
  /** Different operations of the body, the types that they are for counted: 120 unless given. */
  readonly calls?: number;
  /** Types of its results: a finalizer's lie in the block that its argument lies in. */
  readonly results?: readonly GoType<unknown>[];
}

interface FuncShape<P extends Fields, L extends Fields> extends FrameShape {
  /** In the order of the Go signature. */
  readonly params?: P;
  readonly locals?: L;
}

type None = Record<never, never>;

/**
 * `func name(params) { … }`, the name with its package: `main.build`.
 *
 * A body that can block (receive, lock, call another that can) is a generator and is called with
 * `yield* go.call(f, args)`; any other is a plain function, called with `go.call(f, args)`.
 */
export function func<P extends Fields = None, L extends Fields = None, R = void>(
  name: string,
  { params, locals, ...frame }: FuncShape<P, L>,
  body: (go: Go, frame: Slots<P & L>) => R,
): Func<P, L, R> {
  checkBody(name, body);
  return { name, params: params ?? ({} as P), locals: locals ?? ({} as L), frame, body };
}

/** @throws {ScenarioError} for what is no function, or waits otherwise than by `yield*` */
function checkBody(name: string, body: unknown): void {
  if (typeof body !== 'function') {
    throw new ScenarioError(`${name} has no body: a function or a generator function`);
  }
  if (/^\[object Async/.test(Object.prototype.toString.call(body))) {
    throw new ScenarioError(
      `${name} is an async function: a scenario waits with yield*, in a generator (function*, *main)`,
    );
  }
}

/** Package variables, zero at the start: `const vars = globals({ head: ptr(Node) })` declares main.head. */
export interface Globals<F extends Fields = Fields> {
  readonly pkg: string;
  readonly fields: F;
}

export function globals<F extends Fields>(fields: F, pkg = 'main'): Globals<F> {
  return { pkg, fields };
}

/** A conversion from a concrete to an interface type that stands in the program's text. */
export type Implementation = readonly [iface: InterfaceType, concrete: GoType<unknown>];

export interface Scenario<P extends ParamSpecs = ParamSpecs> {
  /** The question that a run answers, one sentence. */
  readonly question: string;
  readonly params: P;
  readonly globals: readonly Globals[];
  /** Functions whose pcs exist before main runs; others are linked in when first called. */
  readonly funcs: readonly AnyFunc[];
  /** The linker makes an itab for each; a conversion not listed finds its itab at run time, as a type assertion does. */
  itabs(params: ParamValues<P>): readonly Implementation[];
  /** runtime.MemProfileRate: 0, the default, is a program that does not read its profile. */
  readonly memProfileRate: number;
  readonly locals: Fields;
  readonly frame: FrameShape;
  main(go: Go, params: ParamValues<P>, frame: Slots<Fields>): unknown;
}

export interface ScenarioShape<P extends ParamSpecs, L extends Fields> extends FrameShape {
  readonly question: string;
  readonly params?: P;
  readonly globals?: Globals | readonly Globals[];
  readonly funcs?: readonly AnyFunc[];
  /** In the order of the program's text; a function where they depend on the parameters. */
  readonly itabs?:
    | readonly Implementation[]
    | ((params: ParamValues<P>) => readonly Implementation[]);
  readonly memProfileRate?: number;
  /** Locals of main.main. */
  readonly locals?: L;
  readonly main: (go: Go, params: ParamValues<P>, frame: Slots<L>) => unknown;
}

/** The whole program; a scenario module's default export. */
export function scenario<P extends ParamSpecs = None, L extends Fields = None>(
  shape: ScenarioShape<P, L>,
): Scenario<P> {
  const {
    globals = [],
    itabs = [],
    openDefers,
    stackDefers,
    closureWords,
    outArgs,
    temps,
    calls,
  } = shape;
  checkBody('main', shape.main);
  return {
    question: shape.question,
    params: shape.params ?? ({} as P),
    globals: 'fields' in globals ? [globals] : globals,
    funcs: shape.funcs ?? [],
    itabs: typeof itabs === 'function' ? itabs : () => itabs,
    memProfileRate: shape.memProfileRate ?? 0,
    locals: shape.locals ?? {},
    frame: {
      ...(openDefers !== undefined && { openDefers }),
      ...(stackDefers !== undefined && { stackDefers }),
      ...(closureWords !== undefined && { closureWords }),
      ...(outArgs !== undefined && { outArgs }),
      ...(temps !== undefined && { temps }),
      ...(calls !== undefined && { calls }),
    },
    main: shape.main as Scenario<P>['main'],
  };
}
