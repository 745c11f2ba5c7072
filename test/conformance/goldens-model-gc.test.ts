/**
 * goldens/programs/collected, which collects three times, as a scenario: what collections leave, and
 * what has taken the places of what they freed.
 *
 * Its map has keys of text. How many overflow buckets it makes goes by the hash seed, which real Go
 * takes at random: objects of the buckets' size, and the statistics that count objects, are not
 * compared. The dump after the last two collections is compared without the order of spans: their
 * descriptors are used again in the order in which bgsweep, the scavenger and main freed them.
 *
 * Oracle: dumps of real go1.22.12 programs (test/goldens), run with GOMAXPROCS=1.
 */
import { describe, expect, test } from 'vitest';
import { type WorldFacts, worldFacts } from '../../scenarios/twin/facts.ts';
import { goldens, readManifest, recordingId } from '../goldens/goldens.ts';
import { collected } from './programs/collected.ts';
import { type Course, factsOf } from './world-facts.ts';

interface Disturbance extends Omit<Course, 'goarch' | 'goexperiment'> {
  /** The scavenger's millisecond was over before it had given back all that it should. */
  readonly slowScavenger?: boolean;
  /** How many of the dumps can be compared; all three unless given. */
  readonly dumps?: number;
}

/** What sysmon, and the slowness of an emulator, did in the recorded runs. */
const disturbed: Readonly<Record<string, Disturbance>> = {
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
const unlike = ['collected.noallocheaders.arm64'];

const recordings = readManifest()
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

describe.each(recordings)('$id', ({ id, goarch, goexperiment }) => {
  const { slowScavenger = false, dumps = 3, ...course } = disturbed[id] ?? {};
  const bucket = goarch === '386' ? 112 : 208;

  test('has real Go’s objects, statistics and goroutines after its collections', () => {
    const facts = (all: readonly WorldFacts[]) =>
      all.slice(0, dumps).map((one, i) => compared(one, i, bucket, slowScavenger));
    const recorded = [...goldens((entry) => entry.id.replace(/\.\d$/, '') === id)];
    const real = facts(recorded.map(({ dump }) => worldFacts(dump)));
    expect(real[1]!.objects.length).toBeGreaterThan(1000);
    expect(facts(factsOf(collected, { goarch, goexperiment, ...course }))).toEqual(real);
  });
});

test('every recording that is disturbed or unlike is one', () => {
  const ids = readManifest().map(recordingId);
  expect([...Object.keys(disturbed), ...unlike].filter((id) => !ids.includes(id))).toEqual([]);
});
