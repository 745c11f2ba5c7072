/** Whether what a reader found in a dump is what is there. Only what the reader tells is compared. */
import { createHash } from 'node:crypto';
import { type Fact, longestList, summedFacts } from '../../../dump/feed/fact-list.ts';
import { toJson } from '../../format.ts';

/** One fact that a reader has wrong. */
export interface WrongFact {
  /** `objects[3].size` */
  readonly path: string;
  readonly expected: string;
  readonly got: string;
}

const mostDifferences = 8;

/** The first facts in `told` that are not as `facts` have them; names that `facts` does not have are the reader's own. */
export function compareFacts(
  facts: Readonly<Record<string, unknown>>,
  told: Readonly<Record<string, unknown>>,
): WrongFact[] {
  const wrong: WrongFact[] = [];
  compareGroups('', facts, told, wrong);
  return wrong;
}

type Group = Readonly<Record<string, unknown>>;

function isGroup(value: unknown): value is Group {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function compareGroups(path: string, facts: Group, told: Group, wrong: WrongFact[]): void {
  for (const [name, got] of Object.entries(told)) {
    if (wrong.length >= mostDifferences) return;
    if (Object.hasOwn(facts, name))
      compare(path === '' ? name : `${path}.${name}`, facts[name], got, wrong);
  }
}

function compare(path: string, fact: unknown, got: unknown, wrong: WrongFact[]): void {
  if (Array.isArray(got) && isGroup(fact) && got.length > longestList) {
    compare(path, fact, summedFacts(got as Fact[]), wrong);
  } else if (Array.isArray(got) && Array.isArray(fact)) {
    if (got.length !== fact.length) {
      wrong.push({ path: `${path}.length`, expected: `${fact.length}`, got: `${got.length}` });
    }
    for (const [index, entry] of got.slice(0, fact.length).entries()) {
      if (wrong.length >= mostDifferences) return;
      compare(`${path}[${index}]`, fact[index], entry, wrong);
    }
  } else if (typeof got === 'number' && lengthOf(fact) !== undefined) {
    compare(`${path}.length`, lengthOf(fact), got, wrong);
  } else if (typeof got === 'string' && isGroup(fact)) {
    compareText(path, fact, got, wrong);
  } else if (isGroup(got) && isGroup(fact)) {
    compareGroups(path, fact, got, wrong);
  } else if (!areEqual(fact, got)) {
    wrong.push({ path, expected: shown(fact), got: shown(got) });
  }
}

/** A number in place of a list says how long it is. */
function lengthOf(fact: unknown): unknown {
  if (Array.isArray(fact)) return fact.length;
  return isGroup(fact) && typeof fact.count === 'number' ? fact.count : undefined;
}

/** Long text is known by its digest; text that is not UTF-8 by its bytes, which JSON cannot hold. */
function compareText(path: string, fact: Group, got: string, wrong: WrongFact[]): void {
  const utf8 = Buffer.from(got, 'utf8');
  if (typeof fact.hex === 'string') {
    if (got.includes('\ufffd') || utf8.toString('hex') === fact.hex) return;
  } else if (typeof fact.sha256 === 'string') {
    if (createHash('sha256').update(utf8).digest('hex') === fact.sha256) return;
  }
  wrong.push({ path, expected: shown(fact), got: shown(got) });
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
