/** `feed suite`: the suite as files, with its manifest. */
import { defineCommand } from '../../command.ts';
import { bytes, count, counted, table, toJson } from '../../format.ts';
import { Printer, Progress, suggestion } from '../../io.ts';
import { exitCode } from '../../usage-error.ts';
import type { FeedCase } from '../manifest.ts';
import { writeFolder } from '../output-folder.ts';
import { writeSuite } from '../suite-folder.ts';

export const suiteCommand = defineCommand({
  examples: [
    ['goheapsim feed suite -o suite', 'writes suite/manifest.jsonl, suite/dumps/… and a README'],
    ['jq -r \'select(.expect == "reject") | .file\' suite/manifest.jsonl', 'what must be refused'],
    ['goheapsim feed make size-1e6 -o - | ./reader /dev/stdin', 'a large case, made as it is read'],
  ],
  notes: [
    'Each line of manifest.jsonl is a dump: what a correct reader says of it (accept, reject, or may with ' +
      'flags), why, where the defect is, and the facts that are in it. Large cases have a line but no ' +
      'file. The same version writes the same bytes.',
  ],
  build: (parser) =>
    parser
      .option('out', {
        alias: 'o',
        type: 'string',
        requiresArg: true,
        demandOption: true,
        describe: 'Folder to make',
      })
      .option('json', { type: 'boolean', describe: 'Print JSON' }),
  async run(args, io) {
    const progress = new Progress(io);
    const lines: FeedCase[] = [];
    const folder = await writeFolder(args.out, io, (to) =>
      writeSuite(to, (line) => {
        lines.push(line);
        progress.tick(() => `${counted(lines.length, 'case')}`);
      }),
    );
    progress.done();
    const files = lines.filter(({ file }) => file !== undefined);
    const totals = {
      folder: args.out,
      cases: lines.length,
      files: files.length,
      bytes: files.reduce((sum, line) => sum + line.bytes, 0),
      expect: tally(lines.map(({ expect }) => expect)),
    };
    const out = new Printer(io.stdout, io.env);
    if (args.json) out.line(toJson(totals, 2));
    else {
      out.line(
        `${out.bold(folder.name)}: ${counted(totals.cases, 'case')}, ${count(totals.files)} of them as files of ${bytes(totals.bytes)}`,
      );
      out.lines(
        table(
          Object.entries(totals.expect).map(([expect, n]) => [expect, count(n)]),
          { right: [1] },
        ),
      );
      out.line();
      out.line(out.bold('What to try next'));
      const shown = suggestion('goheapsim', io.env);
      out.line(`  ${shown} feed run --cases ${args.out} --target './reader {}'`);
      out.line(`  ${shown} feed export --to go-fuzz -o seeds`);
    }
    out.flush();
    return exitCode.done;
  },
});

function tally(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
