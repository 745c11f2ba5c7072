/** The report on the terminal. */
import { count, counted, cut, printable, table, wrap } from '../../format.ts';
import { factWords } from './fact-tally.ts';
import { outcomeClasses } from './outcome.ts';
import { classWords, type RunReport } from './report.ts';

/** Lines for people: what was found, the gravest first. */
export function textReport(report: RunReport, out: string | undefined): string[] {
  const { targets, findings, stale, runs } = report;
  const used = outcomeClasses.filter((name) => targets.some(({ classes }) => classes[name] > 0));
  const columns = used.map((_, at) => at + 1);
  const lines = [
    ...wrap(`${counted(runs, 'dump')}: ${report.source}`),
    '',
    ...table(
      [
        ['', ...used, 'wrong'],
        ...targets.map(({ target, classes, faults }) => [
          target,
          ...used.map((name) => count(classes[name])),
          count(faults),
        ]),
      ],
      { right: [...columns, columns.length + 1] },
    ),
    '',
  ];
  const fresh = findings.filter(({ isNew }) => isNew);
  const known = findings.length - fresh.length;
  for (const finding of fresh) {
    lines.push(
      `${targets.length > 1 ? `${finding.target}: ` : ''}${finding.class}: ${cut(finding.message, 160)}`,
    );
    const where = finding.frames[0] === undefined ? '' : `in ${cut(finding.frames[0], 70)}; `;
    lines.push(`    ${where}${classWords[finding.class]}`);
    lines.push(
      `    ${counted(finding.count, 'dump')}, the first ${finding.first.id}; ${finding.signature}`,
    );
  }
  if (fresh.length > 0) lines.push('');
  for (const { target, signature, message } of stale) {
    lines.push(`in the baseline, but not found: ${target} ${signature}: ${cut(message, 100)}`);
  }
  for (const { target, facts } of targets) {
    lines.push(...wrap(`${targets.length > 1 ? `${target}: ` : ''}${printable(factWords(facts))}`));
  }
  lines.push('');
  for (const { hint } of targets) if (hint !== undefined) lines.push(...wrap(hint), '');
  const tail = known > 0 ? `, and ${count(known)} that the baseline knows` : '';
  lines.push(`${counted(fresh.length, known > 0 ? 'new finding' : 'finding')}${tail}`);
  if (out !== undefined)
    lines.push(
      ...wrap(
        `written to ${out}: report.md, report.html, report.json, junit.xml, findings.sarif${fresh.length > 0 ? ', findings' : ''}`,
      ),
    );
  return lines;
}
