/** `spans`: the spans of a heap. */
import { mSpanInUse } from '../../sim/mspan.ts';
import { defineCommand } from '../command.ts';
import { count, counted, toJson, wrap } from '../format.ts';
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
import { openNamed } from '../open-named.ts';
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
    ['goheapsim spans log --binary prog', "those of a real program's log"],
  ],
  notes: [
    'A dump holds no spans. What is shown for one is inferred: objects of one size next to each ' +
      'other, on the pages that a span of their class has.',
  ],
  build: (parser) =>
    parser
      .positional('what', whatOption)
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
    const named = await openNamed('spans', args.what, args, io);
    if (named.kind === 'dump') {
      const spans = inferSpans(named.input).filter(
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
    const run = named.run(stepOf('spans', args.step));
    const spans = chosenSpans(
      run.world,
      (s) => sizeclass === undefined || (s.state === mSpanInUse && s.sizeclass() === sizeclass),
    );
    if (args.json) {
      sheet.json(toJson({ ...stepData(run), spans: spans.map((s) => spanJson(run.world, s)) }, 2));
    } else {
      const pages = spans.reduce((sum, s) => sum + s.npages, 0);
      sheet.lines(liveHead(named, run));
      sheet.line(`${counted(spans.length, 'span')}, ${count(pages)} pages`);
      sheet.lines(['', ...spanTable(run.world, spans, limit)]);
    }
    sheet.flush();
    return exitCode.done;
  },
});
