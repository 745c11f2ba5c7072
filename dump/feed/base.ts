/** A dump that others are made from. */
import type { DumpError } from '../dump-error.ts';
import { readDump, visitDump } from '../reader.ts';
import type { DumpRecord, RecordKind, RecordOfKind, Uint64 } from '../records.ts';
import { dumpHeaders, headerLength, recordTable } from '../records.ts';
import { FieldMap } from './field-map.ts';

const tagOf = new Map<RecordKind, number>(recordTable.map(({ kind, tag }) => [kind, tag]));

/** Kinds of record that a reader may not expect. */
const rareKinds: readonly RecordKind[] = ['otherRoot', 'defer', 'panic', 'queuedFinalizer'];

/** A run of records of kinds that Go writes together. */
export interface RecordRun {
  readonly from: number;
  /** First record after it. */
  readonly to: number;
}

const phaseOf: { readonly [K in RecordKind]?: string } = {
  itab: 'type',
  stackFrame: 'goroutine',
  defer: 'goroutine',
  panic: 'goroutine',
};

/** A whole dump with its map. */
export class Base {
  readonly bytes: Uint8Array;
  readonly map: FieldMap;
  readonly params: RecordOfKind<'params'>;
  readonly pointerSize: number;
  /** What the dump has that a reader may not know. */
  readonly features: readonly string[];
  /** Another base, whose records can come after the first of this one; itself where none was given. */
  readonly partner: Base;
  #runs: readonly RecordRun[] | undefined;
  #types: ReadonlyMap<Uint64, number> | undefined;
  #top: number | undefined;

  constructor(map: FieldMap, params: RecordOfKind<'params'>, partner?: Base) {
    this.partner = partner ?? this;
    this.bytes = map.bytes;
    this.map = map;
    this.params = params;
    this.pointerSize = params.pointerSize === 4 ? 4 : 8;
    const header = String.fromCharCode(...map.bytes.subarray(0, headerLength));
    this.features = [
      ...(this.pointerSize === 4 ? ['32-bit'] : []),
      ...(params.bigEndian ? ['big-endian'] : []),
      ...(header === dumpHeaders[3] ? [] : ['legacy-header']),
      ...rareKinds.filter((kind) => this.count(kind) > 0),
    ];
  }

  /** The same dump, spliced with another. */
  withPartner(partner: Base): Base {
    return new Base(this.map, this.params, partner);
  }

  /** Records of a kind. */
  count(kind: RecordKind): number {
    return this.map.kindCount(tagOf.get(kind)!);
  }

  /** Position among all of the n-th record of a kind. */
  nth(kind: RecordKind, n: number): number {
    return this.map.nthOfKind(tagOf.get(kind)!, n);
  }

  /** Reads one record. */
  read<K extends RecordKind>(kind: K, n: number): RecordOfKind<K> {
    return this.readRecord(this.nth(kind, n)) as RecordOfKind<K>;
  }

  /** Reads the record at a position among all; its offset and index are those in the dump. */
  readRecord(record: number): DumpRecord {
    const { offset, end, index } = this.map.record(record);
    const header = this.bytes.subarray(0, headerLength);
    const read = readRecords([header, this.bytes.subarray(offset, end)])[0]!;
    return { ...read, offset, index };
  }

  /** The first record of each type, by the type's address. */
  get types(): ReadonlyMap<Uint64, number> {
    if (this.#types === undefined) {
      const types = new Map<Uint64, number>();
      for (let n = 0; n < this.count('type'); n++) {
        const record = this.nth('type', n);
        const { address } = this.readRecord(record) as RecordOfKind<'type'>;
        if (!types.has(address)) types.set(address, record);
      }
      this.#types = types;
    }
    return this.#types;
  }

  /** The first byte in the heap range above all objects and stack frames. */
  get heapTop(): number {
    this.#top ??= heapTop(this.bytes, this.params);
    return this.#top;
  }

  /** Runs of records in the order of the dump, from params to EOF. */
  get runs(): readonly RecordRun[] {
    this.#runs ??= [...runsOf(this.map)];
    return this.#runs;
  }
}

function heapTop(bytes: Uint8Array, { heapStart, heapEnd }: RecordOfKind<'params'>): number {
  let top = Number(heapStart);
  const add = (address: Uint64, size: Uint64) => {
    const end = Number(address) + Number(size);
    if (end <= heapEnd) top = Math.max(top, end);
  };
  visitDump(bytes, {
    object: ({ address, size }) => add(address, size),
    record: (record) => {
      if (record.kind === 'stackFrame') add(record.sp, record.size);
    },
    defect: () => {},
  });
  return top;
}

/** The records of a part of a dump that need not end with EOF. */
function readRecords(chunks: readonly Uint8Array[]): DumpRecord[] {
  const records: DumpRecord[] = [];
  try {
    for (const record of readDump(chunks, { onDefect: () => {} })) records.push(record);
  } catch (error) {
    if ((error as DumpError).path !== 'eof') throw error;
  }
  return records;
}

/** The runs of a dump, from its first record to its last whole one. */
export function* runsOf(map: FieldMap): Generator<RecordRun> {
  const phase = (record: number) => {
    const { kind } = recordTable[map.tagOf(record)]!;
    return phaseOf[kind] ?? kind;
  };
  let from = 0;
  for (let record = 1; record <= map.records; record++) {
    if (record < map.records && phase(record) === phase(from)) continue;
    yield { from, to: record };
    from = record;
  }
}

/**
 * A dump to make others from. It must be whole and have params, and not be changed.
 *
 * @param partner what it is spliced with
 * @throws DumpError where it cannot be read to its end
 * @throws RangeError if it has no params
 */
export function feedBase(input: Uint8Array, partner?: Base): Base {
  // A Buffer's slice does not copy as that of an Uint8Array does.
  const bytes = new Uint8Array(input.buffer, input.byteOffset, input.length);
  const map = new FieldMap(bytes);
  if (map.error !== undefined) throw map.error;
  if (map.end < bytes.length) throw new RangeError('the dump goes on after its EOF record');
  const tagParams = tagOf.get('params')!;
  if (map.kindCount(tagParams) === 0) throw new RangeError('the dump has no params');
  const record = map.nthOfKind(tagParams, 0);
  const { offset, end } = map.record(record);
  const params = readRecords([bytes.subarray(0, headerLength), bytes.subarray(offset, end)])[0]!;
  return new Base(map, params as RecordOfKind<'params'>, partner);
}
