/** Broken dumps: mutants of small cases, each with one defect. */
import { feedBase } from '../../../dump/feed/base.ts';
import { type Facts, factsOfDump } from '../../../dump/feed/facts.ts';
import type { Mutant } from '../../../dump/feed/operation.ts';
import { mutantOf } from '../../../dump/feed/stream.ts';
import { DumpError } from '../../../dump/index.ts';
import type { SuiteCase } from './case.ts';
import { negativePlaces } from './negative-places.ts';

/** Facts of a mutant, where it can be read. */
export function mutantFacts({ verdict, content }: Mutant): Facts | undefined {
  if (verdict.expect === 'reject') return undefined;
  try {
    return factsOfDump(() => content.chunks());
  } catch (error) {
    if (error instanceof DumpError) return undefined;
    throw error;
  }
}

/** @param bases the small cases, by id */
export function* negativeCases(bases: ReadonlyMap<string, SuiteCase>): Generator<SuiteCase> {
  for (const [baseId, operations] of Object.entries(negativePlaces)) {
    const base = feedBase(bases.get(baseId)!.content.bytes());
    for (const [op, places] of Object.entries(operations)) {
      for (const index of places) {
        const mutant = mutantOf(base, op, index);
        if (mutant === undefined)
          throw new Error(`${baseId}.${op}.${index}: there is no such mutant`);
        yield {
          id: `${baseId}.${op}.${index}`,
          verdict: mutant.verdict,
          base: baseId,
          recipe: mutant.recipe,
          large: false,
          content: mutant.content,
          facts: () => mutantFacts(mutant),
        };
      }
    }
  }
}
