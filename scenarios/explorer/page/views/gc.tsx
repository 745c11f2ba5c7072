/** The collector: its phase, how near the next collection is, and what is marked and swept in each span. */
import { useMemo, useRef } from 'preact/hooks';
import { pageSize } from '../../../../sim/uintptr.ts';
import { count, counted, hex, percent } from '../../../format.ts';
import type { Cycle } from '../../../terminal/gc.ts';
import { Collections } from '../../model/collections.ts';
import { type SpanMarks, spanMarks } from '../../model/span-marks.ts';
import { classWords, sweepText } from '../../model/words.ts';
import type { Theme } from '../canvas.ts';
import type { Explorer } from '../explorer.ts';
import { fillStyle } from '../map/paint.ts';
import { CanvasFigure, type Point } from '../parts/canvas-figure.tsx';
import { CycleTable } from '../parts/cycle-table.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { Marking, MarkReplay, type Replay, useReplay } from '../parts/marking.tsx';
import type { View } from '../view.ts';

const known = new WeakMap<Explorer, Collections>();

function collectionsOf(explorer: Explorer): Collections {
  let found = known.get(explorer);
  if (found === undefined) {
    found = new Collections(explorer.timeline);
    known.set(explorer, found);
  }
  return found;
}

/** The heap at the event that the replay shows, or after the step. */
function useHeapAt(explorer: Explorer, replay: Replay) {
  const { store, row } = explorer.now.value;
  const { at, events } = replay;
  return useMemo(() => {
    if (at === events.length) return { store, spans: store.spans(), state: store.state };
    const there = explorer.model.after(at === 0 ? row.firstEvent : events[at - 1]! + 1);
    return { store, ...there };
  }, [explorer, store, row, at, events]);
}

function Collector({ explorer }: { explorer: Explorer }) {
  const { row, figures } = explorer.now.value;
  const collections = collectionsOf(explorer);
  const cycles = collections.before(row.endEvent, (event) => explorer.model.stepOf(event));
  const replay = useReplay(explorer);
  const heap = useHeapAt(explorer, replay);
  const { state } = heap;
  const marks = useMemo(() => spanMarks(heap), [heap]);
  return (
    <div class="collector">
      <Phases phase={state.gcphase} cycles={cycles} marks={marks} />
      <Pacer
        live={figures.heapLive}
        trigger={collections.trigger(row.endEvent)}
        goal={figures.nextGC}
        isLog={explorer.info.kind === 'log'}
      />
      <SpanGrid explorer={explorer} marks={marks} touched={replay.touched} />
      <Facts
        explorer={explorer}
        cycles={cycles}
        marks={marks}
        debt={collections.assistDebt(row.endEvent)}
      />
      <MarkReplay explorer={explorer} replay={replay} />
      <Marking
        explorer={explorer}
        marks={marks}
        start={collections.lastStart(replay.end)}
        end={replay.end}
      />
      <CycleTable explorer={explorer} cycles={cycles} />
    </div>
  );
}

/** What Go calls the phases; sweeping has none of its own. */
function Phases(props: { phase: number; cycles: readonly Cycle[]; marks: readonly SpanMarks[] }) {
  const { phase, cycles, marks } = props;
  const unswept = marks.filter(({ state }) => state === 'needs sweeping').length;
  const current =
    phase === 1 ? 'mark' : phase === 2 ? 'termination' : unswept > 0 ? 'sweep' : 'off';
  const last = cycles.at(-1);
  const phases = [
    ['off', 'idle', 'every span is swept'],
    ['mark', 'marking', 'what is reached turns grey, then black'],
    ['termination', 'mark termination', 'the world stands still'],
    ['sweep', 'sweeping', 'spans are swept when they are needed'],
  ] as const;
  return (
    <div class="phases">
      <b>{last === undefined ? 'No collection yet' : `Collection ${count(last.cycle)}`}</b>
      <ol aria-label="Phases of a collection">
        {phases.map(([id, name, what]) => (
          <li key={id} aria-current={id === current ? 'step' : undefined} title={what}>
            {name}
          </li>
        ))}
      </ol>
      <span class="hint">{phases.find(([id]) => id === current)![2]}</span>
    </div>
  );
}

/** heapLive on its way to the trigger and the goal. */
function Pacer(props: { live: number; trigger: number | undefined; goal: number; isLog: boolean }) {
  const { live, trigger, goal, isLog } = props;
  if (isLog) return <p class="hint">A log does not tell of goals.</p>;
  if (goal > 2 ** 53) return <p class="hint">Collections are off: there is no goal.</p>;
  const whole = Math.max(goal, live) * 1.05;
  const at = (n: number): string => `${(n / whole) * 100}%`;
  const known = trigger !== undefined && trigger < 2 ** 53;
  return (
    <div class="pacer">
      <div
        class="pacer-bar"
        role="img"
        aria-label={
          `heapLive ${count(live)} of the goal ${count(goal)}` +
          (known ? `, trigger ${count(trigger)}` : '')
        }
      >
        <span class="fill-requested" style={{ width: at(live) }} />
        {known && <i class="trigger" style={{ left: at(trigger) }} />}
        <i class="goal" style={{ left: at(goal) }} />
      </div>
      <dl>
        <Fact name="heapLive" value={`${count(live)} B`} note={percent(live, goal)} />
        {known && <Fact name="trigger" value={`${count(trigger)} B`} note="thin line" />}
        <Fact name="goal" value={`${count(goal)} B`} note="dashed line" />
      </dl>
    </div>
  );
}

function Fact({ name, value, note }: { name: string; value: string; note?: string | undefined }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value} {note !== undefined && <span class="hint">{note}</span>}
      </dd>
    </div>
  );
}

interface FactsProps {
  readonly explorer: Explorer;
  readonly cycles: readonly Cycle[];
  readonly marks: readonly SpanMarks[];
  readonly debt: number;
}

function Facts({ explorer, cycles, marks, debt }: FactsProps) {
  const sum = (of: (m: SpanMarks) => number): number => marks.reduce((n, m) => n + of(m), 0);
  const last = cycles.at(-1);
  if (last === undefined) return null;
  const swept = marks.filter(({ state }) => state === 'swept').length;
  const isMarking = last.done < 0 || marks.some(({ state }) => state === 'marking');
  const used = sum((m) => m.used);
  const marked = sum((m) => m.marked);
  const bytes = sum((m) => m.marked * m.span.elemsize);
  return (
    <dl class="facts">
      {isMarking ? (
        <>
          <Fact
            name="mark bits"
            value={`${counted(marked, 'slot')}, ${count(bytes)} B`}
            note={`${percent(marked, used)} of used slots; those made since it began are marked`}
          />
          {explorer.info.marks && (
            <Fact name="reached" value={counted(last.markedObjects, 'object')} />
          )}
        </>
      ) : (
        <>
          <Fact
            name="swept"
            value={`${count(swept)} of ${counted(marks.length, 'span')}`}
            note={percent(swept, marks.length)}
          />
          <Fact
            name="freed so far"
            value={`${counted(last.freedSlots, 'slot')}, ${counted(last.freedSpans, 'span')}`}
          />
          <Fact name="marked" value={`${count(last.marked)} B`} />
        </>
      )}
      <Fact
        name="assists"
        value={count(last.assists)}
        note={last.assists === 0 ? undefined : `for ${count(debt)} B of debt`}
      />
    </dl>
  );
}

const cell = { width: 26, height: 20, gap: 3 } as const;
const maxScale = 1.7;

/** Height of the grid at every step, px: what the cells of the fullest step have room in where they are largest. */
function gridHeight({ timeline }: Explorer): number {
  const { heapInuse } = timeline.slow;
  let most = 0;
  for (let i = 0; i < heapInuse.length; i++) most = Math.max(most, heapInuse.at(i));
  const perRow = Math.floor(560 / (cell.width * maxScale + cell.gap));
  return Math.ceil(most / pageSize / perRow) * (cell.height * maxScale + cell.gap);
}

interface GridProps {
  readonly explorer: Explorer;
  readonly marks: readonly SpanMarks[];
  /** Addresses that the event at hand is about, and spans that the step has swept. */
  readonly touched: readonly number[];
}

/** A cell for each span, by address: filled from below as far as its used slots are marked. */
function SpanGrid({ explorer, marks, touched }: GridProps) {
  const columns = useRef(1);
  const isMarking = marks.some(({ state }) => state === 'marking');
  const unswept = marks.filter(({ state }) => state === 'needs sweeping').length;
  const draw = (
    context: CanvasRenderingContext2D,
    { width, height }: { width: number; height: number },
    theme: Theme,
  ): void => {
    const scale = Math.min(maxScale, Math.sqrt((width * height) / (marks.length * 29 * 23 * 1.1)));
    const [w, h] = [Math.max(2, cell.width * scale), Math.max(2, cell.height * scale)];
    const gap = Math.max(0.5, cell.gap * Math.min(1, scale));
    columns.current = Math.max(1, Math.floor(width / (w + gap)));
    size.current = { w: w + gap, h: h + gap };
    const selected = explorer.selected.peek();
    const fills = fillsOf(context, theme);
    for (const [i, m] of marks.entries()) {
      const x = (i % columns.current) * (w + gap);
      const y = Math.floor(i / columns.current) * (h + gap);
      drawSpan(context, m, { x, y, w, h }, fills);
      const { base, npages } = m.span;
      if (touched.some((address) => address >= base && address < base + npages * 8192)) {
        context.strokeStyle = theme.ring;
        context.lineWidth = 2;
        context.strokeRect(x, y, w, h);
      }
      if (selected !== undefined && selected >= base && selected < base + npages * 8192) {
        context.strokeStyle = theme.selected;
        context.lineWidth = 2;
        context.strokeRect(x, y, w, h);
      }
    }
  };
  const size = useRef({ w: 1, h: 1 });
  const indexOf = (address: number | undefined): number =>
    marks.findIndex(
      ({ span }) =>
        address !== undefined && address >= span.base && address < span.base + span.npages * 8192,
    );
  const choose = (i: number): void => {
    const m = marks[Math.max(0, Math.min(marks.length - 1, i))];
    if (m === undefined) return;
    explorer.select(m.span.base);
    explorer.spoken.value = spanSentence(m);
  };
  const key = (event: KeyboardEvent): void => {
    const by: Record<string, number> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -columns.current,
      ArrowDown: columns.current,
    };
    const step = by[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    choose(indexOf(explorer.selected.peek()) + step);
  };
  const most = useMemo(() => gridHeight(explorer), [explorer]);
  const state = isMarking ? 'marking' : `${count(unswept)} of them need sweeping`;
  explorer.selected.value;
  return (
    <div class="span-grid" style={{ '--most': `${most}px` }}>
      <CanvasFigure
        label={`${counted(marks.length, 'span')} by address, ${state}. Arrows move from span to span.`}
        draw={draw}
        onClick={({ x, y }: Point) => {
          const column = Math.floor(x / size.current.w);
          choose(Math.floor(y / size.current.h) * columns.current + column);
        }}
        onKeyDown={key}
        controls={<GridLegend isMarking={isMarking} />}
        table={() => <MarkTable explorer={explorer} marks={marks} />}
      />
    </div>
  );
}

function GridLegend({ isMarking }: { isMarking: boolean }) {
  return (
    <ul class="legend" aria-label="Legend">
      {isMarking ? (
        <>
          <li>
            <span class="swatch mark-black" /> black, as high as the share of used slots
          </li>
          <li>
            <span class="swatch mark-grey" /> grey
          </li>
          <li>
            <span class="swatch mark-white" /> white
          </li>
        </>
      ) : (
        <>
          <li>
            <span class="swatch fill-requested" /> swept, as high as its slots are used
          </li>
          <li>
            <span class="swatch plot-layer-2" /> needs sweeping
          </li>
        </>
      )}
      <li>each cell a span, by address</li>
    </ul>
  );
}

interface Fills {
  readonly line: string;
  readonly empty: string;
  readonly white: string;
  readonly grey: string | CanvasPattern;
  readonly black: string;
  readonly swept: string;
  readonly unswept: string | CanvasPattern;
}

/** What the cells of one drawing are filled with. White is light and black dark, whatever the page's scheme is. */
function fillsOf(context: CanvasRenderingContext2D, theme: Theme): Fills {
  const isDark = theme.dark !== '';
  const middle = isDark ? '#5b6673' : '#7d8895';
  return {
    line: theme.line,
    empty: theme.grid,
    white: isDark ? '#c9d1da' : theme.grid,
    grey: fillStyle(context, { color: middle, pattern: 'columns' }),
    black: isDark ? '#0a0d11' : '#39434f',
    swept: isDark ? '#4f9fd6' : '#3d8fc8',
    unswept: fillStyle(context, { color: theme.muted, pattern: 'hatch' }),
  };
}

function drawSpan(
  context: CanvasRenderingContext2D,
  { span, used, marked, grey, state }: SpanMarks,
  { x, y, w, h }: { x: number; y: number; w: number; h: number },
  fills: Fills,
): void {
  const fill = (share: number, style: string | CanvasPattern): void => {
    context.fillStyle = style;
    const high = share === 0 ? 0 : Math.max(1, h * share);
    context.fillRect(x, y + h - high, w, high);
  };
  context.fillStyle = state === 'marking' ? fills.white : fills.empty;
  context.fillRect(x, y, w, h);
  if (state === 'marking') {
    fill(used === 0 ? 0 : marked / used, fills.grey);
    fill(used === 0 ? 0 : (marked - grey) / used, fills.black);
  } else if (state === 'swept') fill(used / span.nelems, fills.swept);
  else fill(1, fills.unswept);
  if (w < 5) return;
  context.strokeStyle = fills.line;
  context.lineWidth = 1;
  context.strokeRect(x + 0.5, y + 0.5, w - 1, h - 1);
}

function spanSentence({ span, used, marked, grey, state }: SpanMarks): string {
  const still = grey === 0 ? '' : `, ${count(grey)} of them grey`;
  return `${hex(span.base)}: ${classWords(span)}, ${count(marked)} of ${count(used)} marked${still}, ${state}`;
}

function MarkTable({ explorer, marks }: Omit<GridProps, 'touched'>) {
  const { store } = explorer.now.value;
  return (
    <DataTable
      id="gc-spans"
      caption="Spans of heap objects, marked and swept"
      rows={marks}
      keyOf={({ span }) => span.base}
      onSelect={({ span }) => explorer.select(span.base)}
      columns={[
        { title: 'address', cell: ({ span }) => hex(span.base), sortBy: ({ span }) => span.base },
        {
          title: 'what',
          cell: ({ span }) => classWords(span),
          sortBy: ({ span }) => span.spanclass,
        },
        { title: 'used', isNumber: true, cell: (m) => count(m.used), sortBy: (m) => m.used },
        { title: 'marked', isNumber: true, cell: (m) => count(m.marked), sortBy: (m) => m.marked },
        { title: 'grey', isNumber: true, cell: (m) => count(m.grey), sortBy: (m) => m.grey },
        {
          title: 'sweepgen',
          cell: ({ span }) => sweepText(store.state, span),
          sortBy: ({ span }) => span.sweepgen,
        },
      ]}
    />
  );
}

export const gcView: View = {
  id: 'gc',
  title: 'GC',
  place: 'main',
  Component: Collector,
  fits: ({ info }) => info.kind !== 'dump',
};
