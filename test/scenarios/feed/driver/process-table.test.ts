/** Processes as the driver finds them. Oracle: the kernel's /proc. */
import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { oneIsStarting, processesOf } from '../../../../scenarios/feed/driver/process-table.ts';

test('a process without an environment may be one that is just starting', async () => {
  // A program that is being started looks so for a moment, and one that is given none as long as it runs.
  const child = spawn('/bin/sleep', ['60'], { env: {} });
  try {
    await new Promise((resolve) => child.once('spawn', resolve));
    expect(oneIsStarting(child.pid!)).toBe(true);
    expect(oneIsStarting(2 ** 30)).toBe(false);
  } finally {
    child.kill('SIGKILL');
  }
});

test('a process that has left the group is found by its environment', async () => {
  const mark = `goheapsim_test=${process.pid}`;
  const [name, value] = mark.split('=');
  const leader = spawn('/bin/sleep', ['60'], { detached: true, env: { [name!]: value } });
  const other = spawn('/bin/sleep', ['60'], { detached: true, env: { [name!]: value } });
  try {
    await Promise.all([leader, other].map((c) => new Promise((done) => c.once('spawn', done))));
    const found = (by: string | undefined) => processesOf(leader.pid!, by).map(({ pid }) => pid);
    expect(found(mark).sort()).toEqual([leader.pid, other.pid].sort());
    expect(found(undefined)).toEqual([leader.pid]);
  } finally {
    leader.kill('SIGKILL');
    other.kill('SIGKILL');
  }
});
