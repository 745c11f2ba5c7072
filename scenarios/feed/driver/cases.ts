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
  at(index: number): FeedDump;
}

/**
 * The dumps of a folder with a manifest, and its digest.
 *
 * @throws {UsageError} when there is no manifest, or it is none
 */
export function readManifest(folder: string): CaseSource {
  const path = join(folder, 'manifest.jsonl');
  const text = readText(path, folder);
  const cases = text
    .split('\n')
    .flatMap((line, at) => (line === '' ? [] : [parseCase(line, path, at + 1)]));
  const withFile = cases.filter(({ file }) => file !== undefined);
  if (withFile.length === 0) throw new UsageError(`${path}: there is no dump in it`);
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return {
    description: `a manifest of ${counted(withFile.length, 'dump')} (sha256 ${digest}…)`,
    count: withFile.length,
    at: (index) => dumpOfCase(withFile[index]!, folder),
  };
}

function dumpOfCase(feedCase: FeedCase, folder: string): FeedDump {
  const { id, recipe, base, facts, limits, file = '', sha256 } = feedCase;
  const path = join(folder, file);
  const bytes = (): Uint8Array => {
    const content = readDump(path);
    if (createHash('sha256').update(content).digest('hex') === sha256) return content;
    throw new UsageError(
      `${path}: it is not the dump that the manifest has under ${id}: its SHA-256 differs`,
    );
  };
  return {
    id,
    verdict: feedCase,
    recipe,
    base,
    facts: () => facts,
    limits,
    content: { length: feedCase.bytes, path, bytes, chunks: () => [bytes()] },
  };
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
