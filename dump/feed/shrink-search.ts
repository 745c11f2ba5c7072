/** How to leave out as much as possible in few tries. A step yields a candidate and is told whether it is still interesting. */
import type { Content } from './content.ts';

/** A smaller dump to be tried. */
export interface Candidate {
  readonly content: Content;
  /** What was left out or changed: `objects 0 to 4095 left out`. */
  readonly what: string;
}

/** Yields candidates, is told of each whether it is interesting, and returns a result. */
export type Search<T> = Generator<Candidate, T, boolean>;

/**
 * Leaves out parts of `count` things, first halves, then smaller and smaller parts; whether anything could be left out.
 *
 * @param attempt tries without the things from `from` to `to` of those that are left; how many fewer there are now
 * @param least things in the smallest part
 */
export function* leaveOut(
  count: number,
  attempt: (from: number, to: number) => Search<number>,
  least = 1,
): Search<boolean> {
  let left = count;
  let size = Math.ceil(left / 2);
  while (size >= least) {
    for (let from = 0; from < left; ) {
      const fewer = yield* attempt(from, Math.min(left, from + size));
      left -= fewer;
      if (fewer === 0) from += size;
    }
    if (size === 1) break;
    size = Math.ceil(Math.min(size, left) / 2);
  }
  return left < count;
}

/**
 * The least length that is still interesting, if shorter ones are less so.
 *
 * @param attempt tries a length
 */
export function* shorten(
  length: number,
  attempt: (length: number) => Search<boolean>,
): Search<boolean> {
  if (length === 0) return false;
  if (yield* attempt(0)) return true;
  let best = length;
  for (let by = Math.floor(length / 2); by >= 1; by = Math.floor(by / 2)) {
    while (best > by && (yield* attempt(best - by))) best -= by;
  }
  return best < length;
}
