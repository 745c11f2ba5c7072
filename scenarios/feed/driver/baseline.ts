/** Findings that are known, so that a run fails only for others. */
import { readWhole } from '../../input.ts';
import { UsageError } from '../../usage-error.ts';
import type { Finding } from './findings.ts';
import type { StaleSignature } from './report.ts';

/** One known finding; `note` is for the people who keep the file. */
interface KnownFinding {
  readonly target: string;
  readonly signature: string;
  readonly message: string;
  readonly note?: string;
}

export interface Baseline {
  readonly findings: readonly KnownFinding[];
}

/** @throws {UsageError} when the file is no baseline */
export function readBaseline(path: string): Baseline {
  const text = new TextDecoder().decode(readWhole(path));
  try {
    const { findings } = JSON.parse(text) as Partial<Baseline>;
    if (!Array.isArray(findings)) throw new Error('"findings" is missing');
    for (const { target, signature } of findings as readonly Partial<KnownFinding>[]) {
      if (typeof target !== 'string' || typeof signature !== 'string') {
        throw new Error('each finding has "target" and "signature"');
      }
    }
    return { findings };
  } catch (error) {
    throw new UsageError(`${path}: it is no baseline of feed run: ${(error as Error).message}`);
  }
}

function keyOf({
  target,
  signature,
}: {
  readonly target: string;
  readonly signature: string;
}): string {
  return `${target}/${signature}`;
}

/** Which findings the baseline knows, and what of it did not come. */
export function compareBaseline(
  baseline: Baseline | undefined,
  findings: readonly Finding[],
): { isKnown(finding: Finding): boolean; stale: StaleSignature[] } {
  const known = new Set(baseline?.findings.map(keyOf));
  const found = new Set(findings.map(keyOf));
  const stale = (baseline?.findings ?? []).filter((finding) => !found.has(keyOf(finding)));
  return {
    isKnown: (finding) => known.has(keyOf(finding)),
    stale: stale.map(({ target, signature, message }) => ({
      target,
      signature,
      message: message ?? '',
    })),
  };
}

/** The baseline that knows just these findings; notes are kept. */
export function baselineText(findings: readonly Finding[], old: Baseline | undefined): string {
  const notes = new Map(old?.findings.map((finding) => [keyOf(finding), finding.note]));
  const entries = findings.map((finding): KnownFinding => {
    const { target, signature, message } = finding;
    const note = notes.get(keyOf(finding));
    return { target, signature, message, ...(note === undefined ? {} : { note }) };
  });
  entries.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return `${JSON.stringify({ findings: entries }, undefined, 2)}\n`;
}
