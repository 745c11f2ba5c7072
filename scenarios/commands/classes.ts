/** `classes`: the size classes, and how full those of a heap are. */
import { archOf } from '../../sim/arch.ts';
import { defineCommand } from '../command.ts';
import { toJson, wrap } from '../format.ts';
import type { DumpInput } from '../input.ts';
import { liveHead, liveOptions, scenarioArgs, stepOf, stepOption } from '../live.ts';
import { openNamed } from '../open-named.ts';
import { allocHeadersOf, goarchOf } from '../target-options.ts';
import {
  classNotes,
  sizeClasses,
  sizeClassTable,
  type UsedSize,
  usedSizeTable,
} from '../terminal/classes.ts';
import { inferSpans } from '../terminal/dump-spans.ts';
import { classTable } from '../terminal/memstats.ts';
import { drawOptions, Sheet } from '../terminal/sheet.ts';
import { ledgerOf } from '../timeline/ledger.ts';
import { exitCode, UsageError } from '../usage-error.ts';

export const classesCommand = defineCommand({
  examples: [
    ['goheapsim classes', 'the table of size classes'],
    ['goheapsim classes --used linked-list', 'the classes of a scenario, most lost bytes first'],
    ['goheapsim classes --used my.dump', 'what the objects of a dump tell'],
    ['goheapsim classes --used log --binary prog', "those of a real program's log"],
  ],
  notes: ['A dump holds no spans: for one, spans and their slots are inferred from its objects.'],
  build: (parser) =>
    parser
      .positional('what', {
        type: 'string',
        describe: 'With --used: a scenario, a heap dump, or a log of allocfreetrace',
      })
      .option('used', { type: 'boolean', describe: 'Show how full the classes of a heap are' })
      .options(stepOption)
      .options(liveOptions)
      .options(drawOptions),
  async run(args, io) {
    const sheet = new Sheet(io, args);
    const { what } = args;
    if (what === undefined) {
      if (args.used) throw new UsageError('classes: --used wants a scenario, a heap dump or a log');
      const target = {
        arch: archOf(goarchOf('classes', scenarioArgs(args).goarch)),
        allocHeaders: allocHeadersOf('classes', args.goexperiment),
      };
      if (args.json) sheet.json(toJson(sizeClasses(target), 2));
      else
        sheet.lines([
          ...sizeClassTable(target),
          '',
          ...classNotes.flatMap((note) => wrap(note, 2)),
        ]);
      sheet.flush();
      return exitCode.done;
    }
    const named = await openNamed('classes', what, args, io);
    if (named.kind === 'dump') {
      const sizes = usedSizes(named.input);
      if (args.json) sheet.json(toJson({ file: what, inferred: true, sizes }, 2));
      else
        sheet.lines([
          ...wrap(`${what}: spans inferred from its objects`),
          '',
          ...usedSizeTable(sizes),
        ]);
    } else {
      const run = named.run(stepOf('classes', args.step));
      const { classes } = ledgerOf(run.world, run.allocations);
      if (args.json) sheet.json(toJson(classes, 2));
      else sheet.lines([...liveHead(named, run), '', ...classTable(classes, classes.length)]);
    }
    sheet.flush();
    return exitCode.done;
  },
});

function usedSizes(input: DumpInput): UsedSize[] {
  const sizes = new Map<number, UsedSize>();
  for (const { elemsize: size, sizeclass, objects, slots } of inferSpans(input)) {
    const sum = sizes.get(size) ?? { size, sizeclass, objects: 0, spans: 0, slots: 0 };
    sizes.set(size, {
      ...sum,
      objects: sum.objects + objects,
      spans: sum.spans + 1,
      slots: sum.slots + slots,
    });
  }
  return [...sizes.values()].sort((a, b) => a.size - b.size);
}
