/** The manifest of a set of dumps for readers: one JSON object a line for each dump. */
import type { Verdict } from '../../dump/feed/verdict.ts';

/** One edit that made the dump from its base. */
export interface RecipeStep {
  /** Id in the catalogue: W8, S1, N2, … */
  readonly op: string;
  /** `object#41.contents.length`; absent where the edit is not of one field. */
  readonly fieldPath?: string;
  /** What was there and what is there now: numbers beyond 2^53 as strings, bytes as hexadecimal. */
  readonly oldValue?: number | string | boolean;
  readonly newValue?: number | string | boolean;
  /** Further numbers of the operation, by name. */
  readonly detail?: Readonly<Record<string, number | string>>;
}

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
