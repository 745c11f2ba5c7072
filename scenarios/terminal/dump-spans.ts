/** The spans that a dump's objects suggest, and their table. */
import { type DumpVisitor, visitDump } from '../../dump/index.ts';
import { count, counted, hex, table } from '../format.ts';
import { type DumpInput, withDumpFile } from '../input.ts';
import { UsageError } from '../usage-error.ts';
import { bar } from './sheet.ts';
import { type InferredSpan, SpanInference } from './span-inference.ts';

/** Has an inference told of the records of a dump. */
export function inferring(inference: SpanInference): DumpVisitor {
  return {
    object: (view) => inference.object(view),
    record: (record) => inference.record(record),
    defect() {},
  };
}

/** What a dump's objects suggest. @throws {UsageError} @throws {EnvironmentError} */
export function inferSpans(input: DumpInput): InferredSpan[] {
  const inference = new SpanInference();
  const visitor = inferring(inference);
  withDumpFile(input, (file) => visitDump(file.chunks(), visitor, { maxContents: 0 }), UsageError);
  return inference.spans();
}

/** A size class, as spans of live worlds are named. */
export function classText({ sizeclass, noscan }: InferredSpan): string {
  return `${sizeclass === 0 ? 'large' : sizeclass}${noscan ? ' noscan' : ''}`;
}

/** One line a span. */
export function inferredTable(spans: readonly InferredSpan[], limit: number): string[] {
  const rows = [['address', 'pages', 'class', 'slot', 'objects', 'of', '']];
  for (const s of spans.slice(0, limit)) {
    rows.push([
      hex(s.address),
      count(s.pages),
      classText(s),
      count(s.elemsize),
      count(s.objects),
      count(s.slots),
      bar(s.objects / s.slots, 10),
    ]);
  }
  const lines = table(rows, { right: [1, 3, 4, 5] });
  if (spans.length > limit)
    lines.push(`  and ${counted(spans.length - limit, 'span')} more (--limit)`);
  return lines;
}
