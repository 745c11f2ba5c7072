/** Mutants by number: an endless stream in which each is found at once, and the list of all. */
import seedrandom from 'seedrandom';
import type { Base } from './base.ts';
import { operationOf, operations } from './catalogue.ts';
import type { Mutant, Operation } from './operation.ts';
import { mutantOfOperation } from './operation.ts';

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

const attempts = 256;

/**
 * Mutant `index` of the stream `seed`: a function of the base's bytes (and its partner's), seed, index and operations, and nothing
 * else. Operations are equally likely, whatever the number of their mutants. Costs as much as the edit and a few records around it.
 *
 * @param ids operations to draw from; default all
 * @throws RangeError for an unknown id, or if none of them has a mutant of this base
 */
export function mutantAt(base: Base, seed: string, index: number, ids?: readonly string[]): Mutant {
  const ready = selected(ids).filter((operation) => operation.count(base) > 0);
  const random = seedrandom.alea(`${seed}/mutant/${index}`);
  for (let i = 0; i < attempts && ready.length > 0; i++) {
    const operation = ready[Math.floor(random.double() * ready.length)]!;
    const place = Math.floor(random.double() * operation.count(base));
    const mutant = mutantOfOperation(base, operation, place);
    if (mutant !== undefined) return mutant;
  }
  throw new RangeError('these operations have nothing to do in this dump');
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
