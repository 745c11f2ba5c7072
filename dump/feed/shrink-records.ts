/** The first stage of shrinking: whole records left out. Nothing of the dump is copied; what is kept is a few ranges of records. */
import { recordTable, tagEOF } from '../records.ts';
import type { RecordRun } from './base.ts';
import { runsOf } from './base.ts';
import type { Piece } from './content.ts';
import { PieceContent } from './content.ts';
import type { FieldMap } from './field-map.ts';
import { leaveOut, type Search, shorten } from './shrink-search.ts';

/** Ranges of records, rising. */
type Ranges = readonly RecordRun[];

const countOf = (ranges: Ranges) => ranges.reduce((sum, { from, to }) => sum + to - from, 0);

/** The record at a position among those of the ranges; the end of the last range at the end. */
function recordAt(ranges: Ranges, position: number): number {
  let left = position;
  for (const { from, to } of ranges) {
    if (left < to - from) return from + left;
    left -= to - from;
  }
  return ranges.length === 0 ? 0 : ranges[ranges.length - 1]!.to;
}

/** The ranges without the records from `first` to `last`. */
function without(ranges: Ranges, first: number, last: number): Ranges {
  return ranges
    .flatMap(({ from, to }) => [
      ...(from < first ? [{ from, to: Math.min(to, first) }] : []),
      ...(to > last ? [{ from: Math.max(from, last), to }] : []),
    ])
    .filter(({ from, to }) => from < to);
}

const goroutineParts: readonly string[] = ['stackFrame', 'defer', 'panic'];

/** Leaves out records, run by run. */
export class RecordStage {
  readonly #map: FieldMap;
  readonly #runs: { readonly run: RecordRun; kept: Ranges }[];
  /** Bytes after the last whole record that are kept. */
  #tail: number;
  readonly #addEOF: boolean;

  constructor(map: FieldMap, addEOF: boolean) {
    this.#map = map;
    this.#runs = [...runsOf(map)].map((run) => ({ run, kept: [run] }));
    this.#addEOF = addEOF;
    this.#tail = addEOF ? 0 : map.bytes.length - map.end;
  }

  /** What is kept, as bytes. */
  content(): PieceContent {
    const pieces: Piece[] = [{ from: 0, to: this.#map.offsetOf(0) }];
    const { end } = this.#map;
    for (const { kept } of this.#runs) {
      for (const { from, to } of kept) {
        pieces.push({ from: this.#map.offsetOf(from), to: this.#map.offsetOf(to) });
      }
    }
    pieces.push({ from: end, to: end + this.#tail });
    if (this.#addEOF) pieces.push(Uint8Array.of(tagEOF));
    return new PieceContent(this.#map.bytes, pieces);
  }

  /** Leaves out what it can; whether that was anything. */
  *search(): Search<boolean> {
    let changed = yield* this.#shortenTail();
    const bySize = this.#runs
      .map(({ run }, place) => ({ place, bytes: this.#bytesOf(run) }))
      .sort((a, b) => b.bytes - a.bytes || a.place - b.place);
    for (const { place } of bySize) {
      if (this.#isFixed(place)) continue;
      if (yield* this.#try(place, [], 'all')) changed = true;
      else if (yield* this.#searchRun(place)) changed = true;
    }
    return changed;
  }

  #bytesOf({ from, to }: RecordRun): number {
    return this.#map.offsetOf(to) - this.#map.offsetOf(from);
  }

  #kindAt(record: number): string {
    return recordTable[this.#map.tagOf(record)]!.kind;
  }

  /** Params and EOF stay: without them no dump is valid. */
  #isFixed(place: number): boolean {
    const kind = this.#kindAt(this.#runs[place]!.run.from);
    return kind === 'params' || kind === 'eof';
  }

  *#try(place: number, kept: Ranges, what: string): Search<boolean> {
    const entry = this.#runs[place]!;
    const before = entry.kept;
    entry.kept = kept;
    const kind = this.#kindAt(entry.run.from);
    const taken = yield { content: this.content(), what: `${kind} records: ${what} left out` };
    if (!taken) entry.kept = before;
    return taken;
  }

  *#searchRun(place: number): Search<boolean> {
    const groups = this.#kindAt(this.#runs[place]!.run.from) === 'goroutine';
    let changed = yield* leaveOut(countOf(this.#runs[place]!.kept), (from, to) =>
      this.#leaveOut(place, from, to, groups),
    );
    if (groups && (yield* this.#leaveOutParts(place))) changed = true;
    return changed;
  }

  /** Tries without some records; of goroutines only with all that belongs to them. */
  *#leaveOut(place: number, from: number, to: number, groups: boolean): Search<number> {
    const { kept } = this.#runs[place]!;
    const total = countOf(kept);
    const align = (position: number) => {
      let at = position;
      while (at < total && goroutineParts.includes(this.#kindAt(recordAt(kept, at)))) at++;
      return at;
    };
    const first = groups ? align(from) : from;
    const last = groups ? align(to) : to;
    if (first >= last || (first === 0 && last === total)) return 0;
    const less = without(kept, recordAt(kept, first), recordAt(kept, last - 1) + 1);
    const what = `${last - first} of ${total}`;
    return (yield* this.#try(place, less, what)) ? last - first : 0;
  }

  /** Frames, defers and panics of the goroutines that are left. */
  *#leaveOutParts(place: number): Search<boolean> {
    const total = countOf(this.#runs[place]!.kept);
    return yield* leaveOut(total, (from, to) => this.#leaveOutFew(place, from, to));
  }

  *#leaveOutFew(place: number, from: number, to: number): Search<number> {
    const { kept } = this.#runs[place]!;
    for (let at = from; at < to; at++) {
      if (this.#kindAt(recordAt(kept, at)) === 'goroutine') return 0;
    }
    const less = without(kept, recordAt(kept, from), recordAt(kept, to - 1) + 1);
    return (yield* this.#try(place, less, `${to - from} of goroutines`)) ? to - from : 0;
  }

  *#shortenTail(): Search<boolean> {
    const stage = this;
    return yield* shorten(this.#tail, function* (length) {
      const before = stage.#tail;
      stage.#tail = length;
      const taken = yield { content: stage.content(), what: `${length} bytes at the end kept` };
      if (!taken) stage.#tail = before;
      return taken;
    });
  }
}
