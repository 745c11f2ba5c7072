/** Runs a scenario and writes down what its twin has to do, beside the dumps that it has to match. */
import { kind } from '../../sim/kind.ts';
import type { RuntimeEvent } from '../../sim/observer.ts';
import type { World } from '../../sim/runtime.ts';
import { Gdead } from '../../sim/runtime2.ts';
import type { Type } from '../../sim/type.ts';
import type { Implementation } from '../dsl/func.ts';
import type { Operation } from '../dsl/machine.ts';
import { resolveParams } from '../dsl/params.ts';
import { TypeResolver } from '../dsl/resolve.ts';
import { type RunOptions, runScenario, type Scenario } from '../dsl/scenario.ts';
import type { ModelDump } from './contents.ts';
import { Course, type Entry, type Step, type TwinFunction } from './course.ts';
import { HeapObjects } from './heap-objects.ts';
import {
  type Place,
  type Ref,
  type TwinCase,
  type TwinGlobal,
  type TwinOperation,
  TwinRefusal,
  type Value,
  visitLeaves,
} from './operations.ts';
import { profiled, Sites } from './profile.ts';
import { RuntimeCalls } from './runtime-calls.ts';

/** A dump that the scenario wrote. */
interface RecordedDump extends ModelDump {
  readonly name: string;
}

/** A scenario as a twin needs it. */
export interface Recording {
  /** Operations in order, each with the function that does it. */
  readonly steps: readonly Step[];
  /** The twin's functions; the first is main. */
  readonly functions: readonly TwinFunction[];
  /** Allocations: their numbers are below this. */
  readonly allocations: number;
  /** Calls of packages runtime and runtime/debug. */
  readonly calls: Pick<RuntimeCalls, 'said' | 'finalizers' | 'runs'>;
  /** Places of the memory profile. */
  readonly sites: Sites;
  readonly globals: readonly TwinGlobal[];
  /** Conversions of which the linker makes itabs, in order. */
  readonly itabs: readonly { readonly inter: Type; readonly concrete: Type }[];
  readonly dumps: readonly RecordedDump[];
  /** Time has decided which goroutine runs. */
  readonly timed: boolean;
  /** The world as main left it. */
  readonly world: World;
}

type RecordOptions = Omit<
  RunOptions,
  'openDump' | 'gogc' | 'gomaxprocs' | 'boot' | 'trace' | 'observer'
>;

/** Operations that leave the heap, its roots and the stack as they are, or are told by others. */
const without = new Set(['typeAssert']);

/** Operations for which the runtime may allocate on the goroutine's own stack. */
const allocating = new Set(
  (
    'new makeslice growslice concatstrings slicebytetostring itoa stringtoslicebyte makemap makechan convT ' +
    'mapassign mapiterinit closure go send recv discard select sleep SetFinalizer ' +
    'Lock Unlock WaitGroup.Add WaitGroup.Wait Wait Signal Broadcast'
  ).split(' '),
);

/** A sleep of so many ns outlasts the program. */
const longestRunNs = 60e9;

/** First descriptor that a twin dumps to. */
export const firstDescriptor = 3;

/**
 * Runs the scenario with GOGC=off and without a memory profile, as its twin runs. Where time decides who
 * runs, by sleeping or because a lock is handed to who has waited for a millisecond, it stands still while
 * goroutines run: what real Go takes to run them would decide as well.
 *
 * @throws {TwinRefusal} for an operation that a twin cannot do
 * @throws what {@link runScenario} throws
 */
export function recordTwin(scenario: Scenario, options: RecordOptions = {}): Recording {
  const recording = record(scenario, options);
  if (!recording.timed || options.faketime !== undefined) return recording;
  return record(scenario, { ...options, faketime: true });
}

function record(scenario: Scenario, options: RecordOptions): Recording {
  const dumps: { name: string; parts: Uint8Array[] }[] = [];
  const quiet = profiled(scenario);
  let recorder: Recorder | undefined;
  const world = runScenario(quiet, {
    ...options,
    gogc: 'off',
    gomaxprocs: 1,
    trace: (operation, running) => {
      recorder ??= new Recorder(running, quiet);
      recorder.hear(operation);
    },
    observer: { onEvent: (event) => recorder?.observe(event) },
    openDump(name) {
      const parts: Uint8Array[] = [];
      dumps.push({ name, parts });
      return { write: (bytes) => void parts.push(bytes.slice()) };
    },
  });
  recorder ??= new Recorder(world, quiet);
  recorder.end();
  const { own, told, calls } = recorder;
  const resolver = new TypeResolver(world);
  const itabs: readonly Implementation[] = quiet.itabs(
    resolveParams(quiet.params, options.params ?? {}),
  );
  return {
    steps: recorder.course.steps(),
    functions: recorder.course.functions,
    allocations: recorder.objects.count,
    globals: recorder.globals,
    itabs: itabs.map(([inter, concrete]) => ({
      inter: resolver.type(inter),
      concrete: resolver.type(concrete),
    })),
    dumps: dumps.map(({ name, parts }, i) => {
      const said = calls.said.slice(
        told[i - 1] ?? 0,
        told[i + 1] === undefined ? undefined : told[i],
      );
      return { name, bytes: Buffer.concat(parts), own: own[i]!, said };
    }),
    calls,
    sites: recorder.sites,
    timed: recorder.timed,
    world,
  };
}

function globalsOf(world: World, scenario: Scenario): TwinGlobal[] {
  const resolver = new TypeResolver(world);
  return scenario.globals.flatMap(({ pkg, fields }) =>
    Object.entries(fields).map(([name, t]) => ({
      name: pkg === 'main' ? name : `${pkg.replace(/\W/g, '_')}_${name}`,
      type: resolver.type(t),
      addr: world.firstmoduledata.addressOf(`${pkg}.${name}`),
    })),
  );
}

class Recorder {
  readonly course = new Course();
  readonly calls: RuntimeCalls;
  /** Places that allocate while the memory profile is on. */
  readonly sites = new Sites();
  readonly objects: HeapObjects;
  readonly globals: readonly TwinGlobal[];
  readonly #world: World;
  /** The slots of the scenario's objects, at each dump. */
  readonly own: ModelDump['own'][] = [];
  /** How many values the program has been told, at each dump. */
  readonly told: number[] = [];
  /** What has been allocated since the last operation. */
  #allocations: number[] = [];
  /** The collection that runs or ran last: its place in the list, and what stacks and registers held. */
  #collection: { readonly entry: Entry; readonly held: Set<number> } | undefined;
  /** What each goroutine does and has not finished: it may wait, or its stack may grow in it. */
  readonly #running = new Map<number, Entry>();
  /** Numbers of the functions that closures call, by the closure's. */
  readonly #callees = new Map<number, number>();
  /** The closure that was made last, for the go or defer statement that follows. */
  #closure: number | undefined;
  #cases: TwinCase[] = [];
  /** One sleep can only end as the next thing that happens; where there are more, their order counts. */
  #slept = false;
  /** Time has decided which goroutine runs. */
  timed = false;
  /** The entry that a map assignment made last. */
  #elem = { addr: 0, size: 0 };

  constructor(world: World, scenario: Scenario) {
    this.#world = world;
    this.objects = new HeapObjects(world);
    this.globals = globalsOf(world, scenario);
    this.calls = new RuntimeCalls(world, this.course, (p) => this.#ref(p));
  }

  /** A decision of the runtime. */
  observe({ name, ...event }: RuntimeEvent): void {
    if (name === 'gcStart' && !this.#collects()) {
      throw new TwinRefusal(
        'no twin of a collection that begins by itself: when is decided by chance',
      );
    } else if (name === 'malloc') {
      const addr = event.addr as number;
      this.#allocations.push(addr);
      this.objects.allocated(addr, event.size as number);
    } else if (name === 'sweep') {
      for (const id of this.objects.swept(event.base as number)) this.#collection?.held.delete(id);
    } else if (name === 'copystack' && (event.newSize as number) > (event.oldSize as number)) {
      this.#grown(event.goid as number, event.newSize as number);
    }
  }

  /** True while a goroutine of the script has a collection done. */
  #collects(): boolean {
    const asked = ({ operation: { op } }: Entry) => op === 'GC' || op === 'FreeOSMemory';
    return [...this.#running.values()].some(asked);
  }

  /** A lock that a goroutine has waited for is handed to it, or not, by the time that it has waited. */
  #ended(g: number): void {
    const entry = this.#running.get(g);
    if (entry === undefined) return;
    const { operation } = entry;
    if (operation.op === 'condWait') {
      this.timed = true;
    } else if (operation.op === 'sync' && operation.call === 'Mutex.Lock') {
      this.timed ||= !this.course.isLast(entry);
    }
  }

  #grown(goid: number, size: number): void {
    if (!this.course.has(goid)) return;
    const running = this.#running.get(goid);
    const grow: TwinOperation = { op: 'growstack', size };
    if (running === undefined) this.course.push(goid, grow);
    else this.course.pushBefore(running, grow);
  }

  #push(operation: TwinOperation): Entry {
    return this.course.push(this.#world.m.curg!.goid, operation);
  }

  /** An operation of the script. */
  hear(operation: Operation): void {
    const { op } = operation;
    if (without.has(op)) return;
    if (op === 'finalizer') this.calls.began(operation);
    if (op === 'finalizer') return;
    const g = operation.g as number;
    if (!this.course.has(g)) {
      throw new TwinRefusal(`no twin of ${op} in a goroutine of the runtime`);
    }
    const profiles = this.#world.mprof.memProfileRate === 1 && allocating.has(op);
    this.course.site = profiles ? this.sites.here(this.#world) : undefined;
    if (op === 'store') {
      this.#store(operation);
      return;
    }
    if (op === 'done') this.#ended(g);
    this.#running.delete(g);
    if (op === 'makemap' || op === 'mapassign' || op === 'mapiterinit') {
      for (const addr of this.#allocations) this.objects.addInner(addr);
    }
    this.#allocations = [];
    const call = this.calls.operation(operation);
    if (call !== undefined) {
      this.#push(call);
    } else if (op === 'GC' || op === 'FreeOSMemory') {
      this.#collect(g, op);
    } else if (op === 'WriteHeapDump') {
      this.#running.set(g, this.#push({ op, descriptor: firstDescriptor + this.own.length }));
      this.own.push(this.objects.slots());
      this.told.push(this.calls.said.length);
    } else if (
      !(
        this.#allocated(operation) ||
        this.#changed(operation) ||
        this.#called(operation) ||
        this.#waited(operation)
      )
    ) {
      throw new TwinRefusal(`no twin of ${op}`);
    }
  }

  /** The last collection is over: what was held and lives on is what the twin must keep. */
  end(): void {
    if (this.#collection === undefined) return;
    const { entry, held } = this.#collection;
    this.#collection = undefined;
    // They live on because their finalizers were queued: nothing else held them.
    for (const p of this.calls.queued()) held.delete(this.objects.find(p)?.id ?? -1);
    entry.operation = {
      ...entry.operation,
      keep: [...held].sort((a, b) => a - b),
    } as TwinOperation;
  }

  #collect(g: number, op: 'GC' | 'FreeOSMemory'): void {
    this.end();
    this.calls.queued();
    const { allgs, gc, memory, arch } = this.#world;
    const held = new Set<number>();
    const hold = (p: number): void => {
      const found = this.objects.find(p);
      if (found !== undefined) held.add(found.id);
    };
    for (const p of gc.registers) hold(p);
    for (const { sched, stack, status } of allgs) {
      if (status === Gdead) continue;
      for (let at = sched.sp; at < stack.hi; at += arch.ptrSize) hold(memory.readUintptr(at));
    }
    const entry = this.#push({ op, keep: [] });
    this.#running.set(g, entry);
    this.#collection = { entry, held };
  }

  /** Calls, now, later and in other goroutines; false for other operations. */
  #called(operation: Operation): boolean {
    const { op } = operation;
    const { course } = this;
    const g = operation.g as number;
    switch (op) {
      case 'call':
        course.enter(g);
        return true;
      case 'return':
        course.leave(g);
        return true;
      case 'closure':
        this.#made(address(operation.addr), (id) => {
          const fn = course.addFunction('');
          this.#callees.set(id, fn);
          this.#closure = id;
          return { op, id, type: operation.type!, fn };
        });
        return true;
      case 'go': {
        const { closure, fn } = this.#callee(operation);
        const goid = operation.new as number;
        course.functions[fn]!.name = `goroutine${goid}`;
        this.#push({ op, fn, closure });
        course.start(goid, fn);
        return true;
      }
      case 'defer': {
        const { closure, fn } = this.#callee(operation);
        course.functions[fn]!.name = `deferred${fn}`;
        this.#push({ op, fn, closure, heap: operation.openCoded !== true });
        course.defer(g, fn);
        return true;
      }
      case 'deferred':
        course.enterDeferred(g);
        return true;
      case 'panic':
        this.#push({ op, value: this.#ref(address(operation.addr)) });
        return true;
      case 'gorecover':
        course.recover(g);
        return true;
      default:
        return false;
    }
  }

  /** The function that a go or defer statement calls. */
  #callee(operation: Operation): { closure: number | undefined; fn: number } {
    if (operation.closure !== true) return { closure: undefined, fn: this.course.addFunction('') };
    const closure = this.#closure!;
    return { closure, fn: this.#callees.get(closure)! };
  }

  /** Operations that may wait; false for others. */
  #waited(operation: Operation): boolean {
    const { op, type } = operation;
    const g = operation.g as number;
    const waits = (waiting: TwinOperation): true => {
      this.#running.set(g, this.#push(waiting));
      return true;
    };
    const ref = (p: unknown): Ref => this.#ref(address(p));
    switch (op) {
      case 'done':
        return true;
      case 'send': {
        const value = this.#value(type!, address(operation.addr));
        return waits({ op, type: type!, chan: ref(operation.chan), value });
      }
      case 'recv':
      case 'discard':
        return waits({
          op: 'recv',
          type: type!,
          chan: ref(operation.chan),
          discard: op === 'discard',
        });
      case 'close':
        this.#push({ op, chan: ref(operation.chan) });
        return true;
      case 'mapiterinit':
        if (address(operation.map) !== 0) this.#push({ op: 'range', map: ref(operation.map) });
        return true;
      case 'case': {
        const value = operation.sends ? this.#value(type!, address(operation.addr)) : undefined;
        this.#cases.push({ type: type!, chan: ref(operation.chan), value });
        return true;
      }
      case 'select': {
        const cases = this.#cases;
        this.#cases = [];
        return waits({ op, cases, parks: true });
      }
      case 'selected':
        this.#selected(this.course.last(g), operation);
        return true;
      case 'Lock':
      case 'Unlock':
        return waits({ op: 'sync', call: `Mutex.${op}`, at: ref(operation.mutex), delta: 0 });
      case 'WaitGroup.Add':
      case 'WaitGroup.Wait': {
        const delta = (operation.delta as number | undefined) ?? 0;
        return waits({ op: 'sync', call: op, at: ref(operation.group), delta });
      }
      case 'Cond.Wait':
        return waits({ op: 'condWait', at: ref(operation.cond), mutex: ref(operation.mutex) });
      case 'Cond.Signal':
      case 'Cond.Broadcast':
        this.#push({ op: 'sync', call: op, at: ref(operation.cond), delta: 0 });
        return true;
      case 'sleep': {
        const ns = operation.ns as number;
        if (ns < longestRunNs) {
          this.timed ||= this.#slept;
          this.#slept = true;
        }
        return waits({ op, ns });
      }
      case 'Gosched':
      case 'Goexit':
        return waits({ op });
      default:
        return false;
    }
  }

  /** A select that did not park is what it chose: Go would choose at random. */
  #selected(entry: Entry, { index, parked }: Operation): void {
    const { operation } = entry;
    if (operation.op !== 'select' || parked === true) return;
    const chosen = operation.cases[index as number];
    if (chosen === undefined) {
      entry.operation = { op: 'select', cases: [], parks: false };
      return;
    }
    const { type, chan, value } = chosen;
    entry.operation =
      value === undefined
        ? { op: 'recv', type, chan, discard: false }
        : { op: 'send', type, chan, value };
  }

  /** An operation whose result is a new object; false for others. */
  #allocated(operation: Operation): boolean {
    const { op, type, addr: at } = operation;
    const addr = address(at);
    const { memory, arch } = this.#world;
    switch (op) {
      case 'new':
        this.#made(addr, (id) => ({ op, id, type: type! }));
        return true;
      case 'makeslice': {
        const { len, cap } = numbers(operation);
        this.#made(addr, (id) => ({ op, id, type: type!, len: len!, cap: cap! }));
        return true;
      }
      case 'growslice': {
        const from = this.#ref(address(operation.from));
        const { oldLen, oldCap, len } = numbers(operation);
        this.#made(addr, (id) => {
          return { op, id, type: type!, from, oldLen: oldLen!, oldCap: oldCap!, len: len! };
        });
        return true;
      }
      case 'concatstrings':
      case 'slicebytetostring':
      case 'itoa':
        this.#made(addr, (id) => ({ op: 'string', id, text: this.#text(operation) }));
        return true;
      case 'stringtoslicebyte':
        this.#made(addr, (id) => ({ op: 'bytes', id, text: this.#text(operation) }));
        return true;
      case 'makemap': {
        const { hint } = numbers(operation);
        const seed = memory.readUint32(addr + arch.ptrSize + 4);
        this.#made(addr, (id) => ({ op, id, type: type!, hint: hint!, seed }));
        return true;
      }
      case 'makechan': {
        const { size } = numbers(operation);
        this.#made(addr, (id) => ({ op, id, type: type!, size: size! }));
        return true;
      }
      case 'convT':
        if (type!.directIface) return true;
        this.#made(addr, (id) => ({ op, id, value: this.#value(type!, addr) }));
        return true;
      default:
        return false;
    }
  }

  #made(addr: number, operation: (id: number) => TwinOperation): void {
    const id = this.objects.add(addr);
    if (id !== undefined) this.#push(operation(id));
  }

  /** An operation on an object; false for others. */
  #changed(operation: Operation): boolean {
    const { op, type } = operation;
    const { memory, arch } = this.#world;
    switch (op) {
      case 'slicecopy': {
        const { len } = numbers(operation);
        if (len === 0) return true;
        const [to, from] = [this.#ref(address(operation.to)), this.#source(operation)];
        this.#push({ op, type: type!, to, from, len: len! });
        return true;
      }
      case 'mapassign': {
        const map = this.#ref(address(operation.map));
        const key = this.#value(type!.key!, address(operation.key));
        this.#push({ op, type: type!, map, key });
        this.#elem = { addr: address(operation.addr), size: type!.elem!.size };
        return true;
      }
      case 'mapdelete': {
        const h = address(operation.map);
        if (h === 0) return true;
        const key = this.#value(type!.key!, address(operation.key));
        const seed = memory.readUint32(h + arch.ptrSize + 4);
        this.#push({ op, type: type!, map: this.#ref(h), key, seed });
        return true;
      }
      default:
        return false;
    }
  }

  #store({ type, addr: at }: Operation): void {
    const addr = address(at);
    const place = this.#place(addr);
    if (place === undefined) return;
    this.#push({ op: 'store', place, value: this.#value(type!, addr) });
  }

  /** Undefined for what is on a stack or on its way. */
  #place(addr: number): Place | undefined {
    const index = this.globals.findIndex((g) => g.addr <= addr && addr < g.addr + g.type.size);
    if (index >= 0) return { to: 'global', index, offset: addr - this.globals[index]!.addr };
    const elem = addr - this.#elem.addr;
    if (elem >= 0 && elem < this.#elem.size) return { to: 'elem', offset: elem };
    if (!this.objects.inHeap(addr)) return undefined;
    return this.#object(addr);
  }

  #object(p: number): { to: 'object'; id: number; offset: number } {
    const found = this.objects.find(p);
    if (found !== undefined) return { to: 'object', ...found };
    throw new TwinRefusal(
      `no twin of a pointer to 0x${p.toString(16)}: the scenario has not allocated that object itself`,
    );
  }

  #ref(p: number): Ref {
    if (p === 0) return { to: 'nil' };
    if (this.objects.inHeap(p)) return this.#object(p);
    const index = this.globals.findIndex((g) => g.addr <= p && p < g.addr + g.type.size);
    if (index >= 0) return { to: 'global', index, offset: p - this.globals[index]!.addr };
    return { to: 'outside' };
  }

  /** What is copied from: an object, or bytes of the program. */
  #source({ type, from, len }: Operation): Ref {
    const p = address(from);
    const ref = this.#ref(p);
    if (ref.to !== 'outside' || type!.ptrBytes > 0) return ref;
    return { to: 'text', text: this.#bytes(p, type!.size * (len as number)) };
  }

  #text({ addr, len }: Operation): Uint8Array {
    return this.#bytes(address(addr), len as number);
  }

  #bytes(addr: number, size: number): Uint8Array {
    const bytes = new Uint8Array(size);
    this.#world.memory.read(addr, size, bytes, 0);
    return bytes;
  }

  /** The value at an address. An interface's type word is never in the heap. */
  #value(type: Type, addr: number): Value {
    const { memory, arch } = this.#world;
    const refs = new Map<number, Ref>();
    if (type.ptrBytes > 0) {
      visitLeaves(type, 0, (leaf, offset) => {
        if (leaf.ptrBytes === 0) return;
        const at = leaf.kind === kind.interface ? offset + arch.ptrSize : offset;
        const p = memory.readUintptr(addr + at);
        if (p === 0) return;
        let ref = this.#ref(p);
        if (ref.to === 'outside' && leaf.kind === kind.string) {
          const len = memory.readUintptr(addr + at + arch.ptrSize);
          ref = { to: 'text', text: this.#bytes(p, len) };
        }
        refs.set(at, ref);
      });
    }
    return { type, bytes: this.#bytes(addr, type.size), refs };
  }
}

/** The trace writes addresses in hexadecimal. */
function address(detail: unknown): number {
  return Number(detail);
}

function numbers(operation: Operation): Readonly<Record<string, number | undefined>> {
  return operation as unknown as Readonly<Record<string, number>>;
}
