/** Tells a lesson: runs it, takes the figures at each point of its story, and fills the texts in. */
import { peekMemStats } from '../../sim/mstats.ts';
import { parseParam } from '../dsl/params.ts';
import { operationText } from '../terminal/operation.ts';
import { recordTimeline, type TimelineOptions } from '../timeline/record.ts';
import type { RecorderOptions, StepOver } from '../timeline/recorder.ts';
import type { Figures, LessonScenario, Point } from './lesson.ts';
import { fill } from './template.ts';

/** A point of the story with its figures, all texts filled in. */
export interface ToldPoint {
  /** The mark, or the operation and which of its sort. */
  readonly at: string;
  /** The step's operation as the Go that it stands for. */
  readonly what: string;
  /** The step of the operation, which of a mark is the last one before it that did something. */
  readonly step: number;
  /** The step of the point itself. */
  readonly after: number;
  readonly ask?: { readonly question: string; readonly answer: string };
  readonly text: string;
  /** A whole command line. */
  readonly look?: string;
  /** What is known at this point and was not before. */
  readonly figures: Figures;
}

export interface ToldStory {
  readonly name: string;
  readonly title: string;
  readonly order: number;
  readonly question: string;
  readonly points: readonly ToldPoint[];
  readonly try: {
    readonly param: string;
    /** The line that shows the changed run. */
    readonly command: string;
    readonly see: string;
    readonly figures: Figures;
  };
}

/** What decides a lesson's run. */
export type StoryOptions = Omit<TimelineOptions, keyof RecorderOptions>;

interface Visited {
  readonly point: Point;
  readonly what: string;
  readonly step: number;
  readonly after: number;
  readonly figures: Figures;
}

/** Operations that a mark is not put behind for their own sake. */
const between = new Set(['store', 'slicecopy', 'call', 'return', 'mark', 'switch']);

/** Takes the figures at the points of a lesson's story, while it runs. */
export class StoryListener {
  readonly #left: Point[];
  readonly #visited: Visited[] = [];
  readonly #seen = new Map<string, number>();
  #known: Figures = {};
  #last = 0;

  constructor({ lesson }: LessonScenario) {
    this.#left = [...lesson.story];
  }

  /** To be told of each step. */
  readonly onStep = (over: StepOver): void => {
    const { op, mark } = over.operation;
    const nth = (this.#seen.get(op) ?? 0) + 1;
    this.#seen.set(op, nth);
    if (!between.has(op)) this.#last = over.step;
    for (let point = this.#left[0]; point !== undefined; point = this.#left[0]) {
      const { at } = point;
      if (typeof at === 'string' ? at !== mark : at.op !== op || at.nth !== nth) return;
      const figures = figuresAt(point, over, this.#known);
      this.#known = { ...this.#known, ...figures };
      const what = operationText(over.timeline.step(this.#last).operation);
      this.#visited.push({ point, what, step: this.#last, after: over.step, figures });
      this.#left.shift();
    }
  };

  /** What was visited. @throws {Error} where the run did not come to a point */
  end(): readonly Visited[] {
    const [point] = this.#left;
    if (point !== undefined) throw new Error(`the run has no point ${nameOf(point)}`);
    return this.#visited;
  }
}

/** Runs a lesson and takes the figures. @throws {Error} where the run does not come to a point */
function visit(scenario: LessonScenario, options: StoryOptions): readonly Visited[] {
  const listener = new StoryListener(scenario);
  recordTimeline(scenario, { ...options, onStep: listener.onStep });
  return listener.end();
}

function nameOf({ at }: Point): string {
  return typeof at === 'string' ? at : `${at.op} ${at.nth}`;
}

function figuresAt(
  { figures }: Point,
  { operation, world, timeline }: StepOver,
  before: Figures,
): Figures {
  const { op, g: _g, mark: _mark, type: _type, ...details } = operation;
  const values = (op === 'mark' ? details : {}) as Figures;
  const known = { ...before, ...values };
  const memstats = numbersOf(peekMemStats(world));
  return { ...values, ...figures?.({ world, timeline, known, memstats }) };
}

function numbersOf(stats: object): Figures {
  const numbers = Object.entries(stats).filter(([, value]) => !Array.isArray(value));
  return Object.fromEntries(numbers.map(([name, value]) => [name, Number(value)]));
}

/** All figures of a lesson's run, by name. */
export function figuresOfRun(scenario: LessonScenario, options: StoryOptions = {}): Figures {
  return Object.assign({}, ...visit(scenario, options).map(({ figures }) => figures)) as Figures;
}

/** The parameters that the lesson's "try" changes. */
export function triedParams({ lesson, params }: LessonScenario): Record<string, unknown> {
  const [name = '', text = ''] = lesson.try.param.split('=');
  return { [name]: parseParam(name, params[name]!, text) };
}

/** What is seen of a changed run, beside the lesson's own. */
export function seeOf({ lesson }: LessonScenario, changed: Figures, was: Figures): string {
  const before = Object.entries(was).map(([figure, value]) => [`was.${figure}`, value]);
  return fill(lesson.try.see, { ...Object.fromEntries(before), ...changed });
}

/** The story of a lesson: of its run, and of the run with the change that it proposes. */
export function tellStory(name: string, scenario: LessonScenario): ToldStory {
  return storyOf(name, scenario, visit(scenario, {}));
}

/** The story of a run that a {@link StoryListener} heard; `options` as that run had them. */
export function storyOf(
  name: string,
  scenario: LessonScenario,
  visited: readonly Visited[],
  options: StoryOptions = {},
): ToldStory {
  const { lesson, question } = scenario;
  const points: ToldPoint[] = [];
  let known: Figures = {};
  for (const { point, what, step, after, figures } of visited) {
    known = { ...known, ...figures };
    const { ask, text, look } = point;
    const tell = (template: string): string => fill(template, known);
    points.push({
      at: nameOf(point),
      what,
      step,
      after,
      ...(ask && { ask: { question: tell(ask.question), answer: tell(ask.answer) } }),
      text: tell(text),
      ...(look !== undefined && { look: lookOf(name, look, { ...known, step, after }) }),
      figures,
    });
  }
  const { param } = lesson.try;
  const params = { ...options.params, ...triedParams(scenario) };
  const figures = figuresOfRun(scenario, { ...options, params });
  const command = `goheapsim lesson ${Number(name.slice(-2))} -p ${param}`;
  return {
    name,
    title: lesson.title,
    order: lesson.order,
    question,
    points,
    try: {
      param,
      command,
      see: seeOf(scenario, figures, known),
      figures,
    },
  };
}

/** `explain --step {step}` as a whole line; numbers in it are not grouped. */
function lookOf(name: string, template: string, figures: Figures): string {
  const [command = '', ...rest] = fill(template, figures, String).split(' ');
  return ['goheapsim', command, ...(command === 'size' ? [] : [name]), ...rest].join(' ');
}
