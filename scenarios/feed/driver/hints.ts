/** What the results of a run say of the way it was called. */
import { cut } from '../../format.ts';
import type { Finding, Totals } from './findings.ts';

/** A target that answers every dump with the same words has most likely not read one. */
export function commandHint(
  target: string,
  classes: Totals,
  findings: readonly Finding[],
): string | undefined {
  const own = findings.filter((finding) => finding.target === target);
  const [first] = own;
  if (first === undefined || classes.accept > 0) return undefined;
  const isAlike = own.every(
    ({ class: kind, message }) =>
      (kind === 'reject' || kind === 'crash') && message === first.message,
  );
  const dumps = own.reduce((sum, { count }) => sum + count, 0);
  if (!isAlike || dumps < 2) return undefined;
  const did = first.class === 'crash' ? 'crashed on' : 'refused';
  return `${target} ${did} every dump with "${cut(first.message, 160)}": is the command right?`;
}
