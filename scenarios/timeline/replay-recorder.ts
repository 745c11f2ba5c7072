/** The timeline of a replayed log: a step for each request in it. */
import type { Observer, RuntimeEvent } from '../../sim/observer.ts';
import { Allocations } from './allocations.ts';
import { EventFigures } from './event-figures.ts';
import { isMarking } from './recorder.ts';
import { StopRun } from './stop-run.ts';
import type { Timeline } from './timeline.ts';
import { TimelineWriter } from './writer.ts';

/**
 * What a log's timeline has for the address of one of the model's own types, those of what a program's runtime makes before its
 * log begins. A type of the program may lie at the same address; at an odd one none does, since types are aligned to words.
 */
export function ownType(addr: number): number {
  return addr + 1;
}

/** The address of the model's own type, undefined of a type of the program: see {@link ownType}. */
export function ownTypeAddress(typ: number): number | undefined {
  return typ % 2 === 1 ? typ - 1 : undefined;
}

/**
 * Hears a replay (ReplayRequest.observer). Step 0 is what happens before the first request; the step of a
 * request is named `replayRequest`, its line that of the log.
 */
export class ReplayRecorder implements Observer {
  readonly allocations = new Allocations();
  readonly #writer = new TimelineWriter();
  readonly #figures = new EventFigures();
  readonly #until: number;
  #request: RuntimeEvent = { name: 'replayBoot' };
  #firstEvent = 0;
  #isOver = false;
  #isBoot = true;

  /** Without `until` the replay goes to its end; else it is stopped when that step is over. */
  constructor(until = Number.POSITIVE_INFINITY) {
    this.#until = until;
  }

  onEvent(event: RuntimeEvent): void {
    const { timeline } = this.#writer;
    // The model of a log never starts a collection by itself: what it thinks of it says nothing.
    if (isMarking(event.name) || event.name === 'gcTriggerTest') return;
    if (event.name === 'replayRequest') {
      this.#close();
      this.#isBoot = false;
      this.#request = event;
      if (timeline.length > this.#until) {
        this.#isOver = true;
        throw new StopRun();
      }
      return;
    }
    this.#figures.onEvent(event);
    const told = this.#isBoot && event.typ ? withOwnType(event) : event;
    this.allocations.onEvent(told, timeline.length);
    this.#writer.event(told.name, told);
  }

  /** Ends the last step and gives the whole. Call it once, when the replay is over. */
  end(): Timeline {
    if (!this.#isOver) this.#close();
    return this.#writer.timeline;
  }

  #close(): void {
    const { name, line = 0, goid = 0, ...details } = this.#request;
    const place = { goroutine: Number(goid), func: '', line: Number(line) };
    this.#writer.step(name, details, place, this.#firstEvent, this.#figures.now());
    this.#firstEvent = this.#writer.timeline.events.table.length;
  }
}

function withOwnType(event: RuntimeEvent): RuntimeEvent {
  return { ...event, typ: ownType(Number(event.typ)) };
}
