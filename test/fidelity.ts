/**
 * How far real Go agrees with the model: boots of all GOARCHes, recorded programs, twins of scenarios and
 * of random programs, and logs of real programs. Prints a Markdown table, a row for each, and exits with 1
 * where something differs.
 *
 * `npm run fidelity -- [--sections boot,goldens,twins,replay] [--random N] [--goarch A,B] [--logs N] [--json FILE]`
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type GoArch, goarches } from '../sim/arch.ts';
import { bootRows } from './fidelity/boot.ts';
import { goldenRows } from './fidelity/goldens.ts';
import { replayRows } from './fidelity/replay.ts';
import { type FidelityRow, rowLine, summaryLines, tableHead, total } from './fidelity/row.ts';
import { twinRows } from './fidelity/twins.ts';

const { values } = parseArgs({
  options: {
    sections: { type: 'string', default: 'boot,goldens,twins,replay' },
    random: { type: 'string', default: '40' },
    goarch: { type: 'string', default: 'amd64,386,arm64,s390x' },
    logs: { type: 'string', default: '1' },
    json: { type: 'string' },
  },
});

function wholeNumber(option: 'random' | 'logs'): number {
  const n = Number(values[option]);
  if (!Number.isSafeInteger(n) || n < 0) throw new Error(`--${option} ${values[option]}`);
  return n;
}

const sections: Readonly<
  Record<FidelityRow['section'], () => Iterable<FidelityRow> | AsyncIterable<FidelityRow>>
> = {
  boot: () => bootRows(),
  goldens: () => goldenRows(),
  replay: () => replayRows(wholeNumber('logs')),
  twins: () => twinRows(wholeNumber('random'), values.goarch.split(',').map(goarchOf)),
};

function goarchOf(name: string): GoArch {
  const known = goarches.find((goarch) => goarch === name);
  if (known === undefined) throw new Error(`unknown GOARCH ${name}: one of ${goarches.join(', ')}`);
  return known;
}

function sectionOf(name: string) {
  if (name in sections) return sections[name as FidelityRow['section']];
  throw new Error(`unknown section ${name}: one of ${Object.keys(sections).join(', ')}`);
}

const out = (line: string): boolean => process.stdout.write(`${line}\n`);
tableHead.map(out);
const rows: FidelityRow[] = [];
for (const section of values.sections.split(',').map(sectionOf)) {
  for await (const row of section()) {
    rows.push(row);
    out(rowLine(row));
  }
}
const refused = rows.filter((row) => row.refused !== undefined).length;
const differing = rows.filter((row) => total(row).agreeing !== total(row).compared).length;
out('');
summaryLines(rows).map(out);
out('');
out(
  `${rows.length - refused - differing} agree in everything, ${differing} differ, ` +
    `${refused} programs have no twin that runs.`,
);
if (values.json !== undefined) {
  const data = rows.map((row) => ({ ...row, ...total(row) }));
  writeFileSync(values.json, `${JSON.stringify(data, null, 2)}\n`);
}
process.exitCode = differing > 0 ? 1 : 0;
