/** `gc`: each collection of a run. */
import { defineCommand } from '../command.ts';
import { toJson } from '../format.ts';
import {
  limitOf,
  limitOption,
  liveHead,
  liveOptions,
  runOption,
  stepOf,
  stepOption,
} from '../live.ts';
import { openLive } from '../open-named.ts';
import { cycleLines, cyclesOf } from '../terminal/gc.ts';
import { drawOptions, Sheet } from '../terminal/sheet.ts';
import { exitCode } from '../usage-error.ts';

export const gcCommand = defineCommand({
  examples: [
    ['goheapsim gc large-buffers', 'when each collection ran, what it marked and freed'],
    ['goheapsim gc leak --gogc 50', 'with another GOGC'],
    ['goheapsim gc log --binary prog --gogc 10', "of a real program's log"],
  ],
  notes: [
    'marked and objects: bytes and objects that were reached; freed: slots that sweeping freed after ' +
      'it, up to the end of the run or the step.',
    'A log tells when marking ended: there a cycle has its step. It does not tell of goals or assists.',
  ],
  build: (parser) =>
    parser
      .positional('what', runOption)
      .options(stepOption)
      .options(limitOption)
      .options(liveOptions)
      .options(drawOptions),
  async run(args, io) {
    const live = await openLive('gc', args.what, args, io);
    const run = live.run(stepOf('gc', args.step), { marks: true });
    const cycles = cyclesOf(run.timeline);
    const sheet = new Sheet(io, args);
    if (args.json) sheet.json(toJson(cycles, 2));
    else if (cycles.length === 0)
      sheet.lines([...liveHead(live, run), '', 'No collection has run.']);
    else
      sheet.lines([
        ...liveHead(live, run),
        '',
        ...cycleLines(cycles, limitOf('gc', args.limit, 40)),
      ]);
    sheet.flush();
    return exitCode.done;
  },
});
