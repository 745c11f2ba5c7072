/**
 * Numbers and tables for people. Numbers are exact: 1,244, never "1.2k"; a size has its exact bytes
 * beside the rounded one. Addresses are hexadecimal with 0x.
 */

/** A number or a 64-bit quantity. */
export type Quantity = number | bigint;

/** 1244 → `1,244`. */
export function count(n: Quantity): string {
  return n.toString().replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** `1,244 objects`, `1 object`; `plural` where it is not the noun with an s. */
export function counted(n: Quantity, noun: string, plural = `${noun}s`): string {
  return `${count(n)} ${Number(n) === 1 ? noun : plural}`;
}

/** An address: `0xc000012000`. */
export function hex(address: Quantity): string {
  return `0x${address.toString(16)}`;
}

const units = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

/** `35 bytes`; from 1 KiB on both exact and rounded: `2,048 bytes (2.0 KiB)`. */
export function bytes(n: Quantity): string {
  const exact = counted(n, 'byte');
  return n < 1024 ? exact : `${exact} (${roundedBytes(n)})`;
}

/** `2.0 KiB`; below 1 KiB `35 B`. */
export function roundedBytes(n: Quantity): string {
  let value = Number(n);
  if (value < 1024) return `${value} B`;
  let unit = -1;
  while (value >= 1023.95 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value.toFixed(1)} ${units[unit]}`;
}

/** `12.3 %`; `0.0 %` only of nothing. */
export function percent(part: number, whole: number): string {
  if (part === 0 || whole === 0) return '0 %';
  const value = (part / whole) * 100;
  if (value < 0.05) return '< 0.1 %';
  return `${(Math.ceil(value * 10 - 0.5) / 10).toFixed(1)} %`;
}

/** A duration in ns: `1.5 ms`. */
export function duration(ns: Quantity): string {
  const value = Number(ns);
  if (value < 1e3) return `${value} ns`;
  if (value < 1e6) return `${(value / 1e3).toFixed(1)} µs`;
  return value < 1e9 ? `${(value / 1e6).toFixed(1)} ms` : `${(value / 1e9).toFixed(2)} s`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
const unprintable = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** Text of unknown origin, safe to print: controls, marks of writing direction and broken UTF-8 as \x and \u escapes. */
export function printable(text: string | Uint8Array): string {
  if (typeof text === 'string') {
    return text.replace(unprintable, (c) => {
      const code = c.charCodeAt(0);
      return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : escaped(c);
    });
  }
  let out = '';
  for (const byte of text) {
    out +=
      byte >= 0x20 && byte < 0x7f
        ? String.fromCharCode(byte)
        : `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return out;
}

function escaped(c: string): string {
  return `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** At most `width` characters of it, the last one … where it was cut. */
export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}

/**
 * Lines of columns two spaces apart: each as wide as its widest cell; `right` names the columns that
 * are set flush right. The last column may be cut so that the line fits `width`.
 */
export function table(
  rows: readonly (readonly string[])[],
  {
    right = [],
    indent = 2,
    width = 80,
  }: { right?: number[]; indent?: number; width?: number } = {},
): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    }
  }
  return rows.map((row) => {
    const cells = row.map((cell, column) => {
      if (right.includes(column)) return cell.padStart(widths[column]!);
      return column === row.length - 1 ? cell : cell.padEnd(widths[column]!);
    });
    return cut(' '.repeat(indent) + cells.join('  '), width).trimEnd();
  });
}

/** The words of `text` in lines of at most `width` characters, each after `indent` spaces. */
export function wrap(text: string, indent = 0, width = 80): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((word) => word !== '')) {
    if (line !== '' && indent + line.length + 1 + word.length > width) {
      lines.push(' '.repeat(indent) + line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  if (line !== '') lines.push(' '.repeat(indent) + line);
  return lines;
}

/** JSON.stringify escapes the others. */
const unprintableInJson = /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/**
 * JSON for the command line: an integer above 2^53 is a string, bytes are hexadecimal. What a terminal would obey, or a
 * reader of lines take for a line end, is escaped.
 */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, jsonValue, indent).replace(unprintableInJson, escaped);
}

function jsonValue(this: unknown, _key: string, value: unknown): unknown {
  if (typeof value === 'bigint') {
    return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value.toString();
  }
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return BigInt(value).toString();
  }
  if (value instanceof Uint8Array) return toHex(value);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return Array.from(value as unknown as ArrayLike<Quantity>);
  }
  return value;
}

const hexDigits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Bytes as hexadecimal digits. */
export function toHex(data: Uint8Array): string {
  let out = '';
  for (const byte of data) out += hexDigits[byte];
  return out;
}
