/** What a task took: seconds of wall clock and of processor time, all threads counted. */
export interface Sample {
  readonly wall: number;
  readonly cpu: number;
  /** Greatest resident memory of the process, bytes. */
  readonly peak?: number;
  /** What the task counted, where it did. */
  readonly count?: number;
}

/** Times the part of a task that counts. */
export class Stopwatch {
  #wall = 0;
  #cpu = 0;
  /** A figure of the task's own. */
  count = 0;

  start(): void {
    this.#cpu = cpu();
    this.#wall = performance.now();
  }

  stop(): void {
    this.#wall = performance.now() - this.#wall;
    this.#cpu = cpu() - this.#cpu;
  }

  get sample(): Required<Sample> {
    const peak = process.resourceUsage().maxRSS * 1024;
    return { wall: this.#wall / 1e3, cpu: this.#cpu / 1e6, peak, count: this.count };
  }
}

function cpu(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
