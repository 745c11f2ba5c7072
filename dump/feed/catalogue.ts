/** Every operation. */
import { combinations } from './combined.ts';
import { neutralEdits } from './neutral-edits.ts';
import { neutralRewrites } from './neutral-rewrites.ts';
import type { Operation } from './operation.ts';
import { semanticLists } from './semantic-lists.ts';
import { semanticParams } from './semantic-params.ts';
import { semanticRecords } from './semantic-records.ts';
import { semanticValues } from './semantic-values.ts';
import { wireEnds } from './wire-ends.ts';
import { wireHeader } from './wire-header.ts';
import { wireLengths } from './wire-lengths.ts';
import { wireVarints } from './wire-varints.ts';

const groups = 'WSNC';

/** W1, W2, … C2. */
function byId(a: Operation, b: Operation): number {
  const group = groups.indexOf(a.id[0]!) - groups.indexOf(b.id[0]!);
  return group === 0 ? Number(a.id.slice(1)) - Number(b.id.slice(1)) : group;
}

const broken = [
  ...wireEnds,
  ...wireHeader,
  ...wireLengths,
  ...wireVarints,
  ...semanticLists,
  ...semanticParams,
  ...semanticRecords,
  ...semanticValues,
];

export const operations: readonly Operation[] = [
  ...broken,
  ...neutralEdits,
  ...neutralRewrites,
  ...combinations(broken),
].sort(byId);

/** The operation of an id; undefined if there is none. */
export function operationOf(id: string): Operation | undefined {
  return operations.find((operation) => operation.id === id);
}
