/**
 * Finalizers: registering them, the queue of those to run, and the goroutine that runs them.
 *
 * @go runtime/mfinal.go
 */
import { throw_ } from './errors.ts';
import { assertE2I2 } from './iface.ts';
import { mallocgc } from './malloc.ts';
import { findObject, heapBitsInSpan, mallocHeaderSize } from './mbitmap.ts';
import { scanobject, scanpointer } from './mgcscan.ts';
import { addspecial, removespecial } from './mheap.ts';
import { kindSpecialFinalizer, type SpecialFinalizer } from './mspecial.ts';
import type { G, Runtime } from './runtime2.ts';
import type { Funcval } from './symtab.ts';
import { kind, type Type } from './type.ts';
import { alignUp } from './uintptr.ts';

/** Bytes of a block of the queue. */
const finBlockSize = 4096;
/** Objects below this size without pointers may share a block. */
const maxTinySize = 16;
const GCoff = 0;

/** Bits of fingStatus. */
const fingUninitialized = 0;
const fingCreated = 1;
const fingRunningFinalizer = 2;
export const fingWait = 4;
const fingWake = 8;

/** A finalizer that waits to be called. @go runtime/mfinal.go finalizer */
export interface QueuedFinalizer {
  readonly fn: Funcval;
  readonly arg: number;
  readonly nret: number;
  readonly fint: Type | null;
  readonly ot: Type;
}

/** A block of the queue, outside the heap. @go runtime/mfinal.go finblock */
export class FinBlock {
  readonly addr: number;
  /** Next older block of all that there are. */
  alllink: FinBlock | null = null;
  /** Next block of the queue, or of the free blocks. */
  next: FinBlock | null = null;
  /** Entries in use; they are called from the last to the first. */
  readonly fin: QueuedFinalizer[] = [];

  constructor(addr: number) {
    this.addr = addr;
  }
}

/** What the finalizer goroutine does next: wait for work, or call a function. `frame` is the block it keeps. */
export type FinalizerStep =
  | { readonly wait: true; readonly frame: number }
  | { readonly wait: false; readonly call: FinalizerCall };

/** A call of a finalizer. `frame` is the heap block that arguments and results lie in. */
export interface FinalizerCall {
  readonly fn: Funcval;
  readonly arg: number;
  readonly fint: Type;
  readonly ot: Type;
  readonly frame: number;
  readonly framesz: number;
  /** Addresses of the block of the queue and of the entry in it. */
  readonly finblock: number;
  readonly finalizer: number;
}

/** @go runtime/mfinal.go */
export class MFinal {
  fingStatus = fingUninitialized;
  /** The goroutine that runs finalizers, once it was made. */
  fing: G | null = null;
  /** Blocks of finalizers to run, the one being filled first. */
  finq: FinBlock | null = null;
  /** Free blocks. */
  finc: FinBlock | null = null;
  /** Every block, newest first. */
  allfin: FinBlock | null = null;

  /**
   * runtime.SetFinalizer(obj, fn): `obj` is the pointer in an interface of type `etyp` (null: nil
   * interface), `fn` a closure of type `ftyp` (null: clears the finalizer). Throws what Go throws
   * where the two do not fit.
   *
   * @go runtime/mfinal.go SetFinalizer
   */
  setFinalizer(
    rt: Runtime,
    obj: number,
    etyp: Type | null,
    fn: Funcval | null,
    ftyp: Type | null,
  ): void {
    if (etyp === null) throw_('runtime.SetFinalizer: first argument is nil');
    if (etyp.kind !== kind.ptr) {
      throw_(`runtime.SetFinalizer: first argument is ${etyp.string}, not pointer`);
    }
    const elem = etyp.elem;
    if (elem === undefined) throw_('nil elem type!');
    const found = findObject(rt, obj);
    const { span } = found;
    let { base } = found;
    if (base === 0 || span === null) {
      if (isGoPointerWithoutSpan(rt, obj)) return;
      throw_('runtime.SetFinalizer: pointer not in allocated block');
    }
    const hasHeader =
      !span.noscan() && !heapBitsInSpan(rt, span.elemsize) && span.sizeclass() !== 0;
    if (rt.allocHeaders && hasHeader) base += mallocHeaderSize;
    if (obj !== base && (elem.ptrBytes !== 0 || elem.size >= maxTinySize)) {
      throw_('runtime.SetFinalizer: pointer not at beginning of allocated block');
    }
    if (ftyp === null) {
      removefinalizer(rt, obj);
      return;
    }
    const fint = finalizerParameter(rt, etyp, ftyp);
    if (fn === null) throw_('invalid memory address or nil pointer dereference');
    let nret = 0;
    for (const t of ftyp.out ?? []) nret = alignUp(nret, t.align) + t.size;
    nret = alignUp(nret, rt.arch.ptrSize);
    this.createfing(rt);
    if (!addfinalizer(rt, obj, fn, nret, fint, etyp)) {
      throw_('runtime.SetFinalizer: finalizer already set');
    }
  }

  /** Makes the finalizer goroutine, once. @go runtime/mfinal.go createfing */
  createfing(rt: Runtime): void {
    if ((this.fingStatus & fingCreated) !== 0) return;
    this.fingStatus |= fingCreated;
    this.fing = rt.gc.host.startFinalizerGoroutine(rt);
  }

  /**
   * Queues the finalizer `fn` of the dead object `p`, which lives until it was called.
   *
   * @go runtime/mfinal.go queuefinalizer
   */
  queuefinalizer(
    rt: Runtime,
    p: number,
    fn: Funcval,
    nret: number,
    fint: Type | null,
    ot: Type,
  ): void {
    if (rt.gc.gcphase !== GCoff) throw_('queuefinalizer during GC');
    if (this.finq === null || this.finq.fin.length === finalizersPerBlock(rt)) {
      let block = this.finc;
      if (block === null) {
        block = new FinBlock(rt.persistent.alloc(finBlockSize, 0, 'gcMiscSys'));
        block.alllink = this.allfin;
        this.allfin = block;
      } else {
        this.finc = block.next;
      }
      block.next = this.finq;
      this.finq = block;
    }
    this.finq.fin.push({ fn, arg: p, nret, fint, ot });
    this.fingStatus |= fingWake;
  }

  /** Queued finalizers in the order of the blocks, newest block first. @go runtime/mfinal.go iterate_finq */
  *iterateFinq(): Generator<QueuedFinalizer> {
    for (let fb = this.allfin; fb !== null; fb = fb.alllink) yield* fb.fin;
  }

  /** Visits the pointers that the queue holds, as a root. @go runtime/mgcmark.go markroot */
  scan(_rt: Runtime, visit: (p: number) => void): void {
    for (let fb = this.allfin; fb !== null; fb = fb.alllink) {
      for (const f of fb.fin) {
        visit(f.fn.addr);
        visit(f.arg);
        if (f.fint !== null) visit(f.fint.addr);
        visit(f.ot.addr);
      }
    }
  }

  /** The finalizer goroutine if it waits and there is work, which is then its. @go runtime/mfinal.go wakefing */
  wakefing(): G | null {
    if (this.fingStatus !== (fingCreated | fingWait | fingWake)) return null;
    this.fingStatus = fingCreated;
    return this.fing;
  }

  /**
   * The finalizer goroutine's loop. A step asks its caller to park (go on when woken by
   * {@link wakefing}) or to call a finalizer; the object is dropped when the call is over.
   *
   * @go runtime/mfinal.go runfinq
   */
  *runfinq(rt: Runtime): Generator<FinalizerStep, never, void> {
    let frame = 0;
    let framecap = 0;
    for (;;) {
      let fb = this.finq;
      this.finq = null;
      if (fb === null) {
        this.fingStatus |= fingWait;
        yield { wait: true, frame };
        continue;
      }
      while (fb !== null) {
        for (let i = fb.fin.length; i > 0; i--) {
          const f: QueuedFinalizer = fb.fin[i - 1]!;
          const framesz = 2 * rt.arch.ptrSize + f.nret;
          if (framecap < framesz) {
            frame = mallocgc(rt, framesz, null, true);
            framecap = framesz;
          }
          if (f.fint === null) throw_('missing type in runfinq');
          if (!rt.arch.registerArgs) storeArgument(rt, frame, f, f.fint);
          this.fingStatus |= fingRunningFinalizer;
          const { fn, arg, fint, ot } = f;
          const finblock = fb.addr;
          const finalizer = finblock + finBlockHeader(rt) + (i - 1) * 5 * rt.arch.ptrSize;
          yield {
            wait: false,
            call: { fn, arg, fint, ot, frame, framesz, finblock, finalizer },
          };
          this.fingStatus &= ~fingRunningFinalizer;
          fb.fin.pop();
        }
        const next: FinBlock | null = fb.next;
        fb.next = this.finc;
        this.finc = fb;
        fb = next;
      }
    }
  }
}

/** Bytes before a block's entries. */
function finBlockHeader({ arch }: Runtime): number {
  return 2 * arch.ptrSize + 8;
}

/** Writes the argument of a finalizer where its call finds it. @go runtime/mfinal.go runfinq */
function storeArgument(rt: Runtime, frame: number, { arg, ot }: QueuedFinalizer, fint: Type): void {
  const { memory, arch } = rt;
  if (fint.kind === kind.ptr) {
    memory.writeUintptr(frame, arg);
    memory.writeUintptr(frame + arch.ptrSize, 0);
  } else {
    const hasMethods = (fint.methods ?? []).length > 0;
    memory.writeUintptr(frame, hasMethods ? assertE2I2(rt, fint, ot)!.addr : ot.addr);
    memory.writeUintptr(frame + arch.ptrSize, arg);
  }
}

/** Entries of a block. */
function finalizersPerBlock(rt: Runtime): number {
  return Math.floor((finBlockSize - finBlockHeader(rt)) / (5 * rt.arch.ptrSize));
}

/** Checks that `ftyp` takes one argument that `etyp` is assignable to, and returns its type. */
function finalizerParameter(rt: Runtime, etyp: Type, ftyp: Type): Type {
  if (ftyp.kind !== kind.func) {
    throw_(`runtime.SetFinalizer: second argument is ${ftyp.string}, not a function`);
  }
  const cannotPass = `runtime.SetFinalizer: cannot pass ${etyp.string} to finalizer ${ftyp.string}`;
  if (ftyp.variadic === true) throw_(`${cannotPass} because dotdotdot`);
  const fint = ftyp.in?.length === 1 ? ftyp.in[0]! : throw_(cannotPass);
  if (fint === etyp) return fint;
  if (fint.kind === kind.ptr) {
    if ((!fint.hasUncommon || !etyp.hasUncommon) && fint.elem === etyp.elem) return fint;
  } else if (fint.kind === kind.interface) {
    if ((fint.methods ?? []).length === 0 || assertE2I2(rt, fint, etyp) !== null) return fint;
  }
  return throw_(cannotPass);
}

/** True for the address of a zero-sized variable or a global. @go runtime/mfinal.go isGoPointerWithoutSpan */
function isGoPointerWithoutSpan(rt: Runtime, p: number): boolean {
  const md = rt.firstmoduledata;
  return (
    p === rt.mheap.zerobase ||
    (md.noptrdata <= p && p < md.enoptrdata) ||
    (md.data <= p && p < md.edata) ||
    (md.bss <= p && p < md.ebss) ||
    (md.noptrbss <= p && p < md.enoptrbss)
  );
}

/**
 * Ties a finalizer to the object at `p`; false if it has one. During marking its closure and what
 * the object refers to are marked at once, as if they had been there when roots were scanned.
 *
 * @go runtime/mheap.go addfinalizer
 */
function addfinalizer(
  rt: Runtime,
  p: number,
  fn: Funcval,
  nret: number,
  fint: Type | null,
  ot: Type,
): boolean {
  const { specialfinalizeralloc } = rt.mheap;
  const s: SpecialFinalizer = {
    kind: kindSpecialFinalizer,
    addr: specialfinalizeralloc.alloc(),
    offset: 0,
    next: null,
    fn,
    nret,
    fint,
    ot,
  };
  if (!addspecial(rt, p, s)) {
    specialfinalizeralloc.free(s.addr);
    return false;
  }
  if (rt.gc.gcphase !== GCoff) {
    const { base, span } = findObject(rt, p);
    const gcw = rt.gc.gcwOf(rt.m.p);
    if (!span!.noscan()) scanobject(rt, base, gcw);
    scanpointer(rt, fn.addr, gcw, null);
  }
  return true;
}

/** Takes the finalizer of the object at `p` away, if it has one. @go runtime/mheap.go removefinalizer */
function removefinalizer(rt: Runtime, p: number): void {
  const s = removespecial(rt, p, kindSpecialFinalizer);
  if (s !== null) rt.mheap.specialfinalizeralloc.free(s.addr);
}
