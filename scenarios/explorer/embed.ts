/** Bytes inside a page: gzip, then base64, in parts that no string limit of a browser stops. */
import { gzipSync } from 'node:zlib';

/** Characters of one part; a multiple of 4, so that each part decodes by itself. */
const partLength = 12 * 1024 * 1024;

/** Script elements that hold a section of data; page/data.ts reads them. */
export function* embedSection(name: string, data: Uint8Array): Generator<string> {
  const packed = gzipSync(data, { level: 6 });
  const partBytes = (partLength / 4) * 3;
  for (let at = 0, part = 0; at < packed.length || part === 0; at += partBytes, part++) {
    const text = packed.subarray(at, at + partBytes).toString('base64');
    yield `<script type="application/x-goheap" data-section="${name}" data-part="${part}">${text}</script>\n`;
  }
}

/** JSON that can stand in a script element, whatever its strings are. */
export function jsonForScript(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

/** A script that can stand in a script element: no `</script` or `<!--` is left in its literals. */
export function scriptForScript(text: string): string {
  return text.replace(/<(?=\/script|!--|script)/gi, '\\x3C');
}

/** Text between tags, or in an attribute. */
export function escapeText(text: string): string {
  const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (c) => escapes[c]!);
}
