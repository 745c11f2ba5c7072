/**
 * One process of a target under limits, and how it ended. The limits on address space, processor time, file size and
 * core dumps are set by `ulimit` of the shell that becomes the target, which any POSIX system has; memory in use is
 * watched through /proc, where there is one. The process leads a group of its own, which is ended as a whole.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { hasProcessTable, oneIsStarting, processesOf, rssOf } from './process-table.ts';
import type { Target } from './target.ts';
import { groupExists, killGroup, type Watchdog } from './watchdog.ts';

/** What a run may take at most. */
export interface RunLimits {
  /** Wall clock. */
  readonly ms: number;
  /** Memory in use, of the whole group. */
  readonly rssBytes: number;
  /** Bytes of addresses of one process; undefined: as many as it likes. */
  readonly addressSpace?: number | undefined;
}

/** How a process ended. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why it was ended, if not by itself. */
  readonly killedFor: 'time' | 'memory' | 'end' | undefined;
  readonly ms: number;
  /** The most memory that was seen in use; 0 where nothing was seen. */
  readonly rssBytes: number;
  /** The end of what it printed. */
  readonly stdout: string;
  readonly stderr: string;
  /** Processes that it left behind. */
  readonly left: number;
}

const tickMs = 15;
const ticksPerGroupScan = 4;
/** For processes that a target left behind to end by themselves. */
const graceMs = 150;
/** For a target to tell its stacks. */
const quitMs = 700;

const longestStdout = 32 << 20;
const longestStderr = 256 << 10;

/** The end of a stream; of a crash both the beginning and the end tell, so the beginning is kept as well. */
class Tail {
  readonly #most: number;
  #head: Buffer | undefined;
  #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(most: number) {
    this.#most = most;
  }

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    if (this.#bytes <= 2 * this.#most) return;
    const all = Buffer.concat(this.#chunks);
    this.#head ??= all.subarray(0, this.#most / 2);
    this.#chunks = [all.subarray(all.length - this.#most)];
    this.#bytes = this.#most;
  }

  text(): string {
    const parts = this.#head === undefined ? [] : [this.#head, Buffer.from('\n…\n')];
    return Buffer.concat([...parts, ...this.#chunks]).toString('utf8');
  }

  clear(): void {
    this.#head = undefined;
    this.#chunks = [];
    this.#bytes = 0;
  }
}

let runs = 0;

/** A process that runs. */
export class TargetProcess {
  readonly pid: number;
  readonly child: ChildProcess;
  readonly stderr = new Tail(longestStderr);
  readonly stdout = new Tail(longestStdout);
  /** Settles when all is over and nothing of the run is left. */
  readonly ended: Promise<ProcessEnd>;
  readonly #target: Target;
  readonly #watchdog: Watchdog;
  readonly #mark: string;
  readonly #start = performance.now();
  #limits: RunLimits;
  #deadline: number;
  #ticks = 0;
  #timer: NodeJS.Timeout | undefined;
  #killedFor: ProcessEnd['killedFor'];
  #rssBytes = 0;

  /** `stdin` is a descriptor, or a pipe to `child.stdin`. Standard output goes to `stdout`, if not taken by `onStdout`. */
  constructor(
    target: Target,
    argv: readonly string[],
    options: {
      readonly cwd: string;
      readonly stdin: number | 'pipe' | 'ignore';
      readonly limits: RunLimits;
      readonly watchdog: Watchdog;
      readonly onStdout?: (chunk: Buffer) => void;
      readonly env?: Readonly<Record<string, string>>;
    },
  ) {
    this.#target = target;
    this.#watchdog = options.watchdog;
    this.#limits = options.limits;
    this.#deadline = this.#start + options.limits.ms;
    this.#mark = `GOHEAPSIM_RUN=${process.pid}.${++runs}.`;
    const [name, value] = this.#mark.split('=');
    this.child = spawn('/bin/sh', ['-c', limitScript(options.limits), 'sh', ...argv], {
      cwd: options.cwd,
      detached: true,
      stdio: [options.stdin, 'pipe', 'pipe'],
      env: { ...process.env, ...target.language.env, ...options.env, [name!]: value },
    });
    this.pid = this.child.pid ?? 0;
    if (this.pid > 0) this.#watchdog.started(this.pid);
    this.child.stdout!.on('data', options.onStdout ?? ((chunk: Buffer) => this.stdout.add(chunk)));
    this.child.stderr!.on('data', (chunk: Buffer) => this.stderr.add(chunk));
    this.ended = this.#wait();
    this.#timer = setInterval(() => this.#tick(), tickMs);
  }

  /** Bytes in use now, of the process alone. */
  get rssBytes(): number {
    return rssOf(this.pid);
  }

  /** The living processes of the run besides the first. */
  others(): number {
    return processesOf(this.pid, this.#mark).filter(({ pid }) => pid !== this.pid).length;
  }

  /** Gives it until `ms` from now, and other memory. */
  extend(limits: RunLimits): void {
    this.#limits = limits;
    this.#deadline = performance.now() + limits.ms;
  }

  /** Ends it; `time` and `memory` let it tell its stacks first. */
  kill(reason: NonNullable<ProcessEnd['killedFor']>): void {
    if (this.#killedFor !== undefined) return;
    this.#killedFor = reason;
    if (reason === 'end' || !this.#target.language.tellsStacksOnQuit) {
      killGroup(this.pid, 'SIGKILL');
      return;
    }
    killGroup(this.pid, 'SIGQUIT');
    setTimeout(() => killGroup(this.pid, 'SIGKILL'), quitMs).unref();
  }

  #tick(): void {
    const scanAll = ++this.#ticks % ticksPerGroupScan === 0;
    const rss = scanAll
      ? processesOf(this.pid, undefined).reduce((sum, process) => sum + process.rss, 0)
      : rssOf(this.pid);
    this.#rssBytes = Math.max(this.#rssBytes, rss);
    if (rss > this.#limits.rssBytes) this.kill('memory');
    else if (performance.now() > this.#deadline) this.kill('time');
  }

  async #wait(): Promise<ProcessEnd> {
    const closed = new Promise<void>((done) => this.child.once('close', () => done()));
    const { code, signal } = await new Promise<Pick<ProcessEnd, 'code' | 'signal'>>((done) => {
      this.child.once('exit', (code, signal) => done({ code, signal }));
      this.child.once('error', (error) => {
        this.stderr.add(Buffer.from(`${error.message}\n`));
        done({ code: 127, signal: null });
      });
    });
    const ms = performance.now() - this.#start;
    clearInterval(this.#timer);
    const left = this.#killedFor === undefined ? await this.#leftBehind() : 0;
    this.#sweep();
    // Whoever still holds the pipes was killed; should one escape, its output is not waited for.
    await Promise.race([closed, pause(1000)]);
    this.child.stdout?.destroy();
    this.child.stderr?.destroy();
    this.#watchdog.ended(this.pid);
    const streams = { stdout: this.stdout.text(), stderr: this.stderr.text() };
    const killedFor = this.#killedFor;
    return { code, signal, killedFor, ms, rssBytes: this.#rssBytes, left, ...streams };
  }

  async #leftBehind(): Promise<number> {
    if (!hasProcessTable || this.pid === 0) return 0;
    for (let waited = 0; ; waited += tickMs) {
      const left = processesOf(this.pid, this.#mark).length;
      // One that forks and ends can slip through the list; that the group is gone cannot be mistaken.
      const gone = left === 0 && !groupExists(this.pid) && !oneIsStarting(this.pid);
      if (gone || waited >= graceMs) return left;
      await pause(tickMs);
    }
  }

  #sweep(): void {
    if (this.pid === 0) return;
    killGroup(this.pid, 'SIGKILL');
    for (const { pid } of processesOf(this.pid, this.#mark)) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended meanwhile.
      }
    }
  }
}

/** Waits. */
export function pause(ms: number): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, ms);
  });
}

/** A limit that the system does not let us set is left as it is. */
function limitScript({ ms, addressSpace }: RunLimits): string {
  const seconds = Math.ceil(ms / 1000) * Math.max(2, availableParallelism()) + 1;
  const limits = [`-c 0`, `-f ${(1 << 30) / 512}`, `-S -t ${seconds}`, `-H -t ${seconds + 2}`];
  if (addressSpace !== undefined) limits.push(`-v ${Math.ceil(addressSpace / 1024)}`);
  return `${limits.map((limit) => `ulimit ${limit} 2>/dev/null`).join('; ')}; exec "$@"`;
}
