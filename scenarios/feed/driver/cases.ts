/** Where the dumps of a run come from: any set whose dump `i` can be had without those before it. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Content } from '../../../dump/feed/content.ts';
import type { Verdict } from '../../../dump/feed/verdict.ts';
import { counted } from '../../format.ts';
import { isSystemError, systemFailure, UsageError } from '../../usage-error.ts';
import type { CaseLimits, FeedCase, RecipeStep } from '../manifest.ts';

/** A dump to hand to readers, and what must come of it. */
export interface FeedDump {
  readonly id: string;
  readonly verdict: Verdict;
  readonly recipe: readonly RecipeStep[];
  readonly base: string;
  /** Absent where nothing is known, or too much to work it out for each dump: then {@link facts} is asked. */
  facts(): Readonly<Record<string, unknown>> | undefined;
  readonly limits: CaseLimits;
  /** Its bytes; `path` where they are a file already. */
  readonly content: Content & { readonly path?: string };
}

/** Numbered dumps. The same description always gives the same dumps. */
export interface CaseSource {
  /** For people, and to see whether a stopped run is of the same dumps. */
  readonly description: string;
  readonly count: number;
  /** Undefined where a stream of some operations has a gap. */
  at(index: number): FeedDump | undefined;
}

/** What makes the dumps that a manifest has no file of; it is asked once for each. */
export interface Maker {
  /** Whether a dump is one of the large ones, that are run only if asked for. */
  isLarge(id: string): boolean;
  /** @throws {UsageError} when there is none */
  make(id: string): Content;
}

/**
 * The dumps of a folder with a manifest; those without a file are made by their ids.
 *
 * @throws {UsageError} when there is no manifest, or it is none
 */
export function readManifest(folder: string, maker: Maker, withLarge: boolean): CaseSource {
  const path = join(folder, 'manifest.jsonl');
  const text = readText(path, folder);
  const cases = text
    .split('\n')
    .flatMap((line, at) => (line === '' ? [] : [parseCase(line, path, at + 1)]))
    .filter(({ file, id }) => file !== undefined || withLarge || !maker.isLarge(id));
  if (cases.length === 0) throw new UsageError(`${path}: there is no dump in it`);
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return {
    description: `a manifest of ${counted(cases.length, 'dump')} (sha256 ${digest}…)`,
    count: cases.length,
    at: (index) => dumpOfCase(cases[index]!, folder, maker),
  };
}

function dumpOfCase(feedCase: FeedCase, folder: string, maker: Maker): FeedDump {
  const { id, recipe, base, facts, limits, file, sha256, bytes: length } = feedCase;
  const common = { id, verdict: feedCase, recipe, base, facts: () => facts, limits };
  if (file === undefined) {
    const other = `${id}: what this version of goheapsim makes is not the dump of the manifest: its SHA-256 differs`;
    const chunks = () => checked(maker.make(id).chunks(), sha256, other);
    return { ...common, content: { length, chunks, bytes: () => Buffer.concat([...chunks()]) } };
  }
  const path = join(folder, file);
  const other = `${path}: it is not the dump that the manifest has under ${id}: its SHA-256 differs`;
  const bytes = (): Uint8Array => {
    const content = readDump(path);
    for (const _ of checked([content], sha256, other));
    return content;
  };
  return { ...common, content: { length, path, bytes, chunks: () => [bytes()] } };
}

/** The chunks, if they are those of the digest. @throws {UsageError} after the last one */
function* checked(
  chunks: Iterable<Uint8Array>,
  sha256: string,
  message: string,
): Generator<Uint8Array> {
  const hash = createHash('sha256');
  for (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest('hex') !== sha256) throw new UsageError(message);
}

function readText(path: string, folder: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isSystemError(error) && ['ENOENT', 'ENOTDIR'].includes(error.code)) {
      throw new UsageError(
        `${folder}: there is no manifest.jsonl in it: goheapsim feed suite -o DIR makes one`,
      );
    }
    throw systemFailure('read', path, error);
  }
}

function readDump(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw systemFailure('read', path, error);
  }
}

function parseCase(line: string, path: string, lineNumber: number): FeedCase {
  try {
    const feedCase = JSON.parse(line) as FeedCase;
    for (const name of ['id', 'sha256', 'bytes', 'expect', 'limits'] as const) {
      if (feedCase[name] === undefined) throw new Error(`"${name}" is missing`);
    }
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,150}$/.test(feedCase.id))
      throw new Error('"id" is no file name');
    return {
      ...feedCase,
      recipe: feedCase.recipe ?? [],
      flags: feedCase.flags ?? [],
      features: feedCase.features ?? [],
    };
  } catch (error) {
    throw new UsageError(
      `${path}:${lineNumber}: no line of a manifest: ${(error as Error).message}`,
    );
  }
}
