/** Where HeapInuse goes, by size class: what was asked for, and what is lost on the way. */
import { count, counted, percent } from '../../../format.ts';
import type { ClassRow } from '../../../timeline/ledger.ts';
import { classRows, type HeapPart, heapParts, lossOf, sumOf } from '../../model/class-rows.ts';
import type { Explorer } from '../explorer.ts';
import { type Column, DataTable } from '../parts/data-table.tsx';
import type { View } from '../view.ts';

function nameOf({ sizeclass, noscan }: ClassRow): string {
  return `${sizeclass === 0 ? 'large' : sizeclass}${noscan ? ' noscan' : ''}`;
}

const number = (title: string, of: (row: ClassRow) => number, dull = true): Column<ClassRow> => ({
  title,
  isNumber: true,
  sortBy: of,
  cell: (row) => (dull && of(row) === 0 ? <span class="nil">0</span> : count(of(row))),
});

const columns: readonly Column<ClassRow>[] = [
  { title: 'class', cell: nameOf, sortBy: ({ spanclass }) => spanclass },
  {
    title: 'slot',
    isNumber: true,
    sortBy: ({ elemsize }) => elemsize,
    cell: ({ elemsize }) => (elemsize === 0 ? '' : count(elemsize)),
  },
  number('spans', ({ spans }) => spans),
  number('used', ({ used }) => used),
  {
    title: 'of slots',
    isNumber: true,
    sortBy: ({ used, slots }) => used / slots,
    cell: ({ used, slots }) => percent(used, slots),
  },
  { title: 'made of', cell: (row) => <PartBar of={row} whole={row.bytes} /> },
  number('lost B', lossOf),
  number('free slots', ({ freeSlots }) => freeSlots),
  number('rounding', ({ rounding }) => rounding),
  number('headers', ({ headers }) => headers),
  number('heap bits', ({ heapBits }) => heapBits),
  number('tails', ({ tails }) => tails),
  number('requested', ({ requested }) => requested),
  number('= bytes', ({ bytes }) => bytes),
];

function Waste({ explorer }: { explorer: Explorer }) {
  const { store, figures, step } = explorer.now.value;
  const rows = classRows(store, {
    ptrSize: explorer.arch.ptrSize,
    allocHeaders: explorer.info.allocHeaders,
  });
  rows.sort((a, b) => lossOf(b) - lossOf(a) || a.spanclass - b.spanclass);
  const sum = sumOf(rows);
  const whole = Object.values(sum).reduce((a, b) => a + b, 0);
  const select = (row: ClassRow): void => {
    const spans = store.spans().filter((s) => s.type === 0 && s.spanclass === row.spanclass);
    const emptiest = spans.sort((a, b) => a.allocCount / a.nelems - b.allocCount / b.nelems)[0];
    if (emptiest !== undefined) explorer.select(emptiest.base);
  };
  const { selected } = explorer;
  const chosen = selected.value === undefined ? null : store.spanAt(selected.value);
  return (
    <div class="waste">
      <PartBar of={sum} whole={whole} />
      <PartList sum={sum} whole={whole} inuse={figures.heapInuse} />
      <p class="verdict">{verdictOf(rows)}</p>
      <DataTable
        id="waste"
        caption={`Size classes after step ${step}, by bytes that nobody asked for`}
        rows={rows}
        keyOf={({ spanclass }) => spanclass}
        columns={columns}
        onSelect={select}
        isSelected={({ spanclass }) => chosen?.type === 0 && chosen.spanclass === spanclass}
      />
    </div>
  );
}

type Parts = Readonly<Record<HeapPart, number>>;

/** A bar whose parts are as long as their share. */
function PartBar({ of, whole }: { of: Parts; whole: number }) {
  const told = heapParts.filter(([part]) => of[part] > 0);
  const label = told.map(([part, name]) => `${name} ${percent(of[part], whole)}`).join(', ');
  return (
    <span class="part-bar" role="img" aria-label={label}>
      {told.map(([part, name]) => (
        <span
          key={part}
          class={`fill-${part}`}
          style={{ flexGrow: of[part] / whole }}
          title={`${name}: ${count(of[part])} B, ${percent(of[part], whole)}`}
        />
      ))}
    </span>
  );
}

/** The parts of HeapInuse, and that they add up to it. */
function PartList({ sum, whole, inuse }: { sum: Parts; whole: number; inuse: number }) {
  return (
    <table class="part-list" aria-label="What HeapInuse holds">
      <tbody>
        {heapParts.map(([part, name, what]) => (
          <tr key={part}>
            <th scope="row">
              <span class={`swatch fill-${part}`} />
              {name}
            </th>
            <td class="number">{count(sum[part])}</td>
            <td class="number share">{percent(sum[part], whole)}</td>
            <td class="what">{what}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">= HeapInuse</th>
          <td class="number">{count(inuse)}</td>
          <td />
          <td class="what">
            {whole === inuse
              ? 'the sum of the spans, to the byte'
              : `the spans come to ${count(whole)}`}
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

/** Which class is under-used, which is what the sums of MemStats do not tell. */
function verdictOf(rows: readonly ClassRow[]): string {
  let worst: ClassRow | undefined;
  for (const row of rows) if (worst === undefined || row.freeSlots > worst.freeSlots) worst = row;
  if (worst === undefined || worst.freeSlots === 0) return 'Every slot is used.';
  const all = rows.reduce((sum, { freeSlots }) => sum + freeSlots, 0);
  const { elemsize, noscan, used, slots, spans, freeSlots } = worst;
  return (
    `Most under-used: ${count(elemsize)} B${noscan ? ' noscan' : ''}, ${count(used)} of ` +
    `${count(slots)} slots used in ${counted(spans, 'span')}: ${percent(freeSlots, all)} of the free slots' bytes.`
  );
}

export const wasteView: View = {
  id: 'waste',
  title: 'Waste',
  place: 'main',
  Component: Waste,
  fits: ({ info }) => info.kind !== 'dump',
};
