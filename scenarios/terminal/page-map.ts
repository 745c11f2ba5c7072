/** `pages`: what each page of a heap is, as a table of runs or a map. */
import type { MSpan } from '../../sim/mspan.ts';
import type { World } from '../../sim/runtime.ts';
import { pageSize } from '../../sim/uintptr.ts';
import { count, counted, hex, table } from '../format.ts';
import { forEachPage, type PageState, spanKind } from '../timeline/spans.ts';
import type { Colour, Sheet } from './sheet.ts';

/** Pages of one sort that follow each other; those of a span are a run of their own. */
export interface PageRun<State extends string> {
  readonly from: number;
  readonly pages: number;
  readonly state: State;
}

/** How a map shows each sort of page, and what it is in words. */
export type PageMarks<State extends string> = Readonly<
  Record<State, readonly [mark: string, colour: Colour, what: string]>
>;

const pageMarks: PageMarks<PageState> = {
  heap: ['#', 'blue', 'heap objects'],
  stack: ['S', 'cyan', 'stacks'],
  manual: ['m', 'magenta', "the runtime's own: pointer bits, mark buffers"],
  cached: ['c', 'yellow', "free, in a P's page cache"],
  free: ['_', 'yellow', 'free'],
  released: ['.', 'grey', 'free, given back to the system'],
};

/** Pages of one row of the map. */
const rowPages = 64;
const rowBytes = rowPages * pageSize;

/** Rows in which nothing but pages of one sort lies are told as a number: the sort, and what follows the number. */
type QuietRows<State extends string> = readonly [state: State, words: string];

/** One character a page, then what each means and how many there are. */
export function pageMap<State extends string>(
  runs: readonly PageRun<State>[],
  marks: PageMarks<State>,
  [quiet, quietWords]: QuietRows<State>,
  sheet: Sheet,
): string[] {
  const lines: string[] = [];
  let row = -1;
  let cells: State[] = [];
  let skipped = 0;
  const flush = (): void => {
    if (skipped > 0) lines.push(`  ${counted(skipped * rowPages, 'page')} ${quietWords}`);
    skipped = 0;
  };
  const endRow = (): void => {
    if (cells.length > 0 && cells.every((state) => state === quiet)) skipped++;
    else if (cells.length > 0) {
      flush();
      const drawn = cells.map((state) => sheet.paint(marks[state][1], marks[state][0]));
      lines.push(`${hex(row * rowBytes).padEnd(14)}${drawn.join('')}`);
    }
    cells = [];
  };
  for (const { from, pages, state } of runs) {
    const end = from + pages * pageSize;
    for (let at = from; at < end; ) {
      const rowOfPage = Math.floor(at / rowBytes);
      if (rowOfPage !== row) {
        endRow();
        row = rowOfPage;
      }
      const whole =
        state === quiet && at === row * rowBytes ? Math.floor((end - at) / rowBytes) : 0;
      skipped += whole;
      if (whole > 0) at += whole * rowBytes;
      else {
        cells.push(state);
        at += pageSize;
      }
    }
  }
  endRow();
  flush();
  return [...lines, '', ...legend(runs, marks, sheet)];
}

function legend<State extends string>(
  runs: readonly PageRun<State>[],
  marks: PageMarks<State>,
  sheet: Sheet,
): string[] {
  return (Object.keys(marks) as State[]).map((state) => {
    const [mark, colour, what] = marks[state];
    const n = pagesOf(runs, state);
    return `  ${sheet.paint(colour, mark)}  ${count(n).padStart(8)} ${n === 1 ? 'page ' : 'pages'}  ${what}`;
  });
}

/** How many pages are of a sort. */
export function pagesOf<State extends string>(
  runs: readonly PageRun<State>[],
  state: State,
): number {
  return runs.reduce((sum, run) => (run.state === state ? sum + run.pages : sum), 0);
}

/** One line a run; `more` says what else is known of it. */
export function pageTable<State extends string>(
  runs: readonly PageRun<State>[],
  marks: PageMarks<State>,
  limit: number,
  more: (run: PageRun<State>) => string,
): string[] {
  const rows = [['address', 'pages', 'what']];
  for (const run of runs.slice(0, limit)) {
    rows.push([hex(run.from), count(run.pages), `${marks[run.state][2]}${more(run)}`]);
  }
  const lines = table(rows, { right: [1] });
  if (runs.length > limit)
    lines.push(`  and ${counted(runs.length - limit, 'run')} more (--limit)`);
  return lines;
}

/** The pages of a live world. */
export function pageRuns(world: World): PageRun<PageState>[] {
  const runs: { from: number; pages: number; state: PageState }[] = [];
  let last: MSpan | null = null;
  forEachPage(world, (address, state, span) => {
    const run = runs.at(-1);
    const follows = run !== undefined && run.from + run.pages * pageSize === address;
    if (follows && run.state === state && span === last) run.pages++;
    else runs.push({ from: address, pages: 1, state });
    last = span;
  });
  return runs;
}

/** The map of a live world. */
export function worldMap(world: World, sheet: Sheet): string[] {
  return pageMap(pageRuns(world), pageMarks, ['released', 'given back'], sheet);
}

/** The runs of a live world, those of heap objects with their size class. */
export function worldTable(world: World, limit: number): string[] {
  return pageTable(pageRuns(world), pageMarks, limit, ({ from, state }) => {
    const s = state === 'heap' ? world.mheap.spanOf(from) : null;
    return s === null ? '' : `, class ${spanKind(s)}`;
  });
}
