/** A scenario's run as a page needs it. Uses nothing of Node: a page makes the same when it runs the script again. */
import { count, counted } from '../format.ts';
import type { LessonScenario } from '../lessons/lesson.ts';
import { StoryListener, type StoryOptions, storyOf } from '../lessons/story.ts';
import type { RecordedRun, TimelineOptions } from '../timeline/record.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { PageInfo } from './page-info.ts';
import { SystemFigures } from './system-figures.ts';
import { typeInfos } from './type-info.ts';

/** What a page is of: the log, more for its views by name, and what it knows beside them. */
export interface ExploreSource {
  readonly timeline: Timeline;
  /** See {@link pageHtml}. */
  readonly sections: ReadonlyMap<string, Uint8Array>;
  readonly info: PageInfo;
}

/** Steps whose places in the script are looked up: the first ones. */
const maxPlaces = 20_000;
/** Marked objects are kept where they are no more than this many. */
const maxMarks = 2_000_000;
/** Steps between two words of how far it is. */
const tickSteps = 1024;

export interface RunToShow {
  /** As the user named it. */
  readonly name: string;
  readonly script: PageInfo['script'];
  /** Runs it, the same way each time. */
  readonly run: (options: Pick<TimelineOptions, 'marks' | 'onBegin' | 'onStep'>) => RecordedRun;
  /** The line of the script that is on the JavaScript stack; 0 where none is. */
  readonly lineNow: () => number;
  readonly tick: (step: number) => void;
  /** To tell the story of the run, where it is whole; `options` as the run has them. */
  readonly lesson?: LessonScenario;
  readonly options?: StoryOptions;
}

/** @throws what `run` throws */
export function runSource(toShow: RunToShow): ExploreSource {
  const { name, script, run, lineNow, tick, lesson } = toShow;
  const record = (marks: boolean) => {
    const system = new SystemFigures();
    const story = lesson && new StoryListener(lesson);
    const lines: number[] = [];
    // V8's own: how many frames an error lists.
    const errors = Error as { stackTraceLimit?: number };
    const { stackTraceLimit = 10 } = errors;
    errors.stackTraceLimit = 50;
    try {
      const { timeline, world } = run({
        marks,
        onBegin(step) {
          if (step <= maxPlaces) lines[step] = lineNow();
        },
        onStep(over) {
          system.onStep(over);
          story?.onStep(over);
          if (over.step % tickSteps === 0) tick(over.step);
        },
      });
      return { timeline, world, system, story, lines, marks };
    } finally {
      errors.stackTraceLimit = stackTraceLimit;
    }
  };
  let recorded = record(true);
  if (countEvents(recorded.timeline, 'greyobject') > maxMarks) recorded = record(false);
  const { timeline, world, system, story, lines, marks } = recorded;
  const told = lesson && story && storyToShow(toShow, lesson, story);
  return {
    timeline,
    sections: new Map([['system', system.bytes()]]),
    info: {
      kind: 'scenario',
      name,
      about: `linux/${world.arch.goarch}, ${counted(timeline.length - 1, 'step')}`,
      goarch: world.arch.goarch,
      allocHeaders: world.allocHeaders,
      step: told?.story?.points[0]?.step ?? firstAllocation(timeline),
      marks,
      script,
      lines: Array.from(
        { length: Math.min(timeline.length, maxPlaces + 1) },
        (_, i) => lines[i] ?? 0,
      ),
      types: typeInfos(world, timeline),
      notes: [
        ...(marks
          ? []
          : [
              `objects are not told one by one as they are marked: there are over ${count(maxMarks)}`,
            ]),
        ...(timeline.length - 1 > maxPlaces
          ? [`lines of the script are told of the first ${count(maxPlaces)} steps`]
          : []),
      ],
      ...told,
    },
  };
}

/** The story; why there is none, where a changed script does not come to its points. */
function storyToShow(
  { name, options }: RunToShow,
  lesson: LessonScenario,
  listener: StoryListener,
): Pick<PageInfo, 'story' | 'untold'> {
  try {
    return { story: storyOf(name, lesson, listener.end(), options) };
  } catch (error) {
    return { untold: error instanceof Error ? error.message : String(error) };
  }
}

function countEvents(timeline: Timeline, name: string): number {
  return timeline.tables.reduce((n, table) => n + (table.name === name ? table.length : 0), 0);
}

/** The first step of the script that allocates: what a page opens with. */
function firstAllocation(timeline: Timeline): number {
  for (let i = 1; i < timeline.length; i++) {
    const { firstEvent, endEvent } = timeline.step(i);
    for (let e = firstEvent; e < endEvent; e++) if (timeline.eventName(e) === 'malloc') return i;
  }
  return 0;
}
