/** `why`: what keeps an object alive. */
import { defineCommand } from '../command.ts';
import { cut, toJson } from '../format.ts';
import { graphSource, objectAt } from '../graph-source.ts';
import { addressOf, addressWhere, liveOptions, stepOption } from '../live.ts';
import { linksJson, whyJson, whyLines } from '../terminal/graph.ts';
import { drawOptions, Sheet } from '../terminal/sheet.ts';
import { exitCode } from '../usage-error.ts';

export const whyCommand = defineCommand({
  examples: [
    ['goheapsim why linked-list 0xc000014090', 'who holds the object there, at the end'],
    ['goheapsim why leak 0xc000014090 --step 500', 'after a step'],
    ['goheapsim why my.dump 0xc000012040', 'in a dump, of real Go too'],
  ],
  notes: [
    'Shown is a shortest way from a root. A field before an arrow is where the pointer lies, +8000 after an address ' +
      'how far into the object it points. Retained are the bytes that only this object keeps alive. ' +
      'Exit code 1: nothing holds it.',
  ],
  build: (parser) =>
    parser
      .positional('what', {
        type: 'string',
        demandOption: true,
        describe: 'A scenario, or a heap dump; - for a dump on standard input',
      })
      .positional('address', {
        type: 'string',
        demandOption: true,
        describe: 'An address in the object',
      })
      .options(stepOption)
      .options(liveOptions)
      .options(drawOptions),
  async run(args, io) {
    addressOf('why', args.address);
    const { title, named, dump } = await graphSource('why', args, io);
    const isThere = (at: number): boolean => named.graph.index.find(at) >= 0;
    const address = addressWhere('why', args.address, isThere);
    const ordinal = objectAt(title, named.graph, address);
    const sheet = new Sheet(io, args);
    if (args.json) {
      const links = linksJson(named, ordinal, dump);
      sheet.json(toJson({ ...whyJson(named, ordinal), links }, 2));
    } else sheet.lines([cut(title, 80), '', ...whyLines(named, ordinal, dump)]);
    sheet.flush();
    return named.graph.isReachable(ordinal) ? exitCode.done : exitCode.bad;
  },
});
