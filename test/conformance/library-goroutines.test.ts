/**
 * Scenarios of the library beside the Go programs that they stand for: goroutines, what they wait for,
 * the functions on their stacks, deferred calls, panics, finalizers and kinds of record.
 * Oracle: the programs, built and run here.
 */
import { expect, test } from 'vitest';
import { type DumpRecord, readDump } from '../../dump/index.ts';
import type { GoArch } from '../../sim/arch.ts';
import { describeWithOracle } from '../oracle/describe-with-oracle.ts';
import { buildGo } from '../oracle/go-toolchain.ts';
import { runProgram } from '../oracle/run-program.ts';
import { undisturbed } from '../oracle/undisturbed.ts';
import { dumpsOf, libraryScenario } from '../scenarios/run-library.ts';

const programs = ['channels', 'deep-stack', 'finalizers', 'every-record'] as const;

interface Facts {
  /** Of each goroutine that is not the runtime's own. */
  readonly goroutines: readonly string[];
  readonly finalizers: { readonly registered: number; readonly queued: number };
  readonly kinds: readonly string[];
}

/** Functions with the number of frames of each. */
function functions(frames: readonly string[]): string[] {
  const runs: [name: string, times: number][] = [];
  for (const name of frames) {
    const last = runs.at(-1);
    if (last?.[0] === name) last[1]++;
    else runs.push([name, 1]);
  }
  return runs.map(([name, times]) => (times === 1 ? name : `${name} x${times}`));
}

function goroutineFacts(record: DumpRecord & { kind: 'goroutine' }, own: DumpRecord[]): string {
  const { status, waitReason } = record;
  const frames = own.flatMap((r) => (r.kind === 'stackFrame' ? [String(r.name)] : []));
  const count = (kind: string) => own.filter((r) => r.kind === kind).length;
  const stack = functions(frames).join(' < ');
  return `${status} ${waitReason}: ${stack}; ${count('defer')} defers, ${count('panic')} panics`;
}

function factsOf(dump: Uint8Array): Facts {
  const goroutines: { record: DumpRecord & { kind: 'goroutine' }; own: DumpRecord[] }[] = [];
  const counts = new Map<string, number>();
  for (const record of readDump(dump)) {
    counts.set(record.kind, (counts.get(record.kind) ?? 0) + 1);
    if (record.kind === 'goroutine') goroutines.push({ record, own: [] });
    else goroutines.at(-1)?.own.push(record);
  }
  return {
    goroutines: goroutines
      .filter(({ record }) => !record.isSystem)
      .map(({ record, own }) => goroutineFacts(record, own)),
    finalizers: {
      registered: counts.get('finalizer') ?? 0,
      queued: counts.get('queuedFinalizer') ?? 0,
    },
    kinds: [...counts.keys()],
  };
}

function compare(name: string, goarch: GoArch, ours: readonly Facts[]): void {
  const folder = new URL(`library/${name}`, import.meta.url).pathname;
  const program = buildGo({ folder }, { module: 'library', goarch });
  undisturbed((options) => {
    const { status, descriptors } = runProgram(program, {
      ...options,
      goarch,
      descriptors: ours.length,
    });
    expect(status).toBe(0);
    expect(ours).toEqual([...descriptors.values()].map(factsOf));
  });
}

describeWithOracle('go1.22.12', 'the Go program of a scenario, on amd64', () => {
  test.each(programs)(
    '%s has the same goroutines, finalizers and kinds of record',
    async (name) => {
      const ours = dumpsOf(await libraryScenario(name)).map(({ bytes }) => factsOf(bytes));
      compare(name, 'amd64', ours);
    },
    600_000,
  );
});

describeWithOracle(['go1.22.12', 'qemu'], 'the Go program of a scenario, under qemu', () => {
  const targets = programs.flatMap((name) =>
    (['386', 'arm64', 'loong64', 's390x'] as const).map((goarch) => ({ name, goarch })),
  );
  test.each(targets)(
    '$name is the same on $goarch',
    async ({ name, goarch }) => {
      const ours = dumpsOf(await libraryScenario(name), { goarch }).map(({ bytes }) =>
        factsOf(bytes),
      );
      compare(name, goarch, ours);
    },
    600_000,
  );
});
