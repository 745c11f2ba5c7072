/** Runs the command line: in this process with captured output, or as a process of its own. */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from '../../scenarios/cli.ts';
import type { Io, Out } from '../../scenarios/io.ts';

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Terminal {
  /** Lines of standard input. */
  readonly stdin?: readonly string[];
  readonly stdinIsTTY?: boolean;
  readonly stdoutIsTTY?: boolean;
  readonly stderrIsTTY?: boolean;
  readonly env?: Record<string, string>;
  /** The clock, ms. */
  readonly now?: () => number;
}

const nowhere: Out = { isTTY: false, write() {} };

/** A terminal that nobody looks at. */
export const quietIo: Io = {
  stdin: { isTTY: false, async *lines() {} },
  stdout: nowhere,
  stderr: nowhere,
  env: {},
  now: () => 0,
  onSignal: () => () => {},
};

/** Runs `argv` in this process. */
export async function goheapsim(
  argv: readonly string[],
  terminal: Terminal = {},
): Promise<Outcome> {
  const decoder = new TextDecoder();
  const texts = { stdout: '', stderr: '' };
  const out = (name: keyof typeof texts, isTTY: boolean): Out => ({
    isTTY,
    write(data) {
      texts[name] += typeof data === 'string' ? data : decoder.decode(data);
    },
  });
  const io: Io = {
    stdin: {
      isTTY: terminal.stdinIsTTY ?? false,
      async *lines() {
        yield* terminal.stdin ?? [];
      },
    },
    stdout: out('stdout', terminal.stdoutIsTTY ?? false),
    stderr: out('stderr', terminal.stderrIsTTY ?? false),
    env: terminal.env ?? {},
    now: terminal.now ?? (() => 0),
    onSignal: () => () => {},
  };
  const code = await main(argv, io);
  return { code, ...texts };
}

const binFile = fileURLToPath(new URL('../../scenarios/bin.js', import.meta.url));

/** Starts the real program. */
export function start(argv: readonly string[], options: SpawnOptions = {}): ChildProcess {
  return spawn(process.execPath, [binFile, ...argv], { stdio: 'pipe', ...options });
}

/** Waits for the end of a process; `signal` is set where one ended it. */
export function ended(
  child: ChildProcess,
): Promise<Outcome & { readonly signal: NodeJS.Signals | null }> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (data) => {
    stdout += data;
  });
  child.stderr?.on('data', (data) => {
    stderr += data;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

/** A folder for one test file at a time: made when it is first asked for, also after it was removed. */
export function scratchFolder(): {
  path: (name: string) => string;
  files(): string[];
  clear(): void;
  remove(): void;
} {
  let made: string | undefined;
  const folder = (): string => {
    made ??= mkdtempSync(join(tmpdir(), 'goheapsim-test-'));
    return made;
  };
  return {
    path: (name) => join(folder(), name),
    files: () => readdirSync(folder()).sort(),
    clear: () => {
      for (const name of readdirSync(folder())) rmSync(join(folder(), name), { recursive: true });
    },
    remove: () => {
      if (made !== undefined) rmSync(made, { recursive: true, force: true });
      made = undefined;
    },
  };
}
