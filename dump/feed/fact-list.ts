/**
 * Lists of facts: whole while they are short, sums when they are long, so that the facts of a dump of any size fit a line
 * and a target in any language can work the sums out with 64-bit arithmetic.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import type { Text, Uint64 } from '../records.ts';

/** An integer: a decimal string above 2^53-1. */
export type FactNumber = number | string;

/** Text: `hex` where it is not UTF-8, its length in bytes and SHA-256 where it is long. */
export type FactText =
  | string
  | { readonly hex: string }
  | { readonly bytes: number; readonly sha256: string };

export type Fact =
  | FactNumber
  | boolean
  | null
  | FactText
  | readonly Fact[]
  | { readonly [name: string]: Fact };

/** Lists with more entries are summed. */
export const longestList = 128;

/** Texts with more bytes are told by their digest. */
const longestText = 256;

export function factNumber(value: Uint64): FactNumber {
  return value <= Number.MAX_SAFE_INTEGER ? Number(value) : value.toString();
}

/** SHA-256 of bytes. */
export type Digest = (bytes: Uint8Array) => Uint8Array;

export function factText(text: Text, digest: Digest = sha256): FactText {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  if (bytes.length > longestText) return { bytes: bytes.length, sha256: hexOf(digest(bytes)) };
  if (typeof text === 'string') return text;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { hex: hexOf(bytes) };
  }
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A sum modulo 2^64. */
class Sum64 {
  #folded = 0n;
  #pending = 0;

  add(value: number | bigint): void {
    if (typeof value === 'number' && value < 2 ** 52) this.#pending += value;
    else this.#folded += BigInt(value);
    if (this.#pending >= 2 ** 52) this.#fold();
  }

  #fold(): void {
    this.#folded = BigInt.asUintN(64, this.#folded + BigInt(this.#pending));
    this.#pending = 0;
  }

  value(): FactNumber {
    this.#fold();
    return factNumber(this.#folded);
  }
}

/** Adds up entries of one list: see {@link summedFacts}. */
class Columns {
  #count = 0;
  readonly #sums = new Map<string, Sum64>();

  add(entry: Fact): void {
    this.#count++;
    if (isGroup(entry)) {
      for (const [name, value] of Object.entries(entry)) this.#column(name, value);
    } else this.#column('sum', entry);
  }

  #column(name: string, value: Fact): void {
    let sum = this.#sums.get(name);
    if (sum === undefined) {
      sum = new Sum64();
      this.#sums.set(name, sum);
    }
    sum.add(weightOf(value));
  }

  value(): Fact {
    const sums = [...this.#sums].map(([name, sum]) => [name, sum.value()] as const);
    return { count: this.#count, ...Object.fromEntries(sums) };
  }
}

type Group = { readonly [name: string]: Fact };

function isGroup(value: Fact): value is Group {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a value adds to its column: a number itself, true 1, a list its entries, text its bytes, all else 0. */
function weightOf(value: Fact): number | bigint {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string') {
    return /^\d{16,20}$/.test(value) ? BigInt(value) : new TextEncoder().encode(value).length;
  }
  if (Array.isArray(value)) return value.length;
  return isGroup(value) ? groupWeight(value) : 0;
}

function groupWeight(value: Group): number {
  if (typeof value.hex === 'string') return value.hex.length / 2;
  return Number(value.bytes ?? value.count ?? 0);
}

/** Gathers a list: it stays whole up to the limit. */
export class FactList {
  readonly #kept: Fact[] = [];
  readonly #columns = new Columns();
  length = 0;

  add(entry: Fact): void {
    if (this.length++ < longestList) this.#kept.push(entry);
    this.#columns.add(entry);
  }

  value(): Fact {
    return this.length > longestList ? this.#columns.value() : this.#kept;
  }
}

/**
 * What stands in the facts for a list of more than {@link longestList} entries: how many they are, and under the name of each
 * of their columns its sum modulo 2^64. A number counts as itself, true as 1, text as its bytes, a list within as its entries, null as
 * 0; entries that have no names are in the column `sum`.
 */
export function summedFacts(list: readonly Fact[]): Fact {
  const columns = new Columns();
  for (const entry of list) columns.add(entry);
  return columns.value();
}

/** A list as facts have it. */
export function factList(entries: Iterable<Fact>): Fact {
  const list = new FactList();
  for (const entry of entries) list.add(entry);
  return list.value();
}
