/** goldens/programs/collected with the course that each recorded run took, and what is compared of it. */
import { type WorldFacts, worldFacts } from '../../scenarios/twin/facts.ts';
import { goldens, readManifest, recordingId } from '../goldens/goldens.ts';
import { frameFacts } from './frame-facts.ts';
import { collected } from './programs/collected.ts';
import { type Course, dumpsOf, factsInCourse } from './world-facts.ts';

interface Disturbance extends Omit<Course, 'goarch' | 'goexperiment'> {
  /** The scavenger's millisecond was over before it had given back all that it should. */
  readonly slowScavenger?: boolean;
  /** How many of the dumps can be compared; all three unless given. */
  readonly dumps?: number;
}

/** What sysmon, and the slowness of an emulator, did in the recorded runs. */
export const disturbed: Readonly<Record<string, Disturbance>> = {
  'collected.amd64': { scavengerWoken: [1] },
  // A span of stacks or buffers went back to the heap late in the last collection.
  'collected.386': { dumps: 2 },
  'collected.arm64': { preemptedAt: 100, slowScavenger: true },
  'collected.s390x': { scavengerWoken: [1, 2], slowScavenger: true },
  'collected.noallocheaders.amd64': { preemptedAt: 100 },
  'collected.noallocheaders.386': { preemptedAt: 350, scavengerWoken: [1], slowScavenger: true },
  'collected.noallocheaders.s390x': {
    booting: 'gcenable',
    scavengerWoken: [1, 2],
    slowScavenger: true,
  },
};

/** A fourth thread was started as it booted. */
export const unlike = ['collected.noallocheaders.arm64'];

export const recordings = readManifest()
  .filter(({ program }) => program === 'collected')
  .map((recording) => ({ id: recordingId(recording), ...recording }))
  .filter(({ id }) => !unlike.includes(id));

/** Statistics that count what the hash seed decides. */
const seeded = ['alloc', 'totalAlloc', 'mallocs', 'frees', 'heapAlloc', 'heapObjects'];

function compared(facts: WorldFacts, index: number, bucket: number, slow: boolean) {
  const objects = facts.objects.filter((object) => object.split(' ')[1] !== String(bucket));
  const left = slow && index === 2 ? [...seeded, 'heapReleased'] : seeded;
  const { goroutines, osThreads, arenas, itabs, finalizers } = facts;
  return {
    objects: index === 2 ? objects.toSorted() : objects,
    memStats: Object.entries(facts.memStats).filter(([name]) => !left.includes(name)),
    ...{ goroutines, osThreads, arenas, itabs, finalizers },
  };
}

/** What is compared of the dumps of a recording, and of the model that took the same course. */
export function compareCollected({ id, goarch, goexperiment }: (typeof recordings)[number]) {
  const { slowScavenger = false, dumps = 3, ...course } = disturbed[id] ?? {};
  const bucket = goarch === '386' ? 112 : 208;
  const inCourse: Course = { goarch, goexperiment, ...course };
  const facts = (
    all: readonly Uint8Array[],
    worldOf: (dump: Uint8Array, i: number) => WorldFacts,
  ) =>
    all.slice(0, dumps).map((dump, i) => ({
      ...compared(worldOf(dump, i), i, bucket, slowScavenger),
      frames: frameFacts(dump),
    }));
  const recorded = [...goldens((entry) => entry.id.replace(/\.\d$/, '') === id)];
  return {
    model: facts(dumpsOf(collected, inCourse), (dump, i) => factsInCourse(dump, i, inCourse)),
    real: facts(
      recorded.map(({ dump }) => dump),
      worldFacts,
    ),
  };
}
