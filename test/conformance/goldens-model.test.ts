/**
 * Whole worlds: real Go's programs, written as scenarios, on every GOARCH and GOEXPERIMENT that they
 * were recorded for. Every object of every dump has real Go's address, size and pointers, in its order,
 * what points into the heap points to the same place, and MemStats, goroutines, threads,
 * arenas, itabs with their types, and finalizers are real Go's too.
 *
 * Oracle: dumps of real go1.22.12 programs (test/goldens), run with GOMAXPROCS=1.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDump } from '../../dump/index.ts';
import { type WorldFacts, worldFacts } from '../../scenarios/twin/facts.ts';
import { maps } from './programs/maps.ts';
import { memprofile } from './programs/memprofile.ts';
import {
  compareRecording,
  type DumpFacts,
  disturbed,
  recorded,
  recordings,
} from './recorded-programs.ts';
import { dumpsOf, factsOf } from './world-facts.ts';

function agreeing(model: WorldFacts, real: WorldFacts): string {
  const objects = real.objects.filter((object, i) => object === model.objects[i]).length;
  const names = Object.keys(real.memStats);
  const stats = names.filter((name) => real.memStats[name] === model.memStats[name]).length;
  const pointers = real.pointers.filter((pointer, i) => pointer === model.pointers[i]).length;
  return [
    `${objects}/${real.objects.length} objects`,
    `${pointers}/${real.pointers.length} pointers`,
    `${stats}/${names.length} MemStats`,
  ].join(', ');
}

const summary: string[] = [];
afterAll(() => {
  process.stdout.write(`${summary.join('\n')}\n`);
});

describe.each(recordings)('$id', (recording) => {
  const { id, program, scenario, course, undisturbed } = recording;
  let real: DumpFacts[];
  let model: DumpFacts[];

  beforeAll(() => {
    ({ real, model } = compareRecording(recording));
    const counts = real.map((facts, i) => agreeing(model[i]!, facts)).join('; ');
    const { booting, dumping: preempted } = course;
    const why = [booting && `preempted in ${booting}`, preempted && 'preempted while dumping'];
    summary.push([`${id}: ${counts}`, ...why.filter(Boolean)].join('; '));
  });

  test('every object lies where real Go put it', () => {
    expect(real.length).toBe({ maps: 1, 'deep-stacks': 3 }[program] ?? 2);
    expect(model.map(({ objects }) => objects)).toEqual(real.map(({ objects }) => objects));
  });

  test('every pointer into the heap points where real Go’s does', () => {
    expect(model.map(({ pointers }) => pointers)).toEqual(real.map(({ pointers }) => pointers));
  });

  test('statistics, goroutines, threads, arenas, itabs and finalizers are real Go’s', () => {
    expect(model.map(restOf)).toEqual(real.map(restOf));
  });

  test('frames of Go’s own functions, defers and panics are real Go’s', () => {
    expect(real[0]!.frames.length).toBeGreaterThan(15);
    expect(model.map(({ frames }) => frames)).toEqual(real.map(({ frames }) => frames));
  });

  if (course.booting === undefined) return;
  test('shows that main was preempted as it booted', () => {
    const [entry] = factsOf(scenario, undisturbed);
    expect(entry!.objects).not.toEqual(real[0]!.objects);
  });
});

/** What has no test of its own. */
function restOf({ objects: _, pointers: __, frames: ___, ...rest }: DumpFacts) {
  return rest;
}

test('every disturbance that is listed is of a recording', () => {
  const ids = recordings.map(({ id }) => id);
  expect(Object.keys(disturbed).filter((id) => !ids.includes(id))).toEqual([]);
});

/** Buckets of the profile, with all their frames, and what each object was counted in. */
function profileOf(dump: Uint8Array): { buckets: string[]; samples: string[] } {
  const buckets = new Map<unknown, string>();
  const samples: string[] = [];
  for (const record of readDump(dump)) {
    if (record.kind === 'memProf') {
      const stack = record.frames.map(({ func, file, line }) => {
        return `${func} ${String(file).replace('goldens/memprofile/', '')}:${line}`;
      });
      const { size, allocs, frees } = record;
      const counts = `${size} bytes, ${allocs} made, ${frees} freed`;
      buckets.set(record.id, `${counts}: ${stack.join(' < ')}`);
    } else if (record.kind === 'allocSample') {
      samples.push(`${record.address.toString(16)} ${buckets.get(record.bucket)}`);
    }
  }
  return { buckets: [...buckets.values()], samples };
}

test.each(recordings.filter(({ program }) => program === 'memprofile'))(
  '$id: the profile has real Go’s buckets and samples',
  ({ id, course }) => {
    const real = profileOf(recorded(id)[1]!.dump);
    expect(real.buckets.length).toBeGreaterThan(30);
    expect(real.samples.length).toBeGreaterThan(70);
    expect(profileOf(dumpsOf(memprofile, course)[1]!)).toEqual(real);
  },
);

/** How many objects there are of each size and pointers. */
function shapesOf({ objects }: WorldFacts): Map<string, number> {
  const counts = new Map<string, number>();
  for (const object of objects) {
    const shape = object.slice(object.indexOf(' ') + 1);
    counts.set(shape, (counts.get(shape) ?? 0) + 1);
  }
  return counts;
}

/** Shapes of objects and statistics, each with its value in several runs. */
function figuresOf(runs: readonly WorldFacts[]): Map<string, number[]> {
  const shapes = runs.map(shapesOf);
  const figures = new Map<string, number[]>();
  for (const shape of new Set(shapes.flatMap((counts) => [...counts.keys()]))) {
    figures.set(
      `objects ${shape}`,
      shapes.map((counts) => counts.get(shape) ?? 0),
    );
  }
  for (const name of Object.keys(runs[0]!.memStats)) {
    figures.set(
      name,
      runs.map(({ memStats }) => memStats[name]!),
    );
  }
  return figures;
}

/** Where a figure that varies with the seed may be: where it was, or four standard deviations about its mean. */
function expectedRange(values: readonly number[]): [low: number, high: number] {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
  const spread = 4 * Math.sqrt(variance);
  return [Math.min(mean - spread, ...values), Math.max(mean + spread, ...values)];
}

/**
 * Real Go seeds its hashes at random. What does not depend on the seed, which the model's own runs
 * with different seeds tell, must be as in the recorded run; the rest (overflow buckets, and what
 * counts them) must be likely by what the seeds give.
 *
 * On arm64 hashes of small integers overflow less often than the model's, which are as good as
 * random: its memhash64 ends before the last mixing of columns, so that keys of one varying byte get
 * as many different low bytes. There the model's seeds give an upper limit only.
 */
describe.each(recordings.filter(({ program }) => program === 'maps'))(
  '$id after its maps grew',
  ({ id, course }) => {
    const seeds = 40;
    let figures: Map<string, number[]>;
    let real: Map<string, number[]>;

    beforeAll(() => {
      const run = (seed: number) => worldFacts(dumpsOf(maps, course, String(seed))[1]!);
      figures = figuresOf(Array.from({ length: seeds }, (_, seed) => run(seed)));
      real = figuresOf([worldFacts(recorded(id)[1]!.dump)]);
    });

    test('what no seed changes is as in real Go', () => {
      const same = [...figures].filter(([, values]) => new Set(values).size === 1);
      const objects = same.filter(([name]) => name.startsWith('objects '));
      const count = objects.reduce((sum, [, [n]]) => sum + n!, 0);
      summary.push(
        `${id}.4: ${same.length}/${figures.size} figures, ${count} objects depend on no seed`,
      );
      expect(count).toBeGreaterThan(500);
      expect(new Map(same.map(([name]) => [name, real.get(name)?.[0]]))).toEqual(
        new Map(same.map(([name, [value]]) => [name, value])),
      );
    });

    test('what seeds change is likely by what they make of it', () => {
      const outside = [...figures].flatMap(([name, values]) => {
        const [value] = real.get(name) ?? [0];
        const [low, high] = expectedRange(values);
        const fits = (course.goarch === 'arm64' || low <= value!) && value! <= high;
        return fits ? [] : [`${name}: ${value}, not ${low} to ${high}`];
      });
      expect(outside).toEqual([]);
      expect([...real.keys()].filter((name) => !figures.has(name))).toEqual([]);
    });
  },
);
