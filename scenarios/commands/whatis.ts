/** `whatis`: what lies at an address. */
import { defineCommand } from '../command.ts';
import { cut, hex, toJson } from '../format.ts';
import { dumpFailure, readWhole } from '../input.ts';
import {
  addressOf,
  addressWhere,
  liveHead,
  liveOptions,
  stepOf,
  stepOption,
  whatOption,
} from '../live.ts';
import { type NamedDump, openNamed } from '../open-named.ts';
import { type DumpPlace, placeRows, placesInDump } from '../terminal/dump-places.ts';
import { drawOptions, Sheet } from '../terminal/sheet.ts';
import { labelled } from '../terminal/size.ts';
import { toldAt } from '../terminal/told-at.ts';
import { whatis } from '../terminal/whatis.ts';
import { exitCode, UsageError } from '../usage-error.ts';

export const whatisCommand = defineCommand({
  examples: [
    ['goheapsim whatis linked-list 0xc000014098', 'the object around an address'],
    ['goheapsim whatis linked-list 0xc0000326e8 --step 100', 'a place on a stack, after a step'],
    ['goheapsim whatis my.dump 0xc000012040', 'as far as a dump tells'],
    ['goheapsim whatis log 0xc000012040 --binary prog', "in a real program's log"],
  ],
  notes: ['Exit code 1: the program has nothing there.'],
  build: (parser) =>
    parser
      .positional('what', whatOption)
      .positional('address', { type: 'string', demandOption: true, describe: 'Any address' })
      .options(stepOption)
      .options(liveOptions)
      .options(drawOptions),
  async run(args, io) {
    let address = addressOf('whatis', args.address);
    const sheet = new Sheet(io, args);
    let answer: readonly (readonly [string, string])[] | undefined;
    let head = [args.what];
    const named = await openNamed('whatis', args.what, args, io);
    if (named.kind === 'dump') {
      const dump = readWhole(named.input);
      const isThere = (at: number): boolean => inDump(named, dump, at) !== undefined;
      address = addressWhere('whatis', args.address, isThere);
      answer = inDump(named, dump, address);
    } else {
      const run = named.run(stepOf('whatis', args.step));
      head = liveHead(named, run);
      address = addressWhere('whatis', args.address, (at) => whatis(run, at) !== undefined);
      answer = toldAt(named, run, address);
    }
    if (args.json) sheet.json(toJson({ address, is: answer && Object.fromEntries(answer) }, 2));
    else {
      sheet.lines([
        ...head.map((line) => cut(line, 80)),
        '',
        sheet.bold(`${hex(address)} (${address})`),
      ]);
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

function inDump(
  { shown }: NamedDump,
  dump: Uint8Array,
  address: number,
): [string, string][] | undefined {
  let places: DumpPlace[];
  try {
    places = placesInDump(dump, address);
  } catch (error) {
    throw dumpFailure(shown, error, UsageError);
  }
  return places.length === 0 ? undefined : placeRows(places, address);
}
