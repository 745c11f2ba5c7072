/** Commands that look into a world while it runs: a scenario, run again up to one of its steps. */
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAddress } from './address.ts';
import type { ParamSpecs } from './dsl/params.ts';
import type { Scenario } from './dsl/scenario.ts';
import { count, cut } from './format.ts';
import type { LessonScenario } from './lessons/lesson.ts';
import { loadScenario, placeInScript } from './load-scenario.ts';
import { parseParams } from './param-texts.ts';
import { runFailure } from './perform-run.ts';
import { findScenario, isShipped } from './scenario-files.ts';
import {
  limitOptions,
  type RunArgs,
  runOptionsOf,
  scenarioOptions,
  wholeNumber,
  worldOptions,
} from './target-options.ts';
import { operationText } from './terminal/operation.ts';
import { type RecordedRun, recordTimeline, type TimelineOptions } from './timeline/record.ts';
import { UsageError } from './usage-error.ts';

const { 'max-idle': _maxIdle, ...limits } = limitOptions;

/** Options of commands that run a scenario to look into it. */
export const liveOptions = { ...scenarioOptions, ...worldOptions, ...limits } as const;

/** What {@link liveOptions} give. */
export type LiveArgs = RunArgs;

/** The option that names the step to look at. */
export const stepOption = {
  step: {
    type: 'string',
    requiresArg: true,
    describe: 'Look after this step; 0 is the entry to main.main [default: the last]',
  },
} as const;

/** The option that cuts lists. */
export const limitOption = {
  limit: { type: 'string', requiresArg: true, describe: 'Lines of each list' },
} as const;

/** The number that --limit gives. @throws {UsageError} */
export function limitOf(command: string, text: string | undefined, byDefault: number): number {
  return text === undefined ? byDefault : wholeNumber(`${command}: --limit`, text, 0, 1e9);
}

/** Whether an argument that may be a scenario or a dump is a dump. */
export function isDump(given: string): boolean {
  return given === '-' || !(/\.[cm]?[jt]s$/.test(given) || isShipped(given));
}

/** The step that --step, or another option, names; undefined for the last. @throws {UsageError} */
export function stepOf(
  command: string,
  text: string | undefined,
  option = '--step',
): number | undefined {
  if (text === undefined) return undefined;
  return wholeNumber(`${command}: ${option}`, text, 0, Number.MAX_SAFE_INTEGER);
}

/** An address that the user named. @throws {UsageError} */
export function addressOf(command: string, text: string): number {
  const address = Number(parseAddress(command, text));
  if (address <= Number.MAX_SAFE_INTEGER) return address;
  throw new UsageError(`${command}: ${text}: no address of a program is above 2^53`);
}

/** A scenario that can be run up to any of its steps, always the same way. */
export class LiveScenario {
  /** As the user named it. */
  readonly shown: string;
  readonly #url: string;
  readonly #scenario: Scenario;
  readonly #options: TimelineOptions;
  /** What decides the run, as it was given. */
  readonly args: LiveArgs;

  private constructor(
    shown: string,
    url: string,
    scenario: Scenario,
    options: TimelineOptions,
    args: LiveArgs,
  ) {
    this.args = args;
    this.shown = shown;
    this.#url = url;
    this.#scenario = scenario;
    this.#options = options;
  }

  /** @throws {UsageError} for a scenario that is not there, or options that it does not take */
  static async load(command: string, given: string, args: LiveArgs): Promise<LiveScenario> {
    const { name, url, isLibrary } = findScenario(given);
    if (isDump(given)) {
      throw new UsageError(
        `${command}: ${given} is no scenario, whose file ends in .ts: only a run has what ${command} shows. Of a dump spans, ` +
          'classes, memstats, whatis, why, objects, roots, dom and explore tell what it knows',
      );
    }
    const shown = isLibrary ? name : given;
    const options = runOptionsOf(command, args);
    const scenario = (await loadScenario(url, shown)) as Scenario;
    const params = parseParams(shown, scenario.params, args.param ?? []);
    return new LiveScenario(shown, url, scenario, { ...options, params }, onlyRunArgs(args));
  }

  /** `linux/amd64`, as titles say it. */
  get target(): string {
    return `linux/${this.#options.goarch}`;
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
    const last = run.timeline.length - 1;
    if (until !== undefined && until > last) {
      throw new UsageError(`${this.shown}: no step ${count(until)}: its last is ${count(last)}`);
    }
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

  /** Where in the script's own file the steps stand: `my.ts:12`. */
  places(steps: ReadonlySet<number>): ReadonlyMap<number, string> {
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

/** `linked-list (linux/amd64), after step 4,007 of it: return from main.build` */
export function liveTitle(live: LiveScenario, { timeline }: RecordedRun): string {
  const step = timeline.step(timeline.length - 1);
  return cut(
    `${live.shown} (${live.target}) after step ${count(step.index)}: ${operationText(step.operation)}`,
    80,
  );
}
/** The arguments without what else the command line has. */
function onlyRunArgs({
  param,
  seed,
  goarch,
  goexperiment,
  gomaxprocs,
  gogc,
  gomemlimit,
  boot,
  maxHeap,
  maxSteps,
}: LiveArgs): LiveArgs {
  return {
    param,
    seed,
    goarch,
    goexperiment,
    gomaxprocs,
    gogc,
    gomemlimit,
    boot,
    maxHeap,
    maxSteps,
  };
}
