/** Runs a scenario and writes down what its twin has to do, beside the dumps that it has to match. */
import type { RuntimeEvent } from '../../sim/observer.ts';
import type { World } from '../../sim/runtime.ts';
import type { Type } from '../../sim/type.ts';
import type { Implementation } from '../dsl/func.ts';
import type { Operation } from '../dsl/machine.ts';
import { resolveParams } from '../dsl/params.ts';
import { TypeResolver } from '../dsl/resolve.ts';
import { type RunOptions, runScenario, type Scenario } from '../dsl/scenario.ts';
import { Calls } from './calls.ts';
import type { ModelDump } from './contents.ts';
import { Course, type Step, type TwinFunction } from './course.ts';
import { HeapObjects } from './heap-objects.ts';
import { HeapOperations } from './heap-operations.ts';
import { HeldObjects } from './held.ts';
import { type TwinGlobal, TwinRefusal } from './operations.ts';
import { profiled, Sites } from './profile.ts';
import { globalsOf, References } from './references.ts';
import { RuntimeCalls } from './runtime-calls.ts';
import { Waiting } from './waiting.ts';

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
const without = new Set(['typeAssert', 'mark']);

/** Operations for which the runtime may allocate on the goroutine's own stack. */
const allocating = new Set(
  (
    'new makeslice growslice concatstrings slicebytetostring itoa stringtoslicebyte makemap makechan convT ' +
    'mapassign mapiterinit closure go send recv discard select sleep SetFinalizer ' +
    'Lock Unlock WaitGroup.Add WaitGroup.Wait Wait Signal Broadcast'
  ).split(' '),
);

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

class Recorder {
  readonly course = new Course();
  readonly calls: RuntimeCalls;
  /** Places that allocate while the memory profile is on. */
  readonly sites = new Sites();
  readonly objects: HeapObjects;
  readonly globals: readonly TwinGlobal[];
  /** The slots of the scenario's objects, at each dump. */
  readonly own: ModelDump['own'][] = [];
  /** How many values the program has been told, at each dump. */
  readonly told: number[] = [];
  readonly #world: World;
  readonly #held: HeldObjects;
  readonly #heap: HeapOperations;
  readonly #waiting: Waiting;
  readonly #calls: Calls;
  /** What has been allocated since the last operation. */
  #allocations: number[] = [];

  constructor(world: World, scenario: Scenario) {
    const { course } = this;
    this.#world = world;
    this.objects = new HeapObjects(world);
    this.globals = globalsOf(world, scenario);
    const refs = new References(world, this.objects, this.globals);
    this.calls = new RuntimeCalls(world, course, (p) => refs.ref(p));
    this.#held = new HeldObjects(world, this.objects, this.calls);
    this.#heap = new HeapOperations(world, this.objects, refs, (operation) => {
      course.push(world.m.curg!.goid, operation);
    });
    this.#waiting = new Waiting(world, course, refs);
    this.#calls = new Calls(course, refs, this.#heap);
  }

  /** Time has decided which goroutine runs. */
  get timed(): boolean {
    return this.#waiting.timed;
  }

  /** A decision of the runtime. */
  observe({ name, ...event }: RuntimeEvent): void {
    if (name === 'gcStart' && !this.#waiting.collects()) {
      throw new TwinRefusal(
        'no twin of a collection that begins by itself: when is decided by chance',
      );
    } else if (name === 'malloc') {
      const addr = event.addr as number;
      this.#allocations.push(addr);
      this.objects.allocated(addr, event.size as number);
    } else if (name === 'sweep') {
      this.#held.swept(this.objects.swept(event.base as number));
    } else if (name === 'copystack' && (event.newSize as number) > (event.oldSize as number)) {
      this.#grown(event.goid as number, event.newSize as number);
    }
  }

  /** In an operation that others may run in, the twin's stack is as deep as the scenario's, and grows alike. */
  #grown(goid: number, size: number): void {
    if (!this.course.has(goid)) return;
    const running = this.#waiting.running(goid);
    if (running === undefined) this.course.push(goid, { op: 'growstack', size });
    else this.course.pushBefore(running, { op: 'growstack', size });
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
    if (op !== 'store') this.#next(g, op);
    const call = this.calls.operation(operation);
    if (call !== undefined) {
      this.course.push(g, call);
    } else if (op === 'GC' || op === 'FreeOSMemory') {
      this.#held.begin(this.#waiting.begin(g, { op, keep: [] }));
    } else if (op === 'WriteHeapDump') {
      this.#waiting.begin(g, { op, descriptor: firstDescriptor + this.own.length });
      this.own.push(this.objects.slots());
      this.told.push(this.calls.said.length);
    } else if (
      !(this.#heap.hear(operation) || this.#calls.hear(operation) || this.#waiting.hear(operation))
    ) {
      throw new TwinRefusal(`no twin of ${op}`);
    }
  }

  /** The goroutine has finished what it did before; what was allocated meanwhile was for the operation. */
  #next(g: number, op: string): void {
    if (op === 'done') this.#waiting.done(g);
    this.#waiting.ended(g);
    if (op === 'makemap' || op === 'mapassign' || op === 'mapiterinit') {
      for (const addr of this.#allocations) this.objects.addInner(addr);
    }
    this.#allocations = [];
  }

  /** Nothing more is to come of the last collection. */
  end(): void {
    this.#held.end();
  }
}
