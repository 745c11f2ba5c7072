/** The tree of dominators: what each object alone holds, largest first. */
import type { NamedGraph } from '../../terminal/graph.ts';
import type { HolderNode, HoldersAnswer, RetainedRef } from './questions.ts';

/** A part of the picture has at least this share of its bytes; smaller ones are told together. */
const smallest = 1 / 500;
const maxDepth = 12;
const maxObjects = 5000;

export class Dominated {
  readonly #named: NamedGraph;
  /** Objects by dominator: those of object i are order[starts[i]] to order[starts[i + 1]]; the last are those without one. */
  readonly #starts: Uint32Array;
  readonly #order: Uint32Array;

  constructor(named: NamedGraph) {
    this.#named = named;
    const { graph } = named;
    const n = graph.index.length;
    const starts = new Uint32Array(n + 2);
    const reachable = graph.reachable();
    const slotOf = (ordinal: number): number => {
      const dominator = graph.dominator(ordinal);
      return dominator < 0 ? n : dominator;
    };
    for (const ordinal of reachable) starts[slotOf(ordinal) + 1]!++;
    for (let i = 0; i <= n; i++) starts[i + 1]! += starts[i]!;
    const next = starts.slice();
    this.#order = new Uint32Array(reachable.length);
    for (const ordinal of reachable) this.#order[next[slotOf(ordinal)]!++] = ordinal;
    this.#starts = starts;
    this.#sort();
  }

  #sort(): void {
    const { graph } = this.#named;
    const { index } = graph;
    for (let i = 0; i + 1 < this.#starts.length; i++) {
      const part = this.#order.subarray(this.#starts[i]!, this.#starts[i + 1]!);
      if (part.length < 2) continue;
      part.sort(
        (a, b) =>
          graph.retainedSize(b) - graph.retainedSize(a) || index.addressOf(a) - index.addressOf(b),
      );
    }
  }

  /** Objects that this one dominates with none between; of -1 those that no object dominates. Borrowed. */
  under(ordinal: number): Uint32Array {
    const i = ordinal < 0 ? this.#starts.length - 2 : ordinal;
    return this.#order.subarray(this.#starts[i]!, this.#starts[i + 1]!);
  }

  answer(from: number): HoldersAnswer {
    const { graph } = this.#named;
    const reachable = graph.reachable();
    let reachableBytes = 0;
    for (const ordinal of reachable) reachableBytes += graph.index.sizeOf(ordinal);
    const whole = from < 0 ? reachableBytes : graph.retainedSize(from);
    return {
      from: from < 0 ? undefined : this.#ref(from),
      reachable: reachable.length,
      reachableBytes,
      tree: this.#nodes(from, whole * smallest, 1),
      objects: this.#largest(reachable),
    };
  }

  #largest(reachable: Uint32Array): HoldersAnswer['objects'] {
    const { graph } = this.#named;
    const { index } = graph;
    const ordered = Uint32Array.from(reachable).sort(
      (a, b) =>
        graph.retainedSize(b) - graph.retainedSize(a) || index.addressOf(a) - index.addressOf(b),
    );
    const rows = Array.from(ordered.subarray(0, maxObjects), (ordinal) => this.#ref(ordinal));
    return { rows, count: reachable.length };
  }

  #nodes(ordinal: number, least: number, depth: number): HolderNode[] {
    const { graph } = this.#named;
    const children = this.under(ordinal);
    let shown = 0;
    while (shown < children.length && graph.retainedSize(children[shown]!) >= least) shown++;
    if (shown === children.length - 1) shown++;
    const nodes: HolderNode[] = [];
    for (let i = 0; i < shown; i++) {
      const child = children[i]!;
      const deeper = depth < maxDepth ? this.#nodes(child, least, depth + 1) : [];
      nodes.push({ ...this.#ref(child), count: 1, children: deeper });
    }
    let retained = 0;
    for (const child of children.subarray(shown)) retained += graph.retainedSize(child);
    const count = children.length - shown;
    if (retained >= least) {
      nodes.push({ address: 0, size: 0, type: undefined, retained, count, children: [] });
    }
    return nodes;
  }

  #ref(ordinal: number): RetainedRef {
    const { graph, nameOf } = this.#named;
    const address = graph.index.addressOf(ordinal);
    return {
      address,
      size: graph.index.sizeOf(ordinal),
      type: nameOf(address),
      retained: graph.retainedSize(ordinal),
    };
  }
}
