/** Findings that are one defect of the reader have one signature: what stays the same from dump to dump. */
import { createHash } from 'node:crypto';

/** Of a stack, this many functions count. */
const countedFrames = 3;

/** A message without what differs from dump to dump: numbers, addresses, quoted names, paths, colours. */
export function normalizedMessage(message: string): string {
  return message
    .replace(/\\x1b\[[0-9;]*m/g, '')
    .replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|“[^”]*”/g, '"…"')
    .replace(/(^|[\s(=:])(?:\.{0,2}\/[^\s:,)]+)+/g, '$1PATH')
    .replace(/^\d{4}[-/]\d\d[-/]\d\d[ T][\d:.,]+(Z|[+-]\d+)? ?/, '')
    .replace(/0x[0-9a-fA-F]+/g, 'N')
    .replace(/[-+]?\d+(,\d{3})*(\.\d+)?(e[+-]?\d+)?/gi, 'N')
    .replace(/\\x[0-9a-f]{2}|\\u[0-9a-f]{4}/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200);
}

/** `object#41.fields[2].kind` without its numbers. */
export function normalizedPath(path: string): string {
  return path.replace(/#\d+/g, '').replace(/\[\d+\]/g, '[]');
}

/** A short name for the parts, fit for a file name: `crash-1f2e3d4c5b6a`. */
export function signatureOf(kind: string, message: string, frames: readonly string[]): string {
  const key = [kind, normalizedMessage(message), ...frames.slice(0, countedFrames)].join('\n');
  return `${kind}-${createHash('sha256').update(key).digest('hex').slice(0, 12)}`;
}
