/**
 * Makes a stopped world from a dump that somebody else wrote, such that the port writes the same bytes again with
 * the same write() sizes. What a dump does not tell is filled in with something that leaves no trace:
 * spans are runs of equal slots, frames get one bitmap for all their pointers, types get hashes of our choice.
 */

import type {
  MemStats,
  PointerCursor,
  StoppedAllocSample,
  StoppedBucket,
  StoppedBucketFrame,
  StoppedFinalizer,
  StoppedItab,
  StoppedM,
  StoppedSegment,
  StoppedSpan,
  StoppedType,
  StoppedWorld,
} from '../sim/stopped-world.ts';
import { memStatsFields, stoppedWorldBrand } from '../sim/stopped-world.ts';
import { ByteStore } from './byte-store.ts';
import { DumpError } from './dump-error.ts';
import { bitmapOf, refuse } from './load-refusal.ts';
import { LoadedGoroutine } from './loaded-goroutine.ts';
import type { AsyncDumpInput, DumpInput, DumpVisitor, ObjectView } from './reader.ts';
import { DumpReader } from './reader.ts';
import type {
  DumpRecord,
  RecordHandlers,
  RecordKind,
  RecordOfKind,
  Text,
  Uint64,
} from './records.ts';
import { dispatchRecord, dumpHeaders, recordTable, tagObject } from './records.ts';
import { LoadedCursor, LoadedMemory, SpanTable } from './span-table.ts';
import { assignTypeBuckets } from './type-buckets.ts';
import { splitTypeName } from './type-name.ts';

type OtherRecord = Exclude<DumpRecord, { kind: 'object' }>;

/** The order in which Go writes the kinds; equal numbers may mix. */
const phases: Record<RecordKind, number> = {
  params: 0,
  type: 1,
  itab: 1,
  object: 2,
  goroutine: 3,
  stackFrame: 3,
  defer: 3,
  panic: 3,
  osThread: 4,
  dataSegment: 5,
  bss: 6,
  finalizer: 7,
  queuedFinalizer: 8,
  memStats: 9,
  memProf: 10,
  allocSample: 11,
  eof: 12,
  otherRoot: -1,
};

/** Kinds of which a dump has exactly one, each the only one of its phase. */
const single: readonly RecordKind[] = ['params', 'dataSegment', 'bss', 'memStats'];

/** Contents above this size go straight to the store. */
const maxContents = 1 << 16;

/** Where the finalizers (or samples) of each span are in their list: span index → [from, to). */
type Ranges = ReadonlyMap<number, readonly [from: number, to: number]>;

/** A span of the table; the same object serves all spans of one walk. */
class LoadedSpan implements StoppedSpan {
  readonly inUse = true;
  base = 0;
  bytes = 0;
  elemsize = 0;
  nelems = 0;
  index = 0;
  readonly #loader: Loader;

  constructor(loader: Loader) {
    this.#loader = loader;
  }

  isFree(): boolean {
    return false;
  }

  ensureSwept(): void {}

  finalizers(): Iterable<StoppedFinalizer> {
    const range = this.#loader.finalizerRanges.get(this.index);
    return range === undefined ? [] : this.#loader.finalizers.slice(range[0], range[1]);
  }

  allocSamples(): Iterable<StoppedAllocSample> {
    const range = this.#loader.sampleRanges.get(this.index);
    return range === undefined ? [] : this.#loader.samples(range[0], range[1]);
  }
}

interface LoadedType extends StoppedType {
  hash: number;
}

/** Everything that was read, and the visitor that reads it. */
class Loader implements DumpVisitor {
  readonly spans = new SpanTable();
  readonly finalizers: StoppedFinalizer[] = [];
  finalizerRanges: Ranges = new Map();
  sampleRanges: Ranges = new Map();
  readonly #sampleObjects: Uint64[] = [];
  readonly #sampleBuckets: Uint64[] = [];
  readonly #finq: StoppedFinalizer[] = [];
  readonly #types = new Map<Uint64, LoadedType>();
  readonly #itabs: { addr: Uint64; type: LoadedType }[] = [];
  /** The type that was just written, whose itab must follow. */
  #newType: RecordOfKind<'type'> | undefined;
  readonly #goroutines: LoadedGoroutine[] = [];
  readonly #ms: StoppedM[] = [];
  readonly #buckets: StoppedBucket[] = [];
  readonly #stacks = new Map<number, Uint8Array>();
  readonly #memory = new ByteStore();
  readonly #seen = new Map<RecordKind, OtherRecord>();
  readonly #handlers: RecordHandlers = {
    params: (record) => this.#params(record),
    dataSegment: (record) => this.#segment(record),
    bss: (record) => this.#segment(record),
    memStats: (record) => this.#seen.set('memStats', record),
    type: (record) => this.#type(record),
    itab: (record) => this.#itab(record),
    goroutine: (record) => this.#goroutines.push(new LoadedGoroutine(record)),
    stackFrame: (record) => this.#frame(record),
    defer: (record) => this.#owner(record).addDefer(record),
    panic: (record) => this.#owner(record).addPanic(record),
    osThread: (record) =>
      this.#ms.push({ addr: record.address, id: record.id, procid: record.osID }),
    finalizer: (record) => this.finalizers.push(finalizerOf(record)),
    queuedFinalizer: (record) => this.#finq.push(finalizerOf(record)),
    memProf: (record) => this.#buckets.push(bucketOf(record)),
    allocSample: (record) => {
      this.#sampleObjects.push(record.address);
      this.#sampleBuckets.push(record.bucket);
    },
  };
  #memoryAt = 0;
  #phase = 0;

  header(header: string): void {
    if (header !== dumpHeaders[3]) {
      throw new DumpError(
        `header: cannot be loaded: only dumps of ${JSON.stringify(dumpHeaders[3])} can be written again`,
        { offset: 0, path: 'header' },
      );
    }
  }

  defect(defect: { message: string; offset: number; path: string }): void {
    throw new DumpError(defect.message, defect);
  }

  contents(piece: Uint8Array, at: number, tag: number): void {
    const store = tag === tagObject ? this.spans.contents : this.#memory;
    const position = store.append(piece, 0, piece.length);
    if (at === 0 && tag !== tagObject) this.#memoryAt = position;
  }

  object(object: ObjectView): void {
    if (this.#phase !== phases.object) this.#enter({ ...object, kind: 'object' });
    this.spans.add(object);
  }

  /** Checks that a record stands where Go writes it. */
  #enter(record: { kind: RecordKind; offset: Uint64; index: number }): void {
    const phase = phases[record.kind];
    if (phase < 0) throw refuse(record, 'Go has no caller for it');
    if (phase < this.#phase) throw refuse(record, 'Go writes it earlier in a dump');
    this.#phase = phase;
    if (record.kind !== 'params' && !this.#seen.has('params')) {
      throw refuse(record, 'the parameters have to come first');
    }
    if (single.includes(record.kind) && record.index > 0)
      throw refuse(record, 'there is one already');
    if (this.#newType !== undefined && record.kind !== 'itab') {
      throw refuse(this.#newType, 'no itab of it follows');
    }
  }

  record(record: OtherRecord): void {
    this.#enter(record);
    dispatchRecord(this.#handlers, record);
  }

  #params(record: RecordOfKind<'params'>): void {
    if (record.pointerSize !== 4 && record.pointerSize !== 8) {
      throw refuse(record, `pointers of ${record.pointerSize} bytes`);
    }
    if (typeof record.architecture !== 'string') throw refuse(record, 'architecture is not UTF-8');
    if (record.heapEnd < record.heapStart) throw refuse(record, 'the heap ends before it starts');
    this.spans.ptrSize = record.pointerSize;
    this.#seen.set('params', record);
  }

  #contentsOf(record: { size: Uint64; contents: Uint8Array }): Uint8Array {
    const size = Number(record.size);
    return size > maxContents ? this.#memory.copy(this.#memoryAt, size) : record.contents;
  }

  #segment(record: RecordOfKind<'dataSegment' | 'bss'>): void {
    this.#seen.set(record.kind, { ...record, contents: this.#contentsOf(record) });
  }

  #type(record: RecordOfKind<'type'>): void {
    if (this.#newType !== undefined) throw refuse(this.#newType, 'no itab of it follows');
    this.#newType = record;
  }

  #itab(record: RecordOfKind<'itab'>): void {
    const written = this.#newType;
    this.#newType = undefined;
    if (written !== undefined) {
      if (written.address !== record.type) throw refuse(written, 'no itab of it follows');
      this.#types.set(written.address, {
        addr: written.address,
        hash: 0,
        size: written.size,
        interfaceDataIsPointer: written.isPointer,
        ...splitTypeName(written.name),
      });
    }
    const type = this.#types.get(record.type);
    if (type === undefined) throw refuse(record, 'its type was not written before');
    this.#itabs.push({ addr: record.address, type });
  }

  #owner(record: { kind: string; index: number; offset: Uint64 }): LoadedGoroutine {
    const owner = this.#goroutines.at(-1);
    if (owner === undefined) throw refuse(record, 'there is no goroutine before it');
    return owner;
  }

  #frame(record: RecordOfKind<'stackFrame'>): void {
    const owner = this.#owner(record);
    const contents = this.#contentsOf(record);
    owner.addFrame(record, contents.length, this.spans.ptrSize);
    if (contents.length > 0) this.#stacks.set(Number(record.sp), contents);
  }

  *samples(from: number, to: number): Iterable<StoppedAllocSample> {
    for (let i = from; i < to; i++) {
      yield { obj: this.#sampleObjects[i]!, bucket: this.#sampleBuckets[i]! };
    }
  }

  /** Gives each span the stretch of a list of addresses that lies in it; they are in span order. */
  #distribute(addresses: readonly Uint64[], what: string): Ranges {
    const ranges = new Map<number, readonly [number, number]>();
    let next = 0;
    for (let i = 0; i < this.spans.base.length && next < addresses.length; i++) {
      const from = next;
      while (next < addresses.length && this.spans.holds(i, Number(addresses[next]))) next++;
      if (next > from) ranges.set(i, [from, next]);
    }
    if (next < addresses.length) {
      const path = `${what}#${next}.address`;
      throw new DumpError(
        `${path}: cannot be loaded: 0x${addresses[next]!.toString(16)} is in no object that follows the ones before`,
        { offset: 0, path },
      );
    }
    return ranges;
  }

  #required<K extends RecordKind>(kind: K): RecordOfKind<K> {
    const record = this.#seen.get(kind);
    if (record === undefined) {
      throw new DumpError(`${kind}: cannot be loaded: the dump has none`, {
        offset: 0,
        path: kind,
      });
    }
    return record as unknown as RecordOfKind<K>;
  }

  world(): StoppedWorld {
    const params = this.#required('params');
    const data = this.#required('dataSegment');
    const bss = this.#required('bss');
    const unplaced = assignTypeBuckets(this.#itabs.map((itab) => itab.type));
    if (unplaced >= 0) {
      const path = `itab#${unplaced}`;
      throw new DumpError(`${path}: cannot be loaded: no type cache of 256×4 behaves like this`, {
        offset: 0,
        path,
      });
    }
    this.finalizerRanges = this.#distribute(
      this.finalizers.map((finalizer) => finalizer.obj),
      'finalizer',
    );
    this.sampleRanges = this.#distribute(this.#sampleObjects, 'allocSample');
    for (const g of this.#goroutines) g.finish();
    const { spans } = this;
    const { ptrSize } = spans;
    const cursor = new LoadedCursor(spans);
    const pointersOf = (p: number, size: number): PointerCursor => cursor.reset(p, size);
    const walk = (): Iterator<StoppedSpan> => {
      const span = new LoadedSpan(this);
      let next = 0;
      return {
        next: () => {
          if (next === spans.base.length) return { done: true, value: undefined };
          spans.select(next);
          span.index = next;
          span.base = spans.base.at(next);
          span.elemsize = spans.elemsize.at(next);
          span.nelems = spans.count.at(next);
          span.bytes = span.nelems * span.elemsize;
          next++;
          return { done: false, value: span };
        },
      };
    };
    const memory = new LoadedMemory(spans, this.#stacks);
    return {
      [stoppedWorldBrand]: true,
      arch: {
        goarch: params.architecture as string,
        ptrSize: params.pointerSize,
        bigEndian: params.bigEndian,
      },
      buildVersion: params.goVersion,
      ncpu: params.ncpu,
      arenas: [{ base: params.heapStart, bytes: minus(params.heapEnd, params.heapStart) }],
      itabs: this.#itabs satisfies StoppedItab[],
      allspans: { [Symbol.iterator]: walk },
      allocHeaders: false,
      typePointersOf: pointersOf,
      heapBitsForAddr: pointersOf,
      memory,
      allgs: this.#goroutines,
      allm: this.#ms,
      data: segmentOf(data, ptrSize),
      bss: segmentOf(bss, ptrSize),
      finq: this.#finq,
      memstats: memStatsOf(this.#required('memStats')),
      mbuckets: this.#buckets,
    };
  }
}

function minus(a: Uint64, b: Uint64): Uint64 {
  return typeof a === 'number' && typeof b === 'number' ? a - b : BigInt(a) - BigInt(b);
}

function segmentOf(record: RecordOfKind<'dataSegment' | 'bss'>, ptrSize: number): StoppedSegment {
  const last = Number(record.pointers[record.pointers.length - 1] ?? 0);
  const mask =
    last < Math.max(1, record.contents.length) ? bitmapOf(record.pointers, ptrSize) : undefined;
  if (mask === undefined) {
    throw refuse(record, 'its pointer offsets are not aligned, rising and in bounds');
  }
  return { addr: record.address, bytes: record.contents, mask };
}

function finalizerOf(record: RecordOfKind<'finalizer' | 'queuedFinalizer'>): StoppedFinalizer {
  return {
    obj: record.address,
    fn: { addr: record.funcval, fn: record.entryPC },
    fint: record.argType,
    ot: record.objectType,
  };
}

function bucketFrameOf(frame: { func: Text; file: Text; line: Uint64 }): StoppedBucketFrame {
  if (frame.file === '?' && frame.line === 0 && typeof frame.func === 'string') {
    const pc = /^\(0x(0|[1-9a-f][0-9a-f]{0,12})\)$/.exec(frame.func)?.[1];
    if (pc !== undefined) return { func: undefined, pc: Number.parseInt(pc, 16) };
  }
  return { func: { name: frame.func, file: frame.file, line: frame.line }, pc: 0 };
}

function bucketOf(record: RecordOfKind<'memProf'>): StoppedBucket {
  return {
    addr: record.id,
    size: record.size,
    allocs: record.allocs,
    frees: record.frees,
    stack: record.frames.map(bucketFrameOf),
  };
}

function memStatsOf(record: RecordOfKind<'memStats'>): MemStats {
  const names = recordTable[record.tag].fields.map((field) => field.name);
  const values = memStatsFields.map((field, i) => [field, record[names[i]!]] as const);
  return {
    ...(Object.fromEntries(values) as Omit<MemStats, 'PauseNs' | 'NumGC'>),
    PauseNs: [...record.pauseNs],
    NumGC: record.numGC,
  } as MemStats;
}

/**
 * Reads a dump of Go 1.22 into a world that can be written again, byte for byte.
 * @throws DumpError if it is broken, or holds what no such Go would write
 */
export function loadDump(input: DumpInput): StoppedWorld {
  const loader = new Loader();
  const reader = new DumpReader(loader, { maxContents });
  for (const chunk of input instanceof Uint8Array ? [input] : input) reader.push(chunk);
  reader.end();
  return loader.world();
}

/** As loadDump, for input that comes in time. */
export async function loadDumpAsync(input: AsyncDumpInput): Promise<StoppedWorld> {
  const loader = new Loader();
  const reader = new DumpReader(loader, { maxContents });
  for await (const chunk of input instanceof Uint8Array ? [input] : input) reader.push(chunk);
  reader.end();
  return loader.world();
}
