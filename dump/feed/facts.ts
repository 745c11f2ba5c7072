/**
 * The facts of a dump: what a reader that is right says is in it. They are plain JSON; dump/feed/README.md and the manifest's
 * README describe each key.
 *
 * There are two ways to them that share only the names: of the records that a dump was made of, by the most naive graph
 * algorithms (factsOfRecords), and of its bytes, by the reader and ObjectGraph (factsOfDump).
 */
import { graphOfDump, type ObjectGraph } from '../graph.ts';
import { type DumpInput, ownObject, visitDump } from '../reader.ts';
import type { DumpRecord, RecordKind, RecordOfKind, Uint64 } from '../records.ts';
import { recordTable } from '../records.ts';
import { type Digest, type Fact, FactList, factList, factNumber, factText } from './fact-list.ts';

export type Facts = { readonly [name: string]: Fact };

/** What the facts say of the object graph; addresses are those of first bytes, lists rise by address. */
export interface FactGraph {
  readonly roots: Iterable<{ kind: string; object: Uint64 }>;
  readonly edges: Iterable<{ from: Uint64; to: Uint64 }>;
  readonly live: Iterable<Uint64>;
  readonly dominators: Iterable<{ object: Uint64; dominator: Uint64 | null; retained: number }>;
  /** First byte of the object that holds the address. */
  find(address: Uint64): Uint64 | null;
}

/** Objects at the beginning of the dump, besides the last one, that `find` asks about. */
const askedObjects = 16;

/** The value of a pointer at bytes[at…]; undefined where it does not lie within. */
export function pointerAt(
  bytes: Uint8Array,
  at: number,
  { pointerSize, bigEndian }: { pointerSize: number; bigEndian: boolean },
): Uint64 | undefined {
  if (!(at + pointerSize <= bytes.length)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, pointerSize);
  if (pointerSize === 4) return view.getUint32(0, !bigEndian);
  const value = view.getBigUint64(0, !bigEndian);
  return value <= 2n ** 53n ? Number(value) : value;
}

/** Gathers what the records say, record by record. */
export class RecordFacts {
  #target = { pointerSize: 8, bigEndian: false };
  #params: Fact = null;
  readonly #counts = new Map<RecordKind, number>();
  readonly #lists = {
    types: new FactList(),
    itabs: new FactList(),
    objects: new FactList(),
    otherRoots: new FactList(),
    threads: new FactList(),
    segments: new FactList(),
    finalizers: new FactList(),
    queuedFinalizers: new FactList(),
    profile: new FactList(),
    samples: new FactList(),
  };
  readonly #goroutines = new FactList();
  #open: { fields: Facts; frames: FactList; defers: FactList; panics: FactList } | undefined;
  #memStats: Fact = null;
  readonly #asked: { address: Uint64; size: number }[] = [];
  #last: { address: Uint64; size: number } | undefined;
  readonly #fields: (record: DumpRecord) => Facts;

  /** @param digest SHA-256, where there is a faster one than in TypeScript */
  constructor(digest?: Digest) {
    this.#fields = (record) => fieldsOf(record, digest);
  }

  add(record: DumpRecord): void {
    this.#counts.set(record.kind, (this.#counts.get(record.kind) ?? 0) + 1);
    const lists = this.#lists;
    switch (record.kind) {
      case 'params':
        this.#setParams(record);
        break;
      case 'object':
        this.#object(record);
        break;
      case 'otherRoot':
        lists.otherRoots.add(this.#fields(record));
        break;
      case 'type':
        lists.types.add(this.#fields(record));
        break;
      case 'goroutine':
        this.#closeGoroutine();
        this.#open = {
          fields: this.#fields(record),
          frames: new FactList(),
          defers: new FactList(),
          panics: new FactList(),
        };
        break;
      case 'stackFrame':
        this.#open?.frames.add({ ...this.#fields(record), ...this.#memory(record) });
        break;
      case 'defer':
        this.#open?.defers.add(this.#fields(record));
        break;
      case 'panic':
        this.#open?.panics.add(this.#fields(record));
        break;
      case 'finalizer':
        lists.finalizers.add(this.#fields(record));
        break;
      case 'queuedFinalizer':
        lists.queuedFinalizers.add(this.#fields(record));
        break;
      case 'itab':
        lists.itabs.add(this.#fields(record));
        break;
      case 'osThread':
        lists.threads.add(this.#fields(record));
        break;
      case 'dataSegment':
      case 'bss':
        lists.segments.add({
          kind: record.kind,
          ...this.#fields(record),
          ...this.#memory(record),
        });
        break;
      case 'memStats':
        this.#memStats = this.#fields(record);
        break;
      case 'memProf':
        lists.profile.add(this.#fields(record));
        break;
      case 'allocSample':
        lists.samples.add({
          address: factNumber(record.address),
          profile: factNumber(record.bucket),
        });
        break;
      case 'eof':
        break;
      default:
        record satisfies never;
    }
  }

  /** The facts, with what the graph says. */
  finish(bytes: number, graph: FactGraph): Facts {
    this.#closeGoroutine();
    if (this.#last !== undefined) this.#asked.push(this.#last);
    const records = recordTable
      .map(({ kind }) => [kind, this.#counts.get(kind) ?? 0] as const)
      .filter(([, count]) => count > 0);
    const { types, itabs, objects, ...others } = this.#lists;
    const values = (lists: Readonly<Record<string, FactList>>) =>
      Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, list.value()]));
    return {
      bytes,
      records: Object.fromEntries(records),
      params: this.#params,
      ...values({ types, itabs, objects, goroutines: this.#goroutines }),
      ...values(others),
      memStats: this.#memStats,
      ...graphFacts(graph, this.#asked),
    };
  }

  #setParams(record: RecordOfKind<'params'>): void {
    if (this.#params !== null) return;
    this.#params = this.#fields(record);
    const { bigEndian } = record;
    this.#target = { pointerSize: record.pointerSize === 4 ? 4 : 8, bigEndian };
  }

  #object(record: RecordOfKind<'object'>): void {
    this.#lists.objects.add({ address: factNumber(record.address), ...this.#memory(record) });
    const size = Number(record.size);
    if (size === 0) return;
    const place = { address: record.address, size };
    if (this.#asked.length < askedObjects) this.#asked.push(place);
    else this.#last = place;
  }

  #memory(record: RecordOfKind<'object' | 'stackFrame' | 'dataSegment' | 'bss'>): Facts {
    const pointers = record.pointers.map((offset): Fact => {
      const target = pointerAt(record.contents, Number(offset), this.#target);
      return {
        offset: factNumber(offset),
        target: target === undefined ? null : factNumber(target),
      };
    });
    return { size: factNumber(record.size), pointers: factList(pointers) };
  }

  #closeGoroutine(): void {
    if (this.#open === undefined) return;
    const { fields, frames, defers, panics } = this.#open;
    this.#goroutines.add({
      ...fields,
      frames: frames.value(),
      defers: defers.value(),
      panics: panics.value(),
    });
    this.#open = undefined;
  }
}

/** The fields of the table, without memory and its pointers. */
function fieldsOf(record: DumpRecord, digest: Digest | undefined): Facts {
  const values = record as unknown as Readonly<Record<string, unknown>>;
  const facts: Record<string, Fact> = {};
  for (const { name, type } of recordTable[record.tag].fields) {
    if (type !== 'memory' && type !== 'fieldList') facts[name] = factOf(values[name], digest);
  }
  return facts;
}

function factOf(value: unknown, digest: Digest | undefined): Fact {
  if (typeof value === 'number' || typeof value === 'bigint') return factNumber(value);
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string' || value instanceof Uint8Array) return factText(value, digest);
  if (Array.isArray(value)) return factList(value.map((each) => factOf(each, digest)));
  const entries = Object.entries(value as object).map(([name, part]) => [
    name,
    factOf(part, digest),
  ]);
  return Object.fromEntries(entries) as Facts;
}

function graphFacts(graph: FactGraph, asked: readonly { address: Uint64; size: number }[]): Facts {
  const number = (address: Uint64 | null) => (address === null ? null : factNumber(address));
  let liveBytes = 0;
  const dominators = new FactList();
  const live = new FactList();
  for (const address of graph.live) live.add(factNumber(address));
  for (const { object, dominator, retained } of graph.dominators) {
    if (dominator === null) liveBytes += retained;
    dominators.add({ object: factNumber(object), dominator: number(dominator), retained });
  }
  return {
    roots: factList(map(graph.roots, ({ kind, object }) => ({ kind, object: factNumber(object) }))),
    edges: factList(
      map(graph.edges, ({ from, to }) => ({ from: factNumber(from), to: factNumber(to) })),
    ),
    live: live.value(),
    liveBytes,
    find: findFacts(graph, asked),
    dominators: dominators.value(),
  };
}

function* map<A, B>(list: Iterable<A>, change: (entry: A) => B): Generator<B> {
  for (const entry of list) yield change(entry);
}

/** The first byte of objects, one in the middle, the last, and the one after it. */
function findFacts(
  graph: FactGraph,
  asked: readonly { address: Uint64; size: number }[],
): readonly Fact[] {
  const places = new Map<FactNumberKey, Uint64>();
  for (const { address, size } of asked) {
    for (const into of [0, size >> 1, size - 1, size]) {
      const place = BigInt(address) + BigInt(into);
      places.set(place.toString(), place <= 2n ** 53n ? Number(place) : place);
    }
  }
  return [...places.values()].map((address) => {
    const object = graph.find(address);
    return { address: factNumber(address), object: object === null ? null : factNumber(object) };
  });
}

type FactNumberKey = string;

/** What ObjectGraph says, as facts have it. */
function factGraphOf(graph: ObjectGraph): FactGraph {
  const { index } = graph;
  const address = (ordinal: number) => index.addressOf(ordinal);
  function* edges() {
    for (let from = 0; from < index.length; from++) {
      for (const to of graph.targets(from)) yield { from: address(from), to: address(to) };
    }
  }
  const live = [...graph.reachable()].sort((a, b) => address(a) - address(b) || a - b);
  function* dominators() {
    for (const ordinal of live) {
      const dominator = graph.dominator(ordinal);
      yield {
        object: address(ordinal),
        dominator: dominator < 0 ? null : address(dominator),
        retained: graph.retainedSize(ordinal),
      };
    }
  }
  return {
    roots: map(graph.roots, ({ kind, target }) => ({ kind, object: address(target) })),
    edges: edges(),
    live: map(live, address),
    dominators: dominators(),
    find(at) {
      const ordinal = typeof at === 'number' ? index.find(at) : -1;
      return ordinal < 0 ? null : address(ordinal);
    },
  };
}

/**
 * The facts of a dump by its bytes. It is read twice. What is wrong but can be read past is read past.
 *
 * @param dump its bytes, or what gives its chunks from the beginning each time
 * @param digest SHA-256, where there is a faster one than in TypeScript
 * @throws DumpError where it cannot be read
 */
export function factsOfDump(dump: Uint8Array | (() => DumpInput), digest?: Digest): Facts {
  const input = () => (dump instanceof Uint8Array ? dump : dump());
  const facts = new RecordFacts(digest);
  let bytes = 0;
  visitDump(input(), {
    object: (view) => facts.add(ownObject(view)),
    record: (record) => {
      facts.add(record);
      bytes = Number(record.offset) + Number(record.length);
    },
    defect() {},
  });
  return facts.finish(bytes, factGraphOf(graphOfDump(input())));
}
