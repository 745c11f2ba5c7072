/**
 * Runs many command lines in one process on its real descriptors, so that each costs no start of its own. The lists of
 * arguments come as JSON in the last argument; after each command there is a line with its exit code on descriptor 3,
 * and a mark on standard error.
 */
import { writeSync } from 'node:fs';
import { main } from '../../../scenarios/cli.ts';
import { processIo } from '../../../scenarios/io.ts';

for (const argv of JSON.parse(process.argv.at(-1)!) as string[][]) {
  const code = await main(argv, processIo());
  writeSync(3, `${code}\n`);
  writeSync(2, '\0');
}
process.exit(0);
