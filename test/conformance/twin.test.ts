/**
 * The twins of the library's scenarios: real Go lays out every object of every dump where the model
 * does, with the same pointers, statistics, goroutines, types and itabs.
 * Oracles: the twins, built with go1.22.12 and run here; foreign targets under qemu.
 */
import { afterAll, test } from 'vitest';
import type { Scenario } from '../../scenarios/index.ts';
import type { CheckResult } from '../../scenarios/twin/check.ts';
import type { Aspect } from '../../scenarios/twin/compare.ts';
import { describeWithOracle } from '../oracle/describe-with-oracle.ts';
import { libraryScenario } from '../scenarios/run-library.ts';
import { checkTwinOf, expectAgreement, type Target } from './check-twin.ts';
import { mixed } from './programs/mixed.ts';

const summary: string[] = [];
afterAll(() => {
  process.stdout.write(`${summary.join('\n')}\n`);
});

const check = async (name: string, target: Target = {}): Promise<CheckResult> =>
  checkScenario(name, await libraryScenario(name), target);

function checkScenario(name: string, scenario: Scenario, target: Target = {}): CheckResult {
  const result = checkTwinOf(name, scenario, target);
  const sum = (aspect: Aspect) =>
    result.dumps.reduce((n, { agreement }) => n + agreement[aspect].agreeing, 0);
  const { goarch = 'amd64' } = target;
  summary.push(`${name} ${goarch}: ${sum('objects')} objects, ${sum('pointers')} pointers agree`);
  return result;
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
  'channels',
  'deep-stack',
  'service',
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

  test.each([
    ['channels', { n: 40, buffer: 3 }],
    ['deep-stack', { depth: 300, goroutines: 9, defers: 40 }],
    ['random-goroutines', { goroutines: 20 }],
  ])(
    '%s, %j: goroutines that wait',
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
    (
      [
        'linked-list',
        'tree',
        'type-cache',
        'tiny-strings',
        'channels',
        'deep-stack',
        'finalizers',
        'service',
      ] as const
    ).map((name) => ({ name, goarch })),
  );
  test.each(targets)(
    '$name lies where real Go puts it, on $goarch',
    async ({ name, goarch }) => {
      expectAgreement(await check(name, { goarch }));
    },
    600_000,
  );
});
