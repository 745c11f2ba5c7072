/**
 * Collections: programs that make garbage in many ways, beside scenarios that do the same. What is
 * still in the heap, where the next objects lie, which pages and stacks go back, statistics, goroutines
 * and finalizers are those of the programs.
 *
 * Where sysmon wakes the scavenger is not compared: it looks when it pleases.
 *
 * Oracle: the programs, built and run here with GOMAXPROCS=1.
 */
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import type { Scenario } from '../../scenarios/index.ts';
import { type WorldFacts, worldFacts } from '../../scenarios/twin/facts.ts';
import type { GoArch } from '../../sim/arch.ts';
import type { BootPreemption } from '../../sim/boot.ts';
import { describeWithOracle } from '../oracle/describe-with-oracle.ts';
import { buildGo } from '../oracle/go-toolchain.ts';
import { qemuOf, runProgram } from '../oracle/run-program.ts';
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

/** Facts that a program's text decides: without what frames of its own functions hold. */
function facts(goarch: GoArch, dump: Uint8Array): Omit<WorldFacts, 'pointers'> {
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
    goroutines: rebased(all.goroutines).map((g) => g.replace(/^(\w+ 4) [14] /, '$1 ')),
    osThreads: rebased(all.osThreads),
    finalizers: rebased(all.finalizers),
    arenas: rebased([all.arenas]).join(),
  };
}

/** Where an emulated program is often preempted on its way to main.main: the model takes the same course. */
const boots: readonly (BootPreemption | undefined)[] = [
  undefined,
  'gcenable',
  'gcenable, after makechan',
];

/**
 * Runs of a program, of which one that nothing disturbed agrees. On some machines sysmon, the scavenger's millisecond and
 * new threads disturb nearly all: where no half of the runs agree with each other, real Go says nothing.
 */
const mostRuns = 24;

type Skip = (note: string) => void;

function compare(skip: Skip, name: string, goarch: GoArch, memoryLimit?: number): void {
  const text = readFileSync(new URL(`collections/${name}.go`, import.meta.url), 'utf8');
  const program = buildGo({ files: { 'main.go': text } }, { goarch, module: 'collections' });
  const emulated = qemuOf(goarch) !== undefined;
  const courses = (emulated ? boots : [undefined]).map((booting) =>
    dumpsOf(programs[name]!, {
      goarch,
      goexperiment: '',
      ...(booting && { booting }),
      ...(memoryLimit && { memoryLimit }),
    }).map((dump) => facts(goarch, dump)),
  );
  const votes = new Map<string, number>();
  for (let i = 0; i < mostRuns; i++) {
    const run = runProgram(program, {
      goarch,
      descriptors: courses[0]!.length,
      env: {
        GOMAXPROCS: '1',
        ...(memoryLimit && { GOMEMLIMIT: String(memoryLimit) }),
      },
    });
    expect(run.status).toBe(0);
    const real = [...run.descriptors.values()].map((dump) => facts(goarch, dump));
    if (courses.some((ours) => isDeepStrictEqual(ours, real))) return;
    const text = JSON.stringify(real);
    votes.set(text, (votes.get(text) ?? 0) + 1);
  }
  const [[most, times]] = [...votes].sort(([, a], [, b]) => b - a) as [[string, number]];
  if (times >= mostRuns / 2) expect(courses[0]).toEqual(JSON.parse(most));
  skip(`${mostRuns} runs of real Go gave ${votes.size} different heaps on this machine`);
}

describeWithOracle('go1.22.12', 'a program that collects, on amd64', () => {
  test.for(Object.keys(programs))(
    '%s leaves real Go’s heap',
    { timeout: 600_000 },
    (name, { skip }) => compare(skip, name, 'amd64'),
  );

  test('reuse leaves real Go’s heap under GOMEMLIMIT=3MiB', ({ skip }) => {
    compare(skip, 'reuse', 'amd64', 3 * 2 ** 20);
  }, 600_000);
});

describeWithOracle(['go1.22.12', 'qemu'], 'a program that collects, on other targets', () => {
  // The pace of a collection goes by the frames that its stacks have, which a compiler makes otherwise
  // than a scenario: here and there a span more is swept. On a busy or emulated machine it also
  // goes by the time that it takes, and sysmon comes between goroutines before the scheduler's every
  // sixty-first look elsewhere.
  // How much the scavenger gives back in its millisecond goes by measured time as well.
  const byTime = ['automatic', 'goroutines', 'scavenged'].flatMap((name) => [
    `${name} 386`,
    `${name} s390x`,
  ]);
  // On some machines a thread more is there from the start: its stacks move all that follows.
  const unlike = [...byTime, 'large 386'];
  const targets = Object.keys(programs)
    .flatMap((name) => (['386', 's390x'] as const).map((goarch) => ({ name, goarch })))
    .filter(({ name, goarch }) => !unlike.includes(`${name} ${goarch}`));
  test.for(targets)(
    '$name leaves real Go’s heap on $goarch',
    { timeout: 600_000 },
    ({ name, goarch }, { skip }) => compare(skip, name, goarch),
  );
});
