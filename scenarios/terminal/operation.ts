/** A step's operation as the Go that it stands for. */
import { count, hex } from '../format.ts';
import type { Row, Step, Timeline } from '../timeline/timeline.ts';

type Words = (row: Row) => string;

const address = (row: Row, field: string): string => hex(row[field] as number);

/** What operations that have words of their own read like. */
const words: Readonly<Record<string, Words>> = {
  boot: () => 'all that happens before main.main',
  replayBoot: () => 'all that happens before the log begins',
  main: () => 'main.main is entered',
  new: (row) => `new(${row.type})`,
  makeslice: ({ type, len, cap }) => `make([]${type}, ${len}${len === cap ? '' : `, ${cap}`})`,
  growslice: (row) =>
    `append to []${row.type}, ${row.oldLen} of ${row.oldCap} used: room for ${row.cap}`,
  concatstrings: ({ len }) => `a + b, ${len} B`,
  stringtoslicebyte: ({ len }) => `[]byte(s), ${len} B`,
  slicebytetostring: ({ len }) => `string(b), ${len} B`,
  itoa: ({ len }) => `strconv.Itoa(n), ${len} B`,
  makemap: ({ type, hint }) => `make(${type}${hint === 0 ? '' : `, ${hint}`})`,
  mapassign: ({ type }) => `m[key] = value, m a ${type}`,
  mapdelete: ({ type }) => `delete(m, key), m a ${type}`,
  makechan: ({ type, size }) => `make(chan ${type}${size === 0 ? '' : `, ${size}`})`,
  convT: ({ type }) => `interface of a ${type}`,
  store: (row) => `${address(row, 'addr')} = ${valueText(row)} (${row.type})`,
  slicecopy: ({ type, len }) => `copy of ${len} ${type}`,
  call: ({ func }) => `${func}(…)`,
  return: ({ func }) => `return from ${func}`,
  deferred: ({ func }) => `deferred ${func}(…)`,
  go: ({ func, new: goid }) => `go ${func}(…): goroutine ${goid}`,
  defer: ({ func }) => `defer ${func}(…)`,
  closure: ({ func }) => `closure of ${func}`,
  send: (row) => `send to ${address(row, 'chan')}`,
  recv: (row) => `receive from ${address(row, 'chan')}`,
  discard: (row) => `receive from ${address(row, 'chan')}`,
  close: (row) => `close(${address(row, 'chan')})`,
  GC: () => 'runtime.GC()',
  WriteHeapDump: () => 'debug.WriteHeapDump',
  FreeOSMemory: () => 'debug.FreeOSMemory()',
  SetFinalizer: (row) => `runtime.SetFinalizer(${address(row, 'addr')}, ${row.func ?? 'nil'})`,
  finalizer: (row) => `${row.func}(${address(row, 'addr')}), a finalizer`,
  ReadMemStats: () => 'runtime.ReadMemStats(&m)',
  SetGCPercent: ({ percent }) => `debug.SetGCPercent(${percent})`,
  sleep: ({ ns }) => `time.Sleep(${ns})`,
  mark: ({ mark }) => `mark ${mark}`,
  steps: ({ from, to }) => `steps ${count(Number(from))} to ${count(Number(to))} of the run`,
  replayRequest: ({ size, typeName }) =>
    typeName === '' ? `mallocgc(${size}), no pointers` : `mallocgc(${size}) for ${typeName}`,
  switch: ({ from, to }) => `goroutine ${to} runs, no longer ${from}`,
};

function valueText({ value, type }: Row): string {
  if (typeof value !== 'number') return partsText(String(value));
  return String(type).startsWith('*') || value > 0xffff ? hex(value) : String(value);
}

/** `{"array":824633794624,"len":15}` as `0xc000012040 len 15`. */
function partsText(text: string): string {
  if (!/^\{("\w+":\d+,?)+\}$/.test(text)) return text;
  const parts = Object.entries(JSON.parse(text) as Record<string, number>);
  const words = parts.map(([name, value], i) => (i === 0 ? hex(value) : `${name} ${value}`));
  return words.join(' ');
}

export function operationText(row: Row): string {
  const own = words[row.name];
  if (own !== undefined) return own(row);
  const { name, ...details } = row;
  const rest = Object.entries(details).map(([key, value]) => `${key} ${value}`);
  return [name, ...rest].join(' ');
}

/** What a step did, as {@link operationText}; undefined of step 0, which is no one operation. */
export function operationOf(timeline: Timeline, step: number): string | undefined {
  return step === 0 ? undefined : operationText(timeline.step(step).operation);
}

/** Where the operation's result lies; undefined for one without. */
function resultOf({ operation }: Step): number | undefined {
  const { name, addr } = operation;
  if (name === 'store' || name === 'send' || name === 'SetFinalizer') return undefined;
  return typeof addr === 'number' && addr !== 0 ? addr : undefined;
}

/** The same of a log's requests too: where the model put what was asked for, which the log may have elsewhere. */
export function resultIn(timeline: Timeline, step: Step): number | undefined {
  if (step.operation.name !== 'replayRequest') return resultOf(step);
  for (let e = step.firstEvent; e < step.endEvent; e++) {
    if (timeline.eventName(e) === 'malloc') return timeline.event(e).addr as number;
  }
  return undefined;
}
