/** Mutants by number: an endless stream in which each is found at once, and the list of all. */
import type { Base } from './base.ts';
import { operationOf, operations } from './catalogue.ts';
import type { Mutant, Operation } from './operation.ts';
import { mutantOfOperation } from './operation.ts';
import type { Block } from './order.ts';
import { Order, oneBlock } from './order.ts';
import { Turns } from './turns.ts';

/**
 * @throws RangeError for an unknown id
 */
function selected(ids: readonly string[] | undefined): readonly Operation[] {
  if (ids === undefined) return operations;
  return ids.map((id) => {
    const operation = operationOf(id);
    if (operation === undefined) throw new RangeError(`no operation ${id}`);
    return operation;
  });
}

/** Turns of an operation in a round, where it does not say otherwise. */
const turnsOf = { high: 4, medium: 2, low: 1 } as const;

/** Mutants that a stream has at most. */
const longestStream = 2 ** 32;

/** Stacks to try in a turn: of two edits at random one may lie within the other. */
const stackAttempts = 256;

/**
 * The stream of a seed. Mutant `index` is a function of the base's bytes (and its partner's), seed, index and operations, and nothing
 * else. Operations take turns, the important ones more often, each goes evenly through the parts of the dump (Order), and none hands out a
 * mutant twice; where one has nothing (more) to do, a stack (C2) takes its turn.
 */
export class MutantStream {
  readonly #base: Base;
  readonly #operations: readonly Operation[];
  readonly #turns: Turns;
  readonly #orders: ReadonlyMap<Operation, Order>;
  readonly #stacks: Operation | undefined;

  /**
   * @param ids operations to draw from; default all
   * @throws RangeError for an unknown id, or if none of them has a mutant of this base
   */
  constructor(base: Base, seed: string, ids?: readonly string[]) {
    const chosen = [...new Set(selected(ids))];
    this.#base = base;
    this.#operations = chosen;
    this.#stacks = chosen.find(({ id }) => id === 'C2');
    this.#turns = new Turns(
      chosen.map((operation) => operation.count(base)),
      chosen.map(({ importance, turns }) => turns ?? turnsOf[importance]),
      chosen.indexOf(this.#stacks!),
    );
    if (this.length === 0) throw new RangeError('these operations have nothing to do in this dump');
    this.#orders = new Map(
      chosen.map((operation) => [
        operation,
        new Order(this.#blocksOf(operation), `${seed}/order/${operation.id}`),
      ]),
    );
  }

  /** Turns that there are, those included in which there is nothing to do. */
  get length(): number {
    return Math.min(longestStream, this.#turns.length);
  }

  /** Operations, by id, all of whose mutants are among the first `count`. */
  exhausted(count: number): string[] {
    return this.#operations.flatMap(({ id }, who) => (this.#turns.isOver(who, count) ? [id] : []));
  }

  /**
   * Costs as much as the edit and a few records around it.
   *
   * @returns undefined where an operation has nothing to do at its place and C2 is none of them, and after the end
   */
  at(index: number): Mutant | undefined {
    const turn = index < longestStream ? this.#turns.at(index) : undefined;
    if (turn === undefined) return undefined;
    const operation = this.#operations[turn.who]!;
    const found = operation === this.#stacks ? undefined : this.#mutant(operation, turn.nth);
    return found ?? this.#stack(index);
  }

  #blocksOf(operation: Operation): readonly Block[] {
    if (operation === this.#stacks) return oneBlock(stackAttempts * longestStream);
    return operation.blocks?.(this.#base) ?? oneBlock(operation.count(this.#base));
  }

  #mutant(operation: Operation, nth: number): Mutant | undefined {
    return mutantOfOperation(this.#base, operation, this.#orders.get(operation)!.at(nth));
  }

  /** A stack that no other turn has. */
  #stack(index: number): Mutant | undefined {
    if (this.#stacks === undefined) return undefined;
    for (let attempt = 0; attempt < stackAttempts; attempt++) {
      const mutant = this.#mutant(this.#stacks, index + attempt * longestStream);
      if (mutant !== undefined) return mutant;
    }
    return undefined;
  }
}

/**
 * One mutant of a stream; for many, keep the stream.
 * @throws RangeError as the stream does, and where it has no mutant of this number
 */
export function mutantAt(base: Base, seed: string, index: number, ids?: readonly string[]): Mutant {
  const mutant = new MutantStream(base, seed, ids).at(index);
  if (mutant === undefined)
    throw new RangeError(`these operations have no mutant ${index} of this dump`);
  return mutant;
}

/**
 * Mutant `index` of one operation; undefined if there is nothing to do at this place.
 * @throws RangeError for an unknown id
 */
export function mutantOf(base: Base, id: string, index: number): Mutant | undefined {
  return mutantOfOperation(base, selected([id])[0]!, index);
}

/**
 * Every mutant of some operations, in order.
 *
 * @param ids default all but the combined ones, which have no end: every mutant then differs from the base in one thing
 */
export function* allMutants(base: Base, ids?: readonly string[]): Generator<Mutant> {
  const chosen = selected(ids).filter(({ group }) => ids !== undefined || group !== 'combined');
  for (const operation of chosen) {
    const count = operation.count(base);
    for (let index = 0; index < count; index++) {
      const mutant = mutantOfOperation(base, operation, index);
      if (mutant !== undefined) yield mutant;
    }
  }
}
