/** `feed scrub`: a dump without its contents. */
import { defineCommand } from '../../command.ts';
import { UsageError } from '../../usage-error.ts';

export const scrubCommand = defineCommand({
  examples: [['goheapsim feed scrub my.dump -o scrubbed.dump', 'writes it']],
  build: (parser) =>
    parser
      .positional('dump', { type: 'string', demandOption: true, describe: 'A heap dump' })
      .option('json', { type: 'boolean', describe: 'Print JSON' }),
  run() {
    throw new UsageError('feed scrub: it cannot be done yet');
  },
});
