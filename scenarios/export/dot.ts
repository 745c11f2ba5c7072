/**
 * The object graph for Graphviz: roots as hexagons, frames as rectangles, objects as ellipses. A real heap is far too
 * large to draw, so only some objects are: from the roots on, always the one that keeps most memory alive among those
 * that hang on what is drawn.
 */
import { type GraphRoot, graphOfDump, type ObjectGraph } from '../../dump/index.ts';
import { count, counted, cut, hex } from '../format.ts';
import { type HeapSource, readEdges, readOutline } from './outline.ts';
import { plainText } from './plain-text.ts';

export interface DotOptions {
  /** Objects that are drawn at most. */
  readonly nodes: number;
  /** Draw what hangs on the object at this address alone. */
  readonly root?: number | undefined;
  /** Pointers that are followed from the roots, or from that object, at most. */
  readonly depth?: number | undefined;
}

/** No object lies at the address that was to be the root. */
export class NoSuchObject extends Error {
  override readonly name = 'NoSuchObject';
}

const longestLine = 100;

/** A quoted string of the language, in which nothing is markup, an escape or an entity. */
export function quoted(...lines: readonly (string | Uint8Array)[]): string {
  const escaped = lines.map((line) =>
    cut(plainText(line), longestLine)
      .replaceAll('\\', '\\\\')
      .replaceAll('"', '\\"')
      .replaceAll('&', '&amp;'),
  );
  return `"${escaped.join('\\n')}"`;
}

/** Takes objects by the memory that they retain, most first. */
class Frontier {
  /** A binary heap: no element comes before the one at half its position. */
  readonly #heap: { readonly ordinal: number; readonly depth: number; readonly key: number }[] = [];
  readonly #graph: ObjectGraph;

  constructor(graph: ObjectGraph) {
    this.#graph = graph;
  }

  push(ordinal: number, depth: number): void {
    const heap = this.#heap;
    const one = { ordinal, depth, key: this.#graph.retainedSize(ordinal) };
    let at = heap.push(one) - 1;
    while (at > 0 && before(one, heap[(at - 1) >> 1]!)) {
      heap[at] = heap[(at - 1) >> 1]!;
      at = (at - 1) >> 1;
    }
    heap[at] = one;
  }

  pop(): { readonly ordinal: number; readonly depth: number } | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++;
      if (!before(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return top;
  }
}

type Ranked = { readonly ordinal: number; readonly key: number };

function before(a: Ranked, b: Ranked): boolean {
  return a.key > b.key || (a.key === b.key && a.ordinal < b.ordinal);
}

/** The objects to draw, in the order in which they were chosen. */
function chosen(graph: ObjectGraph, start: Iterable<number>, options: DotOptions): Set<number> {
  const frontier = new Frontier(graph);
  const seen = new Set<number>();
  const meet = (ordinal: number, depth: number): void => {
    if (seen.has(ordinal) || depth > (options.depth ?? Number.POSITIVE_INFINITY)) return;
    seen.add(ordinal);
    frontier.push(ordinal, depth);
  };
  for (const ordinal of start) meet(ordinal, 0);
  const objects = new Set<number>();
  while (objects.size < options.nodes) {
    const next = frontier.pop();
    if (next === undefined) break;
    objects.add(next.ordinal);
    for (const to of graph.targets(next.ordinal)) meet(to, next.depth + 1);
  }
  return objects;
}

interface Arrow {
  readonly to: number;
  readonly label: string;
  /** Bytes from the object's beginning to where the pointer points. */
  readonly into: number;
}

/** The text of the drawing. The dump is read three times. @throws DumpError @throws {NoSuchObject} */
export function* dotFile(source: HeapSource, options: DotOptions): Generator<Uint8Array, string> {
  const outline = yield* readOutline(source);
  const graph = graphOfDump(source.chunks());
  const { index } = graph;
  const only = options.root === undefined ? undefined : index.find(options.root);
  if (only === -1) {
    throw new NoSuchObject(`no object of the heap is at ${hex(options.root!)}`);
  }
  const start = only === undefined ? graph.roots.map(({ target }) => target) : [only];
  const objects = chosen(graph, start, options);
  const arrows = new Map<number, Arrow[]>();
  const hidden = new Map<number, number>();
  for (const ordinal of objects) arrows.set(ordinal, []);
  let address = 0;
  yield* readEdges(source, outline, {
    object(_, at) {
      address = at;
    },
    edge(from, offset, to, value) {
      const list = arrows.get(from);
      if (list === undefined) return;
      if (!objects.has(to)) hidden.set(from, (hidden.get(from) ?? 0) + 1);
      else {
        const label = source.naming.fieldName(address, offset) ?? `+${offset}`;
        list.push({ to, label, into: value - index.addressOf(to) });
      }
    },
  });
  const lines = ['digraph heap {', '  rankdir=LR;', '  node [fontname="monospace"];'];
  lines.push(`  label=${titleOf(source, graph, objects.size)};`);
  if (only === undefined) lines.push(...rootLines(source, graph.roots, objects));
  for (const ordinal of objects) {
    const name = outline.names.texts[outline.nameOf.at(ordinal)]!;
    const more = hidden.get(ordinal);
    const retained = graph.retainedSize(ordinal);
    const texts = [
      name,
      `${hex(index.addressOf(ordinal))}, ${count(index.sizeOf(ordinal))} B`,
      retained === 0 ? 'nothing holds it' : `retains ${count(retained)} B`,
      ...(more === undefined ? [] : [`${counted(more, 'pointer')} to what is not drawn`]),
    ];
    lines.push(`  o${ordinal} [label=${quoted(...texts)}];`);
  }
  for (const [from, list] of arrows) {
    for (const { to, label, into } of list) {
      const head = into === 0 ? '' : `, headlabel=${quoted(`+${into}`)}`;
      lines.push(`  o${from} -> o${to} [label=${quoted(label)}${head}];`);
    }
  }
  lines.push('}', '');
  return lines.join('\n');
}

function titleOf(source: HeapSource, graph: ObjectGraph, drawn: number): string {
  const reached = graph.reachable().length;
  return quoted(
    source.title,
    `${count(drawn)} of ${counted(reached, 'object')} that roots reach are drawn`,
  );
}

/** Roots that lead to what is drawn; the pointers of one frame are one rectangle. */
function rootLines(
  source: HeapSource,
  roots: readonly GraphRoot[],
  objects: ReadonlySet<number>,
): string[] {
  const lines: string[] = [];
  const frames = new Map<string, string>();
  roots.forEach((root, i) => {
    if (!objects.has(root.target)) return;
    const name = source.naming.rootName(root);
    let id = `r${i}`;
    if (root.kind === 'frame') {
      const frame = name.replace(/, at 0x[0-9a-f]+$/, '');
      const known = frames.get(frame);
      id = known ?? id;
      if (known === undefined) {
        frames.set(frame, id);
        lines.push(`  ${id} [shape=rectangle, label=${quoted(frame)}];`);
      }
    } else lines.push(`  ${id} [shape=hexagon, label=${quoted(name)}];`);
    const label = root.kind === 'frame' ? ` [label=${quoted(hex(root.address))}]` : '';
    lines.push(`  ${id} -> o${root.target}${label};`);
  });
  return lines;
}
