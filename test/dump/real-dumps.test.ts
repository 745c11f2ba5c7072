/** Dumps that real go1.22.12 wrote judge the reader, verify, the loader and the port at once. */
import { describe, expect, it } from 'vitest';
import { FieldCursor, fieldReady } from '../../dump/field-cursor.ts';
import { writeheapdumpM } from '../../dump/heapdump.ts';
import { loadDump } from '../../dump/load.ts';
import { verifyDump } from '../../dump/verify.ts';
import { goldenEntries, goldens } from '../goldens/goldens.ts';
import { keepingSink } from './stopped-world.ts';

/** Offset of the first byte that does not belong to exactly one field; the length if there is none. */
function partitionedBytes(dump: Uint8Array): number {
  const cursor = new FieldCursor();
  cursor.push(dump);
  cursor.end();
  let at = 0;
  while (cursor.advance() === fieldReady && cursor.offset === at) at += cursor.length;
  return at;
}

describe('a dump of real go1.22.12', () => {
  const recordings = [...new Set(goldenEntries().map((e) => e.id.replace(/\.\d+$/, '')))];

  it('is at hand for all thirteen architectures', () => {
    expect(new Set(goldenEntries().map((entry) => entry.goarch)).size).toBe(13);
  });

  it.each(recordings)(
    '%s is read to the last byte, has no defect, and is written again the same',
    (recording) => {
      let dumps = 0;
      for (const { id, dump, writes } of goldens((e) => e.id.replace(/\.\d+$/, '') === recording)) {
        dumps++;
        expect(partitionedBytes(dump), id).toBe(dump.length);
        expect(verifyDump(dump).defects, id).toEqual([]);
        const sink = keepingSink();
        writeheapdumpM(loadDump(dump), sink);
        expect(sink.bytes().equals(dump), id).toBe(true);
        expect(sink.sizes, id).toEqual(writes);
      }
      expect(dumps).toBeGreaterThan(0);
    },
  );
});
