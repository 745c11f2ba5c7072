/**
 * Small programs of defers, panics, recovers and Goexits: as data, as Go source, and run on the model.
 * Both tell what they do, line by line.
 */
import { divideError, memoryError } from '../../sim/error.ts';
import { RuntimeThrow } from '../../sim/errors.ts';
import type { FrameLayout } from '../../sim/framelayout.ts';
import {
  deferproc,
  deferprocStack,
  Goexit,
  gopanic,
  gorecover,
  openDefer,
  raise,
  runFrame,
} from '../../sim/panic.ts';
import { call } from '../../sim/runtimefuncs.ts';
import { type Frame, popFrame } from '../../sim/stack.ts';
import type { Func, Funcval } from '../../sim/symtab.ts';
import type { GcWorldOptions } from './gc-world.ts';
import { type GoroutineWorld, goroutineWorld } from './goroutine-world.ts';

/** How a function keeps its defers: open-coded, or in records in its frame or in the heap. */
export type DeferKind = 'open' | 'stack' | 'heap';

export type Stmt =
  | { readonly do: 'defer' | 'call'; readonly fn: Fn }
  | { readonly do: 'recover' | 'repanic' | 'goexit' | 'nil' | 'divide' | 'deferNil' | 'grow' }
  | { readonly do: 'panic'; readonly value: string };

export interface Fn {
  readonly kind: DeferKind;
  readonly body: readonly Stmt[];
}

/** Open-coded defers are eight at most; no program here has more in one function. */
const maxDefers = 8;

export const fn = (kind: DeferKind, ...body: Stmt[]): Fn => ({ kind, body });

/** Every function of a program, outermost first; their places are their names. */
function functionsOf(main: Fn): Fn[] {
  return [main, ...main.body.flatMap((s) => ('fn' in s ? functionsOf(s.fn) : []))];
}

const goHeader = `package main

import (
	"os"
	"runtime"
	"strconv"
)

var (
	zero, one = 0, 1
	nilFunc   func()
	nilInt    *int
	sink      int
)

func nop() {}

func text(r any) string {
	switch r := r.(type) {
	case nil:
		return "nil"
	case error:
		return r.Error()
	}
	return r.(string)
}

//go:noinline
func grow(n int) int {
	var pad [512]int
	if n > 0 {
		pad[n] = grow(n - 1)
	}
	return pad[n%512]
}

func main() {
	n, _ := strconv.Atoi(os.Args[1])
	go programs[n]()
	runtime.Gosched()
	for runtime.NumGoroutine() > 1 {
		runtime.Gosched()
	}
	println("done")
}
`;

/** A Go program that runs the one of the programs whose number it is given. */
export function goSource(programs: readonly Fn[]): string {
  const parts = [goHeader];
  programs.forEach((program, number) => {
    const all = functionsOf(program);
    const names = new Map(all.map((f, i) => [f, `p${number}f${i}`]));
    all.forEach((f, i) => {
      parts.push(goFunction(f, names.get(f)!, `f${i}`, names));
    });
  });
  const list = programs.map((_, number) => `p${number}f0`).join(', ');
  parts.push(`var programs = []func(){${list}}\n`);
  return parts.join('\n');
}

function goFunction(f: Fn, name: string, label: string, names: ReadonlyMap<Fn, string>): string {
  const defer = (callee: string) =>
    f.kind === 'heap' ? `for i := 0; i < one; i++ { defer ${callee}() }` : `defer ${callee}()`;
  const lines = f.body.map((s) => {
    switch (s.do) {
      case 'defer':
        return defer(names.get(s.fn)!);
      case 'deferNil':
        return defer('nilFunc');
      case 'call':
        return `${names.get(s.fn)!}()`;
      case 'recover':
        return `{ r := recover(); println("recover", text(r)) }`;
      case 'repanic':
        return 'if r := recover(); r != nil { panic(r) }';
      case 'goexit':
        return 'runtime.Goexit()';
      case 'nil':
        return 'sink = *nilInt';
      case 'divide':
        return 'sink = one / zero';
      case 'grow':
        return 'sink = grow(8)';
      case 'panic':
        return `panic("${s.value}")`;
      default:
        return s satisfies never;
    }
  });
  // A defer in a loop, though it never runs, keeps the others from being open-coded.
  if (f.kind === 'stack') lines.unshift('for i := 0; i < zero; i++ { defer nop() }');
  const body = [`println("${label} {")`, ...lines, `println("${label} }")`];
  return `//go:noinline\nfunc ${name}() {\n\t${body.join('\n\t')}\n}\n`;
}

/** One function of a program on the model. */
interface Compiled {
  readonly label: string;
  readonly func: Func;
  readonly funcval: Funcval;
  readonly layout: FrameLayout;
}

class Machine {
  readonly log: string[] = [];
  readonly world: GoroutineWorld;
  readonly #compiled = new Map<Fn, Compiled>();
  readonly #big: Func;

  constructor(main: Fn, options: GcWorldOptions) {
    this.world = goroutineWorld(options);
    const { rt } = this.world;
    const { types } = rt;
    const defer = rt.sched.structs.get('_defer').type;
    functionsOf(main).forEach((f, i) => {
      const func = this.world.func(`f${i}`, [
        { name: 'slots', type: types.arrayOf(maxDefers, types.unsafePointer) },
        { name: 'bits', type: types.uint8 },
        { name: 'records', type: types.arrayOf(maxDefers, defer) },
      ]);
      const funcval = rt.symtab.funcval(func);
      this.#compiled.set(f, { label: `f${i}`, func, funcval, layout: func.layout! });
    });
    this.#big = this.world.func('grow', [{ name: 'pad', type: types.arrayOf(512, types.uint64) }]);
  }

  /** Calls a function on the running goroutine, to its end. */
  *invoke(f: Fn): Generator<void, void, void> {
    const { rt } = this.world;
    const c = this.#compiled.get(f)!;
    const frame = call(rt, c.func);
    rt.m.curg!.sched.pc = c.func.callSite(11);
    const bits = -c.layout.slots.get('bits')!.off;
    if (f.kind === 'open') {
      rt.memory.writeUint8(frame.varp - bits, 0);
      const slots = -c.layout.slots.get('slots')!.off;
      frame.openDefers = { deferBitsOffset: bits, slotsOffset: slots, bodies: [] };
    }
    yield* runFrame(rt, frame, this.#run(f, c, frame));
    popFrame(rt, frame);
  }

  *#run(f: Fn, c: Compiled, frame: Frame): Generator<void, void, void> {
    const { rt } = this.world;
    this.log.push(`${c.label} {`);
    let defers = 0;
    for (const s of f.body) {
      switch (s.do) {
        case 'defer':
          this.#defer(f.kind, c, frame, defers++, s.fn);
          break;
        case 'deferNil':
          this.#defer(f.kind, c, frame, defers++, null);
          break;
        case 'call':
          yield* this.invoke(s.fn);
          break;
        case 'recover':
          this.log.push(`recover ${String(gorecover(rt, frame)?.value ?? 'nil')}`);
          break;
        case 'repanic': {
          const p = gorecover(rt, frame);
          if (p !== null) yield* gopanic(rt, p.argType, p.argData, p.value);
          break;
        }
        case 'panic':
          yield* gopanic(rt, 0, 0, s.value);
          break;
        case 'goexit':
          yield* Goexit(rt);
          break;
        case 'nil':
          yield* raise(rt, memoryError());
          break;
        case 'divide':
          yield* raise(rt, divideError());
          break;
        case 'grow':
          this.#grow(8);
          break;
        default:
          s satisfies never;
      }
    }
    this.log.push(`${c.label} }`);
  }

  #defer(kind: DeferKind, c: Compiled, frame: Frame, index: number, f: Fn | null): void {
    const { rt } = this.world;
    const fv = f === null ? null : this.#compiled.get(f)!.funcval;
    const body = f === null ? null : () => this.invoke(f);
    const pc = c.func.callSite(11);
    if (kind === 'open') openDefer(rt, frame, index, fv, body);
    else if (kind === 'heap') deferproc(rt, fv, body, pc);
    else {
      const size = rt.sched.structs.get('_defer').size;
      const record = frame.varp + c.layout.slots.get('records')!.off + index * size;
      deferprocStack(rt, record, fv, body, pc);
    }
  }

  #grow(n: number): void {
    const { rt } = this.world;
    const frame = call(rt, this.#big);
    rt.m.curg!.sched.pc = this.#big.callSite(11);
    if (n > 0) this.#grow(n - 1);
    popFrame(rt, frame);
  }
}

export interface ModelRun {
  readonly log: readonly string[];
  readonly world: GoroutineWorld;
}

/** Runs a program on the model, in a goroutine of its own; a fatal panic's lines end the log. */
export function runOnModel(program: Fn, options: GcWorldOptions = {}): ModelRun {
  const machine = new Machine(program, options);
  const { log, world } = machine;
  world.go('program', () => machine.invoke(program));
  try {
    world.run();
    log.push('done');
  } catch (error) {
    if (!(error instanceof RuntimeThrow)) throw error;
    log.push(...error.message.trimEnd().split('\n'));
  }
  return { log, world };
}

/** What a real program told on stderr, without a signal's line and the goroutines' stacks. */
export function logOfGo(stderr: string): string[] {
  const lines = stderr.split('\n');
  const end = lines.indexOf('');
  return lines.slice(0, end < 0 ? undefined : end).filter((line) => !line.startsWith('[signal'));
}
