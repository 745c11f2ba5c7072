/**
 * From an empty heap to main.main: what rt0_go, schedinit and runtime.main allocate and start, step by
 * step and in order, on any GOARCH.
 *
 * Order and sizes were recorded on go1.22.12 programs that ran with GOMAXPROCS=1 as their whole
 * environment: test/goldens/boot, whose script makes the recordings.
 *
 * @go runtime/proc.go schedinit, main; runtime/asm_*.s rt0_go
 */
import { chanrecv, makechan } from './chan.ts';
import { cpuinit, doInit, linkBootItabs, store, storeSlice } from './doinit.ts';
import { itabsinit } from './iface.ts';
import { mallocgc, mallocinit, newarray, newobject } from './malloc.ts';
import { allocmcache } from './mcache.ts';
import { bgscavenge, bgsweep, forcegchelper, goHost, spawn } from './mgchost.ts';
import { PageCache } from './mpagecache.ts';
import { runFrame } from './panic.ts';
import { Gosched, runUntil } from './proc.ts';
import { type GoBody, newproc } from './proc-new.ts';
import { mcommoninit, newm } from './proc-thread.ts';
import { G, M, P, type Runtime } from './runtime2.ts';
import { call, enter, holdInFrame, inFrame, leave, onSystemStack } from './runtimefuncs.ts';
import { SemaRoot, semTabSize } from './sema.ts';
import { growslice } from './slice.ts';
import { type Frame, stackalloc } from './stack.ts';
import { gostringn } from './string.ts';
import type { Func } from './symtab.ts';

type GoroutineBody = Generator<void, void, void>;

/** What the program is given by the system. */
export interface Environment {
  /** argv. The bytes are on the first stack; only the slice of strings is in the heap. */
  readonly args: readonly string[];
  /** `NAME=value` each; copied to the heap. */
  readonly envs: readonly string[];
}

/** The program's main.main: its function, and what it does in its frame. */
export interface Program {
  readonly main: Func;
  readonly body: (frame: Frame) => GoroutineBody;
  readonly env: Environment;
  /** false: the heap holds only what a scheduler and the main goroutine need. */
  readonly systemGoroutines: boolean;
  /** Where sysmon preempts the main goroutine on its way to main.main; nowhere unless given. */
  readonly preempted?: BootPreemption;
}

/**
 * A place where the main goroutine, having run for 10 ms, is preempted: as gcenable begins, or when
 * its channel is made. Main is locked to its thread then, so that the second thread starts here and
 * not where main first waits. Slow machines, emulated ones above all, do this often.
 */
export type BootPreemption = 'gcenable' | 'gcenable, after makechan';

/** Links the program, boots the runtime and runs everything until main.main returns. */
export function runProgram(rt: Runtime, program: Program): void {
  if (program.systemGoroutines) linkBootItabs(rt);
  link(rt);
  schedinit(rt, program);
  const { funcs } = rt.sched;
  let ended = false;
  const body = () => runtimeMain(rt, program, () => (ended = true));
  const rt0 = funcs.get('runtime.rt0_go').func;
  newproc(rt, funcs.funcval('runtime.main'), body, funcs.site(rt0, 'runtime.newproc')!);
  runUntil(rt, () => ended);
}

/** Gives the variables their addresses and tells the mechanisms where theirs are. */
function link(rt: Runtime): void {
  const { firstmoduledata: md, sched, arch } = rt;
  md.freeze(rt.memory);
  rt.mheap.zerobase = md.addressOf('runtime.zerobase');
  sched.staticuint64s = md.addressOf('runtime.staticuint64s');
  for (const name of ['sched', 'semtable', 'allgs', 'allgptr', 'allm', 'allp'] as const) {
    sched.globals[name] = md.addressOf(`runtime.${name}`);
  }
  const root = (i: number) => sched.globals.semtable + i * arch.cacheLinePadSize;
  sched.semtable = Array.from({ length: semTabSize }, (_, i) => new SemaRoot(root(i)));
  rt.gc.host = goHost;
  const m0 = new M(md.addressOf('runtime.m0'), 0);
  m0.g0 = new G(md.addressOf('runtime.g0'));
  m0.g0.m = m0;
  rt.m = m0;
}

/**
 * Links a program without code and boots it up to where the runtime makes its Ps: the part of the boot
 * that a log of allocations does not show, since the debug variables are read in it.
 */
export function bootBeforePs(rt: Runtime, env: Environment): void {
  linkBootItabs(rt);
  link(rt);
  schedinitBeforePs(rt, env, true);
}

/** Everything before the first goroutine runs. @go runtime/proc.go schedinit */
function schedinit(rt: Runtime, { env, systemGoroutines }: Program): void {
  schedinitBeforePs(rt, env, systemGoroutines);
  procresize(rt);
}

/** What schedinit does before procresize. @go runtime/proc.go schedinit */
function schedinitBeforePs(rt: Runtime, env: Environment, systemGoroutines: boolean): void {
  const { types } = rt;
  mallocinit(rt);
  if (systemGoroutines) {
    getGodebugEarly(rt, env.envs);
    cpuinit(rt);
  }
  mcommoninit(rt, rt.m);
  modulesinit(rt, systemGoroutines);
  itabsinit(rt);
  if (systemGoroutines) {
    const { length } = env.args;
    if (length > 0) storeSlice(rt, 'runtime.argslice', newarray(rt, types.string, length), length);
    goenvs(rt, env.envs);
    store(rt, 'runtime.godebugEnv', newobject(rt, types.string));
  }
  rt.gcController.init(rt.gogc, rt.memoryLimit);
  if (systemGoroutines) stackalloc(rt, 16384);
}

/** The list of modules: one, whose masks of data and bss are expanded here. @go runtime/symtab.go modulesinit */
function modulesinit(rt: Runtime, listModules: boolean): void {
  const { types, firstmoduledata: md } = rt;
  if (listModules) {
    const modules = newobject(rt, types.sliceOf(types.uint8));
    const array = growslice(rt, 0, 1, 0, 1, types.uintptr);
    rt.memory.writeUintptr(modules, array.array);
    rt.memory.writeUintptr(modules + rt.arch.ptrSize, 1);
    rt.memory.writeUintptr(modules + 2 * rt.arch.ptrSize, array.cap);
    store(rt, 'runtime.modulesSlice', modules);
  }
  for (const bytes of [md.edata - md.data, md.ebss - md.bss]) {
    const bits = Math.ceil(bytes / rt.arch.ptrSize);
    rt.persistent.alloc(Math.ceil(bits / 8) + 1, 1, 'buckHashSys');
  }
  rt.gcController.addGlobals(md.edata - md.data + (md.ebss - md.bss));
}

/** Copies GODEBUG's text, which cpuinit reads, before there are goenvs. @go runtime/proc.go getGodebugEarly */
function getGodebugEarly(rt: Runtime, envs: readonly string[]): void {
  const text = envs.find((env) => env.startsWith('GODEBUG='));
  if (text !== undefined) gostringn(rt, new TextEncoder().encode(text));
}

/** @go runtime/runtime1.go goenvs_unix */
function goenvs(rt: Runtime, envs: readonly string[]): void {
  if (envs.length === 0) return;
  const { types, memory } = rt;
  const { ptrSize } = rt.arch;
  const array = newarray(rt, types.string, envs.length);
  storeSlice(rt, 'runtime.envs', array, envs.length);
  envs.forEach((text, i) => {
    const s = gostringn(rt, new TextEncoder().encode(text));
    memory.writeUintptr(array + 2 * i * ptrSize, s.str);
    memory.writeUintptr(array + (2 * i + 1) * ptrSize, s.len);
  });
}

/** Ps and their caches; the first takes over m0's mcache. @go runtime/proc.go procresize */
function procresize(rt: Runtime): void {
  const { types, memory } = rt;
  const n = rt.gomaxprocs;
  const struct = rt.sched.structs.get('p');
  const allp = newarray(rt, types.ptrTo(struct.type), n);
  storeSlice(rt, 'runtime.allp', allp, n);
  const maskWords = Math.ceil(n / 32);
  for (const name of ['runtime.idlepMask', 'runtime.timerpMask'] as const) {
    storeSlice(rt, name, mallocgc(rt, 4 * maskWords, null, true), maskWords);
  }
  for (let id = 0; id < n; id++) {
    const pp = new P(newobject(rt, struct.type), id);
    pp.mcache = id === 0 ? rt.mcache0 : allocmcache(rt);
    pp.pcache = new PageCache();
    for (const pool of ['sudogcache', 'deferpool'] as const) {
      const buf = struct.off[pool === 'sudogcache' ? 'sudogbuf' : 'deferpoolbuf']!;
      memory.writeUintptr(pp.addr + struct.off[`${pool}.array`]!, pp.addr + buf);
    }
    memory.writeUintptr(allp + id * rt.arch.ptrSize, pp.addr);
    rt.allp.push(pp);
  }
  rt.mcache0 = null;
  acquirep(rt, rt.allp[0]!);
  stealOrder(rt, n);
}

/** Gives the P to the running M. @go runtime/proc.go acquirep */
export function acquirep(rt: Runtime, pp: P): void {
  rt.m.p = pp;
  pp.m = rt.m;
  pp.status = 1;
}

/** The numbers up to n that are prime to it, by which a P steps through the others. @go runtime/proc.go (*randomOrder).reset */
function stealOrder(rt: Runtime, n: number): void {
  let s = { array: 0, len: 0, cap: 0 };
  for (let i = 1; i <= n; i++) {
    if (gcd(i, n) !== 1) continue;
    const len = s.len + 1;
    s = len <= s.cap ? { ...s, len } : growslice(rt, s.array, len, s.cap, 1, rt.types.uint32);
    rt.memory.writeUint32(s.array + 4 * (len - 1), i);
  }
  storeSlice(rt, 'runtime.stealOrder', s.array, s.len, s.cap);
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

/** @go runtime/proc.go main */
function* runtimeMain(rt: Runtime, program: Program, exit: () => void): GoroutineBody {
  rt.stackpool.maxstacksize = rt.arch.ptrSize === 8 ? 1_000_000_000 : 250_000_000;
  const gp = rt.m.curg!;
  const own = gp.frame!;
  // The closure of its open-coded defer is the one variable whose address it takes.
  const closure = own.fn.stackObjects?.[0];
  if (closure !== undefined) holdInFrame(rt, own, 'main', [own.varp + closure.off]);
  gp.lockedm = rt.m;
  if (program.systemGoroutines) {
    onSystemStack(rt, ['runtime.systemstack', 'runtime.main.func1'], () => newm(rt));
    spawn(rt, 'runtime.init.5', 'runtime.forcegchelper', () => forcegchelper(rt));
    yield* gcenable(rt, program.preempted);
    const done = inFrame(rt, 'runtime.makechan', () => makechan(rt, rt.types.bool, 0));
    store(rt, 'runtime.main_init_done', done);
    doInit(rt);
  }
  gp.lockedm = null;
  rt.memstats.enablegc = true;
  const frame = call(rt, program.main);
  yield* runFrame(rt, frame, program.body(frame));
  leave(rt, frame);
  exit();
  yield;
}

/** Starts the background sweeper and scavenger and waits until both run. @go runtime/mgc.go gcenable */
function* gcenable(rt: Runtime, preempted?: BootPreemption): GoroutineBody {
  const { funcs } = rt.sched;
  const { types } = rt;
  if (preempted === 'gcenable') yield* Gosched(rt);
  const own = enter(rt, 'runtime.gcenable');
  const c = inFrame(rt, 'runtime.makechan', () => makechan(rt, types.int, 2));
  if (preempted === 'gcenable, after makechan') yield* Gosched(rt);
  const closure = types.structOf([
    { name: 'F', type: types.uintptr },
    { name: 'X0', type: types.chanOf(types.int) },
  ]);
  const pc = funcs.site(own.fn, 'runtime.newproc')!;
  const start = (name: string, body: GoBody, site: string): void => {
    const { fn } = funcs.funcval(name);
    const addr = newobject(rt, closure, site);
    rt.memory.writeUintptr(addr, fn);
    rt.memory.writeUintptr(addr + rt.arch.ptrSize, c);
    newproc(rt, { addr, fn }, body, pc);
  };
  start('runtime.gcenable.gowrap1', () => bgsweep(rt, c), 'runtime.newobject');
  start('runtime.gcenable.gowrap2', () => bgscavenge(rt, c), 'runtime.newobject#second');
  yield* chanrecv(rt, c, 0);
  yield* chanrecv(rt, c, 0);
  leave(rt, own);
}
