/** Makes the twin of a scenario, runs it with real Go, and expects the model to agree in everything. */
import { expect } from 'vitest';
import type { Scenario } from '../../scenarios/index.ts';
import { type CheckResult, type Course, checkTwin } from '../../scenarios/twin/check.ts';
import { aspects } from '../../scenarios/twin/compare.ts';
import { twinProgram } from '../../scenarios/twin/program.ts';
import { recordTwin } from '../../scenarios/twin/record.ts';
import type { GoArch } from '../../sim/arch.ts';

export interface Target {
  readonly goarch?: GoArch;
  readonly allocHeaders?: boolean;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly seed?: string;
}

export function checkTwinOf(name: string, scenario: Scenario, target: Target = {}): CheckResult {
  const { goarch = 'amd64', allocHeaders = true, params = {}, seed = '1' } = target;
  const record = (course: Course = {}) =>
    recordTwin(scenario, { goarch, allocHeaders, params, seed, ...course });
  const recording = record();
  const files = twinProgram(name, recording);
  return checkTwin(recording, files, { goarch, allocHeaders, record, runs: 40 });
}

export function expectAgreement({ dumps }: CheckResult): void {
  expect(dumps.flatMap(({ differences }) => differences)).toEqual([]);
  for (const { agreement } of dumps) {
    for (const aspect of aspects) {
      expect(agreement[aspect].agreeing, aspect).toBe(agreement[aspect].compared);
    }
    expect(agreement.objects.compared).toBeGreaterThan(40);
    expect(agreement.memstats.compared).toBeGreaterThan(20);
  }
}
