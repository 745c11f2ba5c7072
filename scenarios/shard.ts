/** `--shard k/n`: the k-th of n shares of work whose pieces are numbered, for n machines. */
import { UsageError } from './usage-error.ts';

export interface Shard {
  /** From 1 to `parts`. */
  readonly part: number;
  readonly parts: number;
}

/** All of it unless given. @throws {UsageError} */
export function shardOf(command: string, text: string | undefined): Shard {
  const [, k = '', n = ''] = /^(\d{1,9})\/(\d{1,9})$/.exec(text ?? '1/1') ?? [];
  const [part, parts] = [Number(k), Number(n)];
  if (part >= 1 && part <= parts) return { part, parts };
  throw new UsageError(`${command}: --shard: want k/n, with k from 1 to n, got "${text}"`);
}
