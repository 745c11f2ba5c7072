/** The spans that a dump's objects suggest, and their table. */
import { visitDump } from '../../dump/index.ts';
import { count, counted, hex, table } from '../format.ts';
import { type DumpInput, withDumpFile } from '../input.ts';
import { bar } from './sheet.ts';
import { type InferredSpan, SpanInference } from './span-inference.ts';

/** What a dump's objects suggest. @throws {UsageError} @throws {EnvironmentError} */
export function inferSpans(input: DumpInput): InferredSpan[] {
  const inference = new SpanInference();
  withDumpFile(input, (file) =>
    visitDump(
      file.chunks(),
      { object: (view) => inference.object(view), record() {}, defect() {} },
      { maxContents: 0 },
    ),
  );
  return inference.spans();
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
