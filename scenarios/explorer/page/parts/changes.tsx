/** What the step changed: each field of each span, before and after. */
import { count, hex } from '../../../format.ts';
import type { Figures } from '../../../timeline/timeline.ts';
import { cacheHex, isUsed } from '../../model/span-bits.ts';
import type { SpanState } from '../../model/state.ts';
import { classWords, holderText, sweepText } from '../../model/words.ts';
import type { Explorer } from '../explorer.ts';

/** Spans that are shown; a collection changes thousands. */
const limit = 12;

/** Slots of a span that are told one by one. */
const maxSlots = 16;

interface Change {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

function fieldsOf(explorer: Explorer, s: SpanState): Record<string, string> {
  if (s.type !== 0) return {};
  return {
    freeindex: count(s.freeindex),
    allocCount: count(s.allocCount),
    allocCache: cacheHex(s),
    sweepgen: sweepText(explorer.now.value.store.state, s),
    'held by': holderText(s),
    needzero: String(s.needzero),
  };
}

function slotChanges(before: SpanState, after: SpanState): Change[] {
  const changes: Change[] = [];
  let freed = 0;
  for (let i = 0; i < after.nelems; i++) {
    const [was, is] = [isUsed(before, i), isUsed(after, i)];
    if (was && !is) freed++;
    else if (before.slotEvent[i] !== after.slotEvent[i]) {
      changes.push({
        field: `slot ${i}`,
        before: was ? 'used' : 'free',
        after: `${count(after.requested[i]!)} B`,
      });
    } else if (before.requested[i] !== after.requested[i]) {
      changes.push({
        field: `slot ${i}`,
        before: `${before.requested[i]} B of 16`,
        after: `${after.requested[i]} B of 16`,
      });
    }
  }
  if (changes.length > maxSlots) {
    const text = `${count(changes.length)} filled`;
    changes.splice(0, changes.length, { field: 'slots', before: '', after: text });
  }
  if (freed > 0) changes.push({ field: 'slots', before: `${count(freed)} used`, after: 'free' });
  return changes;
}

export function Changes({ explorer }: { explorer: Explorer }) {
  const now = explorer.now.value;
  if (now.step === 0) return null;
  const changed = now.changes.filter(({ before, after }) => before !== null || after !== null);
  return (
    <div class="changes">
      <h2>What changed</h2>
      <FigureChanges before={now.figuresBefore!} after={now.figures} />
      {changed.slice(0, limit).map(({ before, after }) => (
        <SpanChanges
          key={(after ?? before)!.base}
          explorer={explorer}
          before={before}
          after={after}
        />
      ))}
      {changed.length > limit && <p class="more">and {count(changed.length - limit)} more spans</p>}
      {changed.length === 0 && <p class="empty">No span.</p>}
    </div>
  );
}

function SpanChanges({
  explorer,
  before,
  after,
}: {
  explorer: Explorer;
  before: SpanState | null;
  after: SpanState | null;
}) {
  const span = (after ?? before)!;
  const isSame =
    before !== null &&
    after !== null &&
    before.base === after.base &&
    before.spanclass === after.spanclass &&
    before.npages === after.npages;
  const old = isSame ? fieldsOf(explorer, before) : {};
  const changes: Change[] = [];
  if (after !== null && isSame) {
    for (const [field, value] of Object.entries(fieldsOf(explorer, after))) {
      if (old[field] !== value) changes.push({ field, before: old[field] ?? '', after: value });
    }
    changes.push(...slotChanges(before, after));
  }
  return (
    <div class="change">
      <button type="button" class="head" onClick={() => explorer.select(span.base)}>
        <span class="address">{hex(span.base)}</span>
        <span>{spanWords(span)}</span>
        {!isSame && <em>{after === null ? 'freed' : 'new'}</em>}
      </button>
      {changes.length > 0 && <ChangeTable changes={changes} />}
    </div>
  );
}

function spanWords(s: SpanState): string {
  if (s.type === 0) return classWords(s);
  return ['', 'stacks', 'pointer bits', 'mark buffers'][s.type] ?? '';
}

const shownFigures: Readonly<Record<string, keyof Figures>> = {
  HeapAlloc: 'heapAlloc',
  HeapInuse: 'heapInuse',
  HeapIdle: 'heapIdle',
  HeapReleased: 'heapReleased',
  StackInuse: 'stackInuse',
  Mallocs: 'mallocs',
  Frees: 'frees',
  NumGC: 'numGC',
  NextGC: 'nextGC',
};

function FigureChanges({ before, after }: { before: Figures; after: Figures }) {
  const text = (n: number): string => (n > 2 ** 53 ? 'off' : count(n));
  const changes = Object.entries(shownFigures)
    .filter(([, field]) => before[field] !== after[field])
    .map(([field, key]) => ({ field, before: text(before[key]), after: text(after[key]) }));
  return changes.length === 0 ? null : <ChangeTable changes={changes} />;
}

function ChangeTable({ changes }: { changes: readonly Change[] }) {
  return (
    <table>
      <thead class="sr">
        <tr>
          <th scope="col">What</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {changes.slice(0, 40).map((change) => (
          <ChangeRow key={change.field} change={change} />
        ))}
      </tbody>
    </table>
  );
}

function ChangeRow({ change: { field, before, after } }: { change: Change }) {
  const isLong = before.length + after.length > 24;
  return isLong ? (
    <>
      <tr>
        <th scope="row" rowSpan={2}>
          {field}
        </th>
        <td class="old" colSpan={2}>
          {before}
        </td>
      </tr>
      <tr>
        <td class="new" colSpan={2}>
          {after}
        </td>
      </tr>
    </>
  ) : (
    <tr>
      <th scope="row">{field}</th>
      <td class="old">{before}</td>
      <td class="new">{after}</td>
    </tr>
  );
}
