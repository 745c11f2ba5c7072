/** Each class of outcome, shown by a reader that does just that. */
import { writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { suiteBase } from '../../../../scenarios/feed/cases.ts';
import { goheapsim } from '../../command-line.ts';
import { feedRun, isAlive, pidsIn, program, reader, scratch } from './fake-readers.ts';

afterAll(() => scratch.remove());

const goPanic = `panic: runtime error: index out of range [7] with length 4

goroutine 1 [running]:
runtime.gopanic(0x1)
	/usr/local/go/src/runtime/panic.go:770 +0x132
example.com/reader.(*Dump).object(0xc000012000, {0xc0000140a8, 0x8})
	/home/me/reader/object.go:41 +0x1d
encoding/binary.Read({0x4b2f28, 0xc000012000})
	/usr/local/go/src/encoding/binary/binary.go:244 +0x8f
main.main()
	/home/me/reader/main.go:12 +0x85
exit status 2`;

function saying(name: string, text: string, code: number): string {
  const file = scratch.path(`${name}.txt`);
  writeFileSync(file, text);
  return reader(name, `[ "$word" = good ] && { cat ${file} >&2; exit ${code}; }`);
}

describe('a reader that is right', () => {
  const right = reader('right', 'echo \'{"bytes":10,"top":18446744073709551615,"own":1}\'');

  test('gives no finding', async () => {
    const { code, report, stderr } = await feedRun(['good', 'bad', 'doubtful'], right);
    expect(report.findings).toEqual([]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(report.targets[0]!.classes).toMatchObject({ accept: 2, reject: 1 });
  });
});

describe('how a process ends', () => {
  const endings: readonly (readonly [string, string, string, RegExp, readonly string[]])[] = [
    [
      'go',
      saying('go', goPanic, 2),
      'crash',
      /^panic: .*index out of range/,
      ['example.com/reader.(*Dump).object', 'main.main'],
    ],
    [
      'go-oom',
      saying(
        'go-oom',
        'fatal error: runtime: out of memory\n\ngoroutine 1 [running]:\nmain.f(...)\n\t/x/f.go:1\n',
        2,
      ),
      'oom',
      /out of memory/,
      ['main.f'],
    ],
    [
      'python',
      saying(
        'python',
        'Traceback (most recent call last):\n  File "/x/a.py", line 3, in main\n  File "/x/a.py", line 9, in fields\nIndexError: list index out of range\n',
        1,
      ),
      'crash',
      /^IndexError/,
      ['fields', 'main'],
    ],
    [
      'jvm',
      saying(
        'jvm',
        'Exception in thread "main" java.lang.ArrayIndexOutOfBoundsException: Index 9\n\tat java.base/java.util.List.get(List.java:1)\n\tat dump.Reader.object(Reader.java:7)\n',
        1,
      ),
      'crash',
      /ArrayIndexOutOfBounds/,
      ['dump.Reader.object'],
    ],
    [
      'asan',
      saying(
        'asan',
        '==1==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x602 at pc 0x4\n    #0 0x4f in __asan_memcpy x.cpp\n    #1 0x5a in read_object /x/dump.c:9:3\n',
        1,
      ),
      'crash',
      /heap-buffer-overflow/,
      ['read_object'],
    ],
    [
      'rust',
      saying(
        'rust',
        "thread 'main' panicked at src/dump.rs:9:5:\nindex out of bounds: the len is 4 but the index is 7\n",
        101,
      ),
      'crash',
      /^index out of bounds/,
      ['src/dump.rs'],
    ],
    ['signal', reader('signal', '[ "$word" = good ] && kill -SEGV $$'), 'crash', /SIGSEGV/, []],
    ['killed', reader('killed', '[ "$word" = good ] && kill -KILL $$'), 'oom', /SIGKILL/, []],
    [
      'refuses',
      reader(
        'refuses',
        '[ "$word" = good ] && { echo "string longer than 65536: 65537" >&2; exit 1; }',
      ),
      'reject',
      /^string longer/,
      [],
    ],
    ['takes-all', reader('takes-all', 'exit 0'), 'accept', /truncation, W1/, []],
    [
      'wrong-facts',
      reader(
        'wrong-facts',
        'echo some words; echo \'{"objects":[{"address":"0x1000","size":8}]}\'',
      ),
      'wrong-facts',
      /^objects\[0\]\.size is 16, not 8/,
      [],
    ],
    [
      'big',
      reader('big', 'echo \'{"top":18446744073709551614}\''),
      'wrong-facts',
      /^top is "18446744073709551615", not "18446744073709551614"/,
      [],
    ],
    [
      'tells-partial',
      reader('tells-partial', 'echo \'{"bytes":6}\''),
      'partial',
      /4 bytes unread/,
      [],
    ],
  ];

  test.each(endings)('%s', async (_name, target, kind, message, frames) => {
    const { code, report } = await feedRun(['good', 'bad'], target);
    expect(report.findings).toHaveLength(1);
    expect(report.findings[0]).toMatchObject({ class: kind, frames });
    expect(report.findings[0]!.message).toMatch(message);
    expect(code).toBe(1);
  });

  test('an uncaught error of Node is a crash, one that is caught a refusal', async () => {
    const body = `
      const fs = require('node:fs');
      function field(bytes) { return bytes[99].x; }
      const bytes = fs.readFileSync(process.argv[2]);
      if (bytes.toString().startsWith('bad')) { console.error('bad'); process.exit(1); }
      field(bytes);`;
    const { report } = await feedRun(
      ['good', 'bad'],
      `${process.execPath} ${program('node.js', body)} {}`,
    );
    expect(report.findings).toMatchObject([{ class: 'crash' }]);
    expect(report.findings[0]!.message).toMatch(/^TypeError: Cannot read properties of undefined/);
    expect(report.findings[0]!.frames[0]).toBe('field');
  });

  test('with --reject-code any other code is a crash, with --reject-pattern those words are none', async () => {
    const seven = reader('seven', '[ "$word" = bad ] && exit 7');
    expect((await feedRun(['bad'], seven)).report.findings).toEqual([]);
    const { report } = await feedRun(['bad'], seven, ['--reject-code', '1,3']);
    expect(report.findings).toMatchObject([{ class: 'crash', message: 'exit code 7: ' }]);
    const raises = reader(
      'raises',
      '[ "$word" = bad ] && { printf "Traceback (most recent call last):\\nDumpError: cut\\n" >&2; exit 1; }',
    );
    expect((await feedRun(['bad'], raises)).report.findings).toMatchObject([{ class: 'crash' }]);
    expect(
      (await feedRun(['bad'], raises, ['--reject-pattern', '^DumpError'])).report.findings,
    ).toEqual([]);
  });
});

describe('limits', () => {
  test('one that sleeps hangs, and is ended', async () => {
    const pids = scratch.path('sleeper.pid');
    const target = reader('sleeper', `[ "$word" = good ] && { echo $$ > ${pids}; sleep 60; }`);
    const { report } = await feedRun(['good'], target, ['--timeout', '0.3', '--confirm', '0']);
    expect(report.findings).toMatchObject([{ class: 'hang' }]);
    expect(pidsIn(pids).filter(isAlive)).toEqual([]);
  });

  test('one that tells its stacks when it is asked to is known by them', async () => {
    const body = `trap 'printf "SIGQUIT: quit\\n\\ngoroutine 1 [running]:\\nmain.loop(...)\\n\\t/x/l.go:1\\n" >&2; exit 2' QUIT
      while :; do sleep 0.02; done`;
    const { report } = await feedRun(['good'], reader('loop', body), [
      '--timeout',
      '0.3',
      '--preset',
      'go',
      '--confirm',
      '0',
    ]);
    expect(report.findings).toMatchObject([{ class: 'hang', frames: ['main.loop'] }]);
  });

  test('one that eats memory is ended before its time', async () => {
    const body = 'const all = []; setInterval(() => all.push(Buffer.alloc(16 << 20, 1)), 1);';
    const target = `${process.execPath} ${program('eater.js', body)} {}`;
    const { report } = await feedRun(['good'], target, [
      '--memory',
      '250',
      '--timeout',
      '60',
      '--confirm',
      '0',
    ]);
    expect(report.findings).toMatchObject([
      { class: 'oom', message: 'more memory than it may use' },
    ]);
  });

  test('the memory of its children counts', async () => {
    const eater = program(
      'child-eater.js',
      'const all = []; setInterval(() => all.push(Buffer.alloc(16 << 20, 1)), 1);',
    );
    const target = reader('parent', `${process.execPath} ${eater}; exit 0`);
    const { report } = await feedRun(['good'], target, [
      '--memory',
      '250',
      '--timeout',
      '60',
      '--confirm',
      '0',
    ]);
    expect(report.findings).toMatchObject([{ class: 'oom' }]);
  });
});

describe('what is left behind', () => {
  test.each([
    ['a child', 'sleep 60 &'],
    ['a child of a child', '(sleep 60 & echo $! >> PIDS) &'],
    ['one that leaves the group', 'setsid sleep 60 &'],
  ])('%s is a leak, and is ended', async (name, line) => {
    const pids = scratch.path(`${name.replaceAll(' ', '-')}.pids`);
    const target = reader(
      name.replaceAll(' ', '-'),
      `${line.replace('PIDS', pids)}\necho $! >> ${pids}`,
    );
    const { report } = await feedRun(['good'], target);
    expect(report.findings).toMatchObject([{ class: 'leak', message: 'processes left behind' }]);
    expect(pidsIn(pids)).not.toEqual([]);
    expect(pidsIn(pids).filter(isAlive)).toEqual([]);
  });

  test('files in its folder are gone before the next dump', async () => {
    const target = reader(
      'writes',
      '[ -e left ] && exit 9\ntouch left; mkdir deep; touch deep/left',
    );
    const { report } = await feedRun(['good', 'doubtful', 'big-endian'], target, ['--jobs', '1']);
    expect(report.targets[0]!.classes).toMatchObject({ accept: 3 });
  });
});

describe('deliveries', () => {
  const onStdin = (name: string, line: string): string => program(name, `${line}\nexit 0\n`);

  test('bytes after the EOF record may be left unread, but no others', async () => {
    const run = async (count: number) =>
      await goheapsim([
        ...['feed', 'run', '-t', `head -c ${count}`, '--only', 'minimal-le8.W4.0', '--json'],
        ...['--shrink-runs', '0', '-o', scratch.path(`trailing-${count}`)],
      ]);
    const whole = suiteBase('minimal-le8')!.base.bytes.length;
    expect(JSON.parse((await run(whole)).stdout).findings).toEqual([]);
    expect(JSON.parse((await run(whole - 2)).stdout).findings).toMatchObject([
      { class: 'partial', message: 'ended well with 2 bytes unread' },
    ]);
  });

  test.each(['stdin', 'slow'])('%s: what is not read is seen', async (delivery) => {
    const options = ['--delivery', delivery];
    const whole = await feedRun(['good'], onStdin(`whole-${delivery}`, 'cat >/dev/null'), options);
    expect(whole.report.findings).toEqual([]);
    const part = await feedRun(
      ['good'],
      onStdin(`part-${delivery}`, 'dd bs=1 count=4 2>/dev/null >&2'),
      options,
    );
    expect(part.report.findings).toMatchObject([
      { class: 'partial', message: 'ended well with 6 bytes unread' },
    ]);
    const none = await feedRun(['good'], onStdin(`none-${delivery}`, ':'), options);
    expect(none.report.findings).toMatchObject([
      { class: 'partial', message: 'ended well with 10 bytes unread' },
    ]);
  });

  test('slow: a reader that takes one read for all of it gets less', async () => {
    const body = `
      const bytes = Buffer.alloc(64);
      const got = require('node:fs').readSync(0, bytes, 0, 64);
      if (got < 10) { console.error('short: ' + got); process.exit(1); }`;
    const target = `${process.execPath} ${program('one-read.js', body)}`;
    expect((await feedRun(['good'], target)).report.findings).toEqual([]);
    expect((await feedRun(['good'], target, ['--delivery', 'slow'])).report.findings).toMatchObject(
      [{ class: 'reject' }],
    );
  });
});

describe('a reader that does not do the same every time', () => {
  test('is flaky', async () => {
    const mark = scratch.path('flaky.mark');
    const target = reader(
      'flaky',
      `[ -e ${mark} ] && { rm ${mark}; exit 0; }\ntouch ${mark}; exit 1`,
    );
    const { report } = await feedRun(['good'], target);
    expect(report.findings).toMatchObject([
      { class: 'flaky', message: 'ends differently from run to run: accept, reject' },
    ]);
  });

  test('--repeat finds one that is right at first', async () => {
    const mark = scratch.path('later.mark');
    const target = reader('later', `[ -e ${mark} ] && exit 1\ntouch ${mark}; exit 0`);
    expect((await feedRun(['good'], target, ['--repeat', '3'])).report.findings).toMatchObject([
      { class: 'flaky' },
    ]);
  });
});

describe('what a target may choose', () => {
  const takes = reader('takes', '');
  const refuses = reader(
    'refuses-doubtful',
    '[ "$word" = doubtful ] && exit 1; [ "$word" = big-endian ] && exit 1',
  );

  test('a doubtful dump is its own affair until it says what it allows', async () => {
    expect((await feedRun(['doubtful'], [`a=${takes}`, `b=${refuses}`])).report.findings).toEqual(
      [],
    );
    const strict = await feedRun(['doubtful'], [`a=${takes}`, `b=${refuses}`], ['--allow', 'none']);
    expect(strict.report.findings).toMatchObject([{ target: 'a', class: 'accept' }]);
    const lenient = await feedRun(
      ['doubtful'],
      [`a=${takes}`, `b=${refuses}`],
      ['--allow', 'non-minimal-varint'],
    );
    expect(lenient.report.findings).toMatchObject([{ target: 'b', class: 'reject' }]);
  });

  test('what it lacks it may refuse', async () => {
    expect((await feedRun(['big-endian'], refuses)).report.findings).toMatchObject([
      { class: 'reject' },
    ]);
    expect(
      (await feedRun(['big-endian'], refuses, ['--lacks', 'big-endian'])).report.findings,
    ).toEqual([]);
  });
});
