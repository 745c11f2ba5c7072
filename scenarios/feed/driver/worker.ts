/**
 * Readers that stay: one process takes dump after dump. The protocol, version 1:
 *
 *   request   the size of the dump in decimal, a newline, the bytes of the dump
 *   answer    one line, a JSON object, on standard output: {"outcome":"accept"} or
 *             {"outcome":"reject","message":"…"}; with "facts": {…} what it found, and with "read": n how many bytes
 *             it took of the dump, if not all
 *
 * The next request comes after the answer; at the end standard input is closed. A process that ends, or answers
 * anything else, has crashed on the dump that it was handed last, and another is started.
 */
import { printable } from '../../format.ts';
import { parseAnswer } from './answer.ts';
import { type ProcessEnd, pause, type RunLimits, TargetProcess } from './launch.ts';
import { classify, type Outcome } from './outcome.ts';
import { openFiles } from './process-table.ts';
import type { Slot } from './slot.ts';
import type { Target } from './target.ts';
import type { Watchdog } from './watchdog.ts';

const mebi = 2 ** 20;
/** A reader that has grown by this much with one dump is suspected to keep it. */
const suspiciousGrowth = 32 * mebi;
/** A suspect gets the dump this often again: what leaks, leaks each time. */
const leakProbes = 4;
/** For helpers of the target to end after an answer. */
const settleMs = 30;

export class WorkerTarget {
  readonly #target: Target;
  readonly #slot: Slot;
  readonly #watchdog: Watchdog;
  #run: TargetProcess | undefined;
  #end: ProcessEnd | undefined;
  #heard = '';
  #onLine: ((line: string) => void) | undefined;

  constructor(target: Target, slot: Slot, watchdog: Watchdog) {
    this.#target = target;
    this.#slot = slot;
    this.#watchdog = watchdog;
  }

  /** Hands it a dump. */
  async feed(dump: Uint8Array, limits: RunLimits): Promise<Outcome> {
    const isFresh = this.#run === undefined;
    let before = isFresh ? undefined : this.#resources();
    const outcome = await this.#ask(dump, limits);
    if (this.#run === undefined) return outcome;
    if (before === undefined) {
      // What a new process takes for itself is no leak: it gets its first dump twice.
      before = this.#resources();
      await this.#ask(dump, limits);
      if (this.#run === undefined) return outcome;
    }
    const leak = await this.#leakSince(before, dump, limits);
    return leak === undefined ? outcome : { ...outcome, class: 'leak', message: leak };
  }

  /** Ends the process. */
  async stop(): Promise<void> {
    const run = this.#run;
    this.#run = undefined;
    if (run === undefined) return;
    run.child.stdin!.end();
    await Promise.race([run.ended, pause(200)]);
    run.kill('end');
    await run.ended;
  }

  #start(limits: RunLimits): TargetProcess {
    this.#slot.clean();
    this.#heard = '';
    this.#end = undefined;
    const run = new TargetProcess(this.#target, this.#target.argv, {
      cwd: this.#slot.cwd,
      stdin: 'pipe',
      // Processor time is counted over the whole life of the process, so only the wall clock holds here.
      limits: { ...limits, ms: 86_400_000 },
      watchdog: this.#watchdog,
      onStdout: (chunk) => this.#hear(chunk.toString('utf8')),
      env: { GOHEAPSIM_WORKER: '1' },
    });
    run.child.stdin!.on('error', () => {});
    void run.ended.then((end) => {
      this.#end = end;
      this.#onLine?.('');
    });
    return run;
  }

  #hear(text: string): void {
    this.#heard += text;
    const end = this.#heard.indexOf('\n');
    if (end < 0 || this.#onLine === undefined) return;
    const line = this.#heard.slice(0, end);
    this.#heard = this.#heard.slice(end + 1);
    this.#onLine(line);
  }

  async #ask(dump: Uint8Array, limits: RunLimits): Promise<Outcome> {
    this.#run ??= this.#start(limits);
    const run = this.#run;
    run.extend(limits);
    run.stderr.clear();
    const started = performance.now();
    const answered = new Promise<string>((done) => {
      this.#onLine = done;
    });
    run.child.stdin!.write(`${dump.length}\n`);
    run.child.stdin!.write(dump);
    const line = this.#end === undefined ? await answered : '';
    this.#onLine = undefined;
    run.extend({ ...limits, ms: 86_400_000 });
    const ms = performance.now() - started;
    const answer = parseAnswer(line);
    const said = answer?.outcome;
    if (said !== 'accept' && said !== 'reject') return await this.#ended(run, line, ms);
    const { facts, message = '', read } = answer!;
    return {
      class: said,
      message: printable(String(message)).slice(0, 400),
      frames: [],
      facts: typeof facts === 'object' && facts !== null ? (facts as Outcome['facts']) : undefined,
      unread: typeof read === 'number' ? Math.max(0, dump.length - read) : undefined,
      ms,
      rssBytes: run.rssBytes,
      // An answer without facts is no output that is no JSON.
      stdout: facts === undefined ? '' : line,
      stderr: run.stderr.text(),
    };
  }

  /** It ended, or must be ended, without an answer. */
  async #ended(run: TargetProcess, line: string, ms: number): Promise<Outcome> {
    this.#run = undefined;
    if (this.#end === undefined && line !== '') run.kill('end');
    const end = await run.ended;
    const common = {
      ms,
      facts: undefined,
      unread: undefined,
      rssBytes: end.rssBytes,
      stdout: line,
      stderr: end.stderr,
    };
    if (end.killedFor === 'end') {
      const message = `answered with no known outcome: ${printable(line).slice(0, 80)}`;
      return { class: 'crash', message, frames: [], ...common };
    }
    const found = classify(this.#target, end);
    if (found.class !== 'accept' && found.class !== 'reject') {
      return { ...common, ...found, message: printable(found.message).slice(0, 400) };
    }
    const message = `ended without an answer, exit code ${end.code}`;
    return { ...common, class: 'crash', message, frames: [] };
  }

  #resources(): Resources {
    const run = this.#run!;
    return { files: openFiles(run.pid), rssBytes: run.rssBytes, others: run.others() };
  }

  /** What it keeps of each run: descriptors, processes, memory. */
  async #leakSince(
    before: Resources,
    dump: Uint8Array,
    limits: RunLimits,
  ): Promise<string | undefined> {
    let now = this.#resources();
    if (grownIn(before, now) === undefined) return undefined;
    await pause(settleMs);
    const first = this.#resources();
    const suspect = grownIn(before, first);
    if (suspect === undefined) return undefined;
    let last = first;
    for (let probe = 0; probe < leakProbes; probe++) {
      await this.#ask(dump, limits);
      if (this.#run === undefined) return undefined;
      await pause(settleMs);
      now = this.#resources();
      if (now[suspect] <= last[suspect]) return undefined;
      last = now;
    }
    const gained = last[suspect] - before[suspect];
    // What it has taken must not be charged to the next dump.
    await this.stop();
    return `keeps ${leakNames[suspect]} of each dump: ${suspect === 'rssBytes' ? `${Math.round(gained / mebi)} MiB` : gained} in ${leakProbes + 1} runs`;
  }
}

interface Resources {
  readonly files: number;
  readonly others: number;
  readonly rssBytes: number;
}

const leakNames = { files: 'open files', others: 'processes', rssBytes: 'memory' } as const;

function grownIn(before: Resources, now: Resources): keyof Resources | undefined {
  if (now.files > before.files) return 'files';
  if (now.others > before.others) return 'others';
  return now.rssBytes > before.rssBytes + suspiciousGrowth ? 'rssBytes' : undefined;
}
