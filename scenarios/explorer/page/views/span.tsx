/** The span that is selected: its fields, and its bits in rows that stand under each other. */
import { count, hex, percent } from '../../../format.ts';
import { bitAt, cacheHex, isUsed } from '../../model/span-bits.ts';
import type { SpanState } from '../../model/state.ts';
import { classWords, holderText, spanShape, sweepText } from '../../model/words.ts';
import type { Explorer } from '../explorer.ts';
import { SpanBits } from '../parts/span-bits.tsx';
import type { View } from '../view.ts';
import { mapFocus } from './map.tsx';

interface Field {
  readonly name: string;
  readonly value: string;
  readonly was?: string | undefined;
  readonly hint?: string;
}

function fieldsOf(explorer: Explorer, s: SpanState, before: SpanState | undefined): Field[] {
  const { store } = explorer.now.value;
  const { heapBits, tail, header } = spanShape(
    s,
    explorer.arch.ptrSize,
    explorer.info.allocHeaders,
  );
  const of = (name: string, text: (span: SpanState) => string, hint?: string): Field => {
    const was = before === undefined ? undefined : text(before);
    const value = text(s);
    return { name, value, ...(was !== value && { was }), ...(hint !== undefined && { hint }) };
  };
  const waste = [
    ...(header > 0 ? [`${header} B header a slot`] : []),
    ...(heapBits > 0 ? [`${heapBits} B of pointer bits`] : []),
    ...(tail > 0 ? [`${tail} B of tail`] : []),
  ];
  const known = [
    of('npages', (x) => count(x.npages), `${count(s.npages * 8192)} B`),
    of('spanclass', (x) => count(x.spanclass), classWords(s)),
    of('nelems', (x) => count(x.nelems), `slots of ${count(s.elemsize)} B`),
    of('allocCount', (x) => count(x.allocCount), percent(s.allocCount, s.nelems)),
  ];
  const beside = waste.length > 0 ? [of('beside slots', () => waste.join(', '))] : [];
  if (explorer.info.kind === 'dump') return [...known, ...beside];
  return [
    ...known,
    of('freeindex', (x) => count(x.freeindex), s.freeindex === s.nelems ? 'full' : undefined),
    of('allocCache', cacheHex, 'bit 0 is freeindex; 1 is free'),
    of('sweepgen', (x) => count(x.sweepgen), sweepText(store.state, s)),
    of(
      'needzero',
      (x) => String(x.needzero),
      s.needzero === 1 ? 'old bytes in free slots' : 'fresh',
    ),
    of('held by', holderText),
    ...beside,
  ];
}

function SpanInspector({ explorer }: { explorer: Explorer }) {
  const focus = mapFocus(explorer);
  const { store, changes } = explorer.now.value;
  const s = store.spanAt(focus);
  if (s === null) return <p class="empty">No span is at {hex(focus)}.</p>;
  if (s.type !== 0) return <ManualSpan span={s} />;
  const change = changes.find(({ after }) => after === s)?.before ?? undefined;
  const before = change?.base === s.base && change.spanclass === s.spanclass ? change : undefined;
  const slot = Math.min(s.nelems - 1, Math.floor((focus - s.base) / s.elemsize));
  return (
    <div class="span-inspector">
      <h3 class="mono">{hex(s.base)}</h3>
      <p class="muted">
        {classWords(s)}
        {explorer.info.kind === 'dump' && '; inferred from its objects'}
      </p>
      <table class="fields">
        <tbody>
          {fieldsOf(explorer, s, before).map(({ name, value, was, hint }) => (
            <tr key={name} class={was === undefined ? undefined : 'changed'}>
              <th scope="row">{name}</th>
              <td>
                {was !== undefined && <span class="old">{was} → </span>}
                <span class={was === undefined ? undefined : 'new'}>{value}</span>
                {hint !== undefined && <span class="hint"> {hint}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {explorer.info.kind !== 'dump' && <SpanBits explorer={explorer} span={s} slot={slot} />}
      <SlotFacts explorer={explorer} span={s} slot={slot} />
    </div>
  );
}

function SlotFacts({
  explorer,
  span: s,
  slot,
}: {
  explorer: Explorer;
  span: SpanState;
  slot: number;
}) {
  const base = s.base + slot * s.elemsize;
  const event = s.slotEvent[slot]!;
  const step = event === 0 ? undefined : explorer.model.stepOf(event - 1);
  const isLive = isUsed(s, slot);
  return (
    <div class="slot-facts">
      <h3>
        slot {count(slot)} <span class="mono">{hex(base)}</span>
      </h3>
      <p>
        {isLive ? 'used' : 'free'}
        {bitAt(s.gcmarkBits, slot) && ', marked'}
        {isLive && event !== 0 && `, ${count(s.requested[slot]!)} B asked for`}
        {s.requests[slot]! > 1 && ` by ${count(s.requests[slot]!)} tiny objects`}
      </p>
      {step !== undefined && (
        <p>
          <button type="button" class="link" onClick={() => explorer.go(step)}>
            {isLive ? 'allocated' : 'last allocated'} at step {count(step)}
          </button>
        </p>
      )}
      {isLive && (
        <p>
          <button
            type="button"
            class="link"
            onClick={() => {
              explorer.select(base);
              explorer.view.value = 'object';
            }}
          >
            look into the object
          </button>
        </p>
      )}
    </div>
  );
}

function ManualSpan({ span: s }: { span: SpanState }) {
  const what = ['', 'Stacks', 'Pointer bits', 'Mark buffers'][s.type];
  return (
    <div class="span-inspector">
      <h3 class="mono">{hex(s.base)}</h3>
      <p>
        {what}: {count(s.npages)} {s.npages === 1 ? 'page' : 'pages'} that the runtime manages
        itself.
      </p>
      {s.type === 1 && s.elemsize > 0 && <p>Pieces of {count(s.elemsize)} B.</p>}
    </div>
  );
}

export const spanView: View = {
  id: 'span',
  title: 'Span',
  place: 'side',
  Component: SpanInspector,
};
