/**
 * How far real Go agrees with the model: every scenario's twin on several targets, and twins of random
 * programs. Prints a Markdown table, a row for each, and exits with 1 where something differs.
 *
 * `npm run fidelity -- [--random N] [--goarch A,B]`
 */
import { parseArgs } from 'node:util';
import type { Scenario } from '../scenarios/index.ts';
import { libraryNames } from '../scenarios/scenario-files.ts';
import { type CheckResult, checkTwin } from '../scenarios/twin/check.ts';
import { type Aspect, agrees, aspects } from '../scenarios/twin/compare.ts';
import { TwinRefusal } from '../scenarios/twin/operations.ts';
import { twinProgram } from '../scenarios/twin/program.ts';
import { recordTwin } from '../scenarios/twin/record.ts';
import { archOf, type GoArch, goarches } from '../sim/arch.ts';
import { randomTwin, type TwinCase } from './conformance/random-twin.ts';
import { libraryScenario } from './scenarios/run-library.ts';

/** A twin's agreement, or why there is none. */
type Outcome = { readonly result: CheckResult } | { readonly refused: string };

async function outcomeOf({ name, goarch, allocHeaders, seed, params }: TwinCase): Promise<Outcome> {
  const scenario: Scenario = await libraryScenario(name);
  try {
    const recording = recordTwin(scenario, { params, seed, goarch, allocHeaders });
    const files = twinProgram(name, recording);
    return { result: checkTwin(recording, files, { goarch, allocHeaders }) };
  } catch (error) {
    if (error instanceof TwinRefusal) return { refused: error.message };
    throw error;
  }
}

const sum = ({ dumps }: CheckResult, aspect: Aspect, part: 'compared' | 'agreeing'): number =>
  dumps.reduce((n, { agreement }) => n + agreement[aspect][part], 0);

/** `1,098` where all agree, else `1,090 of 1,098`. */
function cell(result: CheckResult, aspect: Aspect): string {
  const compared = sum(result, aspect, 'compared');
  const agreeing = sum(result, aspect, 'agreeing');
  const all = compared.toLocaleString('en-US');
  return compared === agreeing ? all : `**${agreeing.toLocaleString('en-US')} of ${all}**`;
}

function row({ name, goarch, allocHeaders, seed }: TwinCase, outcome: Outcome): string {
  const target = allocHeaders ? goarch : `${goarch} noallocheaders`;
  const what = `${name}${seed === '1' ? '' : `, seed ${seed}`} | ${target}`;
  if ('refused' in outcome)
    return `| ${what} | ${'- | '.repeat(aspects.length)}${outcome.refused} |`;
  const { result } = outcome;
  const [first = ''] = result.dumps.flatMap(({ differences }) => differences);
  return `| ${what} | ${aspects.map((a) => cell(result, a)).join(' | ')} | ${first} |`;
}

function cases(random: number, targets: readonly GoArch[]): TwinCase[] {
  const all: TwinCase[] = [];
  for (const goarch of targets) {
    for (const name of libraryNames()) {
      all.push({ name, goarch, allocHeaders: true, seed: '1', params: {} });
    }
    const share = goarch === 'amd64' ? random : Math.ceil(random / 2);
    for (let i = 1; i <= share; i++) all.push(randomTwin(i, goarch, true));
  }
  for (let i = 1; i <= Math.ceil(random / 2); i++) all.push(randomTwin(i, 'amd64', false));
  return all;
}

const { values } = parseArgs({
  options: {
    random: { type: 'string', default: '40' },
    goarch: { type: 'string', default: 'amd64,386,arm64,s390x' },
  },
});
const targets = values.goarch.split(',').map((name) => {
  const goarch = goarches.find((known) => known === name);
  if (goarch === undefined)
    throw new Error(`unknown GOARCH ${name}: one of ${goarches.join(', ')}`);
  return archOf(goarch).goarch;
});
const random = Number(values.random);
if (!Number.isSafeInteger(random) || random < 0) throw new Error(`--random ${values.random}`);

const out = (line: string): boolean => process.stdout.write(`${line}\n`);
out(`| program | target | ${aspects.join(' | ')} | first difference |`);
out(`|${' --- |'.repeat(aspects.length + 3)}`);
const counts = { agreeing: 0, differing: 0, refused: 0 };
for (const one of cases(random, targets)) {
  const outcome = await outcomeOf(one);
  if ('refused' in outcome) counts.refused++;
  else if (outcome.result.dumps.every(agrees)) counts.agreeing++;
  else counts.differing++;
  out(row(one, outcome));
}
out('');
out(
  `${counts.agreeing} twins agree in everything, ${counts.differing} differ, ` +
    `${counts.refused} programs have no twin.`,
);
process.exitCode = counts.differing > 0 ? 1 : 0;
