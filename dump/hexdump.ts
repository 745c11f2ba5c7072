/** A dump as annotated hexadecimal lines, drawn from the fields that partition it. */
import { dumpDone, FieldCursor, fieldReady } from './field-cursor.ts';
import { step } from './field-program.ts';
import type { DumpInput } from './reader.ts';
import { decodeText } from './reader.ts';
import { hex, recordTable } from './records.ts';

export interface HexLine {
  /** Offset of the first byte. */
  readonly offset: number;
  /** At most sixteen. */
  readonly bytes: Uint8Array;
  /** The field that all the bytes belong to. */
  readonly path: string;
  /** What the field says, on its first line; text of the bytes on the lines after it. */
  readonly value: string;
}

export interface HexdumpOptions {
  /** First byte that is of interest; the lines begin with the record that holds it. */
  readonly from?: number;
  /** First byte that is not of interest any more. */
  readonly to?: number;
}

const bytesPerLine = 16;

function printable(bytes: Uint8Array): string {
  return Array.from(bytes, (b) => (b >= 0x20 && b < 0x7f ? String.fromCharCode(b) : '.')).join('');
}

/** What a varint field says. */
export function valueText(cursor: FieldCursor): string {
  const { value } = cursor;
  switch (cursor.step.type) {
    case 'tag':
      return `${value} ${recordTable[cursor.tag]!.title}`;
    case 'address':
      return hex(value);
    case 'bool':
      return value === 0 ? 'false' : value === 1 ? 'true' : `${value}, neither false nor true`;
    default:
      return cursor.step.code === step.fieldKind ? fieldKindText(value) : `${value}`;
  }
}

function fieldKindText(kind: number | bigint): string {
  return ['0 end', '1 pointer', '2 interface', '3 empty interface'][Number(kind)] ?? `${kind}`;
}

function* linesOf(cursor: FieldCursor): Generator<HexLine> {
  const { buffer, start, length, offset } = cursor;
  const path = cursor.path();
  const { code, type } = cursor.step;
  const isBytes = code === step.bytes || code === step.header || code === step.trailing;
  if (!isBytes) {
    yield { offset, bytes: buffer.slice(start, start + length), path, value: valueText(cursor) };
    return;
  }
  for (let at = 0; at < length; at += bytesPerLine) {
    const bytes = buffer.slice(start + at, start + Math.min(length, at + bytesPerLine));
    const whole = at === 0 && cursor.complete && cursor.done === 0 && type !== 'memory';
    const text = whole ? decodeText(buffer.subarray(start, start + length)) : printable(bytes);
    const value = typeof text === 'string' ? JSON.stringify(text) : printable(bytes);
    yield { offset: offset + at, bytes, path, value };
  }
}

/**
 * The lines of a dump, or of the records that lie in a part of it.
 * @throws DumpError after the lines before the place that cannot be read
 */
export function* hexdump(input: DumpInput, options: HexdumpOptions = {}): Generator<HexLine> {
  const from = options.from ?? 0;
  const to = options.to ?? Number.POSITIVE_INFINITY;
  const cursor = new FieldCursor(() => {});
  let record: HexLine[] = [];
  function* drain(): Generator<HexLine, boolean> {
    for (;;) {
      const state = cursor.advance();
      if (state !== fieldReady) return state === dumpDone;
      if (cursor.step.code === step.tag) {
        record = [];
        if (cursor.offset >= to) return true;
      }
      if (cursor.offset + cursor.length <= from) {
        // Kept in case that the record reaches the part; contents are not.
        if (cursor.step.code !== step.bytes) record.push(...linesOf(cursor));
        continue;
      }
      yield* record;
      record = [];
      yield* linesOf(cursor);
    }
  }
  for (const chunk of input instanceof Uint8Array ? [input] : input) {
    cursor.push(chunk);
    if (yield* drain()) return;
  }
  cursor.end();
  yield* drain();
}

/** A line as text: `0001a2f0  01 80 80 …   object#41.address  0xc000012000`. */
export function formatHexLine(line: HexLine): string {
  const bytes = Array.from(line.bytes, (b) => b.toString(16).padStart(2, '0')).join(' ');
  const offset = line.offset.toString(16).padStart(8, '0');
  return `${offset}  ${bytes.padEnd(bytesPerLine * 3 - 1)}  ${line.path}  ${line.value}`;
}
