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

/** The events of marking among those from one up to another, by number. */
export function markingIn(timeline: Timeline, from: number, to: number): number[] {
  const wanted = timeline.tables.map(({ name }) =>
    (markingEvents as readonly string[]).includes(name),
  );
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

/** Adds up the marking of one cycle; going on costs what lies between, going back begins anew. */
export class MarkingTally {
  readonly #timeline: Timeline;
  #start = -1;
  #end = -1;
  #kinds = new Map<string, { kind: string; jobs: number; greyed: number }>();
  #sums = noSums();
  #cause: 'root' | 'scan' | 'barrier' = 'root';
  #root: { greyed: number } | undefined;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
  }

  /** Of the cycle that begins at event `start`, when the events before `end` have happened. */
  at(start: number, end: number): MarkingState {
    if (start !== this.#start || end < this.#end) {
      this.#start = start;
      this.#end = start;
      this.#kinds = new Map();
      this.#sums = noSums();
    }
    for (const e of markingIn(this.#timeline, this.#end, end)) this.#add(e);
    this.#end = end;
    return { roots: [...this.#kinds.values()], ...this.#sums };
  }

  #add(e: number): void {
    const sums = this.#sums;
    switch (this.#timeline.eventName(e)) {
      case 'markroot':
        this.#addRoot(this.#timeline.event(e));
        break;
      case 'scanobject':
        this.#cause = 'scan';
        sums.scanned++;
        break;
      case 'wbBufFlush':
        this.#cause = 'barrier';
        break;
      default:
        if (this.#cause === 'scan') sums.greyedByScans++;
        else if (this.#cause === 'barrier') sums.greyedByBarrier++;
        else if (this.#root !== undefined) this.#root.greyed++;
    }
  }

  #addRoot(row: Row): void {
    const kind = String(row.kind);
    const known = this.#kinds.get(kind) ?? { kind, jobs: 0, greyed: 0 };
    this.#kinds.set(kind, known);
    known.jobs++;
    this.#root = known;
    this.#cause = 'root';
    if (row.jobs === 0) return;
    this.#sums.jobsDone++;
    this.#sums.jobs = Number(row.jobs);
  }
}

const noSums = () => ({ jobsDone: 0, jobs: 0, scanned: 0, greyedByScans: 0, greyedByBarrier: 0 });
