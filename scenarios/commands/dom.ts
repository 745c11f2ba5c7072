/** `dom`: the objects that keep most memory alive. */
import { defineCommand } from '../command.ts';
import { counted, cut, toJson } from '../format.ts';
import { graphSource } from '../graph-source.ts';
import { limitOf, limitOption, liveOptions, stepOption } from '../live.ts';
import { objectRows, objectTable } from '../terminal/graph.ts';
import { drawOptions, Sheet } from '../terminal/sheet.ts';
import { exitCode } from '../usage-error.ts';

export const domCommand = defineCommand({
  examples: [
    ['goheapsim dom linked-list', 'who keeps most alive, at the end'],
    ['goheapsim dom my.dump --limit 10', 'in a dump, of real Go too'],
  ],
  notes: ['An object retains what is reached through it alone: what would be freed if it went.'],
  build: (parser) =>
    parser
      .positional('what', {
        type: 'string',
        demandOption: true,
        describe: 'A scenario, or a heap dump; - for a dump on standard input',
      })
      .options(stepOption)
      .options(limitOption)
      .options(liveOptions)
      .options(drawOptions),
  async run(args, io) {
    const { title, named } = await graphSource('dom', args, io);
    const limit = limitOf('dom', args.limit, 30);
    const sheet = new Sheet(io, args);
    const rows = objectRows(named)
      .filter((row) => row.reachable)
      .sort((a, b) => b.retained - a.retained || a.address - b.address);
    if (args.json)
      sheet.json(toJson(rows.slice(0, args.limit === undefined ? rows.length : limit), 2));
    else {
      sheet.lines([
        cut(title, 80),
        `${counted(rows.length, 'object')} that roots reach, most retained first`,
        '',
      ]);
      sheet.lines(objectTable(rows, limit));
    }
    sheet.flush();
    return exitCode.done;
  },
});
