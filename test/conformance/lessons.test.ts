/**
 * What the lessons state, stated by real Go: for each lesson, as it is and as its "try" changes it, a
 * Go program does the same and prints the figures, by the same names.
 * Oracles: lessons/*.go, and the lessons' twins, built with go1.22.12 and run here.
 */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { runScenario } from '../../scenarios/index.ts';
import type { Figures, LessonScenario } from '../../scenarios/lessons/lesson.ts';
import { figuresOfRun, triedParams } from '../../scenarios/lessons/story.ts';
import { figuresOf } from '../../scenarios/lessons/template.ts';
import { lessonNames } from '../../scenarios/scenario-files.ts';
import { peekMemStats } from '../../sim/mstats.ts';
import { describeWithOracle } from '../oracle/describe-with-oracle.ts';
import { buildGo } from '../oracle/go-toolchain.ts';
import { runProgram } from '../oracle/run-program.ts';
import { undisturbed } from '../oracle/undisturbed.ts';
import { lessonScenario } from '../scenarios/run-lesson.ts';
import { checkTwinOf, expectAgreement } from './check-twin.ts';

const numberOf = (name: string): number => Number(name.slice(-2));

/** What every text of a lesson names: a figure as an address, or as anything else. */
function named({ lesson }: LessonScenario): { addresses: Set<string>; others: Set<string> } {
  const texts = lesson.story.flatMap(({ text, ask }) => [
    text,
    ask?.question ?? '',
    ask?.answer ?? '',
  ]);
  const all = [...texts, lesson.try.see].flatMap(figuresOf);
  const plain = all.map(({ name, format }) => ({ name: name.replace(/^was\./, ''), format }));
  const namesOf = (isAddress: boolean): Set<string> =>
    new Set(plain.filter(({ format }) => (format === 'hex') === isAddress).map(({ name }) => name));
  return { addresses: namesOf(true), others: namesOf(false) };
}

describeWithOracle('go1.22.12', 'the figures of a lesson', () => {
  let program = '';
  beforeAll(() => {
    const folder = new URL('./lessons/', import.meta.url).pathname;
    program = buildGo({ folder }, { module: 'lessons' });
  });

  function figuresOfGo(line: string, options: { takingTurns: boolean }): Figures {
    const input = `${line}\n`;
    const { status, stdout, stderr } = runProgram(program, { ...options, input, descriptors: 0 });
    expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: '' });
    const lines = stdout.toString().trimEnd().split('\n');
    return Object.fromEntries(lines.map((l) => l.split(' ')).map(([k, v]) => [k!, Number(v)]));
  }

  /** Real Go's figures agree, and there is one for each that a text states. */
  function expectFigures(scenario: LessonScenario, ours: Figures, line: string): void {
    const { tolerance = {} } = scenario.lesson;
    const { addresses, others } = named(scenario);
    undisturbed((options) => {
      const theirs = figuresOfGo(line, options);
      for (const name of others) expect(theirs, 'stated, but not judged').toHaveProperty(name);
      for (const [name, value] of Object.entries(theirs)) {
        const allowed = tolerance[name] ?? 1e-8;
        const off = Math.abs(value - ours[name]!);
        if (off > allowed * Math.max(1, Math.abs(value))) {
          throw new Error(`${line}: ${name} is ${ours[name]}, in real Go ${value}`);
        }
      }
      for (const name of addresses) expect(ours[name]).toBeGreaterThan(0xc000000000 - 1);
    }, 40);
  }

  test.each(lessonNames())(
    '%s: real Go gives the same, and with what is to be tried',
    async (name) => {
      const scenario = await lessonScenario(name);
      expectFigures(scenario, figuresOfRun(scenario), `${numberOf(name)}`);
      const changed = figuresOfRun(scenario, { params: triedParams(scenario) });
      expectFigures(scenario, changed, `${numberOf(name)} ${scenario.lesson.try.param}`);
    },
  );

  test('a million objects of 64 B, one in 126 kept: 0.6 MiB are alive, 64 MiB in use', async () => {
    const scenario = await lessonScenario('lesson-10');
    const ours: Record<string, number> = {};
    runScenario(scenario, {
      params: { objects: 2 ** 20 },
      openDump: () => ({ write: () => undefined }),
      trace: ({ op, mark }, world) => {
        if (op !== 'mark' || mark !== 'collected') return;
        const { HeapAlloc, HeapInuse } = peekMemStats(world);
        Object.assign(ours, { alloc: Number(HeapAlloc), inuse: Number(HeapInuse) });
      },
    });
    undisturbed((options) => {
      const { alloc, inuse } = figuresOfGo(`10 objects=${2 ** 20}`, options);
      expect({ alloc, inuse }).toEqual(ours);
    }, 40);
    expect(ours.alloc! / 2 ** 20).toBeCloseTo(0.6, 1);
    expect(ours.inuse! / 2 ** 20).toBeCloseTo(64.2, 0);
  });
});

/** Collections of it begin by themselves, when they will: no twin. */
const withoutTwin = ['lesson-12'];

describeWithOracle('go1.22.12', 'the twin of a lesson', () => {
  test.each(lessonNames().filter((name) => !withoutTwin.includes(name)))(
    '%s: every address is real',
    async (name) => {
      expectAgreement(checkTwinOf(name, await lessonScenario(name)));
    },
  );
});

describe('the programs of the lessons', () => {
  test('there is one for each', () => {
    const source = readFileSync(new URL('./lessons/main.go', import.meta.url), 'utf8');
    for (const name of lessonNames()) expect(source).toContain(`lesson${name.slice(-2)}`);
  });
});
