/** `objects`: the objects of a heap. */
import { defineCommand } from '../command.ts';
import { count, counted, cut, toJson } from '../format.ts';
import { graphSource } from '../graph-source.ts';
import { limitOf, limitOption, liveOptions, stepOption } from '../live.ts';
import { objectRows, objectTable } from '../terminal/graph.ts';
import { drawOptions, Sheet } from '../terminal/sheet.ts';
import { exitCode } from '../usage-error.ts';

export const objectsCommand = defineCommand({
  examples: [
    ['goheapsim objects linked-list', 'by address'],
    ['goheapsim objects my.dump --limit 100 --json', 'as data'],
  ],
  notes: [
    'retains: bytes that would die with the object; held: whether a root reaches it. Types are ' +
      'known of scenarios, not of dumps.',
  ],
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
    const { title, named } = await graphSource('objects', args, io);
    const limit = limitOf('objects', args.limit, 30);
    const sheet = new Sheet(io, args);
    const rows = objectRows(named).sort((a, b) => a.address - b.address);
    if (args.json) sheet.json(toJson(rows, 2));
    else {
      const total = rows.reduce((sum, row) => sum + row.size, 0);
      const held = rows.filter((row) => row.reachable).length;
      sheet.lines([
        cut(title, 80),
        `${counted(rows.length, 'object')}, ${count(total)} B; ${count(held)} are held`,
        '',
      ]);
      sheet.lines(objectTable(rows, limit));
    }
    sheet.flush();
    return exitCode.done;
  },
});
