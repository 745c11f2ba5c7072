/** Whatever bytes come: no crash but a DumpError, and what loads is written again the same. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffDumps } from '../../dump/diff.ts';
import { DumpError } from '../../dump/dump-error.ts';
import { graphOfDump } from '../../dump/graph.ts';
import { writeheapdumpM } from '../../dump/heapdump.ts';
import { hexdump } from '../../dump/hexdump.ts';
import { loadDump } from '../../dump/load.ts';
import { readDump } from '../../dump/reader.ts';
import { verifyDump } from '../../dump/verify.ts';
import { encodeDump, everyKind, uvarint } from './encoder.ts';
import { keepingSink } from './stopped-world.ts';

const base = Array.from(encodeDump(everyKind()));

const pieces = [[0], [1], ...[2 ** 31, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n].map(uvarint)];
const edit = fc.record({
  at: fc.nat(base.length - 1),
  remove: fc.nat(4),
  insert: fc.oneof(fc.constantFrom(...pieces), fc.array(fc.nat(255), { maxLength: 3 })),
});
const damaged = fc.array(edit, { minLength: 1, maxLength: 3 }).map((edits) => {
  const bytes = [...base];
  for (const { at, remove, insert } of edits) bytes.splice(at, remove, ...insert);
  return Uint8Array.from(bytes);
});

const uses: readonly (readonly [name: string, use: (dump: Uint8Array) => unknown])[] = [
  ['readDump', (dump) => [...readDump(dump)]],
  ['readDump past defects', (dump) => [...readDump(dump, { onDefect: () => {} })]],
  ['verifyDump', (dump) => verifyDump(dump)],
  ['hexdump', (dump) => [...hexdump(dump)]],
  ['graphOfDump', (dump) => graphOfDump(dump).retainedSize(0)],
  ['diffDumps', (dump) => diffDumps(Uint8Array.from(base), dump)],
  [
    'loadDump',
    (dump) => {
      const sink = keepingSink();
      writeheapdumpM(loadDump(dump), sink);
      if (!sink.bytes().equals(dump)) throw new Error('written differently');
    },
  ],
];

describe('a damaged dump', () => {
  it.each(uses)('%s: a result or a DumpError', (_, use) => {
    let refused = 0;
    fc.assert(
      fc.property(damaged, (dump) => {
        try {
          use(dump);
        } catch (error) {
          if (!(error instanceof DumpError)) throw error;
          refused++;
          expect(error.message.startsWith(error.path)).toBe(true);
          expect(error.offset).toBeLessThanOrEqual(error.firstErrorOffset);
          expect(error.firstErrorOffset).toBeLessThanOrEqual(dump.length);
        }
      }),
      { numRuns: 400 },
    );
    expect(refused > 0).toBe(use !== uses[2]![1]);
  });
});
