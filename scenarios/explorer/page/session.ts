/** What the page shows: one log, and after another run of the script the next one. */
import { type Signal, signal } from '@preact/signals';
import { DumpError } from '../../../dump/index.ts';
import type { Timeline } from '../../timeline/timeline.ts';
import { HeapModel } from '../model/heap-model.ts';
import type { PageInfo } from '../page-info.ts';
import { type Contents, DumpContents } from './contents.ts';
import { Explorer } from './explorer.ts';
import { Live } from './live/live.ts';
import { readDump } from './read-dump.ts';

/** A log and what goes with it. */
export interface PageSource {
  readonly info: PageInfo;
  readonly timeline: Timeline;
  /** More data for views, by name. */
  readonly section: (name: string) => Promise<Uint8Array | undefined>;
  /** The bytes of the heap. */
  readonly contents: Contents;
}

/** A file that could not be read. */
export interface Refusal {
  readonly name: string;
  readonly message: string;
  /** From where in the file on no dump goes on, in bytes. */
  readonly offset: number | undefined;
}

/** Events to index before the page may paint again. */
const slice = 100_000;

export class Session {
  /** undefined until there is a log. */
  readonly shown: Signal<Explorer | undefined> = signal(undefined);
  /** How far the log that is opened is indexed, 0 to 1. */
  readonly progress: Signal<number> = signal(0);
  /** What the page was made of, or the last run of its script: {@link shown} is it until a dump is opened. */
  readonly home: Signal<Explorer | undefined> = signal(undefined);
  /** A file that is read, and what part of it was, 0 to 1. */
  readonly opening: Signal<{ readonly name: string; readonly part: number } | undefined> =
    signal(undefined);
  readonly refused: Signal<Refusal | undefined> = signal(undefined);
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
    const last = this.home.peek();
    if (last !== undefined) next.continueFrom(last);
    last?.contents.end();
    this.home.value = next;
    this.#show(next);
  }

  /** Goes back from a dump to what the page was made of. */
  goHome(): void {
    const explorer = this.home.peek();
    if (explorer !== undefined && explorer !== this.shown.peek()) this.#show(explorer);
  }

  /** Reads a dump and shows it; says why where it cannot be read, and leaves the page as it is. */
  async openDump(file: File): Promise<void> {
    const { name } = file;
    this.refused.value = undefined;
    this.opening.value = { name, part: 0 };
    try {
      const { bytes, ...read } = await readDump(file, (part) => {
        this.opening.value = { name, part };
      });
      const contents = new DumpContents(name, bytes);
      const section = async () => undefined;
      const explorer = new Explorer(
        { ...read, section, contents },
        new HeapModel(read.timeline),
        this,
      );
      // What cannot be shown fails here, while the page still shows what it did.
      explorer.now.peek();
      this.#show(explorer);
      explorer.spoken.value = `${name} is shown: ${explorer.info.about}.`;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const offset = error instanceof DumpError ? error.firstErrorOffset : undefined;
      this.refused.value = { name, message, offset };
    } finally {
      this.opening.value = undefined;
    }
  }

  #show(explorer: Explorer): void {
    this.logs++;
    this.shown.value = explorer;
  }
}
