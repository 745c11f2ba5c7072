/** Makes the input of a finding smaller while it stays the same finding. */
import type { Content } from '../../../dump/feed/content.ts';
import { factsOfDump } from '../../../dump/feed/facts.ts';
import { shrink } from '../../../dump/feed/shrink.ts';
import { verifyDump, verifyRules } from '../../../dump/index.ts';
import type { Job } from './campaign.ts';
import { type Expected, type Fault, judge } from './judge.ts';
import type { RunLimits } from './launch.ts';
import type { Target } from './target.ts';

/** What a finding is, to see whether a smaller dump shows it too. */
export interface ShrinkTask {
  readonly target: Target;
  readonly content: Content;
  readonly fault: Fault;
  readonly expected: Expected;
  readonly limits: RunLimits;
}

export interface ShrinkBudget {
  /** Runs of the target. */
  readonly runs: number;
  readonly ms: number;
}

/** The smallest dump that was found within the budget; the dump itself where none is smaller. */
export async function shrinkFinding(
  job: Job,
  task: ShrinkTask,
  budget: ShrinkBudget,
  heard: (least: number, runs: number) => void = () => {},
): Promise<{ content: Content; runs: number; expected: Expected }> {
  const deadline = performance.now() + budget.ms;
  const isRight = answerKept(task);
  let least = task.content.length;
  let tried = 0;
  const interesting = async (candidate: Content): Promise<boolean> => {
    if (performance.now() > deadline) return false;
    tried++;
    heard(least, tried);
    const expected = isRight(candidate);
    if (expected === undefined) return false;
    const outcome = await job.run(task.target, candidate, task.limits);
    const { fault } = judge(expected, outcome, task.target);
    if (fault?.signature !== task.fault.signature) return false;
    least = candidate.length;
    return true;
  };
  const { content, runs } = await shrink(task.content.bytes(), interesting, {
    maxRuns: budget.runs,
  });
  if (content.length >= task.content.length) {
    return { content: task.content, runs, expected: task.expected };
  }
  return { content, runs, expected: isRight(content) ?? task.expected };
}

/**
 * A crash is one whatever the dump. But that a dump was wrongly taken or refused, or wrongly understood, says something
 * only of dumps of which we still know what is right: they break the same rules as the first.
 */
function answerKept({
  content,
  fault,
  expected,
}: ShrinkTask): (candidate: Content) => Expected | undefined {
  const broken = ['accept', 'reject', 'wrong-facts', 'partial'].includes(fault.class)
    ? brokenRules(content)
    : undefined;
  if (broken === undefined) return () => expected;
  if (fault.class === 'accept') {
    if (broken.size === 0) return () => undefined;
    return (candidate) => {
      const now = brokenRules(candidate);
      return [...broken].every((rule) => now.has(rule)) ? expected : undefined;
    };
  }
  return (candidate) => {
    if ([...brokenRules(candidate)].some((rule) => !broken.has(rule))) return undefined;
    const facts = lazily(() => factsOfDump(() => candidate.chunks()));
    return { ...expected, facts, bytes: candidate.length };
  };
}

function lazily<T>(make: () => T): () => T {
  let value: T | undefined;
  return () => {
    value ??= make();
    return value;
  };
}

/** Rules that hold always, and do not here. */
function brokenRules(content: Content): Set<string> {
  const { broken } = verifyDump(content.chunks());
  return new Set([...broken.keys()].filter((rule) => verifyRules[rule].severity === 'error'));
}
