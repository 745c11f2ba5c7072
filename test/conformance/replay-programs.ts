/** Real programs whose logs are replayed: nobody here wrote what they run. */
import { type StdioOptions, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { peek } from '../../scenarios/input.ts';
import { LiveLog } from '../../scenarios/live-log.ts';
import { type LogArgs, logHints } from '../../scenarios/replay/log-options.ts';
import { type ReplayResult, replayLog } from '../../scenarios/replay/replay-log.ts';
import { takingTurns } from '../../scenarios/twin/taking-turns.ts';
import type { GoArch } from '../../sim/arch.ts';
import { findExecutable } from '../oracle/find-executable.ts';
import { buildGo, type GoSource, goToolchain } from '../oracle/go-toolchain.ts';
import { qemuOf } from '../oracle/run-program.ts';
import { quietIo } from '../scenarios/command-line.ts';

/** Bytes that a folder for logs must have room for. */
const logRoom = 2 ** 30;

/**
 * A new folder for logs, in memory where there is room: a write to a disk may wait, and while the logged
 * program waits the runtime's own threads have a turn.
 */
export function logFolder(): string {
  const memory = '/dev/shm';
  let parent = tmpdir();
  try {
    const { bavail, bsize } = statfsSync(memory);
    if (bavail * bsize >= logRoom) parent = memory;
  } catch {
    // There is none.
  }
  return mkdtempSync(join(parent, 'goheapsim-logs-'));
}

/** A program of this folder, which does nothing but call a package of the standard library. */
export const own = (name: string): GoSource => ({
  folder: fileURLToPath(new URL(`replay/${name}`, import.meta.url)),
});

export interface ReplayedProgram {
  readonly source: GoSource;
  readonly goarch?: GoArch;
  /** Its threads do not take turns: on one processor more of its goroutines end without a record. */
  readonly plain?: boolean;
  /** Arguments of a run whose files may lie in `folder`. */
  args?(folder: string): string[];
}

const standard = (name: string): string => join(goToolchain().goroot, 'src', name);

/** What `go vet` gives cmd/vet for a package: its files, and where the types of its imports are. */
function vetConfig(folder: string, pkg: string): string {
  const { go } = goToolchain();
  const listed = JSON.parse(go(['list', '-json', pkg])) as Record<
    'Dir' | 'GoFiles' | 'Imports',
    string & string[]
  >;
  const exports = go(['list', '-export', '-deps', '-f', '{{.ImportPath}} {{.Export}}', pkg]);
  const packageFile = exports
    .split('\n')
    .map((line) => line.split(' ') as [string, string])
    .filter(([name, file]) => file && name !== pkg);
  const path = join(folder, 'vet.cfg');
  const config = {
    ID: pkg,
    Compiler: 'gc',
    Dir: listed.Dir,
    ImportPath: pkg,
    GoFiles: listed.GoFiles.map((file: string) => join(listed.Dir, file)),
    ImportMap: Object.fromEntries(listed.Imports.map((name: string) => [name, name])),
    PackageFile: Object.fromEntries(packageFile),
    Standard: Object.fromEntries(packageFile.map(([name]) => [name, true])),
    VetxOutput: join(folder, 'vet.out'),
    GoVersion: 'go1.22',
  };
  writeFileSync(path, JSON.stringify(config));
  return path;
}

const gofmt: GoSource = { standardPackage: 'cmd/gofmt' };

export const replayedPrograms = {
  'gofmt on a file': { source: gofmt, args: () => ['-l', standard('net/http/server.go')] },
  'gofmt on a small file': { source: gofmt, args: () => ['-l', standard('go/printer/comment.go')] },
  'gofmt on a folder': { source: gofmt, args: () => ['-l', standard('go/printer')] },
  'gofmt on a large file': { source: gofmt, args: () => ['-l', standard('net/http/h2_bundle.go')] },
  'go vet on encoding/csv': {
    source: { standardPackage: 'cmd/vet' },
    args: (folder) => [vetConfig(folder, 'encoding/csv')],
  },
  'go/types': { source: own('types') },
  'encoding/json': { source: own('json') },
  'encoding/json on 386': { source: own('json'), goarch: '386' },
  'compress/gzip': { source: own('gzip') },
  'goroutines that come and go': { source: own('workers'), plain: true },
} as const satisfies Record<string, ReplayedProgram>;

/** Runs a program, whose log and other files are in `folder`: the files of it and of its log. Its threads take turns. */
export function logOf(
  { source, goarch = 'amd64', plain = false, args }: ReplayedProgram,
  folder: string,
  gogc = 'off',
): { binary: string; log: string } {
  const binary = buildGo(source, { goarch });
  const log = join(folder, 'log');
  const qemu = qemuOf(goarch);
  const command = [
    ...(plain ? [] : takingTurns()),
    ...(qemu === undefined ? [] : [findExecutable(qemu)!]),
    binary,
    ...(args?.(folder) ?? []),
  ];
  const env = { GOMAXPROCS: '1', GOGC: gogc, GODEBUG: 'allocfreetrace=1' };
  // A record is written in dozens of pieces: to a file, since a pipe would wake its reader for each.
  const stderr = openSync(log, 'w');
  try {
    const stdio: StdioOptions = ['ignore', 'ignore', stderr];
    // Once before without a log: what the program reads is in memory then, and no read waits for a disk.
    spawnSync(command[0]!, command.slice(1), { env: { GOMAXPROCS: '1' }, stdio: 'ignore' });
    const run = spawnSync(command[0]!, command.slice(1), { env, stdio });
    if (run.status !== 0) throw new Error(`${binary}: ${run.error ?? run.signal ?? run.status}`);
  } finally {
    closeSync(stderr);
  }
  return { binary, log };
}

/** What is told of a log besides the files. */
export const replayOptions = {
  goarch: undefined,
  allocHeaders: true,
  envs: undefined,
  args: undefined,
  gogc: 'off',
  limit: Number.POSITIVE_INFINITY,
} as const;

export function replay(log: string, binary: string | undefined, gogc = 'off'): ReplayResult {
  return replayLog({ ...replayOptions, log, binary, gogc });
}

/** A log as the commands that look into it open it. */
export function openLog(log: string, args: LogArgs = {}): LiveLog {
  return new LiveLog(peek(log), logHints('test', args), quietIo);
}
