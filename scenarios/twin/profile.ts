/** The memory profile of a scenario and of its twin: what each place of the script has allocated. */
import { type RecordOfKind, visitDump } from '../../dump/index.ts';
import type { World } from '../../sim/runtime.ts';
import { callers } from '../../sim/traceback.ts';
import type { Scenario } from '../dsl/func.ts';
import type { Go } from '../dsl/go.ts';
import { isGenerator } from '../dsl/program.ts';

/** Frames that tell a place. A bucket keeps 32, and those of the runtime are among them. */
const mostFrames = 24;

/** Words of a bucket without its stack. @go runtime/mprof.go bucket, memRecord */
const bucketWords = 6 + 16;

/**
 * The scenario as its twin runs it, which sets runtime.MemProfileRate in main: every allocation is
 * sampled from there on, or none is. Other rates sample at random.
 */
export function profiled(scenario: Scenario): Scenario {
  const quiet = { ...scenario, memProfileRate: 0 };
  if (scenario.memProfileRate === 0) return quiet;
  const { main } = scenario;
  type Main = Scenario['main'];
  const plain: Main = (go, params, frame) => {
    go.runtime.setMemProfileRate(1);
    return main(go, params, frame);
  };
  const blocking: Main = function* (go: Go, params, frame) {
    go.runtime.setMemProfileRate(1);
    yield* main(go, params, frame) as Generator<void>;
  };
  return { ...quiet, main: isGenerator(main) ? blocking : plain };
}

/** The places of a script that allocate, by number: pcs of the running function and of its callers. */
export class Sites {
  readonly #numbers = new Map<string, number>();

  get count(): number {
    return this.#numbers.size;
  }

  /** The number of the place where the running goroutine is. */
  here(world: World): number {
    const key = callers(world, mostFrames).join();
    const number = this.#numbers.get(key) ?? this.#numbers.size;
    this.#numbers.set(key, number);
    return number;
  }

  /** The place of a stack whose youngest frames may be the runtime's; undefined for one of the runtime. */
  of(stk: readonly number[]): number | undefined {
    for (let i = 0; i < stk.length; i++) {
      const number = this.#numbers.get(stk.slice(i, i + mostFrames).join());
      if (number !== undefined) return number;
    }
    return undefined;
  }
}

/** The profile of a dump. */
export interface Profile {
  /** For each place and size: allocations and frees. */
  readonly buckets: readonly string[];
  /** Sampled objects, with place and size. */
  readonly samples: readonly string[];
  /** Bytes that the buckets take. */
  readonly bytes: number;
}

/** `siteOf` tells the place of a bucket. */
function profileOf(
  dump: Uint8Array,
  siteOf: (bucket: RecordOfKind<'memProf'>) => number | undefined,
): Profile {
  const counts = new Map<string, { allocs: number; frees: number }>();
  const places = new Map<number, string>();
  const samples: string[] = [];
  let ptrSize = 8;
  let words = 0;
  visitDump(dump, {
    record(r) {
      if (r.kind === 'params') ptrSize = Number(r.pointerSize);
      else if (r.kind === 'allocSample') {
        samples.push(`${r.address.toString(16)}: ${places.get(Number(r.bucket))}`);
      } else if (r.kind === 'memProf') {
        const site = siteOf(r);
        const place = `${r.size} bytes ${site === undefined ? 'by the runtime' : `at site ${site}`}`;
        places.set(Number(r.id), place);
        const { allocs, frees } = counts.get(place) ?? { allocs: 0, frees: 0 };
        counts.set(place, {
          allocs: allocs + Number(r.allocs),
          frees: frees + Number(r.frees),
        });
        words += bucketWords + r.frames.length;
      }
    },
  });
  const buckets = [...counts].map(([place, { allocs, frees }]) => {
    return `${place}: ${allocs} allocated, ${frees} freed`;
  });
  return { buckets: buckets.sort(), samples, bytes: words * ptrSize };
}

/** The profile in a dump of the model. */
export function modelProfile(dump: Uint8Array, world: World, sites: Sites): Profile {
  const stacks = new Map<number, readonly number[]>();
  for (const { addr, stk } of world.mprof.iterateMemprof()) stacks.set(addr, stk);
  return profileOf(dump, ({ id }) => sites.of(stacks.get(Number(id)) ?? []));
}

/** The same in a dump of the twin, where a function site3 calls what allocates at place 3. */
export function realProfile(dump: Uint8Array): Profile {
  return profileOf(dump, ({ frames }) => {
    for (const { func } of frames) {
      const site = /^main\.site(\d+)$/.exec(String(func));
      if (site !== null) return Number(site[1]);
    }
    return undefined;
  });
}
