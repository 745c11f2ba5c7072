/** A dump that is read several times, so that its export needs no memory for its bytes, and what the first reading tells. */
import {
  DumpReader,
  type DumpRecord,
  type DumpVisitor,
  type GraphRoot,
  ObjectIndex,
  type ObjectView,
  RootReader,
} from '../../dump/index.ts';
import { Column, Strings } from '../timeline/column.ts';
import type { Chunk } from './chunk.ts';

/** What exports call things. Texts may hold anything; each format makes them harmless. */
export interface Naming {
  /** Told of every record but objects, in their order. */
  record?(record: Exclude<DumpRecord, { kind: 'object' }>): void;
  /** The object's type where it is known, else what is known of it. `roots` reads its words. */
  objectName(view: ObjectView, roots: RootReader): string;
  /** The field at an offset of the object, `next` or `[3].key`; undefined where the type is not known. */
  fieldName(address: number, offset: number): string | undefined;
  rootName(root: GraphRoot): string;
  /** Ids from 1 on, below 2^32, none a multiple of 4, that an object keeps from one dump of a run to the next. */
  ids(index: ObjectIndex): (ordinal: number) => number;
}

/** A heap to export: a dump and the names in it. */
export interface HeapSource {
  /** What it is, in a line. */
  readonly title: string;
  /** The bytes of the dump, from the beginning at each call. */
  readonly chunks: () => Iterable<Uint8Array>;
  readonly naming: Naming;
}

/** What the first reading of a dump tells. */
export interface Outline {
  readonly index: ObjectIndex;
  readonly roots: RootReader;
  /** Names, each once, and the number of each object's name. */
  readonly names: Strings;
  readonly nameOf: Column;
}

const nothing = new Uint8Array(0);

/**
 * Reads a dump once, past what is wrong with it; hands on what was put into `out` meanwhile, and with it control,
 * after each chunk.
 *
 * @throws DumpError
 */
export function* readOnce(
  source: HeapSource,
  visitor: DumpVisitor,
  out?: Chunk,
): Generator<Uint8Array> {
  const reader = new DumpReader({ defect() {}, ...visitor });
  for (const chunk of source.chunks()) {
    reader.push(chunk);
    yield out === undefined ? nothing : out.take();
  }
  reader.end();
}

/** The first reading. @throws DumpError */
export function* readOutline(source: HeapSource): Generator<Uint8Array, Outline> {
  const { naming } = source;
  const outline: Outline = {
    index: new ObjectIndex(),
    roots: new RootReader(),
    names: new Strings(),
    nameOf: new Column(),
  };
  const { index, roots, names, nameOf } = outline;
  yield* readOnce(source, {
    object(view) {
      if (view.size === 0) return;
      index.add(Number(view.address), view.size);
      nameOf.push(names.id(naming.objectName(view, roots)));
    },
    record(record) {
      roots.record(record);
      naming.record?.(record);
    },
  });
  return outline;
}

/** What {@link readEdges} tells of. */
export interface EdgeVisitor {
  /** Called with each pointer of an object that hits an object: at which offset, and its value. */
  edge(from: number, offset: number, to: number, value: number): void;
  /** Called with each object before its edges. */
  object?(ordinal: number, address: number): void;
}

/** A later reading. @throws DumpError */
export function* readEdges(
  source: HeapSource,
  { index, roots }: Pick<Outline, 'index' | 'roots'>,
  visitor: EdgeVisitor,
  out?: Chunk,
): Generator<Uint8Array> {
  let ordinal = 0;
  const object = (view: ObjectView): void => {
    if (view.size === 0) return;
    visitor.object?.(ordinal, Number(view.address));
    for (let i = 0; i < view.pointerCount; i++) {
      const value = roots.pointerOf(view, i);
      const to = value === 0 ? -1 : index.find(value);
      if (to >= 0) visitor.edge(ordinal, view.pointers[i]!, to, value);
    }
    ordinal++;
  };
  yield* readOnce(source, { object }, out);
}
