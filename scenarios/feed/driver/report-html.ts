/** The report as one page without scripts. Whatever comes from targets or dumps is escaped. */
import { count, counted } from '../../format.ts';
import { isRemarkable } from './findings.ts';
import { outcomeClasses } from './outcome.ts';
import { classWords, type RunReport } from './report.ts';

const mostRows = 1000;

/** Text of unknown origin, in an element or a quoted attribute. */
function htmlText(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

function cells(tag: 'td' | 'th', texts: readonly string[]): string {
  return `<tr>${texts.map((text) => `<${tag}>${text}</${tag}>`).join('')}</tr>`;
}

function tableOf(head: readonly string[], rows: readonly string[]): string {
  return `<table><thead>${cells('th', head)}</thead><tbody>\n${rows.join('\n')}\n</tbody></table>`;
}

const style =
  'body{font:15px/1.45 system-ui,sans-serif;margin:2rem;max-width:90rem}table{border-collapse:collapse;margin:1rem 0}' +
  'td,th{border:1px solid #8886;padding:.2rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}' +
  'td.bad{background:#d332;font-weight:600}code{font-size:.9em}@media(prefers-color-scheme:dark){body{background:#111;color:#ddd}}';

/** The page. */
export function htmlReport(report: RunReport): string {
  const { targets, findings, stale } = report;
  const summary = tableOf(
    ['target', ...outcomeClasses, 'wrong'],
    targets.map(({ target, classes, faults }) =>
      cells('td', [
        htmlText(target),
        ...outcomeClasses.map((name) => count(classes[name])),
        count(faults),
      ]),
    ),
  );
  const found = tableOf(
    ['target', 'class', 'what', 'where', 'dumps', 'first', 'signature'],
    findings.map((finding) =>
      cells('td', [
        htmlText(finding.target),
        `<span title="${htmlText(classWords[finding.class])}">${finding.class}</span>`,
        htmlText(finding.message),
        finding.frames.slice(0, 3).map(htmlText).join('<br>'),
        count(finding.count),
        htmlText(finding.first.id),
        signatureLink(finding.signature, finding.folder),
      ]),
    ),
  );
  const gone = stale.map(
    ({ target, signature, message }) =>
      `<li>${htmlText(`${target} ${signature}: ${message}`)}</li>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>What readers do wrong</title><style>${style}</style></head><body>
<h1>What readers do wrong</h1>
<p>${counted(report.runs, 'dump')}: ${htmlText(report.source)}; goheapsim ${htmlText(report.version)}.</p>
${summary}
<h2>Findings</h2>
${findings.length === 0 ? '<p>None.</p>' : found}
${gone.length === 0 ? '' : `<h2>In the baseline, but not found</h2><ul>${gone.join('')}</ul>`}
${matrix(report)}
</body></html>
`;
}

function signatureLink(signature: string, folder: string | undefined): string {
  if (folder === undefined) return `<code>${signature}</code> (known)`;
  return `<a href="${htmlText(folder)}/README.md"><code>${signature}</code></a>`;
}

function matrix({ units, targets }: RunReport): string {
  const rows = units.filter(isRemarkable);
  if (rows.length === 0) return '';
  const lines = rows.slice(0, mostRows).map(({ id, results }) => {
    const marks = results.map(
      (result) => `<td${result.fault === undefined ? '' : ' class="bad"'}>${result.class}</td>`,
    );
    return `<tr><td>${htmlText(id)}</td>${marks.join('')}</tr>`;
  });
  const rest = rows.length - lines.length;
  return `<h2>Dumps on which they differ, or one is wrong</h2>
${tableOf(['dump', ...targets.map(({ target }) => htmlText(target))], lines)}
${rest > 0 ? `<p>And ${count(rest)} more, in report.json.</p>` : ''}`;
}
