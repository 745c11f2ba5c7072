/** What only a process of its own can show: ctrl-C, a driver that is killed, a run that goes on. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ended, start } from '../../command-line.ts';
import { casesFolder, isAlive, pidsIn, reader, scratch, until } from './fake-readers.ts';

afterAll(() => scratch.remove());

const many = 12;

/** Starts a run of which each dump takes a while; `pids` gets the process of each. */
function slowRun(name: string, out: string) {
  const pids = scratch.path(`${name}.pids`);
  const target = reader(
    name,
    `echo $$ >> ${pids}; sleep 0.3; [ "$word" = good ] && [ $(wc -c < "$1") -gt 16 ] && exit 1`,
  );
  const argv = [
    'feed',
    'run',
    '-t',
    target,
    '--cases',
    casesFolder(['good'], many),
    '-o',
    out,
    '-j',
    '2',
    '--shrink-runs',
    '0',
  ];
  return { child: start(argv), pids, journal: join(out, 'journal.jsonl') };
}

const linesOf = (path: string): number =>
  existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0;

const ownFolders = (pid: number): string[] =>
  readdirSync(tmpdir()).filter(
    (name) => name.startsWith('goheapsim-feed-') && name.includes(`-${pid}-`),
  );

test('ctrl-C ends it at once, and leaves no process and no folder behind', async () => {
  const { child, pids, journal } = slowRun('ctrl-c', scratch.path('ctrl-c-out'));
  const end = ended(child);
  await until(() => linesOf(journal) > 2);
  expect(ownFolders(child.pid!)).toHaveLength(1);
  child.kill('SIGINT');
  const { signal, stderr } = await end;
  expect(signal).toBe('SIGINT');
  const told = /^stopped after (\d+) of (\d+); go on with: goheapsim feed run --resume (.*)\n$/;
  const [, done, count, out] = told.exec(stderr) ?? [];
  expect([Number(done), Number(count), out]).toEqual([
    linesOf(journal) - 1,
    many,
    scratch.path('ctrl-c-out'),
  ]);
  await until(() => pidsIn(pids).every((pid) => !isAlive(pid)));
  expect(ownFolders(child.pid!)).toEqual([]);
});

test('killed, it leaves nothing behind either; --resume goes on and ends as an undisturbed run does', async () => {
  const out = scratch.path('killed-out');
  const { child, pids, journal } = slowRun('killed', out);
  const end = ended(child);
  await until(() => linesOf(journal) > 3);
  child.kill('SIGKILL');
  await end;
  await until(() => pidsIn(pids).every((pid) => !isAlive(pid)));
  await until(() => ownFolders(child.pid!).length === 0);
  const before = linesOf(journal) - 1;
  const runsBefore = pidsIn(pids).length;

  const again = await ended(
    start(['feed', 'run', '-t', 'sh {}', '--cases', casesFolder(['good'], many), '-o', out]),
  );
  expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('--resume')]);

  const resumed = await ended(start(['feed', 'run', '--resume', out, '--json']));
  expect(resumed.code).toBe(1);
  const report = JSON.parse(resumed.stdout);
  expect(report.units.map(({ index }: { index: number }) => index)).toEqual(
    Array.from({ length: many }, (_, i) => i),
  );
  // Two further runs confirm the finding, a third tells of the dump beside it; what had been run is not run again.
  expect(pidsIn(pids).length - runsBefore).toBeLessThanOrEqual(many - before + 3);

  const whole = scratch.path('whole-out');
  const undisturbed = slowRun('killed', whole);
  await ended(undisturbed.child);
  const comparable = (path: string) => {
    const { findings, targets, units } = JSON.parse(
      readFileSync(join(path, 'report.json'), 'utf8'),
    );
    return {
      findings,
      targets,
      units: units.map((unit: object) => ({ ...unit, results: undefined })),
    };
  };
  expect(comparable(out)).toEqual(comparable(whole));
});
