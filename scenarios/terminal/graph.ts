/** `why`, `roots`, `objects` and `dom`: who holds what. */
import {
  type GraphRoot,
  graphOfDump,
  type ObjectGraph,
  RootReader,
  visitDump,
} from '../../dump/index.ts';
import { mallocHeaderSize } from '../../sim/mbitmap.ts';
import { maxSmallSize } from '../../sim/sizeclasses.ts';
import { count, counted, hex, printable, table } from '../format.ts';
import { chainLinks } from './chain-links.ts';
import { DumpTypes } from './dump-types.ts';

/** A name for an object, where one is known. */
export type NameOf = (address: number) => string | undefined;

/** A graph with what is needed to say it in words. */
export interface NamedGraph {
  readonly graph: ObjectGraph;
  readonly nameOf: NameOf;
  /** A global variable's name by an address in it. */
  readonly globalAt: NameOf;
  /** Bytes of malloc header before the object whose slot begins at an address. */
  readonly headerAt: (address: number) => number;
  /** What lies at an offset of a slot: `.next`, `[3].name`; undefined where it has no name. */
  readonly fieldAt: (address: number, offset: number) => string | undefined;
  /** The function whose code begins at an address. */
  readonly funcAt: NameOf;
}

/** Names for what is in a graph. */
type Names = Omit<NamedGraph, 'graph'>;

/** Adds up what several passes over a dump's bytes tell. */
export function namedGraph(dump: Uint8Array, names: Names): NamedGraph {
  return { graph: graphOfDump(dump), ...names };
}

/**
 * The graph of a dump whose program is not at hand. Types are known of objects with a malloc header alone, if an itab
 * names the type; functions if a stack has a frame of them.
 *
 * @throws {DumpError}
 */
export function dumpGraph(dump: Uint8Array): NamedGraph {
  const types = new DumpTypes(printable);
  const names = new Map<number, string>();
  const headed = new Set<number>();
  const funcs = new Map<number, string>();
  const roots = new RootReader();
  visitDump(dump, {
    object(view) {
      if (view.pointerCount === 0 || view.size <= roots.width * roots.width * 8) return;
      const header = view.pointers[0] === 0 ? 0 : roots.wordOf(view, 0);
      const type = types.inSlot(header, view.size);
      if (type !== undefined && header !== 0) names.set(Number(view.address), type);
      // Larger objects have a span of their own and no header.
      if (header !== 0 && view.size <= maxSmallSize) headed.add(Number(view.address));
    },
    record(record) {
      if (record.kind === 'params') roots.record(record);
      if (record.kind === 'type') types.add(record);
      if (record.kind === 'stackFrame') {
        funcs.set(Number(record.entryPC), printable(record.name));
      }
    },
    defect() {},
  });
  return namedGraph(dump, {
    nameOf: (at) => names.get(at),
    globalAt: () => undefined,
    headerAt: (at) => (headed.has(at) ? mallocHeaderSize : 0),
    fieldAt: () => undefined,
    funcAt: (pc) => funcs.get(pc),
  });
}

/** `global main.head at 0x6051a0`, `goroutine 1, main.build, at 0xc0000326e8`. */
export function rootText(root: GraphRoot, globalAt: NameOf): string {
  const at = hex(root.address);
  const name = root.name === undefined ? '' : printable(root.name);
  switch (root.kind) {
    case 'data':
    case 'bss': {
      const variable = globalAt(root.address);
      return `${variable === undefined ? root.kind : `global ${variable}`} at ${at}`;
    }
    case 'frame':
      return `frame of ${name}, goroutine ${root.goroutine}, at ${at}`;
    case 'finalizer':
      return `finalizer of ${at}`;
    case 'queuedFinalizer':
      return `queued finalizer of ${at}`;
    case 'otherRoot':
      return `root: ${name}`;
    default:
      return root.kind satisfies never;
  }
}

/** An object; one that `pointer` does not hit where it begins with how far in it does. */
function objectText(named: NamedGraph, ordinal: number, pointer?: number): string {
  const { graph, nameOf } = named;
  const address = graph.index.addressOf(ordinal);
  const name = nameOf(address);
  return `${hex(address)}${insideText(named, address, pointer)}  ${count(graph.index.sizeOf(ordinal))} B${name === undefined ? '' : `  ${name}`}`;
}

/** `+8000` for a pointer into the middle of the object in the slot at `address`; empty for one to where it begins. */
export function insideText(
  { headerAt }: Pick<NamedGraph, 'headerAt'>,
  address: number,
  pointer: number | undefined,
): string {
  if (pointer === undefined || pointer === address) return '';
  return pointer === address + headerAt(address) ? '' : `+${pointer - address}`;
}

/** How long a chain is before its middle is left out. */
const maxChain = 16;

/** The shortest way from a root to an object, and what would die with it. */
export function whyLines(named: NamedGraph, ordinal: number, dump: Uint8Array): string[] {
  const { graph, globalAt, fieldAt } = named;
  const chain = graph.rootChain(ordinal);
  if (chain === undefined) {
    return [
      `${objectText(named, ordinal)}`,
      '  nothing holds it: the next collection frees it, its slot when its span is swept',
    ];
  }
  const lines = [rootText(chain.root, globalAt)];
  const { objects } = chain;
  const links = chainLinks(dump, extentsOf(graph, objects));
  const skipped = objects.length > maxChain ? objects.length - maxChain : 0;
  objects.forEach((object, i) => {
    if (skipped > 0 && i === maxChain / 2) lines.push(`    … ${counted(skipped, 'object')} more`);
    if (skipped > 0 && i >= maxChain / 2 && i < maxChain / 2 + skipped) return;
    const link = links[i - 1];
    const field = link && fieldAt(graph.index.addressOf(objects[i - 1]!), link.offset);
    const by = field === undefined ? '' : `${field} `;
    const pointer = i === 0 ? chain.root.pointer : link?.pointer;
    lines.push(`  ${by}-> ${objectText(named, object, pointer)}`);
  });
  lines.push('', ...table(holdingRows(named, ordinal)));
  return lines;
}

function extentsOf({ index }: ObjectGraph, objects: readonly number[]) {
  return objects.map((o) => ({ address: index.addressOf(o), size: index.sizeOf(o) }));
}

/** Why no object dominates one that is reached through so many objects, itself included; 0 for one that is not. */
export function noDominator(chainLength: number): string {
  return chainLength === 1
    ? 'none: held by a root directly'
    : 'none: no one object is on every way to it';
}

function holdingRows(named: NamedGraph, ordinal: number): string[][] {
  const { graph } = named;
  const dominator = graph.dominator(ordinal);
  const rows = [
    ['retains', `${count(graph.retainedSize(ordinal))} B would die with it, itself included`],
    [
      'dominator',
      dominator < 0
        ? noDominator(graph.rootChain(ordinal)?.objects.length ?? 0)
        : objectText(named, dominator),
    ],
  ];
  return rows;
}

/** An object as data. */
interface ObjectJson {
  readonly address: number;
  readonly size: number;
  readonly type: string | undefined;
}

/** Who holds an object, as data. */
interface WhyJson {
  readonly object: ObjectJson;
  readonly reachable: boolean;
  readonly root: (GraphRoot & { readonly text: string }) | undefined;
  readonly chain: readonly ObjectJson[] | undefined;
  readonly retained: number;
  readonly dominator: ObjectJson | undefined;
}

/** The pointers of the chain of {@link whyJson}, each with the name of the field that it is in. */
export function linksJson({ graph, fieldAt }: NamedGraph, ordinal: number, dump: Uint8Array) {
  const chain = extentsOf(graph, graph.rootChain(ordinal)?.objects ?? []);
  return chainLinks(dump, chain).map(
    (link, i) => link && { ...link, field: fieldAt(chain[i]!.address, link.offset) },
  );
}

/** A chain as data; of one that is longer than `longest` both ends alone. */
export function whyJson(
  named: NamedGraph,
  ordinal: number,
  longest = Number.POSITIVE_INFINITY,
): WhyJson {
  const { graph, globalAt, nameOf } = named;
  const chain = graph.rootChain(ordinal);
  const object = (o: number): ObjectJson => ({
    address: graph.index.addressOf(o),
    size: graph.index.sizeOf(o),
    type: nameOf(graph.index.addressOf(o)),
  });
  const dominator = graph.dominator(ordinal);
  return {
    object: object(ordinal),
    reachable: chain !== undefined,
    root: chain && { ...chain.root, text: rootText(chain.root, globalAt) },
    chain: chain && ends(chain.objects, longest).map(object),
    retained: graph.retainedSize(ordinal),
    dominator: dominator < 0 ? undefined : object(dominator),
  };
}

function ends<T>(all: readonly T[], longest: number): readonly T[] {
  if (all.length <= longest) return all;
  return [...all.slice(0, longest / 2), ...all.slice(-longest / 2)];
}

/** The roots, by kind and address. */
export function rootRows({
  graph,
  globalAt,
}: NamedGraph): { text: string; target: number; kind: string }[] {
  return graph.roots.map((root) => ({
    text: rootText(root, globalAt),
    target: graph.index.addressOf(root.target),
    kind: root.kind,
  }));
}

/** One object of a list. */
export interface ObjectRow {
  readonly address: number;
  readonly size: number;
  readonly type: string | undefined;
  readonly reachable: boolean;
  readonly retained: number;
}

/** All objects; `retained` is 0 for those that nothing holds. */
export function objectRows({ graph, nameOf }: NamedGraph): ObjectRow[] {
  return Array.from({ length: graph.index.length }, (_, ordinal) => {
    const address = graph.index.addressOf(ordinal);
    return {
      address,
      size: graph.index.sizeOf(ordinal),
      type: nameOf(address),
      reachable: graph.isReachable(ordinal),
      retained: graph.retainedSize(ordinal),
    };
  });
}

/** Lines for objects. */
export function objectTable(rows: readonly ObjectRow[], limit: number): string[] {
  const cells = [['address', 'bytes', 'retains', 'held', 'type']];
  for (const { address, size, type, reachable, retained } of rows.slice(0, limit)) {
    cells.push([hex(address), count(size), count(retained), reachable ? 'yes' : 'no', type ?? '']);
  }
  const lines = table(cells, { right: [1, 2] });
  if (rows.length > limit)
    lines.push(`  and ${counted(rows.length - limit, 'object')} more (--limit)`);
  return lines;
}
