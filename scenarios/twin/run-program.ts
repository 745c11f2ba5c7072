/**
 * Runs a built Go program as dumps need it: an environment of exactly what is given, extra descriptors
 * captured, foreign GOARCHes under qemu, and on request the sizes of every write() as strace sees them.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GoArch } from '../../sim/arch.ts';
import { findExecutable } from './find-executable.ts';
import { once } from './once.ts';
import { takingTurns } from './taking-turns.ts';

const qemuNames: Partial<Record<GoArch, string>> = {
  arm64: 'aarch64',
  mipsle: 'mipsel',
  mips64le: 'mips64el',
  loong64: 'loongarch64',
};

/** A 386 executable that exits with status 0: xor ebx,ebx; xor eax,eax; inc eax; int 0x80. */
const smallest386 =
  '7f454c46010101000000000000000000020003000100000054800408340000000000000000000000340020000100000000000000' +
  '010000000000000000800408008004085b0000005b000000050000000010000031db31c040cd80';

/** Many x86-64 kernels are built without the means to run 32-bit programs, and nothing but a try tells. */
function tryRunning386(): boolean {
  if (process.arch !== 'x64') return false;
  const scratch = mkdtempSync(join(tmpdir(), 'goheapsim-386-'));
  try {
    const program = join(scratch, 'exit');
    writeFileSync(program, Buffer.from(smallest386, 'hex'), { mode: 0o755 });
    return spawnSync(program, { stdio: 'ignore' }).status === 0;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const runs386 = once(tryRunning386);

/** Name of the emulator that runs a GOARCH's programs; undefined where the machine runs them itself. */
export function qemuOf(goarch: GoArch): string | undefined {
  if (goarch === 'amd64' && process.arch === 'x64') return undefined;
  if (goarch === '386' && runs386()) return undefined;
  const cpu = goarch === 'amd64' ? 'x86_64' : goarch === '386' ? 'i386' : goarch;
  return `qemu-${qemuNames[goarch] ?? cpu}-static`;
}

export interface RunOptions {
  readonly goarch?: GoArch;
  readonly args?: readonly string[];
  /** The whole environment; `GOMAXPROCS=1` alone unless given. */
  readonly env?: Readonly<Record<string, string>>;
  /** Descriptors from 3 on that the program finds open for writing; 3, 4 and 5 unless given. */
  readonly descriptors?: number;
  /** Count the bytes of each write() of each descriptor, with strace. */
  readonly writes?: boolean;
  /**
   * Without the kernel's random placing, where setarch can turn it off: the heap of a 32-bit program
   * begins behind its break, which is placed at random otherwise.
   */
  readonly fixedBreak?: boolean;
  /** Its threads take turns, where the system allows it: see {@link takingTurns}. */
  readonly takingTurns?: boolean;
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
  readonly timeoutMs?: number;
}

export interface RunResult {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  /** What was written to each extra descriptor, by number; empty ones included. */
  readonly descriptors: ReadonlyMap<number, Buffer>;
  /** Sizes of the writes to each descriptor in order; empty unless asked for. */
  readonly writes: ReadonlyMap<number, number[]>;
}

/**
 * Collects the sizes of the writes per descriptor from strace's log (`-f -e trace=write -s 0`), whose lines
 * are `PID write(FD, ""..., N) = N`, or such a line in two halves where a thread came between.
 */
export function writesOfStrace(log: string): Map<number, number[]> {
  const writes = new Map<number, number[]>();
  const unfinished = new Map<string, number>();
  const note = (descriptor: number, size: number) => {
    const sizes = writes.get(descriptor) ?? [];
    sizes.push(size);
    writes.set(descriptor, sizes);
  };
  for (const line of log.split('\n')) {
    const whole = /^\d+\s+write\((\d+), .*\)\s+= (\d+)$/.exec(line);
    if (whole) {
      note(Number(whole[1]), Number(whole[2]));
      continue;
    }
    const begun = /^(\d+)\s+write\((\d+), .*<unfinished \.\.\.>$/.exec(line);
    if (begun) {
      unfinished.set(begun[1]!, Number(begun[2]));
      continue;
    }
    const resumed = /^(\d+)\s+<\.\.\. write resumed>.*\)\s+= (\d+)$/.exec(line);
    const descriptor = resumed && unfinished.get(resumed[1]!);
    if (resumed && descriptor !== null && descriptor !== undefined) {
      note(descriptor, Number(resumed[2]));
    }
  }
  return writes;
}

/** Runs a program to its end. Throws where it cannot be started at all (no emulator, no strace). */
export function runProgram(program: string, options: RunOptions = {}): RunResult {
  const { goarch = 'amd64', args = [], env = { GOMAXPROCS: '1' }, descriptors = 3 } = options;
  const command = [program, ...args];
  const qemu = qemuOf(goarch);
  if (qemu !== undefined) command.unshift(must(qemu));
  const setarch = options.fixedBreak && qemu === undefined ? findExecutable('setarch') : undefined;
  if (setarch !== undefined) command.unshift(setarch, '-R');
  const scratch = mkdtempSync(join(tmpdir(), 'goheapsim-run-'));
  const log = join(scratch, 'strace');
  if (options.writes) {
    // Only write() stops the program, so that the rest of it keeps its timing.
    const trace = ['-f', '--seccomp-bpf', '-e', 'trace=write', '-e', 'signal=none', '-s', '0'];
    command.unshift(must('strace'), ...trace, '-o', log, '--');
  }
  if (options.takingTurns) command.unshift(...takingTurns());
  const numbers = Array.from({ length: descriptors }, (_, index) => index + 3);
  const open = numbers.map((number) => openSync(join(scratch, `${number}`), 'w+'));
  try {
    const run = spawnSync(command[0]!, command.slice(1), {
      env,
      cwd: options.cwd ?? scratch,
      stdio: ['pipe', 'pipe', 'pipe', ...open],
      input: options.input ?? '',
      maxBuffer: 2 ** 31 - 1,
      timeout: options.timeoutMs ?? 300_000,
    });
    if (run.error) throw run.error;
    return {
      status: run.status,
      signal: run.signal,
      stdout: run.stdout,
      stderr: run.stderr,
      descriptors: new Map(numbers.map((n) => [n, readFileSync(join(scratch, `${n}`))])),
      writes: options.writes ? writesOfStrace(readFileSync(log, 'utf8')) : new Map(),
    };
  } finally {
    for (const descriptor of open) closeSync(descriptor);
    rmSync(scratch, { recursive: true, force: true });
  }
}

function must(name: string): string {
  const path = findExecutable(name);
  if (path === undefined) throw new Error(`${name} is not on PATH`);
  return path;
}
