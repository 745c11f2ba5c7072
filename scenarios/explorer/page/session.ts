/** What the page shows: one log, and after another run of the script the next one. */
import { type Signal, signal } from '@preact/signals';
import type { Timeline } from '../../timeline/timeline.ts';
import { HeapModel } from '../model/heap-model.ts';
import type { PageInfo } from '../page-info.ts';
import { Explorer } from './explorer.ts';
import { Live } from './live/live.ts';

/** A log and what goes with it. */
export interface PageSource {
  readonly info: PageInfo;
  readonly timeline: Timeline;
  /** More data for views, by name. */
  readonly section: (name: string) => Promise<Uint8Array | undefined>;
}

/** Events to index before the page may paint again. */
const slice = 100_000;

export class Session {
  /** undefined until there is a log. */
  readonly shown: Signal<Explorer | undefined> = signal(undefined);
  /** How far the log that is opened is indexed, 0 to 1. */
  readonly progress: Signal<number> = signal(0);
  readonly live: Live | undefined;
  /** Where the reader is in a lesson's story, and what was guessed at its points. */
  readonly tour = { at: signal(0), guesses: signal<ReadonlyMap<number, string>>(new Map()) };
  /** How many logs were shown. */
  logs = 0;

  constructor(info: PageInfo) {
    this.live = info.live && new Live(info, (source) => this.open(source));
  }

  /** Shows a log; step, selection and view stay where they can. */
  async open(source: PageSource): Promise<void> {
    const model = new HeapModel(source.timeline);
    while (model.index(slice)) {
      this.progress.value = model.progress;
      await new Promise((resolve) => setTimeout(resolve));
    }
    const next = new Explorer(source, model, this);
    const last = this.shown.peek();
    if (last !== undefined) next.continueFrom(last);
    this.logs++;
    this.shown.value = next;
  }
}
