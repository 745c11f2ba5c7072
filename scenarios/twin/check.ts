/** Builds a twin with real Go, runs it, and compares its dumps with the scenario's. */
import type { GoArch } from '../../sim/arch.ts';
import type { BootPreemption } from '../../sim/boot.ts';
import { heapStartOf } from '../../sim/malloc.ts';
import { readElfFile } from '../elf-file.ts';
import { EnvironmentError } from '../usage-error.ts';
import { agrees, type Comparison, compareDumps, disagreeing } from './compare.ts';
import { buildGo, whyNoGo } from './go-toolchain.ts';
import { buildFlags } from './program.ts';
import type { Recording } from './record.ts';
import { qemuOf, runProgram } from './run-program.ts';

/** What is peculiar to a real program's run. */
export interface Course {
  /** Where sysmon preempts main before main.main, as happens on slow machines. */
  readonly preempted?: BootPreemption;
  /** Where its heap begins. */
  readonly heapStart?: number;
  /** Virtual time, ns, until sysmon does what it is asked to: never, where it gets no turn. */
  readonly sysmonDelay?: number;
}

export interface CheckOptions {
  readonly goarch: GoArch;
  readonly allocHeaders: boolean;
  /** The scenario again, where the real program takes another course, or has its heap elsewhere. */
  readonly record?: (course: Course) => Recording;
  /** Runs at most. */
  readonly runs?: number;
}

export interface CheckResult {
  /** Runs that were needed. */
  readonly runs: number;
  /** Of each dump, that of the run in which it agreed best. */
  readonly dumps: readonly Comparison[];
}

const mostRuns = 15;
/** As happens under emulation. */
const preemptions: readonly BootPreemption[] = ['gcenable', 'gcenable, after makechan'];

/**
 * Runs the twin until each of its dumps has agreed. The runtime's own threads disturb a run now and then: a
 * program that is right agrees with one that nothing disturbed, a wrong one with none. Every other run, the
 * first among them, has its threads take turns ({@link takingTurns}), so that sysmon preempts nothing, which it
 * does on a slow machine or an emulated one; then again a thread that a collection wakes waits for its turn as
 * well. What else the threads often do, the model does too ({@link coursesOf}): the second run is compared with
 * two courses, and so on.
 *
 * @throws {EnvironmentError} without the Go that the model is pinned to, or where a run fails
 */
export function checkTwin(
  recording: Recording,
  files: Readonly<Record<string, string>>,
  options: CheckOptions,
): CheckResult {
  const why = whyNoGo();
  if (why !== undefined) throw new EnvironmentError(`twin: no go1.22.12 to check with: ${why}`);
  const { goarch, allocHeaders, record, runs = mostRuns } = options;
  const goexperiment = allocHeaders ? '' : 'noallocheaders';
  const flags = buildFlags(recording);
  const program = buildGo({ files }, { goarch, goexperiment, flags });
  const { arch } = recording.world;
  const heapStart = heapStartOf(arch, readElfFile(program).end);
  const itsOwn = heapStart === arch.heapStart;
  const usual: Course = itsOwn ? {} : { heapStart };
  const courses = record === undefined ? [usual] : coursesOf(usual);
  const recordings = [itsOwn || record === undefined ? recording : record(usual)];
  const best: Comparison[] = [];
  for (let run = 1; ; run++) {
    const real = runOf(program, recording, run % 2 === 1);
    if (typeof real === 'string') {
      if (run < runs) continue;
      if (best.length > 0) return { runs: run, dumps: best };
      throw new EnvironmentError(`twin: the program ended with ${real}`);
    }
    // Another run often costs less than another course, of which each is a recording and a comparison.
    for (const [i, course] of courses.slice(0, run).entries()) {
      recordings[i] ??= record!(course);
      const compared = compareAll(recordings[i]!, real);
      for (const [k, one] of compared.entries()) {
        const known = best[k];
        if (known === undefined || disagreeing(one) < disagreeing(known)) best[k] = one;
      }
      if (compared.every(agrees)) break;
    }
    if (best.every(agrees) || run === runs) return { runs: run, dumps: best };
  }
}

/** What the runtime's own threads may do, likeliest first. */
function coursesOf(usual: Course): Course[] {
  const late: Course = { ...usual, sysmonDelay: Number.POSITIVE_INFINITY };
  return [usual, late].flatMap((course): Course[] => [
    course,
    ...preemptions.map((preempted) => ({ ...course, preempted })),
  ]);
}

function compareAll(recording: Recording, real: RealRun): Comparison[] {
  const { dumps } = recording;
  let from = 0;
  return dumps.map((dump, i) => {
    const to = i === dumps.length - 1 ? undefined : from + dump.said.length;
    const said = real.said.slice(from, to);
    from += dump.said.length;
    return compareDumps(dump, { bytes: real.dumps[i]!, said }, recording);
  });
}

/** What one run of the program dumped, and what it was told. */
interface RealRun {
  readonly dumps: readonly Uint8Array[];
  readonly said: readonly string[];
}

/** A disturbed run can end early, as its goroutines run in another order: then what it says of it. */
function runOf(
  program: string,
  { dumps, world }: Recording,
  takingTurns: boolean,
): RealRun | string {
  const { goarch, bigEndian } = world.arch;
  const descriptors = dumps.length + 1;
  const variables: [string, string][] = [
    ['GOMAXPROCS', '1'],
    ['GOGC', 'off'],
  ];
  // Qemu hands them to the program in reverse order.
  if (qemuOf(goarch) !== undefined) variables.reverse();
  const env = Object.fromEntries(variables);
  const run = runProgram(program, {
    ...{ goarch, env, descriptors },
    ...{ fixedBreak: goarch === '386', takingTurns },
  });
  if (run.status !== 0) {
    const said = withoutPlayback(run.stderr).trim().split('\n', 1)[0];
    return `${run.signal ?? run.status}: ${said}`;
  }
  const written = [...run.descriptors.values()];
  const values = written.pop()!;
  const view = new DataView(values.buffer, values.byteOffset, values.length);
  const said = Array.from({ length: values.length / 8 }, (_, i) => {
    return String(view.getBigUint64(8 * i, !bigEndian));
  });
  return { dumps: written, said };
}

/** What a program wrote, without the times that one with faketime writes before each piece. @go runtime/time_fake.go */
function withoutPlayback(written: Buffer): string {
  const pieces: Buffer[] = [];
  let at = 0;
  while (at + 16 <= written.length && written.toString('latin1', at, at + 4) === '\0\0PB') {
    const end = at + 16 + written.readUInt32BE(at + 12);
    pieces.push(written.subarray(at + 16, end));
    at = end;
  }
  return Buffer.concat([...pieces, written.subarray(at)]).toString();
}
