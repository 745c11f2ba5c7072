import type { BenchResult } from '../compare.ts';

/** What all benches share. */
interface BenchContext {
  /** Times that each way of doing a thing is measured. */
  readonly rounds: number;
  /** Objects, of the number that the bench names. */
  scaled(n: number): number;
  /** Path of a file that is removed when the bench is through. */
  scratch(name: string): string;
}

export interface Bench {
  /** Names of its results. */
  readonly names: readonly string[];
  /** What is measured. */
  readonly title: string;
  run(context: BenchContext): Iterable<BenchResult>;
}
