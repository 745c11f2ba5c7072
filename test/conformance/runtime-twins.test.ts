/**
 * Finalizers, statistics, the memory profile: a program sees and does what the model's does.
 * Oracle: twins, built with go1.22.12 and run here.
 */
import { expect, test } from 'vitest';
import type { CheckResult } from '../../scenarios/twin/check.ts';
import type { Aspect } from '../../scenarios/twin/compare.ts';
import { describeWithOracle } from '../oracle/describe-with-oracle.ts';
import { libraryScenario } from '../scenarios/run-library.ts';
import { checkTwinOf, expectAgreement, type Target } from './check-twin.ts';
import { runtimeCalls } from './programs/runtime-calls.ts';

const compared = ({ dumps }: CheckResult, aspect: Aspect): number =>
  dumps.reduce((n, { agreement }) => n + agreement[aspect].compared, 0);

describeWithOracle('go1.22.12', 'calls of packages runtime and runtime/debug', () => {
  test.each<[string, Target]>([
    ['amd64', {}],
    ['386', { goarch: '386' }],
    ['amd64 without malloc headers', { allocHeaders: false }],
  ])(
    'tell and do what they do in the model, on %s',
    (_name, target) => {
      const result = checkTwinOf('runtime-calls', runtimeCalls, target);
      expectAgreement(result);
      expect(compared(result, 'values')).toBeGreaterThan(100);
      expect(compared(result, 'samples')).toBeGreaterThan(100);
      expect(compared(result, 'contents')).toBeGreaterThan(50_000);
    },
    600_000,
  );

  test.each([
    ['finalizers', {}],
    ['finalizers', { live: 600, dropped: 400 }],
    ['every-record', {}],
  ])(
    '%s runs as in the model, %j',
    async (name, params) => {
      const result = checkTwinOf(name, await libraryScenario(name), { params });
      expectAgreement(result);
      expect(compared(result, 'finalizers')).toBeGreaterThan(5);
      expect(compared(result, 'values')).toBeGreaterThan(0);
    },
    600_000,
  );
});
