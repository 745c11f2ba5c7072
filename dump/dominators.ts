/** Dominators of a graph with several roots. */

/** A directed graph: the targets of node i are edges[starts[i]] to edges[starts[i + 1]]. */
export interface DirectedGraph {
  readonly starts: Uint32Array;
  readonly edges: Uint32Array;
  readonly roots: Iterable<number>;
}

export interface DominatorTree {
  /** What the roots reach, each node after its dominator. */
  readonly nodes: Uint32Array;
  /** For each of them the position in `nodes` of its dominator; -1 if only the roots together dominate it. */
  readonly above: Int32Array;
}

/** Depth-first numbers from 1 on; 0 stands for the roots together. */
interface Numbering {
  readonly count: number;
  /** Node of each number. */
  readonly nodes: Uint32Array;
  /** Number of the node from which each was reached. */
  readonly parent: Int32Array;
  /** Number of each node; 0 if it was not reached. */
  readonly numberOf: Uint32Array;
}

function depthFirst({ starts, edges, roots }: DirectedGraph): Numbering {
  const n = starts.length - 1;
  const numberOf = new Uint32Array(n);
  const nodes = new Uint32Array(n + 1);
  const parent = new Int32Array(n + 1);
  const stack = new Uint32Array(n + 1);
  const cursor = new Uint32Array(n);
  let count = 0;
  const enter = (node: number, from: number): void => {
    numberOf[node] = ++count;
    nodes[count] = node;
    parent[count] = from;
    cursor[node] = starts[node]!;
  };
  for (const root of roots) {
    if (numberOf[root] !== 0) continue;
    let depth = 0;
    enter(root, 0);
    stack[0] = root;
    while (depth >= 0) {
      const at = stack[depth]!;
      const edge = cursor[at]!;
      if (edge === starts[at + 1]) {
        depth--;
        continue;
      }
      cursor[at] = edge + 1;
      const to = edges[edge]!;
      if (numberOf[to] !== 0) continue;
      enter(to, numberOf[at]!);
      stack[++depth] = to;
    }
  }
  return { count, nodes, parent, numberOf };
}

/** The edges between numbered nodes turned round, roots as edges from 0. */
function predecessors(graph: DirectedGraph, { count, nodes, numberOf }: Numbering) {
  const into = new Uint32Array(count + 3);
  const each = (visit: (from: number, to: number) => void): void => {
    for (const root of graph.roots) visit(0, numberOf[root]!);
    for (let from = 1; from <= count; from++) {
      const node = nodes[from]!;
      for (let e = graph.starts[node]!; e < graph.starts[node + 1]!; e++) {
        visit(from, numberOf[graph.edges[e]!]!);
      }
    }
  };
  each((_, to) => {
    into[to + 2]!++;
  });
  for (let i = 2; i < into.length; i++) into[i]! += into[i - 1]!;
  const sources = new Uint32Array(into[into.length - 1]!);
  each((from, to) => {
    sources[into[to + 1]!++] = from;
  });
  return { into, sources };
}

/** The forest of Lengauer and Tarjan: finds the number of least semidominator on the way up, and shortens the way. */
class Forest {
  readonly semi: Int32Array;
  readonly #ancestor: Int32Array;
  readonly #label: Int32Array;
  readonly #path: Int32Array;

  constructor(count: number) {
    this.semi = Int32Array.from({ length: count + 1 }, (_, i) => i);
    this.#label = this.semi.slice();
    this.#ancestor = new Int32Array(count + 1).fill(-1);
    this.#path = new Int32Array(count + 1);
  }

  link(parent: number, child: number): void {
    this.#ancestor[child] = parent;
  }

  least(node: number): number {
    const ancestor = this.#ancestor;
    const label = this.#label;
    const path = this.#path;
    let length = 0;
    let at = node;
    while (ancestor[at]! >= 0 && ancestor[ancestor[at]!]! >= 0) {
      path[length++] = at;
      at = ancestor[at]!;
    }
    while (length > 0) {
      const below = path[--length]!;
      const above = ancestor[below]!;
      if (this.semi[label[above]!]! < this.semi[label[below]!]!) label[below] = label[above]!;
      ancestor[below] = ancestor[above]!;
    }
    return label[node]!;
  }
}

/**
 * For each node that the roots reach, the node that every way to it passes last (Lengauer, Tarjan: A Fast Algorithm for
 * Finding Dominators in a Flowgraph). Time is that of sorting the edges, whatever the shape of the graph.
 */
export function dominatorTree(graph: DirectedGraph): DominatorTree {
  const numbering = depthFirst(graph);
  const { count, nodes, parent } = numbering;
  const { into, sources } = predecessors(graph, numbering);
  const forest = new Forest(count);
  const { semi } = forest;
  const dominator = new Int32Array(count + 1);
  /** Nodes by semidominator, as linked lists. */
  const first = new Int32Array(count + 1);
  const next = new Int32Array(count + 1);
  for (let node = count; node > 0; node--) {
    for (let e = into[node]!; e < into[node + 1]!; e++) {
      const candidate = semi[forest.least(sources[e]!)]!;
      if (candidate < semi[node]!) semi[node] = candidate;
    }
    next[node] = first[semi[node]!]!;
    first[semi[node]!] = node;
    const above = parent[node]!;
    forest.link(above, node);
    for (let one = first[above]!; one !== 0; one = next[one]!) {
      const least = forest.least(one);
      dominator[one] = semi[least]! < semi[one]! ? least : above;
    }
    first[above] = 0;
  }
  for (let node = 1; node <= count; node++) {
    if (dominator[node] !== semi[node]) dominator[node] = dominator[dominator[node]!]!;
  }
  return {
    nodes: nodes.subarray(1, count + 1),
    above: dominator.subarray(1).map((number) => number - 1),
  };
}
