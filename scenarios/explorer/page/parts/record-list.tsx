/** The records of a dump, and the fields of one with their bytes. */
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { type DumpField, type FieldIndex, itabTypes, recordTable } from '../../../../dump/index.ts';
import { count, hex, toHex } from '../../../format.ts';
import type { Explorer } from '../explorer.ts';
import { DataTable } from './data-table.tsx';
import { kindColor } from './dump-strip.tsx';

interface Props {
  readonly index: FieldIndex;
  readonly record: number;
}

const cacheWords = {
  first: 'type written before it',
  again: 'type written again: the cache had forgotten it',
  known: 'cache hit: type was written',
} as const;

export function RecordList({
  index,
  record,
  choose,
}: Props & { readonly choose: (record: number) => void }) {
  const kind = useSignal('');
  const tally = useMemo(() => tallyOf(index), [index]);
  const rows = useMemo(() => recordsOf(index, kind.value), [index, kind.value]);
  const itabs = useMemo(
    () =>
      kind.value === 'itab'
        ? new Map(itabTypes(index).map((itab) => [itab.record, itab]))
        : undefined,
    [index, kind.value],
  );
  return (
    <div class="record-list">
      <div class="record-controls">
        <label class="coloring">
          <span>records</span>
          <select
            id="record-kind"
            value={kind.value}
            onChange={(event) => {
              kind.value = event.currentTarget.value;
            }}
          >
            <option value="">all, {count(index.length)}</option>
            {[...tally].map(([name, n]) => (
              <option key={name} value={name}>
                {name}, {count(n)}
              </option>
            ))}
          </select>
        </label>
        {itabs !== undefined && <CacheTally how={[...itabs.values()].map((itab) => itab.how)} />}
      </div>
      <DataTable
        id="records"
        caption="Records of the dump"
        rows={rows}
        keyOf={(i) => i}
        isSelected={(i) => i === record}
        onSelect={choose}
        columns={[
          { title: 'byte', cell: (i) => hex(index.offsets.at(i)) },
          {
            title: 'record',
            cell: (i) => (
              <>
                <span
                  class="kind-swatch"
                  style={{ background: kindColor(index.kindOf(i)) }}
                  aria-hidden="true"
                />
                {index.kindOf(i)}
              </>
            ),
          },
          {
            title: 'bytes',
            isNumber: true,
            cell: (i) => count(index.endOf(i) - index.offsets.at(i)),
          },
          ...(itabs === undefined
            ? []
            : [
                {
                  title: 'type cache',
                  cell: (i: number) => {
                    const itab = itabs.get(i);
                    return itab === undefined ? '' : `${itab.name} ${cacheWords[itab.how]}`;
                  },
                },
              ]),
        ]}
      />
    </div>
  );
}

function CacheTally({ how }: { how: readonly (keyof typeof cacheWords)[] }) {
  const n = (which: keyof typeof cacheWords): string =>
    count(how.filter((one) => one === which).length);
  return (
    <span class="muted" id="cache-tally">
      type cache: {n('known')} hits, {n('first')} types written, {n('again')} written again
    </span>
  );
}

function tallyOf(index: FieldIndex): ReadonlyMap<string, number> {
  const tally = new Map<string, number>();
  for (const tag of index.tags.view()) {
    const { kind } = recordTable[tag]!;
    tally.set(kind, (tally.get(kind) ?? 0) + 1);
  }
  return tally;
}

function recordsOf(index: FieldIndex, kind: string): number[] {
  const records: number[] = [];
  for (let i = 0; i < index.length; i++) {
    if (kind === '' || index.kindOf(i) === kind) records.push(i);
  }
  return records;
}

/** A line of bytes, all of one field. */
interface Line {
  readonly offset: number;
  readonly bytes: Uint8Array;
  readonly field: DumpField | undefined;
  /** A write() call that ended before its first byte, from 1 on; 0 for none. */
  readonly afterWrite: number;
}

const lineBytes = 8;
const mostLines = 4096;

/** The fields as lines; one in which a call ended begins a new line there. */
function linesOf(index: FieldIndex, record: number): Line[] {
  const lines: Line[] = [];
  for (const field of index.fields(record)) {
    const end = field.offset + field.length;
    for (let at = field.offset; at < end && lines.length < mostLines; ) {
      const write = index.writeAt(at);
      const ends = write < index.writes.length ? index.writes.at(write) : end;
      const next = Math.min(end, at + lineBytes, ends);
      const begins = write > 0 && index.writes.at(write - 1) === at;
      lines.push({
        offset: at,
        bytes: index.bytes.subarray(at, next),
        field: at === field.offset ? field : undefined,
        afterWrite: begins ? write : 0,
      });
      at = next;
    }
  }
  return lines;
}

function textOf(bytes: Uint8Array): string {
  return Array.from(bytes, (b) => (b >= 0x20 && b < 0x7f ? String.fromCharCode(b) : '·')).join('');
}

export function RecordFields({ explorer, index, record }: Props & { readonly explorer: Explorer }) {
  const lines = useMemo(() => linesOf(index, record), [index, record]);
  const tag = index.tags.at(record);
  const { doc, go } = recordTable[tag]!;
  const end = index.endOf(record);
  const isObject = index.kindOf(record) === 'object';
  return (
    <div class="record-fields">
      <p>
        <strong>{index.kindOf(record)}</strong> <span class="muted">{doc}</span>{' '}
        <code class="muted">{go}</code>{' '}
        {isObject && (
          <button
            type="button"
            class="link"
            onClick={() => {
              explorer.select(index.addressOf(record));
              explorer.view.value = 'object';
            }}
          >
            Look into the object
          </button>
        )}
      </p>
      <DataTable
        id="record-fields"
        caption={`Bytes ${hex(index.offsets.at(record))} to ${hex(end)}, field by field`}
        rows={lines}
        keyOf={({ offset }) => offset}
        columns={[
          { title: 'byte', cell: ({ offset }) => hex(offset) },
          {
            title: 'bytes',
            cell: ({ bytes }) => <span class="hexes">{toHex(bytes).match(/../g)?.join(' ')}</span>,
          },
          {
            title: 'field',
            cell: ({ field, bytes, afterWrite }) => (
              <>
                {field !== undefined && (
                  <span class="field-name" title={field.doc}>
                    {field.name}{' '}
                  </span>
                )}
                {field !== undefined && field.value !== '' ? field.value : textOf(bytes)}
                {afterWrite > 0 && <em class="write-end"> write() {afterWrite} ended before</em>}
              </>
            ),
          },
        ]}
      />
      {lines.length === mostLines && <p class="more">and more bytes</p>}
    </div>
  );
}
