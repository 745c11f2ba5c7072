/** Builds a twin with real Go, runs it, and compares its dumps with the scenario's. */
import type { GoArch } from '../../sim/arch.ts';
import { EnvironmentError } from '../usage-error.ts';
import { agrees, type Comparison, compareDumps, disagreeing } from './compare.ts';
import { buildGo, whyNoGo } from './go-toolchain.ts';
import type { Recording } from './record.ts';
import { runProgram } from './run-program.ts';

export interface CheckOptions {
  readonly goarch: GoArch;
  readonly allocHeaders: boolean;
  /** Runs at most. */
  readonly runs?: number;
}

export interface CheckResult {
  /** Runs that were needed. */
  readonly runs: number;
  /** Of each dump, that of the run in which it agreed best. */
  readonly dumps: readonly Comparison[];
}

const mostRuns = 10;

/**
 * Runs the twin until a run agrees in all dumps. The runtime's own threads disturb a run now and then:
 * a program that is right agrees with one that nothing disturbed, a wrong one with none.
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
  const { goarch, allocHeaders, runs = mostRuns } = options;
  const goexperiment = allocHeaders ? '' : 'noallocheaders';
  const program = buildGo({ files }, { goarch, goexperiment });
  const best: Comparison[] = [];
  for (let run = 1; ; run++) {
    const dumps = runOnce(program, recording, goarch);
    for (const [i, comparison] of dumps.entries()) {
      const known = best[i];
      if (known === undefined || disagreeing(comparison) < disagreeing(known)) best[i] = comparison;
    }
    if (dumps.every(agrees) || run === runs) return { runs: run, dumps: best };
  }
}

function runOnce(program: string, { dumps, world }: Recording, goarch: GoArch): Comparison[] {
  const env = { GOMAXPROCS: '1', GOGC: 'off' };
  const run = runProgram(program, { goarch, env, descriptors: dumps.length });
  if (run.status !== 0) {
    const said = run.stderr.toString().trim().split('\n', 1)[0];
    throw new EnvironmentError(`twin: the program ended with ${run.signal ?? run.status}: ${said}`);
  }
  const real = [...run.descriptors.values()];
  return dumps.map(({ bytes }, i) => compareDumps(bytes, real[i]!, world));
}
