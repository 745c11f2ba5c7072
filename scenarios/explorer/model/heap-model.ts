/**
 * The heap at any step of a timeline, made from its events alone. Frames of it are kept, so that going
 * to a step costs no more than the events since the frame before it.
 */
import type { Timeline } from '../../timeline/timeline.ts';
import { lastWhere } from '../last-where.ts';
import { type Apply, appliers } from './apply.ts';
import type { HeapState, SpanState } from './state.ts';
import { HeapStore } from './store.ts';

/** Events between two frames: fewer where they change few spans, of which a frame has copies. */
const eventsPerFrame = { fewest: 2048, most: 4096 } as const;
const spansPerFrame = 16;

/** The heap when some events have happened. */
interface Frame {
  readonly events: number;
  readonly state: HeapState;
}

export class HeapModel {
  readonly timeline: Timeline;
  /** The heap after the step. */
  readonly store = new HeapStore();
  readonly #appliers: (Apply | undefined)[];
  readonly #frames: Frame[] = [];
  /** Events that are applied, and where indexing is. */
  #event = 0;
  #step = -1;
  #indexed = 0;
  #before: HeapState;

  constructor(timeline: Timeline) {
    this.timeline = timeline;
    this.#appliers = appliers(timeline, this.store);
    this.#before = this.store.mark();
    this.#frames.push({ events: 0, state: this.#before });
  }

  /** The step that {@link store} is after; -1 before {@link seek}. */
  get step(): number {
    return this.#step;
  }

  /** The heap as it was before the step. */
  get before(): HeapState {
    return this.#before;
  }

  /** How much of the log has frames, 0 to 1. */
  get progress(): number {
    const all = this.timeline.events.table.length;
    return all === 0 ? 1 : this.#indexed / all;
  }

  /** Makes frames for the next `events` events; false when there are none left. */
  index(events = Number.POSITIVE_INFINITY): boolean {
    const all = this.timeline.events.table.length;
    const end = Math.min(all, this.#indexed + events);
    this.#goTo(this.#indexed);
    while (this.#indexed < end) {
      const since = this.#indexed - this.#frames.at(-1)!.events;
      const few = eventsPerFrame.fewest;
      this.#apply(Math.min(end, this.#indexed + few - (since % few)));
      this.#indexed = this.#event;
      this.#keep();
    }
    this.#step = -1;
    return this.#indexed < all;
  }

  /** Makes a frame where one is due. */
  #keep(): void {
    const since = this.#event - this.#frames.at(-1)!.events;
    if (since < eventsPerFrame.fewest) return;
    if (since < eventsPerFrame.most && this.store.changed.size > spansPerFrame) return;
    this.#frames.push({ events: this.#event, state: this.store.mark() });
  }

  /** Goes to the heap after a step. */
  seek(index: number): void {
    if (index === this.#step) return;
    if (this.#step < 0) while (this.index()) {}
    this.#show(index);
  }

  #show(index: number): void {
    const { firstEvent, endEvent } = this.timeline.step(index);
    this.#goTo(firstEvent);
    this.#before = this.store.mark();
    this.#apply(endEvent);
    this.#step = index;
  }

  /** Goes to where `event` events are applied. */
  #goTo(event: number): void {
    const frame = this.#frameBefore(event);
    if (this.#event > event || this.#event < frame.events) {
      this.store.restore(frame.state);
      this.#event = frame.events;
    }
    this.#apply(event);
  }

  #frameBefore(event: number): Frame {
    const at = lastWhere(this.#frames.length, (i) => this.#frames[i]!.events <= event);
    return this.#frames[at]!;
  }

  #apply(end: number): void {
    const { table, row } = this.timeline.events;
    for (let e = this.#event; e < end; e++) this.#appliers[table.at(e)]?.(row.at(e), e);
    this.#event = end;
  }

  /** The spans after another step, by address, which no later step changes; {@link store} stays where it is. */
  spansAfter(step: number): SpanState[] {
    return this.#elsewhere(() => this.seek(step)).spans;
  }

  /** The heap where `events` events of the log have happened, which may be within a step; as {@link spansAfter}. */
  after(events: number): { spans: SpanState[]; state: HeapState } {
    return this.#elsewhere(() => this.#goTo(events));
  }

  #elsewhere(go: () => void): { spans: SpanState[]; state: HeapState } {
    const back = this.#step;
    go();
    const spans = this.store.spans();
    const state = this.store.mark();
    this.#show(back);
    return { spans, state };
  }

  /** Spans that the step changed: as they were before, and are; null where there is none. */
  changes(): { before: SpanState | null; after: SpanState | null }[] {
    return [...this.store.changed].map(([id, before]) => ({ before, after: this.store.span(id) }));
  }

  /** The step of an event. */
  stepOf(event: number): number {
    const { firstEvent } = this.timeline.steps;
    return lastWhere(this.timeline.length, (i) => firstEvent.at(i) <= event);
  }
}
