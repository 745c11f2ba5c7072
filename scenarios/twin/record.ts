/** Runs a scenario and writes down what its twin has to do, beside the dumps that it has to match. */
import { kind } from '../../sim/kind.ts';
import type { RuntimeEvent } from '../../sim/observer.ts';
import type { World } from '../../sim/runtime.ts';
import type { Type } from '../../sim/type.ts';
import type { Implementation } from '../dsl/func.ts';
import type { Operation } from '../dsl/machine.ts';
import { resolveParams } from '../dsl/params.ts';
import { TypeResolver } from '../dsl/resolve.ts';
import { type RunOptions, runScenario, type Scenario } from '../dsl/scenario.ts';
import { HeapObjects } from './heap-objects.ts';
import {
  type Place,
  type Ref,
  type TwinGlobal,
  type TwinOperation,
  TwinRefusal,
  type Value,
  visitLeaves,
} from './operations.ts';

/** A dump that the scenario wrote. */
interface RecordedDump {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A scenario as a twin needs it. */
export interface Recording {
  readonly operations: readonly TwinOperation[];
  /** Allocations: their numbers are below this. */
  readonly allocations: number;
  readonly globals: readonly TwinGlobal[];
  /** Conversions of which the linker makes itabs, in order. */
  readonly itabs: readonly { readonly inter: Type; readonly concrete: Type }[];
  readonly dumps: readonly RecordedDump[];
  /** The world as main left it. */
  readonly world: World;
}

type RecordOptions = Omit<
  RunOptions,
  'openDump' | 'gogc' | 'gomaxprocs' | 'boot' | 'trace' | 'observer'
>;

/** Operations that leave the heap, its roots and the stack as they are, or are told by others. */
const without = new Set(['call', 'return', 'typeAssert']);

/** First descriptor that a twin dumps to. */
const firstDescriptor = 3;

/**
 * Runs the scenario with GOGC=off and without a memory profile, as its twin runs.
 *
 * @throws {TwinRefusal} for an operation that a twin cannot do
 * @throws what {@link runScenario} throws
 */
export function recordTwin(scenario: Scenario, options: RecordOptions = {}): Recording {
  const dumps: { name: string; parts: Uint8Array[] }[] = [];
  const quiet: Scenario = { ...scenario, memProfileRate: 0 };
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
  const resolver = new TypeResolver(world);
  const itabs: readonly Implementation[] = quiet.itabs(
    resolveParams(quiet.params, options.params ?? {}),
  );
  return {
    operations: recorder.operations,
    allocations: recorder.objects.count,
    globals: recorder.globals,
    itabs: itabs.map(([inter, concrete]) => ({
      inter: resolver.type(inter),
      concrete: resolver.type(concrete),
    })),
    dumps: dumps.map(({ name, parts }) => ({ name, bytes: Buffer.concat(parts) })),
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
  readonly operations: TwinOperation[] = [];
  readonly objects: HeapObjects;
  readonly globals: readonly TwinGlobal[];
  readonly #world: World;
  #dumps = 0;
  /** The collection that runs or ran last: its place in the list, and what stacks and registers held. */
  #collection: { readonly at: number; readonly held: Set<number> } | undefined;
  /** The entry that a map assignment made last. */
  #elem = { addr: 0, size: 0 };

  constructor(world: World, scenario: Scenario) {
    this.#world = world;
    this.objects = new HeapObjects(world);
    this.globals = globalsOf(world, scenario);
  }

  /** A decision of the runtime. */
  observe({ name, ...event }: RuntimeEvent): void {
    if (name === 'sweep') {
      for (const id of this.objects.swept(event.base as number)) this.#collection?.held.delete(id);
    } else if (name === 'copystack' && event.goid === 1) {
      const size = event.newSize as number;
      // The dump itself makes the twin's stack grow.
      const dumping = this.operations.at(-1)?.op === 'WriteHeapDump';
      if (size > (event.oldSize as number) && !dumping) {
        this.operations.push({ op: 'growstack', size });
      }
    }
  }

  /** An operation of the script. */
  hear(operation: Operation): void {
    if (operation.op === 'store') {
      this.#store(operation);
      return;
    }
    this.end();
    const { op } = operation;
    if (without.has(op)) return;
    if (operation.g !== 1) throw new TwinRefusal(`no twin of ${op} in another goroutine than main`);
    if (op === 'GC') {
      this.#collect();
    } else if (op === 'WriteHeapDump') {
      this.operations.push({ op, descriptor: firstDescriptor + this.#dumps++ });
    } else if (!(this.#allocated(operation) || this.#changed(operation))) {
      throw new TwinRefusal(
        `no twin of ${op}: twins do what one goroutine allocates, stores and collects`,
      );
    }
  }

  /** The last collection is over: what was held and lives on is what the twin must keep. */
  end(): void {
    if (this.#collection === undefined) return;
    const { at, held } = this.#collection;
    this.#collection = undefined;
    this.operations[at] = { op: 'GC', keep: [...held].sort((a, b) => a - b) };
  }

  #collect(): void {
    const { allgs, gc, memory, arch } = this.#world;
    const held = new Set<number>();
    const hold = (p: number): void => {
      const found = this.objects.find(p);
      if (found !== undefined) held.add(found.id);
    };
    for (const p of gc.registers) hold(p);
    for (const { goid, sched, stack } of allgs) {
      if (goid !== 1) continue;
      for (let at = sched.sp; at < stack.hi; at += arch.ptrSize) hold(memory.readUintptr(at));
    }
    this.#collection = { at: this.operations.length, held };
    this.operations.push({ op: 'GC', keep: [] });
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
    if (id !== undefined) this.operations.push(operation(id));
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
        this.operations.push({ op, type: type!, to, from, len: len! });
        return true;
      }
      case 'mapassign': {
        const map = this.#ref(address(operation.map));
        const key = this.#value(type!.key!, address(operation.key));
        this.operations.push({ op, type: type!, map, key });
        this.#elem = { addr: address(operation.addr), size: type!.elem!.size };
        return true;
      }
      case 'mapdelete': {
        const h = address(operation.map);
        if (h === 0) return true;
        const key = this.#value(type!.key!, address(operation.key));
        const seed = memory.readUint32(h + arch.ptrSize + 4);
        this.operations.push({ op, type: type!, map: this.#ref(h), key, seed });
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
    this.operations.push({ op: 'store', place, value: this.#value(type!, addr) });
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
