/** Which places of a program allocated what: the heap profile that Go itself would write. */
import type { RecordOfKind } from '../../dump/index.ts';
import type { RuntimeEvent } from '../../sim/observer.ts';
import type { World } from '../../sim/runtime.ts';
import { callers } from '../../sim/traceback.ts';
import { Column } from '../timeline/column.ts';
import type { RecordedRun } from '../timeline/record.ts';
import { allocationName } from './live-naming.ts';
import { type HeapSource, readOnce } from './outline.ts';
import type { ProfileFrame, ProfileSample, ProfileShape } from './pprof.ts';

const sampleTypes = [
  ['alloc_objects', 'count'],
  ['alloc_space', 'bytes'],
  ['inuse_objects', 'count'],
  ['inuse_space', 'bytes'],
] as const;

/** A profile's shape: Go's, which shows inuse_space first. */
export function siteShape(period: number, comments: readonly string[]): ProfileShape {
  return { sampleTypes, shownFirst: 3, period, comments };
}

/** Frames of a stack that are kept, as in Go. @go runtime/mprof.go maxStack */
const maxStack = 32;

const tinyBlock = 16;

/** Allocations of one size and type at one place. */
interface Site {
  readonly pcs: readonly number[];
  readonly slot: number;
  readonly typ: number;
  /** Bytes that the first of them asked for. */
  readonly requested: number;
  allocObjects: number;
  allocSpace: number;
  inuseObjects: number;
  inuseSpace: number;
}

/** Hears every allocation of a run: pass its `onMalloc` to the recorder. */
export class SiteRecorder {
  readonly #sites: Site[] = [];
  readonly #byKey = new Map<string, number>();
  /** The site of each allocation of a slot, by its sequence number less 1. */
  readonly #siteOf = new Column();

  readonly onMalloc = (event: RuntimeEvent, world: World | undefined): void => {
    const pcs = world === undefined ? [] : callers(world, maxStack);
    const isTiny = event.tiny as boolean;
    const slot = isTiny ? tinyBlock : (event.elemsize as number);
    const typ = event.typ as number;
    const requested = event.size as number;
    // One value or several, which the type's name tells; before there is a world, by the bytes.
    const isArray = world !== undefined && typ !== 0 && requested > world.types.at(typ).size;
    const key = `${slot} ${typ} ${world === undefined ? requested : isArray} ${pcs.join()}`;
    let number = this.#byKey.get(key);
    if (number === undefined) {
      const none = { allocObjects: 0, allocSpace: 0, inuseObjects: 0, inuseSpace: 0 };
      number = this.#sites.push({ pcs, slot, typ, requested, ...none }) - 1;
      this.#byKey.set(key, number);
    }
    const site = this.#sites[number]!;
    site.allocObjects++;
    if (isTiny) return;
    site.allocSpace += slot;
    this.#siteOf.push(number);
  };

  /** Counts what is still allocated, and gives the profile. Garbage counts until it is swept, as in MemStats. */
  samples(run: RecordedRun): ProfileSample[] {
    this.#countInUse(run);
    const { world } = run;
    return this.#sites.map((site) => {
      const { slot, typ, requested } = site;
      const made = { typ, requested, requests: 1 };
      const type = allocationName(made, (addr) => world.types.at(addr));
      return {
        frames: framesOf(world, site.pcs),
        values: [site.allocObjects, site.allocSpace, site.inuseObjects, site.inuseSpace],
        labels: [
          { key: 'bytes', number: slot, unit: 'bytes' },
          { key: 'type', text: type },
        ],
      };
    });
  }

  #countInUse({ world, allocations }: RecordedRun): void {
    for (const span of world.mheap.allspans) {
      for (let i = 0; i < span.nelems; i++) {
        if (span.isFree(i)) continue;
        const made = allocations.at(span.startAddr, i);
        if (made === undefined) continue;
        const site = this.#sites[this.#siteOf.at(made.sequence - 1)]!;
        site.inuseObjects++;
        site.inuseSpace += span.elemsize;
      }
    }
  }
}

const boot: ProfileFrame = { func: '(before main.main)', file: '', line: 0 };

function framesOf(world: World, pcs: readonly number[]): ProfileFrame[] {
  if (pcs.length === 0) return [boot];
  const frames = pcs.map((pc): ProfileFrame => {
    const fn = world.symtab.findfunc(pc);
    if (fn === undefined) return { func: `(0x${pc.toString(16)})`, file: '', line: 0 };
    return { func: fn.name, ...fn.funcline(Math.max(fn.entry, pc - 1)) };
  });
  return withoutRuntime(frames);
}

/** Leaves out the runtime's functions above the one that allocated, and what starts a goroutine, as Go does. @go runtime/pprof/protomem.go */
function withoutRuntime(frames: readonly ProfileFrame[]): ProfileFrame[] {
  const shown = frames.filter(({ func }) => func !== 'runtime.goexit');
  const first = shown.findIndex(({ func }) => !String(func).startsWith('runtime.'));
  const rest = first < 0 ? shown : shown.slice(first);
  return rest.length === 0 ? [boot] : rest;
}

/** What the allocations of a bucket were, estimated from those that were sampled. @go runtime/pprof/protomem.go scaleHeapSample */
export function scaleHeapSample(count: number, size: number, rate: number): [number, number] {
  if (count === 0 || size === 0) return [0, 0];
  if (rate <= 1) return [count, size];
  const scale = 1 / (1 - Math.exp(-size / count / rate));
  return [Math.trunc(count * scale), Math.trunc(size * scale)];
}

/**
 * The profile that the records of a dump hold, scaled as Go scales its own; undefined if it has none.
 *
 * @throws DumpError
 */
export function* profileInDump(
  source: HeapSource,
  rate: number,
): Generator<Uint8Array, ProfileSample[] | undefined> {
  const samples: ProfileSample[] = [];
  yield* readOnce(source, {
    record(record) {
      if (record.kind === 'memProf') samples.push(sampleOf(record, rate));
    },
  });
  return samples.length === 0 ? undefined : samples;
}

function sampleOf(record: RecordOfKind<'memProf'>, rate: number): ProfileSample {
  const size = Number(record.size);
  const allocs = Number(record.allocs);
  const inuse = allocs - Number(record.frees);
  const frames = record.frames.map(({ func, file, line }) => ({ func, file, line: Number(line) }));
  return {
    frames: withoutRuntime(frames),
    values: [
      ...scaleHeapSample(allocs, allocs * size, rate),
      ...scaleHeapSample(inuse, inuse * size, rate),
    ],
    labels: [{ key: 'bytes', number: size, unit: 'bytes' }],
  };
}
