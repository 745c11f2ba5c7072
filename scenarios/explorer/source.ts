/** What a page is of, as steps and events: a scenario that is run, a log that is replayed, a dump. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { count, counted, roundedBytes } from '../format.ts';
import { isDump, type LiveArgs, LiveScenario } from '../live.ts';
import { findScenario } from '../scenario-files.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { dumpSource, isDumpFile } from './dump-source.ts';
import { type LogArgs, logSource } from './log-source.ts';
import type { PageInfo } from './page-info.ts';
import { SystemFigures } from './system-figures.ts';
import { typeInfos } from './type-info.ts';

export interface ExploreSource {
  readonly timeline: Timeline;
  readonly info: PageInfo;
  /** More for the page's views, by name; see {@link pageHtml}. */
  readonly sections: ReadonlyMap<string, Uint8Array>;
}

/** Steps whose places in the script are looked up, which takes a second run. */
const maxPlaces = 20_000;
/** Marked objects are kept where they are no more than this many. */
const maxMarks = 2_000_000;

export interface SourceArgs extends LiveArgs, LogArgs {
  readonly what: string;
}

/** What the user named. `until`: the last step of it; `tick` hears how far it is. */
export async function sourceOf(
  args: SourceArgs,
  until: number | undefined,
  tick: (text: () => string) => void,
): Promise<ExploreSource> {
  if (!isDump(args.what)) return scenarioSource(args, until, tick);
  if (isDumpFile(args.what)) return dumpSource(args.what);
  return logSource(args.what, args, until ?? Number.POSITIVE_INFINITY, (bytes) =>
    tick(() => `reading ${args.what}: ${roundedBytes(bytes)}`),
  );
}

/** Runs a scenario and tells what a page needs of it. */
async function scenarioSource(
  args: SourceArgs,
  until: number | undefined,
  tick: (text: () => string) => void,
): Promise<ExploreSource> {
  const live = await LiveScenario.load('explore', args.what, args);
  let system = new SystemFigures();
  const hear =
    (figures: SystemFigures): SystemFigures['onStep'] =>
    (over) => {
      figures.onStep(over);
      if (over.step % 1024 === 0) tick(() => `running ${live.shown}: step ${count(over.step)}`);
    };
  let run = live.run(until, { marks: true, onStep: hear(system) });
  let marks = true;
  if (countEvents(run.timeline, 'greyobject') > maxMarks) {
    system = new SystemFigures();
    run = live.run(until, { onStep: hear(system) });
    marks = false;
  }
  const { timeline, world } = run;
  const { url } = findScenario(args.what);
  const path = fileURLToPath(url);
  return {
    timeline,
    sections: new Map([['system', system.bytes()]]),
    info: {
      kind: 'scenario',
      name: live.shown,
      about: `linux/${world.arch.goarch}, ${counted(timeline.length - 1, 'step')}`,
      goarch: world.arch.goarch,
      allocHeaders: world.allocHeaders,
      step: firstAllocation(timeline),
      marks,
      script: { name: basename(path), text: readFileSync(path, 'utf8') },
      lines: linesOf(live, timeline),
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

/** The line of the script for each step. */
function linesOf(live: LiveScenario, { length }: Timeline): number[] {
  if (length > maxPlaces) return [];
  const places = live.places(new Set(Array.from({ length }, (_, i) => i)));
  return Array.from({ length }, (_, i) => Number(/:(\d+)$/.exec(places.get(i) ?? '')?.[1] ?? 0));
}

/** The first step of the script that allocates: what a page opens with. */
function firstAllocation(timeline: Timeline): number {
  for (let i = 1; i < timeline.length; i++) {
    const { firstEvent, endEvent } = timeline.step(i);
    for (let e = firstEvent; e < endEvent; e++) if (timeline.eventName(e) === 'malloc') return i;
  }
  return 0;
}
