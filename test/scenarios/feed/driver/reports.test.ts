/** What is written: findings in folders, reports for people and machines, the baseline. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { goheapsim } from '../../command-line.ts';
import { casesFolder, feedRun, namesIn, program, reader, scratch } from './fake-readers.ts';

afterAll(() => scratch.remove());

const evil = '</failure><script>alert(1)</script> | `x` \x1b[31m & "q"';

function evilReader(): string {
  writeFileSync(scratch.path('evil.txt'), `${evil}\n`);
  return reader('evil', `[ "$word" = good ] && { cat ${scratch.path('evil.txt')} >&2; exit 1; }`);
}

test('a finding is a folder with all that is needed to see it again', async () => {
  const { out, report } = await feedRun(['good', 'bad'], evilReader());
  const { signature } = report.findings[0]!;
  expect(namesIn(join(out, 'findings'))).toEqual([signature]);
  const folder = join(out, 'findings', signature);
  expect(namesIn(folder)).toEqual([
    'README.md',
    'input.dump',
    'recipe.json',
    'stderr.txt',
    'stdout.txt',
  ]);
  expect(readFileSync(join(folder, 'input.dump'), 'utf8')).toBe('good dump\n');
  expect(readFileSync(join(folder, 'stderr.txt'), 'utf8')).toBe(`${evil}\n`);
  expect(JSON.parse(readFileSync(join(folder, 'recipe.json'), 'utf8'))).toMatchObject({
    signature,
    verdict: { expect: 'accept' },
  });
  expect(readFileSync(join(folder, 'README.md'), 'utf8')).toContain('evil input.dump');
  expect(namesIn(out)).toEqual([
    'findings',
    'findings.sarif',
    'journal.jsonl',
    'junit.xml',
    'report.html',
    'report.json',
    'report.md',
  ]);
});

test('words of targets and dumps are text in each report', async () => {
  const { out } = await feedRun(['good'], [`a=${evilReader()}`, `b=${reader('fine', '')}`]);
  for (const name of ['report.md', 'report.html', 'junit.xml']) {
    const text = readFileSync(join(out, name), 'utf8');
    expect(text, name).not.toMatch(/<script|<b>/);
    expect(text, name).not.toContain('\x1b');
    expect(text, name).toContain('alert');
  }
  const terminal = await goheapsim([
    'feed',
    'run',
    '-t',
    evilReader(),
    '--cases',
    casesFolder(['good']),
    '-o',
    scratch.path('t'),
    '--shrink-runs',
    '0',
  ]);
  expect(terminal.stdout).toContain('\\x1b[31m');
  expect(terminal.stdout).not.toContain('\x1b');
});

test('the matrix shows the dumps on which targets differ', async () => {
  const { out } = await feedRun(
    ['good', 'bad'],
    [`a=${reader('m1', '')}`, `b=${reader('m2', '[ "$word" = bad ] && exit 0')}`],
  );
  expect(readFileSync(join(out, 'report.md'), 'utf8')).toMatch(
    /\| bad \| reject \| \*\*accept\*\* \|/,
  );
  expect(readFileSync(join(out, 'report.md'), 'utf8')).not.toMatch(/\| good \| accept/);
  expect(readFileSync(join(out, 'report.html'), 'utf8')).toMatch(
    /<td>bad<\/td><td>reject<\/td><td class="bad">accept<\/td>/,
  );
});

test('JUnit has a test case for each dump', async () => {
  const { out } = await feedRun(['good', 'bad'], reader('junit', '[ "$word" = bad ] && exit 0'));
  const text = readFileSync(join(out, 'junit.xml'), 'utf8');
  expect(text).toMatch(
    /<testsuite name="junit" tests="2" failures="1" errors="0" skipped="0" time="[\d.]+">/,
  );
  expect(text).toMatch(/<testcase classname="junit" name="good" time="[\d.]+"\/>/);
  expect(text).toMatch(
    /name="bad" time="[\d.]+"><failure type="accept" message="took a dump that is none: truncation, W1">/,
  );
});

test('SARIF has what the standard demands of runs, rules and results', async () => {
  const { out, report } = await feedRun(['bad'], reader('sarif', 'exit 0'));
  const log = JSON.parse(readFileSync(join(out, 'findings.sarif'), 'utf8'));
  expect(log.version).toBe('2.1.0');
  const [run] = log.runs;
  expect(run.tool.driver).toMatchObject({
    name: 'goheapsim',
    semanticVersion: expect.stringMatching(/^\d+\.\d+\.\d+$/),
  });
  const [result] = run.results;
  expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
  expect(['none', 'note', 'warning', 'error']).toContain(result.level);
  expect(result.message.text).toContain('took a dump that is none');
  const { artifactLocation, region } = result.locations[0].physicalLocation;
  expect(existsSync(join(out, artifactLocation.uri))).toBe(true);
  expect(region).toEqual({ byteOffset: 3, byteLength: 1 });
  expect(Object.values(result.partialFingerprints)).toEqual([
    `sarif/${report.findings[0]!.signature}`,
  ]);
});

test('one defect is one finding, with its smallest dump', async () => {
  const target = reader(
    'many',
    '[ "$word" = good ] && { echo "no room for $rest" >&2; kill -ABRT $$; }',
  );
  const out = scratch.path('many-out');
  const { stdout } = await goheapsim([
    'feed',
    'run',
    '-t',
    target,
    '--cases',
    casesFolder(['good'], 12),
    '-o',
    out,
    '--json',
    '--shrink-runs',
    '0',
  ]);
  expect(JSON.parse(stdout).findings).toMatchObject([
    { count: 12, first: { id: 'good-0' }, smallest: { id: 'good-0', bytes: 10 } },
  ]);
});

test('a baseline lets known findings pass, and says which are gone', async () => {
  const known = scratch.path('known.json');
  const target = `two=${reader('two', '[ "$word" = good ] && exit 1; [ "$word" = bad ] && exit 0')}`;
  const missing = await goheapsim([
    'feed',
    'run',
    '-t',
    target,
    '--cases',
    casesFolder(['good']),
    '--baseline',
    known,
    '-o',
    scratch.path('b0'),
  ]);
  expect([missing.code, missing.stderr]).toEqual([
    2,
    expect.stringContaining('--update-baseline writes it'),
  ]);
  expect((await feedRun(['good'], target, ['--baseline', known, '--update-baseline'])).code).toBe(
    0,
  );
  const kept = JSON.parse(readFileSync(known, 'utf8'));
  kept.findings[0].note = 'we know';
  writeFileSync(known, JSON.stringify(kept));
  expect((await feedRun(['good'], target, ['--baseline', known])).code).toBe(0);
  const more = await feedRun(['good', 'bad'], target, ['--baseline', known]);
  expect(more.code).toBe(1);
  expect(more.report.findings.map(({ isNew }) => isNew)).toEqual([true, false]);
  expect(namesIn(join(more.out, 'findings'))).toEqual([more.report.findings[0]!.signature]);
  const gone = await feedRun(['doubtful'], target, ['--baseline', known]);
  expect(gone.code).toBe(0);
  expect(gone.report.stale).toMatchObject([{ signature: kept.findings[0].signature }]);
  await feedRun(['good', 'bad'], target, ['--baseline', known, '--update-baseline']);
  expect(
    JSON.parse(readFileSync(known, 'utf8'))
      .findings.map(({ note }: { note?: string }) => note ?? '')
      .sort(),
  ).toEqual(['', 'we know']);
});

test.each([
  [['feed', 'run'], 'which reader?'],
  [['feed', 'run', '-t', 'sh {}', '--count', '5'], '--count needs --mutants'],
  [['feed', 'run', '-t', 'sh {}', '--mutants', '--havoc'], 'not both'],
  [['feed', 'run', '-t', 'sh {}', '--cases', '/'], 'no manifest.jsonl'],
  [['feed', 'run', '-t', 'sh {}', '--shard', '3/2', '--mutants'], 'k from 1 to n'],
  [['feed', 'run', '-t', 'sh {}', '--timeout', 'x', '--mutants'], '--timeout'],
  [['feed', 'run', '--resume', '/nowhere'], 'no run to go on with'],
  [['feed', 'run', '-t', 'true {}', '-o', '/dev/null', '--mutants'], 'is a file'],
])('%j is wrong usage', async (argv, message) => {
  const { code, stderr } = await goheapsim(argv);
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
});

test('says which facts were compared, and which names no fact has', async () => {
  const told = '{\n "bytes": 10,\n "objects": [{"addr": 4096}],\n "gorotines": 0\n}\n';
  writeFileSync(scratch.path('told.json'), told);
  const { report, out } = await feedRun(
    ['good', 'big-endian'],
    [
      `tells=${reader('tells', `[ "$word" = good ] && cat ${scratch.path('told.json')}`)}`,
      `chats=${reader('chats', 'echo fine')}`,
    ],
  );
  expect(report.targets.map(({ facts }) => facts)).toEqual([
    {
      compared: { bytes: 1, objects: 1 },
      unknown: [
        { name: 'objects.addr', dumps: 1, near: 'objects.address' },
        { name: 'gorotines', dumps: 1, near: 'goroutines' },
      ],
      notJson: 0,
    },
    { compared: {}, unknown: [], notJson: 2 },
  ]);
  const words = readFileSync(join(out, 'report.md'), 'utf8');
  expect(words).toContain(
    'tells: facts compared: bytes, objects, in 1 dump; names that no fact has',
  );
  expect(words).toContain('chats: no facts compared; 2 outputs that were no JSON object');
});

test('where every dump is refused with the same words, it asks for the command', async () => {
  const run = async (body: string) =>
    await goheapsim([
      ...[
        'feed',
        'run',
        '-t',
        reader('asked', body),
        '--cases',
        casesFolder(['good', 'big-endian']),
      ],
      ...['--shrink-runs', '0', '-o', scratch.path('asked-out')],
    ]);
  const all = await run('echo "no such file" >&2; exit 2');
  expect(all.stdout).toContain(
    'asked refused every dump with "no such file": is the command right?',
  );
  expect(readFileSync(scratch.path('asked-out/report.md'), 'utf8')).toContain(
    'is the command right',
  );
  const one = await run('[ "$word" = good ] && { echo "no such file" >&2; exit 2; }');
  expect(one.stdout).not.toContain('is the command right');
});

test('a folder that is not of feed run is left as it is', async () => {
  const folder = scratch.path('mine');
  mkdirSync(join(folder, 'findings'), { recursive: true });
  writeFileSync(join(folder, 'findings/notes'), 'x');
  writeFileSync(join(folder, 'report.md'), 'mine');
  const argv = ['feed', 'run', '-t', 'true {}', '--cases', casesFolder(['good']), '-o'];
  const refused = [2, expect.stringContaining('not a folder of feed run: choose another name')];
  const first = await goheapsim([...argv, folder]);
  writeFileSync(join(folder, 'journal.jsonl'), '{"my":"journal"}\n');
  const second = await goheapsim([...argv, folder]);
  expect([first.code, first.stderr]).toEqual(refused);
  expect([second.code, second.stderr]).toEqual(refused);
  expect(namesIn(folder)).toEqual(['findings', 'journal.jsonl', 'report.md']);
  expect(readFileSync(join(folder, 'findings/notes'), 'utf8')).toBe('x');
  expect(readFileSync(join(folder, 'report.md'), 'utf8')).toBe('mine');
});

test('a folder of an earlier run is written anew', async () => {
  const argv = ['feed', 'run', '-t', reader('anew', 'exit 0'), '--shrink-runs', '0'];
  const run = async (name: string) =>
    (await goheapsim([...argv, '--cases', casesFolder([name]), '-o', scratch.path('anew-out')]))
      .code;
  expect([await run('bad'), await run('good')]).toEqual([1, 0]);
  expect(namesIn(scratch.path('anew-out'))).not.toContain('findings');
});

test('a dump that is not that of its manifest is refused', async () => {
  const folder = casesFolder(['good', 'doubtful']);
  writeFileSync(join(folder, 'good.dump'), 'other');
  const { code, stderr } = await goheapsim([
    'feed',
    'run',
    '-t',
    reader('r', ''),
    '--cases',
    folder,
    '-o',
    scratch.path('sha'),
  ]);
  expect([code, stderr]).toEqual([2, expect.stringContaining('its SHA-256 differs')]);
});

test('a worker takes dump after dump; it is judged, restarted and caught leaking', async () => {
  const body = `
const fs = require('node:fs');
const files = [];
let buffer = Buffer.alloc(0);
process.stdin.on('data', (chunk) => {
  buffer = Buffer.concat([buffer, chunk]);
  for (;;) {
    const line = buffer.indexOf(10);
    if (line < 0) return;
    const size = Number(buffer.subarray(0, line));
    if (buffer.length < line + 1 + size) return;
    answer(buffer.subarray(line + 1, line + 1 + size).toString());
    buffer = buffer.subarray(line + 1 + size);
  }
});
function answer(dump) {
  if (dump.startsWith('bad')) throw new TypeError('no such field');
  if (dump.startsWith('doubtful') && process.argv[2] === 'leaky') files.push(fs.openSync('/dev/null'));
  console.log(JSON.stringify({ outcome: 'accept', facts: { pid: process.pid, bytes: dump.length } }));
}`;
  const worker = `${process.execPath} ${program('worker.js', body)}`;
  const options = ['--delivery', 'worker', '--jobs', '1'];
  const names = ['big-endian', 'bad', 'good', 'doubtful', 'big-endian'];
  const tight = await feedRun(names, worker, options);
  expect(tight.report.findings).toMatchObject([
    {
      class: 'crash',
      message: 'TypeError: no such field',
      frames: ['answer', 'Socket.<anonymous>'],
    },
  ]);
  expect(tight.report.targets[0]!.classes).toMatchObject({ accept: 4, crash: 1 });
  const leaky = await feedRun(['good', 'doubtful'], `${worker} leaky`, options);
  expect(leaky.report.findings).toMatchObject([
    { class: 'leak', message: 'keeps open files of each dump: 5 in 5 runs' },
  ]);
});

test('on a terminal it says how far it is, how fast, and what it has found', async () => {
  let now = 0;
  const argv = [
    'feed',
    'run',
    '-t',
    reader('progress', 'exit 0'),
    '-o',
    scratch.path('progress-out'),
  ];
  const options = ['--cases', casesFolder(['good', 'bad']), '--shrink-runs', '0', '-j', '1'];
  const { stderr } = await goheapsim([...argv, ...options], {
    stderrIsTTY: true,
    now: () => {
      now += 500;
      return now;
    },
  });
  expect(stderr).toMatch(/2 of 2 dumps, [\d.]+\/s, 1 finding, 0 s left, \d+ s/);
  expect(stderr.endsWith('\r\x1b[K')).toBe(true);
});
