/** What marking has done of a cycle at any event: root jobs, objects that each cause has greyed. */
import type { Row, Timeline } from '../../timeline/timeline.ts';

/** Events of marking, in a cycle. */
const markingEvents = ['markroot', 'scanobject', 'wbBufFlush', 'greyobject'] as const;

interface RootKind {
  readonly kind: string;
  readonly jobs: number;
  /** Objects that they greyed. */
  readonly greyed: number;
}

export interface MarkingState {
  readonly roots: readonly RootKind[];
  /** Root jobs that were done, of all. */
  readonly jobsDone: number;
  readonly jobs: number;
  /** Objects that were scanned, and those that pointers in them greyed. */
  readonly scanned: number;
  readonly greyedByScans: number;
  /** What the write barrier's buffers greyed. */
  readonly greyedByBarrier: number;
}

/** For each table whether its events are of marking. */
function markingTables({ tables }: Timeline): boolean[] {
  return tables.map(({ name }) => (markingEvents as readonly string[]).includes(name));
}

/** The events of marking among those from one up to another, by number. */
export function markingIn(timeline: Timeline, from: number, to: number): number[] {
  const wanted = markingTables(timeline);
  const { table } = timeline.events;
  const found: number[] = [];
  for (let e = from; e < to; e++) if (wanted[table.at(e)]) found.push(e);
  return found;
}

/** What led to a grey object: the last event of another name before it. */
export function causeOf(timeline: Timeline, event: number): Row | undefined {
  for (let e = event - 1; e >= 0 && event - e < 100_000; e--) {
    const name = timeline.eventName(e);
    if (name === 'markroot' || name === 'scanobject' || name === 'wbBufFlush') {
      return timeline.event(e);
    }
  }
  return undefined;
}

/** What led to the objects that are greyed next. */
type Cause = 'root' | 'scan' | 'barrier';

/** Where adding up is. */
interface Tally {
  /** Events of the log that are in it. */
  readonly end: number;
  readonly roots: ReadonlyMap<string, RootKind>;
  readonly sums: Omit<MarkingState, 'roots'>;
  readonly cause: Cause;
  /** The kind of the last root job. */
  readonly root: string | undefined;
}

/** Events between two tallies that are kept. */
const eventsPerTally = 8192;

/** Adds up the marking of cycles. Tallies on the way are kept, so that going back and forth costs little. */
export class MarkingTally {
  readonly #timeline: Timeline;
  readonly #isMarking: readonly boolean[];
  /** By the event at which the cycle begins. */
  readonly #kept = new Map<number, Tally[]>();

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
    this.#isMarking = markingTables(timeline);
  }

  /** Of the cycle that begins at event `start`, when the events before `end` have happened. */
  at(start: number, end: number): MarkingState {
    let kept = this.#kept.get(start);
    if (kept === undefined) {
      const sums = { jobsDone: 0, jobs: 0, scanned: 0, greyedByScans: 0, greyedByBarrier: 0 };
      kept = [{ end: start, roots: new Map(), sums, cause: 'root', root: undefined }];
      this.#kept.set(start, kept);
    }
    let last = kept.at(-1)!;
    while (last.end + eventsPerTally <= end) {
      last = this.#add(last, last.end + eventsPerTally);
      kept.push(last);
    }
    const { roots, sums } = this.#add(kept[Math.floor((end - start) / eventsPerTally)]!, end);
    return { roots: [...roots.values()], ...sums };
  }

  /** The tally with the events up to `end` as well. */
  #add(tally: Tally, end: number): Tally {
    const roots = new Map([...tally.roots].map(([kind, root]) => [kind, { ...root }]));
    const sums = { ...tally.sums };
    let { cause, root } = tally;
    const { table } = this.#timeline.events;
    for (let e = tally.end; e < end; e++) {
      if (!this.#isMarking[table.at(e)]) continue;
      switch (this.#timeline.eventName(e)) {
        case 'markroot': {
          const row = this.#timeline.event(e);
          cause = 'root';
          root = String(row.kind);
          const known = roots.get(root) ?? { kind: root, jobs: 0, greyed: 0 };
          roots.set(root, known);
          known.jobs++;
          if (row.jobs === 0) break;
          sums.jobsDone++;
          sums.jobs = Number(row.jobs);
          break;
        }
        case 'scanobject':
          cause = 'scan';
          sums.scanned++;
          break;
        case 'wbBufFlush':
          cause = 'barrier';
          break;
        default:
          if (cause === 'scan') sums.greyedByScans++;
          else if (cause === 'barrier') sums.greyedByBarrier++;
          else if (root !== undefined) roots.get(root)!.greyed++;
      }
    }
    return { end, roots, sums, cause, root };
  }
}
