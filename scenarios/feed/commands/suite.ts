/** `feed suite`: the suite. */
import { defineCommand } from '../../command.ts';
import { UsageError } from '../../usage-error.ts';

export const suiteCommand = defineCommand({
  examples: [['goheapsim feed suite -o suite', 'writes it']],
  build: (parser) => parser.option('json', { type: 'boolean', describe: 'Print JSON' }),
  run() {
    throw new UsageError('feed suite: it cannot be done yet');
  },
});
