import { expect, test } from 'vitest';
import { factsOfDump } from '../../../dump/feed/facts.ts';
import { factsOfRecords } from '../../../dump/feed/record-facts.ts';
import { encodeDump, everyKind } from '../encoder.ts';

test('the two ways to the facts agree', () => {
  const records = everyKind();
  const bytes = encodeDump(records);
  const facts = factsOfRecords(records, bytes.length);
  expect(factsOfDump(() => bytes)).toEqual(facts);
  console.log(JSON.stringify(facts, null, 1));
});
