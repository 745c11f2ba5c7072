/** `gc`: the collections of a run. */
import { count, counted, table } from '../format.ts';
import type { Row, Timeline } from '../timeline/timeline.ts';

/** One collection, as its events tell it. */
export interface Cycle {
  readonly cycle: number;
  /** Steps in which it started and in which marking ended; the last one -1 if it has not. */
  readonly start: number;
  done: number;
  readonly heapLive: number;
  marked: number;
  markedObjects: number;
  assists: number;
  /** The goal that it set; Infinity for none; undefined for that of a log, which does not tell. */
  heapGoal: number | undefined;
  /** What sweeping after it freed so far. */
  sweptSpans: number;
  freedSlots: number;
  freedSpans: number;
}

/** The collections of a run that was recorded with its marks. */
export function cyclesOf(timeline: Timeline): Cycle[] {
  const cycles: Cycle[] = [];
  let sweeping: Cycle | undefined;
  for (let index = 0; index < timeline.length; index++) {
    const { firstEvent, endEvent } = timeline.step(index);
    for (let e = firstEvent; e < endEvent; e++) {
      const name = timeline.eventName(e);
      if (!relevant.has(name)) continue;
      const row = timeline.event(e);
      if (name === 'sweep') tellSweep(sweeping, row);
      else if (name !== 'gcPhase') tell(cycles, row, index);
      // Some spans are swept before gcDone tells that marking has ended.
      else if (row.phase === 0) sweeping = cycles.at(-1);
    }
  }
  return cycles;
}

const relevant = new Set(['gcStart', 'gcPhase', 'gcDone', 'greyobject', 'gcAssistAlloc', 'sweep']);

function tell(cycles: Cycle[], row: Row, step: number): void {
  const last = cycles.at(-1);
  if (row.name === 'gcStart') {
    cycles.push({
      cycle: row.cycle as number,
      start: step,
      done: -1,
      heapLive: row.heapLive as number,
      marked: 0,
      markedObjects: 0,
      assists: 0,
      heapGoal: 0,
      sweptSpans: 0,
      freedSlots: 0,
      freedSpans: 0,
    });
  } else if (last === undefined) {
    return;
  } else if (row.name === 'gcDone') {
    last.done = step;
    last.marked = row.marked as number;
    last.heapGoal = row.heapGoal as number | undefined;
    // In place of an event for each.
    if (row.objects !== undefined) last.markedObjects = row.objects as number;
  } else if (row.name === 'greyobject') last.markedObjects++;
  else last.assists++;
}

function tellSweep(of: Cycle | undefined, row: Row): void {
  if (of === undefined) return;
  of.sweptSpans++;
  of.freedSlots += row.nfreed as number;
  if (row.nalloc === 0 && row.preserve === false) of.freedSpans++;
}

function goalText({ done, heapGoal }: Cycle): string {
  if (done < 0 || heapGoal === undefined) return '';
  return heapGoal > 2 ** 53 ? 'off' : count(heapGoal);
}

export function cycleLines(cycles: readonly Cycle[], limit: number): string[] {
  const rows = [['cycle', 'step', 'heapLive', 'marked', 'objects', 'freed', 'spans', 'next goal']];
  for (const c of cycles.slice(0, limit)) {
    rows.push([
      String(c.cycle),
      c.done === c.start ? count(c.start) : `${count(c.start)}-${c.done < 0 ? '' : count(c.done)}`,
      count(c.heapLive),
      c.done < 0 ? 'marking' : count(c.marked),
      count(c.markedObjects),
      count(c.freedSlots),
      count(c.freedSpans),
      goalText(c),
    ]);
  }
  const lines = table(rows, { right: [0, 1, 2, 3, 4, 5, 6, 7] });
  if (cycles.length > limit)
    lines.push(`  and ${counted(cycles.length - limit, 'cycle')} more (--limit)`);
  return lines;
}
