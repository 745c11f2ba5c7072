/** The timeline of a replayed log: a step for each request in it. */
import type { Observer, RuntimeEvent } from '../../sim/observer.ts';
import { Allocations } from './allocations.ts';
import { EventFigures } from './event-figures.ts';
import { isMarking } from './recorder.ts';
import type { Timeline } from './timeline.ts';
import { TimelineWriter } from './writer.ts';

/**
 * Hears a replay (ReplayRequest.observer). Step 0 is what happens before the first request; the step of a
 * request is named `replayRequest`, its line that of the log.
 */
export class ReplayRecorder implements Observer {
  readonly allocations = new Allocations();
  readonly #writer = new TimelineWriter();
  readonly #figures = new EventFigures();
  #request: RuntimeEvent = { name: 'boot' };
  #firstEvent = 0;

  onEvent(event: RuntimeEvent): void {
    const { timeline } = this.#writer;
    if (isMarking(event.name)) return;
    if (event.name === 'replayRequest') {
      this.#close();
      this.#request = event;
      return;
    }
    this.#figures.onEvent(event);
    this.allocations.onEvent(event, timeline.length);
    this.#writer.event(event.name, event);
  }

  /** Ends the last step and gives the whole. Call it once, when the replay is over. */
  end(): Timeline {
    this.#close();
    return this.#writer.timeline;
  }

  #close(): void {
    const { name, line = 0, goid = 0, ...details } = this.#request;
    const place = { goroutine: Number(goid), func: '', line: Number(line) };
    this.#writer.step(name, details, place, this.#firstEvent, this.#figures.now());
    this.#firstEvent = this.#writer.timeline.events.table.length;
  }
}
