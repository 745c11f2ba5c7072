/** What the commands of feed share: reading a base, numbers, places in a stream. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { feedBase } from '../../dump/feed/base.ts';
import { operations } from '../../dump/feed/catalogue.ts';
import { MutantStream } from '../../dump/feed/stream.ts';
import { DumpError } from '../../dump/index.ts';
import { dumpFailure, readWhole } from '../input.ts';
import { shardOf } from '../shard.ts';
import { didYouMean } from '../suggest.ts';
import { UsageError } from '../usage-error.ts';
import { type NamedBase, suiteBase } from './cases.ts';

/** Options of commands that make a set of dumps; `from` and `shard` choose among them without making the others. */
export const streamOptions = {
  seed: { type: 'string', requiresArg: true, default: '1', describe: 'Seed of the stream' },
  from: { type: 'string', requiresArg: true, default: '0', describe: 'Number of the first mutant' },
  count: { type: 'string', requiresArg: true, default: '1000', describe: 'How many mutants' },
  shard: {
    type: 'string',
    requiresArg: true,
    describe: 'k/n: of every n mutants the k-th, for n machines',
  },
} as const;

export const opOption = {
  type: 'string',
  array: true,
  requiresArg: true,
  describe: 'Only mutants of this operation, such as W8; may be repeated',
} as const;

/** @throws {UsageError} for such as there are none */
export function checkOperations(command: string, ids: readonly string[] = []): void {
  const known = operations.map(({ id }) => id);
  for (const id of ids) {
    if (known.includes(id)) continue;
    const advice = didYouMean(id, known) || ' See goheapsim feed mutate --operations';
    throw new UsageError(`${command}: --op: unknown operation "${id}".${advice}`);
  }
}

/** @throws {UsageError} when the operations have nothing to do in the base */
export function streamOf(
  command: string,
  { base }: NamedBase,
  seed: string,
  op?: readonly string[],
): MutantStream {
  try {
    return new MutantStream(base, seed, op);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`${command}: ${error.message}`);
    throw error;
  }
}

/** @throws {UsageError} */
function wholeNumber(option: string, text: string): number {
  const digits = text.replace(/(?<=\d)_(?=\d)/g, '');
  const value = /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
  if (Number.isSafeInteger(value)) return value;
  throw new UsageError(`${option}: want a whole number, got "${text}"`);
}

/**
 * Numbers from `from` on, `count` of them, less what other shards have.
 *
 * @throws {UsageError}
 */
export function* indicesOf(
  command: string,
  given: { from: string; count: string; shard: string | undefined },
): Generator<number> {
  const from = wholeNumber(`${command}: --from`, given.from);
  const count = wholeNumber(`${command}: --count`, given.count);
  const { part, parts } = shardOf(command, given.shard);
  for (let i = part - 1; i < count; i += parts) yield from + i;
}

/**
 * The first number after those that `count` and `from` choose.
 *
 * @throws {UsageError}
 */
export function endOfRange(command: string, given: { from: string; count: string }): number {
  return (
    wholeNumber(`${command}: --from`, given.from) + wholeNumber(`${command}: --count`, given.count)
  );
}

/**
 * A user's dump as a base. Its mutants are called by its file name and the first digits of its digest, so that an id cannot be taken
 * for one of another dump.
 *
 * @throws {UsageError} when it is no whole dump
 */
function readBase(path: string): NamedBase {
  const bytes = readWhole(path);
  const digest = createHash('sha256').update(bytes).digest('hex');
  const stem = basename(path)
    .replace(/\.dump$/, '')
    .replace(/[^A-Za-z0-9_-]/g, '_')
    .slice(0, 60);
  try {
    const name = `${/^[A-Za-z0-9]/.test(stem) ? stem : 'base'}-${digest.slice(0, 8)}`;
    return { name, origin: `sha256:${digest}`, base: feedBase(plainBytes(bytes)) };
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`${path}: ${error.message}`);
    if (error instanceof DumpError) throw dumpFailure(path, error, UsageError);
    throw error;
  }
}

/** Bytes without the ways of Buffer. */
function plainBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

/**
 * A case of the suite by its id, or a file.
 *
 * @throws {UsageError}
 */
export function namedBase(text: string): NamedBase {
  return suiteBase(text) ?? readBase(text);
}
