import { expect, test } from 'vitest';
import { runFailure } from '../../scenarios/perform-run.ts';
import { EnvironmentError } from '../../scenarios/usage-error.ts';
import type { RunRequest } from '../../scenarios/worker-messages.ts';

const request = { shown: 's.ts', scenarioUrl: 'file:///s.ts' } as RunRequest;

test('a system without memory left is an environment failure', () => {
  const failure = runFailure(new RangeError('Array buffer allocation failed'), request);
  expect(failure).toBeInstanceOf(EnvironmentError);
  expect((failure as Error).message).toMatch(/^s\.ts: out of memory: .*--max-heap$/);
});

test('an error that does not come from the script stays what it is: a defect of ours', () => {
  const defect = new TypeError('x is not a function');
  expect(runFailure(defect, request)).toBe(defect);
});
