/**
 * Random programs land on the addresses that the model predicts. Oracle: their twins, built and run by
 * go1.22.12. `npm run fidelity -- --random 500` runs more of them.
 */
import { test } from 'vitest';
import { takingTurns } from '../../scenarios/twin/taking-turns.ts';
import { describeWithOracle } from '../oracle/describe-with-oracle.ts';
import { libraryScenario } from '../scenarios/run-library.ts';
import { checkTwinOf, expectAgreement } from './check-twin.ts';
import { randomGoroutines, randomTwin, type TwinCase } from './random-twin.ts';

const numbers = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

async function check({ name, ...target }: TwinCase): Promise<void> {
  expectAgreement(checkTwinOf(name, await libraryScenario(name), target));
}

describeWithOracle(
  'go1.22.12',
  'a random program’s twin agrees in every object and statistic',
  () => {
    test.each(numbers(24))('program %i', (i) => check(randomTwin(i, 'amd64', true)), 120_000);
    test.each(numbers(16))(
      'program %i, noallocheaders',
      (i) => check(randomTwin(i, 'amd64', false)),
      120_000,
    );
    test.each(numbers(6))(
      'program %i of goroutines',
      (i) => check(randomGoroutines(i, 'amd64', true)),
      120_000,
    );
  },
);

describeWithOracle(['go1.22.12', 'qemu'], 'and on other targets', () => {
  const targets = (['386', 'arm64', 's390x'] as const).flatMap((goarch) => [
    randomTwin(1, goarch, true),
    // On 386 its table takes so much room that the heap begins 4 MiB later.
    randomTwin(10, goarch, true),
    // Where threads cannot take turns, sysmon preempts emulated goroutines time and again.
    ...(takingTurns().length > 0 ? [3, 5, 8, 9] : []).map((i) => randomGoroutines(i, goarch, true)),
  ]);
  test.each(targets)('$name, seed $seed, on $goarch', check, 120_000);
});
