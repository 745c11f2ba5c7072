/** Our own reader on mutants: it ends, at once, in bounded memory, and with nothing but a DumpError. */
import { expect, test } from 'vitest';
import { MutantStream } from '../../../dump/feed/stream.ts';
import { DumpError, graphOfDump, readDump, verifyDump } from '../../../dump/index.ts';
import { suiteBase } from '../../../scenarios/feed/cases.ts';
import { knownFeatures, knownFlags } from '../../../scenarios/feed/labels.ts';

const mutants = process.env.FEED_LONG === '1' ? 50_000 : 600;

test.each(['all-kinds-le8', 'all-kinds-be4'])('%s', (id) => {
  const stream = new MutantStream(suiteBase(id)!.base, 'own reader');
  for (let index = 0; index < mutants; index++) {
    const { op, index: place, content, verdict } = stream.at(index)!;
    const name = `${id}.${op}.${place}`;
    const bytes = content.bytes();
    const before = process.memoryUsage().arrayBuffers;
    const start = performance.now();
    let refused: unknown;
    try {
      for (const _ of readDump(bytes));
    } catch (error) {
      refused = error;
    }
    const result = verifyDump(bytes);
    if (refused === undefined) graphOfDump(bytes);
    else expect(refused, name).toBeInstanceOf(DumpError);
    expect(knownFlags, name).toEqual(expect.arrayContaining([...verdict.flags]));
    expect(knownFeatures, name).toEqual(expect.arrayContaining([...verdict.features]));
    if (verdict.expect === 'accept') expect(refused, name).toBeUndefined();
    if (verdict.expect === 'reject') expect(result.ok, name).toBe(false);
    expect(performance.now() - start, name).toBeLessThan(5000);
    const grown = process.memoryUsage().arrayBuffers - before;
    expect(grown, name).toBeLessThan((32 << 20) + 64 * bytes.length);
  }
});
