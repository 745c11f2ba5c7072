/** Profiles as `go tool pprof` reads them: the message Profile of profile.proto, before it is compressed. */
import {
  Function as Fn,
  Label,
  Line,
  Location,
  Profile,
  Sample,
  StringTable,
  ValueType,
} from 'pprof-format';
import { plainText } from './plain-text.ts';

/** A call, or what stands for one. */
export interface ProfileFrame {
  readonly func: string | Uint8Array;
  readonly file: string | Uint8Array;
  readonly line: number;
}

export interface ProfileSample {
  /** Youngest first. */
  readonly frames: readonly ProfileFrame[];
  readonly values: readonly number[];
  /** Numbers are bytes or counts by their unit, texts have none. */
  readonly labels: readonly ProfileLabel[];
}

type ProfileLabel =
  | { readonly key: string; readonly text: string }
  | { readonly key: string; readonly number: number; readonly unit: string };

/** What is measured, and in which unit. */
type Measure = readonly [type: string, unit: string];

export interface ProfileShape {
  /** What the values of samples are, in their order. */
  readonly sampleTypes: readonly Measure[];
  /** Index of the one that tools show first. */
  readonly shownFirst: number;
  /** Bytes between two samples; 1 where every allocation was counted. */
  readonly period: number;
  /** Lines about the profile, which `pprof -comments` shows. */
  readonly comments: readonly string[];
}

/** Puts functions and locations into the profile, each once. */
class Table {
  readonly strings = new StringTable();
  readonly functions: Fn[] = [];
  readonly locations: Location[] = [];
  readonly #functionIds = new Map<string, number>();
  readonly #locationIds = new Map<string, number>();

  text(text: string | Uint8Array): number {
    return this.strings.dedup(plainText(text));
  }

  location({ func, file, line }: ProfileFrame): number {
    const functionId = this.#function(this.text(func), this.text(file));
    const key = `${functionId} ${line}`;
    let id = this.#locationIds.get(key);
    if (id === undefined) {
      id = this.#locationIds.size + 1;
      this.#locationIds.set(key, id);
      // pprof tells locations apart by address, if they have one: numbers will do.
      const lines = [new Line({ functionId, line })];
      this.locations.push(new Location({ id, mappingId: 0, address: id, line: lines }));
    }
    return id;
  }

  #function(name: number, filename: number): number {
    const key = `${name} ${filename}`;
    let id = this.#functionIds.get(key);
    if (id === undefined) {
      id = this.#functionIds.size + 1;
      this.#functionIds.set(key, id);
      this.functions.push(new Fn({ id, name, systemName: name, filename, startLine: 0 }));
    }
    return id;
  }

  label(label: ProfileLabel): Label {
    const key = this.text(label.key);
    if ('text' in label) return new Label({ key, str: this.text(label.text) });
    return new Label({ key, num: label.number, numUnit: this.text(label.unit) });
  }

  measure([type, unit]: Measure): ValueType {
    return new ValueType({ type: this.text(type), unit: this.text(unit) });
  }
}

export function encodeProfile(shape: ProfileShape, samples: Iterable<ProfileSample>): Uint8Array {
  const table = new Table();
  const sampleType = shape.sampleTypes.map((measure) => table.measure(measure));
  const sample = Array.from(
    samples,
    ({ frames, values, labels }) =>
      new Sample({
        locationId: frames.map((frame) => table.location(frame)),
        value: [...values],
        label: labels.map((label) => table.label(label)),
      }),
  );
  return new Profile({
    sampleType,
    sample,
    location: table.locations,
    function: table.functions,
    periodType: table.measure(['space', 'bytes']),
    period: shape.period,
    comment: shape.comments.map((text) => table.text(text)),
    defaultSampleType: sampleType[shape.shownFirst]!.type as number,
    stringTable: table.strings,
  }).encode();
}
