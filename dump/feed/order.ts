/**
 * The order in which a stream takes the mutants of one operation: the parts of the dump take turns, so that a single record of some kind
 * is tried as soon as one among millions, and in each part the places come one after the other, every time with another variant.
 */
import type { Base } from './base.ts';
import type { FieldClass } from './field-map.ts';
import { Permutation } from './permutation.ts';
import { Turns } from './turns.ts';

/** Mutants of neighbouring numbers: every variant of a place, then those of the next. */
export interface Block {
  readonly start: number;
  readonly places: number;
  readonly variants: number;
}

/** Places of one variant, all in one part; [] for none. */
export function oneBlock(places: number, start = 0): Block[] {
  return places === 0 ? [] : [{ start, places, variants: 1 }];
}

/** Parts of a dump at most: more runs than these, which Go never writes, are joined with their neighbours. */
const mostParts = 64;

/** First record of each part. */
function partsOf({ runs, map }: Base): number[] {
  const step = Math.ceil(runs.length / mostParts);
  return [...runs.filter((_, i) => i % step === 0).map(({ from }) => from), map.records];
}

/** The blocks of an operation whose places follow the dump; `placesBefore` a record, not less before a later one. */
export function blocksAlong(
  base: Base,
  variants: number,
  placesBefore: (record: number) => number,
  start = 0,
): Block[] {
  const first = partsOf(base).map((record) => placesBefore(record));
  // What lies before the first record, the header, is a part as well.
  return [0, ...first].flatMap((from, i) => {
    const places = (first[i] ?? from) - from;
    return places === 0 ? [] : [{ start: start + from * variants, places, variants }];
  });
}

/** The blocks of an operation that has some variants of each field of these sorts. */
export function blocksOfFields(
  base: Base,
  sorts: readonly FieldClass[],
  variants: number,
  start = 0,
): Block[] {
  return blocksAlong(base, variants, (record) => base.map.fieldsBefore(sorts, record), start);
}

/** All numbers below a length, in steps. */
interface Cycle {
  readonly from: number;
  readonly step: number;
}

/** Variants often go from small to absurd values: with steps of the golden section a few of them are of all sizes. */
const goldenSection = (3 - Math.sqrt(5)) / 2;

function cycle(length: number, seed: string): Cycle {
  let step = Math.max(1, Math.round(length * goldenSection));
  while (commonDivisor(step, length) > 1) step--;
  return { from: new Permutation(length, seed).at(0), step };
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

export class Order {
  readonly #turns: Turns;
  readonly #blocks: readonly Block[];
  readonly #places: readonly Permutation[];
  readonly #variants: readonly Cycle[];

  /** @param blocks of more than one variant at most 2^52 mutants in all */
  constructor(blocks: readonly Block[], seed: string) {
    const order = new Permutation(blocks.length, `${seed}/parts`);
    this.#blocks = blocks.map((_, i) => blocks[order.at(i)]!);
    this.#places = this.#blocks.map(({ places }, i) => new Permutation(places, `${seed}/${i}`));
    this.#variants = this.#blocks.map(({ variants }, i) => cycle(variants, `${seed}/${i}/from`));
    this.#turns = new Turns(
      this.#blocks.map(({ places, variants }) => places * variants),
      this.#blocks.map(() => 1),
    );
  }

  /**
   * Which mutant has turn `index`, below the number of all.
   *
   * In lap k over the places of a block, place i has the (i + k)-th variant, modulo their number: no pair comes twice, and all come.
   */
  at(index: number): number {
    const { who, nth } = this.#turns.at(index)!;
    const { start, places, variants } = this.#blocks[who]!;
    const lap = Math.floor(nth / places);
    const place = nth % places;
    const { from, step } = this.#variants[who]!;
    const variant = (from + ((place + lap) % variants) * step) % variants;
    return start + this.#places[who]!.at(place) * variants + variant;
  }
}
