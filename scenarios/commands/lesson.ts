/** `lesson`: the course, and the story of one lesson. */
import { defineCommand } from '../command.ts';
import { counted, toJson, wrap } from '../format.ts';
import type { Io } from '../io.ts';
import { judgeGuess, verdictWords } from '../lessons/guess.ts';
import type { LessonScenario } from '../lessons/lesson.ts';
import { figuresOfRun, seeOf, type ToldStory, tellStory, triedParams } from '../lessons/story.ts';
import { unitsOf } from '../lessons/units.ts';
import { loadScenario } from '../load-scenario.ts';
import { allParamLines } from '../param-lines.ts';
import { parseParams } from '../param-texts.ts';
import { runFailure } from '../perform-run.ts';
import { findScenario, lessonNames } from '../scenario-files.ts';
import { scenarioOptions } from '../target-options.ts';
import {
  answerLines,
  type CourseEntry,
  changeLines,
  courseLines,
  headLines,
  questionLines,
  tryLines,
} from '../terminal/lesson.ts';
import { drawOptions, Sheet } from '../terminal/sheet.ts';
import { exitCode, UsageError } from '../usage-error.ts';

export const lessonCommand = defineCommand({
  examples: [
    ['goheapsim lesson', 'all lessons in the order of the course'],
    ['goheapsim lesson 1', 'the first one'],
    ['goheapsim lesson 1 -p size=32', 'what a change of a parameter makes of its figures'],
    ['goheapsim lesson 1 --json', 'its story as data'],
  ],
  notes: [
    'Every number in a story is taken from the run. On a terminal the story waits at each question ' +
      'for your guess; Enter shows the answer.',
    'A lesson is a scenario too: run, explain, step, memstats and the other commands take its ' +
      'name, lesson-01.',
  ],
  build: (parser) =>
    parser
      .positional('number', { type: 'string', describe: 'Number of the lesson' })
      .options({ param: scenarioOptions.param })
      .option('no-pause', { type: 'boolean', describe: 'Do not wait at questions' })
      .options(drawOptions),
  async run(args, io) {
    const sheet = new Sheet(io, args);
    const course = await loadCourse();
    if (args.number === undefined) {
      if (args.param !== undefined) throw new UsageError('lesson: --param of which lesson?');
      if (args.json)
        sheet.json(
          toJson(
            course.map(({ scenario: _, ...entry }) => entry),
            2,
          ),
        );
      else {
        sheet.lines([`${counted(course.length, 'lesson')}, in the order of the course`, '']);
        sheet.lines([...courseLines(course), '', 'One of them:  goheapsim lesson NUMBER']);
      }
    } else {
      const at = course.findIndex(({ number }) => number === numberOf(args.number!));
      const lesson = course[at] ?? unknown(args.number, course);
      const { name, scenario } = lesson;
      if (args.param !== undefined) {
        tellChange({ lesson, given: args.param, json: args.json === true }, sheet);
      } else {
        const story = running(lesson, () => tellStory(name, scenario));
        if (args.json) sheet.json(toJson(story, 2));
        else {
          const pauses = io.stdin.isTTY && io.stdout.isTTY && args.noPause !== true;
          await tell(
            { lesson, story, next: course[at + 1]?.number },
            sheet,
            pauses ? io : undefined,
          );
        }
      }
    }
    sheet.flush();
    return exitCode.done;
  },
});

type Loaded = CourseEntry & { readonly scenario: LessonScenario };

async function loadCourse(): Promise<Loaded[]> {
  const course: Loaded[] = [];
  for (const name of lessonNames()) {
    const scenario = (await loadScenario(findScenario(name).url, name)) as LessonScenario;
    const { title, order } = scenario.lesson;
    const number = Number(name.slice('lesson-'.length));
    course.push({ number, name, title, order, question: scenario.question, scenario });
  }
  return course.sort((a, b) => a.order - b.order);
}

/** `3`, `03` or `lesson-03`; NaN for anything else. */
function numberOf(given: string): number {
  return Number(/^(?:lesson-)?(\d+)$/.exec(given)?.[1]);
}

function unknown(given: string, course: readonly Loaded[]): never {
  throw new UsageError(`lesson: no lesson ${given}: there are 1 to ${course.length}`);
}

/** Tells a story; where `io` is given, waits at each question until a line comes in. */
async function tell(
  { lesson, story, next }: { lesson: Loaded; story: ToldStory; next: number | undefined },
  sheet: Sheet,
  io: Io | undefined,
): Promise<void> {
  const lines = io?.stdin.lines()[Symbol.asyncIterator]();
  const number = Number(story.name.slice('lesson-'.length));
  sheet.line(sheet.bold(`Lesson ${number}: ${story.title}`));
  sheet.lines(headLines(story));
  for (const [i, point] of story.points.entries()) {
    sheet.line();
    sheet.line(sheet.bold(`${i + 1}. ${point.what}`));
    const question = questionLines(point);
    sheet.lines(question);
    if (io !== undefined && question.length > 0) {
      sheet.flush();
      io.stderr.write('   Your guess: ');
      const guess = String((await lines?.next())?.value ?? '').trim();
      if (guess !== '') sheet.line(`   ${verdictWords[judgeGuess(guess, point.ask!.answer)]}`);
    }
    sheet.lines(answerLines(point));
  }
  sheet.line();
  sheet.lines(tryLines(story, lesson.scenario.params, next));
  await lines?.return?.();
}

/** Does what runs a lesson. @throws {UsageError} where the run fails */
function running<T>({ name }: Loaded, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw runFailure(error, { shown: name, scenarioUrl: findScenario(name).url });
  }
}

interface Change {
  readonly lesson: Loaded;
  readonly given: readonly string[];
  readonly json: boolean;
}

/** What changed parameters make of the figures. */
function tellChange({ lesson, given, json }: Change, sheet: Sheet): void {
  const { name, scenario } = lesson;
  const params = parseParams(name, scenario.params, given);
  const was = running(lesson, () => figuresOfRun(scenario));
  const now = running(lesson, () => figuresOfRun(scenario, { params }));
  const units = unitsOf(scenario.lesson);
  if (json) {
    sheet.json(toJson({ name, params, was, now, units: Object.fromEntries(units) }, 2));
    return;
  }
  sheet.line(sheet.bold(`${name} with ${given.join(' ')}`));
  const changed = Object.entries(scenario.params).filter(([param]) => Object.hasOwn(params, param));
  sheet.lines([...allParamLines(Object.fromEntries(changed)), '']);
  sheet.lines(changeLines(was, now, units));
  const isTried = JSON.stringify(params) === JSON.stringify(triedParams(scenario));
  if (isTried) sheet.lines(['', ...wrap(seeOf(scenario, now, was))]);
}
