/** The oracles themselves: real Go 1.22.12 does again what the goldens hold, on every target. */
import { describe, expect, test } from 'vitest';
import { objectsOf } from '../../scenarios/twin/facts.ts';
import { goarches } from '../../sim/arch.ts';
import { golden } from '../goldens/goldens.ts';
import { goldenPrograms } from '../goldens/programs.ts';
import { describeWithOracle } from './describe-with-oracle.ts';
import { buildGo } from './go-toolchain.ts';
import type { RunResult } from './run-program.ts';
import { runProgram, writesOfStrace } from './run-program.ts';

const linkedList = goldenPrograms.find(({ name }) => name === 'linked-list')!;
const module = 'goldens/linked-list';

/** Runs until a run is wanted: where threads started in another order, the heap differs. */
function runUntil(
  run: () => RunResult,
  wanted: (run: RunResult) => boolean,
): RunResult | undefined {
  for (let tries = 0; tries < 60; tries++) {
    const one = run();
    if (wanted(one)) return one;
  }
  return undefined;
}

function sameHeap(run: RunResult, goarch: string): boolean {
  return [3, 4].every((descriptor) => {
    const kept = objectsOf(golden(`linked-list.${goarch}.${descriptor}`).dump);
    return kept.join() === objectsOf(run.descriptors.get(descriptor)!).join();
  });
}

describe("strace's log", () => {
  test.each<[string, [number, number[]][]]>([
    ['', []],
    ['7 write(3, ""..., 3408) = 3408\n7 write(3, "", 0) = 0', [[3, [3408, 0]]]],
    [
      '7 write(3, ""..., 10) = 10\n8 write(2, ""..., 5)  = 5',
      [
        [3, [10]],
        [2, [5]],
      ],
    ],
    [
      '7 write(3, ""..., 4096 <unfinished ...>\n8 write(4, ""..., 2) = 2\n7 <... write resumed>) = 4096',
      [
        [4, [2]],
        [3, [4096]],
      ],
    ],
    ['7 write(9, ""..., 4) = -1 EBADF (Bad file descriptor)\n7 +++ exited with 0 +++', []],
  ])('%j', (log, writes) => {
    expect([...writesOfStrace(log)]).toEqual(writes);
  });
});

describeWithOracle('go1.22.12', 'go1.22.12 on amd64', () => {
  test('is built once for the same source and flags', () => {
    const options = { module };
    const first = buildGo({ files: linkedList.files() }, options);
    expect(buildGo({ files: linkedList.files() }, options)).toBe(first);
    expect(buildGo({ files: linkedList.files() }, { ...options, flags: ['-gcflags=-l'] })).not.toBe(
      first,
    );
  }, 600_000);

  test('lays out the heap of the golden', () => {
    const program = buildGo({ files: linkedList.files() }, { module });
    const run = runUntil(
      () => runProgram(program),
      (one) => sameHeap(one, 'amd64'),
    );
    expect(run?.status).toBe(0);
  }, 600_000);

  test('fails to build what is no Go, with the compiler saying why', () => {
    expect(() => buildGo({ files: { 'main.go': 'package main\n\nfunc main() { x }\n' } })).toThrow(
      /undefined: x/,
    );
  });
});

describeWithOracle(['go1.22.12', 'strace'], 'strace', () => {
  test('sees the writes of the whole dump', () => {
    const program = buildGo({ files: linkedList.files() }, { module });
    const run = runProgram(program, { writes: true });
    for (const descriptor of [3, 4]) {
      const sizes = run.writes.get(descriptor)!;
      expect(sizes.length).toBeGreaterThan(50);
      expect(sizes.reduce((sum, size) => sum + size)).toBe(run.descriptors.get(descriptor)!.length);
    }
  });
});

describeWithOracle(['go1.22.12', 'qemu'], 'go1.22.12 under qemu', () => {
  const others = goarches.filter((goarch) => goarch !== 'amd64');
  test.each(others)(
    'on %s makes the list of the golden',
    (goarch) => {
      const program = buildGo({ files: linkedList.files() }, { module, goarch });
      const run = runProgram(program, { goarch });
      expect(run.status).toBe(0);
      const sizes = (dump: Uint8Array) => {
        const count = new Map<string, number>();
        for (const object of objectsOf(dump)) {
          const [, size] = object.split(' ') as [string, string];
          count.set(size, (count.get(size) ?? 0) + 1);
        }
        return count;
      };
      const node = goarch === '386' || /^(arm|mips|mipsle)$/.test(goarch) ? '8' : '16';
      const kept = sizes(golden(`linked-list.${goarch}.4`).dump).get(node)!;
      expect(kept).toBeGreaterThan(1000);
      expect(sizes(run.descriptors.get(4)!).get(node)).toBe(kept);
    },
    600_000,
  );
});
