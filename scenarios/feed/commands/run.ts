/** `feed run`: a reader tried on dumps. */
import { defineCommand } from '../../command.ts';
import { UsageError } from '../../usage-error.ts';

export const runCommand = defineCommand({
  examples: [['goheapsim feed run', 'tries it']],
  build: (parser) => parser.option('json', { type: 'boolean', describe: 'Print JSON' }),
  run() {
    throw new UsageError('feed run: it cannot be done yet');
  },
});
