/** A scenario's run as a page needs it. Uses nothing of Node: a page makes the same when it runs the script again. */
import { count, counted } from '../format.ts';
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

/** Steps whose places in the script are looked up. */
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
}

/** @throws what `run` throws */
export function runSource({ name, script, run, lineNow, tick }: RunToShow): ExploreSource {
  const record = (marks: boolean) => {
    const system = new SystemFigures();
    const lines: number[] = [];
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 50;
    try {
      const { timeline, world } = run({
        marks,
        onBegin(step) {
          if (step <= maxPlaces) lines[step] = lineNow();
          else lines.length = 0;
        },
        onStep(over) {
          system.onStep(over);
          if (over.step % tickSteps === 0) tick(over.step);
        },
      });
      return { timeline, world, system, lines, marks };
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  };
  let recorded = record(true);
  if (countEvents(recorded.timeline, 'greyobject') > maxMarks) recorded = record(false);
  const { timeline, world, system, lines, marks } = recorded;
  return {
    timeline,
    sections: new Map([['system', system.bytes()]]),
    info: {
      kind: 'scenario',
      name,
      about: `linux/${world.arch.goarch}, ${counted(timeline.length - 1, 'step')}`,
      goarch: world.arch.goarch,
      allocHeaders: world.allocHeaders,
      step: firstAllocation(timeline),
      marks,
      script,
      lines:
        timeline.length > maxPlaces
          ? []
          : Array.from({ length: timeline.length }, (_, i) => lines[i] ?? 0),
      types: typeInfos(world, timeline),
      notes: marks
        ? []
        : [`objects are not told one by one as they are marked: there are over ${count(maxMarks)}`],
    },
  };
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
