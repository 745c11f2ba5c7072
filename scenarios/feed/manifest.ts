/** The manifest of a set of dumps for readers: one JSON object a line for each dump. */
import type { RecipeStep, Verdict } from '../../dump/feed/verdict.ts';

export type { RecipeStep };

/** What a target must do at most. */
export interface CaseLimits {
  readonly ms: number;
  readonly rssMiB: number;
}

/** A line of the manifest. */
export interface FeedCase extends Verdict {
  /** Unique in the manifest, stable from release to release, fit for a file name. */
  readonly id: string;
  /** Path beside the manifest; absent where the dump is only made by its recipe. */
  readonly file?: string;
  readonly sha256: string;
  readonly bytes: number;
  /** What the recipe starts from: a case of the suite, a scenario, or a user's file by its digest. */
  readonly base: string;
  readonly recipe: readonly RecipeStep[];
  /** Of the stream of mutants that it is from, and its place there. */
  readonly seed?: string;
  readonly index?: number;
  /** What is in the dump, as a target may print it: see facts.ts. Absent for `reject`. */
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly limits: CaseLimits;
}
