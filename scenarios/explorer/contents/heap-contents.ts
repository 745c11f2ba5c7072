/** The bytes of a heap, as a dump has them: what is in its objects, who points to whom, who holds what. */
import {
  DumpReader,
  type ObjectView,
  type RecordOfKind,
  RootReader,
  visitDump,
} from '../../../dump/index.ts';
import { chainLinks } from '../../terminal/chain-links.ts';
import { type FinalizerInfo, finalizerOf, placesInDump } from '../../terminal/dump-places.ts';
import { insideText, type NamedGraph, rootText, whyJson } from '../../terminal/graph.ts';
import { Dominated } from './dominated.ts';
import type {
  AddressAnswer,
  HoldersAnswer,
  ObjectAnswer,
  ObjectRef,
  PointerOut,
  Referrer,
  RootRef,
  Some,
} from './questions.ts';

/** Bytes of an object that are told, and rows of a list. */
const maxBytes = 16_384;
const maxRows = 200;
const maxOffsets = 8;
const maxRoots = 5000;
const maxChain = 100;
const headerLength = 16;

type FinalizerRecord = RecordOfKind<'finalizer' | 'queuedFinalizer'>;

export class HeapContents {
  readonly dump: Uint8Array;
  readonly named: NamedGraph;
  /** Where in the dump the record of each object is. */
  readonly #records: Float64Array;
  readonly #finalizers: readonly FinalizerRecord[];
  readonly #roots = new RootReader();
  #dominated: Dominated | undefined;

  /** `named`: the graph of the dump. */
  constructor(dump: Uint8Array, named: NamedGraph) {
    this.dump = dump;
    this.named = named;
    const records = new Float64Array(this.named.graph.index.length);
    const finalizers: FinalizerRecord[] = [];
    let n = 0;
    visitDump(dump, {
      object: ({ size, offset }) => {
        if (size > 0) records[n++] = offset;
      },
      record: (record) => {
        if (record.kind === 'params') this.#roots.record(record);
        if (record.kind === 'finalizer' || record.kind === 'queuedFinalizer')
          finalizers.push(record);
      },
      defect() {},
    });
    this.#records = records;
    this.#finalizers = finalizers;
  }

  address(address: number): AddressAnswer {
    const ordinal = this.named.graph.index.find(address);
    const places = placesInDump(this.dump, address);
    return { object: ordinal < 0 ? undefined : this.#object(ordinal), places, is: undefined };
  }

  /** Who holds most, of all or of what one object holds. */
  holders(from: number | undefined): HoldersAnswer {
    this.#dominated ??= new Dominated(this.named);
    const ordinal = from === undefined ? -1 : this.named.graph.index.find(from);
    return this.#dominated.answer(ordinal);
  }

  /** What holds the heap's objects from outside, by kind and address. */
  roots(): Some<RootRef> {
    const { graph, globalAt } = this.named;
    const { roots } = graph;
    const rows = roots.slice(0, maxRoots).map((root) => ({
      text: rootText(root, globalAt),
      kind: root.kind,
      target: { ...this.#ref(root.target), retained: graph.retainedSize(root.target) },
    }));
    return { rows, count: roots.length };
  }

  #ref(ordinal: number): ObjectRef {
    const { graph, nameOf } = this.named;
    const address = graph.index.addressOf(ordinal);
    return { address, size: graph.index.sizeOf(ordinal), type: nameOf(address) };
  }

  #object(ordinal: number): ObjectAnswer {
    this.#dominated ??= new Dominated(this.named);
    const { graph, globalAt } = this.named;
    let bytes: Uint8Array = new Uint8Array(0);
    let pointers: Some<PointerOut> = { rows: [], count: 0 };
    this.#read(ordinal, (view) => {
      bytes = view.bytes.slice(view.start, view.start + Math.min(view.size, maxBytes));
      pointers = this.#pointers(view);
    });
    const roots = graph.roots.filter(({ target }) => target === ordinal);
    const why = whyJson(this.named, ordinal, maxChain);
    return {
      why,
      ...this.#links(why),
      chainLength: graph.rootChain(ordinal)?.objects.length ?? 0,
      bytes,
      pointers,
      referrers: this.#referrers(ordinal),
      roots: some(roots, (root) => rootText(root, globalAt)),
      dominated: some(this.#dominated.under(ordinal), (child) => ({
        ...this.#ref(child),
        retained: graph.retainedSize(child),
      })),
      finalizers: this.#finalizersOf(ordinal),
    };
  }

  /** Reads the record of one object. */
  #read(ordinal: number, visit: (view: ObjectView) => void): void {
    let isRead = false;
    const reader = new DumpReader({
      object(view) {
        if (!isRead) visit(view);
        isRead = true;
      },
      defect() {},
    });
    reader.push(this.dump.subarray(0, headerLength));
    const offset = this.#records[ordinal]!;
    const next = this.#records[ordinal + 1];
    reader.cursor.jump(offset, reader.cursor.counts.slice());
    for (let at = offset, step = 65_536; !isRead && at < this.dump.length; at += step) {
      step = next === undefined ? 65_536 : next - offset;
      reader.push(this.dump.subarray(at, at + step));
    }
  }

  #pointers(view: ObjectView): Some<PointerOut> {
    const { index } = this.named.graph;
    const rows: PointerOut[] = [];
    for (let i = 0; i < Math.min(view.pointerCount, maxRows); i++) {
      const value = this.#roots.pointerOf(view, i);
      const target = value === 0 ? -1 : index.find(value);
      rows.push({
        offset: view.pointers[i]!,
        value,
        target: target < 0 ? undefined : this.#ref(target),
      });
    }
    return { rows, count: view.pointerCount };
  }

  #referrers(ordinal: number): Some<Referrer> {
    const { graph } = this.named;
    const { starts, edges } = graph;
    const found: { from: number; pointers: number }[] = [];
    let count = 0;
    for (let from = 0; from < graph.index.length; from++) {
      let pointers = 0;
      for (let e = starts[from]!; e < starts[from + 1]!; e++) {
        if (edges[e] === ordinal) pointers++;
      }
      if (pointers === 0) continue;
      count++;
      if (found.length < maxRows) found.push({ from, pointers });
    }
    const rows = found.map(({ from, pointers }) => ({
      ...this.#ref(from),
      pointers,
      offsets: this.#offsets(from, ordinal),
    }));
    return { rows, count };
  }

  /** The pointers along a chain of which the middle may be left out: both ends of each. */
  #links({ root, chain }: ReturnType<typeof whyJson>): Pick<ObjectAnswer, 'via' | 'inside'> {
    if (root === undefined || chain === undefined) return { via: [], inside: [] };
    const links = chainLinks(this.dump, chain);
    const pointers = [root.pointer, ...links.map((link) => link?.pointer)];
    return {
      via: links.map((link) => link?.offset ?? -1),
      inside: chain.map(({ address }, i) => insideText(this.named, address, pointers[i])),
    };
  }

  /** Where in an object its pointers to another are. */
  #offsets(from: number, to: number): number[] {
    const offsets: number[] = [];
    this.#read(from, (view) => {
      for (let i = 0; i < view.pointerCount && offsets.length < maxOffsets; i++) {
        const value = this.#roots.pointerOf(view, i);
        if (value !== 0 && this.named.graph.index.find(value) === to)
          offsets.push(view.pointers[i]!);
      }
    });
    return offsets;
  }

  #finalizersOf(ordinal: number): FinalizerInfo[] {
    const { graph, funcAt } = this.named;
    const { index } = graph;
    return this.#finalizers
      .filter(({ address }) => index.find(Number(address)) === ordinal)
      .map((record) => finalizerOf(record, funcAt));
  }
}

function some<T, U>(all: ArrayLike<T>, of: (one: T) => U): Some<U> {
  const rows: U[] = [];
  for (let i = 0; i < Math.min(all.length, maxRows); i++) rows.push(of(all[i]!));
  return { rows, count: all.length };
}
