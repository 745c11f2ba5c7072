/** What all views share: the log, the heap at the step, what is selected. */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { type Arch, archOf } from '../../../sim/arch.ts';
import { type Told, tellStep } from '../../terminal/explain.ts';
import { operationText, resultIn } from '../../terminal/operation.ts';
import type { Figures, Step, Timeline } from '../../timeline/timeline.ts';
import type { HeapModel } from '../model/heap-model.ts';
import type { HeapState, SpanState } from '../model/state.ts';
import type { HeapStore } from '../model/store.ts';
import type { PageInfo } from '../page-info.ts';
import type { Contents } from './contents.ts';
import type { Coloring } from './map/paint.ts';
import type { PageSource, Session } from './session.ts';

/** The heap after a step. Of one step there is one object, so a view may compare it. */
export interface Now {
  readonly step: number;
  readonly row: Step;
  /** Valid until the next step is shown. */
  readonly store: HeapStore;
  readonly before: HeapState;
  readonly changes: readonly { before: SpanState | null; after: SpanState | null }[];
  readonly figures: Figures;
  readonly figuresBefore: Figures | undefined;
}

/** What is selected: an address, of which views show the page, the span, the slot or the word. */
export type Selection = number | undefined;

/** How long what an action came to is shown, in ms. */
const noticeTime = 4000;

export class Explorer {
  readonly info: PageInfo;
  readonly timeline: Timeline;
  readonly model: HeapModel;
  /** Data beside the log, by name; undefined where there is none of it. */
  readonly section: PageSource['section'];
  /** The page, which may show another run's log next. */
  readonly session: Session;
  readonly arch: Arch;
  /** The bytes of the heap. */
  readonly contents: Contents;
  /** The step that is shown; write it by {@link go}. */
  readonly step: Signal<number>;
  readonly selected: Signal<Selection> = signal(undefined);
  /** Addresses that are lit up, as those of a line of the explanation. */
  readonly lit: Signal<readonly number[]> = signal([]);
  /** The view that the middle shows. */
  readonly view: Signal<string> = signal('map');
  /** How close the map is: 0 arenas, 1 pages, 2 a span's slots, 3 a slot's words. */
  readonly zoom: Signal<number> = signal(1);
  readonly coloring: Signal<Coloring> = signal<Coloring>('state');
  readonly playing: Signal<boolean> = signal(false);
  /** What the aria-live line says. */
  readonly spoken: Signal<string> = signal('');
  /** What an action came to, shown for some seconds; empty without one. Write it by {@link say}. */
  readonly notice: Signal<string> = signal('');
  #hideNotice: ReturnType<typeof setTimeout> | undefined;
  /** The heap at {@link step}. */
  readonly now: ReadonlySignal<Now>;
  /** Its decisions. */
  readonly told: ReadonlySignal<readonly Told[]>;

  constructor(source: PageSource, model: HeapModel, session: Session) {
    const { info, timeline, section, contents } = source;
    this.info = info;
    this.contents = contents;
    this.timeline = timeline;
    this.section = section;
    this.model = model;
    this.session = session;
    this.arch = archOf(info.goarch);
    this.step = signal(Math.min(info.step, timeline.length - 1));
    this.now = computed(() => this.#at(this.step.value));
    this.told = computed(() => this.tell(this.step.value));
  }

  /** Goes on where the reader was in another run's log. */
  continueFrom(other: Explorer): void {
    this.step.value = Math.min(other.step.peek(), this.last);
    for (const name of ['selected', 'view', 'zoom', 'coloring'] as const) {
      (this[name] as Signal<unknown>).value = other[name].peek();
    }
  }

  get last(): number {
    return this.timeline.length - 1;
  }

  /** Shows a step; one that is out of range the nearest. */
  go(step: number): void {
    const next = Math.max(0, Math.min(this.last, Math.round(step)));
    if (next === this.step.peek()) return;
    this.lit.value = [];
    this.notice.value = '';
    this.step.value = next;
  }

  /** Says what an action came to, for eyes and ears. */
  say(message: string): void {
    this.spoken.value = message;
    this.notice.value = message;
    clearTimeout(this.#hideNotice);
    this.#hideNotice = setTimeout(() => {
      this.notice.value = '';
    }, noticeTime);
  }

  select(address: Selection): void {
    this.selected.value = address;
  }

  /** The decisions of a step; none of a step that stands for several. */
  tell(step: number): Told[] {
    const { timeline, arch, info } = this;
    if (timeline.step(step).operation.name === 'steps') return [];
    return tellStep(step, { timeline, target: { arch, allocHeaders: info.allocHeaders } });
  }

  /** The sentence for a step: what the script does, and what came of it. */
  title(step: Step): string {
    return operationText(step.operation);
  }

  result(step: Step): number | undefined {
    return resultIn(this.timeline, step);
  }

  #at(step: number): Now {
    const { model, timeline } = this;
    model.seek(step);
    return {
      step,
      row: timeline.step(step),
      store: model.store,
      before: model.before,
      // Step 0 makes all that there is: nothing of it is a change.
      changes: step === 0 ? [] : model.changes(),
      figures: timeline.figures(step),
      figuresBefore: step === 0 ? undefined : timeline.figures(step - 1),
    };
  }
}

/** Where what a step is about lies: what it allocated or stored to. */
export function focusOf(explorer: Explorer, row: Step): number | undefined {
  const result = explorer.result(row);
  if (result !== undefined) return result;
  const { addr } = row.operation;
  return typeof addr === 'number' && addr !== 0 ? addr : undefined;
}
