/**
 * Defer, panic, recover and Goexit.
 *
 * A deferred call has a record, in the heap (deferproc) or in its function's frame (deferprocStack),
 * or is open-coded: then a byte of bits and a slot for each closure in the frame stand for it, and
 * there is no record at all. A panic's record lies in gopanic's frame.
 *
 * Recovering unwinds the simulated stack and, by the exception {@link Unwind}, the generators of the
 * functions in between.
 *
 * @go runtime/panic.go
 */
import { isPanicError, memoryError, type PanicError } from './error.ts';
import { RuntimeThrow, throw_ } from './errors.ts';
import { mallocgc, newobject } from './malloc.ts';
import type { G, Runtime } from './runtime2.ts';
import { enter, inFrame, leave, onSystemStack } from './runtimefuncs.ts';
import { type Frame, popFrame } from './stack.ts';
import type { Funcval } from './symtab.ts';
import { alignUp } from './uintptr.ts';

/** Records that a P keeps. @go runtime/runtime2.go p.deferpoolbuf */
const deferpoolCap = 32;

/** What a deferred function does; it makes its own frame. */
export type DeferredBody = () => Generator<void, void, void>;

/** A record of a deferred call. @go runtime/runtime2.go _defer */
export class Defer {
  /** In the heap, or in the deferring function's frame. */
  addr: number;
  heap: boolean;
  /** sp and pc of the deferring function at the time. */
  sp = 0;
  pc = 0;
  /** null: `defer f()` with a nil f. */
  fn: Funcval | null = null;
  link: Defer | null = null;
  body: DeferredBody | null = null;

  constructor(addr: number, heap: boolean) {
    this.addr = addr;
    this.heap = heap;
  }

  /** Stores the record's fields in memory. */
  write(rt: Runtime): void {
    const { memory } = rt;
    const { off } = rt.sched.structs.get('_defer');
    memory.writeUint8(this.addr + off.heap!, this.heap ? 1 : 0);
    memory.writeUintptr(this.addr + off.sp!, this.sp);
    memory.writeUintptr(this.addr + off.pc!, this.pc);
    if (this.heap) {
      rt.gc.writePointer(rt, this.addr + off.fn!, this.fn?.addr ?? 0);
      rt.gc.writePointer(rt, this.addr + off.link!, this.link?.addr ?? 0);
    } else {
      memory.writeUintptr(this.addr + off.fn!, this.fn?.addr ?? 0);
      memory.writeUintptr(this.addr + off.link!, this.link?.addr ?? 0);
    }
  }
}

/** Open-coded defers of one frame: a byte of bits and the closures' slots, both below varp. */
export interface OpenDefers {
  /** Distance of the bits' byte, and of the first slot, below varp. */
  readonly deferBitsOffset: number;
  readonly slotsOffset: number;
  /** Bodies by bit. */
  readonly bodies: (DeferredBody | null)[];
}

/** A running panic, or a Goexit. Its record lies in the frame of gopanic or Goexit. @go runtime/runtime2.go _panic */
export class Panic {
  addr: number;
  /** Argument pointer of deferred functions that this panic calls. */
  argp = 0;
  /** The argument as an interface: type and data word. */
  argType: number;
  argData: number;
  link: Panic | null = null;
  startPC = 0;
  startSP = 0;
  /** Frame whose defers are being run. */
  sp = 0;
  lr = 0;
  fp = 0;
  retpc = 0;
  /** Frame whose open-coded defers are being run. */
  openFrame: Frame | null = null;
  recovered = false;
  readonly goexit: boolean;
  readonly deferreturn: boolean;
  /** Frame whose defers are being run. */
  frame: Frame | null = null;
  /** What recover returns. */
  readonly value: unknown;
  /** The exception that it was raised by, if any: it knows the place in the script. */
  readonly cause: unknown;

  constructor(
    addr: number,
    argType: number,
    argData: number,
    value: unknown,
    mode: 'panic' | 'goexit' | 'deferreturn',
    cause?: unknown,
  ) {
    this.addr = addr;
    this.argType = argType;
    this.argData = argData;
    this.value = value;
    this.cause = cause;
    this.goexit = mode === 'goexit';
    this.deferreturn = mode === 'deferreturn';
  }

  /** Address of the bits of the open-coded defers that are being run, or 0. */
  get deferBitsPtr(): number {
    const f = this.openFrame;
    return f === null ? 0 : f.varp - f.openDefers!.deferBitsOffset;
  }

  get slotsPtr(): number {
    const f = this.openFrame;
    return f === null ? 0 : f.varp - f.openDefers!.slotsOffset;
  }

  /** Stores the record's fields in memory, where the function has a frame for it. */
  write(rt: Runtime): void {
    const { addr } = this;
    if (addr === 0) return;
    const { memory } = rt;
    const { off } = rt.sched.structs.get('_panic');
    memory.writeUintptr(addr + off.argp!, this.argp);
    memory.writeUintptr(addr + off['arg._type']!, this.argType);
    memory.writeUintptr(addr + off['arg.data']!, this.argData);
    memory.writeUintptr(addr + off.link!, this.link?.addr ?? 0);
    memory.writeUintptr(addr + off.startPC!, this.startPC);
    memory.writeUintptr(addr + off.startSP!, this.startSP);
    memory.writeUintptr(addr + off.sp!, this.sp);
    memory.writeUintptr(addr + off.lr!, this.lr);
    memory.writeUintptr(addr + off.fp!, this.fp);
    memory.writeUintptr(addr + off.retpc!, this.retpc);
    memory.writeUintptr(addr + off.deferBitsPtr!, this.deferBitsPtr);
    memory.writeUintptr(addr + off.slotsPtr!, this.slotsPtr);
    memory.writeUint8(addr + off.recovered!, this.recovered ? 1 : 0);
    memory.writeUint8(addr + off.goexit!, this.goexit ? 1 : 0);
    memory.writeUint8(addr + off.deferreturn!, this.deferreturn ? 1 : 0);
  }
}

/**
 * Thrown through the generators of the functions that a recovered panic, or a Goexit, leaves behind.
 * `frame` is the one to go on in, null for Goexit: the goroutine ends.
 */
export class Unwind extends Error {
  override readonly name = 'Unwind';
  readonly frame: Frame | null;
  /** The frame that stays is a Goexit's, which goes on running defers. */
  readonly resumeGoexit: Panic | null;

  constructor(frame: Frame | null, resumeGoexit: Panic | null = null) {
    super('goroutine unwinds');
    this.frame = frame;
    this.resumeGoexit = resumeGoexit;
  }
}

/** A record from the P's pool, the central one, or the heap. @go runtime/panic.go newdefer */
function newdefer(rt: Runtime): Defer {
  const pp = rt.m.p!;
  const { sched } = rt;
  if (pp.deferpool.length === 0) {
    while (pp.deferpool.length < deferpoolCap / 2 && sched.deferpool !== null) {
      const d = sched.deferpool;
      sched.deferpool = d.link;
      d.link = null;
      pp.deferpool.push(d);
    }
    sched.writePools(rt);
  }
  let d = pp.deferpool.pop();
  if (d === undefined) d = new Defer(newobject(rt, sched.structs.get('_defer').type), true);
  else sched.writeDeferpool(rt, pp);
  return d;
}

/** Gives a record back to the P's pool; half of a full pool goes to the central one. @go runtime/panic.go freedefer */
function freedefer(rt: Runtime, d: Defer): void {
  d.link = null;
  if (d.fn !== null) throw_('freedefer with d.fn != nil');
  if (!d.heap) return;
  const pp = rt.m.p!;
  const { sched } = rt;
  if (pp.deferpool.length === deferpoolCap) {
    let first: Defer | null = null;
    let last: Defer | null = null;
    while (pp.deferpool.length > deferpoolCap / 2) {
      const x = pp.deferpool.pop()!;
      if (first === null) first = x;
      else {
        last!.link = x;
        last!.write(rt);
      }
      last = x;
    }
    last!.link = sched.deferpool;
    last!.write(rt);
    sched.deferpool = first;
    sched.writePools(rt);
  }
  d.sp = 0;
  d.pc = 0;
  d.body = null;
  d.heap = false;
  d.write(rt);
  d.heap = true;
  pp.deferpool.push(d);
  sched.writeDeferpool(rt, pp);
}

/** `defer fn()` in a loop: the record goes to the heap. `pc` is the statement's return pc. @go runtime/panic.go deferproc */
export function deferproc(
  rt: Runtime,
  fn: Funcval | null,
  body: DeferredBody | null,
  pc: number,
): Defer {
  const d = inFrame(rt, 'runtime.deferproc', () =>
    inFrame(rt, 'runtime.newdefer', () => newdefer(rt)),
  );
  return pushDefer(rt, d, fn, body, pc);
}

/**
 * `defer fn()` outside loops, in a function with more than eight of them or with a loop elsewhere:
 * the record is the `_defer` at `addr` in the caller's frame.
 *
 * @go runtime/panic.go deferprocStack
 */
export function deferprocStack(
  rt: Runtime,
  addr: number,
  fn: Funcval | null,
  body: DeferredBody | null,
  pc: number,
): Defer {
  return pushDefer(rt, new Defer(addr, false), fn, body, pc);
}

/** Puts a record in front of the running goroutine's. */
function pushDefer(
  rt: Runtime,
  d: Defer,
  fn: Funcval | null,
  body: DeferredBody | null,
  pc: number,
): Defer {
  const gp = rt.m.curg!;
  d.link = gp.defer;
  d.fn = fn;
  d.body = body;
  d.pc = pc;
  d.sp = gp.sched.sp;
  gp.defer = d;
  d.write(rt);
  rt.sched.writeDeferHead(rt, gp);
  return d;
}

/** Gives a new frame its open-coded defers, of which none is pending: the function clears their bits as it begins. */
export function beginOpenDefers(rt: Runtime, frame: Frame, open: OpenDefers): void {
  frame.openDefers = open;
  rt.memory.writeUint8(frame.varp - open.deferBitsOffset, 0);
}

/**
 * An open-coded `defer fn()`: sets bit `index` in the frame and stores the closure in its slot.
 * The frame must have been given them by {@link beginOpenDefers}.
 */
export function openDefer(
  rt: Runtime,
  frame: Frame,
  index: number,
  fn: Funcval | null,
  body: DeferredBody | null,
): void {
  const open = frame.openDefers!;
  const { memory } = rt;
  memory.writeUintptr(frame.varp - open.slotsOffset + index * rt.arch.ptrSize, fn?.addr ?? 0);
  open.bodies[index] = body;
  const bits = frame.varp - open.deferBitsOffset;
  memory.writeUint8(bits, memory.readUint8(bits) | (1 << index));
}

/**
 * Starts the panic at the defers of `first`, the frame that called gopanic, Goexit or deferreturn.
 *
 * @go runtime/panic.go (*_panic).start
 */
function start(rt: Runtime, gp: G, p: Panic, first: Frame): void {
  p.startPC = gp.sched.pc;
  p.startSP = gp.sched.sp;
  if (p.deferreturn) {
    p.sp = first.sp;
    p.frame = first;
    if (gp.savedOpenDefers === first) {
      gp.savedOpenDefers = null;
      rt.sched.setParam(rt, gp, 0);
      p.openFrame = first;
    }
    return;
  }
  p.link = gp.panic;
  gp.panic = p;
  rt.sched.writePanicHead(rt, gp);
  p.frame = first;
  nextFrame(rt, gp, p, first);
}

/** Finds the next frame from `frame` on with a pending defer. @go runtime/panic.go (*_panic).nextFrame */
function nextFrame(rt: Runtime, gp: G, p: Panic, frame: Frame | null): boolean {
  const limit = gp.defer?.sp ?? 0;
  for (let f = frame; f !== null; f = f.caller) {
    const linked = f.sp === limit;
    if (linked || initOpenCodedDefers(rt, p, f)) {
      p.lr = f.returnPc;
      p.sp = f.sp;
      p.fp = f.fp;
      p.frame = f;
      p.write(rt);
      return true;
    }
  }
  p.lr = 0;
  p.frame = null;
  p.write(rt);
  return false;
}

/** @go runtime/panic.go (*_panic).initOpenCodedDefers */
function initOpenCodedDefers(rt: Runtime, p: Panic, f: Frame): boolean {
  const open = f.openDefers;
  if (open === null) return false;
  const bits = f.varp - open.deferBitsOffset;
  if (rt.memory.readUint8(bits) === 0) return false;
  p.retpc = f.fn.entry + f.fn.deferreturn;
  p.openFrame = f;
  return true;
}

/** The next deferred function to call; undefined when there is none left. @go runtime/panic.go (*_panic).nextDefer */
function nextDefer(rt: Runtime, gp: G, p: Panic): { body: DeferredBody | null } | undefined {
  if (!p.deferreturn) {
    if (gp.panic !== p) throw_('bad panic stack');
    if (p.recovered) recovery(rt, gp);
  }
  p.argp = p.startSP + rt.arch.minFrameSize;
  for (;;) {
    if (p.openFrame !== null) {
      const bits = rt.memory.readUint8(p.deferBitsPtr);
      if (bits !== 0) {
        const i = 31 - Math.clz32(bits);
        rt.memory.writeUint8(p.deferBitsPtr, bits & ~(1 << i));
        p.write(rt);
        return { body: p.openFrame.openDefers!.bodies[i] ?? null };
      }
      p.openFrame = null;
    }
    const d = gp.defer;
    if (d !== null && d.sp === p.sp) {
      const { body } = d;
      d.fn = null;
      p.retpc = d.pc;
      gp.defer = d.link;
      rt.sched.writeDeferHead(rt, gp);
      freedefer(rt, d);
      p.write(rt);
      return { body };
    }
    if (p.deferreturn || !nextFrame(rt, gp, p, p.frame?.caller ?? null)) return undefined;
  }
}

function* callDeferred(rt: Runtime, body: DeferredBody | null): Generator<void, void, void> {
  if (body === null) yield* raise(rt, memoryError());
  else yield* body();
}

/** Runs the defers of the running function at its return. @go runtime/panic.go deferreturn */
export function* deferreturn(rt: Runtime, frame: Frame): Generator<void, void, void> {
  const gp = frame.g;
  if (gp.defer?.sp !== frame.sp && gp.savedOpenDefers !== frame) return;
  const own = enter(rt, 'runtime.deferreturn');
  const p = new Panic(0, 0, 0, undefined, 'deferreturn');
  start(rt, gp, p, frame);
  for (let d = nextDefer(rt, gp, p); d !== undefined; d = nextDefer(rt, gp, p)) {
    p.sp = frame.sp;
    yield* callDeferred(rt, d.body);
    p.sp = frame.sp;
  }
  leave(rt, own);
}

/** Runs open-coded defers at a normal return: the compiler's code, from the last bit to the first. */
function* runOpenDefers(rt: Runtime, frame: Frame): Generator<void, void, void> {
  const open = frame.openDefers;
  if (open === null) return;
  const { memory } = rt;
  for (let i = open.bodies.length - 1; i >= 0; i--) {
    const bits = frame.varp - open.deferBitsOffset;
    const old = memory.readUint8(bits);
    if ((old & (1 << i)) === 0) continue;
    memory.writeUint8(bits, old & ~(1 << i));
    yield* callDeferred(rt, open.bodies[i] ?? null);
  }
}

/**
 * `panic(v)`: v is an interface of type `argType` with data word `argData`, both addresses; `value`
 * is what {@link gorecover} hands out. Runs deferred functions up the stack; ends in an
 * {@link Unwind} to the function whose deferred call recovered, or in a fatal error.
 *
 * @go runtime/panic.go gopanic
 */
export function* gopanic(
  rt: Runtime,
  argType: number,
  argData: number,
  value: unknown,
  cause?: unknown,
): Generator<void, never, void> {
  const gp = rt.m.curg!;
  const first = gp.frame!;
  const own = enter(rt, 'runtime.gopanic');
  const p = new Panic(panicRecordOf(rt, own), argType, argData, value, 'panic', cause);
  start(rt, gp, p, first);
  for (let d = nextDefer(rt, gp, p); d !== undefined; d = nextDefer(rt, gp, p)) {
    yield* callDeferred(rt, d.body);
  }
  return fatalpanic(p);
}

/** Where the frame of gopanic or Goexit keeps its _panic. */
function panicRecordOf(rt: Runtime, frame: Frame): number {
  const size = rt.sched.structs.get('_panic').size;
  const obj = frame.fn.stackObjects?.find((o) => o.size === size);
  return obj === undefined ? 0 : frame.varp + obj.off;
}

/** runtime.Goexit: runs all deferred functions, then ends the goroutine by an {@link Unwind}. @go runtime/panic.go Goexit */
export function* Goexit(rt: Runtime): Generator<void, never, void> {
  const gp = rt.m.curg!;
  const first = gp.frame!;
  const own = enter(rt, 'runtime.Goexit');
  const p = new Panic(panicRecordOf(rt, own), 0, 0, undefined, 'goexit');
  start(rt, gp, p, first);
  yield* runGoexit(rt, gp, p, own);
  throw new Unwind(null);
}

function* runGoexit(rt: Runtime, gp: G, p: Panic, own: Frame): Generator<void, void, void> {
  for (;;) {
    try {
      for (let d = nextDefer(rt, gp, p); d !== undefined; d = nextDefer(rt, gp, p)) {
        yield* callDeferred(rt, d.body);
      }
      return;
    } catch (error) {
      if (!(error instanceof Unwind) || error.resumeGoexit !== p) throw error;
      unwindTo(rt, gp, own);
    }
  }
}

/** The built-in recover() called by the function with frame `frame`. @go runtime/panic.go gorecover */
export function gorecover(rt: Runtime, frame: Frame): Panic | null {
  const p = frame.g.panic;
  if (p === null || p.goexit || p.recovered || frame.argp !== p.argp) return null;
  p.recovered = true;
  p.write(rt);
  return p;
}

/** Leaves a recovered panic: cuts the stack back to the function that deferred. @go runtime/panic.go recovery */
function recovery(rt: Runtime, gp: G): never {
  const p0 = gp.panic!;
  const { sp } = p0;
  let target = p0.frame;
  const save = p0.openFrame !== null && rt.memory.readUint8(p0.deferBitsPtr) !== 0;
  let resume: Panic | null = null;
  let p: Panic | null = p0;
  for (; p !== null && p.startSP < sp; p = p.link) {
    if (p.goexit) {
      resume = p;
      break;
    }
  }
  gp.panic = p;
  rt.sched.writePanicHead(rt, gp);
  if (gp.param !== 0) throw_('unexpected gp.param');
  if (resume !== null) target = null;
  else if (save) {
    gp.savedOpenDefers = p0.openFrame;
    rt.sched.setParam(rt, gp, saveOpenDeferState(rt, p0));
  }
  throw new Unwind(target, resume);
}

/**
 * What deferreturn needs to go on with a frame's open-coded defers: an object in the heap.
 *
 * @go runtime/runtime2.go savedOpenDeferState
 */
function saveOpenDeferState(rt: Runtime, p: Panic): number {
  const { ptrSize } = rt.arch;
  // gopanic has left for recovery, which runs on the system's stack.
  const s = onSystemStack(rt, ['runtime.mcall'], () => mallocgc(rt, 3 * ptrSize, null, true));
  const words = [p.retpc, p.deferBitsPtr - p.sp, p.slotsPtr - p.sp];
  for (const [i, word] of words.entries()) rt.memory.writeUintptr(s + i * ptrSize, word);
  return s;
}

function fatalpanic(p: Panic): never {
  throw new RuntimeThrow(printpanics(p), { cause: p.cause });
}

/** The chain of panics as Go prints it, oldest first. @go runtime/panic.go printpanics */
function printpanics(p: Panic): string {
  let text = '';
  if (p.link !== null) {
    text = printpanics(p.link);
    if (!p.link.goexit) text += '\t';
  }
  if (p.goexit) return text;
  return `${text}panic: ${String(p.value)}${p.recovered ? ' [recovered]' : ''}\n`;
}

/** Raises the panic of a {@link PanicError} on the running goroutine, in the frame of the function that panics. */
export function* raise(rt: Runtime, error: PanicError): Generator<void, never, void> {
  const { raisedBy } = error;
  if (raisedBy !== undefined && rt.sched.funcs.has(raisedBy)) {
    if (raisedBy === 'runtime.sigpanic' && rt.arch.usesLR) pushLR(rt);
    enter(rt, raisedBy);
  }
  const { argType, argData } = error.panicArgument(rt);
  return yield* gopanic(rt, argType, argData, error.text, error);
}

/** Saves the link register where the unwinder looks for it behind sigpanic's frame. @go runtime/signal_arm64.go preparePanic */
function pushLR(rt: Runtime): void {
  const { arch, memory } = rt;
  const { sched, frame } = rt.m.curg!;
  sched.sp -= alignUp(arch.minFrameSize, arch.stackAlign);
  memory.writeUintptr(sched.sp, frame!.returnPc);
  if (arch.framePointerEnabled) memory.writeUintptr(sched.sp - arch.ptrSize, sched.bp);
}

/** Drops the frames younger than `frame`. */
export function unwindTo(rt: Runtime, gp: G, frame: Frame | null): void {
  while (gp.frame !== null && gp.frame !== frame) popFrame(rt, gp.frame);
}

/**
 * Runs the body of a function in its frame: then its deferred calls, also after a recovered panic.
 * Every function that may defer, or through which a panic may pass, runs so.
 */
export function* runFrame(
  rt: Runtime,
  frame: Frame,
  body: Generator<void, void, void>,
): Generator<void, void, void> {
  let run: Generator<void, void, void> | null = body;
  for (;;) {
    try {
      if (run !== null) {
        yield* run;
        run = null;
        yield* runOpenDefers(rt, frame);
      }
      yield* deferreturn(rt, frame);
      return;
    } catch (error) {
      if (isPanicError(error)) {
        unwindTo(rt, frame.g, frame);
        run = raise(rt, error);
        continue;
      }
      if (!(error instanceof Unwind) || error.frame !== frame) throw error;
      run = null;
      unwindTo(rt, frame.g, frame);
    }
  }
}
