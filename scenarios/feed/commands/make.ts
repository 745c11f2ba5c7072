/** `feed make`: one dump from its id. */
import { defineCommand } from '../../command.ts';
import { UsageError } from '../../usage-error.ts';

export const makeCommand = defineCommand({
  examples: [['goheapsim feed make minimal-le8 -o minimal.dump', 'writes it']],
  build: (parser) =>
    parser
      .positional('id', { type: 'string', demandOption: true, describe: 'Id of a manifest' })
      .option('json', { type: 'boolean', describe: 'Print JSON' }),
  run() {
    throw new UsageError('feed make: it cannot be done yet');
  },
});
