/**
 * What all Ms share: the scheduler's state, and where the runtime's variables keep it in memory.
 *
 * @go runtime/runtime2.go schedt
 */
import type { Sudog } from './chan.ts';
import { throw_ } from './errors.ts';
import type { Defer } from './panic.ts';
import type { G, M, P, Runtime } from './runtime2.ts';
import type { RuntimeFuncs } from './runtimefuncs.ts';
import type { RuntimeStructs } from './runtimetypes.ts';
import type { SemaRoot } from './sema.ts';
import type { Slice } from './slice.ts';
import type { Frame } from './stack.ts';
import type { Func } from './symtab.ts';
import { Pipes } from './syscall.ts';
import type { Type } from './type.ts';

/** What a finalizer does with the pointer that it is given, in its frame. */
export type FinalizerBody = (arg: number, frame: Frame) => Generator<void, void, void>;

/** Addresses of the runtime's variables that keep its structures alive; 0 where the world has none. */
export interface SchedGlobals {
  sched: number;
  semtable: number;
  allgs: number;
  allgptr: number;
  allm: number;
  allp: number;
}

/** What all Ms share. @go runtime/runtime2.go schedt */
export class Sched {
  readonly structs: RuntimeStructs;
  /** The runtime's own functions and their call sites. */
  readonly funcs: RuntimeFuncs;
  goidgen = 0;
  /** Global run queue. */
  readonly runq: G[] = [];
  /** System goroutines that live. */
  ngsys = 0;
  /** Dead goroutines to use again, with and without a stack. */
  readonly gFreeStack: G[] = [];
  readonly gFreeNoStack: G[] = [];
  /** Central lists, linked by next and link. */
  sudogcache: Sudog | null = null;
  deferpool: Defer | null = null;
  /** Every sudog by its address. */
  readonly sudogs = new Map<number, Sudog>();
  /** Element types of channels by the type's address. */
  readonly chanElems = new Map<number, Type>();
  semtable: readonly SemaRoot[] = [];
  /** The slice behind allgs. */
  allgsSlice: Slice = { array: 0, len: 0, cap: 0 };
  readonly globals: SchedGlobals = {
    sched: 0,
    semtable: 0,
    allgs: 0,
    allgptr: 0,
    allm: 0,
    allp: 0,
  };
  /** Address of runtime.staticuint64s, 0 in a world without it. */
  staticuint64s = 0;
  /** The goroutine that findRunnable found was next: it runs in the time slice of the one before it. */
  inheritTime = false;
  /** Ms made, which is the next one's id. */
  mnext = 0;
  /** Ms that wait for a P, the one that takes it first last. */
  readonly midle: M[] = [];
  readonly pipes = new Pipes();
  /** There is a thread that makes threads for locked ones. */
  haveTemplateThread = false;

  readonly #constants = new Map<string, number>();
  readonly #finalizerBodies = new Map<Func, FinalizerBody>();

  constructor(structs: RuntimeStructs, funcs: RuntimeFuncs) {
    this.structs = structs;
    this.funcs = funcs;
  }

  /** Says what a function does when it is called as a finalizer. */
  setFinalizerBody(fn: Func, body: FinalizerBody): void {
    this.#finalizerBodies.set(fn, body);
  }

  /** Runs `fn` in its frame as the finalizer of the object that `arg` points to. */
  finalizerBody(fn: Func, arg: number, frame: Frame): Generator<void, void, void> {
    const body = this.#finalizerBodies.get(fn);
    if (body === undefined) throw_(`finalizer ${fn.name} has no code`);
    return body(arg, frame);
  }

  /** Address of a string header in read-only data with the text. */
  constantString(rt: Runtime, text: string): number {
    let addr = this.#constants.get(text);
    if (addr === undefined) {
      const bytes = new TextEncoder().encode(text);
      const data = rt.firstmoduledata.rodata(bytes, 1);
      addr = rt.firstmoduledata.rodataWords([data, bytes.length], rt.arch.ptrSize);
      this.#constants.set(text, addr);
    }
    return addr;
  }

  /** Stores a P's slice of cached sudogs in its p. */
  writeSudogcache(rt: Runtime, pp: P): void {
    writePool(rt, pp, 'sudogcache', pp.sudogcache);
  }

  /** Stores a P's slice of cached defer records in its p. */
  writeDeferpool(rt: Runtime, pp: P): void {
    writePool(rt, pp, 'deferpool', pp.deferpool);
  }

  /** Stores the heads of the central lists in runtime.sched, and the running P's caches. */
  writePools(rt: Runtime): void {
    const pp = rt.m.p;
    if (pp !== null) {
      this.writeSudogcache(rt, pp);
      this.writeDeferpool(rt, pp);
    }
    const { sched } = this.globals;
    if (sched === 0) return;
    const { off } = this.structs.get('schedt');
    rt.gc.writePointer(rt, sched + off.sudogcache!, this.sudogcache?.addr ?? 0);
    rt.gc.writePointer(rt, sched + off.deferpool!, this.deferpool?.addr ?? 0);
  }

  /** Sets the sudogs that a goroutine waits on. */
  setWaiting(rt: Runtime, gp: G, s: Sudog | null): void {
    gp.waiting = s;
    this.#writeField(rt, gp, 'waiting', s?.addr ?? 0);
  }

  /** Sets a goroutine's timer for time.Sleep. */
  setTimer(rt: Runtime, gp: G, timer: number): void {
    gp.timer = timer;
    this.#writeField(rt, gp, 'timer', timer);
  }

  /** Sets what wakes a goroutine hands over, or recovery leaves to deferreturn. */
  setParam(rt: Runtime, gp: G, p: number): void {
    gp.param = p;
    this.#writeField(rt, gp, 'param', p);
  }

  /** Sets the closure that a goroutine begins with: it lives by its g until that runs. */
  setCtxt(rt: Runtime, gp: G, closure: number): void {
    gp.sched.ctxt = closure;
    this.#writeField(rt, gp, 'sched.ctxt', closure);
  }

  writeDeferHead(rt: Runtime, gp: G): void {
    this.#writeField(rt, gp, '_defer', gp.defer?.addr ?? 0);
  }

  writePanicHead(rt: Runtime, gp: G): void {
    this.#writeField(rt, gp, '_panic', gp.panic?.addr ?? 0);
  }

  /** Stores a pointer in a g, if that has an address. */
  #writeField(rt: Runtime, gp: G, field: string, p: number): void {
    if (gp.addr !== 0) rt.gc.writePointer(rt, gp.addr + this.structs.get('g').off[field]!, p);
  }
}

/** Stores a P's cache: the slice header and the entries that changed. */
function writePool(
  rt: Runtime,
  pp: P,
  name: 'sudogcache' | 'deferpool',
  pool: readonly { addr: number }[],
): void {
  if (pp.addr === 0) return;
  const { off } = rt.sched.structs.get('p');
  const { ptrSize } = rt.arch;
  const buf = pp.addr + off[name === 'sudogcache' ? 'sudogbuf' : 'deferpoolbuf']!;
  const lenSlot = pp.addr + off[`${name}.len`]!;
  const old = rt.memory.readUintptr(lenSlot);
  const len = pool.length;
  for (let i = len; i < old; i++) rt.gc.writePointer(rt, buf + i * ptrSize, 0);
  for (let i = Math.max(0, Math.min(old, len) - 1); i < len; i++) {
    rt.gc.writePointer(rt, buf + i * ptrSize, pool[i]!.addr);
  }
  rt.memory.writeUintptr(lenSlot, len);
}
