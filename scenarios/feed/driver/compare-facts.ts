/** Whether what a reader found in a dump is what is there. Only what the reader tells is compared. */
import { createHash } from 'node:crypto';
import { type Fact, longestList, summedFacts } from '../../../dump/feed/fact-list.ts';
import { recordTable } from '../../../dump/index.ts';
import { toJson } from '../../format.ts';

/** One fact that a reader has wrong. */
export interface WrongFact {
  /** `objects[3].size` */
  readonly path: string;
  readonly expected: string;
  readonly got: string;
}

/** Differences that make a signature. */
const mostDifferences = 8;

/** What a reader told, beside what is so. */
export class Comparison {
  /** The first facts that are not so. */
  readonly wrong: WrongFact[] = [];
  /** Names that were compared. */
  readonly compared: string[] = [];
  /** Names that no fact has, without places in lists: `objects.addr`. */
  readonly unknown = new Set<string>();
  readonly #most: number;

  constructor(
    facts: Readonly<Record<string, unknown>>,
    told: Readonly<Record<string, unknown>>,
    most = mostDifferences,
  ) {
    this.#most = most;
    this.compared = Object.keys(told).filter((name) => Object.hasOwn(facts, name));
    this.#groups('', facts, told);
  }

  #wrong(path: string, expected: string, got: string): void {
    if (this.wrong.length < this.#most) this.wrong.push({ path, expected, got });
  }

  #groups(path: string, facts: Group, told: Group): void {
    for (const [name, got] of Object.entries(told)) {
      const inner = path === '' ? name : `${path}.${name}`;
      if (Object.hasOwn(facts, name)) this.#compare(inner, facts[name], got);
      // Kinds of which there is no record are not counted.
      else if (path === 'records' && kinds.has(name)) this.#compare(inner, 0, got);
      else this.unknown.add(inner.replace(/\[\d+\]/g, ''));
    }
  }

  #compare(path: string, fact: unknown, got: unknown): void {
    if (Array.isArray(got) && isGroup(fact) && got.length > longestList) {
      this.#compare(path, fact, summedFacts(got as Fact[]));
    } else if (Array.isArray(got) && Array.isArray(fact)) {
      if (got.length !== fact.length) {
        this.#wrong(`${path}.length`, `${fact.length}`, `${got.length}`);
      }
      for (const [index, entry] of got.slice(0, fact.length).entries()) {
        this.#compare(`${path}[${index}]`, fact[index], entry);
      }
    } else if (typeof got === 'number' && lengthOf(fact) !== undefined) {
      this.#compare(`${path}.length`, lengthOf(fact), got);
    } else if (typeof got === 'string' && isGroup(fact)) {
      if (!isText(fact, got)) this.#wrong(path, shown(fact), shown(got));
    } else if (isGroup(got) && isGroup(fact)) {
      this.#groups(path, fact, got);
    } else if (!areEqual(fact, got)) {
      this.#wrong(path, shown(fact), shown(got));
    }
  }
}

/** The first facts in `told` that are not as `facts` have them; names that `facts` does not have are the reader's own. */
export function compareFacts(
  facts: Readonly<Record<string, unknown>>,
  told: Readonly<Record<string, unknown>>,
  most = mostDifferences,
): WrongFact[] {
  return new Comparison(facts, told, most).wrong;
}

const kinds: ReadonlySet<string> = new Set(recordTable.map(({ kind }) => kind));

type Group = Readonly<Record<string, unknown>>;

function isGroup(value: unknown): value is Group {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A number in place of a list says how long it is. */
function lengthOf(fact: unknown): unknown {
  if (Array.isArray(fact)) return fact.length;
  return isGroup(fact) && typeof fact.count === 'number' ? fact.count : undefined;
}

/** Long text is known by its digest; text that is not UTF-8 by its bytes, which JSON cannot hold. */
function isText(fact: Group, got: string): boolean {
  const utf8 = Buffer.from(got, 'utf8');
  if (typeof fact.hex === 'string') {
    return got.includes('\ufffd') || utf8.toString('hex') === fact.hex;
  }
  return createHash('sha256').update(utf8).digest('hex') === fact.sha256;
}

/** Integers may be numbers or strings, decimal or, with 0x, hexadecimal. */
function areEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  const [left, right] = [integerOf(a), integerOf(b)];
  return left !== undefined && left === right;
}

function integerOf(value: unknown): bigint | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined;
  if (typeof value !== 'string' || !/^(-?\d{1,20}|0x[0-9a-fA-F]{1,16})$/.test(value))
    return undefined;
  return BigInt(value);
}

function shown(value: unknown): string {
  const text = toJson(value) ?? 'nothing';
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
