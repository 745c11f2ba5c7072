/** `spans`: the spans of a heap. */
import { mSpanInUse } from '../../sim/mspan.ts';
import { defineCommand } from '../command.ts';
import { count, counted, toJson, wrap } from '../format.ts';
import {
  isDump,
  LiveScenario,
  limitOf,
  limitOption,
  liveOptions,
  liveTitle,
  stepOf,
  stepOption,
} from '../live.ts';
import { wholeNumber } from '../target-options.ts';
import { inferredTable, inferSpans } from '../terminal/dump-spans.ts';
import { drawOptions, Sheet } from '../terminal/sheet.ts';
import { chosenSpans, spanJson, spanTable } from '../terminal/spans.ts';
import { exitCode } from '../usage-error.ts';

export const spansCommand = defineCommand({
  examples: [
    ['goheapsim spans linked-list', 'all spans by address'],
    ['goheapsim spans linked-list --class 2 --step 2000', 'those of a size class, after a step'],
    ['goheapsim spans my.dump', 'what the objects of a dump tell of spans'],
  ],
  notes: [
    'A dump holds no spans. What is shown for one is inferred: objects of one size next to each ' +
      'other, on the pages that a span of their class has.',
  ],
  build: (parser) =>
    parser
      .positional('what', {
        type: 'string',
        demandOption: true,
        describe: 'A scenario, or a heap dump; - for a dump on standard input',
      })
      .option('class', {
        type: 'string',
        requiresArg: true,
        describe: 'Spans of this size class; 0 is large',
      })
      .options(stepOption)
      .options(limitOption)
      .options(liveOptions)
      .options(drawOptions),
  async run(args, io) {
    const sheet = new Sheet(io, args);
    const limit = limitOf('spans', args.limit, 40);
    const sizeclass =
      args.class === undefined ? undefined : wholeNumber('spans: --class', args.class, 0, 67);
    if (isDump(args.what)) {
      const spans = inferSpans(args.what).filter(
        (span) => sizeclass === undefined || span.sizeclass === sizeclass,
      );
      if (args.json) sheet.json(toJson({ file: args.what, inferred: true, spans }, 2));
      else {
        sheet.lines(wrap(`${args.what}: inferred from its objects, for a dump holds no spans`));
        sheet.lines(inferredTable(spans, limit));
      }
      sheet.flush();
      return exitCode.done;
    }
    const live = await LiveScenario.load('spans', args.what, args);
    const run = live.run(stepOf('spans', args.step));
    const spans = chosenSpans(
      run.world,
      (s) => sizeclass === undefined || (s.state === mSpanInUse && s.sizeclass() === sizeclass),
    );
    if (args.json) {
      const step = run.timeline.length - 1;
      sheet.json(toJson({ step, spans: spans.map((s) => spanJson(run.world, s)) }, 2));
    } else {
      const pages = spans.reduce((sum, s) => sum + s.npages, 0);
      sheet.line(liveTitle(live, run));
      sheet.line(`${counted(spans.length, 'span')}, ${count(pages)} pages`);
      sheet.lines(['', ...spanTable(run.world, spans, limit)]);
    }
    sheet.flush();
    return exitCode.done;
  },
});
