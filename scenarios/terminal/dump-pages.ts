/** `pages` of a dump: pages that its objects and frames lie in. What the others are, it does not tell. */
import { type DumpRecord, type RecordOfKind, visitDump } from '../../dump/index.ts';
import { alignDown, alignUp, pageSize } from '../../sim/uintptr.ts';
import { count, table } from '../format.ts';
import { type DumpInput, withDumpFile } from '../input.ts';
import { UsageError } from '../usage-error.ts';
import { classText } from './dump-spans.ts';
import { type PageMarks, type PageRun, pageMap, pagesOf, pageTable } from './page-map.ts';
import type { Sheet } from './sheet.ts';
import { type InferredSpan, SpanInference } from './span-inference.ts';

type DumpPageState = 'heap' | 'stack' | 'unknown';

const marks: PageMarks<DumpPageState> = {
  heap: ['#', 'blue', 'heap objects'],
  stack: ['S', 'cyan', "goroutines' frames"],
  unknown: ['?', 'grey', 'not in the dump'],
};

/** Statistics of a dump that are sums of pages. */
const pageStats = ['HeapInuse', 'StackInuse', 'HeapIdle', 'HeapReleased'] as const;

/** The pages of a dump's arenas. */
export interface DumpPages {
  readonly heapStart: number;
  readonly heapEnd: number;
  readonly runs: readonly PageRun<DumpPageState>[];
  /** By the address of their runs. */
  readonly spans: ReadonlyMap<number, InferredSpan>;
  /** Bytes, as the program counted them; undefined for a dump without statistics. */
  readonly memstats: Readonly<Record<(typeof pageStats)[number], number>> | undefined;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly state: DumpPageState;
}

/** What a dump tells of pages. @throws {UsageError} @throws {EnvironmentError} */
export function pagesOfDump(input: DumpInput): DumpPages {
  const inference = new SpanInference();
  const frames: Stretch[] = [];
  let params: RecordOfKind<'params'> | undefined;
  let stats: RecordOfKind<'memStats'> | undefined;
  const record = (record: Exclude<DumpRecord, { kind: 'object' }>): void => {
    inference.record(record);
    if (record.kind === 'params') params = record;
    else if (record.kind === 'memStats') stats = record;
    else if (record.kind === 'stackFrame') {
      const sp = Number(record.sp);
      const from = alignDown(sp, pageSize);
      const to = alignUp(sp + Number(record.size), pageSize);
      frames.push({ from, to, state: 'stack' });
    }
  };
  withDumpFile(
    input,
    (file) =>
      visitDump(
        file.chunks(),
        { object: (view) => inference.object(view), record, defect() {} },
        { maxContents: 0 },
      ),
    UsageError,
  );
  const spans = inference.spans();
  const heap = spans.map(({ address: from, pages }): Stretch => {
    return { from, to: from + pages * pageSize, state: 'heap' };
  });
  const heapStart = Number(params?.heapStart ?? spans[0]?.address ?? 0);
  const heapEnd = Math.max(heapStart, Number(params?.heapEnd ?? 0), heap.at(-1)?.to ?? 0);
  return {
    heapStart,
    heapEnd,
    runs: runsOf([...heap, ...joined(frames)], heapStart, heapEnd),
    spans: new Map(spans.map((span) => [span.address, span])),
    memstats: stats && {
      HeapInuse: Number(stats.heapInuse),
      StackInuse: Number(stats.stackInuse),
      HeapIdle: Number(stats.heapIdle),
      HeapReleased: Number(stats.heapReleased),
    },
  };
}

/** Those that touch or overlap as one. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const all: { from: number; to: number; state: DumpPageState }[] = [];
  for (const { from, to, state } of [...stretches].sort((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else all.push({ from, to, state });
  }
  return all;
}

/** Runs of pages from `start` to `end`, all of them; where stretches overlap the first one has the page. */
function runsOf(
  stretches: readonly Stretch[],
  start: number,
  end: number,
): PageRun<DumpPageState>[] {
  const runs: PageRun<DumpPageState>[] = [];
  const add = (from: number, to: number, state: DumpPageState): void => {
    if (to > from) runs.push({ from, pages: (to - from) / pageSize, state });
  };
  let at = alignDown(start, pageSize);
  for (const { from, to, state } of [...stretches].sort((a, b) => a.from - b.from)) {
    // Stacks of threads that the system made lie elsewhere.
    if (to <= at || from >= end) continue;
    add(at, from, 'unknown');
    add(Math.max(at, from), Math.min(to, end), state);
    at = to;
  }
  add(at, alignUp(end, pageSize), 'unknown');
  return runs;
}

/** A character a page. */
export function dumpMap({ runs }: DumpPages, sheet: Sheet): string[] {
  return pageMap(runs, marks, ['unknown', 'not in the dump'], sheet);
}

/** One line a run. */
export function dumpPageTable({ runs, spans }: DumpPages, limit: number): string[] {
  return pageTable(runs, marks, limit, ({ from, state }) => {
    const span = state === 'heap' ? spans.get(from) : undefined;
    return span === undefined ? '' : `, class ${classText(span)}`;
  });
}

/** What the program's statistics say of all pages, beside what the dump shows of them. */
export function pageCounts({ runs, memstats }: DumpPages): string[] {
  if (memstats === undefined) return ['The dump has no statistics of pages.'];
  const pages = (name: (typeof pageStats)[number]): string => count(memstats[name] / pageSize);
  const { HeapInuse } = memstats;
  const seen = pagesOf(runs, 'heap');
  const unseen = HeapInuse / pageSize - seen;
  const rows = [
    [
      'HeapInuse',
      pages('HeapInuse'),
      unseen === 0
        ? 'all of them above'
        : `${count(seen)} of them above; the rest are spans without an object`,
    ],
    ['StackInuse', pages('StackInuse'), 'stacks; above are those that frames lie in'],
    ['HeapIdle', pages('HeapIdle'), 'free; which ones they are is unknown'],
    ['HeapReleased', pages('HeapReleased'), 'of these, given back to the system'],
  ];
  return ["Pages, as the program's statistics count them:", ...table(rows, { right: [1] })];
}
