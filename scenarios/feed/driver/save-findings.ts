/** Writes each finding as a folder of its own: the dump, what the target said, how the dump was made, what it is about. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { counted, toJson } from '../../format.ts';
import { systemFailure } from '../../usage-error.ts';
import type { WrongFact } from './compare-facts.ts';
import { classWords, type ReportedFinding } from './report.ts';
import { markdownText } from './report-markdown.ts';

/** A finding and its files. */
export interface SavedFinding {
  readonly finding: ReportedFinding;
  readonly input: Uint8Array;
  readonly command: readonly string[];
  /** What the target printed for the input, what is in it, and where they differ. */
  readonly stdout?: string | undefined;
  readonly facts?: Readonly<Record<string, unknown>> | undefined;
  readonly differences?: readonly WrongFact[];
}

/** Puts the folders under `out`/findings, all at once, in place of those of an earlier run. */
export function saveFindings(out: string, findings: readonly SavedFinding[]): void {
  const final = join(out, 'findings');
  let staging: string | undefined;
  try {
    staging = mkdtempSync(join(out, '.goheapsim-'));
    for (const saved of findings) saveFinding(join(staging, 'all'), saved);
    rmSync(final, { recursive: true, force: true, maxRetries: 2 });
    if (findings.length > 0) renameSync(join(staging, 'all', 'findings'), final);
  } catch (error) {
    throw systemFailure('write', final, error);
  } finally {
    if (staging !== undefined) rmSync(staging, { recursive: true, force: true, maxRetries: 2 });
  }
}

function saveFinding(root: string, saved: SavedFinding): void {
  const { finding, input, command, stdout, facts, differences = [] } = saved;
  const folder = join(root, finding.folder!);
  mkdirSync(folder, { recursive: true });
  const { target, signature, message, frames, first, smallest, count, verdict, recipe, base } =
    finding;
  const kind = finding.class;
  const about = {
    target,
    command,
    signature,
    class: kind,
    message,
    frames,
    ...(differences.length > 0 && { differences }),
    count,
    first,
    smallest,
    base,
    recipe,
    verdict,
  };
  writeFileSync(join(folder, 'input.dump'), input);
  writeFileSync(join(folder, 'stderr.txt'), finding.stderr);
  if (stdout !== undefined) writeFileSync(join(folder, 'stdout.txt'), stdout);
  if (facts !== undefined) writeFileSync(join(folder, 'facts.json'), `${toJson(facts, 1)}\n`);
  writeFileSync(join(folder, 'recipe.json'), `${toJson(about, 2)}\n`);
  writeFileSync(join(folder, 'README.md'), readme(saved));
}

function readme({ finding, input, command, differences = [] }: SavedFinding): string {
  const bytes = input.length;
  const { verdict, smallest, recipe } = finding;
  const shrunk =
    bytes < smallest.bytes ? ` It was shrunk from ${counted(smallest.bytes, 'byte')}.` : '';
  const shownCommand = command.map((word) =>
    /^[\w@%+=:,./{}-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`,
  );
  const lines = [
    `# ${markdownText(finding.target)}: ${markdownText(finding.message)}`,
    '',
    `Class: ${finding.class} (${classWords[finding.class]}). Seen with ${counted(finding.count, 'dump')}.`,
    '',
    `\`input.dump\` (${counted(bytes, 'byte')}) shows it.${shrunk} It began as \`${smallest.id}\`:`,
    '',
    `- what a correct reader does: ${verdict.expect}${verdict.flags.length > 0 ? ` (${verdict.flags.map(markdownText).join(', ')})` : ''}`,
    `- why: ${markdownText(verdict.reason)}`,
    `- where that is said: ${markdownText(verdict.specRef)}`,
    ...recipe.map(
      ({ op, fieldPath }) =>
        `- operation ${op}${fieldPath === undefined ? '' : ` on ${markdownText(fieldPath)}`}`,
    ),
    '',
    'To see it again, in this folder:',
    '',
    `    ${shownCommand.join(' ').replaceAll('{}', 'input.dump')}`,
    '',
    'What is in the dump, and what is wrong with it:',
    '',
    '    goheapsim inspect input.dump --hex',
    '    goheapsim verify input.dump',
    '',
  ];
  if (differences.length > 0) {
    lines.push(
      'What it says of the dump (`stdout.txt`), and what is so (`facts.json`):',
      '',
      '| fact | it says | it is |',
      '| --- | --- | --- |',
      ...differences.map(
        ({ path, got, expected }) => `| ${[path, got, expected].map(markdownText).join(' | ')} |`,
      ),
      '',
    );
  }
  if (finding.frames.length > 0) {
    lines.push(
      'The stack, innermost first:',
      '',
      ...finding.frames.slice(0, 12).map((frame) => `- ${markdownText(frame)}`),
      '',
    );
  }
  return lines.join('\n');
}
