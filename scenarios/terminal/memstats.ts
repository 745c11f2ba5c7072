/** `memstats`: the ledger, each line with its names in MemStats and in runtime/metrics. */
import type { RecordOfKind } from '../../dump/records.ts';
import { type MemStats, memStatsFields, type Uint64 } from '../../sim/stopped-world.ts';
import { count, counted, percent, table } from '../format.ts';
import type { ClassRow, Ledger } from '../timeline/ledger.ts';

/** Depth, the name in MemStats or words, bytes, the name in runtime/metrics or words. */
export type Line = readonly [depth: number, name: string, bytes: Uint64, metric: string];

type Numbers = Omit<MemStats, 'PauseNs'>;

/** The statistics that the lines of Sys are of. */
export type SysStats = Pick<
  Numbers,
  | 'Sys'
  | 'HeapSys'
  | 'HeapInuse'
  | 'HeapAlloc'
  | 'HeapIdle'
  | 'HeapReleased'
  | 'StackSys'
  | 'StackInuse'
  | 'MSpanSys'
  | 'MSpanInuse'
  | 'MCacheSys'
  | 'MCacheInuse'
  | 'BuckHashSys'
  | 'GCSys'
  | 'OtherSys'
>;

const bytesOf =
  <K extends keyof Numbers>(stats: Pick<Numbers, K>) =>
  (name: K): number =>
    Number(stats[name]);

/** The statistics of a dump under the names of runtime.MemStats. */
export function statsOfRecord(record: RecordOfKind<'memStats'>): MemStats {
  const values = memStatsFields.map((field) => {
    const name = field === 'GCSys' ? 'gcSys' : field[0]!.toLowerCase() + field.slice(1);
    return [field, (record as unknown as Record<string, Uint64>)[name]];
  });
  return {
    ...Object.fromEntries(values),
    PauseNs: [...record.pauseNs],
    NumGC: record.numGC,
  } as MemStats;
}

/** Where Sys is: each line that has lines below it is their sum. */
export function sysLines(stats: SysStats): Line[] {
  const n = bytesOf(stats);
  return [
    [0, 'Sys', n('Sys'), '/memory/classes/total:bytes'],
    [1, 'HeapSys', n('HeapSys'), 'address space of the heap'],
    [2, 'HeapInuse', n('HeapInuse'), 'spans with objects'],
    [3, 'HeapAlloc', n('HeapAlloc'), '/memory/classes/heap/objects:bytes'],
    [3, 'unused', n('HeapInuse') - n('HeapAlloc'), '/memory/classes/heap/unused:bytes'],
    [2, 'HeapIdle', n('HeapIdle'), 'pages without a span'],
    [3, 'HeapReleased', n('HeapReleased'), '/memory/classes/heap/released:bytes'],
    [3, 'free', n('HeapIdle') - n('HeapReleased'), '/memory/classes/heap/free:bytes'],
    [1, 'StackSys', n('StackSys'), 'stacks, not in HeapSys'],
    [2, 'StackInuse', n('StackInuse'), '/memory/classes/heap/stacks:bytes'],
    [2, 'of threads', n('StackSys') - n('StackInuse'), '/memory/classes/os-stacks:bytes'],
    [1, 'MSpanSys', n('MSpanSys'), 'mspan structures'],
    [2, 'MSpanInuse', n('MSpanInuse'), '/memory/classes/metadata/mspan/inuse:bytes'],
    [2, 'free', n('MSpanSys') - n('MSpanInuse'), '/memory/classes/metadata/mspan/free:bytes'],
    [1, 'MCacheSys', n('MCacheSys'), 'mcache structures'],
    [2, 'MCacheInuse', n('MCacheInuse'), '/memory/classes/metadata/mcache/inuse:bytes'],
    [2, 'free', n('MCacheSys') - n('MCacheInuse'), '/memory/classes/metadata/mcache/free:bytes'],
    [1, 'BuckHashSys', n('BuckHashSys'), '/memory/classes/profiling/buckets:bytes'],
    [1, 'GCSys', n('GCSys'), '/memory/classes/metadata/other:bytes'],
    [1, 'OtherSys', n('OtherSys'), '/memory/classes/other:bytes'],
  ];
}

function sysTable(stats: MemStats): string[] {
  const rows = sysLines(stats).map(([depth, name, bytes, metric]) => [
    `${'  '.repeat(depth)}${name}`,
    count(bytes),
    metric,
  ]);
  return table(rows, { right: [1] });
}

type CountStats = Pick<
  Numbers,
  'Mallocs' | 'Frees' | 'HeapObjects' | 'TotalAlloc' | 'NextGC' | 'NumGC'
>;

/** Counts and the pacer's figures: the name in MemStats, the figure, the name in runtime/metrics. */
export function countLines(
  stats: CountStats,
  tiny: number | undefined,
  hasGoal = true,
): string[][] {
  const n = bytesOf(stats);
  const goal = stats.NextGC >= 2 ** 62 ? 'off' : count(stats.NextGC);
  const rows: string[][] = [
    ['Mallocs', count(n('Mallocs')), '/gc/heap/allocs:objects + /gc/heap/tiny/allocs:objects'],
    ['Frees', count(n('Frees')), '/gc/heap/frees:objects + /gc/heap/tiny/allocs:objects'],
    ['HeapObjects', count(n('HeapObjects')), '/gc/heap/objects:objects'],
  ];
  if (tiny !== undefined) rows.push(['tiny', count(tiny), '/gc/heap/tiny/allocs:objects']);
  rows.push(['TotalAlloc', count(n('TotalAlloc')), '/gc/heap/allocs:bytes']);
  if (hasGoal) rows.push(['NextGC', goal, '/gc/heap/goal:bytes']);
  rows.push(['NumGC', count(n('NumGC')), '/gc/cycles/total:gc-cycles']);
  return rows;
}

function countTable(stats: CountStats, tiny: number | undefined, hasGoal = true): string[] {
  const rows = countLines(stats, tiny, hasGoal);
  const lines = table(rows, { right: [1], width: Number.POSITIVE_INFINITY });
  if (lines.every((line) => line.length <= 80)) return lines;
  // Two metrics that do not fit into a line are on two.
  const broken = rows.flatMap(([name = '', figure = '', metric = '']) => {
    const [first = '', second] = metric.split(' + ');
    if (second === undefined) return [[name, figure, metric]];
    return [
      [name, figure, first],
      ['', '', `+ ${second}`],
    ];
  });
  return table(broken, { right: [1] });
}

/** What the bytes of HeapInuse are. */
function heapTable({ heap, memstats }: Ledger): string[] {
  const inuse = Number(memstats.HeapInuse);
  const parts: [string, number, string][] = [
    ['requested', heap.requested, 'what the program and the runtime asked for'],
    ['rounding', heap.rounding, 'from there up to the size class'],
    ['headers', heap.headers, 'malloc headers before large enough objects'],
    ['free slots', heap.freeSlots, 'room in spans that are in use'],
    ['heap bits', heap.heapBits, 'pointer bits at the ends of spans'],
    ['tails', heap.tails, 'after the last slot of a span'],
  ];
  const rows = parts.map(([name, bytes, what]) => [
    name,
    count(bytes),
    percent(bytes, inuse),
    what,
  ]);
  rows.push(['= HeapInuse', count(inuse), '', '']);
  return table(rows, { right: [1, 2] });
}

/** Bytes of a class that nobody asked for. */
function lossOf(row: ClassRow): number {
  return row.bytes - row.requested;
}

/** The classes by what they lose. */
export function classTable(classes: readonly ClassRow[], limit: number): string[] {
  const rows = [
    ['class', 'slot', 'spans', 'used', 'of slots', 'free B', 'rounding', 'other', 'lost B'],
  ];
  const sorted = [...classes].sort((a, b) => lossOf(b) - lossOf(a) || a.spanclass - b.spanclass);
  for (const row of sorted.slice(0, limit)) {
    rows.push([
      `${row.sizeclass === 0 ? 'large' : row.sizeclass}${row.noscan ? ' noscan' : ''}`,
      row.elemsize === 0 ? '' : count(row.elemsize),
      count(row.spans),
      count(row.used),
      percent(row.used, row.slots),
      count(row.freeSlots),
      count(row.rounding),
      count(row.headers + row.heapBits + row.tails),
      count(lossOf(row)),
    ]);
  }
  const lines = table(rows, { right: [1, 2, 3, 4, 5, 6, 7, 8] });
  if (sorted.length > limit) {
    lines.push(`  and ${counted(sorted.length - limit, 'class', 'classes')} more (--limit)`);
  }
  return lines;
}

/** The sentence that answers which class is under-used. */
function verdict(classes: readonly ClassRow[]): string[] {
  const [worst] = [...classes].sort((a, b) => b.freeSlots - a.freeSlots);
  if (worst === undefined || worst.freeSlots === 0) return [];
  const all = classes.reduce((sum, row) => sum + row.freeSlots, 0);
  const name = worst.sizeclass === 0 ? 'large' : `${count(worst.elemsize)} B`;
  return [
    '',
    `  Most under-used: ${name}${worst.noscan ? ' noscan' : ''}, ` +
      `${count(worst.used)} of ${count(worst.slots)} slots used in ${counted(worst.spans, 'span')}: ` +
      percent(worst.freeSlots, all) +
      ' of free slots',
  ].map((line) => (line.length > 80 ? line.replace(/^ {2}Most under-used/, '  Emptiest') : line));
}

/** All of it for a live world; that of a log has no goal for the next collection. */
export function ledgerLines(
  ledger: Ledger,
  limit: number,
  heading: (title: string) => string,
  hasGoal = true,
): string[] {
  const { memstats, classes, checks, tinyAllocs } = ledger;
  const wrong = checks.filter(({ counted: a, walked: b }) => a !== b);
  return [
    heading('What the system gave'),
    ...sysTable(memstats),
    '',
    heading('What HeapInuse holds'),
    ...heapTable(ledger),
    '',
    heading('Size classes, by bytes that nobody asked for'),
    ...classTable(classes, limit),
    ...verdict(classes),
    '',
    heading('Counts'),
    ...countTable(memstats, tinyAllocs, hasGoal),
    '',
    wrong.length === 0
      ? `The ledger closes: ${checks.length} sums, each counted and walked.`
      : `The ledger does not close: ${wrong.map(({ what }) => what).join('; ')}`,
  ];
}

/** Whether each line that has lines below it is their sum. */
export function closingOf(lines: readonly Line[]): string {
  const wrong = lines.filter(([depth, , bytes], i) => {
    let sum = 0;
    let children = 0;
    for (const [below, , part] of lines.slice(i + 1)) {
      if (below <= depth) break;
      if (below !== depth + 1) continue;
      sum += Number(part);
      children++;
    }
    return children > 0 && sum !== Number(bytes);
  });
  return wrong.length > 0
    ? `The ledger does not close: ${wrong.map(([, name]) => name).join(', ')}.`
    : 'The ledger closes: each line is the sum of the lines below it.';
}

/** When a program that was dumped last collected, and for how long it stood still. */
export function pauseLines({ LastGC, NumGC, PauseNs, PauseTotalNs }: MemStats): string[][] {
  if (Number(NumGC) === 0) return [['LastGC', '0', 'no collection so far']];
  const last = PauseNs[(Number(NumGC) + 255) % 256] ?? 0;
  const date = new Date(Number(LastGC) / 1e6);
  const isDate = !Number.isNaN(date.getTime());
  return [
    ['LastGC', count(LastGC), `ns since 1970${isDate ? `: ${date.toISOString()}` : ''}`],
    ['PauseTotalNs', count(PauseTotalNs), 'ns that the world was stopped by collections'],
    ['PauseNs', count(last), 'ns of it by the last one'],
  ];
}

/** As far as a dump tells: its statistics, but no spans. */
export function dumpLedgerLines(stats: MemStats, heading: (title: string) => string): string[] {
  return [
    heading('What the system gave'),
    ...sysTable(stats),
    '',
    heading('Counts'),
    ...countTable(stats, undefined),
    '',
    heading('Collections'),
    ...table(pauseLines(stats), { right: [1] }),
    '',
    closingOf(sysLines(stats)),
    'A dump holds no spans: how HeapInuse splits into rounding, headers and free',
    'slots is not in it. goheapsim classes --used shows what its objects tell.',
  ];
}
