/**
 * Collections: programs that make garbage in many ways, beside scenarios that do the same. What is
 * still in the heap, where the next objects lie, which pages and stacks go back, statistics, goroutines
 * and finalizers are those of the programs.
 *
 * Real Go itself does not always make the same heap: sysmon looks at the clock. Preempted on its way to main.main, a
 * program has its first threads' objects elsewhere: the model takes each such course. Where its threads take turns, the
 * same heap comes nearly every time. How far the scavenger came in its millisecond, and whether it sleeps or waits, is
 * compared only where it gives back what the program's text says.
 *
 * Oracle: the programs, built and run here with GOMAXPROCS=1.
 */
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import type { Scenario } from '../../scenarios/index.ts';
import { asWaiting } from '../../scenarios/twin/compare.ts';
import { type WorldFacts, worldFacts } from '../../scenarios/twin/facts.ts';
import { takingTurns } from '../../scenarios/twin/taking-turns.ts';
import type { GoArch } from '../../sim/arch.ts';
import type { BootPreemption } from '../../sim/boot.ts';
import { describeWithOracle } from '../oracle/describe-with-oracle.ts';
import { buildGo } from '../oracle/go-toolchain.ts';
import { runProgram } from '../oracle/run-program.ts';
import { automatic } from './collections/automatic.ts';
import { goroutines } from './collections/goroutines.ts';
import { large } from './collections/large.ts';
import { limited } from './collections/limited.ts';
import { resurrect } from './collections/resurrect.ts';
import { reuse } from './collections/reuse.ts';
import { scavenged } from './collections/scavenged.ts';
import { shrink } from './collections/shrink.ts';
import { dumpsOf } from './world-facts.ts';

const programs: Readonly<Record<string, Scenario>> = {
  automatic,
  goroutines,
  large,
  limited,
  resurrect,
  reuse,
  scavenged,
  shrink,
};

type Compared = Omit<WorldFacts, 'pointers'>;

/** Facts that a program's text decides: without what frames of its own functions hold. */
function facts(goarch: GoArch, dump: Uint8Array): Compared {
  const { pointers: _, ...all } = worldFacts(dump);
  // On 386 the kernel chooses where the heap begins.
  const start = goarch === '386' ? Number.parseInt(all.arenas, 16) : 0;
  const rebased = (lines: readonly string[]) =>
    lines.map((line) =>
      line.replace(/[0-9a-f]{7,}/g, (n) => (Number.parseInt(n, 16) - start).toString(16)),
    );
  return {
    ...all,
    objects: rebased(all.objects),
    goroutines: rebased(all.goroutines).map((g) => asWaiting(g).replace(/^(\w+ 4) [14] /, '$1 ')),
    osThreads: rebased(all.osThreads),
    finalizers: rebased(all.finalizers),
    arenas: rebased([all.arenas]).join(),
  };
}

/** Where sysmon may preempt a program on its way to main.main: the model takes each course. */
const boots: readonly (BootPreemption | undefined)[] = [
  undefined,
  'gcenable',
  'gcenable, after makechan',
];

/** What sysmon is asked may be seen at once, or by a collection's end, ns. */
const sysmonDelays = [undefined, 600e3];

const courses = boots.flatMap((booting) =>
  sysmonDelays.map((sysmonDelay) => ({
    ...(booting && { booting }),
    ...(sysmonDelay && { sysmonDelay }),
  })),
);

/** Programs in which sysmon wakes the scavenger, which gives back what it can in a millisecond. */
const scavengedByTime = ['automatic', 'goroutines', 'resurrect', 'shrink'];

/** Without what the scavenger's clock decides: what it has given back, and whether it sleeps or waits. */
function withoutScavenger({ goroutines, memStats, ...facts }: Compared) {
  return {
    ...facts,
    goroutines: goroutines.map((g) => g.replace(/^(\w+ 4) .*/, '$1')),
    memStats: { ...memStats, heapReleased: undefined },
  };
}

/** Runs of a program, of which one that no other thread disturbed agrees. */
const mostRuns = takingTurns().length > 0 ? 24 : 60;

function compare(name: string, goarch: GoArch, memoryLimit?: number): void {
  const text = readFileSync(new URL(`collections/${name}.go`, import.meta.url), 'utf8');
  const program = buildGo({ files: { 'main.go': text } }, { goarch, module: 'collections' });
  const compared = (dumps: readonly Uint8Array[]) =>
    dumps.map((dump) => {
      const all = facts(goarch, dump);
      return scavengedByTime.includes(name) ? withoutScavenger(all) : all;
    });
  // A course is run when no one before it agrees, and once.
  const taken: ReturnType<typeof compared>[] = [];
  const ours = (course: number) => {
    taken[course] ??= compared(
      dumpsOf(programs[name]!, {
        goarch,
        goexperiment: '',
        ...courses[course],
        ...(memoryLimit && { memoryLimit }),
      }),
    );
    return taken[course];
  };
  const votes = new Map<string, number>();
  for (let i = 0; i < mostRuns; i++) {
    const run = runProgram(program, {
      goarch,
      descriptors: ours(0).length,
      env: {
        GOMAXPROCS: '1',
        ...(memoryLimit && { GOMEMLIMIT: String(memoryLimit) }),
      },
      takingTurns: true,
    });
    expect(run.status).toBe(0);
    const real = compared([...run.descriptors.values()]);
    if (courses.some((_, course) => isDeepStrictEqual(ours(course), real))) return;
    const text = JSON.stringify(real);
    votes.set(text, (votes.get(text) ?? 0) + 1);
  }
  const [[most]] = [...votes].sort(([, a], [, b]) => b - a) as [[string, number]];
  expect(ours(0), `no one of ${mostRuns} runs agrees`).toEqual(JSON.parse(most));
}

describeWithOracle('go1.22.12', 'a program that collects, on amd64', () => {
  test.for(Object.keys(programs))('%s leaves real Go’s heap', { timeout: 600_000 }, (name) =>
    compare(name, 'amd64'),
  );

  test('reuse leaves real Go’s heap under GOMEMLIMIT=3MiB', () => {
    compare('reuse', 'amd64', 3 * 2 ** 20);
  }, 600_000);
});

describeWithOracle(['go1.22.12', 'qemu'], 'a program that collects, on other targets', () => {
  // The pace of a collection goes by the frames that its stacks have, which a compiler makes otherwise
  // than a scenario: here and there a span more is swept. Emulated, it also goes by the time that it takes, and so does
  // how much the scavenger gives back in its millisecond.
  const unlike = [
    'automatic 386',
    'automatic s390x',
    'goroutines 386',
    'scavenged 386',
    'scavenged s390x',
  ];
  const targets = Object.keys(programs)
    .flatMap((name) => (['386', 's390x'] as const).map((goarch) => ({ name, goarch })))
    .filter(({ name, goarch }) => !unlike.includes(`${name} ${goarch}`));
  test.for(targets)(
    '$name leaves real Go’s heap on $goarch',
    { timeout: 600_000 },
    ({ name, goarch }) => compare(name, goarch),
  );
});
