/** Runs of the model that are compared with recordings of real Go. */
import { runScenario, type Scenario } from '../../scenarios/index.ts';
import { type WorldFacts, worldFacts } from '../../scenarios/twin/facts.ts';
import type { GoArch } from '../../sim/arch.ts';
import type { BootPreemption } from '../../sim/boot.ts';

/** What a run's threads did beside what the program says, all of it sysmon's doing. */
export interface Course {
  readonly goarch: GoArch;
  readonly goexperiment: string;
  /** GOMEMLIMIT in bytes. */
  readonly memoryLimit?: number;
  /** Where sysmon preempted main before main.main. */
  readonly booting?: BootPreemption;
  /** Virtual time, ns, until it sees what it is asked to do. */
  readonly sysmonDelay?: number;
  /** Whether it did so after the first dump. */
  readonly dumping?: boolean;
  /** Iteration at which it preempted main in a loop, for the programs that have such a parameter. */
  readonly preemptedAt?: number;
  /** Dumps before which it had woken the scavenger, which is due when sweeping ends. */
  readonly scavengerWoken?: readonly number[];
}

/** Runs a scenario, which may have the parameters of programs/entry-dump.ts: its dumps. */
export function dumpsOf(scenario: Scenario, course: Course, seed = '1'): Uint8Array[] {
  const dumps: Uint8Array[][] = [];
  runScenario(scenario, {
    goarch: course.goarch,
    allocHeaders: course.goexperiment !== 'noallocheaders',
    gomaxprocs: 1,
    memoryLimit: course.memoryLimit ?? 'off',
    seed,
    params: {
      ...('preempted' in scenario.params && { preempted: course.dumping ?? false }),
      ...(course.preemptedAt !== undefined && { preemptedAt: course.preemptedAt }),
    },
    ...(course.sysmonDelay !== undefined && { sysmonDelay: course.sysmonDelay }),
    ...(course.booting && { preempted: course.booting }),
    openDump() {
      const pieces: Uint8Array[] = [];
      dumps.push(pieces);
      return { write: (bytes) => void pieces.push(bytes.slice()) };
    },
  });
  return dumps.map((pieces) => Buffer.concat(pieces));
}

/** The same as facts, with the scavenger as sysmon left it. */
export function factsOf(scenario: Scenario, course: Course, seed?: string): WorldFacts[] {
  return dumpsOf(scenario, course, seed).map((dump, i) => factsInCourse(dump, i, course));
}

/** Facts of the run's dump of that index. */
export function factsInCourse(dump: Uint8Array, index: number, course: Course): WorldFacts {
  const facts = worldFacts(dump);
  return course.scavengerWoken?.includes(index) ? withScavengerWoken(facts) : facts;
}

/** Goroutine 4 runnable and not waiting. */
function withScavengerWoken(facts: WorldFacts): WorldFacts {
  return { ...facts, goroutines: facts.goroutines.map((g) => g.replace(/^(\w+ 4) 4 /, '$1 1 ')) };
}
