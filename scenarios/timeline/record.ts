/** Runs a scenario to the end, or to one of its steps, and gives its timeline and the world there. */
import type { World } from '../../sim/runtime.ts';
import type { Stack } from '../../sim/runtime2.ts';
import { type RunOptions, runScenario, type Scenario } from '../dsl/scenario.ts';
import type { Allocations } from './allocations.ts';
import { Recorder, type RecorderOptions } from './recorder.ts';
import { StopRun } from './stop-run.ts';
import type { Timeline } from './timeline.ts';

/** What decides a run; dumps that the script writes go nowhere. */
export type TimelineOptions = Omit<RunOptions, 'openDump' | 'begin' | 'trace' | 'observer'> &
  RecorderOptions;

/** A run that was recorded. */
export interface RecordedRun {
  readonly timeline: Timeline;
  /** As the last step left it, the goroutine that ran still running. */
  readonly world: World;
  readonly allocations: Allocations;
  /** What is known of the log, where the run is the replay of one. */
  readonly log?: LogFacts;
}

/** A replayed log, up to the step where it was stopped. */
interface LogFacts {
  /** Requests that were made, and how many addresses of the log the model predicted. */
  readonly requests: number;
  readonly agreeing: number;
  /** The stacks of the goroutines that the log has shown; the world itself has no goroutines. */
  readonly stacks: readonly { readonly goid: number; readonly stack: Stack }[];
  /** Whether the program's executable told of its types. */
  readonly hasProgram: boolean;
  /** What the reader must know of how it was taken. */
  readonly notes: readonly string[];
}

/**
 * Records a run. The world at an earlier step is had by running again with `until`: the same options
 * give the same run.
 *
 * @throws what {@link runScenario} throws, if that happens before the step `until` is over
 */
export function recordTimeline(scenario: Scenario, options: TimelineOptions = {}): RecordedRun {
  const { until, marks, onBegin, onMalloc, onStep, ...run } = options;
  const recorder = new Recorder({ until, marks, onBegin, onMalloc, onStep });
  try {
    runScenario(scenario, {
      ...run,
      openDump: () => ({ write: () => undefined }),
      begin: recorder.begin,
      trace: recorder.trace,
      observer: recorder,
    });
  } catch (error) {
    if (!(error instanceof StopRun)) throw error;
  }
  const { timeline, allocations } = recorder;
  const world = recorder.world!;
  for (const { addr, string, size } of world.types.all()) {
    timeline.types.set(addr, string);
    timeline.typeSizes.set(addr, size);
  }
  return { timeline, world, allocations };
}
