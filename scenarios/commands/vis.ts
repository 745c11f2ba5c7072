/** `vis`: the words of a span. */
import { mSpanInUse } from '../../sim/mspan.ts';
import { defineCommand } from '../command.ts';
import { hex, toJson } from '../format.ts';
import {
  addressOf,
  addressWhere,
  liveHead,
  liveOptions,
  runOption,
  stepData,
  stepOf,
  stepOption,
} from '../live.ts';
import { openLive } from '../open-named.ts';
import { wholeNumber } from '../target-options.ts';
import { drawOptions, Sheet } from '../terminal/sheet.ts';
import { pointerWords, spanJson, visLines } from '../terminal/spans.ts';
import { isUsed } from '../timeline/spans.ts';
import { exitCode, UsageError } from '../usage-error.ts';

export const visCommand = defineCommand({
  examples: [
    ['goheapsim vis linked-list 0xc000014000', 'the first slots of the span there'],
    ['goheapsim vis linked-list 0xc000014090 --slots 3 --words 2', 'from the object there on'],
    ['goheapsim vis log 0xc000012000 --binary prog', "the slots of a real program's log"],
  ],
  notes: [
    'A word marked * is one that the collector takes for a pointer. A log does not tell what words hold: ' +
      'they are shown as dots, but for headers.',
  ],
  build: (parser) =>
    parser
      .positional('what', runOption)
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
    const live = await openLive('vis', args.what, args, io);
    const run = live.run(stepOf('vis', args.step));
    const { world, allocations } = run;
    const isThere = (at: number): boolean => world.mheap.spanOfHeap(at) !== null;
    const address = addressWhere('vis', args.address, isThere);
    const s = world.mheap.spanOf(address);
    if (s === null || s.state !== mSpanInUse) {
      throw new UsageError(
        `${live.shown}: no span of heap objects is at ${hex(address)}; goheapsim spans shows them`,
      );
    }
    const from = Math.min(s.objIndex(address), s.nelems - 1);
    const sheet = new Sheet(io, args);
    if (args.json) {
      const slots = [];
      for (let i = from; i < Math.min(s.nelems, from + limits.slots); i++) {
        const used = isUsed(s, i);
        const base = s.startAddr + i * s.elemsize;
        const pointers = used ? [...pointerWords(world, s, i)].map((p) => p - base) : [];
        slots.push({
          index: i,
          address: base,
          used,
          allocation: allocations.at(s.startAddr, i),
          pointers,
        });
      }
      sheet.json(toJson({ ...stepData(run), span: spanJson(world, s), slots }, 2));
    } else {
      sheet.lines([...liveHead(live, run), '']);
      sheet.lines(visLines(run, s, from, limits, sheet));
    }
    sheet.flush();
    return exitCode.done;
  },
});
