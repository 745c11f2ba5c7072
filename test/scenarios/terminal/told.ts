/** What a command prints that ends well. */
import { expect } from 'vitest';
import { goheapsim } from '../command-line.ts';

export async function out(...argv: string[]): Promise<string> {
  const { code, stdout, stderr } = await goheapsim(argv);
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
}

export const json = async (...argv: string[]) => JSON.parse(await out(...argv, '--json'));
