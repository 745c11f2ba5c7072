/** What a run found, as all its reports tell it. */
import type { Verdict } from '../../../dump/feed/verdict.ts';
import type { RecipeStep } from '../manifest.ts';
import type { FactSummary } from './fact-tally.ts';
import type { Finding, Totals, Unit } from './findings.ts';
import type { OutcomeClass } from './outcome.ts';

/** A finding with all that a report says of it. */
export interface ReportedFinding extends Finding {
  /** Not in the baseline. */
  readonly isNew: boolean;
  /** Folder of its files, seen from the report; undefined for those that the baseline knows. */
  readonly folder: string | undefined;
  /** Bytes of its input after shrinking. */
  readonly inputBytes: number;
  readonly verdict: Verdict;
  readonly recipe: readonly RecipeStep[];
  readonly base: string;
}

/** A signature of the baseline that did not come. */
export interface StaleSignature {
  readonly target: string;
  readonly signature: string;
  readonly message: string;
}

export interface RunReport {
  readonly version: string;
  readonly source: string;
  readonly targets: readonly {
    readonly target: string;
    readonly command: readonly string[];
    readonly classes: Totals;
    readonly faults: number;
    /** Which facts it told. */
    readonly facts: FactSummary;
    /** What may be wrong with the way the target is called. */
    readonly hint: string | undefined;
  }[];
  readonly runs: number;
  readonly findings: readonly ReportedFinding[];
  readonly stale: readonly StaleSignature[];
  readonly units: readonly Unit[];
  /** The units are all, not only the remarkable ones. */
  readonly isComplete: boolean;
}

/** What each class says, in a line. */
export const classWords: Readonly<Record<OutcomeClass, string>> = {
  crash: 'it crashed',
  oom: 'it ran out of memory, or took more than it may',
  hang: 'it did not end',
  leak: 'it left memory, files or processes behind',
  flaky: 'it does not do the same every time',
  'wrong-facts': 'it says what is not so',
  partial: 'it ended well with bytes unread',
  accept: 'it took a dump that it must refuse',
  reject: 'it refused a dump that it must read',
};
