/** Records as lines: for a person, or one JSON object each. */
import type { ObjectView } from '../dump/reader.ts';
import { type DumpRecord, recordSpecOf, type Text, type Uint64 } from '../dump/records.ts';
import { count, hex, printable, toHex, toJson } from './format.ts';

/** A record that is no object, and whose memory contents may have been left out by the reader. */
type OtherRecord = Exclude<DumpRecord, { kind: 'object' }>;

type Fields = Readonly<Record<string, unknown>>;

/** Pointer offsets and list elements that a line shows before it says how many more there are. */
const maxListed = 16;

/** An object as a line of JSON; made by hand, since there may be millions. */
export function objectJson(view: ObjectView, contents: boolean): string {
  const head = `{"offset":${view.offset},"length":${view.length},"tag":1,"kind":"object"`;
  const body = `,"address":${integer(view.address)},"size":${integer(view.size)}`;
  const data =
    contents && !view.omitted
      ? `,"contents":"${toHex(view.bytes.subarray(view.start, view.start + view.size))}"`
      : '';
  return `${head}${body}${data},"pointers":[${pointerTexts(view, integer).join(',')}]}`;
}

function pointerTexts(view: ObjectView, text: (offset: Uint64) => string): string[] {
  const texts: string[] = [];
  const { exactPointers, pointers, pointerCount } = view;
  for (let i = 0; i < pointerCount; i++) texts.push(text(exactPointers?.[i] ?? pointers[i]!));
  return texts;
}

/** An integer in JSON: a string above 2^53. */
function integer(n: Uint64): string {
  return n <= Number.MAX_SAFE_INTEGER ? n.toString() : `"${BigInt(n)}"`;
}

/** Any other record as a line of JSON: offset, length, tag, kind, then its fields. */
export function recordJson(record: OtherRecord, contents: boolean): string {
  const { offset, length, tag, kind, index: _index, ...fields } = record as OtherRecord & Fields;
  const shown: Record<string, unknown> = { offset, length, tag, kind };
  for (const [name, value] of fieldsInOrder(record.tag, fields)) {
    if (name === 'contents' && !(contents && isComplete(fields))) continue;
    shown[name] = value instanceof Uint8Array && name !== 'contents' ? escaped(value) : value;
  }
  return toJson(shown);
}

/** Bytes that are no UTF-8, as text. */
function escaped(text: Text): string {
  return typeof text === 'string' ? text : printable(text);
}

/** Whether the reader kept the contents: it declares their size, but leaves out those that are long. */
export function isComplete(record: object): boolean {
  const { contents, size } = record as Fields;
  return contents instanceof Uint8Array && contents.length === Number(size);
}

/** A record's fields as the format has them, the size before the contents. */
function* fieldsInOrder(tag: number, fields: Fields): Iterable<[string, unknown]> {
  for (const spec of recordSpecOf(tag)?.fields ?? []) {
    if (spec.type === 'memory') yield ['size', fields.size];
    yield [spec.name, fields[spec.name]];
  }
}

/** An object for a person: its place and fields, in lines of at most 80 columns. */
export function objectLines(view: ObjectView, contents: boolean): string[] {
  const items = [hex(view.address), `${count(view.size)} bytes`];
  if (view.pointerCount > 0) items.push(pointersText(pointerTexts(view, String)));
  const lines = filled(`${hex(view.offset)} object#${view.index}:`, items);
  if (contents && !view.omitted) {
    lines.push(...memoryLines(view.bytes.subarray(view.start, view.start + view.size)));
  }
  return lines;
}

/** Any other record for a person. */
export function recordLines(record: OtherRecord, contents: boolean): string[] {
  const { offset, kind, index, ...fields } = record as OtherRecord & Fields;
  const items: string[] = [];
  const below: string[] = [];
  for (const [name, value] of fieldsInOrder(record.tag, fields)) {
    if (name === 'contents') {
      if (contents && isComplete(fields)) below.push(...memoryLines(value as Uint8Array));
    } else if (name === 'pauseNs') {
      const pauses = (value as readonly Uint64[]).filter((pause) => pause > 0);
      items.push(`pauseNs ${pauses.length === 0 ? 'none' : listed(pauses.map(String))}`);
    } else if (name === 'frames') {
      below.push(...frameLines(value as readonly Fields[]));
    } else if (name === 'pointers') {
      const offsets = Array.from(value as ArrayLike<Uint64>, String);
      if (offsets.length > 0) items.push(pointersText(offsets));
    } else items.push(`${name} ${valueText(record.tag, name, value)}`);
  }
  return [...filled(`${hex(offset)} ${kind}#${index}:`, items), ...below];
}

function valueText(tag: number, name: string, value: unknown): string {
  const spec = recordSpecOf(tag)?.fields.find((field) => field.name === name);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string' || value instanceof Uint8Array) return `"${printable(value)}"`;
  return spec?.type === 'address' ? hex(value as Uint64) : count(value as Uint64);
}

function pointersText(offsets: readonly string[]): string {
  return `${offsets.length === 1 ? 'pointer' : 'pointers'} at ${listed(offsets)}`;
}

function listed(items: readonly string[]): string {
  const more = items.length - maxListed;
  const shown = items.slice(0, maxListed).join(' ');
  return more > 0 ? `${shown} and ${count(more)} more` : shown;
}

function frameLines(frames: readonly Fields[]): string[] {
  return frames.map((frame) => {
    const { func, file, line } = frame as { func: Text; file: Text; line: Uint64 };
    return `    ${printable(func)} ${printable(file)}:${line}`;
  });
}

/** `head item, item, …` over lines of at most 80 columns, the second and later ones indented. */
function filled(head: string, items: readonly string[]): string[] {
  const lines: string[] = [];
  let line = head;
  for (const [i, item] of items.entries()) {
    const text = i < items.length - 1 ? `${item},` : item;
    if (line.length + 1 + text.length > 80 && line.trim() !== '') {
      lines.push(...broken(line));
      line = `    ${text}`;
    } else line = `${line} ${text}`;
  }
  lines.push(...broken(line));
  return lines;
}

/** A line that is too long, broken where it must be. */
function broken(line: string): string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > 80) {
    const space = rest.lastIndexOf(' ', 80);
    const at = space > 8 ? space : 80;
    lines.push(rest.slice(0, at));
    rest = `      ${rest.slice(at).trimStart()}`;
  }
  lines.push(rest);
  return lines;
}

/** Memory as rows of 16 bytes, with the offset before and ASCII behind. */
function memoryLines(memory: Uint8Array): string[] {
  const lines: string[] = [];
  for (let at = 0; at < memory.length; at += 16) {
    const row = memory.subarray(at, at + 16);
    const digits = Array.from(row, (byte) => byte.toString(16).padStart(2, '0'));
    const left = digits.slice(0, 8).join(' ');
    const right = digits.slice(8).join(' ');
    const text = Array.from(row, (byte) =>
      byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.',
    ).join('');
    const offset = at.toString(16).padStart(6, '0');
    lines.push(`  ${offset}  ${left.padEnd(23)}  ${right.padEnd(23)}  ${text}`);
  }
  return lines;
}
