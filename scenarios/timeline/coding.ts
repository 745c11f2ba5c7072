/** How the values of a column are told in fewer bytes: README.md tells the codings. */
import type { ColumnKind } from './column.ts';

export type Numbers = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** `count` is for {@link countedUp}; without a coding the values are told as they are. */
export type Coding = 'u8' | 'u16' | 'count' | 'runs' | 'halves';

const widths: Readonly<Record<ColumnKind, number>> = { u8: 1, u16: 2, u32: 4, f64: 8 };
export const arrays = {
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  f64: Float64Array,
} as const;

/** What is told of a column. */
export interface Coded {
  readonly coding?: Coding;
  /** How many runs of equal values, or of equal upper halves, there are. */
  readonly runs?: number;
  /** Arrays of numbers, one after the other. */
  readonly pieces: readonly Numbers[];
}

const twoTo32 = 2 ** 32;

/** 2d for a difference d >= 0, -2d-1 below. */
const toldOf = (d: number): number => (d >= 0 ? 2 * d : -2 * d - 1);

/** The coding with the fewest bytes. */
export function encode(values: Numbers, kind: ColumnKind): Coded {
  const facts = factsOf(values);
  const { length } = values;
  let best: Coded = { pieces: [values] };
  let bytes = length * widths[kind];
  const offer = (size: number, coded: () => Coded): void => {
    if (size >= bytes) return;
    bytes = size;
    best = coded();
  };
  if (facts.halves) {
    offer(length * 4 + facts.highRuns * 8, () => halves(values, facts.highRuns));
  } else if (kind !== 'f64' && facts.most < 2 ** 16) {
    const narrow = facts.most < 2 ** 8 ? 'u8' : 'u16';
    offer(length * widths[narrow], () => ({
      coding: narrow,
      pieces: [differences(values, narrow)],
    }));
  }
  offer(facts.runs * (widths[kind] + 4), () => {
    const { of, lengths } = runsOf(
      facts.runs,
      new arrays[kind](facts.runs),
      length,
      (i) => values[i]!,
    );
    return { coding: 'runs', runs: facts.runs, pieces: [of, lengths] };
  });
  return best;
}

interface Facts {
  /** Runs of equal values, and of values with equal upper halves. */
  readonly runs: number;
  readonly highRuns: number;
  /** The greatest difference from the value before, as it would be told. */
  readonly most: number;
  /** The values are whole, not negative, and below 2^53. */
  readonly halves: boolean;
}

function factsOf(values: Numbers): Facts {
  const wide = values instanceof Float64Array;
  let halves = wide;
  let runs = 0;
  let highRuns = 0;
  let most = 0;
  let before = 0;
  let highBefore = -1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (i === 0 || value !== before) {
      runs++;
      most = Math.max(most, toldOf(value - before));
      if (halves) {
        // Object.is, for -0 would come back as 0.
        halves = Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0);
        const high = Math.floor(value / twoTo32);
        if (high !== highBefore) highRuns++;
        highBefore = high;
      }
    }
    before = value;
  }
  return { runs, highRuns, most, halves };
}

function differences(values: Numbers, kind: 'u8' | 'u16'): Numbers {
  const coded = new arrays[kind](values.length);
  for (let i = 0, before = 0; i < values.length; i++) {
    coded[i] = toldOf(values[i]! - before);
    before = values[i]!;
  }
  return coded;
}

/** Values, each once for a run of it, and the lengths of the runs. */
function runsOf<T extends Numbers>(
  runs: number,
  of: T,
  length: number,
  at: (i: number) => number,
): { of: T; lengths: Uint32Array } {
  const lengths = new Uint32Array(runs);
  let run = -1;
  for (let i = 0; i < length; i++) {
    const value = at(i);
    if (run < 0 || value !== of[run]) of[++run] = value;
    lengths[run]!++;
  }
  return { of, lengths };
}

function halves(values: Numbers, runs: number): Coded {
  const low = new Uint32Array(values.length);
  // Whole numbers below 2^53: their lower half is what is left of 2^32.
  for (let i = 0; i < low.length; i++) low[i] = values[i]! % twoTo32;
  const high = runsOf(runs, new Uint32Array(runs), values.length, (i) =>
    Math.floor(values[i]! / twoTo32),
  );
  return { coding: 'halves', runs, pieces: [low, high.of, high.lengths] };
}

/**
 * The values of a column that was coded, `count` apart. `piece` gives the next array of numbers.
 *
 * @throws {RangeError} for a coding that is none
 */
export function decode(
  { coding, runs = 0, kind, length }: CodedHeader,
  piece: (kind: ColumnKind, length: number) => Numbers,
): Numbers {
  switch (coding) {
    case undefined:
      return piece(kind, length);
    case 'u8':
    case 'u16':
      return summed(piece(coding, length), new arrays[kind](length));
    case 'runs':
      return expanded(piece(kind, runs), piece('u32', runs), new arrays[kind](length));
    case 'halves': {
      const low = piece('u32', length);
      return joined(low, piece('u32', runs), piece('u32', runs));
    }
    default:
      throw new RangeError(`a column has the coding ${coding}`);
  }
}

interface CodedHeader {
  readonly coding?: Coding;
  readonly runs?: number;
  readonly kind: ColumnKind;
  readonly length: number;
}

function summed(coded: Numbers, values: Numbers): Numbers {
  for (let i = 0, value = 0; i < coded.length; i++) {
    const told = coded[i]!;
    value += told % 2 === 0 ? told / 2 : -(told + 1) / 2;
    values[i] = value;
  }
  return values;
}

function expanded(of: Numbers, lengths: Numbers, values: Numbers): Numbers {
  let at = 0;
  for (let run = 0; run < of.length; run++) {
    const end = at + lengths[run]!;
    values.fill(of[run]!, at, end);
    at = end;
  }
  return values;
}

function joined(low: Numbers, high: Numbers, lengths: Numbers): Numbers {
  const values = new Float64Array(low.length);
  let i = 0;
  for (let run = 0; run < high.length; run++) {
    const end = i + lengths[run]!;
    const base = high[run]! * twoTo32;
    for (; i < end; i++) values[i] = base + low[i]!;
  }
  return values;
}

/** The row numbers of tables that are named one by one: each is the number of rows that its table had so far. */
export function countedUp(
  table: { readonly length: number; at(i: number): number },
  tables: number,
  kind: ColumnKind,
): Numbers {
  const rows = new Uint32Array(tables);
  const values = new arrays[kind](table.length);
  for (let i = 0; i < values.length; i++) values[i] = rows[table.at(i)]!++;
  return values;
}
