/** The parts of the driver that need no process. */

import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { parseExactJson } from '../../../../scenarios/feed/driver/answer.ts';
import { compareFacts } from '../../../../scenarios/feed/driver/compare-facts.ts';
import { Findings, type Unit } from '../../../../scenarios/feed/driver/findings.ts';
import { Journal, journalVersion, readJournal } from '../../../../scenarios/feed/driver/journal.ts';
import { judge } from '../../../../scenarios/feed/driver/judge.ts';
import { languages } from '../../../../scenarios/feed/driver/languages.ts';
import { normalizedMessage, signatureOf } from '../../../../scenarios/feed/driver/signature.ts';
import { parseTargets, splitWords } from '../../../../scenarios/feed/driver/target.ts';
import { scratch } from './fake-readers.ts';

afterAll(() => scratch.remove());

describe('the command of a target', () => {
  test.each([
    ['./reader {}', ['./reader', '{}']],
    ['  a   b ', ['a', 'b']],
    [`sh -c 'cat "$1" | x' sh {}`, ['sh', '-c', 'cat "$1" | x', 'sh', '{}']],
    ['a "b \\" c" d\\ e', ['a', 'b " c', 'd e']],
    ["a''b ''", ['ab', '']],
    [`a '|' "x; y" \\> --a=b&c -x<y`, ['a', '|', 'x; y', '>', '--a=b&c', '-x<y']],
  ])('%s', (text, words) => {
    expect(splitWords(text)).toEqual(words);
  });

  test('has whole paths of the files that it names', () => {
    const here = process.cwd();
    const [target] = parseTargets(['sh package.json ./test test no-such {}'], {});
    const words = [`${here}/package.json`, `${here}/test`, 'test', 'no-such', '{}'];
    expect(target?.argv.slice(1)).toEqual(words);
  });

  test('has options of its own in place of those of all', () => {
    const targets = parseTargets(['a=sh {}', 'b=sh', 'c=sh {}'], {
      allow: ['wide-bool', 'a:none', 'b:order,inconsistent'],
      lacks: ['c:32-bit', 'c:defer'],
      delivery: ['b:slow'],
      preset: ['go', 'c:node'],
      rejectCode: ['c:3,4'],
      rejectPattern: ['Error: bad', 'b:x:y'],
    });
    const shown = targets.map(({ language: _, argv, allow, lacks, rejectPattern, ...rest }) => ({
      ...rest,
      allow: [...allow!],
      lacks: [...lacks],
      rejectPattern: rejectPattern?.source,
    }));
    expect(shown).toEqual([
      { name: 'a', delivery: 'file', allow: [], lacks: [], rejectPattern: 'Error: bad' },
      {
        ...{ name: 'b', delivery: 'slow', allow: ['order', 'inconsistent'], lacks: [] },
        rejectPattern: 'x:y',
      },
      {
        ...{ name: 'c', delivery: 'file', allow: ['wide-bool'], lacks: ['32-bit', 'defer'] },
        ...{ rejectCodes: [3, 4], rejectPattern: 'Error: bad' },
      },
    ]);
    const languagesOf = targets.map(({ language }) => language);
    expect(languagesOf).toEqual([languages.go, languages.go, languages.node]);
  });

  test('may have a name, and must have different ones', () => {
    const [a, b] = parseTargets(['sh -c true {}', 'two=sh -c true'], {});
    expect([a?.name, a?.delivery, b?.name, b?.delivery]).toEqual(['sh', 'file', 'two', 'stdin']);
    expect(() => parseTargets(['sh {}', 'sh -x {}'], {})).toThrow('two targets are called sh');
  });

  test.each([
    ['', {}, '--target is empty'],
    ['no-such-reader {}', {}, 'no such program on the PATH'],
    ['cat {} | sh', {}, "|: this is no shell: use sh -c '…'"],
    ['sh < {}', {}, '<: this is no shell'],
    ['sh {} >/dev/null', {}, '>/dev/null: this is no shell'],
    ['sh {} 2>&1', {}, '2>&1: this is no shell'],
    ['true && sh {}', {}, '&&: this is no shell'],
    ['true; sh {}', {}, 'true;: this is no shell'],
    ["sh 'x", {}, 'is not closed'],
    ['sh {}', { delivery: ['stdin'] }, 'has no {}'],
    ['sh', { delivery: ['file'] }, 'needs {}'],
    ['sh', { delivery: ['stdni'] }, 'Did you mean "stdin"'],
    ['sh', { preset: ['pyton'] }, 'Did you mean "python"'],
    ['sh', { rejectCode: ['0'] }, 'exit codes from 1 to 255'],
    ['sh', { rejectPattern: ['('] }, '--reject-pattern'],
    ['sh', { allow: ['wide-bol'] }, '--allow: there is no "wide-bol". Did you mean "wide-bool"'],
    ['sh', { lacks: ['big-endian,32bit'] }, '--lacks: there is no "32bit". Did you mean "32-bit"'],
    ['one=sh', { lacks: ['on:32-bit'] }, 'there is no target "on". Did you mean "one"'],
    ['one=sh', { preset: ['two:go'] }, 'there is no target "two". Targets: one'],
    ['sh', { preset: ['go', 'node'] }, '--preset is given 2 times for sh'],
  ])('%s with %o is refused', (text, options, message) => {
    expect(() => parseTargets([text], options)).toThrow(message);
  });
});

describe('what a message has in common with others', () => {
  test.each([
    ['panic: index out of range [7] with length 4', 'panic: index out of range [N] with length N'],
    ['cannot read /tmp/goheapsim-feed-x/job0/case.dump: bad', 'cannot read PATH: bad'],
    ['object "main.T\\"" at 0xc000012000', 'object "…" at N'],
    ['2026/11/23 18:19:55 bad tag 99', 'bad tag N'],
    ['want -3, got 1e9', 'want N, got N'],
  ])('%s', (message, normalized) => {
    expect(normalizedMessage(message)).toBe(normalized);
  });

  test('the fourth frame does not count, the third does', () => {
    const of = (...frames: string[]) => signatureOf('crash', 'panic', frames);
    expect(of('a', 'b', 'c', 'd')).toBe(of('a', 'b', 'c', 'e'));
    expect(of('a', 'b', 'c')).not.toBe(of('a', 'b', 'd'));
    expect(of('a')).toMatch(/^crash-[0-9a-f]{12}$/);
  });
});

test('refusals without a word are told apart by what was refused, others by their words', () => {
  const [target] = parseTargets(['sh {}'], {});
  const outcome = {
    class: 'reject',
    frames: [],
    ms: 1,
    rssBytes: 1,
    stdout: '',
    stderr: '',
  } as const;
  const signature = (message: string, op: string) => {
    const verdict = { expect: 'accept', flags: [], features: [] } as const;
    const expected = { verdict, operations: [op], facts: () => undefined, bytes: 1 };
    const said = { ...outcome, message, facts: undefined, unread: undefined };
    return judge(expected, said, target!).fault?.signature;
  };
  expect(signature('', 'N1')).not.toBe(signature('', 'N2'));
  expect(signature('no', 'N1')).toBe(signature('no', 'N2'));
});

describe('stacks', () => {
  test('of Go leave out the runtime, the library and other goroutines', () => {
    const { frames } = languages.go.crash(
      'panic: x\n\ngoroutine 1 [running]:\npanic({0x1, 0x2})\n\t/usr/local/go/src/runtime/panic.go:1 +0x1\n' +
        'io.ReadFull(...)\n\tio/io.go:3\ngithub.com/x/read.field.func2({0x1})\n\t/x/a.go:3 +0x1\nmain.main()\n\t/x/m.go:1 +0x1\n' +
        '\ngoroutine 5 [select]:\nmain.other()\n\t/x/m.go:9 +0x1\n',
    );
    expect(frames).toEqual(['github.com/x/read.field.func', 'main.main']);
  });

  test('of Python are innermost first, with the last error', () => {
    const { message, frames } = languages.any.crash(
      'Traceback (most recent call last):\n  File "/a.py", line 1, in main\nKeyError: 1\n\nDuring handling\n\n' +
        'Traceback (most recent call last):\n  File "/a.py", line 1, in main\n  File "/usr/lib/python3.11/json/x.py", line 9, in load\nValueError: 2\n',
    );
    expect([message, frames]).toEqual(['ValueError: 2', ['main', 'main']]);
  });
});

describe('facts', () => {
  const facts = {
    bytes: 826,
    records: { object: 2 },
    params: { pointerSize: 8, bigEndian: false },
    top: '18446744073709551615',
    objects: [
      { address: 4096, size: 16, pointers: [] },
      { address: 8192, size: 8 },
    ],
    long: { count: 200, sum: 19_900 },
    name: { hex: '61ff' },
  };

  test.each([
    ['nothing', {}, []],
    ['its own', { mine: 1, params: { mine: 2 } }, []],
    ['a part', { params: { pointerSize: 8 }, objects: [{ size: 16 }, {}] }, []],
    ['hexadecimal and decimal strings', { bytes: '0x33a', top: '0xffffffffffffffff' }, []],
    ['a number for a list', { objects: 2, long: 200 }, []],
    ['no record of a kind', { records: { goroutine: 0 } }, []],
    ['a record of a kind that is not there', { records: { goroutine: 1 } }, ['records.goroutine']],
    ['text that is no UTF-8', { name: 'a\ufffd' }, []],
    ['a long list, added up', { long: Array.from({ length: 200 }, (_, i) => i) }, []],
    ['a wrong number', { bytes: 825 }, ['bytes']],
    ['a wrong length', { objects: [{ size: 16 }] }, ['objects.length']],
    ['a wrong count', { objects: 3 }, ['objects.length']],
    ['deep inside', { objects: [{}, { size: 9 }] }, ['objects[1].size']],
    ['a type', { params: { bigEndian: 0 }, objects: null }, ['params.bigEndian', 'objects']],
    ['other text', { name: 'ab' }, ['name']],
  ])('%s', (_what, told, paths) => {
    expect(compareFacts(facts, told).map(({ path }) => path)).toEqual(paths);
  });

  test('numbers that a double cannot hold are not lost, and strings are left alone', () => {
    expect(
      parseExactJson(
        '{"a":18446744073709551615,"b":"9007199254740993","c":[9007199254740991,1.5]}',
      ),
    ).toEqual({
      a: '18446744073709551615',
      b: '9007199254740993',
      c: [9007199254740991, 1.5],
    });
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        if (!/\d{16}/.test(text)) expect(parseExactJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });
});

const fault = (signature: string) =>
  ({ class: 'crash', signature, message: signature, frames: [] }) as const;

const arbitraryUnit = fc.record({
  bytes: fc.integer({ min: 0, max: 5 }),
  faults: fc.array(fc.option(fc.constantFrom('crash-a', 'crash-b')), {
    minLength: 2,
    maxLength: 2,
  }),
});

test('findings do not depend on the order in which runs end', () => {
  fc.assert(
    fc.property(
      fc.array(arbitraryUnit, { maxLength: 12 }).chain((drawn) => {
        const units = drawn.map(({ bytes, faults }, index): Unit => {
          const results = faults.map((signature) =>
            signature === null
              ? ({ class: 'accept', ms: 1, rssBytes: 0 } as const)
              : ({ class: 'crash', ms: 1, rssBytes: 0, fault: fault(signature) } as const),
          );
          return { index, id: `case-${index}`, bytes, results };
        });
        return fc.tuple(
          fc.constant(units),
          fc.shuffledSubarray(units, { minLength: units.length }),
        );
      }),
      ([units, shuffled]) => {
        const gathered = (list: readonly Unit[]) => {
          const findings = new Findings(['a', 'b']);
          for (const unit of list) findings.add(unit);
          return { list: findings.list(), totals: findings.totals(), ...findings.units() };
        };
        expect(gathered(shuffled)).toEqual(gathered(units));
      },
    ),
  );
});

describe('the journal', () => {
  const head = {
    format: 'goheapsim feed run',
    version: journalVersion,
    source: 's',
    count: 3,
    targets: ['t'],
    options: {},
  } as const;
  const unit = (index: number): Unit => ({ index, id: `u${index}`, bytes: 1, results: [] });

  test('forgets a line that was cut, and goes on behind the whole ones', () => {
    const path = scratch.path('journal.jsonl');
    const journal = Journal.create(path, head);
    journal.add(unit(0));
    journal.add(unit(1));
    journal.close();
    writeFileSync(path, readFileSync(path).subarray(0, -5));
    const read = readJournal(path);
    expect(read.units).toEqual([unit(0)]);
    const again = Journal.reopen(path, read.bytes);
    again.add(unit(2));
    again.close();
    expect(readJournal(path)).toMatchObject({ head, units: [unit(0), unit(2)] });
  });

  test.each([
    ['{"format":"other"}\n', 'it is no journal'],
    ['{"format":"goheapsim feed run","version":1}\n', 'another version'],
    ['{"format":"goheapsim feed run","version":1}\nx\n{}\n', ':2: the journal is damaged'],
    ['', 'it is no journal'],
  ])('%j is refused', (text, message) => {
    const path = scratch.path('damaged.jsonl');
    writeFileSync(path, text);
    expect(() => readJournal(path)).toThrow(message);
  });
});
