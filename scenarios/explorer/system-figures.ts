/** The statistics that a timeline does not keep: what the system gave beside the heap, and what was freed. */
import { peekMemStats } from '../../sim/mstats.ts';
import type { StepOver } from '../timeline/recorder.ts';
import { lastWhere } from './last-where.ts';
import { runStepOf, type Steps } from './thin.ts';

/** In the order in which a row has them, after its step. */
const fields = [
  'HeapSys',
  'StackSys',
  'MSpanInuse',
  'MSpanSys',
  'MCacheInuse',
  'MCacheSys',
  'BuckHashSys',
  'GCSys',
  'OtherSys',
  'Sys',
  /** TotalAlloc without HeapAlloc. */
  'freedBytes',
  /** Tiny objects, which Mallocs and Frees both count. */
  'tiny',
] as const;

export type SystemRow = Readonly<Record<(typeof fields)[number], number>>;

const width = fields.length + 1;

/** Writes a row after each step that changed one; the rows are the page's section `system`. */
export class SystemFigures {
  readonly #rows: number[] = [];
  /** Events of the log at the last row that was looked at. */
  #events = -1;

  readonly onStep = ({ step, world, timeline }: StepOver): void => {
    // The runtime does nothing that it keeps count of without an event.
    const { length } = timeline.events.table;
    if (length === this.#events) return;
    this.#events = length;
    const stats = peekMemStats(world);
    const caches = [world.mcache0, ...world.allp.map((p) => p.mcache)];
    const tiny = caches.reduce(
      (sum, c) => sum + (c?.tinyAllocs ?? 0),
      world.memstats.heapStats.tinyAllocCount,
    );
    const freedBytes = Number(stats.TotalAlloc) - Number(stats.HeapAlloc);
    const row = fields.map((name) => {
      if (name === 'freedBytes') return freedBytes;
      return name === 'tiny' ? tiny : Number(stats[name]);
    });
    const last = this.#rows.length - fields.length;
    if (last > 0 && row.every((value, i) => value === this.#rows[last + i])) return;
    this.#rows.push(step, ...row);
  };

  bytes(): Uint8Array {
    return new Uint8Array(new Float64Array(this.#rows).buffer);
  }
}

/** The rows, read again. */
export class SystemRows {
  readonly #values: Float64Array;
  readonly #steps: Steps | undefined;

  /** `steps`: those of the page whose steps are asked for. */
  constructor(bytes: Uint8Array, steps?: Steps) {
    this.#steps = steps;
    this.#values = new Float64Array(bytes.slice().buffer);
  }

  /** After a step. */
  at(step: number): SystemRow {
    const v = this.#values;
    const runStep = runStepOf(this.#steps, step);
    const row = lastWhere(v.length / width, (i) => v[i * width]! <= runStep);
    const entries = fields.map((name, i) => [name, v[row * width + 1 + i]!]);
    return Object.fromEntries(entries) as SystemRow;
  }
}
