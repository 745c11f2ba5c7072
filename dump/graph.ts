/**
 * The object graph of a dump: who points to whom, what is alive, why, and what would die with it.
 *
 * Nodes are the objects, by their ordinals. A pointer into the middle of an object is a pointer to it; one that hits no object is no
 * edge. Roots are what the collector starts from: pointers of data and bss, of stack frames, queued finalizers; a registered
 * finalizer keeps its function and what its object points to, not the object.
 */
import { NumberList } from './byte-store.ts';
import { dominatorTree } from './dominators.ts';
import { type GraphRoot, RootReader } from './graph-roots.ts';
import { ObjectIndex } from './object-index.ts';
import type { AsyncDumpInput, DumpInput, DumpVisitor, ObjectView } from './reader.ts';
import { visitDump, visitDumpAsync } from './reader.ts';
import type { DumpRecord } from './records.ts';

/** How an object is reached: from a root, through objects, each pointing to the next. */
export interface RootChain {
  readonly root: GraphRoot;
  /** From the root's target to the object. */
  readonly objects: readonly number[];
}

class GraphBuilder implements DumpVisitor {
  readonly index = new ObjectIndex();
  /** Pointers of all objects, and where those of each object begin. */
  readonly pointers = new NumberList();
  readonly starts = new NumberList();
  readonly roots = new RootReader();

  defect(): void {}

  object(view: ObjectView): void {
    if (view.size === 0) return;
    this.index.add(Number(view.address), view.size);
    this.starts.push(this.pointers.length);
    for (let i = 0; i < view.pointerCount; i++) {
      const value = this.roots.pointerOf(view, i);
      if (value !== 0) this.pointers.push(value);
    }
  }

  record(record: Exclude<DumpRecord, { kind: 'object' }>): void {
    this.roots.record(record);
  }
}

const none = -1;

/** The graph, made by graphOfDump. Reachability and dominators are computed when they are first asked for. */
export class ObjectGraph {
  readonly index: ObjectIndex;
  readonly roots: readonly GraphRoot[];
  /** The targets of object i are edges[starts[i]] to edges[starts[i + 1]]. */
  readonly starts: Uint32Array;
  readonly edges: Uint32Array;
  #reach: { parent: Int32Array; root: Int32Array; order: Uint32Array } | undefined;
  #tree: { dominator: Int32Array; retained: Float64Array } | undefined;

  constructor(builder: GraphBuilder) {
    const { index, pointers, starts } = builder;
    this.index = index;
    this.starts = new Uint32Array(index.length + 1);
    const edges = new Uint32Array(pointers.length);
    let count = 0;
    for (let i = 0; i < index.length; i++) {
      this.starts[i] = count;
      const end = i + 1 < index.length ? starts.at(i + 1) : pointers.length;
      for (let p = starts.at(i); p < end; p++) {
        const target = index.find(pointers.at(p));
        if (target >= 0) edges[count++] = target;
      }
    }
    this.starts[index.length] = count;
    this.edges = edges.subarray(0, count);
    this.roots = builder.roots.resolve(index, (ordinal) => this.targets(ordinal));
  }

  /** Objects that object `ordinal` points to, one for each pointer; borrowed. */
  targets(ordinal: number): Uint32Array {
    return this.edges.subarray(this.starts[ordinal]!, this.starts[ordinal + 1]!);
  }

  isReachable(ordinal: number): boolean {
    return this.#reached().parent[ordinal] !== none;
  }

  /** Ordinals of all reachable objects, nearest to the roots first. */
  reachable(): Uint32Array {
    return this.#reached().order;
  }

  /** A shortest way from a root to an object; undefined if there is none. */
  rootChain(ordinal: number): RootChain | undefined {
    const { parent, root } = this.#reached();
    if (parent[ordinal] === none) return undefined;
    const objects = [ordinal];
    let at = ordinal;
    while (parent[at] !== at) {
      at = parent[at]!;
      objects.push(at);
    }
    objects.reverse();
    return { root: this.roots[root[at]!]!, objects };
  }

  /** Breadth first from the roots. A root's target is its own parent; an unreached object has none. */
  #reached() {
    if (this.#reach !== undefined) return this.#reach;
    const n = this.index.length;
    const parent = new Int32Array(n).fill(none);
    const root = new Int32Array(n).fill(none);
    const order = new Uint32Array(n);
    let length = 0;
    this.roots.forEach(({ target }, i) => {
      if (parent[target] !== none) return;
      parent[target] = target;
      root[target] = i;
      order[length++] = target;
    });
    for (let next = 0; next < length; next++) {
      const from = order[next]!;
      for (let e = this.starts[from]!; e < this.starts[from + 1]!; e++) {
        const to = this.edges[e]!;
        if (parent[to] !== none) continue;
        parent[to] = from;
        order[length++] = to;
      }
    }
    this.#reach = { parent, root, order: order.subarray(0, length) };
    return this.#reach;
  }

  /** The object that every way from the roots to this one passes last; -1 if there is none, or no way. */
  dominator(ordinal: number): number {
    return this.#dominators().dominator[ordinal]!;
  }

  /** Bytes that would die with an object: its own and of all that it dominates. 0 if it is not reachable. */
  retainedSize(ordinal: number): number {
    return this.#dominators().retained[ordinal]!;
  }

  #dominators() {
    this.#tree ??= this.#computeDominators();
    return this.#tree;
  }

  #computeDominators() {
    const { starts, edges } = this;
    const roots = Uint32Array.from(this.roots, ({ target }) => target);
    const { nodes, above } = dominatorTree({ starts, edges, roots });
    const dominator = new Int32Array(this.index.length).fill(none);
    const retained = new Float64Array(this.index.length);
    for (let i = nodes.length - 1; i >= 0; i--) {
      const ordinal = nodes[i]!;
      retained[ordinal]! += this.index.sizeOf(ordinal);
      if (above[i] === none) continue;
      const up = nodes[above[i]!]!;
      dominator[ordinal] = up;
      retained[up]! += retained[ordinal]!;
    }
    return { dominator, retained };
  }
}

/**
 * Reads a dump's object graph. Memory: some 8 bytes for each pointer and object, and one record's contents.
 * @throws DumpError
 */
export function graphOfDump(input: DumpInput): ObjectGraph {
  const builder = new GraphBuilder();
  visitDump(input, builder);
  return new ObjectGraph(builder);
}

/** As graphOfDump, for input that comes in time. */
export async function graphOfDumpAsync(input: AsyncDumpInput): Promise<ObjectGraph> {
  const builder = new GraphBuilder();
  await visitDumpAsync(input, builder);
  return new ObjectGraph(builder);
}
