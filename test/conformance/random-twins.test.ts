/**
 * Random programs land on the addresses that the model predicts. Oracle: their twins, built and run by
 * go1.22.12. `npm run fidelity -- --random 500` runs more of them.
 */
import { expect, test } from 'vitest';
import { checkTwin } from '../../scenarios/twin/check.ts';
import { twinProgram } from '../../scenarios/twin/program.ts';
import { recordTwin } from '../../scenarios/twin/record.ts';
import { describeWithOracle } from '../oracle/describe-with-oracle.ts';
import { libraryScenario } from '../scenarios/run-library.ts';
import { randomGoroutines, randomTwin, type TwinCase } from './random-twin.ts';

const numbers = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

async function check({ name, params, seed, goarch, allocHeaders }: TwinCase): Promise<void> {
  const recording = recordTwin(await libraryScenario(name), { params, seed, allocHeaders });
  expect(recording.allocations).toBeGreaterThan(20);
  const files = twinProgram(name, recording);
  const { dumps } = checkTwin(recording, files, { goarch, allocHeaders });
  expect(dumps.length).toBe(recording.dumps.length);
  for (const { agreement, differences } of dumps) {
    expect(differences).toEqual([]);
    for (const { compared, agreeing } of Object.values(agreement)) expect(agreeing).toBe(compared);
  }
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
