/** Programs whose threads take turns. Oracle: the kernel, by what /proc tells of a program that runs so. */
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { allowedProcessors, takingTurns } from '../../../scenarios/twin/taking-turns.ts';

test.each([
  ['0', [0]],
  ['0-3', [0, 1, 2, 3]],
  ['1,4-5,9', [1, 4, 5, 9]],
])('processors %s', (list, processors) => {
  expect(allowedProcessors(`Name:\tnode\nCpus_allowed_list:\t${list}\nMems:\t0\n`)).toEqual(
    processors,
  );
});

test.each(['', 'Name:\tnode\n', 'Cpus_allowed_list:\t\n', 'Cpus_allowed_list:\tall\n'])(
  'no processors in %j',
  (status) => {
    expect(allowedProcessors(status)).toEqual([]);
  },
);

/** Where the system lets us. */
const before = takingTurns();
test.runIf(before.length > 0)('it is on one processor and first in, first out', () => {
  const [command, ...args] = before;
  const told = execFileSync(command!, [...args, 'cat', '/proc/self/status', '/proc/self/stat']);
  expect(allowedProcessors(told.toString())).toHaveLength(1);
  // Fields 40 and 41 of stat: the priority and the policy, of which SCHED_FIFO is 1.
  const stat = told.toString().trimEnd().split('\n').at(-1)!;
  expect(stat.split(' ').slice(39, 41)).toEqual(['1', '1']);
});
