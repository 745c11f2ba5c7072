/** Lessons: each has a story whose numbers are its run's, fits 80 columns, and shows what its "try" promises. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { count } from '../../scenarios/format.ts';
import {
  globals,
  int,
  ptr,
  type RunOptions,
  runScenario,
  scenario,
} from '../../scenarios/index.ts';

import type { Figures } from '../../scenarios/lessons/lesson.ts';
import { type ToldStory, tellStory } from '../../scenarios/lessons/story.ts';
import { figuresOf, fill } from '../../scenarios/lessons/template.ts';
import { findScenario, lessonNames } from '../../scenarios/scenario-files.ts';
import { goheapsim } from './command-line.ts';
import { lessonScenario } from './run-lesson.ts';

function expectColumns(text: string): void {
  for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
}

async function clean(...argv: string[]): Promise<string> {
  const { code, stdout, stderr } = await goheapsim(argv);
  expect({ argv, code, stderr }).toEqual({ argv, code: 0, stderr: '' });
  return stdout;
}

describe.each(lessonNames())('%s', async (name) => {
  const lesson = await lessonScenario(name);
  const number = String(Number(name.slice(-2)));
  let told: ToldStory | undefined;
  const tell = async (): Promise<ToldStory> => {
    told ??= JSON.parse(await clean('lesson', number, '--json')) as ToldStory;
    return told;
  };

  test('is told, the same as text and as data, in 80 columns', async () => {
    const story = await tell();
    const { points } = story;
    expect(points.map(({ at }) => at)).toHaveLength(lesson.lesson.story.length);
    expect(points.filter(({ ask }) => ask !== undefined).length).toBeGreaterThan(0);
    const text = await clean('lesson', number);
    expectColumns(text);
    const words = text.replace(/\s+/g, ' ');
    for (const point of points) {
      for (const part of [point.text, point.ask?.question, point.ask?.answer, point.look]) {
        if (part !== undefined) expect(words).toContain(part.replace(/\s+/g, ' '));
      }
      expect(point.text).not.toMatch(/[{}]|NaN|undefined/);
    }
    expect(words).toContain(story.try.see);
  });

  test('shows what its "try" promises, by one parameter', async () => {
    const story = await tell();
    const was = Object.assign({}, ...story.points.map(({ figures }) => figures)) as Figures;
    expect(lesson.lesson.try.shows(story.try.figures, was)).toBe(true);
    expect(lesson.lesson.try.shows(was, was)).toBe(false);
    const [, ...argv] = story.try.command.split(' ');
    const text = await clean(...argv);
    expectColumns(text);
    expect(text.replace(/\s+/g, ' ')).toContain(story.try.see);
  });

  test('what it says to look at is there', async () => {
    for (const { look } of (await tell()).points) {
      if (look === undefined) continue;
      const [command, ...argv] = look.split(' ');
      expect(command).toBe('goheapsim');
      expectColumns(await clean(...argv));
    }
  });

  test('states as numbers only what the run gives, and constants of Go', () => {
    const source = readFileSync(new URL(findScenario(name).url), 'utf8');
    const texts = lesson.lesson.story.flatMap(({ text, ask }) => [
      text,
      ask?.question,
      ask?.answer,
    ]);
    for (const text of [...texts, lesson.lesson.try.see]) {
      if (text === undefined) continue;
      const stated = text.replace(/\{[^}]+\}|golang\/go#\d+/g, '').match(/\d[\d,.]*\d|\d/g) ?? [];
      for (const n of stated) expect(constants, `${n} in "${text}"`).toContain(n);
      for (const figure of figuresOf(text))
        expect(source).toContain(figure.name.replace('was.', ''));
    }
  });
});

/** Numbers of Go itself that texts may name: words of 64 bits, pages of 8 KiB, tiny blocks of 16 B, shares. */
const constants = [
  '0',
  '1',
  '1.22',
  '1.26',
  '4',
  '8',
  '10',
  '15',
  '16',
  '32',
  '64',
  '100',
  '128',
  '512',
  '1 MiB',
  '4 MiB',
];

describe('the course', () => {
  test('the lesson on finalizers names the issue in which tiny objects were found to lose theirs', async () => {
    const { stdout } = await goheapsim(['lesson', '15']);
    expect(stdout.replace(/\s+/g, ' ')).toContain('reported as golang/go#46827, and');
  });

  test('has 16 lessons, each with its place', async () => {
    const lessons = await Promise.all(lessonNames().map(lessonScenario));
    const order = lessons.map(({ lesson }) => lesson.order).sort((a, b) => a - b);
    expect(order).toEqual(Array.from({ length: 16 }, (_, i) => i + 1));
    for (const { question } of lessons) expect(question).toMatch(/^[A-Z][^?]*\?$/);
  });

  test('is listed in its order, as text and as data', async () => {
    const text = await clean('lesson');
    expectColumns(text);
    const listed = JSON.parse(await clean('lesson', '--json')) as Record<string, unknown>[];
    expect(listed.map(({ order }) => order)).toEqual(listed.map((_, i) => i + 1));
    let at = 0;
    for (const { question } of listed) {
      expect(text.indexOf(question as string), question as string).toBeGreaterThan(at);
      at = text.indexOf(question as string);
    }
  });
});

const places = new Set([
  ...['3 hole', '3 slot', '3 freeindexAfter', '4 keep', '10 keep', '13 growStep'],
]);

describe('goheapsim lesson', () => {
  const terminal = { stdinIsTTY: true, stdoutIsTTY: true, env: { NO_COLOR: '1' } };

  test('waits at each question on a terminal, judges the guess, and tells the same', async () => {
    const piped = await goheapsim(['lesson', '1']);
    const paused = await goheapsim(['lesson', '1'], { ...terminal, stdin: ['48', '5', ''] });
    const verdict = /^ {3}(Right|Not so|Compare)\S*\n/gm;
    expect(paused.stdout.match(verdict)).toEqual(['   Right.\n', '   Not so.\n']);
    expect(paused.stdout.replace(verdict, '')).toBe(piped.stdout);
    expect(paused.stderr.match(/Your guess/g)).toHaveLength(2);
  });

  test('does not wait with --no-pause, nor where standard input is none', async () => {
    for (const argv of [['lesson', '1', '--no-pause']]) {
      expect((await goheapsim(argv, terminal)).stderr).toBe('');
    }
    expect((await goheapsim(['lesson', '1'], { ...terminal, stdinIsTTY: false })).stderr).toBe('');
  });

  test.each(lessonNames())(
    '%s: a change tells the parameter with its range, and figures with their units',
    async (name) => {
      const { lesson, params } = await lessonScenario(name);
      const number = String(Number(name.slice(-2)));
      const { param } = lesson.try;
      const changed = params[param.split('=')[0]!]!;
      const text = await clean('lesson', number, '-p', param);
      expectColumns(text);
      const range =
        changed.type === 'int'
          ? `(whole number, ${count(changed.min)} to ${count(changed.max)})`
          : '(true or false)';
      const words = text.replace(/\s+/g, ' ');
      expect(words).toContain(`${changed.help} ${range}`);
      expect((await clean('lesson', number)).replace(/\s+/g, ' ')).toContain(
        `${changed.help} ${range}`,
      );
      const rows = text.split('\n').filter((line) => /^ {2}\w+ {2}/.test(line));
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) {
        const [, figure] = /^ {2}(\w+)/.exec(row)!;
        // Places in a row, how many of which one is kept, and a capacity are numbers of nothing.
        if (places.has(`${number} ${figure}`)) expect(row).toMatch(/ [\d,]+$/);
        else expect(row).toMatch(/ ([\d,]+ ([a-z]+|B)|[\d.,]+ %|0x[\da-f]+|[\w ]+ \([01]\))$/);
      }
    },
  );

  test('a lesson has each figure in the unit that its texts give it', async () => {
    const { was, now, units } = JSON.parse(await clean('lesson', '1', '-p', 'size=32', '--json'));
    expect([was.slot, now.slot]).toEqual([48, 32]);
    expect(units).toMatchObject({ slot: 'B', slots: 'slots', waste: 'share', made: 'address' });
  });

  test.each(['3', '03', 'lesson-03'])('takes %s for lesson 3', async (given) => {
    expect(await clean('lesson', given)).toContain('Lesson 3:');
  });

  test.each([
    [['lesson', '17'], /no lesson 17: there are 1 to 16/],
    [['lesson', 'one'], /no lesson one/],
    [['lesson', '1', '-p', 'size=1'], /size: want a whole number from 17/],
    [['lesson', '1', '-p', 'n=1'], /size/],
    [['lesson', '-p', 'n=1'], /of which lesson/],
  ])('%j is refused', async (argv, message) => {
    const { code, stdout, stderr } = await goheapsim(argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});

describe('a mark', () => {
  const vars = globals({ p: ptr(int) });
  const program = (marks: boolean) =>
    scenario({
      question: 'Does a mark leave a trace?',
      globals: vars,
      *main(go) {
        for (let i = 0; i < 100; i++) {
          if (marks) go.mark('again', { i });
          go.globals(vars).p = go.new(int, i);
          if (marks) go.mark('made', { i });
        }
        yield* go.runtime.GC();
        if (marks) go.mark('collected');
        go.writeHeapDump();
      },
    });
  const dumpOf = (marks: boolean, options: Partial<RunOptions> = {}): Buffer => {
    const parts: Uint8Array[] = [];
    const openDump = () => ({ write: (bytes: Uint8Array) => void parts.push(bytes.slice()) });
    runScenario(program(marks), { ...options, openDump });
    return Buffer.concat(parts);
  };

  test.each(['amd64', '386', 's390x'] as const)(
    'leaves every byte of the dump alone on %s',
    (goarch) => {
      expect(dumpOf(true, { goarch }).equals(dumpOf(false, { goarch }))).toBe(true);
    },
  );

  test('is told to who listens', () => {
    const heard: unknown[] = [];
    dumpOf(true, { trace: ({ op, mark, i }) => op === 'mark' && heard.push([mark, i]) });
    expect(heard).toHaveLength(201);
    expect(heard[3]).toEqual(['made', 1]);
    expect(heard.at(-1)).toEqual(['collected', undefined]);
  });
});

describe('templates', () => {
  const figures = {
    n: 1234,
    one: 1,
    zero: 0,
    p: 0xc000012000,
    half: 0.5,
    two: 2 ** 21,
    big: 8_358_504,
  };

  test.each([
    ['{n} of {one:#page}', '1,234 of 1 page'],
    ['{n:#page} at {p:hex}', '1,234 pages at 0xc000012000'],
    ['{n:KiB} {half:%} {n:MiB} {two:MiB}', '1.21 KiB 50.0 % 0.00 MiB 2 MiB'],
    ['{big:KiB} {big:MiB}', '8,162.60 KiB 7.97 MiB'],
    ['{one:yes|no} {zero:yes|no}', 'yes no'],
  ])('%s', (template, text) => {
    expect(fill(template, figures)).toBe(text);
  });

  test.each(['{m}', '{n:furlongs}'])('%s is an error', (template) => {
    expect(() => fill(template, figures)).toThrow(template);
  });

  test('a point that the run does not come to is an error', async () => {
    const lesson = await lessonScenario('lesson-01');
    const story = [{ at: 'nowhere', text: '' }];
    const broken = { ...lesson, lesson: { ...lesson.lesson, story } };
    expect(() => tellStory('lesson-01', broken)).toThrow('nowhere');
  });
});
