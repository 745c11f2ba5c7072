/** What a correct reader says of a dump, and why. */

/**
 * `accept`: a valid dump, every reader must read it. `reject`: no reader may take it for a whole dump. `may`: readers
 * differ by right; the flags say in what, so that for one reader with a profile it is one of the two.
 */
export type Expectation = 'accept' | 'reject' | 'may';

/** `wire`: cannot be framed into records. `semantic`: framed, but contradicts itself. `resource`: valid, but large. */
export type Layer = 'wire' | 'semantic' | 'resource';

/** Whatever it says, a reader must end by itself, without a crash, in memory bounded by the size of the dump. */
export interface Verdict {
  readonly expect: Expectation;
  readonly layer: Layer;
  /** For `may`: what a reader must allow to accept it: `legacy-header`, `non-minimal-varint`, … */
  readonly flags: readonly string[];
  /** What the dump has that a reader may not know: `32-bit`, `big-endian`, `otherRoot`, … */
  readonly features: readonly string[];
  /** How much it matters that a reader gets it right. `high`: real Go writes such dumps, or the defect is a crash or a wrong answer. */
  readonly importance: 'high' | 'medium' | 'low';
  /** One line: what is special, or wrong. */
  readonly reason: string;
  /** Where the format says so: a function of runtime/heapdump.go, or a rule of verify. */
  readonly specRef: string;
  /** The mistake of readers that it is for: `alloc-before-read`, `count-loop`, … Undefined for plain good dumps. */
  readonly bugType?: string;
  /** First byte of the defect. */
  readonly defectOffset?: number;
  /** First byte with which no valid dump goes on. */
  readonly firstErrorOffset?: number;
  /** `object#41`: the record of the defect. */
  readonly record?: string;
  /** `object#41.contents.length`: its field, as errors of the reader name it. */
  readonly fieldPath?: string;
}

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
