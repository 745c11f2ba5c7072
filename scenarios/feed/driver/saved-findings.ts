/** The last step of a run: each finding with a dump that is as small as the budget allows, and what the target does with that one. */
import type { Content } from '../../../dump/feed/content.ts';
import { counted } from '../../format.ts';
import type { Progress } from '../../io.ts';
import { type Arena, expectedOf, type Job, keptStderr, limitsOf } from './campaign.ts';
import type { FeedDump } from './cases.ts';
import { compareFacts } from './compare-facts.ts';
import type { Finding, Findings } from './findings.ts';
import { type Expected, judge } from './judge.ts';
import type { FeedRun } from './run-feed.ts';
import type { SavedFinding } from './save-findings.ts';
import { shrinkFinding } from './shrink-finding.ts';
import type { Target } from './target.ts';

/** Findings beyond these are reported, but their dumps stay as they are. */
const mostShrunk = 100;
const shrinkMs = 20_000;
/** As much of standard output as a finding keeps. */
const keptStdout = 1 << 20;
/** Wrong facts that a finding lists. */
const mostListed = 1000;

/** Findings of a run; those that are known keep their dumps. */
export async function savedFindings(
  run: FeedRun,
  findings: Findings,
  isKnown: (finding: Finding) => boolean,
  arena: Arena,
  progress: Progress,
): Promise<SavedFinding[]> {
  const list = findings.list();
  const saved: SavedFinding[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    const job = arena.job(run.targets);
    for (let at = next++; at < list.length; at = next++) {
      progress.tick(() => `shrinking: ${at + 1} of ${counted(list.length, 'finding')}`);
      const finding = list[at]!;
      const isShrunk = at < mostShrunk && !isKnown(finding);
      saved[at] = await savedFinding(run, finding, isKnown(finding), isShrunk, job);
    }
  };
  await Promise.all(Array.from({ length: Math.min(run.campaign.jobs, list.length) }, work));
  return saved;
}

async function savedFinding(
  run: FeedRun,
  finding: Finding,
  known: boolean,
  isShrunk: boolean,
  job: Job,
): Promise<SavedFinding> {
  const target = run.targets.find(({ name }) => name === finding.target)!;
  const dump = run.source.at(finding.smallest.index)!;
  const small =
    isShrunk && run.shrinkRuns > 0 && finding.class !== 'flaky'
      ? await smallest(run, finding, target, dump, job)
      : { content: dump.content, expected: expectedOf(dump) };
  const last = isShrunk ? await lastRun(run, finding, target, dump, small, job) : undefined;
  const several = run.targets.length > 1 ? [finding.target] : [];
  const { verdict, recipe, base } = dump;
  return {
    finding: {
      ...finding,
      ...last?.seen,
      isNew: !known,
      folder: known ? undefined : ['findings', ...several, finding.signature].join('/'),
      inputBytes: small.content.length,
      verdict,
      recipe,
      base,
    },
    input: small.content.bytes(),
    command: target.argv,
    ...last?.files,
  };
}

interface Small {
  readonly content: Content & { readonly path?: string };
  readonly expected: Expected;
}

async function smallest(
  run: FeedRun,
  fault: Finding,
  target: Target,
  dump: FeedDump,
  job: Job,
): Promise<Small> {
  const limits = limitsOf(dump, target, run.campaign);
  const task = { target, content: dump.content, fault, expected: expectedOf(dump), limits };
  const small = await shrinkFinding(job, task, { runs: run.shrinkRuns, ms: shrinkMs });
  await job.stop();
  return small;
}

interface LastRun {
  readonly seen: Pick<Finding, 'message' | 'frames' | 'stderr'>;
  readonly files: Pick<SavedFinding, 'stdout' | 'facts' | 'differences'>;
}

/** What the target says of the dump beside which it will stand; undefined where that is not the finding again. */
async function lastRun(
  run: FeedRun,
  finding: Finding,
  target: Target,
  dump: FeedDump,
  { content, expected }: Small,
  job: Job,
): Promise<LastRun | undefined> {
  // Each of these takes its time again, and says nothing of the dump.
  if (['hang', 'oom', 'leak', 'flaky'].includes(finding.class)) return undefined;
  const outcome = await job.run(target, content, limitsOf(dump, target, run.campaign));
  const { fault } = judge(expected, outcome, target);
  if (fault?.signature !== finding.signature) return undefined;
  const stdout = outcome.stdout.slice(0, keptStdout);
  const stderr = outcome.stderr.slice(0, keptStderr);
  const tells = finding.class === 'wrong-facts' || finding.class === 'partial';
  const facts = tells ? expected.facts() : undefined;
  const differences = compareFacts(facts ?? {}, outcome.facts ?? {}, mostListed);
  return {
    seen: { message: fault.message, frames: fault.frames, stderr },
    files: { stdout, facts, differences },
  };
}
