/** `roots`: where marking starts. */
import { defineCommand } from '../command.ts';
import { count, counted, cut, hex, toJson } from '../format.ts';
import { graphSource } from '../graph-source.ts';
import { limitOf, limitOption, liveOptions, stepOption } from '../live.ts';
import { rootRows } from '../terminal/graph.ts';
import { drawOptions, Sheet } from '../terminal/sheet.ts';
import { exitCode } from '../usage-error.ts';

export const rootsCommand = defineCommand({
  examples: [
    ['goheapsim roots linked-list', 'globals, stacks and finalizers that hold objects'],
    ['goheapsim roots my.dump --json', 'as data'],
  ],
  notes: [
    'A root is a pointer to an object from outside of the heap: in data, bss or a stack frame, or of ' +
      'a finalizer.',
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
    const { title, named } = await graphSource('roots', args, io);
    const limit = limitOf('roots', args.limit, 30);
    const sheet = new Sheet(io, args);
    const rows = rootRows(named);
    if (args.json) sheet.json(toJson(rows, 2));
    else {
      sheet.lines([cut(title, 80), `${counted(rows.length, 'root')}`, '']);
      sheet.lines(
        rows.slice(0, limit).map(({ text, target }) => cut(`  ${hex(target)} <- ${text}`, 80)),
      );
      if (rows.length > limit) sheet.line(`  and ${count(rows.length - limit)} more (--limit)`);
    }
    sheet.flush();
    return exitCode.done;
  },
});
