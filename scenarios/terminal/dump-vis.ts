/** `vis` of a dump: the words of its objects, in the span that they suggest. */
import { type DumpVisitor, type ObjectView, visitDump } from '../../dump/index.ts';
import { pageSize } from '../../sim/uintptr.ts';
import { count, counted, hex, percent, printable, table } from '../format.ts';
import { classText } from './dump-spans.ts';
import { DumpTypes } from './dump-types.ts';
import type { Sheet } from './sheet.ts';
import { type ShownSlot, slotsLines, type VisLimits, wordText } from './slot-words.ts';
import { type InferredSpan, SpanInference } from './span-inference.ts';

/** A span of a dump, with those of its objects that are to be shown. */
export interface DumpSpan {
  readonly span: InferredSpan;
  readonly header: number;
  /** The first slot that is shown. */
  readonly from: number;
  readonly objects: ReadonlyMap<number, ShownSlot>;
}

/**
 * The span around an address, as the objects of a dump suggest it; undefined where no object does.
 *
 * @throws {DumpError}
 */
export function spanOfDump(
  dump: Uint8Array,
  address: number,
  { slots }: VisLimits,
): DumpSpan | undefined {
  const inference = new SpanInference();
  const types = new DumpTypes(printable);
  let ptrSize = 8;
  let bigEndian = false;
  visitDump(dump, {
    object: (view) => inference.object(view),
    record(record) {
      inference.record(record);
      if (record.kind === 'params') {
        ptrSize = record.pointerSize === 4 ? 4 : 8;
        bigEndian = record.bigEndian;
      } else if (record.kind === 'type') types.add(record);
    },
    defect() {},
  });
  const span = inference
    .spans()
    .find((s) => address >= s.address && address < s.address + s.pages * pageSize);
  if (span === undefined) return undefined;
  const { elemsize } = span;
  const header = inference.headerOf(span);
  const from = Math.min(Math.floor((address - span.address) / elemsize), span.slots - 1);
  const objects = new Map<number, ShownSlot>();
  const keep = (view: ObjectView): void => {
    const base = Number(view.address);
    const index = (base - span.address) / elemsize;
    if (view.size !== elemsize || index < from || index >= Math.min(span.slots, from + slots)) {
      return;
    }
    const contents = view.bytes.slice(view.start, view.start + view.size);
    const pointers = view.pointers.subarray(0, view.pointerCount);
    const wordAt = (at: number): string => wordText(contents.slice(at, at + ptrSize), bigEndian);
    const typ = header > 0 ? Number(wordAt(0)) : 0;
    objects.set(index, {
      base,
      elemsize,
      ptrSize,
      header,
      type: types.inSlot(typ, elemsize) ?? '',
      headerType: types.nameOf(typ) ?? '',
      asked: '',
      pointers: new Set(Array.from(pointers, (offset) => base + offset)),
      wordAt,
    });
  };
  const visitor: DumpVisitor = { object: keep, record() {}, defect() {} };
  visitDump(dump, visitor);
  return { span, header, from, objects };
}

/** What of a span no dump tells, under its names in Go. */
const unknowns = [
  'freeindex',
  'allocBits',
  'allocCache',
  'sweepgen',
  'needzero',
  'holder',
] as const;

/** A span as data: the names of a live one's; `null` where a dump does not tell. */
export function dumpSpanJson({ span }: DumpSpan): unknown {
  const { address, pages, sizeclass, elemsize, slots, objects, noscan } = span;
  return {
    address,
    npages: pages,
    kind: 'heap',
    elemsize,
    spanclass: sizeclass * 2 + (noscan ? 1 : 0),
    sizeclass,
    noscan,
    nelems: slots,
    allocCount: objects,
    ...Object.fromEntries(unknowns.map((name) => [name, null])),
  };
}

/** Slots as data. */
export function dumpSlotsJson({ span, from, objects }: DumpSpan, { slots }: VisLimits): unknown[] {
  const end = Math.min(span.slots, from + slots);
  return Array.from({ length: end - from }, (_, i) => {
    const index = from + i;
    const object = objects.get(index);
    const address = span.address + index * span.elemsize;
    if (object === undefined) return { index, address, used: false, pointers: [] };
    const { base, type, pointers } = object;
    return {
      index,
      address,
      used: true,
      ...(type !== '' && { type }),
      pointers: [...pointers].map((at) => at - base),
    };
  });
}

/** The span, and the words of its objects. */
export function dumpVisLines(shown: DumpSpan, limits: VisLimits, sheet: Sheet): string[] {
  const { span, from, objects } = shown;
  const { address, pages, elemsize, slots, heapBits, noscan } = span;
  const tail = pages * pageSize - heapBits - slots * elemsize;
  const rows = [
    ['span', `${hex(address)}, ${counted(pages, 'page')}, class ${classText(span)}`],
    [
      'slots',
      `${count(slots)} of ${count(elemsize)} B, ${count(span.objects)} with an object (${percent(span.objects, slots)})`,
    ],
    ['rest', `${heapBits} B of pointer bits, ${tail} B of tail`],
    ['unknown', 'freeindex, allocCache, sweepgen, holder: no dump tells them'],
  ];
  const free = (range: string): string => `${range} free; what is there the dump does not tell`;
  const slot = (i: number): ShownSlot | undefined => objects.get(i);
  return [
    ...table(rows),
    '',
    ...slotsLines({ nelems: slots, noscan, free, slot }, from, limits, sheet),
  ];
}
