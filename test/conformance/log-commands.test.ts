/**
 * The commands that look into a run, on logs of real programs. The oracle is real Go: what its log says of each request
 * and of each object that a collection frees.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { logSource } from '../../scenarios/explorer/log-source.ts';
import { HeapModel } from '../../scenarios/explorer/model/heap-model.ts';
import { resultIn } from '../../scenarios/terminal/operation.ts';
import { ledgerOf } from '../../scenarios/timeline/ledger.ts';
import type { GoArch } from '../../sim/arch.ts';
import { describeWithOracle } from '../oracle/describe-with-oracle.ts';
import { undisturbed } from '../oracle/undisturbed.ts';
import { goheapsim } from '../scenarios/command-line.ts';
import { expectSameHeap } from '../scenarios/explorer/same-heap.ts';
import { logFolder, logOf, openLog, replayedPrograms } from './replay-programs.ts';

const folder = logFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Logged {
  readonly log: string;
  readonly binary: string;
  readonly gogc: string;
  readonly requests: number;
}

/** A log whose every address is predicted. */
function agreeing(gogc: string, goarch: GoArch = 'amd64'): Logged {
  const own = join(folder, `${goarch} ${gogc}`);
  mkdirSync(own);
  let made: Logged | undefined;
  undisturbed(() => {
    const program = { ...replayedPrograms['goroutines that come and go'], goarch };
    const { log, binary } = logOf(program, own, gogc);
    const { requests, agreeing: predicted } = openLog(log, { binary, gogc }).run().log;
    expect(predicted).toBe(requests);
    made = { log, binary, gogc, requests };
  }, 6);
  return made!;
}

const optionsOf = ({ log, binary, gogc }: Logged) => [log, '--binary', binary, '--gogc', gogc];

async function out(...argv: string[]): Promise<string> {
  const { code, stdout, stderr } = await goheapsim(argv);
  expect([argv, code, stderr]).toEqual([argv, 0, '']);
  return stdout;
}

const json = async (...argv: string[]) => JSON.parse(await out(...argv, '--json'));

describeWithOracle('go1.22.12', 'of a log', () => {
  let workers: Logged;
  /** With a collection. */
  let collected: Logged;
  beforeAll(() => {
    workers = agreeing('off');
    collected = agreeing('5');
  }, 120_000);

  test("explain has each request's address, type, slot and line as Go wrote them", async () => {
    const lines = readFileSync(workers.log, 'latin1').split('\n');
    const steps = (await out('explain', ...optionsOf(workers), '--from', '1', '--json'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(steps).toHaveLength(workers.requests);
    for (const { line, place, result, operation, events } of steps) {
      const [, addr, size, type = ''] = /tracealloc\(0x(\w+), 0x(\w+)(?:, (.*))?\)$/.exec(
        lines[line - 1]!,
      )!;
      const malloc = events.find(({ name }: { name: string }) => name === 'malloc');
      const base =
        malloc.span + Math.floor((malloc.addr - malloc.span) / malloc.elemsize) * malloc.elemsize;
      const slot = malloc.elemsize - (malloc.addr - base);
      expect([result, malloc.addr, slot, operation.typeName, place]).toEqual([
        Number(`0x${addr}`),
        Number(`0x${addr}`),
        Number(`0x${size}`),
        type,
        `log:${line}`,
      ]);
    }
  });

  test('explain says of one request what replay and the page say', async () => {
    const step = 500;
    const text = await out('explain', ...optionsOf(workers), '--step', `${step}`);
    const page = logSource(openLog(workers.log, workers), step);
    const told = page.timeline.step(step);
    const address = `0x${resultIn(page.timeline, told)!.toString(16)}`;
    expect(text).toMatch(new RegExp(`^step ${step} .* log:${told.line} .* -> ${address}$`, 'm'));
    const { agreeing: predicted, requests } = await json('replay', ...optionsOf(workers));
    expect([predicted, page.info.notes]).toEqual([requests, []]);
    const byAddress = await out('explain', ...optionsOf(workers), '--addr', address);
    expect(byAddress).toMatch(/^step \d+ /);
    const { is } = await json('whatis', ...optionsOf(workers), address, '--step', `${step}`);
    expect(is).toMatchObject({
      object: expect.stringContaining('B asked for'),
      made: expect.stringMatching(/^at step 500: mallocgc\(.*, log:\d+$/),
    });
  });

  test('ledgers close, and the page has the heap that commands see, at any step', () => {
    for (const { log, binary, gogc, requests } of [workers, collected]) {
      const live = openLog(log, { binary, gogc });
      const whole = live.run();
      const model = new HeapModel(whole.timeline);
      const collection = [...Array(requests).keys()].find(
        (i) => whole.timeline.figures(i).numGC > 0,
      );
      const around = collection === undefined ? [] : [collection - 1, collection, collection + 1];
      for (const step of [0, 1, 40, ...around, requests >> 1, requests]) {
        const run = live.run(step);
        expect(run.timeline.length).toBe(step + 1);
        const { checks, memstats } = ledgerOf(run.world, run.allocations);
        expect(checks.filter(({ counted, walked }) => counted !== walked)).toEqual([]);
        const { heapAlloc, mallocs, frees, heapInuse, numGC } = whole.timeline.figures(step);
        expect([heapAlloc, mallocs, frees, heapInuse, numGC]).toEqual(
          (['HeapAlloc', 'Mallocs', 'Frees', 'HeapInuse', 'NumGC'] as const).map((name) =>
            Number(memstats[name]),
          ),
        );
        if (step > 4) expectSameHeap(model, run, step);
      }
    }
  }, 60_000);

  const freedIn = ({ log }: Logged) => readFileSync(log, 'latin1').match(/^tracefree\(/gm)!.length;

  test('gc has the collections that Go wrote down, and what they freed', async () => {
    const text = readFileSync(collected.log, 'latin1');
    const cycles = await json('gc', ...optionsOf(collected));
    expect(cycles).toHaveLength(text.match(/^tracegc\(\)/gm)!.length);
    const freed = cycles.reduce((n: number, c: { freedSlots: number }) => n + c.freedSlots, 0);
    expect(freed).toBe(freedIn(collected));
    expect(cycles[0]).not.toHaveProperty('heapGoal');
    const step = await out('explain', ...optionsOf(collected), '--step', `${cycles[0].done}`);
    expect(step).toContain('cycle 1 has started, heapLive');
    expect(step).not.toContain('next goal');
    expect(step).toMatch(
      /cycle 1 has marked \d+ objects, [\d,]+ B; sweepgen 0 -> 2,\s+sweeping\s+begins\n/,
    );
  });

  test('diff has what was born between two steps, and what a collection freed', async () => {
    const two = await goheapsim([
      'diff',
      ...optionsOf(workers),
      '--from',
      '700',
      '--to',
      '730',
      '--json',
    ]);
    expect(two.code).toBe(1);
    const { objects } = JSON.parse(two.stdout);
    expect([objects.born.count, objects.died.count]).toEqual([30, 0]);
    const spansAt = async (step: string): Promise<number[]> =>
      (await json('spans', ...optionsOf(workers), '--step', step)).spans.map(
        ({ address }: { address: number }) => address,
      );
    const had = new Set(await spansAt('100'));
    const gained = (await spansAt('800')).filter((address) => !had.has(address));
    const longer = ['diff', ...optionsOf(workers), '--from', '100', '--to', '800'];
    const { spans } = JSON.parse((await goheapsim([...longer, '--json'])).stdout);
    expect(spans.gained.map(({ base }: { base: number }) => base)).toEqual(gained);
    expect(gained.length).toBeGreaterThan(0);
    expect((await goheapsim(longer)).stdout).toContain(`\nSpans +${gained.length} -0\n`);
    const [{ done }] = await json('gc', ...optionsOf(collected));
    const over = await goheapsim([
      ...['diff', ...optionsOf(collected), '--from', `${done - 1}`, '--json'],
    ]);
    expect(JSON.parse(over.stdout).objects.died.count).toBe(freedIn(collected));
    const same = ['diff', ...optionsOf(workers), '--from', '9', '--to', '9'];
    expect(await goheapsim(same)).toMatchObject({ code: 0, stderr: '' });
  });

  test('step walks through it', async () => {
    const { code, stdout, stderr } = await goheapsim(['step', ...optionsOf(workers)], {
      stdin: ['n', 'g 500', 'm', 's', '/main.tree', 'y 0xc000012000', 'g 99999', 'q'],
    });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.match(/^step \d+ .*/gm)!.slice(0, 3)).toEqual([
      'step 0  all that happens before the log begins',
      expect.stringMatching(/^step 1 {2}log:1 {2}mallocgc\(8\) for \*runtime\.p {2}-> 0xc0/),
      expect.stringMatching(/^step 500 {2}/),
    ]);
    expect(stdout).toContain('The ledger closes: 10 sums');
    expect(stdout).toContain('is a log: it tells what was asked for');
    expect(stdout).toContain(`steps are 0 to ${workers.requests}`);
  });

  /** What is alive at the end of a log, by type: records of allocations without one that frees. */
  const aliveIn = ({ log }: Logged): Map<string, number> => {
    const typeAt = new Map<string, string>();
    const record = /^trace(alloc|free)\((0x\w+), 0x\w+(?:, (.*))?\)$/gm;
    for (const [, what, addr, type = ''] of readFileSync(log, 'latin1').matchAll(record)) {
      if (what === 'alloc') typeAt.set(addr!, type);
      else typeAt.delete(addr!);
    }
    const alive = new Map<string, number>();
    for (const type of typeAt.values()) alive.set(type, (alive.get(type) ?? 0) + 1);
    return alive;
  };

  test('diff of two logs has of each type how many more one of them has at its end', async () => {
    const options = ['--binary', workers.binary, '--gogc', workers.gogc, '--gogc', collected.gogc];
    const two = ['diff', workers.log, collected.log, ...options];
    const { code, stdout } = await goheapsim([...two, '--json']);
    const { equal, target, objects, types, logs } = JSON.parse(stdout);
    expect([code, equal, target]).toEqual([1, false, undefined]);
    expect(logs.map(({ log }: { log: object }) => log)).toEqual(
      [workers, collected].map(({ requests }) => ({ requests, agreeing: requests })),
    );
    const { before, after, unchanged, born, died, moved } = objects;
    expect([unchanged + died.count + moved.count, unchanged + born.count + moved.count]).toEqual([
      before.count,
      after.count,
    ]);
    expect(unchanged).toBeGreaterThan(100);
    const alive = [aliveIn(workers), aliveIn(collected)];
    const grown = new Map<string, number>();
    for (const { type, before: had, after: has } of types.items) {
      const element = type.replace(/^\[\](?!uint8)/, '');
      grown.set(element, (grown.get(element) ?? 0) + has.count - had.count);
    }
    // Bytes without pointers share blocks, which have no type of their own.
    const named = [...new Set(alive.flatMap((one) => [...one.keys()]))].filter(
      (type) => !/^(|u?int\d*|string)$/.test(type),
    );
    const wanted = named.map(
      (type) => [type, (alive[1]!.get(type) ?? 0) - (alive[0]!.get(type) ?? 0)] as const,
    );
    expect(wanted.map(([type]) => [type, grown.get(type) ?? 0])).toEqual(wanted);
    const freed = wanted.filter(([, n]) => n < 0);
    expect(freed.length).toBeGreaterThan(0);
    const text = (await goheapsim(two)).stdout;
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(text).toMatch(/\nTypes\n +before +after +bytes\n(.*\n)* {2}\S.* \d+ +\d+ +-[\d,]+\n/);
  });

  test('diff of two logs takes a step of each, and a log does not differ from itself', async () => {
    const { log, binary } = workers;
    expect(await goheapsim(['diff', log, log, '--binary', binary])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/no\s+difference/),
    });
    const steps = ['--binary', binary, '--from', '700', '--to', '730', '--json'];
    const [one, two] = await Promise.all([
      goheapsim(['diff', log, ...steps]),
      goheapsim(['diff', log, log, ...steps]),
    ]);
    const [byNumber, byPlace] = [JSON.parse(one.stdout), JSON.parse(two.stdout)];
    expect(byPlace).toEqual(byNumber);
    expect(byPlace.objects.born.count).toBe(30);
  });

  test('spans, classes, pages, vis, whatis, explain and gc fit 80 columns, and ASCII', async () => {
    const address = '0xc000024008';
    for (const [command, ...more] of [
      ['explain', '--to', '80'],
      ['spans'],
      ['classes', '--used'],
      ['pages'],
      ['pages', '--map'],
      ['memstats'],
      ['vis', address],
      ['whatis', address],
      ['gc'],
    ]) {
      const of = command === 'gc' ? collected : workers;
      const argv = [command!, ...optionsOf(of), ...more];
      const { code, stdout } = await goheapsim(argv, { env: { LANG: 'en_US.UTF-8' } });
      expect([command, code]).toEqual([command, 0]);
      expect([command, stdout.split('\n').filter((line) => line.length > 80)]).toEqual([
        command,
        [],
      ]);
      const ascii = await out(...argv, '--ascii');
      expect(ascii.length).toBe(stdout.length);
      expect(/^[ -~\n]*$/.test(ascii)).toBe(true);
    }
  }, 60_000);

  test('vis shows headers and which words are pointers, and no contents', async () => {
    const text = await out('vis', ...optionsOf(workers), '0xc000024008', '--slots', '1', '--ascii');
    expect(text).toMatch(
      /runtime\.p, 8,944 B, step 3\n {4}\+0 {6}0x0000000000\w{6} {2}header: type runtime\.p\n/,
    );
    expect(text).toMatch(/\n {4}\+8 {6}0x\.{16} {3}0x\.{16}\n/);
    expect(text).not.toMatch(/\+(8|24) .*0x\w{2}/);
  });

  test('of a 386 program, which its log shows: vis, spans, pages and explain have its objects where Go logged them', async () => {
    const small = agreeing('off', '386');
    const { log: unaided, world } = openLog(small.log).run();
    expect([world.arch.goarch, unaided.agreeing > 30]).toEqual(['386', true]);
    const lines = readFileSync(small.log, 'latin1').split('\n');
    const { spans } = await json('spans', ...optionsOf(small));
    const { runs } = await json('pages', ...optionsOf(small));
    for (const { from, pages, state } of runs) {
      const has = spans.filter(
        ({ address, kind }: { address: number; kind: string }) =>
          kind === 'heap' && address >= from && address < from + pages * 8192,
      );
      expect(has.length).toBe(state === 'heap' ? 1 : 0);
    }
    for (const type of ['runtime.p', 'map.bucket[int]interface {}', 'main.tree', '[4]int']) {
      const line = lines.findLastIndex(
        (one) => one.startsWith('tracealloc(') && one.endsWith(`, ${type})`),
      );
      const [, addr, size] = /tracealloc\(0x(\w+), 0x(\w+)/.exec(lines[line]!)!;
      const at = Number.parseInt(addr!, 16);
      const head = Number.parseInt(size!, 16) > 128 ? 8 : 0;
      const [log, ...options] = optionsOf(small);
      const argv = [log!, `0x${addr}`, ...options];
      const text = await out('vis', ...argv, '--slots', '1', '--words', '6', '--ascii');
      expect(text).toMatch(new RegExp(`slot \\d+ {2}0x${(at - head).toString(16)} `));
      expect(text).toContain(`${type}, `);
      expect(text).toMatch(
        head === 0 ? /\n {4}\+0 {6}0x\.{8}[ *]/ : /\n {4}\+0 {6}0x0\w{7} {2}header: type \S/,
      );
      const { object } = (await json('whatis', ...argv)).is;
      expect(object).toContain(`${type}, `);
      const told = await out('explain', ...optionsOf(small), '--addr', `0x${addr}`);
      expect(told).toContain(`-> 0x${addr}`);
    }
    const first = spans.find(
      ({ elemsize, noscan }: { elemsize: number; noscan: boolean }) => elemsize > 128 && !noscan,
    );
    const [log, ...options] = optionsOf(small);
    const boot = await out('vis', log!, `0x${first.address.toString(16)}`, ...options, '--ascii');
    // Made before the log begins: the type is known, where the program has it is not.
    expect(boot).toMatch(/\n {4}\+0 {6}0x\.{8} {2}header: type cpu\.option\n/);
  }, 120_000);

  test('a pipe is read but once, by commands that need no more', () => {
    const bin = fileURLToPath(new URL('../../scenarios/bin.js', import.meta.url));
    const input = readFileSync(workers.log);
    const run = (...argv: string[]) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...argv], { input });
      return { status, stdout: String(stdout), stderr: String(stderr) };
    };
    const options = optionsOf({ ...workers, log: '-' });
    const spans = run('spans', ...options);
    expect([spans.status, spans.stderr]).toEqual([0, '']);
    expect(spans.stdout).toContain(`standard input (linux/amd64) after step ${workers.requests}`);
    expect(run('diff', ...options, '--from', '1')).toMatchObject({
      status: 2,
      stderr: 'goheapsim: standard input can be read but once: write the log to a file\n',
    });
  }, 60_000);

  test('without the program: says how many addresses are elsewhere, and what to do', async () => {
    const text = await out('spans', workers.log);
    expect(text).toMatch(
      /\d+ of \d+ addresses are elsewhere in the log: name the program by --binary/,
    );
  });

  test.each([
    [['spans', '--step', '99999'], 'no step 99,999: its last is'],
    [['explain', '--from', '99999'], 'no step 99,999: its last is'],
    [['explain', '--addr', '0x10'], 'nothing was allocated at 0x10'],
    [['spans', '-p', 'n=5'], 'spans: --param is for a scenario; this is a log'],
    [['spans', '--gogc', 'many'], 'spans: --gogc: want a whole number'],
    [['spans', '--env', 'X'], 'spans: --env wants NAME=VALUE'],
    [['why', '0xc000012000'], 'is a log: it tells what was asked for and where it lies'],
    [['objects'], 'is a log: it tells'],
    [['roots'], 'is a log: it tells'],
    [['dom'], 'is a log: it tells'],
    [['export', '--to', 'heapsnapshot', '-o', '-'], 'is a log: it tells'],
    [['diff'], 'diff: of a log two steps are compared, --from N --to M; or name a second log'],
    [['diff', 'tree'], 'and tree a scenario: two of one kind are compared'],
    [['diff', '--from', '1', '--gogc', 'off', '--gogc', '5'], '--gogc is given 2 times, for one'],
  ])('%j is wrong usage', async (argv, words) => {
    const [command, ...more] = argv;
    const { code, stderr } = await goheapsim([command!, workers.log, ...more]);
    expect(stderr).toContain(words);
    expect(code).toBe(2);
  });
});

test.each([
  ['an empty file', '', 'is empty'],
  [
    'a text',
    'hello\n'.repeat(9),
    'is no scenario, whose file ends in .ts, no heap dump, which begins with',
  ],
  [
    'a log from its middle',
    'tracealloc(0xc000012000, 0x10, int)\ngoroutine 1 gp=0xc000007180 m=0 mp=0x5a8ba0 [running]:\nmain.main()\n\n',
    'its beginning is missing',
  ],
  ['a dump that is cut', 'go1.7 heap du', 'is no scenario'],
])('%s cannot be looked into', async (_, text, words) => {
  const file = join(folder, 'other');
  writeFileSync(file, text);
  for (const command of ['explain', 'spans', 'step', 'explore']) {
    const argv = [command, file, ...(command === 'explore' ? ['-o', join(folder, 'p.html')] : [])];
    const { code, stderr } = await goheapsim(argv);
    expect([command, stderr]).toEqual([command, expect.stringContaining(words)]);
    expect(code).toBe(2);
  }
});
