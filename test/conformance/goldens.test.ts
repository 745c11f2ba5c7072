/**
 * Dumps that real go1.22.12 wrote, for all 13 targets, through our reader, loader and writer.
 * Oracle: the bytes themselves, and the write() sizes that strace saw.
 */
import { describe, expect, test } from 'vitest';
import type { Defect, DumpSink } from '../../dump/index.ts';
import {
  dumpDone,
  FieldCursor,
  fieldReady,
  loadDump,
  readDump,
  writeheapdumpM,
} from '../../dump/index.ts';
import { archOf, goarches } from '../../sim/arch.ts';
import type { GoldenEntry } from '../goldens/goldens.ts';
import { golden, goldenEntries } from '../goldens/goldens.ts';
import { goldenPrograms } from '../goldens/programs.ts';

/** Compares what is written with what is expected, piece by piece, and keeps none of it. */
class Comparison implements DumpSink {
  readonly expected: Uint8Array;
  written = 0;
  firstDifference = -1;
  readonly sizes: number[] = [];

  constructor(expected: Uint8Array) {
    this.expected = expected;
  }

  write(bytes: Uint8Array): void {
    const want = this.expected.subarray(this.written, this.written + bytes.length);
    if (this.firstDifference < 0 && Buffer.compare(want, bytes) !== 0) {
      const at = bytes.findIndex((byte, index) => byte !== want[index]);
      this.firstDifference = this.written + (at < 0 ? bytes.length : at);
    }
    this.written += bytes.length;
  }

  wrote(size: number): void {
    this.sizes.push(size);
  }
}

/** Sizes of a dump's fields in order, checked to lie end to end. */
function coveredBytes(dump: Uint8Array): { covered: number; gaps: number } {
  const cursor = new FieldCursor();
  cursor.push(dump);
  cursor.end();
  let covered = 0;
  let gaps = 0;
  for (let state = cursor.advance(); state !== dumpDone; state = cursor.advance()) {
    if (state !== fieldReady) throw new Error('wants input after the end');
    if (cursor.offset !== covered) gaps++;
    covered = cursor.offset + cursor.length;
  }
  return { covered, gaps };
}

describe.each(goldenEntries())('$id', (entry: GoldenEntry) => {
  test('is read to its last byte, with no defect', () => {
    const { dump } = golden(entry.id);
    const defects: Defect[] = [];
    let records = 0;
    let last = '';
    let architecture: unknown;
    let pointerSize: unknown;
    let bigEndian: unknown;
    for (const record of readDump(dump, { onDefect: (defect) => defects.push(defect) })) {
      records++;
      last = record.kind;
      if (record.kind === 'params') ({ architecture, pointerSize, bigEndian } = record);
    }
    expect(defects).toEqual([]);
    expect(records).toBeGreaterThan(90);
    expect(last).toBe('eof');
    const arch = archOf(entry.goarch);
    expect({ architecture, pointerSize, bigEndian }).toEqual({
      architecture: entry.goarch,
      pointerSize: arch.ptrSize,
      bigEndian: arch.bigEndian,
    });
  });

  test('is partitioned: every byte belongs to exactly one field', () => {
    const { dump } = golden(entry.id);
    expect(coveredBytes(dump)).toEqual({ covered: dump.length, gaps: 0 });
  });

  test('is written again byte for byte, in the same write() calls', () => {
    const { dump, writes } = golden(entry.id);
    const sink = new Comparison(dump);
    writeheapdumpM(loadDump(dump), sink);
    expect(sink.firstDifference).toBe(-1);
    expect(sink.written).toBe(dump.length);
    expect(sink.sizes).toEqual(writes);
  });
});

describe('the goldens', () => {
  test('are those of the programs that record.ts knows', () => {
    const expected = goldenPrograms.flatMap(({ name, goexperiment, goarches: all, descriptors }) =>
      all.flatMap((goarch) =>
        descriptors.map((descriptor) =>
          [name, ...(goexperiment ? [goexperiment] : []), goarch, descriptor].join('.'),
        ),
      ),
    );
    expect(goldenEntries().map(({ id }) => id)).toEqual(expected);
  });

  test('come from every target', () => {
    expect(new Set(goldenEntries().map(({ goarch }) => goarch))).toEqual(new Set(goarches));
  });
});
