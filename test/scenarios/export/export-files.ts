/** Sources of exports for tests: dumps of records that may hold anything, and scenarios at a step. */
import { dumpNaming } from '../../../scenarios/export/dump-naming.ts';
import type { HeapSource } from '../../../scenarios/export/outline.ts';
import { encodeDump, type PlainRecord } from '../../dump/encoder.ts';

/** All of what a generator of pieces gives, in one. */
function whole(pieces: Iterable<Uint8Array>): Uint8Array {
  return new Uint8Array(Buffer.concat(Array.from(pieces, (piece) => piece.slice())));
}

export const textOf = (pieces: Iterable<Uint8Array>): string =>
  new TextDecoder('utf-8', { fatal: true }).decode(whole(pieces));

export function sourceOfDump(dump: Uint8Array, title = 'a dump'): HeapSource {
  return { title, chunks: () => [dump], naming: dumpNaming() };
}

/** Runs a generator to its end and gives what it returns. */
export function ended<T>(work: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Names that a format could take for its own: markup, escapes, quotes, control characters, broken UTF-8. */
export const hostileNames: readonly (string | Uint8Array)[] = [
  'quote " and \' and `',
  'line\nline\r\nline\u2028line',
  '</text></svg><script>alert(1)</script>',
  'nul \0 in it',
  'backslash \\N \\G \\n \\',
  'entity &lt; &#60; &amp;',
  'json ]} ,"nodes":[1',
  '\u202egnp.exe',
  '<b>html</b>',
  'a, b; c -> d [label="x"]',
  Uint8Array.of(0x66, 0xff, 0xfe, 0x80, 0x0a),
  '',
];

export const base = 0xc000000000;

/** Words, little-endian. */
function words(values: readonly number[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of values.entries()) view.setBigUint64(8 * i, BigInt(value), true);
  return bytes;
}

/** Objects of 64 bytes, each with pointers to others; node i is at base + 64*i. */
export function dumpOfGraph(
  edges: readonly (readonly number[])[],
  roots: readonly number[],
  more: readonly PlainRecord[] = [],
): Uint8Array {
  const at = (node: number): number => base + 64 * node;
  return encodeDump([
    { kind: 'params', pointerSize: 8, heapStart: base },
    ...edges.map((targets, i): PlainRecord => {
      const contents = words(targets.map(at), 64);
      return { kind: 'object', address: at(i), contents, pointers: targets.map((_, k) => 8 * k) };
    }),
    {
      kind: 'bss',
      address: 0x100,
      contents: words(roots.map(at), 8 * roots.length),
      pointers: roots.map((_, k) => 8 * k),
    },
    ...more,
    { kind: 'eof' },
  ]);
}

/** A dump with every hostile name in each of the places that have names. */
export function hostileDump(): Uint8Array {
  const frames = hostileNames.map((func, i) => ({ func, file: hostileNames[i]!, line: i }));
  const n = hostileNames.length;
  const typeAddress = (i: number): number => 0x500000 + 64 * i;
  return encodeDump([
    { kind: 'params', pointerSize: 8, heapStart: base },
    ...hostileNames.map(
      (name, i): PlainRecord => ({ kind: 'type', address: typeAddress(i), size: 600, name }),
    ),
    // Objects with a header: their first words are addresses of types.
    ...hostileNames.map(
      (_, i): PlainRecord => ({
        kind: 'object',
        address: base + 1024 * i,
        contents: words([typeAddress(i), base + 1024 * ((i + 1) % n) + 8], 1024),
        pointers: [8],
      }),
    ),
    { kind: 'goroutine', id: 1, waitReason: hostileNames[10]! },
    ...hostileNames.map(
      (name, i): PlainRecord => ({
        kind: 'stackFrame',
        sp: 0x1000 * (i + 1),
        contents: words([base + 1024 * i], 8),
        pointers: [0],
        name,
      }),
    ),
    ...hostileNames.map(
      (description, i): PlainRecord => ({
        kind: 'otherRoot',
        description,
        address: base + 1024 * i,
      }),
    ),
    { kind: 'memProf', id: 1, size: 1024, frames, allocs: 2, frees: 1 },
    { kind: 'eof' },
  ]);
}
