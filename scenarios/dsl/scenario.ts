/** Running a scenario: a world of its own for each run. */
import seedrandom from 'seedrandom';
import type { DumpSink } from '../../dump/heapdump.ts';
import type { GoArch } from '../../sim/arch.ts';
import { type BootPreemption, runProgram } from '../../sim/boot.ts';
import { RuntimeThrow } from '../../sim/errors.ts';
import type { Observer } from '../../sim/observer.ts';
import { World } from '../../sim/runtime.ts';
import { LimitError } from './errors.ts';
import { type AnyFunc, type Blocking, func, type Scenario } from './func.ts';
import { Go } from './go.ts';
import { hex } from './hex.ts';
import { Machine, type Operation } from './machine.ts';
import { makePackages } from './packages.ts';
import { resolveParams } from './params.ts';
import { isGenerator as isGeneratorMain, Program } from './program.ts';
import type { GoType } from './types.ts';

export type { Scenario } from './func.ts';

/** Everything that decides a run, but for the scenario itself. */
export interface RunOptions {
  /** Values of declared parameters; the others have their defaults. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** Seed of all randomness, any text. */
  readonly seed?: string;
  readonly goarch?: GoArch;
  /** false: as built with GOEXPERIMENT=noallocheaders. */
  readonly allocHeaders?: boolean;
  readonly gomaxprocs?: number;
  /** GOGC in percent, or off. */
  readonly gogc?: number | 'off';
  /** GOMEMLIMIT in bytes, or off. */
  readonly memoryLimit?: number | 'off';
  /** How the world begins: as a real program at main.main, or with an empty heap. */
  readonly boot?: 'go' | 'bare';
  /** Where sysmon preempts the main goroutine before main.main, as happens on slow machines. */
  readonly preempted?: BootPreemption;
  /** Where the heap begins, if it is not where the target usually has it: on 386 it follows the program. */
  readonly heapStart?: number;
  /** Virtual time, ns, until sysmon sees what it is asked to do; 20 µs unless given. */
  readonly sysmonDelay?: number;
  /** Limit on the simulated heap's address space, in bytes. */
  readonly maxHeapBytes?: number;
  /** Limit on the operations of the script. */
  readonly maxSteps?: number;
  /** Gives the file of each dump that the script writes. */
  readonly openDump: (name: string, index: number) => DumpSink;
  /** Element 0 is kept at the number of operations that were done, for another thread to see. */
  readonly steps?: Float64Array;
  /** Time passes only while all goroutines wait. */
  readonly faketime?: boolean;
  /** Hears each operation of the script, as it is done. */
  readonly trace?: (operation: Operation, world: World) => void;
  /**
   * Hears that an operation begins, before {@link trace} tells what it was: 'main' when main.main is
   * entered, 'exit' when it has returned.
   */
  readonly begin?: (op: string, world: World) => void;
  /** Hears the runtime's decisions. */
  readonly observer?: Observer;
}

const defaultMaxHeapBytes = 2 ** 30;
const defaultMaxSteps = 1e9;

/**
 * Runs a scenario until its main returns.
 *
 * @returns the world as main left it
 * @throws {ParamError} for a parameter that the scenario does not declare, or a wrong value
 * @throws {ScenarioError} where the script misuses the language
 * @throws {LimitError} past the limit on memory or operations
 * @throws {RuntimeThrow} for what ends a Go program: a panic, a deadlock, a stack overflow
 */
export function runScenario(scenario: Scenario, options: RunOptions): World {
  const { seed = '1', trace, gogc = 100, memoryLimit = 'off' } = options;
  const { maxHeapBytes = defaultMaxHeapBytes } = options;
  const params = resolveParams(scenario.params, options.params ?? {});
  const world = new World({
    goarch: options.goarch ?? 'amd64',
    allocHeaders: options.allocHeaders ?? true,
    gomaxprocs: options.gomaxprocs ?? 1,
    gogc: gogc === 'off' ? -1 : gogc,
    ...(memoryLimit !== 'off' && { memoryLimit }),
    memProfileRate: scenario.memProfileRate,
    seed,
    heapLimit: maxHeapBytes,
    faketime: options.faketime ?? false,
    ...(options.observer && { observer: options.observer }),
    ...(options.heapStart !== undefined && { heapStart: options.heapStart }),
    ...(options.sysmonDelay !== undefined && { sysmonDelay: options.sysmonDelay }),
  });
  const hear = trace && ((operation: Operation) => trace(operation, world));
  const begin = options.begin && ((op: string) => options.begin?.(op, world));
  const onStore = hear && {
    before: () => begin?.('store'),
    after: (addr: number, t: GoType<unknown>, value: unknown) =>
      hear({
        op: 'store',
        g: world.m.curg?.goid,
        type: program.resolver.type(t),
        addr: hex(addr),
        value: text(value),
      }),
  };
  let program: Program;
  try {
    program = new Program(world, scenario, params, onStore);
    const machine = new Machine(program, {
      maxSteps: options.maxSteps ?? defaultMaxSteps,
      steps: options.steps ?? new Float64Array(1),
      trace: hear,
      begin,
    });
    const random = seedrandom(`${seed}/script`);
    const go = new Go(
      machine,
      makePackages(machine, options.openDump, () => random()),
    );
    machine.go = go;
    const main = program.linked(mainFunc(scenario, params));
    runProgram(world, {
      main: main.func,
      *body(frame) {
        begin?.('main');
        yield* machine.runInGoroutine(main, frame);
        begin?.('exit');
      },
      env: { args: ['main'], envs: environment(world, options) },
      systemGoroutines: options.boot !== 'bare',
      ...(options.preempted && { preempted: options.preempted }),
    });
  } catch (error) {
    throw limitOf(error, maxHeapBytes) ?? error;
  }
  return world;
}

/** The program's environment: what is as Go has it by itself need not be in it. */
function environment(world: World, { gogc = 100, memoryLimit = 'off' }: RunOptions): string[] {
  const given = [`GOMAXPROCS=${world.gomaxprocs}`];
  if (gogc !== 100) given.push(`GOGC=${gogc}`);
  if (memoryLimit !== 'off') given.push(`GOMEMLIMIT=${memoryLimit}`);
  return given;
}

/** main.main, whose body is the scenario's. */
function mainFunc(scenario: Scenario, params: Parameters<Scenario['main']>[1]): AnyFunc {
  const { locals, frame, main } = scenario;
  const shape = { locals, ...frame };
  // Only a generator can block, so the body is one where the script's is one.
  if (isGeneratorMain(main)) {
    return func('main.main', shape, function* (go, slots): Blocking {
      yield* main(go, params, slots) as Blocking;
    });
  }
  return func('main.main', shape, (go, slots) => {
    return main(go, params, slots);
  });
}

/** The limit that a failure stands for, if it is one. */
function limitOf(cause: unknown, maxHeapBytes: number): LimitError | undefined {
  if (cause instanceof RuntimeThrow && /out of memory/.test(cause.message)) {
    const mib = Math.round(maxHeapBytes / 2 ** 20).toLocaleString('en-US');
    const message = `the simulated heap needs more than its limit of ${mib} MiB (--max-heap)`;
    return new LimitError(message, { cause });
  }
  if (cause instanceof RangeError && /call stack/.test(cause.message)) {
    const message = 'the script recurses deeper than the stack of the JavaScript that runs it';
    return new LimitError(message, { cause });
  }
  if (cause instanceof RangeError && /^no room for .*(descriptor|read-only)/.test(cause.message)) {
    const message = `the script has more types or constants than a program here can hold: ${cause.message}`;
    return new LimitError(message, { cause });
  }
  return undefined;
}

function text(value: unknown): string {
  if (typeof value === 'number') return value > 0xffff ? hex(value) : String(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
