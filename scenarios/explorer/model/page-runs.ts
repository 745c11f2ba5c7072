/** Runs of pages of the same sort: as `goheapsim pages --json` tells them. */
import { pageSize } from '../../../sim/uintptr.ts';
import type { PageState } from '../../timeline/spans.ts';
import { pageNone, pageStateName } from './state.ts';
import type { HeapStore } from './store.ts';

export interface PageRun {
  readonly from: number;
  readonly pages: number;
  readonly state: PageState;
}

export function pageRuns(store: HeapStore): PageRun[] {
  type Open = { -readonly [K in keyof PageRun]: PageRun[K] };
  const runs: Open[] = [];
  let last = -1;
  for (const chunk of store.chunksByAddress()) {
    for (let i = 0; i < chunk.state.length; i++) {
      const code = chunk.state[i]!;
      if (code === pageNone) continue;
      const from = chunk.base + i * pageSize;
      const state = pageStateName(code) as PageState;
      const span = chunk.span[i]!;
      const run = runs.at(-1);
      const follows = run !== undefined && run.from + run.pages * pageSize === from;
      if (follows && run.state === state && span === last) run.pages++;
      else runs.push({ from, pages: 1, state });
      last = span;
    }
  }
  return runs;
}
