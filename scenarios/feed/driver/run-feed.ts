/** `feed run` from its options to its reports. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { counted, toJson } from '../../format.ts';
import { type Io, Progress, suggestion } from '../../io.ts';
import { packageRoot } from '../../modules.ts';
import { makeFolders, Staging } from '../../output.ts';
import { isSystemError, systemFailure, UsageError } from '../../usage-error.ts';
import { baselineText, compareBaseline, readBaseline } from './baseline.ts';
import { Arena, Campaign, type CampaignOptions } from './campaign.ts';
import type { CaseSource } from './cases.ts';
import { Findings } from './findings.ts';
import { commandHint } from './hints.ts';
import {
  isJournal,
  Journal,
  type JournalHead,
  journalFormat,
  journalVersion,
  readJournal,
} from './journal.ts';
import type { ReportedFinding, RunReport } from './report.ts';
import { junitReport, sarifReport } from './report-ci.ts';
import { htmlReport } from './report-html.ts';
import { markdownReport } from './report-markdown.ts';
import { saveFindings } from './save-findings.ts';
import { savedFindings } from './saved-findings.ts';
import type { Target } from './target.ts';

/** What to do, with all options worked out. */
export interface FeedRun {
  readonly targets: readonly Target[];
  readonly source: CaseSource;
  readonly campaign: CampaignOptions;
  readonly out: string;
  /** Goes on with the run that is in `out`. */
  readonly isResumed: boolean;
  readonly baseline: string | undefined;
  readonly updateBaseline: boolean;
  /** Runs of the target to make each finding's dump smaller; 0: none. */
  readonly shrinkRuns: number;
  /** As the journal keeps them. */
  readonly options: JournalHead['options'];
}

const journalName = 'journal.jsonl';

/** Runs, reports, and says what came of it. */
export async function runFeed(run: FeedRun, io: Io): Promise<RunReport> {
  const baseline =
    run.baseline === undefined || !existsSync(run.baseline)
      ? undefined
      : readBaseline(run.baseline);
  if (run.baseline !== undefined && baseline === undefined && !run.updateBaseline) {
    throw new UsageError(`${run.baseline}: there is no such file; --update-baseline writes it`);
  }
  const findings = new Findings(run.targets.map(({ name }) => name));
  const { journal, done } = openJournal(run, findings);
  const arena = new Arena();
  let isStopped = false;
  const release = io.onSignal(() => {
    isStopped = true;
    arena.abandon();
    journal.close();
    tellHowToGoOn(run, findings.count, io);
  });
  try {
    const progress = new Progress(io);
    await campaign(run, findings, done, arena, progress, io, journal, () => isStopped);
    const { isKnown, stale } = compareBaseline(baseline, findings.list());
    const saved = await savedFindings(run, findings, isKnown, arena, progress);
    progress.done();
    const report = reportOf(
      run,
      findings,
      saved.map(({ finding }) => finding),
      stale,
    );
    saveFindings(
      run.out,
      saved.filter(({ finding }) => finding.folder !== undefined),
    );
    writeReports(run.out, report);
    if (run.updateBaseline && run.baseline !== undefined) {
      writeWhole(run.baseline, baselineText(findings.list(), baseline));
    }
    return report;
  } finally {
    release();
    await arena.close();
    if (!isStopped) journal.close();
  }
}

/** Where standard error is closed nobody is told. */
function tellHowToGoOn({ out, source }: FeedRun, done: number, io: Io): void {
  const command = suggestion(`goheapsim feed run --resume ${out}`, io.env);
  const wipe = io.stderr.isTTY ? '\r\x1b[K' : '';
  try {
    io.stderr.write(`${wipe}stopped after ${done} of ${source.count}; go on with: ${command}\n`);
  } catch {
    // The run ends all the same.
  }
}

function openJournal(run: FeedRun, findings: Findings): { journal: Journal; done: Set<number> } {
  const path = join(run.out, journalName);
  const head: JournalHead = {
    format: journalFormat,
    version: journalVersion,
    source: run.source.description,
    count: run.source.count,
    targets: run.targets.map(({ name, argv }) => `${name}=${argv.join(' ')}`),
    options: run.options,
  };
  if (!run.isResumed) {
    const made = makeFolder(run.out);
    mustBeOurs(run.out, path);
    if (existsSync(path) && !existsSync(join(run.out, 'report.json'))) {
      throw new UsageError(
        `${run.out}: a run was stopped there: go on with goheapsim feed run --resume ${run.out}, or remove it`,
      );
    }
    removeReports(run.out);
    try {
      return { journal: Journal.create(path, head), done: new Set() };
    } catch (error) {
      if (made !== undefined) rmSync(made, { recursive: true, force: true });
      throw error;
    }
  }
  const old = readJournal(path);
  for (const name of ['source', 'count'] as const) {
    if (old.head[name] !== head[name]) {
      throw new UsageError(
        `${run.out}: the dumps are not those of the run that was stopped: ${old.head[name]}, now ${head[name]}`,
      );
    }
  }
  for (const unit of old.units) findings.add(unit);
  return {
    journal: Journal.reopen(path, old.bytes),
    done: new Set(old.units.map(({ index }) => index)),
  };
}

/** What is in a folder may be removed only where a run of ours has put it. */
function mustBeOurs(out: string, journal: string): void {
  let names: string[];
  try {
    names = readdirSync(out);
  } catch (error) {
    throw systemFailure('read', out, error);
  }
  if (names.length > 0 && !isJournal(journal)) {
    throw new UsageError(`${out}: it is not a folder of feed run: choose another name`);
  }
}

/** Gives the first folder that is new, should there be one. */
function makeFolder(path: string): string | undefined {
  try {
    return makeFolders(path);
  } catch (error) {
    if (isSystemError(error) && error.code === 'EEXIST') {
      throw new UsageError(`${path} is a file: name a folder for reports and findings`);
    }
    throw systemFailure('write', path, error);
  }
}

const reportNames = [
  'report.md',
  'report.html',
  'report.json',
  'junit.xml',
  'findings.sarif',
] as const;

/** So that a folder with a report is one whose run has ended. */
function removeReports(out: string): void {
  for (const name of reportNames) rmSync(join(out, name), { force: true });
}

async function campaign(
  run: FeedRun,
  findings: Findings,
  done: ReadonlySet<number>,
  arena: Arena,
  progress: Progress,
  io: Io,
  journal: Journal,
  isStopped: () => boolean,
): Promise<void> {
  const { source } = run;
  const start = io.now();
  let ended = 0;
  const heard = (): void => {
    ended++;
    progress.tick(() => {
      const perSecond = (ended * 1000) / Math.max(1, io.now() - start);
      const left = source.count - done.size - ended;
      return (
        `${done.size + ended} of ${counted(source.count, 'dump')}, ${perSecond.toFixed(perSecond < 10 ? 1 : 0)}/s, ` +
        `${counted(findings.size, 'finding')}, ${Math.ceil(left / perSecond)} s left`
      );
    });
  };
  await new Campaign(run.targets, source, findings, run.campaign).run(
    arena,
    done,
    (unit) => {
      if (isStopped()) return;
      journal.add(unit);
      heard();
    },
    isStopped,
  );
}

function reportOf(
  run: FeedRun,
  findings: Findings,
  reported: readonly ReportedFinding[],
  stale: RunReport['stale'],
): RunReport {
  const commands = new Map(run.targets.map(({ name, argv }) => [name, argv]));
  return {
    version: ownVersion(),
    source: run.source.description,
    targets: findings.totals().map((totals) => ({
      ...totals,
      command: commands.get(totals.target)!,
      hint: commandHint(totals.target, totals.classes, reported),
    })),
    runs: findings.count,
    findings: reported,
    stale,
    ...findings.units(),
  };
}

function ownVersion(): string {
  const manifest = readFileSync(new URL('package.json', packageRoot), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

function writeReports(out: string, report: RunReport): void {
  const texts: Record<(typeof reportNames)[number], string> = {
    'report.md': markdownReport(report),
    'report.html': htmlReport(report),
    'junit.xml': junitReport(report),
    'findings.sarif': `${toJson(sarifReport(report), 2)}\n`,
    // The last: a folder with a report.json is one whose run has ended.
    'report.json': `${toJson(jsonReport(report), 1)}\n`,
  };
  const staging = new Staging();
  try {
    for (const [name, text] of Object.entries(texts)) {
      writeFileSync(staging.target(join(out, name)).path, text);
    }
    staging.commit();
  } catch (error) {
    throw systemFailure('write', out, error);
  } finally {
    staging.discard();
  }
}

/** The report as data: what a finding printed is in its folder. */
export function jsonReport(report: RunReport): unknown {
  const units = report.units.map(({ index, id, bytes, results }) => ({
    index,
    id,
    bytes,
    results: results.map((result) => ({
      class: result.class,
      ms: result.ms,
      ...(result.fault === undefined ? {} : { signature: result.fault.signature }),
    })),
  }));
  const findings = report.findings.map(({ stderr: _, ...finding }) => finding);
  return { ...report, findings, units };
}

function writeWhole(path: string, text: string): void {
  const staging = new Staging();
  try {
    writeFileSync(staging.target(path).path, text);
    staging.commit();
  } finally {
    staging.discard();
  }
}
