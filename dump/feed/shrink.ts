/**
 * Makes a dump smaller while it stays interesting: first whole runs of records go, then halves of them and less, then what is in
 * those that are left. Every candidate is framed as well as the dump is: params and EOF stay.
 */
import { headerLength } from '../records.ts';
import type { Content } from './content.ts';
import { PieceContent } from './content.ts';
import { FieldMap } from './field-map.ts';
import { FieldStage } from './shrink-fields.ts';
import { RecordStage } from './shrink-records.ts';
import type { Candidate, Search } from './shrink-search.ts';

export type { Candidate } from './shrink-search.ts';

/** A dump that breaks off is tried with an end first, so that what comes out is a whole dump if it can be. */
function* recordStage(bytes: Uint8Array): Search<RecordStage> {
  const map = new FieldMap(bytes);
  if (map.error !== undefined && map.end >= headerLength) {
    const whole = new RecordStage(map, true);
    if (yield { content: whole.content(), what: 'ended after its last whole record' }) return whole;
  }
  return new RecordStage(map, false);
}

/** One pass over records and fields. */
function* shrinkOnce(bytes: Uint8Array): Search<Uint8Array> {
  const records = yield* recordStage(bytes);
  yield* records.search();
  const content = records.content();
  const fields = new FieldStage(content.length < bytes.length ? content.bytes() : bytes);
  yield* fields.search();
  return fields.bytes;
}

/**
 * The shrinking as a state machine: each step gives a candidate, and the next one must be told whether it is interesting. It
 * goes on until nothing more can be left out, and then returns the smallest dump. It is the same for the same answers.
 */
export function* shrinkSteps(bytes: Uint8Array): Search<Content> {
  let best = bytes;
  for (;;) {
    const shrunk = yield* shrinkOnce(best);
    const done = shrunk.length >= best.length;
    best = shrunk;
    if (done) return new PieceContent(best, [{ from: 0, to: best.length }]);
  }
}

export interface ShrinkOptions {
  /** Candidates that are tried at most. Default: as many as it takes. */
  readonly maxRuns?: number;
  /** Is told of each candidate that was interesting. */
  readonly onSmaller?: (candidate: Candidate, runs: number) => void;
}

export interface ShrinkResult {
  /** The smallest dump that was interesting. */
  readonly content: Content;
  /** Candidates that were tried. */
  readonly runs: number;
  /** Whether nothing more could be left out; false where `maxRuns` ended it. */
  readonly complete: boolean;
}

/**
 * Makes a dump smaller while it stays interesting. Memory: the dump, and a few bytes for each of its records; candidates are
 * pieces of the dump.
 *
 * @param interesting whether a candidate still shows what the dump shows; it must be the same each time it is asked
 */
export async function shrink(
  bytes: Uint8Array,
  interesting: (candidate: Content) => Promise<boolean> | boolean,
  options: ShrinkOptions = {},
): Promise<ShrinkResult> {
  const { maxRuns = Number.POSITIVE_INFINITY, onSmaller } = options;
  const steps = shrinkSteps(bytes);
  let best: Content = new PieceContent(bytes, [{ from: 0, to: bytes.length }]);
  let runs = 0;
  let step = steps.next();
  while (!step.done && runs < maxRuns) {
    const candidate = step.value;
    runs++;
    const taken = await interesting(candidate.content);
    if (taken) {
      best = candidate.content;
      onSmaller?.(candidate, runs);
    }
    step = steps.next(taken);
  }
  return { content: best, runs, complete: step.done === true };
}
