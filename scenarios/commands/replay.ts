/** `replay`: a real program's allocations, one by one, through the model's allocator. */
import { defineCommand } from '../command.ts';
import { roundedBytes, toJson } from '../format.ts';
import { Printer, Progress } from '../io.ts';
import { checkCount, logHints, logOptions } from '../replay/log-options.ts';
import { replayLog } from '../replay/replay-log.ts';
import { reportJson, reportLines } from '../replay/report.ts';
import { writeReplayDump } from '../replay/write-dump.ts';
import { exitCode, UsageError } from '../usage-error.ts';

export const replayCommand = defineCommand({
  examples: [
    ['env -i GOMAXPROCS=1 GOGC=off GODEBUG=allocfreetrace=1 ./prog 2>log', 'makes a log (Go 1.22)'],
    ['goheapsim replay log --binary prog', 'how many of its addresses the model predicts'],
    ['goheapsim replay log --binary prog -o end.dump', "and a dump of the model's heap at the end"],
    ['./prog 2>&1 >/dev/null | goheapsim replay - --binary prog', 'logs of any size, not kept'],
  ],
  notes: [
    'Exit code 0: all addresses agree. Exit code 1: some do not; the first one is explained.',
    'The log does not show what the program began with. By default that is env -i GOMAXPROCS=1 ' +
      'GOGC=off GODEBUG=allocfreetrace=1; name other environments in order, --env NAME=VALUE each.',
    'Without --binary the pointers of a type are not known: one whose name is not that of a number ' +
      'or an array of numbers is taken for one with pointers everywhere.',
    'The dump has no types, and of goroutines only their stacks: a log does not tell more.',
  ],
  build: (parser) =>
    parser
      .positional('log', {
        type: 'string',
        demandOption: true,
        describe: 'What the program wrote to standard error, or - for standard input',
      })
      .options(logOptions)
      .option('goarch', {
        type: 'string',
        requiresArg: true,
        describe: "Target of the program [default: the program's, or as the log shows]",
      })
      .option('gogc', {
        type: 'string',
        requiresArg: true,
        describe: 'GOGC of the run: a percentage, or off [default: off]',
      })
      .option('goexperiment', {
        type: 'string',
        requiresArg: true,
        choices: ['noallocheaders'],
        describe: 'What the program was built with',
      })
      .option('limit', {
        type: 'number',
        requiresArg: true,
        describe: 'Stop after so many allocations',
      })
      .option('out', {
        alias: 'o',
        type: 'string',
        requiresArg: true,
        describe: "Write a dump of the model's heap at the end; - is standard output",
      })
      .option('json', { type: 'boolean', describe: 'Print JSON' }),
  run(args, io) {
    const { log, limit } = args;
    const hints = logHints('replay', args);
    checkCount('replay', 'limit', limit);
    if (args.out === '-' && io.stdout.isTTY) {
      throw new UsageError(
        '-o - would write a binary dump to the terminal: redirect it, or use -o FILE',
      );
    }
    const progress = new Progress(io);
    const result = replayLog({
      ...hints,
      log,
      limit: limit ?? Number.POSITIVE_INFINITY,
      heard: (bytes) => progress.tick(() => `reading ${log}: ${roundedBytes(bytes)}`),
    });
    progress.done();
    if (args.out !== undefined) writeReplayDump(result, args.out, io);
    const out = new Printer(args.out === '-' ? io.stderr : io.stdout, io.env);
    if (args.json) out.line(toJson(reportJson(result), 2));
    else out.lines(reportLines(result, hints.binary !== undefined));
    out.flush();
    const { requests, agreeing } = result.replayer;
    return agreeing === requests ? exitCode.done : exitCode.bad;
  },
});
