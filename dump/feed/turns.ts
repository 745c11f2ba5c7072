/**
 * Who has its turn among several that take turns in rounds, each as often in a round as it may. One that has no more leaves, and its
 * turns are lost or an heir's. Any turn is found at once.
 */

/** A turn: whose it is, and which of its own. */
export interface Turn {
  readonly who: number;
  readonly nth: number;
}

/** Rounds that are alike. */
interface Stretch {
  /** Index of its first turn. */
  readonly start: number;
  readonly rounds: number;
  /** Who has the turns of a round. */
  readonly round: readonly number[];
  /** Turns that each had before. */
  readonly before: readonly number[];
  /** Turns that each has in a round. */
  readonly each: readonly number[];
}

/** Turns of a round, those of one as far apart as can be. */
function spread(each: readonly number[]): number[] {
  const places = each.flatMap((turns, who) =>
    Array.from({ length: turns }, (_, i) => ({ who, at: (i + 0.5) / turns })),
  );
  return places.sort((a, b) => a.at - b.at || a.who - b.who).map(({ who }) => who);
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

export class Turns {
  readonly #stretches: Stretch[] = [];
  /** All turns that there are. */
  readonly length: number;

  /**
   * @param counts turns that each has in all
   * @param full turns that each has in a round while it has any left
   * @param heir who has the turns that others lack; -1: nobody
   */
  constructor(counts: readonly number[], full: readonly number[], heir = -1) {
    const before = counts.map(() => 0);
    let start = 0;
    for (;;) {
      const left = counts.map((count, who) => count - before[who]!);
      if (sum(left) === 0) break;
      const each = full.map((turns, who) => Math.min(turns, left[who]!));
      if (heir >= 0) each[heir] = Math.min(left[heir]!, each[heir]! + sum(full) - sum(each));
      const whole = each.map((turns, who) => (turns === 0 ? Infinity : left[who]! / turns));
      const rounds = Math.floor(Math.min(...whole));
      this.#stretches.push({ start, rounds, round: spread(each), before: [...before], each });
      start += rounds * sum(each);
      each.forEach((turns, who) => {
        before[who]! += rounds * turns;
      });
    }
    this.length = start;
  }

  /** Turn number `index`; undefined after the last. */
  at(index: number): Turn | undefined {
    if (!(index >= 0 && index < this.length)) return undefined;
    const { start, round, before, each } = this.#stretches.findLast((one) => one.start <= index)!;
    const rounds = Math.floor((index - start) / round.length);
    const place = (index - start) % round.length;
    const who = round[place]!;
    let earlier = 0;
    for (let i = 0; i < place; i++) if (round[i] === who) earlier++;
    return { who, nth: before[who]! + rounds * each[who]! + earlier };
  }

  /** Whether somebody's last turn is before turn `index`. One that never had a turn is not over. */
  isOver(who: number, index: number): boolean {
    const last = this.#stretches.findLast(({ each }) => each[who]! > 0);
    return last !== undefined && last.start + last.rounds * last.round.length <= index;
  }
}
