/** What is in a dump, gathered in one pass with bounded memory, and how it is told. */
import type { Defect } from '../dump/dump-error.ts';
import { type DumpVisitor, type ObjectView, visitDump } from '../dump/reader.ts';
import { type RecordOfKind, recordTable, type Uint64 } from '../dump/records.ts';
import {
  bytes,
  count,
  counted,
  cut,
  duration,
  hex,
  printable,
  roundedBytes,
  table,
} from './format.ts';

/** Contents above this many bytes are not kept in memory. */
const maxContents = 65536;
/** Distinct object sizes that are told apart; Go's size classes are 67. */
const maxSizes = 4096;
/** Goroutines that are kept; of more, only groups are. */
const maxGoroutines = 20;
const maxGroups = 1000;
const maxSizeRows = 24;

interface SizeRow {
  size: number;
  objects: number;
  withPointers: number;
}

interface GoroutineRow {
  readonly id: Uint64;
  readonly status: string;
  readonly waitReason: string;
  readonly isSystem: boolean;
  frames: number;
  function: string;
}

interface GoroutineGroup {
  readonly status: string;
  readonly waitReason: string;
  readonly function: string;
  goroutines: number;
}

const statusNames: Readonly<Record<string, string>> = {
  0: 'idle',
  1: 'runnable',
  2: 'running',
  3: 'syscall',
  4: 'waiting',
  6: 'dead',
};

/** A goroutine's status in words. */
export function statusName(status: Uint64): string {
  return statusNames[status.toString()] ?? `status ${status}`;
}

/** What was found; numbers are exact. */
export interface DumpSummary {
  header: string;
  /** Bytes read. */
  bytes: number;
  params: RecordOfKind<'params'> | undefined;
  memStats: RecordOfKind<'memStats'> | undefined;
  /** Records and their bytes, by tag. */
  records: { count: number; bytes: number }[];
  objects: { count: number; bytes: number; pointers: number; lowest: Uint64; highest: Uint64 };
  sizes: Map<number, SizeRow>;
  /** Objects of sizes beyond those told apart. */
  otherSizes: { objects: number; bytes: number };
  goroutines: GoroutineRow[];
  goroutineGroups: Map<string, GoroutineGroup>;
  defects: number;
}

/** Gathers a summary from the records it is handed. */
function summaryVisitor(): { summary: DumpSummary; visitor: DumpVisitor; end(): void } {
  const summary: DumpSummary = {
    header: '',
    bytes: 0,
    params: undefined,
    memStats: undefined,
    records: recordTable.map(() => ({ count: 0, bytes: 0 })),
    objects: { count: 0, bytes: 0, pointers: 0, lowest: 0, highest: 0 },
    sizes: new Map(),
    otherSizes: { objects: 0, bytes: 0 },
    goroutines: [],
    goroutineGroups: new Map(),
    defects: 0,
  };
  let goroutine: GoroutineRow | undefined;
  const endGoroutine = (): void => {
    if (goroutine !== undefined) addGoroutine(summary, goroutine);
    goroutine = undefined;
  };
  const visitor: DumpVisitor = {
    header: (header) => {
      summary.header = header.trimEnd();
    },
    object: (view) => addObject(summary, view),
    record: (record) => {
      const row = summary.records[record.tag]!;
      row.count++;
      row.bytes += Number(record.length);
      if (record.kind === 'params') summary.params ??= record;
      else if (record.kind === 'memStats') summary.memStats ??= record;
      else if (record.kind === 'goroutine') {
        endGoroutine();
        goroutine = {
          id: record.id,
          status: statusName(record.status),
          waitReason: printable(record.waitReason),
          isSystem: record.isSystem,
          frames: 0,
          function: '',
        };
      } else if (record.kind === 'stackFrame' && goroutine !== undefined) {
        if (goroutine.frames++ === 0) goroutine.function = printable(record.name);
        else if (isPlumbing(goroutine.function)) goroutine.function = printable(record.name);
      }
    },
    defect: (_defect: Defect) => {
      summary.defects++;
    },
  };
  return { summary, visitor, end: endGoroutine };
}

/** Functions of the runtime under which the interesting one lies. */
function isPlumbing(name: string): boolean {
  return /^runtime\.(gopark|goparkunlock|chan|select|systemstack|mcall|sema|block|notetsleep)/.test(
    name,
  );
}

function addObject(summary: DumpSummary, view: ObjectView): void {
  const { objects, records, sizes } = summary;
  const { address, size } = view;
  if (objects.count === 0 || address < objects.lowest) objects.lowest = address;
  const end = typeof address === 'bigint' ? address + BigInt(size) : address + size;
  if (end > objects.highest) objects.highest = end;
  objects.count++;
  objects.bytes += size;
  objects.pointers += view.pointerCount;
  records[1]!.count++;
  records[1]!.bytes += view.length;
  let row = sizes.get(size);
  if (row === undefined) {
    if (sizes.size >= maxSizes) {
      summary.otherSizes.objects++;
      summary.otherSizes.bytes += size;
      return;
    }
    row = { size, objects: 0, withPointers: 0 };
    sizes.set(size, row);
  }
  row.objects++;
  if (view.pointerCount > 0) row.withPointers++;
}

function addGoroutine(summary: DumpSummary, row: GoroutineRow): void {
  if (summary.goroutines.length < maxGoroutines) summary.goroutines.push(row);
  const key = `${row.status}\n${row.waitReason}\n${row.function}`;
  const { goroutineGroups } = summary;
  const group = goroutineGroups.get(key);
  if (group !== undefined) group.goroutines++;
  else if (goroutineGroups.size < maxGroups) {
    const { status, waitReason, function: name } = row;
    goroutineGroups.set(key, { status, waitReason, function: name, goroutines: 1 });
  }
}

/**
 * Reads a dump as far as it can be read. `progress` hears the bytes read. `error` is what the reader
 * threw at the place where it can go no further; the summary is then of what comes before.
 */
export function summarize(
  chunks: Iterable<Uint8Array>,
  progress?: (bytes: number) => void,
): { summary: DumpSummary; error?: unknown } {
  const { summary, visitor, end } = summaryVisitor();
  try {
    visitDump(counting(chunks, summary, progress), visitor, { maxContents });
  } catch (error) {
    end();
    return { summary, error };
  }
  end();
  return { summary };
}

function* counting(
  chunks: Iterable<Uint8Array>,
  summary: DumpSummary,
  progress?: (bytes: number) => void,
): Generator<Uint8Array> {
  for (const chunk of chunks) {
    summary.bytes += chunk.length;
    progress?.(summary.bytes);
    yield chunk;
  }
}

function recordCount(summary: DumpSummary, kind: string): number {
  const spec = recordTable.find((candidate) => candidate.kind === kind);
  return spec === undefined ? 0 : summary.records[spec.tag]!.count;
}

/** One paragraph of a few lines: what `run` says of each dump it has written. */
export function briefLines(summary: DumpSummary, writes: number): string[] {
  const { objects, params } = summary;
  const rows: string[][] = [];
  if (params !== undefined) rows.push(['target', targetText(params)]);
  rows.push(['file', `${bytes(summary.bytes)} in ${counted(writes, 'write() call')}`]);
  rows.push(['objects', `${count(objects.count)} in ${bytes(objects.bytes)}`]);
  rows.push(['pointers', `${count(objects.pointers)} in objects`]);
  const goroutines = recordCount(summary, 'goroutine');
  const frames = recordCount(summary, 'stackFrame');
  rows.push(['stacks', `${counted(goroutines, 'goroutine')}, ${counted(frames, 'frame')}`]);
  rows.push([
    'types',
    `${counted(recordCount(summary, 'type'), 'record')}, ${counted(recordCount(summary, 'itab'), 'itab')}`,
  ]);
  const registered = recordCount(summary, 'finalizer');
  const queued = recordCount(summary, 'queuedFinalizer');
  if (registered + queued > 0) {
    rows.push(['finalizers', `${count(registered)} registered, ${count(queued)} queued`]);
  }
  return table(rows);
}

function targetText(params: RecordOfKind<'params'>): string {
  const order = params.bigEndian ? 'big-endian' : 'little-endian';
  const bits = Number(params.pointerSize) * 8;
  return `${printable(String(params.goVersion))} linux/${printable(String(params.architecture))}, ${bits}-bit, ${order}`;
}

/** Everything, for a person: sections of at most 80 columns. `heading` marks a section's title. */
export function summaryLines(
  name: string,
  summary: DumpSummary,
  heading: (title: string) => string,
): string[] {
  const lines = [heading(cut(printable(name), 80)), ...headLines(summary), ''];
  lines.push(heading('Records'), ...recordLines(summary), '');
  if (summary.objects.count > 0) {
    lines.push(heading('Objects by size'), ...sizeLines(summary), '');
  }
  if (summary.goroutines.length > 0) {
    lines.push(heading('Goroutines'), ...goroutineLines(summary), '');
  }
  if (summary.memStats !== undefined) {
    lines.push(heading('MemStats'), ...memStatsLines(summary.memStats), '');
  }
  lines.pop();
  return lines;
}

function headLines(summary: DumpSummary): string[] {
  const { params, objects } = summary;
  const rows = [
    ['header', summary.header],
    ['size', bytes(summary.bytes)],
  ];
  if (params !== undefined) {
    rows.push(['target', targetText(params)], ['CPUs', count(params.ncpu)]);
    rows.push(['arenas', `${hex(params.heapStart)} to ${hex(params.heapEnd)}`]);
  }
  rows.push(['objects', `${count(objects.count)} in ${bytes(objects.bytes)}`]);
  if (objects.count > 0) {
    rows.push(['', `${hex(objects.lowest)} to ${hex(objects.highest)}`]);
    rows.push(['', `${count(objects.pointers)} pointers in them`]);
  }
  return table(rows);
}

function recordLines(summary: DumpSummary): string[] {
  const rows = [['tag', 'kind', 'records', 'bytes', 'of the file']];
  const total = Math.max(1, summary.bytes);
  for (const { tag, kind } of recordTable) {
    const { count: n, bytes: size } = summary.records[tag]!;
    if (n === 0) continue;
    rows.push([String(tag), kind, count(n), count(size), `${((size / total) * 100).toFixed(1)} %`]);
  }
  return table(rows, { right: [0, 2, 3, 4] });
}

function sizeLines(summary: DumpSummary): string[] {
  const all = [...summary.sizes.values()];
  const other = { ...summary.otherSizes };
  const byBytes = [...all].sort((a, b) => b.size * b.objects - a.size * a.objects);
  const shown = byBytes.slice(0, maxSizeRows).sort((a, b) => a.size - b.size);
  for (const row of byBytes.slice(maxSizeRows)) {
    other.objects += row.objects;
    other.bytes += row.size * row.objects;
  }
  const most = Math.max(1, other.bytes, ...shown.map((row) => row.size * row.objects));
  const bar = (n: number) => '#'.repeat(Math.round((n / most) * 20));
  const rows = [['size', 'objects', 'with pointers', 'bytes', '']];
  for (const { size, objects, withPointers } of shown) {
    const sum = size * objects;
    rows.push([count(size), count(objects), count(withPointers), count(sum), bar(sum)]);
  }
  if (other.objects > 0) {
    rows.push(['other', count(other.objects), '', count(other.bytes), bar(other.bytes)]);
  }
  return table(rows, { right: [0, 1, 2, 3] });
}

function goroutineLines(summary: DumpSummary): string[] {
  const total = recordCount(summary, 'goroutine');
  if (total <= maxGoroutines) {
    const rows = [['id', 'status', 'wait reason', 'frames', 'function']];
    for (const row of summary.goroutines) {
      const system = row.isSystem ? ' (system)' : '';
      const reason = row.status === 'waiting' ? cut(row.waitReason, 24) : '';
      rows.push([count(row.id), row.status, reason, count(row.frames), row.function + system]);
    }
    return table(rows, { right: [0, 3] });
  }
  const groups = [...summary.goroutineGroups.values()].sort((a, b) => b.goroutines - a.goroutines);
  const rows = [['goroutines', 'status', 'wait reason', 'function']];
  for (const group of groups.slice(0, maxGoroutines)) {
    const reason = group.status === 'waiting' ? cut(group.waitReason, 24) : '';
    rows.push([count(group.goroutines), group.status, reason, group.function]);
  }
  const rest = groups.slice(maxGoroutines).reduce((sum, group) => sum + group.goroutines, 0);
  if (rest > 0) rows.push([count(rest), 'others', '', '']);
  return table(rows, { right: [0] });
}

function memStatsLines(stats: RecordOfKind<'memStats'>): string[] {
  const size = (label: string, n: Uint64) => [label, count(n), roundedBytes(n)];
  const goal = stats.nextGC >= 2n ** 63n ? ['NextGC', 'off', ''] : size('NextGC', stats.nextGC);
  return table(
    [
      size('HeapAlloc', stats.heapAlloc),
      size('HeapInuse', stats.heapInuse),
      size('HeapIdle', stats.heapIdle),
      size('HeapReleased', stats.heapReleased),
      size('HeapSys', stats.heapSys),
      size('StackInuse', stats.stackInuse),
      size('Sys', stats.sys),
      size('TotalAlloc', stats.totalAlloc),
      ['HeapObjects', count(stats.heapObjects), ''],
      ['Mallocs', count(stats.mallocs), ''],
      ['Frees', count(stats.frees), ''],
      goal,
      ['NumGC', count(stats.numGC), `pauses ${duration(stats.pauseTotalNs)}`],
    ],
    { right: [1, 2] },
  );
}

/** The summary as data: what `inspect --json` prints. */
export function summaryJson(name: string, summary: DumpSummary, complete: boolean): unknown {
  const { params, memStats, objects } = summary;
  const records: Record<string, unknown> = {};
  for (const { tag, kind } of recordTable) records[kind] = summary.records[tag];
  return {
    file: name,
    header: summary.header,
    bytes: summary.bytes,
    complete,
    params: params && withoutPlace(params),
    records,
    objects: {
      ...objects,
      sizes: [...summary.sizes.values()]
        .sort((a, b) => a.size - b.size)
        .map((row) => ({ ...row, bytes: row.size * row.objects })),
      otherSizes: summary.otherSizes,
    },
    goroutines: {
      count: recordCount(summary, 'goroutine'),
      first: summary.goroutines,
      groups: [...summary.goroutineGroups.values()].sort((a, b) => b.goroutines - a.goroutines),
    },
    memStats: memStats && withoutPlace(memStats),
    defects: summary.defects,
  };
}

function withoutPlace(record: RecordOfKind<'params'> | RecordOfKind<'memStats'>): unknown {
  const {
    offset: _offset,
    length: _length,
    index: _index,
    tag: _tag,
    kind: _kind,
    ...rest
  } = record;
  return rest;
}
