/** What a dump of the model and one of real Go must share, and where two dumps differ in it. */
import { visitDump } from '../../dump/index.ts';
import { runScenario, type Scenario } from '../../scenarios/index.ts';
import type { GoArch } from '../../sim/arch.ts';
import type { BootPreemption } from '../../sim/boot.ts';
import { objectsOf } from '../goldens/heap-signature.ts';

/** One dump without times, thread ids, and what lies in binary or kernel memory. */
export interface WorldFacts {
  /** Address, size and pointer offsets of every object, in order. */
  readonly objects: readonly string[];
  readonly memStats: ReadonlyMap<string, number>;
  readonly goroutines: readonly string[];
  readonly osThreads: readonly string[];
  readonly arenas: string;
  readonly finalizers: readonly string[];
}

export function worldFacts(dump: Uint8Array): WorldFacts {
  const memStats = new Map<string, number>();
  const goroutines: string[] = [];
  const osThreads: string[] = [];
  const finalizers: string[] = [];
  let arenas = '';
  let ptrSize = 8;
  let maskBytes = 0;
  visitDump(dump, {
    record(r) {
      if (r.kind === 'params') {
        ptrSize = Number(r.pointerSize);
        arenas = `${hex(r.heapStart)}..${hex(r.heapEnd)}`;
      } else if (r.kind === 'dataSegment' || r.kind === 'bss')
        maskBytes += Math.ceil(Number(r.size) / ptrSize / 8) + 1;
      else if (r.kind === 'goroutine') {
        const system = r.isSystem ? ' system' : '';
        goroutines.push(`${hex(r.address)} ${r.id} ${r.status} ${text(r.waitReason)}${system}`);
      } else if (r.kind === 'osThread') {
        const m0 = Number(r.id) === 0;
        osThreads.push(`${m0 ? 'm0' : hex(r.address)} ${r.id}`);
      } else if (r.kind === 'finalizer' || r.kind === 'queuedFinalizer') {
        finalizers.push(`${r.kind} ${hex(r.address)}`);
      } else if (r.kind === 'memStats') {
        for (const [name, value] of Object.entries(r)) {
          if (typeof value === 'number' && !notAStatistic.has(name)) memStats.set(name, value);
        }
      }
    },
  });
  memStats.set('buckHashSys', memStats.get('buckHashSys')! - maskBytes);
  memStats.set('otherSys', memStats.get('otherSys')! + maskBytes);
  return { objects: objectsOf(dump), memStats, goroutines, osThreads, arenas, finalizers };
}

const notAStatistic = new Set(['tag', 'offset', 'length']);
const hex = (n: unknown): string => (n as number).toString(16);
const text = (t: unknown): string => String(t);

/** What happened in a run of a program beside what the program says. */
export interface Course {
  readonly goarch: GoArch;
  readonly goexperiment: string;
  /** Where sysmon preempted main before main.main. */
  readonly booting?: BootPreemption;
  /** Whether it did so after the first dump. */
  readonly dumping?: boolean;
}

/** The dumps that a scenario writes, as facts. */
export function runFacts(scenario: Scenario, course: Course): WorldFacts[] {
  const dumps: Uint8Array[][] = [];
  runScenario(scenario, {
    goarch: course.goarch,
    allocHeaders: course.goexperiment !== 'noallocheaders',
    gomaxprocs: 1,
    params: { preempted: course.dumping ?? false },
    ...(course.booting && { preempted: course.booting }),
    openDump() {
      const pieces: Uint8Array[] = [];
      dumps.push(pieces);
      return { write: (bytes) => void pieces.push(bytes.slice()) };
    },
  });
  return dumps.map((pieces) => worldFacts(Buffer.concat(pieces)));
}
