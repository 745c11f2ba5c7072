import type { Uint64 } from '../dump/records.ts';
import { UsageError } from './usage-error.ts';

/** An address as a user types it, with or without 0x. `option` is for the message. @throws {UsageError} */
export function parseAddress(option: string, text: string): Uint64 {
  const digits = text.replaceAll('_', '');
  const isHex = /^(0x)?[0-9a-f]+$/i.test(digits);
  if (!isHex || digits.replace(/^0x0*/i, '').length > 16) {
    throw new UsageError(
      `${option}: want an address such as 0xc000012000 (hexadecimal), got "${text}"`,
    );
  }
  const value = BigInt(/^0x/i.test(digits) ? digits : `0x${digits}`);
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}
