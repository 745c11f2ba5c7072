/**
 * Whose turn it is in a stream of mutants. Operations take turns in rounds, the important ones several times in each; one that has no
 * more mutants leaves, and where stacks are among the operations its turns are theirs from then on.
 */
import type { Base } from './base.ts';
import type { Operation } from './operation.ts';

const turnsOf = { high: 4, medium: 2, low: 1 } as const;

/** A turn: the operation, and which of its turns it is. */
export interface Turn {
  readonly operation: Operation;
  readonly nth: number;
}

/** Rounds that are alike. */
interface Stretch {
  /** Index of its first turn. */
  readonly start: number;
  readonly rounds: number;
  /** Who has the turns of a round, as positions among the operations. */
  readonly round: readonly number[];
  /** Turns that each had before. */
  readonly before: readonly number[];
  /** Turns that each has in a round. */
  readonly each: readonly number[];
}

/** Turns of a round, those of one operation as far apart as can be. */
function spread(each: readonly number[]): number[] {
  const places = each.flatMap((turns, who) =>
    Array.from({ length: turns }, (_, i) => ({ who, at: (i + 0.5) / turns })),
  );
  return places.sort((a, b) => a.at - b.at || a.who - b.who).map(({ who }) => who);
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

export class Schedule {
  readonly #operations: readonly Operation[];
  readonly #counts: readonly number[];
  readonly #stretches: Stretch[] = [];
  /** All turns that there are. */
  readonly length: number;

  constructor(base: Base, operations: readonly Operation[]) {
    this.#operations = operations;
    this.#counts = operations.map((operation) => operation.count(base));
    const heir = operations.findIndex(({ id }) => id === 'C2');
    const before = operations.map(() => 0);
    let start = 0;
    for (;;) {
      const left = this.#counts.map((count, who) => count - before[who]!);
      if (sum(left) === 0) break;
      const each = this.#turnsOfRound(left, heir);
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

  /** Turns of each in a round, none more than it has left; those that others lack are the heir's. */
  #turnsOfRound(left: readonly number[], heir: number): number[] {
    const full = this.#operations.map(({ importance }) => turnsOf[importance]);
    const each = full.map((turns, who) => Math.min(turns, left[who]!));
    if (heir >= 0) each[heir] = Math.min(left[heir]!, each[heir]! + sum(full) - sum(each));
    return each;
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
    return {
      operation: this.#operations[who]!,
      nth: before[who]! + rounds * each[who]! + earlier,
    };
  }

  /** Operations whose turns are over before a turn, by id. */
  exhausted(index: number): string[] {
    const over = (who: number) => {
      const last = this.#stretches.findLast(({ each }) => each[who]! > 0);
      if (last === undefined) return false;
      return last.start + last.rounds * last.round.length <= index;
    };
    return this.#operations.flatMap(({ id }, who) => (over(who) ? [id] : []));
  }
}
