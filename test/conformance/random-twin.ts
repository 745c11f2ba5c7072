import type { GoArch } from '../../sim/arch.ts';

/** A scenario on a target, of which there is to be a twin. */
export interface TwinCase {
  readonly name: string;
  readonly goarch: GoArch;
  readonly allocHeaders: boolean;
  readonly seed: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * The i-th random program: its size, drops, large objects, maps, finalizers, goroutines that park, collections
 * and dumps vary with i.
 */
export function randomTwin(i: number, goarch: GoArch, allocHeaders: boolean): TwinCase {
  const params = {
    n: 200 + ((i * 397) % 4000),
    drop: (i % 10) / 15,
    large: (i % 4) / 10,
    maps: i % 3 === 0 ? 0.08 : 0,
    finalizers: i % 3 === 1 ? 0.1 : 0,
    goroutines: i % 4 < 2 ? 0.1 : 0,
    collections: i % 5,
    dumps: i % 2 === 0,
  };
  return { name: 'random-objects', goarch, allocHeaders, seed: `random ${i}`, params };
}

/** The i-th random program of goroutines. Half of them sleep, so that their clock stands still. */
export function randomGoroutines(i: number, goarch: GoArch, allocHeaders: boolean): TwinCase {
  const params = { goroutines: 5 + ((i * 37) % 120), n: 4 + (i % 20), sleeps: i % 2 === 0 };
  return { name: 'random-goroutines', goarch, allocHeaders, seed: `random ${i}`, params };
}
