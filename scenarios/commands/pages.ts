/** `pages`: what each page of the heap is. */
import { defineCommand } from '../command.ts';
import { toJson, wrap } from '../format.ts';
import {
  limitOf,
  limitOption,
  liveHead,
  liveOptions,
  stepData,
  stepOf,
  stepOption,
  whatOption,
} from '../live.ts';
import { type NamedDump, openNamed } from '../open-named.ts';
import { dumpMap, dumpPageTable, pageCounts, pagesOfDump } from '../terminal/dump-pages.ts';
import { pageRuns, worldMap, worldTable } from '../terminal/page-map.ts';
import { drawOptions, Sheet } from '../terminal/sheet.ts';
import { exitCode } from '../usage-error.ts';

interface Drawn {
  readonly map: boolean | undefined;
  readonly json: boolean | undefined;
  readonly limit: number;
}

export const pagesCommand = defineCommand({
  examples: [
    ['goheapsim pages large-buffers', 'runs of pages by address'],
    ['goheapsim pages large-buffers --map --step 60', 'a character for each page, after a step'],
    ['goheapsim pages log --binary prog', "of a real program's log"],
    ['goheapsim pages my.dump --map', 'of a dump: those that its objects and frames lie in'],
  ],
  notes: [
    'A dump holds neither spans nor the bitmaps of the page allocator. Of one are shown the spans that its ' +
      'objects suggest and the pages that frames of goroutines lie in; what other pages are, free or with spans ' +
      'that hold no object, is unknown. How many are free its statistics tell.',
  ],
  build: (parser) =>
    parser
      .positional('what', whatOption)
      .option('map', { type: 'boolean', describe: 'Draw a map, a character a page' })
      .options(stepOption)
      .options(limitOption)
      .options(liveOptions)
      .options(drawOptions),
  async run(args, io) {
    const sheet = new Sheet(io, args);
    const { map, json } = args;
    const limit = limitOf('pages', args.limit, 60);
    const named = await openNamed('pages', args.what, args, io);
    if (named.kind === 'dump') showDump(named, { map, json, limit }, sheet);
    else {
      const run = named.run(stepOf('pages', args.step));
      const { world } = run;
      if (json) sheet.json(toJson({ ...stepData(run), runs: pageRuns(world) }, 2));
      else {
        sheet.lines([...liveHead(named, run), '']);
        sheet.lines(map ? worldMap(world, sheet) : worldTable(world, limit));
      }
    }
    sheet.flush();
    return exitCode.done;
  },
});

function showDump({ shown, input }: NamedDump, { map, json, limit }: Drawn, sheet: Sheet): void {
  const pages = pagesOfDump(input);
  if (json) {
    const { heapStart, heapEnd, runs, memstats } = pages;
    sheet.json(toJson({ file: shown, inferred: true, heapStart, heapEnd, runs, memstats }, 2));
    return;
  }
  sheet.lines(wrap(`${shown}: inferred from its objects and frames, for a dump holds no pages`));
  sheet.lines(['', ...(map ? dumpMap(pages, sheet) : dumpPageTable(pages, limit))]);
  sheet.lines(['', ...pageCounts(pages)]);
}
