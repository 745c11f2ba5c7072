/**
 * A lesson: a scenario with a story. The story is data. Its texts are templates, and what they say in
 * numbers is filled in from the run, so that a changed parameter changes the story too.
 */
import type { World } from '../../sim/runtime.ts';
import { type Scenario, type ScenarioShape, scenario } from '../dsl/func.ts';
import type { ParamSpecs } from '../dsl/params.ts';
import type { Fields } from '../dsl/types.ts';
import type { Timeline } from '../timeline/timeline.ts';

/** Numbers that a lesson states, by name. A truth is 1 or 0. */
export type Figures = Readonly<Record<string, number>>;

/** The run at a point of the story, from which figures are taken; nothing of it may be changed. */
export interface Scene {
  readonly world: World;
  readonly timeline: Timeline;
  /** All figures up to here, those that the mark carries among them. */
  readonly known: Figures;
  /** runtime.MemStats as the runtime's counters have them now; ReadMemStats would first give back the stacks that Ps keep. */
  readonly memstats: Figures;
}

/** A question to be thought about before the answer is shown. Both are templates. */
interface Question {
  readonly question: string;
  readonly answer: string;
}

/** A point of the run, and what is to be said there. */
export interface Point {
  /** The mark of that name, or the nth operation of a sort, from 1: `{ op: 'new', nth: 2 }`. */
  readonly at: string | { readonly op: string; readonly nth: number };
  /** Figures beside the values that the mark carries. */
  readonly figures?: (scene: Scene) => Figures;
  /** Asked before the text is told. */
  readonly ask?: Question;
  /** A template, see template.ts. */
  readonly text: string;
  /**
   * What to look at: a command line after `goheapsim`, a template with the step of the
   * point's operation, {step}, which of a mark is the last one before it that did something, and the step itself, {after}.
   */
  readonly look?: string;
}

/** One parameter to change, and what is then seen. */
interface Try {
  /** The changed parameter: `size=32`. */
  readonly param: string;
  /** A template of the changed run's figures; those of the first run are {was.name}. */
  readonly see: string;
  /** Whether the changed run shows what `see` promises. */
  readonly shows: (changed: Figures, was: Figures) => boolean;
}

export interface Lesson {
  /** The idea, in a few words. */
  readonly title: string;
  /** Its place in the course, from 1. */
  readonly order: number;
  readonly story: readonly Point[];
  /**
   * By what share a figure may differ in real Go: because of timing, of chance, or of something that the model is known to
   * leave out. The story says which.
   */
  readonly tolerance?: Figures;
  /** Units of figures that the texts name without one, see units.ts. */
  readonly units?: Readonly<Record<string, string>>;
  readonly try: Try;
}

/** A scenario with its story: a lesson module's default export. */
export type LessonScenario<P extends ParamSpecs = ParamSpecs> = Scenario<P> & {
  readonly lesson: Lesson;
};

/** `scenario({…})` with a story. */
export function lesson<
  P extends ParamSpecs = Record<never, never>,
  L extends Fields = Record<never, never>,
>({
  lesson: told,
  ...shape
}: ScenarioShape<P, L> & { readonly lesson: Lesson }): LessonScenario<P> {
  return { ...scenario<P, L>(shape), lesson: told };
}
