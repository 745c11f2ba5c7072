/** The report as Markdown. Whatever comes from targets or dumps is text there, never markup. */

import { count, counted } from '../../format.ts';
import type { RecipeStep } from '../manifest.ts';
import { factWords } from './fact-tally.ts';
import { isRemarkable } from './findings.ts';
import { outcomeClasses } from './outcome.ts';
import { classWords, type ReportedFinding, type RunReport } from './report.ts';

/** Rows of the matrix in it; the JSON has all that are kept. */
const mostRows = 200;

/** What is markup anywhere; what refers to an issue; what begins a list or heading. */
const marks = /[\\`*_{}[\]<>()|~&$@]|(?<!\w)#|^[-+]/g;

/** Text of unknown origin in a line or cell of Markdown. */
export function markdownText(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(marks, (mark) => `&#${mark.charCodeAt(0)};`);
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [row(head), row(head.map(() => '---')), ...rows.map(row)];
}

/** The report. */
export function markdownReport(report: RunReport): string {
  const { targets, findings, stale, source } = report;
  const lines = [
    '# What readers do wrong',
    '',
    `${counted(report.runs, 'dump')}: ${markdownText(source)}; goheapsim ${report.version}.`,
    '',
    ...tableOf(
      ['target', ...outcomeClasses, 'wrong', 'findings'],
      targets.map(({ target, classes, faults }) => [
        markdownText(target),
        ...outcomeClasses.map((name) => count(classes[name])),
        count(faults),
        count(findings.filter((finding) => finding.target === target).length),
      ]),
    ),
    '',
    ...targets.map(({ target, facts }) => `- ${markdownText(`${target}: ${factWords(facts)}`)}`),
    '',
    ...targets.flatMap(({ hint }) => (hint === undefined ? [] : [markdownText(hint), ''])),
    '## Findings',
    '',
    ...(findings.length === 0 ? ['None.', ''] : findingsTable(findings)),
    ...findings.filter(({ isNew }) => isNew).flatMap(findingLines),
  ];
  if (stale.length > 0) {
    lines.push('## In the baseline, but not found', '');
    for (const { target, signature, message } of stale) {
      lines.push(`- ${markdownText(`${target} ${signature}: ${message}`)}`);
    }
    lines.push('');
  }
  if (targets.length > 1) lines.push(...matrix(report));
  return `${lines.join('\n').trimEnd()}\n`;
}

function findingsTable(findings: readonly ReportedFinding[]): string[] {
  return [
    ...tableOf(
      ['target', 'class', 'what', 'where', 'dumps', 'first', 'signature'],
      findings.map((finding) => [
        markdownText(finding.target),
        finding.class,
        markdownText(finding.message),
        markdownText(finding.frames[0] ?? ''),
        count(finding.count),
        markdownText(finding.first.id),
        finding.signature + (finding.isNew ? '' : ' (known)'),
      ]),
    ),
    '',
  ];
}

function findingLines(finding: ReportedFinding): string[] {
  const { verdict, recipe } = finding;
  return [
    `### ${markdownText(finding.target)}: ${finding.signature}`,
    '',
    `${markdownText(finding.message)}: ${classWords[finding.class]}, ${counted(finding.count, 'time')}.`,
    '',
    `- The dump: ${markdownText(finding.smallest.id)}, ${counted(finding.inputBytes, 'byte')}${finding.folder === undefined ? '' : `, ${markdownText(finding.folder)}/input.dump`}`,
    `- A correct reader: ${verdict.expect}. ${markdownText(verdict.reason)} (${markdownText(verdict.specRef)})`,
    ...recipe.map((step) => `- ${markdownText(stepText(step))}`),
    ...finding.frames.slice(0, 8).map((frame) => `- in ${markdownText(frame)}`),
    '',
  ];
}

function stepText({ op, fieldPath, oldValue, newValue }: RecipeStep): string {
  const place = fieldPath === undefined ? '' : ` ${fieldPath}`;
  if (newValue === undefined) return `${op}${place}`;
  const change = oldValue === undefined ? `${newValue} put in` : `${oldValue} became ${newValue}`;
  return `${op}${place}: ${change}`;
}

function matrix({ units, targets, findings }: RunReport): string[] {
  const rows = units.filter(isRemarkable);
  const ids = new Set(findings.map(({ first }) => first.index));
  // Where there are too many, those that began a finding are shown before others.
  const shown =
    rows.length <= mostRows ? rows : rows.filter(({ index }) => ids.has(index)).slice(0, mostRows);
  const lines = tableOf(
    ['dump', ...targets.map(({ target }) => markdownText(target))],
    shown.map(({ id, results }) => [
      markdownText(id),
      ...results.map((result) =>
        result.fault === undefined ? result.class : `**${result.class}**`,
      ),
    ]),
  );
  const rest = rows.length - shown.length;
  return [
    '## Dumps on which they differ, or one is wrong',
    '',
    ...lines,
    ...(rest > 0 ? ['', `And ${count(rest)} more, in report.json.`] : []),
    '',
  ];
}
