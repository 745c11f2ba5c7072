/** `feed shrink`: a smaller dump that fails alike. */
import { defineCommand } from '../../command.ts';
import { UsageError } from '../../usage-error.ts';

export const shrinkCommand = defineCommand({
  examples: [['goheapsim feed shrink my.dump -o small.dump', 'writes it']],
  build: (parser) =>
    parser
      .positional('dump', { type: 'string', demandOption: true, describe: 'A heap dump' })
      .option('json', { type: 'boolean', describe: 'Print JSON' }),
  run() {
    throw new UsageError('feed shrink: it cannot be done yet');
  },
});
