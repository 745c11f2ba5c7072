/** The numbers below n in a seeded order, each found at once: a Feistel network over the next power of four, walked until it is below n. */
import seedrandom from 'seedrandom';

const rounds = 4;

/** Mixes a half with a key: any function does, but the better it mixes the less the order shows. */
function mix(half: number, key: number): number {
  let x = Math.imul(half ^ key, 0x9e3779b1);
  x ^= x >>> 15;
  x = Math.imul(x, 0x85ebca6b);
  return x ^ (x >>> 13);
}

export class Permutation {
  readonly length: number;
  readonly #keys: readonly number[];
  readonly #half: number;

  /** @param length at most 2^52 */
  constructor(length: number, seed: string) {
    const random = seedrandom.alea(seed);
    this.length = length;
    this.#keys = Array.from({ length: rounds }, () => random.int32());
    let half = 2;
    while (half * half < length) half *= 2;
    this.#half = half;
  }

  /** Where a number below the length goes; no two go to the same place. */
  at(index: number): number {
    let value = index;
    do value = this.#pass(value);
    while (value >= this.length);
    return value;
  }

  #pass(value: number): number {
    const half = this.#half;
    let left = Math.floor(value / half);
    let right = value % half;
    for (const key of this.#keys) {
      const mixed = (left ^ (mix(right, key) & (half - 1))) >>> 0;
      left = right;
      right = mixed;
    }
    return left * half + right;
  }
}
