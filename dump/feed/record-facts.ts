/**
 * The facts of a dump by the records that it was made of: nothing of the reader, of ObjectIndex or ObjectGraph has a part in
 * them. The graph algorithms are the simplest there are, for dumps of a few hundred objects.
 */
import type { DumpRecord, FieldSpec, Uint64 } from '../records.ts';
import { recordTable } from '../records.ts';
import type { RecordValues } from './encoder.ts';
import type { Digest } from './fact-list.ts';
import { type FactGraph, type Facts, pointerAt, RecordFacts } from './facts.ts';

function emptyValue(field: FieldSpec): unknown {
  switch (field.type) {
    case 'uvarint':
    case 'address':
      return 0;
    case 'bool':
      return false;
    case 'string':
      return '';
    case 'memory':
      return new Uint8Array(0);
    case 'fieldList':
    case 'repeat':
      return [];
    default:
      return field satisfies never;
  }
}

/** The record with all its fields, `size` too. */
function completed(record: RecordValues): DumpRecord {
  const spec = recordTable.find(({ kind }) => kind === record.kind)!;
  const fields: Record<string, unknown> = {
    ...{ kind: spec.kind, tag: spec.tag },
    ...{ offset: 0, length: 0, index: 0 },
  };
  for (const field of spec.fields) {
    let value = record[field.name] ?? emptyValue(field);
    if (field.type === 'bool') value = Boolean(value);
    if (field.type === 'repeat' && field.count !== 'declared') {
      value = [...(value as unknown[]), ...Array(field.count).fill(0)].slice(0, field.count);
    }
    if (field.type === 'memory') fields.size = (value as Uint8Array).length;
    fields[field.name] = value;
  }
  return fields as unknown as DumpRecord;
}

interface Node {
  readonly start: bigint;
  readonly end: bigint;
  readonly targets: bigint[];
}

const narrow = (value: bigint): Uint64 => (value <= 2n ** 53n ? Number(value) : value);

class NaiveGraph implements FactGraph {
  readonly #nodes: Node[] = [];
  readonly #roots: { kind: string; to: bigint }[] = [];
  readonly #finalizers: { object: bigint; funcval: bigint }[] = [];
  #target = { pointerSize: 8, bigEndian: false };

  add(record: DumpRecord): void {
    switch (record.kind) {
      case 'params':
        this.#target = {
          pointerSize: record.pointerSize === 4 ? 4 : 8,
          bigEndian: record.bigEndian,
        };
        break;
      case 'object': {
        const start = BigInt(record.address);
        const end = start + BigInt(record.size);
        if (end > start) this.#nodes.push({ start, end, targets: this.#pointers(record) });
        break;
      }
      case 'stackFrame':
        this.#addRoots('frame', this.#pointers(record));
        break;
      case 'dataSegment':
        this.#addRoots('data', this.#pointers(record));
        break;
      case 'bss':
        this.#addRoots('bss', this.#pointers(record));
        break;
      case 'otherRoot':
        this.#addRoots('otherRoot', [BigInt(record.address)]);
        break;
      case 'queuedFinalizer':
        this.#addRoots('queuedFinalizer', [BigInt(record.address), BigInt(record.funcval)]);
        break;
      case 'finalizer':
        this.#finalizers.push({ object: BigInt(record.address), funcval: BigInt(record.funcval) });
        break;
      default:
    }
  }

  #addRoots(kind: string, targets: readonly bigint[]): void {
    for (const to of targets) this.#roots.push({ kind, to });
  }

  #pointers(record: { contents: Uint8Array; pointers: readonly Uint64[] }): bigint[] {
    return record.pointers
      .map((offset) => BigInt(pointerAt(record.contents, Number(offset), this.#target) ?? 0))
      .filter((to) => to !== 0n);
  }

  #find(address: bigint): Node | undefined {
    return this.#nodes.find(({ start, end }) => start <= address && address < end);
  }

  find(address: Uint64): Uint64 | null {
    const node = this.#find(BigInt(address));
    return node === undefined ? null : narrow(node.start);
  }

  get #rootNodes(): { kind: string; node: Node }[] {
    const wanted = [...this.#roots];
    for (const { object, funcval } of this.#finalizers) {
      wanted.push({ kind: 'finalizer', to: funcval });
      for (const to of this.#find(object)?.targets ?? []) wanted.push({ kind: 'finalizer', to });
    }
    return wanted.flatMap(({ kind, to }) => {
      const node = this.#find(to);
      return node === undefined ? [] : [{ kind, node }];
    });
  }

  get roots() {
    return this.#rootNodes.map(({ kind, node }) => ({ kind, object: narrow(node.start) }));
  }

  get edges() {
    return this.#nodes.flatMap((node) =>
      node.targets
        .map((to) => this.#find(to))
        .filter((to) => to !== undefined)
        .map((to) => ({ from: narrow(node.start), to: narrow(to.start) })),
    );
  }

  /** What the roots reach when one node is taken away. */
  #reach(without?: Node): Set<Node> {
    const seen = new Set<Node>();
    const pending = this.#rootNodes.map(({ node }) => node);
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (node === without || seen.has(node)) continue;
      seen.add(node);
      for (const to of node.targets) {
        const next = this.#find(to);
        if (next !== undefined) pending.push(next);
      }
    }
    return seen;
  }

  get #alive(): Node[] {
    return [...this.#reach()].sort((a, b) => (a.start < b.start ? -1 : 1));
  }

  get live() {
    return this.#alive.map(({ start }) => narrow(start));
  }

  /** A node dominates what is out of reach without it. */
  get dominators() {
    const alive = this.#alive;
    const dominated = new Map(
      alive.map((node) => {
        const reach = this.#reach(node);
        return [node, new Set(alive.filter((other) => !reach.has(other)))];
      }),
    );
    return alive.map((node) => {
      const above = alive.filter((other) => other !== node && dominated.get(other)!.has(node));
      const nearest = above.find((one) => above.every((other) => dominated.get(other)!.has(one)));
      let retained = 0;
      for (const { start, end } of dominated.get(node)!) retained += Number(end - start);
      return {
        object: narrow(node.start),
        dominator: nearest === undefined ? null : narrow(nearest.start),
        retained,
      };
    });
  }
}

/** The facts of the dump of `bytes` bytes that was made of these records. */
export function factsOfRecords(
  records: Iterable<RecordValues>,
  bytes: number,
  digest?: Digest,
): Facts {
  const facts = new RecordFacts(digest);
  const graph = new NaiveGraph();
  for (const loose of records) {
    const record = completed(loose);
    facts.add(record);
    graph.add(record);
  }
  return facts.finish(bytes, graph);
}
