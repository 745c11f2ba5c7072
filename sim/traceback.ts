/**
 * The unwinder: finds a goroutine's frames from the bytes of its stack, its saved registers and the
 * function table alone.
 *
 * @go runtime/traceback.go, runtime/stkframe.go
 */
import { throw_ } from './errors.ts';
import type { G, Runtime } from './runtime2.ts';
import type { Bitvector, StoppedFrame } from './stopped-world.ts';
import type { Func } from './symtab.ts';

/** Functions that end a stack. They carry abi.FuncFlagTopFrame in Go's function table. */
const topFrames: ReadonlySet<string> = new Set([
  'runtime.goexit',
  'runtime.mstart',
  'runtime.mcall',
  'runtime.rt0_go',
  'runtime.mstart_stub',
  'runtime.cgocallback',
]);

/** One frame, reused for each that {@link Unwinder.next} finds. @go runtime/stkframe.go stkframe */
export class StackFrame implements StoppedFrame {
  fn!: Func;
  pc = 0;
  continpc = 0;
  /** Return pc, 0 in the outermost frame. */
  lr = 0;
  sp = 0;
  fp = 0;
  varp = 0;
  argp = 0;

  /** @go runtime/stkframe.go (*stkframe).argBytes */
  argBytes(): number {
    return this.fn.argsSize;
  }

  /** Variables of the frame whose address is taken. */
  get stackObjects(): Func['stackObjects'] {
    return this.fn.stackObjects;
  }

  /** The frame was stopped at no call, so that no stackmap tells of it. */
  get asyncPreempt(): boolean {
    return this.fn.name === 'runtime.asyncPreempt';
  }
}

/** Walks the frames of a goroutine that does not run, youngest first. @go runtime/traceback.go unwinder */
export class Unwinder {
  readonly frame = new StackFrame();
  readonly #rt: Runtime;
  readonly #gp: G;
  #calleeIsSigpanic = false;

  constructor(rt: Runtime, gp: G) {
    this.#rt = rt;
    this.#gp = gp;
  }

  /** Starts at the saved registers. @go runtime/traceback.go (*unwinder).init */
  init(): void {
    const gp = this.#gp;
    if (gp.syscallsp !== 0) this.initAt(gp.syscallpc, gp.syscallsp, 0);
    else this.initAt(gp.sched.pc, gp.sched.sp, this.#rt.arch.usesLR ? gp.sched.lr : 0);
  }

  /** Starts at given registers; a pc of 0 is a call of a nil function. @go runtime/traceback.go (*unwinder).initAt */
  initAt(pc0: number, sp0: number, lr0: number): void {
    const { frame } = this;
    const { arch, memory } = this.#rt;
    frame.pc = pc0;
    frame.sp = sp0;
    frame.lr = lr0;
    frame.fp = 0;
    if (frame.pc === 0) {
      frame.pc = memory.readUintptr(frame.sp);
      frame.lr = 0;
      if (!arch.usesLR) frame.sp += arch.ptrSize;
    }
    const f = this.#rt.symtab.findfunc(frame.pc);
    if (f === undefined) throw_('unknown pc');
    frame.fn = f;
    this.#calleeIsSigpanic = false;
    this.#resolveInternal(true);
  }

  valid(): boolean {
    return this.frame.pc !== 0;
  }

  /** Fills in what follows from pc, sp and fn. @go runtime/traceback.go (*unwinder).resolveInternal */
  #resolveInternal(innermost: boolean): void {
    const { frame } = this;
    const { arch, memory } = this.#rt;
    const f = frame.fn;
    if (frame.fp === 0) {
      frame.fp = frame.sp + f.spdelta(frame.pc);
      if (!arch.usesLR) frame.fp += arch.ptrSize;
    }
    if (topFrames.has(f.name)) {
      frame.lr = 0;
    } else if (arch.usesLR) {
      if ((innermost && frame.sp < frame.fp) || frame.lr === 0) {
        frame.lr = memory.readUintptr(frame.sp);
      }
    } else if (frame.lr === 0) {
      frame.lr = memory.readUintptr(frame.fp - arch.ptrSize);
    }
    frame.varp = frame.fp;
    if (!arch.usesLR) frame.varp -= arch.ptrSize;
    if (frame.varp > frame.sp && arch.framePointerEnabled) frame.varp -= arch.ptrSize;
    frame.argp = frame.fp + arch.minFrameSize;
    frame.continpc = frame.pc;
    if (this.#calleeIsSigpanic) {
      frame.continpc = f.deferreturn !== 0 ? f.entry + f.deferreturn + 1 : 0;
    }
  }

  /** Goes to the caller's frame. @go runtime/traceback.go (*unwinder).next */
  next(): void {
    const { frame } = this;
    const { arch, memory } = this.#rt;
    const f = frame.fn;
    if (frame.lr === 0) {
      this.#finish();
      return;
    }
    const flr = this.#rt.symtab.findfunc(frame.lr);
    if (flr === undefined) throw_('unknown caller pc');
    if (frame.pc === frame.lr && frame.sp === frame.fp) throw_('traceback stuck');
    const injectedCall = f.name === 'runtime.sigpanic' || f.name === 'runtime.asyncPreempt';
    this.#calleeIsSigpanic = f.name === 'runtime.sigpanic';
    frame.fn = flr;
    frame.pc = frame.lr;
    frame.lr = 0;
    frame.sp = frame.fp;
    frame.fp = 0;
    if (arch.usesLR && injectedCall) {
      const x = memory.readUintptr(frame.sp);
      frame.sp += Math.ceil(arch.minFrameSize / arch.stackAlign) * arch.stackAlign;
      const g = this.#rt.symtab.findfunc(frame.pc);
      if (g === undefined) frame.pc = x;
      else {
        frame.fn = g;
        if (g.spdelta(frame.pc) === 0) frame.lr = x;
      }
    }
    this.#resolveInternal(false);
  }

  #finish(): void {
    this.frame.pc = 0;
    if (this.frame.sp !== this.#gp.stktopsp) throw_('traceback did not unwind completely');
  }
}

/** Frames of a goroutine that does not run; each is good until the next is asked for. */
export function* framesOf(rt: Runtime, gp: G): Generator<StackFrame, void, void> {
  if (gp.stack.lo === 0 || (gp.sched.pc === 0 && gp.syscallsp === 0)) return;
  const u = new Unwinder(rt, gp);
  for (u.init(); u.valid(); u.next()) yield u.frame;
}

const noMap: { locals: Bitvector | null; args: Bitvector | null } = { locals: null, args: null };

/**
 * The live pointers of a frame's locals and arguments, null where it has none.
 *
 * @go runtime/stkframe.go (*stkframe).getStackMap
 */
export function getStackMap(
  rt: Runtime,
  frame: StackFrame,
): { locals: Bitvector | null; args: Bitvector | null } {
  const { fn, continpc } = frame;
  if (continpc === 0) return noMap;
  let pcdata = -1;
  if (continpc !== fn.entry) pcdata = fn.stackMapIndex(continpc - 1);
  if (pcdata === -1) pcdata = 0;
  const { arch } = rt;
  let locals: Bitvector | null = null;
  const minsize = arch.goarch === 'arm64' ? arch.stackAlign : arch.minFrameSize;
  if (frame.varp - frame.sp > minsize) {
    const stkmap = fn.locals;
    if (stkmap === undefined || stkmap.n <= 0) throw_('missing stackmap');
    if (stkmap.nbit > 0) {
      if (pcdata < 0 || pcdata >= stkmap.n) throw_('bad symbol table');
      locals = stkmap.bitmap(pcdata);
    }
  }
  let args: Bitvector | null = null;
  if (frame.argBytes() > 0) {
    const stkmap = fn.args;
    if (stkmap === undefined || stkmap.n <= 0) throw_('missing stackmap');
    if (pcdata < 0 || pcdata >= stkmap.n) throw_('bad symbol table');
    if (stkmap.nbit > 0) args = stkmap.bitmap(pcdata);
  }
  return { locals, args };
}

/** Calls of the running goroutine, or of g0's stack if anything runs there, youngest first. */
function* runningFrames(rt: Runtime): Generator<{ fn: Func; pc: number }> {
  const { curg, g0frames } = rt.m;
  if (g0frames.length > 0) {
    for (let i = g0frames.length - 1; i >= 0; i--) yield g0frames[i]!;
  } else if (curg !== null) {
    yield* framesOf(rt, curg);
  }
}

/**
 * Return pcs of what runs, youngest first and at most `max`; calls that are inlined have one each. They
 * begin with the function that allocates, which the simulated stacks end with.
 *
 * @go runtime/traceback.go callers, tracebackPCs
 */
export function callers(rt: Runtime, max: number): number[] {
  const pcs: number[] = [];
  for (const { fn, pc } of runningFrames(rt)) {
    pcs.push(pc, ...fn.inlinedAt(pc));
    if (pcs.length >= max) break;
  }
  return pcs.slice(0, max);
}
