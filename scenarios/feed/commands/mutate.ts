/** `feed mutate`: mutants of a dump. */
import { defineCommand } from '../../command.ts';
import { UsageError } from '../../usage-error.ts';

export const mutateCommand = defineCommand({
  examples: [['goheapsim feed mutate --base my.dump -o mutants', 'writes them']],
  build: (parser) => parser.option('json', { type: 'boolean', describe: 'Print JSON' }),
  run() {
    throw new UsageError('feed mutate: it cannot be done yet');
  },
});
