/** `feed scrub`: a dump without what was in the program's memory, to attach to a report. */
import { newScrubReport, type ScrubReport, scrub } from '../../../dump/feed/scrub.ts';
import { defineCommand } from '../../command.ts';
import { bytes, count, counted, table, toJson } from '../../format.ts';
import { dumpFailure, openDumpFile } from '../../input.ts';
import { Printer, suggestion } from '../../io.ts';
import { exitCode, UsageError } from '../../usage-error.ts';
import { writeOutput } from '../../write-output.ts';

const fills = ['zeros', 'noise'] as const;

export const scrubCommand = defineCommand({
  examples: [
    ['goheapsim feed scrub my.dump -o scrubbed.dump', 'the same shape, none of the contents'],
    ['goheapsim feed scrub my.dump --keep-runtime-names -o scrubbed.dump', 'runtime.… stays'],
    ['./prog 3>&1 | goheapsim feed scrub - -o scrubbed.dump', 'from standard input'],
  ],
  notes: [
    'Kept: every record and its place in the file, all addresses, sizes, pcs, ids, times and statistics, the pointers that the field lists ' +
      "name, architecture, Go's version, wait reasons. Replaced: all other memory, and the names of functions, types and files, word by " +
      'word, the same word by the same. Look at the result before you hand it to others: what the numbers tell is still told.',
  ],
  build: (parser) =>
    parser
      .positional('dump', {
        type: 'string',
        demandOption: true,
        describe: 'A heap dump, or - for standard input',
      })
      .option('out', {
        alias: 'o',
        type: 'string',
        requiresArg: true,
        demandOption: true,
        describe: 'File to write',
      })
      .option('keep-runtime-names', {
        type: 'boolean',
        describe: 'Keep names of functions and types that begin with runtime.',
      })
      .option('fill', {
        type: 'string',
        requiresArg: true,
        default: 'zeros',
        describe: 'What comes in place of memory: zeros or noise',
      })
      .option('json', { type: 'boolean', describe: 'Print JSON' }),
  async run(args, io) {
    const fill = fills.find((each) => each === args.fill);
    if (fill === undefined) {
      throw new UsageError(`feed scrub: --fill: want zeros or noise, got "${args.fill}"`);
    }
    const report = newScrubReport();
    const options = { keepRuntimeNames: args.keepRuntimeNames === true, fill };
    const file = openDumpFile(args.dump);
    try {
      await writeOutput(args.out, scrub(file.chunks(), options, report), io, [args.dump]);
    } catch (error) {
      throw dumpFailure(file.name, error, UsageError);
    } finally {
      file.close();
    }
    const out = new Printer(io.stdout, io.env);
    if (args.json) out.line(toJson({ file: args.out, ...report }, 2));
    else {
      out.line(
        `${out.bold(args.out)}: ${bytes(report.bytes)}, ${counted(report.records, 'record')}`,
      );
      out.lines(table(rowsOf(report), { right: [1] }));
      out.line();
      out.line(out.bold('What to try next'));
      out.line(`  ${suggestion(`goheapsim inspect ${args.out}`, io.env)}`);
    }
    out.flush();
    return exitCode.done;
  },
});

function rowsOf(report: ScrubReport): string[][] {
  const rows: [string, number][] = [
    ['pointers kept', report.pointersKept],
    ['other bytes of memory replaced', report.memoryReplaced],
    ['texts kept', report.textsKept],
    ['texts replaced', report.textsReplaced],
  ];
  if (report.ambiguousWords > 0) rows.push(['words that share one', report.ambiguousWords]);
  if (report.trailing > 0) rows.push(['bytes after EOF, now 0', report.trailing]);
  return rows.map(([name, n]) => [name, count(n)]);
}
