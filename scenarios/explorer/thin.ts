/**
 * A long log with fewer steps: what several did is one step. All of the runtime's events stay, so that the heap is the same after
 * it; what the steps were, which is most of a page, is left out.
 */
import type { ToldStory } from '../lessons/story.ts';
import { Column } from '../timeline/column.ts';
import { type Row, Table, Timeline } from '../timeline/timeline.ts';
import type { PageInfo } from './page-info.ts';
import type { ExploreSource } from './run-source.ts';

/** Which steps of a run a page has. */
export interface Steps {
  /** The first one by itself: all before it is step 0 of the page. */
  readonly from: number;
  /** So many of the run are one of the page. */
  readonly every: number;
  /** The run's last step. */
  readonly last: number;
}

/** The run's step after which the heap is as after a step of the page. */
export function runStepOf(steps: Steps | undefined, step: number): number {
  if (steps === undefined) return step;
  return Math.min(steps.last, steps.from - 1 + step * steps.every);
}

/** The page's step in which a step of the run is. */
export function pageStepOf(steps: Steps | undefined, runStep: number): number {
  if (steps === undefined) return runStep;
  return Math.max(0, Math.ceil((Math.min(runStep, steps.last) - steps.from + 1) / steps.every));
}

/** The source with the steps that were asked for; itself where all are. */
export function thinned(
  source: ExploreSource,
  {
    from = 1,
    every = 1,
  }: { readonly from?: number | undefined; readonly every?: number | undefined },
): ExploreSource {
  const { timeline, info } = source;
  const last = timeline.length - 1;
  const steps: Steps = { from: Math.max(1, Math.min(from, last)), every, last };
  if (steps.from === 1 && every === 1) return source;
  const { story, lines } = info;
  const length = pageStepOf(steps, steps.last) + 1;
  const changed: PageInfo = {
    ...info,
    steps,
    step: pageStepOf(steps, Math.max(info.step, steps.from)),
    lines:
      lines.length === 0 ? [] : Array.from({ length }, (_, i) => lines[runStepOf(steps, i)] ?? 0),
    ...(story && { story: movedStory(story, steps) }),
  };
  return { ...source, timeline: fewerSteps(timeline, steps, length), info: changed };
}

function movedStory(story: ToldStory, steps: Steps): ToldStory {
  const points = story.points.map((point) => ({
    ...point,
    step: pageStepOf(steps, point.step),
    after: pageStepOf(steps, point.after),
  }));
  return { ...story, points };
}

function fewerSteps(timeline: Timeline, steps: Steps, length: number): Timeline {
  const next = new Timeline();
  const { strings, events, bits, places, slow, types, typeSizes } = timeline;
  Object.assign(next, { strings, events, bits, places, slow, types, typeSizes });
  const ofEvents = new Set<number>();
  for (let e = 0; e < events.table.length; e++) ofEvents.add(events.table.at(e));
  for (const [i, table] of timeline.tables.entries()) {
    next.tables.push(ofEvents.has(i) ? table : emptied(timeline, table));
  }
  const several = new Table(
    'steps',
    ['from', 'to'].map((name) => ({ name, type: 'number', column: new Column() }) as const),
    strings,
    bits,
  );
  const severalAt = next.tables.push(several) - 1;
  for (let i = 0, first = 0; i < length; i++) {
    const end = runStepOf(steps, i);
    let at = timeline.steps.table.at(end);
    let row = timeline.steps.row.at(end);
    if (first === end)
      row = ofEvents.has(at) ? row : append(next.tables[at]!, timeline.tables[at]!.row(row));
    else {
      at = severalAt;
      row = append(several, { name: 'steps', from: first, to: end });
    }
    next.steps.table.push(at);
    next.steps.row.push(row);
    for (const name of ['goroutine', 'place', 'slow'] as const) {
      next.steps[name].push(timeline.steps[name].at(end));
    }
    next.steps.firstEvent.push(timeline.steps.firstEvent.at(first));
    for (const name of ['heapAlloc', 'mallocs', 'frees'] as const) {
      next.quick[name].push(timeline.quick[name].at(end));
    }
    first = end + 1;
  }
  return next;

  /** @returns the row's number */
  function append(table: Table, row: Row): number {
    for (const { name, type, column } of table.fields) {
      const value = row[name];
      column.push(type === 'string' ? strings.id(value as string) : Number(value));
    }
    return table.length++;
  }
}

/** A table of the same fields without rows. */
function emptied({ strings, bits }: Timeline, { name, fields }: Table): Table {
  return new Table(
    name,
    fields.map((field) => ({ ...field, column: new Column() })),
    strings,
    bits,
  );
}
