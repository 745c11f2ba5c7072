import { expect, test } from 'vitest';
import { judgeGuess } from '../../scenarios/lessons/guess.ts';

test.each([
  ['48', '48 B', 'right'],
  ['48 bytes', '48 B', 'right'],
  ['40', '48 B', 'wrong'],
  ['4 MiB', '4,096 KiB', 'right'],
  ['4096k', '4 MiB', 'right'],
  ['about 65.5', '65.31 MiB', 'wrong'],
  ['65.3 MiB', '65.31 MiB', 'right'],
  ['0.6 and 65 mib', '0.63 MiB and 65.31 MiB', 'wrong'],
  ['.', '48 B', 'open'],
  ['no', 'No', 'right'],
  ['y', 'No', 'wrong'],
  ['0', 'None: a uintptr is no pointer', 'right'],
  ['yes, all', 'Yes', 'right'],
  ['perhaps', 'Yes', 'open'],
  ['3', 'In slot 3', 'right'],
  ['', 'nextFreeFast gives up', 'open'],
  ['504 and 512', '504 with pointers, 512 without', 'right'],
  ['504', '504 with pointers, 512 without', 'wrong'],
  ['12', '12: 3 / 25.0 %', 'right'],
] as const)('%s for %s is %s', (guess, answer, verdict) => {
  expect(judgeGuess(guess, answer)).toBe(verdict);
});
