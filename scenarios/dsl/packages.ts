/** What a script calls of Go's standard library: the functions of packages runtime, debug, sync, time, strconv and rand. */
import { type DumpSink, writeheapdumpM } from '../../dump/heapdump.ts';
import type { GoArch } from '../../sim/arch.ts';
import { chansend, makechan } from '../../sim/chan.ts';
import { runtimeGC } from '../../sim/mgchost.ts';
import { setGCPercent, setMemoryLimit } from '../../sim/mgcpacer.ts';
import { readmemstats_m } from '../../sim/mstats.ts';
import { Goexit } from '../../sim/panic.ts';
import { Gosched } from '../../sim/proc.ts';
import { LockOSThread, UnlockOSThread } from '../../sim/proc-thread.ts';
import { Gdead } from '../../sim/runtime2.ts';
import { enter, leave } from '../../sim/runtimefuncs.ts';
import type { MemStats } from '../../sim/stopped-world.ts';
import { startTheWorld, stopTheWorld } from '../../sim/stoptheworld.ts';
import { type Pipe, read as syscallRead, write as syscallWrite } from '../../sim/syscall.ts';
import { newTimer, timeSleep } from '../../sim/timesleep.ts';
import { ScenarioError } from './errors.ts';
import type { AnyFunc, Blocking } from './func.ts';
import { hex } from './hex.ts';
import type { Machine } from './machine.ts';
import { type StrconvPackage, strconvPackage } from './strconv.ts';
import { type Sync, syncPackage } from './sync.ts';
import {
  type Chan,
  type Fields,
  type GoType,
  int64,
  nil,
  type Ptr,
  type Slice,
  struct,
  uint64,
  unsafePointer,
} from './types.ts';

/** time.Time, as a channel of a timer has it. */
export const Time = struct('time.Time', { wall: uint64, ext: int64, loc: unsafePointer });
type TimeValue = NonNullable<(typeof Time)['value']>;

/** Opens the file of a dump; `index` counts the dumps of a run from 0. */
export type OpenDump = (name: string, index: number) => DumpSink;

/** The packages, by name. */
export interface Packages {
  readonly runtime: RuntimePackage;
  readonly debug: DebugPackage;
  readonly sync: Sync;
  readonly time: TimePackage;
  readonly syscall: SyscallPackage;
  readonly strconv: StrconvPackage;
  readonly rand: RandPackage;
}

interface RuntimePackage {
  /** The target: `amd64`. */
  readonly GOARCH: GoArch;
  /** The goroutine keeps its thread to itself. */
  LockOSThread(): void;
  UnlockOSThread(): void;
  /** A whole collection, swept: `yield* go.runtime.GC()`. */
  GC(): Blocking;
  /** Lets other goroutines run. */
  Gosched(): Blocking;
  /** Ends the goroutine, after its deferred calls. */
  Goexit(): Blocking<never>;
  /** The function is called once the object that `p` points to is garbage; null takes it away. */
  setFinalizer<T>(t: GoType<T>, p: Ptr<T>, f: AnyFunc | null): void;
  /** The statistics, the same that a dump shows. */
  readMemStats(): MemStats;
  /** Goroutines that are no system goroutines. */
  numGoroutine(): number;
  /** runtime.MemProfileRate = rate: bytes between two sampled allocations, 0 for none. */
  setMemProfileRate(rate: number): void;
  /** The number of runtime.MemProfile's records, with `inuseZero` also those of which all was freed. */
  memProfile(inuseZero: boolean): number;
}

interface DebugPackage {
  /** A dump of the program, to a file of its own if it has a name. */
  writeHeapDump(name?: string): void;
  /** Sets GOGC (-1: off) and gives what it was. */
  setGCPercent(percent: number): number;
  /** Sets GOMEMLIMIT in bytes and gives what it was; a negative limit only asks. */
  setMemoryLimit(limit: number): number;
  /** A collection, then every free page goes back to the system. */
  freeOSMemory(): Blocking;
}

interface TimePackage {
  /** Virtual nanoseconds: nobody waits. */
  sleep(ns: number): Blocking;
  /** `time.After(d)`: a channel that gets the time after so many nanoseconds. */
  after(ns: number): Chan<TimeValue>;
  /** Nanoseconds of virtual time since the start. */
  now(): number;
}

interface SyscallPackage {
  /** `syscall.Pipe(p[:])`: its reading and its writing end. */
  pipe(): [read: number, write: number];
  /** `syscall.Read(fd, b)`: waits while the pipe is empty. */
  read(fd: number, b: Slice<number>): Blocking<number>;
  /** `syscall.Write(fd, b)` */
  write(fd: number, b: Slice<number>): number;
}

/** Random numbers for the script, from the run's seed. */
interface RandPackage {
  /** From 0 up to, but without, 1. */
  float64(): number;
  /** A whole number from 0 up to, but without, n. */
  intn(n: number): number;
}

/** The packages of one run. `random` gives numbers from 0 up to 1. */
export function makePackages(m: Machine, openDump: OpenDump, random: () => number): Packages {
  return {
    runtime: runtimePackage(m),
    debug: debugPackage(m, openDump),
    sync: syncPackage(m),
    time: {
      sleep: (ns) => m.waited('go.time.sleep(…)', sleep(m, ns)),
      after: (ns) => after(m, ns),
      now: () => m.world.nanotime,
    },
    syscall: syscallPackage(m),
    strconv: strconvPackage(m),
    rand: {
      float64: random,
      intn(n) {
        if (!(n > 0)) throw new ScenarioError(`rand.intn: want a number above 0, got ${n}`);
        return Math.floor(random() * n);
      },
    },
  };
}

function runtimePackage(m: Machine): RuntimePackage {
  const { world } = m;
  return {
    GOARCH: world.arch.goarch,
    LockOSThread() {
      m.at('runtime.LockOSThread');
      m.trace?.({ op: 'LockOSThread', g: m.g.goid });
      LockOSThread(world);
    },
    UnlockOSThread() {
      m.trace?.({ op: 'UnlockOSThread', g: m.g.goid });
      UnlockOSThread(world);
    },
    GC: () => m.waited('go.runtime.GC()', collect(m)),
    Gosched: () => m.waited('go.runtime.Gosched()', gosched(m)),
    Goexit: () => m.waited('go.runtime.Goexit()', goexit(m)),
    setFinalizer(t, p, f) {
      setFinalizer(m, t, p, f);
    },
    readMemStats() {
      m.at('runtime.ReadMemStats');
      const stats = readmemstats_m(world);
      m.trace?.({ op: 'ReadMemStats', g: m.g.goid });
      return stats;
    },
    numGoroutine() {
      const n = world.allgs.filter((gp) => gp.status !== Gdead).length - world.sched.ngsys;
      m.trace?.({ op: 'NumGoroutine', g: m.g.goid, n });
      return n;
    },
    setMemProfileRate(rate) {
      m.trace?.({ op: 'MemProfileRate', g: m.g.goid, rate });
      world.mprof.memProfileRate = rate;
    },
    memProfile(inuseZero) {
      m.at('runtime.MemProfile');
      m.trace?.({ op: 'MemProfile', g: m.g.goid });
      world.mprof.flush();
      const inUse = [...world.mprof.iterateMemprof()].filter(
        ({ active }) => inuseZero || active.allocBytes !== active.freeBytes,
      );
      return inUse.length;
    },
  };
}

function* sleep(m: Machine, ns: number): Blocking {
  m.at('sleep');
  m.trace?.({ op: 'sleep', g: m.g.goid, ns });
  yield* timeSleep(m.world, ns);
}

function after(m: Machine, ns: number): Chan<TimeValue> {
  const { world } = m;
  m.at('time.After');
  const own = enter(world, 'time.NewTimer');
  const c = m.within('runtime.makechan', () => makechan(world, m.type(Time), 1));
  world.gc.hold(c);
  m.trace?.({ op: 'After', g: m.g.goid, chan: hex(c), ns });
  const send = (): void => {
    const now = { wall: 0, ext: Math.trunc(world.nanotime), loc: nil };
    m.scratch.with(m.program.stack.codec(Time), now, (p) => {
      m.drive('time.After', chansend(world, c, p, false));
    });
  };
  newTimer(world, c, ns, send);
  leave(world, own);
  return c as Chan<TimeValue>;
}

function syscallPackage(m: Machine): SyscallPackage {
  const { world } = m;
  const pipeOf = (fd: number): Pipe => {
    const pipe = world.sched.pipes.of(fd);
    if (pipe === undefined) throw new ScenarioError(`descriptor ${fd} is of no pipe`);
    return pipe;
  };
  function* read(fd: number, b: Slice<number>): Blocking<number> {
    m.at('syscall.Read');
    m.trace?.({ op: 'syscall.Read', g: m.g.goid, fd });
    return yield* syscallRead(world, pipeOf(fd), fd, b.array, b.len);
  }
  return {
    pipe: () => world.sched.pipes.make(),
    read: (fd, b) => m.waited('go.syscall.read(…)', read(fd, b)),
    write(fd, b) {
      m.at('syscall.Write');
      m.trace?.({ op: 'syscall.Write', g: m.g.goid, fd });
      return syscallWrite(world, pipeOf(fd), b.array, b.len);
    },
  };
}

function* collect(m: Machine): Blocking {
  m.at('runtime.GC');
  m.trace?.({ op: 'GC', g: m.g.goid });
  yield* runtimeGC(m.world);
}

function* gosched(m: Machine): Blocking {
  m.idle();
  m.at('runtime.Gosched');
  m.trace?.({ op: 'Gosched', g: m.g.goid });
  yield* Gosched(m.world);
}

function* goexit(m: Machine): Blocking<never> {
  m.at('runtime.Goexit');
  m.trace?.({ op: 'Goexit', g: m.g.goid });
  return yield* Goexit(m.world);
}

function setFinalizer(m: Machine, t: GoType<unknown>, p: number, f: AnyFunc | null): void {
  const { world, program } = m;
  const etyp = world.types.ptrTo(program.resolver.type(t));
  m.at('runtime.SetFinalizer', etyp);
  world.gc.hold(p);
  const said = { op: 'SetFinalizer', g: m.g.goid, type: etyp, addr: hex(p) };
  if (f === null) {
    m.trace?.(said);
    world.mfinal.setFinalizer(world, p, etyp, null, null);
    return;
  }
  const params = Object.entries(f.params as Fields);
  const linked = program.linked(f);
  const ftyp = world.types.funcOf(
    params.map(([, type]) => program.resolver.type(type)),
    (f.frame.results ?? []).map((type) => program.resolver.type(type)),
  );
  m.trace?.({ ...said, func: f.name, signature: ftyp });
  world.sched.setFinalizerBody(linked.func, (arg, frame) => {
    m.trace?.({ op: 'finalizer', g: m.g.goid, func: f.name, addr: hex(arg) });
    const [name] = params[0]!;
    linked.storeArgs(frame, { [name]: arg });
    return m.runInGoroutine(linked, frame);
  });
  world.mfinal.setFinalizer(world, p, etyp, world.symtab.funcval(linked.func), ftyp);
}

function* freeOSMemory(m: Machine): Blocking {
  m.at('debug.FreeOSMemory');
  m.trace?.({ op: 'FreeOSMemory', g: m.g.goid });
  yield* runtimeGC(m.world);
  m.world.scavenger.scavengeAll(m.world);
}

function debugPackage(m: Machine, openDump: OpenDump): DebugPackage {
  const { world } = m;
  let dumps = 0;
  return {
    writeHeapDump(name = '') {
      m.at('debug.WriteHeapDump');
      const sink = openDump(name, dumps++);
      m.trace?.({ op: 'WriteHeapDump', g: m.g.goid, name });
      const own = enter(world, 'runtime/debug.WriteHeapDump');
      const onSystemStack = enter(world, 'runtime.systemstack_switch');
      m.g.sched.pc = world.sched.funcs.site(onSystemStack.fn, 'stop') ?? m.g.sched.pc;
      writeheapdumpM(stopTheWorld(world), sink);
      startTheWorld(world);
      leave(world, onSystemStack);
      leave(world, own);
      m.trace?.({ op: 'done', g: m.g.goid });
    },
    setGCPercent(percent) {
      m.at('debug.SetGCPercent');
      const before = setGCPercent(world, percent);
      m.trace?.({ op: 'SetGCPercent', g: m.g.goid, percent, before });
      return before;
    },
    setMemoryLimit(limit) {
      m.at('debug.SetMemoryLimit');
      const before = setMemoryLimit(world, limit);
      m.trace?.({ op: 'SetMemoryLimit', g: m.g.goid, limit, before });
      return before;
    },
    freeOSMemory: () => m.waited('go.debug.freeOSMemory()', freeOSMemory(m)),
  };
}
