/**
 * A family of dumps: one scenario run with many seeds, each member a file of its own. What a member
 * holds depends on its number alone, so that any machine can make any of them, in any order.
 */
import { existsSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import { visitDump } from '../dump/reader.ts';
import { withDumpFile } from './input.ts';
import { shardOf } from './shard.ts';
import { wholeNumber } from './target-options.ts';
import { BadInputError, UsageError } from './usage-error.ts';

const maxCount = 1_000_000_000;

/** Members `first`, `first + step`, … below `count`. */
export interface Family {
  readonly count: number;
  readonly first: number;
  readonly step: number;
}

/** What --count and --shard ask for; undefined for a single run. @throws {UsageError} */
export function familyOf(count: string | undefined, shard: string | undefined): Family | undefined {
  if (count === undefined) {
    if (shard === undefined) return undefined;
    throw new UsageError('run: --shard is a share of a family: say how many with --count N');
  }
  const members = wholeNumber('run: --count', count, 1, maxCount);
  const { part, parts } = shardOf('run', shard);
  return { count: members, first: part - 1, step: parts };
}

/** The family's seed and a member's number: `7.0`, `7.1`, … */
export const memberSeed = (seed: string, index: number): string => `${seed}.${index}`;

/** The file of a member: `out.dump` becomes `out.0003.dump`, its number as long as the greatest. */
export function memberFile(file: string, index: number, count: number): string {
  const extension = extname(file);
  const stem = file.slice(0, file.length - extension.length);
  return `${stem}.${String(index).padStart(String(count - 1).length, '0')}${extension}`;
}

/**
 * Whether the file is there and a dump to its end. One that is cut short or damaged is not, and is made again.
 *
 * @throws {UsageError} where the file is something else, which is not to be overwritten
 */
export function isWholeDump(file: string): boolean {
  if (!existsSync(file)) return false;
  if (statSync(file).size === 0) return false;
  try {
    withDumpFile(file, (dump) => visitDump(dump.chunks(), {}));
    return true;
  } catch (error) {
    if (error instanceof BadInputError) return false;
    throw error;
  }
}
