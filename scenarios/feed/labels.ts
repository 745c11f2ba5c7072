/** The names that label dumps: what a reader may allow, and what it may lack. */
import { operations } from '../../dump/feed/catalogue.ts';
import { verifyRules } from '../../dump/index.ts';

/** Flags of `may` dumps that are no rules of verify. */
export const formatFlags = [
  'legacy-header',
  'non-minimal-varint',
  'wide-bool',
  'trailing-bytes',
  'legacy-field-kind',
  'inconsistent',
  'havoc',
] as const;

/** All flags of `may` dumps. */
export const knownFlags: readonly string[] = [...formatFlags, ...Object.keys(verifyRules)];

/** What is in a dump that a reader may not know. */
export const formatFeatures = [
  '32-bit',
  'big-endian',
  'legacy-header',
  'otherRoot',
  'defer',
  'panic',
  'queuedFinalizer',
] as const;

/** All features of dumps: a neutral mutant has the rules that it breaks rightly among them. */
export const knownFeatures: readonly string[] = [
  ...formatFeatures,
  ...new Set(operations.flatMap(({ relaxes = [] }) => relaxes)),
];
