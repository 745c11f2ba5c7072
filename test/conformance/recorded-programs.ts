/**
 * The programs of test/goldens that are written as scenarios too, with the course that each recorded run
 * took.
 */
import type { Scenario } from '../../scenarios/index.ts';
import { type WorldFacts, worldFacts } from '../../scenarios/twin/facts.ts';
import { type Golden, goldens, readManifest, recordingId } from '../goldens/goldens.ts';
import { frameFacts } from './frame-facts.ts';
import { deepStacks } from './programs/deep-stacks.ts';
import { finalizers } from './programs/finalizers.ts';
import { gcprog } from './programs/gcprog.ts';
import { itabs } from './programs/itabs.ts';
import { large } from './programs/large.ts';
import { linkedList } from './programs/linked-list.ts';
import { maps } from './programs/maps.ts';
import { memprofile } from './programs/memprofile.ts';
import { nilDereference } from './programs/nil-dereference.ts';
import { oddSizes } from './programs/odd-sizes.ts';
import { parked } from './programs/parked.ts';
import { slices } from './programs/slices.ts';
import { tinyStrings } from './programs/tiny-strings.ts';
import { tree } from './programs/tree.ts';
import { type Course, dumpsOf, factsInCourse } from './world-facts.ts';

const programs: Readonly<Record<string, Scenario>> = {
  'linked-list': linkedList,
  'odd-sizes': oddSizes,
  tree,
  maps,
  slices,
  'tiny-strings': tinyStrings,
  large,
  memprofile,
  itabs,
  gcprog,
  finalizers,
  'deep-stacks': deepStacks,
  'nil-dereference': nilDereference,
  parked,
};

type Disturbance = Omit<Course, 'goarch' | 'goexperiment'>;

/** Runs in which the finalizer goroutine, when it first ran, was preempted where it takes a lock. */
const preemptedFinalizers: readonly string[] = [
  'linked-list.ppc64',
  'linked-list.ppc64le',
  'odd-sizes.loong64',
  'odd-sizes.mips',
  'tiny-strings.386',
  'gcprog.noallocheaders.386',
  'deep-stacks.ppc64le',
];

const early: Disturbance = { booting: 'gcenable' };
const later: Disturbance = { booting: 'gcenable, after makechan' };
const dumping: Disturbance = { dumping: true };

/**
 * The recorded runs that sysmon disturbed. Where it preempts main before main.main, which is locked to
 * its thread then, the second thread starts there, so that its m, two g's and two stacks come before
 * what gcenable allocates and not after it. Where it preempts main after the first dump, the finalizer
 * goroutine has run by the second.
 */
export const disturbed: Readonly<Record<string, Disturbance>> = {
  'linked-list.amd64': dumping,
  'linked-list.arm64': { ...early, ...dumping },
  'linked-list.mips': dumping,
  'linked-list.mipsle': dumping,
  'linked-list.mips64le': dumping,
  'linked-list.riscv64': early,
  'odd-sizes.amd64': dumping,
  'odd-sizes.386': dumping,
  'odd-sizes.arm': { ...early, ...dumping },
  'odd-sizes.arm64': dumping,
  'odd-sizes.loong64': later,
  'odd-sizes.mipsle': { ...later, ...dumping },
  'odd-sizes.mips64': dumping,
  'odd-sizes.mips64le': dumping,
  'odd-sizes.ppc64': { ...later, ...dumping },
  'odd-sizes.ppc64le': { ...early, ...dumping },
  'odd-sizes.riscv64': dumping,
  'odd-sizes.s390x': dumping,
  'tree.arm64': dumping,
  'tree.s390x': later,
  'maps.386': dumping,
  'maps.arm64': later,
  'slices.amd64': dumping,
  'slices.arm64': early,
  'slices.s390x': dumping,
  'tiny-strings.386': later,
  'tiny-strings.s390x': early,
  'large.amd64': dumping,
  'large.386': dumping,
  'large.arm64': dumping,
  'large.s390x': dumping,
  'memprofile.amd64': dumping,
  'memprofile.386': { ...dumping, scavengerWoken: [1] },
  'memprofile.arm64': { ...later, ...dumping },
  'memprofile.s390x': { ...dumping, scavengerWoken: [1] },
  'itabs.386': { ...later, ...dumping },
  'itabs.arm64': dumping,
  'deep-stacks.amd64': dumping,
  'deep-stacks.386': { ...later, preemptedAt: 2 },
  'deep-stacks.arm': dumping,
  'deep-stacks.arm64': dumping,
  'deep-stacks.loong64': dumping,
  'deep-stacks.mips': dumping,
  'deep-stacks.mipsle': { ...later, ...dumping },
  'deep-stacks.mips64': dumping,
  'deep-stacks.mips64le': dumping,
  'deep-stacks.ppc64': dumping,
  'deep-stacks.ppc64le': { ...later, preemptedAt: 2 },
  'deep-stacks.s390x': dumping,
  'parked.mipsle': early,
  'parked.mips64le': later,
  'finalizers.arm64': later,
  'finalizers.s390x': { ...later, scavengerWoken: [1] },
  'gcprog.386': early,
  'gcprog.arm64': early,
  'gcprog.s390x': dumping,
  'odd-sizes.noallocheaders.amd64': dumping,
  'odd-sizes.noallocheaders.386': { ...later, ...dumping },
  'odd-sizes.noallocheaders.arm64': { ...early, ...dumping },
  'odd-sizes.noallocheaders.s390x': dumping,
  'gcprog.noallocheaders.amd64': dumping,
  'gcprog.noallocheaders.386': early,
  'gcprog.noallocheaders.arm64': dumping,
  'gcprog.noallocheaders.s390x': dumping,
};

/** Runs in which sysmon preempted main before it had started its first goroutine. */
const unlike: readonly string[] = ['parked.ppc64', 'parked.ppc64le'];

export const recordings = readManifest()
  .filter((recording) => recording.program in programs && !unlike.includes(recordingId(recording)))
  .map((recording) => {
    const { goarch, goexperiment } = recording;
    const id = recordingId(recording);
    const course: Course = { goarch, goexperiment, ...disturbed[id] };
    const { program } = recording;
    const undisturbed: Course = { goarch, goexperiment };
    return { id, program, scenario: programs[program]!, course, undisturbed };
  });

/** The recorded dumps of one run, in order. */
export function recorded(id: string): Golden[] {
  return [
    ...goldens((entry) => entry.id.startsWith(`${id}.`) && entry.id.length === id.length + 2),
  ];
}

/** What a dump of the model and a recorded one must share. */
export interface DumpFacts extends WorldFacts {
  readonly frames: readonly string[];
}

/** Facts of the dumps of a recording, and of the model that took the same course. */
export function compareRecording({ id, program, scenario, course }: (typeof recordings)[number]): {
  model: DumpFacts[];
  real: DumpFacts[];
} {
  // Where hashes decide, only the dump before the first map is made agrees to the last byte.
  const compared = <T>(dumps: readonly T[]) => (program === 'maps' ? dumps.slice(0, 1) : dumps);
  const framesOf = (dump: Uint8Array, i: number): string[] => {
    const frames = frameFacts(dump);
    const cut = i > 0 && preemptedFinalizers.includes(id);
    return cut ? frames.filter((frame) => !frame.startsWith('goroutine 5: ')) : frames;
  };
  // A scenario links no packages: the itabs of sync's and time's own types are theirs.
  const linked = program === 'parked' ? { itabs: [] } : {};
  const model = compared(dumpsOf(scenario, course)).map((dump, i) => ({
    ...factsInCourse(dump, i, course),
    frames: framesOf(dump, i),
    ...linked,
  }));
  const real = compared(recorded(id)).map(({ dump }, i) => ({
    ...worldFacts(dump),
    frames: framesOf(dump, i),
    ...linked,
  }));
  return { model, real };
}
