/** All spans as a table: the same rows as `goheapsim spans --json`. */
import { count, hex } from '../../../format.ts';
import type { SpanState } from '../../model/state.ts';
import { holderText, sweepText } from '../../model/words.ts';
import type { Explorer } from '../explorer.ts';
import { DataTable } from '../parts/data-table.tsx';
import type { View } from '../view.ts';
import { mapFocus } from './map.tsx';

const kindOf = (s: SpanState): string => {
  if (s.type !== 0) return ['', 'stack', 'runtime', 'runtime'][s.type] ?? '';
  return s.spanclass >> 1 === 0 ? 'large' : `${s.spanclass >> 1}`;
};

function Spans({ explorer }: { explorer: Explorer }) {
  const { store } = explorer.now.value;
  const focus = mapFocus(explorer);
  const heap = (s: SpanState, text: string): string => (s.type === 0 ? text : '');
  const usedShare = (s: SpanState): number => (s.type === 0 ? s.allocCount / s.nelems : -1);
  return (
    <DataTable
      id="spans"
      caption="Spans by address"
      rows={store.spans()}
      keyOf={(s) => s.base}
      onSelect={(s) => explorer.select(s.base)}
      isSelected={(s) => focus >= s.base && focus < s.base + s.npages * 8192}
      columns={[
        { title: 'address', cell: (s) => hex(s.base), sortBy: (s) => s.base },
        { title: 'pages', isNumber: true, cell: (s) => count(s.npages), sortBy: (s) => s.npages },
        {
          title: 'class',
          cell: kindOf,
          sortBy: (s) => (s.type === 0 ? s.spanclass : 1000 + s.type),
        },
        { title: 'kind', cell: (s) => heap(s, (s.spanclass & 1) !== 0 ? 'noscan' : 'scan') },
        {
          title: 'slot',
          isNumber: true,
          cell: (s) => (s.elemsize === 0 ? '' : count(s.elemsize)),
          sortBy: (s) => s.elemsize,
        },
        {
          title: 'used',
          isNumber: true,
          cell: (s) => heap(s, count(s.allocCount)),
          sortBy: (s) => s.allocCount,
        },
        {
          title: 'of',
          isNumber: true,
          cell: (s) => heap(s, count(s.nelems)),
          sortBy: (s) => s.nelems,
        },
        {
          title: 'full',
          cell: (s) => (s.type === 0 ? <Meter share={usedShare(s)} /> : ''),
          sortBy: usedShare,
        },
        // A dump does not tell.
        ...(explorer.info.kind === 'dump'
          ? []
          : [
              {
                title: 'held by',
                cell: (s: SpanState) => heap(s, holderText(s)),
                sortBy: (s: SpanState) => heap(s, holderText(s)),
              },
              { title: 'sweep', cell: (s: SpanState) => heap(s, sweepText(store.state, s)) },
            ]),
      ]}
    />
  );
}

function Meter({ share }: { share: number }) {
  return (
    <span class="meter" role="img" aria-label={`${Math.round(share * 100)} %`}>
      <span style={{ width: `${share * 100}%` }} />
    </span>
  );
}

export const spansView: View = { id: 'spans', title: 'Spans', place: 'main', Component: Spans };
