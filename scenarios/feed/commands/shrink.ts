/** `feed shrink`: a smaller dump that fails a reader in the same way. */
import { basename } from 'node:path';
import { defineCommand } from '../../command.ts';
import { bytes, counted, toJson } from '../../format.ts';
import { Printer } from '../../io.ts';
import { exitCode, UsageError } from '../../usage-error.ts';
import { numberOf, targetNote, targetOptions, wholeOf } from '../driver/options.ts';
import { shrinkDump } from '../driver/shrink-dump.ts';
import { parseTargets } from '../driver/target.ts';

export const shrinkCommand = defineCommand({
  examples: [
    [
      "goheapsim feed shrink my.dump --target './reader {}' -o small.dump",
      'keeps what makes it fail',
    ],
  ],
  notes: [
    'The reader is run on the dump; whatever it does wrong (a crash, no end, too much memory, a valid dump refused, ' +
      'wrong facts) is kept, with its message and stack, while records are left out, shortened and zeroed.',
    'The dump is held in memory once. Before you show a dump to others, goheapsim feed scrub takes out its contents.',
    targetNote,
    'Exit code 2: the reader does nothing wrong with the dump.',
  ],
  build: (parser) =>
    parser
      .positional('dump', { type: 'string', demandOption: true, describe: 'A heap dump' })
      .options(targetOptions)
      .option('out', {
        alias: 'o',
        type: 'string',
        requiresArg: true,
        describe: 'Where the smaller dump goes [default: NAME.small.dump]',
      })
      .option('runs', {
        type: 'string',
        requiresArg: true,
        default: '5000',
        describe: 'Runs of the reader at most',
      })
      .option('seconds', {
        type: 'string',
        requiresArg: true,
        default: '600',
        describe: 'Seconds at most',
      })
      .option('json', { type: 'boolean', describe: 'Print JSON' }),
  async run(args, io) {
    const [target, ...others] = parseTargets(args.target ?? [], args);
    if (others.length > 0) throw new UsageError('feed shrink: one --target');
    const timeout = numberOf('--timeout', args.timeout, 0.05, 86_400);
    const report = await shrinkDump(
      {
        dump: args.dump,
        target: target!,
        out: args.out ?? `${basename(args.dump).replace(/\.dump$/, '')}.small.dump`,
        runs: wholeOf('--runs', args.runs, 1, 1e9),
        seconds: numberOf('--seconds', args.seconds, 1, 1e6)!,
        limits: {
          ms: timeout === undefined ? undefined : timeout * 1000,
          rssMiB: numberOf('--memory', args.memory, 1, 1e6),
        },
      },
      io,
    );
    const out = new Printer(io.stdout, io.env);
    if (args.json) out.line(toJson(report, 2));
    else {
      const { fault } = report;
      out.line(`${fault.class}: ${fault.message}`);
      for (const frame of fault.frames.slice(0, 3)) out.line(`    in ${frame}`);
      out.line(
        `${report.file}: ${bytes(report.to)}, from ${bytes(report.from)}, in ${counted(report.runs, 'run')}`,
      );
    }
    out.flush();
    return exitCode.done;
  },
});
