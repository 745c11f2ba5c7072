import { printable } from '../format.ts';

/** Text of unknown origin as text alone: no control characters, no broken UTF-8 or UTF-16. */
export function plainText(text: string | Uint8Array): string {
  return printable(text).toWellFormed();
}
