/**
 * The heap at any step of a timeline, made from its events alone. Every 4,096 events a frame is kept, so
 * that going to a step costs no more than the events since the frame before it.
 */
import type { Timeline } from '../../timeline/timeline.ts';
import { type Apply, appliers } from './apply.ts';
import type { HeapState, SpanState } from './state.ts';
import { HeapStore } from './store.ts';

const eventsPerFrame = 4096;

export class HeapModel {
  readonly timeline: Timeline;
  /** The heap after the step. */
  readonly store = new HeapStore();
  readonly #appliers: (Apply | undefined)[];
  readonly #frames: HeapState[] = [];
  /** Events that are applied, and where indexing is. */
  #event = 0;
  #step = -1;
  #indexed = 0;
  #before: HeapState;

  constructor(timeline: Timeline) {
    this.timeline = timeline;
    this.#appliers = appliers(timeline, this.store);
    this.#before = this.store.mark();
    this.#frames.push(this.#before);
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
      const next = Math.min(end, this.#frames.length * eventsPerFrame);
      this.#apply(next);
      this.#indexed = next;
      if (next === this.#frames.length * eventsPerFrame) this.#frames.push(this.store.mark());
    }
    this.#step = -1;
    return this.#indexed < all;
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
    const frame = Math.min(Math.floor(event / eventsPerFrame), this.#frames.length - 1);
    if (this.#event > event || this.#event < frame * eventsPerFrame) {
      this.store.restore(this.#frames[frame]!);
      this.#event = frame * eventsPerFrame;
    }
    this.#apply(event);
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
    let low = 0;
    let high = this.timeline.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (firstEvent.at(middle) <= event) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
