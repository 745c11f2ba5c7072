/**
 * V8's heap snapshot, for the Memory panel of Chrome and Edge.
 *
 * Node 0 is the synthetic root; each root of the program (a global's pointer, a word of a frame, a finalizer) is
 * a node of no size right below it, and points to its object. A node between, as V8 has for its own roots,
 * would make DevTools lose the distances of what hangs on it, and its dominators. All nodes are of type object:
 * DevTools adds sizes of others to their owners.
 *
 * DevTools scans the text in order, so the keys have V8's order; all numbers are below 2^32.
 */
import { type GraphRoot, graphOfDump } from '../../dump/index.ts';
import { Column } from '../timeline/column.ts';
import { Chunk } from './chunk.ts';
import { type HeapSource, type Outline, readEdges, readOutline } from './outline.ts';
import { plainText } from './plain-text.ts';

const nodeTypes = ['hidden', 'array', 'string', 'object', 'code', 'closure', 'regexp', 'number'];
const moreNodeTypes = ['native', 'synthetic', 'concatenated string', 'sliced string', 'symbol'];
const edgeTypes = ['context', 'element', 'property', 'internal', 'hidden', 'shortcut', 'weak'];
const nodeFields = ['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id'];

const meta = {
  node_fields: [...nodeFields, 'detachedness'],
  node_types: [
    [...nodeTypes, ...moreNodeTypes, 'bigint', 'object shape'],
    'string',
    ...Array.from({ length: 5 }, () => 'number'),
  ],
  edge_fields: ['type', 'name_or_index', 'to_node'],
  edge_types: [edgeTypes, 'string_or_number', 'node'],
  trace_function_info_fields: ['function_id', 'name', 'script_name', 'script_id', 'line', 'column'],
  trace_node_fields: ['id', 'function_info_index', 'count', 'size', 'children'],
  sample_fields: ['timestamp_us', 'last_assigned_id'],
  location_fields: ['object_index', 'script_id', 'line', 'column'],
};

const object = nodeTypes.indexOf('object');
const synthetic = nodeTypes.length + moreNodeTypes.indexOf('synthetic');
const elementEdge = edgeTypes.indexOf('element');
const propertyEdge = edgeTypes.indexOf('property');
const nodeFieldCount = meta.node_fields.length;

/** Bytes of text after which control is given back. */
const chunkBytes = 1 << 18;

export interface HeapSnapshotOptions {
  /** Leave out what no root reaches. */
  readonly liveOnly: boolean;
}

/** What is known when writing begins. */
interface Plan {
  readonly source: HeapSource;
  readonly outline: Outline;
  readonly roots: readonly GraphRoot[];
  /** Of each object. */
  readonly edgeCount: Column;
  /** For each object its node; 0 for one that is left out. */
  readonly nodeOf: (ordinal: number) => number;
  readonly nodes: number;
  readonly edges: number;
}

/**
 * The snapshot's text, in UTF-8; each piece is overwritten by the next. The dump is read three times. Memory:
 * some 2 to 6 bytes for each object, none for its pointers; with liveOnly the whole object graph.
 *
 * @throws DumpError
 */
export function* heapSnapshot(
  source: HeapSource,
  { liveOnly }: HeapSnapshotOptions,
): Generator<Uint8Array> {
  const plan = yield* planOf(source, liveOnly);
  const { nodes, edges, outline } = plan;
  const out = new Chunk();
  const counts = `"node_count":${nodes},"edge_count":${edges},"trace_function_count":0`;
  out.text(`{"snapshot":{"meta":${JSON.stringify(meta)},${counts}},\n"nodes":[`);
  yield* writeNodes(plan, out);
  out.text('],\n"edges":[');
  yield* writeEdges(plan, out);
  out.text('],\n"trace_function_infos":[],\n"trace_tree":[],\n"samples":[],\n"locations":[],\n');
  out.text('"strings":[');
  for (const [i, text] of outline.names.texts.entries()) {
    out.text(`${i === 0 ? '' : ',\n'}${JSON.stringify(plainText(text))}`);
    if (out.length >= chunkBytes) yield out.take();
  }
  out.text(']}\n');
  yield out.take();
}

function* planOf(source: HeapSource, liveOnly: boolean): Generator<Uint8Array, Plan> {
  const outline = yield* readOutline(source);
  const { index } = outline;
  const position = liveOnly ? livePositions(source) : undefined;
  const isKept = (ordinal: number): boolean => position === undefined || position[ordinal]! >= 0;
  const finalized = new Map<number, number[]>();
  for (const { object: at } of outline.roots.finalized) finalized.set(index.find(at), []);
  const edgeCount = new Column();
  let objects = 0;
  let edges = 0;
  let counted = 0;
  const flush = (): void => {
    edgeCount.push(counted);
    edges += counted;
    counted = 0;
  };
  yield* readEdges(source, outline, {
    object(ordinal) {
      if (ordinal > 0) flush();
      if (isKept(ordinal)) objects++;
    },
    edge(from, _, to) {
      if (isKept(from)) counted++;
      finalized.get(from)?.push(to);
    },
  });
  flush();
  const roots = outline.roots.resolve(index, (ordinal) => finalized.get(ordinal) ?? []);
  const first = 1 + roots.length;
  return {
    source,
    outline,
    roots,
    edgeCount,
    nodeOf:
      position === undefined
        ? (ordinal) => first + ordinal
        : (ordinal) => (position[ordinal]! < 0 ? 0 : first + position[ordinal]!),
    nodes: first + objects,
    edges: 2 * roots.length + edges,
  };
}

/** For each object its place among the reachable ones; -1 for one that is not. */
function livePositions(source: HeapSource): Int32Array {
  const graph = graphOfDump(source.chunks());
  let live = 0;
  return Int32Array.from({ length: graph.index.length }, (_, ordinal) =>
    graph.isReachable(ordinal) ? live++ : -1,
  );
}

function* writeNodes(plan: Plan, out: Chunk): Generator<Uint8Array> {
  const { source, outline, roots, edgeCount, nodeOf } = plan;
  const { index, names, nameOf } = outline;
  const node = (type: number, name: number, id: number, size: number, edges: number): void => {
    if (type !== synthetic) out.text('\n,');
    out.number(type);
    for (const value of [name, id, size, edges]) {
      out.text(',');
      out.number(value);
    }
    out.text(',0,0');
  };
  // Multiples of 4 are ids of nodes that are no objects.
  node(synthetic, names.id(''), 4, 0, roots.length);
  for (const [i, root] of roots.entries()) {
    node(object, names.id(source.naming.rootName(root)), 4 * (i + 2), 0, 1);
    if (out.length >= chunkBytes) yield out.take();
  }
  const idOf = source.naming.ids(index);
  for (let ordinal = 0; ordinal < index.length; ordinal++) {
    if (nodeOf(ordinal) === 0) continue;
    const size = index.sizeOf(ordinal);
    node(object, nameOf.at(ordinal), idOf(ordinal), size, edgeCount.at(ordinal));
    if (out.length >= chunkBytes) yield out.take();
  }
}

function* writeEdges(plan: Plan, out: Chunk): Generator<Uint8Array> {
  const { source, outline, roots, nodeOf } = plan;
  const { names } = outline;
  let first = true;
  const edge = (type: number, name: number, to: number): void => {
    if (!first) out.text('\n,');
    first = false;
    out.number(type);
    out.text(',');
    out.number(name);
    out.text(',');
    out.number(to * nodeFieldCount);
  };
  for (let i = 0; i < roots.length; i++) edge(elementEdge, i, 1 + i);
  const pointer = names.id('pointer');
  for (const { target } of roots) edge(propertyEdge, pointer, nodeOf(target));
  let address = 0;
  const object = (_: number, at: number): void => {
    address = at;
  };
  yield* readEdges(
    source,
    outline,
    {
      object,
      edge(from, offset, to) {
        if (nodeOf(from) === 0) return;
        const field = source.naming.fieldName(address, offset);
        if (field) edge(propertyEdge, names.id(field), nodeOf(to));
        else edge(elementEdge, offset, nodeOf(to));
      },
    },
    out,
  );
}
