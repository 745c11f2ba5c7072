import { distance } from 'fastest-levenshtein';

/**
 * The candidate that `word` was most likely meant to be: at most a third of it mistyped (two letters
 * in a short word), or the only one that starts with it. undefined where nothing is near.
 */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(wanted.length / 3)) + 1;
  const starting: string[] = [];
  for (const candidate of candidates) {
    const name = candidate.toLowerCase();
    if (wanted.length > 1 && name.startsWith(wanted)) starting.push(candidate);
    const edits = distance(wanted, name);
    if (edits < bestDistance && edits < Math.max(wanted.length, name.length)) {
      best = candidate;
      bestDistance = edits;
    }
  }
  return best ?? (starting.length === 1 ? starting[0] : undefined);
}

/** ` Did you mean "x"?`, or nothing. Meant to follow a sentence. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const match = closest(word, candidates);
  return match === undefined ? '' : ` Did you mean "${match}"?`;
}
