/** What our reader says of the framing of an edited dump, found by reading only from the first edit to where it is in step again. */
import type { Defect } from '../dump-error.ts';
import { DumpError } from '../dump-error.ts';
import { dumpDone, FieldCursor, needInput } from '../field-cursor.ts';
import { headerLength } from '../records.ts';
import type { Base } from './base.ts';
import type { Edit, PieceContent } from './content.ts';

export interface Framing {
  /** Where it cannot be read on; undefined if it can be read to the end. */
  readonly error: DumpError | undefined;
  /** What can be read past, up to where the reading is in step with the base. */
  readonly defects: readonly Defect[];
}

/** A cursor at the beginning of a record. */
function cursorAt(
  base: Base,
  record: number,
  start: number,
  onDefect: (defect: Defect) => void,
): FieldCursor {
  const cursor = new FieldCursor(onDefect);
  if (record < 0) return cursor;
  cursor.push(base.bytes.subarray(0, headerLength));
  cursor.advance();
  cursor.origin = start - headerLength;
  base.map.countsBefore(record).forEach((count, tag) => {
    cursor.counts[tag] = count;
  });
  return cursor;
}

/** Frames a base with edits, which must rise. */
export function checkFraming(base: Base, content: PieceContent, edits: readonly Edit[]): Framing {
  const { map } = base;
  const first = map.recordAt(edits[0]!.at);
  const start = first < 0 ? 0 : map.offsetOf(first);
  const defects: Defect[] = [];
  const cursor = cursorAt(base, first, start, (defect) => defects.push(defect));
  const last = edits[edits.length - 1]!;
  const grown = content.length - base.bytes.length;
  // A header counts until the params are read, which depend on it.
  const counts = first < 0 ? map.offsetOf(base.nth('params', 0) + 1) : 0;
  const lastEnd = Math.max(last.at + last.remove, counts) + grown;
  const inStep = () => {
    if (!cursor.atRecord || cursor.position < lastEnd) return false;
    const place = cursor.position - grown;
    return map.offsetOf(map.recordAt(place)) === place;
  };
  const run = (): boolean => {
    for (;;) {
      if (inStep()) return true;
      const state = cursor.advance();
      if (state === needInput || state === dumpDone) return state === dumpDone;
    }
  };
  try {
    for (const chunk of content.from(start)) {
      cursor.push(chunk);
      if (run()) return { error: undefined, defects };
    }
    cursor.end();
    run();
  } catch (error) {
    if (error instanceof DumpError) return { error, defects };
    throw error;
  }
  return { error: undefined, defects };
}
