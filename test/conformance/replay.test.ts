/**
 * Every address that real programs get from go1.22.12's allocator, predicted. The oracle is Go itself:
 * each program runs under GODEBUG=allocfreetrace=1 and its log is replayed.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ReplayResult, replayLog } from '../../scenarios/replay/replay-log.ts';
import { describeWithOracle } from '../oracle/describe-with-oracle.ts';
import { buildGo } from '../oracle/go-toolchain.ts';
import { undisturbed } from '../oracle/undisturbed.ts';
import { goheapsim } from '../scenarios/command-line.ts';
import {
  logFolder,
  logOf,
  own,
  replay,
  replayedPrograms,
  replayOptions,
} from './replay-programs.ts';

const folder = logFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function mustAgree({ replayer, log }: ReplayResult, requests: number): void {
  const miss = replayer.firstMiss;
  expect(miss && { ...miss, lines: log.lines }).toBeUndefined();
  expect(replayer.agreeing).toBe(replayer.requests);
  expect(replayer.requests).toBeGreaterThan(requests);
}

/** One in 1,000; a dozen where few requests show many goroutines. */
const mostHidden = (requests: number) => Math.max(12, requests / 1000);

describeWithOracle('go1.22.12', 'every address is predicted of', () => {
  test.each([
    ['encoding/json', 2000],
    ['compress/gzip', 4000],
    ['go/types', 10_000],
    ['goroutines that come and go', 800],
    ['gofmt on a small file', 1000],
    ['go vet on encoding/csv', 20_000],
  ] as const)(
    '%s',
    (name, requests) => {
      undisturbed(() => {
        const { log, binary } = logOf(replayedPrograms[name], folder);
        const result = replay(log, binary);
        mustAgree(result, requests);
        expect(result.replayer.hidden.length).toBeLessThanOrEqual(mostHidden(requests));
      }, 4);
    },
    240_000,
  );
});

describeWithOracle('go1.22.12', 'through collections are predicted', () => {
  test.each([
    ['encoding/json', '5', 2000],
    ['go/types', '10', 10_000],
    ['compress/gzip', '10', 4000],
  ] as const)(
    'all addresses of %s with GOGC=%s',
    (name, gogc, requests) => {
      undisturbed(() => {
        const { log, binary } = logOf(replayedPrograms[name], folder, gogc);
        const result = replay(log, binary, gogc);
        mustAgree(result, requests);
        expect(result.replayer.cycles.length).toBeGreaterThan(1);
        expect(result.replayer.hidden.length).toBeLessThan(10);
      }, 6);
    },
    60_000,
  );

  test('of compress/gzip, which collects early and often, all before the first and 97 of 100 given the true past', () => {
    // Where sysmon preempted the logged program while it booted, its log is of another course.
    undisturbed(() => {
      const { log, binary } = logOf(replayedPrograms['compress/gzip'], folder, '10');
      const { corrected, replayer } = replay(log, binary, '10');
      const [first, ...later] = corrected.cycles;
      expect(later.length).toBeGreaterThan(1);
      expect(replayer.cycles[0]).toEqual(first);
      expect(first!.agreeing).toBe(first!.requests);
      const sum = (what: 'requests' | 'agreeing') => later.reduce((n, cycle) => n + cycle[what], 0);
      expect(sum('agreeing') / sum('requests')).toBeGreaterThan(0.97);
      expect(corrected.uncorrected).toBeLessThan(3);
    }, 4);
  }, 60_000);
});

describeWithOracle(['go1.22.12', 'qemu'], 'on 386 too', () => {
  test('encoding/json', () => {
    undisturbed(() => {
      const { log, binary } = logOf(replayedPrograms['encoding/json on 386'], folder);
      mustAgree(replay(log, binary), 2000);
    }, 6);
  }, 120_000);
});

describeWithOracle('go1.22.12', 'goheapsim replay', () => {
  let files: { binary: string; log: string };
  beforeAll(() => {
    undisturbed(() => {
      files = logOf(replayedPrograms['encoding/json'], folder);
      mustAgree(replay(files.log, files.binary), 2000);
    }, 6);
  }, 60_000);

  test('ends with 0 when all agree, and its dump is sound', async () => {
    const dump = join(folder, 'end.dump');
    const { log, binary } = files;
    const replayed = await goheapsim(['replay', log, '--binary', binary, '-o', dump, '--json']);
    expect(replayed).toMatchObject({ code: 0, stderr: '' });
    const told = JSON.parse(replayed.stdout);
    expect(told).toMatchObject({ goarch: 'amd64', firstDisagreement: null, hiddenEvents: [] });
    expect(told.agreeing).toBe(told.requests);
    expect((await goheapsim(['verify', dump])).code).toBe(0);
  });

  test('ends with 1 and explains the first disagreement when the boot was another', async () => {
    const { log, binary } = files;
    const env = ['GOMAXPROCS=1', 'GOGC=off', `GODEBUG=allocfreetrace=1,x=${'x'.repeat(9000)}`];
    const options = env.flatMap((text) => ['--env', text]);
    const { code, stdout } = await goheapsim(['replay', log, '--binary', binary, ...options]);
    expect(code).toBe(1);
    expect(stdout).toContain('first disagreement: request 1, line 1');
    expect(stdout).toContain('disagreements by class');
  });

  test('predicts most of what follows once it is put right, even when the boot was another', async () => {
    const { log, binary } = files;
    const env = ['GOMAXPROCS=1', 'GOGC=off', `GODEBUG=allocfreetrace=1,x=${'x'.repeat(9000)}`];
    const options = env.flatMap((text) => ['--env', text]);
    const { stdout } = await goheapsim(['replay', log, '--binary', binary, '--json', ...options]);
    const told = JSON.parse(stdout);
    expect(told.agreeing / told.requests).toBeLessThan(0.9);
    expect(told.agreeingGivenTruePast / told.requests).toBeGreaterThan(0.95);
  });

  test('an observer hears each request and what the allocator does for it', () => {
    const { log, binary } = files;
    const names: string[] = [];
    const observer = { onEvent: ({ name }: { name: string }) => void names.push(name) };
    const { replayer } = replayLog({ ...replayOptions, log, binary, observer });
    const requests = names.filter((name) => name === 'replayRequest');
    expect(requests).toHaveLength(replayer.requests);
    const first = names.indexOf('replayRequest');
    expect(names.slice(first)).toContain('spanAlloc');
    expect(names.slice(first).filter((name) => name === 'malloc')).toHaveLength(requests.length);
  });

  test('without the program predicts what comes before a type that it must know', async () => {
    const { replayer } = replay(files.log, undefined);
    expect(replayer.agreeing).toBeGreaterThan(30);
    expect(replayer.agreeing).toBeLessThanOrEqual(replayer.requests);
  });

  test('says that a program is not that of the log', async () => {
    const other = buildGo(own('gzip'), { goarch: 'amd64' });
    const { code, stderr } = await goheapsim(['replay', files.log, '--binary', other]);
    expect(code).toBe(2);
    expect(stderr).toContain('not the program of this log');
  });
});

describe('goheapsim replay of what cannot be replayed', () => {
  const procresize = [
    'tracealloc(0xc000022000, 0x8, *runtime.p)',
    'goroutine 0 gp=0x4d9100 m=0 mp=0x4d96c0 [idle]:',
    'runtime.mallocgc(0x8, 0x465720, 0x1)',
    '\truntime/malloc.go:1288 +0x7a6 fp=0x7ffcf2757230 sp=0x7ffcf27571a8 pc=0x40bd06',
    'runtime.procresize(0x1)',
    '\truntime/proc.go:5622 +0x18c fp=0x7ffcf2757328 sp=0x7ffcf2757258 pc=0x43c92c',
    '',
    '',
  ].join('\n');
  test.each([
    ['no log', 'hello\n', [], 2, 'not a log of GODEBUG=allocfreetrace=1'],
    ['its end', procresize.replace('procresize', 'main'), [], 2, 'its beginning is missing'],
    ['a bad --env', procresize, ['--env', 'X'], 2, 'NAME=VALUE'],
    ['a bad --goarch', procresize, ['--goarch', 'amd46'], 2, 'amd64'],
    ['a bad --limit', procresize, ['--limit', '0'], 2, 'whole number'],
    ['a binary that is none', procresize, ['--binary', '/dev/null'], 2, 'not an ELF executable'],
    ['a binary that is not there', procresize, ['--binary', '/none'], 3, 'no such file'],
  ] as const)('%s', async (_what, text, options, code, words) => {
    const log = join(folder, 'other');
    writeFileSync(log, text);
    const outcome = await goheapsim(['replay', log, ...options]);
    expect(outcome.stderr).toContain(words);
    expect(outcome.code).toBe(code);
  });

  test('a log that is not there', async () => {
    expect((await goheapsim(['replay', join(folder, 'none')])).code).toBe(3);
  });
});
