/** W12: headers. */
import { dumpHeaders, headerLength } from '../records.ts';
import type { Base } from './base.ts';
import type { Draft, Operation } from './operation.ts';

const ascii = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));

/** Bytes that agree with some known header from the start. */
function agreeing(got: Uint8Array): number {
  const lengths = dumpHeaders.map((header) => {
    let n = 0;
    while (n < got.length && n < headerLength && got[n] === header.charCodeAt(n)) n++;
    return n;
  });
  return Math.max(...lengths);
}

/** What stands instead of the base's header, and what of the rest of the dump is kept. */
const headers: readonly (readonly [name: string, header: (own: string) => string])[] = [
  ['1.5', () => dumpHeaders[1]],
  ['1.6', () => dumpHeaders[2]],
  ['1.4', () => dumpHeaders[0]],
  ['1.3', () => 'go1.3 heap dump\n'],
  ['1.8', () => 'go1.8 heap dump\n'],
  ['1.22', () => 'go1.22 heap dump\n'],
  ['a capital letter', () => 'Go1.7 heap dump\n'],
  ['CRLF', (own) => `${own.slice(0, -1)}\r\n`],
  ['CR', (own) => `${own.slice(0, -1)}\r`],
  ['no newline', (own) => own.slice(0, -1)],
  ['two newlines', (own) => `${own}\n`],
  ['a newline before it', (own) => `\n${own}`],
  ['a byte order mark', (own) => `\xef\xbb\xbf${own}`],
  ['NULs', () => '\0'.repeat(headerLength)],
  ['nothing', () => ''],
  ['UTF-16', (own) => Array.from(own, (c) => `${c}\0`).join('')],
  ['the mark of gzip', (own) => `\x1f\x8b\x08\0\0\0\0\0\0\xff${own}`],
  ['the header twice', (own) => own + own],
];

/** A dump with these bytes instead of its header. */
export function headerDraft(base: Base, header: Uint8Array, reason: string): Draft {
  const text = String.fromCharCode(...header);
  const rest = base.bytes.subarray(headerLength, headerLength * 2);
  const start = Uint8Array.from([...header, ...rest]).subarray(0, headerLength);
  const same = agreeing(start);
  const legacy = text === dumpHeaders[1] || text === dumpHeaders[2];
  const common = {
    edits: [{ at: 0, remove: headerLength, insert: [header] }],
    reason,
    recipe: { fieldPath: 'header', newValue: text },
  } as const;
  if (legacy) {
    return {
      ...common,
      expect: 'may',
      layer: 'wire',
      flags: ['legacy-header'],
      features: [...new Set([...base.features, 'legacy-header'])],
      bugType: 'old-version',
      at: { defectOffset: 0, fieldPath: 'header' },
    };
  }
  const framed = same === headerLength;
  return {
    ...common,
    expect: framed ? 'framing' : 'reject',
    layer: 'wire',
    at: { defectOffset: framed ? 0 : same, fieldPath: 'header' },
    ...(framed ? {} : { firstErrorOffset: same }),
  };
}

const badHeader: Operation = {
  id: 'W12',
  title: 'has another header',
  group: 'wire',
  fields: 'the header',
  rule: 'reject: the header says how to read; may for 1.5 and 1.6, which have the same records',
  bugType: 'header-not-checked',
  importance: 'medium',
  specRef: 'runtime/heapdump.go mdump',
  count: () => headers.length,
  make: (base, index) => {
    const own = String.fromCharCode(...base.bytes.subarray(0, headerLength));
    const [name, header] = headers[index]!;
    if (header(own) === own) return undefined;
    return headerDraft(base, ascii(header(own)), `header: ${name}`);
  },
};

export const wireHeader: readonly Operation[] = [badHeader];
