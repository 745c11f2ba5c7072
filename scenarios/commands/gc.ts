/** `gc`: each collection of a run. */
import { defineCommand } from '../command.ts';
import { toJson } from '../format.ts';
import {
  LiveScenario,
  limitOf,
  limitOption,
  liveOptions,
  liveTitle,
  stepOf,
  stepOption,
} from '../live.ts';
import { cycleLines, cyclesOf } from '../terminal/gc.ts';
import { drawOptions, Sheet } from '../terminal/sheet.ts';
import { exitCode } from '../usage-error.ts';

export const gcCommand = defineCommand({
  examples: [
    ['goheapsim gc large-buffers', 'when each collection ran, what it marked and freed'],
    ['goheapsim gc leak --gogc 50', 'with another GOGC'],
  ],
  notes: [
    'marked and objects: bytes and objects that were reached; freed: slots that sweeping freed after ' +
      'it, up to the end of the run or the step.',
  ],
  build: (parser) =>
    parser
      .positional('scenario', { type: 'string', demandOption: true, describe: 'A scenario' })
      .options(stepOption)
      .options(limitOption)
      .options(liveOptions)
      .options(drawOptions),
  async run(args, io) {
    const live = await LiveScenario.load('gc', args.scenario, args);
    const run = live.run(stepOf('gc', args.step), { marks: true });
    const cycles = cyclesOf(run.timeline);
    const sheet = new Sheet(io, args);
    if (args.json) sheet.json(toJson(cycles, 2));
    else if (cycles.length === 0) sheet.lines([liveTitle(live, run), '', 'No collection has run.']);
    else
      sheet.lines([liveTitle(live, run), '', ...cycleLines(cycles, limitOf('gc', args.limit, 40))]);
    sheet.flush();
    return exitCode.done;
  },
});
