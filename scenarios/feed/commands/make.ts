/** `feed make`: one dump from its id, to a file or standard output, however large. */
import { defineCommand } from '../../command.ts';
import { bytes, toJson } from '../../format.ts';
import { Printer } from '../../io.ts';
import { exitCode, UsageError } from '../../usage-error.ts';
import { writeOutput } from '../../write-output.ts';
import { itemById } from '../item-by-id.ts';

export const makeCommand = defineCommand({
  examples: [
    ['goheapsim feed make graph-cycle-be4 -o cycle.dump', 'a case of the suite'],
    ['goheapsim feed make all-kinds-le8.W8.17 -o - | ./reader /dev/stdin', 'a mutant of one'],
    ['goheapsim feed make my-1a2b3c4d.S1.5 --base my.dump -o m.dump', 'a mutant of your own dump'],
    ['goheapsim feed make size-1e9 -o - | ./reader /dev/stdin', '25 GB that need no disk'],
    ['goheapsim feed make graph-cycle-be4 --json', 'its line of the manifest, no dump'],
  ],
  notes: ['Ids are those of a manifest. The same version makes the same bytes.'],
  build: (parser) =>
    parser
      .positional('id', {
        type: 'string',
        demandOption: true,
        describe: 'A case of the suite, or <base>.<operation>.<number>',
      })
      .option('base', {
        type: 'string',
        requiresArg: true,
        describe: 'The dump that it is a mutant of, unless that is a case of the suite',
      })
      .option('with', {
        type: 'string',
        requiresArg: true,
        describe: 'The dump that splices (C1) go on as [default: the base itself]',
      })
      .option('out', {
        alias: 'o',
        type: 'string',
        requiresArg: true,
        describe: 'File to write, or - for standard output',
      })
      .option('json', { type: 'boolean', describe: 'Print its line of the manifest' }),
  async run(args, io) {
    const bases = args.base === undefined ? [] : [args.base];
    const partners = args.with === undefined ? [] : [args.with];
    const item = itemById('feed make', args.id, { bases, partners });
    if (args.out === '-') {
      if (args.json) throw new UsageError('feed make: -o - prints the dump: leave out --json');
      if (io.stdout.isTTY) {
        throw new UsageError('feed make: a dump is no text for a terminal: use -o FILE, or a pipe');
      }
      for (const chunk of item.content.chunks()) io.stdout.write(chunk);
      return exitCode.done;
    }
    if (args.out === undefined && !args.json) {
      throw new UsageError('feed make: where to? -o FILE, or -o - for standard output');
    }
    if (args.out !== undefined)
      await writeOutput(args.out, item.content.chunks(), io, [...bases, ...partners]);
    const out = new Printer(io.stdout, io.env);
    const line = item.line(args.out);
    if (args.json) out.line(toJson(line, 2));
    else {
      out.line(`${out.bold(line.file ?? '')}: ${bytes(line.bytes)}`);
      out.line(
        `  ${line.expect}${line.flags.length > 0 ? ` (${line.flags.join(', ')})` : ''}: ${line.reason}`,
      );
    }
    out.flush();
    return exitCode.done;
  },
});
