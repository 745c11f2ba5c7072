/** Whether what a reader did with a dump was right; if not, under which signature it is known. */
import type { Verdict } from '../../../dump/feed/verdict.ts';
import { printable } from '../../format.ts';
import { Comparison, type WrongFact } from './compare-facts.ts';
import type { Outcome, OutcomeClass } from './outcome.ts';
import { normalizedPath, signatureOf } from './signature.ts';
import type { Target } from './target.ts';

/** What a dump must lead to. */
export interface Expected {
  readonly verdict: Pick<Verdict, 'expect' | 'flags' | 'features' | 'bugType' | 'fieldPath'>;
  /** Operations that made the dump. */
  readonly operations: readonly string[];
  /** What is in it; asked only when the reader tells something. */
  facts(): Readonly<Record<string, unknown>> | undefined;
  /** Of the whole dump. */
  readonly bytes: number;
}

/** What became of one dump, judged. */
export interface Judged {
  readonly class: OutcomeClass;
  /** Undefined: all is well. */
  readonly fault?: Fault;
  readonly told?: Told;
}

/** Of what a reader printed: names of facts that were compared, and names that no fact has; or that it was no JSON object. */
export type Told =
  | { readonly compared: readonly string[]; readonly unknown: readonly string[] }
  | 'no JSON';

/** What a reader did wrong. */
export interface Fault {
  readonly class: OutcomeClass;
  readonly signature: string;
  /** One line: what it is about. */
  readonly message: string;
  readonly frames: readonly string[];
}

/** `accept` and `reject` as this reader must answer; `either` where it is free to choose. */
function wanted(
  { expect, flags, features }: Expected['verdict'],
  target: Pick<Target, 'allow' | 'lacks'>,
): 'accept' | 'reject' | 'either' {
  if (expect === 'reject') return 'reject';
  if (features.some((feature) => target.lacks.has(feature))) return 'either';
  if (expect === 'accept') return 'accept';
  const { allow } = target;
  if (allow === undefined) return 'either';
  return flags.every((flag) => allow.has(flag)) ? 'accept' : 'reject';
}

/** Judges an outcome. */
export function judge(expected: Expected, outcome: Outcome, target: Target): Judged {
  const want = wanted(expected.verdict, target);
  switch (outcome.class) {
    case 'accept':
      return judgeAcceptance(expected, outcome, want);
    case 'reject':
      if (want !== 'accept') return { class: 'reject' };
      if (outcome.message !== '') return faulty('reject', outcome.message, []);
      return faulty('reject', 'refused, without a word', placeOf(expected), []);
    default: {
      const told = outcome.message || 'without a word';
      // Without a stack the kind of the defect has to do.
      const frames = outcome.frames.length > 0 ? outcome.frames : placeOf(expected);
      const keyed = outcome.class === 'crash' && outcome.frames.length === 0 ? [] : frames;
      return faulty(outcome.class, told, keyed, outcome.frames);
    }
  }
}

function judgeAcceptance(expected: Expected, outcome: Outcome, want: string): Judged {
  if (want === 'reject') {
    return faulty('accept', `took a dump that is none: ${whatIsWrong(expected)}`, []);
  }
  const { wrong, told } = compared(expected, outcome);
  return { ...judgeFacts(expected, outcome, wrong), ...(told !== undefined && { told }) };
}

function compared(
  expected: Expected,
  { facts: found, stdout }: Outcome,
): { wrong: readonly WrongFact[]; told?: Told } {
  if (found === undefined) return { wrong: [], ...(stdout.trim() !== '' && { told: 'no JSON' }) };
  const facts = expected.facts();
  if (facts === undefined) return { wrong: [] };
  const { wrong, compared, unknown } = new Comparison(facts, found);
  return { wrong, told: { compared, unknown: [...unknown] } };
}

function judgeFacts(expected: Expected, outcome: Outcome, wrong: readonly WrongFact[]): Judged {
  const missed = unreadBytes(expected, outcome, wrong);
  if (missed > 0) {
    return faulty('partial', `ended well with ${missed} bytes unread`, placeOf(expected), []);
  }
  if (wrong.length > 0) {
    const paths = [...new Set(wrong.map(({ path }) => normalizedPath(path)))].slice(0, 3);
    const { path, expected: fact, got } = wrong[0]!;
    const message = printable(`${path} is ${fact}, not ${got}`);
    return faulty('wrong-facts', paths.join(' '), [], [], message);
  }
  return { class: 'accept' };
}

/** Bytes that the reader left, less what may follow the EOF record. It may tell by its own facts that it stopped early. */
function unreadBytes(expected: Expected, outcome: Outcome, wrong: readonly WrongFact[]): number {
  const { unread = 0 } = outcome;
  if (unread > 0) return Math.max(0, unread - trailingBytes(expected));
  const bytes = wrong.find(({ path }) => path === 'bytes');
  return bytes === undefined ? 0 : Math.max(0, Number(bytes.expected) - Number(bytes.got));
}

/** What follows the EOF record; where nobody knows, all may. */
function trailingBytes({ verdict, bytes, facts }: Expected): number {
  const end = facts()?.bytes;
  if (end !== undefined) return bytes - Number(end);
  const mayTrail = verdict.flags.some((flag) => flag === 'trailing-bytes' || flag === 'havoc');
  return mayTrail ? bytes : 0;
}

function faulty(
  kind: OutcomeClass,
  key: string,
  keyFrames: readonly string[],
  frames: readonly string[] = keyFrames,
  message = key,
): Judged {
  const fault = { class: kind, signature: signatureOf(kind, key, keyFrames), message, frames };
  return { class: kind, fault };
}

function whatIsWrong({ verdict, operations }: Expected): string {
  return [verdict.bugType, ...operations].filter((part) => part !== undefined).join(', ');
}

/** What the defect of the dump is, for outcomes that leave no stack. */
function placeOf({ verdict, operations }: Expected): string[] {
  const path = verdict.fieldPath === undefined ? [] : [normalizedPath(verdict.fieldPath)];
  return [verdict.bugType ?? 'valid', ...operations, ...path];
}

/** The verdict on runs of one dump that did not end alike. */
export function flaky(classes: readonly OutcomeClass[], expected: Expected): Judged {
  const kinds = [...new Set(classes)].sort();
  return faulty(
    'flaky',
    `ends differently from run to run: ${kinds.join(', ')}`,
    placeOf(expected),
    [],
  );
}
