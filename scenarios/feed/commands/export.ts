/** `feed export`: the suite for fuzzers and test frameworks. */
import { defineCommand } from '../../command.ts';
import { UsageError } from '../../usage-error.ts';

export const exportCommand = defineCommand({
  examples: [['goheapsim feed export --to go-fuzz -o testdata/fuzz', 'writes it']],
  build: (parser) => parser.option('json', { type: 'boolean', describe: 'Print JSON' }),
  run() {
    throw new UsageError('feed export: it cannot be done yet');
  },
});
