/** `feed shrink`: a dump of the user's, made as small as it can be while a reader fails on it in the same way. */
import { closeSync, openSync } from 'node:fs';
import type { Content } from '../../../dump/feed/content.ts';
import { factsOfDump } from '../../../dump/feed/facts.ts';
import type { Verdict } from '../../../dump/feed/verdict.ts';
import { verifyDump } from '../../../dump/index.ts';
import { counted, roundedBytes } from '../../format.ts';
import { readWhole } from '../../input.ts';
import { type Io, Progress } from '../../io.ts';
import { FileWriter, Staging } from '../../output.ts';
import { UsageError } from '../../usage-error.ts';
import { limitsOf as dumpLimits } from '../suite/case.ts';
import { Arena, type CampaignOptions, expectedOf, limitsOf } from './campaign.ts';
import type { FeedDump } from './cases.ts';
import { type Fault, judge } from './judge.ts';
import { shrinkFinding } from './shrink-finding.ts';
import type { Target } from './target.ts';

/** What to do, with all options worked out. */
export interface ShrinkRun {
  readonly dump: string;
  readonly target: Target;
  readonly out: string;
  readonly runs: number;
  readonly seconds: number;
  readonly limits: Pick<CampaignOptions, 'ms' | 'rssMiB'>;
}

export interface ShrinkReport {
  readonly file: string;
  readonly fault: Fault;
  readonly from: number;
  readonly to: number;
  readonly runs: number;
}

/** Larger dumps are not searched for wrong facts: the graph of all their objects would be needed for each. */
const mostFactBytes = 64 << 20;

/** @throws {UsageError} when the reader does nothing wrong with the dump */
export async function shrinkDump(run: ShrinkRun, io: Io): Promise<ShrinkReport> {
  const dump = userDump(run.dump);
  const staging = new Staging([run.dump]);
  const arena = new Arena();
  const release = io.onSignal(() => {
    staging.discard();
    arena.abandon();
  });
  const progress = new Progress(io);
  try {
    // Before the reader runs for minutes: what cannot be written is known now.
    const { path } = staging.target(run.out);
    const job = arena.job([run.target]);
    const limits = limitsOf(dump, run.target, { ...run.limits, jobs: 1, repeat: 1, confirm: 0 });
    const expected = expectedOf(dump);
    progress.tick(() => `running ${run.target.name}`);
    const { fault } = judge(expected, await job.run(run.target, dump.content, limits), run.target);
    if (fault === undefined) throw new UsageError(rightWords(dump.verdict, run));
    const task = { target: run.target, content: dump.content, fault, expected, limits };
    const budget = { runs: run.runs, ms: run.seconds * 1000 };
    const result = await shrinkFinding(job, task, budget, (least, runs) => {
      progress.tick(() => `shrinking: ${roundedBytes(least)}, ${counted(runs, 'run')}`);
    });
    progress.done();
    writeContent(path, run.out, result.content);
    staging.commit();
    return {
      file: run.out,
      fault,
      from: dump.content.length,
      to: result.content.length,
      runs: result.runs,
    };
  } finally {
    progress.done();
    staging.discard();
    release();
    await arena.close();
  }
}

function userDump(path: string): FeedDump {
  const bytes = readWhole(path);
  return {
    id: 'input',
    verdict: verdictOf(bytes),
    recipe: [],
    base: path,
    facts: () => (bytes.length > mostFactBytes ? undefined : factsOfDump(bytes)),
    limits: dumpLimits(bytes.length),
    content: { length: bytes.length, path, bytes: () => bytes, chunks: () => [bytes] },
  };
}

/** By our own reader: whole and without a broken rule is to be read, what cannot be read to its end to be refused. */
function verdictOf(bytes: Uint8Array): Verdict {
  const { ok, defects } = verifyDump([bytes]);
  const [first] = defects;
  const isCut = defects.some(({ rule }) => rule === 'wire');
  return {
    expect: ok ? 'accept' : isCut ? 'reject' : 'may',
    layer: isCut ? 'wire' : 'semantic',
    flags: ok ? [] : ['inconsistent'],
    features: [],
    importance: 'high',
    reason: first?.message ?? 'a valid dump',
    specRef: first?.rule ?? 'goheapsim verify',
  };
}

function rightWords({ expect }: Verdict, { dump, target }: ShrinkRun): string {
  const right = expect === 'may' ? 'either answer is right' : `it must ${expect} it, and does`;
  return `${dump}: ${target.name} does nothing wrong with it: ${right}. There is nothing to keep while it shrinks`;
}

function writeContent(path: string, name: string, content: Content): void {
  const fd = openSync(path, 'w');
  try {
    const writer = new FileWriter(fd, name);
    for (const chunk of content.chunks()) writer.write(chunk);
    writer.flush();
  } finally {
    closeSync(fd);
  }
}
