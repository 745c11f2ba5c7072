/** `memstats`: where the memory is. */
import { readDump } from '../../dump/reader.ts';
import type { MemStats } from '../../sim/stopped-world.ts';
import { defineCommand } from '../command.ts';
import { toJson } from '../format.ts';
import { type DumpFile, type DumpInput, withDumpFile } from '../input.ts';
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
import { dumpLedgerLines, ledgerLines, statsOfRecord } from '../terminal/memstats.ts';
import { drawOptions, Sheet } from '../terminal/sheet.ts';
import { ledgerOf } from '../timeline/ledger.ts';
import { exitCode, UsageError } from '../usage-error.ts';

export const memstatsCommand = defineCommand({
  examples: [
    ['goheapsim memstats linked-list', 'where the memory of a scenario is at its end'],
    ['goheapsim memstats large-buffers --step 40', 'after a step of it'],
    ['goheapsim memstats my.dump', 'what a dump tells'],
    ['goheapsim memstats log --binary prog', "the heap of a real program's log"],
  ],
  notes: [
    'Names are those of runtime.MemStats and of runtime/metrics. With a scenario or a log every sum is reached ' +
      "twice, by the runtime's counters and by walking its spans and pages; exit code 1 if one differs.",
  ],
  build: (parser) =>
    parser
      .positional('what', whatOption)
      .options(stepOption)
      .options(limitOption)
      .options(liveOptions)
      .options(drawOptions),
  async run(args, io) {
    const sheet = new Sheet(io, args);
    const heading = (title: string) => sheet.bold(title);
    const named = await openNamed('memstats', args.what, args, io);
    if (named.kind === 'dump') {
      const stats = memStatsOf(named.input);
      if (args.json) sheet.json(toJson({ file: args.what, memstats: stats }, 2));
      else sheet.lines(dumpLedgerLines(stats, heading));
      sheet.flush();
      return exitCode.done;
    }
    const run = named.run(stepOf('memstats', args.step));
    const ledger = ledgerOf(run.world, run.allocations);
    const { NextGC, ...without } = ledger.memstats;
    const memstats = named.kind === 'log' ? without : { ...without, NextGC };
    if (args.json) sheet.json(toJson({ ...stepData(run), ...ledger, memstats }, 2));
    else {
      sheet.lines([...liveHead(named, run), '']);
      sheet.lines(
        ledgerLines(ledger, limitOf('memstats', args.limit, 10), heading, named.kind !== 'log'),
      );
    }
    sheet.flush();
    const closes = ledger.checks.every(({ counted, walked }) => counted === walked);
    return closes ? exitCode.done : exitCode.bad;
  },
});

/** The statistics of a dump. @throws {UsageError} for one without */
function memStatsOf(input: DumpInput): MemStats {
  const read = (file: DumpFile): MemStats => {
    let stats: MemStats | undefined;
    for (const record of readDump(file.chunks())) {
      if (record.kind === 'memStats') stats ??= statsOfRecord(record);
    }
    if (stats === undefined) throw new UsageError(`${file.name}: no statistics are in it`);
    return stats;
  };
  return withDumpFile(input, read, UsageError);
}
