/** Twins of the library's scenarios and of random programs against real Go. */
import type { Scenario } from '../../scenarios/index.ts';
import { libraryNames } from '../../scenarios/scenario-files.ts';
import { type CheckResult, type Course, checkTwin } from '../../scenarios/twin/check.ts';
import { aspects } from '../../scenarios/twin/compare.ts';
import { TwinRefusal } from '../../scenarios/twin/operations.ts';
import { twinProgram } from '../../scenarios/twin/program.ts';
import { recordTwin } from '../../scenarios/twin/record.ts';
import { EnvironmentError } from '../../scenarios/usage-error.ts';
import type { GoArch } from '../../sim/arch.ts';
import { randomGoroutines, randomTwin, type TwinCase } from '../conformance/random-twin.ts';
import { libraryScenario } from '../scenarios/run-library.ts';
import { type Agreement, type FidelityRow, targetName } from './row.ts';

function cases(random: number, targets: readonly GoArch[]): TwinCase[] {
  const all: TwinCase[] = [];
  const library = (goarch: GoArch, allocHeaders: boolean) => {
    for (const name of libraryNames()) {
      all.push({ name, goarch, allocHeaders, seed: '1', params: {} });
    }
  };
  for (const goarch of targets) {
    library(goarch, true);
    const share = goarch === 'amd64' ? random : Math.ceil(random / 2);
    for (let i = 1; i <= share; i++) {
      all.push(randomTwin(i, goarch, true), randomGoroutines(i, goarch, true));
    }
  }
  library('amd64', false);
  for (let i = 1; i <= Math.ceil(random / 2); i++) all.push(randomTwin(i, 'amd64', false));
  return all;
}

function partsOf({ dumps }: CheckResult): Record<string, Agreement> {
  const parts: Record<string, Agreement> = {};
  for (const aspect of aspects) {
    const sum = (part: keyof Agreement) =>
      dumps.reduce((n, { agreement }) => n + agreement[aspect][part], 0);
    parts[aspect] = { compared: sum('compared'), agreeing: sum('agreeing') };
  }
  return parts;
}

async function rowOf({ name, goarch, allocHeaders, seed, params }: TwinCase): Promise<FidelityRow> {
  const scenario: Scenario = await libraryScenario(name);
  const row = {
    section: 'twins',
    program: `${name}${seed === '1' ? '' : `, seed ${seed}`}`,
    target: targetName(goarch, allocHeaders),
    ...(seed !== '1' && { group: 'twins of random programs' }),
  } as const;
  try {
    const record = (course: Course = {}) =>
      recordTwin(scenario, { params, seed, goarch, allocHeaders, ...course });
    const recording = record();
    const files = twinProgram(name, recording);
    const result = checkTwin(recording, files, { goarch, allocHeaders, record, runs: 40 });
    const [difference = ''] = result.dumps.flatMap(({ differences }) => differences);
    return { ...row, parts: partsOf(result), difference };
  } catch (error) {
    // Some programs do not run under qemu.
    if (!(error instanceof TwinRefusal || error instanceof EnvironmentError)) throw error;
    return { ...row, parts: {}, difference: '', refused: error.message };
  }
}

/** `random` programs on amd64, half as many on each other target. */
export async function* twinRows(
  random: number,
  targets: readonly GoArch[],
): AsyncGenerator<FidelityRow> {
  for (const one of cases(random, targets)) yield await rowOf(one);
}
