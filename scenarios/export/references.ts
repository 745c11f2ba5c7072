/**
 * Who holds what, as a profile: an object's stack is the chain by which a root reaches it, so that pprof's views by
 * caller are views by holder. The value of a stack is what lies at its end.
 */
import { type GraphRoot, graphOfDump, type ObjectGraph } from '../../dump/index.ts';
import { Strings } from '../timeline/column.ts';
import { type HeapSource, type Outline, readEdges, readOutline } from './outline.ts';
import { plainText } from './plain-text.ts';
import type { ProfileFrame, ProfileSample, ProfileShape } from './pprof.ts';

export function referenceShape(comments: readonly string[]): ProfileShape {
  return {
    sampleTypes: [
      ['inuse_objects', 'count'],
      ['inuse_space', 'bytes'],
    ],
    shownFirst: 1,
    period: 1,
    comments,
  };
}

/** Frames of a chain. What hangs on longer ones counts at their end. */
const maxChain = 128;

/** Chains that read alike, as a tree: a node is a frame and the one that holds it. */
class Chains {
  readonly parent: number[] = [];
  readonly frame: number[] = [];
  readonly depth: number[] = [];
  readonly #byKey = new Map<number, Map<number, number>>();

  /** The chain `parent` (-1 for none) longer by a frame; the same one where the frame is its last, as in a list. */
  longer(parent: number, frame: number): number {
    if (parent >= 0 && (this.frame[parent] === frame || this.depth[parent]! >= maxChain)) {
      return parent;
    }
    return this.with(parent, frame);
  }

  /** The chain with a frame at its end. */
  with(parent: number, frame: number): number {
    let children = this.#byKey.get(parent);
    if (children === undefined) {
      children = new Map();
      this.#byKey.set(parent, children);
    }
    let node = children.get(frame);
    if (node === undefined) {
      node = this.parent.push(parent) - 1;
      this.frame.push(frame);
      this.depth.push(parent < 0 ? 1 : this.depth[parent]! + 1);
      children.set(frame, node);
    }
    return node;
  }

  /** The frames, that of the object first. */
  frames(node: number): number[] {
    const frames: number[] = [];
    for (let at = node; at >= 0; at = this.parent[at]!) frames.push(this.frame[at]!);
    return frames;
  }
}

/** How a breadth-first search from the roots comes to each object. */
interface Tree {
  /** The object before; itself for a root's target; -1 for one that is not reached. */
  readonly parent: Int32Array;
  /** The root of a root's target. */
  readonly root: Int32Array;
  /** Objects, each after its parent. */
  readonly order: Uint32Array;
}

function treeOf(graph: ObjectGraph): Tree {
  const { length } = graph.index;
  const parent = new Int32Array(length).fill(-1);
  const root = new Int32Array(length).fill(-1);
  const order = graph.reachable();
  graph.roots.forEach(({ target }, i) => {
    if (parent[target] !== -1) return;
    parent[target] = target;
    root[target] = i;
  });
  for (const from of order) {
    for (const to of graph.targets(from)) if (parent[to] === -1) parent[to] = from;
  }
  return { parent, root, order };
}

/** The words of roots without addresses, so that the words of one frame are one. */
function rootFrame(source: HeapSource, root: GraphRoot): string {
  return source.naming.rootName(root).replace(/,? (at|of) 0x[0-9a-f]+$/, '');
}

/**
 * A sample for each chain and size of slot. The dump is read three times; memory: some 50 bytes for each object.
 *
 * @throws DumpError
 */
export function* references(
  source: HeapSource,
  { liveOnly }: { readonly liveOnly: boolean },
): Generator<Uint8Array, ProfileSample[]> {
  const outline = yield* readOutline(source);
  const graph = graphOfDump(source.chunks());
  const tree = treeOf(graph);
  const frames = new Strings();
  const edgeFrame = yield* edgeFrames(source, outline, tree, frames);
  const chains = new Chains();
  /** The chain that holds each object. */
  const chainOf = new Int32Array(graph.index.length);
  const tally = new Map<string, { chain: number; size: number; count: number }>();
  const nameOf = (ordinal: number): string => outline.names.texts[outline.nameOf.at(ordinal)]!;
  const add = (holder: number, ordinal: number): void => {
    const chain = chains.with(holder, frames.id(nameOf(ordinal)));
    const size = graph.index.sizeOf(ordinal);
    const key = `${chain} ${size}`;
    const known = tally.get(key);
    if (known !== undefined) known.count++;
    else tally.set(key, { chain, size, count: 1 });
  };
  for (const ordinal of tree.order) {
    const root = tree.root[ordinal]!;
    chainOf[ordinal] =
      root >= 0
        ? chains.longer(-1, frames.id(rootFrame(source, graph.roots[root]!)))
        : chains.longer(chainOf[tree.parent[ordinal]!]!, edgeFrame[ordinal]!);
    add(chainOf[ordinal], ordinal);
  }
  const nobody = chains.longer(-1, frames.id('(nothing)'));
  for (let ordinal = 0; !liveOnly && ordinal < graph.index.length; ordinal++) {
    if (tree.parent[ordinal] === -1) add(nobody, ordinal);
  }
  return [...tally.values()].map(({ chain, size, count }) => ({
    frames: chains.frames(chain).map((id): ProfileFrame => frameOf(frames.texts[id]!)),
    values: [count, count * size],
    labels: [{ key: 'bytes', number: size, unit: 'bytes' }],
  }));
}

function frameOf(text: string): ProfileFrame {
  return { func: plainText(text), file: '', line: 0 };
}

/** For each object that another one leads to, the frame that names the field. */
function* edgeFrames(
  source: HeapSource,
  outline: Outline,
  { parent }: Tree,
  frames: Strings,
): Generator<Uint8Array, Uint32Array> {
  const { names, nameOf } = outline;
  const frameOf = new Uint32Array(parent.length);
  let address = 0;
  yield* readEdges(source, outline, {
    object(_, at) {
      address = at;
    },
    edge(from, offset, to) {
      if (parent[to] !== from || frameOf[to] !== 0) return;
      const field = fieldText(source.naming.fieldName(address, offset), offset);
      frameOf[to] = frames.id(`${names.texts[nameOf.at(from)]}${field}`);
    },
  });
  return frameOf;
}

/** Offsets that are told apart where fields have no names. */
const mostOffsets = 512;

/** `.next`; elements of an array are one. */
function fieldText(field: string | undefined, offset: number): string {
  if (field === undefined) return `+${offset < mostOffsets ? offset : '…'}`;
  const text = field.replaceAll(/\[(\d+|…)\]/g, '[…]');
  return text === '' || text.startsWith('[') ? text : `.${text}`;
}
