/**
 * The runtime's own structures: G, M, P, and the globals that all mechanisms share.
 * Go keeps the globals in package variables; here they are fields of one Runtime per world.
 *
 * @go runtime/runtime2.go
 */
import type { Arch } from './arch.ts';
import type { Sudog } from './chan.ts';
import type { ItabTable } from './iface.ts';
import type { MCache } from './mcache.ts';
import type { Memory } from './memory.ts';
import type { MFinal } from './mfinal.ts';
import type { PersistentAlloc } from './mfixalloc.ts';
import type { GcState } from './mgc.ts';
import type { GcController } from './mgcpacer.ts';
import type { Scavenger } from './mgcscavenge.ts';
import type { MHeap } from './mheap.ts';
import type { PageCache } from './mpagecache.ts';
import type { MProf } from './mprof.ts';
import type { MSpan } from './mspan.ts';
import type { MStats } from './mstats.ts';
import type { Observer } from './observer.ts';
import type { Defer, Panic } from './panic.ts';
import type { Sched } from './sched.ts';
import type { Frame, StackPools } from './stack.ts';
import type { Func, ModuleData, Symtab } from './symtab.ts';
import type { TimerHeap } from './time.ts';
import type { TypeTable } from './type.ts';
import type { UnlaidCalls } from './unlaid.ts';

/** Goroutine status, atomicstatus without the scan bit. */
export const Gidle = 0;
export const Grunnable = 1;
export const Grunning = 2;
export const Gsyscall = 3;
export const Gwaiting = 4;
export const Gdead = 6;
export const Gcopystack = 8;

/** A register set to resume a goroutine with. @go runtime/runtime2.go gobuf */
export interface Gobuf {
  sp: number;
  pc: number;
  /** Address of the closure's funcval, or 0. */
  ctxt: number;
  lr: number;
  bp: number;
}

/** The stack's memory is [lo, hi); both 0 for a dead g whose stack was freed. */
export interface Stack {
  lo: number;
  hi: number;
}

/** A goroutine. @go runtime/runtime2.go g */
export class G {
  /** Address of the g struct in the heap (or of g0 in the data segment). */
  readonly addr: number;
  goid = 0;
  parentGoid = 0;
  status = Gidle;
  stack: Stack = { lo: 0, hi: 0 };
  stackguard0 = 0;
  sched: Gobuf = { sp: 0, pc: 0, ctxt: 0, lr: 0, bp: 0 };
  syscallsp = 0;
  syscallpc = 0;
  stktopsp = 0;
  /** pc of the go statement, and of the goroutine's function. */
  gopc = 0;
  startpc = 0;
  ancestors = 0;
  waitsince = 0;
  waitreason = 0;
  m: M | null = null;
  /** Newest first, linked. */
  defer: Defer | null = null;
  panic: Panic | null = null;
  /** Sudogs this g waits on, in lock order. */
  waiting: Sudog | null = null;
  param = 0;
  /** Frame whose open-coded defers deferreturn must go on with, after a recovery; param then has the record. */
  savedOpenDefers: Frame | null = null;
  gcAssistBytes = 0;
  gcscandone = false;
  throwsplit = false;
  /** Sudogs of `waiting` point into this stack, so copying it must adjust them. */
  activeStackChans = false;
  /** About to park on a channel: the stack must not shrink. */
  parkingOnChan = false;
  /** A case of the select that this g waits in has fired. */
  selectDone = 0;
  /** Locked to this M by LockOSThread. */
  lockedm: M | null = null;
  /** Timer of time.Sleep, its address. */
  timer = 0;
  /** What the goroutine runs: started when it is first scheduled, resumed after each block. */
  body: Generator<void, void, void> | null = null;
  /** Youngest frame of the stack, linked to its callers; null on a fresh or dead g. */
  frame: Frame | null = null;
  /** Value handed over by what woke this g: true if a channel operation succeeded. */
  success = false;

  constructor(addr: number) {
    this.addr = addr;
  }
}

/** A function on the stack of a g0 and the pc where it is: no dump shows more of that stack. */
export interface SystemFrame {
  readonly fn: Func;
  pc: number;
}

/** An OS thread. @go runtime/runtime2.go m */
export class M {
  /** Address of the m struct: m0 in the data segment, others in the heap behind a malloc header. */
  readonly addr: number;
  id: number;
  /** Thread id as the kernel numbers it. */
  procid = 0;
  g0: G | null = null;
  gsignal: G | null = null;
  curg: G | null = null;
  p: P | null = null;
  alllink: M | null = null;
  mallocing = 0;
  /** What runs on the stack of g0, oldest first; nothing while curg runs itself. */
  readonly g0frames: SystemFrame[] = [];
  spinning = false;

  constructor(addr: number, id: number) {
    this.addr = addr;
    this.id = id;
  }
}

/** A scheduling resource. @go runtime/runtime2.go p */
export class P {
  /** Address of the p struct in the heap. */
  readonly addr: number;
  readonly id: number;
  status = 0;
  m: M | null = null;
  mcache: MCache | null = null;
  pcache: PageCache | null = null;
  /** Time slices given; every 61st goroutine is looked for in the global queue first. */
  schedtick = 0;
  runq: G[] = [];
  runnext: G | null = null;
  gFree: G[] = [];
  sudogcache: Sudog[] = [];
  deferpool: Defer[] = [];
  /** Free mspan structs kept by this P, at most 128. */
  mspancache: MSpan[] = [];
  goidcache = 0;
  goidcacheend = 0;
  /** Bytes and number of stacks that the current cycle scanned: they set the next starting size. */
  scannedStackSize = 0;
  scannedStacks = 0;
  /** Timers of sleeping goroutines, made with the first. */
  timers: TimerHeap | undefined;

  constructor(addr: number, id: number) {
    this.addr = addr;
    this.id = id;
  }
}

/** The globals of package runtime. `Runtime` in runtime.ts composes them and boots a world. */
export interface Runtime {
  readonly arch: Arch;
  /** GOEXPERIMENT=allocheaders, Go 1.22's default. */
  readonly allocHeaders: boolean;
  /** Settings of the environment: GOMAXPROCS, GOGC in percent (-1: off), GOMEMLIMIT in bytes. */
  readonly gomaxprocs: number;
  readonly gogc: number;
  readonly memoryLimit: number;
  readonly memory: Memory;
  readonly persistent: PersistentAlloc;
  readonly memstats: MStats;
  readonly mheap: MHeap;
  readonly gc: GcState;
  readonly gcController: GcController;
  readonly scavenger: Scavenger;
  readonly mprof: MProf;
  readonly mfinal: MFinal;
  readonly types: TypeTable;
  readonly itabTable: ItabTable;
  readonly symtab: Symtab;
  readonly firstmoduledata: ModuleData;
  readonly stackpool: StackPools;
  readonly unlaid: UnlaidCalls;
  readonly sched: Sched;
  readonly allgs: G[];
  /** Newest first through alllink. */
  allm: M | null;
  readonly allp: P[];
  /** The M that runs now; its curg is the running goroutine. */
  m: M;
  /** mcache used before there is a P. */
  mcache0: MCache | null;
  readonly ncpu: number;
  readonly observer: Observer | undefined;
  /** Virtual monotonic clock, ns; only what the model does moves it. */
  nanotime: number;
  /** Time passes only while all goroutines wait. */
  readonly faketime?: boolean;
  /** Sets the clock on to the next timer, as all goroutines wait. */
  timejump(when: number): void;
  /** cheaprand: 32 bits from the world's seed. */
  cheaprand(): number;
}
