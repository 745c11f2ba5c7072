/** Two steps side by side: what was born and died between them, which spans came and went, what the sums say. */
import { type Signal, signal, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { count, counted, hex } from '../../../format.ts';
import type { Row } from '../../../timeline/timeline.ts';
import {
  compareSpans,
  type HeapDifference,
  type SlotList,
  type SlotRef,
} from '../../model/compare.ts';
import { typeNameOfSlot } from '../../model/object-words.ts';
import type { SpanState } from '../../model/state.ts';
import { classWords } from '../../model/words.ts';
import type { SystemRows } from '../../system-figures.ts';
import type { Explorer } from '../explorer.ts';
import { DataTable } from '../parts/data-table.tsx';
import type { View } from '../view.ts';
import { deltaText, linesAt, systemOf } from './memstats.tsx';

/** The other step, kept while other views are shown. */
const others = new WeakMap<Explorer, Signal<number>>();

function otherOf(explorer: Explorer): Signal<number> {
  let other = others.get(explorer);
  if (other === undefined) {
    other = signal(Math.max(0, explorer.step.peek() - 100));
    others.set(explorer, other);
  }
  return other;
}

const lists = ['born', 'died', 'moved', 'spans', 'sums'] as const;
type List = (typeof lists)[number];

/** Steps in order, with the heap of each. */
interface Comparison {
  readonly from: number;
  readonly to: number;
  readonly difference: HeapDifference;
  readonly moves: readonly Move[];
}

function Compare({ explorer }: { explorer: Explorer }) {
  const other = otherOf(explorer);
  const list = useSignal<List>('born');
  const step = explorer.now.value.step;
  const there = useMemo(
    () => ({ step: other.value, spans: explorer.model.spansAfter(other.value) }),
    [explorer, other.value],
  );
  const comparison = useMemo(() => compareSteps(explorer, there), [explorer, there, step]);
  const { from, to, difference, moves } = comparison;
  const { born, died, gained, lost } = difference;
  const counts: Record<List, string> = {
    born: `${count(born.length)} born`,
    died: `${count(died.length)} died`,
    moved: `${count(moves.length)} moved`,
    spans: `spans +${count(gained.length)} −${count(lost.length)}`,
    sums: 'sums',
  };
  return (
    <div class="compare">
      <div class="controls">
        <label class="step">
          <span>from step</span>
          <input
            type="text"
            inputMode="numeric"
            aria-label={`The other step, 0 to ${explorer.last}`}
            value={String(other.value)}
            onChange={(event) => {
              const text = event.currentTarget.value.replace(/[, ]/g, '');
              if (/^\d{1,15}$/.test(text)) other.value = Math.min(Number(text), explorer.last);
              event.currentTarget.value = String(other.peek());
            }}
          />
        </label>
        <span>
          to step <b>{count(step)}</b>, the cursor's
        </span>
        <span class="spacer" />
        <button
          type="button"
          onClick={() => {
            other.value = step;
          }}
        >
          Set “from” here
        </button>
        <button
          type="button"
          onClick={() => {
            const back = other.peek();
            other.value = step;
            explorer.go(back);
          }}
        >
          Swap
        </button>
      </div>
      {from === to && (
        <p class="empty">Both are the same step: move the cursor, or name another.</p>
      )}
      {other.value > step && (
        <p class="hint">
          The cursor is before the other step; told is what happens from {count(from)} to{' '}
          {count(to)}.
        </p>
      )}
      <nav class="zooms" aria-label="What to list">
        {lists.map((id) => (
          <button
            key={id}
            type="button"
            aria-pressed={id === list.value}
            onClick={() => {
              list.value = id;
            }}
          >
            {counts[id]}
          </button>
        ))}
      </nav>
      <CompareList key={list.value} explorer={explorer} list={list.value} of={comparison} />
    </div>
  );
}

/** The heap after another step. */
interface Elsewhere {
  readonly step: number;
  readonly spans: readonly SpanState[];
}

/** Another step with the cursor's. */
function compareSteps(explorer: Explorer, there: Elsewhere): Comparison {
  const { step, store } = explorer.now.peek();
  const isBefore = there.step < step;
  const [from, to] = isBefore ? [there.step, step] : [step, there.step];
  if (from === to) {
    return { from, to, difference: compareSpans([], []), moves: [] };
  }
  const here = store.spans();
  const difference = isBefore ? compareSpans(there.spans, here) : compareSpans(here, there.spans);
  return { from, to, difference, moves: movesBetween(explorer, from, to) };
}

/** Stacks and the arrays of slices: the collector moves nothing, but these are copied when they grow. */
interface Move {
  readonly step: number;
  readonly what: string;
  readonly from: number;
  readonly to: number;
  readonly how: string;
}

const moveEvents = new WeakMap<Explorer, readonly number[]>();

function moveEventsOf(explorer: Explorer): readonly number[] {
  let found = moveEvents.get(explorer);
  if (found === undefined) {
    const { events, tables } = explorer.timeline;
    const isMove = tables.map(({ name }) => name === 'copystack' || name === 'growslice');
    const list: number[] = [];
    for (let e = 0; e < events.table.length; e++) if (isMove[events.table.at(e)]) list.push(e);
    moveEvents.set(explorer, list);
    found = list;
  }
  return found;
}

function movesBetween(explorer: Explorer, from: number, to: number): Move[] {
  const { timeline, model } = explorer;
  const { endEvent: first } = timeline.step(from);
  const { endEvent: end } = timeline.step(to);
  return moveEventsOf(explorer)
    .filter((e) => e >= first && e < end && timeline.event(e).from !== 0)
    .map((e) => moveOf(timeline.event(e), model.stepOf(e)));
}

function moveOf(row: Row, step: number): Move {
  const [from, to] = [row.from as number, row.to as number];
  if (row.name === 'growslice') {
    return { step, what: 'array of a slice', from, to, how: `cap ${row.oldCap} → ${row.newCap}` };
  }
  const how = `${count(row.oldSize as number)} → ${count(row.newSize as number)} B`;
  return { step, what: `stack of goroutine ${row.goid}`, from, to, how };
}

interface ListProps {
  readonly explorer: Explorer;
  readonly of: Comparison;
}

function CompareList({ list, ...props }: ListProps & { list: List }) {
  const { difference } = props.of;
  switch (list) {
    case 'born':
      return <SlotTable {...props} name="born" slots={difference.born} />;
    case 'died':
      return <SlotTable {...props} name="died" slots={difference.died} />;
    case 'moved':
      return <MoveList {...props} />;
    case 'spans':
      return <SpanList {...props} />;
    case 'sums':
      return <SumList {...props} />;
    default:
      return list satisfies never;
  }
}

function SlotTable(props: ListProps & { name: string; slots: SlotList }) {
  const { explorer, of, name, slots } = props;
  const { model, selected } = explorer;
  const address = ({ span, index }: SlotRef): number => span.base + index * span.elemsize;
  const stepOf = ({ span, index }: SlotRef): number =>
    span.slotEvent[index] === 0 ? 0 : model.stepOf(span.slotEvent[index]! - 1);
  const typeOf = ({ span, index }: SlotRef): string => typeNameOfSlot(explorer, span, index) ?? '';
  return (
    <>
      <p class="hint">
        {counted(slots.length, 'slot')}, {count(slots.bytes)} B, {name} from step {count(of.from)}{' '}
        to {count(of.to)}.
      </p>
      <DataTable
        id="compare"
        caption={`Slots ${name} from step ${of.from} to ${of.to}`}
        rows={slots}
        keyOf={address}
        onSelect={(slot) => explorer.select(address(slot))}
        isSelected={(slot) => selected.value === address(slot)}
        columns={[
          { title: 'address', cell: (slot) => hex(address(slot)), sortBy: address },
          {
            title: 'slot B',
            isNumber: true,
            cell: ({ span }) => count(span.elemsize),
            sortBy: ({ span }) => span.elemsize,
          },
          {
            title: 'asked for',
            isNumber: true,
            cell: ({ span, index }) => count(span.requested[index]!),
            sortBy: ({ span, index }) => span.requested[index]!,
          },
          {
            title: 'made at step',
            isNumber: true,
            cell: (slot) => count(stepOf(slot)),
            sortBy: stepOf,
          },
          { title: 'type', cell: typeOf, sortBy: typeOf },
        ]}
      />
    </>
  );
}

function MoveList({ explorer, of }: ListProps) {
  return (
    <DataTable
      id="compare"
      caption="Stacks and arrays that were copied"
      rows={of.moves.map((move, i) => ({ ...move, i }))}
      keyOf={({ i }) => i}
      onSelect={({ step }) => explorer.go(step)}
      columns={[
        { title: 'step', isNumber: true, cell: ({ step }) => count(step), sortBy: (m) => m.step },
        { title: 'what', cell: ({ what }) => what, sortBy: ({ what }) => what },
        { title: 'from', cell: ({ from }) => hex(from), sortBy: ({ from }) => from },
        { title: 'to', cell: ({ to }) => hex(to), sortBy: ({ to }) => to },
        { title: 'grows', cell: ({ how }) => how },
      ]}
    />
  );
}

function SpanList({ explorer, of }: ListProps) {
  const { gained, lost } = of.difference;
  const rows = [
    ...gained.map((span) => ({ span, is: 'gained' })),
    ...lost.map((span) => ({ span, is: 'lost' })),
  ];
  return (
    <DataTable
      id="compare"
      caption="Spans that came and went"
      rows={rows}
      keyOf={({ span, is }) => `${is} ${span.base}`}
      onSelect={({ span }) => explorer.select(span.base)}
      columns={[
        { title: 'address', cell: ({ span }) => hex(span.base), sortBy: ({ span }) => span.base },
        { title: 'is', cell: ({ is }) => is, sortBy: ({ is }) => is },
        {
          title: 'pages',
          isNumber: true,
          cell: ({ span }) => count(span.npages),
          sortBy: ({ span }) => span.npages,
        },
        {
          title: 'what',
          cell: ({ span }) => spanWords(span),
          sortBy: ({ span }) => spanWords(span),
        },
      ]}
    />
  );
}

function spanWords(s: SpanState): string {
  if (s.type === 0) return classWords(s);
  return ['', 'stacks', 'pointer bits', 'mark buffers'][s.type] ?? '';
}

function SumList({ explorer, of }: ListProps) {
  const system = useSignal<SystemRows | undefined>(undefined);
  useEffect(() => {
    void systemOf(explorer).then((rows) => {
      system.value = rows;
    });
  }, [explorer, system]);
  const { timeline } = explorer;
  const at = (step: number) => linesAt(timeline.figures(step), system.value?.at(step));
  const before = at(of.from);
  return (
    <table class="ledger" id="compare">
      <caption class="sr">MemStats at both steps</caption>
      <thead>
        <tr>
          <th scope="col">MemStats</th>
          <th scope="col" class="number">
            step {count(of.from)}
          </th>
          <th scope="col" class="number">
            step {count(of.to)}
          </th>
          <th scope="col" class="number">
            difference
          </th>
        </tr>
      </thead>
      <tbody>
        {at(of.to).map(([depth, name, bytes], i) => (
          <tr key={i} class={depth < 2 ? 'sum' : undefined}>
            <th scope="row" style={{ paddingLeft: `${4 + depth * 16}px` }}>
              {name}
            </th>
            <td class="number">{count(before[i]![2])}</td>
            <td class="number">{count(bytes)}</td>
            <td class="number delta">{deltaText(bytes, before[i]![2])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export const compareView: View = {
  id: 'compare',
  title: 'Compare',
  place: 'main',
  Component: Compare,
  fits: ({ info }) => info.kind !== 'dump',
};
