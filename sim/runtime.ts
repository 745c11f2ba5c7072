/**
 * The composition root: one Runtime for each world, linked and booted.
 *
 * A world comes to life in three steps. A new {@link World} is what the linker sees: types, functions,
 * variables and itabs can be added. {@link boot} links it, starts the runtime and runs it up to the
 * call of main.main. {@link World.run} runs the program until main.main returns.
 *
 * @go runtime/runtime1.go, runtime/proc.go
 */
import seedrandom from 'seedrandom';
import { type Arch, archOf, type GoArch } from './arch.ts';
import { declareBootGlobals } from './doinit.ts';
import { ItabTable } from './iface.ts';
import type { MCache } from './mcache.ts';
import { Memory } from './memory.ts';
import { MFinal } from './mfinal.ts';
import { PersistentAlloc } from './mfixalloc.ts';
import { GcState } from './mgc.ts';
import { GcController, maxInt64 } from './mgcpacer.ts';
import { Scavenger } from './mgcscavenge.ts';
import { MHeap } from './mheap.ts';
import { MProf } from './mprof.ts';
import { MStats } from './mstats.ts';
import type { Observer } from './observer.ts';
import { type G, M, type P, type Runtime } from './runtime2.ts';
import { addRuntimeFuncs } from './runtimefuncs.ts';
import { addRuntimeGlobals } from './runtimeglobals.ts';
import { RuntimeStructs } from './runtimetypes.ts';
import { Sched } from './sched.ts';
import { StackPools } from './stack.ts';
import { ModuleData, Symtab } from './symtab.ts';
import { TypeTable } from './type.ts';
import { UnlaidCalls } from './unlaid.ts';

/** What a world is made of. Everything has the default of a plain run on linux/amd64. */
export interface WorldOptions {
  readonly goarch?: GoArch;
  /** false: built with GOEXPERIMENT=noallocheaders. */
  readonly allocHeaders?: boolean;
  /** Number of Ps; 1 unless given. */
  readonly gomaxprocs?: number;
  /** GOGC in percent, -1 for off; 100 unless given. */
  readonly gogc?: number;
  /** GOMEMLIMIT in bytes; none unless given. */
  readonly memoryLimit?: number;
  /** runtime.MemProfileRate. 0 unless given: a program that never reads the profile takes none. */
  readonly memProfileRate?: number;
  /** Decides all that Go takes from its random source. */
  readonly seed?: string;
  /** Processors of the machine, which a dump tells; 2 unless given. */
  readonly ncpu?: number;
  /** Bytes of address space that the heap may take before it is out of memory. */
  readonly heapLimit?: number;
  /** Where the heap begins, if it is not where the target usually has it: on 386 it follows the program. */
  readonly heapStart?: number;
  readonly observer?: Observer;
  /** Virtual time, ns, until sysmon sees what it is asked to do. */
  readonly sysmonDelay?: number;
  /** The clock stands still while goroutines run, as in a program built with the tag faketime. */
  readonly faketime?: boolean;
}

/** The simulated runtime of one program. */
export class World implements Runtime {
  readonly arch: Arch;
  readonly allocHeaders: boolean;
  readonly gomaxprocs: number;
  readonly gogc: number;
  readonly memoryLimit: number;
  readonly ncpu: number;
  readonly observer: Observer | undefined;
  readonly memory: Memory;
  readonly memstats = new MStats();
  readonly gc = new GcState();
  readonly gcController = new GcController();
  readonly scavenger: Scavenger;
  readonly mfinal = new MFinal();
  readonly itabTable = new ItabTable();
  readonly mprof: MProf;
  readonly persistent: PersistentAlloc;
  readonly mheap: MHeap;
  readonly firstmoduledata: ModuleData;
  readonly symtab: Symtab;
  readonly types: TypeTable;
  readonly stackpool: StackPools;
  readonly unlaid: UnlaidCalls;
  readonly sched: Sched;
  readonly allgs: G[] = [];
  readonly allp: P[] = [];
  allm: M | null = null;
  /** m0 until the program is linked: it lies in the data segment. */
  m: M = new M(0, 0);
  mcache0: MCache | null = null;
  /** Time passes only while all goroutines wait. */
  readonly faketime: boolean;
  #now = 0;
  readonly #random: () => number;

  constructor(options: WorldOptions = {}) {
    const { heapStart } = options;
    const arch = archOf(options.goarch ?? 'amd64', heapStart === undefined ? {} : { heapStart });
    this.arch = arch;
    this.allocHeaders = options.allocHeaders ?? true;
    this.gomaxprocs = options.gomaxprocs ?? 1;
    this.gogc = options.gogc ?? 100;
    this.memoryLimit = options.memoryLimit ?? maxInt64;
    this.ncpu = options.ncpu ?? 2;
    this.observer = options.observer;
    this.faketime = options.faketime ?? false;
    this.memory = new Memory(arch);
    this.scavenger = new Scavenger(options.sysmonDelay);
    this.mprof = new MProf(options.memProfileRate ?? 0);
    this.persistent = new PersistentAlloc(this);
    this.mheap = new MHeap(this);
    if (options.heapLimit !== undefined) this.mheap.heapLimit = options.heapLimit;
    const random = seedrandom(`${options.seed ?? '1'}/runtime`);
    this.#random = () => random.int32() >>> 0;
    this.firstmoduledata = new ModuleData(arch);
    this.symtab = new Symtab(arch, this.firstmoduledata);
    const { types, etypes } = this.firstmoduledata;
    this.types = new TypeTable(arch, types, etypes);
    this.stackpool = new StackPools(arch.heapAddrBits);
    this.unlaid = new UnlaidCalls();
    const structs = new RuntimeStructs(arch, this.types);
    this.sched = new Sched(structs, addRuntimeFuncs(arch, this.symtab));
    addRuntimeGlobals(this.firstmoduledata, this.types, structs);
    declareBootGlobals(this);
  }

  /** The monotonic clock. What takes time adds to it, which a clock that stands still does not heed. */
  get nanotime(): number {
    return this.#now;
  }

  set nanotime(now: number) {
    if (!this.faketime) this.#now = now;
  }

  /** All goroutines wait: the clock goes on to the next timer. @go runtime/proc.go checkdead */
  timejump(when: number): void {
    this.#now = Math.max(this.#now, when);
  }

  cheaprand(): number {
    return this.#random();
  }
}
