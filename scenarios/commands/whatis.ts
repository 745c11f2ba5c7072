/** `whatis`: what lies at an address. */
import { defineCommand } from '../command.ts';
import { cut, hex, toJson } from '../format.ts';
import { dumpFailure, readWhole } from '../input.ts';
import {
  addressOf,
  isDump,
  LiveScenario,
  liveOptions,
  liveTitle,
  stepOf,
  stepOption,
} from '../live.ts';
import { type DumpPlace, placeRows, placesInDump } from '../terminal/graph.ts';
import { drawOptions, Sheet } from '../terminal/sheet.ts';
import { labelled } from '../terminal/size.ts';
import { whatis } from '../terminal/whatis.ts';
import { exitCode, UsageError } from '../usage-error.ts';

export const whatisCommand = defineCommand({
  examples: [
    ['goheapsim whatis linked-list 0xc000014098', 'the object around an address'],
    ['goheapsim whatis linked-list 0xc0000326e8 --step 100', 'a place on a stack, after a step'],
    ['goheapsim whatis my.dump 0xc000012040', 'as far as a dump tells'],
  ],
  notes: ['Exit code 1: the program has nothing there.'],
  build: (parser) =>
    parser
      .positional('what', {
        type: 'string',
        demandOption: true,
        describe: 'A scenario, or a heap dump; - for a dump on standard input',
      })
      .positional('address', { type: 'string', demandOption: true, describe: 'Any address' })
      .options(stepOption)
      .options(liveOptions)
      .options(drawOptions),
  async run(args, io) {
    const address = addressOf('whatis', args.address);
    const sheet = new Sheet(io, args);
    let answer: readonly (readonly [string, string])[] | undefined;
    let title = args.what;
    if (isDump(args.what)) answer = inDump(args.what, address);
    else {
      const live = await LiveScenario.load('whatis', args.what, args);
      const run = live.run(stepOf('whatis', args.step));
      title = liveTitle(live, run);
      answer = whatis(run, address);
    }
    if (args.json) sheet.json(toJson({ address, is: answer && Object.fromEntries(answer) }, 2));
    else {
      sheet.lines([cut(title, 80), '', sheet.bold(`${hex(address)} (${address})`)]);
      sheet.lines(
        answer === undefined
          ? ['  nothing that the program knows of']
          : answer.flatMap(([label, text]) => labelled(label, text)),
      );
    }
    sheet.flush();
    return answer === undefined ? exitCode.bad : exitCode.done;
  },
});

function inDump(path: string, address: number): [string, string][] | undefined {
  const dump = readWhole(path);
  let places: DumpPlace[];
  try {
    places = placesInDump(dump, address);
  } catch (error) {
    throw dumpFailure(path, error, UsageError);
  }
  return places.length === 0 ? undefined : placeRows(places, address);
}
