/** The suite: all its cases, in a fixed order. */
import type { SuiteCase } from './case.ts';
import { graphCases } from './graphs.ts';
import { kindCases } from './kinds.ts';
import { ladderCases } from './ladder.ts';
import { lengthCases, textCases } from './lengths.ts';
import { negativeCases } from './negatives.ts';
import { stackCases } from './stacks.ts';
import { varintCases } from './varints.ts';

export function* suiteCases(): Generator<SuiteCase> {
  const kinds = [...kindCases()];
  yield* kinds;
  yield* varintCases();
  yield* lengthCases();
  yield* textCases();
  const stacks = [...stackCases()];
  yield* stacks;
  yield* graphCases();
  yield* negativeCases(new Map([...kinds, ...stacks].map((each) => [each.id, each])));
  yield* ladderCases();
}
