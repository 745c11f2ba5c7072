/** The map as rows: the same as `goheapsim pages --json` and `vis --json` tell. */
import { count, hex } from '../../../format.ts';
import { objectWords, typeNameOfSlot } from '../../model/object-words.ts';
import { pageRuns } from '../../model/page-runs.ts';
import { isUsed } from '../../model/span-bits.ts';
import type { SpanState } from '../../model/state.ts';
import { classWords } from '../../model/words.ts';
import type { Explorer } from '../explorer.ts';
import { DataTable } from '../parts/data-table.tsx';
import { isMarked } from './paint.ts';

interface MapTableProps {
  readonly explorer: Explorer;
  readonly zoom: number;
  readonly focus: number;
}

export function MapTable(props: MapTableProps) {
  const { explorer, zoom, focus } = props;
  const s = explorer.now.value.store.spanAt(focus);
  if (zoom < 2) return <RunTable explorer={explorer} />;
  if (s === null || s.type !== 0) return <p class="empty">No span of heap objects is selected.</p>;
  if (zoom === 2) return <SlotTable explorer={explorer} span={s} />;
  return <WordTable {...props} span={s} />;
}

function RunTable({ explorer }: { explorer: Explorer }) {
  const { store } = explorer.now.value;
  const { selected } = explorer;
  return (
    <DataTable
      id="page-runs"
      caption="Runs of pages by address"
      rows={pageRuns(store)}
      keyOf={({ from }) => from}
      onSelect={({ from }) => explorer.select(from)}
      isSelected={({ from, pages }) =>
        selected.value !== undefined &&
        selected.value >= from &&
        selected.value < from + pages * 8192
      }
      columns={[
        { title: 'address', cell: ({ from }) => hex(from), sortBy: ({ from }) => from },
        {
          title: 'pages',
          cell: ({ pages }) => count(pages),
          isNumber: true,
          sortBy: ({ pages }) => pages,
        },
        { title: 'what', cell: ({ state }) => state, sortBy: ({ state }) => state },
        {
          title: 'span',
          cell: ({ state, from }) => {
            const s = state === 'heap' ? store.spanAt(from) : null;
            return s === null ? '' : classWords(s);
          },
        },
      ]}
    />
  );
}

function SlotTable({ explorer, span: s }: { explorer: Explorer; span: SpanState }) {
  const { model, selected } = explorer;
  const stepOf = (i: number): number =>
    s.slotEvent[i] === 0 ? -1 : model.stepOf(s.slotEvent[i]! - 1);
  const selectedSlot =
    selected.value === undefined ? -1 : Math.floor((selected.value - s.base) / s.elemsize);
  return (
    <DataTable
      id="slots"
      caption={`Slots of the span at ${hex(s.base)}`}
      rows={Array.from({ length: s.nelems }, (_, i) => i)}
      keyOf={(i) => i}
      onSelect={(i) => explorer.select(s.base + i * s.elemsize)}
      isSelected={(i) => i === selectedSlot}
      columns={[
        { title: 'slot', cell: (i) => i, isNumber: true, sortBy: (i) => i },
        { title: 'address', cell: (i) => hex(s.base + i * s.elemsize) },
        {
          title: 'is',
          cell: (i) => (isUsed(s, i) ? 'used' : 'free'),
          sortBy: (i) => Number(isUsed(s, i)),
        },
        {
          title: 'asked for',
          isNumber: true,
          cell: (i) => (isUsed(s, i) && s.slotEvent[i] !== 0 ? count(s.requested[i]!) : ''),
          sortBy: (i) => s.requested[i]!,
        },
        {
          title: 'step',
          isNumber: true,
          cell: (i) => (stepOf(i) < 0 ? '' : count(stepOf(i))),
          sortBy: stepOf,
        },
        { title: 'marked', cell: (i) => (isMarked(s, i) ? 'yes' : '') },
        {
          title: 'type',
          cell: (i) => (isUsed(s, i) ? (typeNameOfSlot(explorer, s, i) ?? '') : ''),
        },
      ]}
    />
  );
}

function WordTable({ explorer, focus, span: s }: MapTableProps & { span: SpanState }) {
  const index = Math.floor((focus - s.base) / s.elemsize);
  if (index >= s.nelems) return <p class="empty">No slot is at this address.</p>;
  const { base, words } = objectWords(explorer, s, index);
  return (
    <DataTable
      id="words"
      caption={`Words of slot ${index}`}
      rows={words}
      keyOf={({ offset }) => offset}
      onSelect={({ offset }) => explorer.select(base + offset)}
      columns={[
        { title: 'address', cell: ({ offset }) => hex(base + offset) },
        { title: 'offset', isNumber: true, cell: ({ offset }) => offset },
        { title: 'is', cell: ({ kind }) => kind },
        { title: 'name', cell: ({ name }) => name },
        { title: 'type', cell: ({ type }) => type },
      ]}
    />
  );
}
