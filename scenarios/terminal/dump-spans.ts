/** What the objects of a dump tell of the spans that they lie in. Inferred: a dump holds no spans. */
import { visitDump } from '../../dump/index.ts';
import { classToAllocnpages, classToSize } from '../../sim/sizeclasses.ts';
import { count, counted, hex, table } from '../format.ts';
import { withDumpFile } from '../input.ts';
import { bar } from './sheet.ts';

const pageSize = 8192;
const classBySize = new Map(Array.from(classToSize, (size, i) => [size, i] as const));

/** A span as its objects suggest it. */
export interface InferredSpan {
  readonly address: number;
  readonly pages: number;
  readonly sizeclass: number;
  readonly elemsize: number;
  /** Objects in it, bits at its end that were written as objects among them. */
  readonly objects: number;
  /** Slots that fit into its pages. */
  readonly slots: number;
  readonly withPointers: number;
}

/** Groups a dump's objects: those of one size that follow each other in a stretch of a span's length. */
export function inferSpans(path: string): InferredSpan[] {
  type Open = { -readonly [K in keyof InferredSpan]: InferredSpan[K] };
  const spans: Open[] = [];
  let open: Open | undefined;
  withDumpFile(path, (file) =>
    visitDump(
      file.chunks(),
      {
        object({ address, size, pointerCount }) {
          const at = Number(address);
          if (
            open === undefined ||
            open.elemsize !== size ||
            at >= open.address + open.pages * pageSize ||
            at < open.address
          ) {
            open = opened(at, size);
            spans.push(open);
          }
          open.objects++;
          if (pointerCount > 0) open.withPointers++;
        },
        record() {},
        defect() {},
      },
      { maxContents: 0 },
    ),
  );
  return spans.sort((a, b) => a.address - b.address);
}

function opened(
  at: number,
  size: number,
): { -readonly [K in keyof InferredSpan]: InferredSpan[K] } {
  const sizeclass = classBySize.get(size) ?? 0;
  const pages = sizeclass === 0 ? Math.ceil(size / pageSize) : classToAllocnpages[sizeclass]!;
  // A span begins on a page, its first slot where it begins: the highest page from which this is a slot.
  let address = Math.floor(at / pageSize) * pageSize;
  for (let k = 0; k < pages && (at - address) % size !== 0; k++) address -= pageSize;
  const slots = Math.floor((pages * pageSize) / size);
  return { address, pages, sizeclass, elemsize: size, objects: 0, slots, withPointers: 0 };
}

/** One line a span. */
export function inferredTable(spans: readonly InferredSpan[], limit: number): string[] {
  const rows = [['address', 'pages', 'class', 'slot', 'objects', 'of', '']];
  for (const s of spans.slice(0, limit)) {
    rows.push([
      hex(s.address),
      count(s.pages),
      s.sizeclass === 0 ? 'large' : String(s.sizeclass),
      count(s.elemsize),
      count(s.objects),
      count(s.slots),
      bar(s.objects / s.slots, 10),
    ]);
  }
  const lines = table(rows, { right: [1, 2, 3, 4, 5] });
  if (spans.length > limit)
    lines.push(`  and ${counted(spans.length - limit, 'span')} more (--limit)`);
  return lines;
}
