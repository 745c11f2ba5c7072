/** What is said of a collection: its phases, what was marked, the goal of the next one. */
import { count, counted } from '../format.ts';
import type { Row, Timeline } from '../timeline/timeline.ts';
import { num } from './event-text.ts';

type Told = readonly [label: string, text: string, go: string];

/** The phases, as gcPhase has them: off, mark, mark termination. */
const [GCoff, GCmark] = [0, 1];

/** A step's events, and where in the log they begin. */
export interface StepRows {
  readonly timeline: Timeline;
  readonly rows: readonly Row[];
  readonly firstEvent: number;
}

/** What a change of the phase, the event `at` of a step, begins. */
export function phaseText(step: StepRows, at: number): Told {
  const phase = num(step.rows[at]!, 'phase');
  if (phase === GCmark) return ['GC', markText(step.rows, at), 'gcStart'];
  if (phase !== GCoff) return ['GC', 'mark termination, world stopped', 'gcMarkTermination'];
  return ['GC', sweepText(step, at), 'gcSweep'];
}

/** The root jobs of a collection's marking, and what it greyed in this step. */
function markText(rows: readonly Row[], at: number): string {
  let [jobs, greyed, over] = [0, 0, false];
  for (let i = at + 1; i < rows.length && !over; i++) {
    const row = rows[i]!;
    if (row.name === 'markroot') jobs = Math.max(jobs, num(row, 'jobs'));
    else if (row.name === 'greyobject') greyed++;
    else if (row.name === 'gcPhase') over = true;
  }
  const goesOn = over ? '' : '; it goes on in later steps';
  // Of many objects the log does not tell one by one.
  if (jobs + greyed === 0) return `mark: the write barrier is on${goesOn}`;
  const roots = jobs === 0 ? '' : `${counted(jobs, 'root job')}, `;
  return `mark: ${roots}${counted(greyed, 'object')} greyed${goesOn}`;
}

/** What marking came to, and that sweeping begins. */
function sweepText(step: StepRows, at: number): string {
  const done = step.rows.find(({ name }, i) => i > at && name === 'gcDone');
  if (done === undefined) return 'marking is over, sweeping begins';
  const cycle = num(done, 'cycle');
  const marked = (done.objects as number | undefined) ?? greyedBefore(step, at);
  const objects = marked === 0 ? '' : `${counted(marked, 'object')}, `;
  // Each cycle adds 2 to mheap.sweepgen.
  return (
    `cycle ${cycle} has marked ${objects}${count(num(done, 'marked'))} B; ` +
    `sweepgen ${2 * (cycle - 1)} -> ${2 * cycle}, sweeping begins`
  );
}

/** Objects that were greyed since marking began, in whichever step that was. */
function greyedBefore({ timeline, rows, firstEvent }: StepRows, at: number): number {
  let greyed = 0;
  for (let i = at - 1; i >= 0; i--) {
    const row = rows[i]!;
    if (row.name === 'greyobject') greyed++;
    else if (row.name === 'gcPhase' && row.phase === GCmark) return greyed;
  }
  for (let e = firstEvent - 1; e >= 0; e--) {
    const name = timeline.eventName(e);
    if (name === 'greyobject') greyed++;
    else if (name === 'gcPhase' && timeline.event(e).phase === GCmark) break;
  }
  return greyed;
}

/** The end of a cycle; undefined for one of a log, which does not tell the next goal. */
export function gcDoneText({ cycle, heapGoal }: Row): Told | undefined {
  if (typeof heapGoal !== 'number') return undefined;
  const goal = heapGoal > 2 ** 53 ? 'none' : `${count(heapGoal)} B`;
  return ['GC', `next goal after cycle ${cycle}: ${goal}`, 'gcMarkTermination'];
}
