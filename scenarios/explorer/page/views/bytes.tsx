/** The bytes of a dump, field by field, with the write() calls that Go's buffer made of them. */
import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { FieldIndex } from '../../../../dump/index.ts';
import { count, counted } from '../../../format.ts';
import type { WrittenDump } from '../../contents/questions.ts';
import type { Explorer } from '../explorer.ts';
import { DumpStrip } from '../parts/dump-strip.tsx';
import { RecordFields, RecordList } from '../parts/record-list.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useAnswer } from '../use-answer.ts';
import type { View } from '../view.ts';

const known = new WeakMap<Uint8Array, FieldIndex>();

function indexOf(bytes: Uint8Array): FieldIndex {
  let index = known.get(bytes);
  if (index === undefined) {
    index = new FieldIndex(bytes);
    known.set(bytes, index);
  }
  return index;
}

function Bytes({ explorer }: { explorer: Explorer }) {
  const { missing } = explorer.contents;
  // The dumps of a run are the same whatever step is looked at.
  const asking = useAnswer(explorer, 'dumps', 0, missing === undefined ? {} : undefined);
  const which = useSignal(0);
  if (missing !== undefined) return <p class="empty">{missing}</p>;
  const { answer } = asking;
  if (answer === undefined) return <Waiting asking={asking} step={explorer.last} isAsked />;
  if (answer.length === 0) {
    return <p class="empty">The script writes no dump: it never calls writeHeapDump.</p>;
  }
  const dump = answer[Math.min(which.value, answer.length - 1)]!;
  return (
    <div class="bytes-view">
      {answer.length > 1 && (
        <label class="coloring">
          <span>dump</span>
          <select
            value={which.value}
            onChange={(event) => {
              which.value = Number(event.currentTarget.value);
            }}
          >
            {answer.map(({ name }, i) => (
              <option key={`${i} ${name}`} value={i}>
                {i + 1}: {name === '' ? 'dump' : name}
              </option>
            ))}
          </select>
        </label>
      )}
      <DumpBytes key={which.value} explorer={explorer} dump={dump} />
    </div>
  );
}

function DumpBytes({ explorer, dump }: { explorer: Explorer; dump: WrittenDump }) {
  const index = useMemo(() => indexOf(dump.bytes), [dump.bytes]);
  const record = useSignal(0);
  const selected = explorer.selected.value;
  const records = useMemo(() => objectRecords(index), [index]);
  useEffect(() => {
    const own = selected === undefined ? undefined : records.get(selected);
    if (own !== undefined) record.value = own;
  }, [selected, records, record]);
  const choose = (i: number): void => {
    record.value = Math.max(0, Math.min(index.length - 1, i));
    const { offset, name } = index.fields(record.value)[0] ?? { offset: 0, name: '' };
    explorer.spoken.value = `${index.kindOf(record.value)} at byte ${count(offset)}, ${name}`;
  };
  return (
    <>
      <p class="muted">
        {count(dump.bytes.length)} bytes, {counted(index.length, 'record')},{' '}
        {counted(index.writes.length, 'write() call')}
        {index.error !== undefined && `; broken: ${index.error.message}`}
      </p>
      <DumpStrip index={index} record={record.value} choose={choose} />
      <div class="records">
        <RecordList index={index} record={record.value} choose={choose} />
        <RecordFields explorer={explorer} index={index} record={record.value} />
      </div>
    </>
  );
}

const mostObjects = 200_000;

/** The records of objects by their addresses; of the first ones in a large dump. */
function objectRecords(index: FieldIndex): ReadonlyMap<number, number> {
  const records = new Map<number, number>();
  for (let i = 0; i < index.length && records.size < mostObjects; i++) {
    if (index.kindOf(i) === 'object') records.set(index.addressOf(i), i);
  }
  return records;
}

export const bytesView: View = {
  id: 'bytes',
  title: 'Dump bytes',
  place: 'main',
  Component: Bytes,
  fits: ({ info }) => info.kind !== 'log',
};
