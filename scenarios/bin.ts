import type { Worker } from 'node:worker_threads';
import { keepEarly } from './worker-thread.ts';

/** The program, from its arguments to its exit code. `early`: a thread that was begun for it. */
export async function program(args: readonly string[], early?: Worker): Promise<never> {
  if (early !== undefined) keepEarly(early);
  const { main } = await import('./cli.ts');
  const { processIo } = await import('./io.ts');
  process.exit(await main(args, processIo()));
}
