/** How far a step's allocation went: the mcache, mcentral, the page heap, the system. */
import { counted } from '../../format.ts';
import type { Row } from '../../timeline/timeline.ts';
import type { SpanState } from './state.ts';
import type { HeapStore } from './store.ts';
import { isUnswept } from './words.ts';

/** Where spans of a class are, beside the mcaches: Go's four sets. */
export interface CentralCounts {
  partialSwept: number;
  partialUnswept: number;
  fullSwept: number;
  fullUnswept: number;
}

/** By span class. */
export function centralCounts(store: HeapStore, spans: readonly SpanState[]): CentralCounts[] {
  const counts = Array.from({ length: 136 }, () => ({
    partialSwept: 0,
    partialUnswept: 0,
    fullSwept: 0,
    fullUnswept: 0,
  }));
  for (const s of spans) {
    if (s.type !== 0 || s.holder >= 0) continue;
    const isFull = s.allocCount === s.nelems;
    const of = counts[s.spanclass]!;
    if (isUnswept(store.state, s)) of[isFull ? 'fullUnswept' : 'partialUnswept']++;
    else of[isFull ? 'fullSwept' : 'partialSwept']++;
  }
  return counts;
}

export const stages = ['mcache', 'mcentral', 'page heap', 'system'] as const;

/** The way that the last allocation of a step went. */
export interface Path {
  readonly spanclass: number;
  /** The P whose mcache it is, where the events tell. */
  readonly p: number | undefined;
  /** Stages by number of {@link stages}: where it began, and how far it had to go. */
  readonly from: number;
  readonly to: number;
  /** A few words for each stage that it came to. */
  readonly words: readonly string[];
}

const num = (row: Row, field: string): number => row[field] as number;

export function pathOf(events: readonly Row[], tinySpanClass: number): Path | undefined {
  let path: Path | undefined;
  let p: number | undefined;
  let to = 0;
  const words = ['', '', '', ''];
  const reach = (stage: number, text: string): void => {
    to = Math.max(to, stage);
    words[stage] = text;
  };
  for (const row of events) {
    switch (row.name) {
      case 'nextFree':
        words[0] =
          row.base === 0
            ? 'no span yet'
            : `${num(row, 'allocCount')} of ${num(row, 'nelems')} used`;
        break;
      case 'mcentralCacheSpan':
        reach(1, row.from === 'grow' ? 'nothing in partial or full' : `from ${String(row.from)}`);
        break;
      case 'mcacheRefill':
        p = num(row, 'p');
        break;
      case 'spanAlloc':
        if (row.type === 0) {
          const where = row.source === 'pageCache' ? "the P's page cache" : 'the page allocator';
          reach(2, `${counted(num(row, 'npages'), 'page')} from ${where}`);
        }
        break;
      case 'heapGrow':
        reach(3, `the heap grows by ${num(row, 'bytes') / 2 ** 20} MiB`);
        break;
      case 'malloc': {
        const spanclass = row.tiny === true ? tinySpanClass : num(row, 'spanclass');
        if (row.tiny === true) words[0] = `the block has room from +${num(row, 'tinyoffset')}`;
        else if (row.fast === true) words[0] = 'nextFreeFast knows a slot';
        else if (to === 0) words[0] = 'nextFree knows a slot';
        const isLarge = spanclass >> 1 === 0;
        path = { spanclass, p, from: isLarge ? 2 : 0, to, words: [...words] };
        to = 0;
        words.fill('');
        break;
      }
      default:
    }
  }
  return path;
}
