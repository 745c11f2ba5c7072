/**
 * Real Go as an oracle: finds the toolchain that the model is pinned to and builds programs with it,
 * for any linux GOARCH. Built programs are kept by the hash of what made them, so that tests share them.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { GoArch } from '../../sim/arch.ts';
import { once } from './once.ts';
import { qemuOf } from './run-program.ts';

export const goVersion = 'go1.22.12';

export interface GoToolchain {
  /** GOROOT of the pinned version; its src/ is the reference. */
  readonly goroot: string;
  /** Runs `go` of the pinned version and returns its stdout; throws with its stderr where it fails. */
  go(args: readonly string[], options?: GoCommandOptions): string;
}

interface GoCommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

function runGo(args: readonly string[], options: GoCommandOptions = {}): string {
  const run = spawnSync('go', args, {
    cwd: options.cwd ?? tmpdir(),
    env: {
      ...process.env,
      GOTOOLCHAIN: goVersion,
      GOFLAGS: '',
      GOWORK: 'off',
      CGO_ENABLED: '0',
      ...options.env,
    },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (run.error) throw new Error(`go ${args.join(' ')}: ${run.error.message}`);
  if (run.status !== 0) {
    throw new Error(`go ${args.join(' ')}: exit status ${run.status}: ${run.stderr.trim()}`);
  }
  return run.stdout;
}

const find = once((): GoToolchain | Error => {
  try {
    const version = runGo(['env', 'GOVERSION']).trim();
    if (version !== goVersion) return new Error(`go is ${version}, not ${goVersion}`);
    return { goroot: runGo(['env', 'GOROOT']).trim(), go: runGo };
  } catch (error) {
    return error as Error;
  }
});

/** The pinned toolchain. Throws where it is not to be had, with the reason. */
export function goToolchain(): GoToolchain {
  const found = find();
  if (found instanceof Error) throw found;
  return found;
}

/** Why the pinned toolchain is not to be had; undefined where it is. */
export function whyNoGo(): string | undefined {
  const found = find();
  return found instanceof Error ? found.message : undefined;
}

/** What to build: files by name, a folder of Go files, or a package of the standard distribution. */
export type GoSource =
  | { readonly files: Readonly<Record<string, string>> }
  | { readonly folder: string }
  | { readonly standardPackage: string };

export interface BuildOptions {
  readonly goarch?: GoArch;
  /** GOEXPERIMENT, such as 'noallocheaders'. */
  readonly goexperiment?: string;
  /** Flags for `go build` after -trimpath. */
  readonly flags?: readonly string[];
  /** Path of the module that is made around the files: file names in the program's tables begin with it. */
  readonly module?: string;
}

/**
 * Flags that a GOARCH's programs need to run on this machine. qemu-i386 lets all threads share one table of
 * segments, so a thread that a signal interrupts resumes with another's g: programs for it are linked
 * without preemption by signals. The linker sets the variable, which allocates nothing in the program.
 */
export function emulationFlags(goarch: GoArch): string[] {
  const preemptionOff = '-ldflags=-X=runtime.godebugDefault=asyncpreemptoff=1';
  return goarch === '386' && qemuOf(goarch) !== undefined ? [preemptionOff] : [];
}

function sourceFiles(source: GoSource): Record<string, string> {
  if ('files' in source) return { ...source.files };
  if ('standardPackage' in source) return {};
  const names = readdirSync(source.folder, { withFileTypes: true });
  return Object.fromEntries(
    names
      .filter((entry) => entry.isFile())
      .map((entry) => [entry.name, readFileSync(join(source.folder, entry.name), 'utf8')]),
  );
}

/**
 * Builds a program with the pinned Go: CGO_ENABLED=0, -trimpath, {@link emulationFlags}, linux. A folder without a go.mod gets
 * one. Returns the executable's path, `<tmp>/goheapsim-<10 hex digits>/prog`, shared by every call
 * with the same source and options.
 */
export function buildGo(source: GoSource, options: BuildOptions = {}): string {
  const toolchain = goToolchain();
  const { goarch = 'amd64', goexperiment = '', module = 'twin' } = options;
  const flags = [...emulationFlags(goarch), ...(options.flags ?? [])];
  const files = sourceFiles(source);
  if (!('standardPackage' in source)) files['go.mod'] ??= `module ${module}\n\ngo 1.22\n`;
  const what = 'standardPackage' in source ? source.standardPackage : '.';
  const key = createHash('sha256')
    .update(JSON.stringify([goVersion, what, files, goarch, goexperiment, flags]))
    .digest('hex')
    .slice(0, 10);
  const home = join(tmpdir(), `goheapsim-${key}`);
  const program = join(home, 'prog');
  if (existsSync(program)) return program;
  const work = mkdtempSync(join(tmpdir(), 'goheapsim-build-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(work, name)), { recursive: true });
      writeFileSync(join(work, name), text);
    }
    const cwd = 'standardPackage' in source ? join(toolchain.goroot, 'src/cmd') : work;
    toolchain.go(['build', '-trimpath', ...flags, '-o', join(work, 'prog'), what], {
      cwd,
      env: { GOOS: 'linux', GOARCH: goarch, GOEXPERIMENT: goexperiment },
    });
    mkdirSync(home, { recursive: true });
    // The rename is what makes the program appear whole to whoever builds the same beside us.
    const fresh = join(home, `prog.${process.pid}`);
    cpSync(join(work, 'prog'), fresh);
    renameSync(fresh, program);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return program;
}
