/** Dumps with their lines of a manifest: of the suite, and mutants. */
import { createHash } from 'node:crypto';
import type { Base } from '../../dump/feed/base.ts';
import { feedBase } from '../../dump/feed/base.ts';
import type { Content } from '../../dump/feed/content.ts';
import type { Mutant } from '../../dump/feed/operation.ts';
import type { FeedCase } from './manifest.ts';
import { limitsOf, type SuiteCase } from './suite/case.ts';
import { suiteCases } from './suite/index.ts';
import { mutantFacts } from './suite/negatives.ts';

/** A dump that can be made, and all that is known of it. */
export interface FeedItem {
  readonly id: string;
  readonly content: Content;
  /** Whether it is too large to be kept as a file. */
  readonly large: boolean;
  /** Its line of the manifest; `file` where it is written to, and what is known of it then. */
  line(file?: string, written?: Written): FeedCase;
}

/** Digest and length of a dump that was written. */
export interface Written {
  readonly sha256: string;
  readonly bytes: number;
}

/** SHA-256 of a dump. */
export function digestOf(content: Content): string {
  const hash = createHash('sha256');
  for (const chunk of content.chunks()) hash.update(chunk);
  return hash.digest('hex');
}

export function itemOfCase(suiteCase: SuiteCase): FeedItem {
  const { id, verdict, base, recipe, content, large, known } = suiteCase;
  return {
    id,
    content,
    large,
    line(file) {
      const facts = suiteCase.facts();
      return {
        id,
        ...(file !== undefined && { file }),
        sha256: known?.sha256 ?? digestOf(content),
        bytes: content.length,
        base,
        recipe,
        ...verdict,
        ...(facts !== undefined && { facts }),
        limits: limitsOf(content.length),
      };
    },
  };
}

/** A dump that mutants are made of. */
export interface NamedBase {
  /** Begins the ids of its mutants. */
  readonly name: string;
  /** For the manifest: a case of the suite, or `sha256:` and the digest of a file. */
  readonly origin: string;
  readonly base: Base;
  /** SHA-256 of the other dump that splices (C1) go on as; undefined where that is the same dump. */
  readonly partnerDigest?: string;
}

/** SHA-256 of a base. */
export function digestOfBase({ base }: NamedBase): string {
  return createHash('sha256').update(base.bytes).digest('hex');
}

/** A base whose splices go on as another dump. */
export function withPartner(base: NamedBase, other: NamedBase): NamedBase {
  const partnerDigest = digestOfBase(other);
  return { ...base, base: base.base.withPartner(other.base), partnerDigest };
}

/** How a mutant is called, and how it was made: of a splice with another dump both say which. */
export function namedMutant(
  { name, partnerDigest }: Pick<NamedBase, 'name' | 'partnerDigest'>,
  { op, index, recipe }: Mutant,
): { id: string; recipe: Mutant['recipe'] } {
  if (partnerDigest === undefined || op !== 'C1') return { id: `${name}.${op}.${index}`, recipe };
  const [step] = recipe;
  return {
    id: `${name}.with-${partnerDigest.slice(0, 8)}.${op}.${index}`,
    recipe: [{ ...step!, detail: { ...step!.detail, with: `sha256:${partnerDigest}` } }],
  };
}

/** Where a mutant stands in a stream. */
export interface StreamPlace {
  readonly seed: string;
  readonly index: number;
}

/** Larger mutants have no facts: to gather them would take the memory of the whole graph. */
const mostFactBytes = 64 << 20;

export function itemOfMutant(
  base: Pick<NamedBase, 'name' | 'origin' | 'partnerDigest'>,
  mutant: Mutant,
  place?: StreamPlace,
): FeedItem {
  const { content, verdict } = mutant;
  const { id, recipe } = namedMutant(base, mutant);
  return {
    id,
    content,
    large: false,
    line(file, written = { sha256: digestOf(content), bytes: content.length }) {
      const facts = written.bytes > mostFactBytes ? undefined : mutantFacts(mutant);
      return {
        id,
        ...(file !== undefined && { file }),
        ...written,
        base: base.origin,
        recipe,
        ...place,
        ...verdict,
        ...(facts !== undefined && { facts }),
        limits: limitsOf(written.bytes),
      };
    },
  };
}

/** The small dump of the suite that has this id, to make mutants of; undefined if there is none. */
export function suiteBase(id: string): NamedBase | undefined {
  for (const suiteCase of suiteCases()) {
    if (suiteCase.id !== id || suiteCase.large) continue;
    if (suiteCase.verdict.expect === 'reject') return undefined;
    return { name: id, origin: id, base: feedBase(suiteCase.content.bytes()) };
  }
  return undefined;
}
