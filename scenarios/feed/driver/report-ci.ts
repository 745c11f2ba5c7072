/** The report as machines of continuous integration take it: JUnit's XML and SARIF 2.1.0. */
import { isRemarkable, type Unit, type UnitResult } from './findings.ts';
import { type OutcomeClass, outcomeClasses } from './outcome.ts';
import { classWords, type ReportedFinding, type RunReport } from './report.ts';

/** Text in XML: what XML 1.0 cannot hold becomes a question mark. */
function xmlText(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '?')
    .replace(/[&<>"'\n\r\t]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

/** A suite for each target, a test case for each dump; with very many dumps, for those that show something. */
export function junitReport({ targets, units, findings, runs, isComplete }: RunReport): string {
  const known = new Set(findings.filter(({ isNew }) => !isNew).map(keyOf));
  const shown = isComplete ? units : units.filter(isRemarkable);
  const suites = targets.map(({ target }, at) => {
    const results = shown.map((unit) => ({ unit, result: unit.results[at]! }));
    const isFailure = ({ fault }: UnitResult): boolean =>
      fault !== undefined && !known.has(keyOf({ target, signature: fault.signature }));
    const failures = results.filter(({ result }) => isFailure(result)).length;
    const seconds = results.reduce((sum, { result }) => sum + result.ms, 0) / 1000;
    const cases = results.map(({ unit, result }) =>
      testCase(target, unit, result, isFailure(result)),
    );
    return (
      `<testsuite name="${xmlText(target)}" tests="${results.length}" failures="${failures}" errors="0" skipped="0" ` +
      `time="${seconds.toFixed(3)}">\n<properties><property name="dumps" value="${runs}"/></properties>\n${cases.join('\n')}\n</testsuite>`
    );
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="goheapsim feed run">\n${suites.join('\n')}\n</testsuites>\n`;
}

function keyOf({ target, signature }: Pick<ReportedFinding, 'target' | 'signature'>): string {
  return `${target}/${signature}`;
}

function testCase(
  target: string,
  { id }: Unit,
  { ms, fault }: UnitResult,
  isFailure: boolean,
): string {
  const head = `<testcase classname="${xmlText(target)}" name="${xmlText(id)}" time="${(ms / 1000).toFixed(3)}"`;
  if (fault === undefined || !isFailure) return `${head}/>`;
  const text = [
    classWords[fault.class],
    ...fault.frames.map((frame) => `in ${frame}`),
    fault.signature,
  ].join('\n');
  return `${head}><failure type="${fault.class}" message="${xmlText(fault.message)}">${xmlText(text)}</failure></testcase>`;
}

const levels: Readonly<Record<OutcomeClass, 'error' | 'warning'>> = {
  crash: 'error',
  oom: 'error',
  hang: 'error',
  leak: 'warning',
  flaky: 'warning',
  'wrong-facts': 'error',
  partial: 'error',
  accept: 'error',
  reject: 'error',
};

/** A run of the tool, a rule for each class, a result for each finding that is new. */
export function sarifReport({ findings, version }: RunReport): unknown {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'goheapsim',
            semanticVersion: version,
            rules: outcomeClasses.map((id) => ({
              id,
              shortDescription: { text: `A reader of heap dumps: ${classWords[id]}.` },
              defaultConfiguration: { level: levels[id] },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.filter(({ isNew }) => isNew).map(sarifResult),
      },
    ],
  };
}

function sarifResult(finding: ReportedFinding): unknown {
  const { target, signature, verdict, smallest, inputBytes } = finding;
  const { defectOffset } = verdict;
  // The place of the defect is that in the dump as it was made, before it was shrunk.
  const isPlaced =
    defectOffset !== undefined && defectOffset < inputBytes && inputBytes === smallest.bytes;
  const where = finding.frames.length === 0 ? '' : ` in ${finding.frames[0]}`;
  return {
    ruleId: finding.class,
    ruleIndex: outcomeClasses.indexOf(finding.class),
    level: levels[finding.class],
    message: {
      text: `${target}: ${finding.message}${where}. A correct reader: ${verdict.expect}. ${verdict.reason}`,
    },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(`${finding.folder ?? 'findings'}/input.dump`) },
          ...(isPlaced ? { region: { byteOffset: defectOffset, byteLength: 1 } } : {}),
        },
      },
    ],
    partialFingerprints: { 'goheapsimSignature/v1': `${target}/${signature}` },
    occurrenceCount: finding.count,
    properties: { target, firstDump: finding.first.id, specRef: verdict.specRef },
  };
}
