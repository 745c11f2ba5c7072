/** `vis`: the words of a span. */
import { mSpanInUse } from '../../sim/mspan.ts';
import { defineCommand } from '../command.ts';
import { hex, toJson, wrap } from '../format.ts';
import { dumpFailure, readWhole } from '../input.ts';
import {
  addressOf,
  addressWhere,
  liveHead,
  liveOptions,
  stepData,
  stepOf,
  stepOption,
  whatOption,
} from '../live.ts';
import type { LiveLog } from '../live-log.ts';
import type { LiveScenario } from '../live-scenario.ts';
import { type NamedDump, openNamed } from '../open-named.ts';
import { wholeNumber } from '../target-options.ts';
import {
  type DumpSpan,
  dumpSlotsJson,
  dumpSpanJson,
  dumpVisLines,
  spanOfDump,
} from '../terminal/dump-vis.ts';
import { drawOptions, Sheet } from '../terminal/sheet.ts';
import type { VisLimits } from '../terminal/slot-words.ts';
import { pointerWords, spanJson, visLines } from '../terminal/spans.ts';
import { isUsed } from '../timeline/spans.ts';
import { exitCode, UsageError } from '../usage-error.ts';

export const visCommand = defineCommand({
  examples: [
    ['goheapsim vis linked-list 0xc000014000', 'the first slots of the span there'],
    ['goheapsim vis linked-list 0xc000014090 --slots 3 --words 2', 'from the object there on'],
    ['goheapsim vis log 0xc000012000 --binary prog', "the slots of a real program's log"],
    ['goheapsim vis my.dump 0xc000012000', 'the objects of a dump around an address'],
  ],
  notes: [
    'A word marked * is one that the collector takes for a pointer. A log does not tell what words hold: ' +
      'they are shown as dots, but for headers.',
    'A dump holds no spans: for one, the span is what its objects suggest, and what only the span itself ' +
      'would tell is said to be unknown (null in JSON).',
  ],
  build: (parser) =>
    parser
      .positional('what', whatOption)
      .positional('address', {
        type: 'string',
        demandOption: true,
        describe: 'An address in the span; slots are shown from there on',
      })
      .option('slots', {
        type: 'string',
        requiresArg: true,
        default: '8',
        describe: 'Slots to show',
      })
      .option('words', {
        type: 'string',
        requiresArg: true,
        default: '16',
        describe: 'Words of each',
      })
      .options(stepOption)
      .options(liveOptions)
      .options(drawOptions),
  async run(args, io) {
    addressOf('vis', args.address);
    const limits = {
      slots: wholeNumber('vis: --slots', args.slots, 1, 1e6),
      words: wholeNumber('vis: --words', args.words, 1, 1e6),
    };
    const sheet = new Sheet(io, args);
    const named = await openNamed('vis', args.what, args, io);
    const asked = { address: args.address, limits, json: args.json ?? false };
    if (named.kind === 'dump') showDump(named, asked, sheet);
    else showLive(named, stepOf('vis', args.step), asked, sheet);
    sheet.flush();
    return exitCode.done;
  },
});

interface Asked {
  readonly address: string;
  readonly limits: VisLimits;
  readonly json: boolean;
}

function showDump({ shown, input }: NamedDump, asked: Asked, sheet: Sheet): void {
  const { limits, json } = asked;
  const dump = readWhole(input);
  let found: DumpSpan | undefined;
  const isThere = (at: number): boolean => {
    found = spanOfDump(dump, at, limits);
    return found !== undefined;
  };
  let address: number;
  try {
    address = addressWhere('vis', asked.address, isThere);
    isThere(address);
  } catch (error) {
    throw dumpFailure(shown, error, UsageError);
  }
  if (found === undefined) {
    throw new UsageError(
      `${shown}: no object of the dump is on the page of ${hex(address)}, nor in a span that has it; ` +
        'goheapsim spans shows what they suggest',
    );
  }
  if (json) {
    const data = { file: shown, inferred: true, span: dumpSpanJson(found) };
    sheet.json(toJson({ ...data, slots: dumpSlotsJson(found, limits) }, 2));
    return;
  }
  sheet.lines(wrap(`${shown}: the span is inferred from its objects, for a dump holds none`));
  sheet.lines(['', ...dumpVisLines(found, limits, sheet)]);
}

function showLive(
  live: LiveScenario | LiveLog,
  step: number | undefined,
  asked: Asked,
  sheet: Sheet,
): void {
  const { limits, json } = asked;
  const run = live.run(step);
  const { world, allocations } = run;
  const isThere = (at: number): boolean => world.mheap.spanOfHeap(at) !== null;
  const address = addressWhere('vis', asked.address, isThere);
  const s = world.mheap.spanOf(address);
  if (s === null || s.state !== mSpanInUse) {
    throw new UsageError(
      `${live.shown}: no span of heap objects is at ${hex(address)}; goheapsim spans shows them`,
    );
  }
  const from = Math.min(s.objIndex(address), s.nelems - 1);
  if (!json) {
    sheet.lines([...liveHead(live, run), '']);
    sheet.lines(visLines(run, s, from, limits, sheet));
    return;
  }
  const slots = [];
  for (let i = from; i < Math.min(s.nelems, from + limits.slots); i++) {
    const used = isUsed(s, i);
    const base = s.startAddr + i * s.elemsize;
    const pointers = used ? [...pointerWords(world, s, i)].map((p) => p - base) : [];
    const allocation = allocations.at(s.startAddr, i);
    slots.push({ index: i, address: base, used, allocation, pointers });
  }
  sheet.json(toJson({ ...stepData(run), span: spanJson(world, s), slots }, 2));
}
