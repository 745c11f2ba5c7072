/** `pages`: what each page of the heap is. */
import { defineCommand } from '../command.ts';
import { toJson } from '../format.ts';
import {
  limitOf,
  limitOption,
  liveHead,
  liveOptions,
  runOption,
  stepData,
  stepOf,
  stepOption,
} from '../live.ts';
import { openLive } from '../open-named.ts';
import { drawOptions, Sheet } from '../terminal/sheet.ts';
import { pageMap, pageRuns, pageTable } from '../terminal/spans.ts';
import { exitCode } from '../usage-error.ts';

export const pagesCommand = defineCommand({
  examples: [
    ['goheapsim pages large-buffers', 'runs of pages by address'],
    ['goheapsim pages large-buffers --map --step 60', 'a character for each page, after a step'],
    ['goheapsim pages log --binary prog', "of a real program's log"],
  ],
  build: (parser) =>
    parser
      .positional('what', runOption)
      .option('map', { type: 'boolean', describe: 'Draw a map, a character a page' })
      .options(stepOption)
      .options(limitOption)
      .options(liveOptions)
      .options(drawOptions),
  async run(args, io) {
    const live = await openLive('pages', args.what, args, io);
    const run = live.run(stepOf('pages', args.step));
    const sheet = new Sheet(io, args);
    const { world } = run;
    if (args.json) sheet.json(toJson({ ...stepData(run), runs: pageRuns(world) }, 2));
    else {
      sheet.lines([...liveHead(live, run), '']);
      sheet.lines(
        args.map ? pageMap(world, sheet) : pageTable(world, limitOf('pages', args.limit, 60)),
      );
    }
    sheet.flush();
    return exitCode.done;
  },
});
