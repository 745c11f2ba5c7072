/**
 * `go f(args)` and `defer f(args)`: calls that happen later, by a closure that holds the arguments.
 *
 * @go cmd/compile/internal/walk/order.go, runtime/proc.go newproc, runtime/panic.go deferproc
 */
import { newobject } from '../../sim/malloc.ts';
import { deferproc, deferprocStack, openDefer } from '../../sim/panic.ts';
import { newproc } from '../../sim/proc-new.ts';
import type { G } from '../../sim/runtime2.ts';
import { call, leave } from '../../sim/runtimefuncs.ts';
import type { Frame } from '../../sim/stack.ts';
import type { Funcval } from '../../sim/symtab.ts';
import type { Type } from '../../sim/type.ts';
import { ScenarioError } from './errors.ts';
import type { AnyFunc, Blocking } from './func.ts';
import { hex } from './hex.ts';
import type { Args, Machine } from './machine.ts';
import type { LinkedFunc } from './program.ts';
import type { CodecTable } from './resolve.ts';

/** The closures that a script's functions make. */
export class Closures {
  readonly #m: Machine;
  readonly #types = new Map<AnyFunc, Type>();
  readonly #wrappers = new Map<LinkedFunc, Map<AnyFunc, LinkedFunc>>();

  constructor(machine: Machine) {
    this.#m = machine;
  }

  /** `go f(args)`. */
  spawn(decl: AnyFunc, args: Args): G {
    const m = this.#m;
    const linked = m.program.linked(decl);
    const fv = this.#closure('gowrap', linked, args);
    const pc = m.at('go', decl);
    const gp = newproc(m.world, fv, () => this.#goroutine(linked, fv), pc);
    const closure = linked.params.length > 0;
    m.trace?.({ op: 'go', g: m.g.goid, func: decl.name, new: gp.goid, closure });
    return gp;
  }

  /** What a goroutine does: its first frame, that of `fv`, lies already. */
  *#goroutine(linked: LinkedFunc, fv: Funcval): Blocking {
    const gp = this.#m.g;
    const first = gp.frame!;
    if (first.fn === linked.func) yield* this.#m.runInGoroutine(linked, first);
    else yield* this.#callFromWrapper(linked, fv, first);
  }

  /**
   * `defer f(args)`: open-coded or with a record in the frame where the function declares its defers, else a
   * record and a closure in the heap, as in a loop.
   */
  defer(decl: AnyFunc, args: Args): void {
    const m = this.#m;
    const { running, world, program } = m;
    const frame = m.g.frame!;
    const linked = program.linked(decl);
    const openCoded = frame.openDefers !== null;
    const n = openCoded ? frame.openDefers!.bodies.length : recordsOf(frame);
    if (openCoded && n === running.maxOpenDefers) {
      throw new ScenarioError(
        `${running.decl.name} declares ${n} open-coded defers and defers once more: declare ` +
          'them all (at most 8), or none, and they are records in the heap',
      );
    }
    const record = running.deferRecord(n);
    const inFrame = openCoded || record !== undefined;
    const fv = inFrame
      ? this.#closureInFrame(linked, args, frame, n)
      : this.#closure('deferwrap', linked, args);
    const pc = m.at('defer', decl);
    const body = (): Blocking => this.#deferred(linked, fv);
    if (openCoded) openDefer(world, frame, n, fv, body);
    else if (record !== undefined) deferprocStack(world, frame.varp - record, fv, body, pc);
    else deferproc(world, fv, body, pc);
    const closure = !inFrame && linked.params.length > 0;
    m.trace?.({ op: 'defer', g: m.g.goid, func: decl.name, closure, openCoded });
  }

  *#deferred(linked: LinkedFunc, fv: Funcval): Blocking {
    const { world, program } = this.#m;
    this.#m.trace?.({ op: 'deferred', g: this.#m.g.goid, func: linked.decl.name });
    if (fv.fn === linked.func.entry) {
      yield* this.#run(linked, call(world, linked.func));
      return;
    }
    const wrapper = program.of(world.symtab.findfunc(fv.fn)!)!;
    const frame = call(world, wrapper.func);
    yield* this.#callFromWrapper(linked, fv, frame);
    leave(world, frame);
  }

  /** The call in the wrapper whose frame lies there. */
  *#callFromWrapper(linked: LinkedFunc, fv: Funcval, wrapper: Frame): Blocking {
    const { world, program } = this.#m;
    wrapper.g.sched.pc = program.of(wrapper.fn)!.site('call', linked.decl);
    const frame = call(world, linked.func);
    linked.storeArgs(frame, this.#captured(linked, fv));
    yield* this.#run(linked, frame);
  }

  *#run(linked: LinkedFunc, frame: Frame): Blocking {
    const done = this.#m.run(linked, frame);
    if (linked.blocks) yield* done as Blocking;
  }

  /** The arguments as they lie in the closure: until now they lived by it. */
  #captured(linked: LinkedFunc, fv: Funcval): Args {
    const { fields } = this.#types.get(linked.decl)!;
    const { heap } = this.#m.program;
    return Object.fromEntries(
      linked.params.map(({ name, type }, i) => {
        const value: unknown = heap.codec(type).load(fv.addr + fields![i + 1]!.offset);
        return [name, value];
      }),
    );
  }

  /**
   * A function value that calls the function with these arguments: a closure in the heap with a
   * wrapper for its code; without arguments the function's own.
   */
  #closure(kind: 'gowrap' | 'deferwrap', linked: LinkedFunc, args: Args): Funcval {
    const m = this.#m;
    const { world, program } = m;
    if (linked.params.length === 0) return world.symtab.funcval(linked.func);
    const type = this.#typeOf(linked);
    const { entry: fn } = this.#wrapper(kind, linked.decl).func;
    for (const { name, codec } of linked.params) m.hold(codec, linked.argument(args, name));
    m.at('closure', type);
    const addr = newobject(world, type);
    world.gc.hold(addr);
    m.trace?.({ op: 'closure', g: m.g.goid, type, func: linked.decl.name, addr: hex(addr) });
    this.#fill({ addr, fn }, linked, args, program.heap);
    return { addr, fn };
  }

  /** The same with the closure in the frame of the function that defers, for its n-th defer statement. */
  #closureInFrame(linked: LinkedFunc, args: Args, frame: Frame, n: number): Funcval {
    const { world, program, running } = this.#m;
    if (linked.params.length === 0) return world.symtab.funcval(linked.func);
    const offset = running.closureOffset(n, this.#typeOf(linked));
    const { entry: fn } = this.#wrapper('deferwrap', linked.decl).func;
    this.#fill({ addr: frame.varp - offset, fn }, linked, args, program.stack);
    // A stack that is copied takes the closure along.
    return {
      get addr() {
        return frame.varp - offset;
      },
      fn,
    };
  }

  #fill({ addr, fn }: Funcval, linked: LinkedFunc, args: Args, codecs: CodecTable): void {
    const { fields } = this.#typeOf(linked);
    this.#m.world.memory.writeUintptr(addr, fn);
    for (const [i, { name, type: t }] of linked.params.entries()) {
      codecs.codec(t).store(addr + fields![i + 1]!.offset, linked.argument(args, name));
    }
  }

  /** struct { F uintptr; X0, X1, … } */
  #typeOf(linked: LinkedFunc): Type {
    let type = this.#types.get(linked.decl);
    if (type === undefined) {
      const { types } = this.#m.world;
      type = types.structOf([
        { name: 'F', type: types.uintptr },
        ...linked.params.map(({ slot }, i) => ({ name: `X${i}`, type: slot.type })),
      ]);
      this.#types.set(linked.decl, type);
    }
    return type;
  }

  /** The function that the compiler makes in the running one for calls of `decl`: main.main.gowrap1. */
  #wrapper(kind: string, decl: AnyFunc): LinkedFunc {
    const { running, program } = this.#m;
    let byDecl = this.#wrappers.get(running);
    if (byDecl === undefined) {
      byDecl = new Map();
      this.#wrappers.set(running, byDecl);
    }
    let wrapper = byDecl.get(decl);
    if (wrapper === undefined) {
      const name = `${running.decl.name}.${kind}${++running.wrappers}`;
      const made: AnyFunc = { name, params: {}, locals: {}, frame: {}, body: () => undefined };
      wrapper = program.linked(made, true);
      byDecl.set(decl, wrapper);
    }
    return wrapper;
  }
}

/** Defer records that a frame has. */
function recordsOf(frame: Frame): number {
  let n = 0;
  for (let d = frame.g.defer; d !== null && d.sp === frame.sp; d = d.link) n++;
  return n;
}
