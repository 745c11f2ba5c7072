/** A scenario that is looked into while it runs. */
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ParamSpecs } from './dsl/params.ts';
import type { Scenario } from './dsl/scenario.ts';
import type { LessonScenario } from './lessons/lesson.ts';
import { checkStep, type Live, type LiveArgs, scenarioArgs } from './live.ts';
import { loadScenario, placeInScript } from './load-scenario.ts';
import { parseParams } from './param-texts.ts';
import { runFailure } from './perform-run.ts';
import { findScenario } from './scenario-files.ts';
import { type RunArgs, runOptionsOf } from './target-options.ts';
import { type RecordedRun, recordTimeline, type TimelineOptions } from './timeline/record.ts';

/** A scenario that can be run up to any of its steps, always the same way. */
export class LiveScenario implements Live {
  readonly kind = 'scenario';
  readonly shown: string;
  readonly #url: string;
  readonly #scenario: Scenario;
  readonly #options: TimelineOptions;
  /** What decides the run, as it was given. */
  readonly args: RunArgs;

  private constructor(
    shown: string,
    url: string,
    scenario: Scenario,
    options: TimelineOptions,
    args: RunArgs,
  ) {
    this.args = args;
    this.shown = shown;
    this.#url = url;
    this.#scenario = scenario;
    this.#options = options;
  }

  /** @throws {UsageError} for a scenario that is not there, or options that it does not take */
  static async load(command: string, given: string, liveArgs: LiveArgs): Promise<LiveScenario> {
    const { name, url, isLibrary } = findScenario(given);
    const shown = isLibrary ? name : given;
    const args = scenarioArgs(liveArgs);
    const options = runOptionsOf(command, args);
    const scenario = (await loadScenario(url, shown)) as Scenario;
    const params = parseParams(shown, scenario.params, args.param ?? []);
    return new LiveScenario(shown, url, scenario, { ...options, params }, args);
  }

  /**
   * Runs up to a step; to the end without one. A script that fails before that ends in an error.
   *
   * @throws {UsageError} for a step that the run does not have
   */
  run(
    until?: number,
    options: Pick<TimelineOptions, 'marks' | 'onBegin' | 'onMalloc' | 'onStep'> = {},
  ): RecordedRun {
    const run = this.#record({ until, ...options });
    checkStep(this.shown, run, until);
    return run;
  }

  /** The parameters that the scenario declares. */
  get params(): ParamSpecs {
    return this.#scenario.params;
  }

  /** The scenario, where it is a lesson. */
  get lesson(): LessonScenario | undefined {
    return 'lesson' in this.#scenario ? (this.#scenario as unknown as LessonScenario) : undefined;
  }

  /** What decides the run, parameters too. */
  get options(): TimelineOptions {
    return this.#options;
  }

  /** The script's file. */
  get path(): string {
    return fileURLToPath(this.#url);
  }

  /** The line of the script that is on the JavaScript stack; 0 where none is. */
  lineNow(): number {
    const place = placeInScript(new Error(), this.#url, '');
    return Number(/^:(\d+)/.exec(place ?? '')?.[1] ?? 0);
  }

  places(_run: RecordedRun, steps: ReadonlySet<number>): ReadonlyMap<number, string> {
    const places = new Map<number, string>();
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 50;
    const onBegin = (step: number): void => {
      if (!steps.has(step)) return;
      const place = placeInScript(new Error(), this.#url, basename(this.#url));
      if (place !== undefined) places.set(step, place.replace(/:\d+$/, ''));
    };
    try {
      this.#record({ until: Math.max(...steps), onBegin });
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
    return places;
  }

  #record(options: TimelineOptions): RecordedRun {
    try {
      return recordTimeline(this.#scenario, { ...this.#options, ...options });
    } catch (error) {
      throw runFailure(error, { shown: this.shown, scenarioUrl: this.#url });
    }
  }
}
