/**
 * The twins of the library's scenarios: real Go lays out every object of every dump where the model
 * does, with the same pointers, statistics, goroutines, types and itabs.
 * Oracles: the twins, built with go1.22.12 and run here; foreign targets under qemu.
 */
import { afterAll, expect, test } from 'vitest';
import type { Scenario } from '../../scenarios/index.ts';
import { type CheckResult, checkTwin } from '../../scenarios/twin/check.ts';
import { type Aspect, aspects } from '../../scenarios/twin/compare.ts';
import { twinProgram } from '../../scenarios/twin/program.ts';
import { recordTwin } from '../../scenarios/twin/record.ts';
import type { GoArch } from '../../sim/arch.ts';
import type { BootPreemption } from '../../sim/boot.ts';
import { describeWithOracle } from '../oracle/describe-with-oracle.ts';
import { libraryScenario } from '../scenarios/run-library.ts';
import { mixed } from './programs/mixed.ts';

interface Target {
  readonly goarch?: GoArch;
  readonly allocHeaders?: boolean;
  readonly params?: Readonly<Record<string, unknown>>;
}

const summary: string[] = [];
afterAll(() => {
  process.stdout.write(`${summary.join('\n')}\n`);
});

const check = async (name: string, target: Target = {}): Promise<CheckResult> =>
  checkScenario(name, await libraryScenario(name), target);

function checkScenario(name: string, scenario: Scenario, target: Target = {}): CheckResult {
  const { goarch = 'amd64', allocHeaders = true, params = {} } = target;
  const record = (preempted?: BootPreemption) =>
    recordTwin(scenario, { goarch, allocHeaders, params, ...(preempted && { preempted }) });
  const recording = record();
  const files = twinProgram(name, recording);
  const result = checkTwin(recording, files, { goarch, allocHeaders, preempted: record, runs: 40 });
  const sum = (aspect: Aspect) =>
    result.dumps.reduce((n, { agreement }) => n + agreement[aspect].agreeing, 0);
  summary.push(`${name} ${goarch}: ${sum('objects')} objects, ${sum('pointers')} pointers agree`);
  return result;
}

function expectAgreement({ dumps }: CheckResult): void {
  expect(dumps.flatMap(({ differences }) => differences)).toEqual([]);
  for (const { agreement } of dumps) {
    for (const aspect of aspects) {
      expect(agreement[aspect].agreeing, aspect).toBe(agreement[aspect].compared);
    }
    expect(agreement.objects.compared).toBeGreaterThan(40);
    expect(agreement.memstats.compared).toBeGreaterThan(20);
  }
}

const expressible = [
  'linked-list',
  'tree',
  'tiny-strings',
  'slice-grow',
  'large-buffers',
  'map-grow',
  'type-cache',
  'leak',
  'random-objects',
] as const;

describeWithOracle('go1.22.12', 'the twin of a scenario, on amd64', () => {
  test.each(expressible)(
    '%s lies where real Go puts it',
    async (name) => {
      expectAgreement(await check(name));
    },
    600_000,
  );

  /** Few enough operations for a statement each. */
  test.each([
    ['linked-list', { n: 100 }],
    ['slice-grow', { n: 60, messages: 2 }],
    ['leak', { sessions: 20, stay: 3 }],
    ['map-grow', { entries: 60, bigs: 2 }],
  ])(
    '%s with a statement for each operation, %j',
    async (name, params) => {
      expectAgreement(await check(name, { params }));
    },
    600_000,
  );

  test('values of many types', () => {
    expectAgreement(checkScenario('mixed', mixed));
  }, 600_000);

  test('linked-list and large-buffers without malloc headers', async () => {
    expectAgreement(await check('linked-list', { allocHeaders: false }));
    expectAgreement(await check('large-buffers', { allocHeaders: false }));
  }, 600_000);
});

describeWithOracle(['go1.22.12', 'qemu'], 'the twin of a scenario, on other targets', () => {
  const targets = (['386', 'arm64', 's390x'] as const).flatMap((goarch) =>
    (['linked-list', 'tree', 'type-cache', 'tiny-strings'] as const).map((name) => ({
      name,
      goarch,
    })),
  );
  test.each(targets)(
    '$name lies where real Go puts it, on $goarch',
    async ({ name, goarch }) => {
      expectAgreement(await check(name, { goarch }));
    },
    600_000,
  );
});
