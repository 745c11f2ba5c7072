/** `classes`: the size classes, and how full those of a heap are. */
import { archOf } from '../../sim/arch.ts';
import { defineCommand } from '../command.ts';
import { toJson, wrap } from '../format.ts';
import { isDump, LiveScenario, liveOptions, liveTitle, stepOf, stepOption } from '../live.ts';
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
  ],
  notes: ['A dump holds no spans: for one, spans and their slots are inferred from its objects.'],
  build: (parser) =>
    parser
      .positional('what', { type: 'string', describe: 'With --used: a scenario or a heap dump' })
      .option('used', { type: 'boolean', describe: 'Show how full the classes of a heap are' })
      .options(stepOption)
      .options(liveOptions)
      .options(drawOptions),
  async run(args, io) {
    const sheet = new Sheet(io, args);
    const { what } = args;
    if (what === undefined) {
      if (args.used) throw new UsageError('classes: --used wants a scenario or a heap dump');
      const target = {
        arch: archOf(goarchOf('classes', args.goarch)),
        allocHeaders: allocHeadersOf('classes', args.goexperiment),
      };
      if (args.json) sheet.json(toJson(sizeClasses(target), 2));
      else
        sheet.lines([
          ...sizeClassTable(target),
          '',
          ...classNotes.flatMap((note) => wrap(note, 2)),
        ]);
    } else if (isDump(what)) {
      const sizes = usedSizes(what);
      if (args.json) sheet.json(toJson({ file: what, inferred: true, sizes }, 2));
      else
        sheet.lines([
          ...wrap(`${what}: spans inferred from its objects`),
          '',
          ...usedSizeTable(sizes),
        ]);
    } else {
      const live = await LiveScenario.load('classes', what, args);
      const run = live.run(stepOf('classes', args.step));
      const { classes } = ledgerOf(run.world, run.allocations);
      if (args.json) sheet.json(toJson(classes, 2));
      else sheet.lines([liveTitle(live, run), '', ...classTable(classes, classes.length)]);
    }
    sheet.flush();
    return exitCode.done;
  },
});

function usedSizes(path: string): UsedSize[] {
  const sizes = new Map<number, UsedSize>();
  for (const { elemsize: size, sizeclass, objects, slots } of inferSpans(path)) {
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
