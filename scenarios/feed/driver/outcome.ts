/** What became of a dump that was handed to a reader, before it is asked whether that was right. */
import { printable } from '../../format.ts';
import { parseAnswer } from './answer.ts';
import type { Delivered } from './deliver.ts';
import type { Crash } from './languages.ts';
import type { Target } from './target.ts';

/** What can become of a dump; the graver a class, the further in front. */
export const outcomeClasses = [
  'crash',
  'oom',
  'hang',
  'leak',
  'flaky',
  'wrong-facts',
  'partial',
  'accept',
  'reject',
] as const;
export type OutcomeClass = (typeof outcomeClasses)[number];

/** One run of one reader on one dump. */
export interface Outcome {
  readonly class: OutcomeClass;
  /** What the reader said, or what was seen: one line, safe to print. */
  readonly message: string;
  readonly frames: readonly string[];
  /** The object that it printed. */
  readonly facts: Readonly<Record<string, unknown>> | undefined;
  readonly unread: number | undefined;
  readonly ms: number;
  readonly rssBytes: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The outcome of a process that was made for one dump. */
export function outcomeOf(target: Target, end: Delivered): Outcome {
  const { ms, rssBytes, stdout, stderr, unread } = end;
  const facts = parseAnswer(stdout);
  const found = classify(target, end);
  const message = printable(found.message).slice(0, 400);
  return { ...found, message, facts, unread, ms, rssBytes, stdout, stderr };
}

type Found = Pick<Outcome, 'class' | 'message' | 'frames'>;

/** The class that the way of ending tells. */
export function classify(target: Target, end: Omit<Delivered, 'stdout' | 'unread'>): Found {
  const { code, signal, stderr, left } = end;
  const { language } = target;
  const crash = (): Crash => language.crash(stderr);
  // Where a loop was interrupted, or memory ran out, is chance further in; the innermost own function is not.
  const place = (): string[] => crash().frames.slice(0, 1);
  if (end.killedFor === 'time')
    return { class: 'hang', message: 'no end in the time given', frames: place() };
  if (end.killedFor === 'memory')
    return { class: 'oom', message: 'more memory than it may use', frames: place() };
  if (signal === 'SIGXCPU' || /^SIGXCPU/m.test(stderr)) {
    return { class: 'hang', message: 'no end in the processor time given', frames: place() };
  }
  if (code === 0 && left > 0) {
    return { class: 'leak', message: 'processes left behind', frames: [] };
  }
  if (code === 0) return { class: 'accept', message: '', frames: [] };
  if (language.leaked?.test(stderr)) return { class: 'leak', ...crash() };
  if (target.rejectPattern?.test(stderr)) return refusal(stderr, left);
  if (language.outOfMemory.test(stderr))
    return { class: 'oom', message: crash().message, frames: place() };
  if (language.crashed.test(stderr)) return { class: 'crash', ...crash() };
  if (signal === 'SIGKILL')
    return { class: 'oom', message: 'ended by the system (SIGKILL)', frames: [] };
  if (signal !== null)
    return { class: 'crash', message: `ended by ${signal}`, frames: crash().frames };
  const { rejectCodes } = target;
  if (code !== null && rejectCodes !== undefined && !rejectCodes.includes(code)) {
    return { class: 'crash', message: `exit code ${code}: ${lastWords(stderr)}`, frames: [] };
  }
  // A shell tells the signal that ended its child as an exit code above 128.
  if (rejectCodes === undefined && code !== null && code > 128 && code < 160) {
    return {
      class: 'crash',
      message: `exit code ${code}: ended by signal ${code - 128}`,
      frames: [],
    };
  }
  return refusal(stderr, left);
}

function refusal(stderr: string, left: number): Found {
  if (left > 0) return { class: 'leak', message: 'processes left behind', frames: [] };
  return { class: 'reject', message: lastWords(stderr), frames: [] };
}

function lastWords(stderr: string): string {
  return stderr.trimEnd().split('\n').at(-1)?.trim() ?? '';
}
