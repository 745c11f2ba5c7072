/**
 * What differs between two dumps: of one program at two times, or of two runs.
 *
 * Objects are the same if they have the same address and size. Go never moves an object; an object counts as moved (which tells
 * of two runs with different layouts) if it died, another of the same size, contents and pointer offsets was born, both are
 * the only ones of their kind among the dead and the born, and the contents are not all zero.
 */

import type { Beside, DumpDigest, GoroutineDigest, ObjectColumns } from './dump-digest.ts';
import { digestDump, digestDumpAsync } from './dump-digest.ts';
import type { AsyncDumpInput, DumpInput } from './reader.ts';
import type { DumpRecord, RecordKind, RecordOfKind, Text, Uint64 } from './records.ts';
import { recordTable } from './records.ts';

/** A value of a record as the diff shows it. */
export type DiffValue = Uint64 | boolean | Text | undefined;

export interface FieldChange {
  readonly name: string;
  readonly before: DiffValue;
  readonly after: DiffValue;
}

/** A list that is cut at the limit, with what it stands for in full. */
export interface Tally<T> {
  readonly count: number;
  readonly bytes: number;
  /** The first ones by address, at most as many as asked for. */
  readonly items: readonly T[];
}

export interface DiffObject {
  readonly address: number;
  readonly size: number;
}

export interface ChangedObject extends DiffObject {
  /** Size in the first dump. */
  readonly sizeBefore: number;
  readonly contents: boolean;
  readonly pointers: boolean;
}

export interface MovedObject {
  readonly from: number;
  readonly to: number;
  readonly size: number;
}

export interface RootChange {
  readonly segment: 'dataSegment' | 'bss';
  /** Address of the pointer. */
  readonly address: number;
  /** Value; undefined where the dump has no pointer there. */
  readonly before: Uint64 | undefined;
  readonly after: Uint64 | undefined;
}

export interface GoroutineChange {
  readonly id: Uint64;
  readonly change: 'born' | 'died' | 'changed';
  readonly fields: readonly FieldChange[];
  /** Functions of the stack, youngest first; undefined where there is no goroutine. */
  readonly stackBefore: readonly string[] | undefined;
  readonly stackAfter: readonly string[] | undefined;
  /** Whether a frame's function, pc or sp differs. */
  readonly stackChanged: boolean;
}

export interface RecordChange {
  readonly kind: RecordKind;
  /** Value of the field that tells records of the kind apart. */
  readonly key: Uint64;
  readonly change: 'born' | 'died' | 'changed';
  readonly fields: readonly FieldChange[];
}

export interface StatChange {
  readonly name: string;
  readonly before: Uint64;
  readonly after: Uint64;
  readonly delta: bigint;
}

export interface DumpDiff {
  /** Whether nothing differs. */
  readonly equal: boolean;
  readonly params: readonly FieldChange[];
  readonly objects: {
    readonly before: { readonly count: number; readonly bytes: number };
    readonly after: { readonly count: number; readonly bytes: number };
    readonly unchanged: number;
    readonly born: Tally<DiffObject>;
    readonly died: Tally<DiffObject>;
    readonly moved: Tally<MovedObject>;
    readonly changed: Tally<ChangedObject>;
    /** Objects of each size, where their number differs. */
    readonly sizes: readonly {
      readonly size: number;
      readonly before: number;
      readonly after: number;
    }[];
  };
  readonly roots: Tally<RootChange>;
  readonly goroutines: readonly GoroutineChange[];
  /** Types, itabs, OS threads, finalizers, profile records and samples. */
  readonly records: readonly RecordChange[];
  readonly memStats: readonly StatChange[];
}

export interface DiffOptions {
  /** Items that each list of objects and roots holds at most. Default 1000. */
  readonly limit?: number;
  /** What reads along, of the first dump and of the second. */
  readonly beside?: readonly [Beside, Beside];
}

/** The field that tells records of a kind apart. */
const keys: { readonly [K in RecordKind]?: string } = {
  type: 'address',
  itab: 'address',
  osThread: 'address',
  finalizer: 'address',
  queuedFinalizer: 'address',
  memProf: 'id',
  allocSample: 'address',
};

class TallyBuilder<T> {
  count = 0;
  bytes = 0;
  readonly items: T[] = [];
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(bytes: number, item: () => T): void {
    this.count++;
    this.bytes += bytes;
    if (this.items.length < this.#limit) this.items.push(item());
  }
}

/** Rows of both dumps that have no counterpart at their address. */
interface Unmatched {
  readonly died: number[];
  readonly born: number[];
}

function diffObjects(a: ObjectColumns, b: ObjectColumns, limit: number): DumpDiff['objects'] {
  const changed = new TallyBuilder<ChangedObject>(limit);
  const unmatched: Unmatched = { died: [], born: [] };
  const ordersOf = [a.byAddress(), b.byAddress()] as const;
  let unchanged = 0;
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const x = ordersOf[0][i] ?? -1;
    const y = ordersOf[1][j] ?? -1;
    const atA = x < 0 ? Number.POSITIVE_INFINITY : a.address[x]!;
    const atB = y < 0 ? Number.POSITIVE_INFINITY : b.address[y]!;
    if (atA < atB) unmatched.died.push(x);
    else if (atB < atA) unmatched.born.push(y);
    else if (sameObject(a, x, b, y)) unchanged++;
    else changed.add(b.size[y]!, () => changeOf(a, x, b, y));
    if (atA <= atB) i++;
    if (atB <= atA) j++;
  }
  const { moved, movedA, movedB } = findMoved(a, b, unmatched, limit);
  const list = (columns: ObjectColumns, rows: readonly number[], without: ReadonlySet<number>) => {
    const tally = new TallyBuilder<DiffObject>(limit);
    for (const row of rows) {
      if (without.has(row)) continue;
      const size = columns.size[row]!;
      tally.add(size, () => ({ address: columns.address[row]!, size }));
    }
    return tally;
  };
  return {
    before: { count: a.length, bytes: a.bytes },
    after: { count: b.length, bytes: b.bytes },
    unchanged,
    born: list(b, unmatched.born, movedB),
    died: list(a, unmatched.died, movedA),
    moved,
    changed,
    sizes: diffSizes(a, b),
  };
}

function sameContents(a: ObjectColumns, x: number, b: ObjectColumns, y: number): boolean {
  return a.hashLow[x] === b.hashLow[y] && a.hashHigh[x] === b.hashHigh[y];
}

function sameObject(a: ObjectColumns, x: number, b: ObjectColumns, y: number): boolean {
  return a.size[x] === b.size[y] && a.shape[x] === b.shape[y] && sameContents(a, x, b, y);
}

function changeOf(a: ObjectColumns, x: number, b: ObjectColumns, y: number): ChangedObject {
  return {
    address: b.address[y]!,
    size: b.size[y]!,
    sizeBefore: a.size[x]!,
    contents: !sameContents(a, x, b, y),
    pointers: a.shape[x] !== b.shape[y],
  };
}

/** Orders rows by size, contents and shape. */
function compareRows(a: ObjectColumns, x: number, b: ObjectColumns, y: number): number {
  return (
    a.size[x]! - b.size[y]! ||
    a.hashLow[x]! - b.hashLow[y]! ||
    a.hashHigh[x]! - b.hashHigh[y]! ||
    a.shape[x]! - b.shape[y]!
  );
}

/** The rows that no other of the rows is equal to, and that are not all zero, in order. */
function distinctRows(columns: ObjectColumns, rows: readonly number[]): Uint32Array {
  const sorted = Uint32Array.from(rows).sort((x, y) => compareRows(columns, x, columns, y));
  return sorted.filter((row, i) => {
    const alike = (other: number | undefined) =>
      other !== undefined && compareRows(columns, row, columns, other) === 0;
    return columns.zero[row] === 0 && !alike(sorted[i - 1]) && !alike(sorted[i + 1]);
  });
}

function findMoved(a: ObjectColumns, b: ObjectColumns, unmatched: Unmatched, limit: number) {
  const moved = new TallyBuilder<MovedObject>(limit);
  const movedA = new Set<number>();
  const movedB = new Set<number>();
  const died = distinctRows(a, unmatched.died);
  const born = distinctRows(b, unmatched.born);
  for (let i = 0, j = 0; i < died.length && j < born.length; ) {
    const x = died[i]!;
    const y = born[j]!;
    const order = compareRows(a, x, b, y);
    if (order <= 0) i++;
    if (order >= 0) j++;
    if (order !== 0) continue;
    const size = a.size[x]!;
    moved.add(size, () => ({ from: a.address[x]!, to: b.address[y]!, size }));
    movedA.add(x);
    movedB.add(y);
  }
  return { moved, movedA, movedB };
}

function diffSizes(a: ObjectColumns, b: ObjectColumns): DumpDiff['objects']['sizes'] {
  const counts = new Map<number, { size: number; before: number; after: number }>();
  const count = (columns: ObjectColumns, side: 'before' | 'after') => {
    for (let row = 0; row < columns.length; row++) {
      const size = columns.size[row]!;
      let entry = counts.get(size);
      if (entry === undefined) {
        entry = { size, before: 0, after: 0 };
        counts.set(size, entry);
      }
      entry[side]++;
    }
  };
  count(a, 'before');
  count(b, 'after');
  return [...counts.values()]
    .filter((entry) => entry.before !== entry.after)
    .sort((x, y) => x.size - y.size);
}

/** Values of the scalar fields of a record; lists as text. */
function scalars(record: DumpRecord): Map<string, DiffValue> {
  const values = new Map<string, DiffValue>();
  for (const field of recordTable[record.tag].fields) {
    const value = (record as unknown as { [key: string]: unknown })[field.name];
    if (field.type === 'memory' || field.type === 'fieldList') continue;
    values.set(field.name, field.type === 'repeat' ? listText(value) : (value as DiffValue));
  }
  return values;
}

function listText(list: unknown): string {
  return JSON.stringify(list, (_, value) => (typeof value === 'bigint' ? `${value}` : value));
}

function sameValue(a: DiffValue, b: DiffValue): boolean {
  return a === b || (a instanceof Uint8Array && b instanceof Uint8Array && `${a}` === `${b}`);
}

function diffFields(a: DumpRecord | undefined, b: DumpRecord | undefined): FieldChange[] {
  const before = a === undefined ? new Map<string, DiffValue>() : scalars(a);
  const after = b === undefined ? new Map<string, DiffValue>() : scalars(b);
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((name) => ({ name, before: before.get(name), after: after.get(name) }))
    .filter((change) => !sameValue(change.before, change.after));
}

/** Pairs up what two maps have under the same key. */
function* paired<K, V>(
  a: ReadonlyMap<K, V>,
  b: ReadonlyMap<K, V>,
): Generator<readonly [key: K, before: V | undefined, after: V | undefined]> {
  for (const [key, before] of a) yield [key, before, b.get(key)];
  for (const [key, after] of b) if (!a.has(key)) yield [key, undefined, after];
}

function changeKind(before: unknown, after: unknown): 'born' | 'died' | 'changed' {
  if (before === undefined) return 'born';
  return after === undefined ? 'died' : 'changed';
}

function diffKind(a: DumpDigest, b: DumpDigest, kind: RecordKind, key: string): RecordChange[] {
  const index = (digest: DumpDigest) =>
    new Map(
      (digest.records.get(kind) ?? []).map((record) => [
        (record as unknown as { [key: string]: Uint64 })[key]!,
        record,
      ]),
    );
  const changes: RecordChange[] = [];
  for (const [value, before, after] of paired(index(a), index(b))) {
    const fields = diffFields(before, after);
    if (fields.length > 0) {
      changes.push({ kind, key: value, change: changeKind(before, after), fields });
    }
  }
  return changes;
}

function stackText(g: GoroutineDigest | undefined): string {
  return (g?.stack ?? []).map(({ name, pc, sp }) => `${name} ${pc} ${sp}`).join('\n');
}

function diffGoroutines(a: DumpDigest, b: DumpDigest): GoroutineChange[] {
  const changes: GoroutineChange[] = [];
  for (const [id, before, after] of paired(a.goroutines, b.goroutines)) {
    const counts = (['defers', 'panics'] as const)
      .map((name) => ({ name, before: before?.[name], after: after?.[name] }))
      .filter((change) => change.before !== change.after);
    const fields = [...diffFields(before?.record, after?.record), ...counts];
    const stackChanged = stackText(before) !== stackText(after);
    if (fields.length === 0 && !stackChanged) continue;
    changes.push({
      id,
      change: changeKind(before, after),
      fields,
      stackBefore: before?.stack.map((frame) => frame.name),
      stackAfter: after?.stack.map((frame) => frame.name),
      stackChanged,
    });
  }
  return changes;
}

/** The pointers of a segment by address. */
function rootsOf(digest: DumpDigest, kind: 'dataSegment' | 'bss'): Map<number, Uint64> {
  const roots = new Map<number, Uint64>();
  const segment = digest.segments.get(kind);
  const params = digest.records.get('params')?.[0] as RecordOfKind<'params'> | undefined;
  if (segment === undefined || params === undefined) return roots;
  const { contents } = segment;
  const view = new DataView(contents.buffer, contents.byteOffset, contents.byteLength);
  const width = params.pointerSize === 4 ? 4 : 8;
  for (let i = 0; i < segment.pointers.length; i++) {
    const offset = Number(segment.pointers[i]);
    if (offset + width > contents.length) continue;
    const value =
      width === 4
        ? view.getUint32(offset, !params.bigEndian)
        : view.getBigUint64(offset, !params.bigEndian);
    roots.set(Number(segment.address) + offset, value <= 2 ** 53 ? Number(value) : value);
  }
  return roots;
}

function diffRoots(a: DumpDigest, b: DumpDigest, limit: number): Tally<RootChange> {
  const tally = new TallyBuilder<RootChange>(limit);
  for (const segment of ['dataSegment', 'bss'] as const) {
    for (const [address, before, after] of paired(rootsOf(a, segment), rootsOf(b, segment))) {
      if (before !== after) tally.add(0, () => ({ segment, address, before, after }));
    }
  }
  return tally;
}

function diffMemStats(a: DumpDigest, b: DumpDigest): StatChange[] {
  const [before, after] = [a, b].map((digest) => digest.records.get('memStats')?.[0]);
  return diffFields(before, after)
    .filter((change) => change.name !== 'pauseNs')
    .map(({ name, before: was, after: is }) => ({
      name,
      before: (was ?? 0) as Uint64,
      after: (is ?? 0) as Uint64,
      delta: BigInt((is ?? 0) as Uint64) - BigInt((was ?? 0) as Uint64),
    }));
}

function diffDigests(a: DumpDigest, b: DumpDigest, options: DiffOptions): DumpDiff {
  const limit = options.limit ?? 1000;
  const objects = diffObjects(a.objects, b.objects, limit);
  const roots = diffRoots(a, b, limit);
  const goroutines = diffGoroutines(a, b);
  const params = diffFields(a.records.get('params')?.[0], b.records.get('params')?.[0]);
  const records = Object.entries(keys).flatMap(([kind, key]) =>
    diffKind(a, b, kind as RecordKind, key),
  );
  const memStats = diffMemStats(a, b);
  const equal =
    objects.unchanged === a.objects.length &&
    objects.unchanged === b.objects.length &&
    [params, goroutines, records, memStats].every((list) => list.length === 0) &&
    roots.count === 0;
  return { equal, params, objects, roots, goroutines, records, memStats };
}

/**
 * Compares two dumps.
 * @throws DumpError if one cannot be read
 */
export function diffDumps(a: DumpInput, b: DumpInput, options: DiffOptions = {}): DumpDiff {
  const [besideA, besideB] = options.beside ?? [];
  return diffDigests(digestDump(a, besideA), digestDump(b, besideB), options);
}

/** As diffDumps, for input that comes in time. */
export async function diffDumpsAsync(
  a: AsyncDumpInput,
  b: AsyncDumpInput,
  options: DiffOptions = {},
): Promise<DumpDiff> {
  const [besideA, besideB] = options.beside ?? [];
  const before = await digestDumpAsync(a, besideA);
  return diffDigests(before, await digestDumpAsync(b, besideB), options);
}
