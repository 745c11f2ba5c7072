/** `inspect --hex`: the bytes of records, each with the field that it belongs to. */
import { type HexLine, hexdump } from '../../dump/hexdump.ts';
import { recordTable } from '../../dump/records.ts';
import { cut, printable, toHex, toJson } from '../format.ts';
import type { Printer } from '../io.ts';

/** Bytes of a row: a word of most targets. */
const rowBytes = 8;

/** Half-open ranges of offsets, rising. */
export type Ranges = readonly (readonly [from: number, to: number])[];

/** Prints the lines of the wanted kinds (by tag) and ranges; says whether there were any. */
export function printHex(
  chunks: Iterable<Uint8Array>,
  wanted: { tags: readonly boolean[] | undefined; ranges: Ranges | undefined; json: boolean },
  out: Printer,
): boolean {
  const { tags, ranges, json } = wanted;
  if (ranges?.length === 0) return false;
  const limits = ranges && { from: ranges[0]![0], to: ranges.at(-1)![1] };
  const kinds = new Set<string>(
    recordTable.filter(({ tag }) => tags?.[tag]).map(({ kind }) => kind),
  );
  let record = '';
  let any = false;
  for (const line of hexdump(chunks, limits)) {
    const { head, field } = partsOf(line.path);
    if (tags !== undefined && !kinds.has(head.split('#')[0]!)) continue;
    if (ranges !== undefined && !isWithin(line.offset, ranges)) continue;
    any = true;
    if (json) {
      out.line(toJson({ ...line, bytes: toHex(line.bytes) }));
      continue;
    }
    if (head !== record) out.line(out.bold(printable(head)));
    record = head;
    out.lines(rowsOf(line, field));
  }
  return any;
}

function isWithin(offset: number, ranges: Ranges): boolean {
  return ranges.some(([from, to]) => offset >= from && offset < to);
}

/** `object#41.fields[2].kind` → `object#41` and `fields[2].kind`. */
function partsOf(path: string): { head: string; field: string } {
  const dot = path.indexOf('.');
  return dot < 0
    ? { head: path, field: '' }
    : { head: path.slice(0, dot), field: path.slice(dot + 1) };
}

function rowsOf(line: HexLine, field: string): string[] {
  const rows: string[] = [];
  const value = `${field} ${printable(line.value)}`.trim();
  for (let at = 0; at < line.bytes.length; at += rowBytes) {
    const digits = Array.from(line.bytes.subarray(at, at + rowBytes), (byte) =>
      byte.toString(16).padStart(2, '0'),
    );
    const offset = (line.offset + at).toString(16).padStart(8, '0');
    const row = `  ${offset}  ${digits.join(' ').padEnd(rowBytes * 3 - 1)}`;
    rows.push(cut(`${row}  ${at === 0 ? value : ''}`.trimEnd(), 80));
  }
  return rows;
}
