/** A comparison: how long something takes here, and elsewhere, and the ratio, pair by pair. */
import { alternate, type Measured, median } from './measure.ts';
import type { Sample } from './stopwatch.ts';

/** What the bench says of one thing. */
export interface BenchResult {
  readonly name: string;
  /** By the wall clock, in `unit`. */
  readonly ours: number;
  /** The same of real Go (of the fastest other reader, where reading is measured). */
  readonly go?: number;
  /** ours/go, the median of the pairs. */
  readonly ratio?: number;
  readonly unit: string;
  /** The same by processor time, which other work on the machine disturbs less. */
  readonly cpu?: { readonly ours: number; readonly go?: number; readonly ratio?: number };
}

export interface Scale {
  readonly unit: string;
  /** From seconds to the unit. */
  of(seconds: number): number;
}

/** Nanoseconds for each of `n`. */
export const perOne = (n: number, what = 'object'): Scale => ({
  unit: `ns/${what}`,
  of: (seconds) => (seconds * 1e9) / n,
});

/** Measures in turn; of several others the fastest counts. */
export function compare(
  name: string,
  rounds: number,
  scale: Scale,
  our: Measured,
  others: readonly (Measured | undefined)[] = [],
): BenchResult {
  const there = others.filter((other) => other !== undefined);
  const [mine = [], ...theirs] = alternate(rounds, [our, ...there]);
  const wall = figures(mine, theirs, scale, ({ wall }) => wall);
  const cpu = figures(mine, theirs, scale, ({ cpu }) => cpu);
  return { name, ...wall, unit: scale.unit, cpu };
}

function figures(
  mine: readonly Sample[],
  theirs: readonly (readonly Sample[])[],
  scale: Scale,
  of: (sample: Sample) => number,
) {
  const ours = scale.of(median(mine.map(of)));
  const fastest = [...theirs].sort((a, b) => median(a.map(of)) - median(b.map(of)))[0];
  if (fastest === undefined) return { ours };
  const go = scale.of(median(fastest.map(of)));
  return { ours, go, ratio: median(mine.map((sample, i) => of(sample) / of(fastest[i]!))) };
}
