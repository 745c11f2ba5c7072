/**
 * A world with goroutines, for tests: the collector's test world, a linked program with the runtime's
 * own functions, and a main goroutine on a real stack.
 */
import type { GoArch } from '../../sim/arch.ts';
import { layoutFrame, type SlotSpec } from '../../sim/framelayout.ts';
import { newobject } from '../../sim/malloc.ts';
import { goHost } from '../../sim/mgchost.ts';
import { ModuleData } from '../../sim/moduledata.ts';
import { runUntil } from '../../sim/proc.ts';
import { type GoBody, newproc1 } from '../../sim/proc-new.ts';
import { runqput } from '../../sim/proc-runq.ts';
import { type G, Gdead, type P, type Runtime } from '../../sim/runtime2.ts';
import { addRuntimeFuncs } from '../../sim/runtimefuncs.ts';
import { RuntimeStructs } from '../../sim/runtimetypes.ts';
import { Sched } from '../../sim/sched.ts';
import { SemaRoot, semTabSize } from '../../sim/sema.ts';
import { type Func, Symtab } from '../../sim/symtab.ts';
import { type GcWorldOptions, gcWorld } from './gc-world.ts';

export interface GoroutineWorld {
  readonly rt: Runtime;
  readonly goarch: GoArch;
  /** A function of package main. */
  func(name: string, locals?: readonly SlotSpec[], params?: readonly SlotSpec[]): Func;
  /** Starts a goroutine of a fresh function. */
  go(name: string, body: GoBody, locals?: readonly SlotSpec[]): G;
  /** Runs until all goroutines of `go` have ended. */
  run(): void;
}

export function goroutineWorld(options: GcWorldOptions = {}): GoroutineWorld {
  const { rt } = gcWorld(options);
  const { arch, types } = rt;
  const module = new ModuleData(arch, { text: 8 << 20 });
  const structs = new RuntimeStructs(arch, types);
  const symtab = new Symtab(arch, module);
  const funcs = addRuntimeFuncs(arch, symtab);
  module.addGlobal('runtime.sched', structs.get('schedt').type, 'bss');
  module.addGlobal('runtime.allgs', types.sliceOf(types.unsafePointer), 'bss');
  module.freeze(rt.memory);
  const sched = new Sched(structs, funcs);
  sched.semtable = Array.from({ length: semTabSize }, () => new SemaRoot(0));
  sched.globals.sched = module.addressOf('runtime.sched');
  sched.globals.allgs = module.addressOf('runtime.allgs');
  const under = rt as { -readonly [k in keyof Runtime]: Runtime[k] };
  Object.assign(under, { symtab, sched, firstmoduledata: module });
  rt.m.curg = null;
  for (const p of rt.allp) {
    const named = p as { -readonly [k in keyof P]: P[k] };
    named.addr = newobject(rt, structs.get('p').type);
    rt.allgs.length = 0;
  }
  rt.gc.host = goHost;
  const users: G[] = [];
  const world: GoroutineWorld = {
    rt,
    goarch: arch.goarch,
    func(name, locals = [], params = []) {
      const layout = layoutFrame(arch, { params, locals });
      return symtab.addFunc({ name: `main.${name}`, file: 'main.go', line: 10, layout });
    },
    go(name, body, locals = []) {
      const fn = world.func(name, locals);
      const g = newproc1(rt, symtab.funcval(fn), body, rt.m.curg, 0);
      runqput(rt, rt.m.p!, g, false);
      users.push(g);
      return g;
    },
    run: () => runUntil(rt, () => users.every((g) => g.status === Gdead)),
  };
  return world;
}
