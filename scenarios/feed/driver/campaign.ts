/** Many dumps, handed to one or more targets by several jobs at once. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseSource, FeedDump } from './cases.ts';
import { deliver } from './deliver.ts';
import type { Findings, Unit, UnitResult } from './findings.ts';
import { type Expected, flaky, type Judged, judge } from './judge.ts';
import type { RunLimits } from './launch.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { Slot } from './slot.ts';
import type { Target } from './target.ts';
import { Watchdog } from './watchdog.ts';
import { WorkerTarget } from './worker.ts';

const mebi = 2 ** 20;
/** As much of standard error as a finding keeps. */
export const keptStderr = 16384;

/** What decides a run beside dumps and targets. */
export interface CampaignOptions {
  readonly jobs: number;
  /** Runs of every dump; they must agree. */
  readonly repeat: number;
  /** Further runs of the first dump of each finding; they must agree. */
  readonly confirm: number;
  /** Instead of the limits of the dumps. */
  readonly ms: number | undefined;
  readonly rssMiB: number | undefined;
}

/** Folders, processes and watchdog of a run. */
export class Arena {
  readonly folder = mkdtempSync(join(tmpdir(), `goheapsim-feed-${process.pid}-`));
  readonly watchdog = new Watchdog(this.folder);
  readonly #jobs: Job[] = [];

  job(targets: readonly Target[]): Job {
    const job = new Job(targets, join(this.folder, `job${this.#jobs.length}`), this.watchdog);
    this.#jobs.push(job);
    return job;
  }

  async close(): Promise<void> {
    await Promise.all(this.#jobs.map((job) => job.stop()));
    this.abandon();
  }

  /** Ends all processes at once. */
  abandon(): void {
    this.watchdog.endAll();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 2 });
  }
}

/** One after the other, in a place of its own. */
export class Job {
  readonly #slot: Slot;
  readonly #watchdog: Watchdog;
  readonly #workers = new Map<Target, WorkerTarget>();

  constructor(targets: readonly Target[], folder: string, watchdog: Watchdog) {
    this.#slot = new Slot(folder);
    this.#watchdog = watchdog;
    for (const target of targets) {
      if (target.delivery !== 'worker') continue;
      const slot = new Slot(join(folder, target.name));
      this.#workers.set(target, new WorkerTarget(target, slot, watchdog));
    }
  }

  /** Hands a dump to a target. */
  async run(target: Target, dump: FeedDump['content'], limits: RunLimits): Promise<Outcome> {
    const worker = this.#workers.get(target);
    if (worker !== undefined) return await worker.feed(dump.bytes(), limits);
    const path = await this.#slot.place(dump);
    return outcomeOf(target, await deliver(target, path, this.#slot, limits, this.#watchdog));
  }

  /** Ends the processes that stay, so that the next dump meets a new one. */
  async stop(): Promise<void> {
    for (const worker of this.#workers.values()) await worker.stop();
  }
}

/** The limits for a dump; addresses are limited where the language does not reserve them in bulk. */
export function limitsOf(dump: FeedDump, target: Target, options: CampaignOptions): RunLimits {
  const rssBytes = (options.rssMiB ?? dump.limits.rssMiB) * mebi;
  const { addressSpace } = target.language;
  return {
    ms: options.ms ?? dump.limits.ms,
    rssBytes,
    addressSpace: addressSpace === undefined ? undefined : addressSpace + rssBytes,
  };
}

/** What must come of a dump. */
export function expectedOf(dump: FeedDump): Expected {
  const { verdict, recipe, content } = dump;
  const operations = recipe.map(({ op }) => op);
  return { verdict, operations, facts: () => dump.facts(), bytes: content.length };
}

export class Campaign {
  readonly #targets: readonly Target[];
  readonly #source: CaseSource;
  readonly #findings: Findings;
  readonly #options: CampaignOptions;
  readonly #confirmed = new Set<string>();

  constructor(
    targets: readonly Target[],
    source: CaseSource,
    findings: Findings,
    options: CampaignOptions,
  ) {
    this.#targets = targets;
    this.#source = source;
    this.#findings = findings;
    this.#options = options;
  }

  /** Runs the dumps that are not in `done`, and tells each. Stops after those that run when `isStopped`. */
  async run(
    arena: Arena,
    done: ReadonlySet<number>,
    heard: (unit: Unit) => void,
    isStopped: () => boolean,
  ): Promise<void> {
    let next = 0;
    const take = (): number | undefined => {
      while (next < this.#source.count && done.has(next)) next++;
      return next < this.#source.count && !isStopped() ? next++ : undefined;
    };
    const work = async (): Promise<void> => {
      const job = arena.job(this.#targets);
      for (let index = take(); index !== undefined; index = take()) {
        const dump = this.#source.at(index);
        if (dump === undefined) continue;
        const unit = await this.#unit(job, index, dump);
        this.#findings.add(unit);
        heard(unit);
      }
    };
    const left = Math.max(1, this.#source.count - done.size);
    await Promise.all(Array.from({ length: Math.min(this.#options.jobs, left) }, work));
  }

  async #unit(job: Job, index: number, dump: FeedDump): Promise<Unit> {
    const expected = expectedOf(dump);
    const results: UnitResult[] = [];
    for (const target of this.#targets) {
      results.push(await this.#result(job, target, dump, expected));
    }
    return { index, id: dump.id, bytes: dump.content.length, results };
  }

  async #result(job: Job, target: Target, dump: FeedDump, expected: Expected): Promise<UnitResult> {
    const limits = limitsOf(dump, target, this.#options);
    const outcome = await job.run(target, dump.content, limits);
    let judged = judge(expected, outcome, target);
    const again = this.#runsToAgree(target, judged);
    // Before the further runs: another job may meet the same finding meanwhile.
    const key = `${target.name}/${judged.fault?.signature}`;
    this.#confirmed.add(key);
    const classes = [judged.class];
    for (let run = 0; run < again; run++) {
      if (judged.fault !== undefined) await job.stop();
      classes.push(judge(expected, await job.run(target, dump.content, limits), target).class);
    }
    if (new Set(classes).size > 1) {
      judged = flaky(classes, expected);
      this.#confirmed.delete(key);
    }
    const { fault, told } = judged;
    const common = {
      class: judged.class,
      ms: Math.round(outcome.ms),
      rssBytes: outcome.rssBytes,
      ...(told !== undefined && { told }),
    };
    if (fault === undefined) return common;
    const isSmallest = this.#findings.isSmallest(target.name, fault.signature, dump.content.length);
    const stderr = outcome.stderr.slice(0, keptStderr);
    return { ...common, fault, ...(isSmallest ? { stderr } : {}) };
  }

  #runsToAgree(target: Target, { fault }: Judged): number {
    const { repeat, confirm } = this.#options;
    if (fault === undefined || this.#confirmed.has(`${target.name}/${fault.signature}`))
      return repeat - 1;
    // A hang or a full memory costs its whole limit each time.
    const isCostly = fault.class === 'hang' || fault.class === 'oom';
    return Math.max(repeat - 1, isCostly ? Math.min(1, confirm) : confirm);
  }
}
