/** Events of the runtime that need no others to be told: a label and a sentence. */
import { count, counted, hex } from '../format.ts';
import type { Row } from '../timeline/timeline.ts';

/** A number of a row. */
export const num = (row: Row, field: string): number => row[field] as number;

/** `3 pages` */
export function pages(n: number): string {
  return counted(n, 'page');
}

type Told = readonly [label: string, text: string];

const texts: Readonly<Record<string, (row: Row) => Told | undefined>> = {
  zerobase: (row) => ['size', `0 B: no memory, all are at ${hex(num(row, 'addr'))}`],
  gcTriggerTest: (row) => ['GC?', triggerText(row)],
  gcStart: (row) => [
    'GC',
    `cycle ${row.cycle} ${row.seen === false ? 'has started' : 'starts'}, heapLive ` +
      `${count(num(row, 'heapLive'))} B`,
  ],
  growslice: (row) => [
    'append',
    `capacity ${row.oldCap} -> ${row.newCap} for ${row.newLen} elements; copied to ` +
      hex(num(row, 'to')),
  ],
  copystack: (row) => [
    'stack',
    `goroutine ${row.goid}: ${count(num(row, 'oldSize'))} B at ${hex(num(row, 'from'))} copied ` +
      `to ${count(num(row, 'newSize'))} B at ${hex(num(row, 'to'))}`,
  ],
  newproc: (row) => [
    'go',
    `goroutine ${row.goid}: g at ${hex(num(row, 'g'))}, stack ${hex(num(row, 'stack'))}`,
  ],
  gopark: (row) => ['park', `goroutine ${row.goid} waits: ${row.reason}`],
  execute: (row) => (row.system === true ? undefined : ['run', `goroutine ${row.goid}`]),
  goexit: (row) => ['end', `goroutine ${row.goid}`],
  scavenge: (row) => [
    'scavenge',
    `${pages(num(row, 'npages'))} at ${hex(num(row, 'addr'))} given back`,
  ],
  hashGrow: (row) => [
    'map',
    `${hex(num(row, 'map'))} grows: ${row.sameSize === true ? 'as many' : 'twice the'} buckets`,
  ],
  gcAssistAlloc: (row) => [
    'assist',
    `owes ${count(num(row, 'debtBytes'))} B: marks for ${count(num(row, 'scanWork'))}`,
  ],
};

/** What is said of an event; undefined for one that says nothing by itself. */
export function eventText(row: Row): Told | undefined {
  return texts[row.name]?.(row);
}

function triggerText(row: Row): string {
  const [live, trigger] = [num(row, 'heapLive'), num(row, 'trigger')];
  if (num(row, 'gcphase') !== 0) return 'one is running';
  if (trigger > 2 ** 53) return 'off';
  return `heapLive ${count(live)} ${live >= trigger ? '>=' : '<'} trigger ${count(trigger)}`;
}
