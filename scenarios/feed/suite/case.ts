/** A case of the suite, and how a list of records becomes one. */
import { createHash } from 'node:crypto';
import { type Content, MadeContent } from '../../../dump/feed/content.ts';
import { type RecordValues, recordBytes } from '../../../dump/feed/encoder.ts';
import { type Facts, factsOfDump } from '../../../dump/feed/facts.ts';
import { factsOfRecords } from '../../../dump/feed/record-facts.ts';
import type { Verdict } from '../../../dump/feed/verdict.ts';
import { dumpHeaders } from '../../../dump/index.ts';
import type { CaseLimits, RecipeStep } from '../manifest.ts';
import { digests } from './digests.ts';

/** One dump of the suite; its bytes and facts are made when they are asked for. */
export interface SuiteCase {
  readonly id: string;
  readonly verdict: Verdict;
  readonly base: string;
  readonly recipe: readonly RecipeStep[];
  /** Whether the dump is so large that only its recipe is kept. */
  readonly large: boolean;
  readonly content: Content;
  facts(): Facts | undefined;
  /** Digest and length of a dump that takes long to make; see digests.ts. */
  readonly known?: { readonly sha256: string; readonly bytes: number };
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

/** What a family says of a case. */
export type About = Pick<Verdict, 'reason' | 'specRef'> & Partial<Verdict>;

export const currentHeader = dumpHeaders[3];

/** Kinds that a reader may not expect; the same as those of mutants. */
const rareKinds: readonly string[] = ['otherRoot', 'defer', 'panic', 'queuedFinalizer'];

/** What is in the records that a reader may not know. */
function featuresOf(records: Iterable<RecordValues>): string[] {
  const features: string[] = [];
  const kinds = new Set<string>();
  for (const record of records) {
    kinds.add(record.kind);
    if (record.kind === 'params' && record.pointerSize === 4) features.push('32-bit');
    if (record.kind === 'params' && record.bigEndian === true) features.push('big-endian');
  }
  return [...features, ...rareKinds.filter((kind) => kinds.has(kind))];
}

function verdictOf(records: Iterable<RecordValues>, about: About): Verdict {
  return {
    expect: 'accept',
    layer: 'semantic',
    flags: [],
    features: featuresOf(records),
    importance: 'high',
    ...about,
  };
}

function* encoded(records: Iterable<RecordValues>, header: string): Generator<Uint8Array> {
  yield new TextEncoder().encode(header);
  for (const record of records) yield recordBytes(record);
}

/** A small dump of these records. */
export function recordCase(
  id: string,
  records: readonly RecordValues[],
  about: About,
  header: string = currentHeader,
): SuiteCase {
  const content = new MadeContent(() => encoded(records, header));
  return {
    id,
    verdict: verdictOf(records, about),
    base: 'suite',
    recipe: [],
    large: false,
    content,
    facts: () => (about.expect === 'reject' ? undefined : factsOfRecords(records, content.length)),
  };
}

/** A large dump: `make` gives its records, each time anew; its features must be told. */
export function streamCase(
  id: string,
  make: () => Iterable<RecordValues>,
  about: About & {
    readonly detail: Readonly<Record<string, number | string>>;
    /** Whether it is the records that are large, and not their number. */
    readonly fewRecords: boolean;
  },
): SuiteCase {
  const { detail, fewRecords, ...rest } = about;
  const made = new MadeContent(() => gathered(encoded(make(), currentHeader)));
  const known = digests[id];
  const content: Content = {
    get length() {
      return known?.bytes ?? made.length;
    },
    chunks: () => made.chunks(),
    bytes: () => made.bytes(),
  };
  return {
    id,
    verdict: verdictOf([], { layer: 'resource', ...rest }),
    base: 'suite',
    recipe: [{ op: 'make', detail }],
    large: true,
    content,
    facts: () =>
      fewRecords
        ? factsOfRecords(make(), content.length, sha256)
        : factsOfDump(() => content.chunks()),
    ...(known !== undefined && { known }),
  };
}

const stride = 1 << 16;

/** Joins small chunks, so that millions of them are not millions of writes. Chunks are borrowed. */
function* gathered(chunks: Iterable<Uint8Array>): Generator<Uint8Array> {
  let buffer = new Uint8Array(stride);
  let used = 0;
  for (const chunk of chunks) {
    if (used + chunk.length > stride) {
      if (used > 0) yield buffer.subarray(0, used);
      buffer = new Uint8Array(stride);
      used = 0;
    }
    if (chunk.length > stride) yield chunk;
    else {
      buffer.set(chunk, used);
      used += chunk.length;
    }
  }
  if (used > 0) yield buffer.subarray(0, used);
}

/** What a target may take: ten seconds and 256 MiB, and more for a large dump. */
export function limitsOf(bytes: number): CaseLimits {
  const mebibytes = Math.ceil(bytes / 2 ** 20);
  return { ms: 10_000 + 200 * mebibytes, rssMiB: 256 + 16 * mebibytes };
}
