/** `feed export`: the suite as fuzzers and test frameworks take it. */
import { defineCommand } from '../../command.ts';
import { bytes, counted, toJson } from '../../format.ts';
import { Printer } from '../../io.ts';
import { didYouMean } from '../../suggest.ts';
import { exitCode, UsageError } from '../../usage-error.ts';
import { exportFormats } from '../export/formats.ts';
import { writeFolder } from '../output-folder.ts';

const names = Object.keys(exportFormats);

export const exportCommand = defineCommand({
  examples: [
    ['goheapsim feed export --to go-fuzz --package dump -o seeds', 'for go test -fuzz'],
    ['goheapsim feed export --to oss-fuzz --target read_dump -o fuzz', 'for OSS-Fuzz'],
    ['goheapsim feed export --to afl -o afl', 'afl-fuzz -i afl/in -x afl/heapdump.dict'],
    ['goheapsim feed export --to tests -o dumps', 'table tests for Go, vitest and pytest'],
  ],
  notes: Object.entries(exportFormats).map(([name, { summary }]) => `${name}: ${summary}.`),
  build: (parser) =>
    parser
      .option('to', {
        type: 'string',
        requiresArg: true,
        demandOption: true,
        describe: names.join(', '),
      })
      .option('out', {
        alias: 'o',
        type: 'string',
        requiresArg: true,
        demandOption: true,
        describe: 'Folder to make',
      })
      .option('target', {
        type: 'string',
        requiresArg: true,
        default: 'read_dump',
        describe: 'Name of the fuzz target, for oss-fuzz',
      })
      .option('package', {
        type: 'string',
        requiresArg: true,
        default: 'heapdump',
        describe: 'Go package of the test files',
      })
      .option('json', { type: 'boolean', describe: 'Print JSON' }),
  async run(args, io) {
    const format = exportFormats[args.to];
    if (format === undefined || !Object.hasOwn(exportFormats, args.to)) {
      const advice = didYouMean(args.to, names) || ` Formats: ${names.join(', ')}`;
      throw new UsageError(`feed export: --to: unknown format "${args.to}".${advice}`);
    }
    mustBeName('--target', args.target);
    mustBeName('--package', args.package);
    const folder = await writeFolder(args.out, io, (to) =>
      format.write(to, { target: args.target, packageName: args.package }),
    );
    const out = new Printer(io.stdout, io.env);
    const { files, bytes: size } = folder;
    if (args.json) out.line(toJson({ folder: args.out, to: args.to, files, bytes: size }, 2));
    else {
      out.line(
        `${out.bold(args.out)}: ${counted(files, 'file')} of ${bytes(size)}: ${format.summary}`,
      );
      out.line();
      out.line(out.bold('What to try next'));
      for (const line of format.next) out.line(`  ${line.replaceAll('FOLDER', args.out)}`);
    }
    out.flush();
    return exitCode.done;
  },
});

/** @throws {UsageError} for what could be no name of a program or package */
function mustBeName(option: string, text: string): void {
  if (/^[A-Za-z_][A-Za-z0-9_]{0,60}$/.test(text)) return;
  throw new UsageError(
    `feed export: ${option}: want letters, digits and _, beginning with no digit, got "${text}"`,
  );
}
