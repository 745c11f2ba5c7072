/** Marking, event by event: root jobs, what is white, grey and black, what the write barrier greyed. */
import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { count, counted, hex } from '../../../format.ts';
import type { Row } from '../../../timeline/timeline.ts';
import { causeOf, MarkingTally, markingIn } from '../../model/marking.ts';
import { typeNameOfSlot, typeOfSlot } from '../../model/object-words.ts';
import { greyObjects, type SpanMarks } from '../../model/span-marks.ts';
import type { Explorer } from '../explorer.ts';
import { AddressLink } from './address-link.tsx';
import { DataTable } from './data-table.tsx';

/** Where in the step's marking the view is. */
export interface Replay {
  /** The step's events of marking, by number. */
  readonly events: readonly number[];
  /** How many of them have happened. */
  readonly at: number;
  /** Events of the log that have happened. */
  readonly end: number;
  /** Addresses that the last of them is about; at the end of the step the spans that it swept. */
  readonly touched: readonly number[];
  readonly go: (at: number) => void;
}

const mostTouched = 500;

export function useReplay(explorer: Explorer): Replay {
  const { timeline } = explorer;
  const { row, step } = explorer.now.value;
  const events = useMemo(() => markingIn(timeline, row.firstEvent, row.endEvent), [timeline, row]);
  const chosen = useSignal<{ step: number; at: number } | undefined>(undefined);
  const { value } = chosen;
  const at = value?.step === step ? Math.min(value.at, events.length) : events.length;
  useEffect(() => {
    chosen.value = undefined;
  }, [chosen, step]);
  const touched = useMemo(() => {
    if (at < events.length) {
      const addr = at === 0 ? undefined : timeline.event(events[at - 1]!).addr;
      return typeof addr === 'number' ? [addr] : [];
    }
    const swept: number[] = [];
    if (step === 0) return swept;
    for (let e = row.firstEvent; e < row.endEvent && swept.length < mostTouched; e++) {
      if (timeline.eventName(e) === 'sweep') swept.push(timeline.event(e).base as number);
    }
    return swept;
  }, [timeline, events, at, row, step]);
  const end = at === events.length ? row.endEvent : at === 0 ? row.firstEvent : events[at - 1]! + 1;
  return {
    events,
    at,
    end,
    touched,
    go(next) {
      chosen.value = { step, at: Math.max(0, Math.min(events.length, next)) };
    },
  };
}

/** The type of what lies at an address, as far as it is known. */
function typeAt(explorer: Explorer, address: number): string {
  const s = explorer.now.value.store.spanAt(address);
  if (s === null || s.type !== 0) return '';
  const index = Math.floor((address - s.base) / s.elemsize);
  if (typeOfSlot(explorer, s, index) === 0) return 'no type';
  return typeNameOfSlot(explorer, s, index) ?? '';
}

const objectText = (explorer: Explorer, address: number): string => {
  const type = typeAt(explorer, address);
  return type === '' ? hex(address) : `${hex(address)} (${type})`;
};

function rootText({ kind, goid }: Row): string {
  return kind === 'stack' ? `the stack of goroutine ${goid}` : String(kind);
}

function eventSentence(explorer: Explorer, event: number): string {
  const row = explorer.timeline.event(event);
  switch (row.name) {
    case 'markroot':
      return Number(row.jobs) === 0
        ? `roots: ${rootText(row)}`
        : `root job ${row.job} of ${row.jobs}: ${rootText(row)}`;
    case 'scanobject':
      return `${objectText(explorer, row.addr as number)} is scanned: black`;
    case 'wbBufFlush':
      return `the write barrier's buffer is emptied: ${counted(Number(row.pointers), 'pointer')}`;
    default:
      return greySentence(explorer, event, row.addr as number);
  }
}

function greySentence(explorer: Explorer, event: number, address: number): string {
  const s = explorer.now.value.store.spanAt(address);
  const colour = s !== null && (s.spanclass & 1) !== 0 ? 'black at once: no pointers' : 'grey';
  const cause = causeOf(explorer.timeline, event);
  const by =
    cause === undefined
      ? ''
      : cause.name === 'markroot'
        ? `, from ${rootText(cause)}`
        : cause.name === 'scanobject'
          ? `, from ${hex(cause.addr as number)}`
          : ', from the write barrier';
  return `${objectText(explorer, address)} is ${colour}${by}`;
}

/** Goes through the marking of a step, which may be a whole collection. */
export function MarkReplay({ explorer, replay }: { explorer: Explorer; replay: Replay }) {
  const { events, at, go } = replay;
  if (events.length === 0) return null;
  const sentence = at === 0 ? 'before marking' : eventSentence(explorer, events[at - 1]!);
  const set = (next: number): void => {
    go(next);
    const i = Math.max(0, Math.min(events.length, next));
    explorer.spoken.value = i === 0 ? 'before marking' : eventSentence(explorer, events[i - 1]!);
  };
  return (
    <div class="mark-replay" data-own-keys>
      <label>
        <span>marking in this step</span>
        <input
          id="mark-replay"
          type="range"
          min={0}
          max={events.length}
          value={at}
          aria-valuetext={`${at} of ${events.length}: ${sentence}`}
          onInput={(event) => set(Number(event.currentTarget.value))}
        />
      </label>
      <button type="button" aria-label="One event of marking back" onClick={() => set(at - 1)}>
        ‹
      </button>
      <button type="button" aria-label="One event of marking on" onClick={() => set(at + 1)}>
        ›
      </button>
      <p class="mono" id="mark-event">
        {count(at)} of {count(events.length)}: {sentence}
      </p>
    </div>
  );
}

interface MarkingProps {
  readonly explorer: Explorer;
  readonly marks: readonly SpanMarks[];
  /** The event at which the cycle began. */
  readonly start: number | undefined;
  readonly end: number;
}

const shownGrey = 12;
const tallies = new WeakMap<Explorer, MarkingTally>();

export function Marking({ explorer, marks, start, end }: MarkingProps) {
  let tally = tallies.get(explorer);
  if (tally === undefined) {
    tally = new MarkingTally(explorer.timeline);
    tallies.set(explorer, tally);
  }
  if (start === undefined || !explorer.info.marks) return null;
  const state = tally.at(start, end);
  const sum = (of: (m: SpanMarks) => number): number => marks.reduce((n, m) => n + of(m), 0);
  const isMarking = marks.some((m) => m.state === 'marking');
  const [used, marked, grey] = [sum((m) => m.used), sum((m) => m.marked), sum((m) => m.grey)];
  return (
    <div class="marking">
      {isMarking && (
        <ul class="colors" id="gc-colors" aria-label="Used slots by colour">
          <li>
            <span class="swatch mark-white" /> <b>{count(used - marked)}</b> white: not reached
          </li>
          <li>
            <span class="swatch mark-grey" /> <b>{count(grey)}</b> grey: reached, to be scanned
          </li>
          <li>
            <span class="swatch mark-black" /> <b>{count(marked - grey)}</b> black: scanned, or made
            meanwhile
          </li>
        </ul>
      )}
      {grey > 0 && isMarking && (
        <p class="grey-queue">
          <span>grey queue</span>{' '}
          {greyObjects(marks, shownGrey).map((address) => (
            <AddressLink key={address} explorer={explorer} address={address} />
          ))}
          {grey > shownGrey && <span> and {count(grey - shownGrey)} more</span>}
        </p>
      )}
      <DataTable
        id="gc-roots"
        caption="What led to the objects that were greyed in this cycle"
        rows={[
          ...state.roots.map(({ kind, jobs, greyed }) => ({
            what: `roots: ${kind === 'stack' ? 'stacks' : kind}`,
            jobs,
            greyed,
          })),
          { what: 'objects that were scanned', jobs: state.scanned, greyed: state.greyedByScans },
          { what: 'write barrier', jobs: undefined, greyed: state.greyedByBarrier },
        ]}
        keyOf={({ what }) => what}
        columns={[
          { title: 'greyed by', cell: ({ what }) => what },
          {
            title: 'of them',
            isNumber: true,
            cell: ({ jobs }) => (jobs === undefined ? '' : count(jobs)),
          },
          { title: 'objects greyed', isNumber: true, cell: ({ greyed }) => count(greyed) },
        ]}
      />
      {state.jobs > 0 && (
        <p class="hint">
          {count(state.jobsDone)} of {count(state.jobs)} root jobs
        </p>
      )}
    </div>
  );
}
