/** Where one job works: a folder for the dump and an empty one for the target to run in. */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Content } from '../../../dump/feed/content.ts';
import { writeFully } from '../../output.ts';
import { turns } from '../../turns.ts';

/** A larger file of the user's is read where it is. */
const longestCopy = 64 << 20;

export class Slot {
  readonly folder: string;
  readonly cwd: string;
  readonly #input: string;
  #fifo: string | undefined;

  constructor(folder: string) {
    this.folder = folder;
    this.cwd = join(folder, 'empty');
    mkdirSync(this.cwd, { recursive: true });
    mkdirSync(join(folder, 'input'), { recursive: true });
    this.#input = join(folder, 'input', 'case.dump');
  }

  /** Puts a dump there, if it is not a large file already, and returns its path. */
  async place(dump: Content & { readonly path?: string }): Promise<string> {
    if (dump.path !== undefined && dump.length > longestCopy) return dump.path;
    const turn = turns();
    const fd = openSync(this.#input, 'w');
    try {
      for (const chunk of dump.chunks()) {
        writeFully(fd, chunk, this.#input);
        await turn();
      }
    } finally {
      closeSync(fd);
    }
    return this.#input;
  }

  /** A named pipe. */
  get fifo(): string {
    if (this.#fifo === undefined) {
      this.#fifo = join(this.folder, 'pipe');
      execFileSync('mkfifo', [this.#fifo]);
    }
    return this.#fifo;
  }

  /** Removes what a target wrote into its folder. */
  clean(): void {
    for (const name of readdirSync(this.cwd)) {
      rmSync(join(this.cwd, name), { recursive: true, force: true, maxRetries: 2 });
    }
  }
}
